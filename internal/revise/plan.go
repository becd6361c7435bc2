// Package revise gives figures new values, as edits of the files that state them, and says
// what would fail with them.
//
// A value is written as figure files write it; [Read] makes that of what people type. Where
// two readings fit, a person is asked. What is computed, and what other programs write, is
// never changed: the message says where to. The rules of edits are those of package edit:
// every other byte stays, and what changed meanwhile is left alone.
package revise

import (
	"maps"
	"path"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
)

// A Change is a new value for a figure, as typed in the inspector or as a spreadsheet holds
// it.
type Change struct {
	ID    string
	Value string            // as figure files write it: "416374", "more than 170", "confidential"; "" leaves it
	Note  map[string]string // by language; those that it does not name stay
	At    diag.Place        // where the new value stands; zero where it was typed by hand
}

// Plan turns changes into edits of the files that state the values. What cannot be written is
// a diagnostic. The set comes of a build with Retype.
func Plan(set *figure.Set, changes []Change) ([]diag.Edit, []diag.Diagnostic) {
	p := planner{set: set, said: map[place]Change{}, notes: map[string]map[string]string{}, noted: map[string]Change{}}
	for _, c := range changes {
		f, ok := set.Lookup(c.ID)
		if !ok {
			f, ok = set.Renamed(c.ID)
		}
		if !ok {
			p.unknown(c)
			continue
		}
		if c.Value != "" {
			p.value(f, c)
		}
		if len(c.Note) > 0 {
			if p.notes[f.ID] == nil {
				p.notes[f.ID] = map[string]string{}
			}
			maps.Copy(p.notes[f.ID], c.Note)
			p.noted[f.ID] = c
		}
	}
	p.writeNotes()
	return joined(p.edits), p.problems
}

type planner struct {
	set      *figure.Set
	edits    []diag.Edit
	problems []diag.Diagnostic
	said     map[place]Change // what is written where already

	notes map[string]map[string]string // by id and language
	noted map[string]Change
}

type place struct {
	path  string
	start int
}

func (p *planner) add(c Change, d diag.Diagnostic) {
	if c.At.Path != "" {
		d.Notes = append([]diag.Note{{Place: d.Place, Text: diag.Say("the figure is here", "hier steht die Kennzahl")}},
			d.Notes...)
		d.Place = c.At
	}
	p.problems = append(p.problems, d)
}

func (p *planner) unknown(c Change) {
	d := diag.Diagnostic{Code: "figure-unknown", Place: c.At, About: []string{c.ID},
		Text: diag.Say("there is no figure %s", "es gibt keine Kennzahl %s", c.ID)}
	for _, near := range p.set.Nearest(c.ID) {
		d.Notes = append(d.Notes, diag.Note{Place: near.IDAt, Text: diag.Say("did you mean %s?",
			"meinten Sie %s?", near.Named())})
	}
	p.problems = append(p.problems, d)
}

// value plans a new value for a figure that has another.
func (p *planner) value(f *figure.Figure, c Change) {
	if bad := Refusal(f, c.Value); bad != nil {
		p.add(c, *bad)
		return
	}
	value, bad := f.Takes(c.Value)
	if bad != nil {
		p.add(c, *bad)
		return
	}
	if value.Same(f.Value) {
		return
	}
	e, ok := f.Retype(c.Value)
	if !ok {
		p.add(c, byHand(f, diag.Say("write %s there", "schreiben Sie dort %s", c.Value)))
		return
	}
	at := place{e.Path, e.Start}
	switch other, twice := p.said[at]; {
	case twice && other.Value != c.Value:
		p.add(c, twoValues(f, c, other))
	case !twice:
		p.said[at] = c
		p.edits = append(p.edits, e)
	}
}

func (p *planner) writeNotes() {
	edits, refused := p.set.Renote(p.notes)
	p.edits = append(p.edits, edits...)
	for _, f := range refused {
		p.add(p.noted[f.ID], byHand(f, diag.Say("write the note there, in each language; a list of figures in a CSV "+
			"file has columns for it, such as note.en",
			"schreiben Sie die Anmerkung dort, in jeder Sprache; eine Liste von Kennzahlen in einer CSV-Datei hat "+
				"dafür Spalten, etwa note.de")))
	}
}

