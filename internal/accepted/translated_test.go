package accepted

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/prose"
	"bilanz/internal/schema"
)

// sectionsOf are the sections of a page with a front matter.
func sectionsOf(page string) []Section {
	body := 0
	if rest, ok := strings.CutPrefix(page, "---\n"); ok {
		body = len("---\n") + strings.Index(rest, "---\n") + len("---\n")
	}
	return Sections([]byte(page), body)
}

// What people have to translate are words: numbers that follow figures, ids, the ends of lines
// and where links inside the site lead are none.
func TestSectionsAreOfWords(t *testing.T) {
	const page = "---\ntitle: Of [5](fig:a) things\ndescription: D\nnav: {order: 1}\n---\n\n" +
		"There are [416,374](fig:a) and [5](fig:b), see [here](page.md#who).[^note]\n\n" +
		"```chart\nid: c\ntype: bar\nfigures:\n  - a\ntitle: Most: things\nsubtitle: Of all\nclaim: a > b\n\nA " +
		"[sum](fig:a?label).\n```\n\n" +
		"## Who came {#who}\n\nA [firm](https://example.org/a) of [100 %](fig:none).\n\n[^note]: Words.\n"
	before := Hash(sectionsOf(page))
	for _, c := range []struct {
		old, with string
		same      bool
	}{
		{"416,374", "420,001", true}, {"[5](fig:a) things", "[6](fig:a) things", true}, {"[5](fig:b)", "[](fig:b)",
			true},
		{"[5](fig:b)", "<fig:b>", true}, {"fig:a) and", "fig:c) and", true}, {"order: 1", "order: 2", true},
		{"\n", "\r\n", true}, {"\n\nThere", "\n\n\nThere", true}, {"There are", "There\nare", true},
		{"---\ntitle", "\ufeff---\ntitle", true}, {"page.md#who", "other.md#whom", true}, {"{#who}", "{#whom}", true},
		{"[^note]", "[^n]", true}, {"id: c", "id: d\nformerly: c", true}, {"  - a", "  - b", true},
		{"claim: a > b", "claim: c > d", true}, {"figures:\n  - a\n", "figures: a\n", true},
		{"things\n", "thing\n", false}, {"description: D", "description: E", false}, {"There", "Here", false},
		{"(fig:b),", "(fig:b)!", false}, {" and ", " or ", false}, {"Most: things", "All: things", false},
		{"Of all", "Of some", false}, {"A [sum]", "The [sum]", false}, {"Who came", "Who went", false},
		{"example.org/a", "example.org/b", false}, {"100 %", "90 %", false}, {"[here]", "[there]", false},
		{"description: D", "description: D\nhero: H", false}, {"Words.", "Word.", false},
	} {
		changed := strings.ReplaceAll(page, c.old, c.with)
		body := strings.Index(changed, "\n\nThere")
		if strings.Contains(changed, "\r") {
			body = strings.Index(changed, "\r\n\r\nThere")
		}
		if body < 0 {
			body = strings.Index(changed, "---\n\n") + len("---\n")
		}
		if changed == page || (Hash(Sections([]byte(changed), body)) == before) != c.same {
			t.Errorf("%q for %q: the same: %v", c.with, c.old, !c.same)
		}
	}
}

// The keys whose text readers get are those that the tables of keys call a line of text.
func TestSpokenKeysAreThoseOfTheTables(t *testing.T) {
	spoken := map[string]bool{}
	for _, keys := range append([]schema.Keys{prose.FrontKeys}, prose.BlockKeys[prose.Chart],
		prose.BlockKeys[prose.Table],
		prose.BlockKeys[prose.Headline], prose.BlockKeys[prose.Cards]) {
		for _, key := range keys {
			if key.Kind == schema.Line && key.Name != "missing" { // which is not published
				spoken[key.Name] = true
			}
		}
	}
	for key := range spoken {
		if !strings.Contains(spokenKeys, " "+key+" ") {
			t.Errorf("readers get %s, and it does not count", key)
		}
	}
	if len(spoken) != len(strings.Fields(spokenKeys)) {
		t.Errorf("%q, but readers get %v", spokenKeys, spoken)
	}
}

