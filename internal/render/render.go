// Package render makes one finished file of one checked page.
//
// Rules:
//   - Views are typed structs of ready-made strings; a field that a layout
//     misspells is a problem at the start, not an empty place on a page.
//   - Nothing can be missing or wrong in a view any more: there is no problem
//     with content here, only one with what a project puts over layouts and styles.
//   - What is the same on many pages (the start of the head, header, footer) is
//     rendered once for each language and depth, and so is what pages and entries
//     of the figures pages have in common. A layout of a project's own is filled whole.
//   - A project's own layouts are tried with full and with bare views; ours are tried
//     by a test.
//   - Same view, same bytes. No inline script, no style attribute, no other host.
//   - Links are relative and end in "/"; only what needs the base URL has it.
package render

import (
	"bytes"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"bilanz/internal/locale"
)

// Frame gives the pages of one language their head, header and footer. It is
// safe for concurrent use.
type Frame struct {
	theme *Theme
	site  Site
	inNav map[string]bool // addresses whose header marks them as the current page

	mu     sync.Mutex
	shared map[string]*shared // by the way to the root: "", "../", …
	pages  map[string][]piece // page.html, filled but for what differs; by the same

	entries map[string][]entryPiece // entry.html, filled but for its texts; by shape
}

// shared is what pages of one language and depth have in common.
type shared struct {
	Top    template.HTML // the start of the document and of its head
	Header template.HTML // the start of the body, up to the language switch
	Nav    template.HTML // the main menu and the end of the header
	Footer template.HTML // the footer and the end of the document
	Facts  template.HTML // edition, date and source of the figures, below the titles of pages that have some
}

// Frame makes the frame of a language.
func (t *Theme) Frame(site Site) *Frame {
	f := &Frame{theme: t, site: site, inNav: map[string]bool{}, shared: map[string]*shared{},
		pages: map[string][]piece{}, entries: map[string][]entryPiece{}}
	for _, link := range site.Nav {
		f.inNav[link.To] = true
	}
	return f
}

// Figures writes a page of figures.
func (f *Frame) Figures(w *bytes.Buffer, v *Figures) error {
	return write(f, w, "figures.html", &v.Head, listed, v)
}

// DataPage writes the page with all files.
func (f *Frame) DataPage(w *bytes.Buffer, v *DataPage) error {
	return write(f, w, "data.html", &v.Head, listed, v)
}

// Print writes the page that is made to be printed.
func (f *Frame) Print(w *bytes.Buffer, v *Print) error {
	return write(f, w, "print.html", &v.Head, listed, v)
}

// Search writes the page of the search.
func (f *Frame) Search(w *bytes.Buffer, v *Search) error {
	return write(f, w, "search.html", &v.Head, listed, v)
}

// ChartPage writes a chart's own page.
func (f *Frame) ChartPage(w *bytes.Buffer, v *ChartPage) error {
	return write(f, w, "chart-page.html", &v.Head, listed, v)
}

// Embed writes a chart for somebody else's page.
func (f *Frame) Embed(w *bytes.Buffer, v *Embed) error {
	v.Head.Canonical = v.Page
	return write(f, w, "embed.html", &v.Head, unlisted, v)
}

// NotFound writes 404.html, whose links work at any address.
func (f *Frame) NotFound(w *bytes.Buffer, v *NotFound) error {
	head := &Head{Title: f.site.Lang.Word("not-found-title"), Description: f.site.Lang.Word("not-found-sentence")}
	s, err := f.sharedAt(v.BasePath, nil)
	if err != nil {
		return err
	}
	return execute(w, f.theme, "404.html", fill[*NotFound]{
		here: f.here(v.BasePath), Site: &f.site, Shared: s, Meta: f.meta(head, unlisted), View: v,
	})
}

// Alias writes the page at an old address.
func (f *Frame) Alias(w *bytes.Buffer, v *Alias) error {
	head := &Head{Path: v.Path, Title: f.site.Lang.Word("moved-title", v.Title), Canonical: v.To}
	return write(f, w, "alias.html", head, unlisted, v)
}

// Chart makes the block of a chart.
func (f *Frame) Chart(v *Chart) (template.HTML, error) { return block(f, "chart.html", v) }

