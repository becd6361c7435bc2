package preview

import (
	"context"
	"crypto/rand"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"bilanz/internal/compare"
	"bilanz/internal/diag"
	"bilanz/internal/edit"
	"bilanz/internal/figure"
	"bilanz/internal/revise"
)

// wanted is what a person typed, or the button of a message that was pressed.
type wanted struct {
	Changes []typed `json:"changes"`
	Round   int     `json:"round"`
	Problem int     `json:"problem"`
	Mend    int     `json:"mend"`
}

type typed struct {
	ID    string               `json:"id"`
	Text  string               `json:"text"`
	Was   string               `json:"was"` // the key of the value that the person saw; "" where only a note was typed
	Notes map[string]typedNote `json:"notes"`
}

// typedNote is a note in a language.
type typedNote struct {
	Text string `json:"text"`
	Was  string `json:"was"` // the note that the person saw
}

// trial is what would become of it.
type trial struct {
	Plan      string    `json:"plan"` // under which it may be saved; "" where it may not
	Taken     []said    `json:"taken"`
	Refused   []problem `json:"refused"` // why it cannot be written
	Alone     []problem `json:"alone"`   // what would be wrong with the values alone
	Left      []problem `json:"left"`    // and with what follows
	Figures   []said    `json:"figures"` // what else changes: computed figures
	Sentences []follow  `json:"sentences"`
	First     []beside  `json:"first"` // what stands beside figures that get their first value
	Diff      string    `json:"diff"`
	Whole     string    `json:"whole"`   // the diff with what follows
	Follows   bool      `json:"follows"` // something does
	Nothing   bool      `json:"nothing"` // it is what the files say already
}

// others reports whether somebody else wrote one of the values meanwhile.
func (t *trial) others() bool {
	return slices.ContainsFunc(t.Taken, func(s said) bool { return s.Other })
}

// said is a sentence about a figure.
type said struct {
	ID    string `json:"id"`
	Label string `json:"label,omitempty"`
	Text  string `json:"text"`
	Other bool   `json:"other,omitempty"` // somebody else wrote the value meanwhile
	Was   string `json:"was,omitempty"`
	Typed string `json:"typed,omitempty"`
	Note  string `json:"note,omitempty"` // the language of the note that it is about
}

// beside is what stands beside figures: written when nobody knew their values.
type beside struct {
	Figures string `json:"figures"`
	Facts   string `json:"facts"`
	Place   string `json:"place"`
}

// follow is a place that says something else then, or speaks about what changed.
type follow struct {
	use
	Before string `json:"before"`
	After  string `json:"after"` // the same where a person has to look
}

// desk is what lies on the inspector's: what was tried, and what was written.
type desk struct {
	trying sync.Mutex // one at a time

	inspector sync.Mutex
	plans     []*plan
	undos     []back
	saves     int
}

// plan is what a person saw and may save.
type plan struct {
	name          string
	trial         *revise.Trial
	says          string // in a few words
	figures, keys []string
}

// mostPlans is how many plans wait for a button to be pressed; the oldest goes.
const mostPlans = 16

// try builds with what is typed and says what becomes of it. It writes nothing.
func (s *server) try(w http.ResponseWriter, r *http.Request) {
	var want wanted
	if !s.read(w, r, &want) {
		return
	}
	last := s.latest(w)
	if last == nil {
		return
	}
	s.trying.Lock() // one at a time: whoever types on does not wait for all that was typed
	defer s.trying.Unlock()
	if r.Context().Err() != nil {
		return
	}
	t, err := s.tried(r.Context(), last, want)
	changed := (*edit.Changed)(nil)
	if errors.As(err, &changed) || err == nil && t.others() { // the disk may be further than the latest build
		t, err = s.tried(r.Context(), s.build(r.Context(), nil, true), want)
	}
	if err != nil {
		s.refuse(w, http.StatusConflict, refusal(err))
		return
	}
	answer(w, t)
}

func (s *server) tried(ctx context.Context, now *round, want wanted) (*trial, error) {
	t := &trial{Taken: []said{}, Refused: []problem{}, Alone: []problem{}, Left: []problem{}, Figures: []said{},
		Sentences: []follow{}, First: []beside{}}
	if now.result.Set == nil {
		return nil, &edit.Changed{Place: diag.File("content")}
	}
	var edits []diag.Edit
	p := &plan{name: rand.Text()}
	if len(want.Changes) > 0 {
		edits = s.planned(t, p, now.result.Set, want.Changes)
	} else if edits = now.edits(false, want.Problem, want.Mend); now.number != want.Round || len(edits) == 0 {
		return nil, &edit.Changed{Place: diag.File("content")}
	} else {
		p.says = s.label(edits)
	}
	if len(t.Refused) > 0 || t.others() {
		return t, nil
	}
	if t.Nothing = len(edits) == 0; t.Nothing {
		return t, nil
	}
	var err error
	if p.trial, err = revise.Try(ctx, s.trialOptions(), edits, now.result.Translations); err != nil {
		return nil, err
	}
	s.tell(t, p.trial, now)
	t.Plan = p.name
	s.keep(p)
	return t, nil
}

