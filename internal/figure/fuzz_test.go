package figure

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// A value is understood or explained; what "bilanz fix" would write is a value.
func FuzzValue(f *testing.F) {
	for _, seed := range []string{"318462", "-0.5", "more than 30", "318.462", "1.234,5", "rund 0,4 Mio.", "12-15", "1e5", "54 %", "01.02.2024", "n/a", "", "−5", "[x]", "just under 1,000"} {
		f.Add(seed, true, 0)
		f.Add(seed, false, 3)
	}
	f.Fuzz(func(t *testing.T, text string, english bool, decimals int) {
		how := germanForm
		if english {
			how = englishForm
		}
		unit := &Unit{ID: "u", Decimals: decimals & 3}
		value, bad := parseValue(text, how, unit)
		if bad == nil {
			if value.Number == nil && value.Reason == "" {
				t.Fatalf("%q was read as nothing", text)
			}
			return
		}
		if bad.code == "" || bad.text.IsZero() || len(bad.ways) == 0 || bad.start < 0 || bad.end < bad.start || bad.end > len(text) {
			t.Fatalf("%q: %+v", text, bad)
		}
		if bad.write == "" {
			return
		}
		mended := text[:bad.start] + bad.write + text[bad.end:]
		if _, still := parseValue(mended, how, unit); still != nil && still.write != "" {
			if _, again := parseValue(mended[:still.start]+still.write+mended[still.end:], how, unit); again != nil && again.write != "" {
				t.Fatalf("%q became %q, which is mended again and again", text, mended)
			}
		}
	})
}

// A formula is understood or explained; written out with all its brackets it
// means the same.
func FuzzFormula(f *testing.F) {
	for _, seed := range []string{"a + b", "-(a.b - 2) * c-d / 0.5", "a fits b", "((((a", "1,000", "a--b", "2 × a", "a =< b", "ä + ö"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if s, bad := parseStatement(text); bad == nil && (s.left == nil || s.right == nil || text[s.at:s.atEnd] != s.operator) {
			t.Fatalf("%q: %+v", text, s)
		}
		n, bad := parseFormula(text)
		if bad != nil {
			if bad.text.IsZero() || len(bad.ways) == 0 || bad.start < 0 || bad.end < bad.start || bad.end > len(text) {
				t.Fatalf("%q: %+v", text, bad)
			}
			return
		}
		if n.start < 0 || n.end > len(text) || n.end <= n.start {
			t.Fatalf("%q: %d to %d", text, n.start, n.end)
		}
		if written := n.String(); !strings.Contains(strings.ReplaceAll(written, " / ", ""), "/") {
			again, bad := parseFormula(written)
			if bad != nil && bad.code == "formula-long" {
				return // the brackets count too
			}
			if bad != nil || again.String() != written {
				t.Fatalf("%q is %q, which is %v %v", text, written, again, bad)
			}
		}
	})
}

// Whatever stands in the files, loading ends, says the same in every order, and
// never sends anybody to a place that does not exist.
func FuzzLoad(f *testing.F) {
	f.Add("figures:\n  a: {value: 1, label: {en: A, de: A}, parts: {b: {value: 171,905}}}\nchecks: [a > 1]\n", "id;value\nb;1,5\n", "a > b")
	f.Add("table: t\nrows: [a]\ntotal: {a: x}\nlabel: {en: A}\ncolumns: {b: {unit: visits, label: {en: B}}}\n", "a,b\nx,1\ny,2\n", "t.x.b = 1")
	f.Add("series: s\ncumulative: true\nsince: 2020-01-01\nlabel: {en: A}\nbreaks: [{from: 2021-12-31}]\n", "as_of,value\n31.12.2021,5\n2022-12-31,\"4\n", "s.2021-12-31 >= 5")
	f.Add("defaults: {unit: visits, period: year-2024, source: counters}\nfigures:\n  a:\n    formula: b / c\n    known_discrepancy: {by: 1, note: {en: '{sum}'}}\n  b: {formula: a}\n", "sep=;\nid;value\n\"b\"\"\";x\n", "a fits b")
	programme := schema.File{}
	for _, file := range readLibrary(f) {
		if strings.HasSuffix(file.Path, "programme.yaml") {
			programme = file
		}
	}
	f.Fuzz(func(t *testing.T, yaml, csv, claim string) {
		if len(yaml)+len(csv)+len(claim) > 20_000 {
			return
		}
		files := []schema.File{programme, {Path: "content/figures/x.yaml", Text: []byte(yaml)}, {Path: "content/figures/x.csv", Text: []byte(csv)}}
		first := load(t, files, claim)
		files[0], files[2] = files[2], files[0]
		if second := load(t, files, claim); first != second {
			t.Fatalf("one order:\n%s\nthe other:\n%s", first, second)
		}
	})
}

func load(t *testing.T, files []schema.File, claim string) string {
	t.Helper()
	var list diag.List
	set := Load(files, Options{Langs: []string{"en", "de"}, Complete: []string{"en"}, Demo: true}, &list)
	set.Claim(claim, Within{Place: func(start, end int) diag.Place {
		if start < 0 || end < start || end > len(claim) {
			t.Fatalf("claim %q: %d to %d", claim, start, end)
		}
		return diag.At("claim", []byte(claim), start, end)
	}, Edit: func(start, end int, with string) []diag.Edit {
		return []diag.Edit{{Path: "claim", Start: start, Old: claim[start:end], New: with}}
	}}, &list)
	for _, d := range list.Sorted() {
		if d.Text.In("de") == "" || d.Text.In("en") == "" || strings.Contains(d.Text.In("de")+d.Text.In("en"), "%!") {
			t.Fatalf("%s says nothing", d.Code)
		}
		if d.Place.Line == 0 && d.Place.Path == "" {
			t.Fatalf("%s is nowhere", d.Code)
		}
	}
	for _, d := range list.Sorted() {
		for _, e := range d.Edits {
			of := files[slices.IndexFunc(files, func(f schema.File) bool { return f.Path == e.Path })]
			if e.Start < 0 || e.Old == "" || e.End() > len(of.Text) || string(of.Text[e.Start:e.End()]) != e.Old {
				t.Fatalf("%+v", e)
			}
		}
	}
	var out strings.Builder
	if err := diag.WriteText(&out, list.Sorted(), diag.TextOptions{Lang: "de", All: true}); err != nil {
		t.Fatal(err)
	}
	dumpSet(&out, set)
	return out.String()
}

// String writes the formula as it was understood.
func (n *node) String() string {
	switch n.op {
	case 'n':
		return n.number.RatString()
	case 'i':
		return n.id
	case '~':
		return fmt.Sprintf("(-%s)", n.left)
	}
	return fmt.Sprintf("(%s %c %s)", n.left, n.op, n.right)
}
