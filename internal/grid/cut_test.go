package grid

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"bilanz/internal/calendar"
	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/locale"
)

// rooms cuts the table of rooms.
func rooms(t *testing.T, c Cut, f form.Form) string {
	t.Helper()
	table, ok := library(t).Table("rooms")
	if !ok {
		t.Fatal("no table of rooms")
	}
	en := locale.Must("en")
	return written(Shape{Form: f, Table: table, Cut: c, Lang: en, Langs: []*locale.Lang{en},
		Percent: &figure.Unit{ID: "percent", Decimals: 1}})
}

func choose(dimension string, keys ...string) Choice { return Choice{dimension, keys} }

// What blocks make of a table with two dimensions, times and two columns.
func TestCuts(t *testing.T) {
	seats, any2024 := []string{"seats"}, []Choice{choose("kind", "any"), choose("time", "2024")}
	quiet := []Choice{choose("kind", "quiet", "loud"), choose("time", "2024")}
	loud := []Choice{choose("time", "2024"), choose("kind", "loud")}
	one := []Choice{choose("kind", "quiet"), choose("time", "2024")}
	for _, c := range []struct {
		form form.Form
		cut  Cut
		want string
	}{
		{form.Bar, Cut{Columns: seats, Where: any2024}, "North: 9; Old Town: 3; South: 7"},
		{form.Bar, Cut{Columns: seats, Where: any2024, Order: ByValue}, "North: 9; South: 7; Old Town: 3"},
		{form.Bar, Cut{Columns: seats, Where: any2024, Order: ByValue, Last: []string{"north"}},
			"South: 7; Old Town: 3; North: 9"},
		{form.Bar, Cut{Columns: seats, Where: any2024, Top: 2}, "North: 9; South: 7"},
		{form.Bar, Cut{Columns: seats, Where: any2024, Top: 2, Others: true}, "North: 9; South: 7; Others: 3"},
		{form.Bar, Cut{Columns: seats, Where: any2024, Top: 3, Others: true}, "North: 9; Old Town: 3; South: 7"},
		{form.Bar, Cut{Columns: seats, Where: any2024, Top: 4, Others: true}, "North: 9; Old Town: 3; South: 7"},
		{form.Bar, Cut{Columns: []string{"rate"}, Where: any2024, Top: 2, Others: true}, "others-unfit"},
		{form.Bar, Cut{Columns: seats, Where: any2024, Of: OfTotal, Top: 1, Others: true},
			"North: 47.4%; Others: 52.6%"},
		{form.Bar, Cut{Columns: []string{"rate"}, Where: any2024, Of: OfTotal}, "shares-base"},
		{form.Bar, Cut{Columns: seats, Where: append(any2024, choose("site", "north", "south")), Of: OfColumn},
			"shares-base"},
		{form.Bar, Cut{Columns: seats, Where: loud, Top: 1, Others: true},
			"North: 5; Others: 5"},
		{form.Bar, Cut{Columns: seats, Where: []Choice{choose("kind", "any")}}, "chart-choice"},
		{form.Bar, Cut{Where: any2024}, "chart-choice"},
		{form.Bar, Cut{Columns: seats, Where: []Choice{choose("time", "2023"), choose("kind", "quiet")}},
			"cut-empty"},
		{form.Line, Cut{Columns: seats, Where: any2024[:1]}, "2023: 8 – 6; 2024: 9 3 7"},
		{form.Line, Cut{Columns: seats, Where: []Choice{choose("site", "south", "north"), choose("kind", "any")}},
			"2023: 6 8; 2024: 7 9"},
		{form.Line, Cut{Columns: seats, Where: any2024}, "chart-line"},
		{form.Line, Cut{Columns: seats, Where: any2024[:1], Highlight: "south"}, "2023: 8 – 6*; 2024: 9 3 7*"},
		{form.Line, Cut{Columns: seats, Where: any2024[:1], Top: 1}, "cut-unfit"},
		{form.GroupedBar, Cut{Columns: seats, Where: quiet}, "North: 4 5; Old Town: 3 not applicable; South: 2 5"},
		{form.GroupedBar, Cut{Columns: seats, Where: any2024[1:]},
			"North: 4 5; Old Town: 3 not applicable; South: 2 5"},
		{form.GroupedBar, Cut{Columns: seats, Where: any2024[1:], Across: "kind", Series: "site"},
			"quiet: 4 3 2; loud: 5 not applicable 5"},
		{form.GroupedBar, Cut{Columns: seats, Where: any2024}, "chart-table"},
		{form.GroupedBar, Cut{Columns: seats, Where: any2024[:1], Series: Time},
			"North: 8 9; Old Town: – 3; South: 6 7"},
		{form.StackedBar, Cut{Columns: seats, Where: one, Series: "kind",
			Across: "site"}, "chart-incomplete"},
		{form.SmallMultiples, Cut{Columns: seats, Where: any2024[:1], Except: []Choice{choose("site", "old-town")}},
			"North, 2023: 8; North, 2024: 9; South, 2023: 6; South, 2024: 7; 2 panels of 2 rows"},
		{form.Bar, Cut{Columns: seats, Where: any2024, Highlight: "south"}, "North: 9; Old Town: 3; South: 7*"},
		{form.Pie, Cut{Columns: seats, Where: any2024, Highlight: "south"}, "highlight-unfit"},
		{"", Cut{Columns: seats, Where: loud, Series: "kind", Of: OfRow},
			"North: 55.6%; Old Town: not applicable; South: 71.4%"},
		{"", Cut{Columns: seats, Where: any2024, Series: "kind", Of: OfRow}, "shares-base"},
		{"", Cut{Columns: seats, Where: any2024[1:], Across: "kind"},
			"North: 9 4 5; Old Town: 3 3 not applicable; South: 7 2 5"},
		{"", Cut{Columns: seats, Where: any2024[1:], Across: "kind", Of: OfRow},
			"North: 100.0% 44.4% 55.6%; Old Town: 100.0% 100.0% not applicable; South: 100.0% 28.6% 71.4%"},
		{"", Cut{Columns: []string{"rate", "seats"}, Where: any2024, Order: ByLabel},
			"North: 1 9; Old Town: 1 3; South: 2 7"},
		{"", Cut{Where: []Choice{choose("site", "south"), choose("time", "2024")}, Order: ByValue},
			"Any kind: 7 2; loud: 5 3; quiet: 2 2"},
		{"", Cut{Across: Time}, "chart-choice"},
	} {
		if got := rooms(t, c.cut, c.form); got != c.want {
			t.Errorf("%s %+v:\ngot  %s\nwant %s", c.form, c.cut, got, c.want)
		}
	}
}

