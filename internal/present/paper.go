package present

import (
	"fmt"
	"html/template"
	"math"

	"bilanz/internal/render"
	"bilanz/internal/typeset"
)

// A screen scrolls a wide table, paper cannot: there it is several tables below each
// other, which all begin with the names of the rows. The sizes are those that the styles
// for paper give to tables, in px: 9pt type, in a column of 42rem of 11pt.
const (
	paperWidth = 616.0
	paperType  = 12.0
	paperGap   = 12.0 // between two columns
)

var paperFace = typeset.Face{Size: paperType}

// onPaper parts a table, whose columns are so wide, into those that fit on paper; nil
// where the whole does.
func onPaper(t render.Table, widths []float64) []render.Table {
	if len(t.Rows) == 0 {
		return nil
	}
	heads := len(t.Rows[0].Head)
	room := paperWidth
	for _, width := range widths[:heads] {
		room -= width
	}
	ends := partedAt(widths[heads:], room)
	if len(ends) < 2 {
		return nil
	}
	for { // no narrower than needed, so that the last is not the rest of the others
		narrower := partedAt(widths[heads:], room-paperGap)
		if len(narrower) > len(ends) || room < paperGap {
			break
		}
		ends, room = narrower, room-paperGap
	}
	pieces, from := make([]render.Table, len(ends)), 0
	for i, to := range ends {
		pieces[i], from = columnsOf(t, heads, from, to), to
		pieces[i].Caption += render.Text(fmt.Sprintf(" (%d/%d)", i+1, len(ends)))
	}
	return pieces
}

// On a screen a table is larger, and more apart: sizes in px, of text of the usual size.
const (
	screenType   = 17.0
	screenGap    = 27.0
	screenRoom   = 697.0 // beside text: seven of the twelve columns of a page
	screenNumber = 108.0 // the least that a column of numbers has: 6rem
)

// isWide reports whether a table, whose columns on paper are so wide, needs more room on a
// screen than charts have.
func isWide(t render.Table, widths []float64) bool {
	used := 0.0
	for i, width := range widths {
		width = (width-paperGap)*screenType/paperType + screenGap
		if t.Columns[i].Number {
			width = max(width, screenNumber)
		}
		used += width
	}
	return used > screenRoom
}

// partedAt says behind which columns a table is parted, the last included.
func partedAt(widths []float64, room float64) (ends []int) {
	used := 0.0
	for i, width := range widths {
		if used > 0 && used+width > room {
			ends, used = append(ends, i), 0
		}
		used += width
	}
	return append(ends, len(widths))
}

// columnWidths are what the columns of a table need at least: as much as their longest
// word, for a browser breaks lines between words.
func columnWidths(t render.Table) []float64 {
	widths := make([]float64, len(t.Columns))
	hold := func(i int, cell template.HTML, weight int) {
		word := paperFace.Longest(weight, 0, math.Inf(1), Plain(string(cell)))
		widths[i] = max(widths[i], word+paperGap)
	}
	for i, column := range t.Columns {
		hold(i, column.Label, typeset.Semibold)
	}
	for _, rows := range [][]render.Row{t.Rows, t.Foot} {
		for _, row := range rows {
			for i, head := range row.Head {
				hold(i, head, typeset.Semibold)
			}
			for i, cell := range row.Cells {
				hold(len(row.Head)+i, cell, typeset.Semibold)
			}
		}
	}
	return widths
}

// columnsOf is a table with some of its columns of numbers.
func columnsOf(t render.Table, heads, from, to int) render.Table {
	piece := render.Table{Caption: t.Caption}
	piece.Columns = append(append(piece.Columns, t.Columns[:heads]...), t.Columns[heads+from:heads+to]...)
	some := func(rows []render.Row) (cut []render.Row) {
		for _, row := range rows {
			row.Cells = row.Cells[min(from, len(row.Cells)):min(to, len(row.Cells))]
			cut = append(cut, row)
		}
		return cut
	}
	piece.Rows, piece.Foot = some(t.Rows), some(t.Foot)
	return piece
}
