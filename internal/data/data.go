// Package data writes the figures as files for others: CSV and JSON.
//
// Rules:
//   - The files are the same in every language of the site and hold all labels.
//   - A column has one type. Numbers are exact, never rounded for display: value only
//     where a figure is one plain number, else approx, lower or upper beside the words
//     of its bound. What is missing has none of them, and the reason as its qualifier.
//   - What a page prints stands in text, in each language.
//   - Texts are written so that no spreadsheet takes one for a formula.
package data

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"bilanz/internal/drawn"
	"bilanz/internal/figure"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
)

// Site is what the files of one site have in common.
type Site struct {
	Title        map[string]string // by language
	Base         string            // its address; "" where not known
	Edition      string            // its permanent name
	EditionLabel map[string]string // its name for readers, by language
	Demo         bool              // invented data: every file says so
	Langs        []*locale.Lang    // in order
	Default      *locale.Lang

	Licence string // of the content; "" where none is stated
	Contact string // who answers for it: a name; "" where nobody is named
	Mail    string // and an address; "" for none
}

// Set is all figures of a site and where they stand.
type Set struct {
	Site
	Figures []*figure.Figure // by id
	Uses    map[*figure.Figure][]Use

	Sections          func(lang string) []Section                // all figures, by subject
	Note, Discrepancy func(f *figure.Figure, lang string) string // plain text; "" none

	Kept drawn.Cache // where workbooks are kept; nil for none
}

// A Section is figures that belong together, in the order of their authors.
type Section struct {
	ID      string // of letters, digits and hyphens
	Title   string
	Figures []*figure.Figure
}

// Use is one place where a figure stands.
type Use struct {
	Page  string `json:"page"`            // the address of the page: "de/visits/", "" for the start page
	Block string `json:"block,omitempty"` // "chart:visits-by-place"; "" for the page's text
}

type jsonSet struct {
	Demo    bool         `json:"demo,omitempty"`
	Edition string       `json:"edition"`
	Figures []jsonFigure `json:"figures"`
}

type jsonFigure struct {
	ID          string             `json:"id"`
	Label       texts              `json:"label"`
	Name        texts              `json:"name"`
	Value       number             `json:"value"`
	Approx      number             `json:"approx"`
	Lower       number             `json:"lower"`
	Upper       number             `json:"upper"`
	Qualifier   string             `json:"qualifier"`
	Text        texts              `json:"text"`
	Unit        string             `json:"unit"`
	Decimals    int                `json:"decimals"`
	Start       string             `json:"start"`
	End         string             `json:"end"`
	AsOf        string             `json:"as_of"`
	AsOfYear    number             `json:"as_of_year"`
	Source      string             `json:"source"`
	SourceBasis string             `json:"source_basis"`
	Status      string             `json:"status"`
	Aggregation figure.Aggregation `json:"aggregation"`
	Table       string             `json:"table,omitempty"`
	Measure     string             `json:"measure,omitempty"`
	Dimensions  texts              `json:"dimensions,omitempty"`
	Note        texts              `json:"note"`
	Formerly    []string           `json:"formerly,omitempty"`
	Formula     string             `json:"formula,omitempty"`
	Parts       *jsonParts         `json:"parts,omitempty"`
	Discrepancy *jsonDiscrepancy   `json:"discrepancy,omitempty"`
	UsedIn      []Use              `json:"used_in"`
}

// number is a number with all its digits, "" for none, which JSON writes as null.
type number string

// MarshalJSON writes the digits as they are.
func (n number) MarshalJSON() ([]byte, error) {
	if n == "" {
		return []byte("null"), nil
	}
	return []byte(n), nil
}

type jsonParts struct {
	Are     figure.PartsAre `json:"are"`
	Rounded bool            `json:"rounded,omitempty"` // they add up to the value but for rounding
	IDs     []string        `json:"ids"`
}

type jsonDiscrepancy struct {
	Sum  number `json:"sum"`
	By   number `json:"by"`
	Note texts  `json:"note"`
}

// texts are texts by name, such as one in each language, in an order of their own.
type texts []namedText

type namedText struct{ name, text string }

