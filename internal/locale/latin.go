package locale

import "golang.org/x/text/unicode/norm"

// spelt are letters that are written out where an address must be plain: German
// umlauts as in German, and those that are no letter with a mark.
var spelt = map[rune]string{
	'ä': "ae", 'ö': "oe", 'ü': "ue", 'ß': "ss",
	'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i",
}

// Plain writes a small letter with the letters a to z: "e" for é, "ae" for ä. It
// gives "" for one of another script.
func Plain(r rune) string {
	if s, ok := spelt[r]; ok {
		return s
	}
	base := rune(norm.NFD.String(string(r))[0]) // marks follow their letter
	if 'a' <= base && base <= 'z' {
		return string(base)
	}
	return ""
}

// Composed writes each letter with its marks as one sign, as most computers do.
func Composed(words string) string { return norm.NFC.String(words) }

// Spellings lists a name as it is written, and with its marks on the letters and behind
// them: the two ways in which computers keep the same name of a file.
func Spellings(name string) []string {
	all := []string{name}
	for _, other := range []string{Composed(name), norm.NFD.String(name)} {
		if other != name {
			all = append(all, other)
		}
	}
	return all
}
