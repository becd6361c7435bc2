package sheet

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

// What spreadsheet programs make of what people type.

var formulaErrors = []string{
	"#WERT!", "#VALUE!", "#VALEUR!", "#NV", "#N/A", "#BEZUG!", "#REF!", "#NAME?", "#NOM?", "#DIV/0!", "#ZAHL!", "#NUM!",
	"#NOMBRE!", "#NULL!", "#NUL!", "#ÜBERLAUF!", "#SPILL!", "#KALK!", "#CALC!",
}

// IsError recognises what Excel writes when a formula fails, or where a column is too
// narrow for its number.
func IsError(text string) bool {
	return slices.Contains(formulaErrors, strings.ToUpper(text)) || len(text) > 1 && strings.Trim(text, "#") == ""
}

// SameName reports whether two names of columns differ only in small and capital letters,
// spaces and signs.
// A name with * stands for several, and is nearly none of them.
func SameName(text, name string) bool {
	return text == name || !strings.Contains(name, "*") && bareName(text) == bareName(name) && bareName(text) != ""
}

func bareName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// Meant is the number in a cell into which a program wrote more: an apostrophe or a formula,
// which keep a text from being read as a number, or a minus behind it. "" for anything else.
func Meant(text string) string {
	meant := strings.TrimLeft(text, "'’`")
	if inner, ok := strings.CutPrefix(text, `="`); ok {
		meant = strings.TrimSuffix(inner, `"`)
	}
	for _, minus := range []string{"-", "−", "–"} {
		if size, ok := strings.CutSuffix(meant, minus); ok {
			meant = "-" + strings.TrimSpace(size)
		}
	}
	if size := strings.TrimPrefix(meant, "-"); meant == text || strings.Trim(size, "0123456789.,") != "" || size == "" {
		return ""
	}
	return meant
}

// dateForms are compiled when somebody errs for the first time, and not at every start.
var dateForms = sync.OnceValue(func() []*regexp.Regexp {
	return []*regexp.Regexp{
		regexp.MustCompile(`^[0-9]{1,2}\. ?(Jan|Feb|Mär|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]*\.?( ?[0-9]{2,4})?$`),
		regexp.MustCompile(`^[0-9]{1,2}[- ](Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*([- ][0-9]{2,4})?$`),
		regexp.MustCompile(`^(Jan|Feb|Mär|Mrz|Mar|Apr|Mai|May|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dez|Dec)[a-zä]*[-. ]{1,2}[0-9]{2,4}$`),
		regexp.MustCompile(`^[0-9]{1,2}\.[0-9]{1,2}\.([0-9]{2}|[0-9]{4})?$`),
		regexp.MustCompile(`^[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}$`),
		regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}( 00:00(:00)?)?$`),
	}
})

// LooksLikeDate recognises what Excel makes of 1.2 or 10-12.
func LooksLikeDate(text string) bool {
	return slices.ContainsFunc(dateForms(), func(f *regexp.Regexp) bool { return f.MatchString(text) })
}

var germanDate = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})$`)
})

// GermanDay turns 31.12.2024 and 31.12.24, as Excel in Germany saves dates, into
// 2024-12-31, or gives "". Of two digits it makes a year as Windows does: from 1950 to
// 2049.
func GermanDay(text string) string {
	m := germanDate().FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	year := m[3]
	switch {
	case len(year) == 4:
	case year < "50":
		year = "20" + year
	default:
		year = "19" + year
	}
	day, err := time.Parse("2.1.2006", m[1]+"."+m[2]+"."+year)
	if err != nil {
		return ""
	}
	return day.Format(time.DateOnly)
}

// Midnight takes from a day the hour that programs write behind it: 2024-12-31 00:00:00.
func Midnight(text string) string {
	day, hour, _ := strings.Cut(strings.Replace(text, "T", " ", 1), " ")
	if strings.Trim(hour, "0:Z.") != "" {
		return text
	}
	return day
}

var (
	monthForm = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:([0-9]{4})-([0-9]{1,2})|([0-9]{1,2})[./]([0-9]{4}))$`)
	})
	quarterForm = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:([0-9]{4})[-/ ]?Q([1-4])|Q([1-4])[-/ ]?([0-9]{4})|` +
			`([1-4])\. ?(?:Quartal|Quarter) ([0-9]{4}))$`)
	})
)

// LastDay gives the last day of a month or quarter: 2024-03-31 for 2024-03, 03/2024,
// Q1 2024, 2024-Q1 and 1. Quartal 2024; "" for anything else.
func LastDay(text string) string {
	year, month := "", 0
	if m := monthForm().FindStringSubmatch(text); m != nil {
		year = m[1] + m[4]
		month, _ = strconv.Atoi(m[2] + m[3])
	} else if m := quarterForm().FindStringSubmatch(text); m != nil {
		year = m[1] + m[4] + m[6]
		month, _ = strconv.Atoi(m[2] + m[3] + m[5])
		month *= 3
	}
	if month < 1 || month > 12 {
		return ""
	}
	first, err := time.Parse("2006-1", year+"-"+strconv.Itoa(month))
	if err != nil {
		return ""
	}
	return first.AddDate(0, 1, -1).Format(time.DateOnly)
}
