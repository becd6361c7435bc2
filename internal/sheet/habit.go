package sheet

import (
	"regexp"
	"slices"
	"sync"
	"time"
)

// What spreadsheet programs make of what people type.

var formulaErrors = map[string]bool{
	"#WERT!": true, "#VALUE!": true, "#NV": true, "#N/A": true, "#BEZUG!": true, "#REF!": true, "#NAME?": true,
	"#DIV/0!": true, "#ZAHL!": true, "#NUM!": true, "#NULL!": true, "####": true, "########": true,
}

// IsError recognises what Excel writes when a formula fails.
func IsError(text string) bool { return formulaErrors[text] }

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
	return regexp.MustCompile(`^([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})$`)
})

// GermanDay turns 31.12.2024, as Excel in Germany saves dates, into 2024-12-31, or
// gives "".
func GermanDay(text string) string {
	m := germanDate().FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	day, err := time.Parse("2.1.2006", m[1]+"."+m[2]+"."+m[3])
	if err != nil {
		return ""
	}
	return day.Format(time.DateOnly)
}
