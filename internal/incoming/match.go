package incoming

import (
	"cmp"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
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
	for _, row := range t.rows[:t.first] {
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
	if t.m.Sheet != "" {
		return t.m.Sheet + "!" + c.Name(column)
	}
	return c.Name(column)
}

// where the rows stand: below which figure, or below which words.
type where struct {
	parent  *figure.Figure
	heading string
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
		r := Row{Label: sheet.OneLine(label.Text), Cell: t.name(value, t.values), At: placeOf(value), Text: value.Text}
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

var remarkForm = regexp.MustCompile(`(?i)^(quelle|source|anmerkung|hinweis|note|remark|stand|as of|erstellt|abgerufen|©)`)

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
		remarkForm.MatchString(c.Text) || utf8.RuneCountInString(c.Text) > longLabel {
		t.m.Footnotes = append(t.m.Footnotes, t.remark(c, first))
		return true
	}
	if len(t.index.find(readLabel(c.Text))) > 0 && first == t.labels {
		return false
	}
	t.m.Headings = append(t.m.Headings, t.remark(c, first))
	*w = where{heading: sheet.OneLine(c.Text)}
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
		w = where{heading: sheet.OneLine(c.Text)}
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
	if f != nil && r.Kind == "" {
		t.value(r, value, label)
	}
}

// find finds the figure of a row: by what somebody said, by id, by label.
func (t *table) find(r *Row, cells []sheet.Cell, label reading, here where, asked string) {
	for _, path := range []string{r.Path, r.Label} {
		key := foldedPath(path)
		if id := t.m.known.Rows[key]; id != "" {
			if r.Figure = t.figureOf(id); r.Figure == nil {
				t.noFigure(r, id, t.m.known.at[rowsKey+" "+key])
			}
			return
		}
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
		r.Kind, r.Near = Unknown, t.index.near(label)
	case len(found) > 1:
		t.ask(r, found, asked)
	case label.below && here.parent != nil && found[0].Parent != nil && found[0].Parent != here.parent,
		found[0].Series != nil && len(found[0].Series.Points) > 1:
		t.ask(r, found, asked)
	default:
		r.Figure = found[0]
	}
}

// noFigure says that an id in content/import.yaml is none.
func (t *table) noFigure(r *Row, id string, place diag.Place) {
	r.Kind = Refused
	if place.Path == "" {
		place = diag.File(Path)
	}
	d := diag.Diagnostic{Code: "figure-unknown", Place: place, About: []string{id},
		Text: diag.Say("there is no figure %s", "es gibt keine Kennzahl %s", id)}
	for _, near := range t.m.set.Nearest(id) {
		d.Ways = append(d.Ways, diag.Say("write %s", "schreiben Sie %s", near.ID))
	}
	t.m.Problems = append(t.m.Problems, d)
}

// ask asks which figure a row is.
func (t *table) ask(r *Row, found []*figure.Figure, asked string) {
	r.Kind = Open
	q := Question{Key: rowsKey, Of: asked, Cell: r.Cell,
		Text: diag.Say("which figure is “%s”?", "welche Kennzahl ist „%s“?", asked)}
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
			q.Choices = append(q.Choices, choiceOf(f, t.m.langs))
			continue
		}
		dates = append(dates, f)
	}
	for _, f := range dates {
		if len(found) == 1 {
			q.Text = diag.Say("which date of the series %s is “%s”? A new date needs a row of its own in %s",
				"welcher Stand der Zeitreihe %s ist „%s“? Ein neuer Stand braucht eine eigene Zeile in %s",
				f.Named(), asked, f.ValueAt.Path)
		}
		for _, point := range slices.Backward(f.Series.Points) {
			q.Choices = append(q.Choices, choiceOf(point, t.m.langs))
		}
	}
	q.Choices = append(q.Choices, noFigureChoice)
	t.m.Questions = append(t.m.Questions, q)
}

var noFigureChoice = Choice{Leave: true, Text: diag.Say("none of them: leave the row out", "keine davon: die Zeile auslassen")}

func choiceOf(f *figure.Figure, langs []*locale.Lang) Choice {
	return Choice{Value: f.ID, Text: diag.Say("%s (%s)", "%s (%s)", fullName{f, langs}, f.ID)}
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
		if other := fold(name); len(other) > 3 && len(key) > 3 && (strings.Contains(key, other) || strings.Contains(other, key)) {
			take(x.ofLabel[name])
		}
	}
	return all
}

