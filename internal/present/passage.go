package present

import (
	"html/template"
	"math/big"
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
	number := func(n *big.Rat) string {
		return string(render.AppendFig(nil, render.Fig{Value: figure.Decimal(n), Text: l.Number(n, f.Decimals)}))
	}
	d := f.Discrepancy
	return strings.NewReplacer(
		"{sum}", number(d.Sum),
		"{gap}", number(new(big.Rat).Abs(d.By)),
	)
}
