package chart

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// A lineFrame is the geometry of a line chart: the texts around it are placed by hand,
// since only here is known what they may not run into.
type lineFrame struct {
	left, right, top, bottom float64 // edges of the plot
	first, last              time.Time
	low, high                float64
}

func (f lineFrame) x(t time.Time) float64 {
	return f.left + (f.right-f.left)*float64(t.Sub(f.first))/float64(f.last.Sub(f.first))
}

func (f lineFrame) y(v float64) float64 {
	return f.bottom - (f.bottom-f.top)*(v-f.low)/(f.high-f.low)
}

// lines draws series on a true time axis, from zero. One series has its values at its
// points; several have their first and last values in the margins, with their names.
func (s Spec) lines(c canvas) *layout {
	l := &layout{canvas: c, rich: c.keyStyles(len(s.Series))}
	f := s.frame(c)
	several := len(s.Series) > 1
	starts, finishes := s.margins(l, several)
	f.left, f.right = widestOf(starts, 0), c.width-widestOf(finishes, 0)
	dates := s.dateLabels(c, &f)
	f.top = c.line + 12
	if several && l.width < canvases[Wide].width {
		names := make([]keyEntry, len(s.Series))
		for k, name := range s.Series {
			names[k] = keyEntry{color: k, name: name}
		}
		key, _ := c.key(names, c.width, l.rich)
		l.note(strings.Join(key, "\n"), 0, 0, "left")
		f.top += float64(len(key))*c.line + 8
	}
	f.top += s.breakLabels(l, f)
	if !several {
		most := 1
		for i := range s.Rows {
			most = max(most, len(s.pointText(c.face, i)))
		}
		f.top += float64(most-1) * c.line
	}
	f.bottom = f.top + max(math.Round(l.width*0.25+70), heightOf(starts, c.line), heightOf(finishes, c.line))
	l.height = f.bottom + 8
	for _, d := range dates {
		l.note(d.text, d.x, f.bottom+8, "center")
		l.height = max(l.height, f.bottom+8+float64(d.lines)*c.line)
	}
	if several {
		l.margin(f, starts, f.left-10, "right")
		l.margin(f, finishes, f.right+10, "left")
	}
	s.lineAxes(l, f)
	for k, name := range s.Series {
		marks, rows := s.lineMarks(k, f, c.face)
		l.rows = rows
		series := charts.SingleSeries{Type: "line", Name: name, Symbol: "circle", SymbolSize: s.symbol(f),
			ShowSymbol: opts.Bool(true), ItemStyle: fill(k), Data: marks,
			LineStyle: &opts.LineStyle{Width: 2.5, Color: seriesColors[k]}}
		common := label{}
		if k == 0 {
			series.MarkLines = s.verticals(l, f, dates)
		}
		if !several {
			common = l.shown(label{Position: "top", Distance: 6, TextBorderColor: colorPaper, TextBorderWidth: 4})
			common.Show = opts.Bool(false) // but for the points that say otherwise
		}
		l.add(series, common, k)
	}
	return l
}