// value reads what a row says of its figure.
func (t *table) value(r *Row, c *sheet.Cell, label reading) {
	f := r.Figure
	if c.Text == "" && !c.IsUncomputed() {
		r.Kind = Empty
		return
	}
	if thousands(label.bracket) > 1 {
		t.refuse(r, "import-value", diag.Say("the label says that the number is %s",
			"die Bezeichnung sagt, dass die Zahl %s angegeben ist", label.bracket), inDigitsWay)
		return
	}
	s := t.reader.read(c, f)
	r.Value = s.value
	percent := s.percent || t.percent || percentForm.MatchString(label.bracket)
	switch {
	case f.Formula != "":
		t.computed(r)
		return
	case !s.bad.IsZero():
		t.refuse(r, "import-value", s.bad, writeWay)
		return
	case s.word != "":
		t.askWord(r, s.word)
		return
	case s.doubt[0] != nil:
		t.askForm(r, s.doubt)
		return
	case percent && !f.Unit.IsPercent() && s.value.Number != nil:
		t.percentage(r, c)
		return
	}
	if n := r.Value.Number; n != nil && t.m.known.Times > 1 && !percent {
		r.Value.Number = new(big.Rat).Mul(n, big.NewRat(int64(t.m.known.Times), 1))
	}
	if !t.fitsUnit(r) {
		return
	}
	t.sayUnit(r, label.bracket)
	r.Kind = New
	if f.Value.Same(r.Value) {
		r.Kind = Same
	}
	r.Note = cmp.Or(s.mark, label.mark) // the mark, until the footnotes are known
}

var (
	writeWay = diag.Say("write the number into the cell, as digits",
		"schreiben Sie die Zahl in die Zelle, in Ziffern")
	inDigitsWay = diag.Say("write the whole number into the cell, and take this out of the label",
		"schreiben Sie die ganze Zahl in die Zelle, und nehmen Sie das aus der Bezeichnung heraus")
	leaveOutWay = diag.Say("if the row is no figure of this site, add it to leave_out: in content/import.yaml",
		"ist die Zeile keine Kennzahl dieser Website, ergänzen Sie sie in content/import.yaml unter leave_out:")
)

// refuse says why the value of a row cannot be taken.
func (t *table) refuse(r *Row, code string, text diag.Text, ways ...diag.Text) {
	r.Kind = Refused
	t.m.Problems = append(t.m.Problems, diag.Diagnostic{Code: code, Place: r.At, About: []string{r.Figure.ID},
		Text: diag.Say("%s: %s", "%s: %s", fullName{r.Figure, t.m.langs}, text), Ways: append(ways, leaveOutWay)})
}

// percentage refuses a share of a figure that counts.
func (t *table) percentage(r *Row, c *sheet.Cell) {
	f, shown := r.Figure, r.Text
	if c.IsPercent() {
		shown = figure.Decimal(r.Value.Number) + "%"
	}
	text := diag.Say("%s is a percentage, but the figure counts %s", "%s ist eine Prozentzahl, aber die Kennzahl zählt %s",
		shown, f.Unit.Named())
	ways := []diag.Text{diag.Say("give the number itself", "geben Sie die Zahl selbst an")}
	if whole := f.Whole(); whole != nil {
		ways = []diag.Text{diag.Say("give the number itself, and that of %s; the share is computed "+
			"([](fig:%s?share))", "geben Sie die Zahl selbst an und die von %s; der Anteil wird berechnet "+
			"([](fig:%s?share))", fullName{whole, t.m.langs}, f.ID)}
	}
	t.refuse(r, "import-percent", text, ways...)
}

// computed says that a figure is computed, and of what.
func (t *table) computed(r *Row) {
	f := r.Figure
	r.Kind = Computed
	if n := r.Value.Number; n != nil && f.Value.Number != nil &&
		locale.Round(n, f.Decimals).Cmp(locale.Round(f.Value.Number, f.Decimals)) == 0 {
		return
	}
	names := make([]string, len(f.Inputs))
	for i, in := range f.Inputs {
		names[i] = in.ID
	}
	t.m.Problems = append(t.m.Problems, diag.Diagnostic{Code: "import-computed", Severity: diag.Warning, Place: r.At,
		About: []string{f.ID},
		Text: diag.Say("%s is computed, so %s is not taken from the file",
			"%s wird berechnet; deshalb wird %s nicht aus der Datei übernommen", fullName{f, t.m.langs}, r.Text),
		Notes: []diag.Note{{Place: f.ValueAt, Text: diag.Say("the formula: %s", "die Formel: %s", f.Formula)}},
		Ways: []diag.Text{diag.Say("give the figures that it is computed from: %s",
			"geben Sie die Kennzahlen an, aus denen sie berechnet wird: %s", strings.Join(names, ", ")), leaveOutWay}})
}

