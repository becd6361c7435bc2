package chart

import (
	"math"
	"slices"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"bilanz/internal/typeset"
)

// pie draws the parts of one whole. Wide, the labels stand around it; narrow, there is
// no room beside it for a German word, and they become a key below.
func (s Spec) pie(c canvas, at size) *layout {
	l := &layout{canvas: c, rich: c.keyStyles(len(s.Rows))}
	marks := make([]mark, len(s.Rows))
	for i, row := range s.Rows {
		style := fill(i)
		style.BorderColor, style.BorderWidth = colorPaper, 2
		marks[i] = mark{Name: row.Label, Value: number(row.Cells[0].Value), ItemStyle: style}
	}
	series := charts.SingleSeries{Type: "pie", Name: s.Series[0], Data: marks,
		LabelLine: &opts.LabelLine{Show: opts.Bool(false)}}
	if at == narrow {
		s.pieKey(l, &series)
	} else {
		s.pieLabels(l, &series)
	}
	l.add(series, label{}, 0, nil)
	return l
}

// pieKey puts the names below the pie, each on lines of its own.
func (s Spec) pieKey(l *layout, series *charts.SingleSeries) {
	const radius = 90.0
	var lines []string
	for i, row := range s.Rows {
		entry, _ := l.key([]keyEntry{{color: i, value: row.Cells[0].Text, name: row.Label}}, l.width, l.rich)
		lines = append(lines, entry...)
	}
	top := 2*radius + 20
	l.height = top + float64(len(lines))*l.Line + 2
	l.note(strings.Join(lines, "\n"), 0, top, "left")
	series.Center, series.Radius = []float64{l.width / 2, radius + 4}, radius
}

// A slice of a pie with its label beside it.
type pieSlice struct {
	angle  float64 // of its middle, clockwise from the top
	text   string
	high   float64
	middle float64 // of the label, from the middle of the pie downwards
}

const (
	pieReach = 26.0 // px from the pie to its labels
	pieGap   = 6.0  // px between two labels
)

// pieLabels places the labels in a column on either side. ECharts' own placing puts
// labels of narrow slices onto the pie and crosses their lines; here a label never
// stands nearer to the pie's equator than its slice, so that no line meets the pie.
func (s Spec) pieLabels(l *layout, series *charts.SingleSeries) {
	radius, texts := s.pieTexts(l.canvas)
	var sides [2][]*pieSlice
	seen, whole := 0.0, s.whole()
	for i, row := range s.Rows {
		v, _ := row.Cells[0].Value.Float64()
		slice := &pieSlice{angle: 2 * math.Pi * (seen + v/2) / whole, text: texts[i],
			high: float64(strings.Count(texts[i], "\n")+1) * l.Line}
		slice.middle = -math.Cos(slice.angle) * (radius + 10)
		side := pick(slice.angle <= math.Pi, 0, 1)
		sides[side] = append(sides[side], slice)
		seen += v
	}
	slices.Reverse(sides[1]) // both from the top down
	above, below := radius+4, radius+4
	for _, side := range sides {
		up, down := spreadSlices(side)
		above, below = max(above, up), max(below, down)
	}
	x, y := l.width/2, above
	l.height = above + below
	series.Center, series.Radius = []float64{x, round(y)}, radius
	series.MarkLines = plainLines(colorMuted)
	for side, list := range sides {
		out := pick(side == 0, 1.0, -1.0)
		for _, p := range list {
			edge := pixel{X: round(x + math.Sin(p.angle)*(radius+2)), Y: round(y - math.Cos(p.angle)*(radius+2))}
			series.MarkLines.Data = append(series.MarkLines.Data,
				[]pixel{edge, {X: x + out*(radius+pieReach-6), Y: round(y + p.middle)}})
			l.note(p.text, x+out*(radius+pieReach), y+p.middle-p.high/2, pick(side == 0, "left", "right"))
		}
	}
}

// spreadSlices moves labels away from the equator until none touches the next, and says
// how far they reach up and down. The list goes from the top down.
func spreadSlices(list []*pieSlice) (up, down float64) {
	first := slices.IndexFunc(list, func(p *pieSlice) bool { return p.middle >= 0 })
	if first < 0 {
		first = len(list)
	}
	floor := math.Inf(1)
	if first < len(list) {
		floor = list[first].middle - list[first].high/2 - pieGap
	}
	for i := first - 1; i >= 0; i-- {
		p := list[i]
		p.middle = min(p.middle, floor-p.high/2)
		floor = p.middle - p.high/2 - pieGap
		up = max(up, -(p.middle - p.high/2))
	}
	ceiling := math.Inf(-1)
	for _, p := range list[first:] {
		p.middle = max(p.middle, ceiling+p.high/2)
		ceiling = p.middle + p.high/2 + pieGap
		up, down = max(up, -(p.middle-p.high/2)), max(down, p.middle+p.high/2)
	}
	for _, p := range list[:first] {
		down = max(down, p.middle+p.high/2)
	}
	return up, down
}

// pieTexts picks the largest radius beside which every word has room.
func (s Spec) pieTexts(c canvas) (radius float64, texts []string) {
	for radius = 120; ; radius -= 10 {
		room := c.width/2 - radius - pieReach
		broken := false
		texts = texts[:0]
		for _, row := range s.Rows {
			broken = broken || c.Longest(typeset.Regular, 0, math.Inf(1), row.Label) > room
			texts = append(texts, join(tag("n", c.Wrap(row.Label, typeset.Regular, room)),
				tag("v", c.Wrap(row.Cells[0].Text, typeset.Semibold, room))))
		}
		if !broken || radius <= 60 {
			return radius, texts
		}
	}
}

func (s Spec) whole() float64 {
	total := 0.0
	for _, row := range s.Rows {
		v, _ := row.Cells[0].Value.Float64()
		total += v
	}
	return total
}
