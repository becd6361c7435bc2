package sheet

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"bilanz/internal/diag"
)

// Under is the part of a file below the row that names its columns, as an office saved it:
// with lines above, notes below, and columns that nobody asked for.
type Under struct {
	Sheet
	Heads   int      // rows that name the columns
	Above   int      // rows that stand above the names of the columns and hold anything
	Notes   []Cell   // texts for readers that stand between or below the rows
	Missing []string // of the columns that were asked for, those that there are not
}

// Matches reports whether the name of a column is the one that was asked for, in which *
// stands for any letters: "20*" for 2019 and 2020.
func Matches(pattern, name string) bool {
	pattern, name = OneLine(pattern), OneLine(name)
	if !strings.Contains(pattern, "*") {
		return pattern == name
	}
	ok, err := path.Match(strings.NewReplacer(`\`, `\\`, `[`, `\[`, `?`, `\?`, "/", "\x00").Replace(pattern),
		strings.ReplaceAll(name, "/", "\x00"))
	return ok && err == nil
}

// Stars are what the signs * stand for in a name that matches.
func Stars(pattern, name string) []string {
	parts, rest := strings.Split(OneLine(pattern), "*"), OneLine(name)
	rest = strings.TrimPrefix(rest, parts[0])
	var stars []string
	for i, part := range parts[1:] {
		at := strings.Index(rest, part)
		if i == len(parts)-2 {
			at = len(rest) - len(part)
		}
		at = max(0, at)
		stars = append(stars, rest[:at])
		rest = rest[min(len(rest), at+len(part)):]
	}
	return stars
}

// OneLine is a text as people read it: spaces of any kind, and the ends of lines in a cell,
// are one space.
func OneLine(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' && unicode.IsSpace(r) }) &&
		!strings.Contains(text, "  ") {
		return text
	}
	return strings.Join(strings.Fields(text), " ")
}

// Under finds the rows that name the columns asked for, so many of them: the first that
// hold all of them, else those that hold most. It gives nil where none hold any. Every row
// below is as long as they are; values are the columns of which at least one is filled in
// every row that is no note.
func (b *Book) Under(heads int, columns, values []string) *Under {
	head, missing := b.head(heads, columns)
	if head < 0 {
		return nil
	}
	u := &Under{Sheet: Sheet{Path: b.Path, Header: names(b.records[head : head+heads])}, Heads: heads,
		Missing: missing}
	for _, row := range b.records[:head] {
		if len(trimEmpty(row)) > 0 {
			u.Above++
		}
	}
	width := len(u.Header)
	var valued []int
	for i, cell := range u.Header {
		if slices.ContainsFunc(values, func(pattern string) bool { return Matches(pattern, cell.Text) }) {
			valued = append(valued, i)
		}
	}
	for _, row := range b.records[head+heads:] {
		filled := trimEmpty(row)
		switch {
		case len(filled) == 0:
		case isNote(filled, valued):
			u.Notes = append(u.Notes, filled[0])
		default:
			u.Rows = append(u.Rows, fill(row, width))
		}
	}
	return u
}

// head finds the first of the rows that name the columns, and which of them they lack: the
// first that hold all of them, else those that hold most; -1 where none hold any.
func (b *Book) head(heads int, columns []string) (row int, missing []string) {
	row, missing = -1, columns
	for i := 0; i+heads <= len(b.records); i++ {
		lacks := without(columns, names(b.records[i:i+heads]), func(pattern, name string) bool {
			return Matches(pattern, name) || SameName(name, pattern)
		})
		if len(lacks) < len(missing) {
			row, missing = i, lacks
		}
		if len(lacks) == 0 {
			break
		}
	}
	if row < 0 {
		return row, columns
	}
	return row, without(columns, names(b.records[row:row+heads]), Matches)
}

// Joint stands between the name of a group of columns and that of one of them.
const Joint = " / "

// names are the names of the columns in one row or several. A name above others is that of
// a group: it stands before theirs, "2021 / male", and holds for the columns right of it
// until the next name in its row. One with nothing of its own beneath it is that of a
// column.
func names(rows [][]Cell) []Cell {
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	all := slices.Clone(fill(rows[len(rows)-1], width))
	for i := len(rows) - 2; i >= 0; i-- {
		group := ""
		for j, c := range fill(rows[i], width) {
			beneath := &all[j]
			switch {
			case c.Text == "":
			case beneath.Text == "" || beneath.Text == c.Text:
				group, *beneath = "", c
				continue
			default:
				group = c.Text
			}
			if group != "" && beneath.Text != "" {
				beneath.Text = group + Joint + beneath.Text
			}
		}
	}
	return all
}

// Named are the names of the columns in the first rows that hold as many cells as any, so
// many of them.
func (b *Book) Named(heads int) []string {
	width, first := 0, 0
	for i := 0; i+heads <= len(b.records); i++ {
		if n := len(trimEmpty(b.records[i])); n > width {
			width, first = n, i
		}
	}
	var all []string
	for _, c := range names(b.records[first:min(first+heads, len(b.records))]) {
		if c.Text != "" {
			all = append(all, OneLine(c.Text))
		}
	}
	return all
}

// without gives the columns that no cell names.
func without(columns []string, cells []Cell, names func(column, name string) bool) []string {
	return slices.DeleteFunc(slices.Clone(columns), func(column string) bool {
		return slices.ContainsFunc(cells, func(c Cell) bool { return names(column, c.Text) })
	})
}

// isNote tells a text below a table from a row of it: its first cell alone is filled, and
// is no single word, which is the name of a row without its values. A rule of signs is one.
func isNote(filled []Cell, values []int) bool {
	return len(filled) == 1 && !slices.Contains(values, 0) &&
		(strings.ContainsAny(filled[0].Text, " :.)*") || bareName(filled[0].Text) == "")
}

// fill makes a row as long as the names of the columns: what is cut off at its end is
// empty, at the place where it should stand.
func fill(row []Cell, width int) []Cell {
	if len(row) >= width {
		return row
	}
	last := row[len(row)-1]
	last.Text, last.start = "", last.end
	row = slices.Clone(row)
	for len(row) < width {
		row = append(row, last)
	}
	return row
}

// Beyond gives the cells of a row that stand right of the last named column and hold
// anything: a decimal comma that cut a number in two, most often.
func (u *Under) Beyond(row []Cell) []Cell {
	if len(row) <= len(u.Header) {
		return nil
	}
	return trimEmpty(row[len(u.Header):])
}

// Split cuts the cells of a column at a sign into columns of their own, which stand behind
// all others. It gives the cells that have more parts or fewer, whose rows are left out.
func (u *Under) Split(column int, sign string, into []string) (unfit []Cell) {
	head, width := u.Header[column], len(u.Header)
	for _, name := range into {
		named := head
		named.Text = name
		u.Header = append(slices.Clip(u.Header), named)
	}
	u.Rows = slices.DeleteFunc(u.Rows, func(row []Cell) bool {
		fits := strings.Count(row[column].Text, sign) == len(into)-1
		if !fits {
			unfit = append(unfit, row[column])
		}
		return !fits
	})
	for i, row := range u.Rows {
		u.Rows[i] = slices.Insert(slices.Clip(row), width, row[column].parts(sign)...)
	}
	return unfit
}

// parts are what stands between the signs in a cell, each a cell with its place.
func (c *Cell) parts(sign string) []Cell {
	var parts []Cell
	at := 0
	for _, text := range strings.Split(c.Text, sign) {
		part := *c
		part.Text = trimmed(text)
		if c.sheet == nil {
			part.start = min(c.start+at+strings.Index(text, part.Text), c.end)
			part.end = min(part.start+len(part.Text), c.end)
		}
		parts, at = append(parts, part), at+len(text)+len(sign)
	}
	return parts
}

// First is the place of the first row that holds anything.
func (b *Book) First() diag.Place {
	for _, row := range b.records {
		if filled := trimEmpty(row); len(filled) > 0 {
			return placeOf(filled)
		}
	}
	return diag.File(b.Path)
}

// Hidden lists the rows, columns and sheets that are hidden in a workbook, and were read.
func (b *Book) Hidden() []string {
	if b.sheet == nil {
		return nil
	}
	return b.sheet.hidden
}

// IsEmpty reports whether no cell holds anything.
func (b *Book) IsEmpty() bool {
	return !slices.ContainsFunc(b.records, func(row []Cell) bool { return len(trimEmpty(row)) > 0 })
}

// SayTooLong says that a row goes on behind the last named column.
func (b *Book) SayTooLong(u *Under, row []Cell) {
	b.reader.tooLong(trimEmpty(row), len(trimEmpty(u.Header)))
}

// SayEmpty says that the file holds nothing.
func (b *Book) SayEmpty() {
	b.reader.say("csv-empty", diag.File(b.Path), diag.Say("the file has no content", "die Datei hat keinen Inhalt"),
		diag.Say("write the names of the columns in the first row, and a row for each figure below",
			"schreiben Sie in die erste Zeile die Namen der Spalten, darunter eine Zeile je Kennzahl"))
}

// Records are the rows of the file as they stand in it, the empty ones of a workbook too.
func (b *Book) Records() [][]Cell { return b.records }

// Name is how a spreadsheet program calls the cell: "B7". column is the place of the cell
// in its row, from 0.
func (c *Cell) Name(column int) string {
	col, row := column+1, c.Place().Line
	if c.sheet != nil {
		col, row = c.start, c.end
	}
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return ""
	}
	return name
}

// ColumnName is how a spreadsheet program calls the column that is at a place of the rows of
// the book, from 0: "B".
func (b *Book) ColumnName(column int) string {
	for _, row := range b.records {
		if column < len(row) {
			return strings.TrimRight(row[column].Name(column), "0123456789")
		}
	}
	return ""
}
