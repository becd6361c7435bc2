package chart

import (
	"math"
	"slices"

	"bilanz/internal/typeset"
)

// The values of a single line stand at its points: over them where the line leaves room,
// else a little aside, under them or higher. None lies on the line.

// A pointLabel is the text over a point of a line, or under it, with its middle.
type pointLabel struct {
	middle float64
	lines  []string
	under  bool
	raised float64 // px above where texts over points stand
}

// pointGap is how far the text of a point stands from its middle.
func (s Spec) pointGap(f lineFrame) float64 { return s.symbol(f)/2 + 6 }

// labelledPoints picks the points whose values have room: first the last one, the
// first, the highest and the lowest, then the others from left to right. Where there is
// none for the value, its sign stands under the point. It says where the middle of each text is:
// over its point, or beside the mark of a break.
func (s Spec) labelledPoints(f lineFrame, c canvas, breaks []float64) map[int]pointLabel {
	order := s.byImportance()
	if len(order) == 0 {
		return nil
	}
	p := pointLabels{Spec: s, f: f, c: c, breaks: breaks, chosen: map[int]pointLabel{}}
	for n, i := range order {
		p.choose(i, n < mostImportant)
	}
	for _, i := range order { // whose text would touch another may have room to the left or right
		p.chooseAside(i)
	}
	p.signs(order)
	return p.chosen
}

// mostImportant is how many points have their value whatever is around it.
const mostImportant = 4

// byImportance lists the points of a single line: the last, the first, the highest, the
// lowest, what is hollow and says why, and then all.
func (s Spec) byImportance() []int {
	var order []int
	high, low := -1, -1
	for i, row := range s.Rows {
		if c := row.Cells[0]; c.drawn() {
			order = append(order, i)
			if high < 0 || c.Value.Cmp(s.Rows[high].Cells[0].Value) > 0 {
				high = i
			}
			if low < 0 || c.Value.Cmp(s.Rows[low].Cells[0].Value) < 0 {
				low = i
			}
		}
	}
	if len(order) == 0 {
		return nil
	}
	first := []int{order[len(order)-1], order[0], high, low}
	for _, i := range order {
		if s.Rows[i].Cells[0].Bound {
			first = append(first, i)
		}
	}
	return append(first, order...)
}

// pointLabels are the values of a line that have found their places.
type pointLabels struct {
	Spec
	f      lineFrame
	c      canvas
	breaks []float64
	taken  intervals
	chosen map[int]pointLabel
}

// choose finds the place for the value of a point that is nearest to it and clear of the
// line; an important one stands over its point if there is none.
func (p *pointLabels) choose(i int, important bool) {
	if _, done := p.chosen[i]; done {
		return
	}
	lines := p.pointText(p.c.Face, i)
	half := p.c.Widest(lines, typeset.Semibold)/2 + 4
	x := p.f.x(p.Rows[i].Date)
	for _, part := range []float64{1, 1 / typeset.Slack} { // two breaks may leave no room for slack
		if middle := beside(p.breaks, x, half*part, p.c.width); middle >= 0 {
			x = middle
			break
		}
	}
	if !p.taken.isFree(x-half, x+half) {
		return
	}
	one, ok := p.clear(i, x, half, lines)
	switch {
	case ok:
		p.take(i, one, half)
	case important && !p.nearBreak(x, half/typeset.Slack-1):
		p.take(i, pointLabel{middle: x, lines: lines}, half)
	}
}

func (p *pointLabels) take(i int, one pointLabel, half float64) {
	p.taken = append(p.taken, [2]float64{one.middle - half, one.middle + half})
	p.chosen[i] = one
}

// clear finds the first place that the line does not cross.
func (p *pointLabels) clear(i int, x, half float64, lines []string) (pointLabel, bool) {
	try := func(one pointLabel) bool {
		from, to := one.middle-half, one.middle+half
		aside := one.middle != x
		if aside && (from < 0 || to > p.c.width) || p.nearBreak(one.middle, pick(aside, half, half/typeset.Slack-1)) {
			return false
		}
		return p.taken.isFree(from, to) && !p.isCrossed(i, one)
	}
	for _, under := range []bool{false, true} {
		for _, side := range []float64{0, -0.5, 0.5, -0.9, 0.9} {
			if one := (pointLabel{middle: x + side*half, lines: lines, under: under}); try(one) {
				return one, true
			}
		}
	}
	for raised := 4.0; raised <= 3*p.c.Line; raised += 4 {
		if one := (pointLabel{middle: x, lines: lines, raised: raised}); try(one) {
			return one, true
		}
	}
	return pointLabel{}, false
}

