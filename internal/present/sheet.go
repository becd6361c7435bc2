package present

import (
	"math/big"
	"strings"

	"bilanz/internal/data"
	"bilanz/internal/figure"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
)

// Sheet is the table of a chart as a file for people: words and decimals are those of
// the page's language, numbers without groups, so that a spreadsheet program counts with
// them. A bound or a reason stands there in words.
func Sheet(b *Block, l *locale.Lang) []byte {
	g := b.Grid
	if w := g.Whole; w != nil && len(g.Columns) > 1 {
		g = grid.Parts(w) // as in the table
	}
	comma := strings.Contains(l.Number(big.NewRat(1, 2), 1), ",")
	head := rowHeads(g, l)
	for _, column := range g.Columns {
		head = append(head, columnName(column, l))
	}
	lines := [][]string{head}
	add := func(line grid.Line) {
		var cells []string
		for _, label := range line.Labels {
			cells = append(cells, label[l.Code])
		}
		if !line.Date.IsZero() {
			cells = append(cells, line.When(l))
		}
		for _, f := range line.Figures {
			cells = append(cells, sheetCell(f, comma, l))
		}
		lines = append(lines, cells)
	}
	for _, line := range g.Sorted(b.Form) {
		add(line)
	}
	if w := g.Whole; w != nil && len(g.Columns) == 1 {
		add(grid.Line{Labels: []figure.Text{w.Label}, Figures: []*figure.Figure{w}})
	}
	return data.SheetCSV(lines, comma)
}

func sheetCell(f *figure.Figure, comma bool, l *locale.Lang) string {
	switch {
	case f == nil:
		return ""
	case !f.Value.Exact():
		return figure.Ref{Figure: f, Option: figure.Plain}.Text(l)
	case comma:
		return strings.Replace(data.Value(f), ".", ",", 1)
	}
	return data.Value(f)
}
