package locale

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
)

// What authors may write in a verified link, and what it is taken for. "-" is a
// text that says no number.
func TestParseReadsTheGrammar(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"en", "416,374", "416374"}, {"en", "416 374", "-"}, {"en", "416\u00a0374", "416374"}, {"en", "416\u202f374", "416374"}, {"en", "416\u2009374", "416374"},
		{"de", "416.374", "416374"}, {"de", "416\u202f374", "416374"}, {"de", "2,1", "2.1"}, {"en", "2.1", "2.1"}, {"en", "2,1", "2.1 foreign"},
		{"en", "−3", "-3"}, {"en", "-3.5", "-3.5"}, {"de", "−1.000,5", "-1000.5"}, {"en", "--3", "-"}, {"en", "- 3", "-"},
		{"en", "0.4 million", "400000 scaled"}, {"de", "0,4 Millionen", "400000 scaled"}, {"de", "0,4 Mio.", "400000 scaled"}, {"de", "416 Tausend", "416000 scaled"},
		{"de", "416 Tsd.", "416000 scaled"}, {"de", "1,2 Mrd.", "1200000000 scaled"}, {"en", "416 thousand", "416000 scaled"}, {"en", "1.2 Billion", "1200000000 scaled"},
		{"en", "10%", "10 percent"}, {"en", "10 %", "10 percent"}, {"en", "10\u00a0%", "10 percent"}, {"en", "10\u2009%", "10 percent"},
		{"en", "10 per cent", "10 percent"}, {"en", "10 percent", "10 percent"}, {"de", "10\u00a0%", "10 percent"}, {"de", "10%", "10 percent"}, {"de", "10\u202f%", "10 percent"},
		{"de", "10 Prozent", "10 percent"}, {"de", "67,5 Prozent", "67.5 percent"}, {"en", "10 percentage points", "-"}, {"de", "10 Prozentpunkte", "-"},
		{"en", "more than 416,000", "more than 416000"}, {"en", "over 416,000", "more than 416000"}, {"en", "around 416,000", "around 416000"}, {"en", "about 416,000", "around 416000"},
		{"en", "some 416,000", "around 416000"}, {"en", "nearly 417,000", "just under 417000"}, {"en", "almost 417,000", "just under 417000"}, {"en", "just under 417,000", "just under 417000"},
		{"en", "Just over 416,000", "just over 416000"}, {"en", "fewer than 417,000", "fewer than 417000"}, {"en", "less than 1%", "fewer than 1 percent"}, {"en", "at least 416,000", "at least 416000"},
		{"en", "up to 417,000", "at most 417000"}, {"en", "no more than 417,000", "at most 417000"}, {"en", "no fewer than 416,000", "at least 416000"}, {"en", "circa 416,000", "around 416000"},
		{"de", "mehr als 416.000", "more than 416000"}, {"de", "über 416.000", "more than 416000"}, {"de", "Über 416.000", "more than 416000"}, {"de", "rund 416.000", "around 416000"}, {"de", "etwa 416.000", "around 416000"},
		{"de", "circa 416.000", "around 416000"}, {"de", "ca. 416.000", "around 416000"}, {"de", "gut 416.000", "just over 416000"}, {"de", "fast 417.000", "just under 417000"},
		{"de", "knapp 417.000", "just under 417000"}, {"de", "nahezu 417.000", "just under 417000"}, {"de", "mindestens 416.000", "at least 416000"}, {"de", "höchstens 417.000", "at most 417000"},
		{"de", "weniger als 417.000", "fewer than 417000"}, {"de", "rund 0,4 Millionen", "around 400000 scaled"}, {"de", "mehr als 10 Prozent", "more than 10 percent"},
		{"en", "three", "3 spelt"}, {"en", "Twelve", "12 spelt"}, {"en", "thirteen", "-"}, {"en", "more than three", "more than 3 spelt"}, {"de", "drei", "3 spelt"}, {"de", "Zwölf", "12 spelt"}, {"de", "eine", "1 spelt"}, {"de", "dreizehn", "-"},
		{"en", "half", "1/2 part"}, {"en", "more than half", "more than 1/2 part"}, {"en", "Over half", "more than 1/2 part"}, {"en", "one in ten", "1/10 part"}, {"en", "nine out of ten", "9/10 part"}, {"en", "9 in 10", "9/10 part"},
		{"en", "every tenth", "1/10 part"}, {"en", "a quarter", "1/4 part"}, {"en", "almost a quarter", "just under 1/4 part"}, {"en", "two thirds", "2/3 part"}, {"en", "two-thirds", "2/3 part"}, {"en", "twice as many", "2 part"}, {"en", "ten in nine", "-"},
		{"de", "die Hälfte", "1/2 part"}, {"de", "Mehr als die Hälfte", "more than 1/2 part"}, {"de", "gut ein Drittel", "just over 1/3 part"}, {"de", "zwei Drittel", "2/3 part"}, {"de", "neun von zehn", "9/10 part"},
		{"de", "einer von zehn", "1/10 part"}, {"de", "jede zehnte", "1/10 part"}, {"de", "Jeder zehnte", "1/10 part"}, {"de", "doppelt so viele", "2 part"}, {"de", "mehr als doppelt so viele", "more than 2 part"}, {"de", "ein  Viertel", "1/4 part"},
		{"fr", "416\u202f374", "416374"}, {"fr", "416\u00a0374", "416374"}, {"fr", "416 374", "416374"}, {"fr", "1 234 567,5", "1234567.5"}, {"fr", "416374", "416374"},
		{"fr", "416,374", "416.374"}, {"fr", "416.374", "416374 foreign"}, {"fr", "1,075.9", "1075.9 foreign"}, {"fr", "2.5", "2.5 foreign"}, {"fr", "2024 318", "-"}, {"fr", "12 34", "-"},
		{"fr", "54\u202f%", "54 percent"}, {"fr", "54 %", "54 percent"}, {"fr", "67,5 pour cent", "67.5 percent"}, {"fr", "10 points de pourcentage", "-"},
		{"fr", "0,4 million", "400000 scaled"}, {"fr", "2,5 millions", "2500000 scaled"}, {"fr", "416 mille", "416000 scaled"}, {"fr", "1,2 milliard", "1200000000 scaled"},
		{"fr", "plus de 416 000", "more than 416000"}, {"fr", "Plus de 416\u202f000", "more than 416000"}, {"fr", "environ 416 000", "around 416000"}, {"fr", "moins de 417 000", "fewer than 417000"},
		{"fr", "près de 417 000", "just under 417000"}, {"fr", "presque 417 000", "just under 417000"}, {"fr", "un peu plus de 416 000", "just over 416000"}, {"fr", "un peu moins de 417 000", "just under 417000"},
		{"fr", "au moins 416 000", "at least 416000"}, {"fr", "au plus 417 000", "at most 417000"}, {"fr", "jusqu’à 417 000", "at most 417000"}, {"fr", "plus de", "-"}, {"fr", "plusieurs 3", "-"},
		{"fr", "la moitié", "1/2 part"}, {"fr", "Plus de la moitié", "more than 1/2 part"}, {"fr", "plus d’un tiers", "more than 1/3 part"}, {"fr", "Plus d'un quart", "more than 1/4 part"}, {"fr", "près des trois quarts", "just under 3/4 part"},
		{"fr", "un tiers", "1/3 part"}, {"fr", "deux tiers", "2/3 part"}, {"fr", "trois quarts", "3/4 part"}, {"fr", "neuf sur dix", "9/10 part"}, {"fr", "9 sur 10", "9/10 part"}, {"fr", "une sur dix", "1/10 part"}, {"fr", "deux fois plus", "2 part"}, {"fr", "le double", "2 part"},
		{"fr", "un", "1 spelt"}, {"fr", "Une", "1 spelt"}, {"fr", "seize", "16 spelt"}, {"fr", "vingt et un", "21 spelt"}, {"fr", "vingt-et-une", "21 spelt"}, {"fr", "soixante-dix", "70 spelt"}, {"fr", "soixante et onze", "71 spelt"}, {"fr", "soixante-dix-sept", "77 spelt"},
		{"fr", "quatre-vingts", "80 spelt"}, {"fr", "quatre-vingt-onze", "91 spelt"}, {"fr", "quatre-vingt-dix-neuf", "99 spelt"}, {"fr", "nonante et un", "91 spelt"}, {"fr", "cent", "100 spelt"}, {"fr", "soixante-seize", "76 spelt"},
		{"en", "", "-"}, {"en", "more than", "-"}, {"en", "more", "-"}, {"en", "3 visits", "-"}, {"en", "12,34,56", "-"}, {"en", "1 in +2", "-"}, {"en", "0 in 2", "-"}, {"en", "more than more than 3", "-"}, {"en", "%", "-"}, {"de", "von", "-"},
	} {
		if got := describe(Must(c.lang).Parse(c.text)); got != c.want {
			t.Errorf("%s: %q is %s, want %s", c.lang, c.text, got, c.want)
		}
	}
}

