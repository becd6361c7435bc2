package preview

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"bilanz/internal/accepted"
	"bilanz/internal/diag"
)

// state is what pages are told of after each build.
type state struct {
	Start    string `json:"start"` // names this start of the preview
	Round    int    `json:"round"` // of the latest build
	Shown    int    `json:"shown"` // of the build that the pages are from; 0: there are none yet
	Problems int    `json:"problems"`
	Warnings int    `json:"warnings"`
}

// stateOf is what there is to tell of the latest build and the latest good one.
func (s *server) stateOf(last, good *round) state {
	st := state{Start: s.start}
	if last != nil {
		st.Round = last.number
		st.Problems = diag.Count(last.result.Diagnostics, diag.Error)
		st.Warnings = diag.Count(last.result.Diagnostics, diag.Warning)
	}
	if good != nil {
		st.Shown = good.shown
	}
	return st
}

// report is what the latest build found, in the words that a page shows.
type report struct {
	Lang     string    `json:"lang"`
	Round    int       `json:"round"`
	Wrong    bool      `json:"wrong"` // the pages are of an earlier build
	Badge    string    `json:"badge"`
	Title    string    `json:"title"`
	About    string    `json:"about"`
	Close    string    `json:"close"`
	Ways     string    `json:"ways"`          // what leads to them
	All      string    `json:"all,omitempty"` // the button for all edits where nobody has to decide
	Problems []problem `json:"problems"`
	More     string    `json:"more,omitempty"` // how many are left out
}

// problem is a diagnostic as a page shows it.
type problem struct {
	Number   int      `json:"number"` // of the diagnostic, in the build
	Severity string   `json:"severity"`
	Kind     string   `json:"kind"` // the same in words
	Text     string   `json:"text"`
	Code     string   `json:"code"`
	Place    string   `json:"place,omitempty"`
	Line     bool     `json:"line"` // the line is known: what stands before the fault, the fault, and after
	Before   string   `json:"before"`
	Marked   string   `json:"marked"`
	After    string   `json:"after"`
	Notes    []string `json:"notes"`
	Ways     []string `json:"ways"`
	Mends    []mend   `json:"mends"`
}

// mend is a button: edits that belong together, or one that is a person's choice.
type mend struct {
	Number int    `json:"number"`
	Text   string `json:"text"`
}

// mostProblems is how many are shown: who has more has one mistake that makes them.
const mostProblems = 60

// problems answers with what the latest build found.
func (s *server) problems(w http.ResponseWriter, _ *http.Request) {
	last, good, _ := s.now()
	if last == nil {
		answer(w, report{Problems: []problem{}})
		return
	}
	answer(w, s.reported(last, good != nil))
}

func (s *server) reported(r *round, pages bool) report {
	errs, warnings := diag.Count(r.result.Diagnostics, diag.Error), diag.Count(r.result.Diagnostics, diag.Warning)
	problems := diag.Plural(errs, diag.Say("1 problem", "1 Problem"), diag.Say("%d problems", "%d Probleme", errs))
	warned := diag.Plural(warnings,
		diag.Say("1 warning", "1 Warnung"), diag.Say("%d warnings", "%d Warnungen", warnings))
	all := report{
		Lang: s.o.Lang, Round: r.number, Wrong: errs > 0, Close: s.say("Close", "Schließen"),
		Ways: s.say("What you can do:", "Was Sie tun können:"), Problems: []problem{},
		Badge: problems.In(s.o.Lang), Title: problems.In(s.o.Lang),
	}
	switch {
	case errs == 0:
		all.Badge, all.Title = warned.In(s.o.Lang), warned.In(s.o.Lang)
		all.About = s.say("The site is built all the same.", "Die Website wird trotzdem gebaut.")
	case pages:
		all.About = s.say("The page below is from before. This closes by itself when all is mended.",
			"Die Seite darunter zeigt den Stand davor. Das hier schließt sich von selbst, wenn alles behoben ist.")
	default:
		all.About = s.say("The pages come by themselves when all is mended.",
			"Die Seiten erscheinen von selbst, wenn alles behoben ist.")
	}
	if n := len(r.result.Edits(false)); n > 0 && errs+warnings > 1 {
		all.All = diag.Plural(n,
			diag.Say("Write what leaves no doubt (1 place)", "Schreiben, was eindeutig ist (1 Stelle)"),
			diag.Say("Write what leaves no doubt (%d places)", "Schreiben, was eindeutig ist (%d Stellen)", n),
		).In(s.o.Lang)
	}
	for i, d := range r.result.Diagnostics {
		if d.Severity == diag.Accepted {
			continue
		}
		if len(all.Problems) == mostProblems {
			all.More = s.say("and %d more", "und %d weitere", errs+warnings-mostProblems)
			break
		}
		all.Problems = append(all.Problems, s.problem(i, d))
	}
	slices.SortStableFunc(all.Problems, func(a, b problem) int { // errors first
		return strings.Compare(a.Severity, b.Severity)
	})
	return all
}

