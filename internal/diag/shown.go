package diag

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

// What authors wrote comes into messages, and messages into terminals and logs that act on
// some characters. So what nobody sees is shown, and nothing is longer than a person reads.
const (
	longestWord     = 400  // of what a sentence quotes, in characters
	longestSentence = 1000 // of a sentence as a whole
	mostNotes       = 50   // other places of a problem
)

// quoted is an argument of a sentence without anything that acts on a terminal or ends a
// line.
func quoted(arg any) any {
	switch arg := arg.(type) {
	case nil:
		return arg
	case error:
		return shown(arg.Error(), true)
	case fmt.Stringer:
		return shown(arg.String(), true)
	}
	if v := reflect.ValueOf(arg); v.Kind() == reflect.String {
		return cut(shown(v.String(), true), longestWord)
	}
	return arg
}

// shown gives a text in which characters that act, or that nobody sees, are shown.
func shown(text string, oneLine bool) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	unseen := func(r rune) bool { return visible(r) != r }
	if strings.IndexFunc(text, unseen) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r == '\n' && !oneLine {
			return r
		}
		return visible(r)
	}, text)
}

// visible is the sign that is shown for a character: for those that control a terminal
// their picture, for others without one, and for what turns the direction of the words
// that follow, the sign for a character that cannot be shown.
func visible(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case r < ' ':
		return '\u2400' + r
	case r == 0x7f:
		return '\u2421'
	case r < 0xa0 && r > 0x7f, r == 0x61c, r >= 0x200e && r <= 0x200f, r == 0x200b, r >= 0x2028 && r <= 0x202e,
		r >= 0x2060 && r <= 0x206f, r == 0xfeff, unicode.Is(unicode.Co, r), r >= 0xe0000 && r <= 0xe0fff && r > 0xe01ef:
		return unicode.ReplacementChar
	}
	return r
}

// cut shortens a text that is longer than anybody reads, between two words where it can.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	n, space := 0, 0
	for i, r := range text {
		switch {
		case n == most && space > i/2:
			return text[:space] + " …"
		case n == most:
			return text[:i] + "…"
		case r == ' ' || r == '\n':
			space = i
		}
		n++
	}
	return text
}
