package preview

import (
	"net/http"
	"slices"
	"strings"

	"bilanz/internal/build"
	"bilanz/internal/compare"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/revise"
)

// The inspector says what a number is, where it stands, and what would become of another: it
// tries, by the build that publishes, what nobody has saved, and writes what a person saw as a
// diff and pressed a button for. What it wrote can be undone as long as nobody changed it.

// inspecting are the inspector's addresses.
func (s *server) inspecting() []route {
	return []route{
		{"GET", "inspect/words", s.inspectorWords},
		{"GET", "inspect/figures", s.figures},
		{"GET", "inspect/figure", s.figure},
		{"GET", "inspect/lists", s.lists},
		{"GET", "inspect/changes", s.changes},
		{"POST", "inspect/try", s.try},
		{"POST", "inspect/save", s.save},
		{"POST", "inspect/undo", s.undo},
	}
}

// row is a figure in the table of all.
type row struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Value string `json:"value"` // as readers get it
	Typed string `json:"typed"` // as it is typed into a field: all digits, no unit
	Was   string `json:"was"`   // by which the server knows later that nobody changed it
	Unit  string `json:"unit"`
	Place string `json:"place"`
	Fixed string `json:"fixed,omitempty"` // why it is not changed here
	Uses  int    `json:"uses"`
}

// sheet is the table of all figures.
type sheet struct {
	Round int   `json:"round"`
	Rows  []row `json:"rows"`
	Undo  *back `json:"undo,omitempty"`
}

// figures answers with all figures.
func (s *server) figures(w http.ResponseWriter, _ *http.Request) {
	last := s.latest(w)
	if last == nil {
		return
	}
	all := sheet{Round: last.number, Rows: []row{}, Undo: s.undoable()}
	for _, f := range last.result.Set.All() {
		all.Rows = append(all.Rows, s.row(last.result, f))
	}
	answer(w, all)
}

// latest is the latest round that has figures; without one the request is answered.
func (s *server) latest(w http.ResponseWriter) *round {
	last, _, _ := s.now()
	if last == nil || last.result.Set == nil {
		s.refuse(w, http.StatusServiceUnavailable, diag.Say("The figures cannot be read yet.",
			"Die Kennzahlen sind noch nicht lesbar."))
		return nil
	}
	return last
}

// words are the language of messages, in which the inspector speaks.
func (s *server) words() *locale.Lang { return locale.Must(s.o.Lang) }

func (s *server) row(result build.Result, f *figure.Figure) row {
	r := row{
		ID: f.ID, Label: f.Label.In(s.o.Lang), Value: figure.Ref{Figure: f, Option: figure.Plain}.Text(s.words()),
		Typed: typedIn(f, s.words()), Was: key(f.Value), Unit: f.Unit.Other.In(s.o.Lang), Place: f.ValueAt.String(),
		Uses: len(result.Uses[f.ID]),
	}
	if d := revise.Refusal(f, "…"); d != nil {
		r.Fixed = d.Text.In(s.o.Lang)
	}
	return r
}

// typedIn is a value as people type it in a language, with all of its digits.
func typedIn(f *figure.Figure, l *locale.Lang) string {
	v := f.Value
	switch {
	case v.Broken:
		return ""
	case v.Number == nil:
		return figure.ReasonIn(l, v.Reason)
	}
	decimals := f.Decimals
	for decimals < mostDecimals && locale.Round(v.Number, decimals).Cmp(v.Number) != 0 {
		decimals++
	}
	return l.Bound(v.Bound, f.Unit.Written(l).Number(v.Number, decimals))
}

// mostDecimals are enough for what is typed; what is computed may have more, and is not.
const mostDecimals = 6

// key is a value in a form by which two are compared.
func key(v figure.Value) string {
	switch {
	case v.Broken:
		return "broken"
	case v.Number == nil:
		return string(v.Reason)
	}
	return string(v.Bound) + " " + v.Number.RatString()
}

// card is what the inspector says of one figure.
type card struct {
	row
	Round   int      `json:"round"`
	Ways    []string `json:"ways"` // where it is changed, if not here
	Formula string   `json:"formula,omitempty"`
	From    []row    `json:"from"` // what it is computed from
	Stands  []use    `json:"stands"`
	Checks  []use    `json:"checks"`
	Notes   []note   `json:"notes"`
	Undo    *back    `json:"undo,omitempty"`
}

