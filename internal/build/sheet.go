package build

import (
	"math/big"
	"strings"

	"bilanz/internal/chart"
	"bilanz/internal/data"
	"bilanz/internal/figure"
)

// sheet is the table of a chart as a file for people: words and decimals are those of
// the page's language, numbers without groups, so that a spreadsheet program counts with
// them. A bound or a reason stands there in words.
func (t *turn) sheet(l *laid) []byte {
	if l.table != nil {
		return l.table
	}
	g := l.grid
	if w := g.Whole; w != nil && len(g.Columns) > 1 {
		g = chart.Whole(w) // as in the table
	}
	comma := strings.Contains(t.lang.Number(big.NewRat(1, 2), 1), ",")
	head := t.rowHeads(g)
	for _, column := range g.Columns {
		head = append(head, t.columnName(column))
	}
	lines := [][]string{head}
	add := func(line chart.GridLine) {
		var cells []string
		for _, label := range line.Labels {
			cells = append(cells, label[t.lang.Code])
		}
		if !line.Date.IsZero() {
			cells = append(cells, t.lang.Date(line.Date))
		}
		for _, f := range line.Figures {
			cells = append(cells, t.sheetCell(f, comma))
		}
		lines = append(lines, cells)
	}
	for _, line := range g.Sorted(chart.Kind(l.block.Type)) {
		add(line)
	}
	if w := g.Whole; w != nil && len(g.Columns) == 1 {
		add(chart.GridLine{Labels: []figure.Text{w.Label}, Figures: []*figure.Figure{w}})
	}
	l.table = data.SheetCSV(lines, comma)
	return l.table
}

func (t *turn) sheetCell(f *figure.Figure, comma bool) string {
	switch {
	case f == nil:
		return ""
	case !f.Value.Exact():
		return figure.Ref{Figure: f, Option: figure.Plain}.Text(t.lang)
	case comma:
		return strings.Replace(data.Value(f), ".", ",", 1)
	}
	return data.Value(f)
}
