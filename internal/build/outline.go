package build

import (
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/accepted"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/leftover"
	"bilanz/internal/parallel"
	"bilanz/internal/present"
	"bilanz/internal/prose"
	"bilanz/internal/render"
	"bilanz/internal/schema"
	"bilanz/internal/site"
)

// outline reads what is small and kept: the configuration, the figures with their
// checks and notes, the front matter and address of every page. It reports false
// where there is nothing to go on with.
func (b *builder) outline() bool {
	b.readAccepted()
	if !b.readConfig() {
		return false
	}
	b.checkGiven()
	if b.dress(); b.theme == nil {
		return false
	}
	var found []*site.Page
	var listing parallel.Group
	var unlisted diag.List                                // its own: the figures count what they add to theirs
	listing.Go(func() { found = b.findPages(&unlisted) }) // of a large site that takes as long as the figures
	b.readFigures()
	listing.Wait()
	b.siteProblems.Add(unlisted.Sorted()...)
	if len(found) > site.MostPages {
		b.siteProblems.Add(diag.TooMany(diag.File(found[site.MostPages].File), site.MostPages,
			diag.Say("pages in a site", "Seiten in einer Website"),
			diag.Say("divide the site", "teilen Sie die Website auf")))
		return false
	}
	b.tongues = map[string]*tongue{}
	for _, l := range b.config.Langs {
		b.tongues[l.Code] = &tongue{
			lang:    l,
			context: &prose.Context{Figures: b.figures, Lang: l, Harmless: b.config.Harmless[l.Code]},
		}
	}
	if b.o.Outlined != nil {
		b.o.Outlined(len(found), len(b.figures.All()))
	}
	b.readFronts(found)
	b.checkTranslated()
	b.checkMemory()
	b.readPassages()
	for _, t := range b.tongues {
		t.views = present.New(b.site, b.figures, b.base, t.lang, t.passages)
		t.views.Footer = b.footerText(t)
		t.frame = b.theme.Frame(b.frameOf(t))
	}
	b.readExplained()
	b.findPrinted()
	return b.ctx.Err() == nil
}

// readAccepted reads what people signed for, before any problem is found.
func (b *builder) readAccepted() {
	b.judge.Strict, b.judge.Compared = b.o.Strict, b.o.Against != nil
	b.siteProblems.Judge = b.judge.Judge
	if !b.project.Has(accepted.Path) {
		return
	}
	if text, ok := b.project.Read(accepted.Path, &b.siteProblems); ok {
		b.siteProblems.Add(leftover.Unseen(accepted.Path, text)...)
		b.judge.Read(schema.File{Path: accepted.Path, Text: text}, b.o.Release, &b.siteProblems)
	}
}

func (b *builder) readConfig() bool {
	if !b.project.Has(site.ConfigPath) {
		b.siteProblems.Add(b.projectMissing())
		return false
	}
	text, ok := b.project.Read(site.ConfigPath, &b.siteProblems)
	if !ok {
		return false
	}
	if b.languages, ok = readLanguages(b.project, &b.siteProblems); !ok {
		return false
	}
	if b.config, ok = site.ReadConfig(schema.File{Path: site.ConfigPath, Text: text}, b.languages, &b.siteProblems); !ok {
		return false
	}
	b.siteProblems.Add(leftover.Find(site.ConfigPath, text)...)
	b.checkRelease()
	b.base = b.config.BaseURL
	if b.o.BaseURL != "" {
		b.base = b.o.BaseURL
	}
	if b.o.ForDisk { // it will lie at no address that others can open, and is handed to readers
		b.base, b.config.Edit = "", ""
		return true
	}
	if b.base == "" && !b.config.Demo { // nobody has to find a demo
		b.siteProblems.Add(diag.Diagnostic{
			Code: "base-url-missing", Severity: diag.Warning, Place: diag.File(site.ConfigPath),
			Text: diag.Say("the site's address is not known, so links for search engines and social networks are left out",
				"die Adresse der Website ist nicht bekannt; Angaben für Suchmaschinen und soziale Netzwerke fehlen deshalb"),
			Ways: []diag.Text{
				diag.Say("write it in content/site.yaml as base_url:",
					"schreiben Sie sie in content/site.yaml als base_url:"),
				diag.Say("hand it in with --base-url", "geben Sie sie mit --base-url an"),
			},
		})
	}
	return true
}

