package chart

import "fmt"

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
	return fmt.Sprintf("chart %s: %s %q: %s", p.Chart, where, p.Text, p.Reason)
}
