package present

import (
	"html"
	"html/template"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/figure"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
	"bilanz/internal/render"
)

// whole is the share of a total in itself.
var whole = big.NewRat(1, 1)

// The texts that are written about figures, in a language.

// when gives the period of a flow or the date of a stock, and which of the two.
func when(f *figure.Figure, l *locale.Lang) (text string, stock bool) {
	if f.Period != nil {
		return f.Period.Label[l.Code], false
	}
	if f.AsOf == (figure.AsOf{}) {
		return l.Word("date-not-stated"), true
	}
	return l.Word("as-of-date", asOf(f.AsOf, l)), true
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

// unit names what a figure counts, in the number that its value asks for. A year counts
// nothing.
func unit(f *figure.Figure, l *locale.Lang) string {
	if f.Unit.Ungrouped && f.Value.Number != nil {
		return ""
	}
	if f.Value.Number == nil {
		return f.Unit.Other[l.Code]
	}
	return f.Unit.Noun(l, f.Value.Number, f.Decimals)
}

// source names where a figure comes from, with the reference date.
func source(f *figure.Figure, l *locale.Lang) string {
	label := f.Source.Label[l.Code]
	if f.Source.AsOf == (figure.AsOf{}) {
		return label
	}
	return l.Word("source-as-of", label, asOf(f.Source.AsOf, l))
}

// basis says what is not settled about a figure; "" mostly.
func basis(f *figure.Figure, l *locale.Lang) string {
	var words []string
	if f.Status != figure.Final && f.Status != "" {
		words = append(words, l.Word("status-"+string(f.Status)))
	}
	if f.Inferred {
		words = append(words, l.Word("attribution-inferred"))
	}
	return strings.Join(words, ", ")
}

// sources lists the sources of what a block shows, each once.
func sources(g *grid.Grid, l *locale.Lang) template.HTML {
	var all []string
	for _, f := range shown(g) {
		text := source(f, l)
		if f.Inferred {
			text += " (" + l.Word("attribution-inferred") + ")"
		}
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return render.Whole(strings.Join(all, l.Sign(";")+" "))
}

// shown lists the figures of a grid, and the whole that they are parts of.
func shown(g *grid.Grid) []*figure.Figure {
	figures := append(g.Figures(), g.Behind...)
	if g.Whole != nil {
		figures = append([]*figure.Figure{g.Whole}, figures...)
	}
	return figures
}

// notes collects what readers must know about the figures of a block: their
// notes, discrepancies, footnotes, breaks, the notes of their sources; each once.
func (in *Language) notes(b *Block) []template.HTML {
	g := b.Grid
	var all []template.HTML
	add := func(note template.HTML) {
		if note != "" && !slices.Contains(all, note) {
			all = append(all, note)
		}
	}
	for _, f := range shown(g) {
		for _, note := range in.ownNotes(f) {
			add(note)
		}
		if len(f.Parts) > 0 && f.PartsAre == figure.Complete && !f.SumChecked && f == g.Whole {
			add(render.Text(in.Lang.Word("sum-not-checked")))
		}
		if whole := f.Whole(); whole != nil && whole.Misses || f.Cell != nil && f.Misses {
			add(render.Text(in.Lang.Word("values-rounded")))
		}
		for _, note := range mixed(f, in.Lang) {
			add(note)
		}
	}
	if g.Shares() && !figure.SharesAddUp(g.Whole.Parts, 0) || missesHundred(b) || g.MissesHundred() {
		add(render.Text(in.Lang.Word("shares-rounded")))
	}
	add(render.Text(legend(g, in.Lang)))
	for _, s := range g.AllSeries() {
		for _, b := range s.Breaks {
			add(in.Notes.html(BreakID(s, b), Note))
		}
	}
	for _, f := range shown(g) {
		add(in.Notes.html(f.Source.ID, SourceNote))
	}
	return all
}

// mixed says of a derived figure what it is computed from, where that is from several
// sources, or of several periods or dates.
func mixed(f *figure.Figure, l *locale.Lang) []template.HTML {
	sources, times := f.Mixes()
	var notes []template.HTML
	list := func(word string, of func(*figure.Figure) string) {
		var all []string
		for _, in := range f.Leaves() {
			if text := of(in); !slices.Contains(all, text) {
				all = append(all, text)
			}
		}
		notes = append(notes, render.Text(l.Word(word, strings.Join(all, l.Sign(";")+" "))))
	}
	if sources {
		list("mixed-sources", func(f *figure.Figure) string { return source(f, l) })
	}
	if times {
		list("mixed-times", func(f *figure.Figure) string {
			when, _ := when(f, l)
			return when
		})
	}
	return notes
}

// subtitle says what a block shows: what, unit, period, base. An author's own
// subtitle stands in its place, with the unit where it says none.
func subtitle(b *Block, l *locale.Lang) string {
	if b.Subtitle != "" {
		return withUnit(b.Subtitle, b.Grid.Columns[0].Unit, l)
	}
	w := b.Grid.Whole
	if base := b.Grid.Base; base != nil {
		return caption(b, l) + total(base, l)
	}
	if w == nil || w.Value.Number == nil {
		return caption(b, l)
	}
	return captionOf(b, subject(b, l), l) + total(w, l)
}

// total says how much the parts are together.
func total(w *figure.Figure, l *locale.Lang) string {
	noun := unit(w, l)
	if w.Unit.IsPercent() {
		noun = "" // the number has the sign
	}
	text := strings.TrimRight(l.Word("total-of", value(w, l), noun), " ")
	if unsettled(w) {
		text += " (" + statusWord(w, l) + ")"
	}
	return text
}

// caption names the figures of a block with their unit and period, where all have one.
func caption(b *Block, l *locale.Lang) string {
	what, g := subject(b, l), b.Grid
	figures := g.Figures()
	if !slices.ContainsFunc(figures, func(f *figure.Figure) bool { return f.Unit != figures[0].Unit }) {
		what = withUnit(what, figures[0].Unit, l)
	}
	return captionOf(b, what, l)
}

// subject names the figures of a block.
func subject(b *Block, l *locale.Lang) string {
	g := b.Grid
	var what string
	switch {
	case g.Whole != nil && b.Form != "":
		what = l.Word("by-part", g.Whole.Label[l.Code])
	case g.Whole != nil:
		what = g.Whole.Label[l.Code]
	case g.Table != nil:
		what = g.Table.Label[l.Code]
	case g.Series != nil:
		what = g.Columns[0].Label[l.Code]
	case mixesUnits(g):
		what = l.Word("the-numbers")
	case oneTable(g) != nil:
		what = oneTable(g).Label[l.Code]
	default:
		what = upperFirst(g.Columns[0].Unit.Other[l.Code])
	}
	var said []string
	if measure := g.Measure[l.Code]; measure != "" {
		said = append(said, measure)
	}
	if g.Of {
		said = append(said, l.Word("number-share"))
	}
	if len(said) > 0 {
		what = l.Colon(what, strings.Join(said, ", "))
	}
	return what
}

// oneTable is the table of which all lines are series, nil if there is none.
func oneTable(g *grid.Grid) *figure.Table {
	var table *figure.Table
	for _, s := range g.AllSeries() {
		cell := s.Points[0].Cell
		if cell == nil || table != nil && cell.Table != table {
			return nil
		}
		table = cell.Table
	}
	return table
}

// captionOf adds to what a block shows from when it is, where that is one time.
func captionOf(b *Block, what string, l *locale.Lang) string {
	g := b.Grid
	for _, f := range g.Fixed {
		what += ", " + fixed(g, f, l)
	}
	if all := g.AllSeries(); len(all) > 0 {
		same := func(s *figure.Series) bool { return s.Cumulative && s.Since.Equal(all[0].Since) }
		if !all[0].Since.IsZero() && !slices.ContainsFunc(all, func(s *figure.Series) bool { return !same(s) }) {
			what += ", " + l.Word("cumulative-since", l.Date(all[0].Since))
		}
		return what
	}
	if timesOf(g) != inCaption || g.Dated() {
		return what
	}
	when, _ := when(g.Figures()[0], l)
	return what + ", " + when
}

// fixed names a key that all cells of a block have in common; with the name of its
// dimension where several are called alike, such as "all", or it is a total.
func fixed(g *grid.Grid, f grid.Fixed, l *locale.Lang) string {
	label := f.Label[l.Code]
	alike := func(other grid.Fixed) bool { return other.Row != f.Row && other.Label[l.Code] == label }
	name := g.Table.RowLabels[f.Row][l.Code]
	if name == "" || !f.Total && !slices.ContainsFunc(g.Fixed, alike) {
		return label
	}
	return l.Colon(name, label)
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// Plain takes the markup off a text that we made.
func Plain(markup string) string {
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
