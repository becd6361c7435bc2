package chart

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"bilanz/internal/form"
	"bilanz/internal/typeset"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

func draw(t *testing.T, studio *Studio, s Spec) Picture {
	t.Helper()
	p, err := studio.Draw(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// gallery is for tests that only look: each picture is drawn once for all of them.
var gallery = NewStudio(&memory{data: map[string][]byte{}}, 1, house)

// Every kind of chart looks as it did when somebody last looked at it.
func TestPicturesAreTheGoldenOnes(t *testing.T) {
	for _, s := range samples() {
		p := draw(t, gallery, s)
		for name, got := range map[string][]byte{"wide": p.Wide, "narrow": p.Narrow, "broad": p.Broad, "file": p.File} {
			path := filepath.Join("testdata", "pictures", s.ID+"."+name+".svg")
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("%s changed; look at it, then run go test ./internal/chart -update\ngot:  %s\nwant: %s", path, got, want)
			}
		}
	}
}

// Each form of package form that is a picture has a drawer here, a sample, and
// colours enough; nothing else has a drawer.
func TestEveryFormIsDrawn(t *testing.T) {
	for _, name := range form.Names() {
		f := form.Form(name)
		if !f.Drawn() {
			continue
		}
		if drawers[f] == nil {
			t.Errorf("nothing in drawers draws a %s", f)
		}
		if !slices.ContainsFunc(samples(), func(s Spec) bool { return s.Form == f }) {
			t.Errorf("no sample is a %s", f)
		}
		if asks := f.Asks(); asks.Layout != form.Panels && asks.Series > len(seriesColors) {
			t.Errorf("a %s may have %d series, and there are %d colours", f, asks.Series, len(seriesColors))
		}
	}
	for f := range drawers {
		if !f.Drawn() {
			t.Errorf("a %s is drawn, but no form of package form", f)
		}
	}
}

// The same spec gives the same bytes: alone, after others, and from many at once.
// (ECharts counts its ids up from drawing to drawing.)
func TestSameSpecSameBytesWhateverWasDrawnBefore(t *testing.T) {
	all := samples()
	fresh := map[string]Picture{}
	for _, s := range all[:6] {
		fresh[s.ID] = draw(t, NewStudio(nil, 1, house), s)
	}
	studio := NewStudio(nil, 2, house)
	var wait sync.WaitGroup
	for round := range 4 {
		for i := range all[:6] {
			s := all[(i*5+round)%6]
			wait.Go(func() {
				p, err := studio.Draw(context.Background(), s)
				if err != nil {
					t.Error(err)
				}
				if want := fresh[s.ID]; !bytes.Equal(p.Wide, want.Wide) || !bytes.Equal(p.Narrow, want.Narrow) || !bytes.Equal(p.File, want.File) {
					t.Errorf("%s: other bytes than from a fresh engine", s.ID)
				}
			})
		}
	}
	wait.Wait()
}

// What is drawn can be read: no text runs into another or out of the picture, with the
// slack that a reader's own text spacing needs, and none is smaller than 12 px.
func TestNoTextCollidesOrIsCutOff(t *testing.T) {
	for _, s := range append(samples(), hostileSpecs()...) {
		p := draw(t, gallery, s)
		checkTexts(t, s.ID+" wide", p.Wide, 1.2, 0.75)
		checkTexts(t, s.ID+" narrow", p.Narrow, 1.2, 1)
		checkTexts(t, s.ID+" broad", p.Broad, 1.2, 0.75)
		checkTexts(t, s.ID+" file", p.File, 1.1, 1)
	}
}

// hostileSpecs are charts of every kind with every hostile text in every place.
func hostileSpecs() []Spec {
	var all []Spec
	for i, text := range hostile {
		kinds := []form.Form{form.Bar, form.GroupedBar, form.ShareBar, form.Pie, form.StackedBar,
			form.SmallMultiples, form.Column}
		s := head(fmt.Sprintf("hostile-%d", i), kinds[i%len(kinds)], "en")
		s.Title, s.Subtitle, s.Source, s.Summary = text, text, text, text
		s.Series = []string{text}
		if s.Form.Asks().Series > 1 {
			s.Series = []string{text, "plain"}
		}
		for range 2 {
			row := Row{Label: text}
			for range s.Series {
				row.Cells = append(row.Cells, Cell{Value: big.NewRat(7, 1), Text: text, Tip: text})
			}
			s.Rows = append(s.Rows, row)
		}
		all = append(all, s)
		l := line(fmt.Sprintf("hostile-line-%d", i), "en", s.Series, make([]int, len(s.Series)), make([]int, len(s.Series)))
		for r := range l.Rows {
			l.Rows[r].Label = text
			for k := range l.Rows[r].Cells {
				l.Rows[r].Cells[k] = Cell{Value: big.NewRat(int64(7+r+k), 1), Text: text, Tip: text}
			}
		}
		l.Breaks = []Break{{Date: l.Rows[1].Date, Label: text}}
		all = append(all, l)
	}
	return all
}

// A box is where a text stands.
type box struct {
	text                     string
	left, right, top, bottom float64
}

func checkTexts(t *testing.T, name string, svg []byte, wider, shownAt float64) {
	t.Helper()
	width, height, boxes := readBoxes(t, svg, wider, shownAt)
	for i, a := range boxes {
		if a.left < -1 || a.right > width+1 || a.top < -1 || a.bottom > height+1 {
			t.Errorf("%s: %q leaves the picture of %g x %g: %+v", name, a.text, width, height, a)
		}
		for _, b := range boxes[:i] {
			if a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom {
				t.Errorf("%s: %q runs into %q\n%+v\n%+v", name, a.text, b.text, a, b)
			}
		}
	}
}

// readBoxes reads the finished SVG as a browser would, with texts wider by a factor.
func readBoxes(t *testing.T, svg []byte, wider, shownAt float64) (width, height float64, boxes []box) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	number := func(e xml.StartElement, name string, otherwise float64) float64 {
		for _, a := range e.Attr {
			if a.Name.Local == name {
				v, err := strconv.ParseFloat(a.Value, 64)
				if err != nil {
					t.Fatal(err)
				}
				return v
			}
		}
		return otherwise
	}
	var size, dx, dy, textSize, x, y, end float64
	var weight, partWeight int
	anchor, text, inText := "", "", false
	for {
		token, err := d.Token()
		if err == io.EOF {
			return width, height, boxes
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "svg":
				size = number(e, "font-size", 0)
				for _, a := range e.Attr {
					if a.Name.Local == "viewBox" {
						fmt.Sscanf(a.Value, "0 0 %g %g", &width, &height)
					}
				}
			case "g":
				for _, a := range e.Attr {
					fmt.Sscanf(a.Value, "translate(%g %g)", &dx, &dy)
				}
			case "text":
				inText, text, anchor = true, "", "start"
				x, y, textSize = number(e, "x", 0)+dx, number(e, "y", 0)+dy, number(e, "font-size", size)
				weight = int(number(e, "font-weight", 400))
				partWeight, end = weight, 0
				for _, a := range e.Attr {
					if a.Name.Local == "text-anchor" {
						anchor = a.Value
					}
				}
				if textSize*shownAt < 12 {
					t.Errorf("text of %g px, shown at %g", textSize, shownAt)
				}
			case "tspan":
				partWeight = int(number(e, "font-weight", float64(weight)))
				end += number(e, "dx", 0)
			case "style", "script", "foreignObject", "image", "a":
				t.Errorf("a picture has no %s", e.Name.Local)
			}
			for _, a := range e.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "ecmeta") || strings.Contains(a.Value, "url(") {
					t.Errorf("a picture has no attribute %s=%q", a.Name.Local, a.Value)
				}
			}
		case xml.CharData:
			if inText {
				text += string(e)
				end += typeset.Face{Size: textSize}.Width(string(e), partWeight) * wider
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "g":
				dx, dy = 0, 0
			case "text":
				b := box{text, x, x + end, y - 0.72*textSize, y + 0.2*textSize}
				switch anchor {
				case "middle":
					b.left, b.right = x-end/2, x+end/2
				case "end":
					b.left, b.right = x-end, x
				}
				if strings.TrimSpace(text) != "" {
					boxes = append(boxes, b)
				}
				inText = false
			}
		}
	}
}

