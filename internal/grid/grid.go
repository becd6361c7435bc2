// Package grid lays figures in rows and columns: what a chart, a table and a file show
// alike.
//
// Rules:
//   - The picture, the table on the page and the file to download are made from the same
//     grid, so that they cannot differ.
//   - What a form of chart asks of its figures stands in package form. What does not keep
//     to it is refused here with a diagnostic, and never laid out anyway.
//   - A grid is not changed once it is laid.
package grid

import (
	"math/big"
	"slices"
	"strings"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/locale"
)

// Grid is figures in rows and columns.
type Grid struct {
	Columns []Heading
	Lines   []Line
	Whole   *figure.Figure // that the lines, or the columns of a single line, are parts of; nil for none
	Series  *figure.Series // whose dates the lines are; nil for none
	Table   *figure.Table  // whose cells are shown; nil for none
	Panels  []Panel        // of small multiples

	Heads   []string         // of a table: the dimensions that name the lines
	Fixed   []Fixed          // of cells: the keys that all of them have in common, and not all of their table
	Measure Fixed            // of cells: the one column of their table that is shown; none where it has no other
	Of      bool             // the numbers are shares, made for this block
	Base    *figure.Figure   // what all of them are shares of; nil where that is not one
	Behind  []*figure.Figure // what its sums and shares are made of

	cells    string // of a table: the dimension that the columns are
	rows     int    // of small multiples: how many a panel has
	ordered  bool   // the order of the lines means something
	read     []Line // the lines in the order of the table, where they are sorted by label; nil else
	arranged bool   // the lines stand in the order in which they are shown
	lacks    *diag.Diagnostic
}

// Fixed is a key that all cells have in common.
type Fixed struct {
	Label     figure.Text
	Others    []figure.Text // those of the keys that the table has besides
	Dimension figure.Text   // its name; none of a column
	Total     bool
}

// Panel is one of small multiples.
type Panel struct {
	Label  figure.Text
	Short  figure.Text    // where the chart's title says the rest; nil for none
	Series *figure.Series // nil for bars
}

// Heading names a column: a text of the author's, or one of a figure.
type Heading struct {
	Label     figure.Text
	Short     figure.Text // where the chart's title says the rest; nil for none
	Unit      *figure.Unit
	Series    *figure.Series // of several lines; nil for any other column
	Highlight bool           // of several lines: this one stands out
	key       string
}

// Line is one line of figures; one is nil where the table has no such cell.
type Line struct {
	Labels  []figure.Text
	Shorts  []figure.Text // of each of Labels, where the chart's title says the rest; nil for none
	Date    time.Time     // of a series
	Figures []*figure.Figure
	Total   bool

	Highlight bool // of bars and columns: this one stands out

	panel, row int        // of small multiples: where the picture has it
	keys       []string   // by which blocks name it
	at         int        // in the order of the table
	bases      []*big.Rat // of shares: what each figure is a share of; nil for none
	ownBase    bool       // these are the line's own
}

// Shape says how a block wants its figures laid out.
type Shape struct {
	Form      form.Form // "" for a table
	Figures   []*figure.Figure
	Table     *figure.Table
	Cut       Cut
	Selection *Selection     // of the table: what the cut leaves; it is taken anew where there is none
	Lang      *locale.Lang   // in which lines are sorted and times are named
	Langs     []*locale.Lang // of the site
	Percent   *figure.Unit   // of shares
}

// Lay puts the figures of a block into rows and columns. The diagnostic, which
// has no place yet, says why that is not possible.
func Lay(s Shape) (*Grid, *diag.Diagnostic) {
	g, problem := layFigures(s)
	if s.Table != nil {
		g, problem = layTable(s)
	}
	if problem == nil && s.Table == nil {
		g.common()
	}
	if problem == nil {
		problem = g.arrange(s)
	}
	if problem == nil {
		problem = g.highlight(s)
	}
	if problem != nil {
		return nil, problem
	}
	if g.Of {
		g.toShares(s.Percent)
	}
	if s.Cut.Order == ByLabel {
		g.read = slices.Clone(g.Lines)
		slices.SortStableFunc(g.read, func(a, b Line) int { return a.at - b.at })
	}
	if s.Table != nil && s.Form.Asks().Layout == form.Panels {
		g = g.inPanels()
	}
	return g, nil
}

