package figure

import (
	"strings"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

const (
	dayForm   = "2006-01-02"
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
		return time.Date(a.Year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006")
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

// asOf reads a day, a year or "not stated".
func (l *loader) asOf(s said) (AsOf, bool) {
	if s.text == notStated {
		return AsOf{}, true
	}
	if year, ok := parseYear(s.text); ok {
		return AsOf{Year: year}, true
	}
	day, ok := l.date(s, diag.Say("as_of is a day (2024-12-31), a year (2024), or not stated",
		"as_of ist ein Tag (2024-12-31), ein Jahr (2024) oder not stated"))
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
	day, _ := l.date(inYAML(n), diag.Say("%s is a day: 2024-12-31", "%s ist ein Tag: 2024-12-31", n.Key()))
	return day
}

// date reads a day; what says what is expected where it is something else.
func (l *loader) date(s said, what diag.Text) (time.Time, bool) {
	if day, ok := parseDay(s.text); ok {
		return day, true
	}
	bad := &fault{code: "date-form", end: len(s.text), text: diag.Say("%s is no date; %s",
		"%s ist kein Datum; %s", quoted(s.text), what)}
	switch {
	case s.text == "":
		bad.text = what
	case sheet.GermanDay(s.text) != "":
		bad.ways = []diag.Text{writeWay(sheet.GermanDay(s.text))}
	case strings.Count(s.text, "-") == 2 && len(s.text) == len(dayForm):
		bad.text = diag.Say("there is no day %s", "den Tag %s gibt es nicht", s.text)
		bad.ways = []diag.Text{diag.Say("correct the month or the day", "berichtigen Sie den Monat oder den Tag")}
	default:
		bad.ways = []diag.Text{diag.Say("write year-month-day: 2024-12-31", "schreiben Sie Jahr-Monat-Tag: 2024-12-31")}
	}
	l.fault(s, bad)
	return time.Time{}, false
}

func parseDay(text string) (time.Time, bool) {
	day, err := time.Parse(dayForm, text)
	return day, err == nil && day.Year() >= 1800
}

func parseYear(text string) (int, bool) {
	year, err := time.Parse("2006", text)
	return year.Year(), err == nil && year.Year() >= 1800
}
