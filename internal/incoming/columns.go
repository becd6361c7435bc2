package incoming

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"bilanz/internal/diag"
	"bilanz/internal/pattern"
	"bilanz/internal/sheet"
)

// table is the cells of a file on the way to rows.
type table struct {
	m     *Import
	book  *sheet.Book
	rows  [][]sheet.Cell
	index *index

	ids, labels, values int      // columns; -1 for none
	names               []string // of the columns
	head, first         int      // the row of their names, -1 for none; the first below it
	last                int      // the last row with a value
	reader              *reader
	percent             bool           // the column says that its values are percentages
	kept                []int          // of the rows of a file that is turned: which they were
	often               map[string]int // how many rows have a label, folded
	unknown             int            // rows that are no figures
	now                 int            // the row that is looked at
}

// at is a cell of a row; an empty one where the row is shorter.
func at(row []sheet.Cell, column int) *sheet.Cell {
	if column < 0 || column >= len(row) {
		return &sheet.Cell{}
	}
	return &row[column]
}

// filled counts the cells of a row that hold anything.
func filled(row []sheet.Cell) (n int, first int) {
	first = -1
	for i := range row {
		if row[i].Text != "" && !row[i].IsMerged() {
			if n++; first < 0 {
				first = i
			}
		}
	}
	return n, first
}

// mostTurned is how many rows a file has at most in which figures stand side by side.
const mostTurned = 200

// turn makes rows of columns where more labels stand side by side than below each other. What
// stands alone in a row is a title or a note.
func (t *table) turn() {
	if len(t.rows) > mostTurned {
		return
	}
	var rows, turned [][]sheet.Cell
	var alone []int
	for i, row := range t.rows {
		switch n, _ := filled(row); n {
		case 0:
		case 1:
			alone = append(alone, i)
		default:
			rows, t.kept = append(rows, row), append(t.kept, i)
		}
	}
	for j := range t.width() {
		column := make([]sheet.Cell, len(rows))
		for i, row := range rows {
			column[i] = *at(row, j)
		}
		turned = append(turned, column)
	}
	if across := t.index.counted(turned); across < 2 || across <= t.index.counted(t.rows) {
		return
	}
	for _, i := range alone {
		_, first := filled(t.rows[i])
		if c := t.remark(&t.rows[i][first], first); i < t.kept[0] {
			t.m.Titles = append(t.m.Titles, c)
		} else {
			t.m.Footnotes = append(t.m.Footnotes, c)
		}
	}
	t.rows, t.m.Across = turned, true
}

// counted is how many rows are figures, by the column in which most are, and hold numbers.
func (x *index) counted(rows [][]sheet.Cell) (n int) {
	labels := x.best(rows).index
	for _, row := range rows {
		if len(x.find(readLabel(at(row, labels).Text))) == 0 {
			continue
		}
		if slices.ContainsFunc(row, func(c sheet.Cell) bool { return isValue(&c) && !isYear(c.Text) }) {
			n++
		}
	}
	return n
}

// column is one of which rows may be known by.
type column struct{ index, hits int }

// best is the column in which most rows are figures.
func (x *index) best(rows [][]sheet.Cell) column {
	return bestOf(rows, func(c *sheet.Cell) bool { return len(x.find(readLabel(c.Text))) > 0 })
}

// mostLooked is in how many rows labels are looked for to find their column.
const mostLooked = 10_000

func bestOf(rows [][]sheet.Cell, hits func(*sheet.Cell) bool) column {
	best := column{index: -1}
	found := map[int]map[string]bool{}
	for _, row := range rows[:min(len(rows), mostLooked)] {
		for j := range row {
			if c := &row[j]; c.Text != "" && !c.IsNumber() && !c.IsMerged() && !found[j][c.Text] && hits(c) {
				if found[j] == nil {
					found[j] = map[string]bool{}
				}
				found[j][c.Text] = true
			}
		}
	}
	for j, texts := range found {
		if len(texts) > best.hits || len(texts) == best.hits && j < best.index {
			best = column{j, len(texts)}
		}
	}
	return best
}

// findLabels finds the columns of ids and of labels. It reports false where nobody can say
// which row is what.
func (t *table) findLabels() bool {
	t.ids = bestOf(t.rows, func(c *sheet.Cell) bool { return t.figureOf(c.Text) != nil }).index
	if t.m.known.Labels != "" {
		if t.labels = t.named(t.m.known.Labels); t.labels < 0 {
			t.noColumn(labelsKey, t.m.known.Labels)
		}
		return t.labels >= 0
	}
	best := t.index.best(t.rows)
	if t.labels = best.index; t.labels >= 0 || t.ids >= 0 {
		return true
	}
	t.labels = bestOf(t.rows, func(c *sheet.Cell) bool {
		return t.m.known.Rows[fold(c.Text)] != "" || strings.ContainsFunc(c.Text, unicode.IsLetter)
	}).index
	if t.labels < 0 {
		t.m.Problems = append(t.m.Problems, diag.Diagnostic{Code: "import-rows", Place: diag.File(t.m.Path),
			Text: diag.Say("nothing in this file is a label", "in dieser Datei steht keine Bezeichnung"),
			Ways: []diag.Text{diag.Say("start from the sheet that \"bilanz figures list --csv\" prints",
				"beginnen Sie mit der Tabelle, die „bilanz figures list --csv“ ausgibt")}})
	}
	return t.labels >= 0
}

