package present

import (
	"slices"
	"strings"

	"bilanz/internal/form"
	"bilanz/internal/grid"
)

// fewestToZoom is how many dates a line has in which single ones are hard to see.
const fewestToZoom = 24

// Explores says what readers can do with a live chart of a block, and not with its picture:
// bring bars in the order of their size, see the shares of bars that show amounts, choose
// among lines, look closer at a long one. It is "" for most, which need no live chart.
func Explores(b *Block) string {
	var does []string
	offer := func(what string, yes bool) {
		if yes {
			does = append(does, what)
		}
	}
	g := b.Grid
	several, broken := len(g.AllSeries()) > 1, false
	for _, s := range g.AllSeries() {
		broken = broken || len(s.Breaks) > 0
	}
	switch b.Form {
	case form.Bar:
		offer("sort", len(g.Lines) > 2 && !bySize(g.Sorted(b.Form)))
	case form.StackedBar:
		offer("shares", len(g.Lines) > 1)
	case form.Line:
		offer("lines", len(g.AllSeries()) > 2)
		offer("zoom", len(g.Lines) >= fewestToZoom && !several && !broken) // breaks are told in the picture
	}
	return strings.Join(does, " ")
}

// bySize reports whether lines stand in the order of their numbers, or one has none, which
// has no place in it.
func bySize(lines []grid.Line) bool {
	none := func(line grid.Line) bool { return line.Figures[0] == nil || line.Figures[0].Value.Number == nil }
	return slices.ContainsFunc(lines, none) || slices.IsSortedFunc(lines, func(a, b grid.Line) int {
		return b.Figures[0].Value.Number.Cmp(a.Figures[0].Value.Number)
	})
}
