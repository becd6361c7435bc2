package figure

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/pattern"
	"bilanz/internal/sheet"
)

// People write dates in many forms. Where one can mean a single day, or one of two, advice
// names it; an example in its place would be copied into the data.

// dateWays says what to write in the place of a text that is no date; rest is what makes
// a day of a year, where a year alone is none.
func dateWays(text, rest string) []diag.Text {
	bare := strings.TrimRight(text, "*†‡ ")
	if days := daysMeant(bare); days != nil {
		var ways []diag.Text
		for _, day := range days {
			if len(day) == len(yearForm) {
				day += rest
			}
			ways = append(ways, writeWay(day))
		}
		return ways
	}
	if last := lastOfMonth(bare); last != "" {
		return []diag.Text{diag.Say("write its last day: %s", "schreiben Sie den letzten Tag: %s", last)}
	}
	if year, ok := endOfSpan(bare); ok {
		return []diag.Text{diag.Say("write the day on which %s ends, such as %d-07-31",
			"schreiben Sie den Tag, an dem %s endet, zum Beispiel %d-07-31", quoted(bare), year)}
	}
	return []diag.Text{diag.Say("write year, month and day in this form: 2024-12-31",
		"schreiben Sie Jahr, Monat und Tag in dieser Form: 2024-12-31")}
}

var (
	slashedDate = pattern.Of(`^([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})$`)
	yearFirst   = pattern.Of(`^([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})$`)
	// looseYear knows a year among words and marks: "FY 2022", "Ende 2022", "2022 (vorl.)".
	looseYear = pattern.Of(`^['’]?(?:(?:FY|GJ|HJ|CY|Jahr|[Yy]ear|[Aa]nnée|Ende|[Ee]nd of|Stand) ?)?([0-9]{4})` +
		`(?:[.,]0+)?(?: ?[pre]| ?\([^()0-9]*\))?$`)
	excelDay = pattern.Of(`^[2-6][0-9]{4}$`)
)

// daysMeant are the days, or the year, that a text can mean.
func daysMeant(text string) []string {
	if day := sheet.GermanDay(text); day != "" {
		return []string{day}
	}
	if m := slashedDate().FindStringSubmatch(text); m != nil {
		var days []string
		for _, order := range []string{"2/1/2006", "1/2/2006"} { // in Europe, in America
			day, err := time.Parse(order, m[1]+"/"+m[2]+"/"+m[3])
			if write := day.Format(dayForm); err == nil && !slices.Contains(days, write) {
				days = append(days, write)
			}
		}
		return days
	}
	if m := yearFirst().FindStringSubmatch(text); m != nil {
		if day, err := time.Parse("2006/1/2", m[1]+"/"+m[2]+"/"+m[3]); err == nil {
			return []string{day.Format(dayForm)}
		}
	}
	if m := looseYear().FindStringSubmatch(text); m != nil {
		if _, ok := parseYear(m[1]); ok {
			return []string{m[1]}
		}
	}
	if excelDay().MatchString(text) { // how Excel counts days
		n, _ := strconv.Atoi(text)
		return []string{time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n).Format(dayForm)}
	}
	if day, month, year, ok := dateInWords(text); ok && day > 0 {
		if at := time.Date(year, month, day, 0, 0, 0, 0, time.UTC); at.Day() == day {
			return []string{at.Format(dayForm)}
		}
	}
	return nil
}

// lastOfMonth is the last day of a month or quarter: 2024-12-31 for "Dez 24", "12/2024".
func lastOfMonth(text string) string {
	if last := sheet.LastDay(text); last != "" {
		return last
	}
	if day, month, year, ok := dateInWords(text); ok && day == 0 {
		return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Format(dayForm)
	}
	return ""
}

// dateInWords reads "31. Dezember 2024", "December 31, 2024", "Dez 24", in any language.
// The day is 0 where there is none.
func dateInWords(text string) (day int, month time.Month, year int, ok bool) {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var numbers []int
	for _, word := range words {
		if n, err := strconv.Atoi(word); err == nil {
			numbers = append(numbers, n)
			continue
		}
		if month != 0 {
			return 0, 0, 0, false
		}
		month = monthIn(word)
		if month == 0 {
			return 0, 0, 0, false
		}
	}
	if month == 0 || len(numbers) == 0 || len(numbers) > 2 {
		return 0, 0, 0, false
	}
	if len(numbers) == 2 {
		day = numbers[0]
	}
	year = numbers[len(numbers)-1]
	if year < 100 && len(numbers) == 1 {
		year += 2000
	}
	return day, month, year, year >= firstYear && year < 2100
}

// monthIn finds the month that a word names in one of the languages.
func monthIn(word string) time.Month {
	for _, code := range locale.Codes() {
		if months := locale.Must(code).Stretch(word).Months; len(months) == 1 {
			return months[0]
		}
	}
	return 0
}

// endOfSpan finds the year in which a school year or a season ends: 2024 for "2023/24".
func endOfSpan(text string) (int, bool) {
	for _, code := range locale.Codes() {
		years := locale.Must(code).Stretch(strings.ReplaceAll(text, "-", "–")).Years
		if len(years) == 2 && years[1] == years[0]+1 {
			return years[1], true
		}
	}
	return 0, false
}
