// Package schema reads what authors write in YAML: figure files, the front
// matter of pages, blocks and site.yaml.
//
// The nodes of go.yaml.in/yaml/v4 are decoded by hand, so that every key and
// every letter of a text knows its place in the whole file, and so that broken
// YAML is explained in an author's words. The rules:
//
//   - A scalar is the text as written. Nothing is resolved: 0123 stays 0123, no
//     stays no. Who needs a number or a date parses it and says what is wrong.
//   - Anchors, aliases, tags and second documents are refused: they let one
//     place change another, which a reader of the file cannot see.
//   - A table of keys ([Keys]) drives the decoder, the "did you mean", the
//     reference and the JSON Schema, so that none of them can fall behind.
//   - Size and depth are bounded before the parser sees the text.
package schema

import (
	"bytes"
	"sort"
	"strings"

	"bilanz/internal/diag"
)

// File is the text that places refer to.
type File struct {
	Path string // slash-separated, from the project's root
	Text []byte

	Decoded bool // the file is saved in another encoding than Text, so nothing in it is edited
}

// At makes the place of the file's bytes from start to end.
func (f File) At(start, end int) diag.Place { return diag.At(f.Path, f.Text, start, end) }

// Edit replaces the file's bytes from start to end.
func (f File) Edit(start, end int, with string) diag.Edit {
	return diag.Edit{Path: f.Path, Start: start, Old: string(f.Text[start:end]), New: with}
}

// Source is a file that knows where its lines begin, so that the place of each of
// ten thousand values does not cost a walk through the file.
type Source struct {
	File
	lines []int
}

// NewSource finds the lines of a file.
func NewSource(f File) *Source {
	s := &Source{File: f, lines: []int{0}}
	for at := 0; ; {
		i := bytes.IndexByte(f.Text[at:], '\n')
		if i < 0 {
			return s
		}
		at += i + 1
		s.lines = append(s.lines, at)
	}
}

// Line is the byte at which a line begins, counted from 1; for one behind the last
// line, that of the last.
func (s *Source) Line(number int) int { return s.lines[min(number, len(s.lines))-1] }

// At makes the same place as File.At.
func (s *Source) At(start, end int) diag.Place {
	start = min(max(start, 0), len(s.Text))
	line := sort.Search(len(s.lines), func(i int) bool { return s.lines[i] > start })
	from, to := s.lines[line-1], len(s.Text)
	if i := bytes.IndexByte(s.Text[start:], '\n'); i >= 0 {
		to = start + i
	}
	p := diag.At(s.Path, s.Text[from:to], start-from, end-from)
	p.Line = line
	return p
}

// Kind says what a value has to look like.
type Kind int

// The kinds of values. A kind is checked where the key is read; what a Text
// means is for whoever reads it.
const (
	Any     Kind = iota // read by hand
	Text                // one scalar
	Line                // one scalar: plain text to the end of its line
	Texts               // a text for each language: {en: …, de: …}
	Bool                // true or false
	List                // one value or a list of them
	Mapping             // keys of a table of their own
	Map                 // names of the author's choice, each with the same keys
	Whole               // a whole number, read by hand with Node.Int
)

// Key is one key that authors may write.
type Key struct {
	Name      string
	Doc       string // one sentence for the reference
	Kind      Kind
	Required  bool
	PlainLine bool     // the value is plain text to the end of the line; same as Kind Line
	Values    []string // the only values that a Text may have; nil for any
	Form      string   // what a value looks like, for the reference: "2024-12-31"
	Keys      Keys     // of a Mapping, and of each value of a Map

	// For the reference and the JSON Schema alone: what the decoder leaves to
	// those who know what a value means.
	Pattern string // of a Text: what it matches, whole, unless it is a number; of a Map: its names
	Of      *Key   // what each value of a List or Map is, where it has no keys of one table
	Same    bool   // each value of a Map has the keys of the table that this key is in
	Either  []Key  // of Any: the shapes that its value may have, the plainest first
}

// Keys is a table of the keys that may stand in one mapping.
type Keys []Key

// Written is a text as it stands in YAML: in quotes where it would else be read as
// something different.
func Written(text string) string {
	special := "#:{}[],&*?|<>=!%@`\"'\\"
	if text != "" && strings.Trim(text, " ") == text && !strings.ContainsAny(text, special) && text[0] != '-' {
		return text
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