// Refusal says why a figure cannot be given a value here, whatever it is, and where it can;
// nil where it can.
func Refusal(f *figure.Figure, value string) *diag.Diagnostic {
	d := diag.Diagnostic{Place: f.ValueAt, About: []string{f.ID}}
	switch {
	case f.Formula != "":
		d.Code = "revise-computed"
		d.Text = diag.Say("%s is computed (%s), so it has no value of its own to change",
			"%s wird berechnet (%s) und hat keinen eigenen Wert, den man ändern kann", f.Named(), f.Formula)
		for _, from := range typedInputs(f) {
			d.Notes = append(d.Notes, diag.Note{Place: from.ValueAt, Text: diag.Say("%s is here", "hier steht %s",
				from.Named())})
			d.Ways = append(d.Ways, diag.Say("change %s", "ändern Sie %s", from.Named()))
		}
	case f.ValueAt.Cell != "":
		sheet, cell, _ := strings.Cut(f.ValueAt.Cell, "!")
		d.Code = "revise-elsewhere"
		d.Text = diag.Say("%s stands in a workbook, which is never changed from here",
			"%s steht in einer Arbeitsmappe; sie wird von hier aus nie geändert", f.Named())
		d.Ways = []diag.Text{diag.Say("open %s in Excel, write %s into cell %s of the sheet %s, and save",
			"öffnen Sie %s in Excel, schreiben Sie %s in die Zelle %s des Blatts %s, und speichern Sie",
			path.Base(f.ValueAt.Path), value, cell, sheet)}
	case f.IsInOldFile():
		d.Code = "revise-elsewhere"
		d.Text = diag.Say("%s stands in a file with letters of an old kind (encoding:), which stays as its "+
			"program wrote it",
			"%s steht in einer Datei mit Zeichen alter Art (encoding:); sie bleibt, wie ihr Programm sie "+
				"geschrieben hat", f.Named())
		d.Ways = []diag.Text{diag.Say("write %s into line %d of %s, with the program that the file comes from",
			"schreiben Sie %s in Zeile %d von %s, mit dem Programm, aus dem die Datei stammt",
			value, f.ValueAt.Line, path.Base(f.ValueAt.Path))}
	default:
		return nil
	}
	return &d
}

// typedInputs are the figures with values of their own that a figure is computed from, each
// once.
func typedInputs(f *figure.Figure) []*figure.Figure {
	var all []*figure.Figure
	for _, from := range f.Inputs {
		inputs := []*figure.Figure{from}
		if from.Formula != "" {
			inputs = typedInputs(from)
		}
		for _, input := range inputs {
			if !slices.Contains(all, input) {
				all = append(all, input)
			}
		}
	}
	return all
}

// byHand says that a file writes something in a way that is not changed from here.
func byHand(f *figure.Figure, way diag.Text) diag.Diagnostic {
	return diag.Diagnostic{Code: "revise-by-hand", Place: f.ValueAt, About: []string{f.ID},
		Text: diag.Say("%s is written here in a way that only a person changes",
			"%s ist hier so geschrieben, dass nur ein Mensch es ändern kann", f.Named()),
		Ways: []diag.Text{way}}
}

// twoValues says that one place is to hold two values.
func twoValues(f *figure.Figure, c, other Change) diag.Diagnostic {
	d := diag.Diagnostic{Code: "revise-twice", Place: f.ValueAt, About: []string{f.ID},
		Text: diag.Say("%s is to be %s and %s; both stand in the same place",
			"%s soll %s und %s sein; beides steht an derselben Stelle", f.Named(), other.Value, c.Value),
		Ways: []diag.Text{diag.Say("decide for one of the two", "entscheiden Sie sich für eines von beiden")}}
	if other.At.Path != "" {
		d.Notes = []diag.Note{{Place: other.At, Text: diag.Say("the other value", "der andere Wert")}}
	}
	return d
}
