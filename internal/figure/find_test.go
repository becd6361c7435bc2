package figure

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// valued is a set of figures with these values, whose ids run in their order.
func valued(t testing.TB, values ...string) *Set {
	t.Helper()
	var text strings.Builder
	text.WriteString("defaults: {unit: n, period: none, as_of: 2024, source: s}\n" +
		"units: {n: {decimals: 1, en: {one: n, other: n}}, percent: {decimals: 0, en: {one: p, other: p}}}\n" +
		"sources: {s: {label: {en: S}, as_of: 2024}}\nfigures:\n")
	for i, value := range values {
		fmt.Fprintf(&text, "  f%05d: {value: %s, label: {en: F%[1]d}}\n", i, value)
	}
	var list diag.List
	file := schema.File{Path: "f.yaml", Text: []byte(text.String())}
	set := Load([]schema.File{file}, Options{Langs: []string{
		"en"}, Complete: []string{"en"}}, &list,
	)
	for _, d := range list.Sorted() {
		t.Fatalf("%s: %s", d.Place, d.Text.In("en"))
	}
	return set
}

func ids(figures []*Figure) string {
	var all []string
	for _, f := range figures {
		all = append(all, f.ID)
	}
	return strings.Join(all, " ")
}

// What a number in words fits, at each end of what it is true of: one step inside,
// exactly on it, one step outside.
func TestFittingEndsWhereTheWordsDo(t *testing.T) {
	values := []string{
		"415000", "415000.1", "415499.9", "415500", "415999.9", "416000", "416000.1", "416500", "416500.1",
		"416999.9", "417000",
	}
	for _, c := range []struct{ words, from, to string }{
		{"around 416,000", "415500", "416500"},
		{"more than 416,000", "416000.1", "416999.9"},
		{"fewer than 416,000", "415000.1", "415999.9"},
		{"at least 416,000", "416000", "416999.9"},
		{"at most 416,000", "415000.1", "416000"},
		{"just under 416,000", "415500", "415999.9"},
		{"just over 416,000", "416000.1", "416500"},
	} {
		said, ok := locale.Must("en").Parse(c.words)
		if !ok {
			t.Fatal(c.words)
		}
		for i, value := range values {
			want := i >= slices.Index(values, c.from) && i <= slices.Index(values, c.to)
			if got := len(valued(t, value).Fitting(said, 1)) == 1; got != want {
				t.Errorf("%s, and the figure is %s: found is %v", c.words, value, got)
			}
		}
	}
}

// The index gives what a walk over all figures gave.
func TestFittingIsWhatAWalkFinds(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	values := make([]string, 400)
	for i := range values {
		values[i] = fmt.Sprintf("%d.%d", random.IntN(2000)-100, random.IntN(2)*5)
	}
	values[7], values[8] = "more than 120", "not available"
	set := valued(t, values...)
	words := []string{"around", "more than", "fewer than", "at least", "at most", "just under", "just over", "nearly"}
	fitted := 0
	for range 2000 {
		text := fmt.Sprintf("%s %d", words[random.IntN(len(words))], random.IntN(210)*10)
		said, ok := locale.Must("en").Parse(text)
		if !ok {
			t.Fatal(text)
		}
		var want []*Figure
		for _, f := range set.All() {
			if len(want) < 3 && f.Value.Exact() && f.Date.IsZero() && said.Holds(f.Value.Number) {
				want = append(want, f)
			}
		}
		if got := set.Fitting(said, 3); !slices.Equal(got, want) {
			t.Fatalf("%s: %s, want %s", text, ids(got), ids(want))
		}
		fitted += len(want)
	}
	if fitted < 1000 {
		t.Errorf("only %d figures were found at all", fitted)
	}
}

func TestEqualFindsWhatIsDisplayedSo(t *testing.T) {
	set := valued(t, "416374", "416374.0", "54.5", "-54.5", "more than 170", "999999999999999", "1000000000000000",
		"9223372036854775807", "9223372036854775808", "not available", "-12")
	for _, c := range [][2]string{
		{"416374", "f00000 f00001"}, {"416373", ""}, {"416374.1", ""}, {"54.5", "f00002"}, {"-54.5", "f00003"},
		{"54", ""}, {"170", "f00004"},
		{"999999999999999", "f00005"}, {"1000000000000000", "f00006"},
		{"9223372036854775807", "f00007"}, {"9223372036854775808", "f00008"}, {"9223372036854775809", ""},
		{"-12", "f00010"}, {"12", ""},
	} {
		number, ok := new(big.Rat).SetString(c[0])
		if !ok {
			t.Fatal(c[0])
		}
		if got := ids(set.Equal(number, false)); got != c[1] {
			t.Errorf("%s equals %q, want %q", c[0], got, c[1])
		}
		if got := set.Equal(number, true); len(got) > 0 {
			t.Errorf("%s%% equals %s", c[0], ids(got))
		}
	}
}

// Every number in words asks: so many figures may not be walked through each time.
func BenchmarkFitting(b *testing.B) {
	values := make([]string, 5000)
	for i := range values {
		values[i] = fmt.Sprint(100_000 + 37*i)
	}
	set := valued(b, values...)
	said, _ := locale.Must("en").Parse("around 123,000")
	for b.Loop() {
		set.Fitting(said, 3)
	}
}
