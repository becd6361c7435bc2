package figure

import (
	"slices"
	"strings"
	"time"

	"bilanz/internal/calendar"
	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// shortMonths are short names of months that are no beginnings of three letters.
var shortMonths = map[string]time.Month{"mrz": time.March, "sept": time.September}

// readTime reads which column says when, and how.
func (t *tableReader) readTime() bool {
	t.times.Month = func(word string) (time.Month, bool) {
		if month, ok := shortMonths[strings.ToLower(strings.TrimSuffix(word, "."))]; ok {
			return month, true
		}
		for _, lang := range t.l.o.Langs {
			if month, ok := t.l.lang(lang).MonthNamed(word); ok {
				return month, true
			}
		}
		return 0, false
	}
	n := t.d.fields.Get("time")
	if n == nil {
		return true
	}
	t.table.Timed = true
	if !n.IsMapping() {
		return t.timeColumns(n)
	}
	fields, ok := n.Fields(timeKeys, t.l.list)
	if !ok || !t.describedTime(n, fields) {
		return false
	}
	form := fields.Get("form")
	if form != nil && t.unfitForm(form) {
		return false
	}
	switch fields.Text("form") {
	case fiscalYear:
		t.times.Years = calendar.Split
	case schoolYear:
		t.times.Years = calendar.School
	case excelDays:
		t.excelDays = true
	case inMonths:
		t.part = calendar.Month
	case inQuarters:
		t.part = calendar.Quarter
	case inHalves:
		t.part = calendar.Half
	}
	if starts := fields.Get("starts"); starts != nil {
		t.times.Starts, ok = locale.Must("en").MonthNamed(starts.String())
	}
	return ok
}

// timeOf reads a stretch of time, once for each text.
func (t *tableReader) timeOf(s said) (calendar.Span, bool) {
	if span, met := t.spans[s.text]; met {
		return span, !span.IsZero()
	}
	text := s.text
	if t.excelDays && excelDay().MatchString(text) {
		text = daysMeant(text)[0]
	}
	span, problem := t.times.Parse(text)
	if problem != calendar.None {
		t.noTime(s, problem)
		span = calendar.Span{}
	}
	t.spans[s.text] = span
	return span, problem == calendar.None
}

func (t *tableReader) noTime(s said, problem calendar.Problem) {
	bad := &fault{code: "date-form", end: len(s.text)}
	serial := problem == calendar.NotATime && excelDay().MatchString(s.text) && len(t.when) == 1
	if serial && t.saidDays {
		return
	}
	t.saidDays = t.saidDays || serial
	switch problem {
	case calendar.NoStart:
		bad.text = diag.Say("nobody says in which month the year %s begins",
			"es steht nirgends, in welchem Monat das Jahr %s beginnt", s.text)
		bad.ways = []diag.Text{diag.Say("say it in %[1]s: time: {column: %[2]s, form: fiscal-year, starts: April}",
			"schreiben Sie es in %[1]s dazu: time: {column: %[2]s, form: school-year, starts: August}",
			t.d.path, schema.Written(t.timeHead()))}
	case calendar.NoSuchDay:
		bad.text = diag.Say("there is no such day or month: %s", "diesen Tag oder Monat gibt es nicht: %s", s.text)
		bad.ways = []diag.Text{diag.Say("correct it in the file", "berichtigen Sie ihn in der Datei")}
	default:
		bad.text = diag.Say("%s is no time", "%s ist keine Zeitangabe", quoted(s.text))
		bad.ways = []diag.Text{diag.Say("write a day (2024-12-31), a month (2024-12), a quarter (2024-Q1), half "+
			"a year (2024-H1), a year (2024), a year across two (2024/25) or several years (2019-2022)",
			"schreiben Sie einen Tag (2024-12-31), einen Monat (2024-12), ein Quartal (2024-Q1), ein Halbjahr "+
				"(2024-H1), ein Jahr (2024), ein Jahr über zwei (2024/25) oder mehrere Jahre (2019-2022)"),
			diag.Say("leave the row out: except: {%s: %s}", "lassen Sie die Zeile weg: except: {%s: %s}",
				schema.Written(t.timeHead()), schema.Written(s.text))}
		if serial {
			bad.ways[0] = diag.Say("if it is a day as Excel counts them (%[1]s), write in %[2]s: time: "+
				"{column: %[3]s, form: excel-days}",
				"ist es ein Tag, wie Excel sie zählt (%[1]s), schreiben Sie in %[2]s: time: {column: %[3]s, "+
					"form: excel-days}", daysMeant(s.text)[0], t.d.path, schema.Written(t.timeHead()))
		}
	}
	t.l.fault(s, bad)
}

// periodOf is a stretch of time as a period, named as each language does.
func (t *tableReader) periodOf(span calendar.Span) *Period {
	id := span.ID()
	if p := t.periods[id]; p != nil {
		return p
	}
	p := &Period{ID: id, From: span.From, To: span.To, Label: Text{}}
	for _, lang := range t.l.o.Langs {
		p.Label[lang] = t.l.lang(lang).Span(span)
	}
	t.periods[id] = p
	return p
}

// point makes a cell a date of the series that has its keys.
func (t *tableReader) point(f *Figure, id string, line *Line) {
	s := t.series[id]
	if s == nil {
		s = &Series{ID: id, At: t.table.At}
		t.series[id] = s
	}
	f.Series, f.Date, f.Time = s, line.Time.To, line.Time
	s.Points = append(s.Points, f)
}

// sameEnd says that times of several kinds end together at the end of the table, such as a
// year, its last quarter and its last month, of which the figure without a time is one.
func (t *tableReader) sameEnd(latest calendar.Span) {
	for _, line := range t.table.Lines {
		if !line.Time.To.Equal(latest.To) || line.Time.Kind == latest.Kind || len(t.when) == 0 {
			continue
		}
		var languages [2]string
		for i, lang := range []string{"en", "de"} {
			l := locale.Must(lang)
			languages[i] = l.Span(line.Time) + " / " + l.Span(latest)
		}
		t.l.list.Add(diag.Diagnostic{Code: "time-kinds", Severity: diag.Warning, Place: t.when[0].at.place(),
			Text: diag.Say("times of several kinds end on one day here (%[1]s); %[3]s is the latest",
				"hier enden mehrere Arten von Zeiten am selben Tag (%[2]s); die jüngste ist %[4]s",
				languages[0], languages[1], locale.Must("en").Span(latest), locale.Must("de").Span(latest)),
			Ways: []diag.Text{diag.Say("choose the rows of one kind, as in where: {%s: \"* Q*\"}, and describe a "+
				"table for each",
				"wählen Sie die Zeilen einer Art, zum Beispiel mit where: {%s: \"* Q*\"}, und beschreiben Sie für "+
					"jede eine Tabelle", schema.Written(t.timeHead()))}})
		return
	}
}

// breaksIn are the breaks of a series: before each value, but the first, with a footnote
// that says so.
func (t *tableReader) breaksIn(s *Series) (all []Break) {
	for _, f := range s.Points[1:] {
		if f.Footnote != nil && slices.Contains(t.breaks, f.Footnote) {
			all = append(all, Break{From: f.Date, Notes: f.Footnote.Texts, at: f.IDAt})
		}
	}
	return all
}

// finishSeries makes, of each row and column of a table with times, the figure without a
// time: that of the latest time of the table. Where it is missing there, the figure is not
// available, and never an older one.
func (t *tableReader) finishSeries() {
	latest := calendar.Span{}
	for _, line := range t.table.Lines {
		if line.Time.Compare(latest) > 0 {
			latest = line.Time
		}
	}
	t.sameEnd(latest)
	for _, id := range sortedKeys(t.series) {
		s := t.series[id]
		slices.SortStableFunc(s.Points, func(a, b *Figure) int { return a.Time.Compare(b.Time) })
		s.Breaks = t.breaksIn(s)
		point := s.Points[len(s.Points)-1]
		last := *point
		line := t.table.Lines[point.Cell.Line]
		last.ID, last.Date, last.Time, last.IDAt = id, time.Time{}, calendar.Span{}, t.table.At
		last.Label = t.nameOf(line.Labels, t.table.Columns[point.Cell.Column])
		if line.Time != latest {
			last.Value, last.Period = Value{Reason: NotAvailable}, nil
			if latest.Kind != calendar.Day {
				last.Period = t.periodOf(latest)
			}
		}
		if t.l.register(&last) {
			t.l.set.series[id] = s
		}
	}
}