// describe writes what was understood, so that a table can hold it.
func describe(s Said, ok bool) string {
	if !ok {
		return "-"
	}
	text := strings.TrimSpace(string(s.Relation) + " ")
	if text != "" {
		text += " "
	}
	if s.Value.IsInt() || s.Part {
		text += s.Value.RatString()
	} else {
		text += strings.TrimRight(s.Value.FloatString(6), "0")
	}
	for _, mark := range []struct {
		set  bool
		name string
	}{{s.Scaled, "scaled"}, {s.Percent, "percent"}, {s.Part, "part"}, {s.Spelt, "spelt"}, {s.Foreign, "foreign"}} {
		if mark.set {
			text += " " + mark.name
		}
	}
	return text
}

// The table of the grammar: s is the place of the last digit that is not zero.
// Each relation holds exactly where its line says, at both ends and on both sides
// of each, for every place value.
func TestWordsHoldExactlyWhereTheGrammarSays(t *testing.T) {
	type line struct {
		from, to         string // in parts of s, added to n
		withFrom, withTo bool
	}
	grammar := map[Relation]line{
		Around: {"-1/2", "1/2", true, true}, MoreThan: {"0", "1", false, false}, FewerThan: {"-1", "0", false, false},
		AtLeast: {"0", "1", true, false}, AtMost: {"-1", "0", false, true}, JustUnder: {"-1/2", "0", true, false}, JustOver: {"0", "1/2", false, true},
	}
	for _, lang := range Codes() {
		l := Must(lang)
		for relation, g := range grammar {
			for _, n := range []string{"318000", "320000", "7", "90", "2.5", "0.32", "1250000", "100", "101"} {
				place := placeOf(rat(n))
				said, ok := l.Parse(l.Bound(relation, l.Number(rat(n), decimalsOf(n))))
				if !ok || said.Last.Cmp(place) != 0 {
					t.Fatalf("%s %s %s: %+v", lang, relation, n, said)
				}
				from := new(big.Rat).Add(rat(n), new(big.Rat).Mul(place, rat(g.from)))
				to := new(big.Rat).Add(rat(n), new(big.Rat).Mul(place, rat(g.to)))
				little := new(big.Rat).Quo(place, rat("1000000"))
				for _, c := range []struct {
					v    *big.Rat
					want bool
				}{
					{from, g.withFrom}, {new(big.Rat).Sub(from, little), false}, {new(big.Rat).Add(from, little), true},
					{to, g.withTo}, {new(big.Rat).Add(to, little), false}, {new(big.Rat).Sub(to, little), true},
				} {
					if got := said.Holds(c.v); got != c.want {
						t.Errorf("%s: %q of %s: %v, want %v", lang, l.Bound(relation, n), c.v.FloatString(9), got, c.want)
					}
				}
			}
		}
	}
}

