package grid

import (
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/locale"
)

// A table comes into rows and columns in three steps: the cells that its block chose, which
// dimension lies in which direction, and the lines.

// direction says where the dimensions of a selection lie, by their ids.
type direction struct {
	rows  []string // that name the lines
	cells string   // whose keys are the columns
}

// layTable lays what a block chose of a table.
func layTable(s Shape) (*Grid, *diag.Diagnostic) {
	asks, sel := s.Form.Asks(), s.Selection
	if sel == nil {
		sel = Select(s.Table, DimensionsOf(s.Table), s.Cut)
	}
	if len(sel.cells) == 0 {
		return nil, nothingLeft()
	}
	if apart := asks.Layout == form.Groups || asks.Layout == form.Panels; apart || asks.Whole {
		sel = sel.parts(s.Cut, asks.Whole)
	}
	if len(sel.cells) == 0 {
		return nil, refuse("chart-table", diag.Say(
			"all rows of this table are totals, which a chart of groups leaves out",
			"alle Zeilen dieser Tabelle sind Summen, und die lässt ein gruppiertes Diagramm weg"),
			diag.Say("show it as a table, or add the rows that the totals are the sums of",
				"zeigen Sie sie als Tabelle, oder ergänzen Sie die Zeilen, deren Summen das sind"))
	}
	lie, problem := sel.directions(s)
	if problem != nil {
		return nil, problem
	}
	g := sel.grid(lie, s)
	g.fixed(sel, lie)
	if s.Cut.Of != "" {
		if problem := sel.bases(g, lie, s.Cut); problem != nil {
			return nil, problem
		}
		g.Of = true
	}
	if asks.Whole {
		g.lacks = sel.lacks(lie, s)
	}
	return g, nil
}

func nothingLeft() *diag.Diagnostic {
	return refuse("cut-empty", diag.Say("the table has no cell for which all of this holds",
		"die Tabelle hat keine Zelle, auf die das alles zutrifft"),
		diag.Say("choose fewer keys under where: and except:",
			"wählen Sie unter where: und except: weniger aus"))
}

// directions says which dimension lies where, or what its author has to choose.
func (s *Selection) directions(shape Shape) (direction, *diag.Diagnostic) {
	switch layout := shape.Form.Asks().Layout; {
	case shape.Form == "":
		return s.ofTable(shape.Cut)
	case layout == form.Rows && shape.Cut.isPlain() && !s.table.Timed:
		return direction{s.table.Rows, Columns}, nil
	case layout == form.Dates:
		return s.ofLine(shape)
	case layout == form.Panels:
		return s.ofPanels(shape)
	}
	return s.ofBars(shape)
}

// ofTable lays all dimensions with several keys below each other, and columns, or what its
// author says, beside each other.
func (s *Selection) ofTable(c Cut) (direction, *diag.Diagnostic) {
	lie := direction{cells: Columns}
	switch {
	case c.Across != "":
		lie.cells = c.Across
	case c.Series != "":
		lie.cells = c.Series
	}
	if c.Series != "" && c.Series != lie.cells {
		lie.rows = append(lie.rows, c.Series)
	}
	for _, d := range s.dims {
		named := d.ID == lie.cells || slices.Contains(lie.rows, d.ID)
		kept := len(d.Keys) > 1 || c.isPlain() && d.ID != Time && d.ID != Columns
		if !named && kept {
			lie.rows = append(lie.rows, d.ID)
		}
	}
	if slices.Contains(lie.rows, Columns) && s.mixesUnits() {
		return lie, s.choices([]string{Columns}, false)
	}
	if len(lie.rows) == 0 {
		lie.rows = []string{s.otherThan(lie.cells)}
	}
	return lie, nil
}

// otherThan is the first dimension that is not this one.
func (s *Selection) otherThan(id string) string {
	if s.dims[0].ID != id {
		return s.dims[0].ID
	}
	return s.dims[1].ID
}

func (s *Selection) mixesUnits() bool {
	return slices.ContainsFunc(s.cells, func(c cell) bool { return c.Unit != s.cells[0].Unit })
}

// ofLine lays times below each other, and what the lines are beside each other.
func (s *Selection) ofLine(shape Shape) (direction, *diag.Diagnostic) {
	other := diag.Say("choose another type", "wählen Sie einen anderen Typ")
	if across := shape.Cut.Across; across != "" && across != Time {
		return direction{}, refuse("chart-line", diag.Say("a line runs through times, and not through %s",
			"eine Linie verläuft durch die Zeit und nicht durch %s", across),
			diag.Say("write across: time", "schreiben Sie across: time"), other)
	}
	if at := s.index(Time); at < 0 || len(s.dims[at].Keys) < 2 {
		return direction{}, refuse("chart-line", diag.Say("a line runs through several times, and these cells have one",
			"eine Linie verläuft durch mehrere Zeitpunkte, und diese Zellen haben nur einen"), other)
	}
	lie, problem := s.beside(shape, Time)
	if problem != nil {
		return lie, problem
	}
	if n, most := len(s.dims[s.index(lie.cells)].Keys), form.Line.Asks().Series; n > most {
		return lie, tooManyLines(n, most)
	}
	return lie, nil
}

