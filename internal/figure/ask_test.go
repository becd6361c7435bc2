package figure

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

func library(t testing.TB) *Set {
	t.Helper()
	var list diag.List
	set := Load(readLibrary(t), Options{Langs: []string{"en", "de"}, Complete: []string{"en", "de"}, Demo: true}, &list)
	if list.Errors() > 0 {
		t.Fatalf("%d problems in the library", list.Errors())
	}
	return set
}

func TestYearsAreAddedToNothing(t *testing.T) {
	year, count := &Unit{ID: "year", Ungrouped: true}, &Unit{ID: "visits"}
	if got := (&Figure{Unit: year}).Aggregation(); got != NotAdded {
		t.Errorf("a year may be added: %s", got)
	}
	if got := (&Figure{Unit: count}).Aggregation(); got != Added {
		t.Errorf("visits may not be added: %s", got)
	}
}

func TestFiguresAreCitedAsTheLanguageWritesThem(t *testing.T) {
	set := library(t)
	for _, c := range []struct{ cite, en, de, data string }{
		{"visits.total", "318,462", "318.462", "318462"},
		{"visits.total?decimals=1", "318,462.0", "318.462,0", "318462"},
		{"network.locations", "more than 30", "mehr als 30", ""},
		{"visits.online", "not available", "liegt nicht vor", ""},
		{"visits.mobile-children", "confidential", "vertraulich", ""},
		{"visits.total.central?share", "54%", "54\u00a0%", "53.97975268634876"},
		{"survey.people.borrow?share&decimals=1", "67.5%", "67,5\u00a0%", "67.49482401656314"},
		{"loans.central.print.lent?share", "82%", "82\u00a0%", "82.16319102399278"},
		{"loans.central.audio.renewed?share", "not available", "liegt nicht vor", ""},
		{"visits.per-opening-day", "1,075.9", "1.075,9", "1075.8851351351352"},
		{"visits.total?period", "January to December 2024", "Januar bis Dezember 2024", ""},
		{"visits.total?label", "Visits", "Besuche", ""},
		{"visits.total?unit", "visits", "Besuche", ""},
		{"visits.total?source", "Door counters at all locations", "Türzähler an allen Standorten", ""},
		{"members.joined?as_of", "31 December 2024", "31. Dezember 2024", ""},
		{"network.volunteers?as_of", "2024", "2024", ""},
		{"network.locations?as_of", "date not stated", "Stand nicht angegeben", ""},
	} {
		id, query, _ := strings.Cut(c.cite, "?")
		f, ok := set.Lookup(id)
		option, bad := ParseOption(query)
		if !ok || bad != nil {
			t.Fatalf("%s: %v %v", c.cite, ok, bad)
		}
		if option.String() != query {
			t.Errorf("%s is written back as %q", c.cite, option)
		}
		ref := Ref{f, option}
		if en, de, data := ref.Text(locale.Must("en")), ref.Text(locale.Must("de")), ref.Data(); en != c.en || de != c.de || data != c.data {
			t.Errorf("%s: %q %q %q, want %q %q %q", c.cite, en, de, data, c.en, c.de, c.data)
		}
	}
}

func TestNamesAreTrueByThemselves(t *testing.T) {
	set := library(t)
	for _, c := range []struct {
		id     string
		option Option
		en, de string
	}{
		{"visits.total", Plain, "318,462 visits, January to December 2024", "318.462 Besuche, Januar bis Dezember 2024"},
		{"visits.total.central", Option{Share: true, Decimals: -1},
			"54% of visits: Central Library, January to December 2024",
			"54\u00a0% Anteil (Besuche: Zentralbibliothek), Januar bis Dezember 2024"},
		{"events.held.adults", Plain, "431 events held: for adults, January to December 2024",
			"431 Veranstaltungen: für Erwachsene, Januar bis Dezember 2024"},
		{"loans.central.audio.lent", Plain, "21,366 loans (Central Library, Sound and film), January to December 2024",
			"21.366 Ausleihen (Zentralbibliothek, Ton und Film), Januar bis Dezember 2024"},
		{"members.joined.2024-12-31", Plain,
			"22,957 New members since January 2021, as of 31 December 2024, cumulative since 1 January 2021",
			"22.957 Neue Mitglieder seit Januar 2021, Stand 31. Dezember 2024, kumuliert seit 1. Januar 2021"},
		{"members.joined", Plain,
			"22,957 New members since January 2021, as of 31 December 2024, cumulative since 1 January 2021 " +
				"(latest value)",
			"22.957 Neue Mitglieder seit Januar 2021, Stand 31. Dezember 2024, kumuliert seit 1. Januar 2021 " +
				"(neuester Wert)"},
		{"network.locations", Plain, "more than 30 locations, date not stated", "mehr als 30 Standorte, Stand nicht angegeben"},
		{"network.listed", Plain, "34 locations in the register, as of 31 December 2024",
			"34 Standorte im Verzeichnis, Stand 31. Dezember 2024"},
		{"visits.online", Plain, "not available: visits to the website, January to December 2024",
			"liegt nicht vor: Besuche der Website, Januar bis Dezember 2024"},
		{"visits.total", Option{Field: LabelField, Decimals: -1}, "Visits", "Besuche"},
	} {
		f, _ := set.Lookup(c.id)
		name := func(l *locale.Lang) string {
			ref := Ref{f, c.option}
			return ref.Name(l, ref.Text(l))
		}
		if en, de := name(locale.Must("en")), name(locale.Must("de")); en != c.en || de != c.de {
			t.Errorf("%s: %q %q, want %q %q", c.id, en, de, c.en, c.de)
		}
	}
}

