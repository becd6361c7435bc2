package compare

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// Changes is what became of a state.
type Changes struct {
	Figures  []FigureChange // by the new ids, those that are gone by their old ones
	Places   []PlaceChange  // in the order of the new places
	Reworded []Reworded     // pages that say other words, by file
	Added    []Wording      // pages that are new, by file
	Gone     []string       // addresses that lead nowhere any more
	Old      *State
	New      *State
}

// FigureChange is what became of a figure.
type FigureChange struct {
	Old, New  *Figure // nil where it is new, or gone
	Facts     []Name  // that are others now; none of a figure that is new or gone
	Jump      Jump
	Confirmed bool // somebody signed for the jump
}

// ID is the id that the figure has, or had.
func (c *FigureChange) ID() string {
	if c.New != nil {
		return c.New.ID
	}
	return c.Old.ID
}

// Renamed reports whether the figure has another id now.
func (c *FigureChange) Renamed() bool { return c.Old != nil && c.New != nil && c.Old.ID != c.New.ID }

// Name is a fact about a figure.
type Name string

// The facts that are compared, as they are printed for programs.
const (
	Value  Name = "value"
	Label  Name = "label"
	Unit   Name = "unit"
	Time   Name = "period"
	Source Name = "source"
	Status Name = "status"
	Parts  Name = "parts"
	Gap    Name = "discrepancy"
)

// exact is a value with all its digits, as data files have it.
const exact Name = "exact value"

var facts = []Name{Value, Label, Unit, Time, Source, Status, Parts, Gap}

// key is what a fact is compared by.
func (n Name) key(f *Figure) string {
	switch n {
	case Value:
		return strings.Join([]string{
			f.Value.String(), f.Approx.String(), f.Lower.String(), f.Upper.String(), f.Qualifier,
		}, "|")
	case Unit:
		return f.Unit
	case Time:
		return strings.Join([]string{f.Start, f.End, f.AsOf, f.AsOfYear.String()}, "|")
	case Source:
		return f.Source
	case Status:
		return f.Status
	case Parts:
		return strings.Join(f.Parts.IDs, " ")
	case Gap:
		return f.Discrepancy.By.String()
	}
	return ""
}

// name is what the words for a fact are kept under.
func (n Name) name(f *Figure) string { return string(n) + " " + n.key(f) }

// differs reports whether a fact is another one now. A label is compared in the languages
// that both states have, and parts after what they are called now.
func (n Name) differs(before, after *Figure, now func(id string) string) bool {
	switch n {
	case Label:
		for lang, text := range before.Label {
			if other, ok := after.Label[lang]; ok && other != text {
				return true
			}
		}
		return false
	case Value:
		if before.broken || after.broken {
			return false // nobody knows it, which is a problem of its own
		}
		sameWords := before.Text["en"] == after.Text["en"] && before.Text["de"] == after.Text["de"]
		if after.Formula != "" && sameWords {
			return false // it is computed anew, and nobody sees a difference
		}
	case Parts:
		ids := make([]string, len(before.Parts.IDs))
		for i, id := range before.Parts.IDs {
			ids[i] = now(id)
		}
		return !slices.Equal(ids, after.Parts.IDs)
	}
	return n.key(before) != n.key(after)
}

// Jump says what makes a change of a value one that is more often a slip than news.
type Jump string

// The jumps. A value on the limit, twice or half of what it was, is none.
const (
	NoJump  Jump = ""
	Sign    Jump = "the sign changed"
	Doubled Jump = "more than double"
	Halved  Jump = "less than half"
	Digits  Jump = "another number of digits"
)

// JumpOf finds what makes the change from one figure to another a jump. What a formula
// computes jumps with its figures, unless the formula is another.
func JumpOf(before, after *Figure) Jump {
	old, now := before.number(), after.number()
	if old == nil || now == nil || after.Formula != "" && after.Formula == before.Formula {
		return NoJump
	}
	two := big.NewRat(2, 1)
	a, b := new(big.Rat).Abs(old), new(big.Rat).Abs(now)
	switch {
	case old.Sign()*now.Sign() < 0:
		return Sign
	case b.Cmp(new(big.Rat).Mul(a, two)) > 0:
		return Doubled
	case a.Cmp(new(big.Rat).Mul(b, two)) > 0:
		return Halved
	case wholeDigits(a, before.Decimals) != wholeDigits(b, after.Decimals):
		return Digits
	}
	return NoJump
}