// layFigures lays figures that are named one by one, and none for a table.
func layFigures(s Shape) (*Grid, *diag.Diagnostic) {
	layout := s.Form.Asks().Layout
	switch {
	case s.Table != nil:
		return nil, nil
	case layout == form.Panels:
		return layPanels(s)
	case len(s.Figures) == 1 && isSeries(s.Figures[0]):
		return laySeries(s.Figures[0]), nil
	case layout == form.Dates:
		return layLines(s.Figures)
	case layout == form.Groups:
		return layParts(s.Figures)
	case len(s.Figures) == 1 && len(s.Figures[0].Parts) > 0:
		return Parts(s.Figures[0]), nil
	}
	return layList(s.Figures), nil
}

// layLines lays several series beside each other: a column each, a line a date.
func layLines(figures []*figure.Figure) (*Grid, *diag.Diagnostic) {
	other := slices.IndexFunc(figures, func(f *figure.Figure) bool { return !isSeries(f) })
	if other >= 0 || len(figures) == 0 {
		return nil, refuseLine(figures, other)
	}
	if most := form.Line.Asks().Series; len(figures) > most {
		return nil, tooManyLines(len(figures), most)
	}
	dates := datesOf(figures)
	g := &Grid{Lines: make([]Line, len(dates))}
	for i, date := range dates {
		g.Lines[i] = Line{Date: date, Figures: make([]*figure.Figure, len(figures))}
	}
	labels := Labels(figures)
	for k, f := range figures {
		g.Columns = append(g.Columns, Heading{Label: labels[k], Short: f.Short, Unit: f.Unit, Series: f.Series,
			key: f.ID})
		for _, point := range f.Series.Points {
			i, _ := slices.BinarySearchFunc(dates, point.Date, time.Time.Compare)
			g.Lines[i].Figures[k] = point
		}
	}
	return g, nil
}

func refuseLine(figures []*figure.Figure, other int) *diag.Diagnostic {
	way := diag.Say("name a series in figures, or choose another type",
		"nennen Sie in figures eine Zeitreihe, oder wählen Sie einen anderen Typ")
	if len(figures) < 2 {
		return refuse("chart-line", diag.Say("a line shows a series, and this is none",
			"eine Linie zeigt eine Zeitreihe, und dies ist keine"), way)
	}
	return refuse("chart-line", diag.Say("each line shows a series, and %s is none",
		"jede Linie zeigt eine Zeitreihe, und die Kennzahl %s ist keine", figures[other].Named()),
		diag.Say("name only series in figures, or choose another type",
			"nennen Sie in figures nur Zeitreihen, oder wählen Sie einen anderen Typ"))
}

func tooManyLines(n, most int) *diag.Diagnostic {
	return refuse("chart-line", diag.Say("more than %d lines in one chart cannot be told apart, and these are %d",
		"mehr als %d Linien in einem Diagramm lassen sich nicht unterscheiden, und dies sind %d", most, n),
		diag.Say("write type: small-multiples, which shows each in a panel of its own",
			"schreiben Sie type: small-multiples; das zeigt jede in einem eigenen Feld"),
		diag.Say("name %d of them at most", "nennen Sie höchstens %d davon", most))
}

// datesOf lists the dates of all series, each once, the earliest first.
func datesOf(series []*figure.Figure) []time.Time {
	var dates []time.Time
	for _, f := range series {
		for _, point := range f.Series.Points {
			dates = append(dates, point.Date)
		}
	}
	slices.SortFunc(dates, time.Time.Compare)
	return slices.CompactFunc(dates, time.Time.Equal)
}

func refuse(code string, text diag.Text, ways ...diag.Text) *diag.Diagnostic {
	return &diag.Diagnostic{Code: code, Text: text, Ways: ways}
}

func headingOf(f *figure.Figure) Heading {
	return Heading{Label: f.Label, Short: f.Short, Unit: f.Unit}
}

