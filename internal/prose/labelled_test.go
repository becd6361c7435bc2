package prose

import (
	"fmt"
	"testing"

	"bilanz/internal/locale"
)

// A number in a hundred labels names them; one in more, as of numbered places, names none.
func TestNumbersOfManyLabelsNameNone(t *testing.T) {
	l := locale.Must("en")
	k := &labels{whole: map[string][]partedLabel{}, ranges: map[string][]string{}, join: "to"}
	text := "in room 12 of hall x1"
	for i := range mostAlike + 1 {
		label := fmt.Sprintf("Room 12 of hall %c%d", 'x', i)
		k.add(label, l.Scan(label)[:1])
		if got, want := k.holds(text, l.Scan(text)[0]), i > 0 && i < mostAlike; got != want {
			t.Errorf("%d labels: %t", i+1, got)
		}
	}
}

// Texts are compared with one kind of dash and of space.
func TestEvenly(t *testing.T) {
	for text, want := range map[string]string{
		"5 – 11": "5-11", "5\u2011 11 ": "5-11 ", "18\u00a0bis\u202f59": "18 bis 59", "- bis ": "-bis ",
		" A  b": " a b", "": "", "−3": "-3",
	} {
		if got := evenly(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
