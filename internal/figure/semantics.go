package figure

import (
	"math/big"
	"slices"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// Base is what the shares of a table's values are shares of.
type Base struct {
	Answers bool    // the sum of the values that are shown together
	Figure  *Figure // else one figure; nil where the table has no base
}

// Of is the base of values that are shown together; false where there is none, or where
// one of them has no plain number.
func (b Base) Of(values []*Figure) (*big.Rat, bool) {
	switch {
	case b.Answers:
		return addUp(values)
	case b.Figure != nil && b.Figure.Value.Exact():
		return b.Figure.Value.Number, true
	}
	return nil, false
}

// LeftOut is what of a file does not become a figure of a table, for whoever asks.
type LeftOut struct {
	File    string
	Above   int      // rows above the names of the columns
	Notes   []string // texts for readers between or below the rows
	Columns []string // that nobody names
	Rows    int      // that where: and except: leave out
	Hidden  []string // rows, columns and sheets that are hidden, but were read

	Inferred []Inferred
}

// Inferred is what readers can infer of several values that are not shown.
type Inferred struct {
	Hidden []*Figure
	Sum    *big.Rat
	Whole  *Figure
}

// answers is the word for a base that is the sum of the values.
const answers = "answers"

// settleBases finds the figures that are bases of tables.
func (l *loader) settleBases() {
	for _, b := range l.bases {
		id := b.said.text
		if f := l.set.figures[id]; f != nil {
			b.table.Base.Figure = f
		} else if !l.set.incomplete {
			l.fault(b.said, l.set.unknown(id, 0))
		}
	}
}

type pendingBase struct {
	table *Table
	said  said
}

// readBase reads what shares are shares of.
func (t *tableReader) readBase() {
	n := t.d.fields.Get("base")
	switch {
	case n == nil:
	case n.String() == answers:
		t.table.Base.Answers = true
	default:
		t.l.bases = append(t.l.bases, pendingBase{t.table, inYAML(n)})
	}
}

// readPartsAre reads what the rows of each dimension are to its total, or to each other.
func (t *tableReader) readPartsAre() {
	for d, n := range t.byDimension("parts_are", schema.Text) {
		if are := PartsAre(n.String()); slices.Contains(partsWords, string(are)) {
			t.partsAre[d] = are
			continue
		}
		bad := &fault{code: "value-unknown", end: len(n.String()),
			text: diag.Say("%s does not say what parts are; these do: complete, a selection, overlapping",
				"%s sagt nicht, was Teile sind; das tun: complete, a selection, overlapping", quoted(n.String()))}
		for _, near := range diag.Nearest(n.String(), partsWords) {
			bad.ways = append(bad.ways, writeWay(near))
		}
		t.l.fault(inYAML(n), bad)
	}
}

var partsWords = []string{string(Complete), string(Selection), string(Overlapping)}

// checkCells holds the cells of a total against it, by what they are to it.
func (t *tableReader) checkCells(d *dimension, whole *Figure, parts []*Figure) {
	switch t.partsAre[d] {
	case Overlapping:
		for _, part := range parts {
			if part.Value.Exact() && whole.Value.Exact() && part.Value.Number.Cmp(whole.Value.Number) > 0 {
				t.l.list.Add(partExceeds(part, whole))
			}
		}
	case Selection:
		if sum, exact := addUp(parts); exact && whole.Value.Exact() && sum.Cmp(whole.Value.Number) > 0 {
			t.l.checkTotal(whole, parts)
		}
	default:
		t.l.checkTotal(whole, parts)
		t.disclosed(whole, parts)
	}
}

// disclosed looks for values that are not shown but can be computed: the only one beside a
// total. Of several only their sum can.
func (t *tableReader) disclosed(whole *Figure, parts []*Figure) {
	var hidden, shown []*Figure
	for _, part := range parts {
		if part.Value.Reason == Confidential {
			hidden = append(hidden, part)
		} else {
			shown = append(shown, part)
		}
	}
	sum, exact := addUp(shown)
	if len(hidden) == 0 || !exact || !whole.Value.Exact() {
		return
	}
	left := new(big.Rat).Sub(whole.Value.Number, sum)
	if len(hidden) > 1 {
		t.table.Left.Inferred = append(t.table.Left.Inferred, Inferred{hidden, left, whole})
		return
	}
	t.l.list.Add(diag.Diagnostic{Code: "cell-disclosed", Place: hidden[0].ValueAt, About: []string{hidden[0].ID},
		Text: diag.Say("%s is confidential, but everybody can compute it: the total minus the others",
			"%s ist vertraulich, aber alle können den Wert ausrechnen: die Summe minus die anderen", hidden[0].Named()),
		Notes: []diag.Note{{Place: whole.ValueAt, Text: diag.Say("the total is here", "die Summe steht hier")}},
		Ways: []diag.Text{diag.Say("make a second value beside it confidential, or the total",
			"machen Sie einen zweiten Wert daneben vertraulich, oder die Summe"),
			diag.Say("leave the total out: except:", "lassen Sie die Summe weg: except:")}})
}

// mostNamed is how many cells of a table may be figures.
const mostNamed = 100_000

// tooMany says once that a table names more cells than anybody can cite.
func (t *tableReader) tooMany() bool {
	t.named++
	if t.named == mostNamed+1 {
		t.holes = true
		t.l.add("table-large", t.d.fields.KeyPlace("table"),
			diag.Say("the table %s names more than 100,000 cells", "die Tabelle %s nennt mehr als 100.000 Zellen",
				t.table.ID),
			diag.Say("choose the rows that the site needs: where: or except:",
				"wählen Sie die Zeilen, die die Website braucht: where: oder except:"),
			diag.Say("name fewer columns", "nennen Sie weniger Spalten"))
	}
	return t.named > mostNamed
}

// longID says once that ids of cells are too long to be cited.
func (t *tableReader) longID(id string, cell *sheet.Cell) bool {
	if len(id) <= longestID {
		return false
	}
	if !t.saidLong {
		t.saidLong = true
		bad := &fault{code: "id-form", end: len(cell.Text),
			text: diag.Say("the id of this cell would have more than %d letters: %s",
				"die Kennung dieser Zelle hätte mehr als %d Zeichen: %s", longestID, id)}
		if len(t.dims) > 0 {
			bad.ways = []diag.Text{diag.Say("choose shorter ones in %[1]s: ids: {%[2]s: {…: …}}",
				"wählen Sie kürzere in %[1]s: ids: {%[2]s: {…: …}}", t.d.path, t.dims[0].id)}
		} else {
			bad.ways = []diag.Text{diag.Say("choose a shorter one in %s: columns: {…: {id: …}}",
				"wählen Sie eine kürzere in %s: columns: {…: {id: …}}", t.d.path)}
		}
		t.l.fault(inCell(cell), bad)
	}
	t.holes = true
	return true
}

// leftOut notes what of the file is no figure.
func (t *tableReader) leftOut() {
	left := &t.table.Left
	left.File, left.Above, left.Hidden = t.under.Path, t.under.Above, t.book.Hidden()
	for _, note := range t.under.Notes {
		left.Notes = append(left.Notes, note.Text)
	}
	for i, head := range t.under.Header {
		if head.Text != "" && !t.reads(i) {
			left.Columns = append(left.Columns, sheet.OneLine(head.Text))
		}
	}
}

// reads reports whether a column of the file is named.
func (t *tableReader) reads(column int) bool {
	return slices.ContainsFunc(t.when, func(c timeColumn) bool { return c.index == column }) ||
		column == t.words.statusCol ||
		slices.ContainsFunc(t.dims, func(d *dimension) bool { return d.index == column && d.head != "" }) ||
		slices.ContainsFunc(t.values, func(v *valueColumn) bool { return v.index == column }) ||
		slices.ContainsFunc(slices.Concat(t.where, t.except), func(f filter) bool { return f.index == column })
}
