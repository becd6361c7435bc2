package build

import (
	"html"
	"html/template"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/chart"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/render"
)

// whole is the share of a total in itself.
var whole = big.NewRat(1, 1)

// The texts that the build writes about figures, in a language.

// when gives the period of a flow or the date of a stock, and which of the two.
func (t *tongue) when(f *figure.Figure) (text string, stock bool) {
	if f.Period != nil {
		return f.Period.Label[t.lang.Code], false
	}
	if f.AsOf == (figure.AsOf{}) {
		return t.lang.Word("date-not-stated"), true
	}
	return t.lang.Word("as-of-date", asOf(f.AsOf, t.lang)), true
}

func asOf(a figure.AsOf, l *locale.Lang) string {
	switch {
	case !a.Day.IsZero():
		return l.Date(a.Day)
	case a.Year != 0:
		return strconv.Itoa(a.Year)
	}
	return l.Word("not-stated")
}

// unit names what a figure counts, in the number that its value asks for.
func (t *tongue) unit(f *figure.Figure) string {
	if f.Value.Number != nil && f.Value.Bound == locale.Exact && t.lang.One(f.Value.Number, f.Decimals) {
		return f.Unit.One[t.lang.Code]
	}
	return f.Unit.Other[t.lang.Code]
}

// source names where a figure comes from, with the reference date.
func (t *tongue) source(f *figure.Figure) string {
	label := f.Source.Label[t.lang.Code]
	if f.Source.AsOf == (figure.AsOf{}) {
		return label
	}
	return t.lang.Word("source-as-of", label, asOf(f.Source.AsOf, t.lang))
}

// basis says what is not settled about a figure; "" mostly.
func (t *tongue) basis(f *figure.Figure) string {
	var words []string
	if f.Status != figure.Final && f.Status != "" {
		words = append(words, t.lang.Word("status-"+string(f.Status)))
	}
	if f.Inferred {
		words = append(words, t.lang.Word("attribution-inferred"))
	}
	return strings.Join(words, ", ")
}

// sources lists the sources of what a block shows, each once.
func (t *turn) sources(g *chart.Grid) template.HTML {
	var all []string
	for _, f := range shown(g) {
		text := t.source(f)
		if f.Inferred {
			text += " (" + t.lang.Word("attribution-inferred") + ")"
		}
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return render.Whole(strings.Join(all, "; "))
}

// shown lists the figures of a grid, and the whole that they are parts of.
func shown(g *chart.Grid) []*figure.Figure {
	figures := g.Figures()
	if g.Whole != nil {
		figures = append([]*figure.Figure{g.Whole}, figures...)
	}
	return figures
}

// notes collects what readers must know about the figures of a block: their
// notes, discrepancies, footnotes, breaks, the notes of their sources; each once.
func (t *turn) notes(g *chart.Grid) []template.HTML {
	var all []template.HTML
	add := func(note template.HTML) {
		if note != "" && !slices.Contains(all, note) {
			all = append(all, note)
		}
	}
	for _, f := range shown(g) {
		add(t.passages.html(f.ID, discrepancyPassage))
		add(t.passages.html(f.ID, notePassage))
		if f.Footnote != nil {
			add(t.passages.html(f.Footnote.ID, footnotePassage))
		}
		if len(f.Parts) > 0 && f.PartsAre == figure.Complete && !f.SumChecked && f == g.Whole {
			add(render.Text(t.lang.Word("sum-not-checked")))
		}
		for _, note := range t.mixed(f) {
			add(note)
		}
	}
	if g.Shares() && !figure.SharesAddUp(g.Whole.Parts, 0) {
		add(render.Text(t.lang.Word("shares-rounded")))
	}
	for _, s := range g.AllSeries() {
		for _, b := range s.Breaks {
			add(t.passages.html(breakID(s, b), notePassage))
		}
	}
	for _, f := range shown(g) {
		add(t.passages.html(f.Source.ID, sourcePassage))
	}
	return all
}

// mixed says of a derived figure what it is computed from, where that is from several
// sources, or of several periods or dates.
func (t *tongue) mixed(f *figure.Figure) []template.HTML {
	sources, times := f.Mixes()
	var notes []template.HTML
	list := func(word string, of func(*figure.Figure) string) {
		var all []string
		for _, in := range f.Leaves() {
			if text := of(in); !slices.Contains(all, text) {
				all = append(all, text)
			}
		}
		notes = append(notes, render.Text(t.lang.Word(word, strings.Join(all, "; "))))
	}
	if sources {
		list("mixed-sources", t.source)
	}
	if times {
		list("mixed-times", func(f *figure.Figure) string {
			when, _ := t.when(f)
			return when
		})
	}
	return notes
}

// subtitle says what a block shows: what, unit, period, base. An author's own
// subtitle goes before it.
func (t *turn) subtitle(l *laid) string {
	if l.block.Subtitle != "" {
		return l.block.Subtitle
	}
	text := t.caption(l)
	if w := l.grid.Whole; w != nil && w.Value.Number != nil {
		ref := figure.Ref{Figure: w, Option: figure.Plain}
		text += t.lang.Word("total-of", ref.Text(t.lang), t.unit(w))
	}
	return text
}

// caption names the figures of a block with their period.
func (t *turn) caption(l *laid) string {
	g := l.grid
	figures := g.Figures()
	var what string
	switch {
	case g.Whole != nil && l.block.Type != "":
		what = t.lang.Word("by-part", g.Whole.Label[t.lang.Code])
	case g.Whole != nil:
		what = g.Whole.Label[t.lang.Code]
	case g.Table != nil:
		what = g.Table.Label[t.lang.Code]
	case g.Series != nil:
		what = g.Columns[0].Label[t.lang.Code]
	default:
		what = upperFirst(g.Columns[0].Unit.Other[t.lang.Code])
	}
	if g.Table != nil && l.block.Column != "" {
		what += ": " + t.columnHeading(g.Table, l.block.Column)
	}
	if all := g.AllSeries(); len(all) > 0 {
		same := func(s *figure.Series) bool { return s.Cumulative && s.Since.Equal(all[0].Since) }
		if !all[0].Since.IsZero() && !slices.ContainsFunc(all, func(s *figure.Series) bool { return !same(s) }) {
			what += ", " + t.lang.Word("cumulative-since", t.lang.Date(all[0].Since))
		}
		return what
	}
	first, _ := t.when(figures[0])
	for _, f := range figures {
		if when, _ := t.when(f); when != first {
			return what
		}
	}
	return what + ", " + first
}

func (t *turn) columnHeading(table *figure.Table, id string) string {
	for _, c := range table.Columns {
		if c.ID == id {
			return c.Label[t.lang.Code]
		}
	}
	return id
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// plainText takes the markup off a text that we made.
func plainText(markup string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(markup, '<')
		if open < 0 {
			break
		}
		b.WriteString(markup[:open])
		length := strings.IndexByte(markup[open:], '>')
		if length < 0 {
			break
		}
		markup = markup[open+length+1:]
	}
	b.WriteString(markup)
	return html.UnescapeString(b.String())
}
