package figure

import (
	"slices"
	"strconv"
	"strings"

	"bilanz/internal/calendar"
	"bilanz/internal/diag"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// tableColumn is a column of the file whose cells are figures, as the author describes it;
// where its name holds *, it stands for several.
type tableColumn struct {
	head     string
	at       diag.Place
	column   int // in the table
	attrs    attrs
	footnote *Footnote
	decimals *schema.Node
	says     []sayAt
	unnamed  bool // its label was refused
}

// sayAt is what a column says of itself: its place in a dimension that has no column of its
// own, or, where that is nil, its time.
type sayAt struct {
	dimension *dimension
	said      said
}

// valueColumn is one column of the file whose cells are figures.
type valueColumn struct {
	*tableColumn
	index int           // in the file
	keys  map[int]*key  // by dimension: what it says of those without a column
	span  calendar.Span // none where a column of the file says it
	form  form          // how its numbers are written
	real  bool          // a sign before three digits is a decimal sign here, since others are
}

// readColumns reads columns:, and finds them in the file.
func (t *tableReader) readColumns() bool {
	columns := t.d.fields.Get("columns")
	if columns == nil {
		return false
	}
	ok := true
	for _, n := range columns.Values() {
		fields, fits := n.Fields(ColumnKeys, t.l.list)
		if !fits || !t.readColumn(n, fields) {
			ok = false
		}
	}
	t.nameColumns()
	for i, c := range t.table.Columns {
		at := slices.IndexFunc(t.columns, func(c *tableColumn) bool { return c.column == i })
		if at >= 0 {
			t.l.beside("columns "+t.table.ID, brief{c.ID, c.Short, c.Label, t.columns[at].at})
		}
	}
	return ok && t.sayAll()
}

func (t *tableReader) readColumn(n *schema.Node, fields schema.Fields) bool {
	id, at := proposeSegment(n.Key()), n.KeyPlace()
	if own := fields.Get("id"); own != nil {
		id, at = own.String(), own.Place()
	}
	if !validSegment(id) {
		bad := segmentFault(id)
		if fields.Get("id") == nil {
			bad = segmentFault(n.Key())
			bad.ways = []diag.Text{diag.Say("give it an id: %s: {id: …}", "geben Sie ihr eine Kennung: %s: {id: …}",
				schema.Written(n.Key()))}
		}
		t.l.add(bad.code, at, bad.text, bad.ways...)
		return false
	}
	if slices.ContainsFunc(t.dims, func(d *dimension) bool { return d.head == n.Key() }) {
		t.l.add("column-twice", n.KeyPlace(), diag.Say("the column %s names a row already",
			"die Spalte %s benennt schon eine Zeile", n.Key()), deleteOneWay())
		return false
	}
	a := t.l.inherit(t.d.common, of(fields))
	a.refused = a.refused || refusedAny(fields) || n.IsEmpty()
	c := &tableColumn{head: n.Key(), at: n.KeyPlace(), attrs: a, decimals: fields.Get("decimals"), unnamed: fields.Has("label")}
	c.column = t.columnOf(id, n, fields, a)
	t.formerColumns[c.column] = append(t.formerColumns[c.column], t.l.formers(fields.Get("formerly"), segmentFault)...)
	t.table.Columns[c.column].Unit = a.unit
	c.footnote = t.l.footnote(inYAML(fields.Get("footnote")))
	t.readAt(c, fields)
	t.columns = append(t.columns, c)
	return true
}

// columnOf finds the column of the table that a column of the file belongs to: several
// have one id where they differ in what they say under at:.
func (t *tableReader) columnOf(id string, n *schema.Node, fields schema.Fields, a attrs) int {
	label := fields.Get("label")
	at := slices.IndexFunc(t.table.Columns, func(c Column) bool { return c.ID == id })
	if at < 0 {
		at = len(t.table.Columns)
		t.table.Columns = append(t.table.Columns, Column{ID: id, Head: n.Key()})
		t.needColumn(n, fields, a)
	}
	if c := &t.table.Columns[at]; len(c.Label) == 0 && label != nil {
		c.Label = t.l.texts(label, labelOf(id))
	}
	if c := &t.table.Columns[at]; c.Noun == nil && c.Short == nil {
		c.Noun = t.l.optional(fields.Get("noun"), nounOf(id))
		c.Short = t.l.optional(fields.Get("short"), shortOf(id))
	}
	return at
}

// nameColumns gives a column of which the author says no name that of the file, in the
// language that the file is written in.
func (t *tableReader) nameColumns() {
	for i := range t.table.Columns {
		column := &t.table.Columns[i]
		at := slices.IndexFunc(t.columns, func(c *tableColumn) bool { return c.column == i })
		if at < 0 || len(column.Label) > 0 || t.columns[at].unnamed {
			continue
		}
		first := t.columns[at]
		column.Label = Text{t.labelsIn: first.head}
		for _, lang := range t.l.o.Langs {
			t.l.needLang(lang != t.labelsIn, lang, first.at, labelOf(first.head))
		}
		t.l.lend(column.Label)
	}
}

// needColumn says what the figures of a column lack.
func (t *tableReader) needColumn(n *schema.Node, fields schema.Fields, a attrs) {
	if a.refused {
		return
	}
	if t.table.Timed || fields.Has("time") || fields.Has("at") {
		a.asOfSet = true // the time of each is said elsewhere
	}
	t.l.needAll(&Figure{ID: t.table.ID + " (" + n.Key() + ")", IDAt: n.KeyPlace(),
		Unit: a.unit, Period: a.period, Source: a.source}, a)
}

// readAt reads what a column says of itself: its time, and its place in dimensions that
// have no column of their own.
func (t *tableReader) readAt(c *tableColumn, fields schema.Fields) {
	if when := fields.Get("time"); when != nil {
		c.says = append(c.says, sayAt{said: inYAML(when)})
	}
	at := fields.Get("at")
	if at == nil {
		return
	}
	for _, value := range at.Values() {
		if value.Key() == "time" {
			t.table.Timed = true
			c.says = append(c.says, sayAt{said: inYAML(value)})
			continue
		}
		d := t.dimension(value.Key())
		switch bad := segmentFault(value.Key()); {
		case d == nil && bad != nil:
			t.l.add(bad.code, value.KeyPlace(), bad.text, bad.ways...)
			continue
		case d == nil:
			d = &dimension{id: value.Key(), at: value.KeyPlace()}
			t.addDimension(d)
		case d.head != "":
			t.l.add("at-column", value.KeyPlace(),
				diag.Say("%s is a column of the file already, so no other column can say it",
					"%s ist schon eine Spalte der Datei; keine andere kann es sagen", d.id),
				diag.Say("delete it here", "löschen Sie es hier"))
			continue
		}
		c.says = append(c.says, sayAt{d, inYAML(value)})
	}
}

// sayAll says which columns keep silent about a dimension of which others speak.
func (t *tableReader) sayAll() bool {
	ok := true
	for _, d := range t.dims {
		for _, c := range t.columns {
			if d.head != "" || slices.ContainsFunc(c.says, func(s sayAt) bool { return s.dimension == d }) {
				continue
			}
			ok = false
			t.l.add("at-missing", c.at, diag.Say("this column does not say its %s, as others do",
				"diese Spalte sagt nicht wie andere, was ihr %s ist", d.id),
				diag.Say("add at: {%s: …}", "ergänzen Sie at: {%s: …}", d.id))
		}
	}
	return ok
}

// findColumns finds the columns of figures in the file, each of those that a name with *
// stands for.
func (t *tableReader) findColumns() {
	for _, c := range t.columns {
		for i, cell := range t.under.Header {
			if !sheet.Matches(c.head, cell.Text) {
				continue
			}
			v := &valueColumn{tableColumn: c, index: i, keys: map[int]*key{}, form: t.d.form()}
			if t.resolve(v, &t.under.Header[i]) {
				t.values = append(t.values, v)
			} else {
				t.holes = true
			}
			if !strings.Contains(c.head, "*") {
				break
			}
		}
	}
	for _, v := range t.values {
		v.real = t.hasDecimals(v)
	}
}

// resolve reads what one column of the file says of itself. In that, * stands for what it
// stands for in the name of the column; *1 and *2 where there are several in the name.
func (t *tableReader) resolve(v *valueColumn, cell *sheet.Cell) bool {
	stars := sheet.Stars(v.head, cell.Text)
	for _, say := range v.says {
		s := say.said
		if strings.Contains(s.text, "*") {
			s = said{text: withStars(s.text, stars), cell: cell}
		}
		if say.dimension == nil {
			span, ok := t.timeOf(s)
			if !ok {
				return false
			}
			v.span = span
			continue
		}
		k := t.keyOf(say.dimension, s)
		if k == nil {
			return false
		}
		v.keys[slices.Index(t.dims, say.dimension)] = k
	}
	return true
}

// withStars writes for each * what it stands for.
func withStars(text string, stars []string) string {
	if len(stars) > 1 {
		for i, star := range stars {
			text = strings.ReplaceAll(text, "*"+strconv.Itoa(i+1), star)
		}
		return text
	}
	return strings.Replace(text, "*", strings.Join(stars, ""), 1)
}

// hasDecimals reports whether a column holds a number whose decimals nobody can take for a
// group of three digits, so that 1.234 among them is no thousand.
func (t *tableReader) hasDecimals(v *valueColumn) bool {
	return slices.ContainsFunc(t.under.Rows, func(row []sheet.Cell) bool {
		_, decimals, ok := cutNumber(row[v.index].Text, v.form.decimal)
		return ok && decimals > 0 && decimals != 3
	})
}
