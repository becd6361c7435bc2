package chart

import (
	"math"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// pie draws the parts of one whole. Wide, the labels stand around it; narrow, there is
// no room beside it for a German word, and they become a key below.
func (s Spec) pie(c canvas, size Size) *layout {
	l := &layout{canvas: c, rich: c.keyStyles(len(s.Rows))}
	marks := make([]mark, len(s.Rows))
	for i, row := range s.Rows {
		style := fill(i)
		style.BorderColor, style.BorderWidth = colorPaper, 2
		marks[i] = mark{Name: row.Label, Value: number(row.Cells[0].Value), ItemStyle: style}
	}
	series := charts.SingleSeries{Type: "pie", Name: s.Series[0], Data: marks,
		LabelLine: &opts.LabelLine{Show: opts.Bool(size == Wide), LineStyle: &opts.LineStyle{Color: colorMuted}}}
	if size == Narrow {
		radius := 90.0
		entries := make([]keyEntry, len(s.Rows))
		for i, row := range s.Rows {
			entries[i] = keyEntry{i, row.Cells[0].Text, row.Label}
		}
		lines := c.keyLines(entries, c.width)
		top := 2*radius + 20
		l.height = top + float64(len(lines))*c.line + 2
		l.note(strings.Join(lines, "\n"), 0, top, "left", regular, colorInk)
		series.Center, series.Radius = []float64{c.width / 2, radius + 4}, radius
		l.add(series, label{}, 0)
		return l
	}
	radius, labels := s.pieLabels(c)
	sides := [2]float64{}
	seen, whole := 0.0, s.whole()
	for i, row := range s.Rows {
		marks[i].Label = &label{Formatter: labels[i]}
		v, _ := row.Cells[0].Value.Float64()
		sides[pick(seen+v/2 < whole/2, 0, 1)] += float64(strings.Count(labels[i], "\n")+1)*c.line + 8
		seen += v
	}
	l.height = math.Ceil(max(2*radius+6*c.line, sides[0]+2*c.line, sides[1]+2*c.line))
	series.Center, series.Radius = []float64{c.width / 2, l.height / 2}, radius
	l.add(series, l.shown(label{Position: "outer", Overflow: "none"}), 0)
	return l
}

// pieLabels picks the largest radius beside which every word has room.
func (s Spec) pieLabels(c canvas) (radius float64, labels []string) {
	const reach = 32 // px: the line to a label and the space before it
	for radius = 120; radius >= 80; radius -= 10 {
		room := c.width/2 - radius - reach
		broken := false
		labels = labels[:0]
		for _, row := range s.Rows {
			for _, p := range pieces(row.Label) {
				broken = broken || c.room(p.text, regular) > room
			}
			labels = append(labels, join(tag("n", c.wrap(row.Label, regular, room)),
				tag("v", c.wrap(row.Cells[0].Text, semibold, room))))
		}
		if !broken {
			break
		}
	}
	return max(radius, 80), labels
}

func (s Spec) whole() float64 {
	total := 0.0
	for _, row := range s.Rows {
		v, _ := row.Cells[0].Value.Float64()
		total += v
	}
	return total
}

// keyLines is a key with every entry on a line of its own.
func (f face) keyLines(entries []keyEntry, room float64) []string {
	var lines []string
	for _, e := range entries {
		lines = append(lines, f.key([]keyEntry{e}, room)...)
	}
	return lines
}