func TestOptionsHaveOneForm(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"", ""}, {"share", "share"}, {"decimals=1&share", "share&decimals=1"}, {"share&decimals=0", "share"}, {"decimals=0", "decimals=0"},
		{"period", "period"},
		{"shares", `0-6 there is no option "shares"; there are: share, decimals=1, fall, rise, period, label, unit, source, as_of, discrepancy, adds-up, parts, missing`},
		{"share&decimals=x", "6-16 decimals is a number from 0 to 6"},
		{"share&period", "6-12 period cannot stand beside another option"},
		{"share&", `6-6 there is no option ""; there are: share, decimals=1, fall, rise, period, label, unit, source, as_of, discrepancy, adds-up, parts, missing`},
	} {
		o, bad := ParseOption(c.query)
		got := o.String()
		if bad != nil {
			got = fmt.Sprintf("%d-%d %s", bad.Start, bad.End, bad.Text.In("en"))
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.query, got, c.want)
		}
	}
}

func TestAnOptionMustFitItsFigure(t *testing.T) {
	set := library(t)
	for _, c := range []struct {
		id   string
		o    Option
		want string
	}{
		{"visits.total.central", Option{Share: true}, ""},
		{"visits.total", Option{Share: true}, "visits.total is no part of another figure, so it has no share"},
		{"network.locations", Option{Field: PeriodField}, "network.locations has no period; it was counted on a day (as_of)"},
		{"network.locations", Option{Field: AsOfField}, ""},
	} {
		f, _ := set.Lookup(c.id)
		text, ok := c.o.Fits(f)
		if ok != (c.want == "") || text.In("en") != c.want {
			t.Errorf("%s %v: %v %q", c.id, c.o, ok, text.In("en"))
		}
	}
}

func TestBareNumbersFindTheirFigures(t *testing.T) {
	set := library(t)
	for _, c := range []struct {
		number  string
		percent bool
		want    string
	}{
		{"318462", false, "visits.total"},
		{"1075.9", false, "visits.per-opening-day"},
		{"22957", false, "members.joined"}, // and not its last date once more
		{"30", false, "network.locations"},
		{"54", true, "visits.total.central"},
		{"67.5", true, "survey.people.borrow"},
		{"54", false, ""},
		{"318426", false, ""},
	} {
		n, _ := new(big.Rat).SetString(c.number)
		var ids []string
		for _, f := range set.Equal(n, c.percent) {
			ids = append(ids, f.ID)
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s (percent: %v) is %q, want %q", c.number, c.percent, got, c.want)
		}
	}
}

func TestOldIdsLeadToTheirFigures(t *testing.T) {
	set := library(t)
	for old, want := range map[string]string{"visits.all": "visits.total", "visits.all.central": "visits.total.central", "visits.none": "", "visits.all.x": ""} {
		got := ""
		if f, ok := set.Renamed(old); ok {
			got = f.ID
		}
		if got != want {
			t.Errorf("%s leads to %q, want %q", old, got, want)
		}
	}
}

