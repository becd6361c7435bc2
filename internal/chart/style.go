package chart

import (
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"bilanz/internal/colour"
	"bilanz/internal/form"
	"bilanz/internal/typeset"
)

// Colours are CSS variables, so that one picture serves light, dark, print and forced
// colours. The stand-alone picture replaces them by those of a palette.
const (
	colorInk   = "var(--ink)"
	colorMuted = "var(--ink-muted)"
	colorPaper = "var(--paper)"
	colorRule  = "var(--rule)"
	colorRest  = "var(--chart-rest)" // of what stands beside a highlighted one
)

var seriesColors = [...]string{"var(--chart-1)", "var(--chart-2)", "var(--chart-3)", "var(--chart-4)", "var(--chart-5)"}

// literals are the colours of a picture that leaves the page, for the variables.
func literals(p colour.Palette) map[string]string {
	all := map[string]string{
		colorInk: p.Ink.String(), colorMuted: p.Muted.String(), colorPaper: p.Paper.String(), colorRule: p.Rule.String(),
		colorRest: p.Rest.String(),
	}
	for i, name := range seriesColors {
		all[name] = p.Series[i].String()
	}
	return all
}

// style is how the mark of a cell differs from those of its series: in colour, or hollow,
// since what is rounded or a bound is no exact length. It is nil where it does not.
func (c Cell) style(color, common string) *opts.ItemStyle {
	switch {
	case c.Bound:
		return &opts.ItemStyle{Color: "none", BorderColor: color, BorderWidth: 2}
	case color != common:
		return &opts.ItemStyle{Color: color}
	}
	return nil
}

// color is that of a series. Two lines are two kinds of things and differ in their hue; two
// bars of a group are one thing twice, the second in the lighter of one hue.
func (s Spec) color(k int) string {
	if s.Form == form.Line && len(s.Series) == 2 && k == 1 {
		return seriesColors[2]
	}
	return seriesColors[k]
}

const barDistance = 8 // px between the end of a bar and its text

// fill is the colour of the spec's series k.
func fill(k int) *opts.ItemStyle { return &opts.ItemStyle{Color: seriesColors[k]} }

// quiet says whether another than the nth, from 0, is highlighted.
func (s Spec) quiet(n int) bool { return s.Highlight > 0 && s.Highlight != n+1 }

// loud says whether the nth is.
func (s Spec) loud(n int) bool { return s.Highlight == n+1 }

// lineColor is the colour of a line: the first of all for the highlighted one.
func (s Spec) lineColor(k int) string {
	switch {
	case s.quiet(k):
		return colorRest
	case s.loud(k):
		return seriesColors[0]
	}
	return s.color(k)
}

// lineStyles are the rich parts of a line chart, the squares in the colours of its lines.
func (s Spec) lineStyles(c canvas) map[string]textStyle {
	rich := c.keyStyles(len(s.Series))
	for k := range s.Series {
		name := fmt.Sprintf("k%d", k)
		square := rich[name]
		square.BackgroundColor = s.lineColor(k)
		rich[name] = square
	}
	return rich
}

// A textStyle is what go-echarts' text styles lack: weights as numbers, rich parts.
type textStyle struct {
	Color           string               `json:"color,omitempty"`
	FontFamily      string               `json:"fontFamily,omitempty"`
	FontSize        float64              `json:"fontSize,omitempty"`
	FontWeight      int                  `json:"fontWeight,omitempty"`
	LineHeight      float64              `json:"lineHeight,omitempty"`
	Width           float64              `json:"width,omitempty"`
	Height          float64              `json:"height,omitempty"`
	Align           string               `json:"align,omitempty"`
	VerticalAlign   string               `json:"verticalAlign,omitempty"`
	BackgroundColor string               `json:"backgroundColor,omitempty"`
	Padding         []float64            `json:"padding,omitempty"`
	TextBorderColor string               `json:"textBorderColor,omitempty"`
	TextBorderWidth float64              `json:"textBorderWidth,omitempty"`
	Rich            map[string]textStyle `json:"rich,omitempty"`
}

// A label is what go-echarts' label lacks: a place in px, a distance, rich parts.
type label struct {
	Show            *bool                `json:"show,omitempty"`
	Formatter       string               `json:"formatter,omitempty"`
	Position        any                  `json:"position,omitempty"`
	Distance        any                  `json:"distance,omitempty"`
	Offset          []float64            `json:"offset,omitempty"`
	Align           string               `json:"align,omitempty"`
	VerticalAlign   string               `json:"verticalAlign,omitempty"`
	Color           string               `json:"color,omitempty"`
	FontSize        float64              `json:"fontSize,omitempty"`
	FontWeight      int                  `json:"fontWeight,omitempty"`
	LineHeight      float64              `json:"lineHeight,omitempty"`
	TextBorderColor string               `json:"textBorderColor,omitempty"`
	TextBorderWidth float64              `json:"textBorderWidth,omitempty"`
	Rich            map[string]textStyle `json:"rich,omitempty"`
}

// A note is a text at a fixed place; ECharts calls it a title.
type note struct {
	Text      string    `json:"text"`
	Left      float64   `json:"left"`
	Top       float64   `json:"top"`
	TextAlign string    `json:"textAlign,omitempty"`
	Padding   float64   `json:"padding"`
	TextStyle textStyle `json:"textStyle"`
}

