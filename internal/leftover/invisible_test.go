package leftover

import (
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
)

// What nobody sees, in every kind of file and at every place; and what is left of the text.
func TestWhatNobodySeesIsTakenOut(t *testing.T) {
	for _, c := range []struct{ path, text, want string }{
		{"a.md", "a\u202eb", "ab"}, {"a.md", "x\r\n\r\na\u200b b\u200b\r\n", "x\r\n\r\na b\r\n"}, {"a.md",
			"Auf\u200clage",
			"Auflage"},
		{"a.md", "---\ntitle: A\u2066b\u2069\n---\n", "---\ntitle: Ab\n---\n"}, {"a.md", "![a\u200f](b.png)",
			"![a](b.png)"},
		{"a.md", "# H\u00adead\u2060", "# H\u00adead"}, {"a.md", "a\x0bb\u2028c", "a b c"},
		{"a.md", "a\ufeff\n", "a\n"}, {"a.md", "b\ufe0f", "b"}, {"a.md", "❤\ufe0f\ufe0f", "❤\ufe0f"}, {"a.md",
			"a\U000e0041b", "ab"},
		{"a.md", "a\x01\x7f\u009bb\u3164", "ab"}, {"a.md", "a&#x202E;b&rlm;&zwnj;&#8203;", "ab"}, {"a.md", "سلام\u202e",
			"سلام"},
		{"a.md", "سلام \u2067x", "سلام x"}, {"a.md", "a\U0010fffe", "a"}, {"a.md", "👍\u200d", "👍"}, {"a.md", "\u2062",
			""},
		{"a.yaml", "id: a\u200bb\nlabel: \"x\\u202ey\\U0000200b\"\n", "id: ab\nlabel: \"xy\"\n"}, {"a.yaml",
			"unit: \u200e%\n", "unit: %\n"},
		{"a.csv", "\ufeffid;label\na;b\u202e\n", "\ufeffid;label\na;b\n"}, {"a.csv", "a,\"b\u200bc\"\n", "a,\"bc\"\n"},
		{"de.json", "{\"a\": \"b\u200bc \\u202e& &#x202e;\"}", "{\"a\": \"bc & &#x202e;\"}"},
	} {
		got := []byte(c.text)
		found := Find(c.path, got)
		if len(found) == 0 {
			t.Errorf("%q: nothing found", c.text)
		}
		var edits []diag.Edit
		for _, d := range found {
			if d.Code != "character-invisible" {
				t.Errorf("%q: %s", c.text, d.Code)
			}
			edits = append(edits, d.Edits...)
		}
		for _, e := range slices.Backward(edits) {
			if string(got[e.Start:e.End()]) != e.Old {
				t.Fatalf("%q: %q does not stand at %d", c.text, e.Old, e.Start)
			}
			got = slices.Replace(got, e.Start, e.End(), []byte(e.New)...)
		}
		if string(got) != c.want {
			t.Errorf("%q becomes %q, not %q", c.text, got, c.want)
		}
	}
}

func TestWhatDoesItsWorkStays(t *testing.T) {
	for _, text := range []string{
		"\ufeff# Start", "50\u00a0% \u202f1\u2009234", "Donau\u00addampf&shy;schiff&nbsp;x", "می\u200cخواهم",
		"क्\u200dष",
		"ශ්\u200dරී",
		"👩\u200d👩\u200d👧", "❤\ufe0f\u200d🔥", "👩🏽\u200d💻", "1\ufe0f\u20e3 #\ufe0f\u20e3", "☺\ufe0e ℹ\ufe0f ‼\ufe0f",
		"🏴\U000e0067\U000e0062\U000e007f",
		"ไทย\u200bไทย", "שלום\u200f!", "עברית \u2066abc\u2069", "葛\U000e0100", "ᠮᠣ\u180bᠩ", "a\tb\r\n", "\u0600\u06dd",
		"é e\u0301 漢字 Ωß",
		"`&#x202E;` is its entity", "A & B &amp; C &lt;", "C:\\u202e",
	} {
		for _, d := range Find("a.md", []byte(text)) {
			t.Errorf("%q: %s", text, d.Text.In("en"))
		}
	}
}

func TestWhatNobodySeesIsSaidOnceALineWithItsName(t *testing.T) {
	found := Find("a.md", []byte("x\n"+strings.Repeat("a\u200b", 3)+"\nb\u202e\nc\ue000\u200b\n"))
	var got []string
	for _, d := range found {
		got = append(got, d.Place.String()+" "+d.Text.In("en")+" | "+d.Text.In("de"))
	}
	want := []string{
		"a.md:2:2 3 characters that nobody sees stand on this line; the first is U+200B, zero width space" +
			" | in dieser Zeile stehen 3 Zeichen, die niemand sieht; das erste ist U+200B, ein Leerzeichen ohne Breite",
		"a.md:3:2 a character that nobody sees stands here: U+202E, right-to-left override" +
			" | hier steht ein Zeichen, das niemand sieht: U+202E, eine erzwungene Schreibrichtung nach links",
		"a.md:4:3 a character that nobody sees stands here: U+200B, zero width space" +
			" | hier steht ein Zeichen, das niemand sieht: U+200B, ein Leerzeichen ohne Breite",
		"a.md:4:2 a character that nobody sees stands here: U+E000, a character for private use" +
			" | hier steht ein Zeichen, das niemand sieht: U+E000, ein Zeichen für den eigenen Gebrauch",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if n := len(found[3].Edits); n != 0 {
		t.Errorf("%d changes where a person has to look", n)
	}
}

func TestAListMarkThatNobodySeesIsSaidOnce(t *testing.T) {
	for _, d := range Find("a.md", []byte("\uf0b7 The town\n")) {
		if d.Code != "list-mark" {
			t.Error(d.Code)
		}
	}
}
