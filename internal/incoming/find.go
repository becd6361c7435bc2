package incoming

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// Named gives the figures that people may mean by words: those with this label or whole name
// in any of the languages, else those in whose name the words stand.
func Named(set *figure.Set, langs []*locale.Lang, words string) []*figure.Figure {
	x := newIndex(set, langs)
	if found := x.find(readLabel(words)); len(found) > 0 {
		return found
	}
	key := fold(words)
	if key == "" {
		return nil
	}
	var within []*figure.Figure
	for _, f := range set.All() {
		if slices.ContainsFunc(langs, func(l *locale.Lang) bool {
			return strings.Contains(fold(f.Full(l)), key) || strings.Contains(fold(f.Label[l.Code]), key)
		}) {
			within = append(within, f)
		}
	}
	return within
}

// Near gives the figures that people may have meant by words that name none: those with nearly
// that id, else those with nearly that label in any of the languages.
func Near(set *figure.Set, langs []*locale.Lang, words string) []*figure.Figure {
	if near := set.Nearest(words); len(near) > 0 {
		return near
	}
	return newIndex(set, langs).near(readLabel(words))
}

// Numbers are what people may mean by a number, however they write it: 416.374 is a whole
// number in German, and one with decimals in English. percent reports whether it is a
// percentage. It gives none for what is no number.
func Numbers(text string) (all []*big.Rat, percent bool) {
	text, percent = cutPercent(strings.TrimSpace(strings.Map(visible, text)))
	if text == "" || strings.Trim(text, "0123456789.,-−+ '’") != "" || !groupsOf3(text) {
		return nil, false
	}
	rest := strings.TrimLeft(text, "-−+")
	for _, form := range []string{english, german} {
		n := rational(groupSpaces.Replace(rest), form, strings.HasPrefix(text, "-") || strings.HasPrefix(text, "−"))
		if n != nil && !slices.ContainsFunc(all, func(m *big.Rat) bool { return m.Cmp(n) == 0 }) {
			all = append(all, n)
		}
	}
	return all, percent
}

// Saying gives the figures that are one of these numbers, or are shown as one.
func Saying(set *figure.Set, numbers []*big.Rat, percent bool) []*figure.Figure {
	var all []*figure.Figure
	for _, n := range numbers {
		for _, f := range set.Equal(n, percent) {
			if !slices.Contains(all, f) {
				all = append(all, f)
			}
		}
		for _, f := range set.All() {
			is := !percent && f.Series == nil && f.Value.Number != nil && f.Value.Number.Cmp(n) == 0
			if is && !slices.Contains(all, f) {
				all = append(all, f)
			}
		}
	}
	return all
}

// NearestTo gives the figures whose numbers lie nearest to one of these, the nearest first.
func NearestTo(set *figure.Set, numbers []*big.Rat, most int) []*figure.Figure {
	type near struct {
		*figure.Figure
		far *big.Rat
	}
	var all []near
	for _, f := range set.All() {
		if f.Value.Number == nil || f.Series != nil && !f.Date.IsZero() {
			continue
		}
		for i, n := range numbers {
			far := new(big.Rat).Sub(f.Value.Number, n)
			if far.Abs(far); i == 0 {
				all = append(all, near{f, far})
			} else if last := &all[len(all)-1]; far.Cmp(last.far) < 0 {
				last.far = far
			}
		}
	}
	slices.SortStableFunc(all, func(a, b near) int { return cmp.Or(a.far.Cmp(b.far), strings.Compare(a.ID, b.ID)) })
	nearest := make([]*figure.Figure, 0, most)
	for _, n := range all[:min(most, len(all))] {
		nearest = append(nearest, n.Figure)
	}
	return nearest
}
