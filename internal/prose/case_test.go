package prose

import (
	"bytes"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/edit"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/schema"

	"github.com/rogpeppe/go-internal/txtar"
)

var (
	update = flag.Bool("update", false, "rewrite the expected output of the cases")
	long   = flag.Bool("long", false, "make every edit of a number in the real content, not a sample")
)

// TestCases reads pages with the figures of testdata/figures.yaml. A case is a
// txtar file; its comment says what it shows. A file "en" or "de" is the Markdown
// of a page; what comes out is its HTML, with numbers as {416,374}, then what is
// said about it in both languages, then the page as "bilanz fix --link" leaves it. A file
// "en.lines" or "de.lines" holds a sentence a line, each a page of its own; what
// comes out is each line with what is said about it, in short. A file "harmless"
// lists harmless phrases, "figures.yaml" holds figures of its own instead, and "table.csv" and
// "table.yaml" a table besides.
func TestCases(t *testing.T) {
	cases, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want := txtar.Format(archive)
			archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "out ") })
			var harmless []string
			set := figures(t, archive)
			for _, f := range slices.Clone(archive.Files) {
				switch f.Name {
				case "harmless":
					harmless = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
					continue
				case "figures.yaml", "table.yaml", "table.csv":
					continue
				}
				code, lines := strings.CutSuffix(f.Name, ".lines")
				c := &Context{Figures: set, Lang: locale.Must(code), Harmless: harmless}
				out := wholePage
				if lines {
					out = eachLine
				}
				archive.Files = append(archive.Files, txtar.File{Name: "out " + f.Name, Data: []byte(out(c, visible.Replace(string(f.Data))))})
			}
			got := txtar.Format(archive)
			switch {
			case bytes.Equal(got, want):
			case *update:
				if err := os.WriteFile(name, got, 0o644); err != nil {
					t.Fatal(err)
				}
			default:
				t.Errorf("got\n%s", got)
			}
		})
	}
}

// visible signs stand for those that editors hide or mend.
var visible = strings.NewReplacer("␍", "\r", "␉", "\t", "⟨BOM⟩", "\ufeff", "⍽", "\u00a0", "⟨thin⟩", "\u202f")

func hidden(text string) string {
	return strings.NewReplacer("\r", "␍", "\t", "␉", "\ufeff", "⟨BOM⟩", "\u00a0", "⍽", "\u202f", "⟨thin⟩").Replace(text)
}

// figures reads the figures of a case, or those of testdata/figures.yaml.
func figures(t testing.TB, archives ...*txtar.Archive) *figure.Set {
	t.Helper()
	text, err := os.ReadFile("testdata/figures.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var tables []schema.File
	for _, archive := range archives {
		for _, f := range archive.Files {
			switch {
			case f.Name == "figures.yaml":
				text = f.Data
			case strings.HasPrefix(f.Name, "table."):
				tables = append(tables, schema.File{Path: "content/figures/" + f.Name, Text: f.Data})
			}
		}
	}
	var list diag.List
	files := append(tables, schema.File{Path: "content/figures/figures.yaml", Text: text})
	both := []string{"en", "de"}
	set := figure.Load(files, figure.Options{Langs: both, Complete: both}, &list)
	if list.Errors() > 0 {
		t.Fatal(printed(list.Sorted(), "en"))
	}
	return set
}

func printed(ds []diag.Diagnostic, lang string) string {
	var out strings.Builder
	if err := diag.WriteText(&out, ds, diag.TextOptions{Lang: lang, All: true}); err != nil {
		panic(err)
	}
	return out.String()
}

// read parses a page and fills everything in, as a build does.
func read(c *Context, path, page string) (string, []diag.Diagnostic) {
	var list diag.List
	file := schema.File{Path: path, Text: []byte(page)}
	title := ""
	if beginsFront(file.Text) {
		front, _ := ReadFront(c, file, &list)
		title = "title: " + front.Title + "\n"
	}
	d := Parse(c, file, &list)
	var set Setting
	set = Setting{
		Cite: func(c *Cite) []byte { return []byte("{" + html.EscapeString(c.Text) + "}") },
		Note: func(note *figure.Footnote) []byte { return []byte("<i>" + note.ID + "</i>") },
		Block: func(b *Block, _ bool) []byte {
			return fmt.Appendf(nil, "<figure>%s: %s\n%s</figure>", b.Kind, html.EscapeString(b.Title), d.Summary(b, &set))
		},
	}
	var out bytes.Buffer
	w := &writer{Buffer: &out, set: &set, doc: d} // in one flow: rows_test.go has the rows
	w.node(d.root)
	w.footnotes()
	return title + out.String(), list.Sorted()
}

func wholePage(c *Context, page string) string {
	path := "content/" + c.Lang.Code + "/page.md"
	out, problems := read(c, path, page)
	out = hidden(out) + printed(problems, "en") + printed(problems, "de")
	if with := fixed(page, path, problems); with != page {
		out += "fixed:\n" + hidden(with)
	}
	return out
}

// fixed makes all edits that a page's problems come with.
func fixed(page, path string, problems []diag.Diagnostic) string {
	var edits []diag.Edit
	for _, d := range problems {
		edits = append(edits, d.Edits...)
	}
	with, _, err := edit.Apply([]byte(page), edits)
	if err != nil {
		panic(err)
	}
	return string(with)
}

func eachLine(c *Context, lines string) string {
	var out strings.Builder
	for line := range strings.Lines(lines) {
		out.WriteString(hidden(line))
		_, problems := read(c, "page.md", line)
		for _, d := range problems {
			severity := "warning"
			if d.Severity == diag.Error {
				severity = "error"
			}
			fmt.Fprintf(&out, "    %s at %d: %s [%s]\n", severity, d.Place.Col, hidden(d.Text.In("en")), d.Code)
		}
	}
	return out.String()
}