// MarshalJSON writes an object whose keys are in that order.
func (t texts) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, one := range t {
		if i > 0 {
			out.WriteByte(',')
		}
		out.Write(quoted(one.name))
		out.WriteByte(':')
		out.Write(quoted(one.text))
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

func quoted(s string) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(s) // a string has no error
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// FiguresJSON is data/figures.json: every figure, by id. Figures are encoded one by
// one: the library copies a text three times, and that of a large site has megabytes.
func FiguresJSON(s Set) []byte {
	const mark = `"figures": [`
	var out, one bytes.Buffer
	encode(&out, "", jsonSet{Demo: s.Demo, Edition: s.Edition, Figures: []jsonFigure{}})
	before, after, _ := strings.Cut(out.String(), mark)
	out.Reset()
	out.WriteString(before + mark)
	for i, f := range s.Figures {
		if i > 0 {
			out.WriteByte(',')
		}
		one.Reset()
		encode(&one, "    ", s.figure(f))
		out.WriteString("\n    ")
		out.Write(bytes.TrimRight(one.Bytes(), "\n"))
	}
	if len(s.Figures) > 0 {
		out.WriteString("\n  ")
	}
	out.WriteString(after)
	return out.Bytes()
}

func encode(out *bytes.Buffer, prefix string, v any) {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent(prefix, "  ")
	_ = encoder.Encode(v) // texts, strings and a Buffer have no error
}

func (s Set) figure(f *figure.Figure) jsonFigure {
	said, at := rangeOf(f), timeOf(f)
	j := jsonFigure{
		ID: f.ID, Label: s.texts(func(l *locale.Lang) string { return f.Label[l.Code] }),
		Name:  s.texts(func(l *locale.Lang) string { return named(f, l) }),
		Value: said.value, Approx: said.approx, Lower: said.lower, Upper: said.upper, Qualifier: said.qualifier,
		Text: s.texts(func(l *locale.Lang) string { return Printed(f, l) }),
		Unit: f.Unit.ID, Decimals: f.Decimals, Start: at.start, End: at.end, AsOf: at.asOf, AsOfYear: number(at.asOfYear),
		Source: f.Source.ID, SourceBasis: basis(f), Status: string(f.Status), Aggregation: f.Aggregation(),
		Note:     s.texts(func(l *locale.Lang) string { return s.Note(f, l.Code) }),
		Formerly: f.Formerly, Formula: f.Formula, UsedIn: s.Uses[f],
	}
	if j.UsedIn == nil {
		j.UsedIn = []Use{}
	}
	if cell := f.Cell; cell != nil {
		j.Table, j.Measure = cell.Table.ID, cell.Table.Columns[cell.Column].ID
		for i, name := range cell.Table.Rows {
			j.Dimensions = append(j.Dimensions, namedText{name, cell.Table.Lines[cell.Line].Keys[i]})
		}
	}
	if len(f.Parts) > 0 {
		j.Parts = &jsonParts{Are: f.PartsAre, Rounded: f.Misses}
		for _, part := range f.Parts {
			j.Parts.IDs = append(j.Parts.IDs, part.ID)
		}
	}
	if d := f.Discrepancy; d != nil {
		j.Discrepancy = &jsonDiscrepancy{
			Sum: number(figure.Decimal(d.Sum)), By: number(figure.Decimal(d.By)),
			Note: s.texts(func(l *locale.Lang) string { return s.discrepancy(f, l) }),
		}
	}
	return j
}

func (s Site) texts(in func(l *locale.Lang) string) texts {
	all := texts{}
	for _, l := range s.Langs {
		if text := in(l); text != "" {
			all = append(all, namedText{l.Code, text})
		}
	}
	return all
}

// named is the figure with all that belongs to it, true where it stands alone.
func named(f *figure.Figure, l *locale.Lang) string {
	ref := figure.Ref{Figure: f, Option: figure.Plain}
	return ref.Name(l, ref.Text(l))
}

// A said is what a figure says of a number: the number itself, or where that lies.
type said struct {
	value, approx, lower, upper number
	qualifier                   string
}

// rangeOf reads the value of a figure. "Just under 400" is near 400 and below it.
func rangeOf(f *figure.Figure) said {
	if f.Value.Number == nil {
		return said{qualifier: string(f.Value.Reason)}
	}
	s, n := said{qualifier: string(f.Value.Bound)}, number(figure.Decimal(f.Value.Number))
	switch f.Value.Bound {
	case locale.Exact:
		s.value = n
	case locale.Around:
		s.approx = n
	case locale.MoreThan, locale.AtLeast:
		s.lower = n
	case locale.FewerThan, locale.AtMost:
		s.upper = n
	case locale.JustUnder:
		s.approx, s.upper = n, n
	case locale.JustOver:
		s.approx, s.lower = n, n
	}
	return s
}

// times are the days between which a flow was counted, or that a table with times says, and
// the date of a stock or of the source of a flow. Where of that date only the year is known,
// asOf is empty.
type times struct{ start, end, asOf, asOfYear string }

func timeOf(f *figure.Figure) times {
	var t times
	if f.Period != nil {
		t.start, t.end = f.Period.From.Format(time.DateOnly), f.Period.To.Format(time.DateOnly)
	}
	if !f.Time.IsZero() { // one of a table's times: a day, too, begins and ends
		t.start, t.end = f.Time.From.Format(time.DateOnly), f.Time.To.Format(time.DateOnly)
	}
	switch {
	case !f.AsOf.Day.IsZero():
		t.asOf, t.asOfYear = f.AsOf.Day.Format(time.DateOnly), strconv.Itoa(f.AsOf.Day.Year())
	case f.AsOf.Year != 0:
		t.asOfYear = strconv.Itoa(f.AsOf.Year)
	}
	return t
}

func basis(f *figure.Figure) string {
	if f.Inferred {
		return "inferred"
	}
	return "stated"
}

// FiguresCSV is data/figures.csv: one line a figure, labels and notes in each
// language.
func FiguresCSV(s Set) []byte {
	return machine.write(nil, lines(slices.Concat(s.columns(s.Figures), s.passages()), s.Figures))
}

// lines are a file for programs: the names of the columns, and one line a figure.
func lines(columns []Column, figures []*figure.Figure) [][]string {
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = c.Name
	}
	all := append(make([][]string, 0, len(figures)+1), head)
	for _, f := range figures {
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = c.cell(f)
		}
		all = append(all, cells)
	}
	return all
}

func (s Set) discrepancy(f *figure.Figure, l *locale.Lang) string {
	if f.Discrepancy == nil {
		return ""
	}
	return s.Discrepancy(f, l.Code)
}

// BlockCSV is the data of one chart or table: one line a figure, in the order of
// the rows, and last the figure that they are parts of, with all labels.
func BlockCSV(s Site, g *grid.Grid) []byte {
	figures := append(g.Figures(), g.Behind...)
	if g.Whole != nil {
		figures = append(figures, g.Whole)
	}
	return machine.write(nil, lines(s.columns(figures), figures))
}
