package build

import (
	"bytes"
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"

	"bilanz/internal/audit"
	"bilanz/internal/data"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/listing"
	"bilanz/internal/locale"
	"bilanz/internal/parallel"
	"bilanz/internal/picture"
	"bilanz/internal/present"
	"bilanz/internal/render"
	"bilanz/internal/site"
	"bilanz/internal/source"
)

// finish holds the pages against each other and makes the files that list them.
func (b *builder) finish() {
	if b.ctx.Err() != nil {
		return
	}
	b.ownFiles()
	b.checkCacheInGit()
	b.holdAgainst()
	b.checkPlaces()
	b.site.CheckFragments(b.at, &b.siteProblems)
	b.checkNoteLinks()
	b.checkExplained()
	b.site.CheckBlocks(b.at, &b.siteProblems)
	b.site.CheckBlockTitles(b.at, &b.siteProblems)
	b.site.CheckParity(b.at, &b.siteProblems)
	if b.siteProblems.Errors() > 0 {
		return // what follows lists pages that are not there
	}
	uses := b.uses()
	b.figureFiles(uses)
	b.printPages(uses)
	b.writeGiven()
	b.redirects()
	if !b.o.ForDisk { // what only a server shows, and machines on the web
		b.notFound()
		b.listings()
	}
	for _, asset := range b.theme.Assets() {
		b.write(asset.Path, asset.Data)
	}
	b.checkTargets()
	b.checkTwice()
	b.checkNames()
	b.checkSize()
	b.checkVanished()
	b.holdAddresses()
	b.addAudited()
	if b.siteProblems.Errors() == 0 {
		b.judge.CheckUnused(&b.siteProblems)
	}
}

// figureFiles makes what lists the figures: the pages of each language, its search, and the
// data files, which of a large site take as long as its pages.
func (b *builder) figureFiles(uses map[*figure.Figure][]data.Use) {
	var writing parallel.Group
	var files []data.File
	writing.Go(func() { files = b.data(uses) })
	b.eachTongue(func(t *tongue) { b.searchPage(t, b.figuresPages(t, uses), uses) })
	writing.Wait()
	b.eachTongue(func(t *tongue) { b.dataPage(t, files) })
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
func (b *builder) data(uses map[*figure.Figure][]data.Use) []data.File {
	text := func(kind present.PassageKind) func(*figure.Figure, string) string {
		return func(f *figure.Figure, lang string) string {
			return present.Plain(string(b.tongues[lang].views.Notes[present.PassageKey{Of: f.ID, Kind: kind}]))
		}
	}
	set := data.Set{
		Site: b.dataSite(), Figures: b.figures.All(), Uses: uses,
		Sections: func(lang string) []data.Section { return b.tongues[lang].views.Sections() },
		Note:     text(present.Note), Discrepancy: text(present.Discrepancy),
		Kept: b.o.Workbooks,
	}
	files, err := data.Files(set, b.write)
	b.fail(err)
	return files
}

// dataPage writes the page that offers them in a language.
func (b *builder) dataPage(t *tongue, files []data.File) {
	v := t.views.DataPage(b.dataSite(), files)
	v.Card = b.drawCard(t.views.ListCard(v.Head))
	b.makePage(v.Path+"index.html", audit.Options{}, nil,
		func(out *bytes.Buffer) error { return t.frame.DataPage(out, v) })
}

// dataSite is what all data files have in common.
func (b *builder) dataSite() data.Site {
	c := b.config
	return data.Site{
		Title: c.Title, Base: b.base, Edition: c.Edition.ID, EditionLabel: c.Edition.Label, Demo: c.Demo,
		Langs: c.Langs, Default: c.Default, Licence: c.Licence, Contact: c.Contact.Name, Mail: c.Contact.Email,
	}
}

// redirects writes a page at every old address.
func (b *builder) redirects() {
	for _, r := range b.site.Redirects() {
		frame := b.tongues[r.To.Lang.Code].frame
		view := &render.Alias{Path: r.From, Title: r.To.Front.Title, To: r.To.Path}
		b.makePage(r.File(), audit.Options{Kind: audit.Redirect}, nil, func(out *bytes.Buffer) error {
			return frame.Alias(out, view)
		})
	}
}

// notFound writes 404.html, which is shown at any address: its links begin with
// the path under which the site is published.
func (b *builder) notFound() {
	base := "/"
	if u, err := url.Parse(b.base); err == nil && u.Path != "" {
		base = u.Path
	}
	view := &render.NotFound{BasePath: base}
	for _, l := range b.config.Langs {
		if l != b.config.Default {
			view.Others = append(view.Others, b.frameOf(b.tongues[l.Code]))
		}
	}
	frame := b.tongues[b.config.Default.Code].frame
	b.makePage("404.html", audit.Options{Kind: audit.NotFound, Base: base}, nil, func(out *bytes.Buffer) error {
		return frame.NotFound(out, view)
	})
}

// listings writes what tells machines which pages there are.
func (b *builder) listings() {
	if b.base != "" {
		b.write("sitemap.xml", listing.Sitemap(b.base, b.listed, b.site))
	}
	b.write("robots.txt", listing.Robots(b.base))
	b.write(".nojekyll", nil)
}

// ownFiles publishes the project's own static files at the root of the site,
// apart from those that replace a file of ours.
func (b *builder) ownFiles() {
	for _, file := range b.project.Files("static", &b.siteProblems) {
		name := strings.TrimPrefix(file, "static/")
		if strings.HasSuffix(name, ".go") || render.Themed(name) && path.Ext(name) != ".svg" {
			continue
		}
		text, ok := b.project.ReadRaw(file, &b.siteProblems)
		if !ok || render.Themed(name) && b.onlyDraws(file, text) {
			continue
		}
		if !b.mayPublish(file, text) {
			continue
		}
		problem := source.Missing(file, text)
		if len(text) == 0 {
			problem = nil // it says something by being there
		}
		var read picture.Picture
		if problem == nil {
			read, problem = picture.Linked(file, text)
		}
		if problem != nil {
			problem.Place = diag.File(file)
			b.siteProblems.Add(*problem)
			continue
		}
		b.write(name, read.Data)
		if read.Placed {
			b.showsPlace(file, diag.File(file))
		}
	}
}

// checkLinks keeps what a finished page leads to, until all files are written.
func (b *builder) checkLinks(path string, report audit.Report) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ids[path] = report.IDs
	for _, to := range report.Targets {
		from, known := b.targets[to]
		switch {
		case !known:
			to.Path, to.ID = strings.Clone(to.Path), strings.Clone(to.ID) // not the whole report with it
			b.targets[to] = path
		case path < from:
			b.targets[to] = path
		}
	}
}

