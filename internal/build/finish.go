package build

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"net/url"
	"slices"
	"strings"
	"sync"

	"bilanz/internal/audit"
	"bilanz/internal/data"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/render"
	"bilanz/internal/site"
)

// finish holds the pages against each other and makes the files that list them.
func (b *builder) finish() {
	if b.ctx.Err() != nil {
		return
	}
	b.site.CheckFragments(b.at, &b.siteProblems)
	b.site.CheckBlocks(b.at, &b.siteProblems)
	b.site.CheckParity(b.at, &b.siteProblems)
	if b.siteProblems.Errors() > 0 {
		return // what follows lists pages that are not there
	}
	b.figureFiles(b.uses())
	b.redirects()
	b.notFound()
	b.sitemap()
	for _, asset := range b.theme.Assets() {
		b.write(asset.Path, asset.Data)
	}
	b.ownFiles()
	b.checkTargets()
	b.checkTwice()
	b.checkVanished()
	b.siteProblems.Add(b.auditProblems.Sorted()...)
	if b.siteProblems.Errors() == 0 {
		b.judge.CheckUnused(&b.siteProblems)
	}
}

// figureFiles makes what lists the figures: the pages of each language and the data
// files, which of a large site take as long as its pages.
func (b *builder) figureFiles(uses map[*figure.Figure][]data.Use) {
	var files sync.WaitGroup
	files.Go(func() { b.data(uses) })
	for _, code := range b.config.Codes() {
		b.figuresPages(b.tongues[code], uses)
	}
	files.Wait()
}

// uses says where each figure stands, by page and block.
func (b *builder) uses() map[*figure.Figure][]data.Use {
	uses := make(map[*figure.Figure][]data.Use, len(b.figures.All()))
	add := func(f *figure.Figure, u data.Use) {
		list := uses[f]
		// The uses on one page come one after the other.
		for i := len(list) - 1; i >= 0 && list[i].Page == u.Page; i-- {
			if list[i] == u {
				return
			}
		}
		uses[f] = append(list, u)
	}
	for _, p := range b.site.Pages {
		for _, c := range p.Seen.Cites {
			add(c.Ref.Figure, data.Use{Page: p.Path})
		}
		for _, s := range p.Seen.Shown {
			add(s.Figure, data.Use{Page: p.Path, Block: s.Block})
		}
	}
	for _, list := range uses {
		slices.SortFunc(list, func(a, b data.Use) int {
			return cmp.Or(cmp.Compare(a.Page, b.Page), cmp.Compare(a.Block, b.Block))
		})
	}
	return uses
}

// data writes the figures as files for others.
func (b *builder) data(uses map[*figure.Figure][]data.Use) {
	note := func(f *figure.Figure, lang string) string {
		return plainText(string(b.tongues[lang].passages.html(f.ID, notePassage)))
	}
	discrepancy := func(f *figure.Figure, lang string) string {
		return plainText(string(b.tongues[lang].passages.html(f.ID, discrepancyPassage)))
	}
	set := data.Set{
		Edition: b.config.Edition.ID, Demo: b.config.Demo, Langs: b.config.Codes(),
		Figures: b.figures.All(), Uses: uses, Note: note, Discrepancy: discrepancy,
	}
	b.write("data/figures.json", data.FiguresJSON(set))
	b.write("data/figures.csv", data.FiguresCSV(set))
}

// redirects writes a page at every old address.
func (b *builder) redirects() {
	for _, r := range b.site.Redirects() {
		t := b.tongues[r.To.Lang.Code]
		out := buffer()
		b.fail(t.frame.Alias(out, &render.Alias{Path: r.From, Title: r.To.Front.Title, To: r.To.Path}))
		b.finishPage(r.From+"index.html", out, audit.Options{Kind: audit.Redirect})
		buffers.Put(out)
	}
}

// notFound writes 404.html, which is shown at any address: its links begin with
// the path under which the site is published.
func (b *builder) notFound() {
	base := "/"
	if u, err := url.Parse(b.base); err == nil && u.Path != "" {
		base = u.Path
	}
	view := render.NotFound{BasePath: base}
	for _, l := range b.config.Langs {
		if l != b.config.Default {
			view.Others = append(view.Others, b.frameOf(b.tongues[l.Code]))
		}
	}
	out := buffer()
	defer buffers.Put(out)
	b.fail(b.tongues[b.config.Default.Code].frame.NotFound(out, &view))
	b.finishPage("404.html", out, audit.Options{Kind: audit.NotFound, Base: base})
}

