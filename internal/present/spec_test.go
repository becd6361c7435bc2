package present

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"bilanz/internal/calendar"
	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
)

var visits = &figure.Unit{ID: "visits", Other: figure.Text{"en": "visits"}}

func count(n int64) *figure.Figure {
	return &figure.Figure{Unit: visits, Value: figure.Value{Number: big.NewRat(n, 1)}, Source: &figure.Source{}}
}

func called(name string) []figure.Text { return []figure.Text{{"en": name}} }

// What is highlighted stays so where the bars are put in another order.
func TestTheHighlightedBarIsThatOfTheGrid(t *testing.T) {
	g := &grid.Grid{Columns: []grid.Heading{{Unit: visits}}, Lines: []grid.Line{
		{Labels: called("few"), Figures: []*figure.Figure{count(1)}, Highlight: true},
		{Labels: called("many"), Figures: []*figure.Figure{count(9)}},
	}}
	for f, want := range map[form.Form]int{form.Bar: 2, form.Column: 1} {
		s := specOf(g, "x", f, locale.Must("en"))
		if s.Highlight != want || s.Rows[want-1].Label != "few" {
			t.Errorf("%s: row %d of %v", f, s.Highlight, s.Rows)
		}
	}
	g.Lines[0].Highlight = false
	if s := specOf(g, "x", form.Bar, locale.Must("en")); s.Highlight != 0 {
		t.Error(s.Highlight)
	}
}

// Of several lines one stands out, and each time has its short name. A quarter that a series
// lacks is a gap; a day on which only another was counted is none.
func TestLinesAreNamedInShort(t *testing.T) {
	quarter := func(n int64, month time.Month) *figure.Figure {
		f := count(n)
		from := time.Date(2024, month, 1, 0, 0, 0, 0, time.UTC)
		f.Time = calendar.Span{Kind: calendar.Quarter, From: from, To: from.AddDate(0, 3, -1)}
		f.Date = f.Time.To
		return f
	}
	first, second := quarter(4, 1), quarter(5, 4)
	g := &grid.Grid{
		Columns: []grid.Heading{
			{Label: figure.Text{"en": "East"}, Unit: visits, Series: &figure.Series{}},
			{Label: figure.Text{"en": "West"}, Unit: visits, Highlight: true, Series: &figure.Series{
				Breaks: []figure.Break{{From: second.Time.From}}}},
		},
		Lines: []grid.Line{
			{Date: first.Date, Figures: []*figure.Figure{nil, first}},
			{Date: second.Date, Figures: []*figure.Figure{second, nil}},
		},
	}
	s := specOf(g, "x", form.Line, locale.Must("en"))
	if s.Highlight != 2 || s.Rows[0].Short != "Q1 2024" || s.Rows[0].Label != "first quarter of 2024" {
		t.Errorf("%d %+v", s.Highlight, s.Rows[0])
	}
	if gap := s.Rows[0].Cells[0]; gap.Value != nil || gap.Text != "–" {
		t.Errorf("%+v", gap)
	}
	first.Time, second.Time = calendar.Span{}, calendar.Span{}
	first.AsOf, second.AsOf = figure.AsOf{Day: first.Date}, figure.AsOf{Day: second.Date}
	other := specOf(g, "x", form.Line, locale.Must("en")).Rows[0]
	if none := other.Cells[0]; other.Short != "Mar 2024" || none.Value != nil || none.Text != "" {
		t.Errorf("%+v", other)
	}
	label := "West: " + locale.Must("en").Word("chart-break")
	if len(s.Breaks) != 1 || s.Breaks[0].Series != 1 || s.Breaks[0].Label != label {
		t.Errorf("%+v", s.Breaks)
	}
}

// Days on an axis are months where each is the last of one, and else days; the axis of what is
// counted on and on begins with its first day.
func TestDaysAreShort(t *testing.T) {
	day := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	shown := func(since time.Time, dates ...time.Time) string {
		series := &figure.Series{Cumulative: !since.IsZero(), Since: since}
		g := &grid.Grid{Columns: []grid.Heading{{Unit: visits, Series: series}}, Series: series}
		for _, date := range dates {
			f := count(1)
			f.Date, f.AsOf = date, figure.AsOf{Day: date}
			g.Lines = append(g.Lines, grid.Line{Date: date, Figures: []*figure.Figure{f}})
		}
		s := specOf(g, "x", form.Line, locale.Must("en"))
		words := []string{s.Since.Label}
		for _, row := range s.Rows {
			words = append(words, row.Short)
		}
		return strings.Join(words, " · ")
	}
	june, september, leap := day(2020, 6, 30), day(2022, 9, 30), day(2024, 2, 29)
	for want, got := range map[string]string{
		"Jan 2019 · June 2020 · Sept 2022 · Feb 2024": shown(day(2019, 1, 1), june, september, leap),
		"2 Jan 2019 · June 2020":                      shown(day(2019, 1, 2), june),
		" · June 2020":                                shown(time.Time{}, june),
		"1 Jan 2019 · 30 June 2020 · 28 Feb 2024":     shown(day(2019, 1, 1), june, day(2024, 2, 28)),
	} {
		if got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

// A share of nearly nothing, and of nearly all, is not shown as nothing or all.
func TestShareDecimals(t *testing.T) {
	for text, want := range map[string]int{
		"0": 0, "1": 0, "1/2": 0, "5/1000": 0, "49/10000": 1, "1/1000": 1, "999/1000": 1, "995/1000": 1, "994/1000": 0,
		"49/100000": 2, "1/1000000": 3,
	} {
		share, _ := new(big.Rat).SetString(text)
		if got := shareDecimals(share); got != want {
			t.Errorf("%s: %d, not %d", text, got, want)
		}
	}
}

// A text names a key only by whole words, and not where it names another one too.
func TestATextNamesAKey(t *testing.T) {
	men := grid.Fixed{Label: figure.Text{"en": "Men"}, Others: []figure.Text{{"en": "Women"}, {"en": "Under 3"}, {}}}
	for text, want := range map[string]bool{
		"What men read": true, "Men": true, "men's books": true, "What women read": false, "Women and men": false,
		"Men and those under 30": true, "Men and those under 3": false, "": false, "Omen, menus": false,
		"Omen and men": true,
	} {
		if got := says(text, men, locale.Must("en")); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
	both := grid.Fixed{Label: figure.Text{"en": "Men and women"}, Others: []figure.Text{{"en": "Men"}, {"en": "Women"}}}
	for text, want := range map[string]bool{"What men and women read": true, "Men and women, women": false} {
		if got := says(text, both, locale.Must("en")); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
