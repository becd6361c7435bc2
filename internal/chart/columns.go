package chart

import (
	"math"
	"slices"
	"time"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"bilanz/internal/typeset"
)

// Columns stand beside each other on a line at zero, each with its value above and its
// name below.
const (
	mostPitch = 160.0 // px from one column to the next, at most
	valueGap  = 4.0   // px between a column and its value
)

// A colonnade is where columns stand.
type colonnade struct {
	pitch          float64
	places         []int // of each row: times that are missing have a place too
	count          int
	values, labels [][]string
	above, below   int // lines of the longest value and label
}

// columns draws amounts at few dates. Where values or names have no room beside each
// other the bars lie down: no number is left out.
func (s Spec) columns(c canvas, at size) *layout {
	if k, ok := s.colonnade(c); ok {
		return s.standing(c, k)
	}
	lying := s
	lying.Rows = slices.Clone(s.Rows)
	for i, row := range s.Rows {
		lying.Rows[i].Label = row.axisLabel()
	}
	return lying.bars(c, at)
}

// colonnade finds places for the columns; ok is false where a text has no room.
func (s Spec) colonnade(c canvas) (k colonnade, ok bool) {
	k.places, k.count = s.places()
	k.pitch = math.Floor(min(c.width/float64(k.count), mostPitch))
	room := k.pitch - 4
	values, labels := make([]string, len(s.Rows)), make([]string, len(s.Rows))
	for i, row := range s.Rows {
		values[i], labels[i] = row.Cells[0].Text, row.axisLabel()
	}
	words := append(append([]string{}, values...), labels...)
	if k.count > s.Form.Asks().Rows || c.Longest(typeset.Semibold, 0, math.Inf(1), words...) > room {
		return k, false
	}
	k.values, k.above = c.WrapAll(values, typeset.Semibold, room)
	k.labels, k.below = c.WrapAll(labels, typeset.Semibold, room)
	return k, k.above <= 3 && k.below <= 3
}

// axisLabel is what an axis writes of a row.
func (r Row) axisLabel() string {
	if r.Short != "" {
		return r.Short
	}
	return r.Label
}

// places are those of the rows, the first at 0. Where they have times of one kind, a year
// or month without a value keeps its place.
func (s Spec) places() (places []int, count int) {
	unit := s.step()
	for i, row := range s.Rows {
		if unit > 0 {
			places = append(places, unitsBetween(s.Rows[0].Date, row.Date, unit))
		} else {
			places = append(places, i)
		}
	}
	return places, places[len(places)-1] + 1
}

// step is how many months lie between two rows that follow each other: 1, 3, 6 or 12; 0
// where they are no such steps.
func (s Spec) step() int {
	least := 0
	for i := range s.Rows {
		if s.Rows[i].Date.IsZero() {
			return 0
		}
		if i == 0 {
			continue
		}
		before, at := s.Rows[i-1].Date, s.Rows[i].Date
		months := 12*(at.Year()-before.Year()) + int(at.Month()-before.Month())
		if months < 1 || dayFromEnd(before) != dayFromEnd(at) && before.Day() != at.Day() {
			return 0
		}
		if least == 0 || months < least {
			least = months
		}
	}
	if least != 1 && least != 3 && least != 6 && least != 12 {
		return 0
	}
	return least
}

// dayFromEnd counts the days of its month that follow a day.
func dayFromEnd(t time.Time) int {
	return time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day() - t.Day()
}

func unitsBetween(first, t time.Time, months int) int {
	return (12*(t.Year()-first.Year()) + int(t.Month()-first.Month())) / months
}

// standing draws the columns.
func (s Spec) standing(c canvas, k colonnade) *layout {
	low, high := s.extremes()
	foot := 0.0
	if low.Sign() < 0 {
		foot = float64(k.above)*c.Line + valueGap
	}
	f := lineFrame{right: k.pitch * float64(k.count), top: float64(k.above)*c.Line + valueGap}
	f.bottom = f.top + math.Round(c.width*0.2+70)
	f.low, _ = low.Float64()
	f.high, _ = high.Float64()
	l := &layout{canvas: c, rich: c.keyStyles(0), height: f.bottom + foot + 8 + float64(k.below)*c.Line}
	s.columnAxes(l, f, k)
	marks, rows := make([]mark, k.count), make([]int, k.count)
	for i := range marks {
		marks[i], rows[i] = mark{Value: missing}, -1
	}
	for i, row := range s.Rows {
		x := (float64(k.places[i]) + 0.5) * k.pitch
		l.note(tag(pick(s.loud(i), "v", "n"), k.labels[i]), x, f.bottom+foot+8, "center")
		rows[k.places[i]] = i
		if !row.Cells[0].drawn() {
			top := f.y(0) - valueGap - float64(len(k.values[i]))*c.Line
			l.note(tag("m", k.values[i]), x, top, "center")
			continue
		}
		marks[k.places[i]] = s.column(i, k.values[i])
		if row := i; k.places[i] != i {
			marks[k.places[i]].Row = &row
		}
	}
	series := charts.SingleSeries{Type: "bar", Name: s.Series[0], ItemStyle: fill(0), Data: marks,
		BarWidth: px(min(math.Round(k.pitch*0.62), 64))}
	l.add(series, l.shown(label{Position: "top", Distance: valueGap}), 0, rows)
	return l
}

// column is the mark of a row.
func (s Spec) column(i int, value []string) mark {
	m := mark{Value: number(s.Rows[i].Cells[0].Value)}
	m.Label = &label{Formatter: tag(pick(s.quiet(i), "n", "v"), value)}
	if s.Rows[i].Cells[0].Value.Sign() < 0 {
		m.Label.Position = "bottom"
	}
	m.ItemStyle = s.Rows[i].Cells[0].style(pick(s.quiet(i), colorRest, s.color(0)), s.color(0))
	return m
}

// columnAxes fixes both axes; the only thing drawn of them is the line at zero.
func (s Spec) columnAxes(l *layout, f lineFrame, k colonnade) {
	names := make([]string, k.count)
	for i, row := range s.Rows {
		names[k.places[i]] = row.axisLabel()
	}
	l.grid = &opts.Grid{Left: "0", Right: px(l.width - f.right), Top: px(f.top), Height: px(f.bottom - f.top)}
	l.x = &opts.XAxis{Type: "category", Data: names,
		AxisLine:  &opts.AxisLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: colorMuted}},
		AxisLabel: &opts.AxisLabel{Show: opts.Bool(false)}, AxisTick: &opts.AxisTick{Show: opts.Bool(false)},
		SplitLine: &opts.SplitLine{Show: opts.Bool(false)}}
	l.y = &opts.YAxis{Type: "value", Show: opts.Bool(false), Min: f.low, Max: f.high}
}