// isSeries tells the name of a series from one of its dates.
func isSeries(f *figure.Figure) bool { return f.Series != nil && f.ID == f.Series.ID }

// layPanels lays several charts below each other, of which the first label of a line names
// the panel and the second, or the date, the mark in it. So table and file stay narrow.
func layPanels(s Shape) (*Grid, *diag.Diagnostic) {
	series := 0
	for _, f := range s.Figures {
		if isSeries(f) {
			series++
		}
	}
	switch {
	case series > 1 && series == len(s.Figures):
		return laySeveralSeries(s.Figures), nil
	case len(s.Figures) > 1 && series == 0:
		whole, problem := layParts(s.Figures)
		if problem != nil {
			return nil, problem
		}
		return whole.turned().inPanels(), nil
	}
	return nil, refuse("chart-panels", diag.Say(
		"small multiples show several series, several figures with the same parts, or a table with two row keys",
		"kleine Diagramme auf einer Skala (small-multiples) zeigen mehrere Zeitreihen, mehrere Kennzahlen mit "+
			"denselben Teilen oder eine Tabelle, deren Zeilen durch zwei Spalten benannt sind"),
		diag.Say("name several of them in figures, or choose type: line or type: bar",
			"nennen Sie in figures mehrere davon, oder wählen Sie type: line oder type: bar"))
}

// turned is the grid with columns for lines.
func (g *Grid) turned() *Grid {
	t := &Grid{}
	for _, line := range g.Lines {
		t.Columns = append(t.Columns, Heading{Label: line.Labels[0], Short: line.short(0), Unit: g.Columns[0].Unit})
	}
	for i, c := range g.Columns {
		line := Line{Labels: []figure.Text{c.Label}, Shorts: shorts(c.Short)}
		for _, row := range g.Lines {
			line.Figures = append(line.Figures, row.Figures[i])
		}
		t.Lines = append(t.Lines, line)
	}
	return t
}

// inPanels makes a panel of each column.
func (g *Grid) inPanels() *Grid {
	p := *g
	p.rows, p.Lines, p.Columns = len(g.Lines), nil, []Heading{{Unit: g.Columns[0].Unit, Label: g.Measure.Label}}
	if g.Table != nil {
		p.Heads = append([]string{g.cells}, g.Heads...)
	}
	for panel, c := range g.Columns {
		p.Panels = append(p.Panels, Panel{Label: c.Label, Short: c.Short, Series: c.Series})
		for row, line := range g.Lines {
			f := line.Figures[panel]
			if f == nil && !line.Date.IsZero() {
				continue // a series has no such date
			}
			one := line
			one.Labels = append([]figure.Text{c.Label}, line.Labels...)
			if len(line.Shorts) > 0 {
				one.Shorts = append([]figure.Text{c.Short}, line.Shorts...)
			}
			one.Figures, one.panel, one.row = []*figure.Figure{f}, panel, row
			p.Lines = append(p.Lines, one)
		}
	}
	return &p
}

func laySeveralSeries(all []*figure.Figure) *Grid {
	dates := datesOf(all)
	g := &Grid{Columns: []Heading{{Unit: all[0].Unit}}, rows: len(dates)}
	for panel, f := range all {
		g.Panels = append(g.Panels, Panel{Label: f.Label, Short: f.Short, Series: f.Series})
		for _, point := range f.Series.Points {
			row, _ := slices.BinarySearchFunc(dates, point.Date, time.Time.Compare)
			g.Lines = append(g.Lines, Line{Labels: []figure.Text{f.Label}, Date: point.Date,
				Figures: []*figure.Figure{point}, panel: panel, row: row})
		}
	}
	return g
}

// Across gives the lines of small multiples as the picture has them beside each other: for
// each row of the panels the line in each panel, nil where a series has no such date.
func (g *Grid) Across() [][]*Line {
	rows := make([][]*Line, g.rows)
	for i := range rows {
		rows[i] = make([]*Line, len(g.Panels))
	}
	for i, line := range g.Lines {
		rows[line.row][line.panel] = &g.Lines[i]
	}
	return rows
}

