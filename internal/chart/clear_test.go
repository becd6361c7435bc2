package chart

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"bilanz/internal/form"
)

// steep are lines and panels whose values leap, the last ones above all.
func steep() []Spec {
	var all []Spec
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 14 {
		s := head(fmt.Sprintf("steep-%d", n), pick(n%2 == 0, form.Line, form.SmallMultiples), "en")
		s.Series = []string{""}
		if s.Form == form.SmallMultiples {
			s.Series = []string{"East", "West", "North"}
		}
		for i := range 3 + n%10 {
			year := 2009 + i
			row := Row{Label: strconv.Itoa(year), Short: strconv.Itoa(year),
				Date: time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC)}
			for range s.Series {
				v := big.NewRat(int64(random.IntN(60)), 10)
				row.Cells = append(row.Cells, Cell{Value: v, Text: v.FloatString(1), Tip: "x"})
			}
			s.Rows = append(s.Rows, row)
		}
		all = append(all, s)
	}
	return all
}

var dataLine = regexp.MustCompile(`<path d="(M[^"]*)" fill="none"[^>]*stroke-width="(?:2.5|4)"`)
var dataPoint = regexp.MustCompile(`([ML])([\d.]+) ([\d.]+)`)

// No value of a line stands on it: what is read lies clear of what is drawn.
func TestNoValueLiesOnItsLine(t *testing.T) {
	values := 0
	for _, s := range append(samples(), steep()...) {
		if !s.dated() || s.Form == form.Line && len(s.Series) > 1 || s.Form == form.Column {
			continue
		}
		p := draw(t, gallery, s)
		for name, svg := range map[string][]byte{"wide": p.Wide, "narrow": p.Narrow} {
			_, _, boxes := readBoxes(t, svg, 1, 1)
			for _, b := range boxes {
				if !slices.ContainsFunc(s.Rows, func(r Row) bool {
					return slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Text == b.text })
				}) {
					continue
				}
				values++
				for _, path := range dataLine.FindAllSubmatch(svg, -1) {
					if crossesBox(path[1], b) {
						t.Errorf("%s %s: the line runs through %q at %g, %g", s.ID, name, b.text, b.left, b.top)
					}
				}
			}
		}
	}
	if values < 200 {
		t.Errorf("only %d values were looked at", values)
	}
}

// crossesBox reports whether a line goes through the figures of a text.
func crossesBox(path []byte, b box) bool {
	bottom := b.bottom - 2 // figures have no descenders
	var x1, y1 float64
	for i, m := range dataPoint.FindAllSubmatch(path, -1) {
		x2, _ := strconv.ParseFloat(string(m[2]), 64)
		y2, _ := strconv.ParseFloat(string(m[3]), 64)
		if from, to := max(x1, b.left), min(x2, b.right); i > 0 && from < to && m[1][0] == 'L' {
			y := func(x float64) float64 { return y1 + (y2-y1)*(x-x1)/(x2-x1) }
			if min(y(from), y(to)) < bottom && max(y(from), y(to)) > b.top {
				return true
			}
		}
		x1, y1 = x2, y2
	}
	return false
}
