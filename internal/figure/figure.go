// Package figure holds the published figures, what they are made of, and the
// checks they must keep.
//
// Numbers are exact ([big.Rat]) from the first byte to the last; rounding
// happens once, for display. A value is a number, a bound ("more than 170") or a
// reason why there is none ("not available"); what depends on a bound or a
// missing value is itself not available, never 0. One bad value gives one
// message: whatever depends on a broken figure stays silent.
package figure

import (
	"maps"
	"math/big"
	"slices"
	"time"

	"bilanz/internal/calendar"
	"bilanz/internal/diag"
	"bilanz/internal/locale"
)

// Text is a text in each language of the site, by language code.
type Text map[string]string

// In gives the text in a language, or, where it has none, in the first language
// that has one.
func (t Text) In(lang string) string {
	if text, ok := t[lang]; ok {
		return text
	}
	for _, other := range sortedKeys(t) {
		return t[other]
	}
	return ""
}

// Figure is one published number.
type Figure struct {
	ID       string // a permanent address: "advice.sessions.initial"
	Label    Text
	Noun     Text // stands behind the number in a sentence, in place of unit and label; nil for none
	Short    Text // the label where its surroundings say the rest; nil for none
	Value    Value
	Unit     *Unit
	Decimals int     // how many the figure is shown with
	Period   *Period // nil for a stock
	AsOf     AsOf    // of a stock; of a flow the reference date of its source
	Source   *Source // never nil in a checked set
	Inferred bool    // the attribution to the source is ours
	change   bool    // it says by how much something rose or fell

	explained *Explanation // as its author says; nil for what its unit says

	aggregation aggregation // as its author says

	Status   Status    // final unless said otherwise
	Notes    []Passage // for readers, with verified links; one for each language
	Footnote *Footnote // printed wherever the figure is cited; nil for most
	Formerly []string  // old ids that lead here

	Parent      *Figure
	Parts       []*Figure // in the order of the file
	PartsAre    PartsAre
	PartsLabel  Text // what the parts are: "by kind of session"; nil where nobody says it
	SumChecked  bool // false where the value or a part is a bound or missing
	Rounded     bool // the parts are: their sum may miss the value by what rounding can do
	Misses      bool // their sum does, by no more than that
	Discrepancy *Discrepancy

	Formula string        // as written; "" where the value was typed
	Inputs  []*Figure     // what the formula is computed from, in its order
	Series  *Series       // of a series: the same for the figure and for each of its dates
	Date    time.Time     // of one date of a series; zero otherwise
	Time    calendar.Span // what that date is called, in a table with times; none otherwise
	Cell    *Cell         // where the figure is a cell of a table

	ValueAt diag.Place // of the value, or of the formula
	IDAt    diag.Place // of the key that names it

	spelt    *spelling // how the value stands in its file; nil unless asked for
	settling bool      // while its formula is computed, to find circles
	fraction *big.Rat  // of its whole, not rounded: 0.5398…; nil where there is none
}

// Whole is what a share of the figure is a share of: the figure that it is a part
// of, or, in a table, the total of its column. It is nil where there is none.
func (f *Figure) Whole() *Figure {
	if f.Parent != nil || f.Cell == nil {
		return f.Parent
	}
	return f.Cell.total
}

// Value is what a figure says: exactly one of Number (with or without a Bound)
// and Reason is set, or Broken.
type Value struct {
	Number *big.Rat
	Bound  locale.Relation // locale.Exact for a plain number
	Reason Reason
	Broken bool // already reported; whatever needs it stays silent
}

// Exact reports whether the value is a plain number to reckon with.
func (v Value) Exact() bool { return v.Number != nil && v.Bound == locale.Exact && !v.Broken }

// Reason says why a figure has no number.
type Reason string

// The reasons, as authors write them.
const (
	NotAvailable  Reason = "not available"
	Confidential  Reason = "confidential"
	NotApplicable Reason = "not applicable"
	NotYet        Reason = "not yet"
)

// Status is how settled a figure is.
type Status string

// The statuses, as authors write them.
const (
	Final       Status = "final"
	Provisional Status = "provisional"
	Estimated   Status = "estimated"
	Revised     Status = "revised"
)

// PartsAre says what the parts of a figure are to it.
type PartsAre string

// Complete parts add up to the value; a Selection adds up to no more than it; of
// Overlapping parts each is no more than it.
const (
	Complete    PartsAre = "complete"
	Selection   PartsAre = "a selection"
	Overlapping PartsAre = "overlapping"
)

// Unit is what a figure counts.
type Unit struct {
	ID       string
	Decimals int
	Other    Text                // "visits"
	Also     map[string][]string // further forms by language, for the spell-check of numbers

	// Ungrouped says that its values are names of something in digits and written without
	// signs between groups of three: the year 2005.
	Ungrouped bool
	Change    bool // it counts by how much something rose or fell

	explained *Explanation

	forms map[string]map[locale.Plural]string // by language; Other is among them
	words map[string][]unitWord               // by language: the forms and Also, the longest first
	bad   bool                                // a stand-in: nobody described it, or not so that it can be read
}

// Noun is the word beside a number as it is written: "visit" or "visits".
func (u *Unit) Noun(l *locale.Lang, n *big.Rat, decimals int) string {
	if noun := u.forms[l.Code][l.Plural(n, decimals)]; noun != "" {
		return noun
	}
	return u.Other.In(l.Code)
}