// AllSeries lists the series whose dates are shown.
func (g *Grid) AllSeries() []*figure.Series {
	if g.Series != nil {
		return []*figure.Series{g.Series}
	}
	var all []*figure.Series
	for _, c := range g.Columns {
		if c.Series != nil {
			all = append(all, c.Series)
		}
	}
	for _, p := range g.Panels {
		if p.Series != nil {
			all = append(all, p.Series)
		}
	}
	return all
}

func laySeries(f *figure.Figure) *Grid {
	g := &Grid{Columns: []Heading{headingOf(f)}, Series: f.Series}
	for _, point := range f.Series.Points {
		g.Lines = append(g.Lines, Line{Date: point.Date, Figures: []*figure.Figure{point}})
	}
	return g
}

// Parts shows the parts of one figure, one below the other.
func Parts(f *figure.Figure) *Grid {
	g := &Grid{Columns: []Heading{headingOf(f)}, Whole: f}
	for _, part := range f.Parts {
		g.Lines = append(g.Lines, Line{Labels: []figure.Text{part.Label}, Shorts: shorts(part.Short),
			Figures: []*figure.Figure{part}, keys: keysOf(part)})
	}
	return g
}

// layParts shows figures with like parts beside each other: the parts are the
// series.
func layParts(figures []*figure.Figure) (*Grid, *diag.Diagnostic) {
	g := &Grid{}
	if len(figures) == 1 {
		g.Whole = figures[0]
	}
	for _, f := range figures {
		line := Line{Labels: []figure.Text{f.Label}, Shorts: shorts(f.Short), keys: keysOf(f)}
		for i, part := range f.Parts {
			if len(g.Lines) == 0 {
				g.Columns = append(g.Columns, headingOf(part))
			} else if len(f.Parts) != len(g.Columns) || lastName(part) != lastName(g.Lines[0].Figures[i]) {
				break
			}
			line.Figures = append(line.Figures, part)
		}
		if len(line.Figures) == 0 || len(line.Figures) != len(g.Columns) {
			return nil, refuse("chart-groups", diag.Say("%s has no parts like those of the other figures",
				"die Kennzahl %s hat keine Teile wie die anderen", f.Named()),
				diag.Say("name figures with the same parts, or choose type: bar",
					"nennen Sie Kennzahlen mit denselben Teilen, oder wählen Sie type: bar"))
		}
		g.Lines = append(g.Lines, line)
	}
	return g, nil
}

// keysOf are the names of a figure in a block: its id, and of a part the end of that.
func keysOf(f *figure.Figure) []string { return []string{f.ID, lastName(f)} }

func lastName(f *figure.Figure) string { return f.ID[strings.LastIndexByte(f.ID, '.')+1:] }

func layList(figures []*figure.Figure) *Grid {
	g := &Grid{Columns: []Heading{{}}}
	labels := Labels(figures)
	for i, f := range figures {
		if i == 0 {
			g.Columns[0].Unit = f.Unit
		}
		g.Lines = append(g.Lines, Line{Labels: []figure.Text{labels[i]}, Shorts: shorts(f.Short),
			Figures: []*figure.Figure{f}, keys: keysOf(f)})
	}
	return g
}

// Labels names figures that stand side by side. Cells of one table are named by
// what they differ in alone; by their table where that is the time.
func Labels(figures []*figure.Figure) []figure.Text {
	var labels []figure.Text
	for _, f := range figures {
		labels = append(labels, f.Label)
	}
	if len(figures) < 2 {
		return labels
	}
	first := figures[0].Cell
	for _, f := range figures {
		if f.Cell == nil || first == nil || f.Cell.Table != first.Table {
			return labels
		}
	}
	for i, f := range figures {
		if labels[i] = cellLabel(f.Cell, figures); len(labels[i]) == 0 {
			labels[i] = first.Table.Label
		}
	}
	return labels
}

