package build

import (
	"bytes"
	"errors"
	"html/template"
	"slices"

	"bilanz/internal/audit"
	"bilanz/internal/chart"
	"bilanz/internal/data"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/grid"
	"bilanz/internal/present"
	"bilanz/internal/prose"
	"bilanz/internal/render"
)

// lay puts the figures of every block into rows and columns and draws the charts.
func (t *turn) lay() []*present.Block {
	var all []*present.Block
	for _, b := range t.doc.Blocks {
		l := &present.Block{Block: b}
		switch {
		case b.Kind == prose.Cards:
			t.layCards(l)
		case b.Kind != prose.Headline && (len(b.Figures) > 0 || b.Table != nil):
			t.layGrid(l)
		}
		all = append(all, l)
	}
	return all
}

func (t *turn) layGrid(b *present.Block) {
	if b.Table != nil && len(b.Table.Lines) == 0 {
		return // reported where the table stands
	}
	shape := grid.Shape{Form: b.Form, Figures: b.Figures, Table: b.Table, Cut: b.Cut, Selection: b.Selection,
		Lang: t.tongue.lang, Langs: t.build.config.Langs,
		Percent: t.percent()}
	g, problem := grid.Lay(shape)
	if problem != nil {
		t.refuse(b, problem)
		return
	}
	if slices.ContainsFunc(g.Figures(), func(f *figure.Figure) bool { return f.Value.Broken }) {
		return // reported where the figure stands
	}
	b.Grid = g
	if b.Kind == prose.Chart && b.Form.Drawn() && g.HasValues() {
		t.chart(b)
	}
}

// refuse says that a block's figures cannot be shown as it wants them, unless what it lacks may
// stand in a file that could not be read, which is said where that file is.
func (t *turn) refuse(b *present.Block, problem *diag.Diagnostic) {
	if !t.build.figures.Incomplete() {
		t.report(problem, b.Start, b.End)
	}
}

// percent is the unit of shares: that of the site, or else one with one decimal.
func (t *turn) percent() *figure.Unit {
	units := t.build.figures.Units()
	if i := slices.IndexFunc(units, (*figure.Unit).IsPercent); i >= 0 {
		return units[i]
	}
	name := figure.Text{t.tongue.lang.Code: t.tongue.lang.Word("number-share")}
	return &figure.Unit{ID: "percent", Decimals: 1, Other: name}
}

// chart says what is wrong with a chart, whatever else is on the page, and draws it if
// nothing is.
func (t *turn) chart(b *present.Block) {
	if problem := b.Grid.Check(b.Form); problem != nil {
		t.refuse(b, problem)
		return
	}
	if b.Unsure {
		return // the number that it seems to lack may be the one that is wrong
	}
	if !t.statesFinding(b) {
		t.report(&diag.Diagnostic{
			Code: "finding-missing",
			Text: diag.Say("the figures of this chart have values, but its summary cites none of them",
				"die Kennzahlen dieses Diagramms haben Werte, aber seine Zusammenfassung nennt keinen davon"),
			Ways: []diag.Text{diag.Say("say in title and summary what the chart shows, with its numbers as links",
				"sagen Sie in Titel und Zusammenfassung, was das Diagramm zeigt, mit seinen Zahlen als Verweisen")},
		}, b.Start, b.End)
		return
	}
	spec := t.tongue.views.Spec(b, t.doc.Plain(b.Block))
	if t.pageProblems.Errors() > 0 {
		t.undrawable(b, spec.Check())
		return
	}
	picture, err := t.build.studio.Draw(t.build.ctx, spec)
	if t.undrawable(b, err) {
		return
	}
	t.build.fail(err)
	b.Picture, b.Drawn = picture, err == nil
	t.build.charts.Add(1)
}

// undrawable reports what the chart itself says of why it cannot be drawn.
func (t *turn) undrawable(b *present.Block, err error) bool {
	problem := (*chart.Problem)(nil)
	if !errors.As(err, &problem) {
		return false
	}
	t.report(&diag.Diagnostic{
		Code: "chart-undrawable",
		Text: diag.Say("this chart cannot be drawn: %s",
			"dieses Diagramm lässt sich nicht zeichnen: %s", problem.Said()),
		Ways: []diag.Text{diag.Say("shorten or change that text, show fewer figures, or make a table of it",
			"kürzen oder ändern Sie diesen Text, zeigen Sie weniger Kennzahlen, oder machen Sie eine Tabelle daraus")},
	}, b.Start, b.End)
	return true
}

// statesFinding reports whether the summary of a chart cites one of its figures, or a
// percentage that is one of its shares.
func (t *turn) statesFinding(b *present.Block) bool {
	all := b.All()
	return slices.ContainsFunc(t.doc.Cites, func(c *prose.Cite) bool {
		f := c.Ref.Figure
		return c.Block == b.Block && !c.None && (slices.Contains(all, f) || isLatest(f, all) || b.Grid.ShowsShare(f))
	})
}

