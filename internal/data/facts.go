package data

import (
	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// Facts are what the files say of a figure in digits and words of the format, "" for what
// they say nothing of.
type Facts struct {
	Value, Approx, Lower, Upper, Qualifier string
	Start, End, AsOf, AsOfYear             string
}

// FactsOf gives them without writing a file, for whoever compares with one.
func FactsOf(f *figure.Figure) Facts {
	said, at := rangeOf(f), timeOf(f)
	return Facts{
		Value: string(said.value), Approx: string(said.approx), Lower: string(said.lower), Upper: string(said.upper),
		Qualifier: said.qualifier, Start: at.start, End: at.end, AsOf: at.asOf, AsOfYear: at.asOfYear,
	}
}

// Printed is the figure as the pages of a language print it, and as the files repeat it.
func Printed(f *figure.Figure, l *locale.Lang) string {
	return figure.Ref{Figure: f, Option: figure.Plain}.Text(l)
}
