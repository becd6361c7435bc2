package present

import (
	"math/big"

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
	s.Source = l.Colon(l.Word("source"), Plain(string(sources(b.Grid, l))))
	if in.Site.Config.Demo {
		s.Demo = l.Word("demo")
	}
	return s
}

// specOf says what is drawn of a grid, in a language.
func specOf(g *grid.Grid, id string, f form.Form, l *locale.Lang) chart.Spec {
	s := chart.Spec{ID: id, Form: f, Lang: l.Code}
	if len(g.Panels) > 0 {
		addPanels(&s, g, l)
		return s
	}
	for _, column := range g.Columns {
		s.Series = append(s.Series, column.Label[l.Code])
	}
	for _, line := range g.Sorted(f) {
		row := chart.Row{Label: line.Label(l), Date: line.Date}
		for i := range line.Figures {
			row.Cells = append(row.Cells, cellOf(g, line, i, f, l))
		}
		s.Rows = append(s.Rows, row)
	}
	if g.Series != nil && f.Asks().Layout == form.Dates {
		s.Breaks = breaksOf(g.Series, 0, l)
	}
	return s
}

// addPanels makes a series of each panel.
func addPanels(s *chart.Spec, g *grid.Grid, l *locale.Lang) {
	for i, panel := range g.Panels {
		s.Series = append(s.Series, panel.Label[l.Code])
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
			row.Label, row.Date = inPanel.Label(l), line.Date
			row.Cells[i] = cellOf(g, *line, 0, s.Form, l)
		}
		s.Rows = append(s.Rows, row)
	}
}

func breaksOf(s *figure.Series, series int, l *locale.Lang) []chart.Break {
	var all []chart.Break
	for _, b := range s.Breaks {
		all = append(all, chart.Break{Date: b.From, Label: l.Word("chart-break"), Series: series})
	}
	return all
}

// cellOf says what is drawn and said of one figure of a line.
func cellOf(g *grid.Grid, line grid.Line, column int, f form.Form, l *locale.Lang) chart.Cell {
	one := line.Figures[column]
	if one == nil {
		return chart.Cell{Text: "–", Tip: "–"}
	}
	ref := figure.Ref{Figure: one, Option: figure.Plain}
	c := chart.Cell{Text: ref.Text(l), Bound: one.Value.Bound != locale.Exact}
	name := line.Label(l)
	if len(g.Columns) > 1 {
		name += ", " + g.Columns[column].Label[l.Code]
	}
	c.Tip = l.Colon(name, ref.Spoken(l))
	if one.Value.Number != nil {
		c.Value = new(big.Rat).Set(one.Value.Number)
	}
	if f.Asks().Whole && g.Shares() && one.Value.Exact() {
		share := figure.Ref{Figure: one, Option: figure.Option{Share: true, Decimals: -1}}
		c.Text += " (" + share.Text(l) + ")"
	}
	return c
}