// wholeDigits counts the digits before the decimal sign, as the number is shown.
func wholeDigits(n *big.Rat, decimals int) int {
	shown := locale.Round(n, decimals)
	return len(new(big.Int).Quo(shown.Num(), shown.Denom()).String())
}

// States finds what changed.
func States(before, after *State) *Changes {
	c := &Changes{Old: before, New: after}
	r := newRenames(before, after)
	old := byID(before.Figures)
	for i := range after.Figures {
		f := &after.Figures[i]
		was := old[r.before[f.ID]]
		if change, ok := compareFigure(was, f, r.now); ok {
			change.Confirmed = change.Jump != NoJump && after.Confirmed[f.ID]
			c.Figures = append(c.Figures, change)
		}
	}
	for i := range before.Figures {
		if f := &before.Figures[i]; r.after[f.ID] == "" && !after.Incomplete {
			c.Figures = append(c.Figures, FigureChange{Old: f})
		}
	}
	c.comparePlaces(r)
	c.compareWordings()
	if before.Addresses != nil && after.Addresses != nil {
		c.Gone = Vanished(before.Addresses, after.Addresses)
	}
	return c
}

// Vanished lists the addresses that are no longer among the others.
func Vanished(before, after []string) []string {
	var gone []string
	for _, address := range before {
		if _, there := slices.BinarySearch(after, address); !there {
			gone = append(gone, address)
		}
	}
	return gone
}

// Lost lists the figures that are gone, together what belongs together: a figure with its
// parts, the cells of a table.
func (c *Changes) Lost() [][]*Figure {
	var all [][]*Figure
	at := map[string]int{}
	for i := range c.Figures {
		f := c.Figures[i].Old
		if c.Figures[i].New != nil {
			continue
		}
		key := cmp.Or(f.Table, f.ID)
		for end := len(f.ID); end > 0; end = strings.LastIndexByte(f.ID[:end], '.') {
			if _, whole := at[f.ID[:end]]; whole {
				key = f.ID[:end]
			}
		}
		if n, known := at[key]; known {
			all[n] = append(all[n], f)
			continue
		}
		at[key] = len(all)
		all = append(all, []*Figure{f})
	}
	return all
}

func compareFigure(before, after *Figure, now func(string) string) (FigureChange, bool) {
	change := FigureChange{Old: before, New: after}
	if before == nil {
		return change, true
	}
	for _, name := range facts {
		if name.differs(before, after, now) {
			change.Facts = append(change.Facts, name)
			if name == Value {
				change.Jump = JumpOf(before, after)
			}
		}
	}
	return change, len(change.Facts) > 0 || change.Renamed()
}

func byID(figures []Figure) map[string]*Figure {
	all := make(map[string]*Figure, len(figures))
	for i := range figures {
		all[figures[i].ID] = &figures[i]
	}
	return all
}

// renames knows which figure of one state is which of the other.
type renames struct{ before, after map[string]string }

func newRenames(before, after *State) renames {
	r := renames{before: map[string]string{}, after: map[string]string{}}
	now, formerly := byID(after.Figures), map[string]string{}
	for _, f := range after.Figures {
		for _, id := range f.Formerly {
			formerly[id] = f.ID
		}
	}
	for _, f := range before.Figures {
		if now[f.ID] != nil {
			r.after[f.ID], r.before[f.ID] = f.ID, f.ID
		}
	}
	for _, f := range before.Figures {
		if id := renamed(f.ID, formerly); r.after[f.ID] == "" && now[id] != nil && r.before[id] == "" {
			r.after[f.ID], r.before[id] = id, f.ID
		}
	}
	return r
}

