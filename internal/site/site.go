package site

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"sync"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/pattern"
	"bilanz/internal/prose"
)

// Page is one page in one language.
type Page struct {
	Lang   *locale.Lang
	File   string // "content/de/visits.md"
	Name   string // below the language's folder, without .md: "visits"; the start page is "index"
	Path   string // its address below the site's root: "de/visits/"; "" is the root
	Front  prose.Front
	Broken bool // its front matter could not be read, which is reported; it is not parsed
	Group  *Group
	Seen   Seen // once the page was parsed
}

// Group is a page in all languages that it exists in.
type Group struct {
	Name  string  // in the default language
	Pages []*Page // one a language, in the order of their files
}

// In gives the page in a language; nil where there is none.
func (g *Group) In(code string) *Page {
	for _, p := range g.Pages {
		if p.Lang.Code == code {
			return p
		}
	}
	return nil
}

// Seen is what a page was seen to hold.
type Seen struct {
	Anchors []Anchor
	Links   []LinkOut
	Cites   []Cited
	Blocks  []BlockSeen
	Shown   []Shown
	Unsure  bool // something on it was not understood, so that it may cite more
}

// See keeps what others need to know of a page that was parsed; to is where its
// links lead, in their order.
func See(front prose.Front, doc *prose.Document, to []Destination) Seen {
	seen := Seen{Unsure: doc.Unsure, Anchors: make([]Anchor, 0, len(doc.Headings)+len(doc.Blocks))}
	for _, h := range doc.Headings {
		seen.Anchors = append(seen.Anchors, Anchor{ID: h.ID, Start: int32(h.Start), End: int32(h.End)})
	}
	for _, b := range doc.Blocks {
		seen.block(b, to)
	}
	for i, link := range doc.Links {
		if to[i].Page != nil && !link.Image {
			seen.Links = append(seen.Links, LinkOut{
				To: to[i].Page, Fragment: to[i].Fragment, Start: int32(link.Start), End: int32(link.End),
			})
		}
	}
	seen.Cites = make([]Cited, 0, len(front.Cites)+len(doc.Cites))
	for _, cites := range [][]*prose.Cite{front.Cites, doc.Cites} {
		for _, c := range cites {
			if !c.None {
				seen.Cites = append(seen.Cites, Cited{
					Ref: c.Ref, Section: c.Section, Text: c.Text, Start: int32(c.Start), End: int32(c.End),
				})
			}
		}
	}
	return seen
}

// block keeps what a block of the page shows. Headline figures and cards are part of the
// page itself.
func (s *Seen) block(b *prose.Block, to []Destination) {
	seen := BlockSeen{
		Kind: b.Kind, ID: b.ID, Formerly: b.Formerly, Type: string(b.Form), IDs: strings.Join(b.IDs, ", "),
		Column: b.Column, Claim: b.Claim, Place: string(b.Place),
		Title: b.Title, Start: int32(b.Start), End: int32(b.End),
		TitleStart: int32(b.TitleStart), TitleEnd: int32(b.TitleEnd),
	}
	if !b.Cut.IsZero() {
		seen.Cut = b.Cut.Said()
	}
	if b.ID != "" {
		s.Anchors = append(s.Anchors, Anchor{ID: b.ID})
	}
	for _, subject := range b.Subjects {
		seen.Cards = append(seen.Cards, cardSeen(subject, to[subject.Link.Index].Page))
	}
	s.Blocks = append(s.Blocks, seen)
	name := ""
	if b.ID != "" {
		name = seen.Name()
	}
	for _, f := range b.All() {
		s.Shown = append(s.Shown, Shown{Figure: f, Kind: b.Kind, Block: name})
	}
}

func cardSeen(s *prose.Subject, to *Page) CardSeen {
	seen := CardSeen{To: to}
	for _, f := range s.Figures {
		seen.IDs = append(seen.IDs, f.ID)
	}
	return seen
}

