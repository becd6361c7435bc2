// Package data writes the figures as files for others: CSV and JSON.
//
// The files are the same in every language of the site and hold all labels. A
// bound never reads as a plain number: its value is its words ("more than 30"),
// and a column of its own names the bound. What is missing has an empty value
// and the reason in that column. Texts are written so that no spreadsheet takes
// one for a formula.
package data

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"bilanz/internal/figure"
	"bilanz/internal/grid"
)

// Set is all figures of a site and where they stand.
type Set struct {
	Edition string
	Demo    bool
	Langs   []string         // the languages of the site, in order
	Figures []*figure.Figure // by id
	Uses    map[*figure.Figure][]Use

	Note, Discrepancy func(f *figure.Figure, lang string) string // plain text; "" none
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
	ID          string           `json:"id"`
	Label       texts            `json:"label"`
	Value       string           `json:"value"`
	Qualifier   string           `json:"qualifier"`
	Unit        string           `json:"unit"`
	Start       string           `json:"start"`
	End         string           `json:"end"`
	AsOf        string           `json:"as_of"`
	Source      string           `json:"source"`
	SourceBasis string           `json:"source_basis"`
	Status      string           `json:"status"`
	Cumulative  bool             `json:"cumulative,omitempty"`
	Note        texts            `json:"note"`
	Formerly    []string         `json:"formerly,omitempty"`
	Formula     string           `json:"formula,omitempty"`
	Parts       *jsonParts       `json:"parts,omitempty"`
	Discrepancy *jsonDiscrepancy `json:"discrepancy,omitempty"`
	UsedIn      []Use            `json:"used_in"`
}

type jsonParts struct {
	Are figure.PartsAre `json:"are"`
	IDs []string        `json:"ids"`
}

type jsonDiscrepancy struct {
	Sum  string `json:"sum"`
	By   string `json:"by"`
	Note texts  `json:"note"`
}

// texts is a text in each language, written in the order of the site's languages.
type texts []langText

type langText struct{ lang, text string }

// MarshalJSON writes an object whose keys are in the order of the languages.
func (t texts) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	out.WriteByte('{')
	for i, lt := range t {
		if i > 0 {
			out.WriteByte(',')
		}
		out.Write(quoted(lt.lang))
		out.WriteByte(':')
		out.Write(quoted(lt.text))
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
	start, end := span(f)
	j := jsonFigure{
		ID: f.ID, Label: s.texts(func(lang string) string { return f.Label[lang] }),
		Value: Value(f), Qualifier: qualifier(f), Unit: f.Unit.ID, Start: start, End: end, AsOf: f.AsOf.String(),
		Source: f.Source.ID, SourceBasis: basis(f), Status: string(f.Status),
		Cumulative: f.Series != nil && f.Series.Cumulative,
		Note:       s.texts(func(lang string) string { return s.Note(f, lang) }),
		Formerly:   f.Formerly, Formula: f.Formula, UsedIn: s.Uses[f],
	}
	if j.UsedIn == nil {
		j.UsedIn = []Use{}
	}
	if len(f.Parts) > 0 {
		j.Parts = &jsonParts{Are: f.PartsAre}
		for _, part := range f.Parts {
			j.Parts.IDs = append(j.Parts.IDs, part.ID)
		}
	}
	if d := f.Discrepancy; d != nil {
		j.Discrepancy = &jsonDiscrepancy{
			Sum: d.Sum.FloatString(f.Decimals), By: d.By.FloatString(f.Decimals),
			Note: s.texts(func(lang string) string { return s.discrepancy(f, lang) }),
		}
	}
	return j
}

func (s Set) texts(in func(lang string) string) texts {
	all := texts{}
	for _, lang := range s.Langs {
		if text := in(lang); text != "" {
			all = append(all, langText{lang, text})
		}
	}
	return all
}

// Value writes a figure's value for machines: "318462", "more than 30", or ""
// where there is none.
func Value(f *figure.Figure) string {
	return figure.Ref{Figure: f, Option: figure.Plain}.Data()
}

// qualifier is the bound of a value, or the reason why there is none.
func qualifier(f *figure.Figure) string {
	if f.Value.Number == nil {
		return string(f.Value.Reason)
	}
	return string(figure.Ref{Figure: f, Option: figure.Plain}.Bound())
}

// span gives the first and the last day of a flow.
func span(f *figure.Figure) (start, end string) {
	if f.Period == nil {
		return "", ""
	}
	return f.Period.From.Format(time.DateOnly), f.Period.To.Format(time.DateOnly)
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
	names := append(head(s.Langs), each("note", s.Langs)...)
	lines := [][]string{append(names, each("discrepancy", s.Langs)...)}
	for _, f := range s.Figures {
		cells := line(f, s.Langs)
		for _, lang := range s.Langs {
			cells = append(cells, s.Note(f, lang))
		}
		for _, lang := range s.Langs {
			cells = append(cells, s.discrepancy(f, lang))
		}
		lines = append(lines, cells)
	}
	return write(lines)
}

func (s Set) discrepancy(f *figure.Figure, lang string) string {
	if f.Discrepancy == nil {
		return ""
	}
	return s.Discrepancy(f, lang)
}

// ChartCSV is the data of one chart or table: one line a figure, in the order of
// the rows, and last the figure that they are parts of, with all labels.
func ChartCSV(g *grid.Grid, langs []string) []byte {
	lines := [][]string{head(langs)}
	figures := g.Figures()
	if g.Whole != nil {
		figures = append(figures, g.Whole)
	}
	for _, f := range figures {
		lines = append(lines, line(f, langs))
	}
	return write(lines)
}

// head names the columns that every file has; label has one for each language.
func head(langs []string) []string {
	names := append([]string{"id"}, each("label", langs)...)
	return append(names, "value", "qualifier", "unit", "start", "end", "as_of", "source", "source_basis", "status")
}

func each(name string, langs []string) []string {
	names := make([]string, len(langs))
	for i, lang := range langs {
		names[i] = name + "_" + lang
	}
	return names
}

func line(f *figure.Figure, langs []string) []string {
	cells := []string{f.ID}
	for _, lang := range langs {
		cells = append(cells, f.Label[lang])
	}
	start, end := span(f)
	return append(cells, Value(f), qualifier(f), f.Unit.ID, start, end, f.AsOf.String(), f.Source.ID, basis(f), string(f.Status))
}

// write makes CSV by RFC 4180. A text that a spreadsheet would take for a formula
// gets an apostrophe before it, which such a program hides.
func write(lines [][]string) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	for _, line := range lines {
		for i, cell := range line {
			line[i] = strings.ReplaceAll(cell, "\r", "") // as the writer leaves it
			if readsAsFormula(line[i]) {
				line[i] = "'" + line[i]
			}
		}
		_ = w.Write(line) // a Buffer has no error
	}
	w.Flush()
	return out.Bytes()
}

// readsAsFormula knows the wide forms of the signs as well, which spreadsheets in
// East Asian languages read alike.
func readsAsFormula(cell string) bool {
	if cell == "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(cell)
	return strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) && !isNumber(cell)
}

// isNumber reports whether a cell is a value as this package writes it.
func isNumber(cell string) bool {
	digits := strings.TrimPrefix(cell, "-")
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	return isDigits(whole) && (!hasFraction || isDigits(fraction))
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