// sitemap writes what tells search engines which pages there are, and robots.txt,
// which keeps nobody out.
func (b *builder) sitemap() {
	robots := "User-agent: *\nAllow: /\n"
	if b.base != "" {
		robots += "Sitemap: " + b.base + "sitemap.xml\n"
		var out bytes.Buffer
		out.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
		prose := map[string]*site.Page{}
		for _, p := range b.site.Pages {
			prose[p.Path] = p
		}
		slices.Sort(b.listed)
		for _, address := range b.listed {
			out.WriteString("<url><loc>" + escapeXML(b.base+address) + "</loc>")
			if p := prose[address]; p != nil {
				for _, other := range languagesOf(p, b.site) {
					out.WriteString(`<xhtml:link rel="alternate" hreflang="` + other.Lang.Code + `" href="` + escapeXML(b.base+other.Path) + `"/>`)
				}
			}
			out.WriteString("</url>\n")
		}
		out.WriteString("</urlset>\n")
		b.write("sitemap.xml", out.Bytes())
	}
	b.write("robots.txt", []byte(robots))
	b.write(".nojekyll", nil)
}

// languagesOf lists a page in all its languages, if there are several.
func languagesOf(p *site.Page, s *site.Site) []*site.Page {
	var pages []*site.Page
	for _, l := range s.Config.Langs {
		if other := p.Group.In(l.Code); other != nil {
			pages = append(pages, other)
		}
	}
	if len(pages) < 2 {
		return nil
	}
	return pages
}

func escapeXML(s string) string {
	var out bytes.Buffer
	_ = xml.EscapeText(&out, []byte(s)) // a Buffer has no error
	return out.String()
}

// themed are the names in static/ that pages load by a hashed address; a file of
// the project's own there replaces or joins ours.
var themed = []string{"css", "js", "fonts", "third-party", "icon.svg"}

// ownFiles publishes the project's own static files at the root of the site,
// apart from those that replace a file of ours.
func (b *builder) ownFiles() {
	for _, file := range b.project.Files("static", &b.siteProblems) {
		name := strings.TrimPrefix(file, "static/")
		first, _, _ := strings.Cut(name, "/")
		if slices.Contains(themed, first) || strings.HasSuffix(name, ".go") {
			continue
		}
		if text, ok := b.project.ReadRaw(file, &b.siteProblems); ok {
			b.write(name, text)
		}
	}
}

// checkLinks keeps what a finished page leads to, until all files are written.
func (b *builder) checkLinks(path string, report audit.Report) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, to := range report.Targets {
		from, known := b.targets[to]
		switch {
		case !known:
			b.targets[strings.Clone(to)] = path // not the whole report with it
		case path < from:
			b.targets[to] = path
		}
	}
}

// checkTargets reports links of layouts to files that do not exist. Links of
// authors were checked where they stand.
func (b *builder) checkTargets() {
	for to, from := range b.targets {
		if b.written[to] || b.written[to+"index.html"] || to == "files.json" {
			continue
		}
		b.siteProblems.Add(diag.Diagnostic{
			Code: "html-link-broken", Place: diag.File(from),
			Text: diag.Say("the finished page links to %s, which does not exist", "die fertige Seite verweist auf %s, aber das gibt es nicht", to),
			Ways: []diag.Text{diag.Say("correct the layout that makes the link", "berichtigen Sie das Layout, das den Link setzt")},
		})
	}
}

// checkTwice reports files of the project's own that would lie where one of the
// site does.
func (b *builder) checkTwice() {
	for _, path := range b.twice {
		b.siteProblems.Add(diag.Diagnostic{
			Code: "address-twice", Place: diag.File("static/" + path),
			Text: diag.Say("two files have the address %s", "zwei Dateien haben die Adresse %s", "/"+path),
			Ways: []diag.Text{diag.Say("give one of them another name", "geben Sie einer davon einen anderen Namen")},
		})
	}
}

// checkVanished reports addresses that the published site has and the new one
// would not: somebody may have linked to them.
func (b *builder) checkVanished() {
	for _, old := range b.published {
		address, isPage := strings.CutSuffix(old, "index.html")
		if !isPage || b.written[old] {
			continue
		}
		b.siteProblems.Add(diag.Diagnostic{
			Code: "address-gone", Place: diag.File(site.ConfigPath),
			Text: diag.Say("the published site has a page at /%s, and the new one has none", "die veröffentlichte Website hat unter /%s eine Seite, die neue hat keine", address),
			Ways: []diag.Text{
				diag.Say("name the old address in the front matter of the page that takes its place: aliases: [%s]", "nennen Sie die alte Adresse in den Angaben der Seite, die an ihre Stelle tritt: aliases: [%s]", strings.TrimSuffix(address, "/")),
				diag.Say("delete the output folder, if nobody knows the address yet", "löschen Sie den Ausgabeordner, wenn noch niemand die Adresse kennt"),
			},
		})
	}
}
