package browser

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// seen is what one page of a site holds, as the browser resolved it.
type seen struct {
	sitePage
	Links []link
	IDs   []string
	Meta  meta
	loads []request
}

type link struct {
	URL, What string
	Footer    bool
}

type meta struct {
	Title, Lang, Policy, Description, Robots, Canonical string

	Alternates map[string]string
}

// survey opens every page of a site once, for all tests of this file. What TestPages saw
// is not opened again.
func survey(t *testing.T, s site) map[string]seen {
	t.Helper()
	var wait sync.WaitGroup
	for _, p := range readable(t, s) {
		if _, done := surveyed(s)[p.path]; done {
			continue
		}
		wait.Go(func() {
			withTab(t, func(b *tab) {
				err := b.open(s.url(p.address()), wideLight)
				if err == nil {
					err = b.look(s, p)
				}
				if err != nil {
					t.Error(err)
				}
			})
		})
	}
	wait.Wait()
	if t.Failed() {
		t.FailNow()
	}
	return surveyed(s)
}

var (
	surveysMu sync.Mutex
	surveys   = map[string]map[string]seen{} // by host and path
)

// surveyed are the pages of a site that were looked at.
func surveyed(s site) map[string]seen {
	surveysMu.Lock()
	defer surveysMu.Unlock()
	return maps.Clone(surveys[s.host])
}

// look keeps what the open page holds.
func (b *tab) look(s site, p sitePage) (err error) {
	one := seen{sitePage: p, loads: b.asked()}
	if one.Links, err = eval[[]link](b, "look.links()"); err != nil {
		return err
	}
	if one.IDs, err = eval[[]string](b, "look.ids()"); err != nil {
		return err
	}
	if one.Meta, err = eval[meta](b, "look.meta()"); err != nil {
		return err
	}
	surveysMu.Lock()
	defer surveysMu.Unlock()
	if surveys[s.host] == nil {
		surveys[s.host] = map[string]seen{}
	}
	surveys[s.host][p.path] = one
	return nil
}

// read asks all pages of a site, by path, about what their files say; none is drawn.
func read[T any](t *testing.T, s site, question string) map[string]T {
	t.Helper()
	all := readable(t, s)
	answers := map[string]T{}
	withTab(t, func(b *tab) {
		open(t, b, s.url(all[0].address()), wideLight)
		addresses := make([]string, len(all))
		for i, p := range all {
			addresses[i] = s.url(p.address())
		}
		list, err := json.Marshal(addresses)
		if err != nil {
			t.Fatal(err)
		}
		for i, one := range answer[[]T](t, b, fmt.Sprintf("look.read(%s, %s)", list, question)) {
			answers[all[i].path] = one
		}
	})
	return answers
}

func inOrder(pages map[string]seen) []seen {
	all := make([]seen, 0, len(pages))
	for _, p := range pages {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b seen) int { return strings.Compare(a.path, b.path) })
	return all
}

// within gives the address below the site's root that a URL leads to.
func (s site) within(to string) (address, fragment string, ok bool) {
	u, err := url.Parse(to)
	if err != nil || u.Scheme+"://"+u.Host != s.host {
		return "", "", false
	}
	return u.Path, u.Fragment, true
}

func TestNoLinkIsBrokenAtTheRootOfAHost(t *testing.T) { linksHold(t, atRoot, survey(t, atRoot)) }

// The pages are those at the root of a host, so that nobody need look at them once more.
func TestNoLinkIsBrokenBelowAPath(t *testing.T) {
	pages := read[seen](t, below, "(page, address) => ({ links: look.links(page, address), ids: look.ids(page) })")
	for _, p := range readable(t, below) {
		one := pages[p.path]
		one.sitePage = p
		pages[p.path] = one
	}
	linksHold(t, below, pages)
}

func linksHold(t *testing.T, s site, pages map[string]seen) {
	on := map[string][]string{} // pages by problem: a link of the footer is one problem
	for _, p := range inOrder(pages) {
		if *siteDir != "" && s.prefix != "/" && p.path == "404.html" {
			continue // built for one prefix only
		}
		for _, l := range p.Links {
			if problem := s.follow(pages, l.URL); problem != "" {
				problem = fmt.Sprintf("%s leads to %s, %s", l.What, strings.TrimPrefix(l.URL, s.host), problem)
				on[problem] = append(on[problem], p.String())
			}
		}
	}
	for _, problem := range slices.Sorted(maps.Keys(on)) {
		t.Errorf("%s (on %s)", problem, some(on[problem]))
	}
}

// some names the first few of many pages.
func some(pages []string) string {
	pages = slices.Compact(pages)
	if len(pages) > 3 {
		return fmt.Sprintf("%s and %d more", strings.Join(pages[:3], ", "), len(pages)-3)
	}
	return strings.Join(pages, ", ")
}

// follow says what is wrong with a link; "" nothing.
func (s site) follow(pages map[string]seen, to string) string {
	host, fragment, ok := s.within(to)
	if !ok {
		return "" // elsewhere: nobody here can tell
	}
	address, ok := strings.CutPrefix(host, s.prefix)
	switch {
	case !ok:
		return "which is outside of " + s.prefix
	case address == "no/such/page/": // 404.html itself
		return ""
	case address != "" && !strings.HasSuffix(address, "/") && isFile(s.dir, address):
		return ""
	case address != "" && !strings.HasSuffix(address, "/") && isFile(s.dir, address+"/index.html"):
		return "which is a redirect: the slash at the end is missing"
	case !isFile(s.dir, path.Join(address, "index.html")):
		return "which does not exist"
	}
	target, ok := pages[address]
	switch {
	case !ok:
		return "which is an old address"
	case fragment != "" && fragment != "top" && !slices.Contains(target.IDs, fragment):
		return "where nothing has that id"
	}
	return ""
}

