package chart

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"bilanz/internal/typeset"
)

// middle is how far below the middle of a line its letters stand, in em. Baselines are
// written out since dominant-baseline is unknown to many programs that open an SVG.
const middle = 0.34

// writeInline writes the picture for a page: CSS variables, the page's font, and the
// page's heading and summary as its name and description. A <title> would open the
// browser's own tooltip.
func (s Spec) writeInline(shapes []shape, d drawing, at size) []byte {
	w := svgWriter{size: canvases[at].Size, fill: colorInk}
	fmt.Fprintf(&w.b, `<svg class="chart-%s" viewBox="0 0 %s %s" role="img" aria-labelledby="%s-title" aria-describedby="%s-summary" font-size="%s" fill="%s">`,
		at, decimal(d.width), decimal(d.height), s.ID, s.ID, decimal(w.size), colorInk)
	w.shapes(shapes, func(m markRef) string { return s.tip(m) })
	w.b.WriteString("</svg>")
	return w.b.Bytes()
}

// tip is what the tooltip says about a mark.
func (s Spec) tip(m markRef) string {
	if m.row >= len(s.Rows) || m.series >= len(s.Rows[m.row].Cells) {
		return ""
	}
	return s.Rows[m.row].Cells[m.series].Tip
}

const (
	fileMargin = 24.0
	fileFont   = "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
)

// writeFile writes the picture that leaves the page: it has its own colours and font
// names, and title, subtitle and source inside.
func (s Spec) writeFile(shapes []shape, d drawing, colors map[string]string) ([]byte, error) {
	c := canvases[wide]
	ink, muted := colors[colorInk], colors[colorMuted]
	w := svgWriter{size: c.Size, fill: ink, literals: colors}
	var head, foot []shape
	y := fileMargin
	for _, block := range []struct {
		text   string
		face   typeset.Face
		weight int
		fill   string
	}{{s.Title, typeset.Face{Size: 22, Line: 28}, typeset.Semibold, ink}, {s.Subtitle, typeset.Face{Size: 16, Line: 22}, typeset.Regular, muted}} {
		head, y = s.paragraph(head, block.text, block.face, block.weight, block.fill, y)
	}
	top := y + 12
	y = top + d.height + 12
	small := typeset.Face{Size: 14, Line: 19}
	for _, note := range s.notes() {
		if foot, y = s.paragraph(foot, note, small, typeset.Regular, ink, y); note != "" {
			y += 4
		}
	}
	foot, y = s.paragraph(foot, s.Source, small, typeset.Regular, muted, y)
	foot, y = s.paragraph(foot, oneLine(s.Origin), small, typeset.Regular, muted, y)
	foot, y = s.paragraph(foot, oneLine(s.Address), small, typeset.Regular, muted, y)
	width, height := d.width+2*fileMargin, math.Ceil(y+fileMargin-8)

	fmt.Fprintf(&w.b, `<svg xmlns="http://www.w3.org/2000/svg" width="%[1]s" height="%[2]s" viewBox="0 0 %[1]s %[2]s" lang="%[3]s" role="img" aria-labelledby="%[4]s-file-title %[4]s-file-desc" font-family="%[5]s" font-size="%[6]s" fill="%[7]s">`,
		decimal(width), decimal(height), escape(s.Lang), s.ID, fileFont, decimal(c.Size), ink)
	fmt.Fprintf(&w.b, `<title id="%[1]s-file-title">%[2]s</title><desc id="%[1]s-file-desc">%[3]s</desc>`,
		s.ID, escape(s.Title), escape(strings.Join(nonEmpty(s.said()...), " ")))
	fmt.Fprintf(&w.b, `<rect width="%s" height="%s" fill="%s"/>`, decimal(width), decimal(height), colors[colorPaper])
	w.shapes(head, nil)
	fmt.Fprintf(&w.b, `<g transform="translate(%s %s)">`, decimal(fileMargin), decimal(top))
	w.shapes(shapes, nil)
	w.b.WriteString("</g>")
	w.shapes(foot, nil)
	w.b.WriteString("</svg>\n")
	return w.b.Bytes(), w.err
}

// said are the words beside the drawing, in the order in which one reads them.
func (s Spec) said() []string {
	all := append([]string{s.Subtitle, s.Summary}, s.notes()...)
	return append(all, s.Source, oneLine(s.Origin), oneLine(s.Address))
}

