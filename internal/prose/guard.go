package prose

import (
	"bytes"

	"bilanz/internal/diag"
)

// The limits of one page. They keep a broken or hostile page from taking minutes:
// goldmark's time grows faster than the length of some texts. They count and do
// not measure time, so that a page that is read on one machine is read on all.
const (
	mostBytes    = 1 << 20
	mostLine     = 64 << 10 // bytes of one line
	mostNesting  = 40       // markers of lists and quotes at the start of one line
	mostBrackets = 400      // open brackets, of either kind, in one paragraph
	mostMarks    = 4000     // marks of emphasis in one paragraph
	mostColumns  = 100      // of a table
	mostBlocks   = 500      // charts, tables and headline figures
	mostNotes    = 2000     // footnotes, and addresses that stand apart from their links
	mostNumbers  = 30_000   // bare numbers are looked at one by one
)

// guard refuses a text that would take goldmark too long.
func (d *Document) guard() bool {
	if len(d.source) > mostBytes {
		d.list.Add(diag.Diagnostic{
			Code: "page-too-large", Place: d.text.place(0, 0),
			Text: diag.Say("this page has %d kB; a page may have 1,024 kB", "diese Seite hat %d kB; eine Seite darf 1.024 kB haben", len(d.source)>>10),
			Ways: []diag.Text{diag.Say("part it into several pages", "teilen Sie sie auf mehrere Seiten auf")},
		})
		return false
	}
	var g load
	for at, rest := 0, d.source; len(rest) > 0; {
		var line []byte
		line, rest = cutLine(rest)
		if g.take(line); g.tooMuch() {
			d.list.Add(diag.Diagnostic{
				Code: "page-too-nested", Place: d.text.place(at, at+min(len(line), 80)),
				Text: diag.Say("this is more than one page can hold: brackets, lists or quotes that are open, footnotes, columns, blocks or numbers", "das ist mehr, als eine Seite fassen kann: offene Klammern, Listen oder Zitate, Fußnoten, Spalten, Blöcke oder Zahlen"),
				Ways: []diag.Text{diag.Say("close what is open, write it more simply, or part the page", "schließen Sie, was offen ist, schreiben Sie es einfacher, oder teilen Sie die Seite")},
			})
			return false
		}
		at += len(line)
	}
	return true
}

// load is what makes reading a text slow, up to some line.
type load struct {
	square, round, marks int // in the paragraph so far: open brackets, marks of emphasis
	line, nesting        int // of this line: bytes, markers at its start
	columns              int
	blocks               int // of the page so far
	notes, numbers       int // likewise
}

// signs are the bytes that are counted: brackets, marks of emphasis as *, digits
// as 0.
var signs = func() (of [256]byte) {
	for _, b := range []byte("[]()") {
		of[b] = b
	}
	for _, b := range []byte("*_~") {
		of[b] = '*'
	}
	for b := '0'; b <= '9'; b++ {
		of[b] = '0'
	}
	return of
}()

func (g *load) take(line []byte) {
	trimmed := bytes.TrimSpace(line)
	if len(trimmed) == 0 {
		g.square, g.round, g.marks = 0, 0, 0
	}
	if len(trimmed) > 0 && trimmed[0] == '[' && bytes.Contains(line, []byte("]:")) {
		g.notes++
	}
	digit := false
	for _, b := range line {
		sign := signs[b]
		if sign == 0 && !digit { // most bytes are letters
			continue
		}
		if sign == '0' && !digit {
			g.numbers++
		}
		digit = sign == '0'
		switch sign {
		case '[':
			g.square++
		case ']':
			g.square = max(0, g.square-1)
		case '(':
			g.round++
		case ')':
			g.round = max(0, g.round-1)
		case '*':
			g.marks++
		}
	}
	g.line, g.nesting, g.columns = len(line), markers(line), 0
	if len(bytes.Trim(trimmed, "|-: ")) == 0 {
		g.columns = bytes.Count(line, []byte("|"))
	}
	if name := bytes.TrimSpace(bytes.TrimLeft(trimmed, "`")); len(name) < len(trimmed) && BlockKeys[Kind(name)] != nil {
		g.blocks++
	}
}

func (g *load) tooMuch() bool {
	return g.square > mostBrackets || g.round > mostBrackets || g.marks > mostMarks || g.line > mostLine ||
		g.nesting > mostNesting || g.columns > mostColumns || g.blocks > mostBlocks ||
		g.notes > mostNotes || g.numbers > mostNumbers
}

// markers counts the signs of lists and quotes at the start of a line.
func markers(line []byte) int {
	n := 0
	for i, b := range line {
		switch b {
		case '>', '*', '+', ')', '.':
			n++
		case '-':
			if i+1 < len(line) && line[i+1] == ' ' {
				n++
			}
		case ' ', '\t', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		default:
			return n
		}
	}
	return n
}