// projectMissing says that there is no site.yaml, and which file may be meant to be it.
func (b *builder) projectMissing() diag.Diagnostic {
	d := diag.Diagnostic{
		Code: "project-missing", Place: diag.File(site.ConfigPath),
		Text: diag.Say("there is no content/site.yaml in this folder",
			"in diesem Ordner gibt es keine Datei content/site.yaml"),
		Ways: b.waysToBegin(),
	}
	if b.project.Empty() {
		d.Text = diag.Say("this folder is empty: there is no site here yet",
			"dieser Ordner ist leer: hier gibt es noch keine Website")
	}
	for _, file := range b.project.Files("content", &b.siteProblems) {
		name := path.Base(file)
		if strings.EqualFold(meantName(name, spelling(name)), path.Base(site.ConfigPath)) {
			d.Ways = []diag.Text{diag.Say("move %s to content/site.yaml",
				"benennen Sie %s in content/site.yaml um", file)}
		}
	}
	return d
}

// waysToBegin are what somebody can do who is where no site is.
func (b *builder) waysToBegin() []diag.Text {
	elsewhere := diag.Say("run bilanz in the folder that holds content/",
		"starten Sie bilanz in dem Ordner, der content/ enthält")
	switch {
	case b.project.Has("site.yaml"): // this is content/ itself
		return []diag.Text{diag.Say("run bilanz one folder further up, which holds content/",
			"starten Sie bilanz einen Ordner weiter oben, in dem content/ liegt")}
	case b.insideContent():
		return []diag.Text{diag.Say("run bilanz further up, in the folder that holds content/",
			"starten Sie bilanz weiter oben, in dem Ordner, in dem content/ liegt")}
	case b.project.Has("content"):
		return []diag.Text{
			diag.Say("write content/site.yaml with these lines:\n%s",
				"schreiben Sie content/site.yaml mit diesen Zeilen:\n%s", site.Opening),
			elsewhere,
		}
	case b.project.Empty():
		return []diag.Text{
			diag.Say(`begin a site here with "bilanz new ."`, "beginnen Sie hier eine Website mit „bilanz new .“"),
			elsewhere,
		}
	}
	return []diag.Text{
		elsewhere,
		diag.Say(`begin a new site with "bilanz new results", which makes the folder results`,
			"beginnen Sie eine neue Website mit „bilanz new ergebnisse“; das legt den Ordner ergebnisse an"),
	}
}

// insideContent reports whether the folder lies in one that is called content.
func (b *builder) insideContent() bool {
	dir, err := filepath.Abs(b.o.Dir)
	return err == nil && slices.Contains(strings.Split(filepath.ToSlash(dir), "/"), "content")
}

func (b *builder) readFigures() {
	var files []schema.File
	var lost []string
	for _, name := range b.project.Files("content/figures", &b.siteProblems) {
		ext := path.Ext(name)
		if strings.EqualFold(ext, ".xlsx") {
			text, ok := b.project.ReadRaw(name, &b.siteProblems)
			if !ok {
				lost = append(lost, name)
				continue
			}
			files = append(files, schema.File{Path: name, Text: text})
			continue
		}
		read := b.project.Read
		switch {
		case ext == ".yaml":
		case ext == ".csv" || figure.IsText(name):
			read = b.project.ReadCells // a table may say how their letters are saved
		default:
			files = append(files, schema.File{Path: name}) // not read, but named
			continue
		}
		text, ok := read(name, &b.siteProblems)
		if !ok {
			lost = append(lost, name)
			continue
		}
		if ext == ".yaml" || ext == ".csv" && utf8.Valid(text) { // of others whoever reads them says it
			b.siteProblems.Add(leftover.Find(name, text)...)
		}
		files = append(files, schema.File{Path: name, Text: text})
	}
	b.figures = figure.Load(files, figure.Options{
		Langs: b.config.Codes(), Languages: b.languages, Complete: b.config.Complete, Demo: b.config.Demo, Lost: lost,
		Locks:  slices.Concat(b.project.Litter(), b.project.Hidden("content/figures")),
		Retype: b.o.Retype,
	}, &b.siteProblems)
}

