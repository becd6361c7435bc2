package prose

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// What a number counts stands beside it: "1998 people", "34 new advice centres", "a
// 1,234-person programme". The nouns are those of the site's units.

// mostBetween is how many words may stand from a number to what it counts, that word
// included.
const mostBetween = 3

// nouns are the words of the units in one language, by their first words as they may
// stand in a text: "advice centres" by "advice" and "Advice".
type nouns map[string][]string

func (c *Context) nouns() nouns {
	c.naming.Do(func() {
		c.counted = nouns{}
		for _, u := range c.Figures.Units() {
			if u.Ungrouped || u.IsPercent() {
				continue // a year is no count, and percentages are known by their sign
			}
			for _, noun := range u.Nouns(c.Lang.Code) {
				c.counted.add(noun)
			}
		}
	})
	return c.counted
}

func (n nouns) add(noun string) {
	first, _ := cutWord(noun)
	if first == "" {
		return
	}
	letter, size := utf8.DecodeRuneInString(first)
	for _, form := range []string{first, strings.ToLower(first), string(unicode.ToUpper(letter)) + first[size:]} {
		if !slices.Contains(n[form], noun) {
			n[form] = append(n[form], noun)
		}
	}
}

// counts reports whether the noun of a unit is among the first words of a text from at
// on, before any sign that parts what it says.
func (v *visitor) counts(text string, at, most int) bool {
	known := v.context.nouns()
	for range most {
		rest := strings.TrimLeft(text[at:], " \n\u00a0\u202f-")
		word, _ := cutWord(rest)
		if word == "" {
			return false
		}
		for _, noun := range known[word] {
			if beginsWith(rest, noun) {
				return true
			}
		}
		at = len(text) - len(rest) + len(word)
	}
	return false
}

// cutWord takes the letters off the start of a text.
func cutWord(text string) (word, rest string) {
	for i, r := range text {
		if !unicode.IsLetter(r) {
			return text[:i], text[i:]
		}
	}
	return text, ""
}

// beginsWith reports whether a text begins with these words, in any capitals.
func beginsWith(text, words string) bool {
	if len(text) < len(words) || !strings.EqualFold(text[:len(words)], words) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[len(words):])
	return len(text) == len(words) || !unicode.IsLetter(r)
}

// signsOfMoney are what unit nouns they stand for begin with.
var signsOfMoney = map[rune][]string{'€': {"euro"}, '$': {"dollar"}, '£': {"pound", "pfund", "livre"}}

// isMoney reports whether the sign of a money that figures count stands beside a number.
func (v *visitor) isMoney(text string, start, end int) bool {
	const blanks = " \u00a0\u202f"
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:start], blanks))
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[end:], blanks))
	known := v.context.nouns()
	counted := func(noun string) bool { return len(known[noun]) > 0 || len(known[noun+"s"]) > 0 }
	return slices.ContainsFunc(signsOfMoney[before], counted) || slices.ContainsFunc(signsOfMoney[after], counted)
}

// ordinary reports whether a number is no statistic. One that is written as years are is
// a year, unless it counts something.
func (v *visitor) ordinary(text string, said locale.Said) bool {
	isYear := v.lang.IsYear(text, said)
	if isYear && !v.countsLikeYear(text, said) {
		return true
	}
	compound, direct := v.lang.InCompound(text, said), v.counts(text, said.End, 1)
	switch {
	case isYear:
		return !(compound && direct) && v.lang.Ordinary(text, said)
	case compound && said.Grouped:
		return false
	case direct && said.Value.Cmp(ten) >= 0 && !v.lang.InCode(text, said):
		return false // in "S. 5 and 1,234 people" the page is what is named
	}
	return (v.lang.Ordinary(text, said) || v.ofTown(text, said)) && !v.counted(text, said)
}

// ofTown knows the postcode in "Köln (50667)". It is none where a figure has that value,
// or what figures count stands before it: "Besuche (50667)".
func (v *visitor) ofTown(text string, said locale.Said) bool {
	town, opened := strings.CutSuffix(text[:said.NumberAt], " (")
	if !opened || said.End-said.NumberAt != len("50667") || said.DigitsEnd != said.End || said.Grouped ||
		!strings.HasPrefix(text[said.End:], ")") || len(v.context.Figures.Equal(said.Value, false)) > 0 {
		return false
	}
	word := town[strings.LastIndexFunc(town, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && !v.counts(word, 0, 1)
}

// counted reports whether a figure that a number equals is named right behind it, be it
// in another case: "in 50667 Fällen" is no town.
func (v *visitor) counted(text string, said locale.Said) bool {
	after := following(text[said.End:], 1)
	if len(after) == 0 || said.Value.Cmp(thousand) < 0 {
		return false
	}
	return slices.ContainsFunc(v.context.Figures.Equal(said.Value, false), func(f *figure.Figure) bool {
		return slices.ContainsFunc(f.Unit.Nouns(v.lang.Code), func(noun string) bool {
			word, _ := cutWord(noun)
			return alike(strings.ToLower(word), after[0])
		})
	})
}

// alike reports whether two words differ by no more than an ending.
func alike(a, b string) bool {
	long, short := []rune(a), []rune(b)
	if len(long) < len(short) {
		long, short = short, long
	}
	stem := len(short) - 1
	return stem >= 3 && len(long)-stem <= 3 && string(long[:stem]) == string(short[:stem])
}

// countsLikeYear reports whether a number that may be a year is a count: a figure has it
// and is named beside it, or what figures count stands right behind it.
func (v *visitor) countsLikeYear(text string, said locale.Said) bool {
	equal, direct := v.context.Figures.Equal(said.Value, false), v.counts(text, said.End, 1)
	if len(equal) == 0 && !direct {
		return false // nearly all years
	}
	surely, maybe := v.lang.AsYear(text, said)
	if surely {
		return false
	}
	after := following(text[said.End:], mostBetween)
	before := preceding(text[:said.NumberAt], 2)
	for _, f := range equal {
		switch {
		case f.Unit.Ungrouped:
		case v.names(f, after), !maybe && v.names(f, before):
			return true
		}
	}
	return !maybe && direct
}

// names reports whether words name what a figure counts, by its unit or by its label.
func (v *visitor) names(f *figure.Figure, words []string) bool {
	if v.namesUnit(f, words) {
		return true
	}
	for label := f.Label[v.lang.Code]; label != ""; {
		var word string
		word, label = cutWord(strings.TrimLeftFunc(label, func(r rune) bool { return !unicode.IsLetter(r) }))
		if utf8.RuneCountInString(word) > 3 && slices.Contains(words, strings.ToLower(word)) {
			return true
		}
	}
	return false
}

// following gives the first words of a text in small letters, up to a sign that parts.
func following(text string, most int) []string {
	var words []string
	for range most {
		word, rest := cutWord(strings.TrimLeft(text, " \n\u00a0\u202f-"))
		if word == "" {
			break
		}
		words, text = append(words, strings.ToLower(word)), rest
	}
	return words
}

// preceding gives the last words of a text in small letters, back to a sign that parts;
// a colon does not: "people: 1998".
func preceding(text string, most int) []string {
	var words []string
	for range most {
		text = strings.TrimRight(text, " \n\u00a0\u202f:-=–")
		start := strings.LastIndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) + 1
		if start > 0 && start < len(text) {
			_, size := utf8.DecodeRuneInString(text[start-1:])
			start += size - 1
		}
		if start >= len(text) {
			break
		}
		words, text = append(words, strings.ToLower(text[start:])), text[:start]
	}
	return words
}
