package figure

import (
	"maps"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// spelling is how a value stands in its file, kept where it is to be typed anew.
type spelling struct {
	langs []string
	keys  *schema.Node // of the figure, or of the file that describes its table or series; nil for a row of a list
	value *schema.Node // what stands behind "value:"; nil where there is none, and in cells
	cell  *sheet.Cell  // nil in YAML

	form   form                            // of a cell
	column *valueColumn                    // of a table
	words  *cellWords                      // of a table
	named  func(column string) *sheet.Cell // of a row of a list: the cell below a column's name
	note   string                          // the name of a cell or date under "notes:"
}

// Takes reads a value that is to stand in place of the one of the figure, written as in
// YAML: "416374", "more than 170", "confidential".
func (f *Figure) Takes(value string) (Value, *diag.Diagnostic) {
	v, bad := parseValue(value, englishForm, f.takenUnit())
	if bad == nil {
		return v, nil
	}
	d := bad.at(f.ValueAt)
	if bad.write != "" { // "bilanz fix" mends what stands in a file
		d.Ways = []diag.Text{writeWay(value[:bad.start] + bad.write)}
	}
	d.About = []string{f.ID}
	return Value{}, &d
}

// takenUnit is the unit that limits the decimals of a value: of a cell of a table every digit
// is kept.
func (f *Figure) takenUnit() *Unit {
	if f.Cell != nil {
		return nil
	}
	return f.Unit
}

// IsInOldFile reports whether the value stands in a file in an old encoding, which stays as its
// program wrote it.
func (f *Figure) IsInOldFile() bool {
	return f.spelt != nil && f.spelt.cell != nil && f.spelt.cell.InOldEncoding()
}

// Retype gives the edit by which the file of the figure says another value, which it Takes.
// It reports false for what is computed, for cells of workbooks and of files in old encodings,
// and where the file says the value in another way than it is read.
func (f *Figure) Retype(value string) (diag.Edit, bool) {
	s := f.spelt
	v, bad := f.Takes(value)
	if s == nil || bad != nil || f.Formula != "" {
		return diag.Edit{}, false
	}
	if v.Reason != "" {
		value = string(v.Reason)
	}
	switch {
	case s.value != nil:
		return s.value.Rewrite(value)
	case s.cell == nil:
		return s.keys.Insert(FigureKeys, "value", value)
	}
	for _, text := range s.written(v, value) {
		if s.says(f, text, v) {
			return s.cell.Rewrite(text)
		}
	}
	return diag.Edit{}, false
}

// written are the ways in which a cell may say a value, the one nearest to what stands there
// first: with its marks, and with the same signs between groups of three digits.
func (s *spelling) written(v Value, value string) []string {
	words := []string{inForm(value, s.form)}
	if s.column == nil {
		return words
	}
	words = []string{inForm(value, s.column.form)}
	if v.Reason != "" {
		for _, word := range sortedKeys(s.words.missing) {
			if s.words.missing[word] == v.Reason {
				words = append([]string{word}, words...)
			}
		}
	}
	_, number, _, ok := s.words.unmarked(s.cell.Text, s.column)
	if !ok {
		return words
	}
	var all []string
	for _, word := range words {
		if v.Exact() {
			all = append(all, strings.Replace(s.cell.Text, number, regrouped(word, number, s.column.form), 1))
		}
		all = append(all, strings.Replace(s.cell.Text, number, word, 1))
	}
	return append(all, words...)
}

// regrouped writes a number with the signs between groups that another has.
func regrouped(number, like string, f form) string {
	like, _, _ = strings.Cut(strings.TrimLeft(like, "+-−"), f.decimal)
	at := strings.IndexFunc(like, func(r rune) bool { return r < '0' || r > '9' })
	if at < 0 {
		return number
	}
	sign := string([]rune(like[at:])[0])
	whole, fraction, has := strings.Cut(number, f.decimal)
	minus := len(whole) - len(strings.TrimPrefix(whole, "-"))
	for i := len(whole) - 3; i > minus; i -= 3 {
		whole = whole[:i] + sign + whole[i:]
	}
	if has {
		whole += f.decimal + fraction
	}
	return whole
}

// says reports whether a text in the cell would be read as a value, and mean the same beside
// it: as settled as before, with the same footnote.
func (s *spelling) says(f *Figure, text string, v Value) bool {
	read := func(text string) *Figure {
		l := &loader{list: &diag.List{}}
		as := &Figure{ID: f.ID, Unit: f.Unit}
		cell := *s.cell
		cell.Text = text
		if s.column == nil {
			value, bad := parseValue(text, s.form, f.Unit)
			as.Value, as.Value.Broken = value, bad != nil || sheet.Meant(text) != ""
			return as
		}
		l.tableValue(as, &cell, s.column, s.words)
		return as
	}
	now, before := read(text), read(s.cell.Text)
	same := now.Status == before.Status && now.Footnote == before.Footnote
	return now.Value.Same(v) && (same || before.Value.Broken || v.Reason != "")
}

// Same reports whether two values say the same.
func (v Value) Same(w Value) bool {
	if v.Broken || w.Broken || v.Reason != w.Reason || v.Bound != w.Bound || (v.Number == nil) != (w.Number == nil) {
		return false
	}
	return v.Number == nil || v.Number.Cmp(w.Number) == 0
}

// Renote gives the edits by which files say other notes, by id and language. Those of
// languages that are not named stay. For the figures in refused there is no room: they stand
// in a list without columns for notes.
func (s *Set) Renote(notes map[string]map[string]string) (edits []diag.Edit, refused []*Figure) {
	merged, of := map[*spelling]map[string]string{}, []*Figure{} // a series and its last date have one note
	for _, id := range sortedKeys(notes) {
		f := s.figures[id]
		if f.spelt == nil {
			refused = append(refused, f)
			continue
		}
		if merged[f.spelt] == nil {
			merged[f.spelt] = map[string]string{}
			of = append(of, f)
		}
		maps.Copy(merged[f.spelt], notes[id])
	}
	first := map[*schema.Node]map[string]map[string]string{} // of tables and series that have no notes yet
	langs := s.o.Langs
	for _, f := range of {
		at := f.spelt
		if at.note != "" && at.keys != nil && keyOfNode(at.keys, "notes") == nil {
			if first[at.keys] == nil {
				first[at.keys] = map[string]map[string]string{}
			}
			first[at.keys][at.note] = merged[at]
			continue
		}
		its, ok := at.renote(merged[at])
		if !ok {
			refused = append(refused, f)
			continue
		}
		edits = append(edits, its...)
	}
	for _, f := range of {
		its := first[f.spelt.keys]
		if its == nil {
			continue
		}
		delete(first, f.spelt.keys)
		if e, ok := f.spelt.keys.InsertMapOfTexts(TableKeys(), "notes", langs, its); ok {
			edits = append(edits, e)
		} else {
			refused = append(refused, f)
		}
	}
	return edits, refused
}

// renote writes notes where there are some already, or at a figure that has its own keys.
func (s *spelling) renote(notes map[string]string) ([]diag.Edit, bool) {
	switch {
	case s.named != nil:
		return s.noteCells(notes)
	case s.note == "":
		return s.noteIn(s.keys, FigureKeys, "note", notes)
	case s.keys == nil:
		return nil, false
	}
	all := keyOfNode(s.keys, "notes")
	var keys schema.Keys // in the order of the file, so that a new one stands behind all
	for _, e := range all.Entries() {
		keys = append(keys, schema.Key{Name: e.Key})
	}
	return s.noteIn(all, append(keys, schema.Key{Name: s.note}), s.note, notes)
}

// noteIn writes notes under a key of a mapping.
func (s *spelling) noteIn(of *schema.Node, keys schema.Keys, key string, notes map[string]string) ([]diag.Edit, bool) {
	n := keyOfNode(of, key)
	if n == nil {
		e, ok := of.InsertTexts(keys, key, s.langs, notes)
		return []diag.Edit{e}, ok
	}
	var edits []diag.Edit
	for _, lang := range sortedKeys(notes) {
		if n.IsScalar() {
			e, ok := n.Rewrite(notes[lang])
			return []diag.Edit{e}, ok && len(s.langs) == 1
		}
		set := n.Set(langKeys(s.langs, schema.Text, nil), lang, notes[lang])
		if len(set) == 0 {
			return nil, false
		}
		set[0].Choice = false // the person chose
		edits = append(edits, set[0])
	}
	return edits, true
}

// noteCells writes notes into the cells of a row.
func (s *spelling) noteCells(notes map[string]string) ([]diag.Edit, bool) {
	var edits []diag.Edit
	for _, lang := range sortedKeys(notes) {
		cell := s.named("note." + lang)
		if cell == nil {
			return nil, false
		}
		e, ok := cell.Rewrite(notes[lang])
		if !ok {
			return nil, false
		}
		edits = append(edits, e)
	}
	return edits, true
}

func keyOfNode(n *schema.Node, key string) *schema.Node {
	entries := n.Entries()
	if i := slices.IndexFunc(entries, func(e schema.Entry) bool { return e.Key == key }); i >= 0 {
		return entries[i].Value
	}
	return nil
}

// spellKeys keeps how a figure in YAML is typed.
func (l *loader) spellKeys(f *Figure, keys, value *schema.Node) {
	if l.o.Retype {
		f.spelt = &spelling{langs: l.o.Langs, keys: keys, value: value}
	}
}

// spellCell keeps how a figure in a cell is typed, under a name that notes may have.
func (l *loader) spellCell(f *Figure, cell *sheet.Cell, d *document, note string) {
	if l.o.Retype {
		f.spelt = &spelling{langs: l.o.Langs, keys: d.root, cell: cell, form: d.form(), note: note}
	}
}

// ReasonIn says in a language, in the words that readers see, why there is no value.
func ReasonIn(l *locale.Lang, reason Reason) string { return reasonWord(l, reason) }

// ReasonMeant finds the reason that people mean by words in German.
func ReasonMeant(words string) (Reason, bool) {
	reason, ok := germanReasons[strings.ToLower(words)]
	return reason, ok
}
