// Package compare says what changes for readers between two states of a project: which
// figures, and which sentences, titles, charts and checks say them, rest on them or speak
// about them.
//
// Rules:
//   - A state is made of a project's figures and pages, or read from the data files of a
//     built site, which know figures and addresses and no sentences.
//   - Figures are compared as they are published, exactly, and shown as pages print them.
//   - A figure that was renamed and says so (formerly:) is one figure, and so are its parts.
//   - A jump is a change that is more often a slip than news. It wants a confirming word,
//     which content/accepted.yaml takes like any other.
//   - What is printed cannot break out of its place, wherever the other state came from.
package compare

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/accepted"
	"bilanz/internal/data"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// State is what a project or a built site says.
type State struct {
	Figures   []Figure          // by id
	Addresses []string          // of pages and charts, in order; nil where nobody knows them all
	Moved     map[string]string // old addresses of pages, and where they lead
	Places    []Place           // in order; none of a built site
	Wordings  []Wording         // of all pages; none of a built site
	Built     bool              // it is a built site

	// Translations are held against their record, for what is recorded since.
	Translations []accepted.Translation

	// Confirmed are the figures whose jump against another state somebody signed for.
	Confirmed map[string]bool

	// Incomplete says that a file of figures could not be read: what is not among
	// Figures may stand there.
	Incomplete bool

	names map[string]figure.Text // of units, sources and times, as name says
}

// Figure is one published figure, as data/figures.json has it.
type Figure struct {
	ID          string      `json:"id"`
	Label       figure.Text `json:"label"`
	Value       json.Number `json:"value"`
	Approx      json.Number `json:"approx"`
	Lower       json.Number `json:"lower"`
	Upper       json.Number `json:"upper"`
	Qualifier   string      `json:"qualifier"`
	Text        figure.Text `json:"text"`
	Unit        string      `json:"unit"`
	Decimals    int         `json:"decimals"`
	Start       string      `json:"start"`
	End         string      `json:"end"`
	AsOf        string      `json:"as_of"`
	AsOfYear    json.Number `json:"as_of_year"`
	Source      string      `json:"source"`
	Status      string      `json:"status"`
	Table       string      `json:"table"`
	Formerly    []string    `json:"formerly"`
	Formula     string      `json:"formula"`
	Parts       parts       `json:"parts"`
	Discrepancy discrepancy `json:"discrepancy"`

	At diag.Place `json:"-"` // of the value; the zero place of a built site

	broken bool // its value cannot be read
}

type parts struct {
	IDs []string `json:"ids"`
}

type discrepancy struct {
	By json.Number `json:"by"`
}

// Relation is what a place has to do with a figure.
type Relation string

// A place says the value of a figure, or another fact about it; it rests on the whole
// that a share is a share of, or on what a formula is computed from; it speaks about a
// figure where it says how many parts it has, whether they add up, or that it has no
// value; a chart or table shows it; a claim or check proves something of it.
const (
	Says   Relation = "says"
	Rests  Relation = "rests on"
	Speaks Relation = "speaks about"
	Shows  Relation = "shows"
	Proves Relation = "proves something of"
)

// Of is a figure that a place has to do with.
type Of struct {
	ID       string
	Relation Relation
	Fact     Name // which of its facts the place says; the value where empty
}

// Place is a sentence, title, note, block, formula or check, as readers get it.
type Place struct {
	Kind  string // "sentence", "title", "description", "note", "chart", "table", "figures", "cards", "formula", "check"
	At    diag.Place
	Name  string // of a block its id
	Page  string // the address of the page: "de/visits/"
	Title string // of the page; "" for what stands in a file of figures
	Text  string // one line
	Of    []Of
}

// OfSet makes the figures of a state from a checked set. The languages are those of the
// site; values are said in those of messages, too.
func OfSet(set *figure.Set, langs []*locale.Lang) State {
	langs = slices.Clone(langs)
	for _, code := range []string{"en", "de"} {
		if !slices.ContainsFunc(langs, func(l *locale.Lang) bool { return l.Code == code }) {
			langs = append(langs, locale.Must(code))
		}
	}
	all := set.All()
	s := State{
		Figures: make([]Figure, len(all)), names: map[string]figure.Text{}, Confirmed: map[string]bool{},
		Incomplete: set.Incomplete(),
	}
	for i, f := range all {
		s.Figures[i] = published(f, langs)
		s.remember(f, &s.Figures[i])
	}
	return s
}

