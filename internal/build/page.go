package build

import (
	"bytes"
	"slices"
	"strings"
	"sync/atomic"

	"bilanz/internal/audit"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/present"
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
			(&turn{build: b, tongue: b.tongues[p.Lang.Code], page: p}).take()
		}
		if b.o.Progress != nil {
			b.o.Progress(int(done.Add(1)), len(b.site.Pages))
		}
	})
}

// turn is one page on its way to one file.
type turn struct {
	build  *builder
	tongue *tongue
	page   *site.Page
	doc    *prose.Document

	pageProblems diag.List
}

// take parses, verifies, renders, audits and writes the page. What others need to
// know of it is kept; a page with an error is not rendered.
func (t *turn) take() {
	text, ok := t.build.project.Read(t.page.File, &t.build.siteProblems)
	if !ok {
		return
	}
	t.pageProblems.Judge = t.build.judge.Judge
	t.doc = prose.Parse(t.tongue.context, schema.File{Path: t.page.File, Text: text}, &t.pageProblems)
	t.follow()
	blocks := t.lay()
	t.see()
	if t.pageProblems.Errors() == 0 && !t.doc.Unsure { // a link may be unknown only because a file of figures is broken
		t.render(blocks)
	}
	t.build.siteProblems.Add(t.pageProblems.Sorted()...)
}

func (t *turn) report(d *diag.Diagnostic, start, end int) {
	if t.doc.Enough(d.Code, d.Severity) {
		return
	}
	d.Place = t.build.at(t.page, start, end)
	t.pageProblems.Add(*d)
}

// follow finds where the page's links and images lead.
func (t *turn) follow() {
	for _, link := range t.doc.Links {
		if link.Href != link.Dest {
			continue // no such scheme, which is reported
		}
		to, problem := t.build.site.Resolve(t.page, link)
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
		to, problem := t.build.site.Resolve(t.page, image)
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
			Kind: b.Kind, ID: b.ID, Type: string(b.Form), IDs: strings.Join(b.IDs, ", "), Column: b.Column, Claim: b.Claim,
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
func (t *turn) render(blocks []*present.Block) {
	t.fillCites(t.page.Path, nil)
	headlines := 0
	for _, b := range blocks {
		if b.Kind == prose.Headline {
			headlines++
		}
		t.doc.Summarise(b.Block)
		t.makeFiles(b)
		b.HTML = []byte(t.blockHTML(b, headlines))
		t.writeFiles(b)
	}
	for _, note := range t.doc.Notes {
		if note.Figure != nil {
			note.HTML = []byte(t.tongue.views.FootnoteHTML(note.Figure))
		}
	}
	body := buffer()
	defer buffers.Put(body)
	t.doc.HTML(body)
	t.excuse()
	t.build.makePage(t.page.Path+"index.html", audit.Options{}, func(out *bytes.Buffer) error {
		return t.tongue.frame.Page(out, t.view(body.Bytes()))
	})
}

// view is the page with its text.
func (t *turn) view(body []byte) *render.Page {
	views := t.tongue.views
	v := &render.Page{
		Head:     views.Head(t.page, t.build.drawCard(views.PageCard(t.page, t.doc.Blocks))),
		Contents: present.Contents(t.doc), Body: body,
	}
	v.Prev, v.Next = views.Neighbours(t.page)
	if t.build.outdated[t.page] {
		v.Notices = append(v.Notices, views.Older(t.page))
	}
	return v
}

// fillCites writes every mention of a figure as it stands on the page at path: of
// one block, or with nil of the whole page.
func (t *turn) fillCites(path string, block *prose.Block) {
	for _, c := range t.doc.Cites {
		if block == nil || c.Block == block {
			c.HTML = t.tongue.views.Number(c, path)
		}
	}
}

// excuse notes that somebody signed for the headings of this page, which the
// audit of the finished page would find again.
func (t *turn) excuse() {
	for _, d := range t.pageProblems.Sorted() {
		if d.Code == "heading-level" { // accepted, or else the page would not be rendered
			t.build.excuse(t.page.Path + "index.html")
		}
	}
}

func (b *builder) excuse(path string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.excused[path] = true
}

func (b *builder) isExcused(path string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.excused[path]
}

// makePage fills the layout of a page, audits what comes out and writes it.
func (b *builder) makePage(path string, o audit.Options, fill func(out *bytes.Buffer) error) {
	out := buffer()
	defer buffers.Put(out)
	if err := fill(out); err != nil {
		b.fail(err)
		return
	}
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
