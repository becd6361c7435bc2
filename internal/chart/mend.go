package chart

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"bilanz/internal/typeset"
)

// A shape is one element of a mended picture: a rect, circle, path, polyline or text.
// ECharts' SVG is read into shapes, and everything else in it (styles, classes, ids,
// clips, invisible areas for the mouse) is left behind.
type shape struct {
	element string
	attrs   []attr
	text    *textShape
	mark    *markRef
}

type attr struct{ name, value string }

// A markRef says which cell of the spec a shape stands for.
type markRef struct{ series, row int }

// A textShape is one line of text, of one or more parts with different weights.
type textShape struct {
	x, y      float64
	anchor    string
	size      float64
	halo      string // colour of the outline behind the text, or ""
	parts     []textPart
	transform string // where it came from: parts of one label share it
}

type textPart struct {
	text   string
	weight int
	fill   string
	dx     float64 // from the end of the part before
}

// mend turns ECharts' drawings into the finished picture.
func (s Spec) mend(raw [len(sizes)]string, drafts [len(sizes)]drawing, colors map[string]string) (Picture, error) {
	var drawn [len(sizes)][]shape
	var inline [len(sizes)][]byte
	for i, at := range sizes {
		shapes, err := s.readShapes(raw[i], drafts[i])
		if err != nil {
			return Picture{}, err
		}
		if err := s.checkMarks(shapes); err != nil {
			return Picture{}, err
		}
		drawn[i], inline[i] = shapes, s.writeInline(shapes, drafts[i], at)
	}
	file, err := s.writeFile(drawn[0], drafts[0], colors)
	return Picture{Wide: inline[0], Narrow: inline[1], Broad: inline[2], File: file}, err
}

// checkMarks wants a mark for every value but zero. The bundle knows few kinds of series,
// and draws nothing of any other, without an error.
func (s Spec) checkMarks(shapes []shape) error {
	marked := map[markRef]bool{}
	for _, one := range shapes {
		if one.mark != nil {
			marked[*one.mark] = true
		}
	}
	for row, r := range s.Rows {
		for series, cell := range r.Cells {
			if cell.drawn() && cell.Value.Sign() != 0 && !marked[markRef{series, row}] {
				return fmt.Errorf("the value of %q has no mark in the drawing", r.Label)
			}
		}
	}
	return nil
}

// readShapes parses the raw SVG. What it does not understand is an error: a picture
// that is drawn wrong is worse than none.
func (s Spec) readShapes(raw string, d drawing) ([]shape, error) {
	decoder := xml.NewDecoder(strings.NewReader(raw))
	var shapes []shape
	for skip := 0; ; {
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			return shapes, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "defs" || t.Name.Local == "style" {
				skip++
			}
			if skip > 0 {
				break
			}
			drawn, keep, err := s.newShape(t, d)
			if err != nil {
				return nil, fmt.Errorf("reading the drawing: %w", err)
			}
			if keep {
				shapes = append(shapes, drawn)
			}
		case xml.EndElement:
			if t.Name.Local == "defs" || t.Name.Local == "style" {
				skip--
			}
		case xml.CharData:
			if last := len(shapes) - 1; skip == 0 && last >= 0 && shapes[last].text != nil && shapes[last].text.parts[0].text == "" {
				shapes[last].text.parts[0].text = string(t)
				shapes = joinParts(shapes)
			}
		}
	}
}

