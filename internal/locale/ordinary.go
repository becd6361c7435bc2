package locale

import (
	"math/big"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Ordinary reports whether a number found by Scan is no statistic: a year, a part
// of a date, a time, a phone number, an address, the number of a law or a
// standard, or an ordinal.
func (l *Lang) Ordinary(text string, s Said) bool {
	if s.Percent || s.Scaled {
		return false
	}
	before, after := text[:s.NumberAt], text[s.End:]
	number := text[s.NumberAt:s.End]
	return l.isYear(s, number) || l.inDate(before, after) || partOfCode(before, after) ||
		l.isOrdinal(number, after) || l.isCited(before) || inPhoneNumber(before, number, after) || l.inAddress(before, number, after)
}

func (l *Lang) isYear(s Said, number string) bool {
	return len(number) == 4 && !s.Grouped && s.Decimals == 0 &&
		s.Value.Cmp(big.NewRat(1800, 1)) >= 0 && s.Value.Cmp(big.NewRat(2100, 1)) < 0
}

// inDate knows "31 December", "31. Dezember" and "December 31".
func (l *Lang) inDate(before, after string) bool {
	after = strings.TrimLeft(strings.TrimPrefix(after, "."), "  ")
	before = strings.TrimRight(before, "  ")
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

// isOrdinal knows "16." before a word that goes on with the sentence, as German
// writes ordinals.
func (l *Lang) isOrdinal(number, after string) bool {
	if l.Code != "de" || len(number) > 2 || !strings.HasPrefix(after, ".") {
		return false
	}
	rest := strings.TrimLeft(after[1:], "  \n")
	r, _ := utf8.DecodeRuneInString(rest)
	return len(rest) < len(after)-1 && unicode.IsLetter(r)
}

// isCited knows "§ 16", "Article 5", "WCAG 2.2".
func (l *Lang) isCited(before string) bool {
	words := strings.Fields(strings.ToLower(before))
	if len(words) == 0 {
		return false
	}
	last := strings.TrimLeft(words[len(words)-1], "(„“\"")
	if slices.Contains(l.citations, last) {
		return true
	}
	// "EN 301 549", "§§ 12, 13": a number after a number that is cited.
	if len(words) > 1 && strings.Trim(last, "0123456789,.") == "" {
		return slices.Contains(l.citations, words[len(words)-2])
	}
	return false
}

// inPhoneNumber knows +49 (221) 932981 24: three or more groups of digits in a
// row, or a group after a plus sign or a bracket.
func inPhoneNumber(before, number, after string) bool {
	const signs = "0123456789 ()/-+  "
	reach := func(s string) int {
		return len(s) - len(strings.TrimRight(s, signs))
	}
	head := before[len(before)-reach(before):]
	tail := after[:len(after)-len(strings.TrimLeft(after, signs))]
	chain := head + number + tail
	if strings.ContainsAny(head, "+") {
		return true
	}
	groups := strings.FieldsFunc(chain, func(r rune) bool { return r < '0' || r > '9' })
	return len(groups) >= 3 && strings.HasPrefix(groups[0], "0")
}

// inAddress knows "Hauptstraße 12" and "50672 Köln".
func (l *Lang) inAddress(before, number, after string) bool {
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
	if before = strings.TrimRight(before, "  "); before != "" && !strings.HasSuffix(before, ",") && !strings.HasSuffix(before, "\n") {
		return false
	}
	rest := strings.TrimLeft(after, "  ")
	r, _ := utf8.DecodeRuneInString(rest)
	return len(rest) < len(after) && unicode.IsUpper(r)
}