// frame knows the ranges of the axes. Zero is always on the value axis.
func (s Spec) frame(c canvas) lineFrame {
	f := lineFrame{left: 0, right: c.width, first: s.Rows[0].Date, last: s.Rows[len(s.Rows)-1].Date}
	if len(s.Rows) == 1 {
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
func (s Spec) lineMarks(k int, f lineFrame, face face) (marks []mark, rows []int) {
	var labelled map[int]bool
	if len(s.Series) == 1 {
		labelled = s.labelledPoints(f, face)
	}
	breaks := s.Breaks
	for i, row := range s.Rows {
		for ; len(breaks) > 0 && !breaks[0].Date.After(row.Date); breaks = breaks[1:] {
			marks, rows = append(marks, mark{Value: []any{breaks[0].Date.UnixMilli(), missing}}), append(rows, -1)
		}
		cell, point := row.Cells[k], mark{Value: []any{row.Date.UnixMilli(), missing}}
		if len(marks) != i {
			point.Row = &i
		}
		if cell.drawn() {
			point.Value = []any{row.Date.UnixMilli(), number(cell.Value)}
			if labelled[i] {
				point.Label = &label{Show: opts.Bool(true), Formatter: tag("v", s.pointText(face, i))}
			}
		}
		marks, rows = append(marks, point), append(rows, i)
	}
	return marks, rows
}

// labelledPoints picks the points whose values have room: first the last one, the
// first, the highest and the lowest, then the others from left to right.
func (s Spec) labelledPoints(f lineFrame, face face) map[int]bool {
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
	order = append([]int{order[len(order)-1], order[0], high, low}, order...)
	var taken intervals
	chosen := map[int]bool{}
	for _, i := range order {
		lines := s.pointText(face, i)
		half := face.widest(lines, semibold)/2 + 4
		if x := f.x(s.Rows[i].Date); !chosen[i] && taken.free(x-half, x+half) {
			chosen[i] = true
		}
	}
	return chosen
}

// pointText is the value at a point of a single line.
func (s Spec) pointText(f face, row int) []string {
	return f.wrap(s.Rows[row].Cells[0].Text, semibold, 10*f.size)
}

// intervals are stretches of a line that are taken.
type intervals [][2]float64

// free takes the stretch if nothing else has.
func (t *intervals) free(from, to float64) bool {
	for _, other := range *t {
		if from < other[1] && to > other[0] {
			return false
		}
	}
	*t = append(*t, [2]float64{from, to})
	return true
}

// A dateLabel stands below the axis, with the words of a gap if there is one.
type dateLabel struct {
	at    time.Time
	text  string
	x     float64
	lines int
}

// dateLabels are the dates that have room. It moves the edges of the plot so far in that
// the outer ones fit.
func (s Spec) dateLabels(c canvas, f *lineFrame) []dateLabel {
	limit := pick(c.width < canvases[Wide].width, 100.0, 130.0)
	texts := make([]string, len(s.Rows))
	rooms := make([]float64, len(s.Rows))
	for i, row := range s.Rows {
		lines := c.wrap(row.Label, regular, limit)
		texts[i], rooms[i] = tag("m", lines), c.widest(lines, regular)
		if cell := row.Cells[0]; len(s.Series) == 1 && !cell.drawn() && cell.Text != "" {
			words := c.wrap("("+cell.Text+")", regular, limit)
			texts[i], rooms[i] = texts[i]+"\n"+tag("m", words), max(rooms[i], c.widest(words, regular))
		}
	}
	n := len(s.Rows) - 1
	f.left, f.right = max(f.left, math.Ceil(rooms[0]/2)), min(f.right, math.Floor(c.width-rooms[n]/2))
	if len(s.Series) == 1 {
		ends := func(i int) float64 { return c.widest(s.pointText(c.face, i), semibold) / 2 }
		f.left, f.right = max(f.left, math.Ceil(ends(0))), min(f.right, math.Floor(c.width-ends(n)))
	}
	var all []dateLabel
	for _, i := range f.regular(s.Rows, rooms) {
		all = append(all, dateLabel{s.Rows[i].Date, texts[i], f.x(s.Rows[i].Date), strings.Count(texts[i], "\n") + 1})
	}
	return all
}

// regular picks every nth date, with the least n at which none touches the next, and
// the last one in any case.
func (f lineFrame) regular(rows []Row, rooms []float64) []int {
	n := len(rows) - 1
	touch := func(i, j int) bool {
		return f.x(rows[j].Date)-f.x(rows[i].Date) < (rooms[i]+rooms[j])/2+8
	}
	for step := 1; step < n; step++ {
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

// verticals are the thin lines at the labelled dates and the dashed ones at the breaks,
// which reach up to their labels.
func (s Spec) verticals(l *layout, f lineFrame, dates []dateLabel) *opts.MarkLines {
	lines := plainLines(colorRule)
	for _, d := range dates {
		lines.Data = append(lines.Data, opts.MarkLineNameXAxisItem{XAxis: d.at.UnixMilli()})
	}
	dashed := &opts.LineStyle{Color: colorMuted, Width: 1.5, Type: "dashed"}
	for i, b := range s.Breaks {
		x := round(f.x(b.Date))
		lines.Data = append(lines.Data, []pixel{{X: x, Y: l.breakTops[i], LineStyle: dashed}, {X: x, Y: f.bottom}})
	}
	return lines
}

// breakLabels writes what the breaks mean above the plot, beside their lines, each on
// rows of its own if it would run into the one before, and returns the height of all.
func (s Spec) breakLabels(l *layout, f lineFrame) float64 {
	const beside = 6.0
	height, top := 0.0, 0.0
	var taken intervals
	for _, b := range s.Breaks {
		x := f.x(b.Date)
		side := pick(l.width-x >= x, 1.0, -1.0)
		lines := l.wrap(b.Label, regular, max(l.width-x, x)-beside)
		far := x + side*(beside+l.widest(lines, regular))
		if !taken.free(min(x, far)-beside, max(x, far)+beside) {
			top, taken = height, intervals{{0, l.width}}
		}
		y := f.top - l.line - 12 + top
		label := l.note(tag("m", lines), x+side*beside, y, pick(side > 0, "left", "right"))
		label.TextStyle.TextBorderColor = colorPaper // another break's line may pass behind it
		label.TextStyle.TextBorderWidth = 4
		l.breakTops = append(l.breakTops, y)
		height = max(height, top+float64(len(lines))*l.line+4)
	}
	return height
}

// A marginText is the value of a series at one end of its line.
type marginText struct {
	text  string
	value float64
	room  float64
	lines int
}

// margins are the texts left and right of several lines.
func (s Spec) margins(l *layout, several bool) (starts, finishes []marginText) {
	if !several {
		return nil, nil
	}
	wide := l.width >= canvases[Wide].width
	limit := swatchIn + 6 + l.longest(semibold, l.width*0.3, l.width*0.45, s.Series...)
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
		value := func(row Row) marginText {
			v, _ := row.Cells[k].Value.Float64()
			lines := l.wrap(row.Cells[k].Text, semibold, l.width*0.2)
			return marginText{tag("v", lines), v, l.widest(lines, semibold), len(lines)}
		}
		finish := value(drawn[len(drawn)-1])
		if wide {
			lines, room := l.key([]keyEntry{{k, drawn[len(drawn)-1].Cells[k].Text, name}}, limit, l.rich)
			finish.text, finish.lines, finish.room = strings.Join(lines, "\n"), len(lines), room
		}
		finishes = append(finishes, finish)
		if drawn[0].Date.Equal(s.Rows[0].Date) && len(drawn) > 1 {
			starts = append(starts, value(drawn[0]))
		}
	}
	return starts, finishes
}

// margin writes the texts beside their lines' ends, pushed apart where they would touch.
func (l *layout) margin(f lineFrame, texts []marginText, x float64, align string) {
	slices.SortStableFunc(texts, func(a, b marginText) int {
		return pick(a.value > b.value, -1, pick(a.value < b.value, 1, 0))
	})
	tops := make([]float64, len(texts))
	under := f.top - l.line/2
	for i, t := range texts {
		high := float64(t.lines) * l.line
		tops[i] = max(f.y(t.value)-high/2, under)
		under = tops[i] + high + 2
	}
	floor := f.bottom + l.line/2
	for i := len(texts) - 1; i >= 0; i-- {
		tops[i] = min(tops[i], floor-float64(texts[i].lines)*l.line)
		floor = tops[i] - 2
	}
	for i, t := range texts {
		l.note(t.text, x, tops[i], align)
	}
}

// heightOf is what the texts of a margin take above each other.
func heightOf(texts []marginText, line float64) float64 {
	height := 0.0
	for _, t := range texts {
		height += float64(t.lines)*line + 2
	}
	return height
}

func widestOf(texts []marginText, least float64) float64 {
	for _, t := range texts {
		least = max(least, t.room+14)
	}
	return math.Ceil(least)
}
