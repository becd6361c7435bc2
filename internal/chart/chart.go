// Package chart draws a set of numbers as a picture: a Spec becomes an ECharts
// option (go-echarts), and the option a static SVG (ECharts in goja).
//
// Rules:
//   - One option is the single description of a chart: the picture at build time
//     and the live chart in the browser are drawn from the same JSON.
//   - It knows no figure and no language. Every text arrives ready-made, so the label says
//     a number exactly as the sentence and the table do.
//   - What a form asks of its numbers stands in package form; what it looks like, in
//     drawers. A drawer places every text itself, since ECharts knows no collisions.
//   - Same spec, same bytes, whatever was drawn before, on however many engines.
//   - Missing is never zero: a cell without a value is a gap with words.
//   - Nothing is read from or written to a disk here; the cache is handed in.
//   - What cannot be drawn honestly is refused with a *Problem, never drawn anyway.
package chart

import (
	"math/big"
	"time"

	"bilanz/internal/form"
)

// A Spec is a chart ready to be drawn: plain strings and exact numbers.
type Spec struct {
	ID   string // as in the block; prefixes every id inside the picture
	Form form.Form
	Lang string // "de", for the lang attribute of the stand-alone picture

	// For the stand-alone picture only; on a page they stand in HTML around it.
	Title, Subtitle, Source string
	Notes                   []string // discrepancies, breaks, what is rounded, what the signs mean
	Origin, Address         string   // where a picture that was passed on comes from: site and edition, the chart's page
	Summary                 string   // plain text, becomes <desc>
	Demo                    string   // "", or the word that is printed in the picture

	Series []string // names of the series, or of the panels; exactly one for bar and pie
	Rows   []Row    // categories in the order in which they are drawn
	Breaks []Break  // lines only: where the source changed
	Since  Since    // lines only: the first day of what is counted on and on; zero where it is not

	// Highlight is the number of what stands out among grey ones, from 1: a row of bars or
	// columns, a series of several lines. It is 0 where all are alike.
	Highlight int

	index []int // of a panel of lines: the rows of the whole that its rows are
}

// A Row is one category with a cell for each series, or one date of a line.
type Row struct {
	Label string
	Short string    // what an axis writes of it, which has little room; "" for the label
	Date  time.Time // of what has a time
	Cells []Cell    // one for each series; a zero Cell says that a line has no such date
}

// A Cell is one mark.
type Cell struct {
	Value *big.Rat // nil: a gap
	Text  string   // "195,182", "more than 170", "not available": shown at the mark
	Sign  string   // "p": the letter at the end of the text that the legend explains; "" for none
	Tip   string   // what the tooltip says; goes to data-tip
	Bound bool     // the value is rounded or a bound, as the text says: its mark is hollow
}

// Since is the day from which on something is counted: there the axis of time begins.
type Since struct {
	Date  time.Time
	Label string // as the axis writes it
}

// A Break marks the date from which a line has another source.
type Break struct {
	Date   time.Time
	Label  string
	Series int // whose line breaks, of several, or whose panel
}

// A Picture is a finished chart.
type Picture struct {
	Wide, Narrow, Broad []byte // inline SVG with CSS variables, classes chart-wide, chart-narrow and chart-broad

	File []byte // stand-alone SVG: literal colours, title, subtitle, notes, source inside
	Live []byte // JSON for the live chart: the option of all sizes, with width and height
	High Heights
}

// Heights are those of the drawings, in px, each of its own width.
type Heights struct{ Wide, Narrow int }
