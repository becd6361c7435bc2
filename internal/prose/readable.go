package prose

import (
	"bytes"
	"html"
	"strings"
)

// Goldmark leaves the source as it stands and resolves it when it writes: "1&nbsp;998",
// "1\.998". Whoever looks for numbers reads what readers get.

// isPlain is the quick way out for most texts: readers get them as they stand.
func isPlain(text []byte) bool {
	for i, b := range text {
		if b == '&' || b == '\\' || (b == 0xc2 || b == 0xe2 || b == 0xef) && unseenAt(text[i:]) > 0 {
			return false
		}
	}
	return true
}

// readable calls add with the pieces of a text as readers get it, and with where each
// stands in the text.
func readable(text []byte, add func(piece []byte, at int)) {
	start := 0
	for i := 0; i < len(text); {
		width, with := unreadable(text[i:])
		if width == 0 {
			i++
			continue
		}
		if i > start {
			add(text[start:i], start)
		}
		if len(with) > 0 {
			add(with, i)
		}
		i += width
		start = i
		if len(with) == 0 && i < len(text) {
			i++ // the escaped sign itself, which may be one of escaping
		}
	}
	if start < len(text) {
		add(text[start:], start)
	}
}

// longestEntity is that of HTML, with its signs.
const longestEntity = len("&CounterClockwiseContourIntegral;")

// unreadable tells how many bytes at the start of a text are not what readers get, and
// what they get instead: of "&nbsp;" a space, of "\*" nothing before the star.
func unreadable(text []byte) (width int, with []byte) {
	switch text[0] {
	case '&':
		end := bytes.IndexByte(text[:min(len(text), longestEntity)], ';') + 1
		entity := string(text[:end])
		if plain := html.UnescapeString(entity); plain != entity {
			return end, []byte(plain)
		}
	case '\\':
		if len(text) > 1 && isPunctuation(text[1]) {
			return 1, nil
		}
	}
	return 0, nil
}

func isPunctuation(b byte) bool {
	return '!' <= b && b <= '/' || ':' <= b && b <= '@' || '[' <= b && b <= '`' || '{' <= b && b <= '~'
}

// unseen are the characters that have no width: soft hyphens, joiners and their like.
var unseen = strings.NewReplacer("\u00ad", "", "\u200b", "", "\u200c", "", "\u200d", "", "\u2060", "", "\ufeff", "")

// seen parts a text at characters that have no width.
func seen(text []byte, add func(piece []byte, at int)) {
	rest := 0
	for i := 0; i < len(text); i++ {
		if b := text[i]; b != 0xc2 && b != 0xe2 && b != 0xef { // most are letters
			continue
		}
		width := unseenAt(text[i:])
		if width == 0 {
			continue
		}
		if i > rest {
			add(text[rest:i], rest)
		}
		i += width - 1
		rest = i + 1
	}
	if rest < len(text) {
		add(text[rest:], rest)
	}
}

func unseenAt(text []byte) int {
	for _, sign := range []string{"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"} {
		if bytes.HasPrefix(text, []byte(sign)) {
			return len(sign)
		}
	}
	return 0
}