// PrintChart makes the block of a chart on the page that is made to be printed.
func (f *Frame) PrintChart(v *Chart) (template.HTML, error) { return block(f, "print-chart.html", v) }

// List makes the block of a chart without values.
func (f *Frame) List(v *List) (template.HTML, error) { return block(f, "list.html", v) }

// Table makes the block of a table.
func (f *Frame) Table(v *TableBlock) (template.HTML, error) { return block(f, "table.html", v) }

// Headline makes the block of a few large figures.
func (f *Frame) Headline(v *Headline) (template.HTML, error) { return block(f, "headline.html", v) }

// Cards makes the block of cards.
func (f *Frame) Cards(v *Cards) (template.HTML, error) { return block(f, "cards.html", v) }

// News makes what stands below the cards of a start page.
func (f *Frame) News(v *News) (template.HTML, error) { return block(f, "news.html", v) }

// here is where a layout is being filled; its methods are what layouts call.
type here struct {
	frame  *Frame
	lang   *locale.Lang
	prefix string // the way to the site's root
}

func (f *Frame) here(prefix string) here {
	return here{frame: f, lang: f.site.Lang, prefix: prefix}
}

// Code is the page's language: "de".
func (h here) Code() string { return h.lang.Code }

// Word is one of the tool's own words.
func (h here) Word(key string, args ...any) (string, error) {
	if !h.lang.HasWord(key) {
		return "", &wordUnknown{key, h.lang.Words()}
	}
	return h.lang.Word(key, args...), nil
}

// Sign is a sign such as ":" with the space that the language has before it.
func (h here) Sign(sign string) string { return h.lang.Sign(sign) }

// Decimal is the sign before decimals.
func (h here) Decimal() string { return h.lang.Decimal() }

// Edition is the name of the site's edition as a sentence says it; see [Edition].
func (h here) Edition(label string) string { return Edition(label, h.lang) }

// Edition puts the word for it before the name of an edition, unless that says it itself.
func Edition(label string, l *locale.Lang) string {
	word := l.Word("edition")
	if label == "" || strings.Contains(strings.ToLower(label), strings.ToLower(word)) {
		return label
	}
	return l.Colon(word, label)
}

// Dir is the direction of the page's script, where it is not the usual one: "rtl".
func (h here) Dir() string { return otherThan("ltr", h.lang) }

// DirOf is the direction of another language, where it is not the page's.
func (h here) DirOf(l *locale.Lang) string { return otherThan(h.lang.Dir(), l) }

func otherThan(dir string, l *locale.Lang) string {
	if l.Dir() == dir {
		return ""
	}
	return l.Dir()
}

// Whole is a name whose short words are not broken; see [Whole].
func (h here) Whole(name string) template.HTML { return Whole(name) }

// To is an address below the site's root, made relative. It is a template.URL
// because html/template would refuse tel: addresses; what reaches a view has
// been checked for its scheme.
func (h here) To(to string) template.URL { return template.URL(prefixed(h.prefix, to)) }

// Asset is the address of a file such as "site.css".
func (h here) Asset(name string) (template.URL, error) {
	at := h.frame.theme.assets.at
	if at[name] == "" {
		return "", &assetUnknown{name, slices.Sorted(maps.Keys(at))}
	}
	return h.To(at[name]), nil
}

// Fonts are the addresses of the fonts that pages load at once.
func (h here) Fonts() []template.URL {
	assets := h.frame.theme.assets
	urls := make([]template.URL, len(assets.fonts))
	for i, name := range assets.fonts {
		urls[i] = h.To(assets.at[name])
	}
	return urls
}

// Heading is the heading of a block, whose id others refer to as ID-title.
func (h here) Heading(level int, id string, title template.HTML) template.HTML {
	return h.HeadingAt(level, id+"-title", title)
}

// HeadingAt is a heading; a level cannot stand in the name of an element of a layout.
func (h here) HeadingAt(level int, id string, title template.HTML) template.HTML {
	level = min(max(level, 1), 6)
	b := strconv.AppendInt([]byte("<h"), int64(level), 10)
	b = append(appendOptional(b, "id", id), '>')
	b = append(append(b, title...), "</h"...)
	return template.HTML(append(strconv.AppendInt(b, int64(level), 10), '>'))
}

