package chart

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"bilanz/internal/form"
	"bilanz/internal/typeset"
)

// size is one of the drawings of each chart. Shown in columns of all widths, none is
// enlarged by much: texts would be larger than those of the page.
type size string

const (
	wide   size = "wide"   // for a column beside text, and for paper
	narrow size = "narrow" // for a phone
	broad  size = "broad"  // for all columns of a page
)

var sizes = [...]size{wide, narrow, broad}

// A drawing is one size of a chart: its option, and how to read what comes back.
type drawing struct {
	width, height float64
	option        []byte
	series        []int   // ECharts' series to the spec's; -1 for one that only carries labels
	count         int     // of the spec's rows
	rows          [][]int // ECharts' data to the spec's rows, for each of its series; nil if they are the same
}

// A canvas is the paper for one size: its width and the font that is used on it.
type canvas struct {
	typeset.Face
	width float64
	bar   float64 // thickness of a bar
}

// Text is 16 px on the wide drawings, which may be shown at three quarters of their size
// (in 480 and 810 px), and 14 px on the narrow one: never under 12 px as rendered.
var canvases = map[size]canvas{
	wide:   {Face: typeset.Face{Size: 16, Line: 20}, width: 640, bar: 18},
	narrow: {Face: typeset.Face{Size: 14, Line: 18}, width: 300, bar: 18},
	broad:  {Face: typeset.Face{Size: 16, Line: 20}, width: 1080, bar: 18},
	small:  {Face: typeset.Face{Size: 14, Line: 18}, width: 300, bar: 12},
}

// drawers says how each form is drawn that is a picture.
var drawers = map[form.Form]func(Spec, canvas, size) *layout{
	form.Bar:            Spec.bars,
	form.Column:         Spec.columns,
	form.GroupedBar:     Spec.bars,
	form.StackedBar:     Spec.stacks,
	form.ShareBar:       Spec.stacks,
	form.Line:           Spec.lines,
	form.Pie:            Spec.pie,
	form.SmallMultiples: Spec.panels,
}

// draft lays the chart out and writes its option.
func (s Spec) draft(at size) (drawing, error) {
	if err := s.Check(); err != nil {
		return drawing{}, err
	}
	c := canvases[at]
	l := drawers[s.Form](s, c, at)
	if s.Demo != "" {
		l.height += c.Line + 4
		l.note(tag("d", []string{s.Demo}), l.width, l.height-c.Line, "right")
	}
	d, err := l.finish()
	d.count = len(s.Rows)
	return d, err
}

// A layout collects what a kind puts on the canvas, in go-echarts' types where they reach.
type layout struct {
	canvas
	height float64
	grid   *opts.Grid
	x      *opts.XAxis
	y      *opts.YAxis
	zero   float64 // where bars begin
	rich   map[string]textStyle
	notes  []*note
	list   []charts.SingleSeries
	labels []label // the common label of each series
	of     []int
	rows   [][]int
	more   []*layout // the panels, where there are several pairs of axes

	breakTops []float64 // where the lines at the breaks begin
	top       float64   // of a plot of lines
}

// add puts a series on the canvas; of is its number in the spec, -1 if it only carries labels.
// rows are the spec's rows that its data are, nil if they are the same.
func (l *layout) add(series charts.SingleSeries, common label, of int, rows []int) {
	var texts []*string
	for _, m := range series.Data.([]mark) {
		if m.Label != nil {
			texts = append(texts, &m.Label.Formatter)
		}
	}
	base, rich := l.simplest(texts)
	common.FontWeight, common.Rich = base.FontWeight, rich
	if common.Show != nil {
		common.Color = base.Color
	}
	l.list, l.labels, l.of, l.rows = append(l.list, series), append(l.labels, common), append(l.of, of), append(l.rows, rows)
}

