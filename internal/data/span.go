package data

import (
	"time"

	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// Span is the first and the last day that figures speak of; "" where none says one.
func Span(figures []*figure.Figure) (from, to string) {
	for _, f := range figures {
		at := timeOf(f)
		if at.start == "" { // the date of a stock; that of a flow is its source's
			at.start, at.end = at.asOf, at.asOf
		}
		if at.start != "" && (from == "" || at.start < from) {
			from = at.start
		}
		to = max(to, at.end)
	}
	return from, to
}

// UpTo is the end of the last period, or the last day, that a figure speaks of; "" where
// none says it. The last day of a month is its end.
func UpTo(figures []*figure.Figure, l *locale.Lang) string {
	var last time.Time
	for _, f := range figures {
		day := f.AsOf.Day
		if f.Period != nil {
			day = f.Period.To
		}
		if day.After(last) {
			last = day
		}
	}
	switch {
	case last.IsZero():
		return ""
	case last.AddDate(0, 0, 1).Day() == 1:
		return l.Month(last, true)
	}
	return l.Date(last)
}
