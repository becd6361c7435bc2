package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"bilanz/internal/compare"
	"bilanz/internal/diag"
	"bilanz/internal/incoming"
	"bilanz/internal/locale"
	"bilanz/internal/revise"
)

// firstValued says what stands beside figures that had no value until now, which was
// written when nobody knew it.
func (c *command) firstValued(i *importing) {
	if len(i.first) == 0 {
		return
	}
	c.line("")
	c.line(c.say("These figures had no value until now. Is what stands beside them still right?",
		"Diese Kennzahlen hatten bisher keinen Wert. Stimmt noch, was bei ihnen steht?"))
	for _, b := range revise.BesideFirst(i.first, locale.Must(c.lang)) {
		c.line(fmt.Sprintf("   %s: %s", b.At, strings.Join(b.Figures, "; ")))
		c.line("      " + b.Facts)
	}
}

// speaking lists what speaks about figures that change without saying their values: titles,
// charts, sentences about parts and gaps.
func (c *command) speaking(i *importing) {
	type line struct {
		path, text string
		at         int
	}
	var lines []line
	for _, p := range i.places {
		if p.Old != nil && slices.ContainsFunc(p.Of, isAbout) {
			lines = append(lines, line{p.Old.At.Path, strings.TrimRight(p.Old.Text, " |"), p.Old.At.Line})
		}
	}
	for _, m := range i.mention {
		_, value, isKey := strings.Cut(m.Text, ": ")
		if !slices.ContainsFunc(lines, func(l line) bool {
			return l.path == m.Path &&
				(l.at == m.Line || strings.Contains(l.text, m.Text) || isKey && strings.Contains(l.text, value))
		}) {
			lines = append(lines, line{m.Path, m.Text, m.Line})
		}
	}
	if len(lines) == 0 {
		return
	}
	slices.SortStableFunc(lines, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(a.at, b.at))
	})
	c.line("")
	c.line(c.say("Please read what speaks about these figures:", "Bitte lesen Sie, was über diese Kennzahlen spricht:"))
	for _, l := range lines {
		c.line(fmt.Sprintf("   %s:%d  %s", l.path, l.at, l.text))
	}
}

// isAbout reports whether a place speaks about a figure or shows it.
func isAbout(of compare.Of) bool {
	return of.Relation == compare.Speaks || of.Relation == compare.Shows
}

// importReport is an import for programs: fields may be added, never renamed or removed.
type importReport struct {
	Version   int              `json:"version"`
	File      string           `json:"file"`
	Sheet     string           `json:"sheet,omitempty"`
	Labels    string           `json:"labels,omitempty"`
	Values    string           `json:"values,omitempty"`
	Rows      []importRow      `json:"rows"`
	Titles    []string         `json:"titles"`
	Notes     []string         `json:"notes"`
	Headings  []string         `json:"headings"`
	Hidden    []string         `json:"hidden"`
	Absent    []string         `json:"absent"`
	Doubts    []string         `json:"doubts"`
	Questions []importQuestion `json:"questions"`
	Lines     string           `json:"lines,omitempty"` // for content/import.yaml, to be completed
	Problems  []importProblem  `json:"problems"`
	Sentences []importSentence `json:"sentences"` // what "bilanz fix" would write
	Left      []importProblem  `json:"left"`      // what it would leave
	Speaks    []revise.Mention `json:"speaks"`
	Written   bool             `json:"written"`
	Deleted   bool             `json:"deleted,omitempty"` // the file, which waited in content/incoming
}

type importRow struct {
	Kind  incoming.Kind `json:"kind"`
	Label string        `json:"label"`
	Place string        `json:"place,omitempty"`
	ID    string        `json:"id,omitempty"`
	Old   string        `json:"old,omitempty"`
	New   string        `json:"new,omitempty"`
	Diff  string        `json:"difference,omitempty"`
	Jump  int           `json:"jump,omitempty"` // the power of ten
	Note  string        `json:"note,omitempty"`

	Hidden bool     `json:"hidden,omitempty"` // nobody sees the cell
	Near   []string `json:"near,omitempty"`
}

type importQuestion struct {
	Key     string   `json:"key"`
	Of      string   `json:"of,omitempty"`
	Place   string   `json:"place,omitempty"`
	Text    string   `json:"text"`
	Choices []string `json:"choices"`
}

type importProblem struct {
	Code    string `json:"code"`
	Place   string `json:"place"`
	Message string `json:"message"`
}

type importSentence struct {
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func (c *command) importJSON(i *importing) {
	m := i.file
	j := importReport{Version: 1, File: m.Path, Sheet: m.Sheet, Labels: m.Labels, Values: m.Values,
		Rows: []importRow{}, Titles: texts(m.Titles), Notes: texts(m.Footnotes), Headings: texts(m.Headings),
		Hidden: c.words(m.Hidden), Absent: []string{}, Doubts: c.words(m.Doubts), Questions: []importQuestion{},
		Problems: c.importProblems(i.problems), Left: c.importProblems(i.left), Sentences: []importSentence{},
		Speaks: append([]revise.Mention{}, i.mention...), Written: i.written, Deleted: i.deleted}
	for n := range m.Rows {
		j.Rows = append(j.Rows, c.importRow(&m.Rows[n]))
	}
	for _, f := range m.Absent {
		j.Absent = append(j.Absent, f.ID)
	}
	for _, q := range m.Questions {
		one := importQuestion{Key: q.Key, Of: q.Of, Place: q.Cell, Text: q.Text.In(c.lang), Choices: []string{}}
		for _, choice := range q.Choices {
			one.Choices = append(one.Choices, choice.Value)
		}
		j.Questions = append(j.Questions, one)
	}
	if answers := m.Unanswered(c.lang); len(answers) > 0 {
		j.Lines = incoming.Lines(m.Name, answers)
	}
	j.Sentences = append(j.Sentences, i.sentences()...)
	_ = c.printJSON(j)
}

func (c *command) importRow(r *incoming.Row) importRow {
	row := importRow{Kind: r.Kind, Label: r.Label, Place: r.Cell, Note: r.Note, Hidden: r.Hidden}
	for _, f := range r.Near {
		row.Near = append(row.Near, f.ID)
	}
	if r.Figure == nil {
		return row
	}
	row.ID, row.Old = r.Figure.ID, c.value(r.Figure)
	if r.Kind == incoming.New || r.Kind == incoming.Same {
		row.New, row.Diff, row.Jump = r.Written(), c.difference(r), incoming.Jump(r.Figure.Value, r.Value)
	}
	return row
}

func (c *command) importProblems(ds []diag.Diagnostic) []importProblem {
	all := []importProblem{}
	for _, d := range ds {
		all = append(all, importProblem{d.Code, d.Place.String(), d.Text.In(c.lang)})
	}
	return all
}

func texts(all []incoming.Remark) []string {
	words := []string{}
	for _, r := range all {
		words = append(words, r.Text)
	}
	return words
}
