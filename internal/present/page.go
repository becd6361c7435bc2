package present

import (
	"cmp"
	"html/template"
	"path"
	"slices"

	"bilanz/internal/locale"
	"bilanz/internal/prose"
	"bilanz/internal/render"
	"bilanz/internal/site"
)

// Head is the head of a page of prose.
func (in *Language) Head(p *site.Page, card render.SocialCard) render.Head {
	h := render.Head{
		Path: p.Path, Title: p.Front.Title,
		Description: cmp.Or(p.Front.Description, p.Front.Title), // where a missing one is accepted
		Plain:       p.Front.Slot == "easy-read", Crumbs: in.crumbs(p), Card: card,
	}
	for _, l := range in.Site.Config.Langs {
		h.Alternates = append(h.Alternates, in.alternate(p, l))
	}
	return h
}

// alternate is a page in one of the languages, or else the start page of that one.
func (in *Language) alternate(p *site.Page, l *locale.Lang) render.Alternate {
	c := in.Site.Config
	a := render.Alternate{Code: l.Code, Name: l.Name, Default: l == c.Default, Locale: l.Locale()}
	if other := p.Group.In(l.Code); other != nil {
		a.To, a.Self = other.Path, other == p
	} else {
		a.To, a.Start = c.Root(l), l.Word("start-page")
	}
	return a
}

// crumbs is the way to a page that lies below another one.
func (in *Language) crumbs(p *site.Page) []render.Link {
	var crumbs []render.Link
	for folder := path.Dir(p.Name); folder != "."; folder = path.Dir(folder) {
		if above := in.Site.At(in.root + folder + "/"); above != nil {
			crumbs = append(crumbs, linkTo(above))
		}
	}
	if crumbs == nil {
		return nil
	}
	if start := in.Site.Start(in.Lang); start != nil {
		crumbs = append(crumbs, linkTo(start))
	}
	slices.Reverse(crumbs)
	return crumbs
}

// Contents lists the headings for "On this page".
func Contents(doc *prose.Document) []render.Heading {
	var headings []render.Heading
	for _, h := range doc.Headings {
		if h.Level == 2 {
			headings = append(headings, render.Heading{ID: h.ID, Text: h.Text})
		}
	}
	return headings
}

// Neighbours are the pages before and after one in the main navigation.
func (in *Language) Neighbours(p *site.Page) (prev, next render.Link) {
	i := slices.Index(in.inOrder, p)
	if i > 0 {
		prev = linkTo(in.inOrder[i-1])
	}
	if i >= 0 && i+1 < len(in.inOrder) {
		next = linkTo(in.inOrder[i+1])
	}
	return prev, next
}

// Older is the line above the text of a page that changed in another language since the two
// were compared.
func Older(p, newer *site.Page) template.HTML {
	link := render.Anchor(render.Rel(p.Path, newer.Path), newer.Lang.Name, newer.Lang.Code)
	return template.HTML(p.Lang.Word("translation-older", string(link)))
}

func linkTo(p *site.Page) render.Link { return render.Link{Text: p.Front.Title, To: p.Path} }

// ChartPage is the page of a chart that stands on the page p, without its embed.
func (in *Language) ChartPage(b *Block, p *site.Page, s *Setting, card render.SocialCard) *render.ChartPage {
	head := render.Head{
		Path: s.Path, Title: b.Title, Description: subtitle(b, in.Lang), Crumbs: in.chartCrumbs(p), Card: card,
	}
	for _, l := range in.Site.Config.Langs {
		head.Alternates = append(head.Alternates, in.chartAlternate(b, p, l))
	}
	return &render.ChartPage{
		Head: head, Chart: in.Chart(b, s, 1, true), Uses: []render.Link{linkTo(p)}, Embed: in.EmbedAt(b.ID),
	}
}

// EmbedAt is the address of a chart alone, for other people's pages.
func (in *Language) EmbedAt(id string) string { return in.ChartAt(id) + "/embed/" }

// chartAlternate is the page of the same chart in a language. Only complete languages are
// sure to have it.
func (in *Language) chartAlternate(b *Block, p *site.Page, l *locale.Lang) render.Alternate {
	c := in.Site.Config
	a := in.alternate(p, l)
	complete := func(l *locale.Lang) bool { return slices.Contains(c.Complete, l.Code) }
	if a.Self || a.Start == "" && complete(in.Lang) && complete(l) {
		a.To = chartAt(c.Root(l), b.ID) + "/"
	} else {
		a.To, a.Start = c.Root(l), l.Word("start-page")
	}
	return a
}

func (in *Language) chartCrumbs(p *site.Page) []render.Link {
	var crumbs []render.Link
	if start := in.Site.Start(in.Lang); start != nil && start != p {
		crumbs = append(crumbs, linkTo(start))
	}
	return append(crumbs, linkTo(p))
}

// Embed is the bare chart, whose summary says these words. Its links leave the frame that
// it is shown in.
func (in *Language) Embed(b *Block, s *Setting, summary string) *render.Embed {
	view := in.Chart(b, s, 1, false)
	view.Summary = render.Text(summary)
	for i, note := range view.Notes {
		view.Notes[i] = render.OutOfFrame(note)
	}
	return &render.Embed{
		Head:  render.Head{Path: s.Path, Title: in.Lang.Word("embed-title", b.Title)},
		Chart: view, Page: in.ChartAt(b.ID) + "/",
	}
}
