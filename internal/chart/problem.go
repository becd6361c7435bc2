package chart

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/form"
	"bilanz/internal/typeset"
)

// What a drawing may cost is bounded before the engine starts, here and by what its form
// asks: goja limits time and stack, but not memory.
const (
	maxText = 160 // characters of one label
	maxTip  = 600 // characters of a tooltip, a title or a summary
)

// A Problem says why a spec cannot be drawn, and where in it that is: row and series are
// -1 where they do not apply.
type Problem struct {
	chart  string // the chart's id
	field  string // "label", "text", "value", "series", "rows", "type", "time", ...
	row    int
	series int
	text   string    // the offending text, if it is one
	reason diag.Text // a plain sentence without a full stop
}

// Error names the chart, the place in it and the reason.
func (p *Problem) Error() string {
	where := p.field
	if p.row >= 0 {
		where += fmt.Sprintf(" of row %d", p.row+1)
	}
	if p.series >= 0 {
		where += fmt.Sprintf(" in series %d", p.series+1)
	}
	if p.text == "" {
		return fmt.Sprintf("chart %s: %s: %s", p.chart, where, p.reason.In("en"))
	}
	return fmt.Sprintf("chart %s: %s %.60q: %s", p.chart, where, p.text, p.reason.In("en"))
}

// Said is the problem for whoever wrote the chart: the text at fault, if it is
// one, and the reason.
func (p *Problem) Said() diag.Text {
	if p.text == "" {
		return p.reason
	}
	return diag.Say(`"%s": %s`, "„%s“: %s", excerpt(p.text), p.reason)
}

// excerpt is the beginning of a text, in which characters that cannot be seen, or that
// would turn the message around, are written out.
func excerpt(text string) string {
	const most = 60
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n == most {
			return b.String() + "…"
		}
		if unseen(r) {
			fmt.Fprintf(&b, "<U+%04X>", r)
		} else {
			b.WriteRune(r)
		}
		n++
	}
	return b.String()
}

func unseen(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\ufeff' || r == unicode.ReplacementChar ||
		unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Noncharacter_Code_Point, r)
}

func (s Spec) problem(field string, reason diag.Text) *Problem {
	return &Problem{chart: s.ID, field: field, row: -1, series: -1, reason: reason}
}

