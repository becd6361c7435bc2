package chart

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"bilanz/internal/form"
	"bilanz/internal/typeset"
)

// bars draws amounts from a line at zero.
func (s Spec) bars(c canvas, at size) *layout {
	if at != wide {
		return s.barsBelowLabels(c)
	}
	return s.barsBesideLabels(c)
}

// barsBesideLabels is the wide form: labels in a column, values at the ends of the bars.
func (s Spec) barsBesideLabels(c canvas) *layout {
	texts := make([]string, len(s.Rows))
	for i, row := range s.Rows {
		texts[i] = row.Label
	}
	weight := pick(s.Highlight > 0, typeset.Semibold, typeset.Regular)
	labels, most := s.wrapLabels(c.Face, weight, c.Longest(weight, c.width*0.36, c.width*0.5, texts...))
	column := 0.0
	for _, lines := range labels {
		column = max(column, c.Widest(lines, weight))
	}
	left := math.Ceil(column) + 12
	ends, lines := s.ends(c, c.width-left, s.Form == form.GroupedBar)
	thick := c.bar
	if n := len(s.Series); n > 1 {
		thick = max(18, c.bar-4*float64(n-1))
	}
	pitch := max(thick+3, float64(lines)*c.Line+2)
	gap := pick(s.Form == form.GroupedBar, 2*c.gap, c.gap)
	band := max(float64(len(s.Series))*pitch+gap, float64(most)*c.Line+12)
	l := s.barGrid(c, left, s.scale(c.width-left, ends), band)
	l.column, _ = strconv.ParseFloat(l.grid.Left, 64) // the labels hang on the axis, wherever zero is
	names := make([]any, len(labels))
	for i, lines := range labels {
		names[i] = strings.Join(lines, "\n")
		if s.loud(i) {
			names[i] = axisName{names[i], textStyle{FontWeight: typeset.Semibold, Align: "left"}}
		}
	}
	l.y.Data = names
	l.y.AxisLine = &opts.AxisLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: pick(s.signed(), colorMuted, colorRule)}}
	first := (band - float64(len(s.Series))*pitch + pitch) / 2
	for k := range s.Series {
		l.addBars(s, k, charts.SingleSeries{BarWidth: px(thick), BarGap: percent((pitch - thick) / thick)},
			ends, first+float64(k)*pitch, band)
	}
	return l
}

// barsBelowLabels is the narrow form: every label stands above its bar, in the place of
// a bar without length, so that ECharts keeps the room for it.
func (s Spec) barsBelowLabels(c canvas) *layout {
	ends, lines := s.ends(c, c.width, false)
	return s.barsBelow(c, ends, lines, s.scale(c.width, ends))
}

// barsBelow draws them with these texts at their ends, of so many lines, on this scale.
func (s Spec) barsBelow(c canvas, ends [][]end, lines int, scale barScale) *layout {
	grouped := s.Form == form.GroupedBar
	weight := typeset.Regular
	if grouped || s.Highlight > 0 {
		weight = typeset.Semibold
	}
	labels, most := s.wrapLabels(c.Face, weight, c.width)
	extra := max(0, float64(lines)*c.Line-c.bar)
	band := c.gap + extra
	heads := make([]float64, len(s.Series))
	names := make([][]string, len(s.Series))
	for k := range s.Series {
		if grouped {
			names[k] = c.Wrap(s.Series[k], typeset.Regular, c.width)
			heads[k] = float64(len(names[k]))*c.Line + 9 + extra
		}
		if k == 0 {
			heads[0] = float64(most+len(names[0]))*c.Line + 3
		}
		band += heads[k] + c.bar
	}
	l := s.barGrid(c, 0, scale, band)
	top := (c.gap + extra) / 2
	for k := range s.Series {
		head := make([]mark, len(s.Rows))
		for i := range s.Rows {
			text := tag("n", names[k])
			if k == 0 {
				text = join(tag(pick(grouped || s.loud(i), "v", "n"), labels[i]), text)
			}
			lines := float64(strings.Count(text, "\n") + 1)
			head[i] = mark{Value: 0, Label: &label{Formatter: text, Position: []float64{-l.zero, heads[k] - 3 - lines*c.Line - extra/2}}}
		}
		l.add(charts.SingleSeries{Type: "bar", BarWidth: px(heads[k]), BarGap: "0%", Data: head}, l.headLabel(), -1, nil)
		series := charts.SingleSeries{BarWidth: px(c.bar), BarGap: "0%"}
		if scale.low.Sign() < 0 {
			series.MarkLines = l.zeroTicks(len(s.Rows), top+heads[k]-3, band)
		}
		l.addBars(s, k, series, ends, top+heads[k]+c.bar/2, band)
		top += heads[k] + c.bar
	}
	return l
}

