package figure

import (
	"strings"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

const (
	dayForm   = "2006-01-02"
	yearForm  = "2006"
	notStated = "not stated"
	noPeriod  = "none"
)

// IsZero reports whether the date is not stated.
func (a AsOf) IsZero() bool { return a.Year == 0 && a.Day.IsZero() }

// String writes the date for machines: "2024-12-31", "2024" or "not stated".
func (a AsOf) String() string {
	switch {
	case !a.Day.IsZero():
		return a.Day.Format(dayForm)
	case a.Year != 0:
		return time.Date(a.Year, 1, 1, 0, 0, 0, 0, time.UTC).Format(yearForm)
	}
	return notStated
}

// In writes the date as the language does, and "date not stated" where it is not.
func (a AsOf) In(l *locale.Lang) string {
	switch {
	case !a.Day.IsZero():
		return l.Date(a.Day)
	case a.Year != 0:
		return a.String()
	}
	return l.Word("date-not-stated")
}

// When names the date of a series that the figure is of: a day, a year, a quarter.
func (f *Figure) When(l *locale.Lang) string {
	if !f.Time.IsZero() {
		return l.Span(f.Time)
	}
	return f.AsOf.In(l)
}

// asOf reads a day, a year or "not stated".
func (l *loader) asOf(s said) (AsOf, bool) {
	if s.text == notStated {
		return AsOf{}, true
	}
	if year, ok := parseYear(s.text); ok {
		return AsOf{Year: year}, true
	}
	day, ok := l.date(s, diag.Say("as_of is a day (2024-12-31), a year (2024), or not stated",
		"as_of ist ein Tag (2024-12-31), ein Jahr (2024) oder not stated"), "")
	if !ok {
		return AsOf{bad: true}, false
	}
	return AsOf{Day: day, Year: day.Year()}, true
}

// day reads a day; the zero time where there is none, or none that can be read.
func (l *loader) day(n *schema.Node) time.Time {
	if n == nil {
		return time.Time{}
	}
	rest := "-01-01"
	if n.Key() == "to" {
		rest = "-12-31"
	}
	day, _ := l.date(inYAML(n), diag.Say("%s is a day: 2024-12-31", "%s ist ein Tag: 2024-12-31", n.Key()), rest)
	return day
}

// date reads a day; what says what is expected where it is something else, and rest what
// makes a day of a year: nothing where a year will do, which the caller reads.
func (l *loader) date(s said, what diag.Text, rest string) (time.Time, bool) {
	if day, ok := parseDay(s.text); ok {
		return day, true
	}
	bad := &fault{code: "date-form", end: len(s.text), text: diag.Say("%s is no date; %s",
		"%s ist kein Datum; %s", quoted(s.text), what)}
	switch {
	case s.text == "":
		bad.text = what
	case isEarly(s.text):
		bad.text = diag.Say("%s lies before %d, and dates are read from that year on",
			"%s liegt vor %d, und Daten werden erst ab diesem Jahr gelesen", s.text, firstYear)
		bad.ways = []diag.Text{
			diag.Say("correct the year", "berichtigen Sie das Jahr"),
			diag.Say("if it is right, make a figure of its own with as_of: not stated, and say the year in its label",
				"stimmt es, machen Sie eine eigene Kennzahl mit as_of: not stated daraus, mit dem Jahr in label"),
		}
	case strings.Count(s.text, "-") == 2 && len(s.text) == len(dayForm) && s.text[4] == '-':
		bad.text = diag.Say("there is no day %s", "den Tag %s gibt es nicht", s.text)
		bad.ways = []diag.Text{diag.Say("correct the month or the day", "berichtigen Sie den Monat oder den Tag")}
	default:
		bad.ways = dateWays(s.text, rest)
	}
	l.fault(s, bad)
	return time.Time{}, false
}

// firstYear is the earliest year that dates may have. What is earlier is a slip, mostly:
// 0204, or a number that stands in the wrong column.
const firstYear = 1800

func parseDay(text string) (time.Time, bool) {
	day, err := time.Parse(dayForm, text)
	return day, err == nil && day.Year() >= firstYear
}

func parseYear(text string) (int, bool) {
	year, err := time.Parse(yearForm, text)
	return year.Year(), err == nil && year.Year() >= firstYear
}

// isEarly reports whether a text is a day or a year before the first that is read.
func isEarly(text string) bool {
	for _, form := range []string{dayForm, yearForm} {
		if at, err := time.Parse(form, text); err == nil && at.Year() < firstYear {
			return true
		}
	}
	return false
}
