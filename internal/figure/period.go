package figure

import (
	"strconv"
	"strings"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// provePeriod holds the years and months in the words of a period against its dates. The
// words are free, "school year 2023/24", but a date that was changed at one of the two
// places only must not go unseen.
func (l *loader) provePeriod(p *Period, lang string, n *schema.Node) {
	language, ok := l.o.Languages.Lookup(lang)
	if !ok || p.From.IsZero() || p.To.IsZero() {
		return
	}
	said := language.Stretch(p.Label[lang])
	var wrong []string
	if !fitsYears(said, p.From, p.To) {
		for _, year := range said.Years {
			wrong = append(wrong, strconv.Itoa(year))
		}
	}
	if !fitsMonths(said, p.From, p.To) {
		for _, month := range said.Months {
			wrong = append(wrong, language.Month(time.Date(2000, month, 1, 0, 0, 0, 0, time.UTC), false))
		}
	}
	if wrong == nil {
		return
	}
	l.list.Add(diag.Diagnostic{
		Code: "period-words", Place: n.Place(),
		Text: diag.Say("these words say %[1]s, but the period %[2]s goes from %[3]s to %[4]s",
			"hier steht %[1]s, der Zeitraum %[2]s geht aber von %[3]s bis %[4]s",
			strings.Join(wrong, ", "), p.ID, p.From.Format(time.DateOnly), p.To.Format(time.DateOnly)),
		Ways: []diag.Text{
			diag.Say("if the dates are right, write for example: %s",
				"stimmen die Daten, schreiben Sie zum Beispiel: %s", language.Between(p.From, p.To)),
			diag.Say("if the words are right, correct from: and to:",
				"stimmen die Wörter, berichtigen Sie from: und to:"),
		},
	})
}

// fitsYears reports whether the years in words are those in which a period begins and ends.
// One year is enough for a period of at most a year: "winter 2023".
func fitsYears(said locale.Stretch, from, to time.Time) bool {
	years := said.Years
	switch {
	case len(years) == 0:
		return true
	case said.Since:
		return years[0] == from.Year()
	case len(years) == 1 && from.Year() != to.Year():
		return (years[0] == from.Year() || years[0] == to.Year()) && !to.After(from.AddDate(1, 0, 0))
	}
	for _, year := range years {
		if year < from.Year() || year > to.Year() {
			return false
		}
	}
	return years[0] == from.Year() && years[len(years)-1] == to.Year()
}

// fitsMonths does the same for months: one alone is the last, or the only one.
func fitsMonths(said locale.Stretch, from, to time.Time) bool {
	months := said.Months
	switch {
	case len(months) == 0:
		return true
	case said.Since:
		return months[0] == from.Month()
	case len(months) == 1:
		return months[0] == to.Month()
	}
	return months[0] == from.Month() && months[len(months)-1] == to.Month()
}
