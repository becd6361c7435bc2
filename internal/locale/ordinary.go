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
	if s.Short && !s.Grouped && !endsInMoney(text[:s.NumberAt]) {
		return true // 4K, the 100m race
	}
	if s.Percent && strings.HasPrefix(text[s.NumberAt:s.End], "100-") {
		return true // "100-prozentig" says only: wholly
	}
	if s.Percent || s.Points || s.Scaled {
		return false
	}
	before, after := text[max(0, s.NumberAt-reach):s.NumberAt], text[s.End:min(len(text), s.End+reach)]
	number := text[s.NumberAt:s.End]
	return couldBeDated(number) && l.inDate(before, after) || beginsWithZero(number) ||
		partOfCode(before, after) || inCompound(before, after) || inAddressOfWeb(before) ||
		l.isTime(after) || l.isOrdinal(before, number, after) || l.isYearOf(before, number) ||
		l.isCited(before) || l.isRoad(before, number) || inIBAN(before) ||
		!strings.ContainsAny(number, ",.") && inPhoneNumber(before, number, after) || l.inAddress(before, number, after)
}

// reach is how many bytes around a number tell what it is.
const reach = 100

// endsInMoney knows "€1.5m" and "US$ 10k", of which the sign of money stands before.
func endsInMoney(before string) bool {
	return strings.ContainsRune("€$£", lastRune(strings.TrimRight(before, blanks)))
}

// beginsWithZero knows what is a key in digits, such as that of a town: 05315.
func beginsWithZero(number string) bool {
	return len(number) > 1 && number[0] == '0' && isDigit(number[1])
}

// IsYear reports whether a number found by Scan is written as years are.
func (l *Lang) IsYear(text string, s Said) bool {
	return s.End-s.NumberAt == 4 && !s.Percent && !s.Scaled && !s.Grouped && s.Decimals == 0 &&
		isYear(s.Value.Num().Int64())
}

// AsYear reports what the word before a number tells of it: in "the year 1998" it can
// only be a year, in "since 1998" it may be one.
func (l *Lang) AsYear(text string, s Said) (surely, maybe bool) {
	before := strings.TrimRightFunc(text[max(0, s.NumberAt-reach):s.NumberAt], isSpace)
	word := strings.ToLower(lastWord(before))
	return slices.Contains(l.yearNouns, word), slices.Contains(l.beforeYears, word)
}

// isYearOf knows "im Jahr 1248", which lies before the years that are known by themselves.
func (l *Lang) isYearOf(before, number string) bool {
	return len(number) == 4 && strings.Trim(number, digitSigns) == "" &&
		slices.Contains(l.yearNouns, strings.ToLower(lastWord(strings.TrimRightFunc(before, isSpace))))
}

// blanks are the spaces inside a line, those that do not break among them.
const blanks = " \u00a0\u2009\u202f\u2007"

// couldBeDated reports whether a number can be a day or a year: "May 1,998" and "998 May"
// are no dates.
func couldBeDated(number string) bool {
	digits := strings.TrimRight(number, ".")
	return (len(digits) <= 2 || len(digits) == 4) && strings.Trim(digits, "0123456789") == ""
}

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

// InCode reports whether a number found by Scan is part of a longer sign, such as a date
// in digits: 2024-12-31, 10:30, 19/1234.
func (l *Lang) InCode(text string, s Said) bool {
	return partOfCode(text[max(0, s.NumberAt-reach):s.NumberAt], text[s.End:min(len(text), s.End+reach)])
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
	word := behindLast(before, isSpace)
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
	if len(l.articles) == 0 || !ok {
		return false
	}
	if before == "" && strings.Trim(number, "0123456789") == "" {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(rest, isSpace))
		return unicode.IsLetter(r) // "1234. Sitzung": no text begins with a sentence of one number
	}
	if strings.HasPrefix(rest, ",") && len(number) <= 3 {
		return true // "am 20., 21. und 22. Tag": no sentence ends so
	}
	next := strings.TrimLeftFunc(rest, isSpace)
	r, _ := utf8.DecodeRuneInString(next)
	if len(next) == len(rest) || !unicode.IsLetter(r) {
		return false
	}
	return len(number) <= 3 && unicode.IsLower(r) || l.followsArticle(before)
}

// followsArticle knows "die", and "die 15. bis".
func (l *Lang) followsArticle(before string) bool {
	words := strings.Fields(strings.ToLower(before))
	for i := len(words) - 1; i >= 0; i-- {
		if slices.Contains(l.articles, words[i]) {
			return true
		}
		if strings.Trim(words[i], "0123456789.–") != "" && !slices.Contains(l.joining, words[i]) {
			return false
		}
	}
	return false
}

// isCited knows "§ 16", "Article 5", "WCAG 2.2", "ISO/IEC 17024", and the numbers
// that follow such a one: "EN 301 549", "§§ 12, 13 and 14".
func (l *Lang) isCited(before string) bool {
	words := strings.Fields(before)
	for i := len(words) - 1; i >= 0; i-- {
		word := strings.Trim(words[i], "(„“\":,;")
		name := isPartOfName(word)
		word = strings.ToLower(word)
		if l.isCitation(afterLast(word, "/", "’", "'")) {
			return true
		}
		if !name && strings.Trim(word, "0123456789,.–-") != "" && !slices.Contains(l.joining, word) {
			return false
		}
	}
	return false
}

// isRoad knows "B 416" and "Raum C 1204": a capital letter before a number, but not one
// that is a word by itself.
func (l *Lang) isRoad(before, number string) bool {
	letter, ok := cutLast(strings.TrimRight(before, blanks), 1)
	if !ok || len(letter) == len(before)-1 || len(number) > 4 || strings.Trim(number, digitSigns) != "" {
		return false
	}
	return before[len(letter)] != 'I' && (before[len(letter)] != 'A' || len(l.articles) > 0)
}

