package chart

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a drawing may cost is bounded before the engine starts: goja limits time and
// stack, but not memory.
const (
	maxMarks  = 600 // marks in one chart
	maxRows   = 60  // rows of bars; a line may have as many dates as marks
	maxSeries = 5   // colours that can be told apart
	maxSlices = 5
	maxText   = 160 // characters of one label
	maxTip    = 600 // characters of a tooltip, a title or a summary
)

// A Problem says why a spec cannot be drawn. Its fields are enough to make a
// diagnostic with a place: Row and Series are -1 where they do not apply.
type Problem struct {
	Chart  string // the chart's id
	Field  string // "label", "text", "value", "series", "rows", "type", "time", ...
	Row    int
	Series int
	Text   string // the offending text, if it is one
	Reason string // a plain English sentence without a full stop
}

// Error names the chart, the place in it and the reason.
func (p *Problem) Error() string {
	where := p.Field
	if p.Row >= 0 {
		where += fmt.Sprintf(" of row %d", p.Row+1)
	}
	if p.Series >= 0 {
		where += fmt.Sprintf(" in series %d", p.Series+1)
	}
	if p.Text == "" {
		return fmt.Sprintf("chart %s: %s: %s", p.Chart, where, p.Reason)
	}
	return fmt.Sprintf("chart %s: %s %.60q: %s", p.Chart, where, p.Text, p.Reason)
}

func (s Spec) problem(field, reason string) *Problem {
	return &Problem{Chart: s.ID, Field: field, Row: -1, Series: -1, Reason: reason}
}

