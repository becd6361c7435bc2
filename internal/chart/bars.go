package chart

import (
	"math"
	"math/big"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"bilanz/internal/form"
	"bilanz/internal/typeset"
)

// Room in charts of bars, in px.
const (
	barGap    = 28.0 // from one bar to the next, where the name of the second stands
	underName = 2.0  // from a name to its bar
	groupGap  = 8.0  // more from one group of bars to the next
	inGroup   = 3.0  // from one bar of a group to the next
	beyond    = 2.0  // what the line at zero reaches beyond its bar
	partsBar  = 28.0 // thickness of a bar that is cut into parts
)

// bars draws amounts from a line at zero: the name above each bar, its value at the end.
func (s Spec) bars(c canvas, _ size) *layout {
	ends, lines := s.ends(c, c.width)
	named := s.Form != form.GroupedBar || s.nameFirst(c, ends[0])
	return s.barsBelow(c, ends, lines, s.scale(c.width, ends), named)
}

// barsBelow draws them with these texts at their ends, of so many lines, on this scale.
// Where the bars of a group are not named at the first, a key stands over all.
func (s Spec) barsBelow(c canvas, ends [][]end, lines int, scale barScale, named bool) *layout {
	grouped := s.Form == form.GroupedBar
	weight := pick(grouped || s.Highlight > 0, typeset.Semibold, typeset.Regular)
	labels, most := s.wrapLabels(c.Face, weight, c.width)
	extra := float64(lines-1) * c.Line
	gap := barGap - c.Line - underName + pick(grouped, groupGap, 0) + extra
	head, step := float64(most)*c.Line+underName, inGroup+c.bar+extra
	group := c.bar + step*float64(len(s.Series)-1)
	band := gap + head + group
	l := s.barGrid(c, scale, band)
	top := gap / 2
	if !named {
		top += s.keyAbove(l)
	}
	names := make([]mark, len(s.Rows))
	for i := range s.Rows {
		up := head - underName - float64(len(labels[i]))*c.Line - extra/2
		names[i] = mark{Value: 0, Label: &label{Formatter: tag(pick(grouped || s.loud(i), "v", "n"), labels[i]),
			Position: []float64{-l.zero, up}}}
	}
	l.spacer(head, names)
	top += head
	for k := range s.Series {
		series := charts.SingleSeries{BarWidth: px(c.bar), BarGap: "0%"}
		if k == 0 {
			series.MarkLines = l.zeroLines(len(s.Rows), top, group, band)
		} else {
			l.spacer(inGroup+extra, nil)
		}
		l.addBars(s, k, series, ends, top+c.bar/2, band)
		top += step
	}
	return l
}

// spacer keeps room in the place of a bar without length, with texts in it.
func (l *layout) spacer(high float64, texts []mark) {
	if texts == nil {
		texts = []mark{}
	}
	l.add(charts.SingleSeries{Type: "bar", BarWidth: px(high), BarGap: "0%", Data: texts}, l.headLabel(), -1, nil)
}

// keyAbove writes the names of the series over the bars, which it moves down, and says how far.
func (s Spec) keyAbove(l *layout) float64 {
	entries := make([]keyEntry, len(s.Series))
	for k, name := range s.Series {
		entries[k] = keyEntry{color: k, name: name}
	}
	l.rich = l.keyStyles(len(s.Series))
	lines, _ := l.key(entries, l.width, l.rich)
	l.note(strings.Join(lines, "\n"), 0, 0, "left")
	high := float64(len(lines))*l.Line + groupGap
	l.grid.Top, l.height = px(high), l.height+high
	return high
}

// zeroLines mark zero beside each bar or group: one long line would go through the names.
func (l *layout) zeroLines(rows int, top, high, band float64) *opts.MarkLines {
	lines := plainLines(colorMuted)
	for i := range rows {
		y := top + float64(i)*band
		x := l.zero - zeroLine/2
		lines.Data = append(lines.Data, []pixel{{X: x, Y: round(y - beyond)}, {X: x, Y: round(y + high + beyond)}})
	}
	return lines
}

// stacks draws parts of a whole in one bar, and above it what each part is: over the part
// where all have room there, else in a key. A single bar needs no name of its own.
func (s Spec) stacks(c canvas, _ size) *layout {
	var labels [][]string
	most := 0
	if len(s.Rows) > 1 {
		labels, most = s.wrapLabels(c.Face, typeset.Semibold, c.width)
	}
	texts, lines, rich := s.keysOfParts(c)
	if over, most, styles := s.overParts(c); over != nil {
		texts, lines, rich = over, most, styles
	}
	head := float64(most+lines)*c.Line + underName + 2
	band := head + partsBar + pick(len(s.Rows) > 1, barGap-underName, 0)
	l := s.barGrid(c, barScale{new(big.Rat), big.NewRat(1, 1), 0, 0, c.width}, band)
	l.rich = rich
	var names []mark
	for i := range labels {
		names = append(names, mark{Value: 0, Label: &label{Formatter: tag("v", labels[i]),
			Position: []float64{0, float64(most-len(labels[i])) * c.Line}}})
	}
	l.spacer(head, names)
	for i, row := range texts {
		foot := float64(i)*band + (band-head-partsBar)/2 + head - underName - 2
		for _, t := range row {
			l.note(t.text, t.x, foot-float64(t.lines)*c.Line, "left")
		}
	}
	for k, name := range s.Series {
		marks := make([]mark, len(s.Rows))
		for i, row := range s.Rows {
			marks[i] = mark{Value: number(new(big.Rat).Quo(row.Cells[k].Value, s.baseOf(row)))}
		}
		style := fill(k)
		style.BorderColor, style.BorderWidth = colorPaper, 2 // one px of each part: a gap of two
		l.add(charts.SingleSeries{Type: "bar", Name: name, Stack: "whole", BarWidth: px(partsBar), BarGap: "0%",
			ItemStyle: style, Data: marks}, label{}, k, nil)
	}
	return l
}

