package site

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/prose"
)

// Destination is where a link of a page leads.
type Destination struct {
	Page     *Page  // another page, or the page itself
	Fragment string // without #
	File     string // a file of the project beside the page: "content/en/room.jpg"
	Output   string // a file or page that the build makes: "data/figures.csv"
	Outside  bool   // another site, a mail address, a phone number
}

// Resolve finds where a link leads. Authors link to Markdown files, to files
// beside the page, to what the build makes for everybody ("figures/",
// "data/figures.csv"), or to other sites. The text says why there is no such
// place.
func (s *Site) Resolve(from *Page, link *prose.Link) (Destination, *diag.Diagnostic) {
	dest := link.Dest
	if isOutside(dest) {
		return Destination{Outside: true}, nil
	}
	target, fragment, _ := strings.Cut(dest, "#")
	target, _, query := strings.Cut(target, "?")
	target = unescaped(target)
	d := Destination{Fragment: locale.Composed(unescaped(fragment))}
	switch {
	case query || strings.HasPrefix(target, "/"):
		return d, linkProblem(dest, diag.Say("write the way from this page, as in [Advice](advice.md)",
			"schreiben Sie den Weg von dieser Seite aus, zum Beispiel [Beratung](advice.md)"))
	case target == "":
		d.Page = from
		return d, nil
	}
	file := path.Join(path.Dir(from.File), target)
	if d.Page = s.byFile[file]; d.Page != nil {
		return d, nil
	}
	if below, ok := strings.CutPrefix(file, path.Join("content", from.Lang.Code)+"/"); ok && s.isMade(below) {
		d.Output = s.Config.Root(from.Lang) + below
		if strings.HasPrefix(below, "data/") {
			d.Output = below
		}
		if strings.HasSuffix(target, "/") {
			d.Output += "/"
		}
		return d, nil
	}
	if s.drafts[file] {
		return d, &diag.Diagnostic{
			Code: "link-draft",
			Text: diag.Say("%s is a draft, so it is not published",
				"%s ist ein Entwurf und wird nicht veröffentlicht", target),
			Ways: []diag.Text{
				diag.Say("take the link out", "streichen Sie den Link"),
				diag.Say("publish the page: take status: draft out of it",
					"veröffentlichen Sie die Seite: streichen Sie dort status: draft"),
			},
		}
	}
	if strings.HasSuffix(file, ".md") || path.Ext(file) == "" || s.byFile[pageOf(file)] != nil {
		problem := linkProblem(dest, s.nearestFiles(from, pageOf(file))...)
		problem.About = []string{strings.TrimSuffix(pageOf(file), ".md") + ".md"}
		return d, problem
	}
	if isSource(file) {
		return d, sourceProblem(dest)
	}
	d.File = file
	return d, nil
}

// pageOf is the page that somebody means who writes its address: "advice.html".
func pageOf(file string) string {
	if ext := strings.ToLower(path.Ext(file)); ext == ".html" || ext == ".htm" {
		return strings.TrimSuffix(file, path.Ext(file)) + ".md"
	}
	return file
}

// isSource knows the files that the site is made from, which no reader is to have. Those
// for readers lie beside pages, or in static/.
func isSource(file string) bool {
	below, inside := strings.CutPrefix(file, "content/")
	folder, _, inFolder := strings.Cut(below, "/")
	if !inFolder {
		folder = ""
	}
	switch {
	case !inside:
		return !strings.HasPrefix(file, "static/")
	case folder == "locale", folder == "proof":
		return true
	}
	ends := []string{".yaml", ".yml"}
	if folder == "figures" {
		ends = append(ends, ".csv", ".xlsx", ".xls", ".ods")
	}
	return slices.Contains(ends, strings.ToLower(path.Ext(file)))
}

func sourceProblem(dest string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "link-source",
		Text: diag.Say("%s is what the site is made from, and is not published",
			"aus %s entsteht die Website; die Datei selbst wird nicht veröffentlicht", dest),
		Ways: []diag.Text{
			diag.Say("link to data/figures.csv, where readers find all figures",
				"verweisen Sie auf data/figures.csv, wo alle Kennzahlen stehen"),
			diag.Say("lay a copy beside the page, if readers are to have a file of their own",
				"legen Sie eine Kopie neben die Seite, wenn es dafür eine eigene Datei geben soll"),
		},
	}
}

