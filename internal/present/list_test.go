package present

import (
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// A list has no heads of columns and no legend: each row says unit, time and status, where
// its name does not.
func TestRowsOfAListSayWhatTheyCount(t *testing.T) {
	text := `
units:
  euros: {decimals: 2, en: {one: euro, other: euros}, de: {one: Euro, other: Euro}}
  visits: {decimals: 0, en: {one: visit, other: visits}, de: {one: Besuch, other: Besuche}}
periods:
  y: {from: 2024-01-01, to: 2024-12-31, en: "2024", de: "2024"}
sources:
  s: {label: {en: S, de: S}, as_of: 2024-12-31}
defaults: {unit: visits, period: y, source: s}
figures:
  a.costs: {value: 1234.5, unit: euros, label: {en: Costs, de: Kosten}, status: estimated}
  a.visits: {value: more than 30, label: {en: Visits, de: Besuche}}
  a.one: {value: 1, label: {en: Children, de: Kinder}}
  a.gone: {value: not available, label: {en: Dogs, de: Hunde}}
  a.stock: {value: 5, label: {en: Doors in 2024, de: Türen 2024}, period: none, as_of: 2023}
`
	var list diag.List
	set := figure.Load([]schema.File{{Path: "a.yaml", Text: []byte(text)}}, figure.Options{Langs: []string{"en", "de"}}, &list)
	for _, d := range list.Sorted() {
		t.Error(d.Code)
	}
	rows := func(lang string, ids ...string) string {
		var figures []*figure.Figure
		for _, id := range ids {
			f, _ := set.Lookup(id)
			figures = append(figures, f)
		}
		g, problem := grid.Lay(grid.Shape{Form: form.List, Figures: figures})
		if problem != nil {
			t.Fatal(problem.Code)
		}
		var all []string
		for _, line := range g.Lines {
			all = append(all, listed(g, line.Label(locale.Must(lang)), line.Figures[0], locale.Must(lang)))
		}
		return strings.ReplaceAll(strings.Join(all, "; "), "\u00a0", "~")
	}
	for _, c := range []struct{ lang, ids, want string }{
		{"en", "a.costs a.visits a.one a.gone",
			"Costs: 1,234.50~euros (estimated); Visits: more than 30; Children: 1~visit; Dogs: not available"},
		{"de", "a.costs a.visits a.one a.gone",
			"Kosten: 1.234,50~Euro (geschätzt); Besuche: mehr als 30; Kinder: 1~Besuch; Hunde: liegt nicht vor"},
		{"en", "a.one a.stock", "Children, 2024: 1~visit; Doors in 2024, as of 2023: 5~visits"},
	} {
		if got := rows(c.lang, strings.Fields(c.ids)...); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}
