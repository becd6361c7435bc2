package present

import (
	"html/template"
	"math/big"
	"slices"
	"strings"
	"time"

	"bilanz/internal/figure"
	"bilanz/internal/grid"
	"bilanz/internal/render"
)

// A table of more than eight rows can be sorted: eight are seen at a glance, and each
// head that is a button is a stop of the keyboard. One of more than twenty scrolls within
// its box, so that its heads stay in view.
const (
	fewestSorted = 9
	fewestLong   = 21
)

// sortable reports whether readers can put lines in another order. Totals are not counted:
// they stay last.
func sortable(lines []grid.Line) bool {
	rows := 0
	for _, line := range lines {
		if !line.Total {
			rows++
		}
	}
	return rows >= fewestSorted
}

// sortedBy is a text with the number by which a table is sorted, if it is.
func (t laidTable) sortedBy(n *big.Rat, text string) template.HTML {
	if n == nil || !t.sortable {
		return render.Text(text)
	}
	return render.Data(figure.Decimal(n), text)
}

// rowHeads are what names a line: times with the day by which they are sorted, a total
// among the rows with the word for those who do not see that it is one.
func (t laidTable) rowHeads(line grid.Line) []template.HTML {
	var heads []template.HTML
	names := t.names(line)
	for i, name := range names {
		switch day := t.day(line, i, len(names)); {
		case !day.IsZero() && t.sortable:
			heads = append(heads, render.Data(day.Format(time.DateOnly), name))
		default:
			heads = append(heads, render.Text(name))
		}
	}
	if word := t.lang.Word("table-total"); line.Total && t.foot == nil && !saysTotal(names, word) {
		heads[len(heads)-1] += render.Unseen(" (" + word + ")")
	}
	return heads
}

func saysTotal(names []string, word string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		return strings.Contains(strings.ToLower(name), strings.ToLower(word))
	})
}

// day is the first day of the time that a name of a line says; none where it says another
// thing.
func (t laidTable) day(line grid.Line, i, names int) time.Time {
	switch {
	case !line.Date.IsZero() && i == len(line.Labels):
		return line.Date
	case t.at == inRows && i == names-1:
		return firstDay(first(line))
	}
	return time.Time{}
}

func firstDay(f *figure.Figure) time.Time {
	switch {
	case f.Period != nil:
		return f.Period.From
	case f.AsOf.Day.IsZero() && f.AsOf.Year != 0:
		return time.Date(f.AsOf.Year, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return f.AsOf.Day
}
