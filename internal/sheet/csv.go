package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"path"
	"slices"
	"strings"
	"unicode"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// Book is a file cut into cells, of which nobody has said yet what they are.
type Book struct {
	Path string

	reader  *csvReader
	records [][]Cell
	sheet   *worksheet // of a workbook; nil for a CSV file
}

// OpenCSV cuts a CSV file into cells. It gives nil, and says why, where it cannot.
func OpenCSV(f schema.File, list *diag.List) *Book {
	f.Text = lineEnds(f.Text)
	if !schema.Readable(f, mostBytes, list) {
		return nil
	}
	r := &csvReader{file: schema.NewSource(f), list: list}
	records, ok := r.records()
	if !ok {
		return nil
	}
	return &Book{Path: f.Path, reader: r, records: records}
}

// Plain takes the first row for the names of the columns, and every other for one of the
// table. names are the columns that it must have, by which that row is known; nil where
// nobody knows them. It gives nil, and says why, where it cannot; whole is false, too,
// where rows are missing from the sheet because something is wrong with them.
func (b *Book) Plain(names []string) (s *Sheet, whole bool) {
	r, records := b.reader, withoutBlank(b.fromHead(names))
	s = &Sheet{Path: b.Path, Header: headerOf(records)}
	if len(s.Header) == 0 {
		b.SayEmpty()
		return nil, false
	}
	if names != nil && !s.holdsAny(names) {
		return s, true // a first row that names nothing says nothing of how long others are
	}
	whole = !r.headerTooShort(s.Header, records[1:])
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
	file  *schema.Source
	list  *diag.List
	comma rune // between cells
	head  int  // lines before the first row: that of Excel's own note
	short bool // the header is shorter than all rows, which was said
}

func (r *csvReader) say(code string, at diag.Place, text diag.Text, ways ...diag.Text) {
	r.list.Add(diag.Diagnostic{Code: code, Place: at, Text: text, Ways: ways})
}

// records cuts the file into cells with their places.
func (r *csvReader) records() ([][]Cell, bool) {
	var text []byte
	r.comma, r.head, text = opened(r.file.Text)
	skipped := len(r.file.Text) - len(text)
	reader := csv.NewReader(bytes.NewReader(text))
	reader.Comma = r.comma
	reader.FieldsPerRecord = -1
	reader.TrimLeadingSpace = r.comma != '\t' // before a quotation mark
	var records [][]Cell
	var sofar load
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
		if r.take(&sofar, row) {
			return nil, false
		}
		records = append(records, row)
	}
}

// opened tells the sign between the cells of a file, how many lines stand before its first
// row, and gives its text from there on.
func opened(text []byte) (comma rune, head int, rest []byte) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if first, rest, _ := bytes.Cut(text, []byte("\n")); isSeparatorNote(first) {
		return separator(bytes.ReplaceAll(first, []byte(`"`), nil)), 1, rest
	}
	return separator(text), 0, text
}

// lineEnds writes a return alone, with which old programs end lines, as a line end.
// Every byte stays where it is.
func lineEnds(text []byte) []byte {
	if !bytes.Contains(text, []byte("\r")) {
		return text
	}
	ended := bytes.Clone(text)
	for i, b := range text {
		if b == '\r' && !bytes.HasPrefix(text[i+1:], []byte("\n")) {
			ended[i] = '\n'
		}
	}
	return ended
}

// isSeparatorNote recognises the line in which Excel notes the sign between cells: sep=;
func isSeparatorNote(line []byte) bool {
	return bytes.HasPrefix(bytes.ToLower(bytes.TrimLeft(line, `"`)), []byte("sep="))
}

// separator looks which sign stands between the cells: the one that most of the first
// lines hold, since a title above the columns has none. A comma may also stand inside
// numbers, and so the others come first.
func separator(text []byte) rune {
	best, most := ',', [2]int{}
	for _, sign := range []byte("\t;|,") {
		var n [2]int // lines that hold it, and how often it stands in all of them
		for line := range firstLines(text) {
			if in := bytes.Count(line, []byte{sign}); in > 0 {
				n[0], n[1] = n[0]+1, n[1]+in
			}
		}
		if n[0] > most[0] || n[0] == most[0] && n[1] > most[1] {
			best, most = rune(sign), n
		}
	}
	return best
}

// separatorLines are enough to tell the sign between cells from one in a text.
const separatorLines = 20

// firstLines gives the first lines of a file that hold anything, without what stands
// in quotes.
func firstLines(text []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		seen := 0
		for line := range bytes.Lines(text) {
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			var open []byte
			for i, part := range bytes.Split(line, []byte(`"`)) {
				if i%2 == 0 {
					open = append(open, part...)
				}
			}
			if seen++; seen > separatorLines || !yield(open) {
				return
			}
		}
	}
}

// cell makes the cell whose field begins at a byte of the file.
func (r *csvReader) cell(field string, start int) Cell {
	if start < len(r.file.Text) && r.file.Text[start] == '"' {
		start++
	}
	start += len(field) - len(strings.TrimLeftFunc(field, isNothing))
	text := trimmed(field)
	return Cell{file: r.file, Text: text, start: start, end: min(start+len(text), len(r.file.Text))}
}

// trimmed is the text of a cell without what nobody sees around it.
func trimmed(field string) string { return strings.TrimFunc(field, isNothing) }

// isNothing recognises what nobody sees at the end of a cell: spaces of any kind, and the
// marks of direction that programs copy along.
func isNothing(r rune) bool {
	return unicode.IsSpace(r) || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r == 0x2060
}

