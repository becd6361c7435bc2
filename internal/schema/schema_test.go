package schema

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"bilanz/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the expected output of the cases")

// caseKeys is the table that all cases are read by.
var caseKeys = Keys{
	{Name: "title", Kind: Line},
	{Name: "description", PlainLine: true},
	{Name: "value", Kind: Text},
	{Name: "status", Kind: Text, Values: []string{"final", "provisional"}},
	{Name: "label", Kind: Texts},
	{Name: "on", Kind: Bool},
	{Name: "order", Kind: Any},
	{Name: "figures", Kind: List},
	{Name: "nav", Kind: Mapping, Keys: Keys{{Name: "order"}, {Name: "section"}}},
}

// Each case holds a file "in" (its comment says what it is about) and what is
// said and read: diagnostics in English and in German, then every value with its place.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := readCase(section(archive, "in"))
			want := section(archive, "out")
			if *update {
				archive.Files = []txtar.File{{Name: "in", Data: section(archive, "in")}, {Name: "out", Data: got}}
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if string(got) != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func section(a *txtar.Archive, name string) []byte {
	for _, f := range a.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

// readCase reads a case as YAML and by the table of keys. \r, \t and \u{feff}
// are written out in the file, since editors hide or mend them.
func readCase(in []byte) []byte {
	text := strings.NewReplacer("␍", "\r", "␉", "\t", "␁", "\x01", "⟨BOM⟩", "\ufeff", "⟨FF⟩", "\xff").Replace(string(in))
	f := File{Path: "content/in.yaml", Text: []byte(text)}
	var list diag.List
	var out strings.Builder
	root, ok := Parse(f, 0, len(f.Text), &list, caseKeys...)
	if ok {
		readFields(root, &list)
	}
	for _, lang := range []string{"en", "de"} {
		if err := diag.WriteText(&out, list.Sorted(), diag.TextOptions{Lang: lang, All: true}); err != nil {
			panic(err)
		}
	}
	if ok {
		dump(&out, root, "")
	}
	return []byte(out.String())
}

func readFields(root *Node, list *diag.List) {
	fields, _ := root.Fields(caseKeys, list)
	if n := fields.Get("label"); n != nil {
		n.Texts([]string{"en", "de"}, list)
	}
	if n := fields.Get("nav"); n != nil {
		n.Fields(Keys{{Name: "order"}, {Name: "section", Required: true}}, list)
	}
	if n := fields.Get("order"); n != nil {
		n.Int(list)
	}
}

func dump(out *strings.Builder, n *Node, path string) {
	start, end := n.Span()
	source := strings.NewReplacer("\r", "␍", "\n", "⏎").Replace(string(n.file.Text[start:end]))
	switch {
	case n.IsScalar():
		fmt.Fprintf(out, "%s = %q at %s %s\n", path, n.text, n.Place(), source)
	case n.IsEmpty():
		fmt.Fprintf(out, "%s is empty at %s\n", path, n.Place())
	case n.shape == sequence:
		fmt.Fprintf(out, "%s is a list at %s %s\n", path, n.Place(), source)
		for i, item := range n.Items() {
			dump(out, item, fmt.Sprintf("%s[%d]", path, i))
		}
	default:
		if path != "" {
			fmt.Fprintf(out, "%s has keys at %s %s\n", path, n.Place(), source)
		}
		for _, e := range n.Entries() {
			dump(out, e.Value, strings.TrimPrefix(path+"."+e.Key, "."))
		}
	}
}

// Every word of a text must be found where it stands in the file, whatever the
// style; the places of spaces may be those of the fold.
func FuzzPlaces(f *testing.F) {
	f.Add("a: b\nc: >-\n  one\n  two\n\n  three\n")
	f.Add("a: 'it''s'\nb: \"x\\u00e4\\n\\\\y \\\n  z\"\n")
	f.Add("a: x\n  y\n  z\ntitle: [1](fig:x) # \"no\" comment\n")
	f.Add("a: {b: [c, d], e: 171,905}\n")
	f.Add("\ufeffä: |2\n   x\n  y\r\nb: ö # c\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		file := File{Path: "f", Text: []byte(text)}
		var list diag.List
		root, ok := Parse(file, 0, len(file.Text), &list, caseKeys...)
		if !ok {
			if list.Errors() == 0 {
				t.Fatal("nothing was read and nothing said")
			}
			return
		}
		readFields(root, &list)
		checkPlaces(t, file, root)
	})
}

func checkPlaces(t *testing.T, f File, n *Node) {
	start, end := n.Span()
	if start < 0 || end < start || end > len(f.Text) {
		t.Fatalf("%q: span %d to %d", n.text, start, end)
	}
	if n.IsScalar() && n.style != doubleStyle {
		for i := range len(n.text) {
			if isBlank(n.text[i]) {
				continue
			}
			if from, to := n.TextSpan(i, i+1); from < start || to > end || f.Text[from] != n.text[i] {
				t.Fatalf("byte %d of %q is said to stand at %d to %d, in %d to %d", i, n.text, from, to, start, end)
			}
		}
	}
	for _, item := range n.items {
		checkPlaces(t, f, item)
	}
	for _, e := range n.entries {
		checkPlaces(t, f, e.key)
		checkPlaces(t, f, e.value)
	}
}

// A text of plain lines must read as YAML reads it; a comment below makes it no
// text of plain lines alone.
func FuzzPlainLines(f *testing.F) {
	f.Add("title: A: b # c\ndescription: d\n")
	f.Add("\r\ntitle:\t'a' b \r\n  \nnote: [1](fig:x)")
	f.Add("title: a\ntitle: b\n")
	f.Add("\ntitle: ! \n")
	f.Fuzz(func(t *testing.T, text string) {
		read := func(text string) string {
			var list diag.List
			var out strings.Builder
			root, ok := Parse(File{Path: "f", Text: []byte(text)}, 0, len(text), &list, caseKeys...)
			if ok {
				dump(&out, root, "")
				fmt.Fprintln(&out, root.start, root.flow)
			}
			return fmt.Sprint(ok, list.Errors(), out.String())
		}
		p := &parser{file: NewSource(File{Path: "f", Text: []byte(text)}), end: len(text), text: []byte(text), list: &diag.List{}}
		if !p.readable(largest) || !p.takeLines(caseKeys) || p.plain() == nil {
			return
		}
		plain := read(text)
		if whole := read(text + "\n# comment\n"); plain != whole {
			t.Errorf("%q gives\n%s\nas YAML\n%s", text, plain, whole)
		}
	})
}

func TestAFileTooLargeIsRefused(t *testing.T) {
	var list diag.List
	text := []byte("a: 1\n" + strings.Repeat("# filler\n", largest/8))
	if _, ok := Parse(File{Path: "f", Text: text}, 0, len(text), &list); ok || list.Sorted()[0].Code != "file-too-large" {
		t.Error("read nevertheless")
	}
}

// Hostile texts of sixty thousand bytes must not cost more than a real file of that size;
// they once took the libraries minutes. No clock: a slow one hits the test's
// time limit.
func TestHostileTextsEndSoon(t *testing.T) {
	for _, piece := range []string{"[", "{", "- ", "? ", "{a: ", "a: ", "'", "\"", "&a ", "*a ", "!a ", "#\n", "\n", " ", "a\n", "[a],", "- a\n", "  - a\n", "a:\n", "|\n", "a: |\n ", "[a, ", "\t", "{x},", "%", "a: b\n", "- - a\n", "? a\n", "---\n", "x: [\n"} {
		for _, before := range []string{"", "a: [", "a: {", "a: \""} {
			text := []byte(before + strings.Repeat(piece, 60_000/len(piece)))
			Parse(File{Path: "f", Text: text}, 0, len(text), &diag.List{})
		}
	}
}
