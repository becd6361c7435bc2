package grid

import (
	"slices"
	"strings"

	"bilanz/internal/calendar"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
)

// Selection is the cells of a table that a block shows. It does not change.
type Selection struct {
	table *figure.Table
	dims  []Dimension // with the keys that are left
	full  []Dimension // with all
	cells []cell      // in the order of the file
}

// cell is a figure with its key in each dimension.
type cell struct {
	keys []string
	*figure.Figure
}

// Select takes the cells of a table that a cut leaves; dims are the table's dimensions.
func Select(t *figure.Table, dims []Dimension, c Cut) *Selection {
	s := &Selection{table: t, full: dims, dims: slices.Clone(dims)}
	for i := range s.dims {
		s.dims[i].choose(c)
	}
	s.take()
	return s
}

// Figures lists the cells.
func (s *Selection) Figures() []*figure.Figure {
	all := make([]*figure.Figure, len(s.cells))
	for i, one := range s.cells {
		all[i] = one.Figure
	}
	return all
}

// choose leaves the keys of the dimension that were chosen.
func (d *Dimension) choose(c Cut) {
	where, except := chosen(c.Where, d.ID), chosen(c.Except, d.ID)
	if d.ID == Columns && len(c.Columns) > 0 {
		where = &Choice{Keys: c.Columns}
	}
	if where != nil {
		d.Keys = d.pick(where.Keys)
	}
	if except != nil {
		d.Keys = slices.DeleteFunc(slices.Clone(d.Keys), func(k Key) bool { return slices.Contains(except.Keys, k.ID) })
	}
}

// pick gives the keys of these ids in their order; times by date.
func (d *Dimension) pick(ids []string) []Key {
	var picked []Key
	for _, id := range ids {
		if i := slices.IndexFunc(d.Keys, func(k Key) bool { return k.ID == id }); i >= 0 {
			picked = append(picked, d.Keys[i])
		}
	}
	if d.ID == Time {
		slices.SortFunc(picked, func(a, b Key) int { return a.span.Compare(b.span) })
	}
	return picked
}

// take finds the cells whose keys are left, and then drops the keys that none of them has.
func (s *Selection) take() {
	left, used := make([]map[string]bool, len(s.dims)), make([]map[string]bool, len(s.dims))
	spans := map[calendar.Span]string{}
	for i, d := range s.dims {
		left[i], used[i] = map[string]bool{}, map[string]bool{}
		for _, k := range d.Keys {
			left[i][k.ID] = true
			if d.ID == Time {
				spans[k.span] = k.ID
			}
		}
	}
	s.cells = nil
	for _, line := range s.table.Lines {
		out := func(i int) bool { return !left[i][line.Keys[i]] }
		time, timely := spans[line.Time]
		if s.table.Timed && !timely || slices.ContainsFunc(indices(line.Keys), out) {
			continue
		}
		for i, f := range line.Figures {
			column := s.table.Columns[i].ID
			if f == nil || !left[len(left)-1][column] {
				continue
			}
			keys := slices.Clone(line.Keys)
			if s.table.Timed {
				keys = append(keys, time)
			}
			keys = append(keys, column)
			s.cells = append(s.cells, cell{keys, f})
			for k, key := range keys {
				used[k][key] = true
			}
		}
	}
	for i := range s.dims {
		unused := func(k Key) bool { return !used[i][k.ID] }
		s.dims[i].Keys = slices.DeleteFunc(slices.Clone(s.dims[i].Keys), unused)
	}
}

func indices[T any](all []T) []int {
	n := make([]int, len(all))
	for i := range n {
		n[i] = i
	}
	return n
}

// parts is the selection without the totals that nobody chose: in a picture of parts they
// would stand beside what they are the sums of. In one of a whole they never stand.
func (s *Selection) parts(c Cut, whole bool) *Selection {
	p := &Selection{table: s.table, full: s.full, dims: slices.Clone(s.dims)}
	for i := range p.dims {
		d := &p.dims[i]
		alone := len(d.Keys) < 2 && (!c.isPlain() || c.names(d.ID))
		if d.Total == "" || c.names(d.ID) && !whole || alone {
			continue
		}
		isTotal := func(k Key) bool { return k.ID == d.Total }
		d.Keys = slices.DeleteFunc(slices.Clone(d.Keys), isTotal)
	}
	p.take()
	return p
}

// index gives the place of a dimension.
func (s *Selection) index(id string) int {
	return slices.IndexFunc(s.dims, func(d Dimension) bool { return d.ID == id })
}

// several lists the dimensions of which several keys are left.
func (s *Selection) several() []string {
	var ids []string
	for _, d := range s.dims {
		if len(d.Keys) > 1 {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

// choices says which dimensions a chart leaves open, and what can be chosen in each.
func (s *Selection) choices(open []string, spare bool) *diag.Diagnostic {
	var lists []string
	for _, id := range open {
		lists = append(lists, id+" ("+few(s.dims[s.index(id)].IDs())+")")
	}
	text := diag.Say("this leaves open what to show of %s", "hier ist noch offen, was gezeigt wird von: %s",
		strings.Join(lists, "; "))
	if spare && len(open) > 1 {
		return refuse("chart-choice", text, diag.Say("write for example series: %[1]s and %[2]s",
			"schreiben Sie zum Beispiel series: %[1]s und %[2]s", open[0], s.choose(open[1:])))
	}
	return refuse("chart-choice", text,
		diag.Say("write for example %s", "schreiben Sie zum Beispiel %s", s.choose(open)))
}

// choose writes a choice for each of some dimensions: totals, where there are any.
func (s *Selection) choose(open []string) string {
	var where, all []string
	for _, id := range open {
		d := s.dims[s.index(id)]
		key := d.Keys[0].ID
		for _, k := range d.Keys {
			if k.ID == d.Total || k.ID == d.empty {
				key = k.ID
			}
		}
		if id == Columns {
			all = append(all, "column: "+key)
			continue
		}
		where = append(where, id+": "+key)
	}
	if len(where) > 0 {
		all = append([]string{"where: {" + strings.Join(where, ", ") + "}"}, all...)
	}
	return strings.Join(all, "; ")
}

// mostKeys is how many keys a message lists.
const mostKeys = 12

func few(keys []string) string {
	if len(keys) > mostKeys {
		return strings.Join(keys[:mostKeys], ", ") + ", …"
	}
	return strings.Join(keys, ", ")
}
