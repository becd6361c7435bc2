package figure

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
)

// Options says what the site expects of its figures.
type Options struct {
	Langs     []string    // the languages of the site
	Languages *locale.Set // that Langs are of; nil for those built in
	Complete  []string    // those in which every label and note must exist
	Demo      bool        // the site is one of invented data
	Locks     []string    // files by which other programs show that they have one open
	Lost      []string    // files of figures that could not be read: an unknown id may be one of theirs
	Retype    bool        // keep how each value is typed, for Figure.Retype
}

// Set holds all figures of a site, checked. It does not change once loaded, and
// may be read by many at once.
type Set struct {
	o          Options
	figures    map[string]*Figure
	all        []*Figure // by id
	ids        []string
	named      *diag.Names // the same
	formerly   map[string]*Figure
	oldIDs     []oldID
	tables     map[string]*Table
	oldTables  map[string]*Table // by an id that they once had
	series     map[string]*Series
	units      []*Unit
	checks     []Check
	checkedBy  map[*Figure][]Check // those that hold
	explained  []*Explanation
	groups     map[string]Text // the names of groups of figures, by the first part of their ids
	incomplete bool
	equal      shown    // by the value as displayed
	percents   shown    // by the percentage as displayed
	byValue    []ranked // exact ones, the least first; those of one value by id
}

// Lookup finds a figure by its id.
func (s *Set) Lookup(id string) (*Figure, bool) {
	f, ok := s.figures[id]
	return f, ok
}

// Units lists what the figures count, by the names of the units.
func (s *Set) Units() []*Unit { return s.units }

// Renamed finds the figure that once had this id. Where a figure was renamed,
// its parts were with it.
func (s *Set) Renamed(old string) (*Figure, bool) {
	if f, ok := s.formerly[old]; ok {
		return f, true
	}
	for i := strings.LastIndexByte(old, '.'); i > 0; i = strings.LastIndexByte(old[:i], '.') {
		if f, ok := s.formerly[old[:i]]; ok {
			return s.Lookup(f.ID + old[i:])
		}
	}
	return nil, false
}

// Table finds a table by its id.
func (s *Set) Table(id string) (*Table, bool) {
	t, ok := s.tables[id]
	return t, ok
}

// All gives every figure, by id. The caller does not change the slice.
func (s *Set) All() []*Figure { return s.all }

// Nearest gives the figures that an unknown id may have meant, best first, three
// at the most.
func (s *Set) Nearest(id string) []*Figure {
	var near []*Figure
	for _, other := range s.named.Nearest(id) {
		near = append(near, s.figures[other])
	}
	if len(near) > 0 {
		return near
	}
	if dates := s.nearestDates(id); len(dates) > 0 {
		return dates
	}
	// The right words under the wrong parent: locations for network.locations.
	tail := id[strings.LastIndexByte(id, '.')+1:]
	for _, f := range s.all {
		if len(near) < 3 && len(tail) > 2 && strings.HasSuffix(f.ID, "."+tail) {
			near = append(near, f)
		}
	}
	return near
}

// nearestDates gives, of an unknown date of a series, those of the same year:
// members.2024 for members.2024-12-31.
func (s *Set) nearestDates(id string) []*Figure {
	const year = len("2024")
	dot := strings.LastIndexByte(id, '.')
	series := s.series[id[:max(dot, 0)]]
	if series == nil || len(id) < dot+1+year {
		return nil
	}
	var near []*Figure
	for _, f := range series.Points {
		if len(near) < 3 && strings.HasPrefix(f.ID[dot+1:], id[dot+1:dot+1+year]) {
			near = append(near, f)
		}
	}
	return near
}

// HasGroup reports whether the id of any figure or table begins with a word and a point,
// or is that word.
func (s *Set) HasGroup(first string) bool {
	at, found := slices.BinarySearch(s.ids, first)
	return found || at < len(s.ids) && strings.HasPrefix(s.ids[at], first+".") || s.tables[first] != nil
}

// Incomplete reports whether a file of figures could not be read, so that an id
// that is missing may stand in it: an unknown id is then not worth a message.
func (s *Set) Incomplete() bool { return s.incomplete }

// Checks gives the checks that authors wrote, in the order of their places.
func (s *Set) Checks() []Check { return s.checks }

