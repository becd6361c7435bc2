package build

import (
	"bytes"
	"cmp"
	"html/template"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"bilanz/internal/audit"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/prose"
	"bilanz/internal/render"
	"bilanz/internal/schema"
	"bilanz/internal/site"
)

// pages gives every page its turn.
func (b *builder) pages() {
	var done atomic.Int64
	b.each(len(b.site.Pages), func(i int) {
		if p := b.site.Pages[i]; !p.Broken {
			(&turn{builder: b, tongue: b.tongues[p.Lang.Code], page: p}).take()
		}
		if b.o.Progress != nil {
			b.o.Progress(int(done.Add(1)), len(b.site.Pages))
		}
	})
}

// turn is one page on its way to one file.
type turn struct {
	*builder
	*tongue
	page         *site.Page
	doc          *prose.Document
	pageProblems diag.List
}

// take parses, verifies, renders, audits and writes the page. What others need to
// know of it is kept; a page with an error is not rendered.
func (t *turn) take() {
	text, ok := t.project.Read(t.page.File, &t.siteProblems)
	if !ok {
		return
	}
	t.pageProblems.Judge = t.judge.Judge
	t.doc = prose.Parse(t.tongue.context, schema.File{Path: t.page.File, Text: text}, &t.pageProblems)
	t.follow()
	blocks := t.lay()
	t.see()
	if t.pageProblems.Errors() == 0 && !t.doc.Unsure { // a link may be unknown only because a file of figures is broken
		t.render(blocks)
	}
	t.siteProblems.Add(t.pageProblems.Sorted()...)
}

func (t *turn) report(d *diag.Diagnostic, start, end int) {
	if t.doc.Enough(d.Code, d.Severity) {
		return
	}
	d.Place = t.at(t.page, start, end)
	t.pageProblems.Add(*d)
}

// follow finds where the page's links and images lead.
func (t *turn) follow() {
	for _, link := range t.doc.Links {
		if link.Href != link.Dest {
			continue // no such scheme, which is reported
		}
		to, problem := t.site.Resolve(t.page, link)
		switch {
		case problem != nil:
			t.report(problem, link.Start, link.End)
		case to.File != "":
			t.attach(link, to.File)
		case to.Output != "":
			link.Href = render.Rel(t.page.Path, to.Output)
		case to.Page == t.page:
			link.Href = "#" + to.Fragment
			t.linkOut(link, to)
		case to.Page != nil:
			link.Href = render.Rel(t.page.Path, to.Page.Path)
			if to.Fragment != "" {
				link.Href += "#" + to.Fragment
			}
			t.linkOut(link, to)
		}
	}
	for _, image := range t.doc.Images {
		to, problem := t.site.Resolve(t.page, image)
		switch {
		case problem != nil:
			t.report(problem, image.Start, image.End)
		case to.Outside:
			t.report(&diag.Diagnostic{Code: "image-foreign",
				Text: diag.Say("pages load nothing from elsewhere", "Seiten laden nichts von anderswo"),
				Ways: []diag.Text{diag.Say("put the image beside the page", "legen Sie das Bild neben die Seite")},
			}, image.Start, image.End)
		case to.File != "":
			t.attach(image, to.File)
		}
	}
}

func (t *turn) linkOut(link *prose.Link, to site.Destination) {
	t.page.Seen.Links = append(t.page.Seen.Links, site.LinkOut{
		To: to.Page, Fragment: to.Fragment, Start: int32(link.Start), End: int32(link.End),
	})
}

