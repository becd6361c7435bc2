package figure

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// sheet is a CSV file: what Excel in Germany saves as well as what Excel
// elsewhere, an editor or a program writes.
type sheet struct {
	file   schema.File
	lines  []int // where each line begins
	header []cell
	rows   [][]cell // as long as the header
}

// cell is one cell, without the spaces around its text.
type cell struct {
	sheet      *sheet
	text       string
	start, end int // bytes of the text in the file, quotes left out
}

func (c *cell) at(start, end int) diag.Place {
	return c.sheet.file.At(c.start+start, min(c.start+end, c.end))
}

// edit replaces bytes of the text in the file, unless quotes stand between them.
func (c *cell) edit(start, end int, with string) []diag.Edit {
	from, to := c.start+start, c.start+end
	if text := c.sheet.file.Text; from == to || to > len(text) || string(text[from:to]) != c.text[start:end] {
		return nil
	}
	return []diag.Edit{c.sheet.file.Edit(from, to, with)}
}

func (c *cell) said() said { return said{text: c.text, cell: c} }

// parseSheet reads a CSV file: UTF-8 with or without a byte order mark, line ends
// of any kind, commas, semicolons or tabs between cells. It gives nil, and says
// why, where it cannot.
func (l *loader) parseSheet(d *document, f schema.File) *sheet {
	if !schema.Readable(f, l.list) {
		d.broken = true
		return nil
	}
	s := &sheet{file: f, lines: []int{0}}
	for i, b := range f.Text {
		if b == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	skip := 0
	if bytes.HasPrefix(f.Text, []byte("\ufeff")) {
		skip = len("\ufeff")
	}
	records, ok := l.records(s, skip)
	if !ok {
		d.broken = true
		return nil
	}
	if s.header = headerOf(records); len(s.header) == 0 {
		l.add("csv-empty", diag.File(f.Path), diag.Say("the file has no content", "die Datei hat keinen Inhalt"),
			diag.Say("write the names of the columns in the first row, and a row for each figure below", "schreiben Sie in die erste Zeile die Namen der Spalten, darunter eine Zeile je Kennzahl"))
		d.broken = true
		return nil
	}
	ok = true
	for _, row := range records[1:] {
		row, fits := l.fitRow(s, row)
		ok = ok && fits
		if row != nil {
			s.rows = append(s.rows, row)
		}
	}
	d.broken = d.broken || !ok
	return s
}

// records cuts the file into cells with their places.
func (l *loader) records(s *sheet, skip int) ([][]cell, bool) {
	text := s.file.Text[skip:]
	comma := separator(text)
	if first, rest, _ := bytes.Cut(text, []byte("\n")); bytes.HasPrefix(bytes.ToLower(first), []byte("sep=")) {
		skip += len(text) - len(rest) // Excel's own note of the separator
		text = rest
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.Comma = comma
	reader.FieldsPerRecord = -1
	line0 := bytes.Count(s.file.Text[:skip], []byte("\n"))
	var records [][]cell
	for {
		fields, err := reader.Read()
		if bad := (*csv.ParseError)(nil); errors.As(err, &bad) {
			l.brokenQuote(s, bad, line0)
			return nil, false
		} else if err != nil {
			return records, true
		}
		row := make([]cell, len(fields))
		for i, field := range fields {
			line, col := reader.FieldPos(i)
			start := s.lines[line0+line-1] + col - 1
			if line == 1 && line0 == 0 {
				start += skip
			}
			row[i] = s.cell(field, start)
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
func (s *sheet) cell(field string, start int) cell {
	if start < len(s.file.Text) && s.file.Text[start] == '"' {
		start++
	}
	trimmed := strings.TrimLeft(field, " \u00a0\u202f")
	start += len(field) - len(trimmed)
	trimmed = strings.TrimRight(trimmed, " \u00a0\u202f\r\n")
	return cell{sheet: s, text: trimmed, start: start, end: min(start+len(trimmed), len(s.file.Text))}
}

func (l *loader) brokenQuote(s *sheet, bad *csv.ParseError, line0 int) {
	start := s.lines[min(line0+bad.Line-1, len(s.lines)-1)] + bad.Column - 1
	if bad.StartLine == bad.Line && start > 0 && start < len(s.file.Text) && s.file.Text[start] != '"' && s.file.Text[start-1] == '"' {
		start--
	}
	text := diag.Say("a quotation mark stands inside a cell that is not in quotes, or the other way round", "ein Anführungszeichen steht in einer Zelle ohne Anführungszeichen, oder umgekehrt")
	if bad.StartLine != bad.Line {
		start = s.lines[min(line0+bad.StartLine-1, len(s.lines)-1)]
		start += max(0, bytes.IndexByte(s.file.Text[start:], '"'))
		text = diag.Say("this quotation mark is never closed", "dieses Anführungszeichen wird nirgends geschlossen")
	}
	l.add("csv-quote", s.file.At(start, start+1), text,
		diag.Say("put the whole cell in quotes, and write quotation marks inside it twice: \"\"", "setzen Sie die ganze Zelle in Anführungszeichen, und schreiben Sie Anführungszeichen darin doppelt: \"\""))
}

// trimEmpty leaves out the empty cells at the end, which Excel adds.
func trimEmpty(row []cell) []cell {
	for len(row) > 0 && row[len(row)-1].text == "" {
		row = row[:len(row)-1]
	}
	return row
}

// headerOf is the first row without the empty cells at its end under which
// nothing stands either.
func headerOf(records [][]cell) []cell {
	width := 0
	for _, row := range records {
		width = max(width, len(trimEmpty(row)))
	}
	if width == 0 {
		return nil // not one cell has a text
	}
	return records[0][:max(len(trimEmpty(records[0])), min(width, len(records[0])))]
}

// fitRow gives a row as long as the header; nil for one without any text.
func (l *loader) fitRow(s *sheet, row []cell) ([]cell, bool) {
	filled := trimEmpty(row)
	if len(filled) == 0 {
		return nil, true
	}
	if len(filled) > len(s.header) {
		l.rowTooLong(s, filled)
		return nil, false
	}
	if len(row) < len(s.header) {
		last := row[len(row)-1]
		l.add("csv-cells", s.file.At(row[0].start, last.end), diag.Say("this row has %d cells, but there are %d columns", "diese Zeile hat %d Zellen, aber es gibt %d Spalten", len(row), len(s.header)),
			diag.Say("add the cells that are missing; [x] stands for a value that is not available", "ergänzen Sie die fehlenden Zellen; [x] steht für einen Wert, der nicht vorliegt"))
		return nil, false
	}
	return row[:len(s.header)], true
}

func (l *loader) rowTooLong(s *sheet, row []cell) {
	ways := []diag.Text{diag.Say("delete what is too much, or name the column in the first row", "löschen Sie, was zu viel ist, oder benennen Sie die Spalte in der ersten Zeile")}
	if i := slices.IndexFunc(row, func(c cell) bool { return strings.ContainsAny(c.text, "0123456789") }); separator(s.file.Text) == ',' && i >= 0 {
		ways = append(ways, diag.Say("if a comma stands inside a number, write it with a point, or put ; between the cells", "steht ein Komma in einer Zahl, schreiben Sie sie mit Punkt, oder trennen Sie die Zellen mit ;"))
	}
	l.add("csv-cells", s.file.At(row[0].start, row[len(row)-1].end), diag.Say("this row has %d cells, but there are %d columns", "diese Zeile hat %d Zellen, aber es gibt %d Spalten", len(row), len(s.header)), ways...)
}

// column finds a column by the name in its first row.
func (s *sheet) column(name string) int {
	return slices.IndexFunc(s.header, func(c cell) bool { return c.text == name })
}

// row gives the cells of a row by the names of their columns, as inherit wants
// them; an empty cell says nothing.
func (s *sheet) row(cells []cell) func(name string) said {
	return func(name string) said {
		if i := s.column(name); i >= 0 && cells[i].text != "" {
			return cells[i].said()
		}
		return said{}
	}
}

// knownValues says which attributes of a row are none of those that there are.
func (l *loader) knownValues(get func(name string) said) {
	for _, key := range DefaultKeys {
		if s := get(key.Name); s.is() && key.Values != nil && !slices.Contains(key.Values, s.text) {
			l.fault(s, &fault{code: "value-unknown", end: len(s.text), text: diag.Say("%s cannot be %s; it is one of: %s", "%s kann nicht %s sein; möglich ist: %s", key.Name, quoted(s.text), strings.Join(key.Values, ", "))})
		}
	}
}

// knownColumns says which columns of a sheet mean nothing, and which stand there
// twice or not at all. It reports whether all that must be there are.
func (l *loader) knownColumns(s *sheet, required, optional []string) bool {
	known := slices.Concat(required, optional)
	seen := map[string]bool{}
	for _, c := range s.header {
		seen[c.text] = true
	}
	missing := slices.DeleteFunc(slices.Clone(required), func(name string) bool { return seen[name] })
	clear(seen)
	strange := false
	for i := range s.header {
		c := &s.header[i]
		switch {
		case !slices.Contains(known, c.text):
			strange = true
			l.strangeColumn(c, known, missing)
		case seen[c.text]:
			l.fault(c.said(), &fault{code: "column-twice", end: len(c.text), text: diag.Say("there are two columns %s", "es gibt zwei Spalten %s", c.text),
				ways: []diag.Text{diag.Say("delete one of them", "löschen Sie eine davon")}})
		}
		seen[c.text] = true
	}
	for _, name := range missing {
		if !strange { // or else it is the strange column that was meant
			l.add("column-missing", s.file.At(s.header[0].start, s.header[len(s.header)-1].end), diag.Say("there is no column %s", "es gibt keine Spalte %s", name),
				diag.Say("name it in the first row", "nennen Sie sie in der ersten Zeile"))
		}
	}
	return len(missing) == 0
}

func (l *loader) strangeColumn(c *cell, known, missing []string) {
	bad := &fault{code: "column-unknown", end: max(1, len(c.text)), text: diag.Say("there is no column %s here; there are: %s", "die Spalte %s gibt es hier nicht; es gibt: %s", quoted(c.text), strings.Join(known, ", "))}
	if c.text == "" {
		bad.text = diag.Say("this column has no name; there are: %s", "diese Spalte hat keinen Namen; es gibt: %s", strings.Join(known, ", "))
	}
	near := missing
	if len(near) == 0 {
		near = diag.Nearest(c.text, known)
	}
	for _, name := range near {
		bad.ways = append(bad.ways, writeWay(name))
	}
	bad.ways = append(bad.ways, diag.Say("delete the column, or describe it in the YAML file of the same name", "löschen Sie die Spalte, oder beschreiben Sie sie in der YAML-Datei gleichen Namens"))
	l.fault(c.said(), bad)
}

// form says how the numbers of a file are written.
func (d *document) form() form {
	if d.root != nil && d.fields.Text("numbers") == "de" {
		return germanForm
	}
	return englishForm
}

// declareRows makes the figures of a plain CSV file: one a row, with the columns
// id and value, and any of the others below. The YAML file of the same name, if
// there is one, holds the defaults.
func (l *loader) declareRows(d *document) {
	s := d.sheet
	optional := []string{"decimals", "footnote"}
	for _, key := range DefaultKeys {
		optional = append(optional, key.Name)
	}
	for _, lang := range l.o.Langs {
		optional = append(optional, "label."+lang, "note."+lang)
	}
	if d.root == nil && s.column("id") < 0 {
		l.add("csv-undescribed", diag.File(s.file.Path), diag.Say("no file describes this table", "keine Datei beschreibt diese Tabelle"),
			diag.Say("write a YAML file of the same name with table: or series:", "schreiben Sie eine YAML-Datei gleichen Namens mit table: oder series:"),
			diag.Say("for a list of figures, name the columns id and value", "für eine Liste von Kennzahlen nennen Sie die Spalten id und value"))
		return
	}
	if !l.knownColumns(s, []string{"id", "value"}, optional) {
		return
	}
	for _, row := range s.rows {
		l.declareRow(d, row)
	}
}

func (l *loader) declareRow(d *document, row []cell) {
	get := d.sheet.row(row)
	id := row[d.sheet.column("id")].said()
	if bad := idFault(id.text); bad != nil {
		l.fault(id, bad)
		return
	}
	value := row[d.sheet.column("value")].said()
	f := &Figure{ID: id.text, PartsAre: Complete, IDAt: id.place(), ValueAt: value.place(), Label: Text{}}
	if !l.register(f) {
		return
	}
	l.knownValues(get)
	l.complete(f, l.inherit(d.common, get), false)
	l.rowTexts(f, id, get)
	f.Footnote = l.footnote(get("footnote"))
	if s := get("decimals"); s.is() {
		if len(s.text) != 1 || s.text[0] < '0' || s.text[0] > '6' {
			l.fault(s, &fault{code: "decimals-range", end: len(s.text), text: diag.Say("decimals is a number from 0 to 6", "decimals ist eine Zahl von 0 bis 6")})
		} else {
			f.Decimals = int(s.text[0] - '0')
		}
	}
	l.value(f, value, d.form())
}

func (l *loader) rowTexts(f *Figure, id said, get func(string) said) {
	for _, lang := range l.o.Langs {
		if label := get("label." + lang); label.is() {
			f.Label[lang] = label.text
		}
	}
	if len(f.Label) == 0 {
		l.add("label-missing", id.place(), diag.Say("%s has no label for readers", "%s hat keine Bezeichnung für Leserinnen und Leser", f.Named()),
			diag.Say("add a column for each language: label.en, for example", "ergänzen Sie eine Spalte je Sprache: zum Beispiel label.de"))
	}
	for _, lang := range l.o.Langs {
		l.needLang(len(f.Label) > 0 && f.Label[lang] == "", lang, id.place(), labelOf(f.ID))
		if note := get("note." + lang); note.is() {
			f.Notes = append(f.Notes, Passage{Lang: lang, Text: note.text, Place: note.at})
		}
	}
	if len(f.Notes) > 0 {
		for _, lang := range l.o.Langs {
			if _, ok := In(f.Notes, lang); !ok {
				l.needLang(true, lang, id.place(), noteOf(f.ID))
			}
		}
	}
}
