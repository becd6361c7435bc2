package figure

import (
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/locale"
)

// Leaves gives the figures that a derived figure is computed from in the end, none
// of which is computed itself, in the order of the formulas.
func (f *Figure) Leaves() []*Figure {
	var all []*Figure
	seen := map[*Figure]bool{}
	var walk func(f *Figure)
	walk = func(f *Figure) {
		for _, in := range f.Inputs {
			switch {
			case seen[in]:
				continue
			case in.Formula == "":
				all = append(all, in)
			}
			seen[in] = true
			walk(in)
		}
	}
	walk(f)
	return all
}

// Mixes says what readers must know of a derived figure: whether it is computed from
// figures of more than one source, and of more than one period or date.
func (f *Figure) Mixes() (sources, times bool) {
	leaves := f.Leaves()
	for i, in := range leaves {
		sources = sources || in.Source != leaves[0].Source
		times = times || i > 0 && !SameTime(in, leaves[0])
	}
	return sources, times
}

// SameTime reports whether two figures count the same stretch of time, or were
// counted on the same day. A reference date of a flow is that of its source.
func SameTime(a, b *Figure) bool {
	if a.Period != nil || b.Period != nil {
		return a.Period != nil && b.Period != nil && a.Period.From.Equal(b.Period.From) && a.Period.To.Equal(b.Period.To)
	}
	return a.AsOf == b.AsOf
}

// SharesAddUp reports whether the shares of figures in their whole, each as it is
// shown, add up to all of it. One that is unknown has no part in it.
func SharesAddUp(parts []*Figure, decimals int) bool {
	sum := new(big.Rat)
	for _, part := range parts {
		if part.fraction == nil {
			return true
		}
		shown, _ := extreme(part.fraction, decimals)
		sum.Add(sum, locale.Round(new(big.Rat).Mul(shown, hundred), decimals))
	}
	return len(parts) == 0 || sum.Cmp(hundred) == 0
}

// CheckedBy gives the checks that a figure stands in and that hold, in the order of
// their places. The caller does not change the slice.
func (s *Set) CheckedBy(f *Figure) []Check { return s.checkedBy[f] }

// HeldEqual reports whether a check holds that two figures are the same number.
func (s *Set) HeldEqual(a, b *Figure) bool {
	return slices.ContainsFunc(s.checkedBy[a], func(c Check) bool {
		return c.equates && slices.Contains(c.Figures, b)
	})
}

func (s *Set) indexChecks() {
	s.checkedBy = map[*Figure][]Check{}
	for _, c := range s.checks {
		if c.Outcome != Holds {
			continue
		}
		for _, f := range c.Figures {
			s.checkedBy[f] = append(s.checkedBy[f], c)
		}
	}
}

// Aggregation says whether values may be added up, over time or over groups.
type Aggregation string

// What is Cumulative holds the earlier dates; of NotAdded the sum means nothing.
const (
	Added      Aggregation = "sum"
	NotAdded   Aggregation = "none"
	Cumulative Aggregation = "cumulative"
)

// aggregation is what an author says of it.
type aggregation struct {
	says Aggregation // "" for nothing
	own  bool        // at the figure or its column, and not for all around it
}

// Aggregation says whether the figure may be added to others like it. Dates of a
// cumulative series and overlapping parts may never; for others their author knows. What
// holds for a whole file does not for percentages, quotients and names in digits such as the
// year of a foundation. Where nobody says it, the dates of a series may not, nor what is no
// count (degrees, years of age) and stands in no sum: in doubt the answer is no.
func (f *Figure) Aggregation() Aggregation {
	overlaps := f.Parent != nil && f.Parent.PartsAre == Overlapping ||
		f.Cell != nil && slices.Contains(f.Cell.Table.PartsAre, Overlapping)
	switch {
	case f.Series != nil && f.Series.Cumulative:
		return Cumulative
	case overlaps:
		return NotAdded
	case f.aggregation.own:
		return f.aggregation.says
	case f.Unit.IsPercent(), f.Unit.Ungrouped, strings.ContainsAny(f.Formula, "*/"):
		return NotAdded
	case f.aggregation.says != "":
		return f.aggregation.says
	case f.Series != nil:
		return NotAdded
	case f.Unit.Decimals > 0 && !f.SumChecked && (f.Whole() == nil || !f.Whole().SumChecked):
		return NotAdded
	}
	return Added
}
