package incoming

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/pattern"
	"bilanz/internal/sheet"
)

// figureOf finds a figure by its id, or by one that it once had.
func (t *table) figureOf(id string) *figure.Figure {
	if f, ok := t.m.set.Lookup(id); ok {
		return f
	}
	f, _ := t.m.set.Renamed(id)
	return f
}

// findRemarks takes what stands above the names of the columns for titles.
func (t *table) findRemarks() {
	for at, row := range t.rows[:t.first] {
		t.now = at
		if n, i := filled(row); n > 0 && (t.head < 0 || &row[0] != &t.rows[t.head][0]) {
			t.m.Titles = append(t.m.Titles, t.remark(&row[i], i))
		}
	}
}

func (t *table) remark(c *sheet.Cell, column int) Remark {
	return Remark{Cell: t.name(c, column), Text: sheet.OneLine(c.Text)}
}

// name is how programs call a cell: "Sheet1!B7", of a text file "B7".
func (t *table) name(c *sheet.Cell, column int) string {
	if *c == (sheet.Cell{}) {
		return "" // the file does not have it
	}
	if t.m.Across {
		column = t.now
	}
	if t.m.Sheet != "" {
		return t.m.Sheet + "!" + c.Name(column)
	}
	return c.Name(column)
}

// where the rows stand: below which figure, or below which words.
type where struct {
	parent  *figure.Figure
	heading string
	apart   bool // the words stand in a row or column of their own, for those below
}

// read makes a row of each that has a label.
func (t *table) read() {
	var w where
	t.often = map[string]int{}
	for _, row := range t.rows[t.first:] {
		t.often[fold(at(row, t.labels).Text)]++
	}
	for i := t.first; i < len(t.rows); i++ {
		row := t.rows[i]
		t.now = i
		n, first := filled(row)
		label, value := at(row, t.labels), at(row, t.values)
		if n == 0 {
			continue
		}
		noValue := value.Text == "" && !value.IsUncomputed()
		if noValue && n == 1 && t.isRemark(i, row, first, &w) {
			continue
		}
		if noValue && label.Text == "" && at(row, t.ids).Text == "" {
			t.m.Footnotes = append(t.m.Footnotes, t.remark(&row[first], first))
			continue
		}
		r := Row{Label: sheet.OneLine(label.Text), Cell: t.name(value, t.values), At: placeOf(value), Text: value.Text,
			Hidden: value.IsHidden()}
		if r.Label == "" {
			r.Label = at(row, t.ids).Text
		}
		if noValue {
			r.Cell = ""
		}
		t.row(&r, row, value, t.group(row, w), &w)
		t.m.Rows = append(t.m.Rows, r)
	}
}

// placeOf is the place of a cell; nowhere for one that the file does not have.
func placeOf(c *sheet.Cell) (p diag.Place) {
	if *c == (sheet.Cell{}) {
		return p
	}
	return c.Place()
}

var remarkForm = pattern.Of(
	`(?i)^(quelle|source|anmerkung|hinweis|note|remark|stand|as of|erstellt|abgerufen|©)`)

// longLabel is how many letters a label has at most.
const longLabel = 80

// isRemark takes a row with one cell for a footnote or a heading, unless it is a figure
// without a value.
func (t *table) isRemark(i int, row []sheet.Cell, first int, w *where) bool {
	c := &row[first]
	if first == t.ids && t.figureOf(c.Text) != nil || first == t.labels && t.m.known.Rows[fold(c.Text)] != "" {
		return false
	}
	if mark, _ := cutNote(c.Text); mark != "" || i > t.last && len(t.index.find(readLabel(c.Text))) == 0 ||
		remarkForm().MatchString(c.Text) || utf8.RuneCountInString(c.Text) > longLabel {
		t.m.Footnotes = append(t.m.Footnotes, t.remark(c, first))
		return true
	}
	if len(t.index.find(readLabel(c.Text))) > 0 && first == t.labels {
		return false
	}
	t.m.Headings = append(t.m.Headings, t.remark(c, first))
	*w = where{heading: sheet.OneLine(c.Text), apart: true}
	return true
}

// group is where a row stands, which a cell left of its label may say.
func (t *table) group(row []sheet.Cell, w where) where {
	for j := t.labels - 1; j >= 0; j-- {
		c := at(row, j)
		if j == t.ids || c.Text == "" || !strings.ContainsFunc(c.Text, unicode.IsLetter) {
			continue
		}
		found := t.index.find(readLabel(c.Text))
		w = where{heading: sheet.OneLine(c.Text), apart: true}
		if len(found) == 1 {
			w.parent = found[0]
		}
		return w
	}
	return w
}