func (r *csvReader) brokenQuote(bad *csv.ParseError) {
	start := r.file.Line(r.head+bad.Line) + bad.Column - 1
	open := bad.StartLine != bad.Line || start >= len(r.file.Text) // in the last row the reader counts no further line
	text := diag.Say("a quotation mark stands inside a cell that is not in quotes, or the other way round",
		"ein Anführungszeichen steht in einer Zelle ohne Anführungszeichen, oder umgekehrt")
	if open {
		start = r.file.Line(r.head + bad.StartLine)
		start += max(0, bytes.IndexByte(r.file.Text[start:], '"'))
		text = diag.Say("this quotation mark is never closed", "dieses Anführungszeichen wird nirgends geschlossen")
	}
	if start > 0 && r.file.Text[start-1] == '=' {
		r.say("csv-quote", r.file.At(start-1, start+1),
			diag.Say("this cell is written as a formula: =\"…\"", "diese Zelle ist als Formel geschrieben: =\"…\""),
			diag.Say("write only what stands between the quotation marks",
				"schreiben Sie nur, was zwischen den Anführungszeichen steht"))
		return
	}
	r.say("csv-quote", r.file.At(start, start+1), text,
		diag.Say("put the whole cell in quotes, and write quotation marks inside it twice: \"\"",
			"setzen Sie die ganze Zelle in Anführungszeichen, und schreiben Sie Anführungszeichen darin doppelt: \"\""))
}

// trimEmpty leaves out the empty cells at the end, which Excel adds.
func trimEmpty(row []Cell) []Cell {
	for len(row) > 0 && row[len(row)-1].Text == "" && !row[len(row)-1].IsUncomputed() {
		row = row[:len(row)-1]
	}
	return row
}

// fromHead leaves out what offices write above the names of the columns. Where no row holds
// any of them, or nobody knows the names, empty rows are left out, and a title, or the day of
// the extract, in the first cell of a row.
func (b *Book) fromHead(names []string) [][]Cell {
	if i, _ := b.head(1, names); i >= 0 {
		return b.records[i:]
	}
	records := b.records
	for len(records) > 0 {
		first := trimEmpty(records[0])
		if len(first) > 1 || len(first) == 1 && !isRemark(first[0].Text) {
			return records
		}
		if !slices.ContainsFunc(records, func(row []Cell) bool { return len(trimEmpty(row)) > 1 }) {
			return records
		}
		records = records[1:]
	}
	return records
}

// holds reports whether a row names a column, in letters of any kind.
func holds(row []Cell, name string) bool {
	return slices.ContainsFunc(row, func(c Cell) bool { return SameName(c.Text, name) })
}

// holdsAny reports whether the first row names one of these columns.
func (s *Sheet) holdsAny(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return holds(s.Header, name) })
}

// withoutBlank leaves out the columns in which nothing stands.
func withoutBlank(records [][]Cell) [][]Cell {
	var filled []bool
	for _, row := range records {
		for i, c := range row {
			if i == len(filled) {
				filled = append(filled, false)
			}
			filled[i] = filled[i] || c.Text != ""
		}
	}
	if !slices.Contains(filled, false) {
		return records
	}
	kept := make([][]Cell, len(records))
	for n, row := range records {
		for i, c := range row {
			if filled[i] {
				kept[n] = append(kept[n], c)
			}
		}
	}
	return kept
}

// isRemark tells a text for readers from the name of a column or row, which is one
// word in small letters.
func isRemark(text string) bool {
	return !LooksLikeDate(text) &&
		strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsUpper(r) })
}

// headerTooShort says once, and not at each row, that all rows are longer than the
// header.
func (r *csvReader) headerTooShort(header []Cell, rows [][]Cell) bool {
	least := 0
	for i, row := range rows {
		if n := len(trimEmpty(row)); i == 0 || n < least {
			least = n
		}
	}
	if len(rows) < 2 || least <= len(header) {
		return false
	}
	r.short = true
	r.say("csv-cells", placeOf(header),
		diag.Say("the first row names %d columns, but the rows below it have %d cells",
			"die erste Zeile nennt %d Spalten, aber die Zeilen darunter haben %d Zellen", len(header), least),
		r.tooLongWays(header)...)
	return true
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
	if len(filled) == 1 && columns > 1 && strings.Contains(filled[0].Text, " ") && isRemark(filled[0].Text) {
		r.remark(filled[0])
		return nil, false
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

// remark says that a row is a text for readers, such as a note below a table.
func (r *csvReader) remark(c Cell) {
	r.say("csv-note", c.Place(),
		diag.Say("this row is a note, and no row of the table",
			"diese Zeile ist eine Anmerkung und keine Zeile der Tabelle"),
		diag.Say("delete it here, and write it in %s under notes:, at the cell that it is about",
			"löschen Sie sie hier, und schreiben Sie sie in %s unter notes:, bei der Zelle, von der sie handelt",
			strings.TrimSuffix(r.file.Path, path.Ext(r.file.Path))+".yaml"))
}

func (r *csvReader) tooLong(row []Cell, columns int) {
	if r.short {
		return
	}
	r.say("csv-cells", placeOf(row), cellsAndColumns(len(row), columns), r.tooLongWays(row)...)
}

func (r *csvReader) tooLongWays(row []Cell) []diag.Text {
	ways := []diag.Text{diag.Say("delete what is too much, or name the column in the first row",
		"löschen Sie, was zu viel ist, oder benennen Sie die Spalte in der ersten Zeile")}
	numbers := slices.ContainsFunc(row, func(c Cell) bool { return strings.ContainsAny(c.Text, "0123456789") })
	if numbers && r.comma == ',' {
		ways = append(ways, diag.Say("if a comma stands inside a number, write it with a point, or put ; between the cells",
			"steht ein Komma in einer Zahl, schreiben Sie sie mit Punkt, oder trennen Sie die Zellen mit ;"))
	}
	return ways
}
