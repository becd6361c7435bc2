package figure

import (
	"cmp"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// tableReader makes the figures of one table.
type tableReader struct {
	l       *loader
	d       *document
	table   *Table
	columns []tableColumn
	labels  map[string]map[string]Text // by column of rows, by key
	named   map[string][]string        // by column of rows: the keys that have a label
	totals  map[string]said            // by column of rows: the key that marks a total
	cells   map[string]*Figure         // by id without that of the table
	rows    map[string]diag.Place      // by their keys
	meant   map[string]string          // of a column and a key without a label: the key that may be meant
	holes   bool                       // rows could not be read, so no sum is complete
	strange bool                       // labels stand under a column that does not exist
	rounded bool                       // the cells are
}

type tableColumn struct {
	id       string
	attrs    attrs
	label    Text
	footnote *Footnote
	decimals *schema.Node
	index    int // in the sheet
}

// declareTable makes a figure of each cell of a CSV table.
func (l *loader) declareTable(d *document) {
	id, ok := l.docID(d, "table")
	if !ok {
		return
	}
	if d.sheet == nil {
		l.needSheet(d, "table")
		return
	}
	t := &tableReader{
		l: l, d: d, table: &Table{ID: id, At: d.fields.Get("table").Place()}, cells: map[string]*Figure{},
		rows: map[string]diag.Place{}, meant: map[string]string{}, holes: d.broken,
	}
	t.table.Label = l.texts(d.fields.Get("label"), labelOf(id))
	d.common = l.inherit(d.common, of(d.fields))
	d.common.refused = d.common.refused || refusedAny(d.fields)
	if !t.readRows() || !t.readColumns() {
		l.set.incomplete = true
		return
	}
	t.readTotals()
	t.readHeadings()
	t.readLabels()
	for _, row := range d.sheet.Rows {
		t.line(row)
	}
	t.checkTotals()
	if !t.anyLine() {
		return
	}
	l.set.tables[id] = t.table
	t.readNotes()
	t.readRounded()
	if !t.holes {
		t.sums()
	}
}

// anyLine reports whether the table has a row. A table without one is none for the
// pages: what is wrong with it is said here, once.
func (t *tableReader) anyLine() bool {
	if len(t.table.Lines) > 0 {
		return true
	}
	t.l.set.incomplete = true
	if len(t.d.sheet.Rows) == 0 && !t.holes {
		t.l.add("csv-empty", diag.File(t.d.sheet.Path), diag.Say("the table has no rows",
			"die Tabelle hat keine Zeilen"),
			diag.Say("write a row for each line of the table below the names of the columns",
				"schreiben Sie unter die Namen der Spalten eine Zeile für jede Zeile der Tabelle"))
	}
	return false
}

// docID reads the id of a table or series.
func (l *loader) docID(d *document, key string) (string, bool) {
	n := d.fields.Get(key)
	if n == nil {
		l.set.incomplete = true
		return "", false
	}
	id := n.String()
	if bad := idFault(id); bad != nil {
		l.fault(inYAML(n), bad)
		l.set.incomplete = true
		return "", false
	}
	return id, l.first("table", id, n.Place(), diag.Say("there are two tables or series %s",
		"es gibt zwei Tabellen oder Reihen %s", id))
}

func (l *loader) needSheet(d *document, key string) {
	if d.broken {
		return // the CSV file is there, but could not be read
	}
	l.set.incomplete = true
	name := strings.TrimSuffix(d.path, ".yaml") + ".csv"
	other, ok := l.takeForeign(name)
	if !ok {
		other, ok = l.undescribed()
	}
	if ok {
		l.add("csv-missing", d.fields.KeyPlace(key), diag.Say("there is no file %s, but there is %s",
			"die Datei %s gibt es nicht, aber es gibt %s", name, other), renameWay(other, name))
		return
	}
	l.add("csv-missing", d.fields.KeyPlace(key), diag.Say("the file %s that this describes does not exist",
		"die Datei %s, die hier beschrieben wird, gibt es nicht", name),
		diag.Say("put it there, or rename one of the two files",
			"legen Sie sie dorthin, oder benennen Sie eine der beiden Dateien um"))
}

// undescribed finds the only CSV file that no file describes: it may have been renamed.
func (l *loader) undescribed() (file string, only bool) {
	for _, d := range l.docs {
		if d.root != nil || d.sheet == nil || d.broken || d.sheet.Column("id") >= 0 {
			continue
		}
		if file != "" {
			return "", false
		}
		file = d.sheet.Path
	}
	return file, file != ""
}

func (t *tableReader) readRows() bool {
	rows := t.d.fields.Get("rows")
	if rows == nil {
		return false
	}
	for _, item := range rows.Items() {
		name, ok := item.Scalar(t.l.list)
		if ok && slices.Contains(t.table.Rows, name) {
			t.l.set.incomplete = true
			t.l.add("column-twice", item.Place(), diag.Say("the column %s names a row already",
				"die Spalte %s benennt schon eine Zeile", name), deleteOneWay())
		} else if ok && name != "" {
			t.table.Rows = append(t.table.Rows, name)
		}
	}
	if len(t.table.Rows) == 0 {
		t.l.add("rows-missing", t.d.fields.KeyPlace("rows"), diag.Say("rows names no column",
			"rows nennt keine Spalte"),
			diag.Say("write the columns that name a row: rows: [place, medium]",
				"schreiben Sie die Spalten, die eine Zeile benennen: rows: [place, medium]"))
	}
	return len(t.table.Rows) > 0
}

func (t *tableReader) readColumns() bool {
	columns := t.d.fields.Get("columns")
	if columns == nil {
		return false
	}
	var names []string
	for _, n := range columns.Values() {
		if bad := segmentFault(n.Key()); bad != nil {
			t.l.add(bad.code, n.KeyPlace(), bad.text, bad.ways...)
			return false
		}
		if slices.Contains(t.table.Rows, n.Key()) {
			t.l.add("column-twice", n.KeyPlace(), diag.Say("the column %s names a row already",
				"die Spalte %s benennt schon eine Zeile", n.Key()), deleteOneWay())
			return false
		}
		names = append(names, n.Key())
		fields, ok := n.Fields(ColumnKeys, t.l.list)
		if !ok {
			return false
		}
		a := t.l.inherit(t.d.common, of(fields))
		a.refused = a.refused || refusedAny(fields)
		c := tableColumn{id: n.Key(), attrs: a, label: t.l.texts(fields.Get("label"), labelOf(n.Key())), index: t.d.sheet.Column(n.Key()), decimals: fields.Get("decimals")}
		c.footnote = t.l.footnote(inYAML(fields.Get("footnote")))
		if !a.refused && !n.IsEmpty() {
			t.l.needAll(&Figure{ID: t.table.ID + " (" + n.Key() + ")", IDAt: n.KeyPlace(),
				Unit: a.unit, Period: a.period, Source: a.source}, a)
		}
		t.columns = append(t.columns, c)
		t.table.Columns = append(t.table.Columns, Column{ID: c.id, Label: c.label})
	}
	return t.l.knownColumns(t.d.sheet, append(append([]string{}, t.table.Rows...), names...), nil)
}

func (t *tableReader) readTotals() {
	t.totals = map[string]said{}
	n := t.d.fields.Get("total")
	if n == nil {
		return
	}
	fields, ok := n.Fields(t.rowKeys(schema.Text), t.l.list)
	if !ok {
		return
	}
	for _, name := range fields.Names() {
		t.totals[name] = inYAML(fields.Get(name))
	}
}

func (t *tableReader) readRounded() {
	n := t.d.fields.Get("rounded")
	if t.rounded = t.l.isTrue(n, false); t.rounded && !t.d.fields.Has("total") {
		t.l.add("parts-missing", n.KeyPlace(), diag.Say("the table %s has no total, so rounded means nothing here",
			"die Tabelle %s hat keine Summe (total); rounded bedeutet hier nichts", t.table.ID),
			diag.Say("add total:, or delete rounded:", "ergänzen Sie total:, oder löschen Sie rounded:"))
	}
}

// checkTotals says which keys that mark a total no row has.
func (t *tableReader) checkTotals() {
	for i, name := range t.table.Rows {
		mark := t.totals[name].text
		is := func(line Line) bool { return line.Keys[i] == mark }
		if mark == "" || t.holes || len(t.table.Lines) == 0 || slices.ContainsFunc(t.table.Lines, is) {
			continue
		}
		var keys []string
		for _, line := range t.table.Lines {
			if !slices.Contains(keys, line.Keys[i]) {
				keys = append(keys, line.Keys[i])
			}
		}
		bad := &fault{code: "value-unknown", end: len(mark), text: diag.Say("no row of the table has the %s %s",
			"keine Zeile der Tabelle hat als %s %s", name, quoted(mark))}
		for _, near := range diag.Nearest(mark, keys) {
			bad.ways = append(bad.ways, writeWay(near))
		}
		bad.ways = append(bad.ways, diag.Say("write the key of the row that is the sum of the others, or delete it",
			"schreiben Sie den Schlüssel der Zeile, die die Summe der anderen ist, oder löschen Sie die Angabe"))
		t.l.fault(t.totals[name], bad)
	}
}

// rowKeys makes a table of keys of the columns that name a row.
func (t *tableReader) rowKeys(kind schema.Kind) schema.Keys {
	keys := make(schema.Keys, len(t.table.Rows))
	for i, row := range t.table.Rows {
		keys[i] = schema.Key{Name: row, Kind: kind}
	}
	return keys
}

func (t *tableReader) readHeadings() {
	t.table.RowLabels = make([]Text, len(t.table.Rows))
	n := t.d.fields.Get("headings")
	if n == nil {
		return
	}
	fields, _ := n.Fields(t.rowKeys(schema.Texts), t.l.list)
	for i, row := range t.table.Rows {
		t.table.RowLabels[i] = t.l.texts(fields.Get(row), labelOf(row))
	}
}

func (t *tableReader) readLabels() {
	t.labels, t.named = map[string]map[string]Text{}, map[string][]string{}
	t.strange = t.d.fields.Faulty("labels")
	n := t.d.fields.Get("labels")
	if n == nil {
		return
	}
	fields, _ := n.Fields(t.rowKeys(schema.Map), t.l.list)
	t.strange = len(fields.Names()) < len(n.Values())
	for _, row := range fields.Names() {
		t.strange = t.strange || fields.Faulty(row)
		t.labels[row] = map[string]Text{}
		if keys := fields.Get(row); keys != nil {
			for _, key := range keys.Values() {
				t.labels[row][key.Key()] = t.l.texts(key, labelOf(key.Key()))
				t.named[row] = append(t.named[row], key.Key())
			}
		}
	}
}

// line makes the figures of one row.
func (t *tableReader) line(row []sheet.Cell) {
	line := Line{}
	for _, name := range t.table.Rows {
		key := inCell(&row[t.d.sheet.Column(name)])
		if !t.goodKey(name, key) {
			t.l.set.incomplete, t.holes = true, true
			return
		}
		line.Labels = append(line.Labels, t.keyLabel(name, key))
		key.text = cmp.Or(t.meant[name+" "+key.text], key.text)
		line.Keys = append(line.Keys, key.text)
		line.Total = line.Total || key.text != "" && t.totals[name].text == key.text
	}
	if !t.newRow(line, row) {
		return
	}
	at := len(t.table.Lines)
	for i, c := range t.columns {
		if f := t.cell(line, c, &row[c.index]); f != nil {
			f.Cell = &Cell{Table: t.table, Line: at, Column: i}
			line.Figures = append(line.Figures, f)
		}
	}
	if len(line.Figures) == len(t.columns) {
		t.table.Lines = append(t.table.Lines, line)
	}
}

// newRow says where two rows have the same keys.
func (t *tableReader) newRow(line Line, row []sheet.Cell) bool {
	keys := strings.Join(line.Keys, ", ")
	at := row[t.d.sheet.Column(t.table.Rows[0])].Place()
	if before, twice := t.rows[keys]; twice {
		t.holes = true
		t.l.list.Add(diag.Diagnostic{Code: "row-twice", Place: at, Text: diag.Say("there are two rows %s",
			"es gibt zwei Zeilen %s", keys),
			Notes: []diag.Note{{Place: before, Text: diag.Say("it stands here already", "sie steht schon hier")}},
			Ways: []diag.Text{diag.Say("delete one of the two, or correct its keys",
				"löschen Sie eine der beiden, oder berichtigen Sie ihre Schlüssel")}})
		return false
	}
	t.rows[keys] = at
	return true
}

func (t *tableReader) goodKey(name string, key said) bool {
	switch bad := segmentFault(key.text); {
	case key.text == "":
		t.l.fault(key, &fault{code: "cell-empty", text: diag.Say("this row has no %s", "diese Zeile hat kein %s", name),
			ways: []diag.Text{diag.Say("repeat the word of the row above if it is the same",
				"wiederholen Sie das Wort der Zeile darüber, wenn es dasselbe ist")}})
		return false
	case bad != nil && sheet.LooksLikeDate(key.text):
		t.l.fault(key, dateCell(key.text))
		return false
	case bad != nil:
		t.l.fault(key, bad)
		return false
	}
	return true
}

// keyLabel gives the label of a key of a row, and says once where there is none.
func (t *tableReader) keyLabel(name string, key said) Text {
	if t.labels[name] == nil {
		t.labels[name] = map[string]Text{}
	}
	label, ok := t.labels[name][key.text]
	if !ok && t.strange && len(t.labels[name]) == 0 {
		return Text{} // they stand under another name, which was said
	}
	if !ok {
		bad := &fault{code: "label-missing", end: len(key.text), text: diag.Say("%s has no label for readers",
			"%s hat keine Bezeichnung für Leserinnen und Leser", key.text)}
		var near []string
		if at := key.place(); !t.l.list.Full(at.Path, bad.code) { // else nobody sees it
			near = diag.Nearest(key.text, t.named[name])
		}
		for i, near := range near {
			if bad.ways = append(bad.ways, writeWay(near)); i == 0 && t.hasKey(name, near) {
				t.meant[name+" "+key.text] = near // or else the label has a wrong name
			}
		}
		bad.ways = append(bad.ways, diag.Say("add it to %s under labels: %s: as %s: {en: …, de: …}",
			"ergänzen Sie sie in %s unter labels: %s: als %s: {en: …, de: …}", t.d.path, name, key.text))
		t.l.fault(key, bad)
		label = Text{}
		t.labels[name][key.text] = label
	}
	return label
}

// hasKey reports whether a row has a key.
func (t *tableReader) hasKey(name, key string) bool {
	at := t.d.sheet.Column(name)
	return slices.ContainsFunc(t.d.sheet.Rows, func(row []sheet.Cell) bool { return row[at].Text == key })
}

// cell makes the figure of one cell.
func (t *tableReader) cell(line Line, c tableColumn, value *sheet.Cell) *Figure {
	suffix := strings.Join(append(append([]string{}, line.Keys...), c.id), ".")
	f := &Figure{ID: t.table.ID + "." + suffix, PartsAre: Complete, IDAt: value.Place(), Label: t.cellLabel(line, c), Footnote: c.footnote}
	f.ValueAt = f.IDAt
	if !t.l.register(f) {
		return nil
	}
	t.cells[suffix] = f
	a := c.attrs
	a.refused = true // what a column lacks is said once, at the column
	t.l.complete(f, a, false)
	t.l.readDecimals(c.decimals, &f.Decimals)
	t.l.cellValue(f, value, t.d.form())
	return f
}

func emptyCell() *fault {
	return &fault{code: "cell-empty", text: diag.Say("this cell is empty, and an empty cell is no 0",
		"diese Zelle ist leer, und eine leere Zelle ist keine 0"),
		ways: []diag.Text{
			diag.Say("write the number", "schreiben Sie die Zahl"),
			diag.Say("write [x] if it is not available, or another reason: %s",
				"schreiben Sie [x], wenn sie nicht vorliegt, oder einen anderen Grund: %s", strings.Join(reasons[1:], ", ")),
		}}
}

// cellLabel names a cell by its row and its column: "Central Library, Sound and
// film: Renewals".
func (t *tableReader) cellLabel(line Line, c tableColumn) Text {
	label := Text{}
	for _, lang := range t.l.o.Langs {
		var words []string
		for _, key := range line.Labels {
			if word := key[lang]; word != "" {
				words = append(words, word)
			}
		}
		if column := c.label[lang]; len(words) == len(line.Labels) && column != "" {
			label[lang] = t.l.lang(lang).Colon(strings.Join(words, ", "), column)
		}
	}
	return label
}

func (t *tableReader) readNotes() {
	n := t.d.fields.Get("notes")
	if n == nil {
		return
	}
	cells := sortedKeys(t.cells)
	for _, note := range n.Values() {
		f := t.cells[note.Key()]
		if f != nil {
			f.Notes = t.l.passages(note, noteOf(f.ID))
			continue
		}
		if t.l.set.incomplete {
			continue
		}
		var ways []diag.Text
		for _, near := range diag.Nearest(note.Key(), cells) {
			ways = append(ways, diag.Say("write %s:", "schreiben Sie %s:", near))
		}
		t.l.add("note-unknown", note.KeyPlace(), diag.Say("the table has no cell %s",
			"die Tabelle hat keine Zelle %s", note.Key()), ways...)
	}
}

// sums checks every row that is marked as a total against the rows that differ
// from it only in that key. Of cells that nobody may add up, the total is no sum.
func (t *tableReader) sums() {
	for i, total := range t.table.Lines {
		for k, name := range t.table.Rows {
			if mark := t.totals[name].text; mark == "" || total.Keys[k] != mark {
				continue
			}
			var parts []Line
			for j, line := range t.table.Lines {
				if j != i && line.Keys[k] != total.Keys[k] && sameBut(line.Keys, total.Keys, k) {
					parts = append(parts, line)
				}
			}
			for c, whole := range total.Figures {
				if says := whole.aggregation.says; says != "" && says != Added {
					continue
				}
				whole.Rounded = t.rounded
				var figures []*Figure
				for _, line := range parts {
					figures = append(figures, line.Figures[c])
					if line.Figures[c].Cell.total == nil {
						line.Figures[c].Cell.total = whole
					}
				}
				t.l.checkTotal(whole, figures)
			}
		}
	}
}

// sameBut reports whether two rows have the same keys, the one at k left out.
func sameBut(a, b []string, k int) bool {
	for i := range a {
		if i != k && a[i] != b[i] {
			return false
		}
	}
	return true
}
