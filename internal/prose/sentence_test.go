package prose

import (
	"slices"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// A sentence is what readers get, from its first word to its last sign: where it ends is
// in doubt, it goes on.
func TestSentencesAreWhatReadersGet(t *testing.T) {
	var list diag.List
	set := figure.Load([]schema.File{{Path: "content/figures/a.yaml", Text: []byte(
		"defaults: {unit: visits, period: none, as_of: 2024, source: counters}\n" +
			"units: {visits: {other: {en: visits}, decimals: 0}}\n" +
			"sources: {counters: {label: {en: Counters}, as_of: 2024}}\n" +
			"figures:\n  a: {value: 1234, label: {en: Visits}}\n")}},
		figure.Options{Langs: []string{"en"}, Complete: []string{"en"}}, &list)
	for text, want := range map[string][]string{
		"One. There were [1,234](fig:a) visits. Two.": {"There were 1,234 visits."},
		"There were [](fig:a)\nvisits! More.":         {"There were 1,234 visits!"},
		"[1,234](fig:a). [1,234](fig:a).":             {"1,234.", "1,234."},
		"On 31. December, e.g. Monday, *[1,234](fig:a)* came, i.e. [all](page.md).": {
			"On 31. December, e.g. Monday, 1,234 came, i.e. all."},
		"He said: “So many.” Then [1,234](fig:a) came. “No!”":      {"Then 1,234 came."},
		"About 3 Mio. People, not [1,234](fig:a). In 2024. Later.": {"About 3 Mio. People, not 1,234."},
		"That is 54%. We count [1,234](fig:a)":                     {"We count 1,234"},
		"In 2024. We count [1,234](fig:a)":                         {"We count 1,234"},
		"## So many: [1,234](fig:a). Really {#a}":                  {"So many: 1,234. Really"},
		"- One.\n- Two [1,234](fig:a).":                            {"Two 1,234."},
		"| a | b |\n|---|---|\n| c | [1,234](fig:a) |":             {"c | 1,234"},
		"Text.[^a]\n\n[^a]: A note. Of [1,234](fig:a) visits.":     {"Of 1,234 visits."},
		"a&nbsp;b \\* [1,234](fig:a)[^a]\n\n[^a]: x":               {"a\u00a0b * 1,234"},
		"```figures\nfigures: [a]\ntitle: T\n\nOf [1,234](fig:a) visits.\n```": {
			"Of 1,234 visits."},
		"```figures\nfigures: [a]\ntitle: T [1,234](fig:a)\n\nWords.\n```": {""},
	} {
		var problems diag.List
		doc := Parse(&Context{Figures: set, Lang: locale.Must("en")},
			schema.File{Path: "content/en/a.md", Text: []byte("---\ntitle: T\n---\n" + text + "\n")}, &problems)
		if got := doc.Sentences(); !slices.Equal(got, want) {
			t.Errorf("%q: %q, not %q\n%v", text, got, want, problems.Sorted())
		}
	}
}