// Names are ids; what the file and its author say is understood where it is one's alone.
func TestNames(t *testing.T) {
	table, _ := library(t).Table("rooms")
	dims := DimensionsOf(table)
	for name, want := range map[string]string{"site": "site", "Site": "site", "Year": "time", "time": "time",
		"Columns": "columns", "sites": ""} {
		if d, _ := Find(dims, name); d.ID != want {
			t.Errorf("%s is %q, not %q", name, d.ID, want)
		}
	}
	site, kind, times, columns := dims[0], dims[1], dims[2], dims[3]
	for _, c := range []struct {
		of         Dimension
		name, want string
	}{
		{site, "old-town", "old-town"}, {site, "Old Town", "old-town"}, {site, "OLD TOWN", "old-town"}, {site, "old", ""},
		{site, "", ""}, {kind, "", "any"}, {kind, "Any kind", "any"},
		{times, "2024", "2024"}, {times, "2025", ""}, {times, "2023-2024", ""},
		{columns, "Rate", "rate"}, {columns, "rates", ""},
	} {
		if k, _ := c.of.Find(c.name, locale.Must("en")); k.ID != c.want {
			t.Errorf("%s: %q is %q, not %q", c.of.ID, c.name, k.ID, c.want)
		}
	}
	for name, want := range map[string]string{"2023-2024": "2023 2024", "2024-2025": "2024", "2020-2022": "", "x": ""} {
		if got := strings.Join(times.Within(name), " "); got != want {
			t.Errorf("within %s lie %q, not %q", name, got, want)
		}
	}
}

// A word that two keys have in common stands for neither.
func TestANameOfTwo(t *testing.T) {
	d := Dimension{Keys: []Key{{ID: "a", names: []string{"A", "Both"}}, {ID: "b", names: []string{"B", "both"}}}}
	if k, ok := d.Find("both"); ok {
		t.Error(k.ID)
	}
	if k, ok := d.Find("b"); !ok || k.ID != "b" {
		t.Error(k.ID, ok)
	}
}

