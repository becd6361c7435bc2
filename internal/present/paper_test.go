package present

import (
	"fmt"
	"html/template"
	"slices"
	"testing"

	"bilanz/internal/render"
)

// wideTable is a table with so many columns of numbers, and a total at its foot.
func wideTable(columns int) render.Table {
	t := render.Table{Caption: "Visits", Columns: []render.Column{{Label: "Place"}}}
	row := render.Row{Head: []template.HTML{"Central Library"}}
	for i := range columns {
		t.Columns = append(t.Columns, render.Column{Label: template.HTML(fmt.Sprintf("Column&nbsp;%d", i+1)), Number: true})
		row.Cells = append(row.Cells, template.HTML(fmt.Sprint(1000+i)))
	}
	t.Rows, t.Foot = []render.Row{row, row}, []render.Row{row}
	return t
}

// Whatever the width, each column stands on paper once, in its order, with the names of
// the rows beside it and every row and total below it.
func TestPaperLosesNoColumn(t *testing.T) {
	for _, columns := range []int{1, 5, 8, 9, 10, 36, 200} {
		table := wideTable(columns)
		pieces := onPaper(table, columnWidths(table))
		if (pieces == nil) != (columns < 8) {
			t.Errorf("%d columns: %d tables", columns, len(pieces))
		}
		if pieces == nil {
			continue
		}
		var labels, cells []template.HTML
		for i, piece := range pieces {
			if want := template.HTML(fmt.Sprintf("Visits (%d/%d)", i+1, len(pieces))); piece.Caption != want {
				t.Errorf("the caption is %q, not %q", piece.Caption, want)
			}
			if piece.Columns[0].Label != "Place" || piece.Rows[1].Head[0] != "Central Library" || len(piece.Foot) != 1 {
				t.Errorf("%d columns: the names of the rows or the total are missing", columns)
			}
			for _, column := range piece.Columns[1:] {
				labels = append(labels, column.Label)
			}
			cells = append(cells, piece.Rows[1].Cells...)
			if !slices.Equal(piece.Rows[0].Cells, piece.Foot[0].Cells) {
				t.Error("the total stands below other columns")
			}
		}
		for i, label := range labels {
			if label != table.Columns[i+1].Label || cells[i] != table.Rows[1].Cells[i] {
				t.Errorf("column %d is %q with %s", i+1, label, cells[i])
			}
		}
		if len(labels) != columns || len(cells) != columns {
			t.Errorf("%d of %d columns, %d cells", len(labels), columns, len(cells))
		}
	}
}

// A table is parted where the next column would go over the edge, not before; a column
// that is wider than paper stands alone.
func TestATableIsPartedAtTheEdge(t *testing.T) {
	for _, c := range []struct {
		widths []float64
		ends   []int
	}{
		{[]float64{50, 49}, []int{2}}, {[]float64{50, 50}, []int{2}}, {[]float64{50, 51}, []int{1, 2}},
		{[]float64{150, 20, 80}, []int{1, 3}}, {[]float64{20, 150}, []int{1, 2}},
	} {
		if got := partedAt(c.widths, 100); !slices.Equal(got, c.ends) {
			t.Errorf("%v is parted at %v, not %v", c.widths, got, c.ends)
		}
	}
}