// placeOf finds the place of the last digit that is not zero.
func placeOf(n *big.Rat) *big.Rat {
	place := rat("1000000000")
	for !new(big.Rat).Quo(n, place).IsInt() {
		place.Quo(place, rat("10"))
	}
	return place
}

func decimalsOf(n string) int {
	_, fraction, _ := strings.Cut(n, ".")
	return len(fraction)
}

// A part of a whole is held against a percentage: a twentieth of it, or of the
// rest where that is less, is near enough; "more than" reaches a fifth.
func TestPartsHoldAgainstPercentages(t *testing.T) {
	for _, c := range []struct {
		lang, text, share string
		want              bool
	}{
		{"en", "half", "50", true}, {"en", "half", "47.5", true}, {"en", "half", "47.4", false}, {"en", "half", "52.6", false},
		{"en", "a quarter", "23.75", true}, {"en", "a quarter", "23.7", false}, {"en", "three quarters", "76.25", true}, {"en", "three quarters", "76.3", false},
		{"en", "one in ten", "9.6", true}, {"en", "one in ten", "10.6", false}, {"en", "nine in ten", "90.4", true}, {"en", "nine in ten", "89.4", false},
		{"en", "two thirds", "68.3", true}, {"en", "two thirds", "64.9", false}, {"en", "more than half", "54", true}, {"en", "more than half", "50", false}, {"en", "more than half", "60", false},
		{"en", "almost half", "49", true}, {"en", "almost half", "51", false}, {"de", "gut die Hälfte", "52", true}, {"de", "gut die Hälfte", "53", false},
		// As docs/writing.md says.
		{"en", "nine in ten", "89.5", true}, {"en", "nine in ten", "90.5", true}, {"en", "just over a third", "35", true}, {"en", "just over a third", "35.1", false},
		{"en", "twice as many", "190", true}, {"en", "twice as many", "210", true}, {"en", "twice as many", "211", false}, {"en", "almost half", "47.5", true}, {"en", "almost half", "50", false},
		{"de", "knapp ein Drittel", "32", true}, {"de", "jede zehnte", "10.4", true}, {"de", "neun von zehn", "90.4", true}, {"de", "weniger als die Hälfte", "46", true},
	} {
		said, ok := Must(c.lang).Parse(c.text)
		if !ok {
			t.Errorf("%q was not understood", c.text)
			continue
		}
		if said.Relation == Exact {
			said.Relation = Around
		}
		if got := said.InPercent().Holds(rat(c.share)); got != c.want {
			t.Errorf("%q of %s%%: %v, want %v", c.text, c.share, got, c.want)
		}
	}
}

