package sheet

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"bilanz/internal/diag"
)

// Rewrite puts another text in the place of the cell's, in quotes where it needs them. It
// reports false in a workbook and in a file in an old encoding, which only their own programs
// write, and where the file writes the cell in another way than it reads.
func (c *Cell) Rewrite(text string) (diag.Edit, bool) {
	if c.sheet != nil || c.InOldEncoding() || c.start > c.end || string(c.file.Text[c.start:c.end]) != c.Text {
		return diag.Edit{}, false
	}
	comma, _, _ := opened(c.file.Text)
	start, end := c.field(comma)
	before, after := c.file.Text[start:c.start], c.file.Text[c.end:end]
	quoted := bytes.ContainsRune(before, '"')
	switch {
	case quoted != bytes.ContainsRune(after, '"'):
		return diag.Edit{}, false
	case quoted:
		text = strings.ReplaceAll(text, `"`, `""`)
	case strings.ContainsAny(text, "\"\r\n"+string(comma)):
		return c.file.Edit(start, end, `"`+strings.ReplaceAll(text, `"`, `""`)+`"`), true
	}
	if c.start == c.end { // what stands before it shows that it is the same cell
		line := bytes.LastIndexByte(c.file.Text[:c.start], '\n') + 1
		return c.file.Edit(line, c.start, string(c.file.Text[line:c.start])+text), true
	}
	return c.file.Edit(c.start, c.end, text), true
}

// field is where the cell begins and ends, with the quotes and all that nobody sees around
// its text.
func (c *Cell) field(comma rune) (start, end int) {
	inside := func(r rune) bool { return r != comma && r != '\n' && r != '\ufeff' && (r == '"' || isNothing(r)) }
	text := c.file.Text
	for start = c.start; start > 0; {
		r, size := utf8.DecodeLastRune(text[:start])
		if !inside(r) {
			break
		}
		start -= size
	}
	for end = c.end; end < len(text); {
		r, size := utf8.DecodeRune(text[end:])
		if !inside(r) || r == '\r' {
			break
		}
		end += size
	}
	return start, end
}