// planned reads what was typed, says what it was taken for, and plans the edits.
func (s *server) planned(t *trial, p *plan, set *figure.Set, all []typed) []diag.Edit {
	var changes []revise.Change
	var names []string
	for _, c := range all {
		f, ok := set.Lookup(c.ID)
		if !ok {
			changes = append(changes, revise.Change{ID: c.ID, Value: c.Text})
			continue
		}
		if c.Was != "" {
			if value, ok := s.plannedValue(t, f, c); ok {
				names = append(names, f.Label.In(s.o.Lang)+": "+t.Taken[len(t.Taken)-1].Typed)
				p.figures, p.keys = append(p.figures, f.ID), append(p.keys, c.Was)
				changes = append(changes, revise.Change{ID: c.ID, Value: value})
			}
		}
		if notes := s.plannedNotes(t, f, c); len(notes) > 0 {
			names = append(names, s.say("note at %s", "Anmerkung zu %s", f.Label.In(s.o.Lang)))
			changes = append(changes, revise.Change{ID: c.ID, Note: notes})
		}
	}
	edits, refused := revise.Plan(set, changes)
	for _, d := range refused {
		t.Refused = append(t.Refused, s.problem(0, d))
	}
	p.says = short(strings.Join(names, ", "))
	return edits
}

// plannedValue reads a value; false where it is not to be written, which is said.
func (s *server) plannedValue(t *trial, f *figure.Figure, c typed) (string, bool) {
	if key(f.Value) != c.Was {
		t.Taken = append(t.Taken, s.other(f))
		return "", false
	}
	value, problem := revise.Read(f, c.Text, s.words())
	if problem == nil {
		problem = revise.Refusal(f, value)
	}
	if problem != nil {
		t.Refused = append(t.Refused, s.problem(0, *problem))
		return "", false
	}
	t.Taken = append(t.Taken, s.taken(f, value))
	return value, true
}

// plannedNotes are the notes that differ from what stands there, by language.
func (s *server) plannedNotes(t *trial, f *figure.Figure, c typed) map[string]string {
	notes := map[string]string{}
	for _, lang := range slices.Sorted(maps.Keys(c.Notes)) {
		now, _ := figure.In(f.Notes, lang)
		switch n := c.Notes[lang]; {
		case n.Text == now.Text:
		case n.Was == now.Text:
			notes[lang] = n.Text
		default:
			t.Taken = append(t.Taken, s.otherNote(f, lang, now.Text))
		}
	}
	return notes
}

// otherNote says that somebody else wrote a note since a person saw it.
func (s *server) otherNote(f *figure.Figure, lang, now string) said {
	return said{ID: f.ID, Label: f.Label.In(s.o.Lang), Other: true, Note: lang, Was: now,
		Text: s.say("Meanwhile somebody wrote another note here: “%s”. Look whether yours still holds; nothing of "+
			"it was written.",
			"Inzwischen hat jemand hier eine andere Anmerkung eingetragen: „%s“. Sehen Sie nach, ob Ihre noch gilt; "+
				"geschrieben wurde davon nichts.", now)}
}

// taken says what was read of a text.
func (s *server) taken(f *figure.Figure, value string) said {
	of := *f
	of.Value, _ = f.Takes(value)
	of.Decimals = max(f.Decimals, decimalsOf(value))
	text := figure.Ref{Figure: &of, Option: figure.Plain}.Text(s.words())
	about := text
	if of.Value.Number != nil && !f.Unit.IsPercent() {
		about = text + " " + f.Unit.Noun(s.words(), of.Value.Number, of.Decimals)
	}
	return said{ID: f.ID, Label: f.Label.In(s.o.Lang), Typed: text,
		Text: s.say("Taken for: %s", "Verstanden als: %s", about)}
}

func decimalsOf(value string) int {
	_, fraction, _ := strings.Cut(value, ".")
	return len(fraction)
}