// Shown is a figure that a block of the page shows.
type Shown struct {
	Figure *figure.Figure
	Kind   prose.Kind
	Block  string // "chart:visits-by-place"; "" for headline figures and cards
}

// Anchor is a place on a page that links can lead to.
type Anchor struct {
	ID         string
	Start, End int32 // of the heading's line; both 0 for a block
}

// LinkOut is a link to another place of the site.
type LinkOut struct {
	To         *Page
	Fragment   string
	Start, End int32
}

// Cited is one mention of a figure.
type Cited struct {
	Ref        figure.Ref
	Section    string // the anchor of the heading above
	Text       string // of the link
	Start, End int32
}

// BlockSeen is what the two languages of a page must have in common.
type BlockSeen struct {
	Kind       prose.Kind
	ID         string
	Formerly   []string // ids that it once had
	Type       string
	IDs        string // joined by commas
	Column     string
	Cut        map[string]string // what it says of the cells of a table, by key; nil for nothing
	Claim      string
	Cards      []CardSeen
	Place      string
	Title      string
	Start, End int32

	TitleStart, TitleEnd int32
}

// CardSeen is a card: the page that it leads to, nil where there is none, and what it draws.
type CardSeen struct {
	To  *Page
	IDs []string
}

// Name is how other pages and data name the block: "chart:visits-by-place".
func (b BlockSeen) Name() string { return string(b.Kind) + ":" + b.ID }

// Site is the outline of all pages.
type Site struct {
	Config *Config
	Pages  []*Page // by language, in the order of the configuration, then by file
	Groups []*Group

	byFile map[string]*Page
	byPath map[string]*Page
	drafts map[string]bool // by file

	nameFiles sync.Once
	files     map[*locale.Lang]*diag.Names // by language: the files of its pages; see filesOf
}

// reserved are the addresses below a language's root that the build itself writes.
var reserved = []string{"figures", "charts", "data", "search", "assets", "print"}

// New puts the pages of a site in order: addresses, groups, languages. Drafts are
// left out, in all languages.
func New(c *Config, pages []*Page, at Placer, list *diag.List) *Site {
	s := &Site{Config: c, byFile: make(map[string]*Page, len(pages)), byPath: make(map[string]*Page, len(pages)), drafts: map[string]bool{}}
	groups := make(map[string]*Group, len(pages))
	for _, p := range pages {
		p.Path = c.Root(p.Lang) + address(p.Name)
		name := slugPath(p.Name) // a page whose file is misnamed is missing nowhere
		if p.Front.TranslationOf != "" {
			name = strings.TrimSuffix(p.Front.TranslationOf, ".md")
		}
		group := groups[name]
		if group == nil {
			group = &Group{Name: name}
			groups[name] = group
			s.Groups = append(s.Groups, group)
		}
		if other := group.In(p.Lang.Code); other != nil {
			list.Add(twoPages(p, other))
			continue
		}
		group.Pages = append(group.Pages, p)
		p.Group = group
	}
	s.dropDrafts()
	slices.SortFunc(s.Groups, func(a, b *Group) int { return cmp.Compare(a.Name, b.Name) })
	for _, p := range pages {
		if p.Group != nil {
			s.add(p, list)
		}
	}
	s.shortenNav(at, list)
	s.checkAliases(at, list)
	s.checkTitles(at, list)
	s.checkTranslations(at, list)
	return s
}

// address makes the address of a page of its file: "index" is its folder.
func address(name string) string {
	if name == "index" {
		return ""
	}
	return strings.TrimSuffix(name, "/index") + "/"
}

// IsDraft reports whether a file is a page that a draft takes out.
func (s *Site) IsDraft(file string) bool { return s.drafts[file] }

func (s *Site) dropDrafts() {
	s.Groups = slices.DeleteFunc(s.Groups, func(g *Group) bool {
		draft := false
		for _, p := range g.Pages {
			draft = draft || p.Front.Draft
		}
		if draft {
			for _, p := range g.Pages {
				p.Group = nil
				s.drafts[p.File] = true
			}
		}
		return draft
	})
}

