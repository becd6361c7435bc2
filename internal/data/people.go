package data

import (
	"slices"
	"strconv"
	"strings"

	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// PeopleCSV is data/figures-de.csv: the same figures and columns as in [FiguresCSV], in one
// language, with its words in the place of codes, for its spreadsheet programs.
func PeopleCSV(s Set, l *locale.Lang) []byte {
	columns := s.peopleColumns(l, s.Figures)
	rows := append([][]string{headings(columns, l)}, rows(columns, s.Figures, l)...)
	if DecimalComma(l) {
		for i, c := range columns {
			for _, row := range rows[1:] {
				if c.kind == numeric {
					row[i] = strings.Replace(row[i], ".", ",", 1)
				}
			}
		}
	}
	return SheetCSV(rows, DecimalComma(l))
}

// DecimalComma reports whether spreadsheet programs in a language read a comma as what
// stands before decimals.
func DecimalComma(l *locale.Lang) bool { return l.Decimal() == "," }

// peopleColumns gives the columns that files for people of a language have.
func (s Set) peopleColumns(l *locale.Lang, figures []*figure.Figure) []Column {
	all := slices.Concat(s.columns(figures), s.passages())
	return slices.DeleteFunc(all, func(c Column) bool { return c.lang != nil && c.lang != l || c.programs })
}

// headings are what stands above columns, each once.
func headings(columns []Column, l *locale.Lang) []string {
	met := map[string]bool{}
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = c.Heading(l)
		for n := 2; met[strings.ToLower(all[i])]; n++ {
			all[i] = c.Heading(l) + " " + strconv.Itoa(n)
		}
		met[strings.ToLower(all[i])] = true
	}
	return all
}

// rows are what people read of figures, numbers with a point before decimals.
func rows(columns []Column, figures []*figure.Figure, l *locale.Lang) [][]string {
	all := make([][]string, len(figures))
	for i, f := range figures {
		all[i] = make([]string, len(columns))
		for j, c := range columns {
			all[i][j] = c.in(l, f)
		}
	}
	return all
}