// note is what readers are told of a figure in a language, as it is typed.
type note struct {
	Lang string `json:"lang"`
	Name string `json:"name"` // of the language, in it
	Text string `json:"text"` // "" for none
}

// use is a place that has to do with a figure.
type use struct {
	Kind  string `json:"kind"`
	Name  string `json:"name,omitempty"`
	Page  string `json:"page,omitempty"` // its title
	Lang  string `json:"lang,omitempty"`
	Href  string `json:"href,omitempty"`
	Place string `json:"place"`
	Text  string `json:"text,omitempty"`
}

// figure answers with one figure.
func (s *server) figure(w http.ResponseWriter, r *http.Request) {
	last := s.latest(w)
	if last == nil {
		return
	}
	f, ok := last.result.Set.Lookup(r.URL.Query().Get("id"))
	if !ok {
		s.refuse(w, http.StatusNotFound, diag.Say("There is no such figure any more.",
			"Diese Kennzahl gibt es nicht mehr."))
		return
	}
	c := card{row: s.row(last.result, f), Round: last.number, Formula: f.Formula, Ways: []string{}, From: []row{},
		Stands: []use{}, Notes: []note{}, Checks: s.checksOf(last.result.Set, f), Undo: s.undoable()}
	for _, l := range last.result.Site.Config.Langs {
		written, _ := figure.In(f.Notes, l.Code)
		c.Notes = append(c.Notes, note{l.Code, l.Name, written.Text})
	}
	if d := revise.Refusal(f, "…"); d != nil && f.Formula == "" {
		c.Ways = append(c.Ways, d.Ways[0].In(s.o.Lang))
	}
	for _, from := range f.Inputs {
		c.From = append(c.From, s.row(last.result, from))
	}
	for _, u := range last.result.Uses[f.ID] {
		if u.Kind != "check" {
			c.Stands = append(c.Stands, s.use(u))
		}
	}
	answer(w, c)
}

func (s *server) use(u build.Use) use {
	said := use{Kind: compare.KindName(u.Kind).In(s.o.Lang), Name: u.Name, Place: u.Place.String(),
		Text: strings.TrimSpace(u.Place.Source)}
	if u.Page != nil {
		said.Page, said.Lang, said.Href = u.Page.Front.Title, u.Page.Lang.Code, "/"+u.Page.Path
	}
	return said
}

// checksOf are the sums that a figure stands in and the checks that name it, each with what
// became of it.
func (s *server) checksOf(set *figure.Set, f *figure.Figure) []use {
	all := s.sumsOf(f)
	for _, c := range set.Checks() {
		if !slices.Contains(c.Figures, f) {
			continue
		}
		became := [...]diag.Text{
			figure.Holds:      diag.Say("holds", "stimmt"),
			figure.NotChecked: diag.Say("cannot be checked: a value is missing", "nicht prüfbar: ein Wert fehlt"),
			figure.Fails:      diag.Say("does not hold", "stimmt nicht"),
		}[c.Outcome]
		all = append(all, use{Kind: became.In(s.o.Lang), Place: c.At.String(), Text: c.Statement})
	}
	return all
}

// sumsOf says whether the parts of a figure, and those that it is one of, are what they have
// to be.
func (s *server) sumsOf(f *figure.Figure) []use {
	all := []use{}
	for _, whole := range []*figure.Figure{f, f.Parent} {
		if whole == nil || len(whole.Parts) == 0 {
			continue
		}
		text := s.say("The parts of “%s” add up to it", "Die Teile von „%s“ ergeben die Zahl", whole.Label.In(s.o.Lang))
		if whole.PartsAre != figure.Complete {
			text = s.say("The parts of “%s” are not more than it", "Die Teile von „%s“ sind nicht mehr als die Zahl",
				whole.Label.In(s.o.Lang))
		}
		all = append(all, use{Kind: becameOf(whole).In(s.o.Lang), Place: whole.ValueAt.String(), Text: text})
	}
	return all
}