// Bound reports whether a check, even one that fails, names both figures.
func (s *Set) Bound(a, b *Figure) bool {
	return slices.ContainsFunc(s.checks, func(c Check) bool {
		return slices.Contains(c.Figures, a) && slices.Contains(c.Figures, b)
	})
}

// Group names the figures whose ids begin with this word, as readers know them. It
// reports false where the author did not.
func (s *Set) Group(first string) (Text, bool) {
	label, ok := s.groups[first]
	return label, ok
}

// Outcome is what became of a check.
type Outcome int

// A check Holds, or was NotChecked because a value is missing; one that Fails is
// a diagnostic too.
const (
	Holds Outcome = iota
	NotChecked
	Fails
)

// Check is a statement about figures that must be true.
type Check struct {
	Statement string    // as written: "visits.total.central > visits.total.branches"
	Figures   []*Figure // that it is about, in the order of the statement
	Because   []Passage // why it may compare two units, or why it holds; nil where not said
	Outcome   Outcome
	At        diag.Place

	equates bool // it says that two figures are the same number
}

// sort puts the figures in the order of their ids. Everything after it walks in
// this order, so that the order of files and folders changes nothing.
func (s *Set) sort() {
	slices.SortFunc(s.all, func(a, b *Figure) int { return cmp.Compare(a.ID, b.ID) })
	for _, f := range s.all {
		s.ids = append(s.ids, f.ID)
	}
	s.named = diag.NewNames(s.ids)
	slices.SortStableFunc(s.oldIDs, func(a, b oldID) int { return a.at.Compare(b.at) })
}

// settleShare computes once what part of its whole a figure is.
func (f *Figure) settleShare() {
	whole := f.Whole()
	if whole == nil || !f.Value.Exact() || !whole.Value.Exact() || whole.Value.Number.Sign() == 0 || f.Unit != whole.Unit {
		return
	}
	f.fraction = new(big.Rat).Quo(f.Value.Number, whole.Value.Number)
}

// share is the figure in percent of its whole, not rounded.
func (f *Figure) share() (*big.Rat, bool) {
	if f.fraction == nil {
		return nil, false
	}
	return new(big.Rat).Mul(f.fraction, hundred), true
}

var hundred = big.NewRat(100, 1)

// unknown says that there is no figure with an id that stands at some byte of a
// formula or claim, and what may have been meant.
func (s *Set) unknown(id string, start int) *fault {
	bad := &fault{code: "figure-unknown", start: start, end: start + len(id), about: id,
		text: diag.Say("there is no figure %s", "es gibt keine Kennzahl %s", id)}
	if t, ok := s.tables[id]; ok {
		bad.text = diag.Say("%s is a table, not a figure", "%s ist eine Tabelle, keine Kennzahl", id)
		bad.ways = []diag.Text{diag.Say("name one of its cells, such as %s",
			"nennen Sie eine ihrer Zellen, etwa %s", t.Any().ID)}
		return bad
	}
	if f, ok := s.Renamed(id); ok {
		bad.text = diag.Say("%s is now called %s", "%s heißt jetzt %s", id, f.ID)
		bad.ways, bad.write = []diag.Text{writeWay(f.ID)}, f.ID
		return bad
	}
	if minus := strings.IndexByte(id, '-'); minus > 0 {
		for ; minus > 0 && minus < len(id); minus = nextHyphen(id, minus) {
			if s.figures[id[:minus]] != nil && (s.figures[id[minus+1:]] != nil || isDigits(id[minus+1:])) {
				bad.ways = []diag.Text{diag.Say("write %s - %s, with spaces around the minus",
					"schreiben Sie %s - %s, mit Leerzeichen um das Minus", id[:minus], id[minus+1:])}
				return bad
			}
		}
	}
	for _, near := range s.Nearest(id) {
		bad.notes = append(bad.notes, diag.Note{Place: near.IDAt, Text: diag.Say("did you mean %s?",
			"meinten Sie %s?", near.Named())})
		bad.ways = append(bad.ways, writeWay(near.ID))
	}
	return bad
}

func nextHyphen(id string, at int) int {
	next := strings.IndexByte(id[at+1:], '-')
	if next < 0 {
		return -1
	}
	return at + 1 + next
}