// notes are those of the spec, each in one line. They are not drawn by the engine, so that
// nothing in them is a reason to refuse the chart.
func (s Spec) notes() []string {
	all := make([]string, len(s.Notes))
	for i, note := range s.Notes {
		all[i] = oneLine(note)
	}
	return all
}

// oneLine is a text without line breaks and without characters that nobody sees.
func oneLine(text string) string {
	seen := strings.Map(func(r rune) rune {
		if unseen(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	return strings.Join(strings.FieldsFunc(seen, func(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' }), " ")
}

// paragraph sets a text in lines from y on and returns where it ends.
func (s Spec) paragraph(shapes []shape, text string, f typeset.Face, weight int, fill string, y float64) ([]shape, float64) {
	if text == "" {
		return shapes, y
	}
	for _, line := range f.Wrap(text, weight, canvases[wide].width) {
		shapes = append(shapes, shape{element: "text", text: &textShape{x: fileMargin, y: y + f.Line/2, size: f.Size,
			parts: []textPart{{text: line, weight: weight, fill: fill}}}})
		y += f.Line
	}
	return shapes, y
}

func nonEmpty(texts ...string) []string {
	var all []string
	for _, t := range texts {
		if t != "" {
			all = append(all, t)
		}
	}
	return all
}

// An svgWriter writes shapes. What the root element already says is not said again.
type svgWriter struct {
	b        bytes.Buffer
	size     float64
	fill     string
	literals map[string]string // for CSS variables; nil keeps them
	err      error
}

// shapes writes them in order; tip gives the words of a mark, nil leaves marks plain.
func (w *svgWriter) shapes(shapes []shape, tip func(markRef) string) {
	for _, s := range shapes {
		if s.text != nil {
			w.text(s.text)
			continue
		}
		w.b.WriteString("<" + s.element)
		for _, a := range s.attrs {
			w.attr(a.name, a.value)
		}
		if s.mark != nil && tip != nil {
			w.attr("class", "mark")
			w.attr("data-series", strconv.Itoa(s.mark.series))
			w.attr("data-index", strconv.Itoa(s.mark.row))
			w.attr("data-tip", tip(*s.mark))
		}
		w.b.WriteString("/>")
	}
}

func (w *svgWriter) text(t *textShape) {
	w.b.WriteString("<text")
	w.attr("x", decimal(t.x))
	w.attr("y", decimal(t.y+middle*t.size))
	if t.anchor != "start" && t.anchor != "" {
		w.attr("text-anchor", t.anchor)
	}
	if t.size != w.size {
		w.attr("font-size", decimal(t.size))
	}
	if t.halo != "" {
		w.attr("stroke", t.halo)
		w.attr("stroke-width", "4")
		w.attr("stroke-linejoin", "round")
		w.attr("paint-order", "stroke")
	}
	w.font(t.parts[0], textPart{weight: typeset.Regular, fill: w.fill})
	w.b.WriteString(">" + escape(t.parts[0].text))
	for _, p := range t.parts[1:] {
		w.b.WriteString("<tspan")
		w.attr("dx", decimal(p.dx))
		w.font(p, t.parts[0])
		w.b.WriteString(">" + escape(p.text) + "</tspan>")
	}
	w.b.WriteString("</text>")
}

// font writes weight and colour where they differ from what is inherited.
func (w *svgWriter) font(p, inherited textPart) {
	if p.weight != inherited.weight {
		w.attr("font-weight", strconv.Itoa(p.weight))
	}
	if w.color(p.fill) != w.color(inherited.fill) {
		w.attr("fill", p.fill)
	}
}

func (w *svgWriter) attr(name, value string) {
	fmt.Fprintf(&w.b, ` %s="%s"`, name, escape(w.color(value)))
}

// color replaces a CSS variable where the picture must stand alone.
func (w *svgWriter) color(value string) string {
	if w.literals == nil || !strings.HasPrefix(value, "var(") {
		return value
	}
	literal, ok := w.literals[value]
	if !ok {
		w.err = fmt.Errorf("no literal colour for %s", value)
	}
	return literal
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func escape(text string) string { return escaper.Replace(text) }
