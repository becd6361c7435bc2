package build

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"bilanz/internal/audit"
	"bilanz/internal/diag"
	"bilanz/internal/leftover"
	"bilanz/internal/locale"
	"bilanz/internal/parallel"
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
	to     []site.Destination // where the links lead, in their order

	pageProblems diag.List
	quota        diag.Quota
	again        reread
}

// at gives the place of bytes of the page.
func (t *turn) at(start, end int) diag.Place { return t.again.at(t.build, t.page, start, end) }

// take parses, verifies, renders, audits and writes the page. What others need to
// know of it is kept; a page with an error is not rendered.
func (t *turn) take() {
	defer parallel.Naming(t.page.File)
	text, ok := t.build.project.Read(t.page.File, &t.build.siteProblems)
	if !ok {
		return
	}
	t.pageProblems.Judge = t.build.judge.Judge
	t.pageProblems.Add(leftover.Find(t.page.File, text)...)
	t.doc = prose.Parse(t.tongue.context, schema.File{Path: t.page.File, Text: text}, &t.pageProblems)
	t.follow()
	blocks := t.lay()
	t.page.Seen = site.See(t.page.Front, t.doc, t.to)
	if t.pageProblems.Errors() == 0 && !t.doc.Unsure { // a link may be unknown only because a file of figures is broken
		t.render(blocks)
	}
	t.build.siteProblems.Add(t.pageProblems.Sorted()...)
}

func (t *turn) report(d *diag.Diagnostic, start, end int) {
	if t.quota.Spent(d.Code, d.Severity) {
		return
	}
	d.Place = t.at(start, end)
	t.pageProblems.Add(*d)
}

// follow finds where the page's links and images lead.
func (t *turn) follow() {
	t.to = make([]site.Destination, len(t.doc.Links))
	for i, link := range t.doc.Links {
		if link.Refused {
			continue
		}
		to, problem := t.build.site.Resolve(t.page, link)
		switch {
		case problem != nil:
			t.report(problem, link.Start, link.End)
			continue
		case link.Image && to.Outside:
			t.report(&diag.Diagnostic{Code: "image-foreign",
				Text: diag.Say("pages load nothing from elsewhere", "Seiten laden nichts von anderswo"),
				Ways: []diag.Text{diag.Say("put the image beside the page", "legen Sie das Bild neben die Seite")},
			}, link.Start, link.End)
		case to.File != "":
			to.File = t.build.spelt(to.File)
			at := t.at(link.Start, link.End)
			if problem := t.build.attach(attached{to.File, link.Image}, at, &t.pageProblems); problem != nil {
				t.report(problem, link.Start, link.End)
			}
		}
		t.to[i] = to
	}
}

// spelt is a name as the project's folder has it: letters with marks are kept in two ways.
func (b *builder) spelt(name string) string {
	for _, spelling := range locale.Spellings(name) {
		if b.project.Spelt(spelling) == spelling {
			return spelling
		}
	}
	return name
}

// setting is how the page is written at an address, each of its ids behind a prefix.
// Any address but its own shows a block of it, without footnotes.
func (t *turn) setting(path, prefix string) *present.Setting {
	s := t.tongue.views.Setting(t.page, t.doc, path)
	s.Prefix, s.Silent = prefix, path != t.page.Path
	s.Target = func(link *prose.Link) prose.Target { return t.target(link, s) }
	return s
}

// target is where a link leads to in a setting.
func (t *turn) target(link *prose.Link, s *present.Setting) prose.Target {
	to := t.to[link.Index]
	switch {
	case to.File != "":
		p := t.build.image(attached{to.File, link.Image})
		href := withFragment(render.Rel(s.Path, p.path), to.Fragment)
		return prose.Target{Href: href, Width: p.width, Height: p.height}
	case to.Output != "":
		return prose.Target{Href: render.Rel(s.Path, to.Output)}
	case link.Image || to.Page == nil:
		return prose.Target{Href: link.Dest}
	case to.Page.Path != s.Path && to.Fragment == "":
		return prose.Target{Href: render.Rel(s.Path, to.Page.Path)}
	case to.Page.Path != s.Path:
		return prose.Target{Href: render.Rel(s.Path, to.Page.Path) + "#" + to.Fragment}
	case to.Fragment == "":
		return prose.Target{Href: "#"}
	}
	return prose.Target{Href: "#" + s.Prefix + to.Fragment}
}