// other says that somebody else wrote a value since a person saw the figure.
func (s *server) other(f *figure.Figure) said {
	now := figure.Ref{Figure: f, Option: figure.Plain}.Text(s.words())
	return said{ID: f.ID, Label: f.Label.In(s.o.Lang), Other: true, Was: key(f.Value), Typed: typedIn(f, s.words()),
		Text: s.say("Meanwhile somebody wrote %s here. Look whether your value still holds; nothing of it was "+
			"written.",
			"Inzwischen hat jemand %s eingetragen. Sehen Sie nach, ob Ihr Wert noch gilt; geschrieben wurde davon "+
				"nichts.", now)}
}

// tell says what a trial came to: only what is not so already.
func (s *server) tell(t *trial, tried *revise.Trial, now *round) {
	news := func(all []diag.Diagnostic) []problem {
		list := []problem{}
		for i, d := range revise.News(now.result.Diagnostics, all) {
			if d.Severity != diag.Accepted && !isOfNoPreview(d) && len(list) < mostProblems {
				p := s.problem(i, d)
				p.Mends = []mend{}
				list = append(list, p)
			}
		}
		return list
	}
	t.Alone, t.Left = news(tried.Result.Diagnostics), news(tried.After.Diagnostics)
	t.Diff, t.Whole, t.Follows = diffs(tried.Changes), diffs(tried.Follow), tried.Follows()
	if now.result.State == nil || tried.After.State == nil {
		return
	}
	changes := compare.States(now.result.State, tried.After.State)
	t.Figures = s.computed(changes)
	for i := range changes.Places {
		if f, ok := s.following(&changes.Places[i]); ok {
			t.Sentences = append(t.Sentences, f)
		}
	}
	s.tellFirst(t, revise.First(now.result.Set, tried.Result.Set), now)
}

// tellFirst asks whether what stands beside figures still holds once they have a value, and
// names the lines that may say they have none.
func (s *server) tellFirst(t *trial, first []*figure.Figure, now *round) {
	for _, b := range revise.BesideFirst(first, s.words()) {
		t.First = append(t.First, beside{strings.Join(b.Figures, "; "), b.Facts, b.At.String()})
	}
	mentions, err := revise.Mentions(s.o.Build.Dir, now.result.Site.Pages, first)
	if err != nil {
		return // a page that went meanwhile: the next build tells
	}
	for _, m := range mentions {
		at := diag.Place{Path: m.Path, Line: m.Line, Col: 1}
		if slices.ContainsFunc(t.Sentences, func(f follow) bool { return f.isAt(m) }) {
			continue
		}
		t.Sentences = append(t.Sentences, follow{Before: m.Text, After: m.Text, use: use{
			Kind: s.say("text", "Text"), Place: at.String(), Lang: strings.Split(m.Path, "/")[1]}})
	}
}

// isAt reports whether a place that a person has to read is said already.
func (f follow) isAt(m revise.Mention) bool {
	_, value, isKey := strings.Cut(m.Text, ": ")
	path, _, _ := strings.Cut(f.Place, ":")
	return path == m.Path && (strings.Contains(f.After, m.Text) || isKey && strings.Contains(f.After, value))
}

// computed are the figures that change although nobody typed them.
func (s *server) computed(changes *compare.Changes) []said {
	all := []said{}
	for _, c := range changes.Figures {
		if c.Old == nil || c.New == nil || c.New.Formula == "" {
			continue
		}
		all = append(all, said{ID: c.New.ID, Label: c.New.Label.In(s.o.Lang),
			Text: c.Old.Text.In(s.o.Lang) + " → " + c.New.Text.In(s.o.Lang)})
	}
	return all
}

// following is a place that says another value then, or that a person has to read.
func (s *server) following(c *compare.PlaceChange) (follow, bool) {
	if c.Old == nil || c.New == nil || c.New.Kind == "check" || c.New.Kind == "formula" {
		return follow{}, false
	}
	f := follow{Before: c.Old.Text, After: c.New.Text, use: use{
		Kind: compare.KindName(c.New.Kind).In(s.o.Lang), Name: c.New.Name, Page: c.New.Title, Place: c.New.At.String(),
	}}
	if parts := strings.Split(c.New.At.Path, "/"); len(parts) > 2 && parts[1] != "figures" {
		f.Lang, f.Href = parts[1], "/"+c.New.Page
	}
	return f, true
}

func diffs(changes []edit.Change) string {
	var all strings.Builder
	for _, c := range changes {
		all.WriteString(c.Diff())
	}
	return all.String()
}

// keep keeps a plan until its button is pressed.
func (s *server) keep(p *plan) {
	s.inspector.Lock()
	defer s.inspector.Unlock()
	s.plans = append(s.plans, p)
	s.plans = s.plans[max(0, len(s.plans)-mostPlans):]
}

func (s *server) planNamed(name string) *plan {
	s.inspector.Lock()
	defer s.inspector.Unlock()
	for _, p := range s.plans {
		if p.name == name {
			return p
		}
	}
	return nil
}

