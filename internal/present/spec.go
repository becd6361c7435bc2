package present

import (
	"math/big"
	"slices"
	"time"

	"bilanz/internal/calendar"
	"bilanz/internal/chart"
	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
)

// Spec is the chart of a block as it is to be drawn, where its summary says these words.
func (in *Language) Spec(b *Block, summary string) chart.Spec {
	l := in.Lang
	s := specOf(b.Grid, b.ID, b.Form, l)
	s.Title, s.Subtitle, s.Summary = b.Title, subtitle(b, l), summary
	s.Source, s.Notes = l.Colon(l.Word("source"), Plain(string(sources(b.Grid, l)))), in.notesInPicture(b)
	s.Origin = in.origin()
	if in.Base != "" {
		s.Address = in.Base + in.ChartAt(b.ID) + "/"
	}
	if in.Site.Config.Demo {
		s.Demo = l.Word("demo")
	}
	return s
}

// notesInPicture are those below a chart, as the picture that leaves the page says them.
func (in *Language) notesInPicture(b *Block) (all []string) {
	for _, note := range in.notes(b) {
		all = append(all, Plain(string(note)))
	}
	return all
}

// origin says where a picture comes from: the site and its edition.
func (in *Language) origin() string {
	c := in.Site.Config
	title, edition := c.Title[in.Lang.Code], c.Edition.Label[in.Lang.Code]
	if edition == "" {
		return title
	}
	return title + " · " + edition
}

// specOf says what is drawn of a grid, in a language.
func specOf(g *grid.Grid, id string, f form.Form, l *locale.Lang) chart.Spec {
	s := chart.Spec{ID: id, Form: f, Lang: l.Code}
	if len(g.Panels) > 0 {
		addPanels(&s, g, l)
		return s
	}
	at := timesOf(g)
	for i := range g.Columns {
		s.Series = append(s.Series, seriesName(g, i, at, l))
		if g.Columns[i].Highlight {
			s.Highlight = i + 1
		}
	}
	for i, line := range g.Sorted(f) {
		row := chart.Row{Label: line.Brief(l), Short: shortTime(line, g, l), Date: line.Date}
		if line.Highlight {
			s.Highlight = i + 1
		}
		if at == inRows {
			row.Label = timed(row.Label, first(line), l)
		}
		for i := range line.Figures {
			row.Cells = append(row.Cells, cellOf(g, line, i, f, at, l))
		}
		s.Rows = append(s.Rows, row)
	}
	if f.Asks().Layout == form.Dates {
		s.Breaks, s.Since = breaksOfLines(g, l), sinceOf(g, l)
	}
	return s
}

// shortTime is what an axis writes of a line of a grid that has a time.
func shortTime(line grid.Line, g *grid.Grid, l *locale.Lang) string {
	if line.Date.IsZero() {
		return ""
	}
	if name := line.ShortWhen(l); name != "" {
		return name
	}
	return shortDay(line.Date, endsOfMonths(g), l)
}

// shortDay is a day on an axis; by its month alone where every day is the last of one.
func shortDay(t time.Time, byMonth bool, l *locale.Lang) string {
	if byMonth {
		return l.ShortSpan(calendar.Span{Kind: calendar.Month, From: t})
	}
	return l.ShortDate(t)
}

// endsOfMonths reports whether all dates of a grid are last days of months.
func endsOfMonths(g *grid.Grid) bool {
	return !slices.ContainsFunc(g.Lines, func(line grid.Line) bool {
		return line.Date.AddDate(0, 0, 1).Day() != 1
	})
}

// sinceOf is the day from which on all lines are counted, if it is one.
func sinceOf(g *grid.Grid, l *locale.Lang) chart.Since {
	all := g.AllSeries()
	other := func(s *figure.Series) bool { return !s.Cumulative || !s.Since.Equal(all[0].Since) }
	if len(all) == 0 || all[0].Since.IsZero() || slices.ContainsFunc(all, other) {
		return chart.Since{}
	}
	first := all[0].Since
	return chart.Since{Date: first, Label: shortDay(first, first.Day() == 1 && endsOfMonths(g), l)}
}

// breaksOfLines are those of one line or of several; one that not all of them have says
// whose it is.
func breaksOfLines(g *grid.Grid, l *locale.Lang) (all []chart.Break) {
	series := g.AllSeries()
	for k, one := range series {
		for _, b := range breaksOf(one, k, l) {
			lacks := func(s *figure.Series) bool {
				return !slices.ContainsFunc(s.Breaks, func(other figure.Break) bool { return other.From.Equal(b.Date) })
			}
			if slices.ContainsFunc(series, lacks) {
				b.Label = l.Colon(g.Columns[k].Label[l.Code], b.Label)
			}
			all = append(all, b)
		}
	}
	return all
}

