package sheet

import "bilanz/internal/diag"

// The limits of one file, of which a table may take a part only: what of it becomes figures
// has a limit of its own. Empty cells count less: some programs write thousands of them.
const (
	mostBytes   = 50 << 20
	mostColumns = 1000
	mostCells   = 1_000_000
	mostEmpty   = 2_000_000
)

// load is what of a file was read so far: cells with a text, and all.
type load struct{ cells, all int }

// take counts a row, and reports whether the file is more than can be read.
func (r *csvReader) take(g *load, row []Cell) (over bool) {
	filled := trimEmpty(row)
	for _, c := range filled {
		if c.Text != "" {
			g.cells++
		}
	}
	g.all += len(row)
	way := diag.Say("leave out what no page says, or part the table",
		"lassen Sie weg, was auf keiner Seite steht, oder teilen Sie die Tabelle")
	switch {
	case len(filled) > mostColumns:
		r.list.Add(diag.TooMany(filled[mostColumns].Place(), mostColumns,
			diag.Say("columns in a table", "Spalten in einer Tabelle"), way))
	case g.cells > mostCells:
		r.list.Add(diag.TooMany(placeOf(filled), mostCells,
			diag.Say("cells in a table", "Zellen in einer Tabelle"), way))
	case g.all > mostEmpty:
		r.list.Add(diag.TooMany(placeOf(row), mostEmpty,
			diag.Say("cells in a table, empty ones included", "Zellen in einer Tabelle, leere eingeschlossen"), way))
	default:
		return false
	}
	return true
}
