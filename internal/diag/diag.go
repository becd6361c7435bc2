// Package diag holds problems, each at an exact place, and how people and
// machines read them.
//
// A diagnostic is a value: what is wrong, where, what else belongs to it, and
// what the author can do. The rules of wording:
//
//   - The first line says what is wrong in one sentence, without a full stop,
//     with the words that the author wrote and the id or label at fault.
//   - A note names a second place that contributed ("the figure is here").
//   - A way out is something to do, ready to be pasted where it can be.
//   - No blame, no jargon of the tool's inside, no "invalid".
//   - Every sentence exists in English and in German; [Say] takes both, so that
//     neither can be forgotten.
package diag

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Severity says whether a build may go on.
type Severity int

// An Error stops the build; a Warning is printed and does not; what is Accepted
// was one of the two, and somebody signed for it.
const (
	Error Severity = iota
	Warning
	Accepted
)

// Text is one sentence in each language of the tool. Format and arguments stay
// apart until it is printed. An argument with a method In(lang string) string
// is asked for its words in that language, so that a number is written as the
// reader of the message writes it.
type Text struct {
	en, de string
	args   []any
}

// Say makes a sentence from its English and German format, which take the same
// arguments in the same order (or by index, as in %[2]s).
func Say(en, de string, args ...any) Text { return Text{en, de, args} }

// In gives the sentence in the language "de" or, for any other, in English. Of what is
// quoted in it nothing acts on a terminal, and nothing ends the line.
func (t Text) In(lang string) string {
	format := t.en
	if lang == "de" {
		format = t.de
	}
	if len(t.args) == 0 {
		return format
	}
	args := make([]any, len(t.args))
	for i, arg := range t.args {
		if speaks, ok := arg.(interface{ In(lang string) string }); ok {
			args[i] = speaks.In(lang)
			continue
		}
		args[i] = quoted(arg)
	}
	return fmt.Sprintf(format, args...)
}

// IsZero reports whether nothing is said.
func (t Text) IsZero() bool { return t.en == "" }

// Place is a stretch of one line of one file. The zero Place is nowhere.
type Place struct {
	Path   string // slash-separated, from the project's root
	Line   int    // from 1; 0: the file as a whole
	Col    int    // in characters (code points), from 1
	Width  int    // characters to underline, on this line
	Source string // the line itself, without its end; of a very long one the stretch around Col
	Before int    // characters of the line that Source leaves out before it

	// Cell names a cell of a workbook: "Sheet1!B7". Then Line is its row, and Source and Col
	// are of its own text.
	Cell string
}

// InCell makes the Place of text[start:end] of a cell of a workbook, in a row of it.
func InCell(path, cell string, row int, text string, start, end int) Place {
	p := At(path, []byte(text), start, end)
	p.Line, p.Cell = row, cell
	return p
}

// At makes the Place of text[start:end] in the file at path. A stretch over
// several lines ends with its first line. A byte order mark at the start of the
// file counts as no character.
func At(path string, text []byte, start, end int) Place {
	start = min(max(start, 0), len(text))
	end = min(max(end, start), len(text))
	from := bytes.LastIndexByte(text[:start], '\n') + 1
	to := len(text)
	if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
		to = start + i
	}
	if from == 0 && bytes.HasPrefix(text, []byte("\ufeff")) {
		from = min(len("\ufeff"), start)
	}
	marked := bytes.TrimRight(text[start:min(end, to)], "\r")
	p := Place{
		Path:  path,
		Line:  bytes.Count(text[:from], []byte("\n")) + 1,
		Col:   utf8.RuneCount(text[from:start]) + 1,
		Width: utf8.RuneCount(marked),
	}
	if to-from > longLine {
		near := stretch(text[:to], start, from)
		p.Before = utf8.RuneCount(text[from:near])
		from, to = near, min(to, start+longLine)
	}
	p.Source = strings.TrimRight(string(text[from:to]), "\r")
	return p
}

// longLine is how many bytes of a line a place keeps: a line of numbers may have a
// hundred thousand, and a thousand cells with a place each.
const longLine = 600

