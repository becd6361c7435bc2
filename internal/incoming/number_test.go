package incoming

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"bilanz/internal/figure"
	"bilanz/internal/schema"
)

// What a cell says: a value as files of figures write it; with "*" and a mark, with "%", with
// "?" where two readings fit, "word" where it is none, "-" where it cannot be read.
func TestCellsAreRead(t *testing.T) {
	set := librarySet(t, schema.File{Path: "content/figures/hours.yaml", Text: []byte(
		"units: {hours: {decimals: 3, en: {one: hour, other: hours}, de: {one: Stunde, other: Stunden}}}\n" +
			"figures:\n  hours: {value: 1, unit: hours, period: year-2024, source: register, " +
			"label: {en: Hours, de: Stunden}}\n")})
	visits, _ := set.Lookup("visits.total")
	hours, _ := set.Lookup("hours")
	for _, c := range []struct {
		text, form string
		f          *figure.Figure
		want       string
	}{
		{"416374", "", visits, "416374"}, {"416.374", "", visits, "416374"}, {"416,374", "", visits, "416374"},
		{"416 374", "", visits, "416374"}, {"416\u00a0374", "", visits, "416374"},
		{"416\u2009374", "", visits, "416374"},
		{"416\u202f374", "", visits, "416374"}, {"416'374", "", visits, "416374"},
		{"416’374", "", visits, "416374"},
		{"4163 74", "", visits, "-"}, {"41 6374", "", visits, "-"}, {"1.234.567", "", visits, "1234567"},
		{"1,234,567", "", visits, "1234567"}, {"1.234,5", "", hours, "1234.5"}, {"1,234.5", "", hours, "1234.5"},
		{"1.23,456", "", hours, "-"}, {"12.34.567", "", hours, "-"}, {"1,5", "", hours, "1.5"},
		{"1.5", "", hours, "1.5"},
		{"0,123", "", hours, "0.123"}, {"1.234", "", hours, "? 1.234 1234"}, {"1,234", "", hours, "? 1234 1.234"},
		{"1.234", "de", hours, "1234"}, {"1.234", "en", hours, "1.234"}, {"1.234", "en", visits, "1.234"},
		{"-5", "", visits, "-5"}, {"−5", "", visits, "-5"}, {"– 5", "", visits, "-5"}, {"+5", "", visits, "5"},
		{"007", "", visits, "-"}, {"0", "", visits, "0"}, {"5,", "", visits, "-"}, {",5", "", visits, "-"},
		{"1e5", "", visits, "-"}, {"12 visits", "", visits, "12"}, {"12 Besuche", "", visits, "12"},
		{"1 Besuch", "", visits, "1"}, {"12 Personen", "", visits, "-"}, {"0,4 Mio.", "", visits, "-"},
		{"18.402*", "", visits, "18402 * *"}, {"18.402 **", "", visits, "18402 * **"},
		{"18402²", "", visits, "18402 * ²"},
		{"18402 1)", "", visits, "18402 * 1)"}, {"18402 (1)", "", visits, "18402 * 1"},
		{"18402[2]", "", visits, "18402 * 2"},
		{"54%", "", visits, "54%"}, {"54,5 %", "", hours, "54.5%"}, {"54 Prozent", "", visits, "54%"},
		{"54%*", "", visits, "54% * *"},
		{"more than 30", "", visits, "more than 30"}, {"mehr als 1.030", "", visits, "more than 1030"},
		{"> 30", "", visits, "more than 30"}, {">=30", "", visits, "at least 30"},
		{"≤ 30", "", visits, "at most 30"},
		{"<5", "", visits, "fewer than 5"}, {"ca. 390", "", visits, "around 390"},
		{"rund 390", "", visits, "around 390"},
		{"vielleicht 390", "", visits, "-"}, {"30 bis 40", "", visits, "-"}, {"30-40", "", visits, "-"},
		{"not available", "", visits, "not available"}, {"liegt nicht vor", "", visits, "not available"},
		{"vertraulich", "", visits, "confidential"}, {"geheim", "", visits, "confidential"},
		{"[x]", "", visits, "not available"},
		{"x", "", visits, "word"}, {"…", "", visits, "word"}, {"k. A.", "", visits, "word"},
		{"-", "", visits, "word"},
		{"*", "", visits, "word"}, {"#NV", "", visits, "-"}, {"1.12.2024", "", visits, "-"},
		{strings.Repeat("9", longest), "", visits, strings.Repeat("9", longest)},
		{strings.Repeat("9", longest+1), "", visits, "-"},
	} {
		r := newReader(siteLangs, Known{Numbers: c.form}, nil)
		if got := saying(r.text(c.text, c.f)); got != c.want {
			t.Errorf("%q in form %q for %s: %q, not %q", c.text, c.form, c.f.ID, got, c.want)
		}
	}
}

func saying(s said) string {
	switch {
	case !s.bad.IsZero():
		return "-"
	case s.word != "":
		return "word"
	case s.doubt[0] != nil:
		return "? " + figure.Decimal(s.doubt[0]) + " " + figure.Decimal(s.doubt[1])
	}
	text := written(s.value)
	if s.percent {
		text += "%"
	}
	if s.mark != "" {
		text += " * " + s.mark
	}
	return text
}

// Offices save letters in other ways than Unicode.
func TestOldLettersAreRead(t *testing.T) {
	text := "Kennzahl\tWert\r\nÖffnungstage\t297\r\n"
	old, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	dos, err := charmap.CodePage850.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, encoding string }{
		{text, ""}, {"\ufeff" + text, ""}, {old, ""}, {wide, ""}, {dos, "cp850"},
	} {
		m, problems := Read(schema.File{Path: "a.txt", Text: []byte(c.text)},
			Options{Set: librarySet(t), Langs: siteLangs, Known: Known{Encoding: c.encoding}})
		if m == nil || len(problems) > 0 || len(m.Changes()) != 1 || m.Changes()[0].Written() != "297" {
			t.Errorf("%q: %v, %v", c.text, m, problems)
		}
	}
	if m, problems := Read(schema.File{Path: "a.csv", Text: []byte("a;b\n\x81;1\n")},
		Options{Set: librarySet(t), Langs: siteLangs}); m != nil && len(problems) == 0 && len(m.Changes()) > 0 {
		t.Error("a byte that is no letter is read")
	}
}