func TestPutKeepsTheWords(t *testing.T) {
	for _, c := range []struct {
		lang, text, value string
		decimals          int
		want              string
	}{
		{"en", "416,374", "420001", 0, "420,001"}, {"de", "54 Prozent", "55", 0, "55 Prozent"}, {"en", "54 per cent", "55.25", 1, "55.3 per cent"},
		{"en", "54 %", "55", 0, "55%"}, {"de", "54%", "55", 0, "55\u00a0%"}, {"en", "Three", "4", 0, "Four"}, {"en", "three", "13", 0, "13"}, {"de", "eine", "2", 0, "zwei"},
		{"en", "more than 170", "180", 0, "more than 180"}, {"de", "rund 0,4 Mio.", "500000", 1, "rund 0,5 Mio."}, {"en", "−3", "-4", 0, "−4"}, {"en", "-3", "4", 0, "4"},
		{"en", "half", "1", 0, "-"}, {"en", "many", "1", 0, "-"},
		{"fr", "416 374", "420001", 0, "420\u202f001"}, {"fr", "54 %", "55", 0, "55\u202f%"}, {"fr", "54 pour cent", "55.25", 1, "55,3 pour cent"}, {"fr", "Soixante-dix", "77", 0, "Soixante-dix-sept"},
		{"fr", "plus de 170", "1800", 0, "plus de 1\u202f800"}, {"fr", "un", "101", 0, "101"},
	} {
		got, ok := Must(c.lang).Put(c.text, rat(c.value), c.decimals)
		if !ok {
			got = "-"
		}
		if got != c.want {
			t.Errorf("%s: %q with %s is %q, want %q", c.lang, c.text, c.value, got, c.want)
		}
	}
}

