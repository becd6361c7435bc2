package figure

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
)

// Ids are permanent addresses: small letters, digits and hyphens, with points
// between their parts, beginning with a letter. "none" and "fits" mean something
// else in links and checks.

var reservedIDs = []string{"none", "fits"}

// longestID keeps addresses readable.
const longestID = 120

// idFault explains an id that breaks the grammar, and proposes one that keeps it.
func idFault(id string) *fault {
	if validID(id) {
		return nil
	}
	bad := &fault{code: "id-form", end: len(id)}
	switch {
	case slices.Contains(reservedIDs, id):
		bad.text = diag.Say("%s cannot be an id: the word has a meaning of its own",
			"%s kann keine Kennung sein: das Wort hat eine eigene Bedeutung", id)
		bad.ways = []diag.Text{writeWay(id + "-figures")}
		return bad
	case len(id) > longestID:
		bad.text = diag.Say("this id has more than %d letters", "diese Kennung hat mehr als %d Zeichen", longestID)
		return bad
	}
	bad.text = diag.Say("%s cannot be an id: ids are small letters, digits and hyphens, with points between their parts",
		"%s kann keine Kennung sein: Kennungen bestehen aus Kleinbuchstaben, Ziffern und Bindestrichen, mit Punkten dazwischen", quoted(id))
	if good := proposeID(id); validID(good) {
		bad.ways = []diag.Text{writeWay(good)}
	}
	return bad
}

func validID(id string) bool {
	if id == "" || len(id) > longestID || id[0] < 'a' || id[0] > 'z' || slices.Contains(reservedIDs, id) {
		return false
	}
	return validSegments(id)
}

// validSegments reports whether words of letters and digits stand between single
// points and hyphens.
func validSegments(id string) bool {
	before := byte('.')
	for i := range len(id) {
		c := id[i]
		word := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if !word && (c != '.' && c != '-' || before == '.' || before == '-') {
			return false
		}
		before = c
	}
	return before != '.' && before != '-'
}

// validSegment reports whether a name may be one part of an id.
func validSegment(name string) bool {
	return name != "" && len(name) <= longestID/2 && !strings.Contains(name, ".") && validSegments(name)
}

// segmentFault explains a name that cannot be one part of an id.
func segmentFault(name string) *fault {
	if validSegment(name) {
		return nil
	}
	bad := &fault{code: "id-form", end: len(name),
		text: diag.Say("%s cannot be part of an id: small letters, digits and hyphens can",
			"%s kann nicht Teil einer Kennung sein: möglich sind Kleinbuchstaben, Ziffern und Bindestriche", quoted(name))}
	if good := strings.ReplaceAll(proposeID(name), ".", "-"); validSegment(good) {
		bad.ways = []diag.Text{diag.Say("write %s, and the words for readers as its label",
			"schreiben Sie %s, und die Wörter für Leserinnen und Leser als Bezeichnung (label)", good)}
	}
	return bad
}

// letterFirst moves digits at the beginning to the end: 2024-visits becomes
// visits-2024.
func letterFirst(id string) string {
	digits := len(id) - len(strings.TrimLeft(id, "0123456789-."))
	if digits == 0 || digits == len(id) {
		return id
	}
	return id[digits:] + "-" + strings.Trim(id[:digits], "-.")
}

// proposeID makes an id of any words: "Besuche (gesamt)" becomes besuche-gesamt.
func proposeID(words string) string {
	var b strings.Builder
	gap := byte(0)
	for _, r := range strings.ReplaceAll(strings.ToLower(words), "&", " and ") {
		plain := ""
		if r >= utf8.RuneSelf {
			plain = locale.Plain(r)
		}
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || plain != "":
			if gap != 0 && b.Len() > 0 {
				b.WriteByte(gap)
			}
			gap = 0
			b.WriteString(cmp.Or(plain, string(r)))
		case r == '.':
			gap = '.'
		case gap == 0 && !unicode.IsMark(r):
			gap = '-'
		}
	}
	id := letterFirst(b.String())
	if len(id) > longestID/2 || slices.Contains(reservedIDs, id) {
		return ""
	}
	return id
}
