package chart

import (
	"bytes"
	"html"
	"strings"
)

// agrees reports whether a picture that was kept says what its spec does: each number in it
// is one of the spec's, and each number at a bar is there, in every size. A picture that was
// drawn here does; one that somebody laid among them is drawn anew. How long a bar is, nobody
// can tell from its words.
func (s Spec) agrees(p Picture) bool { return s.says(p.Wide, p.Narrow, p.Broad, p.File) }

// says is that of single drawings.
func (s Spec) says(pictures ...[]byte) bool {
	may := map[string]bool{}
	for _, text := range s.texts() {
		for _, number := range numbersIn(text) {
			may[number] = true
		}
	}
	for _, svg := range pictures {
		shown := map[string]bool{}
		for _, text := range textsIn(svg) {
			for _, number := range numbersIn(text) {
				if shown[number] = true; !may[number] {
					return false
				}
			}
		}
		for _, row := range s.Rows {
			if !row.Date.IsZero() {
				continue // a line says some of its numbers only
			}
			for _, c := range row.Cells {
				for _, number := range numbersIn(c.Text) {
					if !shown[number] {
						return false
					}
				}
			}
		}
	}
	return true
}

// texts are all that a picture may say.
func (s Spec) texts() []string {
	all := append(append([]string{s.Title, s.Demo, s.Since.Label}, s.said()...), s.Series...)
	for _, row := range s.Rows {
		all = append(all, row.Label, row.Short)
		for _, c := range row.Cells {
			all = append(all, c.Text, c.Sign, c.Tip)
		}
	}
	for _, b := range s.Breaks {
		all = append(all, b.Label)
	}
	return all
}

// numbersIn are the numbers in a text as they are written; those whose groups a space parts
// are several.
func numbersIn(text string) []string {
	var numbers []string
	for i := 0; i < len(text); i++ {
		start := i
		for i < len(text) && (isDigit(text[i]) || i > start && strings.IndexByte(".,'", text[i]) >= 0) {
			i++
		}
		if i > start {
			numbers = append(numbers, strings.TrimRight(text[start:i], ".,'"))
		}
	}
	return numbers
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// textsIn are the texts of a picture: what stands between its tags, and what a pointer or a
// screen reader is told.
func textsIn(svg []byte) []string {
	var all []string
	add := func(text []byte) {
		if len(text) > 0 {
			all = append(all, html.UnescapeString(string(text)))
		}
	}
	for _, name := range []string{` data-tip="`, ` aria-label="`} {
		for rest, found := svg, true; found; {
			var text []byte
			if _, rest, found = bytes.Cut(rest, []byte(name)); found {
				text, rest, found = bytes.Cut(rest, []byte(`"`))
				add(text)
			}
		}
	}
	for rest := svg; len(rest) > 0; {
		var text []byte
		text, rest, _ = bytes.Cut(rest, []byte("<"))
		add(text)
		_, rest, _ = bytes.Cut(rest, []byte(">"))
	}
	return all
}
