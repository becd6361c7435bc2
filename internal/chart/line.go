package chart

import (
	"math"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"bilanz/internal/typeset"
)

// A lineFrame is the geometry of a line chart: the texts around it are placed by hand,
// since only here is known what they may not run into.
type lineFrame struct {
	left, right, top, bottom float64 // edges of the plot
	first, last              time.Time
	low, high                float64
}

const tick = 8.0 // px, where a date has no point

func (f lineFrame) x(t time.Time) float64 {
	return f.left + (f.right-f.left)*float64(t.Sub(f.first))/float64(f.last.Sub(f.first))
}

// middle is that of the text at a date, which may not leave the canvas.
func (f lineFrame) middle(row Row, room float64) float64 { return max(f.x(row.Date), room/2) }

func (f lineFrame) y(v float64) float64 {
	return f.bottom - (f.bottom-f.top)*(v-f.low)/(f.high-f.low)
}

// lines draws series on a true time axis, from zero. One series has its values at its
// points; several have their first and last values in the margins, with their names.
func (s Spec) lines(c canvas, _ size) *layout { return s.linesIn(c, s.frame(c)) }

// linesIn draws them in a frame that may be narrowed, and is moved down as its texts need.
func (s Spec) linesIn(c canvas, f lineFrame) *layout {
	l := &layout{canvas: c, rich: s.lineStyles(c)}
	several := len(s.Series) > 1
	starts, finishes := s.margins(l, several)
	f.left, f.right = max(f.left, widestOf(starts, startGap)), min(f.right, c.width-widestOf(finishes, finishGap))
	dates := s.dateLabels(c, &f)
	f.top = c.Line + 12
	marked := s
	marked.Breaks = s.breakMarks()
	breaks := marked.breakPlaces(f)
	f.top += marked.breakLabels(l, f, breaks)
	if !several {
		most := 1
		for i := range s.Rows {
			most = max(most, len(s.pointText(c.Face, i)))
		}
		f.top += float64(most-1) * c.Line
	}
	high := math.Round(l.width*0.25 + pick(several, 120.0, 70))
	f.bottom = f.top + max(high, heightOf(starts, c.Line), heightOf(finishes, c.Line))
	l.top, l.height = f.top, f.bottom+8
	under := l.height
	for _, d := range dates { // the low ones come last
		top := pick(d.low, l.height+4, f.bottom+8)
		l.note(d.text, d.x, top, "center")
		under = max(under, top+float64(d.lines)*c.Line)
		if !d.low {
			l.height = under
		}
	}
	l.height = under
	l.margin(f, starts, f.left-startGap, "right")
	tops := l.margin(f, finishes, f.right+finishGap, "left")
	s.lineAxes(l, f)
	var labelled map[int]pointLabel
	if !several {
		labelled = s.labelledPoints(f, c, breaks)
	}
	for n, k := range s.order() {
		name := s.Series[k]
		marks, rows := s.lineMarks(k, f, labelled)
		series := charts.SingleSeries{Type: "line", Name: name, Symbol: "circle", SymbolSize: s.symbol(f),
			ShowSymbol: opts.Bool(true), ItemStyle: &opts.ItemStyle{Color: s.lineColor(k)}, Data: marks,
			LineStyle: &opts.LineStyle{Width: pick[float32](s.loud(k), 4, 2.5), Color: s.lineColor(k)}}
		common := label{}
		if n == 0 {
			series.MarkLines = marked.verticals(l, f, dates, breaks, labelled)
			series.MarkLines.Data = append(series.MarkLines.Data, l.leaders(f, finishes, tops)...)
		}
		if !several {
			common = l.shown(label{Position: "top", Distance: 6, TextBorderColor: colorPaper, TextBorderWidth: 4})
			common.Show = opts.Bool(false) // but for the points that say otherwise
		}
		l.add(series, common, k, rows)
	}
	return l
}

