package prose

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/locale"

	"github.com/rogpeppe/go-internal/txtar"
)

// Whatever a page holds: it is read and written, its HTML is closed and runs
// nothing, and whatever is said about it or done to it lies inside it.
func FuzzParse(f *testing.F) {
	p := readContent(f)
	for _, name := range p.pages() {
		f.Add(p[name], strings.Contains(name, "/de/"))
	}
	cases, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range cases {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(text).Files {
			if !strings.HasPrefix(file.Name, "out ") {
				f.Add(string(file.Data), strings.HasPrefix(file.Name, "de"))
			}
		}
	}
	for _, seed := range []string{
		"[a[b](fig:sessions)](fig:people)", "![alt [416,374](fig:sessions)](x.png)", "[x]: fig:sessions\n\n[x] [y][x] <fig:sessions>", "a[^1]\n\n[^1]: b[^2]\n[^2]: [7,594](fig:schemes)[^1]",
		"```chart\nid: a\ntype: bar\nfigures: [sessions, people]\ntitle: [1](fig:none) x\n\n- [416,374](fig:sessions)\n```", "> [!NOTE]\n> `[x](fig:y)`", "| a |\n|--:|\n| [10 %](fig:schemes.course-based?share) |",
		"---\ntitle: '416,374 ''sessions'''\ndescription: \"\\u0034 195,182\"\n---\n## 416,374 {#x .y}\n", "[\\](fig:sessions)", "[text](lang:de \"t\") [b](fig:sessions \"title\") [c](<fig:sessions>)", "\ufeff---\r\ntitle: a\r\n---\r\n[1](fig:none)\r\n",
	} {
		f.Add(seed, false)
	}
	set := figures(f)
	f.Fuzz(func(t *testing.T, page string, german bool) {
		if len(page) > 20_000 || !utf8.ValidString(page) {
			return // source refuses what is not UTF-8
		}
		code := "en"
		if german {
			code = "de"
		}
		c := &Context{Figures: set, Lang: locale.Must(code)}
		html, problems := read(c, "page.md", page)
		if open := unclosed(html); open != "" {
			t.Fatalf("%q: %s in\n%s", page, open, html)
		}
		for _, d := range problems {
			if outsideOf(page, d.Place) || d.Text.In("de") == "" || strings.Contains(d.Text.In("en")+d.Text.In("de"), "%!") {
				t.Fatalf("%q: %+v: %s", page, d.Place, d.Text.In("en"))
			}
			for _, e := range d.Edits {
				if e.Start < 0 || e.End() > len(page) || page[e.Start:e.End()] != e.Old {
					t.Fatalf("%q: %+v", page, e)
				}
			}
		}
		fixTwice(t, c, page, problems)
		note(t, c, page)
	})
}

// note reads the same text as a note of a figure.
func note(t *testing.T, c *Context, words string) {
	at := func(start, end int) diag.Place {
		if start < 0 || end < start || end > len(words) {
			t.Fatalf("%q: %d to %d", words, start, end)
		}
		return diag.At("note", []byte(words), start, end)
	}
	html := Passage(c, PassageText{words, at, nil}, &diag.List{}, Setting{})
	if open := unclosed(string(html)); open != "" {
		t.Fatalf("%q: %s in\n%s", words, open, html)
	}
}

// fixTwice proves that "bilanz fix" comes to an end: what it wrote it leaves alone.
func fixTwice(t *testing.T, c *Context, page string, problems []diag.Diagnostic) {
	for range 5 {
		with := fixed(page, "page.md", sortedEdits(problems))
		if with == page {
			return
		}
		page = with
		_, problems = read(c, "page.md", page)
	}
	t.Fatalf("fix goes on and on: %q", page)
}

// sortedEdits gives diagnostics that come with edits but for those about bare
// numbers, in the order of the edits.
func sortedEdits(problems []diag.Diagnostic) []diag.Diagnostic {
	var with []diag.Diagnostic
	for _, d := range problems {
		if len(d.Edits) > 0 && d.Code != "number-bare" {
			with = append(with, d)
		}
	}
	slices.SortFunc(with, func(a, b diag.Diagnostic) int { return a.Edits[0].Start - b.Edits[0].Start })
	return with
}

func outsideOf(page string, p diag.Place) bool {
	lines := strings.Split(page, "\n")
	if p.Line < 1 || p.Line > len(lines) || p.Col < 1 || p.Width < 0 {
		return p.Line != 0 || p.Path == ""
	}
	return p.Col+p.Width > utf8.RuneCountInString(lines[p.Line-1])+2
}

var tag = regexp.MustCompile(`<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[-a-zA-Z]+(?:="[^"]*")?)*)\s*/?>|<[/!?a-zA-Z]`)

var quotedValue = regexp.MustCompile(`"[^"]*"`)

// unclosed finds what is wrong with the tags of finished HTML.
func unclosed(html string) string {
	var open []string
	for _, m := range tag.FindAllStringSubmatch(html, -1) {
		name := m[2]
		switch {
		case name == "":
			return "no tag: " + m[0]
		case name == "script" || name == "style" || name == "iframe" || strings.Contains(quotedValue.ReplaceAllString(m[3], ""), " on"):
			return "not allowed: " + m[0]
		case slices.Contains([]string{"br", "img", "hr", "input"}, name):
		case m[1] == "":
			open = append(open, name)
		case len(open) == 0 || open[len(open)-1] != name:
			return "closed without being open: " + m[0]
		default:
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		return "never closed: " + open[len(open)-1]
	}
	return ""
}