func TestUnknownIdsFindTheirNeighbours(t *testing.T) {
	set := library(t)
	for id, want := range map[string]string{"visits.per-openning-day": "visits.per-opening-day", "locations": "network.locations", "qqqqqqqq": ""} {
		got := ""
		if near := set.Nearest(id); len(near) > 0 {
			got = near[0].ID
		}
		if got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

// Every letter of a note must be found in its file, or a wrong number in it is
// reported at the wrong place.
func TestNotesKnowTheirPlaces(t *testing.T) {
	f, _ := library(t).Lookup("visits.total")
	note, ok := In(f.Notes, "de")
	if !ok {
		t.Fatal("no German note")
	}
	start := strings.Index(note.Text, "171.905")
	if at := note.Place(start, start+len("171.905")); at.String() != "content/figures/visits.yaml:10:16" || at.Width != 7 {
		t.Errorf("%s, %d wide, in %q", at, at.Width, at.Source)
	}
}

func TestDemoFiguresAreRefusedOnARealSite(t *testing.T) {
	files := []schema.File{{Path: "content/figures/a.yaml", Text: []byte("demo: true\nfigures: {}\n")}}
	for _, demo := range []bool{true, false} {
		var list diag.List
		Load(files, Options{Langs: []string{"en"}, Demo: demo}, &list)
		if got := list.Errors() > 0; got == demo {
			t.Errorf("demo site %v: refused %v", demo, got)
		}
	}
}

func TestALabelMayStandAloneInASiteOfOneLanguage(t *testing.T) {
	text := "units: {u: {decimals: 0, en: {one: u, other: us}}}\nsources: {s: {label: S, as_of: 2024}}\nfigures:\n  a: {value: 1, unit: u, source: s, period: none, as_of: 2024, label: A}\n"
	var list diag.List
	set := Load([]schema.File{{Path: "content/figures/a.yaml", Text: []byte(text)}}, Options{Langs: []string{"en"}, Complete: []string{"en"}}, &list)
	f, _ := set.Lookup("a")
	if list.Errors() > 0 || f.Label.In("en") != "A" {
		t.Errorf("%v %v", list.Sorted(), f.Label)
	}
}

// big5000 is what a large programme has: 5,000 figures in 50 files.
func big5000() []schema.File {
	files := []schema.File{{Path: "content/figures/programme.yaml", Text: []byte(`
units: {visits: {decimals: 0, en: {one: visit, other: visits}, de: {one: Besuch, other: Besuche}}}
periods: {y: {from: 2024-01-01, to: 2024-12-31, en: 2024, de: 2024}}
sources: {s: {label: {en: S, de: S}, as_of: 2024-12-31}}
`)}}
	for i := range 50 {
		var b strings.Builder
		b.WriteString("defaults: {unit: visits, period: y, source: s}\nfigures:\n")
		for j := range 25 {
			fmt.Fprintf(&b, "  area%d.measure%d:\n    value: 6000\n    label: {en: Measure %d of the area, de: Kennzahl %d des Bereichs}\n    note:\n      en: Counted once a year.\n      de: Einmal im Jahr gezählt.\n    parts:\n", i, j, j, j)
			for k := range 3 {
				fmt.Fprintf(&b, "      part%d: {value: %d, label: {en: Part %d of the measure, de: Teil %d der Kennzahl}}\n", k, 1000*(k+1), k, k)
			}
		}
		files = append(files, schema.File{Path: fmt.Sprintf("content/figures/f%02d.yaml", i), Text: []byte(b.String())})
	}
	return files
}

func BenchmarkLoad5000(b *testing.B) {
	files := big5000()
	b.ReportAllocs()
	for b.Loop() {
		var list diag.List
		set := Load(files, Options{Langs: []string{"en", "de"}, Complete: []string{"en", "de"}}, &list)
		if list.Errors() > 0 || len(set.All()) != 5000 {
			b.Fatal(len(set.All()), list.Sorted()[0].Text.In("en"))
		}
	}
}

func BenchmarkEqual(b *testing.B) {
	var list diag.List
	set := Load(big5000(), Options{Langs: []string{"en", "de"}}, &list)
	n := big.NewRat(123456, 1)
	for b.Loop() {
		set.Equal(n, false)
	}
}

func BenchmarkText(b *testing.B) {
	set := library(b)
	f, _ := set.Lookup("visits.total.central")
	l := locale.Must("de")
	for b.Loop() {
		_ = (Ref{f, Plain}).Text(l)
	}
}

func BenchmarkShareText(b *testing.B) {
	set := library(b)
	f, _ := set.Lookup("visits.total.central")
	l := locale.Must("de")
	for b.Loop() {
		_ = (Ref{f, Option{Share: true, Decimals: 1}}).Text(l)
	}
}

// What machines read is exact: no zero has a sign, what ends has all its decimals, and
// what never ends is the nearest number that programs reckon with.
func TestMachinesReadExactNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "-0.3": "-0.3", "-0.0": "0", "12.50": "12.5", "1/8": "0.125",
		"-1/3":                           "-0.3333333333333333",
		"123456789012345678901234567890": "123456789012345678901234567890",
		"1/1073741824":                   "0.000000000931322574615478515625", // 30 decimals: the most
		"1/2147483648":                   "0.0000000004656612873077393",      // 31 decimals
	} {
		n, _ := new(big.Rat).SetString(text)
		if got := Decimal(n); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