// unescaped is an address with the signs that are written as %20 in addresses.
func unescaped(address string) string {
	if plain, err := url.PathUnescape(address); err == nil {
		return plain
	}
	return address
}

func isOutside(dest string) bool {
	scheme, _, ok := strings.Cut(dest, ":")
	return ok && slices.Contains([]string{"http", "https", "mailto", "tel"}, strings.ToLower(scheme))
}

// dataFiles are those with all figures that every site has, whatever its languages.
var dataFiles = []string{"data/figures.csv", "data/figures.json", "data/codebook.csv", "data/datapackage.json"}

// isDataFile knows them, and those that each language has. A large site has no workbook,
// which shows when all files are written.
func (s *Site) isDataFile(below string) bool {
	return slices.Contains(dataFiles, below) || slices.ContainsFunc(s.Config.Langs, func(l *locale.Lang) bool {
		return below == "data/figures-"+l.Code+".csv" || below == "data/figures-"+l.Code+".xlsx"
	})
}

// isMade knows the addresses that the build makes and that authors may link to.
func (s *Site) isMade(below string) bool {
	return slices.Contains([]string{"figures", "data", "print", "search"}, below) || s.isDataFile(below)
}

func linkProblem(dest string, ways ...diag.Text) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: "link-broken",
		Text: diag.Say("there is no page %s", "es gibt keine Seite %s", dest),
		Ways: ways,
	}
}

// filesOf lists the files of a language: once, since ten thousand pages may have one wrong
// link each.
func (s *Site) filesOf(lang *locale.Lang) *diag.Names {
	s.nameFiles.Do(func() {
		files := map[*locale.Lang][]string{}
		for _, p := range s.Pages {
			files[p.Lang] = append(files[p.Lang], p.File)
		}
		s.files = map[*locale.Lang]*diag.Names{}
		for lang, files := range files {
			s.files[lang] = diag.NewNames(files)
		}
	})
	if files := s.files[lang]; files != nil {
		return files
	}
	return diag.NewNames(nil)
}

// nearestFiles offers the pages whose file the author may have meant.
func (s *Site) nearestFiles(from *Page, file string) []diag.Text {
	names := s.filesOf(from.Lang)
	file = strings.TrimSuffix(file, ".md") + ".md"
	near := names.Nearest(file)
	address := slugFile(file) // "Über uns.md" is ueber-uns.md
	if p := s.byFile[address]; p != nil && p.File == address && p.Lang == from.Lang {
		near = []string{address}
	}
	if len(near) == 0 {
		for _, name := range names.All { // network.md, which was moved into a folder
			if strings.HasSuffix(name, "/"+path.Base(file)) && len(near) < 3 {
				near = append(near, name)
			}
		}
	}
	var ways []diag.Text
	for _, near := range near {
		way := wayTo(near, path.Dir(from.File))
		write := diag.Say("write %s", "schreiben Sie %s", way)
		if title := strings.TrimSpace(s.byFile[near].Front.Title); title != "" {
			write = diag.Say("write %s (the page \"%s\")", "schreiben Sie %s (die Seite „%s“)", way, title)
		}
		ways = append(ways, write)
	}
	if len(ways) == 0 {
		ways = append(ways, diag.Say("take the link out", "nehmen Sie den Link heraus"), s.offerPages(from))
	}
	return ways
}

// mostOffered is how many pages are named where nobody knows which one was meant.
const mostOffered = 5

// offerPages names pages that can be linked to, in the order of their files.
func (s *Site) offerPages(from *Page) diag.Text {
	var offers []string
	for _, p := range s.Pages {
		if p.Lang == from.Lang && p != from && len(offers) < mostOffered && strings.TrimSpace(p.Front.Title) != "" {
			offers = append(offers, p.Front.Title+" ("+wayTo(p.File, path.Dir(from.File))+")")
		}
	}
	if len(offers) == 0 {
		return diag.Say("link to the Markdown file of a page", "verweisen Sie auf die Markdown-Datei einer Seite")
	}
	return diag.Say("link to another page: %s", "nennen Sie eine andere Seite: %s", strings.Join(offers, ", "))
}

