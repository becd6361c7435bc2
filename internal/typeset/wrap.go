package typeset

import (
	"iter"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SoftHyphen says where a word may be broken.
const SoftHyphen = '\u00AD'

// A piece is a stretch of text in which no line may end.
type piece struct {
	before string // " " if a space stands before it
	text   string
	soft   bool // a line that ends here gets a hyphen
}

// Wrap breaks a text into lines that take at most room px, slack included. It breaks
// at spaces, after hyphens and slashes, and at soft hyphens; a word that is still too
// long is broken all the same, since cutting it off would lose it.
func (f Face) Wrap(text string, weight int, room float64) []string {
	var lines []string
	var line []byte
	measure, wide, soft := advancesOf(weight), 0.0, false // wide is the line's, in em
	for p := range pieces(text) {
		hyphen := ""
		if p.soft {
			hyphen = "-"
		}
		longer := measure.add(measure.add(wide, p.before), p.text)
		if len(line) > 0 && measure.add(longer, hyphen)*f.Size*Slack > room {
			if soft {
				line = append(line, '-')
			}
			lines, line = append(lines, string(line)), line[:0]
		}
		if len(line) > 0 {
			line, wide = append(line, p.before...), longer
		} else {
			for f.Room(p.text+hyphen, weight) > room {
				head, tail := f.cut(p.text, weight, room)
				if tail == "" {
					break
				}
				lines, p.text = append(lines, head), tail
			}
			wide = measure.add(0, p.text)
		}
		line, soft = append(line, p.text...), p.soft
	}
	return append(lines, string(line))
}

// WrapAll wraps several texts, and says how many lines the longest has.
func (f Face) WrapAll(texts []string, weight int, room float64) (all [][]string, most int) {
	for _, text := range texts {
		lines := f.Wrap(text, weight, room)
		all, most = append(all, lines), max(most, len(lines))
	}
	return all, most
}

// pieces splits a text where lines may end. A no-break space is no such place.
func pieces(text string) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		before := ""
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' }) {
			for p := range parts(word) {
				p.before = before
				if before = ""; !yield(p) {
					return
				}
			}
			before = " "
		}
	}
}

// parts splits a word where lines may end.
func parts(word string) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		start := 0
		for i, r := range word {
			end, next, soft := i, i+utf8.RuneLen(r), r == SoftHyphen
			switch r {
			case SoftHyphen:
			case '-', '–', '/':
				if i == start || next == len(word) {
					continue
				}
				end = next
			default:
				continue
			}
			if end > start && !yield(piece{text: word[start:end], soft: soft}) {
				return
			}
			start = next
		}
		if start < len(word) {
			yield(piece{text: word[start:]})
		}
	}
}

// cut takes off as much of a word as fits. The hyphen is ours: better a hyphen in the
// wrong place than a word that looks like two.
func (f Face) cut(word string, weight int, room float64) (head, tail string) {
	at, before := 0, rune(0)
	for i, r := range word {
		if i > 0 && !joins(before, r) {
			if at > 0 && f.Room(word[:i]+"-", weight) > room {
				break
			}
			at = i
		}
		before = r
	}
	if at == 0 {
		return word, ""
	}
	head, tail = word[:at], word[at:]
	if unicode.IsLetter([]rune(tail)[0]) {
		head += "-"
	}
	return head, tail
}

// joins says that two runes are drawn as one sign and must stay together.
func joins(a, b rune) bool {
	const zeroWidthJoiner = '\u200D'
	return a == zeroWidthJoiner || b == zeroWidthJoiner || unicode.In(b, unicode.Mn, unicode.Me, unicode.Mc)
}

// Widest is the room that the widest of the lines needs.
func (f Face) Widest(lines []string, weight int) float64 {
	w := 0.0
	for _, line := range lines {
		w = max(w, f.Room(line, weight))
	}
	return w
}

// Longest is the room that the longest word of the texts needs, within bounds: a column
// this wide breaks no word that a German text is likely to hold.
func (f Face) Longest(weight int, least, most float64, texts ...string) float64 {
	for _, text := range texts {
		for p := range pieces(text) {
			least = max(least, math.Ceil(f.Room(p.text, weight)))
		}
	}
	return min(least, most)
}