// newShape reads one element; keep is false for what nobody sees.
func (s Spec) newShape(t xml.StartElement, d drawing) (made shape, keep bool, err error) {
	a := map[string]string{}
	for _, x := range t.Attr {
		a[x.Name.Local] = x.Value
	}
	switch t.Name.Local {
	case "svg", "g":
		return shape{}, false, nil
	case "text":
		made, err = newText(a)
		return made, true, err
	case "path", "polyline", "rect":
	default:
		return shape{}, false, fmt.Errorf("unexpected element %s", t.Name.Local)
	}
	invisible := a["stroke"] == "" || a["stroke-width"] == "0"
	if invisible && (a["fill"] == "none" || a["fill-opacity"] == "0") {
		return shape{}, false, nil
	}
	switch t.Name.Local {
	case "polyline":
		made.element = "polyline"
		points, err := roundNumbers(a["points"])
		if err != nil {
			return shape{}, false, err
		}
		made.set("points", points)
	case "rect":
		return shape{}, false, errors.New("unexpected visible rect")
	case "path":
		if made, err = newPath(a["d"], a["transform"]); err != nil {
			return made, false, err
		}
	}
	for _, name := range []string{"opacity", "fill-opacity", "stroke-opacity"} {
		if a[name] != "" && a[name] != "1" {
			return shape{}, false, fmt.Errorf("unexpected %s %s", name, a[name])
		}
	}
	for _, name := range []string{"fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin"} {
		if a[name] != "" {
			made.set(name, a[name])
		}
	}
	if made.element == "circle" && made.value("stroke-width") != "" { // as it is scaled with the circle
		made.put("stroke-width", decimal(made.number("stroke-width")*made.number("r")))
	}
	made.mark = newMark(a, d)
	if made.element != "rect" {
		return made, true, nil
	}
	if made.mark == nil {
		return made, made.number("width") > 0 && made.number("height") > 0, nil
	}
	made.keepVisible()
	return made, s.Rows[made.mark.row].Cells[made.mark.series].Value.Sign() != 0, nil
}

// newMark reads ECharts' own numbering and turns it into the spec's.
func newMark(a map[string]string, d drawing) *markRef {
	if a["ecmeta_silent"] == "true" {
		return nil
	}
	series, err := strconv.Atoi(a["ecmeta_series_index"])
	if err != nil || series >= len(d.series) || d.series[series] < 0 {
		return nil
	}
	row, err := strconv.Atoi(a["ecmeta_data_index"])
	if rows := d.rows[series]; err == nil && rows != nil && row >= 0 && row < len(rows) {
		row = rows[row]
	}
	if err != nil || row < 0 || row >= d.count {
		return nil
	}
	return &markRef{d.series[series], row}
}

// keepVisible parts touching bars and lets none vanish. ECharts can only outline them in
// the colour of the paper, under which a short one is gone: here a px of it stays.
func (s *shape) keepVisible() {
	x, width := s.number("x"), s.number("width")
	shown := width
	if s.value("stroke") == colorPaper {
		shown -= 2
	}
	shown = max(shown, 1)
	outline := s.outline()
	if width >= 1 {
		x += (width - shown) / 2
	}
	y, height := s.number("y"), s.number("height")
	if height < 1 { // of a column
		y, height = y+height-1, 1
	}
	s.attrs = append([]attr{{"x", decimal(x)}, {"y", decimal(y)}, {"width", decimal(shown)},
		{"height", decimal(height)}, {"fill", s.value("fill")}}, outline...)
}

// outline is the line around a hollow mark.
func (s *shape) outline() []attr {
	if s.value("fill") != "none" {
		return nil
	}
	return []attr{{"stroke", s.value("stroke")}, {"stroke-width", s.value("stroke-width")}}
}

