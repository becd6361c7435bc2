// Package calendar holds the stretches of time that statistics speak of: a day, a
// month, a quarter, half a year, a year, a school year, several years.
//
// Rules:
//   - A stretch is its first and its last day, and both belong to it. What it was called
//     is kept, since readers see "2020" and never "1 January to 31 December 2020".
//   - What may be read in two ways is read in one only: "2011-12" is December 2011, and the
//     year from 2011 to 2012 only where the author says that the column holds such years.
package calendar

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Kind is what a stretch of time is called.
type Kind int

// The kinds. A Split year begins in one calendar year and ends in the next, and so does a
// School year; Years are several whole calendar years.
const (
	Day Kind = iota + 1
	Month
	Quarter
	Half
	Year
	Split
	School
	Years
)

// Span is a stretch of time. The zero Span is none.
type Span struct {
	Kind     Kind
	From, To time.Time // the first day and the last, in UTC
}

// IsZero reports whether it is no stretch of time.
func (s Span) IsZero() bool { return s.Kind == 0 }

// Part is which quarter or half of its year a stretch is, from 1.
func (s Span) Part() int {
	switch s.Kind {
	case Quarter:
		return int(s.From.Month()-1)/3 + 1
	case Half:
		return int(s.From.Month()-1)/6 + 1
	}
	return 0
}

// Compare orders stretches by their last day, then by their first.
func (s Span) Compare(other Span) int {
	if c := s.To.Compare(other.To); c != 0 {
		return c
	}
	return s.From.Compare(other.From)
}

// ID is the stretch as a part of the id of a figure: "2024", "2024-q1", "2024-h1",
// "2024-12", "2024-12-31", "fy2024-25", "2019-to-2022".
func (s Span) ID() string {
	year := s.From.Year()
	switch s.Kind {
	case Day:
		return s.From.Format(time.DateOnly)
	case Month:
		return s.From.Format("2006-01")
	case Quarter:
		return fmt.Sprintf("%04d-q%d", year, s.Part())
	case Half:
		return fmt.Sprintf("%04d-h%d", year, s.Part())
	case Split, School:
		return fmt.Sprintf("fy%04d-%02d", year, s.To.Year()%100)
	case Years:
		return fmt.Sprintf("%04d-to-%04d", year, s.To.Year())
	}
	return fmt.Sprintf("%04d", year)
}

// Form says how a column of times is to be read where its cells leave a doubt.
type Form struct {
	Years  Kind       // what years are that begin in one calendar year and end in the next: Split, School; 0 for none
	Starts time.Month // the first month of such a year; 0 where nobody said
	// Month finds the month that a word names, in any language of the site: "Dez.".
	Month func(word string) (time.Month, bool)
}

// Problem says why a text is no stretch of time.
type Problem int

// The problems. NoStart is a school year or the like of which nobody said when it begins,
// NoPart a number that may be a month as well as a quarter.
const (
	None Problem = iota
	NotATime
	NoSuchDay
	NoStart
	NoPart
)

// Parse reads a stretch of time as offices write them:
//
//	2024-12-31  31.12.2024  31.12.24  2024-12-31 00:00:00
//	2024-12  12/2024  12.2024  Dec 2024  Dez. 2024  Dezember 2024
//	2024-Q1  Q1 2024  Q1/2024  1. Quartal 2024  2024-H1  H1 2024  1. Halbjahr 2024
//	2024  2024/25  2024/2025  2019-2022  2019 to 2022
//	20241231  202412; 202425 where the column holds such years
func (f Form) Parse(text string) (Span, Problem) {
	text = strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ", "–", "-").Replace(text)), " ")
	for _, read := range []func(string) (Span, Problem){f.year, f.split, f.years, f.part, f.month, f.day, f.run} {
		if span, problem := read(text); problem != NotATime {
			return span, problem
		}
	}
	return Span{}, NotATime
}

func first(year int, month time.Month) time.Time {
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}

// months is the stretch of so many whole months.
func months(kind Kind, year int, month time.Month, n int) (Span, Problem) {
	from := first(year, month)
	return Span{Kind: kind, From: from, To: from.AddDate(0, n, -1)}, None
}

// asYear reads four digits.
func asYear(text string) (int, bool) {
	n, ok := digits(text, 4)
	return n, ok && n >= 1800
}

