package figure

import (
	"path"
	"slices"
	"strings"

	"bilanz/internal/calendar"
	"bilanz/internal/diag"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// tableReader makes the figures of one table.
type tableReader struct {
	l        *loader
	d        *document
	table    *Table
	dims     []*dimension
	headings map[*dimension]Text
	columns  []*tableColumn
	labelsIn string // the language of the file's own texts

	when      []timeColumn  // the columns that say when, the largest first
	part      calendar.Kind // what numbers in the second of them are; 0 where nobody says it
	saidPart  bool          // that nobody does
	times     calendar.Form
	excelDays bool // numbers are days as Excel counts them
	saidDays  bool // that they may be
	spans     map[string]calendar.Span
	periods   map[string]*Period

	formerly      []former         // what the table was once called
	formerColumns map[int][]former // and its columns

	words  cellWords
	breaks []*Footnote // those that say that counting changed
	totals map[*dimension]total

	book   *sheet.Book
	under  *sheet.Under
	values []*valueColumn
	where  []filter
	except []filter

	cells    map[string]*Figure // by id without that of the table
	lines    map[string]int     // by keys and time
	rowOf    map[*Figure][]sheet.Cell
	series   map[string]*Series
	partsAre map[*dimension]PartsAre
	further  []furtherName
	named    int  // cells that are figures
	saidLong bool // that an id is too long
	holes    bool // rows could not be read, so no sum is complete
	strange  bool // labels stand under a column that does not exist
	rounded  bool // the cells are

	saidTwice *sheet.Cell // the first cell of the row of which it was said last that it stands there twice
}

// declareTable makes a figure of each cell of a table in a file, as an office saved it.
func (l *loader) declareTable(d *document) {
	id, ok := l.docID(d, "table")
	if !ok {
		return
	}
	book, ok := l.bookOf(d)
	if !ok {
		l.set.incomplete = true
		return
	}
	l.sheetKeysAlone(d, book)
	l.encodingAlone(d, book)
	if book.IsEmpty() {
		book.SayEmpty()
		l.set.incomplete = true
		return
	}
	t := l.newTable(d, id)
	t.readFormerly()
	if !t.readTime() || !t.readDimensions() || !t.readColumns() {
		l.set.incomplete = true
		return
	}
	t.readNames()
	t.readTotals()
	t.readPartsAre()
	t.readBase()
	t.readWords()
	t.table.Missing = t.words.missing
	if !t.find(book) {
		l.set.incomplete = true
		return
	}
	for _, row := range t.under.Rows {
		t.row(row)
	}
	t.checkTotals()
	t.checkFurtherNames()
	if !t.anyLine() {
		return
	}
	t.finish()
}

func (l *loader) newTable(d *document, id string) *tableReader {
	t := &tableReader{l: l, d: d, table: &Table{ID: id, At: d.fields.Get("table").Place()},
		spans: map[string]calendar.Span{}, periods: map[string]*Period{}, totals: map[*dimension]total{},
		cells: map[string]*Figure{}, lines: map[string]int{}, rowOf: map[*Figure][]sheet.Cell{},
		series: map[string]*Series{}, partsAre: map[*dimension]PartsAre{},
		formerColumns: map[int][]former{}}
	t.table.Label = l.texts(d.fields.Get("label"), labelOf(id))
	d.common = l.inherit(d.common, of(d.fields))
	d.common.refused = d.common.refused || refusedAny(d.fields)
	t.labelsIn = l.o.Langs[0]
	if n := d.fields.Get("labels_in"); n != nil {
		t.labelsIn = n.String()
	}
	return t
}

// finish checks the table as a whole, once all of its cells are there.
func (t *tableReader) finish() {
	for _, d := range t.dims {
		t.table.Rows, t.table.Heads = append(t.table.Rows, d.id), append(t.table.Heads, d.head)
		t.table.Sums = append(t.table.Sums, t.totals[d].id)
		empty := ""
		if d.empty != nil {
			empty = d.empty.id
		}
		t.table.Empty = append(t.table.Empty, empty)
		t.table.RowLabels = append(t.table.RowLabels, t.headings[d])
		t.table.Ordered = append(t.table.Ordered, d.ordered)
	}
	if len(t.when) == 1 {
		t.table.TimeHead = t.when[0].head
	}
	t.l.set.tables[t.table.ID] = t.table
	for _, d := range t.dims {
		t.table.PartsAre = append(t.table.PartsAre, t.partsAre[d])
	}
	t.leftOut()
	t.finishSeries()
	t.keepOldIDs()
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
	if len(t.under.Rows) == 0 && !t.holes {
		t.l.add("csv-empty", diag.File(t.under.Path), diag.Say("the table has no rows",
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
		if d.root != nil || d.book == nil || d.broken || l.readByTable(d.book.Path) {
			continue
		}
		if d.book.Under(1, []string{"id"}, nil) != nil {
			continue // it describes itself
		}
		if file != "" {
			return "", false
		}
		file = d.book.Path
	}
	return file, file != ""
}

// bookOf is the file that a table is read from: the one that file: names, or the CSV file
// of the same name.
func (l *loader) bookOf(d *document) (*sheet.Book, bool) {
	n := d.fields.Get("file")
	if n == nil {
		return l.bookBeside(d)
	}
	name := path.Join(path.Dir(d.path), n.String())
	if _, known := l.workbooks[name]; known {
		return l.workbook(d, name)
	}
	for _, other := range l.docs {
		if other.book != nil && other.book.Path == name {
			return other.book, true
		}
	}
	if !l.isLost(name) {
		l.noFile(d, n, name)
	}
	return nil, false
}

// isLost reports whether a file is there, but could not be read.
func (l *loader) isLost(name string) bool {
	return slices.Contains(l.o.Lost, name) ||
		slices.ContainsFunc(l.docs, func(d *document) bool { return d.cells == name && d.book == nil })
}

// noFile says that the file that a table names does not exist, or is of no kind that is
// read.
func (l *loader) noFile(d *document, n *schema.Node, name string) {
	bad := &fault{code: "csv-missing", end: len(n.String()), text: diag.Say("there is no file %s",
		"die Datei %s gibt es nicht", name)}
	for _, near := range diag.Nearest(n.String(), l.filesIn(path.Dir(d.path))) {
		bad.ways = append(bad.ways, writeWay(near))
	}
	if path.Ext(name) == ".csv" || isWorkbook(name) || IsText(name) {
		bad.ways = append(bad.ways, diag.Say("put it beside %s", "legen Sie sie neben %s", d.path))
	} else {
		bad.text = diag.Say("tables are read from files that end in .csv, .tsv, .txt or .xlsx, and %s does not",
			"Tabellen werden aus Dateien mit der Endung .csv, .tsv, .txt oder .xlsx gelesen; %s hat keine davon",
			n.String())
	}
	l.fault(inYAML(n), bad)
}

// bookBeside is the file of the same name: a workbook, or a text.
func (l *loader) bookBeside(d *document) (*sheet.Book, bool) {
	name := strings.TrimSuffix(d.path, ".yaml") + ".xlsx"
	if _, known := l.workbooks[name]; known && d.book == nil && !d.broken {
		return l.workbook(d, name)
	}
	if d.book != nil {
		return d.book, true
	}
	beside := l.cellsBeside(d)
	for _, other := range l.docs {
		if other.book != nil && other.book.Path == beside {
			return other.book, true
		}
	}
	if !l.isLost(beside) {
		l.needSheet(d, "table")
	}
	return nil, false
}

// readByTable reports whether a table is read from the file.
func (l *loader) readByTable(name string) bool {
	_, named := l.readBy[name]
	return named
}

// filesIn lists the files that tables could be read from, in one folder.
func (l *loader) filesIn(folder string) []string {
	var names []string
	for _, d := range l.docs {
		if d.book != nil && path.Dir(d.book.Path) == folder {
			names = append(names, path.Base(d.book.Path))
		}
	}
	for _, name := range sortedKeys(l.workbooks) {
		if path.Dir(name) == folder {
			names = append(names, path.Base(name))
		}
	}
	return names
}

// find finds the columns in the file, and says which there are not.
func (t *tableReader) find(book *sheet.Book) bool {
	t.where, t.except = t.filters("where"), t.filters("except")
	names := map[string]said{}
	var heads, values []string
	need := func(head string, at said) {
		if _, has := names[head]; !has && head != "" {
			names[head], heads = at, append(heads, sheet.OneLine(head))
		}
	}
	for _, d := range t.dims {
		need(d.head, said{})
	}
	for _, c := range t.when {
		need(c.head, c.at)
	}
	need(t.words.statusHead, t.words.statusAt)
	for _, c := range t.columns {
		need(c.head, said{})
		values = append(values, c.head)
	}
	for _, f := range slices.Concat(t.where, t.except) {
		need(f.head, f.at)
	}
	rows, ok := t.headRows()
	splits, fits := t.splits()
	if !ok || !fits {
		return false
	}
	heads = unsplit(heads, splits)
	t.book, t.under = book, book.Under(rows, heads, values)
	if t.under == nil {
		t.l.noHeads(book, rows, heads)
		return false
	}
	if !t.l.foundColumns(t.under, heads) || !t.split(splits) {
		return false
	}
	t.place()
	t.secondHead()
	t.formIsTheFiles()
	return true
}

// takes reports whether where: and except: leave a row in the table.
func (t *tableReader) takes(row []sheet.Cell) bool {
	takes := func(f filter) bool { return f.takes(row) }
	return !slices.ContainsFunc(t.where, func(f filter) bool { return !f.takes(row) }) &&
		!slices.ContainsFunc(t.except, takes)
}

// mostHeadRows is in how many rows the names of columns may stand.
const mostHeadRows = 4

// headRows is in how many rows the names of the columns stand.
func (t *tableReader) headRows() (int, bool) {
	n := t.d.fields.Get("head")
	if n == nil {
		return 1, true
	}
	rows, ok := n.Int(t.l.list)
	if ok && (rows < 1 || rows > mostHeadRows) {
		ok = false
		t.l.add("value-unknown", n.Place(), diag.Say("names of columns stand in 1 to %d rows, not in %d",
			"Namen von Spalten stehen in 1 bis %d Zeilen, nicht in %d", mostHeadRows, rows),
			diag.Say("write how many rows: head: 2", "schreiben Sie, in wie vielen Zeilen: head: 2"))
	}
	return rows, ok
}

// place notes where in the file each column stands.
func (t *tableReader) place() {
	at := func(head string) int {
		if head == "" {
			return -1
		}
		return t.under.Column(head)
	}
	for _, d := range t.dims {
		d.index = at(d.head)
	}
	for i := range t.when {
		t.when[i].index = at(t.when[i].head)
	}
	t.words.statusCol = at(t.words.statusHead)
	for _, filters := range [][]filter{t.where, t.except} {
		for i := range filters {
			filters[i].index = at(filters[i].head)
			filters[i].findPatterns(t.under.Rows)
		}
	}
	t.findColumns()
}

// row makes the figures of one row of the file.
func (t *tableReader) row(row []sheet.Cell) {
	if !t.takes(row) {
		t.table.Left.Rows++
		return
	}
	if beyond := t.under.Beyond(row); beyond != nil {
		t.book.SayTooLong(t.under, row)
		t.holes = true
		return
	}
	keys := make([]*key, len(t.dims))
	for i, d := range t.dims {
		if d.head == "" {
			continue
		}
		if keys[i] = t.keyIn(d, &row[d.index]); keys[i] == nil {
			t.l.set.incomplete, t.holes = true, true
			return
		}
	}
	span, timed := t.timeIn(row)
	if !timed {
		t.l.set.incomplete, t.holes = true, true
		return
	}
	status, ok := t.words.status(t.l, row)
	if !ok {
		t.holes = true
	}
	for _, v := range t.values {
		t.cell(v, row, t.lineOf(v, keys, span), status)
	}
}

// lineOf finds the line of the table that a cell belongs to, or begins it.
func (t *tableReader) lineOf(v *valueColumn, keys []*key, span calendar.Span) int {
	if t.table.Timed && !v.span.IsZero() {
		span = v.span
	}
	var name strings.Builder
	for i, k := range keys {
		if k == nil {
			k = v.keys[i]
		}
		name.WriteString(k.id)
		name.WriteByte('.')
	}
	if !span.IsZero() {
		name.WriteString(span.ID())
	}
	at, met := t.lines[name.String()]
	if !met {
		at = len(t.table.Lines)
		t.lines[name.String()] = at
		t.table.Lines = append(t.table.Lines, t.newLine(v, keys, span))
	}
	return at
}

func (t *tableReader) newLine(v *valueColumn, keys []*key, span calendar.Span) Line {
	line := Line{Time: span, Figures: make([]*Figure, len(t.table.Columns))}
	for i, k := range keys {
		if k == nil {
			k = v.keys[i]
		}
		line.Keys = append(line.Keys, k.id)
		line.Labels = append(line.Labels, k.label)
		line.Nouns = t.addName(line.Nouns, i, k.noun)
		line.Shorts = t.addName(line.Shorts, i, k.short)
		line.Total = line.Total || t.totals[t.dims[i]].id == k.id
	}
	return line
}

// addName keeps a further name of a line's key; where no key has one, there are none.
func (t *tableReader) addName(names []Text, i int, name Text) []Text {
	if name != nil && names == nil {
		names = make([]Text, len(t.dims))
	}
	if name != nil {
		names[i] = name
	}
	return names
}

// cell makes the figure of one cell.
func (t *tableReader) cell(v *valueColumn, row []sheet.Cell, at int, status Status) {
	line := &t.table.Lines[at]
	value := &row[v.index]
	column := t.table.Columns[v.column]
	suffix := strings.Join(append(slices.Clone(line.Keys), column.ID), ".")
	of := t.table.ID + "." + suffix
	if t.table.Timed {
		suffix += "." + line.Time.ID()
	}
	if before := line.Figures[v.column]; before != nil {
		t.twice(before, row, value)
		return
	}
	if t.tooMany() || t.longID(t.table.ID+"."+suffix, value) {
		return
	}
	f := &Figure{ID: t.table.ID + "." + suffix, PartsAre: Complete, IDAt: value.Place(), ValueAt: value.Place(),
		Label: t.cellLabel(line, column), Footnote: v.footnote,
		Cell: &Cell{Table: t.table, Line: at, Column: v.column}}
	if !t.l.register(f) {
		return
	}
	line.Figures[v.column], t.cells[suffix], t.rowOf[f] = f, f, row
	t.describe(f, v, line, status)
	t.l.tableValue(f, value, v, &t.words)
	if t.l.spellCell(f, value, t.d, suffix); f.spelt != nil {
		f.spelt.column, f.spelt.words = v, &t.words
	}
	if t.table.Timed {
		t.point(f, of, line)
	}
}

// twice says that two rows have the same keys, and in which columns they differ.
func (t *tableReader) twice(before *Figure, row []sheet.Cell, at *sheet.Cell) {
	first := t.rowOf[before]
	t.holes = true
	if t.saidTwice == &row[0] {
		return // of another column of the same row
	}
	t.saidTwice = &row[0]
	var differ []string
	for i, head := range t.under.Header {
		isValue := slices.ContainsFunc(t.values, func(v *valueColumn) bool { return v.index == i })
		if first[i].Text != row[i].Text && head.Text != "" && !isValue {
			differ = append(differ, head.Text)
		}
	}
	line := t.table.Lines[before.Cell.Line]
	names := slices.Clone(line.Keys)
	if t.table.Timed {
		names = append(names, line.Time.ID())
	}
	d := diag.Diagnostic{Code: "row-twice", Place: row[t.naming()].Place(),
		Text: diag.Say("there are two rows %s",
			"es gibt zwei Zeilen %s", strings.Join(names, ", ")),
		Notes: []diag.Note{{Place: first[t.naming()].Place(), Text: diag.Say("it stands here already",
			"sie steht schon hier")}}}
	if len(differ) > 0 {
		few := differ[:min(len(differ), 5)]
		d.Ways = []diag.Text{diag.Say("they differ in %[1]s: choose rows with where: or except:, or name one of "+
			"these columns under rows:",
			"sie unterscheiden sich in %[1]s: wählen Sie mit where: oder except: Zeilen aus, oder nennen Sie "+
				"eine dieser Spalten unter rows:",
			strings.Join(few, ", "))}
	}
	d.Ways = append(d.Ways, diag.Say("delete one of the two, or correct its keys",
		"löschen Sie eine der beiden, oder berichtigen Sie ihre Schlüssel"))
	t.l.list.Add(d)
}

// naming is the column of the file that names a row, or the time of one.
func (t *tableReader) naming() int {
	switch {
	case len(t.dims) > 0:
		return max(0, t.dims[0].index)
	case len(t.when) > 0:
		return t.when[0].index
	}
	return 0
}

// describe gives a cell what its column, its row and its time say.
func (t *tableReader) describe(f *Figure, v *valueColumn, line *Line, status Status) {
	a := v.attrs
	a.refused = true // what a column lacks is said once, at the column
	span := line.Time
	if span.IsZero() {
		span = v.span
	}
	switch {
	case span.IsZero():
	case span.Kind == calendar.Day:
		a.period, a.periodSet = nil, true
		a.asOf, a.asOfSet = AsOf{Day: span.From, Year: span.From.Year()}, true
	default:
		a.period, a.periodSet, a.asOfSet = t.periodOf(span), true, false
	}
	if status != "" {
		a.status = status
	}
	t.l.complete(f, a, false)
	t.l.readDecimals(v.decimals, &f.Decimals)
}

// cellLabel names a cell by its row, its column and its time: "Central Library, Sound and
// film: Renewals, 2024".
func (t *tableReader) cellLabel(line *Line, column Column) Text {
	label := t.nameOf(line.Labels, column)
	if !t.table.Timed {
		return label
	}
	for lang, text := range label {
		label[lang] = text + ", " + t.l.lang(lang).Span(line.Time)
	}
	return label
}

func (t *tableReader) nameOf(keys []Text, column Column) Text {
	label := Text{}
	for _, lang := range t.l.o.Langs {
		var words []string
		for _, key := range keys {
			if word := key[lang]; word != "" {
				words = append(words, word)
			}
		}
		switch word := column.Label[lang]; {
		case len(words) < len(keys) || word == "":
		case len(keys) == 0:
			label[lang] = word
		default:
			label[lang] = t.l.lang(lang).Colon(strings.Join(words, ", "), word)
		}
	}
	return label
}

func emptyCell() *fault {
	return &fault{code: "cell-empty", text: diag.Say("this cell is empty, and an empty cell is no 0",
		"diese Zelle ist leer, und eine leere Zelle ist keine 0"),
		ways: []diag.Text{
			diag.Say("write the number", "schreiben Sie die Zahl"),
			diag.Say("write [x] if it is not available, or another reason: %s",
				"schreiben Sie [x], wenn sie nicht vorliegt, oder einen anderen "+
					"Grund: %s", strings.Join(reasons[1:], ", ")),
		}}
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

// isSum reports whether the total of a column is the sum of its cells: not of percentages,
// unless the author says so or they are parts of one whole, nor of what is only a name in
// digits.
func (f *Figure) isSum() bool {
	switch says := f.aggregation.says; {
	case f.aggregation.own:
		return says == Added
	case f.Unit.IsPercent():
		return f.Value.Exact() && f.Value.Number.Cmp(hundred) == 0
	case says != "":
		return says == Added
	}
	return !f.Unit.Ungrouped
}
