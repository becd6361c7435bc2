package accepted

import (
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// hashOf is the hash of a page with a front matter.
func hashOf(page string) string {
	return Hash([]byte(page), strings.LastIndex(page, "---\n")+len("---\n"))
}

// A text may begin with a link, and with what looks like the end of one.
func TestTheHashOfATextThatBeginsWithALink(t *testing.T) {
	if Hash([]byte("[5](fig:a) of"), 0) != Hash([]byte("[6](fig:a) of"), 0) {
		t.Error("the number counts")
	}
	if Hash([]byte("](fig:a) of [5](fig:b)"), 0) != Hash([]byte("](fig:a) of [6](fig:b)"), 0) {
		t.Error("behind the end of a link the number counts")
	}
}

// A translation is compared with what its source says in words: with its title, its
// description and its text, whatever its numbers and the ends of its lines are.
func TestTheHashIsOfWords(t *testing.T) {
	const page = "---\ntitle: Of [5](fig:a) things\ndescription: D\nnav: {order: 1}\n---\n\n" +
		"There are [416,374](fig:a) and [5](fig:b).\n"
	for _, c := range []struct {
		old, with string
		same      bool
	}{
		{"", "", true},
		{"416,374", "420,001", true},
		{"[5](fig:a) things", "[6](fig:a) things", true},
		{"[5](fig:b)", "[](fig:b)", true},
		{"order: 1", "order: 2", true},
		{"\n", "\r\n", true},
		{"\n\nThere", "\n\n\nThere", true},
		{"(fig:b).\n", "(fig:b).", true},
		{"things", "thing", false},
		{"description: D", "description: E", false},
		{"There", "Here", false},
		{"(fig:b).", "(fig:b)!", false},
		{"fig:a) and", "fig:c) and", false},
		{" and ", " or ", false},
	} {
		changed := strings.ReplaceAll(page, c.old, c.with)
		if c.old == "" {
			changed = page
		}
		body := strings.LastIndex(changed, "---") + len("---\n")
		if got := Hash([]byte(changed), body); (got == hashOf(page)) != c.same {
			t.Errorf("%q for %q: the same hash: %v", c.with, c.old, !c.same)
		}
	}
}

// A title or description that goes on below its key counts whole.
func TestTheHashHasFoldedTitles(t *testing.T) {
	const page = "---\ntitle: >-\n  Visits\n\n  and loans\ndescription:\n  What came\nnav:\n  order: 1\n---\n\nText.\n"
	for _, c := range []struct {
		old, with string
		same      bool
	}{
		{"Visits", "Visit", false},
		{"and loans", "and books", false},
		{"What came", "Who came", false},
		{"order: 1", "order: 2", true},
		{"loans\n", "loans\n\n", true},
	} {
		if got := hashOf(strings.ReplaceAll(page, c.old, c.with)); (got == hashOf(page)) != c.same {
			t.Errorf("%q for %q: the same hash: %v", c.with, c.old, !c.same)
		}
	}
}

// Nothing is said of a translation that is as its source was when they were compared.
func TestATranslationThatFellBehindIsTold(t *testing.T) {
	for recorded, want := range map[string]string{"": "translation-unrecorded", "old": "translation-outdated", "new": ""} {
		var list diag.List
		tr := Translation{File: "content/de/a.md", Source: "content/en/a.md", Hash: "new", Recorded: recorded}
		tr.Check(diag.File(tr.File), nil, 0, &list)
		got := ""
		for _, d := range list.Sorted() {
			got += d.Code
		}
		if got != want || tr.Outdated() != (want == "translation-outdated") {
			t.Errorf("recorded %q: %q, outdated: %v", recorded, got, tr.Outdated())
		}
	}
}

// What is written is read again; what is not confirmed stays as it was, or is left out.
func TestTheRecordIsWrittenAndRead(t *testing.T) {
	all := []Translation{
		{File: "content/de/a.md", Hash: "a2", Recorded: "a1"},
		{File: "content/de/b.md", Hash: "b2", Recorded: "b1"},
		{File: "content/de/c.md", Hash: "c2"},
		{File: "content/de/d.md", Hash: "d2"},
	}
	text := RecordOf(all, func(t Translation) bool { return t.File == "content/de/b.md" || t.File == "content/de/d.md" })
	var list diag.List
	record, ok := ReadRecord(schema.File{Path: "content/translated.yaml", Text: text}, &list)
	if !ok || len(list.Sorted()) > 0 {
		t.Fatalf("%s\n%v", text, list.Sorted())
	}
	for file, want := range map[string]string{"a": "a1", "b": "b2", "c": "", "d": "d2", "e": ""} {
		if got := record.Hash("content/de/" + file + ".md"); got != want {
			t.Errorf("%s is recorded as %q, not %q", file, got, want)
		}
	}
	record.CheckUnused(func(file string) bool { return file != "content/de/b.md" }, &list)
	said := list.Sorted()
	if len(said) != 1 || said[0].Code != "translated-unused" || said[0].Severity != diag.Warning || said[0].Place.Line != 4 {
		t.Errorf("of a line too many it says %v", said)
	}
	for _, broken := range []string{"- a\n", "a: {b: c}\n", "a: [\n"} {
		var list diag.List
		file := schema.File{Path: "content/translated.yaml", Text: []byte(broken)}
		if _, ok := ReadRecord(file, &list); ok && list.Errors() == 0 {
			t.Errorf("%q is taken for a record", broken)
		}
	}
}

// The marks behind a hash tell which paragraphs changed, wherever they stand by now.
func TestMarksTellWhichParagraphsChanged(t *testing.T) {
	const before = "---\ntitle: A\n---\nOne.\n\nTwo [5](fig:a).\n\nThree\nlines.\n"
	body := strings.Index(before, "One")
	recorded := Hash([]byte(before), body)
	for _, c := range []struct {
		name, page string
		want       []string
		gone       int
	}{
		{"nothing", before, nil, 0},
		{"a number, which follows its figure", strings.Replace(before, "[5]", "[6]", 1), nil, 0},
		{"the order", "---\ntitle: A\n---\nThree\nlines.\n\nOne.\n\nTwo [5](fig:a).\n", nil, 0},
		{"the title", strings.Replace(before, "title: A", "title: B", 1), []string{"title: B\n"}, 0},
		{"a word", strings.Replace(before, "lines", "rows", 1), []string{"Three\nrows.\n"}, 0},
		{"one more", before + "\nFour.", []string{"Four."}, 0},
		{"one less", strings.Replace(before, "One.\n\n", "", 1), nil, 1},
		{"one twice", before + "\nOne.\n", []string{"One.\n"}, 0},
	} {
		changed, gone, known := Changed(recorded, []byte(c.page), body)
		var got []string
		for _, p := range changed {
			got = append(got, c.page[p.Start:p.End])
		}
		if !slices.Equal(got, c.want) || gone != c.gone || !known {
			t.Errorf("%s: %q, %d gone", c.name, got, gone)
		}
	}
	if _, _, known := Changed("0123456789abcdef", []byte(before), body); known {
		t.Error("a record without marks tells which paragraphs changed")
	}
}