// digits reads exactly so many digits.
func digits(text string, count int) (int, bool) {
	if len(text) != count || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

func (f Form) year(text string) (Span, Problem) {
	year, ok := asYear(text)
	if !ok {
		return Span{}, NotATime
	}
	if f.Years != 0 { // "2009" in a column of school years begins in 2009
		return f.splitFrom(year)
	}
	return months(Year, year, time.January, 12)
}

// split reads 2024/25, 2024/2025 and, where the column holds such years, 2024-25 and 202425.
func (f Form) split(text string) (Span, Problem) {
	before, after, ok := strings.Cut(text, "/")
	if !ok && f.Years != 0 {
		before, after, ok = strings.Cut(text, "-")
	}
	if _, six := digits(text, 6); six && f.Years != 0 {
		before, after, ok = text[:4], text[4:], true
	}
	year, isYear := asYear(before)
	if !ok || !isYear {
		return Span{}, NotATime
	}
	if next, short := digits(after, 2); short && next == (year+1)%100 {
		return f.splitFrom(year)
	}
	if next, long := asYear(after); long && next == year+1 {
		return f.splitFrom(year)
	}
	return Span{}, NotATime
}

func (f Form) splitFrom(year int) (Span, Problem) {
	if f.Starts == 0 || f.Years == 0 {
		return Span{}, NoStart
	}
	return months(f.Years, year, f.Starts, 12)
}

// years reads 2019-2022.
func (f Form) years(text string) (Span, Problem) {
	for _, sign := range []string{"-", " - ", " to ", " bis "} {
		before, after, ok := strings.Cut(text, sign)
		from, isYear := asYear(before)
		to, isLast := asYear(after)
		if ok && isYear && isLast && from < to {
			return months(Years, from, time.January, 12*(to-from+1))
		}
	}
	return Span{}, NotATime
}

// partWords are the words for parts of a year, in the languages that offices write
// columns in.
var partWords = []struct {
	kind   Kind
	months int
	words  []string
}{
	{Quarter, 3, []string{"q", "qu", "qu.", "quarter", "quartal", ". quartal", ". quarter", "st quarter",
		"nd quarter", "rd quarter", "th quarter", "t", "trimestre", "er trimestre", "e trimestre"}},
	{Half, 6, []string{"h", "h.", "half", "halbjahr", ". halbjahr", "st half", "nd half", "hj", ". hj.",
		"semestre", "er semestre", "e semestre", "s"}},
}

// part reads quarters and halves of a year: the year stands first or last, and between
// them a figure and a word, in either order.
func (f Form) part(text string) (Span, Problem) {
	lower := strings.ToLower(text)
	year, rest, ok := cutYear(lower)
	if !ok {
		return Span{}, NotATime
	}
	rest = strings.Trim(rest, " -/")
	if rest == "" {
		return Span{}, NotATime
	}
	which, word := int(rest[0]-'0'), strings.TrimSpace(rest[1:])
	if last := rest[len(rest)-1]; last >= '1' && last <= '4' {
		which, word = int(last-'0'), strings.TrimSpace(rest[:len(rest)-1])
	}
	for _, part := range partWords {
		for _, known := range part.words {
			if word == known && which >= 1 && which <= 12/part.months {
				return months(part.kind, year, time.Month((which-1)*part.months+1), part.months)
			}
		}
	}
	return Span{}, NotATime
}

// cutYear takes the year from the beginning or the end of a text.
func cutYear(text string) (year int, rest string, ok bool) {
	if len(text) < 4 {
		return 0, "", false
	}
	if year, ok := asYear(text[:4]); ok {
		return year, text[4:], true
	}
	year, ok = asYear(text[len(text)-4:])
	return year, text[:len(text)-4], ok
}

// month reads 2024-12, 12/2024, 12.2024, Dec 2024 and 2024 Dec.
func (f Form) month(text string) (Span, Problem) {
	year, rest, ok := cutYear(text)
	if !ok {
		return Span{}, NotATime
	}
	yearFirst := strings.HasSuffix(text, rest)
	if n, isTwo := digits(strings.TrimPrefix(rest, "-"), 2); isTwo && yearFirst && strings.HasPrefix(rest, "-") {
		return monthOf(year, n)
	}
	if number := strings.TrimRight(rest, "/."); !yearFirst && len(number) == len(rest)-1 {
		for _, width := range []int{1, 2} {
			if n, ok := digits(number, width); ok {
				return monthOf(year, n)
			}
		}
	}
	if month, ok := f.monthNamed(strings.TrimSpace(rest)); ok {
		return months(Month, year, month, 1)
	}
	return Span{}, NotATime
}

func monthOf(year, n int) (Span, Problem) {
	if n < 1 || n > 12 {
		return Span{}, NoSuchDay
	}
	return months(Month, year, time.Month(n), 1)
}

// dayForms are how days are written; two digits of a year are of this century.
var dayForms = []string{"2006-01-02", "2.1.2006", "2.1.06"}

func (f Form) day(text string) (Span, Problem) {
	text = midnight(text)
	looks := strings.Count(text, "-") == 2 || strings.Count(text, ".") == 2
	outside := false
	for _, form := range dayForms {
		day, err := time.Parse(form, text)
		if err == nil && day.Year() < 2000 && form == "2.1.06" {
			day = day.AddDate(100, 0, 0)
		}
		if err == nil && day.Year() >= 1800 {
			return Span{Kind: Day, From: day, To: day}, None
		}
		if out := (*time.ParseError)(nil); errors.As(err, &out) {
			outside = outside || strings.HasSuffix(out.Message, "out of range")
		}
	}
	if looks && outside {
		return Span{}, NoSuchDay
	}
	return Span{}, NotATime
}

// run reads digits with nothing between them: 20241231 and 202412, which may be one of the
// years across two where it is no month.
func (f Form) run(text string) (Span, Problem) {
	if _, eight := digits(text, 8); eight {
		return f.day(text[:4] + "-" + text[4:6] + "-" + text[6:])
	}
	if _, six := digits(text, 6); !six {
		return Span{}, NotATime
	}
	year, isYear := asYear(text[:4])
	n, _ := digits(text[4:], 2)
	switch {
	case !isYear:
		return Span{}, NotATime
	case n >= 1 && n <= 12:
		return monthOf(year, n)
	case n == (year+1)%100:
		return Span{}, NoStart
	}
	return Span{}, NotATime
}

// midnight leaves out the time of day that spreadsheet programs add to a day.
func midnight(text string) string {
	for _, sign := range []string{" ", "T"} {
		day, clock, ok := strings.Cut(text, sign)
		if ok && clock != "" && strings.Trim(strings.TrimSuffix(clock, "Z"), "0:.") == "" {
			return day
		}
	}
	return text
}
