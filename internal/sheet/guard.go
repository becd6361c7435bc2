package sheet

import "bilanz/internal/diag"

// The limits of one file. Each cell of a table becomes a figure, and each column is looked
// for by its name. Empty cells count little: some programs write thousands of them.
const (
	mostColumns = 500
	mostCells   = 50_000
	mostEmpty   = 10 * mostCells
)

// load is what of a file was read so far.
type load struct{ cells, empty int }

// take counts a row, and reports whether the file is more than can be read.
func (r *csvReader) take(g *load, row []Cell) (over bool) {
	filled := trimEmpty(row)
	for _, c := range filled {
		if c.Text != "" {
			g.cells++
		}
	}
	g.empty += len(row)
	way := diag.Say("leave out what no page says, or part the table",
		"lassen Sie weg, was auf keiner Seite steht, oder teilen Sie die Tabelle")
	switch {
	case len(filled) > mostColumns:
		r.list.Add(diag.TooMany(filled[mostColumns].Place(), mostColumns,
			diag.Say("columns in a table", "Spalten in einer Tabelle"), way))
	case g.cells > mostCells:
		r.list.Add(diag.TooMany(placeOf(filled), mostCells,
			diag.Say("cells in a table", "Zellen in einer Tabelle"), way))
	case g.empty > mostEmpty:
		r.list.Add(diag.TooMany(placeOf(row), mostEmpty,
			diag.Say("empty cells in a table", "leere Zellen in einer Tabelle"), way))
	default:
		return false
	}
	return true
}