// becameOf says what became of the sum of a figure's parts.
func becameOf(whole *figure.Figure) diag.Text {
	_, exact := whole.PartsSum()
	switch {
	case whole.Discrepancy != nil:
		return diag.Say("does not hold, and is signed for", "stimmt nicht und ist abgezeichnet")
	case whole.SumChecked:
		return diag.Say("holds", "stimmt")
	case exact && whole.Value.Number != nil && whole.Value.Bound == locale.Exact:
		return diag.Say("does not hold", "stimmt nicht")
	}
	return diag.Say("cannot be checked: not every value is an exact number",
		"nicht prüfbar: nicht jeder Wert ist eine genaue Zahl")
}

// list is messages of one kind.
type list struct {
	Title    string    `json:"title"`
	None     string    `json:"none"` // what is said where there are none
	Problems []problem `json:"problems"`
	More     string    `json:"more,omitempty"`
}

// kindsOfLists are the codes that have a list of their own.
var kindsOfLists = map[string]int{
	"number-bare": 2, "number-unlinked": 2, "translation-outdated": 3, "translation-unrecorded": 3,
}

// lists answers with what is wrong, what is warned of, numbers without a link, and
// translations that may be out of date.
func (s *server) lists(w http.ResponseWriter, _ *http.Request) {
	last := s.latest(w)
	if last == nil {
		return
	}
	all := []list{
		{Title: s.say("Problems", "Probleme"), None: s.say("None.", "Keine.")},
		{Title: s.say("Warnings", "Warnungen"), None: s.say("None.", "Keine.")},
		{Title: s.say("Numbers without a figure", "Zahlen ohne Kennzahl"),
			None: s.say("Every number has one.", "Jede Zahl hat eine.")},
		{Title: s.say("Translations to look at", "Übersetzungen zum Nachsehen"),
			None: s.say("All are up to date, or nobody records them.",
				"Alle sind auf dem Stand, oder niemand hält es fest.")},
	}
	left := make([]int, len(all))
	for i, d := range last.result.Diagnostics {
		at, special := kindsOfLists[d.Code]
		if !special {
			at = int(d.Severity)
		}
		switch l := &all[min(at, len(all)-1)]; {
		case d.Severity == diag.Accepted:
		case len(l.Problems) == mostProblems:
			left[at]++
		default:
			l.Problems = append(l.Problems, s.problem(i, d))
		}
	}
	for i := range all {
		if all[i].Problems == nil {
			all[i].Problems = []problem{}
		}
		if left[i] > 0 {
			all[i].More = s.say("and %d more", "und %d weitere", left[i])
		}
	}
	answer(w, struct {
		Round int    `json:"round"`
		Lists []list `json:"lists"`
		Undo  *back  `json:"undo,omitempty"`
	}{last.number, all, s.undoable()})
}

// changes answers with what changed for readers since the last commit, as "bilanz changes"
// prints it.
func (s *server) changes(w http.ResponseWriter, r *http.Request) {
	last := s.latest(w)
	if last == nil {
		return
	}
	if s.o.Committed == nil || last.result.State == nil {
		s.refuse(w, http.StatusNotFound, diag.Say("Nobody knows what was there before.",
			"Was vorher da war, ist nicht bekannt."))
		return
	}
	files, err := s.o.Committed(r.Context())
	if err != nil {
		s.refuse(w, http.StatusNotFound, diag.Say("There is nothing to compare with: %v",
			"Es gibt nichts, womit sich vergleichen lässt: %v", err))
		return
	}
	o := s.trialOptions()
	o.Files = files
	before, err := build.Build(r.Context(), o)
	if err != nil || before.State == nil {
		s.refuse(w, http.StatusNotFound, diag.Say("The last commit cannot be read.",
			"Der letzte Commit lässt sich nicht lesen."))
		return
	}
	answer(w, struct {
		Text string `json:"text"`
	}{compare.States(before.State, last.result.State).Text(s.o.Lang)})
}

// trialOptions are those of a build that keeps nothing.
func (s *server) trialOptions() build.Options {
	o := s.o.Build
	o.Into, o.NoCards, o.Heard, o.Retype, o.Translations, o.State = nowhere{}, true, true, true, true, true
	o.Progress, o.Outlined, o.Drawing = nil, nil, nil
	return o
}

// nowhere takes the files of a site that nobody wants.
type nowhere struct{}

func (nowhere) Write(string, []byte) error { return nil }