// The mark of a break stands between the two numbers that it parts, beside their
// texts: on the very date it went through "15,218".
func TestNoBreakMarkRunsThroughAText(t *testing.T) {
	for _, s := range samples() {
		if len(s.Breaks) == 0 {
			continue
		}
		p := draw(t, gallery, s)
		for name, svg := range map[string][]byte{"wide": p.Wide, "narrow": p.Narrow, "broad": p.Broad} {
			_, _, boxes := readBoxes(t, svg, 1, 1)
			boxes = slices.DeleteFunc(boxes, func(b box) bool {
				return !slices.ContainsFunc(s.Rows, func(r Row) bool {
					return slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Text == b.text })
				})
			})
			marks := dashed.FindAllSubmatch(svg, -1)
			if len(marks) != len(s.Breaks) {
				t.Fatalf("%s %s: %d marks of %d breaks", s.ID, name, len(marks), len(s.Breaks))
			}
			for _, m := range marks {
				x, _ := strconv.ParseFloat(string(m[1]), 64)
				top, _ := strconv.ParseFloat(string(m[2]), 64)
				bottom, _ := strconv.ParseFloat(string(m[3]), 64)
				for _, b := range boxes { // those of another panel stand above or below
					if b.left-2 < x && x < b.right+2 && b.top < max(top, bottom) && b.bottom > min(top, bottom) {
						t.Errorf("%s %s: the mark at %g runs through %q", s.ID, name, x, b.text)
					}
				}
			}
		}
	}
}

