package build

import (
	"errors"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"bilanz/internal/chart"
	"bilanz/internal/data"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/prose"
	"bilanz/internal/render"
)

// laid is a block whose figures are in rows and columns.
type laid struct {
	block   *prose.Block
	grid    *chart.Grid   // nil for headline figures
	picture chart.Picture // of a chart that is drawn
	drawn   bool
	csv     []byte // for machines
	table   []byte // for spreadsheet programs
}

// lay puts the figures of every block into rows and columns and draws the charts.
func (t *turn) lay() []*laid {
	var all []*laid
	for _, b := range t.doc.Blocks {
		l := &laid{block: b}
		if b.Kind != prose.Headline && (len(b.Figures) > 0 || b.Table != nil) {
			t.layGrid(l)
		}
		all = append(all, l)
	}
	return all
}

func (t *turn) layGrid(l *laid) {
	b := l.block
	shape := chart.Shape{Kind: chart.Kind(b.Type), Figures: b.Figures, Table: b.Table, Column: b.Column}
	if b.Type == "list" {
		shape.Kind = ""
	}
	grid, problem := chart.Lay(shape)
	if problem != nil {
		t.report(problem, b.Start, b.End)
		return
	}
	if slices.ContainsFunc(grid.Figures(), func(f *figure.Figure) bool { return f.Value.Broken }) {
		return // reported where the figure stands
	}
	l.grid = grid
	if b.Kind == prose.Chart && b.Type != "list" && grid.HasValues() && t.pageProblems.Errors() == 0 {
		t.draw(l)
	}
}

// draw makes the picture of a chart, unless it must not be drawn.
func (t *turn) draw(l *laid) {
	b := l.block
	kind := chart.Kind(b.Type)
	if problem := l.grid.Check(kind); problem != nil {
		t.report(problem, b.Start, b.End)
		return
	}
	if !t.statesFinding(b) {
		t.report(&diag.Diagnostic{
			Code: "finding-missing",
			Text: diag.Say("the figures of this chart have values, but its summary cites none of them", "die Kennzahlen dieses Diagramms haben Werte, aber seine Zusammenfassung nennt keinen davon"),
			Ways: []diag.Text{diag.Say("say in title and summary what the chart shows, with its numbers as links", "sagen Sie in Titel und Zusammenfassung, was das Diagramm zeigt, mit seinen Zahlen als Verweisen")},
		}, b.Start, b.End)
		return
	}
	spec := l.grid.Spec(b.ID, kind, t.lang)
	spec.Title, spec.Subtitle, spec.Source = b.Title, t.subtitle(l), t.lang.Word("source")+": "+plainText(string(t.sources(l.grid)))
	spec.Summary = t.doc.Plain(b)
	if t.config.Demo {
		spec.Demo = t.lang.Word("demo")
	}
	picture, err := t.studio.Draw(t.ctx, spec)
	if problem := (*chart.Problem)(nil); errors.As(err, &problem) {
		t.report(&diag.Diagnostic{
			Code: "chart-undrawable",
			Text: diag.Say("this chart cannot be drawn: %s", "dieses Diagramm lässt sich nicht zeichnen: %s", problem.Said()),
			Ways: []diag.Text{diag.Say("shorten or change that text, show fewer figures, or make a table of it", "kürzen oder ändern Sie diesen Text, zeigen Sie weniger Kennzahlen, oder machen Sie eine Tabelle daraus")},
		}, b.Start, b.End)
		return
	}
	t.fail(err)
	l.picture, l.drawn = picture, err == nil
	t.mu.Lock()
	t.charts++
	t.mu.Unlock()
}

// statesFinding reports whether the summary of a chart cites one of its figures.
func (t *turn) statesFinding(b *prose.Block) bool {
	all := b.All()
	return slices.ContainsFunc(t.doc.Cites, func(c *prose.Cite) bool {
		return c.Block == b && !c.None && slices.Contains(all, c.Ref.Figure)
	})
}

// blockHTML makes the markup of a block as it stands on the page at path.
func (t *turn) blockHTML(l *laid, path string, level int) template.HTML {
	var html template.HTML
	var err error
	switch {
	case l.block.Kind == prose.Headline:
		html, err = t.frame.Headline(t.headline(l, path, level))
	case l.grid == nil:
	case l.block.Kind == prose.Table:
		html, err = t.frame.Table(t.tableBlock(l, path, level))
	case l.drawn:
		view := t.chartView(l, path, level)
		html, err = t.frame.Chart(&view)
	default:
		html, err = t.frame.List(t.listView(l, level))
	}
	t.fail(err)
	return html
}