// A page is taken apart at its headings, and not at what only looks like one.
func TestSectionsBeginAtHeadings(t *testing.T) {
	const page = "---\ntitle: >-\n  A\n  B\n---\nAbove.\n\n## One **two** {#x}\nText.\n\n```\n# " +
		"code\n```\n#none\n\n### [5](fig:a) three\n\n~~~ text\n## no\n~~~~\n"
	var got []string
	for _, s := range sectionsOf(page) {
		var words []string
		for _, p := range s.Paragraphs {
			words = append(words, p.Words)
		}
		got = append(got, s.Heading+"|"+strings.Join(words, "|"))
	}
	want := []string{"|title: >- A B", "|Above.", "One two|## One **two**|Text.|# code|#none",
		"5 three|### [fig] three|## no"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// story is a page of sections, each of one word: "a b c" has the title a, b above the headings,
// and the section c.
func story(words string) Page {
	all := strings.Fields(words)
	text := "---\ntitle: " + all[0] + "\n---\n" + all[1] + "\n"
	for _, word := range all[2:] {
		text += "\n## " + word + "\n"
	}
	return Page{Text: []byte(text), Body: strings.Index(text, "---\n"+all[1]) + len("---\n")}
}

// record writes the states of two pages into a record, and reads it.
func record(t *testing.T, source, translated string) *Record {
	t.Helper()
	a, b := story(source), story(translated)
	a.File, b.File = "content/en/a.md", "content/de/a.md"
	tr := new(Record).Compare(a, b, nil)
	var list diag.List
	r, ok := ReadRecord(RecordOf([]Translation{tr}), &list)
	if !ok || len(list.Sorted()) > 0 {
		t.Fatal(list.Sorted())
	}
	return r
}

func compareStories(r *Record, source, translated string) (Translation, string) {
	a, b := story(source), story(translated)
	a.File, b.File = "content/en/a.md", "content/de/a.md"
	a.Title, b.Title = diag.File(a.File), diag.File(b.File)
	var list diag.List
	tr := r.Compare(a, b, &list)
	var older []string
	for _, d := range list.Sorted() {
		older = append(older, strings.TrimPrefix(d.Code, "translation-")+" "+strings.Split(d.Place.Path, "/")[1])
	}
	return tr, strings.Join(older, ", ")
}

// Where a section changed in one of two pages, the other is older; where in both, they count
// as compared. What is then recorded without anybody signing keeps the first and not the second.
func TestTheSameSectionInBothPagesCountsAsCompared(t *testing.T) {
	const en, de = "title above one two three", "titel oben eins zwei drei"
	for _, c := range []struct{ name, en, de, older, kept string }{
		{"nothing", en, de, "", en + "/" + de},
		{"one section of the source", "title above one 2 three", de, "outdated de", en + "/" + de},
		{"one section of the translation", en, "titel oben eins 2 drei", "outdated en", en + "/" + de},
		{"the same in both", "title above one 2 three", "titel oben eins 2 drei", "",
			"title above one 2 three/titel oben eins 2 drei"},
		{"two others", "title above 1 two three", "titel oben eins 2 drei", "outdated de, outdated en", en + "/" + de},
		{"one in both, one alone", "title above 1 2 three", "titel oben 1 zwei drei", "outdated de",
			"title above 1 two three/titel oben 1 zwei drei"},
		{"title in both", "t above one two three", "t oben eins zwei drei", "",
			"t above one two three/t oben eins zwei drei"},
		{"a new one in both", "title above one new two three", "titel oben eins neu zwei drei", "",
			"title above one new two three/titel oben eins neu zwei drei"},
		{"a new one in one", en, "titel oben eins neu zwei drei", "outdated en", en + "/" + de},
		{"new ones elsewhere", "title above new one two three", "titel oben eins neu zwei drei",
			"outdated de, outdated en", en + "/" + de},
		{"two new ones and one", "title above one two three n m", "titel oben eins zwei drei n", "outdated de",
			"title above one two three n/titel oben eins zwei drei n"},
		{"a new one, and the one before it changed there", "title above one two three", "titel oben eins 2 neu drei",
			"outdated en", en + "/" + de},
		{"gone in both", "title above one three", "titel oben eins drei", "",
			"title above one three/titel oben eins drei"},
		{"gone in one", "title above one three", de, "outdated de", en + "/" + de},
		{"another order in both", "title above two one three", "titel oben zwei eins drei", "",
			"title above two one three/titel oben zwei eins drei"},
	} {
		r := record(t, en, de)
		tr, older := compareStories(r, c.en, c.de)
		if older != c.older {
			t.Errorf("%s: %q, not %q", c.name, older, c.older)
		}
		first, second, _ := strings.Cut(c.kept, "/")
		want := record(t, first, second).lines["content/de/a.md"].text
		if got := tr.next(); got != want {
			t.Errorf("%s: kept is\n%s, not\n%s", c.name, got, want)
		}
		if tr.anyAlone() {
			continue
		}
		r, _ = ReadRecord([]byte(tr.lineOf(tr.now)), &diag.List{})
		if _, older := compareStories(r, c.en, c.de); older != "" {
			t.Errorf("%s: recorded anew it is %s", c.name, older)
		}
	}
}

// Pages that are built differently in two languages are compared as a whole.
func TestPagesOfAnotherBuildAreOneSection(t *testing.T) {
	r := record(t, "title above one two", "titel oben eins")
	for pages, want := range map[string]string{
		"title above one two/titel oben eins": "", "title above one 2/titel oben eins": "outdated de",
		"title above one two/titel oben 1": "outdated en", "title above one 2/titel oben 1": "",
		"title above one two/titel oben eins zwei": "outdated en",
	} {
		en, de, _ := strings.Cut(pages, "/")
		if _, older := compareStories(r, en, de); older != want {
			t.Errorf("%s: %q, not %q", pages, older, want)
		}
	}
}

// What a machine wrote is recorded anew with whatever it was compared as before: what was
// older stays older, what was not is not.
func TestWhatAMachineWritesIsNoChange(t *testing.T) {
	const en, de = "title above one two", "titel oben eins zwei"
	for _, c := range []struct{ beforeEn, beforeDe, afterEn, afterDe, older string }{
		{en, de, "title above one machine", "titel oben eins zwei", ""},
		{en, "titel oben 1 zwei", "title above one machine", "titel oben 1 zwei", "outdated en"},
		{en, "titel oben 1 zwei", "title above machine two", "titel oben 1 zwei", "outdated en"},
		{"title above 1 two", "titel oben 1 zwei", "title above 1 machine", "titel oben machine zwei", ""},
	} {
		r := record(t, en, de)
		before, _ := compareStories(r, c.beforeEn, c.beforeDe)
		now, _ := compareStories(r, c.afterEn, c.afterDe)
		edits, _ := r.Keep([]Translation{before}, []Translation{now})
		text := string(r.text)
		for _, e := range edits {
			text = text[:e.Start] + e.New + text[e.End():]
		}
		r, _ = ReadRecord([]byte(text), &diag.List{})
		now, older := compareStories(r, c.afterEn, c.afterDe)
		if older != c.older {
			t.Errorf("%v: %q", c, older)
		}
		if edits, _ := r.Keep([]Translation{now}, []Translation{now}); len(edits) > 0 {
			t.Errorf("%v: the second time %v", c, edits)
		}
	}
}

// What changed in both languages before a state that is compared with is no reason to let one
// change alone since.
func TestWhatWasComparedBeforeIsNoExcuseNow(t *testing.T) {
	const en, de = "title above one two", "titel oben eins zwei"
	r := record(t, en, de)
	before, _ := compareStories(r, "title above 1 two", "titel oben 1 zwei") // merged, and never recorded
	if _, older := compareStories(r, "title above 1 two", "titel oben 11 zwei"); older != "" {
		t.Fatal(older)
	}
	since := r.Since([]Translation{before})
	if _, older := compareStories(since, "title above 1 two", "titel oben 11 zwei"); older != "outdated en" {
		t.Errorf("since then: %q", older)
	}
	now, _ := compareStories(since, "title above 1 two", "titel oben 1 zwei")
	if edits, _ := since.Keep([]Translation{now}, []Translation{now}); len(edits) != 1 {
		t.Errorf("it is recorded with %v", edits)
	}
	signed := record(t, "title above 1 two", "titel oben 11 zwei")
	if _, older := compareStories(signed.Since([]Translation{before}), "title above 1 two",
		"titel oben 11 zwei"); older != "" {
		t.Errorf("what was signed since is %s", older)
	}
}

// A record of an older form holds one hash of the source: where it still is that, the pages count
// as compared, and the line is written anew.
func TestARecordOfAnOlderFormIsCarriedOver(t *testing.T) {
	a := story("title above one")
	line := func(hash string) *Record {
		r, _ := ReadRecord([]byte("# by us\nde/a.md: \""+hash+" 0123\" # old\n"), &diag.List{})
		return r
	}
	r := line(formerHash(a.Text, a.Body))
	tr, older := compareStories(r, "title above one", "titel oben eins")
	edits, compared := r.Keep([]Translation{tr}, []Translation{tr})
	if older != "" || len(edits) != 1 || len(compared) > 0 || !strings.Contains(edits[0].New, "=") ||
		edits[0].Old != `"`+r.lines["content/de/a.md"].text+`"` {
		t.Errorf("%q, %v", older, edits)
	}
	r = line("0123456789abcdef")
	tr, older = compareStories(r, "title above one", "titel oben eins")
	if edits, _ := r.Keep([]Translation{tr}, []Translation{tr}); older != "outdated de" || len(edits) > 0 {
		t.Errorf("%q, %v", older, edits)
	}
	if edits, signed := r.Sign([]Translation{tr}); len(edits) != 1 || len(signed) != 1 {
		t.Errorf("signed: %v", edits)
	}
}

// The record of before is told apart from what is signed: only what changed is written.
func TestSigningTouchesNoOtherLine(t *testing.T) {
	r := record(t, "title above one", "titel oben eins")
	same, _ := compareStories(r, "title above one", "titel oben eins")
	if edits, signed := r.Sign([]Translation{same}); len(edits)+len(signed) > 0 {
		t.Error(edits)
	}
	others := []Translation{same}
	for _, name := range []string{"b", "c"} {
		other := same
		other.File, other.line = "content/de/"+name+".md", recorded{}
		others = append(others, other)
	}
	edits, signed := r.Sign(others)
	if len(edits) != 1 || len(signed) != 2 || edits[0].Start != len(r.text) || strings.Count(edits[0].New, "\n") != 2 {
		t.Errorf("%d signed: %v", len(signed), edits)
	}
}

// Lines about what is no translation are told, and what is no record is refused.
func TestTheRecordIsRead(t *testing.T) {
	var list diag.List
	r, _ := ReadRecord([]byte("de/a.md: \"a=b\"\nde/b.md: \"a=b\"\n"), &list)
	r.CheckLines(nil, func(file string) bool { return file != "content/de/b.md" }, &list)
	said := list.Sorted()
	if len(said) != 1 || said[0].Code != "translated-unused" || said[0].Severity != diag.Warning ||
		said[0].Place.Line != 2 {
		t.Errorf("of a line too many it says %v", said)
	}
	for _, broken := range []string{"- a\n", "a: {b: c}\n", "a: [\n"} {
		var list diag.List
		if _, ok := ReadRecord([]byte(broken), &list); ok && list.Errors() == 0 {
			t.Errorf("%q is taken for a record", broken)
		}
	}
}

// A line whose page has another name now, and says what that one says, is written anew by fix.
func TestAPageThatIsRenamedStaysRecorded(t *testing.T) {
	r := record(t, "title above one", "titel oben eins")
	tr, _ := compareStories(r, "title above one", "titel oben eins")
	tr.File, tr.line = "content/de/b.md", recorded{}
	for c, want := range map[string]string{"title above one": "translated-unused de/b.md",
		"title above two": "translation-unrecorded translated-unused"} {
		now, _ := compareStories(new(Record), c, "titel oben eins")
		now.File = tr.File
		var list diag.List
		r.CheckLines([]Translation{now}, func(string) bool { return false }, &list)
		var said []string
		for _, d := range list.Sorted() {
			said = append(said, d.Code)
			for _, e := range d.Edits {
				if !e.Choice {
					said = append(said, e.New)
				}
			}
		}
		if got := strings.Join(said, " "); got != want {
			t.Errorf("%s: %s", c, got)
		}
	}
}

// Of very many sections the beginning and the end are found, and the rest in order.
func TestManySectionsAreCompared(t *testing.T) {
	var before, now marked
	for i := range 3000 {
		before, now = append(before, fmt.Sprint(i)), append(now, fmt.Sprint(i))
	}
	now[1], now[len(now)-2] = "x", "y"
	changed := 0
	for _, s := range steps(before, now) {
		if !s.same && (s.now == 1 || s.now == len(now)-2) {
			changed++
		}
	}
	if changed != 2 {
		t.Errorf("%d changes are found", changed)
	}
}
