package compare

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"bilanz/internal/diag"
)

// The words of both forms, on a terminal and in a proposal. What stands in a state is
// cleaned before it is printed: it may come from somewhere else.

var factNames = map[Name]diag.Text{
	Value:  diag.Say("Value", "Wert"),
	Label:  diag.Say("Label", "Bezeichnung"),
	Unit:   diag.Say("Unit", "Einheit"),
	Time:   diag.Say("Period", "Zeitraum"),
	Source: diag.Say("Source", "Quelle"),
	Status: diag.Say("Status", "Status"),
	Parts:  diag.Say("Parts", "Teile"),
	Gap:    diag.Say("Discrepancy", "Unstimmigkeit"),
}

var jumpNames = map[Jump]diag.Text{
	Sign:    diag.Say("the sign changed", "das Vorzeichen ist ein anderes"),
	Doubled: diag.Say("more than double", "mehr als das Doppelte"),
	Halved:  diag.Say("less than half", "weniger als die Hälfte"),
	Digits:  diag.Say("another number of digits before the decimal sign", "eine andere Zahl von Stellen vor dem Komma"),
}

// In says what fact it is, in the language of messages.
func (n Name) In(lang string) string { return factNames[n].In(lang) }

// In says the jump in the language of messages.
func (j Jump) In(lang string) string { return jumpNames[j].In(lang) }

// to says what a place has to do with figures.
func (r Relation) to(figures string) diag.Text {
	switch r {
	case Rests:
		return diag.Say("rests on %s", "beruht auf %s", figures)
	case Speaks:
		return diag.Say("speaks about %s", "spricht über %s", figures)
	case Shows:
		return diag.Say("shows %s", "zeigt %s", figures)
	case Proves:
		return diag.Say("proves something of %s", "prüft %s", figures)
	}
	return diag.Say("says %s", "nennt %s", figures)
}

var kindNames = map[string]diag.Text{
	"sentence": diag.Say("sentence", "Satz"), "title": diag.Say("title", "Titel"),
	"description": diag.Say("description", "Beschreibung"), "note": diag.Say("note", "Anmerkung"),
	"chart": diag.Say("chart", "Diagramm"), "table": diag.Say("table", "Tabelle"),
	"figures": diag.Say("headline block", "Kennzahlen-Block"), "cards": diag.Say("block of cards", "Karten-Block"),
	"formula": diag.Say("formula", "Formel"),
	"check":   diag.Say("check", "Prüfung"), "claim": diag.Say("claim", "Behauptung"),
}

// KindName says what kind of place it is.
func KindName(kind string) diag.Text { return kindNames[kind] }

// writer prints changes in one language; quote makes a text of a state harmless in the
// form that is written.
type writer struct {
	strings.Builder
	c     *Changes
	lang  string
	quote func(string) string
	link  string // the address below which files lie; "" for none
}

func (w *writer) say(en, de string, args ...any) string { return diag.Say(en, de, args...).In(w.lang) }

// line prints a line.
func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// named is a figure: its label, and behind it its id.
func (w *writer) named(f *Figure) (label, id string) {
	return w.quote(f.Label.In(w.lang)), w.quote(f.ID)
}

// fact is what a fact was and is, each as readers get it.
func (w *writer) fact(change *FigureChange, name Name) (before, after string) {
	none := w.say("none", "keine")
	if name == Time {
		none = w.say("none", "keiner")
	}
	if name == Value && change.Old.Text.In(w.lang) == change.New.Text.In(w.lang) {
		name = exact // the difference is in digits that pages do not show
	}
	if before = w.quote(w.c.Old.said(name, change.Old, w.lang)); before == "" {
		before = none
	}
	if after = w.quote(w.c.New.said(name, change.New, w.lang)); after == "" {
		after = none
	}
	return before, after
}

// jump says that a change is a jump, and whether somebody confirmed it.
func (w *writer) jump(change *FigureChange) string {
	if change.Confirmed {
		return w.say("jump (%s), confirmed", "Sprung (%s), bestätigt", change.Jump)
	}
	return w.say("jump: %s", "Sprung: %s", change.Jump)
}

// nothing says that all is as it was. A built site knows no words.
func (w *writer) nothing() string {
	if w.c.Old.Built {
		return w.say("No figure changes for readers, nor any address; words are not compared with a built site.",
			"Für die Leser ändert sich keine Kennzahl und keine Adresse; Wörter werden mit einer gebauten "+
				"Website nicht verglichen.")
	}
	return w.say("Nothing changes for readers: no figure, no words of a page, no address.",
		"Für die Leser ändert sich nichts: keine Kennzahl, keine Wörter einer Seite, keine Adresse.")
}

