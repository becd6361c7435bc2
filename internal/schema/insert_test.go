package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
)

// at finds the mapping at a path of keys and numbers.
func at(t *testing.T, root *Node, path string) *Node {
	t.Helper()
	n := root
	for _, step := range strings.FieldsFunc(path, func(r rune) bool { return r == '/' }) {
		var next *Node
		for i, item := range n.items {
			if step == fmt.Sprint(i) {
				next = item
			}
		}
		for _, e := range n.entries {
			if e.key.text == step {
				next = e.value
			}
		}
		if next == nil {
			t.Fatalf("there is no %s in %s", step, path)
		}
		n = next
	}
	return n
}

func TestAKeyIsInsertedWhereTheTableHasIt(t *testing.T) {
	keys := Keys{{Name: "a"}, {Name: "b"}, {Name: "c"}}
	for _, c := range []struct{ about, text, path, key, want string }{
		{"between", "a: 1\nc: 3\n", "", "b", "a: 1\nb: new\nc: 3\n"},
		{"in front", "b: 2\nc: 3\n", "", "a", "a: new\nb: 2\nc: 3\n"},
		{"behind all", "a: 1\nb: 2\n", "", "c", "a: 1\nb: 2\nc: new\n"},
		{"in another order", "c: 3\na: 1\n", "", "b", "c: 3\na: 1\nb: new\n"},
		{"behind the last of those before", "b: 2\na: 1\n", "", "c", "b: 2\na: 1\nc: new\n"},
		{"beside unknown keys", "x: 1\ny: 2\n", "", "b", "b: new\nx: 1\ny: 2\n"},
		{"no line end", "a: 1", "", "b", "a: 1\nb: new"},
		{"no line end, CRLF", "x: 0\r\na: 1", "", "b", "x: 0\r\na: 1\r\nb: new"},
		{"CRLF", "a: 1\r\nc: 3\r\n", "", "b", "a: 1\r\nb: new\r\nc: 3\r\n"},
		{"CRLF in front", "b: 1\r\n", "", "a", "a: new\r\nb: 1\r\n"},
		{"byte order mark", "\ufeffb: 1\n", "", "a", "\ufeffa: new\nb: 1\n"},
		{"byte order mark, behind", "\ufeffa: 1\n", "", "b", "\ufeffa: 1\nb: new\n"},
		{"a comment behind the value", "a: 1 # one\nc: 3\n", "", "b", "a: 1 # one\nb: new\nc: 3\n"},
		{"a comment of the next key", "a: 1\n# three\nc: 3\n", "", "b", "a: 1\nb: new\n# three\nc: 3\n"},
		{"a comment of the last value", "a:\n  x: 1\n  # y: 2\nc: 3\n", "", "b", "a:\n  x: 1\n  # y: 2\nb: new\nc: 3\n"},
		{"a comment in front", "# file\nb: 1\n", "", "a", "# file\na: new\nb: 1\n"},
		{"nested", "x:\n  a: 1\n  c: 3\ny: 2\n", "x", "b", "x:\n  a: 1\n  b: new\n  c: 3\ny: 2\n"},
		{"nested deeper, at the end", "x:\n    y:\n        a: 1\nz: 2\n", "x/y", "b", "x:\n    y:\n        a: 1\n        b: new\nz: 2\n"},
		{"behind a nested one", "a:\n  x: {y: 1}\nz: 2\n", "", "b", "a:\n  x: {y: 1}\nb: new\nz: 2\n"},
		{"behind a list", "a:\n- 1\n- 2\nz: 2\n", "", "b", "a:\n- 1\n- 2\nb: new\nz: 2\n"},
		{"in a list", "x:\n  - a: 1\n    c: 2\n  - a: 2\n", "x/0", "b", "x:\n  - a: 1\n    b: new\n    c: 2\n  - a: 2\n"},
		{"in front in a list", "x:\n  - c: 2\n", "x/0", "b", "x:\n  - b: new\n    c: 2\n"},
		{"in a list in a list", "- - c: 2\n", "0/0", "b", "- - b: new\n    c: 2\n"},
		{"behind text over several lines", "a: one\n  two\nc: 3\n", "", "b", "a: one\n  two\nb: new\nc: 3\n"},
		{"behind quotes over several lines", "a: \"one\n  two\"\nc: 3\n", "", "b", "a: \"one\n  two\"\nb: new\nc: 3\n"},
		{"behind a block of text", "a: |\n  one # two\n\n  three\n\nc: 3\n", "", "b", "a: |\n  one # two\n\n  three\nb: new\n\nc: 3\n"},
		{"behind an empty block of text", "x:\n  a: |\nc: 3\n", "x", "b", "x:\n  a: |\n  b: new\nc: 3\n"},
		{"behind a key without value", "a:\nc: 3\n", "", "b", "a:\nb: new\nc: 3\n"},
		{"behind an empty item", "a:\n  -\nc: 3\n", "", "b", "a:\n  -\nb: new\nc: 3\n"},
		{"brackets", "x: {a: 1, c: 3}\n", "x", "b", "x: {a: 1, b: new, c: 3}\n"},
		{"brackets, in front", "x: {b: 1}\n", "x", "a", "x: {a: new, b: 1}\n"},
		{"brackets, at the end", "x: {a: 1}  # one\n", "x", "c", "x: {a: 1, c: new}  # one\n"},
		{"brackets, a comma at the end", "x: {a: 1,}\n", "x", "c", "x: {a: 1, c: new,}\n"},
		{"brackets, behind quotes", "x: {a: 'it''s', c: 3}\n", "x", "b", "x: {a: 'it''s', b: new, c: 3}\n"},
		{"brackets in brackets", "x: {a: {y: 1}, c: [1, 2]}\n", "x", "b", "x: {a: {y: 1}, b: new, c: [1, 2]}\n"},
		{"brackets over lines", "x: {\n  a: 1, # one\n  c: 3\n}\n", "x", "b", "x: {\n  a: 1, b: new, # one\n  c: 3\n}\n"},
		{"brackets, a key alone", "x: {a, c: 3}\n", "x", "b", "x: {a, b: new, c: 3}\n"},
		{"brackets, a key without value", "x: {a: , c: 3}\n", "x", "b", "x: {a:, b: new , c: 3}\n"},
		{"empty brackets", "x: {}\n", "x", "b", "x: {b: new}\n"},
		{"empty brackets, spaces", "x: {  }\n", "x", "b", "x: {b: new  }\n"},
		{"no value", "x:\ny: 1\n", "x", "b", "x: {b: new}\ny: 1\n"},
		{"no value, a comment", "x: # later\ny: 1\n", "x", "b", "x: {b: new} # later\ny: 1\n"},
		{"no value, in brackets", "{x, y: 1}\n", "x", "b", "{x: {b: new}, y: 1}\n"},
		{"nothing at all", "", "", "b", "b: new\n"},
		{"comments alone", "# nothing yet\n", "", "b", "# nothing yet\nb: new\n"},
		{"comments alone, no line end", "# nothing yet", "", "b", "# nothing yet\nb: new\n"},
		{"comments alone, CRLF", "\ufeff# nothing yet\r\n", "", "b", "\ufeff# nothing yet\r\nb: new\r\n"},
		{"indented as a whole", "  a: 1\n  c: 3\n", "", "b", "  a: 1\n  b: new\n  c: 3\n"},
		{"letters outside of ASCII", "größe: {a: ä, c: ö}\n", "größe", "b", "größe: {a: ä, b: new, c: ö}\n"},
		{"it is there already", "a: 1\n", "", "a", ""},
		{"a text", "x: 1\n", "x", "a", ""},
		{"a list", "x: [a]\n", "x", "a", ""},
		{"a pair without brackets of its own", "x: [a: 1]\n", "x/0", "b", ""},
		{"behind a pair without brackets of its own", "a: [x: 1]\nc: [3]\n", "", "b", "a: [x: 1]\nb: new\nc: [3]\n"},
		{"an item without value", "x:\n  -\n", "x/0", "a", ""},
		{"keys with question marks", "? a\n: 1\n", "", "b", ""},
	} {
		var list diag.List
		root, ok := Parse(File{Path: "x.yaml", Text: []byte(c.text)}, 0, len(c.text), &list)
		if !ok {
			t.Fatalf("%s: %v", c.about, list.Sorted())
		}
		e, ok := at(t, root, c.path).Insert(keys, c.key, "new")
		if !ok {
			if c.want != "" {
				t.Errorf("%s: not inserted", c.about)
			}
			continue
		}
		got := c.text[:e.Start] + e.New + c.text[e.End():]
		if got != c.want || c.text[e.Start:e.End()] != e.Old {
			t.Errorf("%s: %q, want %q", c.about, got, c.want)
		}
	}
}

