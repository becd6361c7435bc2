package present

import (
	"strings"

	"bilanz/internal/data"
	"bilanz/internal/figure"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
)

// Sheet is the table of a chart as a file for people: words and decimals are those of
// the page's language, numbers exact and without groups, so that a spreadsheet program
// counts with them. What a number alone does not say stands in a column of words beside
// those of numbers: a bound, a reason, that it is provisional. Invented data says so in
// every line.
func Sheet(b *Block, l *locale.Lang, demo bool) []byte {
	t := laid(b, l)
	comma := data.DecimalComma(l)
	lines := t.lines()
	remarked := make([]bool, len(t.columns))
	for _, line := range lines {
		for i, f := range line.Figures {
			remarked[i] = remarked[i] || t.remark(f) != ""
		}
	}
	head := t.heads
	for i, name := range t.columns {
		head = append(head, name)
		if remarked[i] {
			head = append(head, l.Colon(name, l.Word("table-remark")))
		}
	}
	if demo {
		head = append(head, l.Word("demo"))
	}
	sheet := [][]string{head}
	for _, line := range lines {
		cells := t.names(line)
		for i, f := range line.Figures {
			cells = append(cells, sheetNumber(f, comma))
			if remarked[i] {
				cells = append(cells, t.remark(f))
			}
		}
		if demo {
			cells = append(cells, l.Word("demo-sentence"))
		}
		sheet = append(sheet, cells)
	}
	return data.SheetCSV(sheet, comma)
}

// sheetNumber is the number of a figure that has one.
func sheetNumber(f *figure.Figure, comma bool) string {
	if f == nil || !f.Value.Exact() {
		return ""
	}
	number := figure.Decimal(f.Value.Number)
	if comma {
		number = strings.Replace(number, ".", ",", 1)
	}
	return number
}

// remark says in words what the number of a figure alone does not.
func (t laidTable) remark(f *figure.Figure) string {
	l := t.lang
	if f == nil {
		return ""
	}
	var words []string
	if !f.Value.Exact() {
		words = append(words, value(f, l))
	}
	if unsettled(f) {
		words = append(words, statusWord(f, l))
	}
	if t.at == atNumbers {
		when, _ := when(f, l)
		words = append(words, when)
	}
	return strings.Join(words, l.Sign(";")+" ")
}

// figures are those in the cells of the table, each once.
func (t laidTable) figures() []*figure.Figure {
	var all []*figure.Figure
	met := map[*figure.Figure]bool{nil: true}
	for _, line := range t.lines() {
		for _, f := range line.Figures {
			if !met[f] {
				met[f] = true
				all = append(all, f)
			}
		}
	}
	return all
}

// lines are those of the table and, last, the whole that they are parts of.
func (t laidTable) lines() []grid.Line {
	if t.foot != nil {
		return append(t.body, *t.foot)
	}
	return t.body
}