// renamed is the id that a figure has now. Where a figure was renamed, its parts were
// with it.
func renamed(id string, formerly map[string]string) string {
	for end := len(id); end > 0; end = strings.LastIndexByte(id[:end], '.') {
		if now := formerly[id[:end]]; now != "" {
			return now + id[end:]
		}
	}
	return ""
}

// now is the id that a figure has now, or had.
func (r renames) now(id string) string { return cmp.Or(r.after[id], id) }

// PlaceChange is a place that has to do with a figure that changed.
type PlaceChange struct {
	Old, New *Place // nil where it is new, or gone
	Of       []Of   // the figures that changed, by their new ids
}

// place is the place as it is now, or was.
func (c *PlaceChange) place() *Place {
	if c.New != nil {
		return c.New
	}
	return c.Old
}

// comparePlaces finds the places that have to do with figures that changed, and which of
// before is which of now.
func (c *Changes) comparePlaces(r renames) {
	touched := c.touched(r)
	var old, now []PlaceChange
	for i := range c.Old.Places {
		p := &c.Old.Places[i]
		if of := touched.of(p, r.now); len(of) > 0 {
			old = append(old, PlaceChange{Old: p, Of: of})
		}
	}
	for i := range c.New.Places {
		p := &c.New.Places[i]
		if of := touched.of(p, func(id string) string { return id }); len(of) > 0 {
			now = append(now, PlaceChange{New: p, Of: of})
		}
	}
	for _, key := range []func(*PlaceChange) string{block, c.whole, c.first, elsewhere} {
		pair(old, now, key)
	}
	c.Places = now
	for _, p := range old {
		if p.Old != nil {
			c.Places = append(c.Places, p)
		}
	}
	slices.SortStableFunc(c.Places, func(a, b PlaceChange) int { return a.place().At.Compare(b.place().At) })
}

// pair gives to places of now what they were, where both have the same key, and it is not
// ""; the first to the first.
func pair(old, now []PlaceChange, key func(*PlaceChange) string) {
	waiting := map[string][]int{}
	for i := range old {
		if old[i].Old != nil {
			waiting[key(&old[i])] = append(waiting[key(&old[i])], i)
		}
	}
	for i := range now {
		k := key(&now[i])
		if k == "" || now[i].Old != nil || len(waiting[k]) == 0 {
			continue
		}
		was := &old[waiting[k][0]]
		waiting[k] = waiting[k][1:]
		now[i].Old, was.Old = was.Old, nil
	}
}

// where is the page, or the file of figures, as it is called now, and what stands there.
func (c *Changes) where(p *PlaceChange) string {
	place := p.place()
	page := place.Page
	if to, ok := c.New.Moved[page]; ok && p.New == nil {
		page = to
	}
	if place.Title == "" {
		page = place.At.Path
	}
	return place.Kind + " " + page
}

func (c *Changes) first(p *PlaceChange) string { return c.where(p) + " " + p.Of[0].ID }

func (c *Changes) whole(p *PlaceChange) string { return c.where(p) + allOf(p) }

// block is the id of a block in its language, wherever it stands; "" for all else.
func block(p *PlaceChange) string {
	if p.place().Name == "" {
		return ""
	}
	return language(p) + " " + p.place().Name
}

// elsewhere is for what moved to another page of its language.
func elsewhere(p *PlaceChange) string { return p.place().Kind + " " + language(p) + allOf(p) }

// language is the folder of a language: content/de.
func language(p *PlaceChange) string {
	folders := strings.SplitN(p.place().At.Path, "/", 3)
	return strings.Join(folders[:min(2, len(folders))], "/")
}

func allOf(p *PlaceChange) string {
	var key strings.Builder
	for _, of := range p.Of {
		key.WriteString(" " + of.ID + " " + string(of.Relation))
	}
	return key.String()
}

// touched is what changed of each figure, by its id now: facts, and whatever changed of
// its parts, of which a sentence about it speaks.
type touched map[string]changed