// named finds a column by its name, or by its letter; -1 for none.
func (t *table) named(name string) int {
	for _, row := range t.rows {
		if i := slices.IndexFunc(row, func(c sheet.Cell) bool {
			return c.Text != "" && (sheet.OneLine(c.Text) == sheet.OneLine(name) ||
				fold(c.Text) == fold(name) && fold(name) != "")
		}); i >= 0 {
			if n, _ := filled(row); n > 1 {
				return i
			}
		}
	}
	for i := range t.width() {
		if t.letter(i) == strings.ToUpper(name) {
			return i
		}
	}
	return -1
}

func (t *table) width() int {
	width := 0
	for _, row := range t.rows {
		width = max(width, len(row))
	}
	return width
}

// noColumn says that the file has no column of a name that somebody gave.
func (t *table) noColumn(key, name string) {
	place, ok := t.m.known.at[key]
	if !ok {
		place = diag.File(Path)
	}
	var names []string
	for _, name := range t.names {
		if name != "" {
			names = append(names, name)
		}
	}
	d := diag.Diagnostic{Code: "import-column", Place: place,
		Text: diag.Say("%s has no column %s", "%s hat keine Spalte %s", t.m.Name, name)}
	for _, near := range diag.Nearest(name, names) {
		d.Ways = append(d.Ways, diag.Say("write %s", "schreiben Sie %s", near))
	}
	if len(names) > 0 {
		d.Ways = append(d.Ways, diag.Say("the columns are: %s", "die Spalten sind: %s", strings.Join(names, ", ")))
	}
	t.m.Problems = append(t.m.Problems, d)
}

// isData reports whether a row holds a number that is no year, beside a label.
func (t *table) isData(row []sheet.Cell) bool {
	if at(row, t.labels).Text == "" && at(row, t.ids).Text == "" {
		return false
	}
	for j := range row {
		if j != t.labels && j != t.ids && isValue(&row[j]) && !isYear(row[j].Text) {
			return true
		}
	}
	return false
}

// isYear recognises the name of a column that is a year.
func isYear(text string) bool {
	return len(text) == 4 && isDigits(text) && text >= "1900" && text <= "2199"
}