// published is a figure as data/figures.json has it, without the way over a text: of
// 50,000 figures that took four fifths of a comparison.
func published(f *figure.Figure, langs []*locale.Lang) Figure {
	facts := data.FactsOf(f)
	p := Figure{
		ID: f.ID, Label: f.Label, Text: make(figure.Text, len(langs)),
		Value: json.Number(facts.Value), Approx: json.Number(facts.Approx),
		Lower: json.Number(facts.Lower), Upper: json.Number(facts.Upper), Qualifier: facts.Qualifier,
		Unit: f.Unit.ID, Decimals: f.Decimals,
		Start: facts.Start, End: facts.End, AsOf: facts.AsOf, AsOfYear: json.Number(facts.AsOfYear),
		Source: f.Source.ID, Status: string(f.Status), Formerly: f.Formerly, Formula: f.Formula,
		At: f.ValueAt, broken: f.Value.Broken,
	}
	for _, l := range langs {
		p.Text[l.Code] = data.Printed(f, l)
	}
	if f.Cell != nil {
		p.Table = f.Cell.Table.ID
	}
	for _, part := range f.Parts {
		p.Parts.IDs = append(p.Parts.IDs, part.ID)
	}
	if d := f.Discrepancy; d != nil {
		p.Discrepancy.By = json.Number(figure.Decimal(d.By))
	}
	return p
}

// remember keeps the words for what figures only name.
func (s *State) remember(f *figure.Figure, p *Figure) {
	s.names[Unit.name(p)], s.names[Source.name(p)] = f.Unit.Other, f.Source.Label
	if name := Time.name(p); s.names[name] == nil {
		s.names[name] = timeOf(f)
	}
}

// timeOf says when a figure was counted, in the languages of messages.
func timeOf(f *figure.Figure) figure.Text {
	if f.Period != nil {
		return f.Period.Label
	}
	return figure.Text{"en": f.AsOf.In(locale.Must("en")), "de": f.AsOf.In(locale.Must("de"))}
}

// ReadSite reads the state of a built site from its data/figures.json and files.json.
func ReadSite(figures, files []byte) (State, error) {
	s, err := readFigures(figures)
	if err != nil {
		return s, err
	}
	var list struct {
		Files []struct {
			Path string `json:"path"`
		} `json:"files"`
	}
	if err := json.Unmarshal(files, &list); err != nil {
		return s, fmt.Errorf("files.json: %w", err)
	}
	s.Built, s.Addresses = true, []string{}
	for _, f := range list.Files {
		s.Addresses = append(s.Addresses, f.Path)
	}
	s.Addresses = Addresses(s.Addresses)
	return s, nil
}

func readFigures(text []byte) (State, error) {
	var file struct {
		Figures []Figure `json:"figures"`
	}
	if err := json.Unmarshal(bytes.TrimPrefix(text, []byte("\ufeff")), &file); err != nil {
		return State{}, fmt.Errorf("data/figures.json: %w", err)
	}
	slices.SortStableFunc(file.Figures, func(a, b Figure) int { return cmp.Compare(a.ID, b.ID) })
	return State{Figures: file.Figures}, nil
}

// Addresses are those of pages and charts among the files of a site. That of the bare
// chart for other people's pages goes with the chart.
func Addresses(files []string) []string {
	addresses := []string{}
	for _, file := range files {
		address, isPage := strings.CutSuffix(file, "index.html")
		if isPage && !strings.HasSuffix(address, "/embed/") {
			addresses = append(addresses, address)
		}
	}
	slices.Sort(addresses)
	return slices.Compact(addresses)
}

// number is the number that the figure says, or that its bound names; nil for none.
func (f *Figure) number() *big.Rat {
	for _, text := range []json.Number{f.Value, f.Approx, f.Lower, f.Upper} {
		if n, ok := new(big.Rat).SetString(text.String()); ok {
			return n
		}
	}
	return nil
}
