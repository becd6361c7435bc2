package incoming

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

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
	percent := s.percent || t.percent || percentForm().MatchString(label.bracket)
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
)

// leaveOut is the line that says that a row is no figure.
func leaveOut(r *Row) diag.Text {
	return diag.Say("if the row is no figure of this site, write %s: none in content/import.yaml under rows:",
		"ist die Zeile keine Kennzahl dieser Website, schreiben Sie in content/import.yaml unter rows: %s: none",
		schema.Written(r.Path))
}

// refuse says why the value of a row cannot be taken.
func (t *table) refuse(r *Row, code string, text diag.Text, ways ...diag.Text) {
	r.Kind = Refused
	t.m.Problems = append(t.m.Problems, diag.Diagnostic{Code: code, Place: r.At, About: []string{r.Figure.ID},
		Text: diag.Say("%s: %s", "%s: %s", fullName{r.Figure, t.m.langs}, text), Ways: append(ways, leaveOut(r))})
}

// percentage refuses a share of a figure that counts.
func (t *table) percentage(r *Row, c *sheet.Cell) {
	f, shown := r.Figure, r.Text
	if c.IsPercent() {
		shown = figure.Decimal(r.Value.Number) + "%"
	}
	text := diag.Say("%s is a percentage, but the figure counts %s",
		"%s ist eine Prozentzahl, aber die Kennzahl zählt %s",
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
			"geben Sie die Kennzahlen an, aus denen sie berechnet wird: %s", strings.Join(names, ", ")), leaveOut(r)}})
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
		"%s hat mehr Nachkommastellen, als bei %s vorgesehen sind (%d)", written(r.Value), f.Unit.Named(),
		f.Unit.Decimals),
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
			t.m.Doubts = append(t.m.Doubts, diag.Say("%s: the row counts \"%s\", the figure %s",
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
		Text: diag.Say("what does \"%s\" mean in place of a number?",
			"was bedeutet „%s“ an der Stelle einer Zahl?", word)}
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
			formChoice(english, diag.Say("with a decimal point: %s", "mit Dezimalpunkt: %s", figure.Decimal(doubt[0]))),
			formChoice(german, diag.Say("with a decimal comma: %s", "mit Dezimalkomma: %s", figure.Decimal(doubt[1]))),
		}})
}

func formChoice(value string, text diag.Text) Choice {
	return Choice{Value: value, Text: text, Apart: text}
}
