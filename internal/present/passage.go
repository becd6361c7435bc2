package present

import (
	"html/template"
	"strings"

	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/render"
)

// Passages are the notes of figures, sources and breaks in one language, as HTML:
// verified once, shown in many places.
type Passages map[PassageKey]template.HTML

// PassageKey says which of them.
type PassageKey struct {
	Of   string // the id of the figure, source, footnote or break, or the place of the check
	Kind PassageKind
}

// PassageKind is what a passage is about.
type PassageKind int

// The kinds of passages.
const (
	Note PassageKind = iota
	Discrepancy
	Footnote
	SourceNote
	Because // of a check, by the place of its statement
)

func (p Passages) html(of string, kind PassageKind) template.HTML { return p[PassageKey{of, kind}] }

// BreakID names a break among the passages.
func BreakID(s *figure.Series, b figure.Break) string {
	return s.ID + " from " + b.From.Format("2006-01-02")
}

// Gap fills in what {sum} and {gap} stand for in the note of a discrepancy.
func Gap(f *figure.Figure, l *locale.Lang) *strings.Replacer {
	number := func(value, data string) string {
		return string(render.AppendFig(nil, render.Fig{Value: data, Text: value}))
	}
	d := f.Discrepancy
	return strings.NewReplacer(
		"{sum}", number(l.Number(d.Sum, f.Decimals), d.Sum.FloatString(f.Decimals)),
		"{gap}", number(strings.TrimPrefix(l.Number(d.By, f.Decimals), "−"), strings.TrimPrefix(d.By.FloatString(f.Decimals), "-")),
	)
}
