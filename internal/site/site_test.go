package site

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/prose"
	"bilanz/internal/schema"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected output of the cases")

// TestCases puts sites in order. A case is a txtar file; its comment says what it
// shows, its files are the content of a site. It ends with "site", which says what was
// made of them, and with what is told, in English and in German.
func TestCases(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want := txtar.Format(archive)
			archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool {
				return !strings.HasPrefix(f.Name, "content/")
			})
			var p project
			p.read(archive.Files)
			for _, out := range [][2]string{{"site", p.describe()}, {"messages", p.told("en")}, {"messages.de", p.told("de")}} {
				archive.Files = append(archive.Files, txtar.File{Name: out[0], Data: []byte(out[1])})
			}
			got := txtar.Format(archive)
			if *update {
				err = os.WriteFile(name, got, 0o644)
			} else if !bytes.Equal(got, want) {
				t.Errorf("got\n%s", got)
			}
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// project is a site of a case, read as a build reads one.
type project struct {
	files map[string][]byte
	list  diag.List
	site  *Site
	to    map[*Page][]string // where the links of a page lead
}

func (p *project) read(files []txtar.File) {
	p.files, p.to = map[string][]byte{}, map[*Page][]string{}
	var figures []schema.File
	for _, f := range files {
		p.files[f.Name] = f.Data
		if strings.HasPrefix(f.Name, "content/figures/") {
			figures = append(figures, schema.File{Path: f.Name, Text: f.Data})
		}
	}
	c, ok := ReadConfig(schema.File{Path: ConfigPath, Text: p.files[ConfigPath]}, nil, &p.list)
	if !ok {
		return
	}
	set := figure.Load(figures, figure.Options{Langs: c.Codes(), Complete: c.Complete}, &p.list)
	var pages []*Page
	contexts := map[*Page]*prose.Context{}
	for _, l := range c.Langs {
		for _, f := range files {
			name, inLang := strings.CutPrefix(f.Name, "content/"+l.Code+"/")
			if name, isPage := strings.CutSuffix(name, ".md"); inLang && isPage {
				page := &Page{Lang: l, File: f.Name, Name: name}
				contexts[page] = &prose.Context{Figures: set, Lang: l}
				page.Front, ok = prose.ReadFront(contexts[page], p.file(page), &p.list)
				page.Broken = !ok || page.Front.Title == ""
				pages = append(pages, page)
			}
		}
	}
	p.site = New(c, pages, p.at, &p.list)
	for _, page := range p.site.Pages {
		if !page.Broken {
			p.parse(page, contexts[page])
		}
	}
	p.site.CheckFragments(p.at, &p.list)
	p.site.CheckBlocks(p.at, &p.list)
	p.site.CheckParity(p.at, &p.list)
}

func (p *project) parse(page *Page, c *prose.Context) {
	doc := prose.Parse(c, p.file(page), &p.list)
	to := make([]Destination, len(doc.Links))
	for i, link := range doc.Links {
		d, problem := p.site.Resolve(page, link)
		if problem != nil {
			problem.Place = p.at(page, link.Start, link.End)
			p.list.Add(*problem)
			continue
		}
		to[i] = d
		p.to[page] = append(p.to[page], fmt.Sprintf("%s leads to %s", link.Dest, described(d)))
	}
	page.Seen = See(page.Front, doc, to)
}

func described(d Destination) string {
	switch {
	case d.Outside:
		return "another site"
	case d.File != "":
		return "the file " + d.File
	case d.Output != "":
		return "what is made at " + d.Output
	case d.Fragment != "":
		return "the place " + d.Fragment + " of /" + d.Page.Path
	}
	return "the page /" + d.Page.Path
}

// file is a page's file, which whoever reads it may change.
func (p *project) file(page *Page) schema.File {
	return schema.File{Path: page.File, Text: bytes.Clone(p.files[page.File])}
}

func (p *project) at(page *Page, start, end int) diag.Place {
	return diag.At(page.File, p.files[page.File], start, end)
}

func (p *project) told(lang string) string {
	var out strings.Builder
	if err := diag.WriteText(&out, p.list.Sorted(), diag.TextOptions{Lang: lang, All: true}); err != nil {
		panic(err)
	}
	return out.String()
}

