package build

import (
	"errors"
	"html/template"
	"slices"
	"strings"

	"bilanz/internal/chart"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/grid"
	"bilanz/internal/present"
	"bilanz/internal/prose"
	"bilanz/internal/site"
)

// layCards finds out where the cards of a block lead, and draws their pictures.
func (t *turn) layCards(b *present.Block) {
	led := true // each leads somewhere
	for _, s := range b.Subjects {
		led = t.leads(s) && led
		b.Bars = append(b.Bars, t.bars(s))
	}
	if !led {
		return // a picture may be for the page that is named wrong
	}
	for _, p := range b.Unplaced {
		t.report(unplaced(p, b.Subjects), p.Start, p.End)
	}
}

// leads reports whether a card leads to another page in its language, and says so if not.
func (t *turn) leads(s *prose.Subject) bool {
	to := t.to[s.Link.Index]
	if problem := site.CardProblem(t.page, s.Link, to); problem != nil {
		t.report(problem, s.Link.Start, s.Link.End)
		return false
	}
	return to.Page != nil
}

// unplaced says that a block draws a picture of a page that none of its cards leads to.
func unplaced(p prose.Picture, subjects []*prose.Subject) *diag.Diagnostic {
	var files []string
	for _, s := range subjects {
		file, _, _ := strings.Cut(s.Link.Dest, "#")
		files = append(files, file)
	}
	d := &diag.Diagnostic{
		Code: "card-unplaced",
		Text: diag.Say("no card of this block leads to %s", "keine Karte dieses Blocks führt zu %s", p.Page),
	}
	for _, near := range diag.Nearest(p.Page, files) {
		d.Ways = append(d.Ways, diag.Say("write %s", "schreiben Sie %s", near))
	}
	d.Ways = append(d.Ways,
		diag.Say("write the card, or delete this line", "schreiben Sie die Karte dazu, oder streichen Sie diese Zeile"))
	return d
}

// bars lays and draws the picture of a card.
func (t *turn) bars(s *prose.Subject) (b present.Bars) {
	if len(s.Figures) == 0 {
		return b
	}
	shape := grid.Shape{Form: form.Bar, Figures: s.Figures, Cut: grid.Cut{Order: grid.AsRead},
		Lang: t.tongue.lang, Langs: t.build.config.Langs}
	g, problem := grid.Lay(shape)
	if problem == nil && !slices.ContainsFunc(s.Figures, func(f *figure.Figure) bool { return f.Value.Broken }) {
		problem = g.Check(form.Bar)
	}
	if problem != nil {
		t.report(problem, s.Start, s.End)
		return b
	}
	spec := t.tongue.views.BarSpec("card", g)
	if t.pageProblems.Errors() > 0 {
		t.cardUndrawable(s, spec.Check())
		return b
	}
	picture, err := t.build.studio.Small(t.build.ctx, spec)
	if t.cardUndrawable(s, err) {
		return b
	}
	t.build.fail(err)
	return present.Bars{Grid: g, Picture: picture}
}

// cardUndrawable reports why the picture of a card cannot be drawn.
func (t *turn) cardUndrawable(s *prose.Subject, err error) bool {
	problem := (*chart.Problem)(nil)
	if !errors.As(err, &problem) {
		return false
	}
	t.report(&diag.Diagnostic{
		Code: "chart-undrawable",
		Text: diag.Say("the picture of this card cannot be drawn: %s",
			"das Bild dieser Karte lässt sich nicht zeichnen: %s", problem.Said()),
		Ways: []diag.Text{diag.Say("shorten or change that text, or name other figures",
			"kürzen oder ändern Sie diesen Text, oder nennen Sie andere Kennzahlen")},
	}, s.Start, s.End)
	return true
}

// cardsHTML makes the markup of a block of cards. Below the first of a start page stands
// what is new.
func (t *turn) cardsHTML(b *present.Block, nth int, s *present.Setting) template.HTML {
	views, frame := t.tongue.views, t.tongue.frame
	html, err := frame.Cards(views.Cards(b, nth, s))
	t.build.fail(err)
	if nth > 1 || t.page != t.build.site.Start(t.page.Lang) {
		return html
	}
	news := views.News(b, nth, s)
	news.Cards = html
	html, err = frame.News(news)
	t.build.fail(err)
	return html
}