// zeroTicks mark zero beside each bar: one long line would go through the labels.
func (l *layout) zeroTicks(rows int, top, band float64) *opts.MarkLines {
	lines := plainLines(colorMuted)
	for i := range rows {
		y := round(top + float64(i)*band)
		lines.Data = append(lines.Data, []pixel{{X: l.zero, Y: y}, {X: l.zero, Y: y + l.bar + 6}})
	}
	return lines
}

// stacks draws parts of a whole: the label above, the parts in one bar, and below it a
// key with every part's value, since a label inside a part may neither fit nor be legible.
func (s Spec) stacks(c canvas, _ size) *layout {
	labels, most := s.wrapLabels(c.Face, typeset.Semibold, c.width)
	head := float64(most)*c.Line + 3
	keys := make([]string, len(s.Rows))
	keyLines, rich := 0, c.keyStyles(len(s.Series))
	for i, row := range s.Rows {
		entries := make([]keyEntry, len(row.Cells))
		for k, cell := range row.Cells {
			entries[k] = keyEntry{color: k, value: cell.Text, name: s.Series[k]}
		}
		lines, _ := c.key(entries, c.width, rich)
		keys[i], keyLines = strings.Join(lines, "\n"), max(keyLines, len(lines))
	}
	foot := float64(keyLines)*c.Line + 6
	l := s.barGrid(c, 0, barScale{new(big.Rat), big.NewRat(1, 1), 0, 0, c.width}, head+c.bar+foot+c.gap)
	l.rich = rich
	whole := new(big.Rat)
	for _, row := range s.Rows {
		if total := row.sum(); total.Cmp(whole) > 0 {
			whole = total
		}
	}
	above, below := make([]mark, len(s.Rows)), make([]mark, len(s.Rows))
	for i := range s.Rows {
		room := float64(most-len(labels[i])) * c.Line
		above[i] = mark{Value: 0, Label: &label{Formatter: tag("v", labels[i]), Position: []float64{0, room}}}
		below[i] = mark{Value: 0, Label: &label{Formatter: keys[i], Position: []float64{0, 6}}}
	}
	l.add(charts.SingleSeries{Type: "bar", BarWidth: px(head), BarGap: "0%", Data: above}, l.headLabel(), -1, nil)
	for k, name := range s.Series {
		marks := make([]mark, len(s.Rows))
		for i, row := range s.Rows {
			base := whole
			if s.Form == form.ShareBar {
				base = row.sum()
			}
			marks[i] = mark{Value: number(new(big.Rat).Quo(row.Cells[k].Value, base))}
		}
		style := fill(k)
		style.BorderColor, style.BorderWidth = colorPaper, 2 // one px of each part: a gap of two
		l.add(charts.SingleSeries{Type: "bar", Name: name, Stack: "whole", BarWidth: px(c.bar), BarGap: "0%",
			ItemStyle: style, Data: marks}, label{}, k, nil)
	}
	l.add(charts.SingleSeries{Type: "bar", BarWidth: px(foot), BarGap: "0%", Data: below}, l.headLabel(), -1, nil)
	return l
}

// barGrid is the frame of every bar chart: rows of one height, a value axis on which zero
// is, neither axis drawn.
func (s Spec) barGrid(c canvas, left float64, scale barScale, band float64) *layout {
	height := band * float64(len(s.Rows))
	names := make([]string, len(s.Rows))
	for i := range names {
		names[i] = s.Rows[i].Label
	}
	return &layout{
		canvas: c,
		height: height,
		zero:   left + scale.zero,
		grid: &opts.Grid{Left: px(left + scale.zero - scale.below), Right: px(c.width - left - scale.zero - scale.above), Top: "0",
			Height: px(height)},
		x:    &opts.XAxis{Type: "value", Show: opts.Bool(false), Min: number(scale.low), Max: number(scale.high)},
		y:    &opts.YAxis{Type: "category", Inverse: opts.Bool(true), Data: names, AxisLine: &opts.AxisLine{Show: opts.Bool(false)}},
		rich: c.keyStyles(0),
	}
}

// An end is the text at the end of a bar.
type end struct {
	text  string // in the house's rich styles
	room  float64
	lines int
}