func (s *Site) add(p *Page, list *diag.List) {
	first, _, _ := strings.Cut(strings.TrimPrefix(p.Path, s.Config.Root(p.Lang)), "/")
	switch {
	case p.Name != slugPath(p.Name):
		list.Add(diag.Diagnostic{
			Code: "page-name", Place: diag.File(p.File),
			Text: diag.Say("the file name of a page becomes its address: it takes small letters, digits and hyphens",
				"der Dateiname einer Seite wird zu ihrer Adresse: er besteht aus Kleinbuchstaben, Ziffern und Bindestrichen"),
			Ways: []diag.Text{diag.Say("call it %s.md", "nennen Sie sie %s.md", slugPath(p.Name))},
		})
		s.setAside(p)
		return
	case slices.Contains(reserved, first) || s.isLanguage(p, first):
		list.Add(diag.Diagnostic{
			Code: "page-reserved", Place: diag.File(p.File),
			Text: diag.Say("the address %s belongs to bilanz itself",
				"die Adresse %s braucht bilanz selbst", first+"/"),
			Ways: []diag.Text{diag.Say("give the file another name", "geben Sie der Datei einen anderen Namen")},
		})
		s.setAside(p)
		return
	}
	if other := s.byPath[p.Path]; other != nil {
		list.Add(twoPages(p, other))
		return
	}
	s.Pages = append(s.Pages, p)
	s.byPath[p.Path] = p
	s.byFile[p.File] = p
}

// setAside keeps a page whose name is wrong, which was said, as one that is there: links to
// it lead somewhere, by the right name too, and no translation is missing.
func (s *Site) setAside(p *Page) {
	p.Broken = true
	for _, file := range []string{p.File, path.Join("content", p.Lang.Code, slugPath(p.Name)+".md")} {
		if s.byFile[file] == nil {
			s.byFile[file] = p
		}
	}
}

// isLanguage reports whether a page of the default language would lie where the
// pages of another language do.
func (s *Site) isLanguage(p *Page, first string) bool {
	return p.Lang == s.Config.Default && p.Path != "" && slices.Contains(s.Config.Codes(), first)
}

func slugPath(name string) string {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		parts[i] = prose.Slug(part)
	}
	return strings.Join(parts, "/")
}

func twoPages(p, other *Page) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "page-twice", Place: diag.File(p.File),
		Text: diag.Say("two pages have the address %s", "zwei Seiten haben die Adresse %s", "/"+p.Path),
		Notes: []diag.Note{{Place: diag.File(other.File), Text: diag.Say("this is the other one",
			"dies ist die andere")}},
		Ways: []diag.Text{diag.Say("give one of the files another name",
			"geben Sie einer der Dateien einen anderen Namen")},
	}
}

// Redirect is an old address that leads to a page.
type Redirect struct {
	From  string // "old-name/", or "old-name.html"
	To    *Page
	Place diag.Place // where it is written
}

// File is where the old address is answered.
func (r Redirect) File() string {
	if isFile(r.From) {
		return r.From
	}
	return r.From + "index.html"
}

// isFile reports whether an old address is that of a file, as other tools make them.
func isFile(address string) bool {
	end := strings.ToLower(path.Ext(address))
	return end == ".html" || end == ".htm"
}

// oldAddress is an old address of a page, as it is published.
func oldAddress(written string) string {
	address := locale.Composed(unescaped(strings.TrimPrefix(written, "./")))
	address = strings.Trim(strings.TrimSuffix(address, ".md"), "/")
	if folder, ok := strings.CutSuffix("/"+address, "/index.html"); ok {
		address = strings.Trim(folder, "/")
	}
	if isFile(address) {
		return address
	}
	return address + "/"
}