// startless reports whether an address is that of a language without a start page, which was
// said.
func (b *builder) startless(address string) bool {
	return slices.ContainsFunc(b.config.Langs, func(l *locale.Lang) bool {
		return b.config.Root(l) == address && b.site.Start(l) == nil
	})
}

// checkTargets reports links of layouts to files that do not exist, and to places that
// finished pages do not have. Links of authors were checked where they stand.
func (b *builder) checkTargets() {
	for to, from := range b.targets {
		file := to.Path
		if !b.written[file] {
			file += "index.html"
		}
		ids, isPage := b.ids[file]
		switch {
		case to.Path == "files.json", b.startless(to.Path):
		case !b.written[file]:
			place, notes := b.linkOrigin(from, to)
			b.siteProblems.Add(diag.Diagnostic{
				Code: "html-link-broken", Place: place, Notes: notes,
				Text: diag.Say("the finished page links to %s, which does not exist",
					"die fertige Seite verweist auf %s, aber das gibt es nicht", to.Path),
				Ways: []diag.Text{diag.Say("correct the layout that makes the link",
					"berichtigen Sie das Layout, das den Link setzt")},
			})
		case isPage && to.ID != "" && !ids.Has(to.ID):
			place, notes := b.linkOrigin(from, to)
			b.siteProblems.Add(diag.Diagnostic{
				Code: "html-fragment-broken", Place: place, Notes: notes,
				Text: diag.Say("the finished page links to %s, but there is no place #%s there",
					"die fertige Seite verweist auf %s, aber eine Stelle #%s gibt es dort nicht", cmp.Or(to.Path, "/"), to.ID),
				Ways: []diag.Text{
					diag.Say("correct the layout that makes the link",
						"berichtigen Sie das Layout, das den Link setzt"),
					diag.Say(`give the element that is meant id="%s"`,
						`geben Sie dem gemeinten Element id="%s"`, to.ID),
				},
			})
		}
	}
}

// linkOrigin finds the layout that makes a link of a finished page: the one place in which
// the end of its address stands.
func (b *builder) linkOrigin(page string, to audit.Target) (diag.Place, []diag.Note) {
	address := strings.TrimSuffix(strings.TrimSuffix(to.Path, "index.html"), "/")
	for address != "" || to.ID != "" {
		for _, written := range []string{address + "/#" + to.ID, address + "#" + to.ID, "#" + to.ID, address} {
			if strings.Trim(written, "/#") == "" || to.ID == "" && written != address {
				continue
			}
			place, found := b.inLayout([]byte(written + "\""))
			if !found {
				place, found = b.inLayout([]byte(written))
			}
			if found {
				return place, []diag.Note{{Place: diag.File(page), Text: diag.Say(
					"it was found here, on the finished page",
					"gefunden wurde es hier, auf der fertigen Seite")}}
			}
		}
		_, rest, more := strings.Cut(address, "/")
		if address = rest; !more {
			break
		}
	}
	return diag.File(page), nil
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
			Text: diag.Say("the published site has a page at /%s, and the new one has none",
				"die veröffentlichte Website hat unter /%s eine Seite, die neue hat keine", address),
			Ways: []diag.Text{
				diag.Say("name the old address in the front matter of the page that takes its place: aliases: [%s]",
					"nennen Sie die alte Adresse in den Angaben der Seite, die an ihre Stelle tritt: aliases: [%s]", strings.TrimSuffix(address, "/")),
				diag.Say("delete the output folder, if nobody knows the address yet",
					"löschen Sie den Ausgabeordner, wenn noch niemand die Adresse kennt"),
			},
		})
	}
}

// checkCacheInGit reports drawings that git keeps: bilanz kept them in the project once.
// It no longer reads them there, since whoever proposes a change could put anything into
// them. Somebody who finds them must not believe that they are what was drawn.
func (b *builder) checkCacheInGit() {
	file := b.project.Tracked(".bilanz")
	if file == "" {
		return
	}
	b.siteProblems.Add(diag.Diagnostic{
		Code: "cache-in-git", Place: diag.File(file),
		Text: diag.Say("git keeps files in .bilanz, which bilanz does not read; "+
			"drawings that come from elsewhere are never used",
			"git verwaltet Dateien in .bilanz, die bilanz nicht liest; "+
				"Zeichnungen, die von anderswo kommen, werden nie benutzt"),
		Ways: []diag.Text{diag.Say("take them out: git rm -r --cached .bilanz, and write .bilanz/ into .gitignore",
			"nehmen Sie sie heraus: git rm -r --cached .bilanz, und schreiben Sie .bilanz/ in .gitignore")},
	})
}
