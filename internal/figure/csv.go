package figure

import (
	"path"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// inCell is the text of a cell.
func inCell(c *sheet.Cell) said { return said{text: c.Text, cell: c} }

// byColumn gives the cells of a row by the names of their columns, as inherit wants
// them; an empty cell says nothing.
func byColumn(s *sheet.Sheet, cells []sheet.Cell) func(name string) said {
	return func(name string) said {
		if i := s.Column(name); i >= 0 && cells[i].Text != "" {
			return inCell(&cells[i])
		}
		return said{}
	}
}

// knownValues says which attributes of a row are none of those that there are.
func (l *loader) knownValues(get func(name string) said) {
	for _, key := range DefaultKeys {
		if s := get(key.Name); s.is() && key.Values != nil && !slices.Contains(key.Values, s.text) {
			l.fault(s, &fault{code: "value-unknown", end: len(s.text), text: diag.Say("%s cannot be %s; it is one of: %s",
				"%s kann nicht %s sein; möglich ist: %s", key.Name, quoted(s.text), strings.Join(key.Values, ", "))})
		}
	}
}

// knownColumns says which columns of a sheet mean nothing, and which stand there
// twice or not at all. It reports whether all that must be there are.
func (l *loader) knownColumns(s *sheet.Sheet, required, optional []string) bool {
	known := slices.Concat(required, optional)
	seen := map[string]bool{}
	for _, c := range s.Header {
		seen[c.Text] = true
	}
	missing := slices.DeleteFunc(slices.Clone(required), func(name string) bool { return seen[name] })
	if !slices.ContainsFunc(known, func(name string) bool { return hasName(s.Header, name) }) {
		l.noHeader(s.HeaderPlace(), required)
		return false
	}
	clear(seen)
	strange := false
	for i := range s.Header {
		c := &s.Header[i]
		switch {
		case !slices.Contains(known, c.Text):
			strange, l.set.incomplete = true, true
			l.strangeColumn(c, known, missing)
		case seen[c.Text]:
			l.fault(inCell(c), &fault{code: "column-twice", end: len(c.Text), text: diag.Say("there are two columns %s",
				"es gibt zwei Spalten %s", c.Text),
				ways: []diag.Text{deleteOneWay()}})
		}
		seen[c.Text] = true
	}
	for _, name := range missing {
		if !strange { // or else it is the strange column that was meant
			l.add("column-missing", s.HeaderPlace(), diag.Say("there is no column %s", "es gibt keine Spalte %s", name),
				diag.Say("name it in the first row", "nennen Sie sie in der ersten Zeile"))
		}
	}
	return len(missing) == 0
}

func deleteOneWay() diag.Text { return diag.Say("delete one of them", "löschen Sie eine davon") }

// foundColumns says which columns of a table's file there are not, or twice. It reports
// whether all that must be there are.
func (l *loader) foundColumns(u *sheet.Under, heads []string) bool {
	var strange []*sheet.Cell // columns that nobody asked for, of which one may be meant
	for i := range u.Header {
		c := &u.Header[i]
		switch asked := slices.Contains(heads, sheet.OneLine(c.Text)); {
		case asked && u.Column(c.Text) != i:
			bad := &fault{code: "column-twice", end: len(c.Text), text: diag.Say("there are two columns %s",
				"es gibt zwei Spalten %s", c.Text), ways: []diag.Text{deleteOneWay()}}
			if u.Above > 0 && u.Heads == 1 {
				bad.ways = append(bad.ways, groupsWay(c.Text))
			}
			l.fault(inCell(c), bad)
		case !asked:
			strange = append(strange, c)
		}
	}
	for _, name := range u.Missing {
		if i := l.meantColumn(name, strange, len(u.Missing) == 1); i >= 0 {
			l.renamedColumn(strange[i], name, heads)
			strange = slices.Delete(strange, i, i+1)
			continue
		}
		ways := []diag.Text{diag.Say("name it in this row", "nennen Sie sie in dieser Zeile")}
		if group, own, joined := strings.Cut(name, sheet.Joint); joined && group != "" && u.Heads == 1 {
			ways = append(ways, groupsWay(own))
		}
		ways = append(splitWay(name, u.Header), ways...)
		l.add("column-missing", u.HeaderPlace(),
			diag.Say("there is no column %s", "es gibt keine Spalte %s", name), ways...)
	}
	return len(u.Missing) == 0
}

// groupsWay is the way out where the names of groups stand above those of columns.
func groupsWay(name string) diag.Text {
	return diag.Say("if names of groups stand above it, write head: 2 in the YAML file; then it is called, "+
		"for example, 2024 / %s",
		"stehen darüber Namen von Gruppen, schreiben Sie head: 2 in der YAML-Datei; dann heißt sie "+
			"zum Beispiel 2024 / %s", name)
}

// meantColumn finds which of the columns that nobody asked for is one that is missing,
// under another name; -1 for none.
func (l *loader) meantColumn(name string, strange []*sheet.Cell, only bool) int {
	if i := slices.IndexFunc(strange, func(c *sheet.Cell) bool { return sheet.SameName(c.Text, name) }); i >= 0 {
		return i
	}
	if strings.Contains(name, "*") {
		return -1
	}
	var names []string
	for _, c := range strange {
		names = append(names, strings.ToLower(c.Text))
	}
	if near := diag.Nearest(strings.ToLower(name), names); len(near) > 0 {
		return slices.Index(names, near[0])
	}
	if only && len(strange) == 1 {
		return 0
	}
	return -1
}

// renamedColumn says that a column of a table is called otherwise than its YAML file says.
func (l *loader) renamedColumn(c *sheet.Cell, name string, heads []string) {
	bad := &fault{code: "column-unknown", end: max(1, len(c.Text)), text: diag.Say(
		"there is no column %s here; there are: %s", "die Spalte %s gibt es hier nicht; es gibt: %s",
		quoted(c.Text), strings.Join(heads, ", "))}
	if c.Text == "" {
		bad.text = diag.Say("this column has no name; there are: %s",
			"diese Spalte hat keinen Namen; es gibt: %s", strings.Join(heads, ", "))
	}
	if sheet.SameName(c.Text, name) {
		bad.write, bad.ways = name, englishForm.fixWay(name)
	} else if !strings.Contains(c.Text, sheet.Joint) { // which no cell of the file holds
		bad.ways = []diag.Text{writeWay(name)}
	}
	if c.Text != "" {
		bad.ways = append(bad.ways, diag.Say("if it is called %[1]s now, write %[1]s in the YAML file",
			"heißt sie jetzt %[1]s, schreiben Sie %[1]s in der YAML-Datei", schema.Written(c.Text)))
	}
	l.fault(inCell(c), bad)
}

// noHeader says that the first row holds none of the names that it should: it was
// deleted, or written in other words.
func (l *loader) noHeader(at diag.Place, required []string) {
	l.add("column-missing", at, namesNone(required),
		diag.Say("write a row with these names above it, or in its place, one name in each cell",
			"schreiben Sie darüber oder an ihrer Stelle eine Zeile mit diesen Namen, in jede Zelle einen"))
}

// noHeads says that no rows name a column that was asked for, and what they name where
// there are several.
func (l *loader) noHeads(book *sheet.Book, heads int, required []string) {
	if heads == 1 {
		l.noHeader(book.First(), required)
		return
	}
	named := book.Named(heads)
	l.add("column-missing", book.First(), namesNone(required),
		diag.Say("with head: %d the columns are called: %s", "mit head: %d heißen die Spalten: %s", heads,
			strings.Join(named[:min(len(named), 5)], ", ")))
}

func namesNone(required []string) diag.Text {
	return diag.Say("the first row names none of the columns: %s", "die erste Zeile nennt keine der Spalten: %s",
		strings.Join(required, ", "))
}

func hasName(header []sheet.Cell, name string) bool {
	return slices.ContainsFunc(header, func(c sheet.Cell) bool { return sheet.SameName(c.Text, name) })
}

func (l *loader) strangeColumn(c *sheet.Cell, known, missing []string) {
	bad := &fault{code: "column-unknown", end: max(1, len(c.Text)), text: diag.Say("there is no column %s here; there are: %s",
		"die Spalte %s gibt es hier nicht; es gibt: %s", quoted(c.Text), strings.Join(known, ", "))}
	if c.Text == "" {
		bad.text = diag.Say("this column has no name; there are: %s",
			"diese Spalte hat keinen Namen; es gibt: %s", strings.Join(known, ", "))
	}
	near := slices.DeleteFunc(slices.Clone(missing), func(name string) bool { return !sheet.SameName(c.Text, name) })
	if len(near) == 0 {
		near = diag.Nearest(strings.ToLower(c.Text), missing)
	}
	if len(near) == 0 {
		near = missing
	}
	if len(near) == 0 {
		near = diag.Nearest(c.Text, known)
	}
	for _, name := range near {
		if sheet.SameName(c.Text, name) {
			bad.write = name
			bad.ways = append(bad.ways, englishForm.fixWay(name)...)
		} else {
			bad.ways = append(bad.ways, writeWay(name))
		}
	}
	bad.ways = append(bad.ways, diag.Say("delete the column, or describe it in the YAML file of the same name",
		"löschen Sie die Spalte, oder beschreiben Sie sie in der YAML-Datei gleichen Namens"))
	l.fault(inCell(c), bad)
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
		optional = append(optional, "label."+lang, "noun."+lang, "short."+lang, "note."+lang)
	}
	if d.root == nil && !hasName(s.Header, "id") {
		if d.broken {
			return // what describes it is there, but could not be read
		}
		l.set.incomplete = true
		yaml := path.Base(strings.TrimSuffix(s.Path, ".csv")) + ".yaml"
		l.add("csv-undescribed", diag.File(s.Path), diag.Say("this table belongs to no figures yet",
			"diese Tabelle gehört noch zu keiner Kennzahl"),
			diag.Say("if it holds new values of figures that there are already: bilanz import %s, then delete it here",
				"stehen darin neue Werte von Kennzahlen, die es schon gibt: bilanz import %s; "+
					"löschen Sie sie danach hier",
				s.Path),
			diag.Say("describe it in a file %s beside it, which begins with table: or series:",
				"beschreiben Sie sie daneben in einer Datei %s, die mit table: oder series: beginnt", yaml),
			diag.Say("for a list of figures, name the columns id and value",
				"für eine Liste von Kennzahlen nennen Sie die Spalten id und value"))
		return
	}
	if !l.knownColumns(s, []string{"id", "value"}, optional) {
		l.set.incomplete = true
		return
	}
	for _, cells := range s.Rows {
		l.declareRow(d, cells)
	}
}