// row finds which figure a row is, and what it says of it.
func (t *table) row(r *Row, cells []sheet.Cell, value *sheet.Cell, here where, w *where) {
	label := readLabel(r.Label)
	r.Path = r.Label
	if here.heading != "" && here.heading != r.Label {
		r.Path = here.heading + between + r.Label
	}
	if t.m.known.leavesOut(r.Label) || t.m.known.leavesOut(r.Path) {
		r.Kind = LeftOut
		return
	}
	asked := r.Path
	if t.often[fold(r.Label)] < 2 {
		asked = r.Label
	}
	t.find(r, cells, label, here, asked)
	r.Path = asked
	f := r.Figure
	switch {
	case f != nil && (f.Parent == nil || len(f.Parts) > 0):
		*w = where{parent: f, heading: r.Label}
	case f == nil && r.Kind == Unknown && !label.below && here == *w:
		*w = where{heading: r.Label}
	}
	switch {
	case f != nil && r.Kind == "":
		t.value(r, value, label)
	case r.Kind == Open: // its note is asked for together with it
		_, mark := cutMark(value.Text)
		r.Note = cmp.Or(mark, label.mark)
	}
}

// find finds the figure of a row: by what somebody said, by id, by label.
func (t *table) find(r *Row, cells []sheet.Cell, label reading, here where, asked string) {
	for _, path := range []string{r.Path, r.Label} {
		key := foldedPath(path)
		switch id := t.m.known.Rows[key]; id {
		case "":
			continue
		case none:
			r.Kind = LeftOut
		default:
			if r.Figure = t.figureOf(id); r.Figure == nil {
				r.Kind = Refused // which is said of content/import.yaml
			}
		}
		return
	}
	if id := at(cells, t.ids).Text; id != "" {
		if r.Figure = t.figureOf(id); r.Figure == nil {
			r.Kind, r.Near = Unknown, t.m.set.Nearest(id)
		}
		return
	}
	found := t.index.find(label)
	if len(found) > 1 && here.parent != nil {
		parts := slices.DeleteFunc(slices.Clone(found), func(f *figure.Figure) bool { return f.Parent != here.parent })
		if len(parts) == 1 {
			found = parts
		}
	}
	switch {
	case len(found) == 0:
		r.Kind = Unknown
		if t.unknown++; t.unknown <= MostUnknown {
			r.Near = t.index.near(label)
		}
	case len(found) > 1:
		t.ask(r, found, asked)
	case found[0].Parent != nil && found[0].Parent != here.parent && (here.apart || label.below && here.parent != nil),
		found[0].Series != nil && len(found[0].Series.Points) > 1:
		t.ask(r, found, asked)
	default:
		r.Figure = found[0]
	}
}

// ask asks which figure a row is.
func (t *table) ask(r *Row, found []*figure.Figure, asked string) {
	r.Kind = Open
	q := Question{Key: rowsKey, Of: asked, Cell: r.Cell,
		Text: diag.Say("which figure is \"%s\"?", "welche Kennzahl ist „%s“?", asked)}
	if len(found) == 1 {
		for _, f := range t.index.near(readLabel(r.Label)) {
			if !slices.Contains(found, f) && f.Formula == "" {
				found = append(found, f) // by its label nobody would be surprised by it
			}
		}
	}
	var dates []*figure.Figure
	for _, f := range found {
		if s := f.Series; s == nil || !f.Date.IsZero() || len(s.Points) < 2 {
			q.Choices = append(q.Choices, t.choice(f, r.Label))
			continue
		}
		dates = append(dates, f)
	}
	for _, f := range dates {
		if len(found) == 1 {
			q.Text = diag.Say("which date of the series %s is \"%s\"? A new date needs a row of its own in %s",
				"welcher Stand der Zeitreihe %s ist „%s“? Ein neuer Stand braucht eine eigene Zeile in %s",
				f.Named(), asked, f.ValueAt.Path)
			q.Line = diag.Say("a new date needs a row of its own in %s",
				"ein neuer Stand braucht eine eigene Zeile in %s", f.ValueAt.Path)
		}
		for _, point := range slices.Backward(f.Series.Points) {
			q.Choices = append(q.Choices, t.choice(point, r.Label))
		}
	}
	q.Choices = append(q.Choices, Choice{Value: none,
		Text: diag.Say("none of them: leave the row out", "keine davon: die Zeile auslassen")})
	t.m.Questions = append(t.m.Questions, q)
}