// Redirects lists the old addresses of all pages, in order.
func (s *Site) Redirects() []Redirect {
	var all []Redirect
	for _, p := range s.Pages {
		for _, old := range p.Front.Former {
			from := oldAddress(old.Address)
			if !strings.HasPrefix(from, s.Config.Root(p.Lang)) {
				from = s.Config.Root(p.Lang) + from
			}
			all = append(all, Redirect{from, p, old.Place})
		}
	}
	slices.SortStableFunc(all, func(a, b Redirect) int { return cmp.Compare(a.From, b.From) })
	return all
}

func (s *Site) checkAliases(at Placer, list *diag.List) {
	seen := map[string]Redirect{}
	for i, r := range s.Redirects() {
		if i == mostOld {
			list.Add(diag.TooMany(r.Place, mostOld,
				diag.Say("old addresses in a site", "alte Adressen in einer Website"),
				diag.Say("take those out of aliases: that nobody uses any more",
					"streichen Sie die aus aliases:, die niemand mehr benutzt")))
			return
		}
		key := strings.ToLower(r.From) // on some disks "Old" and "old" are one folder
		page := s.byPath[key]
		before, twice := seen[key]
		seen[key] = r
		switch {
		case page == nil && twice && before.To == r.To:
			list.Add(diag.Diagnostic{
				Code: "alias-taken", Place: r.Place,
				Text: diag.Say("the old address %s stands here twice",
					"die alte Adresse %s steht hier zweimal", "/"+r.From),
				Ways: []diag.Text{diag.Say("delete one of them", "löschen Sie eine davon")},
			})
		case page != nil || twice:
			other := before.Place
			if page != nil {
				other = at(page, page.Front.TitleStart, page.Front.TitleEnd)
			}
			list.Add(diag.Diagnostic{
				Code: "alias-taken", Place: r.Place,
				Text: diag.Say("the old address %s is that of another page",
					"die alte Adresse %s gehört schon einer anderen Seite", "/"+r.From),
				Notes: []diag.Note{{Place: other, Text: diag.Say("this is the other one",
					"dies ist die andere")}},
				Ways: []diag.Text{diag.Say("take it out of aliases", "streichen Sie sie aus aliases")},
			})
		case s.isReserved(key):
			list.Add(diag.Diagnostic{
				Code: "alias-reserved", Place: r.Place,
				Text: diag.Say("the address %s belongs to bilanz itself",
					"die Adresse %s braucht bilanz selbst", "/"+r.From),
				Ways: []diag.Text{diag.Say("take it out of aliases", "streichen Sie sie aus aliases")},
			})
		case !isAddress(r.From):
			list.Add(diag.Diagnostic{
				Code: "alias-form", Place: r.Place,
				Text: diag.Say("%q is no address below this site", "„%s“ ist keine Adresse auf dieser Website", r.From),
				Ways: []diag.Text{diag.Say("write the old address as in old-name/",
					"schreiben Sie die alte Adresse wie in alter-name/")},
			})
		}
	}
}

// oldName knows the names that other tools give to folders and pages: "Old_Page", "old.php".
var oldName = pattern.Of(`^(?:[\pL\pN_-]+/)*[\pL\pN_-]+(?:\.(?i:html?|php|aspx?|jsp|[sx]html))?/?$`)

// isAddress reports whether an old address is one that can be answered.
func isAddress(old string) bool { return oldName().MatchString(old) && old != "404.html" }

// isReserved reports whether an address is one that bilanz keeps, in any language. What
// lies below it may be an old address: of a chart, say.
func (s *Site) isReserved(address string) bool {
	for _, l := range s.Config.Langs {
		below, ok := strings.CutPrefix(address, s.Config.Root(l))
		if ok && slices.Contains(reserved, strings.TrimSuffix(below, "/")) {
			return true
		}
	}
	return false
}