// cellLabel joins the names of a cell's row and column that are not the same for
// all the figures.
func cellLabel(cell *figure.Cell, figures []*figure.Figure) figure.Text {
	line := cell.Table.Lines[cell.Line]
	label := figure.Text{}
	add := func(part figure.Text, sign string) {
		for lang, text := range part {
			if label[lang] != "" {
				text = label[lang] + sign + text
			}
			label[lang] = text
		}
	}
	for k := range line.Keys {
		if slices.ContainsFunc(figures, func(f *figure.Figure) bool { return f.Cell.Table.Lines[f.Cell.Line].Keys[k] != line.Keys[k] }) {
			add(line.Labels[k], ", ")
		}
	}
	if slices.ContainsFunc(figures, func(f *figure.Figure) bool { return f.Cell.Column != cell.Column }) {
		add(cell.Table.Columns[cell.Column].Label, ": ")
	}
	return label
}

// Dated reports whether each line says its time.
func (g *Grid) Dated() bool { return len(g.Lines) > 0 && !g.Lines[0].Date.IsZero() }

// Figures lists every figure of the grid, in an order that is the same in all languages.
func (g *Grid) Figures() []*figure.Figure {
	var all []*figure.Figure
	lines := g.Lines
	if g.read != nil {
		lines = g.read
	}
	for _, line := range lines {
		for _, f := range line.Figures {
			if f != nil {
				all = append(all, f)
			}
		}
	}
	return all
}

// HasValues reports whether there is anything to draw. A chart whose figures are
// all missing comes out as a list that says so.
func (g *Grid) HasValues() bool {
	return slices.ContainsFunc(g.Figures(), func(f *figure.Figure) bool { return f.Value.Number != nil })
}

// Check reports what may not be drawn in this way: units that differ, and parts
// of a whole that are none. The diagnostic has no place yet.
func (g *Grid) Check(f form.Form) *diag.Diagnostic {
	figures := g.Figures()
	for _, other := range figures {
		if other.Unit != figures[0].Unit {
			d := refuse("chart-units", diag.Say("a chart shows figures of one unit, but %s are %s and %s are %s",
				"ein Diagramm zeigt Kennzahlen einer Einheit, aber %[1]s sind %[2]s und %[3]s sind %[4]s",
				figures[0].Named(), figures[0].Unit.Other, other.Named(), other.Unit.Other),
				diag.Say("make a chart for each unit", "machen Sie für jede Einheit ein eigenes Diagramm"))
			return d
		}
	}
	if d := g.checkTimes(); d != nil {
		return d
	}
	asks := f.Asks()
	if f == form.Column {
		return g.checkColumns(asks.Rows)
	}
	if !asks.Whole || g.rowsOfHundred(f) {
		return nil
	}
	if g.lacks != nil {
		return g.lacks
	}
	for _, figure := range figures {
		if d := partOfWhole(figure); d != nil {
			return d
		}
	}
	if f == form.Pie && g.Whole == nil && g.Table == nil {
		if d := allOfOne(figures); d != nil {
			return d
		}
	}
	if f == form.Pie && len(g.Lines) > asks.Rows {
		return refuse("chart-pie", diag.Say("a pie has five slices at the most, and this has %d",
			"ein Kreisdiagramm hat höchstens fünf Stücke, dieses hat %d", len(g.Lines)),
			diag.Say("write type: bar", "schreiben Sie type: bar"))
	}
	return nil
}

// partOfWhole refuses what may not be drawn as a part of a whole.
func partOfWhole(f *figure.Figure) *diag.Diagnostic {
	whole := f.Parent
	bar := diag.Say("write type: bar", "schreiben Sie type: bar")
	switch {
	case f.Value.Number != nil && f.Value.Number.Sign() < 0:
		return refuse("chart-negative", diag.Say("%s is less than zero, so it cannot be drawn as a part of a whole",
			"die Kennzahl %s ist kleiner als null und kann deshalb nicht als Teil eines Ganzen gezeigt werden", f.Named()), bar)
	case f.Cell != nil && f.Value.Exact():
		return cellOfWhole(f)
	case whole == nil:
		return refuse("chart-no-whole", diag.Say("%s is no part of another figure, so it cannot be drawn as a part of a whole",
			"die Kennzahl %s ist kein Teil einer anderen und kann deshalb nicht als Teil eines Ganzen gezeigt werden", f.Named()), bar)
	case whole.PartsAre != figure.Complete:
		return refuse("chart-incomplete", diag.Say("the parts of %s are %s, so they cannot be drawn as parts of a whole",
			"die Teile der Kennzahl %s sind nicht vollständig (parts_are: %s) und können deshalb nicht als Teile eines Ganzen gezeigt werden", whole.Named(), string(whole.PartsAre)), bar)
	case whole.Discrepancy != nil:
		return refuse("chart-discrepant", diag.Say("the parts of %s do not add up to it, so they cannot be drawn as parts of a whole",
			"die Teile der Kennzahl %s ergeben nicht das Ganze und können deshalb nicht als Teile eines Ganzen gezeigt werden", whole.Named()), bar)
	case !whole.SumChecked:
		return unchecked(whole)
	}
	return nil
}

