package calendar

import (
	"strings"
	"time"
)

// MostParts is in how many columns a stretch of time can stand: year, month, day.
const MostParts = 3

// partNames are how columns of parts of a year are called; a piece of the name is enough.
var partNames = []struct {
	kind   Kind
	pieces []string
}{
	{Quarter, []string{"quart", "trimest", "qtr"}},
	{Half, []string{"half", "halbj", "semest"}},
	{Month, []string{"month", "monat", "mois"}},
}

// PartNamed tells from the name of a column what its numbers are: months, quarters or
// halves of a year; 0 where the name does not say it.
func PartNamed(column string) Kind {
	column = strings.ToLower(column)
	for _, name := range partNames {
		for _, piece := range name.pieces {
			if strings.Contains(column, piece) {
				return name.kind
			}
		}
	}
	return 0
}

// Join reads a stretch of time of which each part stands in a cell of its own, the largest
// first: a year and a month, a quarter or half of it, or a year, a month and a day. part is
// what numbers of the second are, 0 where nobody knows. Where the parts make no time, wrong
// is the one that does not fit.
func (f Form) Join(part Kind, texts ...string) (span Span, wrong int, problem Problem) {
	year, ok := asYear(texts[0])
	if !ok {
		return Span{}, 0, NotATime
	}
	if len(texts) == MostParts {
		part = Month
	}
	span, problem = f.partOf(year, part, strings.TrimSpace(texts[1]))
	if problem != None || len(texts) < MostParts {
		return span, 1, problem
	}
	n, ok := oneOrTwo(strings.TrimSuffix(texts[2], "."))
	if !ok || span.Kind != Month {
		return Span{}, 2, NotATime
	}
	day := span.From.AddDate(0, 0, n-1)
	if n < 1 || day.After(span.To) {
		return Span{}, 2, NoSuchDay
	}
	return Span{Kind: Day, From: day, To: day}, 0, None
}

// partOf reads a month, a quarter or half of a year: 3, 03, M03, March, Q1, 1. Quartal.
func (f Form) partOf(year int, part Kind, text string) (Span, Problem) {
	digits, marked := strings.CutPrefix(text, "M")
	if marked {
		part = Month
	}
	if n, ok := oneOrTwo(digits); ok {
		return nth(year, part, n)
	}
	if month, ok := f.monthNamed(text); ok {
		return months(Month, year, month, 1)
	}
	return f.part(first(year, time.January).Format("2006") + " " + text)
}

// nth is the month, quarter or half of a year that has a number.
func nth(year int, part Kind, n int) (Span, Problem) {
	long := map[Kind]int{Month: 1, Quarter: 3, Half: 6}[part]
	switch {
	case long == 0:
		return Span{}, NoPart
	case n < 1 || n > 12/long:
		return Span{}, NoSuchDay
	}
	return months(part, year, time.Month((n-1)*long+1), long)
}

func (f Form) monthNamed(word string) (time.Month, bool) {
	if f.Month == nil || word == "" {
		return 0, false
	}
	return f.Month(word)
}

// oneOrTwo reads a number of one digit or two.
func oneOrTwo(text string) (int, bool) {
	if n, ok := digits(text, 1); ok {
		return n, true
	}
	return digits(text, 2)
}
