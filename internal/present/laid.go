package present

import (
	"html/template"
	"slices"
	"strings"

	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
)

// What belongs to a number stands where the number stands: its unit and its time, in the
// caption where all have the same, else in the row, the column or at the number itself;
// and a letter where it is not settled, with a legend.

// A laidTable is the table of a block in a language, before it is a page's or a file's.
type laidTable struct {
	heads   []string // above what names the rows
	columns []string // above the numbers
	body    []grid.Line
	foot    *grid.Line // the whole that the lines are parts of; nil for none
	at      times
	units   bool // each row says its unit
	shares  bool

	lang     *locale.Lang
	sortable bool
	marks    func(*figure.Figure) template.HTML // those that lead from a cell to its notes
}

// laid makes the table of a block: for a chart the same numbers that it shows.
func laid(b *Block, l *locale.Lang) laidTable {
	g := b.Grid
	if w := g.Whole; w != nil && len(g.Columns) > 1 {
		g = grid.Parts(w) // a single bar: its parts read better one below the other
	}
	t := laidTable{heads: rowHeads(g, l), body: g.Sorted(b.Form), at: timesOf(g), units: mixesUnits(g), lang: l,
		shares: g.Shares() && len(g.Columns) == 1}
	if t.units {
		t.heads = append(t.heads, l.Word("table-unit"))
	}
	if t.at == inRows {
		t.heads = append(t.heads, l.Word("table-when"))
	}
	for i := range g.Columns {
		t.columns = append(t.columns, columnName(g, i, t.at, l))
	}
	if w := g.Whole; w != nil && len(g.Columns) == 1 {
		t.foot = &grid.Line{Labels: []figure.Text{w.Label}, Figures: []*figure.Figure{w}, Total: true}
	}
	return t
}

// names are what names a line.
func (t laidTable) names(line grid.Line) []string {
	var names []string
	for _, label := range line.Labels {
		names = append(names, label[t.lang.Code])
	}
	if !line.Date.IsZero() {
		names = append(names, line.When(t.lang))
	}
	if t.units {
		names = append(names, first(line).Unit.Other[t.lang.Code])
	}
	if t.at == inRows {
		when, _ := when(first(line), t.lang)
		names = append(names, when)
	}
	return names
}

// first is the first figure of a line. Every line has one.
func first(line grid.Line) *figure.Figure {
	return line.Figures[slices.IndexFunc(line.Figures, func(f *figure.Figure) bool { return f != nil })]
}

// mixesUnits reports whether figures below each other count different things.
func mixesUnits(g *grid.Grid) bool {
	other := func(f *figure.Figure) bool { return f.Unit != g.Columns[0].Unit }
	return len(g.Columns) == 1 && slices.ContainsFunc(g.Figures(), other)
}

// times says where the periods or dates of figures are told.
type times int

const (
	inCaption times = iota // all have the same, or each line has its date
	inRows
	inColumns
	atNumbers
)

// timesOf says where the times of a grid must be told, because they differ.
func timesOf(g *grid.Grid) times {
	if g.Dated() {
		return inCaption // but said by each line
	}
	var whole oneTime
	rows, columns := false, make([]oneTime, len(g.Columns))
	for _, line := range g.Lines {
		var row oneTime
		for i, f := range line.Figures {
			if f != nil {
				whole.add(f)
				row.add(f)
				columns[i].add(f)
			}
		}
		rows = rows || row.differ
	}
	switch {
	case !whole.differ:
		return inCaption
	case !rows:
		return inRows
	case !slices.ContainsFunc(columns, func(c oneTime) bool { return c.differ }):
		return inColumns
	}
	return atNumbers
}

// oneTime finds out whether figures have one time.
type oneTime struct {
	first  *figure.Figure
	differ bool
}

func (t *oneTime) add(f *figure.Figure) {
	if t.first == nil {
		t.first = f
	}
	t.differ = t.differ || !figure.SameTime(f, t.first)
}

// timed adds the time of a figure to a name, unless that says it already.
func timed(name string, f *figure.Figure, l *locale.Lang) string {
	when, _ := when(f, l)
	if f.SaysTime(name, when, l) {
		return name
	}
	return name + ", " + when
}

// columnName is the heading of the numbers in a column.
func columnName(g *grid.Grid, i int, at times, l *locale.Lang) string {
	h := g.Columns[i]
	name := h.Label[l.Code]
	switch {
	case g.Of && len(g.Columns) == 1:
		return l.Word("number-share")
	case name == "" && mixesUnits(g):
		return l.Word("table-value")
	case name == "":
		return upperFirst(h.Unit.Other[l.Code])
	}
	if slices.ContainsFunc(g.Columns, func(other grid.Heading) bool { return other.Unit != h.Unit }) {
		name = withUnit(name, h.Unit, l)
	}
	if at == inColumns {
		for _, line := range g.Lines {
			if f := line.Figures[i]; f != nil {
				return timed(name, f, l)
			}
		}
	}
	return name
}

// withUnit adds a unit to a name, unless that says it already or the numbers do.
func withUnit(name string, u *figure.Unit, l *locale.Lang) string {
	if u.IsPercent() {
		return name
	}
	lower := strings.ToLower(name)
	for _, noun := range u.Nouns(l.Code) {
		if strings.Contains(lower, strings.ToLower(noun)) {
			return name
		}
	}
	return name + " (" + u.Other[l.Code] + ")"
}

// unsettled reports whether readers must see that a figure may change, or has changed.
func unsettled(f *figure.Figure) bool {
	return f.Status != figure.Final && f.Status != "" && f.Value.Number != nil
}

func statusWord(f *figure.Figure, l *locale.Lang) string { return l.Word("status-" + string(f.Status)) }

// letter is the sign of a figure that is not settled, as statistical offices write it
// behind numbers; "" for one that is.
func letter(f *figure.Figure, l *locale.Lang) string {
	if f == nil || !unsettled(f) {
		return ""
	}
	return l.Word("mark-" + string(f.Status))
}

// legend says what the letters of a block mean, each once; "" where there are none.
func legend(g *grid.Grid, l *locale.Lang) string {
	var all []string
	figures := shown(g)
	for _, status := range []figure.Status{figure.Provisional, figure.Estimated, figure.Revised} {
		is := func(f *figure.Figure) bool { return unsettled(f) && f.Status == status }
		if i := slices.IndexFunc(figures, is); i >= 0 {
			all = append(all, letter(figures[i], l)+" = "+statusWord(figures[i], l))
		}
	}
	return strings.Join(all, l.Sign(";")+" ")
}

// charted is what a chart writes of a figure beside its mark.
func charted(g *grid.Grid, f *figure.Figure, of form.Form, at times, l *locale.Lang) string {
	text := value(f, l)
	if sign := letter(f, l); sign != "" {
		text += "\u00a0" + sign
	}
	if at == atNumbers {
		when, _ := when(f, l)
		text += " (" + when + ")"
	}
	if of.Asks().Whole && g.Shares() && f.Value.Exact() {
		share := figure.Ref{Figure: f, Option: figure.Option{Share: true, Decimals: -1}}.Text(l)
		if of == form.ShareBar {
			return share + " (" + text + ")" // there it is what one sees
		}
		text += " (" + share + ")"
	}
	return text
}
