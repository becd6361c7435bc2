package incoming

import (
	"math/big"
	"regexp"
	"slices"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
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
				{Value: "1", Text: diag.Say("nothing: the numbers are whole",
					"gar nicht: Die Zahlen sind ganz angegeben")},
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
			t.m.Doubts = append(t.m.Doubts,
				diag.Say("%s: a mark stands at \"%s\" (%s), but no note below the table explains it",
					"%s: Bei „%s“ steht ein Zeichen (%s), aber keine Anmerkung unter der Tabelle erklärt es", r.Cell,
					r.Label, mark))
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