// stretch gives the byte, not before from and inside no letter, at which what is shown of
// a long line begins.
func stretch(text []byte, start, from int) int {
	at := max(from, start-longLine/2)
	for at > from && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// File makes the Place of a file as a whole.
func File(path string) Place { return Place{Path: path} }

// String gives path:line:col, the form that editors and terminals jump to; of a cell of a
// workbook its name.
func (p Place) String() string {
	switch {
	case p.Line == 0:
		return shown(p.Path, true)
	case p.Cell != "":
		return shown(p.Path+" "+p.Cell, true)
	}
	return fmt.Sprintf("%s:%d:%d", shown(p.Path, true), p.Line, p.Col)
}

// Compare orders places by path, then line, then cell of a workbook, then column.
func (p Place) Compare(q Place) int {
	return cmp.Or(cmp.Compare(p.Path, q.Path), cmp.Compare(p.Line, q.Line), cmp.Compare(len(p.Cell), len(q.Cell)),
		cmp.Compare(p.Cell, q.Cell), cmp.Compare(p.Col, q.Col))
}

// Note is a second place that contributed to a problem, and how.
type Note struct {
	Place Place
	Text  Text
}

// Diagnostic is one problem.
type Diagnostic struct {
	Code     string // "number-differs": stable, documented in docs/errors.md
	Severity Severity
	Place    Place
	Text     Text
	Notes    []Note
	Ways     []Text // what the author can do; the first is the likeliest
	Edits    []Edit // what mends it; "bilanz fix" makes those that are no choice

	// About is the figures, blocks and headings that the problem is about, by id and
	// anchor. Whoever signs for it may name one of them.
	About []string

	Page   string  // the title of the page that Place lies on; "" for other files
	Waiver *Waiver // who accepted it; nil unless Severity is Accepted
}

// Waiver is what somebody signed for, in content/accepted.yaml.
type Waiver struct {
	Reason string
	Role   string // "the web editors"
	Until  string // "2027-01-31", the last day on which it holds
}

// Named is a figure, table or page as an argument of a sentence. In German the
// label comes first and the id behind it; in English, the language of the ids,
// the id says enough.
type Named struct {
	ID    string
	Label string // in German; "" for none
}

// In gives the name in the language of the message.
func (n Named) In(lang string) string {
	if lang != "de" || n.Label == "" || n.Label == n.ID {
		return n.ID
	}
	return "„" + n.Label + "“ (" + n.ID + ")"
}

// Edit puts New in the place of Old, which stands in the file at Path from the
// byte Start on. Where something else stands there by now, nothing is changed: an
// edit may wait, as a button in a form or a proposal, while people write on.
type Edit struct {
	Path     string // slash-separated, from the project's root
	Start    int
	Old, New string
	Whole    bool // Old is all that the file holds; "" where there is no file yet
	Choice   bool // one way of several: "bilanz fix" leaves it to a person, a form offers it
}

// End is the byte after Old.
func (e Edit) End() int { return e.Start + len(e.Old) }

// List collects diagnostics along the whole way of a build. It is safe for
// concurrent use. The zero List is empty and ready.
type List struct {
	// Judge may change the severity of what is added, before anybody counts it;
	// nil leaves everything as it is. It is set before the first Add.
	Judge func(*Diagnostic)

	mu    sync.Mutex
	all   []Diagnostic
	quota map[string]*Quota // by file: the problems of each kind that are kept
}

// Add takes diagnostics in, in any order. Of a kind in one file it keeps the first few
// hundred, as [Quota] says.
func (l *List) Add(ds ...Diagnostic) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range ds {
		if l.Judge != nil {
			l.Judge(&d)
		}
		if !l.of(d.Place.Path).Spent(d.Code, d.Severity) {
			l.all = append(l.all, d)
		}
	}
}

// Full reports whether no more errors of a kind are kept of a file: whoever would look
// long for a way out need not.
func (l *List) Full(path, code string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.of(path).Full(code, Error)
}

func (l *List) of(path string) *Quota {
	if l.quota == nil {
		l.quota = map[string]*Quota{}
	}
	if l.quota[path] == nil {
		l.quota[path] = &Quota{}
	}
	return l.quota[path]
}

// Sorted gives all diagnostics by place, the same in every run.
func (l *List) Sorted() []Diagnostic {
	l.mu.Lock()
	defer l.mu.Unlock()
	sorted := slices.Clone(l.all)
	slices.SortStableFunc(sorted, func(a, b Diagnostic) int {
		return cmp.Or(a.Place.Compare(b.Place), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Text.In("en"), b.Text.In("en")))
	})
	return sorted
}

// Errors counts the diagnostics that stop a build.
func (l *List) Errors() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return Count(l.all, Error)
}

// Count counts the diagnostics of one severity.
func Count(ds []Diagnostic, severity Severity) int {
	n := 0
	for _, d := range ds {
		if d.Severity == severity {
			n++
		}
	}
	return n
}