// seriesName names a series of bars; where there is one alone it has no name.
func seriesName(g *grid.Grid, i int, at times, l *locale.Lang) string {
	if g.Columns[i].Label[l.Code] == "" {
		return ""
	}
	if short := g.Columns[i].Short[l.Code]; short != "" && at != inColumns {
		return short
	}
	return columnName(g, i, at, l)
}

// addPanels makes a series of each panel.
func addPanels(s *chart.Spec, g *grid.Grid, l *locale.Lang) {
	at, firsts := panelTimes(g)
	for i, panel := range g.Panels {
		name := panel.Brief(l)
		if at == inRows {
			name = timed(name, firsts[i], l)
		}
		s.Series = append(s.Series, name)
		if panel.Series != nil {
			s.Breaks = append(s.Breaks, breaksOf(panel.Series, i, l)...)
		}
	}
	for _, lines := range g.Across() {
		row := chart.Row{Cells: make([]chart.Cell, len(lines))}
		for i, line := range lines {
			if line == nil {
				continue
			}
			inPanel := *line
			inPanel.Labels = line.Labels[1:] // the first names the panel
			inPanel.Shorts = line.Shorts[min(1, len(line.Shorts)):]
			row.Label, row.Short, row.Date = inPanel.Brief(l), shortTime(*line, g, l), line.Date
			row.Cells[i] = cellOf(g, *line, 0, s.Form, at, l)
		}
		s.Rows = append(s.Rows, row)
	}
}

// panelTimes says where the times of small multiples are told: at their names where each
// has one, which is that of its first figure, else at the numbers.
func panelTimes(g *grid.Grid) (times, []*figure.Figure) {
	at, firsts := timesOf(g), make([]*figure.Figure, len(g.Panels))
	for _, lines := range g.Across() {
		for i, line := range lines {
			switch {
			case line == nil:
			case firsts[i] == nil:
				firsts[i] = line.Figures[0]
			case at == inRows && !figure.SameTime(firsts[i], line.Figures[0]):
				at = atNumbers
			}
		}
	}
	return at, firsts
}

func breaksOf(s *figure.Series, series int, l *locale.Lang) []chart.Break {
	var all []chart.Break
	for _, b := range s.Breaks {
		all = append(all, chart.Break{Date: b.From, Label: l.Word("chart-break"), Series: series})
	}
	return all
}

// rowShare is the share of a count in its bar of several that are 100% each.
func rowShare(g *grid.Grid, line grid.Line, column int, f form.Form, l *locale.Lang) string {
	if f != form.ShareBar || g.Shares() {
		return ""
	}
	share := g.RowShare(line, column)
	if share == nil {
		return ""
	}
	return l.Percent(share, shareDecimals(share))
}

// shareDecimals are none, but for what would be nothing, or all, without.
func shareDecimals(share *big.Rat) int {
	for decimals := range 3 {
		shown := locale.Round(share, decimals+2)
		if shown.Sign() != 0 && shown.Cmp(whole) != 0 || shown.Cmp(share) == 0 {
			return decimals
		}
	}
	return 3
}

// missesHundred reports whether the shares that the bars of a chart are shown with, or the
// percentages in them, are not 100 together.
func missesHundred(b *Block) bool {
	g := b.Grid
	if b.Form != form.ShareBar || len(g.Columns) < 2 || g.Shares() {
		return false
	}
	for _, line := range g.Lines {
		sum := new(big.Rat)
		for i, one := range line.Figures {
			if share := g.RowShare(line, i); share != nil {
				sum.Add(sum, locale.Round(share, shareDecimals(share)+2))
			} else if one != nil && one.Parent != nil && one.Parent.Misses {
				return false // it is said already
			} else if one != nil && one.Unit.IsPercent() {
				hundredth := new(big.Rat).Quo(one.Value.Number, hundred)
				sum.Add(sum, locale.Round(hundredth, one.Decimals+2))
			}
		}
		if sum.Cmp(whole) != 0 {
			return true
		}
	}
	return false
}

var hundred = big.NewRat(100, 1)

// cellOf says what is drawn and said of one figure of a line.
func cellOf(g *grid.Grid, line grid.Line, column int, f form.Form, at times, l *locale.Lang) chart.Cell {
	one := line.Figures[column]
	if one == nil && f.Asks().Layout == form.Dates && line.ShortWhen(l) == "" {
		return chart.Cell{} // counted on other days; a year or a month that is not there is a gap
	}
	if one == nil {
		return chart.Cell{Text: "–", Tip: "–"}
	}
	c := chart.Cell{Text: charted(g, one, f, at, l), Sign: letter(one, l), Bound: one.Value.Bound != locale.Exact}
	if share := rowShare(g, line, column, f, l); share != "" {
		c.Text = share + " (" + c.Text + ")"
	}
	name := line.Label(l)
	if len(g.Columns) > 1 {
		name += ", " + g.Columns[column].Label[l.Code]
	}
	c.Tip = l.Colon(name, c.Text)
	if one.Value.Number != nil {
		c.Value = new(big.Rat).Set(one.Value.Number)
	}
	return c
}
