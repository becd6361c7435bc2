package render

import (
	"bytes"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"bilanz/internal/colour"
	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/layouts"
	"bilanz/static"
)

func builtIn(t testing.TB) *Theme {
	t.Helper()
	var list diag.List
	theme, err := New(layouts.FS, static.FS, Own{}, &list)
	if err != nil || len(list.Sorted()) > 0 {
		t.Fatal(err, list.Sorted())
	}
	return theme
}

// A build does not try our own layouts: this test does, so that no mistake in them
// reaches a page.
func TestOurLayoutsCanBeFilledAndLackNothing(t *testing.T) {
	theme := builtIn(t)
	if err := theme.fillAll(); err != nil {
		t.Fatal(err)
	}
	frame := theme.Frame(fullSite(locale.Must("en")))
	for _, n := range needs {
		html := n.fill(frame)
		for _, what := range n.what {
			if !strings.Contains(html, fullOf(what)) {
				t.Errorf("%s leaves out %s", n.layout, what)
			}
		}
	}
	for _, name := range []string{"tint", "paper", "chart-5"} {
		if theme.Light()[name] == theme.Dark()[name] {
			t.Errorf("--%s is the same on light and on dark pages", name)
		}
	}
}

// What stands beside a highlighted mark can be seen on every ground, and told from it by
// its lightness alone.
func TestWhatIsNotHighlightedCanBeSeen(t *testing.T) {
	theme := own(t)
	for name, tokens := range map[string]Tokens{"light": theme.Light(), "dark": theme.Dark()} {
		if got := colour.Contrast(tokens[restToken], tokens["paper"]); got < 3 {
			t.Errorf("%s: on paper %.2f", name, got)
		}
		if got := colour.Contrast(tokens[restToken], tokens["chart-1"]); got < 2 {
			t.Errorf("%s: beside the highlighted %.2f", name, got)
		}
	}
	if got := theme.Palette().Rest; got != theme.Light()[restToken] {
		t.Error(got)
	}
}

// A project's own tokens that are older than some of ours get those, which stay when the
// theme is dressed. What theirs set is theirs alone.
func TestOwnTokensGetWhatTheyLack(t *testing.T) {
	text, err := fs.ReadFile(static.FS, tokensFile)
	if err != nil {
		t.Fatal(err)
	}
	older := regexp.MustCompile(`(?m)^.*--(chart-rest|space-8|edge):.*\n`).ReplaceAll(text, nil)
	var list diag.List
	theme, err := New(layouts.FS, static.FS, Own{Static: []File{{"static/" + tokensFile, older}}}, &list)
	if err != nil || len(list.Sorted()) > 0 {
		t.Fatal(err, list.Sorted())
	}
	if light, dark := theme.Palette().Rest.String(), theme.dark[restToken].String(); light+dark != "#7f8b97#74808c" {
		t.Error(light, dark)
	}
	accent := theme.Palette().Rest
	theme.Dress(Look{Accents: &Accents{Light: accent, Dark: accent}})
	site := ""
	for _, f := range theme.Assets() {
		if strings.Contains(f.Path, "site.") && strings.HasSuffix(f.Path, ".css") {
			site = string(f.Data)
		}
	}
	const lacked = ":root {\n  --edge: #6f7b87;\n  --chart-rest: #7f8b97;\n  --space-8: 1rem;\n}\n\n" +
		"@media screen and (prefers-color-scheme: dark) {\n  :root {\n" +
		"    --edge: #8592a0;\n    --chart-rest: #74808c;\n  }\n}\n"
	if !strings.Contains(site, lacked) || !strings.Contains(site, "--accent: #7f8b97") {
		t.Error("the style sheet lacks what was lacking, or the accent")
	}
	if strings.Count(site, "--space-4: .5rem") != 1 {
		t.Error("what the own file sets is there twice")
	}
}