// fitsUnit reports whether a value has no more decimals than the unit; zeros at its end do
// not count.
func (t *table) fitsUnit(r *Row) bool {
	f := r.Figure
	if r.Value.Number == nil || f.Cell != nil {
		return true
	}
	if decimals, ends := r.Value.Number.FloatPrec(); ends && decimals <= f.Unit.Decimals {
		return true
	}
	t.refuse(r, "import-value", diag.Say("%s has more decimals than %s may have (%d)",
		"%s hat mehr Nachkommastellen, als bei %s vorgesehen sind (%d)", written(r.Value), f.Unit.Named(), f.Unit.Decimals),
		diag.Say("round it in the file: ROUND(…; %d)", "runden Sie in der Datei: RUNDEN(…; %d)", f.Unit.Decimals))
	return false
}

// sayUnit says that a row names another unit than that of its figure.
func (t *table) sayUnit(r *Row, bracket string) {
	word := fold(bracket)
	for _, unit := range t.m.set.Units() {
		for _, l := range t.m.langs {
			if word == "" || unit == r.Figure.Unit || !slices.ContainsFunc(unit.Nouns(l.Code), func(n string) bool {
				return fold(n) == word
			}) {
				continue
			}
			t.m.Doubts = append(t.m.Doubts, diag.Say("%s: the row counts “%s”, the figure %s",
				"%s: Die Zeile zählt „%s“, die Kennzahl %s", r.Cell, bracket, r.Figure.Unit.Named()))
			return
		}
	}
}

// askWord asks what a sign in place of a number means. It is asked once.
func (t *table) askWord(r *Row, word string) {
	r.Kind = Open
	if slices.ContainsFunc(t.m.Questions, func(q Question) bool { return q.Key == missingKey && q.Of == word }) {
		return
	}
	q := Question{Key: missingKey, Of: word, Cell: r.Cell,
		Text: diag.Say("what does “%s” mean in place of a number?", "was bedeutet „%s“ an der Stelle einer Zahl?", word)}
	for _, reason := range figure.Reasons() {
		q.Choices = append(q.Choices, Choice{Value: reason, Text: diag.Say("%s", "%s", reasonIn(reason))})
	}
	t.m.Questions = append(t.m.Questions, q)
}

// reasonIn is a reason, and what pages say for it.
type reasonIn figure.Reason

// In gives the words of a language of messages.
func (r reasonIn) In(lang string) string {
	words := figure.ReasonIn(locale.Must(lang), figure.Reason(r))
	if words == string(r) {
		return words
	}
	return string(r) + " (" + words + ")"
}

// askForm asks how the file writes numbers. It is asked once.
func (t *table) askForm(r *Row, doubt [2]*big.Rat) {
	r.Kind, r.Value = Open, figure.Value{}
	if slices.ContainsFunc(t.m.Questions, func(q Question) bool { return q.Key == numbersKey }) {
		return
	}
	t.m.Questions = append(t.m.Questions, Question{Key: numbersKey, Cell: r.Cell,
		Text: diag.Say("how does the file write numbers? %s can be read in two ways",
			"wie schreibt die Datei Zahlen? %s lässt sich auf zwei Arten lesen", r.Text),
		Choices: []Choice{
			{Value: english, Text: diag.Say("with a decimal point: %s", "mit Dezimalpunkt: %s", figure.Decimal(doubt[0]))},
			{Value: german, Text: diag.Say("with a decimal comma: %s", "mit Dezimalkomma: %s", figure.Decimal(doubt[1]))},
		}})
}

// scaleForms are words that say that numbers stand for more than they are.
var scaleForms = []struct {
	form  *regexp.Regexp
	times int
}{
	{regexp.MustCompile(`(?i)\b(in|je|per) (tausend|tsd\b\.?|1[., ]?000|thousands?)|'000|\btsd\.`), 1_000},
	{regexp.MustCompile(`(?i)\bin (millionen|mio\b\.?|millions?|1[., ]?000[., ]?000)|\bmio\.`), 1_000_000},
	{regexp.MustCompile(`(?i)\bin (milliarden|mrd\b\.?|billions?)|\bmrd\.`), 1_000_000_000},
}

// thousands is what words multiply by; 1 for none.
func thousands(text string) int {
	for _, s := range slices.Backward(scaleForms) {
		if s.form.MatchString(text) {
			return s.times
		}
	}
	return 1
}

// scale asks whether numbers are meant in thousands where the file says so somewhere.
func (t *table) scale() {
	if t.m.known.Times != 0 {
		return
	}
	texts := slices.Clone(t.m.Titles)
	if t.head >= 0 {
		texts = append(texts, t.remark(at(t.rows[t.head], t.values), t.values))
	}
	for _, row := range t.rows[t.last+1:] {
		for j := range row {
			texts = append(texts, t.remark(&row[j], j))
		}
	}
	for _, text := range texts {
		times := thousands(text.Text)
		if times == 1 {
			continue
		}
		t.m.Questions = append(t.m.Questions, Question{Key: timesKey, Cell: text.Cell,
			Text: diag.Say("the file says “%s”; what are its numbers to be multiplied by?",
				"in der Datei steht „%s“; womit sind ihre Zahlen malzunehmen?", text.Text),
			Choices: []Choice{
				{Value: big.NewInt(int64(times)).String(), Text: diag.Say("%d", "%d", times)},
				{Value: "1", Text: diag.Say("nothing: the numbers are whole", "gar nicht: Die Zahlen sind ganz angegeben")},
			}})
		return
	}
}