func (s *shape) value(name string) string {
	for _, a := range s.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

func (s *shape) number(name string) float64 {
	v, _ := strconv.ParseFloat(s.value(name), 64)
	return v
}

// put changes what was set.
func (s *shape) put(name, value string) {
	for i := range s.attrs {
		if s.attrs[i].name == name {
			s.attrs[i].value = value
		}
	}
}

func (s *shape) set(name, value string) { s.attrs = append(s.attrs, attr{name, value}) }

// newPath recognises the two simple forms, rectangle and circle, so that the picture can
// be read and measured by others; the rest stays a path.
func newPath(d, transform string) (shape, error) {
	m, err := parseTransform(transform)
	if err != nil {
		return shape{}, err
	}
	if m.scale != 1 {
		if !strings.HasPrefix(d, "M1 0A1 1 0 ") {
			return shape{}, fmt.Errorf("a scaled path that is no circle: %.40q", d)
		}
		circle := shape{element: "circle"}
		circle.set("cx", decimal(m.x))
		circle.set("cy", decimal(m.y))
		circle.set("r", decimal(m.scale))
		return circle, nil
	}
	var x, y, w, h, back, zero1, zero2 float64
	n, _ := fmt.Sscanf(d, "M%g %gl%g %gl%g %gl%g 0Z", &x, &y, &w, &zero1, &zero2, &h, &back)
	if n == 7 && zero1 == 0 && zero2 == 0 && back == -w {
		rect := shape{element: "rect"}
		rect.set("x", decimal(m.x+min(x, x+w)))
		rect.set("y", decimal(m.y+min(y, y+h)))
		rect.set("width", decimal(math.Abs(w)))
		rect.set("height", decimal(math.Abs(h)))
		return rect, nil
	}
	if m.x != 0 || m.y != 0 {
		return shape{}, fmt.Errorf("a moved path that is no rectangle: %.40q", d)
	}
	rounded, err := roundNumbers(d)
	path := shape{element: "path"}
	path.set("d", rounded)
	return path, err
}

// newText reads a text and its style attribute.
func newText(a map[string]string) (shape, error) {
	m, err := parseTransform(a["transform"])
	if err != nil {
		return shape{}, err
	}
	x, _ := strconv.ParseFloat(pick(a["x"] == "", "0", a["x"]), 64)
	y, _ := strconv.ParseFloat(pick(a["y"] == "", "0", a["y"]), 64)
	t := &textShape{x: m.x + x, y: m.y + y, anchor: a["text-anchor"], transform: a["transform"]}
	part := textPart{weight: typeset.Regular, fill: a["fill"]}
	if a["stroke"] != "" {
		t.halo = a["stroke"]
	}
	for _, declaration := range strings.Split(a["style"], ";") {
		name, value, _ := strings.Cut(declaration, ":")
		switch name {
		case "font": // "normal 600 16px inherit"
			t.size, part.weight = parseFont(value)
		case "font-size":
			t.size, err = strconv.ParseFloat(strings.TrimSuffix(value, "px"), 64)
		case "font-weight":
			part.weight, err = strconv.Atoi(value)
		case "font-family", "":
		default:
			err = fmt.Errorf("unexpected style %q", declaration)
		}
		if err != nil {
			return shape{}, err
		}
	}
	t.parts = []textPart{part}
	return shape{element: "text", text: t}, nil
}

// joinParts makes one text of the last two if they are parts of one line: then the
// reader's own font or spacing moves the second along with the first.
func joinParts(shapes []shape) []shape {
	n := len(shapes)
	if n < 2 || shapes[n-2].text == nil {
		return shapes
	}
	a, b := shapes[n-2].text, shapes[n-1].text
	if a.transform != b.transform || a.y != b.y || a.size != b.size || a.anchor != b.anchor || a.anchor == "middle" {
		return shapes
	}
	if a.anchor == "end" { // ECharts goes from the right to the left
		if b.x > a.x {
			return shapes
		}
		a.parts[0].dx = a.x - a.width() - b.x
		a.parts = append(b.parts, a.parts...)
		return shapes[:n-1]
	}
	if b.x < a.x {
		return shapes
	}
	b.parts[0].dx = b.x - a.x - a.width()
	a.parts = append(a.parts, b.parts...)
	return shapes[:n-1]
}

func (t *textShape) width() (w float64) {
	for _, p := range t.parts {
		w += p.dx + typeset.Face{Size: t.size}.Width(p.text, p.weight)
	}
	return w
}

type transform struct{ x, y, scale float64 }

// parseTransform reads the two forms that ECharts writes.
func parseTransform(text string) (transform, error) {
	t := transform{scale: 1}
	if text == "" {
		return t, nil
	}
	var other float64
	if n, _ := fmt.Sscanf(text, "translate(%g %g)", &t.x, &t.y); n == 2 {
		return t, nil
	}
	if n, _ := fmt.Sscanf(text, "matrix(%g,0,0,%g,%g,%g)", &t.scale, &other, &t.x, &t.y); n == 4 && other == t.scale {
		return t, nil
	}
	return t, fmt.Errorf("unexpected transform %q", text)
}

// roundNumbers rounds every number in path data to 0.1.
func roundNumbers(d string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(d); {
		j := i
		for j < len(d) && strings.IndexByte("0123456789.-e", d[j]) >= 0 && (j == i || d[j] != '-' || d[j-1] == 'e') {
			j++
		}
		if j == i {
			if strings.IndexByte("MmLlAaCcZzHhVv ,", d[i]) < 0 {
				return "", fmt.Errorf("unexpected %q in path data", d[i])
			}
			b.WriteByte(d[i])
			i++
			continue
		}
		v, err := strconv.ParseFloat(d[i:j], 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return "", fmt.Errorf("no number in path data: %q", d[i:j])
		}
		b.WriteString(decimal(v))
		i = j
	}
	return b.String(), nil
}

// decimal writes a coordinate, to a tenth of a px.
func decimal(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10+0, 'f', -1, 64)
}
