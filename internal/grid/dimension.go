package grid

import (
	"slices"
	"strings"

	"bilanz/internal/calendar"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// The dimensions that every table has besides those that name its rows.
const (
	Time    = "time"    // of a table with times
	Columns = "columns" // several columns of figures
)

// All is the word for every key of a dimension that has no key of this name.
const All = "all"

// Dimension is what tells the cells of a table apart: what names a row, the time, the
// column.
type Dimension struct {
	ID      string
	Label   figure.Text // none of times and columns
	Keys    []Key       // in the order of the file; times by date
	Ordered bool        // that order means something
	Total   string

	names []string // what the file and its author call it besides
	empty string   // the key that an empty cell stands for
}

// Key is one value of a dimension.
type Key struct {
	ID    string
	Label figure.Text // none of a time
	Short figure.Text // where the chart's title says the rest; nil for none

	names []string
	span  calendar.Span
}

// DimensionsOf lists the dimensions of a table: those that name its rows, then its times,
// then its columns.
func DimensionsOf(t *figure.Table) []Dimension {
	var all []Dimension
	for i, id := range t.Rows {
		d := Dimension{ID: id, Label: t.RowLabels[i], Ordered: t.Ordered[i], Total: t.Sums[i],
			names: []string{id, t.Heads[i]}, empty: t.Empty[i]}
		d.names = append(d.names, textsOf(t.RowLabels[i])...)
		all = append(all, d)
	}
	times := Dimension{ID: Time, Ordered: true, names: []string{Time, t.TimeHead}}
	met, spans := make([]map[string]bool, len(t.Rows)), map[calendar.Span]bool{}
	for i := range met {
		met[i] = map[string]bool{}
	}
	for _, line := range t.Lines {
		for i, key := range line.Keys {
			if !met[i][key] {
				met[i][key] = true
				label := line.Labels[i]
				k := Key{ID: key, Label: label, names: append(textsOf(label), key)}
				if i < len(line.Shorts) {
					k.Short = line.Shorts[i]
				}
				all[i].Keys = append(all[i].Keys, k)
			}
		}
		if t.Timed && !spans[line.Time] {
			spans[line.Time] = true
			times.Keys = append(times.Keys, Key{ID: line.Time.ID(), span: line.Time})
		}
	}
	if t.Timed {
		slices.SortStableFunc(times.Keys, func(a, b Key) int { return a.span.Compare(b.span) })
		all = append(all, times)
	}
	columns := Dimension{ID: Columns, names: []string{Columns}}
	for _, c := range t.Columns {
		names := append(textsOf(c.Label), c.ID, c.Head)
		columns.Keys = append(columns.Keys, Key{ID: c.ID, Label: c.Label, Short: c.Short, names: names})
	}
	return append(all, columns)
}

func textsOf(t figure.Text) []string {
	var all []string
	for _, text := range t {
		all = append(all, text)
	}
	return all
}

// Find finds a dimension by its id, or by what file and author call it where that is
// one's alone.
func Find(all []Dimension, name string) (Dimension, bool) {
	if i := slices.IndexFunc(all, func(d Dimension) bool { return d.ID == name }); i >= 0 {
		return all[i], true
	}
	return only(all, func(d Dimension) bool { return hasName(d.names, name) })
}

// Find finds a key of the dimension likewise; a time also by any of its forms.
func (d Dimension) Find(name string, langs ...*locale.Lang) (Key, bool) {
	if i := slices.IndexFunc(d.Keys, func(k Key) bool { return k.ID == name }); i >= 0 {
		return d.Keys[i], true
	}
	if d.ID == Time {
		return d.findTime(name, langs)
	}
	if name == "" && d.empty != "" {
		return d.Find(d.empty)
	}
	return only(d.Keys, func(k Key) bool { return hasName(k.names, name) })
}

func (d Dimension) findTime(name string, langs []*locale.Lang) (Key, bool) {
	span, problem := calendar.Form{Years: calendar.Split}.Parse(name)
	return only(d.Keys, func(k Key) bool {
		said := slices.ContainsFunc(langs, func(l *locale.Lang) bool { return l.Span(k.span) == name })
		return said || problem == calendar.None && span.From.Equal(k.span.From) && span.To.Equal(k.span.To)
	})
}

// Within lists the times that lie in a stretch of time: all months of 2024, all years from
// 2015 to 2020.
func (d Dimension) Within(name string) []string {
	span, problem := calendar.Form{}.Parse(name)
	if d.ID != Time || problem != calendar.None {
		return nil
	}
	var ids []string
	for _, k := range d.Keys {
		if !k.span.From.Before(span.From) && !k.span.To.After(span.To) {
			ids = append(ids, k.ID)
		}
	}
	return ids
}

// only is the one of which something holds, where it is one alone.
func only[T any](all []T, holds func(T) bool) (one T, ok bool) {
	first := slices.IndexFunc(all, holds)
	if first < 0 || slices.ContainsFunc(all[first+1:], holds) {
		return one, false
	}
	return all[first], true
}

func hasName(names []string, name string) bool {
	return slices.ContainsFunc(names, func(other string) bool { return name != "" && strings.EqualFold(other, name) })
}

// IDs lists the keys.
func (d Dimension) IDs() []string {
	ids := make([]string, len(d.Keys))
	for i, k := range d.Keys {
		ids[i] = k.ID
	}
	return ids
}

// label names a key for readers.
func (k Key) label(f *figure.Figure, l *locale.Lang) figure.Text {
	if k.span.IsZero() || l == nil {
		return k.Label
	}
	return figure.Text{l.Code: f.When(l)}
}
