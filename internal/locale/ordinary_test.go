package locale

import "testing"

// A space that does not break holds a day and its month together, a code and its town.
func TestSpacesThatDoNotBreakAreSpaces(t *testing.T) {
	for _, c := range [][2]string{
		{"de", "Am 31.\u00a0Dezember"}, {"en", "On 31\u00a0December"}, {"en", "On December\u00a031,"},
		{"de", "Agentur, 50672\u00a0Köln"}, {"de", "Agentur,\u00a050672 Köln"},
		{"de", "Am 31.\u202fDezember"}, {"en", "On 31\u202fDecember"}, {"en", "On December\u202f31,"},
		{"de", "Agentur, 50672\u202fKöln"}, {"de", "Agentur,\u202f50672 Köln"}, {"de", "Am 31.\u2009Dezember"},
	} {
		l := Must(c[0])
		found := l.Scan(c[1])
		if len(found) != 1 || !l.Ordinary(c[1], found[0]) {
			t.Errorf("%s: %q holds a statistic, it seems: %+v", c[0], c[1], found)
		}
	}
}

// Only what can be a day or a year is dated by the month beside it, and a telephone number
// has no commas.
func TestOnlyDaysYearsAndPlainDigitsAreOrdinary(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		ordinary   bool
	}{
		{"de", "14. Mai 1998 Dinge", true}, {"de", "14. Mai 1.998 Dinge", false}, {"de", "Mai 998", false},
		{"en", "In May 31 came", true}, {"en", "In May 1,998 came", false}, {"en", "1,998 May flies", false},
		{"en", "call +49 221 1998", true}, {"en", "+9 1,998 things", false},
	} {
		l := Must(c.lang)
		found := l.Scan(c.text)
		last := found[len(found)-1]
		if got := l.Ordinary(c.text, last); got != c.ordinary {
			t.Errorf("%q: the number %s is ordinary: %t", c.text, c.text[last.NumberAt:last.End], got)
		}
	}
}