// The head of a page and a block on it are YAML too.
func TestAKeyIsInsertedOnAPage(t *testing.T) {
	for _, c := range [][2]string{
		{"---\n---\ntext\n", "---\nb: new\n---\ntext\n"},
		{"---\r\n# c\r\n---\r\n", "---\r\nb: new\r\n# c\r\n---\r\n"},
		{"---\na: 1\n---\nb: text\n", "---\na: 1\nb: new\n---\nb: text\n"},
	} {
		start := strings.IndexByte(c[0], '\n') + 1
		end := start + strings.Index(c[0][start:], "---")
		root, ok := Parse(File{Path: "x.md", Text: []byte(c[0])}, start, end, nil)
		if !ok {
			t.Fatal(c[0])
		}
		e, ok := root.Insert(Keys{{Name: "a"}, {Name: "b"}}, "b", "new")
		if got := c[0][:e.Start] + e.New + c[0][e.End():]; !ok || got != c[1] {
			t.Errorf("%q becomes %q, want %q", c[0], got, c[1])
		}
	}
}

func TestATextIsInsertedAsYAMLReadsIt(t *testing.T) {
	for text, want := range map[string]string{
		"318462": "318462", "-36": "-36", "0.5": "0.5", "year-2024": "year-2024", "a selection": "a selection",
		"Größe": "Größe", "2024-12-31": "2024-12-31",
		"":   `""`,
		"a ": `"a "`, " a": `" a"`, "a: b": `"a: b"`, "a #b": `"a #b"`, "318,462": `"318,462"`, "- a": `"- a"`, "-": `"-"`, "a\nb": `"a\nb"`,
		`"a" \b`: `"\"a\" \\b"`, "it's": `"it's"`, "x\ty": `"x\ty"`, "[x]": `"[x]"`, "*a": `"*a"`, "---": `"---"`,
	} {
		if got := scalarFor(text); got != want {
			t.Errorf("%q is written %s, want %s", text, got, want)
		}
	}
}