// HeadingTo is a heading that is a link.
func (h here) HeadingTo(level int, href string, title template.HTML) template.HTML {
	b := append(appendAttribute([]byte("<a"), "href", href), '>')
	return h.HeadingAt(level, "", template.HTML(append(append(b, title...), "</a>"...)))
}

// Named is a table of a block, whose title names the box in which it scrolls: tables of two
// blocks may have the same caption.
func (h here) Named(t Table, block string) namedTable {
	return namedTable{h, t, block + "-data", block + "-title"}
}

type namedTable struct {
	here
	Table
	ID, TitleID string
}

// fill is what a layout is filled with.
type fill[V any] struct {
	here
	Site   *Site
	Shared *shared
	Meta   template.HTML // the end of the head: title and what machines are told
	Switch template.HTML // the language switch; "" on a site of one language
	View   V
}

// Address is a page's whole address; "" where the site's is not known.
func (d fill[V]) Address(path string) string {
	if d.Site.BaseURL == "" {
		return ""
	}
	return d.Site.BaseURL + path
}

// EmbedCode is what people copy to show the bare chart at path in a page of their own;
// "" where the site's address is not known.
func (d fill[V]) EmbedCode(path, title string, height int) string {
	address := d.Address(path)
	if address == "" {
		return ""
	}
	b := appendAttribute([]byte("<iframe"), "src", address)
	b = appendAttribute(b, "title", title)
	b = appendAttribute(b, "width", "100%")
	b = appendAttribute(b, "height", strconv.Itoa(height))
	return string(append(b, ` loading="lazy" style="border:0"></iframe>`...))
}

// Block is a chart within a page that is filled.
func (d fill[V]) Block(chart Chart) fill[*Chart] {
	return fill[*Chart]{here: d.here, Site: d.Site, View: &chart}
}

func write[V any](f *Frame, w *bytes.Buffer, layout string, head *Head, kind kind, v V) error {
	prefix := up(head.Path)
	s, err := f.sharedAt(prefix, head)
	if err != nil {
		return err
	}
	return execute(w, f.theme, layout, fill[V]{
		here: f.here(prefix), Site: &f.site, Shared: s,
		Meta: f.meta(head, kind), Switch: languageSwitch(f.here(prefix), head.Alternates), View: v,
	})
}

// block fills the layout of a block. Its addresses are ready-made, so that it
// need not know the page it will stand on.
func block[V any](f *Frame, layout string, v V) (template.HTML, error) {
	var w bytes.Buffer
	err := execute(&w, f.theme, layout, fill[V]{here: f.here(""), Site: &f.site, View: v})
	return template.HTML(w.String()), err
}

func execute(w *bytes.Buffer, t *Theme, layout string, data any) error {
	return t.explained(layout, t.layouts.ExecuteTemplate(w, layout, data))
}

// sharedAt gives what all pages with this way to the root share. A page of the
// main menu has a header of its own, in which it is marked.
func (f *Frame) sharedAt(prefix string, head *Head) (*shared, error) {
	f.mu.Lock()
	s := f.shared[prefix]
	f.mu.Unlock()
	if s == nil {
		s = &shared{}
		for layout, part := range map[string]*template.HTML{
			"top.html": &s.Top, "header.html": &s.Header, "nav.html": &s.Nav, "footer.html": &s.Footer,
			"facts": &s.Facts,
		} {
			if err := f.part(layout, prefix, nowhere, part); err != nil {
				return nil, err
			}
		}
		f.mu.Lock()
		f.shared[prefix] = s
		f.mu.Unlock()
	}
	if head == nil || !f.inNav[head.Path] {
		return s, nil
	}
	own := *s
	err := f.part("nav.html", prefix, head.Path, &own.Nav)
	return &own, err
}

// nowhere is the address of no page.
const nowhere = "\x00"

// current is the view of the main menu: which page it stands on.
type current struct{ Path string }

func (f *Frame) part(layout, prefix, path string, part *template.HTML) error {
	var w bytes.Buffer
	err := execute(&w, f.theme, layout, fill[current]{here: f.here(prefix), Site: &f.site, View: current{path}})
	*part = template.HTML(w.String())
	return err
}
