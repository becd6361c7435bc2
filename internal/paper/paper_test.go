package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/compare"
	"bilanz/internal/locale"
	"bilanz/internal/output"
	"bilanz/internal/site"
)

// marks writes a passage with its changed words in brackets.
func marks(p passage) string {
	side := func(all []piece) string {
		var words []string
		for _, piece := range all {
			if piece.Changed {
				piece.Text = "[" + piece.Text + "]"
			}
			words = append(words, piece.Text)
		}
		return strings.Join(words, " ")
	}
	return side(p.Old) + " | " + side(p.New)
}

func TestChangedWordsAreMarked(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("word ", 40))
	for _, c := range []struct{ old, now, want string }{
		{"<p>Of 318,462 visits</p>", "<p>Of 328,462 visits</p>", "Of [318,462] visits | Of [328,462] visits"},
		{"<p>54\u00a0%</p>", "<p>55\u00a0%</p>", "[54\u00a0%] | [55\u00a0%]"},
		{"<p>a b c</p><p>d e f</p>", "<p>a b x</p><p>u v w</p>", "a b [c] | a b [x] ||  | [u v w] || [d e f] | "},
		{"<p>One</p><p>Two</p>", "<p>One</p><p>New</p><p>Two</p>", " | [New]"},
		{"<p>One</p><p>Lost</p><p>Two</p>", "<p>One</p><p>Two</p>", "[Lost] | "},
		{"<p>Same</p><svg><text>1</text></svg>", "<p>Same</p><svg><text>2</text></svg>", ""},
		{`<p>A fact<sup><a href="#n">1</a></sup>.</p>`, `<p>A fact<sup><a href="#n">2</a></sup>.</p>`, ""},
		{"<p>&lt;b&gt; old end</p>", "<p>&lt;b&gt; new end</p>", "<b> [old] end | <b> [new] end"},
		{"<p>old " + long + "</p>", "<p>new " + long + "</p>",
			"[old] " + long[:14*5] + "… | [new] " + long[:14*5] + "…"},
		{"<table><tr><th>Visits</th><td>12</td></tr></table>", "<table><tr><th>Visits</th><td>13</td></tr></table>",
			"Visits [12] | Visits [13]"},
	} {
		var got []string
		for _, p := range changedPassages(passagesOf(c.old), passagesOf(c.now)) {
			got = append(got, marks(p))
		}
		if text := strings.Join(got, " || "); text != c.want {
			t.Errorf("%s -> %s gives\n%s, not\n%s", c.old, c.now, text, c.want)
		}
	}
}

// bothSites are the states of a small site: what stands around <main>, and within.
func bothSites(t *testing.T, pages map[string][2]string) (old, now *output.Memory) {
	t.Helper()
	sites := [2]*output.Memory{{}, {}}
	for name, html := range pages {
		for i, site := range sites {
			if html[i] == "" {
				continue
			}
			if err := site.Write(name, []byte(html[i])); err != nil {
				t.Fatal(err)
			}
		}
	}
	return sites[0], sites[1]
}

func pageOf(css, js, menu, main string) string {
	return fmt.Sprintf(`<html lang="en"><link rel="stylesheet" href="assets/site.%s.css"><script src="site.%s.js">`+
		`</script><nav>%s</nav><main id="main"><h1>Name</h1>%s</main>`, css, js, menu, main)
}