// footnotes finds the notes that marks at values and labels lead to. They become notes of
// figures in the language that somebody said.
func (t *table) footnotes() {
	asked := false
	for i := range t.m.Rows {
		r := &t.m.Rows[i]
		mark := r.Note
		if r.Note = ""; mark == "" || r.Figure == nil {
			continue
		}
		note := t.noteOf(mark)
		if note == nil {
			t.m.Doubts = append(t.m.Doubts, diag.Say("%s: a mark stands at “%s” (%s), but no note below the table explains it",
				"%s: Bei „%s“ steht ein Zeichen (%s), aber keine Anmerkung unter der Tabelle erklärt es", r.Cell, r.Label, mark))
			continue
		}
		_, text := cutNote(note.Text)
		if t.m.known.Notes == "" {
			if !asked {
				t.askNotes(note)
			}
			asked = true
			continue
		}
		t.note(r, note.Cell, text)
	}
	t.knownLang()
}

// knownLang says that the site has no language of a name that somebody gave.
func (t *table) knownLang() {
	lang := t.m.known.Notes
	if lang == "" || slices.ContainsFunc(t.m.langs, func(l *locale.Lang) bool { return l.Code == lang }) {
		return
	}
	d := diag.Diagnostic{Code: "value-unknown", Place: t.m.known.at[notesKey],
		Text: diag.Say("the site has no language %s", "die Website hat keine Sprache %s", lang)}
	if d.Place.Path == "" {
		d.Place = diag.File(Path)
	}
	t.m.Problems = append(t.m.Problems, d)
}

func (t *table) noteOf(mark string) *Remark {
	for i := range t.m.Footnotes {
		if own, _ := cutNote(t.m.Footnotes[i].Text); own != "" && sameMark(own, mark) {
			return &t.m.Footnotes[i]
		}
	}
	return nil
}

// note makes a footnote the note of a figure, unless it has one.
func (t *table) note(r *Row, cell, text string) {
	has, ok := figure.In(r.Figure.Notes, t.m.known.Notes)
	switch {
	case ok && fold(has.Text) == fold(text):
	case len(r.Figure.Notes) > 0:
		t.m.Doubts = append(t.m.Doubts, diag.Say("%s: %s has a note already, which stays; add to it by hand: %s",
			"%s: %s hat schon eine Anmerkung, die bleibt; ergänzen Sie von Hand: %s", cell,
			fullName{r.Figure, t.m.langs}, text))
	default:
		r.Kind, r.Note = New, text
	}
}

func (t *table) askNotes(note *Remark) {
	q := Question{Key: notesKey, Cell: note.Cell,
		Text: diag.Say("in which language are the notes of the file? They become notes of figures: %s",
			"in welcher Sprache sind die Anmerkungen der Datei? Sie werden Anmerkungen von Kennzahlen: %s", note.Text)}
	for _, l := range t.m.langs {
		q.Choices = append(q.Choices, Choice{Value: l.Code, Text: diag.Say("%s", "%s", l)})
	}
	t.m.Questions = append(t.m.Questions, q)
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
		t.m.Problems = append(t.m.Problems, diag.Diagnostic{Code: "import-twice", Place: r.At, About: []string{r.Figure.ID},
			Text: diag.Say("two rows are %s, and say different values: %s and %s",
				"zwei Zeilen sind %s und nennen verschiedene Werte: %s und %s", fullName{r.Figure, t.m.langs},
				before.Text, r.Text),
			Notes: []diag.Note{{Place: before.At, Text: diag.Say("the other row", "die andere Zeile")}},
			Ways: []diag.Text{diag.Say("say in content/import.yaml under rows: which row is which figure: \"%s\" and \"%s\"",
				"schreiben Sie in content/import.yaml unter rows:, welche Zeile welche Kennzahl ist: „%s“ und „%s“",
				before.Path, r.Path), leaveOutWay}})
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
		case seen[f] || f.Formula != "" || f.ValueAt.Cell != "" || f.Series != nil || f.Cell != nil && !files[f.ValueAt.Path]:
		case files[f.ValueAt.Path]:
			near = append(near, f)
		default:
			far = append(far, f)
		}
	}
	t.m.Absent = append(near, far...)
}