// findPages lists the pages of every language.
func (b *builder) findPages(list *diag.List) []*site.Page {
	var found []*site.Page
	for _, l := range b.config.Langs {
		folder := path.Join("content", l.Code)
		for _, file := range b.project.Files(folder, list) {
			if name, ok := strings.CutSuffix(strings.TrimPrefix(file, folder+"/"), ".md"); ok {
				found = append(found, &site.Page{Lang: l, File: file, Name: name})
			}
		}
	}
	return found
}

// readFronts reads the front matter of every page.
func (b *builder) readFronts(found []*site.Page) {
	b.each(len(found), func(i int) { b.readFront(found[i]) })
	// In one order whatever the disk's is: the first of two pages with one address wins.
	slices.SortStableFunc(found, func(a, b *site.Page) int { return strings.Compare(a.File, b.File) })
	b.site = site.New(b.config, found, b.at, &b.siteProblems)
	b.checkStart()
	b.checkLegal()
	b.checkUnfinished()
}

// checkStart reports that the site has no page to begin with.
func (b *builder) checkStart() {
	file := path.Join("content", b.config.Default.Code, "index.md")
	if b.project.Has(file) && len(b.site.Pages) > 0 || b.siteProblems.Errors() > 0 && len(b.site.Pages) > 0 {
		b.checkStarts()
		return
	}
	d := startMissing(file, diag.Say("the site has no start page", "die Website hat keine Startseite"))
	if len(b.site.Pages) == 0 {
		d.Text = diag.Say("there is no page to publish yet",
			"es gibt noch keine Seite, die veröffentlicht werden kann")
		d.Ways = append(d.Ways, diag.Say(
			`look at a complete site: "bilanz new example" writes one into a folder example`,
			"sehen Sie sich eine vollständige Website an: „bilanz new beispiel“ schreibt eine in den Ordner beispiel"))
	}
	b.siteProblems.Add(d)
}

// checkStarts reports languages that have no page to begin with, unless each of their pages is
// missed anyway.
func (b *builder) checkStarts() {
	if b.siteProblems.Errors() > 0 {
		return
	}
	for _, l := range b.config.Langs {
		if l == b.config.Default || slices.Contains(b.config.Complete, l.Code) {
			continue
		}
		if file := path.Join("content", l.Code, "index.md"); b.site.Start(l) == nil && !b.project.Has(file) {
			d := startMissing(file, diag.Say("the site has no start page in %s",
				"die Website hat keine Startseite auf %s", l))
			d.Ways = append(d.Ways, diag.Say("take %s out of languages: in content/site.yaml",
				"nehmen Sie %s aus languages: in content/site.yaml heraus", l.Code))
			b.siteProblems.Add(d)
		}
	}
}

func startMissing(file string, text diag.Text) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "start-missing", Place: diag.File(file), Text: text,
		Ways: []diag.Text{diag.Say("write %s: these lines, and the text below them:\n%s",
			"schreiben Sie %s: diese Zeilen, und darunter den Text:\n%s", file, prose.Opening("…"))},
	}
}