// Nouns are all forms of the word in a language.
func (u *Unit) Nouns(lang string) []string {
	return slices.AppendSeq(slices.Clone(u.Also[lang]), maps.Values(u.forms[lang]))
}

// Named names the figure as the reader of a message knows it.
func (f *Figure) Named() diag.Named { return f.Label.named(f.ID) }

// Named names the unit likewise.
func (u *Unit) Named() diag.Named { return u.Other.named(u.ID) }

// named is the one place that knows in which language a message says a label.
func (t Text) named(id string) diag.Named { return diag.Named{ID: id, Label: t["de"]} }

// IsPercent reports whether the unit is the one named percent, which is written
// as the percent sign of the language.
func (u *Unit) IsPercent() bool { return u.ID == "percent" }

// yearUnit is the name of the unit whose values are years.
const yearUnit = "year"

// Written is the language as it writes values of the unit.
func (u *Unit) Written(l *locale.Lang) *locale.Lang {
	if u.Ungrouped {
		return l.Ungrouped()
	}
	return l
}

// IsChange reports whether the figure says by how much something rose or fell.
func (f *Figure) IsChange() bool { return f.change || f.Unit.Change }

// Period is the stretch of time of a flow; both days belong to it.
type Period struct {
	ID       string
	From, To time.Time
	Label    Text
}

// AsOf is the date of a stock: a day, a year, or not stated. The zero AsOf is
// not stated.
type AsOf struct {
	Day  time.Time // zero where only the year or nothing is known
	Year int       // 0 where not stated

	bad bool // nobody can read it, which is reported
}

// Source is where figures come from.
type Source struct {
	ID     string
	Label  Text
	Short  Text // the label in a line below a chart; nil for none
	AsOf   AsOf
	Window *Period // of the survey; nil where not stated; it has no label
	Notes  []Passage
}

// Brief is the name of the source in a line below a chart.
func (s *Source) Brief(lang string) string {
	if short := s.Short[lang]; short != "" {
		return short
	}
	return s.Label[lang]
}

// Footnote is a text that follows the figures which name it, wherever they are
// cited.
type Footnote struct {
	ID    string
	Texts []Passage
}

// Discrepancy is a sum that does not hold and that the publisher knows of.
type Discrepancy struct {
	Sum, By *big.Rat  // the sum of the parts, and that minus the value
	Notes   []Passage // {sum} and {gap} stand for the two
}

// Series is the same measure at several dates.
type Series struct {
	ID         string
	At         diag.Place // of the id
	Label      Text
	Points     []*Figure // by date, the earliest first
	Cumulative bool
	Since      time.Time // zero where not cumulative
	Breaks     []Break
}

// Break is a date from which a series is counted in another way.
type Break struct {
	From   time.Time
	Source *Source // from then on; nil where it stayed
	Notes  []Passage

	at diag.Place
}

// Table is a cross-tab of figures.
type Table struct {
	ID    string
	At    diag.Place // of the id
	Label Text
	Rows  []string // the names of the columns that name a row: place, medium
	Heads []string // what the file calls them; "" where only columns speak of one
	Sums  []string // of each of Rows: the key that marks a total; "" for none
	Empty []string // of each of Rows: the key that an empty cell stands for; "" for none

	// RowLabels are the headings of those columns, one each; empty where the
	// file gives none.
	RowLabels []Text
	Ordered   []bool     // of each of Rows: the order of its keys means something
	PartsAre  []PartsAre // of each of Rows, as its author says it; "" for nothing
	Timed     bool       // its lines have times
	TimeHead  string     // the column of the file that says them; "" for none or several
	Base      Base
	Left      LeftOut
	Missing   map[string]Reason // what its file says of cells without a number: "NA"
	Columns   []Column
	Lines     []Line // in the order of the file; one at least, with one figure at least

	inNames bool                 // the names of its cells begin with its own: those of another table are alike
	former  map[[2]string]string // what keys and columns are called now, by dimension and old name
}

// Any is one of the table's figures.
func (t *Table) Any() *Figure {
	for _, f := range t.Lines[0].Figures {
		if f != nil {
			return f
		}
	}
	return nil
}

// Column is one column of figures of a table.
type Column struct {
	ID    string
	Head  string // what the file calls it
	Label Text
	Noun  Text  // stands behind the numbers of its cells in a sentence; nil for none
	Short Text  // the label where its surroundings say the rest; nil for none
	Unit  *Unit // nil where nobody gave it one
}

// Line is one row of a table: what names it, and a figure for each column.
type Line struct {
	Keys    []string      // one for each of Table.Rows
	Labels  []Text        // of the keys
	Nouns   []Text        // of the keys, as a sentence goes on with them: "in Berlin"; nil for none
	Shorts  []Text        // of the keys, where their surroundings say the rest; nil for none
	Time    calendar.Span // none where the table has no times
	Total   bool
	Figures []*Figure // nil where the file has no such cell
}

// Cell is a figure's place in its table.
type Cell struct {
	Table  *Table
	Line   int
	Column int

	total *Figure // the sum that it is part of; nil where the table has none
}

// Passage is a text in Markdown that authors wrote in a file of figures, with
// the way back to where each byte of it stands.
type Passage struct {
	Lang  string
	Text  string
	Place func(start, end int) diag.Place
	Edit  func(start, end int, with string) []diag.Edit // none where the file writes it in another way; nil where it never can be told
}

// In finds the passage in a language.
func In(passages []Passage, lang string) (Passage, bool) {
	for _, p := range passages {
		if p.Lang == lang {
			return p, true
		}
	}
	return Passage{}, false
}
