package sheet

import (
	"strconv"
	"strings"
)

// stored is a cell as the XML of a sheet holds it.
type stored struct {
	col, row int // from 1
	style    int
	is       string // what its value is: "s" the number of a shared text, "b" true or false, "str", …
	value    string
	formula  bool
}

// block is a rectangle of cells that are merged: its first and its last column and row.
type block struct{ col, row, toCol, toRow int }

// sheetReader reads the XML of a sheet from its beginning to its end, and keeps nothing of
// it but what concerns the sheet as a whole.
type sheetReader struct {
	markup
	shared []string // the texts that cells name by number

	merges []block
	rows   map[int]bool // hidden ones
	cols   [][2]int     // hidden ones: from the first to the last
	ended  bool

	scenarios bool // it has some
}

// each gives every cell that holds a value or a formula, until it is told to stop. It
// reports whether the sheet is whole.
func (s *sheetReader) each(take func(stored) bool) bool {
	s.rows = map[int]bool{}
	within, row, col := "", 0, 0
	for s.next() {
		switch {
		case s.name == "sheetData" || s.name == "cols":
			within = s.name
			if s.ends || s.empty {
				within = ""
			}
		case s.ends:
			s.ended = s.name == "worksheet"
		case within == "cols" && s.name == "col" && s.isHidden("width"):
			s.cols = append(s.cols, [2]int{s.whole("min"), s.whole("max")})
		case within == "sheetData" && s.name == "row":
			row, col = row+1, 0
			if n := s.whole("r"); n > 0 {
				row = n
			}
			if s.isHidden("ht") {
				s.rows[row] = true
			}
		case within == "sheetData" && s.name == "c":
			cell := stored{col: col + 1, row: row, style: s.whole("s"), is: s.attr("t")}
			if c, r := cellAt(s.attr("r")); c > 0 {
				cell.col, cell.row = c, r
			}
			col = cell.col
			if s.empty {
				continue
			}
			s.content(&cell)
			if (cell.value != "" || cell.formula) && !take(cell) {
				return true
			}
		case s.name == "scenario":
			s.scenarios = true
		case s.name == "mergeCell":
			s.merge(s.attr("ref"))
		}
	}
	return s.ended && !s.broken
}

// isHidden reports whether the tag says that a row or column is hidden, or gives it a size at
// which nobody sees it.
func (s *sheetReader) isHidden(size string) bool {
	n, err := strconv.ParseFloat(s.attr(size), 64)
	return s.isTrue("hidden") || err == nil && n < leastSeen
}

// leastSeen is how high a row is at least that can be seen, in points, and how wide a column,
// in letters.
const leastSeen = 0.5

// content reads what stands in a cell, to its end.
func (s *sheetReader) content(cell *stored) {
	for s.next() && !(s.ends && s.name == "c") {
		switch {
		case s.starts("f"):
			cell.formula = true
		case s.starts("rPh") && !s.empty:
			s.skip("rPh")
		case s.ends && s.name == "v":
			cell.value = plainText(s.before)
		case s.ends && s.name == "t":
			cell.value += plainText(s.before)
		}
	}
	if cell.is == "s" {
		cell.value = s.text(cell.value)
	}
}

// text is a shared text by its number. A sheet that names one that there is not is broken.
func (s *sheetReader) text(number string) string {
	number = strings.TrimSpace(number)
	if number == "" {
		return ""
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= len(s.shared) {
		s.broken = true
		return ""
	}
	return s.shared[n]
}

func (s *sheetReader) merge(ref string) {
	from, to, _ := strings.Cut(ref, ":")
	b := block{}
	b.col, b.row = cellAt(from)
	b.toCol, b.toRow = cellAt(to)
	if b.col > 0 && b.toCol > 0 {
		s.merges = append(s.merges, b)
	}
}

// skip goes behind the end of an element that has begun.
func (m *markup) skip(name string) {
	for m.next() && !(m.ends && m.name == name) {
	}
}

// cellAt reads the name of a cell: B7 is the second column of row 7. It gives 0 for what
// is none.
func cellAt(name string) (col, row int) {
	letters := strings.TrimRight(name, "0123456789")
	if len(letters) > 3 || len(name)-len(letters) > 7 {
		return 0, 0
	}
	for _, r := range letters {
		if r < 'A' || r > 'Z' {
			return 0, 0
		}
		col = 26*col + int(r-'A') + 1
	}
	for _, r := range name[len(letters):] {
		row = 10*row + int(r-'0')
	}
	if row == 0 {
		return 0, 0
	}
	return col, row
}

// sharedTexts reads the texts that cells of a workbook name by their number.
func sharedTexts(part string) (texts []string, whole bool) {
	m := markup{text: part}
	text := ""
	for m.next() {
		switch {
		case m.starts("si"):
			if text = ""; m.empty {
				texts = append(texts, "")
			}
		case m.starts("rPh") && !m.empty:
			m.skip("rPh")
		case m.ends && m.name == "t":
			text += plainText(m.before)
		case m.ends && m.name == "si":
			texts = append(texts, text)
		}
	}
	return texts, !m.broken
}