// note writes a text at a fixed place.
func (l *layout) note(text string, x, y float64, align string) *note {
	style, rich := l.simplest([]*string{&text})
	style.VerticalAlign, style.Rich = "", rich
	l.notes = append(l.notes, &note{Text: text, Left: round(x), Top: round(y), TextAlign: align, TextStyle: style})
	return l.notes[len(l.notes)-1]
}

// finish writes the option: go-echarts builds it, the house style completes it.
func (l *layout) finish() (drawing, error) {
	house := &houseStyle{layout: l}
	var option map[string]any
	if l.grid == nil && l.more == nil {
		pie := charts.NewPie()
		pie.MultiSeries = l.list
		pie.Accept(house)
		pie.Validate()
		option = pie.JSON()
	} else {
		// A bar chart without bars carries lines just as well: what go-echarts calls
		// Bar is a pair of axes with a list of series.
		bar := charts.NewBar()
		bar.XAxisList, bar.YAxisList = nil, nil
		for _, frame := range pick(l.more == nil, []*layout{l}, l.more) {
			bar.XAxisList, bar.YAxisList = append(bar.XAxisList, *frame.x), append(bar.YAxisList, *frame.y)
			bar.GridList = append(bar.GridList, *frame.grid)
		}
		bar.MultiSeries = l.list
		bar.Accept(house)
		option = bar.JSON()
	}
	text, err := json.Marshal(option)
	return drawing{width: l.width, height: math.Ceil(l.height), option: text, series: l.of, rows: l.rows}, err
}

// A mark is one datum. go-echarts' data types lack the label's place, so this is ours.
type mark struct {
	Name      string          `json:"name,omitempty"`
	Value     any             `json:"value"`
	Label     *label          `json:"label,omitempty"`
	ItemStyle *opts.ItemStyle `json:"itemStyle,omitempty"`
	Row       *int            `json:"row,omitempty"` // of the spec, for the live chart, where it differs
}

// MarshalJSON writes a bare value where there is nothing else: ECharts is faster with it.
func (m mark) MarshalJSON() ([]byte, error) {
	if m.Name == "" && m.Label == nil && m.ItemStyle == nil && m.Row == nil {
		return json.Marshal(m.Value)
	}
	type whole mark
	return json.Marshal(whole(m))
}

// missing is how ECharts writes a value that is not there.
const missing = "-"

// drawn says whether the cell has a mark.
func (c Cell) drawn() bool { return c.Value != nil }

// number is the value of a cell as ECharts counts.
func (r Row) number(k int) float64 {
	v, _ := r.Cells[k].Value.Float64()
	return v
}

// none says that a line has no such date.
func (c Cell) none() bool { return c.Value == nil && c.Text == "" }

func (r Row) sum() *big.Rat {
	total := new(big.Rat)
	for _, c := range r.Cells {
		total.Add(total, c.Value)
	}
	return total
}

// extremes are the least and the greatest value that is drawn, and zero is between them;
// where all are zero or missing the greatest is one.
func (s Spec) extremes() (low, high *big.Rat) {
	low, high = new(big.Rat), new(big.Rat)
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			switch {
			case !c.drawn():
			case c.Value.Cmp(high) > 0:
				high = c.Value
			case c.Value.Cmp(low) < 0:
				low = c.Value
			}
		}
	}
	if low.Sign() == 0 && high.Sign() == 0 {
		high = big.NewRat(1, 1)
	}
	return low, high
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}

func pick[T any](yes bool, a, b T) T {
	if yes {
		return a
	}
	return b
}

// number writes an exact number for ECharts, which counts in float64.
func number(r *big.Rat) json.Number {
	f, _ := r.Float64()
	return json.Number(strconv.FormatFloat(f, 'f', -1, 64))
}

// round keeps a tenth of a px; what is added makes 0 of -0.
func round(v float64) float64 { return math.Round(v*10)/10 + 0 }
func px(v float64) string     { return strconv.FormatFloat(round(v), 'f', -1, 64) }
