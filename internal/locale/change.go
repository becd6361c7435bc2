package locale

import (
	"math/big"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Direction says whether something rose or fell.
type Direction int8

// The directions of a change; that of a number on its own is Unsaid.
const (
	Fell   Direction = -1
	Unsaid Direction = 0
	Rose   Direction = 1
)

// changeWords are what a language says around the amount of a change: "fell by" before
// it, "fewer" behind it, or both: "um 9,3 gesunken".
type changeWords struct {
	before, after string // in small letters
	direction     Direction
	sign          bool // they are words for a sign, which any number can have: "minus"
}

// amount is where the number stands in a catalogue's words for a change.
const amount = "{n}"

func changesOf(c *catalogue) []changeWords {
	var all []changeWords
	for _, way := range []struct {
		words     []string
		direction Direction
		sign      bool
	}{{c.Falls, Fell, false}, {c.Rises, Rose, false}, {c.Minus, Fell, true}, {c.Plus, Rose, true}} {
		for _, words := range way.words {
			before, after, _ := strings.Cut(words, amount)
			all = append(all, changeWords{strings.TrimSpace(before), strings.TrimSpace(after), way.direction, way.sign})
		}
	}
	slices.SortStableFunc(all, func(a, b changeWords) int {
		return len(b.before) + len(b.after) - len(a.before) - len(a.after)
	})
	return all
}

// Changes reports whether one of some words, in small letters, is one with which the language
// says that something rose or fell.
func (l *Lang) Changes(words []string) bool {
	return slices.ContainsFunc(l.changes, func(c changeWords) bool {
		return !c.sign && slices.ContainsFunc(strings.Fields(c.before), func(word string) bool {
			return utf8.RuneCountInString(word) > 3 && slices.Contains(words, word)
		})
	})
}

// ParseChange reads a whole text as the amount of a change with the words that say in
// which direction: "fell by around 9.3", "9.3 fewer", "+10.4", "minus 3". Its value is
// the amount, above zero. It reports false for anything else, such as a number alone.
func (l *Lang) ParseChange(text string) (Said, bool) {
	trimmed := strings.TrimFunc(text, isSpace)
	offset := strings.Index(text, trimmed)
	trimmed = l.withoutNoun(trimmed) // "1,234 fewer people"
	if rest, plus := strings.CutPrefix(trimmed, "+"); plus {
		return l.changeIn(rest, offset+1, changeWords{direction: Rose, sign: true})
	}
	for _, words := range l.changes {
		rest, ok := cutBefore(trimmed, words.before)
		at := len(trimmed) - len(rest)
		if ok {
			rest, ok = cutAfter(rest, words.after)
		}
		if !ok {
			continue
		}
		if said, ok := l.changeIn(rest, offset+at, words); ok {
			return said, true
		}
	}
	return Said{}, false
}

func (l *Lang) changeIn(number string, offset int, words changeWords) (Said, bool) {
	said, ok := l.Parse(number)
	if !ok || said.Value.Sign() < 0 || words.sign && (said.Relation != Exact || said.Spelt || said.Part) {
		return Said{}, false
	}
	if r, _ := utf8.DecodeRuneInString(number); words.before == "" && words.after == "" && isSpace(r) {
		return Said{}, false // "+ 3"
	}
	said.Direction, said.Signed = words.direction, words.sign
	said.Start += offset
	return said.from(offset), true
}

// DirectionAround tells the direction of a change from the words on both sides of its
// amount: "fell by " before it, or "fell by about ".
func (l *Lang) DirectionAround(before, after string) Direction {
	_, at := l.relationBefore(before, len(before))
	before = before[:at]
	before, after = strings.TrimRightFunc(before, isSpace), strings.TrimLeftFunc(after, isSpace)
	for _, words := range l.changes {
		start := len(before) - len(words.before)
		if words.sign || start < 0 || !strings.EqualFold(before[start:], words.before) ||
			words.after != "" && !hasWord(after, words.after) {
			continue
		}
		if r, _ := utf8.DecodeLastRuneInString(before[:start]); words.before == "" || start == 0 || !unicode.IsLetter(r) {
			return words.direction
		}
	}
	return Unsaid
}

// SignedValue is the value with the sign that its words give it.
func (s Said) SignedValue() *big.Rat {
	if s.Direction == Fell {
		return new(big.Rat).Neg(s.Value)
	}
	return s.Value
}

// cutBefore takes words off the start of a text, with the space behind them.
func cutBefore(text, words string) (rest string, ok bool) {
	if words == "" {
		return text, true
	}
	if !hasWord(text, words) {
		return text, false
	}
	rest = strings.TrimLeftFunc(text[len(words):], isSpace)
	return rest, len(rest) < len(text)-len(words) || elided(words)
}

// cutAfter takes words off the end of a text, with the space before them.
func cutAfter(text, words string) (rest string, ok bool) {
	at := len(text) - len(words)
	if words == "" {
		return text, true
	}
	if at < 0 || !strings.EqualFold(text[at:], words) {
		return text, false
	}
	rest = strings.TrimRightFunc(text[:at], isSpace)
	return rest, len(rest) < at
}

// withoutNoun takes the longest noun that is counted off the end of a text.
func (l *Lang) withoutNoun(text string) string {
	shortest := text
	for _, noun := range l.nouns {
		if rest, ok := cutAfter(text, noun); ok && len(rest) < len(shortest) {
			shortest = rest
		}
	}
	return shortest
}
