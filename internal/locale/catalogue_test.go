package locale

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"bilanz/internal/diag"
)

// A catalogue that is built in passes every check that one of a project must pass
// that describes a further language.
func TestBuiltInCataloguesAreWholeAndRight(t *testing.T) {
	if codes := Codes(); !slices.Equal(codes, []string{"de", "en", "fr"}) {
		t.Errorf("the languages are %q", codes)
	}
	var english catalogue
	mustParse(source("en.json"), &english)
	for _, code := range Codes() {
		var list diag.List
		r := reader{file: File{code + ".json", source(code + ".json")}, list: &list, lang: code}
		top, _, ok := parseObject(r.file.Text)
		if !ok {
			t.Fatalf("%s.json is no JSON", code)
		}
		var c catalogue
		mustParse(r.file.Text, &c)
		r.keys(top, english, false)
		r.shapes(top)
		r.values(top, &c)
		r.words(top, c.Words, english)
		report(t, &list)
	}
}

func report(t *testing.T, list *diag.List) {
	t.Helper()
	var out bytes.Buffer
	if err := diag.WriteText(&out, list.Sorted(), diag.TextOptions{Lang: "en"}); err != nil || out.Len() > 0 {
		t.Errorf("%v\n%s", err, out.String())
	}
}

// brought is the languages with those of testdata, of which the catalogues hold
// a few words of the pages; the others are English here.
func brought(t *testing.T) *Set {
	t.Helper()
	var english, further map[string]any
	if err := json.Unmarshal(source("en.json"), &english); err != nil {
		t.Fatal(err)
	}
	var files []File
	for _, name := range []string{"uk.json", "ar.json"} {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		further = nil
		if err := json.Unmarshal(text, &further); err != nil {
			t.Fatal(err)
		}
		words := maps.Clone(english["words"].(map[string]any))
		maps.Copy(words, further["words"].(map[string]any))
		further["words"] = words
		whole, err := json.Marshal(further)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, File{"content/locale/" + name, whole})
	}
	var list diag.List
	set, ok := With(files, &list)
	report(t, &list)
	if !ok || !slices.Equal(set.Codes(), []string{"ar", "de", "en", "fr", "uk"}) {
		t.Fatalf("%v, and the languages are %q", ok, set.Codes())
	}
	return set
}

