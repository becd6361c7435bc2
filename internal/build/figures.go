package build

import (
	"bytes"
	"slices"

	"bilanz/internal/audit"
	"bilanz/internal/data"
	"bilanz/internal/figure"
	"bilanz/internal/present"
	"bilanz/internal/render"
)

// figuresPages writes the page of all figures of a language; where there are too many
// for one, a page for each group and one that lists the groups. It gives these.
func (b *builder) figuresPages(t *tongue, uses map[*figure.Figure][]data.Use) []present.Group {
	views, pictures := t.views, b.pictures(t, uses)
	groups := views.Groups(uses)
	all := make([]render.FigureGroup, len(groups))
	b.each(len(groups), func(i int) {
		g := groups[i]
		all[i] = render.FigureGroup{ID: g.ID, Title: g.Title}
		if views.Split() {
			b.figuresPage(t, g, uses, pictures)
			all[i].To = views.Root() + g.Below
			all[i].Count = views.Lang.Word("figures-count", len(g.Figures))
		} else {
			all[i].Figures = views.Entries(g.Figures, uses, pictures)
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
	return groups
}

// figuresPage writes the page of one group.
func (b *builder) figuresPage(
	t *tongue, g present.Group, uses map[*figure.Figure][]data.Use, pictures map[*figure.Figure]string,
) {
	views := t.views
	v := &render.Figures{Head: views.ListHead(g.Below, views.Lang.Word("figures-of", g.Title))}
	v.Crumbs = append(v.Crumbs, render.Link{Text: views.Lang.Word("all-numbers"), To: views.FiguresAt()})
	v.Total, v.Sources = views.Total(g), views.Sources(g)
	v.Groups = []render.FigureGroup{{ID: g.ID, Title: g.Title, Figures: views.Entries(g.Figures, uses, pictures)}}
	b.listPage(t, v)
}

// listPage writes a page of figures.
func (b *builder) listPage(t *tongue, v *render.Figures) {
	v.Card = b.drawCard(t.views.ListCard(v.Head))
	b.makePage(v.Path+"index.html", audit.Options{}, b.figureOrigin,
		func(out *bytes.Buffer) error { return t.frame.Figures(out, v) })
}

// pictures draws a picture of each figure that a page of the language cites, and gives their
// addresses; none where there are too many.
func (b *builder) pictures(t *tongue, uses map[*figure.Figure][]data.Use) map[*figure.Figure]string {
	if !b.cards || b.base == "" {
		return nil
	}
	cited := pictured(b.figures.All(), func(f *figure.Figure) bool {
		return slices.ContainsFunc(uses[f], func(u data.Use) bool { return b.cites(t, u) })
	})
	drawn := make([]string, len(cited))
	b.each(len(cited), func(i int) { drawn[i] = b.drawCard(t.views.FigureCard(cited[i])).To })
	at := make(map[*figure.Figure]string, len(cited))
	for i, f := range cited {
		at[f] = drawn[i]
	}
	return at
}

// pictured are the figures that have a picture to share: those that are cited, and none
// where there are too many.
func pictured(all []*figure.Figure, cited func(*figure.Figure) bool) (some []*figure.Figure) {
	for _, f := range all {
		if cited(f) {
			some = append(some, f)
		}
	}
	if len(some) > present.MostPictures {
		return nil
	}
	return some
}

// cites reports whether it is the text of a page in the language that uses a figure.
func (b *builder) cites(t *tongue, u data.Use) bool {
	p := b.site.At(u.Page)
	return u.Block == "" && p != nil && p.Lang == t.views.Lang
}
