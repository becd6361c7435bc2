package locale

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"bilanz/internal/calendar"
)

// Span names a stretch of time for readers: "2020", "first quarter of 2020", "2009/10",
// „Schuljahr 2009/10“.
func (l *Lang) Span(s calendar.Span) string {
	year := strconv.Itoa(s.From.Year())
	switch s.Kind {
	case calendar.Day:
		return l.Date(s.From)
	case calendar.Month:
		return l.Month(s.From, true)
	case calendar.Quarter:
		return l.Word(fmt.Sprintf("quarter-%d", s.Part()), year)
	case calendar.Half:
		return l.Word(fmt.Sprintf("half-%d", s.Part()), year)
	case calendar.Split:
		return fmt.Sprintf("%s/%02d", year, s.To.Year()%100)
	case calendar.School:
		return l.Word("school-year", fmt.Sprintf("%s/%02d", year, s.To.Year()%100))
	case calendar.Years:
		return l.Word("period-range", year, strconv.Itoa(s.To.Year()))
	}
	return year
}

// ShortSpan names it on an axis, where there is little room: "Dec 2020", "Q1 2020".
func (l *Lang) ShortSpan(s calendar.Span) string {
	year := strconv.Itoa(s.From.Year())
	switch s.Kind {
	case calendar.Month:
		return l.brief[s.From.Month()-1] + " " + year
	case calendar.Quarter:
		return l.Word("quarter-short", strconv.Itoa(s.Part()), year)
	case calendar.Half:
		return l.Word("half-short", strconv.Itoa(s.Part()), year)
	case calendar.School:
		return fmt.Sprintf("%s/%02d", year, s.To.Year()%100)
	case calendar.Years:
		return year + "–" + strconv.Itoa(s.To.Year())
	}
	return l.Span(s)
}

// MonthNamed finds the month that a word names, whole or by its first letters: "Dec",
// "Dez.".
func (l *Lang) MonthNamed(word string) (time.Month, bool) {
	name := strings.TrimSuffix(word, ".")
	return l.monthOf(name, name != word)
}
