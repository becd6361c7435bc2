package locale

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Stretch is what the words of a period name: years and months, in the order in which they
// stand, and whether it only begins with them: "since 2019".
type Stretch struct {
	Years  []int
	Months []time.Month
	Since  bool
}

// Stretch finds the years and months in the words of a period: "January to December
// 2024", "2023/24", "Jan. 2024".
func (l *Lang) Stretch(words string) Stretch {
	var s Stretch
	since := strings.Fields(strings.ToLower(l.Word("cumulative-since", "")))
	for i := 0; i < len(words); {
		r, size := utf8.DecodeRuneInString(words[i:])
		switch {
		case unicode.IsDigit(r):
			i += s.takeDigits(words[i:], i > 0 && words[i-1] == '/' || strings.HasSuffix(words[:i], "–"))
		case unicode.IsLetter(r):
			word, rest := cutLetters(words[i:])
			if month, ok := l.monthOf(word, strings.HasPrefix(rest, ".")); ok {
				s.Months = append(s.Months, month)
			}
			s.Since = s.Since || len(since) > 0 && strings.EqualFold(word, since[len(since)-1])
			i += len(word)
		default:
			i += size
		}
	}
	return s
}

// takeDigits takes a year off the start of a text, or the two digits that go on from one:
// the 24 of 2023/24. It gives the width of the digits.
func (s *Stretch) takeDigits(text string, goesOn bool) int {
	n, width := 0, 0
	for ; width < len(text) && isDigit(text[width]); width++ {
		n = (10*n + int(text[width]-'0')) % 1_000_000
	}
	switch {
	case width == 4 && isYear(int64(n)):
		s.Years = append(s.Years, n)
	case width == 2 && goesOn && len(s.Years) > 0:
		last := s.Years[len(s.Years)-1]
		if year := last - last%100 + n; year > last {
			s.Years = append(s.Years, year)
		}
	}
	return width
}

// monthOf knows the name of a month, and its first letters with or without a point.
func (l *Lang) monthOf(word string, point bool) (time.Month, bool) {
	found := time.Month(0)
	for i, name := range l.alone {
		capital, _ := utf8.DecodeRuneInString(name)
		if first, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(capital) && !unicode.IsUpper(first) {
			continue // English "may" is no month
		}
		if strings.EqualFold(word, name) || strings.EqualFold(word, l.months[i]) {
			return time.Month(i + 1), true
		}
		letters := utf8.RuneCountInString(word)
		if (letters == 3 || letters > 3 && point) && len(word) <= len(name) && strings.EqualFold(name[:len(word)], word) {
			if found != 0 {
				return 0, false
			}
			found = time.Month(i + 1)
		}
	}
	return found, found != 0
}

func cutLetters(text string) (word, rest string) {
	for i, r := range text {
		if !unicode.IsLetter(r) {
			return text[:i], text[i:]
		}
	}
	return text, ""
}

// Between writes a period by its months, or by its days where it does not fill them.
func (l *Lang) Between(from, to time.Time) string {
	if from.Day() != 1 || to.AddDate(0, 0, 1).Day() != 1 {
		return l.Word("period-days", l.Date(from), l.Date(to))
	}
	if from.Year() == to.Year() && from.Month() == to.Month() {
		return l.Month(to, true)
	}
	return l.Word("period-range", l.Month(from, from.Year() != to.Year()), l.Month(to, true))
}
