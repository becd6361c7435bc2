package grid

import (
	"bilanz/internal/calendar"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
)

// kindNames name the kinds of time in messages.
var kindNames = map[calendar.Kind]diag.Text{
	calendar.Day:     diag.Say("a day", "ein Tag"),
	calendar.Month:   diag.Say("a month", "ein Monat"),
	calendar.Quarter: diag.Say("a quarter", "ein Quartal"),
	calendar.Half:    diag.Say("half a year", "ein Halbjahr"),
	calendar.Year:    diag.Say("a year", "ein Jahr"),
	calendar.Split:   diag.Say("a year that ends in the next", "ein Jahr, das im nächsten endet"),
	calendar.School:  diag.Say("a school year", "ein Schuljahr"),
	calendar.Years:   diag.Say("several years", "mehrere Jahre"),
}

// kindOf is what kind of time a date of a series is.
func kindOf(f *figure.Figure) calendar.Kind {
	switch {
	case !f.Time.IsZero():
		return f.Time.Kind
	case f.AsOf.Day.IsZero():
		return calendar.Year
	}
	return calendar.Day
}

// Kind is what kind of time the lines are; 0 for none, and for several.
func (g *Grid) Kind() calendar.Kind {
	var kind calendar.Kind
	for _, line := range g.Lines {
		switch is := line.kind(); {
		case is == 0, kind != 0 && is != kind:
			return 0
		default:
			kind = is
		}
	}
	return kind
}

func (l Line) kind() calendar.Kind {
	if l.Date.IsZero() {
		return 0
	}
	return kindOf(l.dated())
}

// checkTimes refuses dates of several kinds on one axis: a month is no year.
func (g *Grid) checkTimes() *diag.Diagnostic {
	var first *figure.Figure
	for _, f := range g.Figures() {
		switch {
		case f.Date.IsZero():
		case first == nil:
			first = f
		case kindOf(f) != kindOf(first):
			return refuse("chart-times", diag.Say("a chart shows times of one kind, but %s is %s and %s is %s",
				"ein Diagramm zeigt Zeiten einer Art, aber die Zeit von %s ist %s und die von %s ist %s",
				first.Named(), kindNames[kindOf(first)], f.Named(), kindNames[kindOf(f)]),
				diag.Say("make a chart for each kind of time",
					"machen Sie für jede Art von Zeit ein eigenes Diagramm"))
		}
	}
	return nil
}

// checkColumns refuses more columns than stand beside each other, and a change of the
// counting between them, which only a line can show.
func (g *Grid) checkColumns(most int) *diag.Diagnostic {
	bar := diag.Say("write type: bar", "schreiben Sie type: bar")
	line := diag.Say("write type: line", "schreiben Sie type: line")
	if n := len(g.Lines); n > most {
		d := refuse("chart-column", diag.Say("%d columns at most stand beside each other, and these are %d",
			"höchstens %d Säulen stehen nebeneinander, und dies sind %d", most, n), bar)
		if g.Series != nil {
			d.Ways = []diag.Text{line, bar}
		}
		return d
	}
	if g.Series == nil {
		return nil
	}
	for _, b := range g.Series.Breaks {
		if b.From.After(g.Lines[0].Date) && !b.From.After(g.Lines[len(g.Lines)-1].Date) {
			return refuse("chart-column", diag.Say(
				"%s was counted in another way from %s on, which columns cannot show",
				"die Kennzahl %s wurde ab %s anders gezählt, und das können Säulen nicht zeigen",
				g.Series.ID, b.From.Format("2006-01-02")), line)
		}
	}
	return nil
}
