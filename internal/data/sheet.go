package data

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// SheetCSV is a table for people, as their spreadsheet program expects it: with a mark
// that tells it the encoding, and where decimals have a comma with semicolons between the
// cells. Excel in Germany puts everything else into one column.
func SheetCSV(lines [][]string, decimalComma bool) []byte {
	out := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(out)
	w.UseCRLF = true
	if decimalComma {
		w.Comma = ';'
	}
	for _, line := range lines {
		for i, cell := range line {
			if readsAsFormula(cell) && !(decimalComma && isNumber(strings.Replace(cell, ",", ".", 1))) {
				line[i] = "'" + cell
			}
		}
		_ = w.Write(line) // a Buffer has no error
	}
	w.Flush()
	return out.Bytes()
}
