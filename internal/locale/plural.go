package locale

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Plural is one of the forms that a word has beside numbers, by its name in the
// Unicode CLDR. English, German and French have One and Other, Ukrainian has Few
// and Many besides, Arabic has all six, Japanese only Other.
type Plural string

// The plural forms.
const (
	Zero  Plural = "zero"
	One   Plural = "one"
	Two   Plural = "two"
	Few   Plural = "few"
	Many  Plural = "many"
	Other Plural = "other"
)

var plurals = map[plural.Form]Plural{
	plural.Zero: Zero, plural.One: One, plural.Two: Two, plural.Few: Few, plural.Many: Many, plural.Other: Other,
}

// Plurals are the forms that the language has, Other always and last.
func (l *Lang) Plurals() []Plural { return l.plurals }

// Plural gives the form that a word has beside a number as it is written: 1.5 takes
// the singular in French, and not in English.
func (l *Lang) Plural(r *big.Rat, decimals int) Plural {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(r.FloatString(decimals), "-"), ".")
	if len(whole) > 9 { // as a smaller number with the same end, which is what the rules look at
		whole = "1" + whole[len(whole)-8:]
	}
	i, _ := strconv.Atoi(whole)
	f, _ := strconv.Atoi(fraction)
	trimmed := strings.TrimRight(fraction, "0")
	t, _ := strconv.Atoi(trimmed)
	return plurals[plural.Cardinal.MatchPlural(l.tag, i, len(fraction), len(trimmed), f, t)]
}

func (l *Lang) pluralOf(n int) Plural {
	return plurals[plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)]
}

// pluralsOf finds the forms of a language by counting to two hundred: no rule of
// the CLDR needs more. Those of fractions are among them.
func pluralsOf(tag language.Tag) []Plural {
	var all []Plural
	for i := range 201 {
		if p := plurals[plural.Cardinal.MatchPlural(tag, i, 0, 0, 0, 0)]; !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	ordered := []Plural{Zero, One, Two, Few, Many}
	ordered = slices.DeleteFunc(ordered, func(p Plural) bool { return !slices.Contains(all, p) })
	return append(ordered, Other)
}
