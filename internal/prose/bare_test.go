package prose

import (
	"math/rand/v2"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// The quick way out passes over no number that would be told.
func TestIdleTextsHoldNothingToTell(t *testing.T) {
	set := figures(t)
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{
		"2019", "1799", "1800", "2099", "2100", "416374", "195", "7", "54", "999", "1000", "400", "0",
		" ", " ", ".", ",", "\u00a0", "\u202f", "-", "−", "%", " %", " percent", " Prozent", " million", " Millionen",
		"x", " people", " Ratsuchende", " around", " mehr als", " percentage points", " Prozentpunkte", " advice centres", " PEOPLE", "-person", " new", ",", "31 December", "COVID-", "'", "374", "123",
	}
	idle := 0
	for _, code := range []string{"en", "de"} {
		for range 40_000 {
			var text strings.Builder
			for range 1 + random.IntN(6) {
				text.WriteString(pieces[random.IntN(len(pieces))])
			}
			var list diag.List
			v := newVisitor(&Context{Figures: set, Lang: locale.Must(code)}, wholeText(text.String()), &list)
			if !v.isIdle(text.String()) {
				continue
			}
			idle++
			v.scanAll(text.String(), func(i int) int { return i })
			for _, d := range list.Sorted() {
				t.Fatalf("%s: %q is passed over, but\n%s", code, text.String(), printed([]diag.Diagnostic{d}, "en"))
			}
		}
	}
	if idle < 10_000 {
		t.Errorf("only %d texts were passed over at all", idle)
	}
}

func wholeText(s string) text { return whole(schema.File{Path: "page.md", Text: []byte(s)}) }

// Where the quick way out ends, on either side.
func TestIdleEndsWhereNumbersMatter(t *testing.T) {
	v := newVisitor(&Context{Figures: figures(t), Lang: locale.Must("en")}, wholeText(""), &diag.List{})
	for text, want := range map[string]bool{
		"": true, "no number": true, "from 2019 to 2022": true,
		"in 1800": true, "in 2099": true, "in 1799": false, "in 2100": false,
		"998 of them": true, "999 of them": true, "1000 of them": false, "0999 of them": true, "02019": false,
		"416374": false, "416 374": false, "1.5": false, "7,5": false, "in 2019, 7": true, "in 2019,7": false,
		"2019 million": false, "998 millionaires": true, "998 million": false, "2019%": false, "998%": false, "5‰": false, "5 percentage points": false, "5 points": true,
		"9 people": true, "10 people": false, "11 of the people": false, "11 of the new people": true, "11, people": true, "11-person": false, "−998": false, "-998": true,
		"999999999999999 of": false, "9999999999999999999999 of": false, "COVID-19": true,
	} {
		if got := v.isIdle(text); got != want {
			t.Errorf("%q: idle is %v", text, got)
		}
	}
}

var years = strings.Repeat("In 2019 the network had 13 offices, and by 2022 it had 19; "+
	"since 1 January they open at 9 on 5 days a week. ", 4)

// What the bare numbers of a paragraph of years and small numbers cost.
func BenchmarkIdle(b *testing.B) { benchmarkScan(b, (*visitor).scan) }

// What they cost without the quick way out.
func BenchmarkIdleLookedAt(b *testing.B) { benchmarkScan(b, (*visitor).scanAll) }

func benchmarkScan(b *testing.B, scan func(*visitor, string, func(int) int)) {
	v := newVisitor(&Context{Figures: figures(b), Lang: locale.Must("en")}, wholeText(years), &diag.List{})
	b.ReportAllocs()
	for b.Loop() {
		scan(v, years, func(i int) int { return i })
	}
	if v.problems > 0 {
		b.Fatal("something was told")
	}
}