// checkLegal reports pages that the law may ask for, which site.yaml names and
// nobody wrote.
func (b *builder) checkLegal() {
	legal := b.config.Legal
	for _, slot := range [][2]string{
		{"legal.imprint", legal.Imprint}, {"legal.privacy", legal.Privacy}, {"legal.accessibility", legal.Accessibility},
	} {
		for _, code := range b.config.Complete {
			file := path.Join("content", code, slot[1])
			if slot[1] == "" || b.project.Has(file) {
				continue
			}
			b.siteProblems.Add(diag.Diagnostic{
				Code: "link-broken", Place: b.config.At(slot[0]),
				Text: diag.Say("there is no page %s", "es gibt keine Seite %s", file),
				Ways: []diag.Text{
					diag.Say("write that page", "schreiben Sie diese Seite"),
					diag.Say("leave the value empty: \"\"", "lassen Sie den Wert leer: \"\""),
				},
			})
		}
	}
}

// readFront reads the front matter of a page. A page whose front matter is broken
// keeps its address, so that one mistake gives one message.
func (b *builder) readFront(p *site.Page) {
	defer parallel.Naming(p.File)
	// Whoever reads counts what it found, so it has a list of its own: in one that all
	// pages share it would count what was found on another, and keep silent itself.
	list := diag.List{Judge: b.judge.Judge}
	text, ok := b.project.Read(p.File, &list)
	if ok {
		p.Front, ok = prose.ReadFront(b.tongues[p.Lang.Code].context, schema.File{Path: p.File, Text: text}, &list)
	}
	p.Broken = !ok || !strings.ContainsFunc(p.Front.Title, isOfWord) // "~" and "–" are no titles
	if ok && p.Broken && list.Errors() == 0 {
		list.Add(diag.Diagnostic{
			Code: "title-empty", Place: diag.At(p.File, text, p.Front.TitleStart, p.Front.TitleEnd),
			Text: diag.Say("this page has no title", "diese Seite hat keinen Titel"),
			Ways: []diag.Text{diag.Say("write the title behind title:, as it is to stand above the page and in search engines",
				"schreiben Sie den Titel hinter title:, so wie er über der Seite und in Suchmaschinen stehen soll")},
		})
	}
	b.siteProblems.Add(list.Sorted()...)
}

func isOfWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// at gives the place of bytes of a page. The page is read again: its text is not
// kept.
func (b *builder) at(p *site.Page, start, end int) diag.Place { return b.again.at(b, p, start, end) }

// reread is the page that was read last for the place of a problem: five hundred of them
// may stand on one. Several pages may ask at once.
type reread struct{ last atomic.Pointer[schema.Source] }

func (r *reread) at(b *builder, p *site.Page, start, end int) diag.Place {
	file := r.last.Load()
	if file == nil || file.Path != p.File {
		text, ok := b.project.Read(p.File, &b.siteProblems)
		if !ok {
			return diag.File(p.File)
		}
		file = schema.NewSource(schema.File{Path: p.File, Text: text})
		r.last.Store(file)
	}
	return file.At(start, end)
}

// frameOf says what is the same on every page of a language.
func (b *builder) frameOf(t *tongue) render.Site {
	report := ""
	if p := b.site.Legal(t.lang, b.config.Legal.Accessibility); p != nil {
		report = b.reportAnchor(t, p)
	}
	s := t.views.Frame(report)
	s.Given = b.givenFiles(t.lang)
	for _, f := range s.Given {
		if f.Text == paperOf(t.lang) {
			s.Paper = f.Download
		}
	}
	anyOne := func(*figure.Figure) bool { return true }
	if b.cards && b.base != "" && len(pictured(b.figures.All(), anyOne)) > 0 {
		s.Pictures = t.views.PicturesAt() // those of all figures, so every one that is cited has one
	}
	return s
}

// reportAnchor leads to where the accessibility statement says how to report a
// barrier, if it has such a place.
func (b *builder) reportAnchor(t *tongue, p *site.Page) string {
	text, ok := b.project.Read(p.File, &b.siteProblems)
	if ok && slices.Contains(prose.FixedAnchors(t.context, schema.File{Path: p.File, Text: text}), "report") {
		return "#report"
	}
	return ""
}