// baseOf is what fills the whole width of a stacked bar: its own sum, or the greatest of all.
func (s Spec) baseOf(row Row) *big.Rat {
	most := row.sum()
	if s.Form == form.ShareBar {
		return most
	}
	for _, other := range s.Rows {
		if total := other.sum(); total.Cmp(most) > 0 {
			most = total
		}
	}
	return most
}

// A partText says what a part of a bar is.
type partText struct {
	text  string
	x     float64
	lines int
}

// overParts are the texts over the parts, the value first; nil where a word has no room, and
// where parts have other lengths once readers look at shares.
func (s Spec) overParts(c canvas) (texts [][]partText, most int, rich map[string]textStyle) {
	const beside, mostLines = 8.0, 3
	if s.Form == form.StackedBar && len(s.Rows) > 1 {
		return nil, 0, nil
	}
	for _, row := range s.Rows {
		x, base := 0.0, s.baseOf(row)
		var over []partText
		for k, cell := range row.Cells {
			share, _ := new(big.Rat).Quo(cell.Value, base).Float64()
			room := share*c.width - beside
			if c.Longest(typeset.Semibold, 0, math.Inf(1), cell.Text, s.Series[k]) > room {
				return nil, 0, nil
			}
			value, name := c.Wrap(cell.Text, typeset.Semibold, room), c.Wrap(s.Series[k], typeset.Regular, room)
			lines := len(value) + len(name)
			if lines > mostLines {
				return nil, 0, nil
			}
			over = append(over, partText{join(tag("v", value), tag("n", name)), x, lines})
			x, most = x+share*c.width, max(most, lines)
		}
		texts = append(texts, over)
	}
	return texts, most, c.keyStyles(0)
}

// keysOfParts are a key for each bar.
func (s Spec) keysOfParts(c canvas) (texts [][]partText, most int, rich map[string]textStyle) {
	rich = c.keyStyles(len(s.Series))
	for _, row := range s.Rows {
		entries := make([]keyEntry, len(row.Cells))
		for k, cell := range row.Cells {
			entries[k] = keyEntry{color: k, value: cell.Text, name: s.Series[k]}
		}
		lines, _ := c.key(entries, c.width, rich)
		texts = append(texts, []partText{{strings.Join(lines, "\n"), 0, len(lines)}})
		most = max(most, len(lines))
	}
	return texts, most, rich
}

// barGrid is the frame of every bar chart: rows of one height, a value axis on which zero
// is, neither axis drawn.
func (s Spec) barGrid(c canvas, scale barScale, band float64) *layout {
	height := band * float64(len(s.Rows))
	names := make([]string, len(s.Rows))
	for i := range names {
		names[i] = s.Rows[i].Label
	}
	return &layout{
		canvas: c,
		height: height,
		zero:   scale.zero,
		grid: &opts.Grid{Left: px(scale.zero - scale.below), Right: px(c.width - scale.zero - scale.above), Top: "0",
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

// ends lays out the values at the ends of the bars, and says how many lines the longest has.
func (s Spec) ends(c canvas, avail float64) (all [][]end, most int) {
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
			lines := c.Wrap(cell.Text, weight, s.atEnd(avail))
			all[i][k] = end{tag(style, lines), c.Widest(lines, weight), len(lines)}
			most = max(most, len(lines))
		}
	}
	return all, most
}

// atEnd is the most room for the text at the end of a bar. Where bars go both ways texts
// stand on both sides.
func (s Spec) atEnd(avail float64) float64 { return pick(s.signed(), avail*0.35, avail*0.5) }

// nameFirst adds to the values of the first group what each bar is, where all names have
// room on the line.
func (s Spec) nameFirst(c canvas, first []end) bool {
	rooms := make([]float64, len(first))
	for k, e := range first {
		rooms[k] = e.room + nameGap + c.Room(s.Series[k], typeset.Regular)
		if e.lines > 1 || rooms[k] > s.atEnd(c.width) {
			return false
		}
	}
	for k := range first {
		first[k].room = rooms[k]
		first[k].text += tag("s", []string{s.Series[k]})
	}
	return true
}

const nameGap = 6.0 // px between a value and the name behind it

// A barScale says how long bars are: zero stands that many px from the left edge of their
// room, and the longest bars reach below and above it.
type barScale struct {
	low, high          *big.Rat
	zero, below, above float64
}

const zeroLine = 1.0 // px, left of the bars

// scale is as large as every text at a bar's end still fits.
func (s Spec) scale(avail float64, ends [][]end) barScale {
	low, high := s.extremes()
	if low.Sign() == 0 {
		return barScale{low, high, zeroLine, 0, s.reach(avail-zeroLine, high, ends)}
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
			marks[i].ItemStyle = row.Cells[k].style(pick(s.quiet(i), colorRest, s.color(k)), s.color(k))
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
