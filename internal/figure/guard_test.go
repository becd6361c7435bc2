package figure

import (
	"fmt"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// A site at a limit is read; beyond it, one message says where, and no other follows.
func TestASiteIsToldWhatItHasTooMuchOf(t *testing.T) {
	const things = "units:\n  people: {decimals: 0, en: {one: person, other: people}}\n" +
		"periods:\n  year-2024: {from: 2024-01-01, to: 2024-12-31, en: The year 2024}\n" +
		"sources:\n  counter: {label: Somebody, as_of: 2025-01-01}\n"
	const defaults = "defaults: {unit: people, period: year-2024, source: counter}\n"
	lists := func(figures int) []schema.File {
		files := []schema.File{{Path: "content/figures/things.yaml", Text: []byte(things)}}
		const most = 10_000 // in a file
		for n := 0; n < figures; n += most {
			var csv strings.Builder
			csv.WriteString("id,value,label.en\n")
			for i := n; i < min(n+most, figures); i++ {
				fmt.Fprintf(&csv, "bench.f%d,37,People %[1]d\n", i)
			}
			name := fmt.Sprintf("content/figures/list-%d", n/most)
			files = append(files, schema.File{Path: name + ".csv", Text: []byte(csv.String())},
				schema.File{Path: name + ".yaml", Text: []byte(defaults)})
		}
		return files
	}
	tables := func(cells int) []schema.File {
		files := []schema.File{{Path: "content/figures/things.yaml", Text: []byte(things)}}
		for n := range 2 {
			name, rows := fmt.Sprintf("content/figures/table-%d", n), strings.Builder{}
			for i := range cells / 2 {
				fmt.Fprintf(&rows, "P%d,37\n", i)
			}
			files = append(files, schema.File{Path: name + ".csv", Text: []byte("place,seats\n" + rows.String())},
				schema.File{Path: name + ".yaml", Text: fmt.Appendf(nil, "table: t%d\nlabel: Seats %[1]d\nrows: place\n"+
					"columns: {seats: {label: Seats}}\nunit: people\nperiod: year-2024\nsource: counter\n", n)})
		}
		return files
	}
	checks := func(n int) []schema.File {
		return append(lists(2), schema.File{Path: "content/figures/checks.yaml",
			Text: []byte("checks:\n" + strings.Repeat("  - bench.f0 = bench.f1\n", n))})
	}
	for _, c := range []struct {
		files []schema.File
		want  string
	}{
		{lists(mostListed), ""},
		{lists(mostListed + 2), "content/figures/list-4.csv:2:1 " +
			"this is more than bilanz takes: at most 40,000 figures outside tables"},
		{tables(mostFigures), ""},
		{tables(mostFigures + 2), "content/figures/table-1.csv:60001:8 " +
			"this is more than bilanz takes: at most 120,000 figures in a site"},
		{checks(mostChecks), ""},
		{checks(mostChecks + 2), "content/figures/checks.yaml:10002:5 " +
			"this is more than bilanz takes: at most 10,000 checks in a site"},
	} {
		var list diag.List
		Load(c.files, Options{Langs: []string{"en"}, Complete: []string{"en"}}, &list)
		var got []string
		for _, d := range list.Sorted() {
			got = append(got, d.Place.String()+" "+d.Text.In("en"))
		}
		if all := strings.Join(got, "\n"); all != c.want {
			t.Errorf("got %.500s\nwant %s", all, c.want)
		}
	}
}