// ofPanels lays the panels below each other: each shows times, or what its bars are.
func (s *Selection) ofPanels(shape Shape) (direction, *diag.Diagnostic) {
	c, open := shape.Cut, s.several()
	if c.Across == "" && c.Series == "" && !slices.Contains(open, Time) && len(open) == 2 {
		return direction{[]string{open[1]}, open[0]}, nil // the first names the panels
	}
	return s.beside(shape, s.axis(c))
}

// axis is the dimension that goes along the axis: what its author says, or the times, or
// the first that has several keys.
func (s *Selection) axis(c Cut) string {
	open := slices.DeleteFunc(s.several(), func(id string) bool { return id == c.Series })
	switch {
	case c.Across != "":
		return c.Across
	case slices.Contains(open, Time):
		return Time
	case len(open) > 0:
		return open[0]
	}
	return s.otherThan(c.Series)
}

// ofBars lays one dimension below each other, and of bars in groups another beside it.
func (s *Selection) ofBars(shape Shape) (direction, *diag.Diagnostic) {
	c := shape.Cut
	across := s.axis(c)
	if shape.Form.Asks().Layout == form.Groups {
		if open := s.several(); len(open) == 1 && c.Across == "" && c.Series == "" && shape.Form.Asks().Whole {
			return direction{[]string{s.otherThan(open[0])}, open[0]}, nil // the parts of one bar
		}
		return s.beside(shape, across)
	}
	if open := without(s.several(), across); len(open) > 0 {
		return direction{}, s.choices(open, false)
	}
	return direction{[]string{across}, Columns}, nil
}

// beside lays one dimension below each other, and beside each other what its author says,
// or the only other one with several keys.
func (s *Selection) beside(shape Shape, across string) (direction, *diag.Diagnostic) {
	lie := direction{rows: []string{across}, cells: shape.Cut.Series}
	open := without(s.several(), across)
	if lie.cells == "" && len(open) == 1 {
		lie.cells = open[0]
	}
	switch open = without(open, lie.cells); {
	case len(open) > 0:
		return lie, s.choices(open, shape.Cut.Series == "")
	case lie.cells != "":
	case shape.Form.Asks().Layout == form.Dates:
		lie.cells = Columns
	default:
		return lie, refuse("chart-table", diag.Say(
			"this chart shows two things at once, such as places and years, and here is one left",
			"dieses Diagramm zeigt zweierlei zugleich, etwa Orte und Jahre, und hier bleibt nur eines"),
			diag.Say("choose fewer keys under where:, or write type: bar",
				"lassen Sie unter where: mehr übrig, oder schreiben Sie type: bar"))
	}
	return lie, nil
}

func without(ids []string, one string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == one })
}

// grid makes the lines.
func (s *Selection) grid(lie direction, shape Shape) *Grid {
	g := &Grid{Table: s.table, Heads: lie.rows, cells: lie.cells}
	at := map[string]int{} // of lines, by their keys
	cells := s.dims[s.index(lie.cells)]
	column := map[string]int{}
	for i, k := range cells.Keys {
		column[k.ID] = i
	}
	g.Columns = make([]Heading, len(cells.Keys))
	for _, one := range s.cells {
		name := s.lineName(one, lie.rows)
		i, met := at[name]
		if !met {
			i = len(g.Lines)
			at[name] = i
			g.Lines = append(g.Lines, s.line(one, lie.rows, len(g.Columns), shape.Lang))
		}
		k := column[one.keys[s.index(lie.cells)]]
		g.Lines[i].Figures[k] = one.Figure
		s.head(&g.Columns[k], cells.Keys[k], one.Figure, lie, shape.Lang)
	}
	if !shape.Cut.isPlain() || s.table.Timed || len(lie.rows) == 1 {
		s.inOrder(g, lie.rows)
	}
	g.ordered = len(lie.rows) == 1 && s.dims[s.index(lie.rows[0])].Ordered
	return g
}

func (s *Selection) lineName(one cell, rows []string) string {
	var name strings.Builder
	for _, id := range rows {
		name.WriteString(one.keys[s.index(id)])
		name.WriteByte('.')
	}
	return name.String()
}

