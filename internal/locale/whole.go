package locale

import (
	"strings"
	"unicode/utf8"
)

// Whole is a whole number in running text that is nothing but its digits.
type Whole struct {
	Value int64
	Year  bool // it is written as years are
	Rate  bool // a percent sign or percentage points follow
	End   int  // the byte behind its last digit
}

// mostDigits is how long a number is that Whole reads: below 10^15.
const mostDigits = 15

// Whole reads the number at a digit of a text, without building anything. It reports
// false for whatever is more than its digits: with a sign before or within it, groups
// parted by spaces, or a word behind it that scales it. [Lang.Scan] reads those.
func (l *Lang) Whole(text string, at int) (Whole, bool) {
	n := Whole{End: at}
	for ; n.End < len(text) && isDigit(text[n.End]); n.End++ {
		if n.End-at == mostDigits {
			return n, false
		}
		n.Value = 10*n.Value + int64(text[n.End]-'0')
	}
	after := text[n.End:]
	if strings.HasSuffix(text[:at], minus) || goesOn(after) {
		return n, false
	}
	if width, _ := l.scaleAfter(after); width > 0 {
		return n, false
	}
	if width, _ := l.shortScale(after); width > 0 {
		return n, false
	}
	n.Rate = l.percentAfter(after) > 0 || l.pointsAfter(after)
	n.Year = n.End-at == 4 && isYear(n.Value) && !n.Rate
	return n, true
}

// goesOn reports whether a sign that can part digits, or any space, stands before a
// further digit.
func goesOn(after string) bool {
	sign := separatorAt(after)
	if sign == "" {
		r, size := utf8.DecodeRuneInString(after)
		if !isSpace(r) {
			return false
		}
		sign = after[:size]
	}
	return len(after) > len(sign) && isDigit(after[len(sign)])
}

// isYear reports whether a number of four digits is a year.
func isYear(n int64) bool { return 1800 <= n && n < 2100 }