func (s *Site) checkTranslations(at Placer, list *diag.List) {
	alone := map[string][]*Page{} // pages that lack the default language, by language
	lacking := map[string][]*Page{}
	for _, g := range s.Groups {
		for _, l := range s.Config.Langs {
			if g.In(l.Code) != nil || !slices.Contains(s.Config.Complete, l.Code) {
				continue
			}
			if p := s.source(g); p != nil && l == s.Config.Default {
				alone[p.Lang.Code] = append(alone[p.Lang.Code], p)
			} else if p != nil {
				lacking[l.Code] = append(lacking[l.Code], p)
			}
		}
	}
	for _, l := range s.Config.Langs {
		twin := ""
		if a := alone[l.Code]; len(a) == 1 && len(lacking[l.Code]) == 1 && lacking[l.Code][0].Lang == s.Config.Default {
			twin, alone[l.Code] = a[0].File, nil
		}
		for _, p := range lacking[l.Code] {
			list.Add(untranslated(p, at, l, twin))
		}
		for _, p := range alone[l.Code] {
			list.Add(untranslated(p, at, s.Config.Default, ""))
		}
	}
}

// source is the page of a group that has to be translated; nil for none.
func (s *Site) source(g *Group) *Page {
	for _, code := range s.Config.Complete {
		if p := g.In(code); p != nil && p.Front.Only == "" && !p.Broken && s.byFile[p.File] != nil {
			return p
		}
	}
	return nil
}

// untranslated says that a page does not exist in a language; twin is the only page there
// that is no translation of another.
func untranslated(p *Page, at Placer, into *locale.Lang, twin string) diag.Diagnostic {
	file := path.Join("content", into.Code, p.Name+".md")
	d := diag.Diagnostic{
		Code: "translation-missing", Place: at(p, p.Front.TitleStart, p.Front.TitleEnd), About: []string{file},
		Text: diag.Say("this page has no %s version", "diese Seite gibt es nicht auf %s", into),
		Ways: []diag.Text{
			diag.Say("write %s", "schreiben Sie %s", file),
			diag.Say("say only: %s and a reason, if it is for one language",
				"schreiben Sie only: %s und einen Grund, wenn sie nur für eine Sprache ist", p.Lang.Code),
		},
	}
	if twin != "" {
		d.Ways = slices.Insert(d.Ways, 0, diag.Say("if %s is its translation, write there: translation_of: %s.md",
			"ist %s ihre Übersetzung, schreiben Sie dort: translation_of: %s.md", twin, p.Name))
	}
	return d
}

// Start is the start page of a language, or nil.
func (s *Site) Start(l *locale.Lang) *Page { return s.byPath[s.Config.Root(l)] }

// Of finds a page by its file.
func (s *Site) Of(file string) *Page { return s.byFile[file] }

// At finds a page by its address.
func (s *Site) At(path string) *Page { return s.byPath[path] }

// Legal finds the page that a slot of the configuration names, in a language.
func (s *Site) Legal(l *locale.Lang, file string) *Page {
	if file == "" {
		return nil
	}
	return s.byFile[path.Join("content", l.Code, file)]
}

// Nav lists the pages of a section of the navigation in a language, in order.
func (s *Site) Nav(l *locale.Lang, section string) []*Page {
	var pages []*Page
	for _, p := range s.Pages {
		if p.Lang == l && p.Front.InNav && p.Front.Section == section {
			pages = append(pages, p)
		}
	}
	slices.SortStableFunc(pages, func(a, b *Page) int {
		return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(a.Front.Title, b.Front.Title))
	})
	return pages
}

// order puts pages without a number last.
func order(p *Page) int {
	if p.Front.Order == 0 {
		return 1 << 30
	}
	return p.Front.Order
}

// Sections lists the sections of a language's navigation but the main one and
// the footer.
func (s *Site) Sections(l *locale.Lang) []string {
	var sections []string
	for _, p := range s.Pages {
		if section := p.Front.Section; p.Lang == l && section != "" && section != "footer" && !slices.Contains(sections, section) {
			sections = append(sections, section)
		}
	}
	slices.Sort(sections)
	return sections
}