var dashed = regexp.MustCompile(`<path d="M([\d.]+) ([\d.]+)L[\d.]+ ([\d.]+)[^>]*stroke-dasharray`)

// A bar is as long as its number is large, begins at zero, and goes to the side of its
// sign, in every panel alike.
func TestBarsAreTrueToTheirNumbers(t *testing.T) {
	for _, s := range samples() {
		if s.Form != form.Bar && s.Form != form.GroupedBar && (s.Form != form.SmallMultiples || s.dated()) {
			continue
		}
		p := draw(t, gallery, s)
		for name, svg := range map[string][]byte{"wide": p.Wide, "narrow": p.Narrow, "broad": p.Broad} {
			type bar struct{ x, width, value, panel, least float64 }
			var bars []bar
			var longest bar
			for _, m := range barMark.FindAllSubmatch(svg, -1) {
				number := func(i int) float64 { v, _ := strconv.ParseFloat(string(m[i]), 64); return v }
				cell := s.Rows[int(number(4))].Cells[int(number(3))]
				v, _ := cell.Value.Float64()
				line := pick(cell.Bound, 1.0, 0) // half of the line around it
				panel := pick(s.Form == form.SmallMultiples, number(3), 0)
				bars = append(bars, bar{number(1) - line, number(2) + 2*line, v, panel, 1 + 2*line})
				if math.Abs(v) > math.Abs(longest.value) {
					longest = bars[len(bars)-1]
				}
			}
			drawn := 0
			for _, row := range s.Rows {
				for _, c := range row.Cells {
					drawn += pick(c.drawn() && c.Value.Sign() != 0, 1, 0)
				}
			}
			if len(bars) != drawn {
				t.Errorf("%s %s: %d bars of %d", s.ID, name, len(bars), drawn)
			}
			zeros := map[float64]float64{}
			for _, b := range bars {
				if want := longest.width * math.Abs(b.value/longest.value); math.Abs(b.width-max(want, b.least)) > 1.2 {
					t.Errorf("%s %s: %g is %g px long, not %.1f", s.ID, name, b.value, b.width, want)
				}
				zero := pick(b.value < 0, b.x+b.width, b.x)
				if before, ok := zeros[b.panel]; ok && math.Abs(before-zero) > 1.1 {
					t.Errorf("%s %s: bars begin at %g and at %g", s.ID, name, before, zero)
				}
				zeros[b.panel] = zero
			}
		}
	}
}

