package data

import (
	"strings"
	"unicode/utf8"
)

// form is how the cells of a file stand beside each other, and which texts are its numbers.
type form struct {
	comma    byte
	isNumber func(string) bool
}

// machine is for programs: a comma between cells, a point in numbers.
var machine = form{',', isNumber}

// write adds CSV by RFC 4180 to a text. Nobody knows which program opens the file: Excel in
// Germany cuts a file with commas at semicolons, and takes no quotation mark in the middle
// of what it then holds for a cell for one. So a text is guarded wherever any program could
// see the beginning of a cell, whatever the file is cut at.
func (f form) write(out []byte, lines [][]string) []byte {
	for _, line := range lines {
		for i, cell := range line {
			if i > 0 {
				out = append(out, f.comma)
			}
			out = f.appendCell(out, f.guarded(cell, i == 0))
		}
		out = append(out, "\r\n"...)
	}
	return out
}

// separators are what programs cut files at. signs are what a formula begins with, in the
// wide forms too, which spreadsheets in East Asian languages read alike; some programs
// leave out a tab before them.
const (
	separators = ",;\t\n"
	signs      = "=+-@\t＝＋－＠"
)

// guarded puts an apostrophe before what a spreadsheet would take for a formula: at the
// beginning, unless it is a number that no other cell can become a part of, and behind
// every separator.
func (f form) guarded(cell string, first bool) string {
	cell = strings.ReplaceAll(cell, "\r", "") // ends of lines as the fields of all files have them
	var out strings.Builder
	if begins(cell) && (first || !f.isNumber(cell)) {
		out.WriteByte('\'')
	}
	if f.isNumber(cell) || !strings.ContainsAny(cell, separators) {
		return out.String() + cell
	}
	for i := range len(cell) {
		out.WriteByte(cell[i])
		if rest := cell[i+1:]; strings.IndexByte(separators, cell[i]) >= 0 && (begins(rest) || ends(rest)) {
			out.WriteByte('\'')
		}
	}
	return out.String()
}

// begins reports whether a text could be read as a formula. Spaces and quotation marks
// before the sign do not help: programs leave them out.
func begins(text string) bool {
	text = strings.TrimLeft(text, " \"\n")
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && strings.ContainsRune(signs, first)
}

// ends reports whether nothing more follows in a cell, so that the next would begin here.
func ends(text string) bool { return strings.Trim(text, " \"") == "" }

// appendCell adds a cell, in quotation marks where any program could cut it in two. Of a
// number with a decimal comma no half can be a formula.
func (f form) appendCell(out []byte, cell string) []byte {
	if f.isNumber(cell) || !strings.ContainsAny(cell, separators+`"`) && !strings.HasPrefix(cell, " ") {
		return append(out, cell...)
	}
	out = append(out, '"')
	out = append(out, strings.ReplaceAll(cell, `"`, `""`)...)
	return append(out, '"')
}

// isNumber reports whether a cell is a value as this package writes it.
func isNumber(cell string) bool {
	digits := strings.TrimPrefix(cell, "-")
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	return isDigits(whole) && (!hasFraction || isDigits(fraction))
}

// isCommaNumber does so where the comma stands before decimals.
func isCommaNumber(cell string) bool { return isNumber(strings.Replace(cell, ",", ".", 1)) }

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
