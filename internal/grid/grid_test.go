package grid

import (
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// library loads the figures of testdata.
func library(t *testing.T) *figure.Set {
	t.Helper()
	var files []schema.File
	for _, name := range []string{"figures.yaml", "members.csv", "members.yaml",
		"guests.csv", "guests.yaml", "counted.csv", "counted.yaml", "yearly.csv", "yearly.yaml",
		"loans.csv", "loans.yaml", "rooms.csv", "rooms.yaml"} {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, schema.File{Path: name, Text: text})
	}
	var list diag.List
	set := figure.Load(files, figure.Options{Langs: []string{"en"}}, &list)
	if ds := list.Sorted(); len(ds) > 0 {
		var text strings.Builder
		_ = diag.WriteText(&text, ds, diag.TextOptions{})
		t.Fatal(text.String())
	}
	return set
}

// write says how figures are laid, or why not.
func write(set *figure.Set, f form.Form, ids ...string) string {
	s := Shape{Form: f, Cut: Cut{Columns: []string{"lent"}}}
	for _, id := range ids {
		if table, ok := set.Table(id); ok {
			s.Table = table
		} else if found, ok := set.Lookup(id); ok {
			s.Figures = append(s.Figures, found)
		}
	}
	return written(s)
}

// written says how a shape is laid, or why not; what stands out has a star.
func written(s Shape) string {
	f := s.Form
	g, problem := Lay(s)
	if problem == nil && f != "" {
		problem = g.Check(f)
	}
	if problem != nil {
		return problem.Code
	}
	en, _ := locale.Lookup("en")
	var rows []string
	for _, line := range g.Sorted(f) {
		row := line.Label(en) + ":"
		for i, one := range line.Figures {
			if one == nil {
				row += " –"
				continue
			}
			said := figure.Ref{Figure: one, Option: figure.Plain}.Text(locale.Must("en"))
			row += " " + strings.ReplaceAll(said, ",", "")
			if line.Highlight || g.Columns[i].Highlight {
				row += "*"
			}
		}
		rows = append(rows, row)
	}
	if len(g.Panels) > 0 {
		rows = append(rows, fmt.Sprintf("%d panels of %d rows", len(g.Panels), len(g.Across())))
	}
	return strings.Join(rows, "; ")
}

// What each form makes of the figures that it asks for, and of others.
func TestLay(t *testing.T) {
	set := library(t)
	for _, c := range []struct {
		form form.Form
		ids  string
		want string
	}{
		{"", "visits", "Online: 10; Local: 30"},
		{form.Bar, "visits", "Local: 30; Online: 10"},
		{form.Bar, "visits.online visits.local", "Local: 30; Online: 10"},
		{form.List, "visits.online visits.local", "Online: 10; Local: 30"},
		{form.Bar, "visits hours", "chart-units"},
		{form.Bar, "members", "31 December 2023: 5; 31 December 2024: 4"},
		{form.Line, "members", "31 December 2023: 5; 31 December 2024: 4"},
		{form.Line, "members guests", "31 December 2022: – 1; 31 December 2023: 5 –; 31 December 2024: 4 2"},
		{form.Line, "members guests members guests members", "31 December 2022: – 1 – 1 –; " +
			"31 December 2023: 5 – 5 – 5; 31 December 2024: 4 2 4 2 4"},
		{form.Line, "members guests members guests members guests", "chart-line"},
		{form.Line, "members visits", "chart-line"},
		{form.Line, "members yearly", "chart-times"},
		{form.Line, "members guests hours", "chart-line"},
		{form.SmallMultiples, "members yearly", "chart-times"},
		{form.Column, "members", "31 December 2023: 5; 31 December 2024: 4"},
		{form.Column, "visits", "Online: 10; Local: 30"},
		{form.Column, strings.Repeat("visits.online ", 12), strings.Repeat("Online: 10; ", 11) + "Online: 10"},
		{form.Column, strings.Repeat("visits.online ", 13), "chart-column"},
		{form.Column, "yearly", "2023: 5; 2024: 4"},
		{form.Column, "counted", "chart-column"},
		{form.Line, "counted", "31 December 2022: 5; 31 December 2023: 4; 31 December 2024: 6"},
		{form.Line, "visits", "chart-line"},
		{form.GroupedBar, "visits before", "Visits: 10 30; Visits before: 20 5"},
		{form.GroupedBar, "visits five", "chart-groups"},
		{form.GroupedBar, "visits hours", "chart-groups"},
		{form.StackedBar, "visits some", "chart-incomplete"},
		{form.ShareBar, "visits", "Visits: 10 30"},
		{form.Pie, "visits", "Local: 30; Online: 10"},
		{form.Pie, "five", "A: 1; B: 1; C: 1; D: 1; E: 1"},
		{form.Pie, "six", "chart-pie"},
		{form.Bar, "six", "A: 1; B: 1; C: 1; D: 1; E: 1; F: 1"},
		{form.Pie, "hours", "chart-no-whole"},
		{form.SmallMultiples, "members guests",
			"Members, 31 December 2023: 5; Members, 31 December 2024: 4; " +
				"Guests, 31 December 2022: 1; Guests, 31 December 2024: 2; 2 panels of 3 rows"},
		{form.SmallMultiples, "members", "chart-panels"},
		{form.SmallMultiples, "members visits", "chart-panels"},
		{form.SmallMultiples, "visits", "chart-panels"},
		{form.SmallMultiples, "visits before",
			"Visits, Online: 10; Visits, Local: 30; Visits before, Online: 20; Visits before, Local: 5; 2 panels of 2 rows"},
		{form.GroupedBar, "loans", "East: 1 2; West: 3 4"},
		{form.SmallMultiples, "loans", "East, Print: 1; East, Audio: 2; West, Print: 3; West, Audio: 4; 2 panels of 2 rows"},
	} {
		if got := write(set, c.form, strings.Fields(c.ids)...); got != c.want {
			t.Errorf("%s of %s:\ngot  %s\nwant %s", c.form, c.ids, got, c.want)
		}
	}
}

