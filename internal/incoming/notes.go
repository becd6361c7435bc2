package incoming

import (
	"math/big"
	"regexp"
	"slices"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/pattern"
)

// scaleForms are words that say that numbers stand for more than they are.
var scaleForms = []struct {
	form  func() *regexp.Regexp
	times int
}{
	{pattern.Of(`(?i)\b(in|je|per) (tausend|tsd\b\.?|1[., ]?000|thousands?)|'000|\btsd\.`), 1_000},
	{pattern.Of(`(?i)\bin (millionen|mio\b\.?|millions?|1[., ]?000[., ]?000)|\bmio\.`), 1_000_000},
	{pattern.Of(`(?i)\bin (milliarden|mrd\b\.?|billions?)|\bmrd\.`), 1_000_000_000},
}

// thousands is what words multiply by; 1 for none.
func thousands(text string) int {
	for _, s := range slices.Backward(scaleForms) {
		if s.form().MatchString(text) {
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
		t.now = t.head
		texts = append(texts, t.remark(at(t.rows[t.head], t.values), t.values))
	}
	for i, row := range t.rows[t.last+1:] {
		t.now = t.last + 1 + i
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
			Text: diag.Say("the file says \"%s\"; what are its numbers to be multiplied by?",
				"in der Datei steht „%s“; womit sind ihre Zahlen malzunehmen?", text.Text),
			Choices: []Choice{
				{Value: big.NewInt(int64(times)).String(), Text: diag.Say("%d", "%d", times)},
				formChoice("1", diag.Say("nothing: the numbers are whole",
					"gar nicht: Die Zahlen sind ganz angegeben")),
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
		if r.Note = ""; mark == "" || r.Figure == nil && r.Kind != Open {
			continue
		}
		switch note := t.noteOf(mark); {
		case note == nil && r.Kind != Open:
			t.m.Doubts = append(t.m.Doubts,
				diag.Say("%s: a mark stands at \"%s\" (%s), but no note below the table explains it",
					"%s: Bei „%s“ steht ein Zeichen (%s), aber keine Anmerkung unter der Tabelle erklärt es", r.Cell,
					r.Label, mark))
		case note == nil:
		case t.m.known.Notes == "":
			if !asked {
				t.askNotes(note)
			}
			asked = true
		case r.Figure != nil:
			_, text := cutNote(note.Text)
			t.note(r, note.Cell, text)
		}
	}
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
		Line: diag.Say("in which language is \"%s\"?", "in welcher Sprache ist „%s“?", note.Text),
		Text: diag.Say("in which language are the notes of the file? They become notes of figures: %s",
			"in welcher Sprache sind die Anmerkungen der Datei? Sie werden Anmerkungen von Kennzahlen: %s", note.Text)}
	for _, l := range t.m.langs {
		q.Choices = append(q.Choices, formChoice(l.Code, diag.Say("%s", "%s", l)))
	}
	t.m.Questions = append(t.m.Questions, q)
}