// isLatest reports whether a figure is the name of a series whose last time is shown.
func isLatest(f *figure.Figure, shown []*figure.Figure) bool {
	s := f.Series
	return s != nil && f.ID == s.ID && slices.Contains(shown, s.Points[len(s.Points)-1])
}

// makeFiles makes what a block is as files, whose sizes its markup says.
func (t *turn) makeFiles(b *present.Block) {
	if b.Grid == nil {
		return
	}
	b.CSV = data.BlockCSV(t.build.dataSite(), b.Grid)
	if b.Drawn || b.Kind == prose.Table {
		b.Sheet = present.Sheet(b, t.tongue.views.Lang, t.build.config.Demo)
	}
}

// blockHTML makes the markup of a block as it stands on its page; a block of headline
// figures or of cards is the nth of its kind. One across the page has its width.
func (t *turn) blockHTML(b *present.Block, nth int, across bool, s *present.Setting) template.HTML {
	views, frame := t.tongue.views, t.tongue.frame
	var html template.HTML
	var err error
	switch {
	case b.Kind == prose.Headline:
		html, err = frame.Headline(views.Headline(b, nth, s))
	case b.Kind == prose.Cards:
		return t.cardsHTML(b, nth, s)
	case b.Grid == nil:
	case b.Kind == prose.Table:
		html, err = frame.Table(views.Table(b, s))
	case b.Drawn:
		view := views.Chart(b, s, b.Level, across)
		html, err = frame.Chart(&view)
	default:
		html, err = frame.List(views.List(b, s))
	}
	t.build.fail(err)
	return html
}

// writeFiles writes what a block is besides its place on the page: its data; of a
// chart also its table and picture, the option for the live chart where there is one, a page
// of its own and the bare chart for other people's pages.
func (t *turn) writeFiles(b *present.Block) {
	if b.Grid == nil || (b.Kind == prose.Chart && !b.Drawn) {
		return
	}
	t.build.writeOnce(b.DataAt(), b.CSV)
	t.build.write(t.tongue.views.SheetAt(b.Kind, b.ID), b.Sheet)
	t.keepOld(b)
	if b.Kind != prose.Chart {
		return
	}
	at := t.tongue.views.ChartAt(b.ID)
	if problems := audit.Drawing(b.Picture.File); len(problems) > 0 {
		t.build.auditDrawing(at+".svg", t.at(b.Start, b.End), problems)
	}
	t.chartFiles(b, at)
	t.chartPage(b)
	t.embed(b)
}

// chartFiles writes what can be fetched of a chart besides its numbers: its picture, and the
// option of its live chart if it has one.
func (t *turn) chartFiles(b *present.Block, at string) {
	t.build.write(at+".svg", b.Picture.File)
	if present.Explores(b) != "" {
		t.build.write(at+".json", b.Picture.Live)
	}
}

// keepOld keeps what stands at the addresses of ids that a block once had: its files, and in
// the place of its pages some that lead on.
func (t *turn) keepOld(b *present.Block) {
	views := t.tongue.views
	for _, id := range b.Formerly {
		t.build.writeOnce(b.DataOf(id), b.CSV)
		t.build.write(views.SheetAt(b.Kind, id), b.Sheet)
		if b.Kind != prose.Chart {
			continue
		}
		t.chartFiles(b, views.ChartAt(id))
		t.leadOn(b, views.ChartAt(id)+"/", views.ChartAt(b.ID)+"/")
		t.leadOn(b, views.EmbedAt(id), views.EmbedAt(b.ID))
	}
}

func (t *turn) leadOn(b *present.Block, from, to string) {
	view := &render.Alias{Path: from, Title: b.Title, To: to}
	t.build.makePage(from+"index.html", audit.Options{Kind: audit.Redirect}, nil, func(out *bytes.Buffer) error {
		return t.tongue.frame.Alias(out, view)
	})
}

func (t *turn) chartPage(b *present.Block) {
	views := t.tongue.views
	s := t.setting(views.ChartAt(b.ID)+"/", "")
	view := views.ChartPage(b, t.page, s, t.build.drawCard(views.ChartCard(b, t.doc.Cites)))
	view.EmbedHeight = views.EmbedHeight(b)
	t.build.makePage(view.Path+"index.html", audit.Options{}, t.blockOrigin(b.Start, b.End), func(out *bytes.Buffer) error {
		return t.tongue.frame.ChartPage(out, view)
	})
}

// embed writes the bare chart.
func (t *turn) embed(b *present.Block) {
	views := t.tongue.views
	view := views.Embed(b, t.setting(views.EmbedAt(b.ID), ""), t.doc.Plain(b.Block))
	t.build.makePage(view.Path+"index.html", audit.Options{Kind: audit.Embed}, t.blockOrigin(b.Start, b.End), func(out *bytes.Buffer) error {
		return t.tongue.frame.Embed(out, view)
	})
}