var barMark = regexp.MustCompile(`<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"[^>]* class="mark" data-series="(\d+)" data-index="(\d+)"`)

// A column is as high as its number is large and stands on zero, above it or below; one
// that lies down is a bar. Each has its number beside it.
func TestColumnsAreTrueToTheirNumbers(t *testing.T) {
	standing := 0
	for _, s := range samples() {
		if s.Form != form.Column {
			continue
		}
		p := draw(t, gallery, s)
		for name, svg := range map[string][]byte{"wide": p.Wide, "narrow": p.Narrow, "broad": p.Broad} {
			for _, row := range s.Rows {
				if !strings.Contains(string(svg), ">"+row.Cells[0].Text+"<") && row.Cells[0].drawn() {
					t.Errorf("%s %s: %q is not written", s.ID, name, row.Cells[0].Text)
				}
			}
			if _, ok := s.colonnade(canvases[size(name)]); ok {
				standing++
				checkColumns(t, s, svg)
			}
		}
	}
	if standing < 2 {
		t.Errorf("%d pictures have columns", standing)
	}
}

func checkColumns(t *testing.T, s Spec, svg []byte) {
	t.Helper()
	perUnit, zero := 0.0, 0.0
	for _, m := range columnMark.FindAllSubmatch(svg, -1) {
		number := func(i int) float64 { v, _ := strconv.ParseFloat(string(m[i]), 64); return v }
		row := s.Rows[int(number(5))]
		v := row.number(0)
		foot := pick(v < 0, number(2), number(2)+number(4))
		if perUnit == 0 {
			perUnit, zero = number(4)/math.Abs(v), foot
		}
		if math.Abs(foot-zero) > 0.3 {
			t.Errorf("%s: %s stands on %g, not on %g", s.ID, row.Label, foot, zero)
		}
		if want := max(1, perUnit*math.Abs(v)); math.Abs(number(4)-want) > 1 {
			t.Errorf("%s: %s is %g high, not %g", s.ID, row.Label, number(4), want)
		}
	}
	if perUnit == 0 {
		t.Errorf("%s: no columns", s.ID)
	}
}

var columnMark = regexp.MustCompile(`<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"` +
	`[^>]* data-series="0" data-index="(\d+)"`)

// The points of a line stand where their dates lie between the first and the last.
func TestPointsStandAtTheirDates(t *testing.T) {
	for _, s := range samples() {
		if s.Form != form.Line {
			continue
		}
		p := draw(t, gallery, s)
		for _, svg := range [][]byte{p.Wide, p.Narrow} {
			at := map[int]float64{}
			for _, m := range pointMark.FindAllSubmatch(svg, -1) {
				x, _ := strconv.ParseFloat(string(m[1]), 64)
				row, _ := strconv.Atoi(string(m[2]))
				at[row] = x
			}
			last := len(s.Rows) - 1
			f := lineFrame{left: at[0], right: at[last], first: s.Rows[0].Date, last: s.Rows[last].Date}
			for row, x := range at {
				if want := f.x(s.Rows[row].Date); math.Abs(x-want) > 0.2 {
					t.Errorf("%s: %s stands at %g, not at %g", s.ID, s.Rows[row].Label, x, want)
				}
			}
			if len(at) < 2 {
				t.Errorf("%s: %d points", s.ID, len(at))
			}
		}
	}
}

var pointMark = regexp.MustCompile(`<circle cx="([\d.]+)"[^>]* data-index="(\d+)"`)