// save writes a plan that a person saw: all of it or nothing, and nothing where a file holds
// other bytes by now.
func (s *server) save(w http.ResponseWriter, r *http.Request) {
	var want struct {
		Plan   string `json:"plan"`
		Follow bool   `json:"follow"`
	}
	if !s.read(w, r, &want) {
		return
	}
	p := s.planNamed(want.Plan)
	if p == nil {
		s.refuse(w, http.StatusConflict, diag.Say("This was shown too long ago; type the value again.",
			"Das wurde vor zu langer Zeit angezeigt; tippen Sie den Wert noch einmal."))
		return
	}
	changes := p.trial.Changes
	if want.Follow {
		changes = p.trial.Follow
	}
	if err := s.put(changes); err != nil {
		s.refuse(w, http.StatusConflict, s.notWritten(r.Context(), p, err))
		return
	}
	s.remember(back{Text: s.say("Undo: %s", "Zurücknehmen: %s", p.says), changes: changes})
	places := 0
	for _, c := range changes {
		places += c.Edits
	}
	answer(w, struct {
		Text string `json:"text"`
		Undo *back  `json:"undo,omitempty"`
	}{s.written(places, len(changes)), s.undoable()})
}

func (s *server) written(places, files int) string {
	if places == 1 {
		return s.say("Written: 1 place.", "Geschrieben: 1 Stelle.")
	}
	return diag.Plural(files,
		diag.Say("Written: %d places in 1 file.", "Geschrieben: %d Stellen in 1 Datei.", places),
		diag.Say("Written: %d places in %d files.", "Geschrieben: %d Stellen in %d Dateien.", places, files),
	).In(s.o.Lang)
}

// put writes changes, one after the other with whatever else writes. Who asked may have gone:
// what has begun is brought to its end.
func (s *server) put(changes []edit.Change) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	return edit.Write(s.o.Build.Dir, changes)
}

// notWritten says why a plan was not written: where somebody else wrote one of its figures,
// what.
func (s *server) notWritten(ctx context.Context, p *plan, err error) diag.Text {
	changed := (*edit.Changed)(nil)
	if errors.As(err, &changed) {
		now := s.build(context.WithoutCancel(ctx), nil, true)
		for i, id := range p.figures {
			if now.result.Set == nil {
				break
			}
			if f, ok := now.result.Set.Lookup(id); ok && key(f.Value) != p.keys[i] {
				return diag.Say("%s: %s", "%s: %s", f.Label.In(s.o.Lang), s.other(f).Text)
			}
		}
	}
	return refusal(err)
}

// back is something that was written and can be undone.
type back struct {
	Number  int    `json:"number"`
	Text    string `json:"text"`
	changes []edit.Change
}

// mostUndos is how many steps can be undone.
const mostUndos = 50

// remember keeps what was written.
func (s *server) remember(b back) {
	s.inspector.Lock()
	defer s.inspector.Unlock()
	s.saves++
	b.Number = s.saves
	s.undos = append(s.undos, b)
	s.undos = s.undos[max(0, len(s.undos)-mostUndos):]
}

// undoable is the last thing that can be undone; nil for nothing.
func (s *server) undoable() *back {
	s.inspector.Lock()
	defer s.inspector.Unlock()
	if len(s.undos) == 0 {
		return nil
	}
	b := s.undos[len(s.undos)-1]
	return &b
}

// undo puts back what was there before the last save, if nobody changed it since; a file that
// was made goes.
func (s *server) undo(w http.ResponseWriter, r *http.Request) {
	var want struct {
		Number int `json:"number"`
	}
	if !s.read(w, r, &want) {
		return
	}
	b := s.undoable()
	if b == nil || b.Number != want.Number {
		s.refuse(w, http.StatusConflict, diag.Say("Something else was written meanwhile; look again.",
			"Inzwischen wurde etwas anderes geschrieben; sehen Sie noch einmal nach."))
		return
	}
	var inverse []edit.Change
	for _, c := range b.changes {
		gone := c.Old == nil
		inverse = append(inverse, edit.Change{Path: c.Path, Old: c.New, New: c.Old, Edits: c.Edits, Delete: gone})
	}
	if err := s.put(inverse); err != nil {
		s.refuse(w, http.StatusConflict, refusal(err))
		return
	}
	s.inspector.Lock()
	s.undos = slices.DeleteFunc(s.undos, func(u back) bool { return u.Number == b.Number })
	s.inspector.Unlock()
	answer(w, struct {
		Text string `json:"text"`
		Undo *back  `json:"undo,omitempty"`
	}{s.say("Undone.", "Zurückgenommen."), s.undoable()})
}
