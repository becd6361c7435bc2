package audit

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected output of the cases")

// A case holds the pages of a site, each named by its path. "NotFound", "Embed"
// or "Redirect" before a name says what kind it is; POLICY stands for the
// policy. It ends with all that the pages gave, in English, then in German.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			pages := archive.Files
			for i, f := range pages {
				if f.Name == "en" {
					pages = pages[:i]
					break
				}
			}
			var out []txtar.File
			for _, lang := range []string{"en", "de"} {
				out = append(out, txtar.File{Name: lang, Data: printed(pages, lang)})
			}
			out = append(out, txtar.File{Name: "found", Data: found(pages)})
			got := &txtar.Archive{Comment: archive.Comment, Files: append(pages[:len(pages):len(pages)], out...)}
			if *update {
				if err := os.WriteFile(file, txtar.Format(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := txtar.Format(archive); !bytes.Equal(want, txtar.Format(got)) {
				t.Errorf("want\n%s\ngot\n%s", want, txtar.Format(got))
			}
		})
	}
}

func audited(f txtar.File) (path string, page []byte, r Report) {
	path, o := f.Name, Options{Base: "/repo/"}
	if kind, rest, ok := strings.Cut(f.Name, " "); ok {
		path = rest
		o.Kind = map[string]Kind{"NotFound": NotFound, "Embed": Embed, "Redirect": Redirect}[kind]
	}
	page = bytes.ReplaceAll(f.Data, []byte("POLICY"), []byte(Policy))
	return path, page, Page(path, page, o)
}

func printed(pages []txtar.File, lang string) []byte {
	var ds []diag.Diagnostic
	for _, f := range pages {
		path, page, r := audited(f)
		for _, p := range r.Problems {
			ds = append(ds, diag.Diagnostic{
				Code: p.Code, Text: p.Text, Ways: []diag.Text{p.Way},
				Place: diag.At(path, page, p.Offset, p.End),
			})
		}
	}
	var b bytes.Buffer
	diag.WriteText(&b, ds, diag.TextOptions{Lang: lang, All: true})
	return b.Bytes()
}

func found(pages []txtar.File) []byte {
	var b bytes.Buffer
	for _, f := range pages {
		_, _, r := audited(f)
		var all []string
		for _, to := range r.Targets {
			if to.ID != "" {
				to.Path += "#" + to.ID
			}
			all = append(all, to.Path)
		}
		fmt.Fprintf(&b, "%s needs %q\n", f.Name, all)
	}
	return b.Bytes()
}

// Every code that the source names is shown with its whole text in a case.
func TestEveryCodeHasACase(t *testing.T) {
	source, err := os.ReadFile("message.go")
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("testdata/*.txtar")
	var cases []byte
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		cases = append(cases, data...)
	}
	for _, code := range regexp.MustCompile(`problem\("([a-z-]+)"`).FindAllSubmatch(source, -1) {
		if !bytes.Contains(cases, fmt.Appendf(nil, "[%s]", code[1])) {
			t.Errorf("no case shows %s", code[1])
		}
	}
}

// The state of one page must not leak into the next.
func TestSameReportWhateverWasReadBefore(t *testing.T) {
	good := page(`<p id="a"><a href="#a">x</a></p>`)
	first := Page("a/index.html", good, Options{})
	Page("b/index.html", []byte(`<svg><a href="x"><table><th id=q><h3>`), Options{Kind: NotFound, Base: "/"})
	if again := Page("a/index.html", good, Options{}); !reflect.DeepEqual(first, again) {
		t.Errorf("first %+v\nagain %+v", first, again)
	}
}

// page wraps a body in all that a page must have.
func page(body string) []byte {
	return []byte(`<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="` + Policy +
		`"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>T</title>` +
		`<meta name="description" content="D"></head><body><main><h1>H</h1>` + body + `</main></body></html>`)
}

func FuzzPage(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, a := range archive.Files {
			f.Add(a.Name, a.Data, 0)
		}
	}
	f.Add("a/b/index.html", page(`<svg role="img"><title>x</title><path/></svg>`), 2)
	f.Fuzz(func(t *testing.T, path string, html []byte, kind int) {
		if !fs.ValidPath(path) {
			return
		}
		before := bytes.Clone(html)
		o := Options{Kind: Kind(kind & 3), Base: "/repo/"}
		r := Page(path, html, o)
		if !bytes.Equal(before, html) {
			t.Fatal("the page was changed")
		}
		last := 0
		for _, p := range r.Problems {
			if p.Offset < last || p.End < p.Offset || p.End > len(html) {
				t.Fatalf("%s at %d to %d of %d, after %d", p.Code, p.Offset, p.End, len(html), last)
			}
			last = p.Offset
			for _, lang := range []string{"en", "de"} {
				if text := p.Text.In(lang) + p.Way.In(lang); strings.Contains(text, "%!") {
					t.Fatal(text)
				}
			}
		}
		for _, to := range r.Targets {
			if strings.HasPrefix(to.Path, "../") {
				t.Fatalf("%q leads out of the site", to)
			}
		}
		if again := Page(path, html, o); !slices.Equal(r.Targets, again.Targets) || len(r.Problems) != len(again.Problems) {
			t.Fatal("a second reading differs")
		}
	})
}

// A page of about 600 words, as in the bench.
func BenchmarkPage(b *testing.B) {
	var body strings.Builder
	for i := range 12 {
		fmt.Fprintf(&body, `<h2 id="s%d">Section %d</h2><p>%s<a class="fig-link" href="../figures/#f%d" aria-label="1,234 visits"><data class="fig" data-figure="f%d" value="1234">1,234</data></a> <em>and</em> more.</p><ul><li>one</li><li>two</li></ul>`,
			i, i, strings.Repeat("The libraries counted their visits again. ", 8), i, i)
	}
	body.WriteString(`<table><caption>C</caption><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>`)
	html := page(body.String())
	b.SetBytes(int64(len(html)))
	b.ReportAllocs()
	for b.Loop() {
		if r := Page("p/index.html", html, Options{}); len(r.Problems) > 0 {
			b.Fatal(r.Problems[0].Text.In("en"))
		}
	}
}

// The way of an address is walked by hand; it must lead where package path says.
func FuzzJoin(f *testing.F) {
	for _, address := range []string{"../figures/", "../../x", "..", "a/../b", "a//b", ".", "./", "x/..", "../", "..//", "a/.b"} {
		f.Add("de/visits/index.html", address)
	}
	f.Fuzz(func(t *testing.T, page, address string) {
		if !fs.ValidPath(page) || page == "." || address == "" || address[0] == '/' {
			return
		}
		a := auditor{path: page}
		if !a.join([]byte(address)) {
			return
		}
		want := path.Join("/", path.Dir(page), address)
		if want != "/" && namesFolder([]byte(address)) {
			want += "/"
		}
		if got := "/" + string(a.text); got != want {
			t.Errorf("from %q, %q leads to %q, want %q", page, address, got, want)
		}
	})
}