// order is that in which the series are drawn: the highlighted one over the others.
func (s Spec) order() []int {
	order := make([]int, len(s.Series))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return pick(s.loud(a), 1, 0) - pick(s.loud(b), 1, 0) })
	return order
}

// frame knows the ranges of the axes. Zero is always on the value axis.
func (s Spec) frame(c canvas) lineFrame {
	f := lineFrame{left: 0, right: c.width, first: s.Rows[0].Date, last: s.Rows[len(s.Rows)-1].Date}
	if from := s.Since.Date; !from.IsZero() && from.Before(f.first) {
		f.first = from
	}
	if f.first.Equal(f.last) {
		f.first, f.last = f.first.AddDate(0, 0, -1), f.last.AddDate(0, 0, 1)
	}
	for _, row := range s.Rows {
		for _, cell := range row.Cells {
			if cell.drawn() {
				v, _ := cell.Value.Float64()
				f.low, f.high = min(f.low, v), max(f.high, v)
			}
		}
	}
	if f.low == f.high {
		f.high = 1
	}
	return f
}

// lineAxes fixes both axes; the only thing drawn of them is the line at zero.
func (s Spec) lineAxes(l *layout, f lineFrame) {
	rule := &opts.AxisLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: colorRule}}
	l.grid = &opts.Grid{Left: px(f.left), Right: px(l.width - f.right), Top: px(f.top), Height: px(f.bottom - f.top)}
	l.x = &opts.XAxis{Type: "time", Min: f.first.UnixMilli(), Max: f.last.UnixMilli(), AxisLine: rule,
		AxisLabel: &opts.AxisLabel{Show: opts.Bool(false)}, AxisTick: &opts.AxisTick{Show: opts.Bool(false)},
		SplitLine: &opts.SplitLine{Show: opts.Bool(false)}}
	l.y = &opts.YAxis{Type: "value", Show: opts.Bool(false), Min: f.low, Max: f.high}
}

// symbol is the diameter of the points; close ones are small, but never gone, since
// tooltips hang on them.
func (s Spec) symbol(f lineFrame) float64 {
	if apart := (f.right - f.left) / float64(len(s.Rows)); apart < 14 {
		return 4
	}
	return 8
}

// lineMarks are the points of a series, and the row that each stands for. A gap is a gap:
// the line is not drawn across it, nor across a break (a point of no row, -1).
func (s Spec) lineMarks(k int, f lineFrame, labelled map[int]pointLabel) (marks []mark, rows []int) {
	breaks := slices.DeleteFunc(slices.Clone(s.Breaks), func(b Break) bool {
		return len(s.Series) > 1 && b.Series != k
	})
	for i, at := range s.Rows {
		for ; len(breaks) > 0 && !breaks[0].Date.After(at.Date); breaks = breaks[1:] {
			marks, rows = append(marks, mark{Value: []any{breaks[0].Date.UnixMilli(), missing}}), append(rows, -1)
		}
		if at.Cells[k].none() {
			continue
		}
		cell, point := at.Cells[k], mark{Value: []any{at.Date.UnixMilli(), missing}}
		row := s.row(i)
		if len(marks) != row {
			point.Row = &row
		}
		if cell.drawn() {
			point.Value = []any{at.Date.UnixMilli(), number(cell.Value)}
			if cell.Bound {
				point.ItemStyle = cell.style(s.lineColor(k), "")
				point.ItemStyle.Color = colorPaper // over the line
			}
			if text, ok := labelled[i]; ok {
				point.Label = &label{Show: opts.Bool(true), Formatter: tag("v", text.lines)}
				if text.under {
					point.Label.Position = "bottom"
				}
				if aside := round(text.middle - f.x(at.Date)); aside != 0 || text.raised != 0 {
					point.Label.Offset = []float64{aside, -text.raised}
				}
			}
		}
		marks, rows = append(marks, point), append(rows, row)
	}
	return marks, rows
}