// unconfirmed gives the jumps that nobody signed for.
func (w *writer) unconfirmed() []*FigureChange {
	var open []*FigureChange
	for i := range w.c.Figures {
		if change := &w.c.Figures[i]; change.Jump != NoJump && !change.Confirmed {
			open = append(open, change)
		}
	}
	return open
}

// mostConfirmations is how many entries are written out for jumps: a person who has more to
// confirm goes by tables.
const mostConfirmations = 5

// confirmations are what to write to confirm jumps: an entry for each, and one for the cells
// of a table.
func (w *writer) confirmations(open []*FigureChange) []string {
	var lines []string
	met := map[string]bool{}
	for _, change := range open {
		id := change.New.ID
		if change.New.Table != "" && len(open) > 1 {
			id = change.New.Table
		}
		if met[id] || len(met) == mostConfirmations {
			continue
		}
		met[id] = true
		lines = append(lines,
			"- code: figure-jump",
			"  place: "+clean(change.New.At.Path+"#"+id),
			"  reason: "+w.say("why the value is right", "warum der Wert stimmt"),
			"  role: "+w.say("the office that answers for it", "die Stelle, die dafür einsteht"),
			"  until: 2027-01-31")
	}
	return lines
}

func (w *writer) howToConfirm(open []*FigureChange) string {
	if len(open) == 1 {
		return w.say("A jump wants a confirming word. If the value is right, write in content/accepted.yaml:",
			"Ein Sprung braucht ein bestätigendes Wort. Stimmt der Wert, schreiben Sie in content/accepted.yaml:")
	}
	return w.say("%d jumps want a confirming word. Where the value is right, write such an entry in "+
		"content/accepted.yaml:",
		"%d Sprünge brauchen ein bestätigendes Wort. Wo der Wert stimmt, schreiben Sie einen solchen Eintrag "+
			"in content/accepted.yaml:", len(open))
}

// gone says that a place is not found any more. Where pages have problems, it may only be that
// its number cannot be read.
func (w *writer) gone() string {
	if w.c.New.Addresses == nil && !w.c.New.Built {
		return w.say("not there, or with a problem", "nicht da oder mit einem Problem")
	}
	return w.say("no longer there", "nicht mehr da")
}

// relations says what a place has to do with the figures that changed.
func (w *writer) relations(p *PlaceChange) string {
	ids := map[Relation][]string{}
	var order []Relation
	for _, of := range p.Of {
		if ids[of.Relation] == nil {
			order = append(order, of.Relation)
		}
		if id := w.quote(of.ID); !slices.Contains(ids[of.Relation], id) {
			ids[of.Relation] = append(ids[of.Relation], id)
		}
	}
	var said []string
	for _, relation := range order {
		of := ids[relation]
		if len(of) > mostIDs {
			of = append(of[:mostIDs:mostIDs], w.say("%d more", "%d weitere", len(ids[relation])-mostIDs))
		}
		said = append(said, relation.to(strings.Join(of, ", ")).In(w.lang))
	}
	return strings.Join(said, "; ")
}

// mostIDs is how many figures are named of a place that shows a table of them.
const mostIDs = 5

// counts says in a sentence how many figures changed, and how.
func (w *writer) counts() string {
	var changed, added, gone, renamed int
	for i := range w.c.Figures {
		switch change := &w.c.Figures[i]; {
		case change.Old == nil:
			added++
		case change.New == nil:
			gone++
		default:
			if change.Renamed() {
				renamed++
			}
			if len(change.Facts) > 0 {
				changed++
			}
		}
	}
	var said []string
	for _, count := range []struct {
		n    int
		text diag.Text
	}{
		{changed, diag.Say("%d changed", "%d geändert", changed)}, {added, diag.Say("%d new", "%d neu", added)},
		{gone, diag.Say("%d gone", "%d weggefallen", gone)},
		{renamed, diag.Say("%d with another id", "%d mit anderer Kennung", renamed)},
	} {
		if count.n > 0 {
			said = append(said, count.text.In(w.lang))
		}
	}
	return strings.Join(said, ", ")
}

// clean makes one line of a text, without signs that a terminal or a log obeys or that
// turn the direction of writing.
func clean(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069' {
			return -1
		}
		return r
	}, text)
	for strings.Contains(text, "::") {
		text = strings.ReplaceAll(text, "::", ": :")
	}
	return strings.ReplaceAll(text, "##[", "## [")
}