// chooseAside tries places a whole text aside.
func (p *pointLabels) chooseAside(i int) {
	lines := p.pointText(p.c.Face, i)
	half := p.c.Widest(lines, typeset.Semibold)/2 + 4
	for _, side := range []float64{-1, 1, -1.5, 1.5} {
		one := pointLabel{middle: p.f.x(p.Rows[i].Date) + side*half, lines: lines}
		from, to := one.middle-half, one.middle+half
		if _, done := p.chosen[i]; done || from < 0 || to > p.c.width || p.nearBreak(one.middle, half) {
			continue
		}
		if p.taken.isFree(from, to) && !p.isCrossed(i, one) {
			p.take(i, one, half)
		}
	}
}

// signs puts the sign of a value that found no place under its point.
func (p *pointLabels) signs(order []int) {
	var under intervals
	for _, one := range p.chosen {
		if half := p.c.Widest(one.lines, typeset.Semibold)/2 + 4; one.under {
			under = append(under, [2]float64{one.middle - half, one.middle + half})
		}
	}
	for _, i := range order {
		sign := []string{p.Rows[i].Cells[0].Sign}
		half, x := p.c.Widest(sign, typeset.Semibold)/2, p.f.x(p.Rows[i].Date)
		if _, done := p.chosen[i]; !done && sign[0] != "" && !p.nearBreak(x, half) && under.free(x-half, x+half) {
			p.chosen[i] = pointLabel{middle: x, lines: sign, under: true}
		}
	}
}

func (p *pointLabels) nearBreak(x, half float64) bool {
	return slices.ContainsFunc(p.breaks, func(b float64) bool { return math.Abs(b-x) < half })
}

// isCrossed reports whether the line goes through the text of point i, or there is no room
// for it above or below.
func (p *pointLabels) isCrossed(i int, one pointLabel) bool {
	_, y := p.at(i)
	high := float64(len(one.lines)) * p.c.Line
	bottom := y - p.pointGap(p.f) - one.raised
	switch {
	case one.under:
		bottom = y + p.pointGap(p.f) + high
		if bottom > p.f.bottom {
			return true
		}
	case one.raised > 0 && bottom < p.f.top-p.pointGap(p.f):
		return true
	}
	half := p.c.Widest(one.lines, typeset.Semibold)/2/typeset.Slack + 3
	return p.crosses(one.middle-half, one.middle+half, bottom-high+1, bottom-1)
}

func (p *pointLabels) at(i int) (x, y float64) {
	v, _ := p.Rows[i].Cells[0].Value.Float64()
	return p.f.x(p.Rows[i].Date), p.f.y(v)
}

// isBroken reports whether the counting changed between two points, so that no line joins them.
func (p *pointLabels) isBroken(i, k int) bool {
	return slices.ContainsFunc(p.Breaks, func(b Break) bool {
		return b.Date.After(p.Rows[i].Date) && !b.Date.After(p.Rows[k].Date)
	})
}

// crosses reports whether the line goes through a rectangle.
func (p *pointLabels) crosses(left, right, top, bottom float64) bool {
	before := -1
	for i, row := range p.Rows {
		switch cell := row.Cells[0]; {
		case cell.none():
			continue
		case !cell.drawn():
			before = -1 // a gap
			continue
		}
		if before >= 0 && !p.isBroken(before, i) {
			x1, y1 := p.at(before)
			x2, y2 := p.at(i)
			if from, to := max(x1, left), min(x2, right); from < to {
				y := func(at float64) float64 { return y1 + (y2-y1)*(at-x1)/(x2-x1) }
				if min(y(from), y(to)) < bottom && max(y(from), y(to)) > top {
					return true
				}
			}
		}
		before = i
	}
	return false
}

// beside moves the middle of a text at x so far that the marks of breaks pass it by; -1 if
// it then stood off the canvas, or beside its point.
func beside(breaks []float64, x, half, width float64) float64 {
	middle := x
	for _, b := range breaks {
		if math.Abs(b-middle) < half {
			middle = pick(b < x, b+half, b-half)
		}
	}
	clear := !slices.ContainsFunc(breaks, func(b float64) bool { return math.Abs(b-middle) < half-0.1 })
	if !clear || middle-half < -4 || middle+half > width+4 || math.Abs(middle-x) > half {
		return -1
	}
	return middle
}

// pointText is the value at a point of a single line.
func (s Spec) pointText(f typeset.Face, row int) []string {
	return f.Wrap(s.Rows[row].Cells[0].Text, typeset.Semibold, 10*f.Size)
}

// intervals are stretches of a line that are taken.
type intervals [][2]float64

// isFree reports whether nothing has taken any of the stretch.
func (t intervals) isFree(from, to float64) bool {
	return !slices.ContainsFunc(t, func(other [2]float64) bool { return from < other[1] && to > other[0] })
}

// free takes the stretch if nothing else has.
func (t *intervals) free(from, to float64) bool {
	if !t.isFree(from, to) {
		return false
	}
	*t = append(*t, [2]float64{from, to})
	return true
}