// dumped lists every value of a tree with its path.
func dumped(n *Node, path string, into *[]string) {
	*into = append(*into, fmt.Sprintf("%s %d %q", path, n.shape, n.text))
	for i, item := range n.items {
		dumped(item, fmt.Sprintf("%s/%d", path, i), into)
	}
	for _, e := range n.entries {
		dumped(e.value, path+"/"+e.key.text, into)
	}
}

// mappings lists every mapping of a tree, and what has no value, with its path.
func mappings(n *Node, path string, into map[string]*Node) {
	if n.shape == mapping || n.shape == nothing {
		into[path] = n
	}
	for i, item := range n.items {
		mappings(item, fmt.Sprintf("%s/%d", path, i), into)
	}
	for _, e := range n.entries {
		mappings(e.value, path+"/"+e.key.text, into)
	}
}

// Whatever the file, and wherever the key goes: it is read back with its text, every
// other value stays, and so does every other byte.
func FuzzInsert(f *testing.F) {
	for _, seed := range []string{
		"a: 1\nc: 3\n", "x:\n  - a: 1 # c\n    b: {c: 1, d: [1, {e: }]}\n  # d\ny: |\n  t\n\nz: >-\n  a\n  b\n",
		"{a, b: , c: {}}", "# c", "", "\ufeffa: \"x\\\n  y\"\r\nb: 'it''s'",
		"a:\n- - b: 1\n  - c\n-\n", "? a\n: b\n", "a: |\n\nb:\n  c: >\n", "  a: 1",
		"a: {b: 1,\n  c: 2 # d\n  , e: 3 }", "\"a\": 1\n'b' : 2\nc :\n", "a: x\n   y # z\n\n\n", "---\na: 1\n...\n",
		"a:\tb\n-\tc: 1", "[{a: 1}]",
	} {
		f.Add(seed, "new", byte(1))
		f.Add(seed, "a: \"b\" #c\\", byte(0xff))
	}
	f.Fuzz(func(t *testing.T, text, value string, known byte) {
		if len(text) > 500 || strings.Contains(text, "zz") || !isText(value) {
			return
		}
		var list diag.List
		root, ok := Parse(File{Path: "x.yaml", Text: []byte(text)}, 0, len(text), &list)
		if !ok || list.Errors() > 0 {
			return
		}
		var before []string
		dumped(root, "", &before)
		all := map[string]*Node{}
		mappings(root, "", all)
		for path, n := range all {
			keys := Keys{{Name: "zz"}}
			for i, e := range n.entries { // some of the keys come before it, some behind
				if known>>(i%8)&1 == 1 {
					keys = slices.Insert(keys, 0, Key{Name: e.key.text})
				}
			}
			insertAndRead(t, text, n, keys, value, path, before)
		}
	})
}

