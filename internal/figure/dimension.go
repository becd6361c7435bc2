package figure

import (
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// dimension is what tells the cells of a table apart besides their column and their time:
// a column of the file whose texts name the rows, or words that columns say of themselves.
type dimension struct {
	id      string
	head    string // of the column of the file; "" where only columns say it, under at:
	at      diag.Place
	index   int             // of the column in the file
	empty   *key            // what an empty cell stands for; nil where it stands for nothing
	ordered bool            // the order of its keys means something
	same    bool            // its names are the same in all languages
	ids     map[string]said // ids that the author chose, by text
	labels  map[string]Text // names that the author gave, by text or id
	nouns   map[string]Text // words for a sentence that the author gave, likewise
	shorts  map[string]Text // short names, likewise
	named   []string        // what those are for, in the order of the file
	namedAt []diag.Place    // and where
	keys    map[string]*key // all keys met, by text; nil for one that is refused
	texts   map[string]said // by id: the text that has it
	order   []*key          // in the order of the file

	formerly   map[string][]former // what keys were once called, by what they are called now
	formerlyAt []*schema.Node      // where that is said

	keyed bool // some of its names are keys, of which labels: gives the words
}

// key is one value of a dimension.
type key struct {
	id    string
	label Text
	noun  Text // nil for none
	short Text // nil for none
}

// dimensionKeys are what an author may say of a column that names rows.
var dimensionKeys = schema.Keys{
	{Name: "id", Kind: schema.Text, Pattern: partPattern, Form: "place", Doc: "Its name in ids, blocks and labels."},
	{Name: "empty", Kind: schema.Mapping, Doc: "What an empty cell stands for.", Keys: schema.Keys{
		{Name: "id", Kind: schema.Text, Required: true, Pattern: partPattern, Form: "all", Doc: "Its key."},
		{Name: "label", Kind: schema.Texts, Required: true, Form: "{en: All, de: Alle}", Doc: "Its name."},
	}},
	{Name: "ordered", Kind: schema.Bool, Doc: "The order of its keys in the file means something: ages, say."},
	{Name: "formerly", Kind: schema.Map, Of: oneList, Form: "{central: main}",
		Doc: "What keys were once called, by what they are called now; old ids keep leading to the cells."},
}

// readDimensions reads rows: a column, a list of columns, or columns with what is said of
// each; then the dimensions of which only columns speak. A table in which time alone tells
// the rows apart has none.
func (t *tableReader) readDimensions() bool {
	rows := t.d.fields.Get("rows")
	if rows == nil {
		if t.table.Timed || t.d.fields.Faulty("rows") {
			return t.table.Timed
		}
		t.l.add("key-missing", t.d.fields.Place(), diag.Say("rows: is missing here", "rows: fehlt hier"),
			diag.Say("add rows: [place, medium], the columns that name a row",
				"ergänzen Sie rows: [place, medium], die Spalten, die eine Zeile benennen"),
			diag.Say("if only the time tells the rows apart, add time: Year",
				"unterscheidet nur die Zeit die Zeilen, ergänzen Sie time: Jahr"))
		return false
	}
	if rows.IsMapping() {
		for _, n := range rows.Values() {
			t.describedDimension(n)
		}
	} else {
		for _, n := range itemsOf(rows) {
			if head, ok := n.Scalar(t.l.list); ok && head != "" {
				t.addDimension(&dimension{id: proposeSegment(head), head: head, at: n.Place()})
			}
		}
	}
	if len(t.dims) == 0 {
		t.l.add("rows-missing", t.d.fields.KeyPlace("rows"), diag.Say("rows names no column",
			"rows nennt keine Spalte"),
			diag.Say("write the columns that name a row: rows: [place, medium]",
				"schreiben Sie die Spalten, die eine Zeile benennen: rows: [place, medium]"))
		return false
	}
	return true
}

// itemsOf are the values of a list, or the one value that stands in its place.
func itemsOf(n *schema.Node) []*schema.Node {
	if items := n.Items(); items != nil {
		return items
	}
	return []*schema.Node{n}
}

func (t *tableReader) describedDimension(n *schema.Node) {
	d := &dimension{id: proposeSegment(n.Key()), head: n.Key(), at: n.KeyPlace()}
	if n.IsEmpty() {
		t.addDimension(d)
		return
	}
	fields, ok := n.Fields(dimensionKeys, t.l.list)
	if !ok {
		return
	}
	if id := fields.Get("id"); id != nil {
		if bad := segmentFault(id.String()); bad != nil {
			t.l.fault(inYAML(id), bad)
			return
		}
		d.id = id.String()
	}
	d.ordered = t.l.isTrue(fields.Get("ordered"), false)
	t.readFormerKeys(d, fields.Get("formerly"))
	if empty := fields.Get("empty"); empty != nil {
		t.readEmpty(d, empty)
	}
	t.addDimension(d)
}

func (t *tableReader) readEmpty(d *dimension, n *schema.Node) {
	fields, ok := n.Fields(dimensionKeys[1].Keys, t.l.list)
	if !ok || fields.Get("id") == nil {
		return
	}
	if bad := segmentFault(fields.Text("id")); bad != nil {
		t.l.fault(inYAML(fields.Get("id")), bad)
		return
	}
	d.empty = &key{id: fields.Text("id"), label: t.l.texts(fields.Get("label"), labelOf(fields.Text("id")))}
}

func (t *tableReader) addDimension(d *dimension) {
	if t.dimension(d.id) != nil {
		name := d.head
		if name == "" || name != d.id {
			name = d.id
		}
		t.l.set.incomplete = true
		t.l.add("column-twice", d.at, diag.Say("the column %s names a row already",
			"die Spalte %s benennt schon eine Zeile", name), deleteOneWay())
		return
	}
	d.keys, d.texts, d.labels, d.ids = map[string]*key{}, map[string]said{}, map[string]Text{}, map[string]said{}
	if d.empty != nil {
		d.texts[d.empty.id] = said{}
	}
	t.dims = append(t.dims, d)
}

// dimension finds a dimension by its id, or by the head of its column.
func (t *tableReader) dimension(name string) *dimension {
	for _, d := range t.dims {
		if d.id == name {
			return d
		}
	}
	for _, d := range t.dims {
		if d.head == name && name != "" {
			return d
		}
	}
	return nil
}

// byDimension reads a key under which something is said of each dimension. It gives the
// dimension with what is said of it, and says which names are none.
func (t *tableReader) byDimension(name string, kind schema.Kind) func(yield func(*dimension, *schema.Node) bool) {
	return func(yield func(*dimension, *schema.Node) bool) {
		n := t.d.fields.Get(name)
		if n == nil {
			return
		}
		keys := make(schema.Keys, len(t.dims))
		for i, d := range t.dims {
			keys[i] = schema.Key{Name: d.id, Kind: kind}
			if slices.ContainsFunc(n.Values(), func(v *schema.Node) bool { return v.Key() == d.head }) {
				keys[i].Name = d.head
			}
		}
		fields, _ := n.Fields(keys, t.l.list)
		t.strange = t.strange || name == "labels" && len(fields.Names()) < len(n.Values())
		for i, d := range t.dims {
			t.strange = t.strange || name == "labels" && fields.Faulty(keys[i].Name)
			if value := fields.Get(keys[i].Name); value != nil && !yield(d, value) {
				return
			}
		}
	}
}

// readNames reads what is said of the names of the rows: labels:, ids:, same_in_all: and
// headings:.
func (t *tableReader) readNames() {
	t.strange = t.d.fields.Faulty("labels")
	for d, n := range t.byDimension("labels", schema.Map) {
		for _, word := range n.Values() {
			d.labels[word.Key()] = t.l.given(word)
			d.named = append(d.named, word.Key())
			d.namedAt = append(d.namedAt, word.KeyPlace())
			d.keyed = d.keyed || validSegment(word.Key())
		}
	}
	for d, n := range t.byDimension("noun", schema.Map) {
		d.nouns = t.namesOf(d, n, nounOf)
	}
	for d, n := range t.byDimension("short", schema.Map) {
		d.shorts = t.namesOf(d, n, shortOf)
		for _, word := range n.Values() {
			t.l.beside("keys "+t.table.ID+" "+d.id, brief{word.Key(), d.shorts[word.Key()], nil, word.KeyPlace()})
		}
	}
	for d, n := range t.byDimension("ids", schema.Map) {
		for _, word := range n.Values() {
			if bad := segmentFault(word.String()); bad != nil {
				t.l.fault(inYAML(word), bad)
				continue
			}
			d.ids[word.Key()] = inYAML(word)
		}
	}
	if n := t.d.fields.Get("same_in_all"); n != nil {
		for _, item := range itemsOf(n) {
			if d := t.dimension(item.String()); d != nil {
				d.same = true
			} else {
				t.noDimension(item)
			}
		}
	}
	t.headings = map[*dimension]Text{}
	for d, n := range t.byDimension("headings", schema.Texts) {
		t.headings[d] = t.l.texts(n, labelOf(d.id))
	}
}

// namesOf reads names of the keys of a dimension, by their texts or ids.
func (t *tableReader) namesOf(d *dimension, n *schema.Node, what func(id string) worded) map[string]Text {
	names := map[string]Text{}
	for _, word := range n.Values() {
		names[word.Key()] = t.l.texts(word, what(word.Key()))
		t.further = append(t.further, furtherName{d, word})
	}
	return names
}

// furtherName is a noun or a short name of a key.
type furtherName struct {
	dimension *dimension
	node      *schema.Node
}

// checkFurtherNames says which of them are for keys that no row has.
func (t *tableReader) checkFurtherNames() {
	for _, n := range t.further {
		name := n.node.Key()
		is := func(k *key) bool { return k.id == name }
		if t.holes || n.dimension.keys[name] != nil || slices.ContainsFunc(n.dimension.order, is) {
			continue
		}
		var keys []string
		for _, k := range n.dimension.order {
			keys = append(keys, k.id)
		}
		var ways []diag.Text
		for _, near := range diag.Nearest(name, keys) {
			ways = append(ways, diag.Say("write %s:", "schreiben Sie %s:", near))
		}
		t.l.add("value-unknown", n.node.KeyPlace(), diag.Say("no row of the table has the %s %s",
			"keine Zeile der Tabelle hat als %s %s", n.dimension.id, quoted(name)),
			append(ways, diag.Say("delete it", "löschen Sie diese Zeile"))...)
	}
}

func (t *tableReader) noDimension(n *schema.Node) {
	var known []string
	for _, d := range t.dims {
		known = append(known, d.id)
	}
	bad := &fault{code: "dimension-unknown", end: len(n.String()),
		text: diag.Say("%s names no rows of this table; these do: %s",
			"%s benennt keine Zeilen dieser Tabelle; das tun: %s", quoted(n.String()), strings.Join(known, ", "))}
	for _, near := range diag.Nearest(n.String(), known) {
		bad.ways = append(bad.ways, writeWay(near))
	}
	t.l.fault(inYAML(n), bad)
}

// keyIn is the key that a cell names.
func (t *tableReader) keyIn(d *dimension, c *sheet.Cell) *key {
	if c.IsUncomputed() {
		t.l.fault(inCell(c), unusable(c))
		return nil
	}
	return t.keyOf(d, inCell(c))
}

// keyOf is the key that a text stands for. It says once for each text what is wrong with
// it, and gives nil then.
func (t *tableReader) keyOf(d *dimension, s said) *key {
	if k, met := d.keys[s.text]; met {
		return k
	}
	k := t.newKey(d, s)
	d.keys[s.text] = k
	if k != nil {
		d.order = append(d.order, k)
	}
	return k
}

func (t *tableReader) newKey(d *dimension, s said) *key {
	if s.text == "" {
		if d.empty == nil {
			t.l.fault(s, &fault{code: "cell-empty", text: diag.Say("this row has no %s",
				"diese Zeile hat kein %s", d.head),
				ways: []diag.Text{
					diag.Say("repeat the word of the row above if it is the same",
						"wiederholen Sie das Wort der Zeile darüber, wenn es dasselbe ist"),
					diag.Say("if empty means all, say so: rows: %[1]s: {empty: {id: all, label: …}}",
						"heißt leer „alle“, schreiben Sie das dazu: rows: %[1]s: {empty: {id: all, label: …}}",
						schema.Written(d.head)),
					diag.Say("if it is no row of the table, leave it out: except: {%s: \"\"}",
						"ist es keine Zeile der Tabelle, lassen Sie sie weg: except: {%s: \"\"}",
						schema.Written(d.head)),
				}})
		}
		return d.empty
	}
	id, chosen := d.ids[s.text]
	if !chosen {
		id = said{text: proposeSegment(s.text)}
	}
	switch before, twice := d.texts[id.text]; {
	case !chosen && sheet.LooksLikeDate(s.text):
		t.l.fault(s, dateCell(s.text))
		return nil
	case id.text == "":
		t.l.fault(s, &fault{code: "key-id", end: len(s.text), text: diag.Say("of %s no id can be made",
			"aus %s lässt sich keine Kennung machen", quoted(s.text)), ways: []diag.Text{t.idWay(d, s.text)}})
		return nil
	case twice && before.text != s.text:
		t.l.list.Add(diag.Diagnostic{Code: "key-id", Place: s.place(),
			Text: diag.Say("%s and %s would both have the id %s", "%s und %s hätten beide die Kennung %s",
				quoted(s.text), quoted(before.text), id.text),
			Ways: []diag.Text{t.idWay(d, s.text), diag.Say("if both mean the same, write them alike in the file",
				"meinen beide dasselbe, schreiben Sie sie in der Datei gleich")}})
		return nil
	}
	d.texts[id.text] = s
	k := &key{id: id.text}
	if t.lacksLabel(d, id.text, s) {
		if meant := t.noLabel(d, s); meant != nil {
			return meant
		}
		return k
	}
	k.label = t.labelOf(d, id.text, s)
	k.noun, k.short = byTextOrID(d.nouns, s.text, id.text), byTextOrID(d.shorts, s.text, id.text)
	return k
}

func byTextOrID(names map[string]Text, text, id string) Text {
	if name := names[text]; name != nil {
		return name
	}
	return names[id]
}

func (t *tableReader) idWay(d *dimension, text string) diag.Text {
	return diag.Say("choose one in %[1]s: ids: {%[2]s: {%[3]s: …}}",
		"wählen Sie eine in %[1]s: ids: {%[2]s: {%[3]s: …}}",
		t.d.path, d.id, schema.Written(text))
}

// lacksLabel reports whether the author gives words to the other keys of a dimension, but
// not to this one.
func (t *tableReader) lacksLabel(d *dimension, id string, s said) bool {
	_, byText := d.labels[s.text]
	_, byID := d.labels[id]
	return !byText && !byID && (t.strange || d.keyed && id == s.text)
}

// labelOf is the name of a key for readers: what labels: says, and in the language that the
// file is written in its own text.
func (t *tableReader) labelOf(d *dimension, id string, s said) Text {
	label, at := d.labels[s.text], s.place()
	if label == nil {
		label = d.labels[id]
	}
	if i := slices.IndexFunc(d.named, func(name string) bool { return name == s.text || name == id }); i >= 0 {
		at = d.namedAt[i]
	}
	full, asWritten := Text{}, false
	for _, lang := range t.l.o.Langs {
		switch {
		case label[lang] != "":
			full[lang] = label[lang]
		case lang == t.labelsIn || d.same:
			full[lang], asWritten = sheet.OneLine(s.text), true
		}
	}
	if asWritten {
		t.l.line(sheet.OneLine(s.text), func(int, int) diag.Place { return s.place() })
	}
	for _, lang := range t.l.o.Langs {
		t.l.needLang(full[lang] == "", lang, at, labelOf(s.text))
	}
	t.l.lend(full)
	return full
}

// noLabel says that a key has no words for readers. It gives the key that may be meant,
// where a row has that.
func (t *tableReader) noLabel(d *dimension, s said) *key {
	if t.strange && len(d.labels) == 0 {
		return nil // they stand under another name, which was said
	}
	bad := &fault{code: "label-missing", end: len(s.text), text: diag.Say("%s has no label for readers",
		"%s hat keine Bezeichnung für Leserinnen und Leser", s.text)}
	var near []string
	if !t.l.list.Full(s.place().Path, bad.code) { // else nobody sees it
		near = diag.Nearest(s.text, d.named)
	}
	for _, near := range near {
		bad.ways = append(bad.ways, writeWay(near))
	}
	bad.ways = append(bad.ways, diag.Say("add it to %s under labels: %s: as %s: {en: …, de: …}",
		"ergänzen Sie sie in %s unter labels: %s: als %s: {en: …, de: …}", t.d.path, d.id, s.text))
	t.l.fault(s, bad)
	if len(near) == 0 || d.head == "" {
		return nil
	}
	for _, row := range t.under.Rows {
		if row[d.index].Text == near[0] {
			return t.keyOf(d, inCell(&row[d.index]))
		}
	}
	return nil
}

// proposeSegment makes one part of an id of any words by the rule that docs/figures.md
// gives: small letters, ä as ae, everything else a hyphen.
func proposeSegment(words string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(locale.Composed(words)) {
		plain := string(r)
		if r >= 0x80 {
			plain = locale.Plain(r)
		} else if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			plain = ""
		}
		if plain == "" {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteString(plain)
	}
	if id := b.String(); validSegment(id) {
		return id
	}
	return ""
}

// filter is what where: or except: says of one column of the file.
type filter struct {
	head  string
	at    said
	texts []string
	index int

	patterns []string // those in which * stands for any letters
}

// filters reads where: or except:.
func (t *tableReader) filters(name string) []filter {
	n := t.d.fields.Get(name)
	if n == nil {
		return nil
	}
	var all []filter
	for _, value := range n.Values() {
		f := filter{head: value.Key(), at: inYAML(value)}
		if d := t.dimension(value.Key()); d != nil && d.head != "" && d.id == value.Key() {
			f.head = d.head
		}
		for _, item := range itemsOf(value) {
			f.texts = append(f.texts, sheet.OneLine(item.String()))
		}
		all = append(all, f)
	}
	return all
}

func (f *filter) takes(row []sheet.Cell) bool {
	text := sheet.OneLine(row[f.index].Text)
	return slices.Contains(f.texts, text) ||
		slices.ContainsFunc(f.patterns, func(pattern string) bool { return sheet.Matches(pattern, text) })
}

// findPatterns takes the texts in which * stands for any letters for what they are. One
// that stands in the column as it is written is only itself: "Total*".
func (f *filter) findPatterns(rows [][]sheet.Cell) {
	for _, text := range f.texts {
		itself := func(row []sheet.Cell) bool { return sheet.OneLine(row[f.index].Text) == text }
		if strings.Contains(text, "*") && strings.Trim(text, "*") != "" && !slices.ContainsFunc(rows, itself) {
			f.patterns = append(f.patterns, text)
		}
	}
}