// What is highlighted can be told without its colour: its name and number are bold, and no
// others.
func TestTheHighlightedIsBold(t *testing.T) {
	for _, s := range samples() {
		if s.Highlight == 0 || s.Form == form.Line {
			continue
		}
		p := draw(t, gallery, s)
		for name, svg := range map[string][]byte{"wide": p.Wide, "narrow": p.Narrow, "broad": p.Broad} {
			for i, row := range s.Rows {
				number := regexp.QuoteMeta(row.Cells[0].Text)
				bold := regexp.MustCompile(`<text [^>]*font-weight="600"[^>]*>` + number + `<`)
				if bold.Match(svg) != s.loud(i) {
					t.Errorf("%s %s: the number of %s", s.ID, name, row.Label)
				}
			}
			if grey := bytes.Count(svg, []byte(colorRest)); grey != len(s.Rows)-1 {
				t.Errorf("%s %s: %d of %d marks are grey", s.ID, name, grey, len(s.Rows))
			}
		}
	}
}

// Panels of lines have axes of the same length for the same values and dates.
func TestPanelsOfLinesShareOneScale(t *testing.T) {
	for _, s := range samples() {
		if s.Form != form.SmallMultiples || !s.dated() {
			continue
		}
		for _, size := range sizes {
			d, err := s.draft(size)
			if err != nil {
				t.Fatal(err)
			}
			var axes struct {
				XAxis, YAxis []struct{ Min, Max float64 }
				Grid         []struct{ Left, Right, Height string }
			}
			if err := json.Unmarshal(d.option, &axes); err != nil {
				t.Fatal(err)
			}
			if len(axes.Grid) != len(s.Series) {
				t.Fatalf("%s: %d panels of %d", s.ID, len(axes.Grid), len(s.Series))
			}
			number := func(text string) float64 { v, _ := strconv.ParseFloat(text, 64); return v }
			for k := range axes.Grid {
				width := func(k int) float64 { return number(axes.Grid[k].Left) + number(axes.Grid[k].Right) }
				if axes.XAxis[k] != axes.XAxis[0] || axes.YAxis[k] != axes.YAxis[0] || axes.Grid[k].Height != axes.Grid[0].Height || width(k) != width(0) {
					t.Errorf("%s %s: panel %d has another scale: %+v", s.ID, size, k, axes)
				}
			}
			if axes.YAxis[0].Min > 0 {
				t.Errorf("%s: no zero", s.ID)
			}
		}
	}
}

// A picture that leaves the page says what readers must know, and where it comes from;
// nothing in that can keep it from being drawn.
func TestTheFileHasNotesAndOrigin(t *testing.T) {
	spec := one("notes", 7)
	spec.Notes = []string{"The groups add up\nto 239,572: <b>more</b>.",
		"\u202e__f__{}\x00" + strings.Repeat("long ", 800)}
	spec.Origin, spec.Address = "Libraries · 2024", "https://example.org/charts/notes/"
	file := string(draw(t, NewStudio(nil, 1, house), spec).File)
	for _, want := range []string{
		">The groups add up to 239,572: &lt;b&gt;more&lt;/b&gt;.</text>", ">__f__{}long long", ">" + spec.Origin + "</text>",
		">" + spec.Address + "</text>", spec.Source + " " + spec.Origin + " " + spec.Address + "</desc>",
	} {
		if !strings.Contains(file, want) {
			t.Errorf("%q is not in the picture", want)
		}
	}
	if err := xml.Unmarshal([]byte(file), new(struct{})); err != nil {
		t.Error(err)
	}
}

// A picture that leaves the page has its notes, such as what the letters behind numbers mean.
func TestTheFileHasTheNotes(t *testing.T) {
	cells := []Cell{{Value: big.NewRat(5, 1), Text: "5\u00a0p", Sign: "p"}}
	spec := Spec{ID: "visits", Form: form.Bar, Lang: "en", Title: "Visits",
		Notes:  []string{"Shares are rounded.", "p = provisional"},
		Source: "Source: counters", Series: []string{""}, Rows: []Row{{Label: "2024", Cells: cells}}}
	picture := draw(t, NewStudio(nil, 1, house), spec)
	for _, want := range []string{
		"Shares are rounded. p = provisional Source: counters</desc>", ">p = provisional</text>",
		">Shares are rounded.</text>", ">5\u00a0p</text>",
	} {
		if !strings.Contains(string(picture.File), want) {
			t.Errorf("%q is not in the picture:\n%s", want, picture.File)
		}
	}
}