func (l *loader) declareRow(d *document, cells []sheet.Cell) {
	get := byColumn(d.sheet, cells)
	id := inCell(&cells[d.sheet.Column("id")])
	if bad := idFault(id.text); bad != nil {
		l.fault(id, bad)
		return
	}
	value := inCell(&cells[d.sheet.Column("value")])
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
			l.fault(s, &fault{code: "decimals-range", end: len(s.text), text: diag.Say("decimals is a number from 0 to 6",
				"decimals ist eine Zahl von 0 bis 6")})
		} else {
			f.Decimals = int(s.text[0] - '0')
		}
	}
	l.cellValue(f, &cells[d.sheet.Column("value")], d.form())
	l.spellCell(f, &cells[d.sheet.Column("value")], d, "")
	if f.spelt != nil {
		f.spelt.named = func(column string) *sheet.Cell {
			if i := d.sheet.Column(column); i >= 0 {
				return &cells[i]
			}
			return nil
		}
	}
}

// cellValue reads the value in a cell.
func (l *loader) cellValue(f *Figure, c *sheet.Cell, how form) {
	bad := emptyCell()
	switch meant := sheet.Meant(c.Text); {
	case meant != "":
		bad = &fault{code: "value-unreadable", end: len(c.Text),
			text: diag.Say("%s is how some programs write a number",
				"%s schreiben manche Programme für eine Zahl", c.Text)}
		bad = rewritten(bad, meant, how, f.Unit)
		if strings.Contains(c.Text, `"`) { // which the file writes in another way, so that nobody else can mend it
			bad.write, bad.ways = "", []diag.Text{writeWay(meant)}
		}
	case c.Text != "":
		l.value(f, inCell(c), how)
		return
	}
	f.Value.Broken = true
	l.fault(inCell(c), bad)
}