// see keeps what others need to know of the page.
func (t *turn) see() {
	seen := &t.page.Seen
	seen.Unsure = t.doc.Unsure
	seen.Anchors = make([]site.Anchor, 0, len(t.doc.Headings)+len(t.doc.Blocks))
	for _, h := range t.doc.Headings {
		seen.Anchors = append(seen.Anchors, site.Anchor{ID: h.ID, Start: int32(h.Start), End: int32(h.End)})
	}
	for _, b := range t.doc.Blocks {
		if b.ID != "" {
			seen.Anchors = append(seen.Anchors, site.Anchor{ID: b.ID})
		}
		seen.Blocks = append(seen.Blocks, site.BlockSeen{
			Kind: b.Kind, ID: b.ID, Type: b.Type, IDs: strings.Join(b.IDs, ", "), Column: b.Column, Claim: b.Claim,
			Title: b.Title, Start: int32(b.Start), End: int32(b.End),
		})
		for _, f := range b.All() {
			t.use(f, b)
		}
	}
	seen.Cites = make([]site.Cited, 0, len(t.page.Front.Cites)+len(t.doc.Cites))
	for _, c := range slices.Concat(t.page.Front.Cites, t.doc.Cites) {
		if !c.None {
			seen.Cites = append(seen.Cites, site.Cited{
				Ref: c.Ref, Section: c.Section, Said: c.Said, Start: int32(c.Start), End: int32(c.End),
			})
		}
	}
}

// use notes that a block shows a figure. Headline figures are part of the page
// itself.
func (t *turn) use(f *figure.Figure, b *prose.Block) {
	name := ""
	if b.Kind != prose.Headline {
		name = string(b.Kind) + ":" + b.ID
	}
	t.page.Seen.Shown = append(t.page.Seen.Shown, site.Shown{Figure: f, Block: name})
}

// render makes the page's file, once everything in it is known to be right.
func (t *turn) render(blocks []*laid) {
	t.fillCites(t.page.Path, nil)
	for _, b := range blocks {
		t.doc.Summarise(b.block)
		b.block.HTML = []byte(t.blockHTML(b, t.page.Path, b.block.Level))
		t.blockFiles(b)
	}
	for _, note := range t.doc.Notes {
		if note.Figure != nil {
			note.HTML = t.passages.of(note.Figure.ID, footnotePassage)
		}
	}
	body, out := buffer(), buffer()
	defer buffers.Put(body)
	defer buffers.Put(out)
	t.doc.HTML(body)
	prev, next := t.neighbours()
	t.fail(t.frame.Page(out, &render.Page{
		Head: t.head(), Contents: t.contents(), Notices: t.notices(), Body: body.Bytes(), Prev: prev, Next: next,
	}))
	t.excuse()
	t.finishPage(t.page.Path+"index.html", out, audit.Options{})
}

// excuse notes that somebody signed for the headings of this page, which the
// audit of the finished page would find again.
func (t *turn) excuse() {
	for _, d := range t.pageProblems.Sorted() {
		if d.Code == "heading-level" { // accepted, or else the page would not be rendered
			t.mu.Lock()
			t.excused[t.page.Path+"index.html"] = true
			t.mu.Unlock()
		}
	}
}

func (b *builder) isExcused(path string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.excused[path]
}

// finishPage audits a finished page and writes it.
func (b *builder) finishPage(path string, out *bytes.Buffer, o audit.Options) {
	report := audit.Page(path, out.Bytes(), o)
	for _, problem := range report.Problems {
		if problem.Code == "html-heading-skips" && b.isExcused(path) {
			continue
		}
		b.auditProblems.Add(diag.Diagnostic{
			Code: problem.Code, Place: diag.At(path, out.Bytes(), problem.Offset, problem.End),
			Text: problem.Text, Ways: []diag.Text{problem.Way},
		})
	}
	b.checkLinks(path, report)
	b.write(path, out.Bytes())
	if o.Kind == audit.Ordinary {
		b.mu.Lock()
		b.listed = append(b.listed, strings.TrimSuffix(path, "index.html"))
		b.mu.Unlock()
	}
}

func (t *turn) head() render.Head {
	p := t.page
	h := render.Head{
		Path: p.Path, Title: p.Front.Title,
		Description: cmp.Or(p.Front.Description, p.Front.Title), // where a missing one is accepted
		Plain:       p.Front.Slot == "easy-read", Crumbs: t.crumbs(), Card: t.pageCard(),
	}
	for _, l := range t.config.Langs {
		h.Alternates = append(h.Alternates, t.alternate(p, t.tongues[l.Code]))
	}
	return h
}

