package build

import (
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/site"
)

// Unguarded gives the figures whose typed value could be changed by mistake without
// any message, by id: no sentence or note says it exactly, no sum needs it, and it
// stands in no check. It is known only where Options.Uses was set.
func (r Result) Unguarded() []*figure.Figure {
	if r.Set == nil || r.Site == nil || r.Uses == nil {
		return nil
	}
	said := map[*figure.Figure]bool{}
	for _, p := range r.Site.Pages {
		for _, c := range p.Seen.Cites {
			said[c.Ref.Figure] = said[c.Ref.Figure] || saysExactly(c, p.Lang)
		}
	}
	guarded := func(f *figure.Figure) bool {
		return said[f] || r.saidInNote[f] || inSum(f) || len(r.Set.CheckedBy(f)) > 0
	}
	var all []*figure.Figure
	for _, f := range r.Set.All() {
		switch {
		case f.Formula != "", f.Value.Number == nil, f.Value.Broken, guarded(f):
		case f.Series != nil && f.Date.IsZero(): // the last of its dates, which is listed
		case f.Series != nil && f == f.Series.Points[len(f.Series.Points)-1] && guardedSeries(r.Set, f.Series, guarded):
		default:
			all = append(all, f)
		}
	}
	return all
}

// guardedSeries reports whether the figure of the whole series is guarded, whose value
// is that of its last date.
func guardedSeries(set *figure.Set, s *figure.Series, guarded func(*figure.Figure) bool) bool {
	f, ok := set.Lookup(s.ID)
	return ok && guarded(f)
}

// inSum reports whether a figure is part of a sum that is checked, or that sum.
func inSum(f *figure.Figure) bool {
	checked := func(f *figure.Figure) bool { return f != nil && f.SumChecked && f.PartsAre == figure.Complete }
	return checked(f) || checked(f.Whole())
}

// saysExactly reports whether a sentence says the very value. A text that the build
// fills in says whatever the value is.
func saysExactly(c site.Cited, l *locale.Lang) bool {
	return c.Start < c.End && sayExactly(c.Ref, c.Text, l)
}

func sayExactly(ref figure.Ref, words string, l *locale.Lang) bool {
	if ref.Option.Share || ref.Option.Field != figure.NoField || ref.Figure.Value.Number == nil {
		return false
	}
	option := figure.Plain
	option.Direction = ref.Option.Direction
	if words == (figure.Ref{Figure: ref.Figure, Option: option}).Text(l) {
		return true
	}
	if change, ok := l.ParseChange(words); ok {
		return change.Relation == locale.Exact && ref.Figure.Value.Exact() &&
			change.SignedValue().Cmp(ref.Figure.Value.Number) == 0
	}
	said, ok := l.Parse(words)
	value := ref.Figure.Value
	return ok && said.Relation == value.Bound && !said.Part && said.Value.Cmp(value.Number) == 0
}
