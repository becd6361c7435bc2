package diag

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected output")

// The same problems in every form that they are printed in. The file they stand in
// has all that moves places: a byte order mark, CRLF, tabs, umlauts, wide and
// combining characters, a line too long for a terminal.
func TestEveryFormSaysTheSame(t *testing.T) {
	const path = "testdata/forms.txtar"
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	ds := sample()
	got := map[string]string{
		"text":         printed(t, func(w *bytes.Buffer) error { return WriteText(w, ds, TextOptions{Lang: "en"}) }),
		"text.de":      printed(t, func(w *bytes.Buffer) error { return WriteText(w, ds, TextOptions{Lang: "de"}) }),
		"text.color":   printed(t, func(w *bytes.Buffer) error { return WriteText(w, ds[:1], TextOptions{Lang: "en", Color: true}) }),
		"json":         printed(t, func(w *bytes.Buffer) error { return WriteJSON(w, ds, "en") }),
		"github":       printed(t, func(w *bytes.Buffer) error { return WriteGitHub(w, ds, "de") }),
		"summary":      printed(t, func(w *bytes.Buffer) error { return WriteSummary(w, ds, "en") }),
		"closing":      Closing(ds).In("en") + "\n" + Closing(ds).In("de") + "\n",
		"closing.none": Closing(nil).In("en") + "\n",
	}
	for i, f := range archive.Files {
		if string(f.Data) != got[f.Name] && !*update {
			t.Errorf("%s: got\n%s\nwant\n%s", f.Name, got[f.Name], f.Data)
		}
		archive.Files[i].Data = []byte(got[f.Name])
		delete(got, f.Name)
	}
	if len(got) > 0 {
		t.Errorf("%s expects nothing of %v", path, got)
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func printed(t *testing.T, write func(*bytes.Buffer) error) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(out.String(), "\x1b", "␛")
}

func sample() []Diagnostic {
	text := []byte("\ufeffÜber 12\r\n\tÖl\t34\r\n東京で 56 人, e\u0301 78\r\n" + strings.Repeat("long ", 60) + "90 " + strings.Repeat("tail ", 60) + "\r\n")
	at := func(mark string) Place {
		start := bytes.Index(text, []byte(mark))
		return At("content/de/a b, c.md", text, start, start+len(mark))
	}
	number := func(mark string) Diagnostic {
		return Diagnostic{
			Code: "number-differs", Place: at(mark), Page: "Über|uns",
			Text:  Say("the sentence says %s, but %s is 100%%", "im Text steht %s, die Kennzahl %s ist aber 100 %%", mark, Named{"a.b", "Öl_1"}),
			Notes: []Note{{Place: File("content/figures/a.yaml"), Text: Say("the figure is here", "die Kennzahl steht hier")}},
			Ways:  []Text{Say("write 100", "schreiben Sie 100"), Say("ask", "fragen Sie")},
		}
	}
	accepted := number("78")
	accepted.Code, accepted.Severity, accepted.Waiver = "citation-missing", Accepted, &Waiver{"Later.", "the editors", "2027-01-31"}
	return []Diagnostic{
		number("12"), number("34"), number("56"), number("90"), accepted,
		{Code: "value-unreadable", Place: InCell("content/figures/a.xlsx", "Tab 1, neu!B7", 7, "18.402 ü*", 8, 10),
			Text: Say("nobody says what ü* means", "niemand sagt, was ü* heißt"),
			Notes: []Note{{Place: InCell("content/figures/a.xlsx", "Tab 1, neu!B9", 9, "x", 0, 1),
				Text: Say("here", "hier")}}},
		{Code: "base-url-missing", Severity: Warning, Place: File("content/site.yaml"), Text: Say("no address", "keine Adresse")},
		{Code: "disk-full", Text: Say("the disk is full:\nall of it", "der Datenträger ist voll:\nganz")},
	}
}

func TestPlacesAreCountedInCharacters(t *testing.T) {
	for _, c := range []struct {
		text, mark, want string
		width            int
	}{
		{"a", "a", "f:1:1", 1},
		{"\ufeffa", "a", "f:1:1", 1},
		{"ü\r\nöa\r\n", "a", "f:2:2", 1},
		{"東京a", "京a", "f:1:2", 2},
		{"\t\ta", "a", "f:1:3", 1},
		{"a\nb c\nd", "b c\nd", "f:2:1", 3}, // a stretch ends with its first line
		{"x\r\n", "\r\n", "f:1:2", 0},
	} {
		start := strings.Index(c.text, c.mark)
		p := At("f", []byte(c.text), start, start+len(c.mark))
		if p.String() != c.want || p.Width != c.width {
			t.Errorf("%q in %q: %s, width %d", c.mark, c.text, p, p.Width)
		}
	}
}

func TestNearestOffersWhatMayHaveBeenMeant(t *testing.T) {
	names := []string{"visits.total", "visits.total.mobile", "events.held", "loans"}
	for word, want := range map[string][]string{
		"visits.totl": {"visits.total"}, "vsiits.total": {"visits.total"}, "Events.Held": {"events.held"},
		"laons": {"loans"}, "members": nil, "": nil,
	} {
		if got := Nearest(word, names); !slices.Equal(got, want) {
			t.Errorf("%q: %q, not %q", word, got, want)
		}
	}
}

// A list is sorted by place, whoever was first, and its judge is asked before
// anybody counts.
func TestAListIsJudgedAndSorted(t *testing.T) {
	l := List{Judge: func(d *Diagnostic) {
		if d.Code == "late" {
			d.Severity = Accepted
		}
	}}
	l.Add(Diagnostic{Code: "wrong", Place: Place{Path: "b", Line: 1, Col: 1}}, Diagnostic{Code: "late", Place: Place{Path: "a", Line: 2, Col: 1}})
	l.Add(Diagnostic{Code: "wrong", Place: Place{Path: "a", Line: 10, Col: 1}})
	var order []string
	for _, d := range l.Sorted() {
		order = append(order, d.Place.String()+" "+d.Code)
	}
	if want := []string{"a:2:1 late", "a:10:1 wrong", "b:1:1 wrong"}; !slices.Equal(order, want) {
		t.Errorf("%q, not %q", order, want)
	}
	if l.Errors() != 2 {
		t.Errorf("%d errors", l.Errors())
	}
}

// What authors wrote may hold anything; terminals, logs and summaries get none of it.
func hostile() Diagnostic {
	text := "`|</td><b>\x1b[2J\n::error::x\r##[error]y www.example.org https://example.org @name \u202e\u009b"
	return Diagnostic{
		Code: "x", Place: Place{Path: "a`|\n::b.md", Line: 1, Col: 1, Width: 3, Source: text}, Page: text,
		Text: Say("it says %s and %q", "da steht %s und „%s“", text, text), Ways: []Text{Say("write %s",
			"schreiben Sie %s",
			text)},
		Notes: []Note{{Place: File("c\x1b.md"), Text: Say("here %s", "hier %s", text)}},
	}
}

func TestNothingThatAuthorsWroteActsWhereItIsPrinted(t *testing.T) {
	ds := []Diagnostic{hostile()}
	for form, write := range map[string]func(w *bytes.Buffer, lang string) error{
		"text":    func(w *bytes.Buffer, lang string) error { return WriteText(w, ds, TextOptions{Lang: lang}) },
		"json":    func(w *bytes.Buffer, lang string) error { return WriteJSON(w, ds, lang) },
		"github":  func(w *bytes.Buffer, lang string) error { return WriteGitHub(w, ds, lang) },
		"summary": func(w *bytes.Buffer, lang string) error { return WriteSummary(w, ds, lang) },
	} {
		for _, lang := range []string{"en", "de"} {
			var out bytes.Buffer
			if err := write(&out, lang); err != nil {
				t.Fatal(err)
			}
			text := out.String()
			for _, sign := range []string{"\x1b", "\r", "\u202e", "\u009b", "\n::error::x", "\n::b.md"} {
				if strings.Contains(text, sign) {
					t.Errorf("%s in %s holds %q:\n%s", form, lang, sign, text)
				}
			}
			if form == "github" && (strings.Count(text, "\n") != 1 || strings.Contains(text, "##[")) {
				t.Errorf("a log takes more than one command from\n%s", text)
			}
		}
	}
	const want = "| a\\`\\|␊::b.md:1:1 | it says \\`\\|&lt;/td&gt;&lt;b&gt;␛\\[2J␊::error\u2060::x␍" +
		"\\#\\#\\[error\\]y www&#46;example.org https&#58;//example.org @\u2060name �� and "
	if got := printed(t, func(w *bytes.Buffer) error { return WriteSummary(w, ds, "en") }); !strings.Contains(got,
		want) {
		t.Errorf("got\n%s\nwithout\n%s", got, want)
	}
}

func TestNoMessageIsLongerThanAPersonReads(t *testing.T) {
	word := strings.Repeat("x", longestWord)
	for _, c := range []struct {
		text Text
		want string
	}{
		{Say("a %s b", "", word), "a " + word + " b"},
		{Say("a %s b", "", word[1:]), "a " + word[1:] + " b"},
		{Say("a %s b", "", word+"x"), "a " + word + "… b"},
		{Say("%s", "", strings.Repeat("word ", longestWord)), strings.Repeat("word ", longestWord/5-1) + "word …"},
		{Say(strings.Repeat("ä", longestSentence), ""), strings.Repeat("ä", longestSentence)},
		{Say(strings.Repeat("ä", longestSentence+1), ""), strings.Repeat("ä", longestSentence) + "…"},
	} {
		if got := said(c.text, "en"); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	long := hostile()
	long.Place.Source = strings.Repeat("long ", 25_000)
	long.Notes = slices.Repeat(long.Notes, mostNotes+3)
	got := printed(t, func(w *bytes.Buffer) error { return WriteText(w, []Diagnostic{long}, TextOptions{Lang: "de"}) })
	if len(got) > 40_000 || !strings.Contains(got, "\n   und 3 weitere Stellen\n") {
		t.Errorf("%d bytes:\n%s", len(got), got)
	}
}
