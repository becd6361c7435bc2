// Package present says what render fills in: views of figures, grids, blocks and
// pages, in one language.
//
// Rules:
//   - Everything here is a pure function of figures, grids, blocks, a language and
//     the addresses of the site: it reads no file, reports no problem, holds no lock.
//   - A function that needs no address takes a figure and a language. One that links
//     somewhere is a method of [Language].
//   - What a view says of a figure is right by then: what is missing or broken was
//     reported before.
package present

import (
	"html/template"
	"sync"

	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/site"
)

// Language is one language of a site, as its views need it. Nobody changes it once it
// is made, so that all pages may use it at once.
type Language struct {
	Site    *site.Site
	Figures *figure.Set
	Base    string // the site's address; "" where not known
	Lang    *locale.Lang
	Notes   Passages
	Footer  template.HTML // what site.yaml says at the foot of every page; "" nothing

	Explained map[*figure.Explanation]string // where each leads, below the site's root

	root     string // "" or "de/"
	inOrder  []*site.Page
	shelves  map[string]string // of groups that share a page; nil where none do
	many     map[string]bool   // beginnings of ids that too many cells have for one page
	shorts   map[*figure.Source]string
	mentions sync.Map // the HTML of numbers in prose, by mention
}

// New makes the views of a language ready.
func New(s *site.Site, figures *figure.Set, base string, l *locale.Lang, notes Passages) *Language {
	return &Language{
		Site: s, Figures: figures, Base: base, Lang: l, Notes: notes,
		root: s.Config.Root(l), inOrder: s.Nav(l, ""), shelves: shelves(figures.All()),
		many: manyCells(figures.All()), shorts: shortSources(figures.All(), l),
		Explained: map[*figure.Explanation]string{},
	}
}

// Root is the address of the language's start page: "" or "de/".
func (in *Language) Root() string { return in.root }

// DataAt is the address of the page with all files.
func (in *Language) DataAt() string { return in.root + "data/" }

// FiguresAt is the address of the page of all figures.
func (in *Language) FiguresAt() string { return in.root + "figures/" }

// SearchAt is the address of the page of the search.
func (in *Language) SearchAt() string { return in.root + "search/" }
