package locale

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Ordinary reports whether a number found by Scan is no statistic: a part of a date,
// a time, a phone number, an address, the number of a law or a standard, or an
// ordinal. Whether one that may be a year is one, IsYear and AsYear tell.
func (l *Lang) Ordinary(text string, s Said) bool {
	if s.Percent || s.Points || s.Scaled {
		return false
	}
	before, after := text[max(0, s.NumberAt-reach):s.NumberAt], text[s.End:min(len(text), s.End+reach)]
	number := text[s.NumberAt:s.End]
	return l.inDate(before, after) ||
		partOfCode(before, after) || inCompound(before, after) || inAddressOfWeb(before) ||
		l.isTime(after) || l.isOrdinal(before, number, after) || l.isCited(before) ||
		inPhoneNumber(before, number, after) || l.inAddress(before, number, after)
}

// reach is how many bytes around a number tell what it is.
const reach = 100

// IsYear reports whether a number found by Scan is written as years are.
func (l *Lang) IsYear(text string, s Said) bool {
	return s.End-s.NumberAt == 4 && !s.Percent && !s.Scaled && !s.Grouped && s.Decimals == 0 &&
		isYear(s.Value.Num().Int64())
}

// AsYear reports what the word before a number tells of it: in "the year 1998" it can
// only be a year, in "since 1998" it may be one.
func (l *Lang) AsYear(text string, s Said) (surely, maybe bool) {
	before := strings.TrimRightFunc(text[max(0, s.NumberAt-reach):s.NumberAt], isSpace)
	word := strings.ToLower(before[strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) })+1:])
	return slices.Contains(l.yearNouns, word), slices.Contains(l.beforeYears, word)
}

// blanks are the spaces inside a line, those that do not break among them.
const blanks = " \u00a0\u2009\u202f"

// inDate knows "31 December", "31. Dezember" and "December 31".
func (l *Lang) inDate(before, after string) bool {
	after = strings.TrimLeft(strings.TrimPrefix(after, "."), blanks)
	before = strings.TrimRight(before, blanks)
	for _, month := range l.months {
		if strings.HasPrefix(after, month) || strings.HasSuffix(before, month) {
			return true
		}
	}
	return false
}

// partOfCode knows 2024-12-31, 10:30, 01/19 and the like: digits on the other
// side of a sign.
func partOfCode(before, after string) bool {
	const signs = "-/:.,"
	if i := len(before) - 1; i > 0 && strings.IndexByte(signs, before[i]) >= 0 && isDigit(before[i-1]) {
		return true
	}
	return len(after) > 1 && strings.IndexByte(signs, after[0]) >= 0 && isDigit(after[1])
}

// InCompound reports whether a hyphen joins a number found by Scan to a word behind it:
// "a 1,234-person programme".
func (l *Lang) InCompound(text string, s Said) bool {
	return inCompound("", text[s.End:min(len(text), s.End+reach)]) && !l.inDate("", text[s.End:])
}

// inCompound knows COVID-19, D-50672, 16-year-old and 75-jährig.
func inCompound(before, after string) bool {
	if rest, ok := strings.CutSuffix(before, "-"); ok {
		r, _ := utf8.DecodeLastRuneInString(rest)
		return unicode.IsLetter(r)
	}
	rest, ok := strings.CutPrefix(after, "-")
	r, _ := utf8.DecodeRuneInString(rest)
	return ok && unicode.IsLetter(r)
}

// inAddressOfWeb knows www.example.org/416374 where nobody made it a link.
func inAddressOfWeb(before string) bool {
	word := before[strings.LastIndexFunc(before, isSpace)+1:]
	return strings.Contains(word, "://") || strings.HasPrefix(word, "www.") || strings.Contains(word, "@")
}

// isTime knows "16 Uhr" and "7 pm".
func (l *Lang) isTime(after string) bool {
	rest := strings.TrimLeftFunc(after, isSpace)
	return slices.ContainsFunc(l.hours, func(word string) bool { return hasWord(rest, word) })
}