// choice is a figure that a row of a label may be. What the label says already is not said
// again, nor the date, which the id says.
func (t *table) choice(f *figure.Figure, label string) Choice {
	name := fullName{f, t.m.langs}
	c := Choice{Value: f.ID, Text: diag.Say("%s (%s)", "%s (%s)", name, f.ID)}
	if f.Date.IsZero() && !slices.ContainsFunc(t.m.langs, func(l *locale.Lang) bool {
		return fold(name.In(l.Code)) == fold(label)
	}) {
		c.Apart = diag.Say("%s", "%s", name)
	}
	return c
}

// fullName is a figure in the words of the language of messages, or of the site where it has
// none of those.
type fullName struct {
	f     *figure.Figure
	langs []*locale.Lang
}

// In gives the words of a language.
func (n fullName) In(lang string) string {
	for _, code := range []string{lang, ""} {
		for _, l := range n.langs {
			if (l.Code == code || code == "") && n.f.Label[l.Code] != "" {
				if !n.f.Date.IsZero() {
					return n.f.Label[l.Code] // which says the date
				}
				return n.f.Full(l)
			}
		}
	}
	return n.f.ID
}

// MostUnknown is for how many rows figures are looked for that may be meant: nobody reads more.
const MostUnknown = 100

// mostNear is how many figures are offered for a row that is none.
const mostNear = 3

// near gives the figures that an unknown label may mean: those with nearly that label, and
// those whose label stands in it, or it in theirs.
func (x *index) near(label reading) []*figure.Figure {
	var all []*figure.Figure
	take := func(f *figure.Figure) {
		if len(all) < mostNear && !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	last := label.texts[len(label.texts)-1]
	for _, name := range diag.Nearest(last, x.nearness) {
		take(x.ofLabel[name])
	}
	key := fold(last)
	for _, name := range x.nearness {
		other := fold(name)
		if min(len(other), len(key)) > 3 && (strings.Contains(key, other) || strings.Contains(other, key)) {
			take(x.ofLabel[name])
		}
	}
	return all
}

// twice says that two rows say different things of one figure.
func (t *table) twice() {
	first := map[*figure.Figure]*Row{}
	for i := range t.m.Rows {
		r := &t.m.Rows[i]
		if r.Figure == nil || r.Kind != New && r.Kind != Same {
			continue
		}
		before := first[r.Figure]
		if before == nil {
			first[r.Figure] = r
			continue
		}
		if before.Value.Same(r.Value) {
			if r.Note == "" {
				r.Kind = Same
			}
			continue
		}
		r.Kind, before.Kind = Refused, Refused
		t.m.Problems = append(t.m.Problems, diag.Diagnostic{Code: "import-twice", Place: r.At,
			About: []string{r.Figure.ID},
			Text: diag.Say("two rows are %s, and say different values: %s and %s",
				"zwei Zeilen sind %s und nennen verschiedene Werte: %s und %s", fullName{r.Figure, t.m.langs},
				before.Text, r.Text),
			Notes: []diag.Note{{Place: before.At, Text: diag.Say("the other row", "die andere Zeile")}},
			Ways: []diag.Text{diag.Say(
				"say in content/import.yaml under rows: which row is which figure: \"%s\" and \"%s\"",
				"schreiben Sie in content/import.yaml unter rows:, welche Zeile welche Kennzahl ist: „%s“ und „%s“",
				before.Path, r.Path), leaveOut(r)}})
	}
}

// absent lists the typed figures that the file does not have: first those that stand in the
// same files as others that it has.
func (t *table) absent() {
	seen, files := map[*figure.Figure]bool{}, map[string]bool{}
	for _, r := range t.m.Rows {
		if r.Figure != nil {
			seen[r.Figure] = true
			files[r.Figure.ValueAt.Path] = true
		}
	}
	var near, far []*figure.Figure
	for _, f := range t.m.set.All() {
		switch {
		case seen[f], f.Formula != "", f.ValueAt.Cell != "", f.Series != nil, f.Cell != nil && !files[f.ValueAt.Path]:
		case files[f.ValueAt.Path]:
			near = append(near, f)
		default:
			far = append(far, f)
		}
	}
	t.m.Absent = append(near, far...)
}
