package present

import (
	"html/template"
	"slices"
	"strings"
	"unicode/utf8"

	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
	"bilanz/internal/render"
)

// What readers must know about the figures of a block stands below it; what fits into plain
// words stands in its picture too, which travels alone.

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
		for _, note := range mixed(f, in.Lang) {
			add(note)
		}
	}
	for _, note := range plainNotes(b, in.Lang) {
		add(render.Text(note))
	}
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

// plainNotes are those that bilanz writes itself, and which its picture has too: what is
// rounded or unchecked, what is not drawn, what the letters mean.
func plainNotes(b *Block, l *locale.Lang) []string {
	g := b.Grid
	var all []string
	if w := g.Whole; w != nil && len(w.Parts) > 0 && w.PartsAre == figure.Complete && !w.SumChecked {
		all = append(all, l.Word("sum-not-checked"))
	}
	misses := func(f *figure.Figure) bool {
		whole := f.Whole()
		return whole != nil && whole.Misses || f.Cell != nil && f.Misses
	}
	if slices.ContainsFunc(shown(g), misses) {
		all = append(all, l.Word("values-rounded"))
	}
	if g.Shares() && !figure.SharesAddUp(g.Whole.Parts, 0) || missesHundred(b) || g.MissesHundred() {
		all = append(all, l.Word("shares-rounded"))
	}
	for _, note := range []string{undrawn(b, l), inexact(b, l)} {
		if note != "" {
			all = append(all, note)
		}
	}
	if note := legend(g, l); note != "" {
		all = append(all, note)
	}
	return all
}

// mostUndrawn is how many values a note names that are not drawn, and longestUndrawn how
// long it may be.
const (
	mostUndrawn    = 8
	longestUndrawn = 300
)

// undrawn says what several lines beside each other have no room to say: which values are
// missing, and why.
func undrawn(b *Block, l *locale.Lang) string {
	return unsaid(b, l, "not-drawn", func(f *figure.Figure) bool { return f.Value.Number == nil })
}

// inexact says which of their hollow points are rounded or bounds, and how.
func inexact(b *Block, l *locale.Lang) string {
	return unsaid(b, l, "not-exact", func(f *figure.Figure) bool { return f.Value.Number != nil && !f.Value.Exact() })
}

// unsaid lists the values of several lines that are so, or says how many they are.
func unsaid(b *Block, l *locale.Lang, word string, is func(*figure.Figure) bool) string {
	g := b.Grid
	if b.Form.Asks().Layout != form.Dates || len(g.Columns) < 2 {
		return ""
	}
	var all []string
	for i, c := range g.Columns {
		for _, line := range g.Lines {
			if f := line.Figures[i]; f != nil && is(f) {
				all = append(all, c.Label[l.Code]+", "+line.When(l)+" ("+value(f, l)+")")
			}
		}
	}
	text := l.Word(word, strings.Join(all, l.Sign(";")+" "))
	switch {
	case len(all) == 0:
		return ""
	case len(all) > mostUndrawn, utf8.RuneCountInString(text) > longestUndrawn:
		return l.Word(word+"-many", len(all))
	}
	return text
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