func (t *turn) headline(l *laid, path string, level int) *render.Headline {
	b := l.block
	nth := 1
	for _, before := range t.doc.Blocks[:slices.Index(t.doc.Blocks, b)] {
		if before.Kind == prose.Headline {
			nth++
		}
	}
	labels := chart.Labels(b.Figures)
	v := &render.Headline{ID: "figures-" + strconv.Itoa(nth), Level: level, Title: render.Text(b.Title), Summary: template.HTML(b.Summary)}
	for i, f := range b.Figures {
		ref := figure.Ref{Figure: f, Option: figure.Plain}
		fig := render.Fig{ID: f.ID, Value: ref.Data(), Text: ref.Text(t.lang)}
		if b.First[i] {
			t.link(&fig, ref, path)
		}
		when, _ := t.when(f)
		v.Items = append(v.Items, render.HeadlineItem{
			Label: render.Text(labels[i][t.lang.Code]), Number: template.HTML(render.AppendFig(nil, fig)),
			Unit: t.unit(f), When: when, Basis: t.basis(f),
		})
	}
	return v
}

// listView is a chart without values: equal boxes and one note.
func (t *turn) listView(l *laid, level int) *render.List {
	b := l.block
	v := &render.List{ID: b.ID, Level: level, Title: render.Text(b.Title), Subtitle: render.Text(b.Subtitle), Note: template.HTML(unwrap(string(b.Summary)))}
	sameReason := true
	figures := l.grid.Figures()
	for _, f := range figures {
		sameReason = sameReason && f.Value.Number == nil && f.Value.Reason == figures[0].Value.Reason
	}
	for i, line := range l.grid.Lines {
		item := render.Text(line.Label(t.lang))
		if f := line.Figures[0]; f != nil && !sameReason {
			item += ": " + render.Text(figure.Ref{Figure: l.grid.Lines[i].Figures[0], Option: figure.Plain}.Text(t.lang))
		}
		v.Items = append(v.Items, item)
	}
	return v
}

// unwrap takes the paragraph off a text that is one paragraph.
func unwrap(html string) string {
	if inner, ok := strings.CutPrefix(html, "<p>"); ok && strings.Count(html, "<p>") == 1 {
		return strings.TrimSuffix(inner, "</p>")
	}
	return strings.ReplaceAll(strings.ReplaceAll(html, "<p>", ""), "</p>", "<br>")
}

func (t *turn) tableBlock(l *laid, path string, level int) *render.TableBlock {
	b := l.block
	v := &render.TableBlock{
		ID: b.ID, Level: level, Title: render.Text(b.Title), Subtitle: render.Text(b.Subtitle),
		Table: t.table(l), Summary: template.HTML(b.Summary), Notes: t.notes(l.grid), Source: t.sources(l.grid),
		CSV: t.attached(path, dataPath(b), len(t.csv(l))), Demo: t.config.Demo,
	}
	return v
}

func dataPath(b *prose.Block) string { return "data/" + string(b.Kind) + "s/" + b.ID + ".csv" }

func (t *turn) attached(path, to string, size int) render.Attached {
	return render.Attached{Href: render.Rel(path, to), Size: render.Size(t.lang, size)}
}

func (t *turn) chartView(l *laid, path string, level int) render.Chart {
	b := l.block
	v := render.Chart{
		ID: b.ID, Level: level, Title: render.Text(b.Title), Subtitle: render.Text(t.subtitle(l)),
		Wide: template.HTML(l.picture.Wide), Narrow: template.HTML(l.picture.Narrow),
		Summary: template.HTML(b.Summary), Table: t.table(l), Notes: t.notes(l.grid), Source: t.sources(l.grid),
		Sheet: t.attached(path, t.chartRoot(b.ID)+".csv", len(t.sheet(l))),
		CSV:   t.attached(path, dataPath(b), len(t.csv(l))),
		SVG:   t.attached(path, t.chartRoot(b.ID)+".svg", len(l.picture.File)),
		Demo:  t.config.Demo,
	}
	if own := t.chartRoot(b.ID) + "/"; path != own {
		v.Permalink = render.Rel(path, own)
		v.Embed = v.Permalink + "#embed"
	}
	return v
}

