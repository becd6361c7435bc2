package figure

import (
	"cmp"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// oldID is an id that a figure once had, and where that is said.
type oldID struct {
	id     string
	figure *Figure
	at     diag.Place
}

// former is what a table, a key of its rows or a column was once called.
type former struct {
	id string
	at diag.Place
}

// formers reads such names; fault says what is wrong with one.
func (l *loader) formers(n *schema.Node, fault func(string) *fault) []former {
	if n == nil {
		return nil
	}
	var all []former
	for _, item := range n.Items() {
		id, ok := item.Scalar(l.list)
		if !ok {
			continue
		}
		if bad := fault(id); bad != nil {
			l.fault(inYAML(item), bad)
			continue
		}
		all = append(all, former{id, item.Place()})
	}
	return all
}

// formerly reads the old ids of a figure; settleFormerly says which are taken.
func (l *loader) formerly(f *Figure, n *schema.Node) []string {
	var old []string
	for _, was := range l.formers(n, idFault) {
		old = append(old, was.id)
		l.set.oldIDs = append(l.set.oldIDs, oldID{was.id, f, was.at})
	}
	return old
}

// settleFormerly makes old ids lead to their figures. What is wrong with those of a table's
// cells is said once, at the word that they have in common.
func (l *loader) settleFormerly() {
	said := map[diag.Place]bool{}
	for _, old := range l.set.oldIDs {
		f, taken := l.set.figures[old.id]
		switch {
		case taken && !said[old.at]:
			said[old.at] = true
			l.list.Add(formerlyTaken(old, f))
		case taken || said[old.at]:
		case l.first("formerly", old.id, old.at, diag.Say("%s leads to two figures",
			"%s führt zu zwei Kennzahlen", old.id)):
			l.set.formerly[old.id] = old.figure
		default:
			said[old.at] = true
		}
	}
}

func formerlyTaken(old oldID, f *Figure) diag.Diagnostic {
	return diag.Diagnostic{Code: "formerly-taken", Place: old.at,
		Text: diag.Say("%s is the id of a figure, so it cannot lead elsewhere",
			"%s ist die Kennung einer Kennzahl und kann deshalb nicht anderswohin führen", old.id),
		Notes: []diag.Note{{Place: f.IDAt, Text: diag.Say("the figure is here", "die Kennzahl steht hier")}},
		Ways:  []diag.Text{diag.Say("delete it under formerly:", "löschen Sie sie unter formerly:")}}
}

// readFormerly reads what the table was once called, so that the ids of its cells last.
func (t *tableReader) readFormerly() {
	for _, was := range t.l.formers(t.d.fields.Get("formerly"), idFault) {
		t.formerly = append(t.formerly, was)
		if _, known := t.l.set.oldTables[was.id]; !known {
			t.l.set.oldTables[was.id] = t.table
		}
	}
}

// readFormerKeys reads what the keys of a dimension were once called, by what they are
// called now.
func (t *tableReader) readFormerKeys(d *dimension, n *schema.Node) {
	if n == nil {
		return
	}
	d.formerly = map[string][]former{}
	for _, value := range n.Values() {
		d.formerly[value.Key()] = t.l.formers(value, segmentFault)
		d.formerlyAt = append(d.formerlyAt, value)
	}
}

// keepOldIDs makes the ids that cells once had lead to them: with what the table, the keys
// of their row and their column were called, one of these or several.
func (t *tableReader) keepOldIDs() {
	if t.noteFormer(); len(t.formerly) == 0 && len(t.table.former) == 0 {
		return
	}
	met := map[*Figure]bool{}
	for i := range t.table.Lines {
		line := &t.table.Lines[i]
		for column, f := range line.Figures {
			if f == nil {
				continue
			}
			names, time := t.oldNames(line, column), ""
			if t.table.Timed {
				time = "." + line.Time.ID()
				if last := t.l.set.figures[names[0].id]; last != nil && !met[last] {
					met[last] = true
					t.keepOldIDsOf(last, names[1:], "")
				}
			}
			t.keepOldIDsOf(f, names[1:], time)
		}
	}
}

func (t *tableReader) keepOldIDsOf(f *Figure, names []former, time string) {
	for _, was := range names {
		f.Formerly = append(f.Formerly, was.id+time)
		t.l.set.oldIDs = append(t.l.set.oldIDs, oldID{was.id + time, f, was.at})
	}
}

// oldNames are the ids of a cell without its time: first what it is called now.
func (t *tableReader) oldNames(line *Line, column int) []former {
	names := append([]former{{id: t.table.ID}}, t.formerly...)
	for i, key := range line.Keys {
		names = named(names, key, t.dims[i].formerly[key])
	}
	return named(names, t.table.Columns[column].ID, t.formerColumns[column])
}

// named adds one more part to ids: as it is called now, and as it was.
func named(ids []former, part string, once []former) []former {
	all := make([]former, 0, len(ids)*(1+len(once)))
	for _, id := range ids {
		all = append(all, former{id.id + "." + part, id.at})
	}
	for _, id := range ids {
		for _, was := range once {
			all = append(all, former{id.id + "." + was.id, cmp.Or(id.at, was.at)})
		}
	}
	return all
}

// noteFormer notes for blocks what was called otherwise, and says which keys there are not.
func (t *tableReader) noteFormer() {
	t.table.former = map[[2]string]string{}
	for i, all := range t.formerColumns {
		for _, was := range all {
			t.table.former[[2]string{"", was.id}] = t.table.Columns[i].ID
		}
	}
	for _, d := range t.dims {
		var ids []string
		for _, k := range d.order {
			ids = append(ids, k.id)
		}
		for _, n := range d.formerlyAt {
			if _, known := d.texts[n.Key()]; !known && !t.l.set.incomplete {
				t.noSuchKey(d, n, ids)
			}
			for _, was := range d.formerly[n.Key()] {
				t.table.former[[2]string{d.id, was.id}] = n.Key()
			}
		}
	}
}

func (t *tableReader) noSuchKey(d *dimension, n *schema.Node, ids []string) {
	var ways []diag.Text
	for _, near := range diag.Nearest(n.Key(), ids) {
		ways = append(ways, diag.Say("write %s:", "schreiben Sie %s:", near))
	}
	ways = append(ways, diag.Say("write first what the rows are called now, and behind it what they were called: new: old",
		"schreiben Sie zuerst, wie die Zeilen jetzt heißen, und dahinter, wie sie hießen: neu: alt"))
	t.l.add("formerly-unknown", n.KeyPlace(), diag.Say("no row of the table has %s under %s",
		"keine Zeile der Tabelle hat unter %[2]s die Kennung %[1]s", n.Key(), d.id), ways...)
}

// NowCalled gives the key that rows have now under a name of [Table.Rows], or, with "", the
// id of a column, that once was called otherwise.
func (t *Table) NowCalled(dimension, old string) (string, bool) {
	now, known := t.former[[2]string{dimension, old}]
	return now, known
}

// RenamedTable finds the table that once had this id.
func (s *Set) RenamedTable(old string) (*Table, bool) {
	t, ok := s.oldTables[old]
	return t, ok
}
