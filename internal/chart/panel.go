package chart

import (
	"math"
	"strconv"

	"bilanz/internal/form"
	"bilanz/internal/typeset"
)

const panelGap = 32.0 // px between two panels

// panels draws one small chart for each series, each with its name above, all on one
// scale: what is twice as long or high in one panel is twice as much in every other.
func (s Spec) panels(c canvas, at size) *layout {
	across := 1
	if at != narrow {
		across = s.across(c)
	}
	small := c
	small.width = math.Floor((c.width - panelGap*float64(across-1)) / float64(across))
	drawn := s.panelBars
	if s.dated() {
		drawn = s.panelLines
	}
	l := &layout{canvas: c, rich: c.keyStyles(0), more: drawn(small)}
	y := 0.0
	for from := 0; from < len(l.more); from += across {
		if from > 0 {
			y += panelGap
		}
		to := min(from+across, len(l.more))
		names, most := small.WrapAll(s.Series[from:to], typeset.Semibold, small.width)
		top := 0.0
		for _, p := range l.more[from:to] {
			top = max(top, p.top)
		}
		under := y
		for i, p := range l.more[from:to] {
			x, plot := float64(i)*(small.width+panelGap), y+float64(most)*c.Line+8+top-p.top
			l.note(tag("v", names[i]), x, y+float64(most-len(names[i]))*c.Line, "left")
			l.take(p, from+i, x, plot)
			under = max(under, plot+p.height)
		}
		y = under
	}
	l.height = y
	return l
}

// dated says whether the rows have dates.
func (s Spec) dated() bool { return len(s.Rows) > 0 && !s.Rows[0].Date.IsZero() }

// across is how many panels stand beside each other: three where every word has room.
func (s Spec) across(c canvas) int {
	n := len(s.Series)
	third := math.Floor((c.width - 2*panelGap) / 3)
	if s.dated() || n == 2 || n == 4 {
		return 2
	}
	var texts []string
	for _, row := range s.Rows {
		texts = append(texts, row.Label)
		for _, cell := range row.Cells {
			if c.Room(cell.Text, typeset.Semibold) > third/2 {
				return 2
			}
		}
	}
	if c.Longest(typeset.Semibold, 0, math.Inf(1), append(texts, s.Series...)...) > third {
		return 2
	}
	return 3
}

// panel is one panel as a chart of its own. A line has only the dates at which its series
// has a number or words.
func (s Spec) panel(k int, f form.Form) Spec {
	p := s
	p.Form, p.Series, p.Rows, p.Breaks = f, s.Series[k:k+1], nil, nil
	for i, row := range s.Rows {
		if f != form.Line || !row.Cells[k].none() {
			row.Cells = row.Cells[k : k+1]
			p.Rows, p.index = append(p.Rows, row), append(p.index, i)
		}
	}
	for _, b := range s.Breaks {
		if b.Series == k {
			p.Breaks = append(p.Breaks, b)
		}
	}
	return p
}

func (s Spec) panelBars(c canvas) (all []*layout) {
	ends, lines := s.ends(c, c.width)
	scale := s.scale(c.width, ends)
	for k := range s.Series {
		own := make([][]end, len(ends))
		for i := range ends {
			own[i] = ends[i][k : k+1]
		}
		all = append(all, s.panel(k, form.Bar).barsBelow(c, own, lines, scale, true))
	}
	return all
}

// panelLines gives all panels the frame in which the texts of each have room.
func (s Spec) panelLines(c canvas) (all []*layout) {
	common := s.frame(c)
	for k := range s.Series {
		own := s.frame(c)
		s.panel(k, form.Line).dateLabels(c, &own)
		common.left, common.right = max(common.left, own.left), min(common.right, own.right)
	}
	for k := range s.Series {
		all = append(all, s.panel(k, form.Line).linesIn(c, common))
	}
	return all
}

// take puts a panel on the canvas, moved to its place.
func (l *layout) take(p *layout, k int, dx, dy float64) {
	move := func(text string, by float64) string {
		v, _ := strconv.ParseFloat(text, 64)
		return px(v + by)
	}
	p.x.GridIndex, p.y.GridIndex = k, k
	p.grid.Left, p.grid.Top = move(p.grid.Left, dx), move(p.grid.Top, dy)
	p.grid.Right = move(p.grid.Right, l.width-p.width-dx)
	for _, n := range p.notes {
		n.Left, n.Top = round(n.Left+dx), round(n.Top+dy)
		l.notes = append(l.notes, n)
	}
	for i, series := range p.list {
		series.XAxisIndex, series.YAxisIndex = k, k
		if series.MarkLines != nil {
			for _, line := range series.MarkLines.Data {
				for j := range line.([]pixel) {
					at := &line.([]pixel)[j]
					at.X, at.Y = round(at.X+dx), round(at.Y+dy)
				}
			}
		}
		l.list, l.labels, l.rows = append(l.list, series), append(l.labels, p.labels[i]), append(l.rows, p.rows[i])
		l.of = append(l.of, pick(p.of[i] < 0, -1, k))
	}
}