// row is the number of a row in the whole chart.
func (s Spec) row(i int) int {
	if s.index != nil {
		return s.index[i]
	}
	return i
}

// A dateLabel stands below the axis, with the words of a gap if there is one; low, under
// the others.
type dateLabel struct {
	row   int
	at    time.Time
	value *big.Rat // of a single line, nil for a gap
	text  string
	x     float64
	lines int
	low   bool
}

// dateLabels are the dates that have room. It moves the edges of the plot so far in that
// the outer ones fit.
func (s Spec) dateLabels(c canvas, f *lineFrame) []dateLabel {
	limit := pick(c.Size < canvases[wide].Size, 110.0, 130.0)
	texts := make([]string, len(s.Rows))
	rooms := make([]float64, len(s.Rows))
	for i, row := range s.Rows {
		lines := c.Wrap(row.axisLabel(), typeset.Regular, limit)
		texts[i], rooms[i] = tag("m", lines), c.Widest(lines, typeset.Regular)
		if cell := row.Cells[0]; len(s.Series) == 1 && !cell.drawn() && cell.Text != "" {
			words := c.Wrap("("+cell.Text+")", typeset.Regular, limit)
			texts[i], rooms[i] = texts[i]+"\n"+tag("m", words), max(rooms[i], c.Widest(words, typeset.Regular))
		}
	}
	n := len(s.Rows) - 1
	first := math.Ceil(rooms[0] / 2)
	if f.first.Before(s.Rows[0].Date) {
		first = 6 // nothing stands there but the day on which counting began
	}
	if len(s.Series) > 1 {
		first = 6 // beside the names every px counts: the text begins there
	}
	f.left, f.right = max(f.left, first), min(f.right, math.Floor(c.width-rooms[n]/2))
	if len(s.Series) == 1 {
		ends := func(i int) float64 { return c.Widest(s.pointText(c.Face, i), typeset.Semibold) / 2 }
		f.right = min(f.right, math.Floor(c.width-ends(n)))
		if !f.first.Before(s.Rows[0].Date) {
			f.left = max(f.left, math.Ceil(ends(0)))
		}
	}
	var all []dateLabel
	add := func(i int, low bool) {
		d := dateLabel{row: i, at: s.Rows[i].Date, text: texts[i], x: f.middle(s.Rows[i], rooms[i]),
			lines: strings.Count(texts[i], "\n") + 1, low: low}
		if cell := s.Rows[i].Cells[0]; cell.drawn() {
			d.value = cell.Value
		}
		all = append(all, d)
	}
	if row := s.oneRow(c, *f, texts, rooms); row != nil {
		return row
	}
	regular := f.regular(s.Rows, rooms, s.monthsApart())
	for _, i := range regular {
		add(i, false)
	}
	for _, i := range s.lower(regular, rooms, *f, c.width) {
		add(i, true)
	}
	return s.withSince(c, *f, all, rooms[regular[0]])
}

// oneRow are all dates beside each other, moved apart where two would touch, but none so far
// that its line does not lead to it; nil where they have no room.
func (s Spec) oneRow(c canvas, f lineFrame, texts []string, rooms []float64) []dateLabel {
	const apart, astray, most = 8.0, 10.0, 6
	all := make([]dateLabel, 0, len(s.Rows)+1)
	if f.first.Before(s.Rows[0].Date) {
		rooms = append([]float64{c.Room(s.Since.Label, typeset.Regular)}, rooms...)
		all = append(all, dateLabel{at: f.first, text: tag("m", []string{s.Since.Label})})
	}
	for i, row := range s.Rows {
		all = append(all, dateLabel{at: row.Date, value: pick(row.Cells[0].drawn(), row.Cells[0].Value, nil), text: texts[i]})
	}
	if len(s.Rows) > most {
		return nil
	}
	for i := range all {
		d := &all[i]
		d.lines, d.x = strings.Count(d.text, "\n")+1, max(f.x(d.at), rooms[i]/2)
		if i > 0 {
			d.x = max(d.x, all[i-1].x+(rooms[i-1]+rooms[i])/2+apart)
		}
	}
	limit := c.width
	for i := len(all) - 1; i >= 0; i-- {
		d := &all[i]
		d.x = min(d.x, limit-rooms[i]/2)
		limit = d.x - rooms[i]/2 - apart
		if math.Abs(d.x-f.x(d.at)) > rooms[i]/2+astray || d.x < rooms[i]/2-1 {
			return nil
		}
	}
	return all
}

