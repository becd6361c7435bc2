// Package form says which forms a chart can have, and what each asks of its figures.
//
// Rules:
//   - The table below is the only place that lists the forms. The names that authors may
//     write, how figures are laid out, what is refused and what the documents say of a
//     form follow from it.
//   - What a form looks like is not known here, but in package chart.
package form

// Form is what a chart is drawn as, in the word that authors write; "" is a table.
type Form string

// The forms of a chart.
const (
	Bar            Form = "bar"
	Column         Form = "column"
	GroupedBar     Form = "grouped-bar"
	StackedBar     Form = "stacked-bar"
	ShareBar       Form = "share-bar"
	Line           Form = "line"
	Pie            Form = "pie"
	SmallMultiples Form = "small-multiples" // lines where the rows have dates, else bars
	List           Form = "list"            // of what has no values; no picture
)

// Layout says how figures come into rows and columns.
type Layout int

// The layouts.
const (
	Rows   Layout = iota // one below the other: a list, the parts of one, a series, a table as it is
	Groups               // figures with the same parts, or a table with two row keys: a column a part
	Dates                // one series, a row a date
	Panels               // several series, or what Groups takes; each line of it in a panel of its own
)

// Asks is what a form asks of its figures.
type Asks struct {
	Shows  string // what it is for, in the words of docs/charts.md
	Layout Layout
	Sorted bool // the largest first, unless they have dates; else in the author's order
	Whole  bool // they are parts of a whole: complete, exact, checked, none below zero
	Rows   int  // at most; 0 for a form that is no picture
	Series int  // at most: colours that can be told apart, or panels
}

// Most values that one chart draws, and most rows of bars that can be read; a line may
// have as many dates as a chart has values.
const (
	MostMarks   = 600
	mostBars    = 60
	mostColumns = 12
)

var all = []struct {
	form Form
	asks Asks
}{
	{Bar, Asks{Shows: "how large things are, beside each other", Sorted: true, Rows: mostBars, Series: 1}},
	{Column, Asks{Shows: "one value at few dates", Rows: mostColumns, Series: 1}},
	{GroupedBar, Asks{Shows: "the same for two to five groups", Layout: Groups, Rows: mostBars, Series: 5}},
	{StackedBar, Asks{Shows: "what several totals are made of", Layout: Groups, Whole: true, Rows: mostBars, Series: 5}},
	{ShareBar, Asks{Shows: "the parts of one whole, with long names", Layout: Groups, Whole: true, Rows: mostBars,
		Series: 5}},
	{Line, Asks{Shows: "how something changed over time", Layout: Dates, Rows: MostMarks, Series: 5}},
	{Pie, Asks{Shows: "the parts of one whole, two to five of them", Sorted: true, Whole: true, Rows: 5, Series: 1}},
	{SmallMultiples, Asks{Shows: "the same small chart for several things", Layout: Panels, Rows: mostBars, Series: 12}},
	{List, Asks{Shows: "things that have no value, and why"}},
}

// Names lists the forms as authors write them.
func Names() []string {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = string(one.form)
	}
	return names
}

// Asks says what the form asks of its figures; a table, and what is no form, ask nothing.
func (f Form) Asks() Asks {
	for _, one := range all {
		if one.form == f {
			return one.asks
		}
	}
	return Asks{}
}

// Drawn says whether the form is a picture.
func (f Form) Drawn() bool { return f.Asks().Rows > 0 }