// describe says what was made of the files: addresses, groups, old addresses, the
// navigation of each language, links.
func (p *project) describe() string {
	if p.site == nil {
		return "no site\n"
	}
	var out strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	for _, page := range p.site.Pages {
		say("/%s is %s, in the group %s", page.Path, page.File, page.Group.Name)
	}
	for _, r := range p.site.Redirects() {
		say("/%s redirects to /%s", r.From, r.To.Path)
	}
	for _, l := range p.site.Config.Langs {
		for _, section := range append(append([]string{""}, p.site.Sections(l)...), "footer") {
			var addresses []string
			for _, page := range p.site.Nav(l, section) {
				addresses = append(addresses, "/"+page.Path)
			}
			if len(addresses) > 0 {
				say("navigation %s %q: %s", l.Code, section, strings.Join(addresses, " "))
			}
		}
		legal := p.site.Config.Legal
		for _, file := range []string{legal.Imprint, legal.Privacy, legal.Accessibility} {
			if page := p.site.Legal(l, file); page != nil {
				say("legal %s: /%s", l.Code, page.Path)
			}
		}
	}
	for _, page := range p.site.Pages {
		for _, line := range p.to[page] {
			say("in %s, %s", page.File, line)
		}
	}
	return out.String()
}

func TestParseBaseURL(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.org": "https://example.org/", "https://example.org/": "https://example.org/",
		"http://example.org/results":     "http://example.org/results/",
		"https://example.org/results///": "https://example.org/results/",
		"example.org":                    "", "//example.org/": "", "ftp://example.org/": "", "https://": "", "https:///x": "", "": "",
		"https://münchen.example.org/a": "https://xn--mnchen-3ya.example.org/a/",
		"https://MÜNCHEN.example:81":    "https://xn--mnchen-3ya.example:81/",
		"http://127.0.0.1:8080":         "http://127.0.0.1:8080/",
		"https://office@example.org/":   "", "https://example.org//r//": "", "https://example.org/a//b": "",
		"https://example.org/?q=1": "", "https://example.org/#top": "", "https://exa mple.org/": "",
	} {
		if got, ok := ParseBaseURL(address); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %v; want %q", address, got, ok, want)
		}
	}
}

func TestAKeyOfTheConfigurationHasAPlace(t *testing.T) {
	const text = "title: {en: T}\nlanguages: [en]\ndefault: en\nedition: {id: \"1\", label: {en: One}}\n" +
		"contact: {name: \"email: none\", email: a@example.org}\nlegal:\n  imprint: \"\"\n"
	var list diag.List
	c, ok := ReadConfig(schema.File{Path: ConfigPath, Text: []byte(text)}, nil, &list)
	if !ok || len(list.Sorted()) > 0 {
		t.Fatal(list.Sorted())
	}
	for key, want := range map[string]string{
		"title": ":1:1", "contact": ":5:1", "contact.name": ":5:11", "contact.email": ":5:32",
		"legal.imprint": ":7:3", "edition.label.en": ":4:28",
		"legal.privacy": ":6:1", "legal": ":6:1", // what is absent is missed below legal
		"licence": "", "base_url": "",
	} {
		if got := c.At(key).String(); got != ConfigPath+want {
			t.Errorf("%s stands at %s, want %s", key, got, ConfigPath+want)
		}
	}
}

// A page is told so many of its links into nothing, and no more.
func TestABrokenPageIsToldItsFirstLinks(t *testing.T) {
	for _, n := range []int{mostBroken - 1, mostBroken, mostBroken + 1} {
		page := &Page{File: "content/en/index.md"}
		for range n {
			page.Seen.Links = append(page.Seen.Links, LinkOut{To: page, Fragment: "nowhere"})
		}
		var list diag.List
		s := &Site{Pages: []*Page{page}}
		s.CheckFragments(func(p *Page, _, _ int) diag.Place { return diag.File(p.File) }, &list)
		if got := len(list.Sorted()); got != min(n, mostBroken) {
			t.Errorf("of %d broken links, %d are told", n, got)
		}
	}
}