// own is the theme in which layouts of ours count as a project's, so that nothing is
// filled in pieces.
func own(t testing.TB, names ...string) *Theme {
	t.Helper()
	var files Own
	for _, name := range names {
		text, err := fs.ReadFile(layouts.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		files.Layouts = append(files.Layouts, File{"layouts/" + name, append(text, "{{/* changed */}}"...)})
	}
	var list diag.List
	theme, err := New(layouts.FS, static.FS, files, &list)
	if err != nil || len(list.Sorted()) > 0 {
		t.Fatal(err, list.Sorted())
	}
	for _, name := range names {
		if !theme.isOwn(name) {
			t.Fatalf("%s does not count as the project's", name)
		}
	}
	return theme
}

func TestPiecesMakeWhatTheWholeLayoutMakes(t *testing.T) {
	bare, full := fullPage, fullPage
	bare.Contents, bare.Notices, bare.Crumbs, bare.Prev, bare.Next, bare.Plain = nil, nil, nil, Link{}, Link{}, true
	bare.Hero, bare.Lead, bare.Facts = "", nil, false
	pieces, whole := builtIn(t), own(t, pageLayout)
	for _, page := range []*Page{&bare, &full} {
		site := fullSite(locale.Must("de"))
		if a, b := into(pieces.Frame(site).Page, page), into(whole.Frame(site).Page, page); a != b {
			t.Errorf("in pieces\n%s\nwhole\n%s", a, b)
		}
	}
}

// A layout that knows no lead shows it all the same.
func TestAPageLayoutWithoutAPlaceForTheLeadHasItInTheBody(t *testing.T) {
	const page = `{{.Meta}}<h1>{{.View.Title}}</h1>{{.View.Body}}`
	for layout, want := range map[string]string{
		page:                        "<h1>fullTitle</h1><p>Lead</p><p>Body</p>",
		"{{.View.Lead}}<hr>" + page: "<h1>fullTitle</h1><p>Body</p>",
	} {
		var list diag.List
		own := Own{Layouts: []File{{"layouts/" + pageLayout, []byte(layout)}}}
		theme, err := New(layouts.FS, static.FS, own, &list)
		if err != nil || len(list.Sorted()) > 0 {
			t.Fatal(err, list.Sorted())
		}
		v := fullPage
		v.Lead, v.Body = []byte("<p>Lead</p>"), []byte("<p>Body</p>")
		if html := into(theme.Frame(fullSite(locale.Must("en"))).Page, &v); !strings.HasSuffix(html, want) {
			t.Errorf("%s makes\n%s", layout, html)
		}
	}
}

// Every entry comes out of the pieces as it does of the whole layout, whatever is
// missing, however long its lists are, and whatever signs its texts hold.
func TestEntriesInPiecesAreWholeEntries(t *testing.T) {
	pieces := builtIn(t).Frame(Site{Lang: locale.Must("en")}).here("../")
	whole := own(t, entryLayout).Frame(Site{Lang: locale.Must("en")}).here("../")
	signs := strings.NewReplacer("&#43;", "+") // which html/template escapes too
	for i, e := range entries() {
		a, err := pieces.Entry(e)
		if err != nil {
			t.Fatal(err)
		}
		b, err := whole.Entry(e)
		if err != nil {
			t.Fatal(err)
		}
		if string(a) != signs.Replace(string(b)) {
			t.Errorf("entry %d in pieces\n%s\nwhole\n%s", i, a, b)
		}
	}
	if n := len(pieces.frame.entries); n < 40 || n >= len(entries()) {
		t.Errorf("%d shapes of %d entries", n, len(entries()))
	}
}

func entries() []FigureEntry {
	var all []FigureEntry
	for i := range 64 {
		e := fullEntry
		e.ID, e.Label = fmt.Sprintf("visits.part-%d", i), `Visits & "loans" <at> Musterstadt's f-bb`
		e.Missing, e.Stock, e.Inferred, e.Settled = i&1 > 0, i&2 > 0, i&4 > 0, i&8 > 0
		e.Source = "Covid-19 register ~1"
		if i&16 > 0 {
			e.Unit, e.SourceDate, e.Formula, e.PartOf, e.PartsAre, e.MoreUses, e.Discrepancy = "", "", "", FigurePart{}, "", "", ""
		}
		if i&32 > 0 {
			e.Parts, e.Uses, e.Checks, e.Notes, e.Formerly = nil, nil, nil, nil, nil
		}
		for range i % 3 {
			e.Parts = append(e.Parts, FigurePart{"Part", "12", "#visits.a"})
			e.Uses = append(e.Uses, Link{Text: "Start", To: "de/visits/#x"})
		}
		all = append(all, e, e) // the second of the same shape
	}
	return all
}

func BenchmarkEntry(b *testing.B) {
	all := entries()
	for name, theme := range map[string]*Theme{"pieces": builtIn(b), "whole": own(b, entryLayout)} {
		here := theme.Frame(Site{Lang: locale.Must("en")}).here("../")
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if _, err := here.Entry(all[i%len(all)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A right-to-left language needs no second style sheet. What is listed here has no
// logical name, or is a place on a picture.
func TestStylesKnowNoLeftAndRight(t *testing.T) {
	excused := map[string]string{
		"vertical-align: top;":    "blocks run downwards in every language here",
		"vertical-align: bottom;": "the same",
		"left: 0;":                "of a picture whose script counts from its corner",
		"top: 0;":                 "the same",
		"@bottom-right {":         "a page of paper has the number of the page there",
		"@top-left {":             "and the title of the site there",
		"linear-gradient(var(--paper), var(--paper)) right / 1rem 100% no-repeat local,":         "places of backgrounds have no other names; :dir(rtl) follows",
		"linear-gradient(to left, var(--rule), transparent) right / 1rem 100% no-repeat scroll;": "the same",
		"linear-gradient(var(--paper), var(--paper)) left / 1rem 100% no-repeat local,":          "of right-to-left pages",
		"linear-gradient(to right, var(--rule), transparent) left / 1rem 100% no-repeat scroll;": "the same",
	}
	physical := regexp.MustCompile(`\b(left|right|top|bottom)\b`)
	comment := regexp.MustCompile(`(?s)/\*.*?\*/`)
	names, err := fs.Glob(static.FS, "css/*.css")
	if err != nil || len(names) < 5 {
		t.Fatal(err, names)
	}
	used := map[string]bool{}
	for _, name := range names {
		text, err := fs.ReadFile(static.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(comment.ReplaceAllString(string(text), "")) {
			line = strings.TrimSpace(line)
			used[line] = true
			if physical.MatchString(line) && excused[line] == "" {
				t.Errorf("%s: %q: say start and end", name, line)
			}
		}
	}
	for line := range excused {
		if !used[line] {
			t.Errorf("no style sheet holds %q any more", line)
		}
	}
}

func TestSheetsAreReadAsBrowsersReadThem(t *testing.T) {
	for css, want := range map[string]string{
		":root { --ink: #123; }": "ink=#123",
		":root{--ink:#123}":      "ink=#123",
		"/* { */ :root { /* a: b; */ --ink : #123 ; --rule:#456}": "ink=#123 rule=#456",
		"html { --ink: #123 }":                    "ink=#123",
		":root { --a: url(x;y); --ink: \"a;}\" }": "a=url(x;y) ink=\"a;}\"",
		"@media screen and (prefers-color-scheme: dark) {\n :root { --ink: #fff; } }": "ink=#fff dark",
		"@media(prefers-color-scheme:dark){:root{--ink:#fff}}":                        "ink=#fff dark",
		"@media print { :root { --ink: #000 } }":                                      "",
		"@media (forced-colors: active) { :root { --ink: CanvasText } }":              "",
		".a { --ink: #000 } :root .b { --ink: #111 }":                                 "",
		":root { color: var(--ink) }":                                                 "",
		":root { --ink: #123; ":                                                       "ink=#123 open 6",
		"a { content: \"\\\"}\" }":                                                    "",
		"a { /* never ends ":                                                          "open 4",
		"a { b: 'c }":                                                                 "open 7",
		"a { b: url(c ":                                                               "open 7",
		"\\":                                                                          "",
		"}}":                                                                          "",
	} {
		s := readSheet([]byte(css))
		var got []string
		for _, set := range s.tokens {
			text := set.name + "=" + css[set.value.start:set.value.end]
			if set.dark {
				text += " dark"
			}
			got = append(got, text)
		}
		if s.open >= 0 {
			got = append(got, fmt.Sprint("open ", s.open))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, want %q", css, strings.Join(got, " "), want)
		}
	}
}

func TestAnEmptyLayoutTakesThePlaceOfOurs(t *testing.T) {
	var list diag.List
	_, err := New(layouts.FS, static.FS, Own{Layouts: []File{{"layouts/headline.html", []byte("\n")}}}, &list)
	if err != nil {
		t.Fatal(err)
	}
	if problems := list.Sorted(); len(problems) != 2 || problems[0].Code != "layout-lacks" {
		t.Errorf("%+v", problems)
	}
	theme, err := New(layouts.FS, static.FS, Own{Layouts: []File{{"layouts/crumbs.html", []byte(`{{define "crumbs"}}{{end}}`)}}}, new(diag.List))
	if err != nil || theme.isOwn("crumbs.html") || !theme.isOwn("crumbs") {
		t.Error(err, theme.own)
	}
	if html := into(theme.Frame(fullSite(locale.Must("en"))).Page, &fullPage); strings.Contains(html, "breadcrumb") || !strings.Contains(html, "fullBody") {
		t.Errorf("the breadcrumbs are still there:\n%s", html)
	}
}

func FuzzSheet(f *testing.F) {
	f.Add([]byte(":root { --ink: #123 } /* x */ url('a') \"b\\"))
	f.Fuzz(func(t *testing.T, css []byte) {
		for _, set := range readSheet(css).tokens {
			if set.value.start > set.value.end || bytes.ContainsAny(css[set.value.start:set.value.end], ";") && !bytes.ContainsAny(css, `"'(\/`) {
				t.Errorf("%q is the value of a token", css[set.value.start:max(set.value.start, set.value.end)])
			}
		}
	})
}
