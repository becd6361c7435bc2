package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// ReadCSV reads a CSV file. It gives nil, and says why, where it cannot; whole is
// false, too, where rows are missing from the sheet because something is wrong with
// them.
func ReadCSV(f schema.File, list *diag.List) (s *Sheet, whole bool) {
	if !schema.Readable(f, list) {
		return nil, false
	}
	r := &csvReader{file: schema.NewSource(f), list: list}
	records, ok := r.records()
	if !ok {
		return nil, false
	}
	s = &Sheet{Path: f.Path, Header: headerOf(records)}
	if len(s.Header) == 0 {
		r.say("csv-empty", diag.File(f.Path), diag.Say("the file has no content", "die Datei hat keinen Inhalt"),
			diag.Say("write the names of the columns in the first row, and a row for each figure below",
				"schreiben Sie in die erste Zeile die Namen der Spalten, darunter eine Zeile je Kennzahl"))
		return nil, false
	}
	whole = true
	for _, row := range records[1:] {
		row, fits := r.fit(row, len(s.Header))
		whole = whole && fits
		if row != nil {
			s.Rows = append(s.Rows, row)
		}
	}
	return s, whole
}

type csvReader struct {
	file *schema.Source
	list *diag.List
	head int // lines before the first row: that of Excel's own note
}

func (r *csvReader) say(code string, at diag.Place, text diag.Text, ways ...diag.Text) {
	r.list.Add(diag.Diagnostic{Code: code, Place: at, Text: text, Ways: ways})
}

// records cuts the file into cells with their places.
func (r *csvReader) records() ([][]Cell, bool) {
	text := bytes.TrimPrefix(r.file.Text, []byte("\ufeff"))
	comma := separator(text)
	if first, rest, _ := bytes.Cut(text, []byte("\n")); bytes.HasPrefix(bytes.ToLower(first), []byte("sep=")) {
		r.head, text = 1, rest // Excel's own note of the separator
	}
	skipped := len(r.file.Text) - len(text)
	reader := csv.NewReader(bytes.NewReader(text))
	reader.Comma = comma
	reader.FieldsPerRecord = -1
	var records [][]Cell
	for {
		fields, err := reader.Read()
		if bad := (*csv.ParseError)(nil); errors.As(err, &bad) {
			r.brokenQuote(bad)
			return nil, false
		} else if err != nil {
			return records, true
		}
		row := make([]Cell, len(fields))
		for i, field := range fields {
			line, col := reader.FieldPos(i)
			start := skipped // the first line may begin behind a byte order mark
			if line > 1 {
				start = r.file.Line(r.head + line)
			}
			row[i] = r.cell(field, start+col-1)
		}
		records = append(records, row)
	}
}

// separator looks which sign stands between the cells of the first row.
func separator(text []byte) rune {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	best, most := ',', 0
	for _, sign := range []rune{',', ';', '\t'} {
		if n := bytes.Count(first, []byte(string(sign))); n > most {
			best, most = sign, n
		}
	}
	return best
}

// cell makes the cell whose field begins at a byte of the file.
func (r *csvReader) cell(field string, start int) Cell {
	if start < len(r.file.Text) && r.file.Text[start] == '"' {
		start++
	}
	trimmed := strings.TrimLeft(field, " \u00a0\u202f")
	start += len(field) - len(trimmed)
	trimmed = strings.TrimRight(trimmed, " \u00a0\u202f\r\n")
	return Cell{file: r.file, Text: trimmed, start: start, end: min(start+len(trimmed), len(r.file.Text))}
}

func (r *csvReader) brokenQuote(bad *csv.ParseError) {
	start := r.file.Line(r.head+bad.Line) + bad.Column - 1
	open := bad.StartLine != bad.Line || start >= len(r.file.Text) // in the last row the reader counts no further line
	closed := !open && start > 0 && r.file.Text[start] != '"' && r.file.Text[start-1] == '"'
	if closed {
		start--
	}
	text := diag.Say("a quotation mark stands inside a cell that is not in quotes, or the other way round",
		"ein Anführungszeichen steht in einer Zelle ohne Anführungszeichen, oder umgekehrt")
	if open {
		start = r.file.Line(r.head + bad.StartLine)
		start += max(0, bytes.IndexByte(r.file.Text[start:], '"'))
		text = diag.Say("this quotation mark is never closed", "dieses Anführungszeichen wird nirgends geschlossen")
	}
	r.say("csv-quote", r.file.At(start, start+1), text,
		diag.Say("put the whole cell in quotes, and write quotation marks inside it twice: \"\"",
			"setzen Sie die ganze Zelle in Anführungszeichen, und schreiben Sie Anführungszeichen darin doppelt: \"\""))
}

// trimEmpty leaves out the empty cells at the end, which Excel adds.
func trimEmpty(row []Cell) []Cell {
	for len(row) > 0 && row[len(row)-1].Text == "" {
		row = row[:len(row)-1]
	}
	return row
}

// headerOf is the first row without the empty cells at its end under which
// nothing stands either.
func headerOf(records [][]Cell) []Cell {
	width := 0
	for _, row := range records {
		width = max(width, len(trimEmpty(row)))
	}
	if width == 0 {
		return nil // not one cell has a text
	}
	return records[0][:max(len(trimEmpty(records[0])), min(width, len(records[0])))]
}

// fit gives a row as long as the header; nil for one without any text.
func (r *csvReader) fit(row []Cell, columns int) ([]Cell, bool) {
	filled := trimEmpty(row)
	if len(filled) == 0 {
		return nil, true
	}
	if len(filled) > columns {
		r.tooLong(filled, columns)
		return nil, false
	}
	if len(row) < columns {
		r.say("csv-cells", placeOf(row), cellsAndColumns(len(row), columns),
			diag.Say("add the cells that are missing; [x] stands for a value that is not available",
				"ergänzen Sie die fehlenden Zellen; [x] steht für einen Wert, der nicht vorliegt"))
		return nil, false
	}
	return row[:columns], true
}

func cellsAndColumns(cells, columns int) diag.Text {
	return diag.Say("this row has %d cells, but there are %d columns",
		"diese Zeile hat %d Zellen, aber es gibt %d Spalten", cells, columns)
}

func (r *csvReader) tooLong(row []Cell, columns int) {
	ways := []diag.Text{diag.Say("delete what is too much, or name the column in the first row",
		"löschen Sie, was zu viel ist, oder benennen Sie die Spalte in der ersten Zeile")}
	numbers := slices.ContainsFunc(row, func(c Cell) bool { return strings.ContainsAny(c.Text, "0123456789") })
	if numbers && separator(r.file.Text) == ',' {
		ways = append(ways, diag.Say("if a comma stands inside a number, write it with a point, or put ; between the cells",
			"steht ein Komma in einer Zahl, schreiben Sie sie mit Punkt, oder trennen Sie die Zellen mit ;"))
	}
	r.say("csv-cells", placeOf(row), cellsAndColumns(len(row), columns), ways...)
}
