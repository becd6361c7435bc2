package present

import (
	"testing"
	"time"

	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
)

// Bars of one series are named by their times: by months where each stands at the end of
// one. Others keep their names.
func TestBarsOfASeriesAreNamedByTheirTimes(t *testing.T) {
	series, another := &figure.Series{ID: "a"}, &figure.Series{ID: "b"}
	at := func(s *figure.Series, month time.Month, day int) *figure.Figure {
		f := count(1)
		f.Series, f.Date = s, time.Date(2024, month, day, 0, 0, 0, 0, time.UTC)
		f.AsOf = figure.AsOf{Day: f.Date, Year: 2024}
		return f
	}
	for _, c := range []struct {
		first, second *figure.Figure
		want          string
	}{
		{at(series, 2, 29), at(series, 6, 30), "February 2024"},
		{at(series, 2, 28), at(series, 6, 30), "28 February 2024"},
		{at(series, 6, 30), at(series, 7, 1), "30 June 2024"},
		{at(series, 6, 30), at(another, 7, 31), "visits, as of 30 June 2024"},
		{at(series, 6, 30), count(1), "visits, as of 30 June 2024"},
	} {
		g := &grid.Grid{Columns: []grid.Heading{{Unit: visits}}, Lines: []grid.Line{
			{Labels: called("visits"), Figures: []*figure.Figure{c.first}},
			{Labels: called("visits"), Figures: []*figure.Figure{c.second}},
		}}
		l := locale.Must("en")
		if got := barName(g, 0, specOf(g, "x", form.Bar, l).Rows[0].Label, l); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
