package typeset

import (
	"strings"
	"testing"
)

// A word breaks where the language breaks it, and nothing is lost.
func TestWrap(t *testing.T) {
	f := Face{16, 20}
	for _, c := range []struct {
		text string
		room float64
		want string
	}{
		{"Central Library", 1000, "Central Library"},
		{"Central Library", 90, "Central|Library"},
		{"  two   spaces  ", 1000, "two spaces"},
		{"no\u00a0break here", 100, "no\u00a0break|here"},
		{"Anerkennungs- und Qualifizierungsberatung", 250, "Anerkennungs- und|Qualifizierungsberatung"},
		{"Qualifizierungs\u00admaßnahmen", 180, "Qualifizierungs-|maßnahmen"},
		{"Qualifizierungs\u00admaßnahmen", 1000, "Qualifizierungsmaßnahmen"},
		{"Beratung/Information", 120, "Beratung/|Information"},
		{"1234567890", 60, "12345|67890"},
		{"", 100, ""},
	} {
		if got := strings.Join(f.Wrap(c.text, Regular, c.room), "|"); got != c.want {
			t.Errorf("wrap(%q, %g) = %q, want %q", c.text, c.room, got, c.want)
		}
	}
}
