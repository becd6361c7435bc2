package figure

import (
	"slices"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// seriesReader makes the figures of one series.
type seriesReader struct {
	l      *loader
	d      *document
	id     string
	series *Series
	noun   Text
	short  Text
	notes  []Passage
	foot   *Footnote
	yearly bool // each row is a year, and not a day
	days   map[string]*Figure
	holes  bool // rows could not be read, so nobody knows which date is the last
}

// ofOneDate are the columns that a series may have besides: where the value of
// one date was published, though it was counted in the same way.
var ofOneDate = []string{"source", "source_basis", "status"}

// declareSeries makes a figure of each date of a series, and one of the series
// itself, which is its last date.
func (l *loader) declareSeries(d *document) {
	id, ok := l.docID(d, "series")
	if !ok {
		return
	}
	if d.sheet == nil {
		l.needSheet(d, "series")
		return
	}
	r := &seriesReader{l: l, d: d, id: id, series: &Series{ID: id, At: d.fields.Get("series").Place()}, days: map[string]*Figure{}}
	d.common = l.inherit(d.common, of(d.fields))
	d.common.refused = d.common.refused || refusedAny(d.fields)
	r.series.Label = l.texts(d.fields.Get("label"), labelOf(id))
	r.noun = l.optional(d.fields.Get("noun"), nounOf(id))
	r.short = l.optional(d.fields.Get("short"), shortOf(id))
	r.notes = l.passages(d.fields.Get("note"), noteOf(id))
	r.foot = l.footnote(inYAML(d.fields.Get("footnote")))
	if !l.knownColumns(d.sheet, []string{"as_of", "value"}, ofOneDate) {
		l.set.incomplete = true
		return
	}
	r.readSince()
	r.readBreaks()
	r.need()
	for _, cells := range d.sheet.Rows {
		r.point(cells)
	}
	r.finish()
}

func (r *seriesReader) readSince() {
	if n := r.d.fields.Get("cumulative"); n != nil {
		r.series.Cumulative, _ = n.Bool(nil)
	}
	says := r.d.fields.Get("aggregation")
	if r.series.Cumulative && says != nil && says.String() != string(Cumulative) {
		r.l.add("value-unknown", says.Place(), diag.Say("the series is cumulative, so its aggregation cannot be %s",
			"die Reihe ist kumuliert (cumulative); ihre aggregation kann nicht %s sein", says.String()),
			diag.Say("delete this line", "löschen Sie diese Zeile"))
	}
	since := r.d.fields.Get("since")
	r.series.Since = r.l.day(since)
	switch {
	case r.d.fields.Faulty("cumulative"):
	case r.series.Cumulative && since == nil && !r.d.fields.Faulty("since"):
		r.l.add("since-missing", r.d.fields.KeyPlace("cumulative"), diag.Say("a cumulative series counts from one day on, which is missing",
			"eine kumulierte Reihe zählt ab einem Tag, und der fehlt"),
			diag.Say("add since: 2021-01-01, for example", "ergänzen Sie zum Beispiel since: 2021-01-01"))
	case !r.series.Cumulative && since != nil:
		r.l.list.Add(diag.Diagnostic{Code: "since-missing", Place: since.KeyPlace(),
			Text: diag.Say("since belongs to a cumulative series", "since gehört zu einer kumulierten Reihe"),
			Ways: []diag.Text{diag.Say("add cumulative: true, or delete since:",
				"ergänzen Sie cumulative: true, oder löschen Sie since:")},
			Edits: r.d.root.Set(SeriesKeys(), "cumulative", "true")})
	}
}

func (r *seriesReader) readBreaks() {
	n := r.d.fields.Get("breaks")
	if n == nil {
		return
	}
	for _, item := range n.Items() {
		fields, ok := item.Fields(BreakKeys, r.l.list)
		if !ok {
			continue
		}
		b := Break{From: r.from(fields.Get("from")), Notes: r.l.passages(fields.Get("note"), noteOf(r.id))}
		if s := inYAML(fields.Get("source")); s.is() {
			b.Source = r.l.source(s)
		}
		if from := fields.Get("from"); from != nil {
			b.at = from.Place()
		}
		if !b.From.IsZero() {
			r.series.Breaks = append(r.series.Breaks, b)
		}
	}
	slices.SortStableFunc(r.series.Breaks, func(a, b Break) int { return a.From.Compare(b.From) })
}

// from reads the first date that is counted in another way: a day, or a year, for which
// its last day stands, as in the rows.
func (r *seriesReader) from(n *schema.Node) time.Time {
	if year, ok := parseYear(inYAML(n).text); ok {
		return time.Date(year, time.December, 31, 0, 0, 0, 0, time.UTC)
	}
	return r.l.day(n)
}

// need says what the series as a whole lacks; its dates bring their own as_of.
func (r *seriesReader) need() {
	a := r.d.common
	if !a.refused {
		a.asOfSet = true
		r.l.needAll(&Figure{ID: r.id, IDAt: r.series.At, Unit: a.unit, Period: a.period, Source: a.source}, a)
	}
}

// point makes the figure of one date.
func (r *seriesReader) point(cells []sheet.Cell) {
	date, value := &cells[r.d.sheet.Column("as_of")], &cells[r.d.sheet.Column("value")]
	s := inCell(date)
	day, ok := r.date(s)
	if !ok {
		r.l.set.incomplete, r.holes = true, true
		return
	}
	key := r.key(day)
	if before := r.days[key]; before != nil {
		r.l.list.Add(diag.Diagnostic{Code: "date-twice", Place: s.place(), Text: diag.Say("%s stands here twice",
			"%s steht hier zweimal", key),
			Notes: []diag.Note{{Place: before.IDAt, Text: diag.Say("it stands here already", "es steht schon hier")}},
			Ways:  []diag.Text{diag.Say("delete one of the two rows", "löschen Sie eine der beiden Zeilen")}})
		return
	}
	f := &Figure{ID: r.id + "." + key, PartsAre: Complete, IDAt: s.place(), ValueAt: value.Place(), Date: day, Series: r.series, Notes: r.notes, Footnote: r.foot}
	r.days[key] = f
	r.fill(f, day, byColumn(r.d.sheet, cells))
	r.l.cellValue(f, value, r.d.form())
	r.l.spellCell(f, value, r.d, key)
	if r.l.register(f) {
		r.series.Points = append(r.series.Points, f)
	}
}

// date reads the day of a row, or its year, for which the last day stands: what the
// first row is, all of them are.
func (r *seriesReader) date(s said) (time.Time, bool) {
	whole := s.text
	s.text = sheet.Midnight(whole)
	if german := sheet.GermanDay(s.text); german != "" {
		s.text = german
	}
	day, isDay := parseDay(s.text)
	year, isYear := parseYear(s.text)
	if len(r.days) == 0 && isYear {
		r.yearly = true
	}
	switch last := sheet.LastDay(whole); {
	case isYear && r.yearly:
		return time.Date(year, time.December, 31, 0, 0, 0, 0, time.UTC), true
	case isDay && !r.yearly:
		return day, true
	case isDay:
		r.l.fault(s, r.otherDate(whole, diag.Say("a day", "ein Tag"), diag.Say("years", "Jahre"), day.Format("2006")))
	case isYear:
		r.l.fault(s, r.otherDate(whole, diag.Say("a year", "ein Jahr"), diag.Say("days", "Tage"), whole+"-12-31"))
	case last != "":
		r.l.fault(s, &fault{code: "date-form", end: len(whole), text: diag.Say("%s is no date; %s",
			"%s ist kein Datum; %s", quoted(whole), rowDate),
			ways: []diag.Text{diag.Say("write its last day: %s", "schreiben Sie den letzten Tag: %s", last)}})
	case len(r.days) > 0 && !r.yearly:
		return r.l.date(s, rowDate, "-12-31")
	default:
		return r.l.date(s, rowDate, "")
	}
	return time.Time{}, false
}

var rowDate = diag.Say("each row begins with a day (2024-12-31) or a year (2024)",
	"jede Zeile beginnt mit einem Tag (2024-12-31) oder einem Jahr (2024)")

// otherDate says that a row is a day among years, or a year among days.
func (r *seriesReader) otherDate(text string, is, others diag.Text, write string) *fault {
	return &fault{code: "date-form", end: len(text), ways: []diag.Text{writeWay(write)},
		text: diag.Say("%s is %s, but the rows above it are %s", "%s ist %s, aber die Zeilen darüber sind %s",
			text, is, others)}
}

// key names a date in ids and under notes.
func (r *seriesReader) key(day time.Time) string { return r.asOf(day).String() }

func (r *seriesReader) asOf(day time.Time) AsOf {
	if r.yearly {
		return AsOf{Year: day.Year()}
	}
	return AsOf{Day: day, Year: day.Year()}
}

// fill gives the figure of a date its unit, source and time.
func (r *seriesReader) fill(f *Figure, day time.Time, get func(name string) said) {
	a := r.d.common
	for _, b := range r.series.Breaks {
		if b.Source != nil && !day.Before(b.From) {
			a.source = b.Source
		}
	}
	r.l.knownValues(func(name string) said { return ownOnly(name, get) })
	a = r.l.inherit(a, func(name string) said { return ownOnly(name, get) })
	a.refused = true // said once, for the series
	a.asOf, a.asOfSet = r.asOf(day), true
	if r.series.Cumulative && !r.series.Since.IsZero() {
		a.period = &Period{From: r.series.Since, To: day, Label: Text{}}
		for _, lang := range r.l.o.Langs {
			a.period.Label[lang] = stretch(r.l.lang(lang), r.series.Since, day)
		}
	}
	r.l.complete(f, a, false)
	r.l.readDecimals(r.d.fields.Get("decimals"), &f.Decimals)
	f.Label, f.Noun = Text{}, r.noun
	for lang, label := range r.series.Label {
		f.Label[lang] = label + ", " + a.asOf.In(r.l.lang(lang))
	}
}

// ownOnly leaves the date itself out of what a row says about its figure.
func ownOnly(name string, get func(name string) said) said {
	if slices.Contains(ofOneDate, name) {
		return get(name)
	}
	return said{}
}

// stretch names a stretch of time in words: "January 2021 to December 2024".
func stretch(l *locale.Lang, from, to time.Time) string {
	if from.Day() != 1 || to.AddDate(0, 0, 1).Day() != 1 {
		return l.Word("period-days", l.Date(from), l.Date(to))
	}
	if from.Month() == time.January && to.Month() == time.December && from.Year() == to.Year() {
		return l.Word("period-range", l.Month(from, false), l.Month(to, true))
	}
	return l.Word("period-range", l.Month(from, from.Year() != to.Year()), l.Month(to, true))
}

// finish makes the figure of the series itself.
func (r *seriesReader) finish() {
	points := r.series.Points
	slices.SortFunc(points, func(a, b *Figure) int { return a.Date.Compare(b.Date) })
	if len(points) == 0 {
		r.noPoint()
		return
	}
	for _, b := range r.series.Breaks {
		if r.days[r.key(b.From)] == nil && !r.l.set.incomplete {
			r.l.add("break-date", b.at, diag.Say("the series has no value on this day",
				"die Reihe hat an diesem Tag keinen Wert"),
				diag.Say("write the first date that is counted in the new way",
					"schreiben Sie das erste Datum, das auf die neue Art gezählt ist"))
		}
	}
	r.readNotes()
	last := *points[len(points)-1]
	last.ID, last.Date, last.Label, last.IDAt = r.id, time.Time{}, r.series.Label, r.series.At
	last.Short = r.short
	if r.holes || r.d.broken {
		last.Value.Broken, last.AsOf.bad = true, true
	}
	last.Formerly = r.l.formerly(&last, r.d.fields.Get("formerly"))
	if r.l.register(&last) {
		r.l.set.series[r.id] = r.series
	}
}

// noPoint says that a series has no rows at all; what is wrong with rows that are
// there was said.
func (r *seriesReader) noPoint() {
	r.l.set.incomplete = true
	if len(r.d.sheet.Rows) > 0 || r.d.broken {
		return
	}
	r.l.add("csv-empty", diag.File(r.d.sheet.Path), diag.Say("the series has no values",
		"die Reihe hat keine Werte"),
		diag.Say("write one row for each date: 2024-12-31,22957",
			"schreiben Sie eine Zeile je Datum: 2024-12-31,22957"))
}

func (r *seriesReader) readNotes() {
	n := r.d.fields.Get("notes")
	if n == nil {
		return
	}
	for _, note := range n.Values() {
		if f := r.days[note.Key()]; f != nil {
			f.Notes = slices.Concat(f.Notes, r.l.passages(note, noteOf(f.ID)))
			continue
		}
		r.l.add("note-unknown", note.KeyPlace(), diag.Say("the series has no date %s",
			"die Reihe hat kein Datum %s", note.Key()),
			diag.Say("write one of the dates of the series", "schreiben Sie eines der Daten der Reihe"))
	}
}

// settleSeries says where a cumulative series falls between two exact values of
// one source.
func (l *loader) settleSeries() {
	for _, id := range sortedKeys(l.set.series) {
		s := l.set.series[id]
		if !s.Cumulative {
			continue
		}
		for i := 1; i < len(s.Points); i++ {
			before, after := s.Points[i-1], s.Points[i]
			if before.Source != after.Source || !before.Value.Exact() || !after.Value.Exact() || before.Value.Number.Cmp(after.Value.Number) <= 0 {
				continue
			}
			l.list.Add(diag.Diagnostic{Code: "series-falls", Place: after.ValueAt,
				Text: diag.Say("a cumulative series cannot fall: %s is %s, but %s before it was %s",
					"eine kumulierte Reihe kann nicht fallen: %s ist %s, aber davor war %s %s", after.Named(), spoken(after.Value.Number), before.Named(), spoken(before.Value.Number)),
				Notes: []diag.Note{figureIsHere(before)},
				Ways: []diag.Text{
					diag.Say("correct the value that is wrong", "berichtigen Sie den falschen Wert"),
					diag.Say("if it was counted in another way from this date on, add a break with its source and a note",
						"wurde ab diesem Datum anders gezählt, ergänzen Sie einen Bruch (breaks:) mit Quelle und Anmerkung"),
				}})
		}
	}
}