// Ukrainian has four plural forms, cases of months, and spaces between groups.
func TestUkrainianNeedsNoCode(t *testing.T) {
	l, _ := brought(t).Lookup("uk")
	if !slices.Equal(l.Plurals(), []Plural{One, Few, Many, Other}) {
		t.Errorf("the plural forms are %q", l.Plurals())
	}
	for number, want := range map[string]Plural{"1": One, "21": One, "2": Few, "24": Few, "5": Many, "11": Many, "0": Many, "1.5": Other} {
		if got := l.Plural(rat(number), decimalsOf(number)); got != want {
			t.Errorf("%s is %s, want %s", number, got, want)
		}
	}
	for n, want := range map[int]string{1: "і ще 1 сторінка", 3: "і ще 3 сторінки", 12: "і ще 12 сторінок"} {
		if got := l.Word("more-uses", n); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	day := time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC)
	for got, want := range map[string]string{
		l.Number(rat("1234567.5"), 1): "1\u00a0234\u00a0567,5", l.Percent(rat("0.54"), 0): "54\u00a0%", l.Dir(): "ltr",
		l.Date(day): "31 грудня 2024 р.", l.Month(day, true): "грудень 2024 р.", l.Word("spoken-share", "54 %", "відвідувань"): "відвідувань: 54 %",
		describe(l.Parse("понад 416 тисяч")): "more than 416000 scaled", describe(l.Parse("Близько 416 000")): "around 416000",
		describe(l.Parse("дев’ять із десяти")): "9/10 part", describe(l.Parse("майже половина")): "just under 1/2 part",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Arabic is written from right to left and has all six plural forms.
func TestArabicNeedsNoCode(t *testing.T) {
	l, _ := brought(t).Lookup("ar")
	if !slices.Equal(l.Plurals(), []Plural{Zero, One, Two, Few, Many, Other}) || l.Dir() != "rtl" {
		t.Errorf("the plural forms are %q, the direction is %s", l.Plurals(), l.Dir())
	}
	for n, want := range map[int]string{0: "ولا صفحات أخرى", 1: "وصفحة أخرى", 2: "وصفحتان أخريان", 3: "و3 صفحات أخرى", 11: "و11 صفحة أخرى", 100: "و100 صفحة أخرى"} {
		if got := l.Word("more-uses", n); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for got, want := range map[string]string{
		l.Number(rat("1234567.5"), 1): "1,234,567.5", l.Percent(rat("0.54"), 0): "54%",
		describe(l.Parse("أكثر من 416,000")): "more than 416000", describe(l.Parse("حوالي 0.4 مليون")): "around 400000 scaled",
		describe(l.Parse("تسعة من عشرة")): "9/10 part", describe(l.Parse("10 في المائة")): "10 percent",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A project changes words of a language that is built in, one by one; lists change
// as a whole, and other projects keep what was built in.
func TestAProjectChangesSingleWords(t *testing.T) {
	var list diag.List
	set, ok := With([]File{{"content/locale/de.json", []byte(`{"words": {"menu": "Inhalt"}, "relations": {"around": ["zirka"]}, "hours": ["Uhr", "h"]}`)}}, &list)
	report(t, &list)
	l, _ := set.Lookup("de")
	if !ok || l.Word("menu") != "Inhalt" || l.Word("overview") != "Überblick" {
		t.Errorf("the words are %q and %q", l.Word("menu"), l.Word("overview"))
	}
	if got := l.Bound(Around, "5") + ", " + l.Bound(MoreThan, "5"); got != "zirka 5, mehr als 5" {
		t.Errorf("relations are said %q", got)
	}
	if built := Must("de"); built.Word("menu") != "Menü" || built.Bound(Around, "5") != "rund 5" {
		t.Error("what is built in changed")
	}
}

func TestFrenchWritesDatesAndSpaces(t *testing.T) {
	l := Must("fr")
	first, second := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2025, 8, 2, 0, 0, 0, 0, time.UTC)
	for got, want := range map[string]string{
		l.Date(first): "1er janvier 2025", l.Date(second): "2 août 2025", l.Month(first, true): "janvier 2025", l.Month(first, false): "janvier",
		l.Quote("oui"): "«\u202foui\u202f»", l.Sign(":"): "\u00a0:", l.Sign(";"): "\u202f;", l.Sign(","): ",", l.Dir(): "ltr",
		l.Word("more-uses", 1): "et 1 autre", l.Word("more-uses", 2): "et 2 autres",
		Must("en").Sign(":"): ":", Must("de").Word("more-uses", 1): "und 1 weitere",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, c := range []struct {
		before, after rune
		want          string
	}{{'t', '?', "\u202f"}, {'t', ':', "\u00a0"}, {'«', 'o', "\u202f"}, {'i', '»', "\u202f"}, {'t', ',', ""}, {'a', 'b', ""}} {
		if got, special := l.Space(c.before, c.after); got != c.want || special != (c.want != "") {
			t.Errorf("between %c and %c stands %q", c.before, c.after, got)
		}
	}
}

func TestPlainWritesLettersForAddresses(t *testing.T) {
	for r, want := range map[rune]string{'é': "e", 'ê': "e", 'ç': "c", 'à': "a", 'œ': "oe", 'ä': "ae", 'ß': "ss", 'ż': "z", 'ł': "l", 'ж': "", 'ع': "", '’': "", '–': "", '½': ""} {
		if got := Plain(r); got != want {
			t.Errorf("%c is %q, want %q", r, got, want)
		}
	}
}

// What is missing is said once, all of it, with the first English words.
func TestMissingWordsAreListed(t *testing.T) {
	for _, c := range []struct {
		leave []string
		want  string
	}{
		{nil, ""},
		{[]string{"menu"}, `words are missing here, and pages say them in English: menu` +
			` | add "menu": …; in English it is "Menu"`},
		{[]string{"copied", "close", "menu", "status"}, `words are missing here, and pages say them in English: close, copied, menu, status | add "close": …; in English it is "Close"` +
			` | add "copied": …; in English it is "Copied" | add "menu": …; in English it is "Menu"`},
	} {
		var list diag.List
		whole := map[string]any{}
		if err := json.Unmarshal(source("en.json"), &whole); err != nil {
			t.Fatal(err)
		}
		whole["code"] = "it"
		for _, key := range c.leave {
			delete(whole["words"].(map[string]any), key)
		}
		text, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		set, ok := With([]File{{"content/locale/it.json", text}}, &list)
		var said []string
		for _, d := range list.Sorted() {
			said = append(said, d.Text.In("en"))
			for _, way := range d.Ways {
				said = append(said, way.In("en"))
			}
		}
		if got := strings.Join(said, " | "); got != c.want || !ok || list.Errors() != 0 {
			t.Fatalf("without %q: %v, %q", c.leave, ok, got)
		}
		it, _ := set.Lookup("it")
		for _, key := range c.leave {
			if got, want := it.words[key].other, Must("en").words[key].other; got != want {
				t.Errorf("%s is %q without a word of its own; in English it is %q", key, got, want)
			}
		}
	}
}