// withSince adds the day on which counting began, where it has room before the first date.
func (s Spec) withSince(c canvas, f lineFrame, all []dateLabel, room float64) []dateLabel {
	if !f.first.Equal(s.Since.Date) || !f.first.Before(s.Rows[0].Date) {
		return all
	}
	own := c.Room(s.Since.Label, typeset.Regular)
	x := max(f.left, own/2)
	if x+own/2+8 > all[0].x-room/2 {
		return all
	}
	since := dateLabel{at: f.first, text: tag("m", []string{s.Since.Label}), x: x, lines: 1}
	return append([]dateLabel{since}, all...)
}

// lower picks the dates that stand lower, since they have no room among the others: all,
// if they are few and have room there; otherwise gaps, of which nothing is seen but words.
func (s Spec) lower(regular []int, rooms []float64, f lineFrame, width float64) []int {
	var gaps, rest []int
	var taken, takenByGaps intervals
	fits := len(s.Rows) <= 6 && s.monthsApart() == 0 // of regular dates every second will do
	for i, row := range s.Rows {
		if slices.Contains(regular, i) {
			continue
		}
		from, to := f.middle(row, rooms[i])-rooms[i]/2-4, f.middle(row, rooms[i])+rooms[i]/2+4
		inside := from >= -4 && to <= width+4
		fits = fits && inside && taken.free(from, to)
		rest = append(rest, i)
		if len(s.Series) == 1 && !row.Cells[0].drawn() && row.Cells[0].Text != "" && inside && takenByGaps.free(from, to) {
			gaps = append(gaps, i)
		}
	}
	return pick(fits, rest, gaps)
}

// monthsApart is how far the rows are apart where none is missing and an axis writes them
// in short; else 0.
func (s Spec) monthsApart() int {
	if _, count := s.places(); count != len(s.Rows) || s.Rows[0].Short == "" {
		return 0
	}
	return s.step()
}

// regular picks every nth date, with the least n at which none touches the next, and
// the last one in any case. Months and quarters are picked in whole years, or so that
// each year has the same.
func (f lineFrame) regular(rows []Row, rooms []float64, months int) []int {
	n := len(rows) - 1
	touch := func(i, j int) bool {
		return f.middle(rows[j], rooms[j])-f.middle(rows[i], rooms[i]) < (rooms[i]+rooms[j])/2+8
	}
	for step := 1; step < n; step++ {
		if far := step * months; far > 0 && far%12 != 0 && 12%far != 0 {
			continue
		}
		picked, fits := []int{0}, true
		for i := step; i < n && fits; i += step {
			fits = !touch(i-step, i)
			picked = append(picked, i)
		}
		if !fits {
			continue
		}
		if last := len(picked) - 1; last > 0 && touch(picked[last], n) {
			picked = picked[:last]
		}
		if !touch(picked[len(picked)-1], n) {
			return append(picked, n)
		}
	}
	if n == 0 || touch(0, n) {
		return []int{n}
	}
	return []int{0, n}
}

