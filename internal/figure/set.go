package figure

import (
	"math/big"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// Options says what the site expects of its figures.
type Options struct {
	Langs    []string // the languages of the site
	Complete []string // those in which every label and note must exist
	Demo     bool     // the site is one of invented data
}

// Set holds all figures of a site, checked. It does not change once loaded, and
// may be read by many at once.
type Set struct{}

// Load reads all files of content/figures, YAML and CSV, in any order.
func Load(files []schema.File, o Options, list *diag.List) *Set { return &Set{} }

// Lookup finds a figure by its id.
func (s *Set) Lookup(id string) (*Figure, bool) { return nil, false }

// Renamed finds the figure that once had this id.
func (s *Set) Renamed(old string) (*Figure, bool) { return nil, false }

// Table finds a table by its id.
func (s *Set) Table(id string) (*Table, bool) { return nil, false }

// All gives every figure, by id.
func (s *Set) All() []*Figure { return nil }

// IDs gives the ids of all figures, in order.
func (s *Set) IDs() []string { return nil }

// Nearest gives the figures that an unknown id may have meant, best first.
func (s *Set) Nearest(id string) []*Figure { return nil }

// Incomplete reports whether a file of figures could not be read, so that an id
// that is missing may stand in it: an unknown id is then not worth a message.
func (s *Set) Incomplete() bool { return false }

// Checks gives the checks that authors wrote, in the order of their places.
func (s *Set) Checks() []Check { return nil }

// Equal gives the figures whose value is n as it is written, or, of a
// percentage, whose share or percentage rounds to n at the decimals that n has.
func (s *Set) Equal(n *big.Rat, percent bool) []*Figure { return nil }

// Claim proves what a chart's title says. The place of a stretch of its text
// comes from the caller.
func (s *Set) Claim(text string, place func(start, end int) diag.Place, list *diag.List) {}

// Fixes gives the changes to the figure files that leave no doubt, by place.
func (s *Set) Fixes() []Fix { return nil }

// Fix is a change of some bytes of a file that mends one diagnostic.
type Fix struct {
	Path       string
	Start, End int // the bytes that go
	New        string
	Code       string // of the diagnostic
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
}

// Field is a fact about a figure other than its value.
type Field string

// The fields that a page can cite after "?"; NoField cites the value.
const (
	NoField     Field = ""
	PeriodField Field = "period"
	LabelField  Field = "label"
	UnitField   Field = "unit"
	SourceField Field = "source"
	AsOfField   Field = "as_of"
)

// Option says in which way a page cites a figure: fig:visits.total?share.
type Option struct {
	Share    bool // the part of its whole, in percent
	Decimals int  // -1: the figure's own, and none for a share
	Field    Field
}

// Plain is the option of a citation that asks for nothing special.
var Plain = Option{Decimals: -1}

// OptionError is an option that does not exist, at its bytes in the query.
type OptionError struct {
	Start, End int
	Text       diag.Text
	Ways       []diag.Text
}

// ParseOption reads what stands after "?" in an address: "share&decimals=1".
func ParseOption(query string) (Option, *OptionError) { return Plain, nil }

// String writes the option in the one form that pages are compared by.
func (o Option) String() string { return "" }

// Fits reports whether the option makes sense for the figure, and if not, why.
func (o Option) Fits(f *Figure) (diag.Text, bool) { return diag.Text{}, true }

// Ref is a figure cited in a certain way.
type Ref struct {
	Figure *Figure
	Option Option
}

// Text writes the citation as the build does: "318,462", "more than 30", "54%".
func (r Ref) Text(l *locale.Lang) string { return "" }

// Data writes the value for machines: "318462", "more than 30", "54", "".
func (r Ref) Data() string { return "" }

// Exact gives the number that words about the citation are checked against, not
// rounded, and how many decimals it is shown with; a share in percent. It
// reports false where there is no exact number.
func (r Ref) Exact() (n *big.Rat, decimals int, ok bool) { return nil, 0, false }

// Spoken writes the citation with its unit and its time, for people who hear a
// link without the sentence around it.
func (r Ref) Spoken(l *locale.Lang) string { return "" }