var goodID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]*$`)

// check refuses what cannot be drawn, or not without misleading.
func (s Spec) check() error {
	if !goodID.MatchString(s.ID) {
		return s.problem("id", "an id is letters, digits, dots, hyphens and underscores, and begins with a letter")
	}
	for _, test := range []func() *Problem{s.checkShape, s.checkTexts, s.checkCells, s.checkDates} {
		if p := test(); p != nil {
			return p
		}
	}
	return nil
}

func (s Spec) checkShape() *Problem {
	rows := maxRows
	switch s.Kind {
	case Bar, GroupedBar, StackedBar, ShareBar:
	case Line:
		rows = maxMarks
	case Pie:
		rows = maxSlices
	default:
		return s.problem("type", fmt.Sprintf("%q is no kind of chart that is drawn", s.Kind))
	}
	switch {
	case len(s.Series) == 0:
		return s.problem("series", "there is no series")
	case len(s.Series) > maxSeries:
		return s.problem("series", fmt.Sprintf("%d series; at most %d colours can be told apart", len(s.Series), maxSeries))
	case len(s.Series) > 1 && (s.Kind == Bar || s.Kind == Pie):
		return s.problem("series", "a chart of this kind has one series")
	case len(s.Rows) == 0:
		return s.problem("rows", "there is nothing to draw")
	case len(s.Rows) > rows:
		return s.problem("rows", fmt.Sprintf("%d rows; at most %d can be read in a chart of this kind", len(s.Rows), rows))
	case len(s.Rows)*len(s.Series) > maxMarks:
		return s.problem("rows", fmt.Sprintf("%d marks; a chart has at most %d", len(s.Rows)*len(s.Series), maxMarks))
	case s.Kind != Line && len(s.Breaks) > 0:
		return s.problem("breaks", "only a line has breaks")
	}
	for i, row := range s.Rows {
		if len(row.Cells) != len(s.Series) {
			return &Problem{s.ID, "cells", i, -1, "", fmt.Sprintf("%d cells for %d series", len(row.Cells), len(s.Series))}
		}
	}
	return nil
}

func (s Spec) checkTexts() *Problem {
	long := []struct{ field, text string }{{"title", s.Title}, {"subtitle", s.Subtitle}, {"source", s.Source},
		{"summary", s.Summary}, {"demo", s.Demo}, {"lang", s.Lang}}
	for _, l := range long {
		limit := maxTip
		if l.field == "summary" {
			limit = 4 * maxTip
		}
		if reason := badText(l.text, limit, false); reason != "" {
			return &Problem{s.ID, l.field, -1, -1, l.text, reason}
		}
	}
	for k, name := range s.Series {
		reason := badText(name, maxText, true)
		if reason == "" && blank(name) && len(s.Series) > 1 {
			reason = "a series among others needs a name"
		}
		if reason != "" {
			return &Problem{s.ID, "series name", -1, k, name, reason}
		}
	}
	for i, row := range s.Rows {
		reason := badText(row.Label, maxText, true)
		if reason == "" && blank(row.Label) {
			reason = "a row needs a label"
		}
		if reason != "" {
			return &Problem{s.ID, "label", i, -1, row.Label, reason}
		}
		for k, cell := range row.Cells {
			reason := badText(cell.Text, maxText, true)
			if reason == "" && blank(cell.Text) && cell.drawn() {
				reason = "a value that is drawn must be written beside it"
			}
			if reason != "" {
				return &Problem{s.ID, "text", i, k, cell.Text, reason}
			}
			if reason := badText(cell.Tip, maxTip, false); reason != "" {
				return &Problem{s.ID, "tip", i, k, cell.Tip, reason}
			}
		}
	}
	for i, b := range s.Breaks {
		if reason := badText(b.Label, maxText, true); reason != "" {
			return &Problem{s.ID, "break", i, -1, b.Label, reason}
		}
	}
	return nil
}

func blank(text string) bool {
	return strings.Trim(text, " \u00a0\u202f\u2009"+string(softHyphen)) == ""
}

// badText says what is wrong with a text. A drawn text goes through ECharts' templates,
// which know no escape for curly brackets; __f__ is where go-echarts begins code.
func badText(text string, limit int, drawn bool) string {
	switch {
	case !utf8.ValidString(text):
		return "it is not UTF-8"
	case utf8.RuneCountInString(text) > limit:
		return fmt.Sprintf("it has more than %d characters", limit)
	case strings.Contains(text, "__f__"):
		return "__f__ has a meaning of its own in charts and cannot be shown"
	case drawn && strings.ContainsAny(text, "{}"):
		return "curly brackets have a meaning of their own in charts and cannot be shown"
	case drawn && (text == "NaN" || strings.HasSuffix(text, "Inf")):
		return "this is the leftover of a failed calculation"
	}
	for _, r := range text {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return fmt.Sprintf("it holds the control character U+%04X", r)
		}
		if unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff' || r == unicode.ReplacementChar || unicode.Is(unicode.Noncharacter_Code_Point, r) {
			return fmt.Sprintf("it holds U+%04X, which is no readable character", r)
		}
	}
	return ""
}

func (s Spec) checkCells() *Problem {
	whole := s.Kind == Pie || s.Kind == StackedBar || s.Kind == ShareBar
	total := new(big.Rat)
	for i, row := range s.Rows {
		if s.Kind == ShareBar {
			total = new(big.Rat)
		}
		for k, cell := range row.Cells {
			bad := func(reason string) *Problem { return &Problem{s.ID, "value", i, k, cell.Text, reason} }
			if whole && !cell.drawn() {
				return bad("parts of a whole need exact values")
			}
			if cell.Value == nil {
				continue
			}
			if f, _ := cell.Value.Float64(); f > 1e15 || f < -1e15 {
				return bad("the number is too large to draw")
			}
			if cell.Value.Sign() < 0 && s.Kind != Line {
				return bad("bars and slices show no negative numbers")
			}
			total.Add(total, cell.Value)
		}
		if s.Kind == ShareBar && total.Sign() == 0 {
			return &Problem{s.ID, "value", i, -1, row.Label, "shares of nothing cannot be drawn"}
		}
	}
	if whole && total.Sign() == 0 {
		return s.problem("value", "parts of nothing cannot be drawn")
	}
	return nil
}

func (s Spec) checkDates() *Problem {
	if s.Kind != Line {
		return nil
	}
	for i, row := range s.Rows {
		if row.Date.IsZero() || row.Date.Year() > 9999 {
			return &Problem{s.ID, "date", i, -1, row.Label, "a line needs a date here"}
		}
		if i > 0 && !row.Date.After(s.Rows[i-1].Date) {
			return &Problem{s.ID, "date", i, -1, row.Label, "the dates of a line go up, each once"}
		}
	}
	first, last := s.Rows[0].Date, s.Rows[len(s.Rows)-1].Date
	for i, b := range s.Breaks {
		if b.Date.Before(first) || b.Date.After(last) {
			return &Problem{s.ID, "break", i, -1, b.Label, "the break lies outside the dates of the line"}
		}
		if i > 0 && !b.Date.After(s.Breaks[i-1].Date) {
			return &Problem{s.ID, "break", i, -1, b.Label, "the dates of the breaks go up, each once"}
		}
	}
	return nil
}
