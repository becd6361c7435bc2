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

// subtitle says what a block shows, as a phrase: what, unit, period, base. An author's own
// subtitle stands in its place, with the unit and the selection where it says none.
func subtitle(b *Block, l *locale.Lang) string {
	if b.Subtitle != "" {
		return withSelection(b, withUnit(b.Subtitle, b.Grid.Columns[0].Unit, l), l)
	}
	if w := b.Grid.Whole; w != nil && w.Value.Number != nil {
		return captionOf(b, subject(b, l), l) + total(w, l)
	}
	return caption(b, l)
}

// total says how much the parts are together.
func total(w *figure.Figure, l *locale.Lang) string {
	noun := unit(w, l)
	if w.Unit.IsPercent() {
		noun = "" // the number has the sign
	}
	return strings.TrimRight(l.Word("total-of", value(w, l), noun), " ") + ifUnsettled(w, l)
}

// shareOf says of what the numbers of a block are shares, where that is one whole.
func shareOf(base *figure.Figure, l *locale.Lang) string {
	if base == nil || base.Value.Number == nil {
		return l.Inside(l.Word("number-share"))
	}
	whole := value(base, l)
	if noun := unit(base, l); noun != "" && !base.Unit.IsPercent() {
		whole += " " + noun
	}
	return l.Word("number-share-of", whole) + ifUnsettled(base, l)
}

// ifUnsettled says of a number in a phrase that it may change, or has changed.
func ifUnsettled(f *figure.Figure, l *locale.Lang) string {
	if !unsettled(f) {
		return ""
	}
	return " (" + statusWord(f, l) + ")"
}

// caption names the figures of a block with their unit and period, where all have one, and
// what else they have in common.
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
	case oneTable(g) != nil:
		what = oneTable(g).Label[l.Code]
	case g.Series != nil:
		what = g.Columns[0].Label[l.Code]
	case mixesUnits(g):
		what = l.Word("the-numbers")
	default:
		what = upperFirst(g.Columns[0].Unit.Other[l.Code])
	}
	var said []string
	if measure := measure(b, what, l); measure != "" {
		said = append(said, measure)
	}
	if g.Of {
		said = append(said, shareOf(g.Base, l))
	}
	if len(said) > 0 {
		what = l.Colon(what, strings.Join(said, ", "))
	}
	return what
}

// measure names the one column of a table that a block shows, as it stands in a phrase; ""
// where what stands before it says that, or the unit does.
func measure(b *Block, what string, l *locale.Lang) string {
	g := b.Grid
	m, counts := g.Measure, g.Columns[0].Unit
	if g.Of && g.Base != nil && len(g.Behind) > 0 {
		counts = g.Behind[0].Unit // the percentages are made of it
	}
	label := m.Label[l.Code]
	for _, noun := range counts.Nouns(l.Code) {
		switch {
		case !strings.EqualFold(noun, label):
		case g.Of && g.Base == nil:
			return noun
		default:
			return ""
		}
	}
	if at := timesOf(g); at == inCaption && !g.Dated() {
		when, _ := when(g.Figures()[0], l)
		what += " " + when
		if name, year, ok := cutLast(label); ok && len(year) == 4 && holds(when, year) {
			m.Label = figure.Text{l.Code: name}
		}
	}
	if says(what, m, l) {
		return ""
	}
	return l.Inside(label)
}

// cutLast parts a text before its last word.
func cutLast(text string) (before, last string, ok bool) {
	i := strings.LastIndexByte(text, ' ')
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+1:], true
}

// says reports whether a text names a key, and no other of its dimension.
func says(text string, f grid.Fixed, l *locale.Lang) bool {
	named := func(label figure.Text) bool { return holds(text, label[l.Code]) }
	return named(f.Label) && !slices.ContainsFunc(f.Others, named)
}

// holds reports whether words stand in a text as whole words, whatever their case.
func holds(text, words string) bool {
	text, words = strings.ToLower(text), strings.ToLower(words)
	for from := 0; words != ""; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:from+i])
		after, _ := utf8.DecodeRuneInString(text[from+i+len(words):])
		if !isWord(before) && !isWord(after) {
			return true
		}
		from += i + len(words)
	}
	return false
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// oneTable is the table of which all lines are series, or all numbers cells; nil if there is
// none.
func oneTable(g *grid.Grid) *figure.Table {
	figures := g.Figures()
	if series := g.AllSeries(); len(series) > 0 {
		figures = nil
		for _, s := range series {
			figures = append(figures, s.Points[0])
		}
	}
	var table *figure.Table
	for _, f := range figures {
		if f.Cell == nil || table != nil && f.Cell.Table != table {
			return nil
		}
		table = f.Cell.Table
	}
	return table
}

// captionOf adds to what a block shows what its numbers have in common, and from when it is,
// where that is one time.
func captionOf(b *Block, what string, l *locale.Lang) string {
	g := b.Grid
	what = withKeys(what, keys(g, what, l), l)
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

// withKeys adds to what a block shows the keys that its numbers have in common.
func withKeys(what string, keys []string, l *locale.Lang) string {
	if len(keys) == 0 {
		return what
	}
	said, colon := strings.Join(keys, ", "), l.Sign(":")
	if strings.Contains(what+said, colon) {
		return what + ", " + said
	}
	return l.Colon(what, said)
}

// keys names what all numbers have in common and what a text does not say.
func keys(g *grid.Grid, text string, l *locale.Lang) []string {
	var all []string
	for _, f := range g.Fixed {
		if !says(text, f, l) {
			all = append(all, fixed(g, f, l))
		}
	}
	return all
}

// fixed names a key that all cells of a block have in common; with the name of its
// dimension where several are called alike, such as "all", or it is a total.
func fixed(g *grid.Grid, f grid.Fixed, l *locale.Lang) string {
	label, name := l.Inside(f.Label[l.Code]), l.Inside(f.Dimension[l.Code])
	alike := func(other grid.Fixed) bool {
		return l.Inside(other.Dimension[l.Code]) != name && other.Label[l.Code] == f.Label[l.Code]
	}
	if name == "" || !f.Total && !slices.ContainsFunc(g.Fixed, alike) {
		return label
	}
	return l.Colon(name, label)
}

// withSelection adds to an author's own words what they chose of a table, where neither
// those words nor the title say it: a picture shows of what it is a part.
func withSelection(b *Block, own string, l *locale.Lang) string {
	g, said := b.Grid, b.Title+" "+own
	var missing []string
	if measure := measure(b, said, l); measure != "" {
		missing = append(missing, measure)
	}
	missing = append(missing, keys(g, said, l)...)
	if f := g.Figures()[0]; isOneOfTimes(g) {
		if when, _ := when(f, l); !saysTime(said, f, when, l) {
			missing = append(missing, when)
		}
	}
	rest := strings.Join(missing, ", ")
	switch {
	case rest == "":
		return own
	case own == "":
		return upperFirst(rest)
	case strings.ContainsAny(own[len(own)-1:], ".!?"):
		return own + " " + upperFirst(rest)
	}
	return own + ", " + rest
}

// isOneOfTimes reports whether all that is shown has one time of the several of its table.
func isOneOfTimes(g *grid.Grid) bool {
	first := g.Figures()[0]
	if first.Cell == nil || g.Dated() || timesOf(g) != inCaption {
		return false
	}
	return slices.ContainsFunc(first.Cell.Table.Lines, func(l figure.Line) bool { return l.Time != first.Time })
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