// slugFile is what a page must be called that somebody calls by this name.
func slugFile(file string) string {
	name := strings.TrimSuffix(path.Base(file), ".md")
	return path.Join(path.Dir(file), prose.Slug(name)+".md")
}

// wayTo names a file as a link in a folder of the same language does: "../visits.md".
func wayTo(file, folder string) string {
	below, inside := strings.CutPrefix(file, folder+"/")
	if !inside {
		return "../" + wayTo(file, path.Dir(folder))
	}
	return below
}

// Placer gives the place of bytes of a page's file.
type Placer func(p *Page, start, end int) diag.Place

// mostBroken is how many links into nothing are told of one page.
const mostBroken = 500

// CheckFragments reports links to places that their pages do not have.
func (s *Site) CheckFragments(at Placer, list *diag.List) {
	for _, p := range s.Pages {
		broken := 0
		for _, link := range p.Seen.Links {
			if link.Fragment == "" || link.To == nil {
				continue
			}
			d := FragmentProblem(link.To, link.Fragment)
			if d == nil {
				continue
			}
			if broken++; broken > mostBroken {
				break
			}
			d.Place = at(p, int(link.Start), int(link.End))
			list.Add(*d)
		}
	}
}

// FragmentProblem says that a page has no such place; nil where it has, or where nobody
// can tell.
func FragmentProblem(to *Page, fragment string) *diag.Diagnostic {
	if to.Broken || to.Seen.Unsure || to.has(fragment) {
		return nil
	}
	d := &diag.Diagnostic{
		Code: "fragment-broken",
		Text: diag.Say("%s has no place #%s", "%s hat keine Stelle #%s", to.File, fragment),
	}
	near := diag.Nearest(fragment, to.anchors())
	if slug := prose.Slug(fragment); to.has(slug) {
		near = []string{slug} // #Größe is #groesse
	}
	for _, anchor := range near {
		d.Ways = append(d.Ways, diag.Say("write #%s", "schreiben Sie #%s", anchor))
	}
	if len(d.Ways) == 0 {
		d.Ways = []diag.Text{diag.Say("give the heading there the id {#%s}",
			"geben Sie der Überschrift dort die Kennung {#%s}", fragment)}
	}
	return d
}

func (p *Page) has(anchor string) bool {
	return slices.ContainsFunc(p.Seen.Anchors, func(a Anchor) bool { return a.ID == anchor })
}

func (p *Page) anchors() []string {
	var ids []string
	for _, a := range p.Seen.Anchors {
		ids = append(ids, a.ID)
	}
	return ids
}

// CheckBlocks reports two blocks of one language with the same id, had now or once.
func (s *Site) CheckBlocks(at Placer, list *diag.List) {
	type key struct{ lang, id string }
	type where struct {
		page  *Page
		block BlockSeen
	}
	seen := map[key]where{}
	met := func(p *Page, b BlockSeen, id string) {
		k := key{p.Lang.Code, id}
		other, twice := seen[k]
		if !twice {
			seen[k] = where{p, b}
			return
		}
		list.Add(diag.Diagnostic{
			Code: "block-twice", Place: at(p, int(b.Start), int(b.End)),
			Text: diag.Say("two blocks have the id %s", "zwei Blöcke haben die Kennung %s", id),
			Notes: []diag.Note{{
				Place: at(other.page, int(other.block.Start), int(other.block.End)),
				Text:  diag.Say("this is the other one", "dies ist der andere"),
			}},
			Ways: []diag.Text{diag.Say("give one of them another id", "geben Sie einem davon eine andere Kennung")},
		})
	}
	for _, p := range s.Pages {
		for _, b := range p.Seen.Blocks {
			if b.ID != "" {
				met(p, b, b.ID)
			}
		}
	}
	for _, p := range s.Pages {
		for _, b := range p.Seen.Blocks {
			for _, old := range b.Formerly {
				met(p, b, old)
			}
		}
	}
}