func (b *builder) alternate(p *site.Page, t *tongue) render.Alternate {
	a := render.Alternate{Code: t.lang.Code, Name: t.lang.Name, Default: t.lang == b.config.Default}
	other := p.Group.In(t.lang.Code)
	switch {
	case other != nil:
		a.To, a.Self = other.Path, other == p
	default:
		a.To, a.Start = t.root, true
	}
	return a
}

// crumbs is the way to a page that lies below another one.
func (t *turn) crumbs() []render.Link {
	var crumbs []render.Link
	for folder := path.Dir(t.page.Name); folder != "."; folder = path.Dir(folder) {
		if p := t.site.At(t.root + folder + "/"); p != nil {
			crumbs = append(crumbs, linkTo(p))
		}
	}
	if crumbs == nil {
		return nil
	}
	if start := t.site.Start(t.lang); start != nil {
		crumbs = append(crumbs, linkTo(start))
	}
	slices.Reverse(crumbs)
	return crumbs
}

func (t *turn) contents() []render.Heading {
	var headings []render.Heading
	for _, h := range t.doc.Headings {
		if h.Level == 2 {
			headings = append(headings, render.Heading{ID: h.ID, Text: h.Text})
		}
	}
	return headings
}

// neighbours are the pages before and after this one in the main navigation.
func (t *turn) neighbours() (prev, next render.Link) {
	i := slices.Index(t.inOrder, t.page)
	if i > 0 {
		prev = linkTo(t.inOrder[i-1])
	}
	if i >= 0 && i+1 < len(t.inOrder) {
		next = linkTo(t.inOrder[i+1])
	}
	return prev, next
}

// fillCites writes every mention of a figure as it stands on the page at path: of
// one block, or with nil of the whole page.
func (t *turn) fillCites(path string, block *prose.Block) {
	for _, c := range t.doc.Cites {
		if block == nil || c.Block == block {
			c.HTML = t.citeHTML(c, path)
		}
	}
}

// mention is what the HTML of a number depends on. A large site has each many
// times.
type mention struct {
	ref   figure.Ref
	said  string
	first bool
	depth int // folders above the page
}

// citeHTML is a number as it stands on the page at path. Nobody changes it.
func (t *tongue) citeHTML(c *prose.Cite, path string) []byte {
	if c.None {
		return []byte(render.Text(c.Said))
	}
	m := mention{c.Ref, c.Said, c.First, strings.Count(path, "/")}
	if known, ok := t.mentions.Load(m); ok {
		return known.([]byte)
	}
	fig := render.Fig{
		ID: c.Ref.Figure.ID, Option: c.Ref.Option.String(), Value: c.Ref.Data(), Text: c.Said,
	}
	var html []byte
	switch {
	case c.Ref.Option.Field != figure.NoField:
		html = render.AppendFigText(nil, fig)
	case c.First:
		t.link(&fig, c.Ref, path)
		fallthrough
	default:
		html = render.AppendFig(nil, fig)
	}
	html = bytes.Clone(html) // no larger than it is
	t.mentions.Store(m, html)
	return html
}

// link makes a number a link to its place on the figures page, with a name that a
// screen reader says: what the page says, noun and period.
func (t *tongue) link(fig *render.Fig, ref figure.Ref, path string) {
	fig.Href = render.Rel(path, t.figureAddress(ref.Figure))
	fig.Source, fig.Status = t.source(ref.Figure), t.basis(ref.Figure)
	fig.Spoken = ref.Spoken(t.lang)
	if text := ref.Text(t.lang); text != fig.Text {
		fig.Spoken = strings.Replace(fig.Spoken, text, fig.Text, 1)
	}
}

// notices are the lines above the text of a page.
func (t *turn) notices() []template.HTML {
	if !t.outdated[t.page] {
		return nil
	}
	source := t.page.Group.In(t.config.Default.Code)
	link := `<a href="` + render.Rel(t.page.Path, source.Path) + `" lang="` + source.Lang.Code + `" hreflang="` + source.Lang.Code + `">` +
		string(render.Text(source.Lang.Name)) + "</a>"
	return []template.HTML{template.HTML(t.lang.Word("translation-older", link))}
}
