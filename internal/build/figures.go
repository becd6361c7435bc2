package build

import (
	"bytes"

	"bilanz/internal/audit"
	"bilanz/internal/data"
	"bilanz/internal/figure"
	"bilanz/internal/present"
	"bilanz/internal/render"
)

// figuresPages writes the page of all figures of a language; where there are too many
// for one, a page for each group and one that lists the groups.
func (b *builder) figuresPages(t *tongue, uses map[*figure.Figure][]data.Use) {
	views := t.views
	groups := views.Groups(uses)
	all := make([]render.FigureGroup, len(groups))
	b.each(len(groups), func(i int) {
		g := groups[i]
		all[i] = render.FigureGroup{ID: g.ID, Title: g.Title}
		if views.Split() {
			b.figuresPage(t, g, uses)
			all[i].To = views.Root() + g.Below
			all[i].Count = views.Lang.Word("figures-count", len(g.Figures))
		} else {
			all[i].Figures = views.Entries(g.Figures, uses)
		}
	})
	v := &render.Figures{
		Head:  views.ListHead("figures/", views.Lang.Word("all-numbers")),
		Intro: render.Paragraph(views.Lang.Word("figures-intro")) + views.Beyond(groups), Groups: all,
	}
	if !views.Split() {
		v.Total, v.Sources = views.Total(groups...), views.Sources(groups...)
	}
	b.listPage(t, v)
}

// figuresPage writes the page of one group.
func (b *builder) figuresPage(t *tongue, g present.Group, uses map[*figure.Figure][]data.Use) {
	views := t.views
	v := &render.Figures{Head: views.ListHead(g.Below, views.Lang.Word("figures-of", g.Title))}
	v.Crumbs = append(v.Crumbs, render.Link{Text: views.Lang.Word("all-numbers"), To: views.FiguresAt()})
	v.Total, v.Sources = views.Total(g), views.Sources(g)
	v.Groups = []render.FigureGroup{{ID: g.ID, Title: g.Title, Figures: views.Entries(g.Figures, uses)}}
	b.listPage(t, v)
}

// listPage writes a page of figures.
func (b *builder) listPage(t *tongue, v *render.Figures) {
	v.Card = b.drawCard(t.views.ListCard(v.Head))
	b.makePage(v.Path+"index.html", audit.Options{}, b.figureOrigin,
		func(out *bytes.Buffer) error { return t.frame.Figures(out, v) })
}
