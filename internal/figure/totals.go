package figure

import (
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// total is the key that marks a row as the sum of others.
type total struct {
	id   string
	said said
}

// readTotals reads which keys mark sums: by id, or by the text of the file.
func (t *tableReader) readTotals() {
	for d, n := range t.byDimension("total", schema.Text) {
		id := n.String()
		if !validSegment(id) {
			id = proposeSegment(id)
		}
		t.totals[d] = total{id, inYAML(n)}
	}
}

// checkTotals says which keys that mark a total no row has.
func (t *tableReader) checkTotals() {
	for _, d := range t.dims {
		mark, marked := t.totals[d]
		has := func(k *key) bool { return k.id == mark.id }
		if !marked || t.holes || len(t.table.Lines) == 0 || slices.ContainsFunc(d.order, has) {
			continue
		}
		var keys []string
		for _, k := range d.order {
			keys = append(keys, k.id)
		}
		bad := &fault{code: "value-unknown", end: len(mark.said.text),
			text: diag.Say("no row of the table has the %s %s",
				"keine Zeile der Tabelle hat als %s %s", d.id, quoted(mark.said.text))}
		for _, near := range diag.Nearest(mark.said.text, keys) {
			bad.ways = append(bad.ways, writeWay(near))
		}
		bad.ways = append(bad.ways, diag.Say("write the key of the row that is the sum of the others, or delete it",
			"schreiben Sie den Schlüssel der Zeile, die die Summe der anderen ist, oder löschen Sie die Angabe"))
		t.l.fault(mark.said, bad)
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

// sums checks every row that is marked as a total against the rows of the same time that
// differ from it only in that key.
func (t *tableReader) sums() {
	// By dimension: the lines that are no total in it, by their other keys.
	parts := make([]map[string][]int, len(t.dims))
	for k, d := range t.dims {
		parts[k] = map[string][]int{}
		for i, line := range t.table.Lines {
			if total := t.totals[d].id; total != "" && line.Keys[k] != total {
				parts[k][line.but(k)] = append(parts[k][line.but(k)], i)
			}
		}
	}
	for _, whole := range t.table.Lines {
		for k, d := range t.dims {
			if total := t.totals[d].id; total == "" || whole.Keys[k] != total {
				continue
			}
			for column, sum := range whole.Figures {
				if sum != nil {
					t.sum(d, sum, parts[k][whole.but(k)], column)
				}
			}
		}
	}
}

// but names a line by its time and its keys, one left out.
func (l Line) but(k int) string {
	return strings.Join(slices.Concat(l.Keys[:k], l.Keys[k+1:], []string{l.Time.ID()}), ".")
}

// sum checks one total. Of cells that nobody may add up it is no sum.
func (t *tableReader) sum(d *dimension, whole *Figure, lines []int, column int) {
	if !whole.isSum() {
		return
	}
	whole.Rounded = t.rounded
	var parts []*Figure
	for _, i := range lines {
		part := t.table.Lines[i].Figures[column]
		if part == nil {
			continue
		}
		parts = append(parts, part)
		if part.Cell.total == nil {
			part.Cell.total = whole
		}
	}
	t.checkCells(d, whole, parts)
}