const digitSigns = "0123456789"

// isCitation reports whether a word is in the catalogue, or ends like one there that
// begins with a hyphen: "kundennummer" like "-nummer".
func (l *Lang) isCitation(word string) bool {
	return slices.ContainsFunc(l.citations, func(listed string) bool {
		end, isEnd := strings.CutPrefix(listed, "-")
		return word == listed || isEnd && strings.HasSuffix(word, end)
	})
}

// isPartOfName knows what may stand between such a word and its number: the I of "BGBl. I
// 1234", the L of "ABl. L 119", the DE of "USt-IdNr. DE 123 456 789".
func isPartOfName(word string) bool {
	return word != "" && (len(word) <= 2 && strings.Trim(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" ||
		strings.Trim(word, "IVXL") == "")
}

// inIBAN knows the groups of DE89 3704 0044 0532 0130 00.
func inIBAN(before string) bool {
	groups := strings.Fields(before)
	for i := len(groups) - 1; i >= 0; i-- {
		group := groups[i]
		if len(group) > 4 || strings.Trim(group, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			return false
		}
		country := strings.TrimRight(group, "0123456789")
		if len(group) == 4 && len(country) == 2 && !strings.ContainsAny(country, "0123456789") {
			return true
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
// a plus sign, or of which the first is a dialling code. "+1.234" is a rise.
func inPhoneNumber(before, number, after string) bool {
	const signs = "0123456789()/-+" + blanks
	head := before[len(strings.TrimRight(before, signs)):]
	tail := after[:len(after)-len(strings.TrimLeft(after, signs))]
	i := strings.LastIndexByte(head, '+')
	if i >= 0 && strings.TrimLeft(head[i+1:]+number, "0123456789") != head[i+1:]+number {
		if countDigits(head[i+1:]+number+tail) < fewestOfPhone || strings.ContainsAny(number, ".,'’") {
			return false
		}
		return i == 0 || !isDigit(head[i-1]) && (i < 2 || !isDigit(head[i-2]))
	}
	groups := strings.FieldsFunc(head+number+tail, func(r rune) bool { return r < '0' || r > '9' })
	return len(groups) >= 2 && len(groups[0]) >= 3 && groups[0][0] == '0'
}

// fewestOfPhone is how many digits a number has that is dialled from abroad.
const fewestOfPhone = 7

func countDigits(text string) (n int) {
	for i := range len(text) {
		if isDigit(text[i]) {
			n++
		}
	}
	return n
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
	return l.isPostcode(before, number, after)
}

// isPostcode knows "50672 Köln", where an address can begin or go on, or where the word
// before it is one for places: in German every noun has a capital. One of four digits
// stands behind the number of a house: "Ring 1, 1010 Wien".
func (l *Lang) isPostcode(before, number, after string) bool {
	if len(number) < 4 || len(number) > 5 || strings.Trim(number, "0123456789") != "" {
		return false
	}
	before = strings.TrimRight(before, blanks)
	state, ok := cutLast(before, 2)
	if ok && len(number) == 5 && strings.HasSuffix(strings.TrimRight(state, blanks), ",") {
		return true // Springfield, IL 62704
	}
	rest := strings.TrimLeft(after, blanks+"\n")
	r, _ := utf8.DecodeRuneInString(rest)
	if len(rest) == len(after) || !unicode.IsUpper(r) {
		return false
	}
	if len(number) == 4 {
		return l.endsInHouse(before)
	}
	country, ok := cutLast(before, 1)
	return before == "" || slices.Contains(l.inPlaces, strings.ToLower(lastWord(before))) ||
		strings.ContainsRune(",\n(|·•/", lastRune(before)) || l.endsInHouse(before) ||
		ok && strings.Trim(country, blanks+"(,") == ""
}

// cutLast takes a word of so many capitals off the end of a text.
func cutLast(text string, letters int) (rest string, ok bool) {
	at := len(text) - letters
	if at < 0 || strings.Trim(text[at:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "", false
	}
	r := lastRune(text[:at])
	return text[:at], at == 0 || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// lastWord gives the letters at the end of a text.
func lastWord(text string) string {
	return behindLast(text, func(r rune) bool { return !unicode.IsLetter(r) })
}

// behindLast gives what stands behind the last rune of a kind.
func behindLast(text string, kind func(rune) bool) string {
	i := strings.LastIndexFunc(text, kind)
	if i < 0 {
		return text
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return text[i+size:]
}

func lastRune(text string) rune {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}

// endsInHouse knows "Hauptstraße 12" and "Hauptstr. 12a," at the end of a text.
func (l *Lang) endsInHouse(text string) bool {
	words := strings.Fields(strings.ToLower(strings.TrimRight(text, ",\n"+blanks)))
	if len(words) < 2 || strings.Trim(words[len(words)-1], "0123456789abcdef-–/") != "" || !isDigit(words[len(words)-1][0]) {
		return false
	}
	street := words[len(words)-2]
	return slices.ContainsFunc(l.streets, func(end string) bool { return strings.HasSuffix(street, end) })
}

// EndsDay reports whether the words behind "31." make a date of it: "Mai 2022", "Dez.".
// It is never so in a language that writes its dates without the dot.
func (l *Lang) EndsDay(words string) bool {
	if !strings.Contains(l.date, "{day}.") {
		return false
	}
	word := words
	if i := strings.IndexFunc(words, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		word = words[:i]
	}
	return slices.ContainsFunc(l.months, func(month string) bool {
		return month == word || utf8.RuneCountInString(word) >= 3 && len(word) <= 4 && strings.HasPrefix(month, word)
	})
}
