package diag

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// What is passed over without being compared letter by letter is as far as it was thought.
func TestNoNameThatIsNearIsPassedOver(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	word := func() string {
		text := make([]rune, 1+random.IntN(9))
		for i := range text {
			text[i] = []rune("abcäß-.1é/")[random.IntN(10)]
		}
		return string(text)
	}
	var table distances
	for range 20_000 {
		a, b := word(), word()
		far := table.between(a, b, 20)
		if least := heldBy(a).atLeast(heldBy(b)); least > far {
			t.Fatalf("%q and %q are %d apart, and not %d at least", a, b, far, least)
		}
		for _, reach := range []int{0, 1, 2, 3} {
			if got := table.between(a, b, reach); got != min(far, reach+1) {
				t.Fatalf("%q and %q, reach %d: %d, and not %d", a, b, reach, got, far)
			}
		}
	}
}

// Whatever the order of the names is, the same ones are offered.
func TestNearestDoesNotDependOnTheOrderOfNames(t *testing.T) {
	var names []string
	for i := range 300 {
		names = append(names, fmt.Sprint("page-", i*37%1000))
	}
	want := Nearest("paeg-123", names)
	if len(want) != 3 {
		t.Fatal(want)
	}
	random := rand.New(rand.NewPCG(2, 2))
	for range 20 {
		random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		if got := Nearest("paeg-123", names); !slices.Equal(got, want) {
			t.Fatalf("%q, not %q", got, want)
		}
	}
}

func BenchmarkNearest(b *testing.B) {
	var names []string
	for i := range 10_000 {
		names = append(names, fmt.Sprintf("content/en/page-%d.md", i))
	}
	all := NewNames(names)
	for i := 0; b.Loop(); i++ {
		all.Nearest(fmt.Sprintf("content/en/paeg-%d.md", i%10_000))
	}
}