func (s *server) problem(number int, d diag.Diagnostic) problem {
	p := problem{
		Number: number, Code: d.Code, Text: d.Sentence(s.o.Lang), Severity: "error", Kind: s.say("error:", "Fehler:"),
		Notes: []string{}, Ways: []string{}, Mends: []mend{},
	}
	if d.Severity == diag.Warning {
		p.Severity, p.Kind = "warning", s.say("warning:", "Warnung:")
	}
	if d.Place.Path != "" {
		p.Place = d.Place.String()
	}
	if d.Place.Line > 0 {
		p.Line = true
		p.Before, p.Marked, p.After = d.Place.Window()
	}
	for _, n := range d.Notes {
		p.Notes = append(p.Notes, n.Place.String()+": "+n.Text.In(s.o.Lang))
	}
	for _, way := range d.Ways {
		p.Ways = append(p.Ways, way.In(s.o.Lang))
	}
	for i, group := range mends(d) {
		p.Mends = append(p.Mends, mend{i, s.label(group)})
	}
	return p
}

// mends groups the edits of a problem: those that are no choice are made together, each
// choice is one of its own.
func mends(d diag.Diagnostic) (groups [][]diag.Edit) {
	var together []diag.Edit
	for _, e := range d.Edits {
		if !e.Choice {
			together = append(together, e)
		}
	}
	if len(together) > 0 {
		groups = append(groups, together)
	}
	for _, e := range d.Edits {
		if e.Choice {
			groups = append(groups, []diag.Edit{e})
		}
	}
	return groups
}

// label says what a button does.
func (s *server) label(edits []diag.Edit) string {
	e := edits[0]
	var does string
	old, with := short(e.Old), short(e.New)
	if added, ok := strings.CutPrefix(e.New, e.Old); ok { // a line behind one that stays
		old, with = "", short(added)
	}
	switch {
	case e.Path == accepted.TranslatedPath && e.Choice && !e.Whole:
		does = s.say("Record the translation as compared", "Die Übersetzung als verglichen festhalten")
	case e.Whole && e.Old == "":
		does = s.say("Make the file %s", "Die Datei %s anlegen", e.Path)
	case e.Whole:
		does = s.say("Write %s anew", "%s neu schreiben", e.Path)
	case old == "":
		does = s.say("Insert “%s” in %s", "„%s“ einfügen in %s", with, e.Path)
	case with == "":
		does = s.say("Delete “%s” in %s", "„%s“ löschen in %s", old, e.Path)
	default:
		does = s.say("Write “%s” for “%s” in %s", "„%s“ statt „%s“ schreiben in %s", with, old, e.Path)
	}
	if more := len(edits) - 1; more > 0 {
		does += s.say(", and %d more", ", und %d weitere", more)
	}
	return does
}

// mostShown is how many characters of a text stand on a button.
const mostShown = 60

func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= mostShown {
		return text
	}
	return string([]rune(text)[:mostShown]) + "…"
}