// The policy stands first in every head, old addresses included.
func TestEveryPageBeginsWithThePolicy(t *testing.T) {
	const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"connect-src 'self'; media-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
	for _, p := range inOrder(survey(t, atRoot)) {
		if p.Meta.Policy != policy {
			t.Errorf("%s: the head begins with the policy %q", p, p.Meta.Policy)
		}
	}
}

// Languages name each other: who says that a page has a translation is named by
// that translation in turn.
func TestTranslationsNameEachOther(t *testing.T) {
	const base = "https://example.org/"
	pages := survey(t, atRoot)
	for _, p := range inOrder(pages) {
		for lang, to := range p.Meta.Alternates {
			address, ok := strings.CutPrefix(to, base)
			other, exists := pages[address]
			switch {
			case !ok:
				t.Errorf("%s: hreflang %s is %s, which does not begin with %s", p, lang, to, base)
			case !exists:
				t.Errorf("%s: hreflang %s leads to /%s, which does not exist", p, lang, address)
			case other.Meta.Alternates[p.Meta.Lang] != base+p.path:
				t.Errorf("%s: hreflang %s leads to %s, which does not lead back", p, lang, other)
			}
		}
	}
}

// The sitemap lists what search engines may list, and nothing else.
func TestTheSitemapIsComplete(t *testing.T) {
	sitemap, err := os.ReadFile(filepath.Join(atRoot.dir, "sitemap.xml"))
	if *siteDir != "" && os.IsNotExist(err) {
		return // a folder of pages without an address
	}
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, part := range strings.Split(string(sitemap), "<loc>")[1:] {
		loc, _, _ := strings.Cut(part, "</loc>")
		listed[strings.TrimPrefix(loc, "https://example.org/")] = true
	}
	for _, p := range inOrder(survey(t, atRoot)) {
		hidden := p.path == "404.html" || strings.Contains(p.Meta.Robots, "noindex")
		if listed[p.path] == hidden {
			t.Errorf("%s: in the sitemap %t, hidden from search engines %t", p, listed[p.path], hidden)
		}
		delete(listed, p.path)
	}
	for address := range listed {
		t.Errorf("the sitemap lists /%s, which is no page", address)
	}
}

// weight is what a page and all that the engine loads with it weigh, gzipped, in bytes.
// Pictures of an author's own are the author's.
type weight struct {
	html, css, js, font int
	fonts, requests     int
}

func (w weight) all() int { return w.html + w.css + w.js + w.font }

// How much HTML a page has is its author's, too: it is held against a bar on the fact
// sheet and the guide, which have some of everything.
func TestPagesAreLight(t *testing.T) {
	const mostHTML = 30_000
	var heaviest weight
	for _, p := range inOrder(survey(t, atRoot)) {
		w, err := weigh(p)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, bar := range []struct {
			what      string
			got, most int
		}{
			{"bytes of CSS", w.css, 15_000}, {"bytes of JavaScript", w.js, 15_000},
			{"bytes of fonts", w.font, 60_000}, {"fonts", w.fonts, 2},
			{"bytes besides HTML", w.all() - w.html, 100_000 - mostHTML}, {"requests", w.requests, 10},
		} {
			if bar.got > bar.most {
				t.Errorf("%s: %d %s, gzipped; %d are allowed", p, bar.got, bar.what, bar.most)
			}
		}
		t.Logf("%6d HTML %6d CSS %6d JS %6d fonts %7d all %2d requests  %s", w.html, w.css, w.js, w.font, w.all(), w.requests, p)
		if w.all() > heaviest.all() {
			heaviest = w
		}
	}
	t.Logf("the heaviest page weighs %d bytes", heaviest.all())
	sitesOfOurOwn(t)
	for _, s := range []site{sheet, guide} {
		for _, p := range readable(t, s) {
			if size := gzipped([]byte(p.html)); size > mostHTML {
				t.Errorf("%s%s: %d bytes of HTML, gzipped; %d are allowed", filepath.Base(s.dir), p, size, mostHTML)
			}
		}
	}
}

func weigh(p seen) (weight, error) {
	var w weight
	for _, r := range p.loads {
		host, _, ok := atRoot.within(r.url)
		if !ok {
			return w, fmt.Errorf("%s: asks another host: %s", p, r.url)
		}
		file := strings.TrimPrefix(host, "/")
		if host == "/"+p.address() {
			file = p.file
		}
		data, err := os.ReadFile(filepath.Join(atRoot.dir, filepath.FromSlash(file)))
		if err != nil {
			return w, fmt.Errorf("%s: %w", p, err)
		}
		if isPicture(file) {
			continue
		}
		w.requests++
		switch size := gzipped(data); path.Ext(file) {
		case ".html":
			w.html += size
		case ".css":
			w.css += size
		case ".js":
			w.js += size
		case ".woff2", ".woff":
			w.font += size
			w.fonts++
		default:
			return w, fmt.Errorf("%s: loads %s", p, r.url)
		}
	}
	return w, nil
}

func gzipped(data []byte) int {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data)
	z.Close()
	return b.Len()
}

// isPicture reports whether an address is that of a picture.
func isPicture(address string) bool {
	return slices.Contains([]string{".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"}, strings.ToLower(path.Ext(address)))
}