// chartRoot is the address of a chart's own page, without the last slash.
func (t *tongue) chartRoot(id string) string { return t.root + "charts/" + id }

// csv is the data of a block, the same in every language.
func (t *turn) csv(l *laid) []byte {
	if l.csv == nil {
		l.csv = data.ChartCSV(l.grid, t.config.Codes())
	}
	return l.csv
}

// table makes the table of a block: for a chart the same numbers that it shows.
func (t *turn) table(l *laid) render.Table {
	g := l.grid
	if w := g.Whole; w != nil && len(g.Columns) > 1 {
		g = chart.Whole(w) // a single bar: its parts read better one below the other
	}
	v := render.Table{Caption: render.Text(t.caption(l))}
	for _, name := range t.rowHeads(g) {
		v.Columns = append(v.Columns, render.Column{Label: render.Text(name)})
	}
	for _, column := range g.Columns {
		v.Columns = append(v.Columns, render.Column{Label: render.Text(t.columnName(column)), Number: true})
	}
	shares := g.Shares() && len(g.Columns) == 1
	if shares {
		v.Columns = append(v.Columns, render.Column{Label: render.Text(t.lang.Word("number-share")), Number: true})
	}
	for _, line := range g.Sorted(chart.Kind(l.block.Type)) {
		v.Rows = append(v.Rows, t.row(line, shares))
	}
	if w := g.Whole; w != nil && len(g.Columns) == 1 {
		foot := chart.GridLine{Labels: []figure.Text{w.Label}, Figures: []*figure.Figure{w}, Total: true}
		row := t.row(foot, false)
		if shares {
			row.Cells = append(row.Cells, render.Text(t.lang.Percent(whole, 0)))
		}
		v.Foot = append(v.Foot, row)
	}
	return v
}

func (t *turn) row(line chart.GridLine, shares bool) render.Row {
	r := render.Row{Total: line.Total}
	for _, label := range line.Labels {
		r.Head = append(r.Head, render.Text(label[t.lang.Code]))
	}
	if !line.Date.IsZero() {
		r.Head = append(r.Head, render.Text(t.lang.Date(line.Date)))
	}
	for _, f := range line.Figures {
		r.Cells = append(r.Cells, t.cell(f, figure.Plain))
		if shares {
			r.Cells = append(r.Cells, t.cell(f, figure.Option{Share: true, Decimals: -1}))
		}
	}
	return r
}

func (t *turn) cell(f *figure.Figure, o figure.Option) template.HTML {
	if f == nil {
		return "–"
	}
	ref := figure.Ref{Figure: f, Option: o}
	if _, _, ok := ref.Exact(); o.Share && !ok {
		return "–"
	}
	return render.Text(ref.Text(t.lang))
}

// rowHeads names the columns that name the lines.
func (t *turn) rowHeads(g *chart.Grid) []string {
	switch {
	case g.Series != nil:
		return []string{t.lang.Word("table-date")}
	case len(g.AllSeries()) > 0:
		return []string{t.lang.Word("table-figure"), t.lang.Word("table-date")}
	case g.Table == nil && len(g.Panels) > 0:
		return []string{t.lang.Word("table-figure"), t.lang.Word("table-part")}
	case g.Table != nil && len(g.Lines[0].Labels) == len(g.Table.Rows):
		var names []string
		for i := range g.Table.Rows {
			names = append(names, t.keyName(g.Table, i))
		}
		return names
	case g.Whole != nil && len(g.Columns) == 1:
		return []string{t.lang.Word("table-part")}
	case g.Table != nil:
		return []string{t.keyName(g.Table, 0)}
	}
	return []string{t.lang.Word("table-figure")}
}

// keyName is the heading of a column of row keys.
func (t *turn) keyName(table *figure.Table, i int) string {
	if label := table.RowLabels[i][t.lang.Code]; label != "" {
		return label
	}
	return t.lang.Word("table-group")
}

func (t *turn) columnName(h chart.Heading) string {
	if name := h.Label[t.lang.Code]; name != "" {
		return name
	}
	return upperFirst(h.Unit.Other[t.lang.Code])
}