// A line of a series is named by its day, or by its year.
func TestALineOfASeriesHasADayOrAYear(t *testing.T) {
	day := time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC)
	for want, asOf := range map[string]figure.AsOf{"31 December 2024": {Day: day, Year: 2024}, "2024": {Year: 2024}} {
		line := Line{Date: day, Figures: []*figure.Figure{{AsOf: asOf}}}
		if got := line.Label(locale.Must("en")); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

// Percentages are all there are if each line is 100 but for rounding: of three with one
// decimal it may miss by 0.15.
func TestRowsOfHundred(t *testing.T) {
	percent := &figure.Unit{ID: "percent"}
	line := func(values ...string) (l Line) {
		for _, v := range values {
			n, _ := new(big.Rat).SetString(v)
			l.Figures = append(l.Figures, &figure.Figure{Unit: percent, Decimals: 1, Value: figure.Value{Number: n}})
		}
		return l
	}
	for _, c := range []struct {
		line Line
		want bool
	}{
		{line("50", "30", "20"), true},
		{line("50", "30", "20.15"), true},
		{line("50", "30", "20.16"), false},
		{line("50", "30", "19.85"), true},
		{line("50", "30", "19.84"), false},
		{line("120", "-20", "0"), false},
	} {
		g := &Grid{Columns: make([]Heading, 3), Lines: []Line{line("50", "30", "20"), c.line}}
		if got := g.rowsOfHundred(form.ShareBar); got != c.want {
			t.Errorf("%v: %v", c.line, got)
		}
		if g.rowsOfHundred(form.StackedBar) {
			t.Error("stacked bars are no bars of 100%")
		}
	}
}

// A count is so much of its line; a percentage says it itself.
func TestRowShare(t *testing.T) {
	visits := &figure.Unit{ID: "visits"}
	one := func(n int64) *figure.Figure {
		return &figure.Figure{Unit: visits, Value: figure.Value{Number: big.NewRat(n, 1)}}
	}
	g := &Grid{Columns: make([]Heading, 2)}
	if got := g.RowShare(Line{Figures: []*figure.Figure{one(1), one(3)}}, 1); got.Cmp(big.NewRat(3, 4)) != 0 {
		t.Error(got)
	}
	for _, l := range []Line{{Figures: []*figure.Figure{one(0), one(0)}}, {Figures: []*figure.Figure{one(1), nil}}} {
		if got := g.RowShare(l, 0); got != nil {
			t.Error(got)
		}
	}
}
