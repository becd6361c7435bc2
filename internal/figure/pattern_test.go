package figure

import (
	"regexp"
	"testing"

	"bilanz/internal/locale"
)

// The patterns of the JSON Schema take the values that the decoder takes.
func TestPatternsAgreeWithTheDecoder(t *testing.T) {
	values := []string{
		"0", "7", "416374", "-3", "67.5", "-0.25", "0.5", "",
		"0123", "416,374", "1e5", "+3", "1.", ".5", "12 000", "- 3", "416.374.000", "none", "n/a", "mehr als 30", "more than", "around x",
	}
	for _, relation := range locale.Relations {
		values = append(values, string(relation)+" 30", string(relation)+" 1,000")
	}
	values = append(values, reasons...)
	whole := regexp.MustCompile("^(" + valuePattern + ")$")
	for _, text := range values {
		_, bad := parseValue(text, englishForm, nil)
		if takes := bad == nil; takes != whole.MatchString(text) {
			t.Errorf("the decoder takes %q: %v; the pattern does not agree", text, takes)
		}
	}
	id := regexp.MustCompile("^(" + idPattern + ")$")
	for _, text := range []string{"a", "a.b", "advice.sessions.follow-up", "a1.b-2", "members.2023-12-31", "A", "a..b", "a.", "-a", "a--b", "ä", "a b", "2024", ""} {
		if takes := validID(text); takes != id.MatchString(text) {
			t.Errorf("an id may be %q: %v; the pattern does not agree", text, takes)
		}
	}
}