// withFragment is an address with the place in it, such as a page of a PDF.
func withFragment(href, fragment string) string {
	if fragment == "" {
		return href
	}
	return href + "#" + (&url.URL{Fragment: fragment}).EscapedFragment()
}

// render makes the page's file, once everything in it is known to be right.
func (t *turn) render(blocks []*present.Block) {
	lead, body := buffer(), buffer()
	defer buffers.Put(lead)
	defer buffers.Put(body)
	for _, b := range blocks {
		t.makeFiles(b)
	}
	s := t.setting(t.page.Path, "")
	t.write(lead, body, blocks, s)
	for _, b := range blocks {
		t.writeFiles(b)
	}
	t.find()
	t.excuse()
	t.keep(blocks)
	from := t.origin(lead.Bytes(), body.Bytes())
	t.build.makePage(t.page.Path+"index.html", audit.Options{}, from, func(out *bytes.Buffer) error {
		v := t.view(s)
		v.Lead, v.Body = lead.Bytes(), body.Bytes()
		return t.tongue.frame.Page(out, v)
	})
}

// write writes the text of the page: what it opens with, and the rest with its blocks and
// footnotes.
func (t *turn) write(lead, body *bytes.Buffer, blocks []*present.Block, s *present.Setting) {
	s.Hero = len(t.page.Front.Hero) > 0
	s.Across = func(b *prose.Block) bool {
		return slices.ContainsFunc(blocks, func(block *present.Block) bool {
			return block.Block == b && t.tongue.views.Across(block)
		})
	}
	s.Block = func(b *prose.Block, across bool) []byte {
		nth := 0
		for _, block := range blocks {
			if block.Kind == b.Kind {
				nth++
			}
			if block.Block == b {
				return []byte(t.blockHTML(block, nth, across, s))
			}
		}
		return nil
	}
	t.doc.Opening(lead, &s.Setting)
	t.doc.HTML(body, &s.Setting)
}

// view is the page without its text.
func (t *turn) view(s *present.Setting) *render.Page {
	views := t.tongue.views
	v := &render.Page{
		Head: views.Head(t.page, t.build.drawCard(views.PageCard(t.page, t.doc.Blocks))),
		Hero: present.Hero(t.page.Front.Hero, s), Facts: views.Facts(t.page, t.doc),
		Contents: present.Contents(t.doc), Cite: present.Cites(t.doc),
		Edit: t.build.config.EditAt(diag.File(t.page.File)),
	}
	v.Prev, v.Next = views.Neighbours(t.page)
	if newer := t.build.newer[t.page]; newer != nil {
		v.Notices = append(v.Notices, present.Older(t.page, newer))
	}
	return v
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

// makePage fills the layout of a page, audits what comes out and writes it. What is wrong
// is said where it comes from, if that can be told.
func (b *builder) makePage(path string, o audit.Options, from origin, fill func(out *bytes.Buffer) error) {
	out := buffer()
	defer buffers.Put(out)
	if err := fill(out); err != nil {
		b.fail(err)
		return
	}
	render.Root(out, path, o.Base)
	if b.o.ForDisk {
		render.OnDisk(out)
	}
	report := b.auditPage(path, out.Bytes(), o, from)
	b.checkLinks(path, report)
	b.write(path, out.Bytes())
	if o.Kind == audit.Ordinary {
		b.mu.Lock()
		b.listed = append(b.listed, strings.TrimSuffix(path, "index.html"))
		b.mu.Unlock()
	}
}
