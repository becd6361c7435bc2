package render_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/render"
	"bilanz/layouts"
	"bilanz/static"
)

var (
	update = flag.Bool("update", false, "rewrite the expected pages in testdata")
	out    = flag.String("out", "", "a folder to write the sample site to, for looking at it")
)

func TestEveryKindOfPageComesOutAsExpected(t *testing.T) {
	theme := newTheme(t)
	for _, page := range samples(theme) {
		golden := filepath.Join("testdata", "pages", strings.ReplaceAll(page.path, "/", "__"))
		// The hashes change with every edit of a style sheet; the names do not.
		got := withoutHashes(theme, page.render(t))
		if *update {
			writeFile(t, golden, got)
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s differs from %s at %q (go test -update rewrites it)", page.path, golden, firstDifference(got, string(want)))
		}
	}
}

func TestTheSampleSiteCanBeLookedAt(t *testing.T) {
	if *out == "" {
		return
	}
	theme := newTheme(t)
	for _, page := range samples(theme) {
		writeFile(t, filepath.Join(*out, page.path), page.render(t))
	}
	for _, file := range theme.Assets() {
		writeFile(t, filepath.Join(*out, file.Path), string(file.Data))
	}
}

func TestNoPageHasAnInlineScriptOrStyle(t *testing.T) {
	for _, page := range samples(newTheme(t)) {
		html := page.render(t)
		for _, forbidden := range []string{` style="`, "<style", "<script>", " onclick", "javascript:", "ZgotmplZ"} {
			if strings.Contains(html, forbidden) {
				t.Errorf("%s holds %q", page.path, forbidden)
			}
		}
		head := html[:strings.Index(html, "<meta charset")]
		if !strings.Contains(head, `<head>`+"\n"+`<meta http-equiv="Content-Security-Policy"`) {
			t.Errorf("%s: the policy is not the first in the head", page.path)
		}
	}
}

func TestTextsOfAuthorsAreEscaped(t *testing.T) {
	const hostile = `"><script>alert(1)</script>'&`
	frame := newTheme(t).Frame(render.Site{Lang: locale.Must("en"), Title: hostile, BaseURL: "https://example.org/"})
	var w bytes.Buffer
	page := render.Page{
		Head:     render.Head{Title: hostile, Description: hostile, Alternates: []render.Alternate{{Code: hostile, Name: hostile}, {Code: "de"}}},
		Contents: []render.Heading{{ID: hostile, Text: hostile}, {}, {}, {}},
	}
	if err := frame.Page(&w, &page); err != nil {
		t.Fatal(err)
	}
	fig := render.AppendFig(nil, render.Fig{ID: hostile, Option: hostile, Value: hostile, Text: hostile, Href: hostile, Spoken: hostile, Source: hostile, Status: hostile})
	for _, html := range []string{w.String(), string(fig)} {
		if strings.Contains(html, "<script>alert") || strings.Contains(html, `"">`) {
			t.Errorf("a text came out as markup:\n%s", html)
		}
	}
}

func TestThePageDoesNotDependOnWhatWasRenderedBefore(t *testing.T) {
	theme := newTheme(t)
	first := map[string]string{}
	for _, page := range samples(theme) {
		first[page.path] = page.render(t)
	}
	pages := samples(newTheme(t))
	slices.Reverse(pages)
	for _, page := range pages {
		if page.render(t) != first[page.path] {
			t.Errorf("%s differs when other pages were rendered before it", page.path)
		}
	}
}

func TestAddressesAreRelative(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"", "", "./"},
		{"", "visits/", "visits/"},
		{"", "#top", "./#top"},
		{"visits/", "", "../"},
		{"de/visits/", "de/figures/#visits.total", "../../de/figures/#visits.total"},
		{"de/visits/", "https://example.org/", "https://example.org/"},
		{"de/visits/", "mailto:a@example.org", "mailto:a@example.org"},
	} {
		if got := render.Rel(c.from, c.to); got != c.want {
			t.Errorf("Rel(%q, %q) = %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestSizesAreWrittenForPeople(t *testing.T) {
	de := locale.Must("de")
	for bytes, want := range map[int]string{312: "312\u00a0B", 1249: "1,2\u00a0kB", 345_600: "346\u00a0kB", 2_500_000: "2,5\u00a0MB"} {
		if got := render.Size(de, bytes); got != want {
			t.Errorf("Size(%d) = %q, want %q", bytes, got, want)
		}
	}
}

// BenchmarkFrame is what a page costs around its text: one of ten thousand, and
// one with everything that a page can have.
func BenchmarkFrame(b *testing.B) {
	theme, err := render.New(layouts.FS, static.FS, render.Own{}, new(diag.List))
	if err != nil {
		b.Fatal(err)
	}
	frame := theme.Frame(siteEN())
	full := visitsEN(frame, "text")
	full.Path = "articles/visits/"
	bare := &render.Page{Head: full.Head, Contents: full.Contents, Body: full.Body}
	bare.Crumbs = nil
	for name, page := range map[string]*render.Page{"bare": bare, "full": full} {
		b.Run(name, func(b *testing.B) {
			var w bytes.Buffer
			for b.Loop() {
				w.Reset()
				if err := frame.Page(&w, page); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkFigures is a page of all figures, for each figure.
func BenchmarkFigures(b *testing.B) {
	theme, err := render.New(layouts.FS, static.FS, render.Own{}, new(diag.List))
	if err != nil {
		b.Fatal(err)
	}
	frame, page := theme.Frame(siteEN()), figuresEN()
	group := &page.Groups[1]
	for len(group.Figures) < 300 {
		group.Figures = append(group.Figures, group.Figures[:4]...)
	}
	var w bytes.Buffer
	for b.Loop() {
		w.Reset()
		if err := frame.Figures(&w, page); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(group.Figures)), "µs/figure")
	b.ReportMetric(float64(w.Len()/len(group.Figures)), "B/figure")
}

func BenchmarkFig(b *testing.B) {
	var buf []byte
	for b.Loop() {
		buf = render.AppendFig(buf[:0], totalEN)
	}
}

func newTheme(t *testing.T) *render.Theme {
	t.Helper()
	theme, err := render.New(layouts.FS, static.FS, render.Own{}, new(diag.List))
	if err != nil {
		t.Fatal(err)
	}
	return theme
}

func withoutHashes(theme *render.Theme, html string) string {
	for _, file := range theme.Assets() {
		if parts := strings.Split(file.Path, "."); len(parts) == 3 {
			html = strings.ReplaceAll(html, file.Path, parts[0]+".HASH."+parts[2])
		}
	}
	return html
}

func firstDifference(got, want string) string {
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			return got[i:min(i+60, len(got))]
		}
	}
	return "the end"
}

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// What people copy must survive quotes and brackets in a title.
func TestEmbedCodeIsHTMLOfItsOwn(t *testing.T) {
	v := chartPageEN()
	v.Title = `"A" <b> & more`
	var w bytes.Buffer
	if err := newTheme(t).Frame(siteEN()).ChartPage(&w, v); err != nil {
		t.Fatal(err)
	}
	page := w.String()
	want := `&lt;iframe src=&#34;https://example.org/library/charts/visits-by-place/embed/&#34; title=&#34;&amp;#34;A&amp;#34; &amp;lt;b&amp;gt; &amp;amp; more&#34;`
	if !strings.Contains(page, want) {
		t.Errorf("the page holds no %s", want)
	}
}