// verticals are the thin lines at the labelled dates, up to the point of a single line, or
// the text under it, so that none goes through its text, and the dashed ones at the breaks,
// up to their labels.
func (s Spec) verticals(l *layout, f lineFrame, dates []dateLabel, breaks []float64,
	labelled map[int]pointLabel) *opts.MarkLines {

	lines := plainLines(colorRule)
	for _, d := range dates {
		if len(s.Series) > 1 {
			lines.Data = append(lines.Data, opts.MarkLineNameXAxisItem{XAxis: d.at.UnixMilli()})
			continue
		}
		x, top := round(f.x(d.at)), f.bottom-tick
		if d.value != nil {
			v, _ := d.value.Float64()
			top = round(f.y(v))
			if text := labelled[d.row]; text.under {
				top = min(round(top+s.pointGap(f)+float64(len(text.lines))*l.Line), f.bottom)
			}
		}
		lines.Data = append(lines.Data, []pixel{{X: x, Y: top}, {X: x, Y: f.bottom}})
	}
	dashed := &opts.LineStyle{Color: colorMuted, Width: 1.5, Type: "dashed"}
	for i, x := range breaks {
		lines.Data = append(lines.Data, []pixel{{X: x, Y: l.breakTops[i], LineStyle: dashed}, {X: x, Y: f.bottom}})
	}
	return lines
}

// breakMarks are the breaks as they are marked: those of several lines that have one date
// and one text once, by date.
func (s Spec) breakMarks() []Break {
	all := slices.Clone(s.Breaks)
	slices.SortStableFunc(all, func(a, b Break) int { return a.Date.Compare(b.Date) })
	return slices.CompactFunc(all, func(a, b Break) bool { return a.Date.Equal(b.Date) && a.Label == b.Label })
}

// breakPlaces are where the marks of the breaks stand: between the two dates that each of
// them parts, well away from both. Near one it would go through that number.
func (s Spec) breakPlaces(f lineFrame) []float64 {
	places := make([]float64, len(s.Breaks))
	for k, b := range s.Breaks {
		i := slices.IndexFunc(s.Rows, func(r Row) bool { return !r.Date.Before(b.Date) })
		places[k] = f.x(b.Date)
		if i > 0 {
			before, after := f.x(s.Rows[i-1].Date), f.x(s.Rows[i].Date)
			if near := (after - before) / 4; places[k] < before+near || places[k] > after-near {
				places[k] = (before + after) / 2
			}
		}
		places[k] = round(places[k])
	}
	return places
}

// breakLabels writes what the breaks mean above the plot, beside their lines, each on
// rows of its own if it would run into the one before, and returns the height of all.
func (s Spec) breakLabels(l *layout, f lineFrame, places []float64) float64 {
	const beside = 6.0
	height, top := 0.0, 0.0
	var taken intervals
	for i, b := range s.Breaks {
		x := places[i]
		side := freeSide(places, i, l.width)
		lines := l.Wrap(b.Label, typeset.Regular, pick(side > 0, l.width-x, x)-beside)
		far := x + side*(beside+l.Widest(lines, typeset.Regular))
		if !taken.free(min(x, far)-beside, max(x, far)+beside) {
			top, taken = height, intervals{{0, l.width}}
		}
		y := f.top - l.Line - 12 + top
		label := l.note(tag("m", lines), x+side*beside, y, pick(side > 0, "left", "right"))
		label.TextStyle.TextBorderColor = colorPaper // another break's line may pass behind it
		label.TextStyle.TextBorderWidth = 4
		l.breakTops = append(l.breakTops, y)
		height = max(height, top+float64(len(lines))*l.Line+4)
	}
	return height
}

// freeSide says on which side of a break its label stands: where there is more room, but
// not across the mark of another break if the other side will do.
func freeSide(places []float64, i int, width float64) float64 {
	const enough = 90.0
	x := places[i]
	right, left := width-x, x
	if i+1 < len(places) && left >= enough {
		right = 0
	}
	if i > 0 && width-x >= enough {
		left = 0
	}
	return pick(right >= left, 1.0, -1.0)
}

// A marginText is the value of a series at one end of its line.
type marginText struct {
	text  string
	color string // of a leader that takes the place of a square; "" where there is one
	at    time.Time
	value float64
	room  float64
	lines int
}