func (l *loader) rowTexts(f *Figure, id said, get func(string) said) {
	for _, lang := range l.o.Langs {
		if label := get("label." + lang); label.is() {
			f.Label[lang] = label.text
		}
	}
	if len(f.Label) == 0 {
		l.add("label-missing", id.place(), diag.Say("%s has no label for readers",
			"%s hat keine Bezeichnung für Leserinnen und Leser", f.Named()),
			diag.Say("add a column for each language: label.en, for example",
				"ergänzen Sie eine Spalte je Sprache: zum Beispiel label.de"))
	}
	for _, lang := range l.o.Langs {
		l.needLang(len(f.Label) > 0 && f.Label[lang] == "", lang, id.place(), labelOf(f.ID))
		if note := get("note." + lang); note.is() {
			f.Notes = append(f.Notes, Passage{Lang: lang, Text: note.text, Place: note.at})
		}
	}
	f.Noun, f.Short = l.rowNames("noun.", nounOf(f.ID), id, get), l.rowNames("short.", shortOf(f.ID), id, get)
	if len(f.Notes) > 0 {
		for _, lang := range l.o.Langs {
			if _, ok := In(f.Notes, lang); !ok {
				l.needLang(true, lang, id.place(), noteOf(f.ID))
			}
		}
	}
}

// rowNames reads a name that a row may do without, but not in some of the languages only.
func (l *loader) rowNames(key string, what worded, id said, get func(string) said) Text {
	var names Text
	for _, lang := range l.o.Langs {
		if name := get(key + lang); name.is() {
			if names == nil {
				names = Text{}
			}
			names[lang] = name.text
		}
	}
	if names == nil {
		return nil
	}
	for _, lang := range l.o.Langs {
		l.needLang(names[lang] == "", lang, id.place(), what)
	}
	l.lend(names)
	return names
}
