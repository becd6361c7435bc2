package present

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/figure"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
)

// What stands above a block reads as a phrase: what is shown, its unit, what of its table it
// is, its period and its base.

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
	case g.Whole != nil && b.Form != "" && g.Whole.PartsLabel[l.Code] != "":
		what = l.Word("by-parts", g.Whole.Label[l.Code], g.Whole.PartsLabel[l.Code])
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
		case g.Of && g.Base == nil, !g.Of && holds(what, noun) && !says(what, m, l):
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
	label := f.Label[l.Code]
	rest := strings.ReplaceAll(strings.ToLower(text), strings.ToLower(label), "")
	return holds(text, label) && !slices.ContainsFunc(f.Others, func(other figure.Text) bool {
		if name := other[l.Code]; !holds(label, name) {
			return holds(text, name)
		}
		return holds(rest, other[l.Code]) // "Loans and visits" is not "visits"
	})
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

// oneTable is the table of which all numbers are cells; nil if there is none.
func oneTable(g *grid.Grid) *figure.Table {
	var table *figure.Table
	for _, f := range g.Figures() {
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
		if when, _ := when(f, l); !f.SaysTime(said, when, l) {
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

// tile names a headline figure. Out of its table a cell is named as a phrase: what the table
// is about, what names its row, and its column where there are several.
func tile(f *figure.Figure, label figure.Text, l *locale.Lang) string {
	own := label[l.Code]
	if f.Cell == nil {
		return own
	}
	table := f.Cell.Table
	if own != f.Label[l.Code] && own != table.Label[l.Code] {
		return own // which says in what it differs from those beside it
	}
	line, column := table.Lines[f.Cell.Line], table.Columns[f.Cell.Column]
	var words []string
	for i, key := range line.Keys {
		other := func(o figure.Line) bool { return o.Keys[i] != key }
		if slices.ContainsFunc(table.Lines, other) {
			words = append(words, l.Inside(line.Labels[i][l.Code]))
		}
	}
	what := table.Label[l.Code]
	name, said := column.Label[l.Code], says(what, columnOf(f.Cell), l)
	if len(table.Columns) > 1 && !said && !isNoun(name, f.Unit, l) {
		words = append(words, l.Inside(name))
	}
	if len(words) == 0 || what == "" {
		return own
	}
	return l.Colon(what, strings.Join(words, ", "))
}

// columnOf is the column of a cell among the others of its table.
func columnOf(cell *figure.Cell) grid.Fixed {
	var one grid.Fixed
	for i, c := range cell.Table.Columns {
		if i == cell.Column {
			one.Label = c.Label
		} else {
			one.Others = append(one.Others, c.Label)
		}
	}
	return one
}

// isNoun reports whether a name is that of a unit, which stands at its numbers anyhow.
func isNoun(name string, u *figure.Unit, l *locale.Lang) bool {
	return slices.ContainsFunc(u.Nouns(l.Code), func(noun string) bool { return strings.EqualFold(noun, name) })
}