// What a cut says is the same in whatever order its dimensions stand.
func TestSaid(t *testing.T) {
	a := Cut{Where: []Choice{choose("b", "x"), choose("a", "y", "z")}, Top: 3, Others: true}
	b := Cut{Where: []Choice{choose("a", "y", "z"), choose("b", "x")}, Top: 3, Others: true}
	for _, key := range Keys {
		if a.Said()[key] != b.Said()[key] {
			t.Error(key, a.Said()[key], b.Said()[key])
		}
	}
	if got := a.Said(); got["where"] != "a: y, z; b: x" || got["top"] != "3" || got["others"] != "true" {
		t.Error(got)
	}
	for key := range a.Said() {
		if !slices.Contains(Keys, key) {
			t.Errorf("nobody compares %s", key)
		}
	}
}

// Five lines of a table can be told apart, six cannot.
func TestLinesOfATable(t *testing.T) {
	for n, want := range map[int]string{5: "", 6: "chart-line"} {
		table := &figure.Table{ID: "t", Rows: []string{"key"}, RowLabels: []figure.Text{nil}, Ordered: []bool{false},
			Heads: []string{""}, Sums: []string{""}, Empty: []string{""}, Timed: true,
			Columns: []figure.Column{{ID: "n"}}}
		for i := range n {
			for _, year := range []string{"2023", "2024"} {
				span, _ := calendar.Form{}.Parse(year)
				table.Lines = append(table.Lines, figure.Line{Keys: []string{strconv.Itoa(i)}, Time: span,
					Labels: []figure.Text{nil}, Figures: []*figure.Figure{{Time: span, Unit: &figure.Unit{}}}})
			}
		}
		g, problem := Lay(Shape{Form: form.Line, Table: table})
		switch {
		case want == "" && (problem != nil || len(g.Columns) != n):
			t.Error(n, problem)
		case want != "" && (problem == nil || problem.Code != want):
			t.Error(n, problem)
		}
	}
}

// Whatever is asked of a table, a grid is whole or there is a reason: each line has a name
// for each heading and one figure at least, each column too, and a picture has one unit.
func TestAnyCut(t *testing.T) {
	table, _ := library(t).Table("rooms")
	en := locale.Must("en")
	laid := 0
	for _, f := range append(form.Names(), "") {
		for c := range anyCut() {
			s := Shape{Form: form.Form(f), Table: table, Cut: c, Lang: en, Langs: []*locale.Lang{en},
				Percent: &figure.Unit{ID: "percent", Decimals: 1}}
			g, problem := Lay(s)
			if problem == nil && f != "" {
				problem = g.Check(s.Form)
			}
			if problem != nil {
				continue
			}
			laid++
			if fault := faultOf(g); fault != "" {
				t.Errorf("%s %+v: %s", f, c, fault)
			}
		}
	}
	if laid < 500 {
		t.Errorf("only %d could be laid", laid)
	}
}

// anyCut goes through what can be asked of the rooms.
func anyCut() func(yield func(Cut) bool) {
	wheres := [][]Choice{nil, {choose("kind", "any")}, {choose("time", "2024")},
		{choose("kind", "any"), choose("time", "2024")},
		{choose("kind", "quiet"), choose("site", "south", "north")}, {choose("site", "south")}}
	seats := []string{"seats"}
	rests := []Cut{{}, {Columns: seats}, {Columns: seats, Of: OfTotal}, {Columns: seats, Of: OfColumn},
		{Columns: seats, Of: OfRow, Top: 1, Others: true}, {Top: 2, Others: true},
		{Order: ByLabel, Last: []string{"south"}}, {Order: ByValue, Highlight: "south"},
		{Columns: []string{"rate", "seats"}, Top: 1}}
	return func(yield func(Cut) bool) {
		for _, where := range wheres {
			for _, across := range []string{"", "site", "kind", Time, Columns} {
				for _, series := range []string{"", "site", Time, Columns} {
					for _, rest := range rests {
						rest.Where, rest.Across, rest.Series = where, across, series
						if across == "" || across != series {
							if !yield(rest) {
								return
							}
						}
					}
				}
			}
		}
	}
}

func faultOf(g *Grid) string {
	if len(g.Lines) == 0 {
		return "no line"
	}
	filled := make([]bool, len(g.Columns))
	for _, line := range g.Lines {
		names := len(line.Labels)
		if !line.Date.IsZero() {
			names++
		}
		any := false
		for i, f := range line.Figures {
			any, filled[i] = any || f != nil, filled[i] || f != nil
		}
		switch {
		case names != len(g.Heads):
			return "a line has another number of names than there are headings"
		case len(line.Figures) != len(g.Columns):
			return "a line has another number of figures than there are columns"
		case !any && len(g.Panels) == 0:
			return "a line has no figure"
		}
	}
	if slices.Contains(filled, false) {
		return "a column has no figure"
	}
	return ""
}
