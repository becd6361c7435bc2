package figure

import (
	"cmp"
	"math/big"
	"slices"
	"sort"
	"strconv"
	"strings"

	"bilanz/internal/locale"
)

// A text asks for figures by their numbers, some thousand times in a build: "is
// there one that is 416,374", "of which is it true that it is more than 400,000".
// Both have an index, made once, so that no number costs a pass over all figures.

// index makes what numbers are looked up in.
func (s *Set) index() {
	s.indexChecks()
	s.equal, s.percents = shown{}, shown{}
	for i, f := range s.all {
		f.settleShare()
		if f.Value.Exact() && f.Date.IsZero() {
			s.byValue = append(s.byValue, ranked{f, i})
		}
		if f.Value.Number == nil || f.Value.Broken || f.isLastDate() {
			continue
		}
		key := keyOf(displayed(f.Value.Number, f.Decimals))
		if f.Unit.IsPercent() {
			s.percents[key] = append(s.percents[key], f)
		} else {
			s.equal[key] = append(s.equal[key], f)
		}
		s.indexShare(f)
	}
	slices.SortFunc(s.byValue, func(a, b ranked) int {
		return cmp.Or(a.Value.Number.Cmp(b.Value.Number), cmp.Compare(a.rank, b.rank))
	})
}

// isLastDate reports whether the figure is the last date of a series, which has
// the value of the series itself.
func (f *Figure) isLastDate() bool {
	return f.Series != nil && !f.Date.IsZero() && f == f.Series.Points[len(f.Series.Points)-1]
}

// shareDecimals are the precisions in which people write shares.
const shareDecimals = 2

func (s *Set) indexShare(f *Figure) {
	share, ok := f.share()
	if !ok {
		return
	}
	for decimals := range shareDecimals + 1 {
		key := keyOf(displayed(share, decimals))
		if of := s.percents[key]; len(of) == 0 || of[len(of)-1] != f {
			s.percents[key] = append(of, f)
		}
	}
}

// shown holds figures by what they are displayed as.
type shown map[shownKey][]*Figure

// shownKey is a number in the one form that it is looked up by: a whole one as
// such, which takes no time to make, any other as a text.
type shownKey struct {
	whole int64
	text  string // "67.5"; "" for a whole number
}

// keyOf is the key of a number that is displayed like this.
func keyOf(text string) shownKey {
	// "-0", of a figure that rounds to it, is not what a text means by 0.
	if whole, err := strconv.ParseInt(text, 10, 64); err == nil && text != "-0" {
		return shownKey{whole: whole}
	}
	return shownKey{text: text}
}

// displayed is a number as it is shown with so many decimals, without the zeros
// at its end: 54, 67.5.
func displayed(n *big.Rat, decimals int) string {
	if n.IsInt() {
		return n.Num().String()
	}
	text := n.FloatString(decimals)
	if decimals > 0 {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// Equal gives the figures that a bare number n may be, by id: those that are
// displayed as n, bounds included, or, of a percentage, those whose share of
// their whole or whose percentage is displayed as n.
func (s *Set) Equal(n *big.Rat, percent bool) []*Figure {
	index := s.equal
	if percent {
		index = s.percents
	}
	if n.IsInt() && n.Num().IsInt64() {
		return index[shownKey{whole: n.Num().Int64()}]
	}
	return index[keyOf(displayed(n, spoken(n).Decimals))]
}

// ranked is a figure with its place in the order of ids.
type ranked struct {
	*Figure
	rank int
}

// Fitting gives the figures of which it is true what was said, the first few by
// id. Of a series it gives the whole, and none of its dates.
//
// What was said is true of a stretch of values that reaches up to the number said
// from below, goes on above it, or both, with or without the number itself. So
// three searches find its ends.
func (s *Set) Fitting(said locale.Said, most int) []*Figure {
	below, _ := slices.BinarySearchFunc(s.byValue, said.Value, ranked.compare)
	above := below + sort.Search(len(s.byValue)-below, func(i int) bool {
		return s.byValue[below+i].compare(said.Value) > 0
	})
	first := sort.Search(below, func(i int) bool { return said.Holds(s.byValue[i].Value.Number) })
	last := above + sort.Search(len(s.byValue)-above, func(i int) bool {
		return !said.Holds(s.byValue[above+i].Value.Number)
	})
	fit := firstFew{most: most}
	fit.take(s.byValue[first:below])
	if said.Holds(said.Value) {
		fit.take(s.byValue[below:above])
	}
	fit.take(s.byValue[above:last])
	return fit.figures()
}

func (r ranked) compare(n *big.Rat) int { return r.Value.Number.Cmp(n) }

// firstFew keeps of many figures the first few by id.
type firstFew struct {
	most int
	few  []ranked
}

func (k *firstFew) take(all []ranked) {
	for _, r := range all {
		full := len(k.few) == k.most
		if full && r.rank > k.few[k.most-1].rank {
			continue
		}
		if full {
			k.few = k.few[:k.most-1]
		}
		at, _ := slices.BinarySearchFunc(k.few, r.rank, func(has ranked, rank int) int { return cmp.Compare(has.rank, rank) })
		k.few = slices.Insert(k.few, at, r)
	}
}

func (k *firstFew) figures() []*Figure {
	figures := make([]*Figure, len(k.few))
	for i, r := range k.few {
		figures[i] = r.Figure
	}
	return figures
}

// EqualWhole reports whether Equal would find anything for a whole number, be it a
// value or a percentage.
func (s *Set) EqualWhole(n int64) bool {
	key := shownKey{whole: n}
	return len(s.equal[key]) > 0 || len(s.percents[key]) > 0
}