// keyStyles are the rich parts: v a value, n a name below or above it, s a name behind
// it, w that of a highlighted one, m muted words for what is missing, d the demo mark; k0…
// the squares of a key, o the space behind one, i an indent as wide as both.
func (c canvas) keyStyles(squares int) map[string]textStyle {
	part := func(weight int, color string, padding ...float64) textStyle {
		return textStyle{Color: color, FontSize: c.Size, FontWeight: weight, LineHeight: c.Line,
			VerticalAlign: "middle", Padding: padding}
	}
	rich := map[string]textStyle{
		"v": part(typeset.Semibold, colorInk), "n": part(typeset.Regular, colorInk),
		"s": part(typeset.Regular, colorInk, 0, 0, 0, 6), "w": part(typeset.Semibold, colorInk, 0, 0, 0, 6),
		"m": part(typeset.Regular, colorMuted), "d": part(typeset.Semibold, colorMuted),
	}
	if squares == 0 {
		return rich
	}
	rich["o"] = textStyle{Width: swatchIn - swatch, Height: c.Line, LineHeight: c.Line}
	rich["i"] = textStyle{Width: swatchIn, Height: c.Line, LineHeight: c.Line}
	for k := range squares {
		rich[fmt.Sprintf("k%d", k)] = textStyle{Width: swatch, Height: swatch, LineHeight: c.Line,
			VerticalAlign: "middle", BackgroundColor: seriesColors[k]}
	}
	return rich
}

// headLabel is a label that stands in the place of a bar.
func (l *layout) headLabel() label {
	return l.shown(label{Align: "left", VerticalAlign: "top"})
}

// shown completes the common label of a series.
func (l *layout) shown(common label) label {
	common.Show, common.FontSize, common.LineHeight = opts.Bool(true), l.Size, l.Line
	return common
}

// plainLines are lines beside the data, without arrows and labels.
func plainLines(color string) *opts.MarkLines {
	return &opts.MarkLines{MarkLineStyle: opts.MarkLineStyle{Symbol: []string{"none", "none"},
		Label: &opts.Label{Show: opts.Bool(false)}, LineStyle: &opts.LineStyle{Color: color, Width: 1, Type: "solid"}}}
}

// A pixel is a place on the canvas: one end of a line that ECharts draws beside the data.
type pixel struct {
	X         float64         `json:"x"`
	Y         float64         `json:"y"`
	LineStyle *opts.LineStyle `json:"lineStyle,omitempty"`
}

// houseStyle is the one place that says how charts look, and switches off what ECharts
// and go-echarts bring along unasked.
type houseStyle struct {
	charts.BaseConfigurationVisitor
	*layout
}

// A houseSeries is go-echarts' series with what its type lacks.
type houseSeries struct {
	charts.SingleSeries
	Label    label      `json:"label"`
	Silent   bool       `json:"silent,omitempty"`
	Clip     *bool      `json:"clip,omitempty"`
	Emphasis off        `json:"emphasis"`
	MarkLine *markLines `json:"markLine,omitempty"`
}

// Lines beside the data are no marks: silent keeps them from being numbered like data,
// and they lie below it.
type markLines struct {
	*opts.MarkLines
	Silent bool `json:"silent"`
	Z      int  `json:"z"`
}

type off struct {
	Disabled bool `json:"disabled"`
}

// VisitSeriesOpt gives every series its label and takes its hover effects away: they
// would mix colours, which CSS variables cannot do.
func (h *houseStyle) VisitSeriesOpt(list charts.MultiSeries) interface{} {
	styled := make([]any, len(list))
	for i, series := range list {
		s := houseSeries{SingleSeries: series, Label: h.labels[i], Silent: h.of[i] < 0, Emphasis: off{true}}
		if s.Label.Show == nil {
			s.Label.Show = opts.Bool(false)
		}
		if !s.Silent {
			s.Id = fmt.Sprintf("s%d", h.of[i]) // so that the live chart knows the picture's data-series
		}
		if series.MarkLines != nil {
			s.MarkLine = &markLines{series.MarkLines, true, 1}
		}
		styled[i] = s
	}
	return styled
}

// A houseAxis is go-echarts' category axis with what its types lack.
type houseAxis struct {
	opts.YAxis
	AxisTick  shown `json:"axisTick"`
	SplitLine shown `json:"splitLine"`
	AxisLabel shown `json:"axisLabel"`
}

type shown struct {
	Show bool `json:"show"`
}

// VisitYAxis draws nothing of an axis but its line: every text has its place already.
func (h *houseStyle) VisitYAxis(list []opts.YAxis) interface{} {
	styled := make([]houseAxis, len(list))
	for i, axis := range list {
		styled[i] = houseAxis{YAxis: axis}
	}
	return styled
}

// A houseGrid keeps the grid where the layout put it: since version 6 ECharts moves it
// to make room for labels, and the room is measured here.
type houseGrid struct {
	opts.Grid
	OuterBoundsMode string `json:"outerBoundsMode"`
}

// VisitGrid fixes the frame.
func (h *houseStyle) VisitGrid(list []opts.Grid) interface{} {
	styled := make([]houseGrid, len(list))
	for i, grid := range list {
		styled[i] = houseGrid{grid, "none"}
	}
	return styled
}

// Visit comes last. What go-echarts always writes (legend, toolbox, tooltip, title as
// empty objects) would start components that nobody sees.
func (h *houseStyle) Visit(option map[string]interface{}) {
	for _, name := range []string{"legend", "toolbox", "tooltip", "title"} {
		delete(option, name)
	}
	if len(h.notes) > 0 {
		option["title"] = h.notes
	}
	option["animation"] = false
	option["useUTC"] = true
	option["color"] = seriesColors[:]
	option["textStyle"] = textStyle{FontFamily: "inherit", FontSize: h.Size, Color: colorInk}
}