// ends lays out the texts at the ends of the bars, and says how many lines the longest has.
func (s Spec) ends(c canvas, avail float64, named bool) (all [][]end, most int) {
	limit := pick(named, avail*0.6, avail*0.5)
	if s.signed() { // texts stand on both sides
		limit = avail * 0.35
	}
	all = make([][]end, len(s.Rows))
	for i, row := range s.Rows {
		all[i] = make([]end, len(row.Cells))
		for k, cell := range row.Cells {
			weight, style := typeset.Semibold, "v"
			switch {
			case !cell.drawn():
				weight, style = typeset.Regular, "m"
			case s.quiet(i):
				weight, style = typeset.Regular, "n"
			}
			lines := c.Wrap(cell.Text, weight, limit)
			text, room := tag(style, lines), c.Widest(lines, weight)
			if named {
				names := c.Wrap(s.Series[k], typeset.Regular, limit)
				both := room + 6 + c.Widest(names, typeset.Regular)
				if len(lines) == 1 && len(names) == 1 && both <= limit {
					text, room = text+tag("s", names), both
				} else {
					text, room = text+"\n"+tag("n", names), max(room, c.Widest(names, typeset.Regular))
					lines = append(lines, names...)
				}
			}
			all[i][k] = end{text, room, len(lines)}
			most = max(most, len(lines))
		}
	}
	return all, most
}

// A barScale says how long bars are: zero stands that many px from the left edge of their
// room, and the longest bars reach below and above it.
type barScale struct {
	low, high          *big.Rat
	zero, below, above float64
}

// scale is as large as every text at a bar's end still fits.
func (s Spec) scale(avail float64, ends [][]end) barScale {
	low, high := s.extremes()
	if low.Sign() == 0 {
		return barScale{low, high, 0, 0, s.reach(avail, high, ends)}
	}
	unit, left := s.unit(avail, ends)
	below, _ := low.Float64()
	above, _ := high.Float64()
	return barScale{low, high, math.Ceil(left), round(-below * unit), round(above * unit)}
}

// signed says whether a bar goes to the left.
func (s Spec) signed() bool {
	low, _ := s.extremes()
	return low.Sign() < 0
}

// reach is the length of the longest bar where none goes to the left.
func (s Spec) reach(avail float64, high *big.Rat, ends [][]end) float64 {
	largest, _ := high.Float64()
	length := avail
	for i, row := range s.Rows {
		for k, cell := range row.Cells {
			if !cell.drawn() || cell.Value.Sign() == 0 {
				continue
			}
			v, _ := cell.Value.Float64()
			length = min(length, (avail-barDistance-ends[i][k].room)*largest/v)
		}
	}
	return math.Floor(length)
}

// unit is how long a bar of 1 is, and what bars to the left take with their texts. Each
// bar that goes to the left must fit beside each that does not.
func (s Spec) unit(avail float64, ends [][]end) (unit, left float64) {
	type bar struct{ value, text float64 }
	var lefts, rights []bar
	for i, row := range s.Rows {
		for k, cell := range row.Cells {
			b := bar{text: barDistance + ends[i][k].room}
			if cell.drawn() {
				b.value, _ = cell.Value.Float64()
			}
			if b.value < 0 {
				lefts = append(lefts, b)
			} else {
				rights = append(rights, b)
			}
		}
	}
	unit = math.Inf(1)
	for _, l := range lefts {
		unit = min(unit, (avail-l.text)/-l.value)
		for _, r := range rights {
			unit = min(unit, (avail-l.text-r.text)/(r.value-l.value))
		}
	}
	for _, l := range lefts {
		left = max(left, l.text-l.value*unit)
	}
	return unit, left
}

// addBars puts one series of bars on the canvas. middle is where the first row's bar has
// its middle. A gap keeps its words at the baseline: ECharts labels no missing value.
func (l *layout) addBars(s Spec, k int, series charts.SingleSeries, ends [][]end, middle, band float64) {
	marks := make([]mark, len(s.Rows))
	for i, row := range s.Rows {
		if row.Cells[k].drawn() {
			marks[i] = mark{Value: number(row.Cells[k].Value), Label: &label{Formatter: ends[i][k].text}}
			if row.Cells[k].Value.Sign() < 0 {
				marks[i].Label.Position = "left"
			}
			if s.quiet(i) {
				marks[i].ItemStyle = &opts.ItemStyle{Color: colorRest}
			}
			continue
		}
		marks[i] = mark{Value: missing}
		top := middle + float64(i)*band - float64(ends[i][k].lines)*l.Line/2
		l.note(ends[i][k].text, l.zero+barDistance, top, "left")
	}
	series.Type, series.Name, series.ItemStyle, series.Data = "bar", s.Series[k], fill(k), marks
	l.add(series, l.shown(label{Position: "right", Distance: barDistance}), k, nil)
}

func (s Spec) wrapLabels(f typeset.Face, weight int, room float64) (labels [][]string, most int) {
	texts := make([]string, len(s.Rows))
	for i, row := range s.Rows {
		texts[i] = row.Label
	}
	return f.WrapAll(texts, weight, room)
}
