package browser

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A site that was built for a disk works by double-click: each link of each page leads to a
// file, what it names is there, the console stays empty, and the search finds.
func TestASiteOnADiskNeedsNoServer(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	pages := map[string]seen{}
	withTab(t, func(b *tab) {
		for _, p := range readable(t, onDisk) {
			open(t, b, onDisk.file(p.file), wideLight)
			pages[filepath.Join(onDisk.dir, p.file)] = seen{
				sitePage: p, Links: answer[[]link](t, b, "look.links()"), IDs: answer[[]string](t, b, "look.ids()"),
			}
			if said := b.said(); len(said) > 0 {
				t.Errorf("%s: %q", p, said)
			}
		}
	})
	if len(pages) < 30 {
		t.Fatalf("%d pages", len(pages))
	}
	for _, p := range pages {
		for _, l := range p.Links {
			if problem := followOnDisk(pages, l.URL); problem != "" {
				t.Errorf("%s: %s leads to %s, %s", p, l.What, l.URL, problem)
			}
		}
	}
}

// file is the address of a file of the site on this machine.
func (s site) file(name string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(s.dir, name))}).String()
}

// followOnDisk says what is wrong with a link; "" nothing.
func followOnDisk(pages map[string]seen, to string) string {
	u, err := url.Parse(to)
	switch {
	case err != nil:
		return err.Error()
	case u.Scheme != "file":
		return ""
	}
	name := filepath.FromSlash(u.Path)
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
		return "which is no file"
	}
	if page, ok := pages[name]; ok && u.Fragment != "" && !slices.Contains(page.IDs, u.Fragment) {
		return "where nothing has that id"
	}
	return ""
}

// From the header of any page the search is two presses away, and finds.
func TestASiteOnADiskIsSearched(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	withTab(t, func(b *tab) {
		open(t, b, onDisk.file("de/advice/index.html"), wideLight)
		open(t, b, ask(t, b, `document.querySelector('a.to-search').href`), wideLight)
		answer[any](t, b, `document.querySelector('#search-field').focus()`)
		press(t, b, strings.Split("416374", "")...)
		const first = `document.querySelector('.search [role=option]')?.textContent ?? ''`
		if got := ask(t, b, waits(first, first)); !strings.HasPrefix(got, "416.374 Beratungen") {
			t.Errorf("416374 finds %q", got)
		}
		press(t, b, "\r")
		const result = `document.querySelector('.results a')?.href ?? ''`
		got := ask(t, b, waits(result, result))
		if got != onDisk.file("de/figures/index.html")+"#advice.sessions" {
			t.Errorf("the first result leads to %q", got)
		}
		if said := b.said(); len(said) > 0 {
			t.Errorf("the search says %q", said)
		}
		open(t, b, got, wideLight)
		if !answer[bool](t, b, `document.getElementById('advice.sessions').closest('details').open`) {
			t.Error("the entry is not open")
		}
	})
}
