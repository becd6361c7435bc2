package locale

import (
	"math/big"
	"slices"
	"strings"
	"testing"
)

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

func TestNumbersAreWrittenAsTheLanguageWritesThem(t *testing.T) {
	for _, c := range []struct {
		lang, value string
		decimals    int
		want        string
	}{
		{"en", "416374", 0, "416,374"}, {"de", "416374", 0, "416.374"},
		{"en", "999", 0, "999"}, {"fr", "999", 0, "999"}, {"fr", "1000", 0, "1\u202f000"}, {"fr", "1075.949", 1, "1\u202f075,9"}, {"fr", "-1234567.891", 2, "−1\u202f234\u202f567,89"}, {"de", "1000", 0, "1.000"},
		{"en", "1075.949", 1, "1,075.9"}, {"de", "1075.949", 1, "1.075,9"},
		{"en", "0.5", 0, "1"}, {"en", "1.5", 0, "2"}, {"en", "2.5", 0, "3"}, {"en", "-2.5", 0, "−3"},
		{"en", "-0.2", 0, "0"}, {"en", "1234567.891", 2, "1,234,567.89"},
	} {
		if got := Must(c.lang).Number(rat(c.value), c.decimals); got != c.want {
			t.Errorf("%s: %s with %d decimals: %q, want %q", c.lang, c.value, c.decimals, got, c.want)
		}
	}
	if got := Must("de").Percent(rat("0.54"), 0); got != "54\u00a0%" {
		t.Errorf("German percent: %q", got)
	}
	if got := Must("fr").Percent(rat("0.675"), 1); got != "67,5\u202f%" {
		t.Errorf("French percent: %q", got)
	}
	if got := Must("en").Percent(rat("0.675"), 1); got != "67.5%" {
		t.Errorf("English percent: %q", got)
	}
}

func TestWordsAboutNumbersHoldOrNot(t *testing.T) {
	v := rat("318462")
	for _, c := range []struct {
		lang, text string
		want       bool
	}{
		{"en", "318,462", true}, {"en", "318,426", false}, {"de", "318.462", true},
		{"en", "around 320,000", true}, {"en", "around 318,000", true}, {"en", "around 319,000", false},
		{"en", "more than 318,000", true}, {"en", "more than 317,000", false},
		{"en", "almost 319,000", false}, {"en", "almost 320,000", true}, {"en", "just over 318,000", true},
		{"en", "0.32 million", false}, {"de", "rund 0,32 Mio.", true}, {"de", "Rund 320.000", true},
		{"de", "mehr als 318 Tausend", true}, {"de", "gut 318.000", true}, {"de", "knapp 320.000", true},
	} {
		said, ok := Must(c.lang).Parse(c.text)
		if !ok {
			t.Errorf("%s: %q was not understood", c.lang, c.text)
			continue
		}
		if got := said.Holds(v); got != c.want {
			t.Errorf("%s: %q of 318,462: %v, want %v (%+v)", c.lang, c.text, got, c.want, said)
		}
	}
}

func TestParseKnowsTheOtherLanguagesFormat(t *testing.T) {
	said, ok := Must("en").Parse("416.374")
	if !ok || said.Foreign || said.Value.Cmp(rat("416.374")) != 0 {
		t.Errorf("416.374 in English is a decimal number: %+v %v", said, ok)
	}
	said, ok = Must("de").Parse("1,075.9")
	if !ok || !said.Foreign || said.Value.Cmp(rat("1075.9")) != 0 {
		t.Errorf("1,075.9 in German: %+v %v", said, ok)
	}
	for _, text := range []string{"", "more", "3 visits", "12,34,56", "abc", "more than"} {
		if said, ok := Must("en").Parse(text); ok {
			t.Errorf("%q was read as %+v", text, said)
		}
	}
}

func TestScanFindsNumbersInRunningText(t *testing.T) {
	var got []string
	text := "From 1,284 events. B2 and 3rd, around 0.3 million; 54 % in 2024, 10%."
	for _, s := range Must("en").Scan(text) {
		got = append(got, text[s.Start:s.End])
	}
	want := []string{"1,284", "around 0.3 million", "54 %", "2024", "10%"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPluralsAreThoseOfTheLanguage(t *testing.T) {
	for _, c := range []struct {
		lang, number string
		decimals     int
		want         Plural
	}{
		{"en", "1", 0, One}, {"en", "1", 1, Other}, {"en", "0", 0, Other}, {"en", "-1", 0, One}, {"de", "2", 0, Other},
		{"fr", "0", 0, One}, {"fr", "1", 0, One}, {"fr", "1.5", 1, One}, {"fr", "1.9", 1, One}, {"fr", "2", 0, Other}, {"fr", "-1", 0, One},
		{"en", "10000000001", 0, Other}, {"fr", "10000000000", 0, Other},
	} {
		if got := Must(c.lang).Plural(rat(c.number), c.decimals); got != c.want {
			t.Errorf("%s: %s with %d decimals is %s, want %s", c.lang, c.number, c.decimals, got, c.want)
		}
	}
	for _, code := range Codes() {
		if got := Must(code).Plurals(); !slices.Equal(got, []Plural{One, Other}) {
			t.Errorf("%s has the plurals %q", code, got)
		}
	}
}

func TestEachLanguageIsNamedInTheLanguagesOfMessages(t *testing.T) {
	for _, code := range Codes() {
		if l := Must(code); l.English == "" || l.German == "" {
			t.Errorf("%s: the catalogue lacks english or german", code)
		}
	}
}

// Inside a phrase a label loses its capital only where its first word is the name of nothing.
func TestLabelsInsideAPhrase(t *testing.T) {
	for label, want := range map[string]string{
		"en: All people": "all people", "en: At least one dose": "at least one dose",
		"en: Central Library": "Central Library",
		"en: NHS staff":       "NHS staff", "en: All": "all", "en: ALL": "ALL", "en: Allies": "Allies",
		"en: 5 to 11": "5 to 11",
		"en: ":        "", "en: all": "all", "de: Alle": "alle", "de: Über 60": "über 60", "de: Die Linke": "Die Linke",
		"de: Kinder": "Kinder", "fr: Tous les âges": "tous les âges", "fr: La Réunion": "La Réunion",
	} {
		code, label, _ := strings.Cut(label, ": ")
		if got := Must(code).Inside(label); got != want {
			t.Errorf("%s %q: %q", code, label, got)
		}
	}
}