// unchecked refuses to draw a whole that nobody could hold against its parts, because one
// of them is not known exactly. That they do not add up was said where they stand.
func unchecked(whole *figure.Figure) *diag.Diagnostic {
	vague := slices.IndexFunc(whole.Parts, func(part *figure.Figure) bool { return !part.Value.Exact() })
	bar := diag.Say("write type: bar", "schreiben Sie type: bar")
	switch {
	case vague >= 0:
		return refuse("chart-unchecked", diag.Say("this chart shows a whole, but a part of it has no exact value: %s",
			"dieses Diagramm zeigt ein Ganzes, aber ein Teil davon hat keinen genauen Wert: %s",
			whole.Parts[vague].Named()), bar)
	case whole.Value.Exact():
		return nil
	}
	d := refuse("chart-unchecked", diag.Say("this chart shows a whole, but %s has no exact value",
		"dieses Diagramm zeigt ein Ganzes, aber die Kennzahl %s hat keinen genauen Wert", whole.Named()))
	if sum, ok := whole.PartsSum(); ok && whole.Value.Number == nil {
		d.Ways = append(d.Ways, diag.Say(
			"its %[1]d parts add up to %[2]s: write value: %[3]s, if these are all of them",
			"ihre %[1]d Teile ergeben %[2]s: schreiben Sie value: %[3]s, wenn das alle sind",
			len(whole.Parts), locale.Spoken{Value: sum, Decimals: whole.Decimals}, sum.FloatString(whole.Decimals)))
	}
	d.Ways = append(d.Ways, bar)
	return d
}

// cellOfWhole refuses cells of a table whose sum nobody has checked and means nothing, such
// as percentages of different things.
func cellOfWhole(f *figure.Figure) *diag.Diagnostic {
	if total := f.Whole(); f.Aggregation() == figure.Added || total != nil && total.SumChecked {
		return nil
	}
	return refuse("chart-no-whole", diag.Say("these figures are no counts that can be added, and no row of "+
		"the table %s is their total, so they cannot be drawn as parts of a whole",
		"diese Kennzahlen sind keine Anzahlen, die sich addieren lassen, und keine Zeile der Tabelle %s ist ihre "+
			"Summe; sie können deshalb nicht als Teile eines Ganzen gezeigt werden", f.Cell.Table.ID),
		diag.Say("add a row with the total to the table, and name it under total",
			"ergänzen Sie in der Tabelle eine Zeile mit der Summe, und nennen Sie sie unter total"),
		diag.Say("write type: bar", "schreiben Sie type: bar"))
}

// allOfOne refuses a list of figures that are not all the parts of one, each once.
func allOfOne(figures []*figure.Figure) *diag.Diagnostic {
	bar := diag.Say("write type: bar", "schreiben Sie type: bar")
	whole, seen := figures[0].Whole(), map[*figure.Figure]bool{}
	for _, f := range figures {
		if f.Whole() != whole || whole == nil {
			return refuse("chart-no-whole", diag.Say(
				"%s and %s are no parts of one figure, so they cannot be drawn as parts of a whole",
				"%s und %s sind keine Teile einer Kennzahl und können deshalb nicht als Teile eines Ganzen "+
					"gezeigt werden",
				figures[0].Named(), f.Named()), bar)
		}
		seen[f] = true
	}
	all := len(partsOf(whole, figures[0]))
	if len(seen) == all && len(figures) == all {
		return nil
	}
	d := refuse("chart-incomplete", diag.Say(
		"these are %d of the %d parts of %s, so they cannot be drawn as parts of a whole",
		"dies sind %d der %d Teile der Kennzahl %s; sie können deshalb nicht als Teile eines Ganzen gezeigt werden",
		len(seen), all, whole.Named()), bar)
	if whole.Cell == nil {
		d.Ways = append([]diag.Text{diag.Say("write figures: %s, which draws all of them",
			"schreiben Sie figures: %s; das zeigt alle", whole.ID)}, d.Ways...)
	}
	return d
}

