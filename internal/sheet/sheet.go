// Package sheet holds cells of CSV files and workbooks, with their places and the habits
// of offices; and it writes workbooks.
//
// A sheet is what Excel in Germany saves as well as what Excel elsewhere, an editor
// or a program writes: UTF-8 with or without a byte order mark, line ends of any
// kind, commas, semicolons, tabs or bars between cells, a first line that names the sign
// between them, empty columns, empty cells and rows at the end. The rules:
//
//   - A cell is the text as written, without the spaces around it. What it means is
//     for whoever reads it; what a spreadsheet program makes of numbers and dates is
//     recognised in habit.go.
//   - Every letter of a cell knows its place in the file, and can be written anew
//     there.
//   - The first row names the columns; every other row is as long as it, or is said
//     to be too long or too short. Rows and columns without any text are left out, and so
//     is what stands above the names of the columns.
//   - Of a workbook a cell is the value as it is stored: a number with all its digits, a
//     date as 2024-12-31. It is never changed, so no cell of one has edits.
package sheet

import (
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// Sheet is the cells of a file.
type Sheet struct {
	Path   string
	Header []Cell   // the names of the columns; one at least
	Rows   [][]Cell // each as long as the header
}

// Column finds a column by the name in its first row; -1 for none.
func (s *Sheet) Column(name string) int {
	name = OneLine(name)
	return slices.IndexFunc(s.Header, func(c Cell) bool { return OneLine(c.Text) == name })
}

// HeaderPlace is the first row, from its first cell to its last.
func (s *Sheet) HeaderPlace() diag.Place { return placeOf(s.Header) }

// placeOf is the stretch from the first cell of a row to its last.
func placeOf(row []Cell) diag.Place {
	if row[0].sheet != nil {
		return row[0].Place()
	}
	return row[0].file.At(row[0].start, row[len(row)-1].end)
}

// Cell is one cell, without the spaces around its text.
type Cell struct {
	Text string

	file       *schema.Source // nil in a workbook
	start, end int            // bytes of the text in the file, quotes left out; in a workbook column and row

	sheet *worksheet // nil in a CSV file
	kind  kind
}

// Place is where the text of the cell stands.
func (c *Cell) Place() diag.Place { return c.At(0, len(c.Text)) }

// At is the place of the bytes start to end of the text.
func (c *Cell) At(start, end int) diag.Place {
	if c.sheet != nil {
		return c.sheet.place(c, start, end)
	}
	return c.file.At(c.start+start, min(c.start+end, c.end))
}

// InOldEncoding reports whether its file is saved in another encoding than UTF-8, in which
// only the program that wrote it writes.
func (c *Cell) InOldEncoding() bool { return c.sheet == nil && c.file.Decoded }

// Edit replaces the bytes start to end of the text in the file. It gives nothing
// where the file writes the text in another way, as with quotes inside quotes, or is saved
// in an old encoding, in which it stays.
func (c *Cell) Edit(start, end int, with string) []diag.Edit {
	if c.sheet != nil || c.InOldEncoding() || start >= end || end > len(c.Text) || strings.Contains(c.Text, `"`) ||
		string(c.file.Text[c.start:c.end]) != c.Text {
		return nil
	}
	return []diag.Edit{c.file.Edit(c.start+start, c.start+end, with)}
}
