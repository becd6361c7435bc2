package figure

import (
	"fmt"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// Whether values may be added is said by their author, where no rule says that they never
// may; for all of a file only where nothing speaks against it.
func TestAuthorsSayWhatMayBeAddedUp(t *testing.T) {
	text := `
units:
  grams: {decimals: 1, en: {one: gram, other: grams}}
  percent: {decimals: 1, en: {one: percent, other: percent}}
periods:
  year: {from: 2024-01-01, to: 2024-12-31, en: "2024"}
sources:
  s: {label: {en: S}, as_of: 2024-12-31}
defaults: {unit: grams, period: year, source: s%s}
figures:
  derived: {value: 1.5, label: {en: Derived}}
  own: {value: 1.5, label: {en: Own}, aggregation: cumulative}
  rate: {value: 1.5, label: {en: Rate}, unit: percent}
  rate-own: {value: 1.5, label: {en: Rate-own}, unit: percent, aggregation: sum}
  quotient: {formula: derived / own, label: {en: Quotient}, unit: grams}
  whole: {value: 9, label: {en: W}, parts_are: overlapping, parts: {p: {value: 8, label: {en: P}, aggregation: sum}}}
`
	for said, want := range map[string]map[string]Aggregation{
		"": {
			"derived": NotAdded, "own": Cumulative, "rate": NotAdded,
			"rate-own": Added, "quotient": NotAdded, "whole.p": NotAdded,
		},
		", aggregation: sum": {
			"derived": Added, "own": Cumulative, "rate": NotAdded,
			"rate-own": Added, "quotient": NotAdded, "whole.p": NotAdded,
		},
	} {
		var list diag.List
		files := []schema.File{{Path: "a.yaml", Text: fmt.Appendf(nil, text, said)}}
		set := Load(files, Options{Langs: []string{"en"}}, &list)
		for _, d := range list.Sorted() {
			t.Error(d.Code)
		}
		for id, aggregation := range want {
			if f, ok := set.Lookup(id); !ok || f.Aggregation() != aggregation {
				t.Errorf("with %q: %s may be added: %s, not %s", said, id, f.Aggregation(), aggregation)
			}
		}
	}
}