// partsOf are all parts of a whole, of which one is known: of a total the cells that it
// sums.
func partsOf(whole, one *figure.Figure) []*figure.Figure {
	if one.Cell == nil {
		return whole.Parts
	}
	var all []*figure.Figure
	for _, line := range one.Cell.Table.Lines {
		if f := line.Figures[one.Cell.Column]; f != nil && f.Whole() == whole {
			all = append(all, f)
		}
	}
	return all
}

// Shares reports whether the lines are complete parts of one figure, so that each
// has a share that can be shown. A percentage shows it already.
func (g *Grid) Shares() bool {
	w := g.Whole
	if w == nil || w.Unit.IsPercent() || w.PartsAre != figure.Complete || w.Discrepancy != nil {
		return false
	}
	return w.SumChecked && w.Value.Exact() && w.Value.Number.Sign() > 0
}

// Sorted gives the lines in the order in which a picture shows them: by value,
// the largest first, unless the order means something (dates, groups).
func (g *Grid) Sorted(f form.Form) []Line {
	lines := slices.Clone(g.Lines)
	if g.Series == nil && !g.arranged && f.Asks().Sorted {
		slices.SortStableFunc(lines, bySize)
	}
	return lines
}

// Label names a line: by its labels, or by its date.
func (l Line) Label(lang *locale.Lang) string { return l.named(lang, l.Labels) }

// Brief names a line where the title above it says the rest.
func (l Line) Brief(lang *locale.Lang) string {
	names := slices.Clone(l.Labels)
	for i := range names {
		if short := l.short(i); short[lang.Code] != "" {
			names[i] = short
		}
	}
	return l.named(lang, names)
}

func (l Line) short(i int) figure.Text {
	if i < len(l.Shorts) {
		return l.Shorts[i]
	}
	return nil
}

// shorts is the short name of the only label of a line, where it has one.
func shorts(short figure.Text) []figure.Text {
	if short == nil {
		return nil
	}
	return []figure.Text{short}
}

// Brief is the name of a column, or of a panel, where the title above it says the rest.
func (h Heading) Brief(lang *locale.Lang) string { return brief(h.Label, h.Short, lang) }

// Brief names a panel likewise.
func (p Panel) Brief(lang *locale.Lang) string { return brief(p.Label, p.Short, lang) }

func brief(label, short figure.Text, lang *locale.Lang) string {
	if text := short[lang.Code]; text != "" {
		return text
	}
	return label[lang.Code]
}

func (l Line) named(lang *locale.Lang, names []figure.Text) string {
	var labels []string
	for _, label := range names {
		labels = append(labels, label[lang.Code])
	}
	if !l.Date.IsZero() {
		labels = append(labels, l.When(lang))
	}
	return strings.Join(labels, ", ")
}

// When is the date of a line of a series as the language writes it: a day, a year, a quarter.
func (l Line) When(lang *locale.Lang) string { return l.dated().When(lang) }

// ShortWhen is that date on an axis, where there is little room; "" where it has no name
// but its day.
func (l Line) ShortWhen(lang *locale.Lang) string {
	switch f := l.dated(); {
	case !f.Time.IsZero():
		return lang.ShortSpan(f.Time)
	case f.AsOf.Day.IsZero() && !f.AsOf.IsZero():
		return f.AsOf.In(lang)
	}
	return ""
}

// dated is a figure of the line, all of which have its date.
func (l Line) dated() *figure.Figure {
	return l.Figures[slices.IndexFunc(l.Figures, func(f *figure.Figure) bool { return f != nil })]
}