func TestPagesAreComparedAsReadersSeeThem(t *testing.T) {
	const one, two = "0123456789", "abcdef0123"
	plain := pageOf(one, one, "menu", "text")
	old, now := bothSites(t, map[string][2]string{
		"index.html":              {plain, plain},
		"script/index.html":       {plain, pageOf(one, two, "menu", "text")},
		"pencil/index.html":       {plain, pageOf(one, one, "menu", `text<p class="edit"><a href="x#L5">Edit</a></p>`)},
		"look/index.html":         {plain, pageOf(two, one, "menu", "text")},
		"menu/index.html":         {plain, pageOf(one, one, "another", "text")},
		"text/index.html":         {plain, pageOf(one, one, "menu", "another")},
		"new/index.html":          {"", plain},
		"gone/index.html":         {plain, ""},
		"moved/index.html":        {plain, `<meta http-equiv="refresh" content="0; url=../text/">`},
		"text/embed/index.html":   {plain, pageOf(one, one, "menu", "another")},
		"data/figures.json":       {"1", "2"},
		"de/text/index.html":      {plain, pageOf(one, one, "menu", "another")},
		"charts/a/b/c/index.html": {plain, pageOf(one, one, "menu", "another")},
	})
	english, german := locale.Must("en"), locale.Must("de")
	of := &site.Site{
		Config: &site.Config{Langs: []*locale.Lang{english, german}, Default: english},
		Pages:  []*site.Page{{Lang: english, Path: "text/"}, {Lang: german, Path: "de/text/"}},
	}
	var got []string
	for _, p := range changedPages(old, now, of, nil, "de") {
		got = append(got, fmt.Sprintf("%s %d %v", p.path, p.change, p.written))
	}
	want := []string{
		fmt.Sprintf("de/text/ %d true", reads), fmt.Sprintf("text/ %d true", reads),
		fmt.Sprintf("charts/a/b/c/ %d false", reads), fmt.Sprintf("gone/ %d false", gone),
		fmt.Sprintf("look/ %d false", styled), fmt.Sprintf("menu/ %d false", frame),
		fmt.Sprintf("moved/ %d false", gone), fmt.Sprintf("new/ %d false", added),
	}
	if !slices.Equal(got, want) {
		t.Errorf("the pages are\n%s, not\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// manyPages are pages of which only the frame, or what they say, is another.
func manyPages(n int, c change) (all []changedPage) {
	for i := range n {
		all = append(all, changedPage{change: c, path: fmt.Sprintf("p%02d/", i), lang: locale.Must("en"), written: true,
			now: pageOf("0123456789", "", "menu", "text")})
	}
	return all
}

func TestWhatIsTooMuchIsNamed(t *testing.T) {
	for _, c := range []struct {
		pages []changedPage
		shown int
		left  string
	}{
		{manyPages(mostPages, reads), mostPages, ""},
		{manyPages(mostPages+1, reads), mostPages, "changed pages that are not printed here: 1 (/p40/)"},
		{manyPages(mostPages+25, styled), mostPages, "changed pages that are not printed here: 25 (/p40/, /p41/, " +
			"/p42/, /p43/, /p44/, /p45/, /p46/, /p47/, /p48/, /p49/, /p50/, /p51/, /p52/, /p53/, /p54/, /p55/, " +
			"/p56/, /p57/, /p58/, /p59/, …)"},
		{manyPages(3, frame), 1, "further pages on which only header, menu or footer differ: 2"},
	} {
		d := &document{proposal: &proposal{lang: locale.Must("en"), pages: c.pages, changes: &compare.Changes{}}}
		d.show()
		if left := strings.Join(d.LeftOut, "; "); len(d.Pages) != c.shown || left != c.left {
			t.Errorf("of %d pages %d are shown, and left is %q; want %d, %q",
				len(c.pages), len(d.Pages), left, c.shown, c.left)
		}
	}
}

func TestAPageBecomesAPartOfADocument(t *testing.T) {
	anchors := map[string]string{"de/visits/": "page-1", "de/": "page-2"}
	const html = `<h2 id="a">A</h2><a href="#a">1</a><a href="../">2</a><a href="../#b">3</a>` +
		`<a href="../figures/#x">4</a><a href="https://example.org/?a=1&amp;b=2">5</a>` +
		`<img src="../../assets/p.png" loading="lazy">` +
		`<svg aria-labelledby="t d" clip-path="url(#c)"></svg>id=&#34;x&#34;`
	const both = `<h2 id="page-1-a">A</h2><a href="#page-1-a">1</a><a href="#page-2">2</a><a href="#page-2-b">3</a>%s` +
		`<a href="https://example.org/?a=1&amp;b=2">5</a><img src="/new/assets/p.png">` +
		`<svg aria-labelledby="page-1-t page-1-d" clip-path="url(#page-1-c)"></svg>id=&#34;x&#34;`
	for base, link := range map[string]string{
		"": `<a>4</a>`, "https://example.org/r/": `<a href="https://example.org/r/de/figures/#x">4</a>`,
	} {
		if got, want := moved(html, "de/visits/", anchors, base), fmt.Sprintf(both, link); got != want {
			t.Errorf("the page becomes\n%s, not\n%s", got, want)
		}
	}
}

func TestRunningTitlesBreakOutOfNothing(t *testing.T) {
	got := quoted("a\"b\\c\n</style> ü")
	if want := `"a\22 b\5c c\a \3c /style\3e  ü"`; got != want {
		t.Errorf("the title is %s, not %s", got, want)
	}
}

func TestNamesOfPicturesAreAddresses(t *testing.T) {
	for path, want := range map[string]string{
		"": "index", "de/": "de", "de/visits/": "de--visits", "404.html": "404",
		strings.Repeat("a", longestName) + "/":   strings.Repeat("a", longestName),
		strings.Repeat("a", longestName+1) + "/": strings.Repeat("a", longestName) + "--7",
	} {
		if got := fileName(path, 7); got != want {
			t.Errorf("%q is %q, not %q", path, got, want)
		}
	}
}