func TestResayKeepsWordAndPlace(t *testing.T) {
	for _, c := range []struct{ lang, text, value, want string }{
		{"en", "around 320,000", "331207", "around 330,000"}, {"en", "more than 318,000", "331207", "more than 331,000"}, {"en", "almost 320,000", "331207", "-"},
		{"en", "almost 320,000", "338000", "almost 340,000"}, {"de", "rund 0,32 Mio.", "331207", "rund 0,33 Mio."}, {"de", "mehr als 54 Prozent", "60.5", "mehr als 60 Prozent"},
		{"en", "0.3 million", "416374", "0.4 million"}, {"en", "just over 318,000", "331700", "-"}, {"en", "more than half", "60", "-"}, {"en", "more than 300,000", "50", "-"},
	} {
		got, ok := Must(c.lang).Resay(c.text, rat(c.value))
		if !ok {
			got = "-"
		}
		if got != c.want {
			t.Errorf("%s: %q of %s is %q, want %q", c.lang, c.text, c.value, got, c.want)
		}
	}
}

// Whatever a text holds, what is found in it lies inside it and can be read again;
// and what a language writes it can read.
func FuzzNumberInProse(f *testing.F) {
	for _, seed := range []string{
		"A total of 416,374 advisory sessions; 195,182 people, 10% and 54 %.", "Von Januar 2019 bis Dezember 2022: rund 0,4 Mio. (−3,5 %).",
		"more than half", "neun von zehn", "B2, EN 301 549, +49 (221) 932981 24", "1.234.567,89", "1\u202f000\u00a0000 Prozent", "über", "−−−7", "12,34,56 . 7", "0000000001", "1'000’000 Tsd.", "ſ2 K3 ２",
	} {
		f.Add(seed, int64(416374), uint8(0))
		f.Add(seed, int64(-7), uint8(3))
	}
	f.Fuzz(func(t *testing.T, text string, n int64, decimals uint8) {
		if len(text) > 2000 {
			return
		}
		for _, code := range Codes() {
			l := Must(code)
			end := 0
			for _, s := range l.Scan(text) {
				if s.Start < 0 || s.Start < end && s.NumberAt < end || s.NumberAt < s.Start || s.DigitsEnd <= s.NumberAt || s.End < s.DigitsEnd || s.End > len(text) {
					t.Fatalf("%s: %q: %+v", code, text, s)
				}
				end = s.End
				l.Ordinary(text, s)
				if again, ok := l.Parse(text[s.NumberAt:s.End]); !ok || again.Value.Cmp(s.Value) != 0 || again.Percent != s.Percent {
					t.Fatalf("%s: %q was found, and read as %+v", code, text[s.NumberAt:s.End], again)
				}
			}
			if s, ok := l.Parse(text); ok && (s.Start < 0 || s.NumberAt < s.Start || s.End > len(text) || s.DigitsEnd > s.End || s.Last.Sign() <= 0) {
				t.Fatalf("%s: %q: %+v", code, text, s)
			}
			l.Swapped(text)
			value := new(big.Rat).SetFrac(big.NewInt(n), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals%7)), nil))
			if with, ok := l.Put(text, value, int(decimals%7)); ok {
				want := value
				again, ok := l.read(with)
				if again.Direction != Unsaid {
					want = new(big.Rat).Abs(value)
				}
				if !ok || again.Value.Cmp(want) != 0 && !again.Scaled {
					t.Fatalf("%s: %q with %s became %q: %+v", code, text, value, with, again)
				}
			}
			l.Resay(text, value)
			written := l.Number(value, int(decimals%7))
			if s, ok := l.Parse(written); !ok || s.Foreign || s.Value.Cmp(value) != 0 {
				t.Fatalf("%s: %s was written %q, which is %s", code, value, written, describe(s, ok))
			}
			share := l.Percent(new(big.Rat).Quo(value, rat("100")), int(decimals%7))
			if s, ok := l.Parse(share); !ok || !s.Percent || s.Value.Cmp(value) != 0 {
				t.Fatalf("%s: %s was written %q, which is %s", code, value, share, fmt.Sprint(s))
			}
		}
	})
}

// A number that was copied from a text in another language is known as that.
func TestSwappedReadsTheOtherCustom(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"en", "416.374", "416374"}, {"de", "416,374", "416374"}, {"fr", "416,374", "416374"}, {"fr", "1,075.9", "1075.9"}, {"en", "1.075,9", "1075.9"},
	} {
		if got := describe(Must(c.lang).Swapped(c.text)); got != c.want {
			t.Errorf("%s: %q is %s, want %s", c.lang, c.text, got, c.want)
		}
	}
}
