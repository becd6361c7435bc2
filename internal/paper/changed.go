package main

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"bilanz/internal/locale"
	"bilanz/internal/output"
	"bilanz/internal/site"
)

// change is what becomes of a page.
type change int

const (
	same   change = iota
	frame         // only what stands around it: menu, header, footer
	styled        // only how it looks
	reads         // what it says or shows
	added
	gone
)

// changedPage is a page that is not what it was.
type changedPage struct {
	change
	path     string // below the site's root: "de/visits/"
	title    string
	lang     *locale.Lang
	written  bool // by an author, and not made of figures
	old, now string
}

// noise is what differs from build to build, and which no reader sees: the sums in names of
// scripts and of what they read, and where a file is edited.
var noise = regexp.MustCompile(`\.[0-9a-f]{10}(\.(?:js|json|woff2))|<p class="edit">.*?</p>| data-edit="[^"]*"`)

// sheets are the style sheets of a page, whose sums change with the look.
var sheets = regexp.MustCompile(`\.[0-9a-f]{10}\.css`)

// changedPages finds the pages that are not what they were: those that people wrote first, in
// the order of the languages and of the menu.
func changedPages(old, now *output.Memory, of *site.Site, was *site.Site, first string) []changedPage {
	rank := ranks(of, first)
	written := map[string]*site.Page{}
	for _, s := range []*site.Site{was, of} {
		if s == nil {
			continue
		}
		for _, p := range s.Pages {
			written[p.Path] = p
		}
	}
	names := map[string]bool{}
	for _, name := range slices.Concat(old.Paths(), now.Paths()) {
		if path.Ext(name) == ".html" && !strings.HasSuffix(name, "/embed/index.html") {
			names[name] = true
		}
	}
	var all []changedPage
	for _, name := range slices.Sorted(maps.Keys(names)) {
		p := changedPage{path: strings.TrimSuffix(name, "index.html"), old: htmlOf(old, name), now: htmlOf(now, name)}
		if p.change = p.compare(); p.change == same {
			continue
		}
		if author := written[p.path]; author != nil {
			p.written, p.lang, p.title = true, author.Lang, author.Front.Title
		} else {
			p.lang = langOf(of.Config, between(cmp.Or(p.now, p.old), `<html lang="`, `"`))
			p.title = titleOf(cmp.Or(p.now, p.old))
		}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b changedPage) int {
		return cmp.Or(cmp.Compare(place(rank, a), place(rank, b)), cmp.Compare(a.path, b.path))
	})
	return all
}

// ranks are the places of pages: those of the language in which is read first, by the menu.
func ranks(of *site.Site, first string) map[string]int {
	langs := slices.Clone(of.Config.Langs)
	if i := slices.Index(langs, langOf(of.Config, first)); i > 0 {
		langs = slices.Insert(slices.Delete(langs, i, i+1), 0, of.Config.Langs[i])
	}
	rank := map[string]int{}
	for _, l := range langs {
		rank[of.Config.Root(l)] = len(rank) + 1
		for _, p := range of.Nav(l, "") {
			if rank[p.Path] == 0 {
				rank[p.Path] = len(rank) + 1
			}
		}
		for _, p := range of.Pages {
			if p.Lang == l && rank[p.Path] == 0 {
				rank[p.Path] = len(rank) + 1
			}
		}
	}
	return rank
}

// place puts what is made of figures last.
func place(rank map[string]int, p changedPage) int {
	if !p.written {
		return 1 << 30
	}
	return cmp.Or(rank[p.path], 1<<29)
}

func langOf(c *site.Config, code string) *locale.Lang {
	for _, l := range c.Langs {
		if l.Code == code {
			return l
		}
	}
	return c.Default
}

// htmlOf is a page without noise; "" where there is none, or only a way to another.
func htmlOf(in *output.Memory, name string) string {
	html, _ := in.File(name)
	if strings.Contains(string(html), `http-equiv="refresh"`) {
		return ""
	}
	return noise.ReplaceAllString(string(html), "$1")
}

// compare says what became of a page.
func (p *changedPage) compare() change {
	switch {
	case p.old == p.now:
		return same
	case p.old == "":
		return added
	case p.now == "":
		return gone
	case said(p.old) != said(p.now):
		return reads
	case sheets.FindString(p.old) != sheets.FindString(p.now):
		return styled
	}
	return frame
}

// said is the page without its frame: its name, its description, and all between header and
// footer.
func said(html string) string {
	head := between(html, "<title>", "</title>") + between(html, `<meta name="description"`, ">")
	return head + " " + mainOf(html)
}

// mainOf is the HTML of what stands between header and footer.
func mainOf(html string) string {
	_, rest, _ := strings.Cut(html, "<main")
	_, rest, _ = strings.Cut(rest, ">")
	end := strings.LastIndex(rest, "</main>")
	return rest[:max(end, 0)]
}

// titleOf is the heading of a page.
func titleOf(html string) string {
	return strings.Join(passagesOf("<h1"+between(html, "<h1", "</h1>")), " ")
}

// between cuts a text out of another: what stands behind the first mark, up to the next.
func between(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	inside, _, _ := strings.Cut(rest, after)
	return inside
}