// line begins the line that a cell belongs to.
func (s *Selection) line(one cell, rows []string, columns int, l *locale.Lang) Line {
	line := Line{Figures: make([]*figure.Figure, columns)}
	for _, id := range rows {
		d := s.dims[s.index(id)]
		key := one.keys[s.index(id)]
		k := d.Keys[slices.IndexFunc(d.Keys, func(k Key) bool { return k.ID == key })]
		line.keys = append(line.keys, key)
		line.Total = line.Total || d.Total != "" && key == d.Total
		if id == Time {
			line.Date = k.span.To
			continue
		}
		line.Labels = append(line.Labels, k.label(one.Figure, l))
		line.Shorts = append(line.Shorts, k.Short)
	}
	return line
}

// head names a column, by the first of its figures.
func (s *Selection) head(h *Heading, k Key, f *figure.Figure, lie direction, l *locale.Lang) {
	if h.Unit != nil {
		return
	}
	h.Label, h.Short, h.Unit, h.key = k.label(f, l), k.Short, f.Unit, k.ID
	if slices.Contains(lie.rows, Time) && len(lie.rows) == 1 {
		h.Series = f.Series
	}
}

// inOrder brings the lines into the order of the keys that name them.
func (s *Selection) inOrder(g *Grid, rows []string) {
	place := make([]map[string]int, len(rows))
	for i, id := range rows {
		place[i] = map[string]int{}
		for k, key := range s.dims[s.index(id)].Keys {
			place[i][key.ID] = k
		}
	}
	slices.SortStableFunc(g.Lines, func(a, b Line) int {
		for i := range rows {
			if d := place[i][a.keys[i]] - place[i][b.keys[i]]; d != 0 {
				return d
			}
		}
		return 0
	})
}

// fixed notes what all cells have in common, which no line and no column says.
func (g *Grid) fixed(s *Selection, lie direction) {
	for i, d := range s.dims {
		switch {
		case slices.Contains(lie.rows, d.ID), d.ID == lie.cells && d.ID != Columns, d.ID == Time:
		case len(d.Keys) == 1:
			g.fix(s.full[i], d.Keys[0].ID)
		}
	}
}

// fix notes a key that all cells have, and not all of their table.
func (g *Grid) fix(d Dimension, id string) {
	if len(d.Keys) < 2 {
		return
	}
	one := Fixed{Dimension: d.Label, Total: id == d.Total}
	for _, k := range d.Keys {
		if k.ID == id {
			one.Label = k.Label
		} else {
			one.Others = append(one.Others, k.Label)
		}
	}
	if d.ID == Columns {
		g.Measure = one
	} else {
		g.Fixed = append(g.Fixed, one)
	}
}

// common notes what cells of one table have in common that were named one by one: their
// names say only in what they differ.
func (g *Grid) common() {
	figures := g.Figures()
	apart := func(f *figure.Figure) bool { return f.Cell == nil || f.Cell.Table != figures[0].Cell.Table }
	if len(figures) < 2 || slices.ContainsFunc(figures, apart) {
		return
	}
	table := figures[0].Cell.Table
	for i, d := range DimensionsOf(table) {
		keyOf := func(f *figure.Figure) string {
			if d.ID == Columns {
				return table.Columns[f.Cell.Column].ID
			}
			return table.Lines[f.Cell.Line].Keys[i]
		}
		if d.ID == Time {
			continue // which captions say anyhow
		}
		id := keyOf(figures[0])
		if !slices.ContainsFunc(figures, func(f *figure.Figure) bool { return keyOf(f) != id }) {
			g.fix(d, id)
		}
	}
}

// lacks says which parts of a whole the author left out, so that the rest is none.
func (s *Selection) lacks(lie direction, shape Shape) *diag.Diagnostic {
	parts := lie.cells
	if parts == Columns && len(s.dims[s.index(Columns)].Keys) == 1 {
		parts = lie.rows[0]
	}
	at := s.index(parts)
	all := s.full[at].Keys
	if total := s.full[at].Total; total != "" {
		all = slices.DeleteFunc(slices.Clone(all), func(k Key) bool { return k.ID == total })
	}
	shown := len(s.dims[at].Keys)
	if shape.Cut.Top > 0 && !shape.Cut.Others {
		shown = min(shown, shape.Cut.Top)
	}
	if shown >= len(all) || parts == Columns || !shape.Cut.names(parts) && shape.Cut.Top == 0 {
		return nil
	}
	return refuse("chart-incomplete", diag.Say(
		"these are %d of the %d keys of %s, so they cannot be drawn as parts of a whole",
		"dies sind %d von %d Teilen von %s; sie können deshalb nicht als Teile eines Ganzen gezeigt werden",
		shown, len(all), parts),
		diag.Say("leave %s out of where: and except:", "nehmen Sie %s aus where: und except: heraus", parts),
		diag.Say("write type: bar", "schreiben Sie type: bar"))
}
