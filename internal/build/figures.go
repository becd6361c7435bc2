package build

import (
	"bytes"
	"maps"
	"slices"

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
	groups := present.Groups(b.figures.All())
	names := slices.Sorted(maps.Keys(groups))
	all := make([]render.FigureGroup, len(names))
	b.each(len(names), func(i int) {
		name := names[i]
		group := render.FigureGroup{ID: "group-" + name, Title: views.GroupTitle(name)}
		if views.Split() {
			b.figuresPage(t, group, name, groups[name], uses)
			group.To = views.FiguresAt() + name + "/"
			group.Count = views.Lang.Word("figures-count", len(groups[name]))
		} else {
			group.Figures = views.Entries(groups[name], uses)
		}
		all[i] = group
	})
	b.listPage(t, &render.Figures{
		Head:  views.ListHead("figures/", views.Lang.Word("all-numbers")),
		Intro: "<p>" + render.Text(views.Lang.Word("figures-intro")) + "</p>", Groups: all,
	})
}

// figuresPage writes the page of one group.
func (b *builder) figuresPage(t *tongue, group render.FigureGroup, name string, figures []*figure.Figure, uses map[*figure.Figure][]data.Use) {
	views := t.views
	v := &render.Figures{Head: views.ListHead("figures/"+name+"/", views.Lang.Word("figures-of", group.Title))}
	v.Crumbs = append(v.Crumbs, render.Link{Text: views.Lang.Word("all-numbers"), To: views.FiguresAt()})
	group.Figures = views.Entries(figures, uses)
	v.Groups = []render.FigureGroup{group}
	b.listPage(t, v)
}

// listPage writes a page of figures.
func (b *builder) listPage(t *tongue, v *render.Figures) {
	v.Card = b.drawCard(t.views.ListCard(v.Head))
	b.makePage(v.Path+"index.html", audit.Options{}, func(out *bytes.Buffer) error { return t.frame.Figures(out, v) })
}