// isOrdinal knows "16." inside a sentence, in languages that write ordinals so:
// before a small letter, or after a word such as "der" that no sentence ends with.
func (l *Lang) isOrdinal(before, number, after string) bool {
	rest, ok := strings.CutPrefix(after, ".")
	if len(l.articles) == 0 || len(number) > 3 || !ok {
		return false
	}
	next := strings.TrimLeftFunc(rest, isSpace)
	r, _ := utf8.DecodeRuneInString(next)
	if len(next) == len(rest) || !unicode.IsLetter(r) {
		return false
	}
	words := strings.Fields(strings.ToLower(before))
	return unicode.IsLower(r) || len(words) > 0 && slices.Contains(l.articles, words[len(words)-1])
}

// isCited knows "§ 16", "Article 5", "WCAG 2.2", "ISO/IEC 17024", and the numbers
// that follow such a one: "EN 301 549", "§§ 12, 13 and 14".
func (l *Lang) isCited(before string) bool {
	words := strings.Fields(strings.ToLower(before))
	for i := len(words) - 1; i >= 0; i-- {
		word := strings.Trim(words[i], "(„“\":,;")
		if slices.Contains(l.citations, afterLast(word, "/", "’", "'")) {
			return true
		}
		if strings.Trim(word, "0123456789,.") != "" && !slices.Contains(l.joining, word) {
			return false
		}
	}
	return false
}

// afterLast gives what stands behind the last of some signs: CEI of "ISO/CEI",
// article of "l’article".
func afterLast(word string, signs ...string) string {
	for _, sign := range signs {
		if i := strings.LastIndex(word, sign); i >= 0 {
			word = word[i+len(sign):]
		}
	}
	return word
}

// inPhoneNumber knows +49 (221) 932981 24 and 0221 932981: groups of digits after
// a plus sign, or of which the first is a dialling code.
func inPhoneNumber(before, number, after string) bool {
	const signs = "0123456789()/-+" + blanks
	head := before[len(strings.TrimRight(before, signs)):]
	tail := after[:len(after)-len(strings.TrimLeft(after, signs))]
	if i := strings.LastIndexByte(head, '+'); i >= 0 && strings.TrimLeft(head[i+1:]+number, "0123456789") != head[i+1:]+number {
		return i == 0 || !isDigit(head[i-1]) && (i < 2 || !isDigit(head[i-2]))
	}
	groups := strings.FieldsFunc(head+number+tail, func(r rune) bool { return r < '0' || r > '9' })
	return len(groups) >= 2 && len(groups[0]) >= 3 && groups[0][0] == '0'
}

// inAddress knows "Hauptstraße 12", "12 Main Street", "12, rue de la Paix" and
// "50672 Köln".
func (l *Lang) inAddress(before, number, after string) bool {
	if next := strings.Fields(strings.ToLower(strings.TrimPrefix(after, ","))); len(next) > 1 && len(number) <= 4 {
		if slices.Contains(l.streetsOf, next[0]) {
			return true
		}
	}
	if next := strings.Fields(after); l.numberFirst && len(number) <= 4 {
		for _, word := range next[:min(3, len(next))] {
			if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) {
				break
			}
			if slices.Contains(l.streets, strings.ToLower(strings.TrimRight(word, ",.;:"))) {
				return true
			}
		}
	}
	words := strings.Fields(strings.ToLower(before))
	if len(words) > 0 {
		last := words[len(words)-1]
		if slices.ContainsFunc(l.streets, func(end string) bool { return strings.HasSuffix(last, end) }) {
			return true
		}
	}
	if len(number) != 5 || strings.Trim(number, "0123456789") != "" {
		return false
	}
	// In German every noun has a capital: only where an address can begin.
	before = strings.TrimRight(before, blanks)
	if before != "" && !strings.HasSuffix(before, ",") && !strings.HasSuffix(before, "\n") {
		return false
	}
	rest := strings.TrimLeft(after, blanks)
	r, _ := utf8.DecodeRuneInString(rest)
	return len(rest) < len(after) && unicode.IsUpper(r)
}