// changed is the facts of one figure that are others now.
type changed map[Name]bool

// What a sentence may speak about without saying it: a change of a part, and whether the
// parts with which the figure makes a whole add up, or how many they are.
const (
	part Name = "a part"
	sum  Name = "the sum"
)

func (c *Changes) touched(r renames) touched {
	t := touched{}
	mark := func(id string, name Name) {
		if t[id] == nil {
			t[id] = changed{}
		}
		t[id][name] = true
	}
	wholes := map[string]string{}
	for _, state := range []*State{c.Old, c.New} {
		for _, f := range state.Figures {
			for _, id := range f.Parts.IDs {
				wholes[r.now(id)] = r.now(f.ID)
			}
		}
	}
	for i := range c.Figures {
		change := &c.Figures[i]
		id := r.now(change.ID())
		if f := cmp.Or(change.New, change.Old); change.Old == nil || change.New == nil {
			for _, name := range facts {
				if (name != Parts || len(f.Parts.IDs) > 0) && (name != Gap || f.Discrepancy.By != "") {
					mark(id, name)
				}
			}
		}
		for _, name := range change.Facts {
			mark(id, name)
		}
		if whole := wholes[id]; whole != "" && (t[id][Value] || t[id][Parts]) {
			mark(whole, part)
		}
	}
	for id, whole := range wholes {
		if t[whole][Gap] || t[whole][Parts] {
			mark(id, sum)
		}
	}
	return t
}

// of gives the figures that a place has to do with and that changed so that the place may
// say something else.
func (t touched) of(p *Place, now func(string) string) []Of {
	var all []Of
	seen := map[Of]bool{}
	add := func(of Of) {
		if !seen[of] {
			seen[of] = true
			all = append(all, of)
		}
	}
	for _, of := range p.Of {
		of.ID = now(of.ID)
		facts := t[of.ID]
		if facts.matter(of) {
			add(of)
		}
		// Whoever says the value may also say in words that the parts do not add up.
		if of.Relation == Says && of.Fact == "" && (facts[Gap] || facts[Parts] || facts[sum]) {
			add(Of{ID: of.ID, Relation: Speaks})
		}
	}
	return all
}

// matter reports whether these facts are what a place says or speaks of.
func (facts changed) matter(of Of) bool {
	switch {
	case of.Relation == Speaks:
		return facts[Value] || facts[Parts] || facts[Gap] || facts[part] || facts[sum]
	case of.Relation == Shows:
		return facts[Value] || facts[Unit] || facts[Time] || facts[Status] || facts[Label] || facts[Parts]
	case of.Fact != "":
		return facts[of.Fact]
	}
	return facts[Value] || facts[Unit]
}

var statuses = []figure.Status{figure.Final, figure.Provisional, figure.Estimated, figure.Revised}

// said is a fact as readers get it, in the language of messages; "" where there is none.
func (s *State) said(name Name, f *Figure, lang string) string {
	switch name {
	case Value:
		return f.Text.In(lang)
	case exact:
		return cmp.Or(f.Value, f.Approx, f.Lower, f.Upper).String()
	case Label:
		return f.Label.In(lang)
	case Status:
		if slices.Contains(statuses, figure.Status(f.Status)) {
			return locale.Must(lang).Word("status-" + f.Status)
		}
	case Parts:
		if len(f.Parts.IDs) == 0 {
			return ""
		}
		return locale.Must(lang).Counted(len(f.Parts.IDs))
	case Gap:
		if n, ok := new(big.Rat).SetString(f.Discrepancy.By.String()); ok {
			return locale.Must(lang).Number(n, f.Decimals)
		}
		return ""
	}
	if text := s.names[name.name(f)]; len(text) > 0 {
		return text.In(lang)
	}
	if name == Time {
		return f.time()
	}
	return name.key(f)
}

// time says in days what has no words of its own.
func (f *Figure) time() string {
	switch {
	case f.Start != "":
		return f.Start + " – " + f.End
	case f.AsOf != "":
		return f.AsOf
	}
	return f.AsOfYear.String()
}