// Between the ends of lines and their texts; on the right there is room for a leader.
const (
	startGap  = 10.0
	finishGap = 20.0
)

// margins are the texts left and right of several lines: the name of each at its end, so
// that nobody looks colours up. Narrow, there is no room for the first values, and leaders
// in the colours of the lines stand for squares.
func (s Spec) margins(l *layout, several bool) (starts, finishes []marginText) {
	if !several {
		return nil, nil
	}
	roomy := l.width >= canvases[wide].width
	limit := swatchIn + 6 + l.Longest(typeset.Semibold, l.width*0.3, l.width*0.45, s.Series...)
	if !roomy {
		limit += l.width*0.05 - swatchIn
	}
	for k, name := range s.Series {
		var drawn []Row
		for _, row := range s.Rows {
			if row.Cells[k].drawn() {
				drawn = append(drawn, row)
			}
		}
		if len(drawn) == 0 {
			continue
		}
		first, last := drawn[0], drawn[len(drawn)-1]
		entry := keyEntry{k, last.Cells[k].Text, name, s.stressOf(k)}
		lines, room := entry.lines(l.Face, limit)
		if roomy {
			lines, room = l.key([]keyEntry{entry}, limit, l.rich)
		}
		finishes = append(finishes, marginText{strings.Join(lines, "\n"), pick(roomy, "", s.lineColor(k)), last.Date,
			last.number(k), room, len(lines)})
		if first.Date.Equal(s.Rows[0].Date) && len(drawn) > 1 && roomy {
			lines := l.Wrap(first.Cells[k].Text, typeset.Semibold, l.width*0.2)
			starts = append(starts, marginText{tag(pick(s.quiet(k), "n", "v"), lines), "", first.Date, first.number(k),
				l.Widest(lines, typeset.Semibold), len(lines)})
		}
	}
	return starts, finishes
}

// margin writes the texts beside their lines' ends, pushed apart where they would touch,
// and says how high each stands. It puts them in order, the highest first.
func (l *layout) margin(f lineFrame, texts []marginText, x float64, align string) []float64 {
	slices.SortStableFunc(texts, func(a, b marginText) int {
		return pick(a.value > b.value, -1, pick(a.value < b.value, 1, 0))
	})
	tops := make([]float64, len(texts))
	under := f.top - l.Line/2
	for i, t := range texts {
		high := float64(t.lines) * l.Line
		tops[i] = max(f.y(t.value)-high/2, under)
		under = tops[i] + high + 2
	}
	floor := f.bottom + l.Line/2
	for i := len(texts) - 1; i >= 0; i-- {
		tops[i] = min(tops[i], floor-float64(texts[i].lines)*l.Line)
		floor = tops[i] - 2
	}
	for i, t := range texts {
		l.note(t.text, x, tops[i], align)
	}
	return tops
}

// leaders lead from the ends of lines to texts that do not stand beside them.
func (l *layout) leaders(f lineFrame, texts []marginText, tops []float64) (lines []any) {
	for i, t := range texts {
		style := &opts.LineStyle{Color: pick(t.color == "", colorMuted, t.color), Width: 1, Type: "solid"}
		x, y, text := f.x(t.at), f.y(t.value), tops[i]+l.Line/2
		if t.color == "" && f.right-x < 1 && math.Abs(text-y) < l.Line/2 {
			continue
		}
		lines = append(lines, []pixel{{X: round(x + 6), Y: round(y), LineStyle: style},
			{X: round(f.right + finishGap - 4), Y: round(text)}})
	}
	return lines
}

// heightOf is what the texts of a margin take above each other.
func heightOf(texts []marginText, line float64) float64 {
	height := 0.0
	for _, t := range texts {
		height += float64(t.lines)*line + 2
	}
	return height
}

func widestOf(texts []marginText, gap float64) (least float64) {
	for _, t := range texts {
		least = max(least, t.room+gap+4)
	}
	return math.Ceil(least)
}