// isValue reports whether a cell looks like a number, with what offices add.
func isValue(c *sheet.Cell) bool {
	if c.IsNumber() || c.IsUncomputed() {
		return true
	}
	letters, digits := 0, 0
	for _, r := range c.Text {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return digits > 0 && letters < 2*digits+12 && !sheet.LooksLikeDate(c.Text)
}

// findFirst finds the row with the names of the columns, and the first below it: above the
// first row that is a figure, the next that has no numbers.
func (t *table) findFirst() {
	t.head, t.first = -1, 0
	hit := slices.IndexFunc(t.rows, func(row []sheet.Cell) bool { return t.isFigure(row) && t.isData(row) })
	if hit < 0 {
		hit = slices.IndexFunc(t.rows, t.isFigure) // a sheet that nobody has filled in
	}
	if hit < 0 {
		hit = max(0, slices.IndexFunc(t.rows, t.isData))
	}
	for t.first = hit; hit > 0; hit-- {
		row := t.rows[hit-1]
		switch n, _ := filled(row); {
		case t.isData(row):
			t.first = hit - 1
		case n > 1:
			t.head, t.first = hit-1, hit
			hit = 1
		}
	}
	t.nameColumns()
}

// isFigure reports whether a row names a figure.
func (t *table) isFigure(row []sheet.Cell) bool {
	label := at(row, t.labels).Text
	return t.figureOf(at(row, t.ids).Text) != nil || t.m.known.Rows[fold(label)] != "" ||
		len(t.index.find(readLabel(label))) > 0
}

// nameColumns names the columns by the row above the first, and where that does not tell
// them apart by the group that stands above it.
func (t *table) nameColumns() {
	t.names = make([]string, t.width())
	if t.head < 0 {
		return
	}
	count := map[string]int{}
	for j := range t.names {
		t.names[j] = sheet.OneLine(at(t.rows[t.head], j).Text)
		count[t.names[j]]++
	}
	if t.head == 0 {
		return
	}
	group := ""
	for j := range t.names {
		if text := at(t.rows[t.head-1], j).Text; text != "" {
			group = sheet.OneLine(text)
		}
		switch {
		case t.names[j] == "":
			t.names[j] = sheet.OneLine(at(t.rows[t.head-1], j).Text)
		case count[t.names[j]] > 1 && group != "":
			t.names[j] = group + sheet.Joint + t.names[j]
		}
	}
}

// nameOf is how a question calls a column.
func (t *table) nameOf(column int) string {
	if name := t.names[column]; name != "" && slices.Index(t.names, name) == column {
		return name
	}
	return t.letter(column)
}

// letter is how a spreadsheet program calls a column; where figures stand side by side, a row.
func (t *table) letter(column int) string {
	if t.m.Across {
		return strconv.Itoa(t.kept[column] + 1)
	}
	return t.book.ColumnName(column)
}

var (
	valueWords = []string{"value", "values", "wert", "werte", "anzahl", "zahl", "number", "count", "neuerwert",
		"newvalue"}
	otherWords = []string{"unit", "einheit", "period", "zeitraum", "place", "stehtin", "stelle", "source", "quelle",
		"id",
		"kennung", "nr", "lfdnr", "no", "pos", "rang", "rank", "stand", "asof", "seite", "page"}
	percentForm = pattern.Of(`(?i)%|\b(prozent|percent|per cent|anteile?|quote|share)\b`)
)

// findValues finds the column with the values. Where several may be it, a person chooses.
func (t *table) findValues() bool {
	if name := t.m.known.Values; name != "" {
		if t.values = slices.Index(t.names, sheet.OneLine(name)); t.values < 0 {
			t.values = t.named(name)
		}
		if t.values < 0 || t.values == t.labels {
			t.noColumn(valuesKey, name)
			return false
		}
		return t.chosen()
	}
	all := t.valueColumns()
	if plain := slices.DeleteFunc(slices.Clone(all), t.isPercent); len(plain) > 0 {
		all = plain
	}
	if named := slices.DeleteFunc(slices.Clone(all), func(j int) bool {
		return !slices.Contains(valueWords, fold(t.names[j]))
	}); len(named) == 1 {
		all = named
	}
	switch len(all) {
	case 0:
		t.m.Problems = append(t.m.Problems, diag.Diagnostic{Code: "import-column", Place: diag.File(t.m.Path),
			Text: diag.Say("no column of this file holds numbers beside labels",
				"keine Spalte dieser Datei enthält Zahlen neben Bezeichnungen"),
			Ways: []diag.Text{diag.Say(
				"write labels: and values: into content/import.yaml, each with the letter of a column",
				"schreiben Sie labels: und values: in content/import.yaml, jeweils mit dem Buchstaben einer Spalte")}})
		return false
	case 1:
		t.values = all[0]
		return t.chosen()
	}
	q := Question{Key: valuesKey, Text: diag.Say("which column holds the values?",
		"in welcher Spalte stehen die Werte?")}
	if t.m.Across {
		q.Text = diag.Say("which row holds the values?", "in welcher Zeile stehen die Werte?")
	}
	for _, j := range all {
		examples := strings.Join(t.examples(j), "; ")
		q.Choices = append(q.Choices, Choice{Value: t.nameOf(j),
			Text:  diag.Say("%s: %s", "%s: %s", t.nameOf(j), examples),
			Apart: diag.Say("%s", "%s", sheet.OneLine(examples))})
	}
	t.m.Questions = append(t.m.Questions, q)
	return false
}

func (t *table) chosen() bool {
	t.percent = t.isPercent(t.values)
	t.m.Values = t.nameOf(t.values)
	if t.ids >= 0 {
		t.m.Labels = t.nameOf(t.ids)
	} else {
		t.m.Labels = t.nameOf(t.labels)
	}
	var cells []sheet.Cell
	for i, row := range t.rows[t.first:] {
		if c := at(row, t.values); c.Text != "" || c.IsUncomputed() {
			cells = append(cells, *c)
			t.last = t.first + i
		}
	}
	t.reader = newReader(t.m.words, t.m.known, cells)
	return true
}

// valueColumns are those with numbers beside labels.
func (t *table) valueColumns() []int {
	var all []int
	for j := range t.width() {
		if j == t.labels || j == t.ids || slices.Contains(otherWords, fold(t.names[j])) {
			continue
		}
		if len(t.examples(j)) > 0 {
			all = append(all, j)
		}
	}
	return all
}

// mostExamples is how many values of a column a question shows.
const mostExamples = 3

// examples are the first values of a column.
func (t *table) examples(column int) []string {
	var all []string
	for _, row := range t.rows[t.first:] {
		c := at(row, column)
		labelled := at(row, t.labels).Text != "" || at(row, t.ids).Text != ""
		if len(all) < mostExamples && c.Text != "" && isValue(c) && labelled {
			all = append(all, c.Text)
		}
	}
	return all
}

// isPercent reports whether a column says that it holds percentages, or all its numbers do.
func (t *table) isPercent(column int) bool {
	if percentForm().MatchString(t.names[column]) {
		return true
	}
	percents, numbers := 0, 0
	for _, row := range t.rows[t.first:] {
		if c := at(row, column); c.Text != "" && isValue(c) {
			numbers++
			if c.IsPercent() || strings.HasSuffix(c.Text, "%") {
				percents++
			}
		}
	}
	return numbers > 0 && percents == numbers
}