var goodID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]*$`)

// Check refuses what cannot be drawn, or not without misleading, with a *Problem.
func (s Spec) Check() error {
	if !goodID.MatchString(s.ID) {
		return s.problem("id", diag.Say("an id is letters, digits, dots, hyphens and underscores, and begins with a letter",
			"eine Kennung besteht aus Buchstaben, Ziffern, Punkten, Binde- und Unterstrichen und beginnt mit einem Buchstaben"))
	}
	for _, test := range []func() *Problem{s.checkShape, s.checkTexts, s.checkCells, s.checkDates} {
		if p := test(); p != nil {
			return p
		}
	}
	return nil
}

func (s Spec) checkShape() *Problem {
	asks := s.Form.Asks()
	if drawers[s.Form] == nil {
		return s.problem("type", diag.Say("%q is no kind of chart that is drawn",
			"„%s“ ist keine Art von Diagramm, die gezeichnet wird", string(s.Form)))
	}
	rows := pick(s.onTimeAxis(), form.MostMarks, asks.Rows)
	switch {
	case len(s.Series) == 0:
		return s.problem("series", diag.Say("there is no series", "es gibt keine Reihe"))
	case asks.Layout == form.Panels && (len(s.Series) < 2 || len(s.Series) > asks.Series):
		return s.problem("series", diag.Say("%d panels; small multiples have from 2 to %d",
			"%d Felder; small-multiples hat 2 bis %d", len(s.Series), asks.Series))
	case len(s.Series) > 1 && asks.Series == 1:
		return s.problem("series", diag.Say("a chart of this kind has one series",
			"ein Diagramm dieser Art hat eine Reihe"))
	case len(s.Series) > asks.Series:
		return s.problem("series", diag.Say("%d series; at most %d colours can be told apart",
			"%d Reihen; höchstens %d Farben lassen sich unterscheiden", len(s.Series), asks.Series))
	case len(s.Rows) == 0:
		return s.problem("rows", diag.Say("there is nothing to draw", "es gibt nichts zu zeichnen"))
	case len(s.Rows) > rows:
		return s.problem("rows", diag.Say("%d rows; at most %d can be read in a chart of this kind",
			"%d Zeilen; in einem Diagramm dieser Art sind höchstens %d lesbar", len(s.Rows), rows))
	case len(s.Rows)*len(s.Series) > form.MostMarks:
		return s.problem("rows", diag.Say("%d marks; a chart has at most %d",
			"%d gezeichnete Werte; ein Diagramm hat höchstens %d", len(s.Rows)*len(s.Series), form.MostMarks))
	case s.Highlight < 0 || s.Highlight > s.mostHighlight():
		return s.problem("highlight", diag.Say("there is no such row or line to stand out here",
			"hier gibt es keine solche Zeile oder Linie, die hervortreten könnte"))
	case !s.onTimeAxis() && len(s.Breaks) > 0:
		return s.problem("breaks", diag.Say("only a line has breaks", "nur eine Linie hat Brüche"))
	}
	for i, row := range s.Rows {
		if len(row.Cells) != len(s.Series) {
			return &Problem{s.ID, "cells", i, -1, "", diag.Say("%d cells for %d series",
				"%d Felder für %d Reihen", len(row.Cells), len(s.Series))}
		}
	}
	return nil
}

// mostHighlight is how many things there are of which one may stand out.
func (s Spec) mostHighlight() int {
	switch {
	case s.Form == form.Bar, s.Form == form.Column:
		return len(s.Rows)
	case s.Form == form.Line && len(s.Series) > 1:
		return len(s.Series)
	}
	return 0
}

func (s Spec) checkTexts() *Problem {
	long := []struct{ field, text string }{{"title", s.Title}, {"subtitle", s.Subtitle},
		{"source", s.Source},
		{"summary", s.Summary}, {"demo", s.Demo}, {"lang", s.Lang}, {"since", s.Since.Label}}
	for _, l := range long {
		limit := maxTip
		if l.field == "summary" {
			limit = 4 * maxTip
		}
		if reason := badText(l.text, limit, false); !reason.IsZero() {
			return &Problem{s.ID, l.field, -1, -1, l.text, reason}
		}
	}
	for k, name := range s.Series {
		reason := badText(name, maxText, true)
		if reason.IsZero() && blank(name) && len(s.Series) > 1 {
			reason = diag.Say("a series among others needs a name", "eine von mehreren Reihen braucht einen Namen")
		}
		if !reason.IsZero() {
			return &Problem{s.ID, "series name", -1, k, name, reason}
		}
	}
	for i, row := range s.Rows {
		reason := badText(row.Label, maxText, true)
		if reason.IsZero() {
			reason = badText(row.Short, maxText, true)
		}
		if reason.IsZero() && blank(row.Label) {
			reason = diag.Say("a row needs a label", "eine Zeile braucht eine Bezeichnung")
		}
		if !reason.IsZero() {
			return &Problem{s.ID, "label", i, -1, row.Label, reason}
		}
		for k, cell := range row.Cells {
			reason := badText(cell.Text, maxText, true)
			if reason.IsZero() && blank(cell.Text) && cell.drawn() {
				reason = diag.Say("a value that is drawn must be written beside it",
					"ein gezeichneter Wert muss daneben stehen")
			}
			if !reason.IsZero() {
				return &Problem{s.ID, "text", i, k, cell.Text, reason}
			}
			if reason := badText(cell.Tip, maxTip, false); !reason.IsZero() {
				return &Problem{s.ID, "tip", i, k, cell.Tip, reason}
			}
		}
	}
	for i, b := range s.Breaks {
		if reason := badText(b.Label, maxText, true); !reason.IsZero() {
			return &Problem{s.ID, "break", i, -1, b.Label, reason}
		}
	}
	return nil
}

func blank(text string) bool {
	return strings.Trim(text, " \u00a0\u202f\u2009"+string(typeset.SoftHyphen)) == ""
}

// badText says what is wrong with a text. A drawn text goes through ECharts' templates,
// which know no escape for curly brackets; __f__ is where go-echarts begins code.
func badText(text string, limit int, drawn bool) diag.Text {
	switch {
	case !utf8.ValidString(text):
		return diag.Say("it is not UTF-8", "der Text ist nicht als UTF-8 gespeichert")
	case utf8.RuneCountInString(text) > limit:
		return diag.Say("it has more than %d characters", "das sind mehr als %d Zeichen", limit)
	case strings.Contains(text, "__f__"):
		return diag.Say("__f__ has a meaning of its own in charts and cannot be shown",
			"__f__ hat in Diagrammen eine eigene Bedeutung und lässt sich nicht zeigen")
	case drawn && strings.ContainsAny(text, "{}"):
		return diag.Say("curly brackets have a meaning of their own in charts and cannot be shown",
			"geschweifte Klammern haben in Diagrammen eine eigene Bedeutung und lassen sich nicht zeigen")
	case drawn && (text == "NaN" || strings.HasSuffix(text, "Inf")):
		return diag.Say("this is the leftover of a failed calculation",
			"das ist der Rest einer misslungenen Berechnung")
	}
	for _, r := range text {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return diag.Say("it holds the control character U+%04X", "darin steht das Steuerzeichen U+%04X", r)
		}
		if unseen(r) {
			return diag.Say("it holds U+%04X, which is no readable character",
				"darin steht U+%04X, das ist kein lesbares Zeichen", r)
		}
	}
	return diag.Text{}
}

func (s Spec) checkCells() *Problem {
	whole := s.Form.Asks().Whole
	total := new(big.Rat)
	for i, row := range s.Rows {
		if s.Form == form.ShareBar {
			total = new(big.Rat)
		}
		for k, cell := range row.Cells {
			bad := func(reason diag.Text) *Problem { return &Problem{s.ID, "value", i, k, cell.Text, reason} }
			if whole && (!cell.drawn() || cell.Bound) {
				return bad(diag.Say("parts of a whole need exact values", "Teile eines Ganzen brauchen genaue Werte"))
			}
			if cell.Value == nil {
				continue
			}
			if f, _ := cell.Value.Float64(); f > 1e15 || f < -1e15 {
				return bad(diag.Say("the number is too large to draw", "die Zahl ist zu groß, um sie zu zeichnen"))
			}
			if whole && cell.Value.Sign() < 0 {
				return bad(diag.Say("a part of a whole is never less than zero",
					"ein Teil eines Ganzen ist nie kleiner als null"))
			}
			total.Add(total, cell.Value)
		}
		if s.Form == form.ShareBar && total.Sign() == 0 {
			return &Problem{s.ID, "value", i, -1, row.Label, diag.Say("shares of nothing cannot be drawn",
				"Anteile von nichts lassen sich nicht zeichnen")}
		}
	}
	if whole && total.Sign() == 0 {
		return s.problem("value", diag.Say("parts of nothing cannot be drawn",
			"Teile von nichts lassen sich nicht zeichnen"))
	}
	return nil
}

// onTimeAxis says whether the rows are dates on an axis of time.
func (s Spec) onTimeAxis() bool {
	layout := s.Form.Asks().Layout
	return layout == form.Dates || layout == form.Panels && s.dated()
}

func (s Spec) checkDates() *Problem {
	if !s.onTimeAxis() {
		return nil
	}
	for i, row := range s.Rows {
		if row.Date.IsZero() || row.Date.Year() > 9999 {
			return &Problem{s.ID, "date", i, -1, row.Label, diag.Say("a line needs a date here",
				"eine Linie braucht hier ein Datum")}
		}
		if i > 0 && !row.Date.After(s.Rows[i-1].Date) {
			return &Problem{s.ID, "date", i, -1, row.Label, diag.Say("the dates of a line go up, each once",
				"die Daten einer Linie steigen, und jedes steht einmal")}
		}
	}
	first, last := s.Rows[0].Date, s.Rows[len(s.Rows)-1].Date
	for i, b := range s.Breaks {
		if b.Date.Before(first) || b.Date.After(last) {
			return &Problem{s.ID, "break", i, -1, b.Label, diag.Say("the break lies outside the dates of the line",
				"der Bruch liegt außerhalb der Daten der Linie")}
		}
		if b.Series < 0 || b.Series >= len(s.Series) {
			return &Problem{s.ID, "break", i, -1, b.Label, diag.Say("the break belongs to no series",
				"der Bruch gehört zu keiner Reihe")}
		}
		if i > 0 && b.Series == s.Breaks[i-1].Series && !b.Date.After(s.Breaks[i-1].Date) {
			return &Problem{s.ID, "break", i, -1, b.Label, diag.Say("the dates of the breaks go up, each once",
				"die Daten der Brüche steigen, und jedes steht einmal")}
		}
	}
	return nil
}