func isText(s string) bool {
	return readable(s) && !strings.ContainsAny(s, "\r\n\t")
}

func readable(s string) bool {
	return Readable(File{Text: []byte(s)}, largest, nil) && !strings.Contains(s, "\ufeff")
}

func insertAndRead(t *testing.T, text string, n *Node, keys Keys, value, path string, before []string) {
	t.Helper()
	e, ok := n.Insert(keys, "zz", value)
	if !ok {
		return
	}
	if text[e.Start:e.End()] != e.Old || !e.Whole && e.Old == "" {
		t.Fatalf("%q at %q: %+v", text, path, e)
	}
	if !insertedOnly(e.Old, e.New) {
		t.Fatalf("%q at %q: %q becomes %q", text, path, e.Old, e.New)
	}
	with := text[:e.Start] + e.New + text[e.End():]
	var list diag.List
	root, ok := Parse(File{Path: "x.yaml", Text: []byte(with)}, 0, len(with), &list)
	if !ok || list.Errors() > 0 {
		t.Fatalf("%q at %q becomes %q, which nobody can read: %v", text, path, with, list.Sorted())
	}
	var after []string
	dumped(root, "", &after)
	mine := fmt.Sprintf("%s/zz %d %q", path, scalar, value)
	i := slices.Index(after, mine)
	if i < 0 {
		t.Fatalf("%q at %q becomes %q, without %s", text, path, with, mine)
	}
	after = slices.Delete(after, i, i+1)
	changed := fmt.Sprintf("%s %d \"\"", path, nothing) // what had no value is a mapping now
	for i := range before {
		if i >= len(after) || after[i] != before[i] && before[i] != changed {
			t.Fatalf("%q at %q becomes %q:\n%q\nnot\n%q", text, path, with, after, before)
		}
	}
}

// insertedOnly reports whether new is old with something put in at one place.
func insertedOnly(old, with string) bool {
	head := 0
	for head < len(old) && head < len(with) && old[head] == with[head] {
		head++
	}
	return len(with) > len(old) && strings.HasSuffix(with, old[head:])
}

// A text is written over where the key has one, within its quotes; a list or a mapping is
// not.
func TestATextIsSet(t *testing.T) {
	for _, c := range [][2]string{
		{"a: 'x''y' # c\nb: 1\n", "a: 'new' # c\nb: 1\n"},
		{"a: \"x\\ty\"\nb: 1\n", "a: \"new\"\nb: 1\n"},
		{"a: x\n  y\nb: 1\n", "a: new\nb: 1\n"},
		{"b: 1\n", "a: new\nb: 1\n"},
		{"a: [x]\n", ""}, {"a: {x: 1}\n", ""},
	} {
		root, ok := Parse(File{Path: "x.yaml", Text: []byte(c[0])}, 0, len(c[0]), nil)
		if !ok {
			t.Fatal(c[0])
		}
		got := ""
		for _, e := range root.Set(Keys{{Name: "a"}, {Name: "b"}}, "a", "new") {
			got = c[0][:e.Start] + e.New + c[0][e.End():]
			if !e.Choice {
				t.Errorf("%q: no choice", c[0])
			}
		}
		if got != c[1] {
			t.Errorf("%q becomes %q, want %q", c[0], got, c[1])
		}
	}
}
