package build

import (
	"html/template"
	"slices"
	"strings"

	"bilanz/internal/audit"
	"bilanz/internal/locale"
	"bilanz/internal/prose"
	"bilanz/internal/render"
)

// blockFiles writes what a block is besides its place on the page: its data; of a
// chart also its table and picture, the option for the live chart, a page of its own and the
// bare chart for other people's pages.
func (t *turn) blockFiles(l *laid) {
	if l.grid == nil || (l.block.Kind == prose.Chart && !l.drawn) {
		return
	}
	t.writeOnce(dataPath(l.block), t.csv(l))
	if l.block.Kind != prose.Chart {
		return
	}
	root := t.chartRoot(l.block.ID)
	t.write(root+".svg", l.picture.File)
	t.write(root+".csv", t.sheet(l))
	t.write(root+".json", l.picture.Live)
	t.chartPage(l, root+"/")
	t.embed(l, root+"/embed/")
	t.settle(l.block, t.page.Path)
}

// settle writes the summary of a chart as it stands on the page at path: pages of its
// own have other ways to the same places, and no footnotes.
func (t *turn) settle(b *prose.Block, path string) {
	t.doc.Silent = path != t.page.Path
	t.fillCites(path, b)
	links := slices.Concat(t.doc.Links, t.doc.Images)
	hrefs := make([]string, len(links))
	for i, link := range links {
		hrefs[i] = link.Href
		link.Href = render.Moved(link.Href, t.page.Path, path)
	}
	t.doc.Summarise(b)
	for i, link := range links {
		link.Href = hrefs[i]
	}
}

func (t *turn) chartPage(l *laid, path string) {
	b := l.block
	t.settle(b, path)
	out := buffer()
	defer buffers.Put(out)
	head := render.Head{Path: path, Title: b.Title, Description: t.subtitle(l), Crumbs: t.chartCrumbs(), Card: t.chartCard(l)}
	for _, lang := range t.config.Langs {
		head.Alternates = append(head.Alternates, t.chartAlternate(b, t.tongues[lang.Code]))
	}
	t.fail(t.frame.ChartPage(out, &render.ChartPage{
		Head: head, Chart: t.chartView(l, path, 1), Uses: []render.Link{linkTo(t.page)},
		Embed: path + "embed/", EmbedHeight: t.embedHeight(l),
	}))
	t.finishPage(path+"index.html", out, audit.Options{})
}

// chartAlternate is the page of the same chart in a language. Only complete languages are
// sure to have it.
func (t *turn) chartAlternate(b *prose.Block, in *tongue) render.Alternate {
	a := t.alternate(t.page, in)
	complete := func(l *locale.Lang) bool { return slices.Contains(t.config.Complete, l.Code) }
	switch {
	case a.Self || !a.Start && complete(t.lang) && complete(in.lang):
		a.To = in.chartRoot(b.ID) + "/"
	default:
		a.To, a.Start = in.root, true
	}
	return a
}

// embed writes the bare chart. Its links leave the frame that it is shown in.
func (t *turn) embed(l *laid, path string) {
	b := l.block
	t.settle(b, path)
	view := t.chartView(l, path, 1)
	view.Summary = outOfFrame(view.Summary)
	for i, note := range view.Notes {
		view.Notes[i] = outOfFrame(note)
	}
	out := buffer()
	defer buffers.Put(out)
	t.fail(t.frame.Embed(out, &render.Embed{
		Head:  render.Head{Path: path, Title: t.lang.Word("embed-title", b.Title)},
		Chart: view, Page: t.chartRoot(b.ID) + "/",
	}))
	t.finishPage(path+"index.html", out, audit.Options{Kind: audit.Embed})
}

// outOfFrame makes links open in the whole window. Texts hold no "<a ": it is escaped
// in them.
func outOfFrame(html template.HTML) template.HTML {
	return template.HTML(strings.ReplaceAll(string(html), "<a ", `<a target="_top" `))
}

// embedHeight is about how high the bare chart is in a column of 640 px. A frame that
// is too low scrolls.
func (t *turn) embedHeight(l *laid) int {
	const between, step = 100, 20
	height := between + l.picture.Height
	add := func(text string, inLine, line int) { height += (len(text)/inLine + 1) * line }
	add(l.block.Title, 45, 27)
	add(t.subtitle(l), 55, 26)
	add(t.doc.Plain(l.block), 50, 28)
	for _, note := range t.notes(l.grid) {
		add(plainText(string(note)), 55, 30)
	}
	add(plainText(string(t.sources(l.grid))), 55, 24)
	return (height + step - 1) / step * step
}

func (t *turn) chartCrumbs() []render.Link {
	var crumbs []render.Link
	if start := t.site.Start(t.lang); start != nil && start != t.page {
		crumbs = append(crumbs, linkTo(start))
	}
	return append(crumbs, linkTo(t.page))
}
