package data

import (
	"slices"
	"strconv"
	"strings"

	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// kind is the one type that all cells of a column have; a cell may be empty.
type kind string

// The kinds, by the names that data packages have for them.
const (
	textual  kind = "string"
	numeric  kind = "number"
	counting kind = "integer"
	daily    kind = "date"
	yesNo    kind = "boolean"
)

// A Column is one that files of figures have. Files for programs say everything in codes
// and have a column for each language of a text; files for people are in one language and
// say in words what the others say in codes.
type Column struct {
	Name     string       // in files for programs: "label_de"
	lang     *locale.Lang // of its texts; nil where they are of no language
	kind     kind
	word     string      // the key of its heading, and with "-about" of what it means
	noted    bool        // its cells are notes, which workbooks have on a sheet of their own
	programs bool        // it is in files for programs alone
	head     figure.Text // the heading that authors gave it, in place of that word; nil for none

	cell  func(*figure.Figure) string
	said  func(*figure.Figure, *locale.Lang) string // for people; nil where that is the same
	codes []code                                    // what its cells can say; nil where that is no list
}

// A code is what stands in a cell for words.
type code struct {
	value string
	words func(*locale.Lang) string
	about func(*locale.Lang) string // nil where the words say it all
}

// in is what a code says in words; nothing for none.
func (c code) in(l *locale.Lang) string {
	if c.words == nil {
		return ""
	}
	return c.words(l)
}

// Heading is what stands above the column in a file for people.
func (c Column) Heading(l *locale.Lang) string {
	if own := c.head[l.Code]; own != "" {
		return own
	}
	return l.Word(c.word)
}

// About says what the column means.
func (c Column) About(l *locale.Lang) string { return l.Word(c.word + "-about") }

// in is what a cell says to people, numbers with a point before decimals.
func (c Column) in(l *locale.Lang, f *figure.Figure) string {
	if c.said != nil {
		return c.said(f, l)
	}
	return c.cell(f)
}

// Columns are those of the files with these figures, as far as they are of a language or of
// none.
func Columns(s Site, figures []*figure.Figure, l *locale.Lang) []Column {
	all := slices.Concat(s.columns(figures), Set{Site: s}.passages())
	return slices.DeleteFunc(all, func(c Column) bool { return c.lang != nil && c.lang != l })
}

// columns are those that every file of these figures has. Those of tables are there where
// one of the figures is a cell.
func (s Site) columns(figures []*figure.Figure) []Column {
	c := columnsOf{figures: figures}
	c.text("id", func(f *figure.Figure) string { return f.ID })
	c.each(s.Langs, "label", func(f *figure.Figure, l *locale.Lang) string { return f.Label[l.Code] })
	c.each(s.Langs, "name", named)
	c.numbers()
	// How a number is printed stands in its full name, too. In a cell of its own a
	// spreadsheet would take "1.284" for a number and "not available" for none.
	c.each(s.Langs, "text", Printed)
	c.programs("text")
	c.coded("unit", func(f *figure.Figure) code {
		return code{value: f.Unit.ID, words: of(f.Unit.Other)}
	})
	c.add(Column{Name: "decimals", kind: counting, programs: true,
		cell: func(f *figure.Figure) string { return strconv.Itoa(f.Decimals) }})
	c.times()
	c.coded("source", sourceCode)
	c.closed("source_basis", basis, "stated", "inferred")
	c.closed("status", func(f *figure.Figure) string { return string(f.Status) },
		string(figure.Final), string(figure.Provisional), string(figure.Estimated), string(figure.Revised))
	c.closed("aggregation", func(f *figure.Figure) string { return string(f.Aggregation()) },
		string(figure.Added), string(figure.NotAdded), string(figure.Cumulative))
	c.add(Column{Name: "edition", kind: textual, cell: func(*figure.Figure) string { return s.Edition },
		said: func(_ *figure.Figure, l *locale.Lang) string { return s.EditionLabel[l.Code] }})
	if s.Demo {
		c.add(Column{Name: "demo", kind: yesNo, cell: func(*figure.Figure) string { return "true" },
			said: func(_ *figure.Figure, l *locale.Lang) string { return l.Word("demo-sentence") }})
	}
	c.places()
	return c.all
}

// passages are the columns of what is said about figures in sentences.
func (s Set) passages() []Column {
	var c columnsOf
	c.each(s.Langs, "note", func(f *figure.Figure, l *locale.Lang) string { return s.Note(f, l.Code) })
	c.each(s.Langs, "discrepancy", s.discrepancy)
	for i := range c.all {
		c.all[i].noted = true
	}
	return c.all
}

// columnsOf collects the columns of a file with these figures.
type columnsOf struct {
	figures []*figure.Figure
	all     []Column
}

func (c *columnsOf) add(one Column) {
	if one.word == "" {
		one.word = "column-" + strings.ReplaceAll(one.Name, "_", "-")
	}
	c.all = append(c.all, one)
}

func (c *columnsOf) text(name string, cell func(*figure.Figure) string) {
	c.add(Column{Name: name, kind: textual, cell: cell})
}

// each adds a column of texts for each language.
func (c *columnsOf) each(langs []*locale.Lang, name string, say func(*figure.Figure, *locale.Lang) string) {
	for _, l := range langs {
		c.add(Column{Name: name + "_" + l.Code, lang: l, kind: textual, word: "column-" + name,
			cell: func(f *figure.Figure) string { return say(f, l) }})
	}
}

// programs leaves the columns of a text out of files for people.
func (c *columnsOf) programs(name string) {
	for i, one := range c.all {
		if strings.HasPrefix(one.Name, name+"_") {
			c.all[i].programs = true
		}
	}
}

// numbers adds what the figures say of a number.
func (c *columnsOf) numbers() {
	for _, one := range []struct {
		name string
		of   func(said) number
	}{
		{"value", func(s said) number { return s.value }},
		{"approx", func(s said) number { return s.approx }},
		{"lower", func(s said) number { return s.lower }},
		{"upper", func(s said) number { return s.upper }},
	} {
		c.add(Column{Name: one.name, kind: numeric,
			cell: func(f *figure.Figure) string { return string(one.of(rangeOf(f))) }})
	}
	c.add(Column{Name: "qualifier", kind: textual, codes: qualifiers,
		cell: func(f *figure.Figure) string { return rangeOf(f).qualifier },
		said: func(f *figure.Figure, l *locale.Lang) string {
			return qualified(rangeOf(f).qualifier).words(l)
		}})
}

// times adds the days and years of figures.
func (c *columnsOf) times() {
	c.add(Column{Name: "start", kind: daily, cell: func(f *figure.Figure) string { return timeOf(f).start }})
	c.add(Column{Name: "end", kind: daily, cell: func(f *figure.Figure) string { return timeOf(f).end }})
	c.add(Column{Name: "as_of", kind: daily, cell: func(f *figure.Figure) string { return timeOf(f).asOf }})
	c.add(Column{Name: "as_of_year", kind: counting, cell: func(f *figure.Figure) string { return timeOf(f).asOfYear }})
}

// closed adds a column whose cells have one of these codes.
func (c *columnsOf) closed(name string, cell func(*figure.Figure) string, codes ...string) {
	one := Column{Name: name, kind: textual, cell: cell}
	word := strings.ReplaceAll(name, "_", "-") + "-"
	for _, value := range codes {
		one.codes = append(one.codes, code{value: value, words: wordOf(word + value)})
	}
	one.said = func(f *figure.Figure, l *locale.Lang) string { return l.Word(word + cell(f)) }
	c.add(one)
}

// coded adds a column whose codes are those of the figures, in the order of the alphabet.
func (c *columnsOf) coded(name string, of func(*figure.Figure) code) {
	c.add(Column{Name: name, kind: textual, codes: codesOf(c.figures, of),
		cell: func(f *figure.Figure) string { return of(f).value },
		said: func(f *figure.Figure, l *locale.Lang) string { return of(f).in(l) }})
}

// codesOf lists the codes that figures have, each once.
func codesOf(figures []*figure.Figure, of func(*figure.Figure) code) []code {
	met := map[string]bool{}
	var all []code
	for _, f := range figures {
		if one := of(f); one.value != "" && !met[one.value] {
			met[one.value] = true
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b code) int { return strings.Compare(a.value, b.value) })
	return all
}

// places adds where in its table a figure stands.
func (c *columnsOf) places() {
	names, heads := dimensionsOf(c.figures)
	if len(names) == 0 {
		return
	}
	c.coded("table", func(f *figure.Figure) code {
		if f.Cell == nil {
			return code{}
		}
		return code{value: f.Cell.Table.ID, words: of(f.Cell.Table.Label)}
	})
	c.coded("measure", func(f *figure.Figure) code {
		if f.Cell == nil {
			return code{}
		}
		column := f.Cell.Table.Columns[f.Cell.Column]
		return code{value: column.ID, words: of(column.Label)}
	})
	for _, name := range names {
		of := func(f *figure.Figure) code { return keyOf(f, name) }
		c.add(Column{Name: "dimension_" + name, kind: textual, word: "column-dimension", head: heads[name],
			codes: codesOf(c.figures, of),
			cell:  func(f *figure.Figure) string { return of(f).value },
			said:  func(f *figure.Figure, l *locale.Lang) string { return of(f).in(l) }})
	}
}

// keyOf is the key of a figure's row in one dimension of its table.
func keyOf(f *figure.Figure, dimension string) code {
	if f.Cell == nil {
		return code{}
	}
	i := slices.Index(f.Cell.Table.Rows, dimension)
	if i < 0 {
		return code{}
	}
	line := f.Cell.Table.Lines[f.Cell.Line]
	return code{value: line.Keys[i], words: of(line.Labels[i])}
}

// dimensionsOf lists what names the rows of the tables that figures are cells of, with the
// headings that authors gave them.
func dimensionsOf(figures []*figure.Figure) (names []string, heads map[string]figure.Text) {
	heads = map[string]figure.Text{}
	var before *figure.Table
	for _, f := range figures {
		if f.Cell == nil || f.Cell.Table == before {
			continue
		}
		before = f.Cell.Table
		for i, name := range before.Rows {
			if _, known := heads[name]; !known {
				names = append(names, name)
				heads[name] = nil
			}
			if heads[name] == nil && i < len(before.RowLabels) {
				heads[name] = before.RowLabels[i]
			}
		}
	}
	slices.Sort(names)
	return names, heads
}

// of says a text in the language that is asked for, or in one that has it.
func of(t figure.Text) func(*locale.Lang) string {
	return func(l *locale.Lang) string { return t.In(l.Code) }
}

func sourceCode(f *figure.Figure) code {
	return code{value: f.Source.ID, words: of(f.Source.Label), about: func(l *locale.Lang) string {
		switch at := f.Source.AsOf; {
		case !at.Day.IsZero():
			return l.Word("as-of-date", l.Date(at.Day))
		case at.Year != 0:
			return l.Word("as-of-date", strconv.Itoa(at.Year))
		}
		return l.Word("date-not-stated")
	}}
}

// qualifiers are all that can be said of how exact a number is.
var qualifiers = func() []code {
	all := []code{{value: string(locale.Exact), words: wordOf("qualifier-exact")}}
	for _, relation := range locale.Relations {
		all = append(all, code{value: string(relation),
			words: func(l *locale.Lang) string { return l.RelationWord(relation) },
			about: wordOf(map[locale.Relation]string{
				locale.MoreThan: "qualifier-above", locale.FewerThan: "qualifier-below",
				locale.AtLeast: "qualifier-least", locale.AtMost: "qualifier-most",
				locale.Around: "qualifier-around", locale.JustUnder: "qualifier-just-under",
				locale.JustOver: "qualifier-just-over",
			}[relation])})
	}
	for _, reason := range reasons {
		all = append(all, code{value: string(reason), about: wordOf("qualifier-missing"),
			words: wordOf("reason-" + strings.ReplaceAll(string(reason), " ", "-"))})
	}
	return all
}()

var reasons = []figure.Reason{figure.NotAvailable, figure.Confidential, figure.NotApplicable, figure.NotYet}

func wordOf(key string) func(*locale.Lang) string {
	return func(l *locale.Lang) string { return l.Word(key) }
}

func qualified(value string) code {
	return qualifiers[slices.IndexFunc(qualifiers, func(c code) bool { return c.value == value })]
}
