package leftover

import (
	"fmt"
	"slices"
	"testing"
)

// What is left over where, in each kind of file: the code and the bytes.
func TestFind(t *testing.T) {
	for _, c := range []struct {
		path, text string
		want       []string
	}{
		{"a.md", "---\ntitle: • A\nnav: 1 # TODO\nmissing: TODO\n---\n\nText TODO\n", []string{"remark-left TODO", "list-mark •"}},
		{"a.md", "\ufeff• A\r\n", []string{"list-mark •"}},
		{"a.md", "TODO", []string{"remark-left TODO"}},
		{"a.md", "TODOS aTODO TODO-list [x](https://a/TODO) `TODO` #TODO", nil},
		{"a.md", "<!-- TODO -->\n\nTODO\n", []string{"remark-left TODO"}},
		{"a.md", "```chart\nid: a # TODO\n# TBD\n\nTODO\n```\n", []string{"remark-left TODO"}},
		{"a.md", "```chart\nid: a\n\nSay.\n```\n\n# Head # TODO\n", []string{"remark-left TODO"}},
		{"a.md", "A • b, 2 · 3, ● on\n•no space\nno · list\n", nil},
		{"a.md", "| a | • b |\n", []string{"list-mark •"}},
		{"a.md", "> • a\n", []string{"list-mark •"}},
		{"a.md", "o\ta\no a\n", []string{"list-mark o"}},
		{"a.yaml", "a: • b\nc: \"▪ d\"\n# • e\nf: x • y\n", []string{"list-mark •", "list-mark ▪"}},
		{"a.yaml", "a: |\n  • b\n", []string{"list-mark •"}},
		{"a.csv", "id,label\na,• b\n\"• c\",d • e\n", []string{"list-mark •", "list-mark •"}},
		{"a.csv", "a;# TODO\n", []string{"remark-left TODO"}},
		{"a.md", "Fehler! Verweisquelle", []string{"reference-lost Fehler! Verweisquelle"}},
		{"a.md", "Fehler! Verweisquelle fehlt. Mehr.", []string{"reference-lost Fehler! Verweisquelle fehlt."}},
		{"a.md", "Erreur\u00a0! Signet non défini.", []string{"reference-lost Erreur\u00a0! Signet non défini."}},
		{"a.md", "Ein Fehler! Das war falsch. Error! No. Error: Bookmark", nil},
		{"a.csv", "a,Error! Reference source not found.\n", []string{"reference-lost Error! Reference source not found."}},
	} {
		var got []string
		for _, d := range Find(c.path, []byte(c.text)) {
			runes := []rune(d.Place.Source)
			got = append(got, fmt.Sprintf("%s %s", d.Code, string(runes[d.Place.Col-1:d.Place.Col-1+d.Place.Width])))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %q: %q, not %q", c.path, c.text, got, c.want)
		}
	}
}

// An edit makes a list of a mark, unless what follows could become a negative number.
func TestAListMarkBecomesAList(t *testing.T) {
	for text, want := range map[string]string{
		"•\tThe town\n": "- The town\n", "  ▪  Über\n": "  - Über\n", "• 5 more\n": "", "• [5](fig:a)\n": "", "| • A |\n": "",
	} {
		found := Find("a.md", []byte(text))
		if len(found) != 1 {
			t.Fatalf("%q: %d found", text, len(found))
		}
		got := ""
		for _, e := range found[0].Edits {
			got = text[:e.Start] + e.New + text[e.End():]
		}
		if got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}
