package data

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"bilanz/internal/figure"
)

// A SearchList is what the search of one language knows of the site: what is published, and
// nothing of how it is found. Its script makes an index of it.
type SearchList struct {
	Demo     bool                `json:"demo,omitempty"`
	Figures  []FoundFigure       `json:"figures"`
	Charts   []FoundText         `json:"charts"` // and tables
	Sections []FoundText         `json:"sections"`
	Synonyms map[string][]string `json:"synonyms,omitempty"`
	Asking   []string            `json:"asking,omitempty"` // words of questions that say nothing of what is sought
}

// FoundFigure is a figure as it is found.
type FoundFigure struct {
	Label, Value, Printed, Unit, When, Source string
	Href                                      string // as seen from the page of the search
	Places                                    int    // where it stands: what is said often is meant more often
}

// FoundText is a chart or a section of a page as it is found.
type FoundText struct {
	Page, Heading, Text string // the title of the page; the title of what lies there, "" for its beginning
	Href                string
}

// MarshalJSON writes a row without the names of its columns.
func (f FoundFigure) MarshalJSON() ([]byte, error) {
	cells := row(f.Label, f.Value, f.Printed, f.Unit, f.When, f.Source, f.Href)
	return fmt.Appendf(cells[:len(cells)-1], ",%d]", f.Places), nil
}

// MarshalJSON writes a row without the names of its columns.
func (t FoundText) MarshalJSON() ([]byte, error) { return row(t.Page, t.Heading, t.Text, t.Href), nil }

func row(cells ...string) []byte {
	var out bytes.Buffer
	for i, cell := range cells {
		if i == 0 {
			out.WriteByte('[')
		} else {
			out.WriteByte(',')
		}
		out.Write(quoted(cell))
	}
	out.WriteByte(']')
	return out.Bytes()
}

// Digits is the number of a figure, whatever is known of it: "more than 170" is found by 170.
// It is "" where a figure has none.
func Digits(f *figure.Figure) string {
	if f.Value.Number == nil {
		return ""
	}
	return figure.Decimal(f.Value.Number)
}

// Rows is how many things the list finds.
func (s *SearchList) Rows() int { return len(s.Figures) + len(s.Charts) + len(s.Sections) }

// JSON is the list as a file, in which no kind of row lacks, even where there is none.
func (s *SearchList) JSON() []byte {
	whole := *s
	whole.Figures, whole.Charts = append([]FoundFigure{}, s.Figures...), append([]FoundText{}, s.Charts...)
	whole.Sections = append([]FoundText{}, s.Sections...)
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(whole) // strings and a Buffer have no error
	return out.Bytes()
}

// Script is the list as a script, for pages that are read from a disk, where none may fetch.
func (s *SearchList) Script() []byte {
	return append(append([]byte("globalThis.searchList = "), bytes.TrimSpace(s.JSON())...), ";\n"...)
}

// MostWithText is how many things a list may find for the text of pages to be among them, and
// MostWithHeadings for their headings. A larger one is slow to load, and its index to make.
const (
	MostWithText     = 1500
	MostWithHeadings = 8000
)

// Shorten leaves out what a long list has no room for.
func (s *SearchList) Shorten() {
	if s.Rows() > MostWithText {
		for _, texts := range [][]FoundText{s.Charts, s.Sections} {
			for i := range texts {
				texts[i].Text = ""
			}
		}
	}
	if s.Rows() > MostWithHeadings {
		s.Sections = slices.DeleteFunc(s.Sections, func(t FoundText) bool { return t.Heading != "" })
	}
}

// Saying gives what reports whether anything in the list holds some words, in small letters or
// capitals.
func (s *SearchList) Saying() func(words string) bool {
	all := sync.OnceValue(func() string { return strings.ToLower(string(s.JSON())) })
	return func(words string) bool {
		return strings.Contains(all(), strings.Trim(string(quoted(strings.ToLower(words))), `"`))
	}
}

// Lead changes all addresses of the list.
func (s *SearchList) Lead(to func(href string) string) {
	for i := range s.Figures {
		s.Figures[i].Href = to(s.Figures[i].Href)
	}
	for _, texts := range [][]FoundText{s.Charts, s.Sections} {
		for i := range texts {
			texts[i].Href = to(texts[i].Href)
		}
	}
}
