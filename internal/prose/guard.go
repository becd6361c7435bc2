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
	mostOpened   = 100_000  // square brackets: each may begin a link
	mostMarks    = 4000     // marks of emphasis in one paragraph
	mostColumns  = 100      // of a table
	mostBlocks   = 500      // charts, tables and headline figures
	mostCharts   = 100      // each is drawn, in the fortieth part of a second
	mostDecks    = 4        // blocks of cards, each of which may have 24 pictures
	mostNotes    = 2000     // footnotes, and addresses that stand apart from their links
	mostNumbers  = 30_000   // bare numbers are looked at one by one
	mostHeadings = 2000     // each is an address that no other heading may have
	mostLinks    = 20_000   // links and images: each is followed to where it leads
)

// guard refuses a text that would take goldmark too long.
func (v *visitor) guard() bool {
	if len(v.source) > mostBytes {
		v.list.Add(diag.Diagnostic{
			Code: "page-too-large", Place: v.text.place(0, 0),
			Text: diag.Say("this page is larger than 1 MB", "diese Seite ist größer als 1 MB"),
			Ways: []diag.Text{diag.Say("part it into several pages", "teilen Sie sie auf mehrere Seiten auf")},
		})
		return false
	}
	var g load
	body := 0
	if !v.short {
		_, body = frontSpan(v.source)
	}
	for at, rest := 0, v.source; len(rest) > 0; {
		var line []byte
		line, rest = cutLine(rest)
		g.take(line)
		if at < body { // the --- below the front matter makes no heading of it
			g.headings, g.text = 0, false
		}
		if what, over := g.tooMuch(); over {
			v.list.Add(diag.Diagnostic{
				Code: "page-too-nested", Place: v.text.place(at, at+min(len(line), 80)),
				Text: diag.Say("this is more than one page can hold: at most %s",
					"das ist mehr, als eine Seite fassen kann: höchstens %s", what),
				Ways: []diag.Text{diag.Say("close what is open, write it more simply, or part the page",
					"schließen Sie, was offen ist, schreiben Sie es einfacher, oder teilen Sie die Seite")},
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
	blocks, charts       int  // of the page so far
	decks                int  // likewise: blocks of cards
	notes, numbers       int  // likewise
	headings, links      int  // likewise
	opened               int  // likewise: square brackets
	text                 bool // the line before holds text, which a line below can make a heading
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
	if !bytes.HasPrefix(line, []byte("    ")) && isHeading(trimmed, g.text) {
		g.headings++
	}
	g.text = len(trimmed) > 0
	g.links += bytes.Count(line, []byte("](")) + bytes.Count(line, []byte("]["))
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
			g.opened++
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
		inner := bytes.TrimSuffix(bytes.TrimPrefix(trimmed, []byte("|")), []byte("|"))
		g.columns = bytes.Count(inner, []byte("|")) + 1
	}
	if name := bytes.TrimSpace(bytes.TrimLeft(trimmed, "`")); len(name) < len(trimmed) && BlockKeys[Kind(name)] != nil {
		g.blocks++
		switch Kind(name) {
		case Chart:
			g.charts++
		case Cards:
			g.decks++
		}
	}
}

// tooMuch says what of the page so far is more than it can hold.
func (g *load) tooMuch() (what diag.Text, over bool) {
	switch {
	case g.square > mostBrackets || g.round > mostBrackets:
		return diag.Say("%d open brackets in one paragraph", "%d offene Klammern in einem Absatz", mostBrackets), true
	case g.opened > mostOpened:
		return diag.Say("%s square brackets", "%s eckige Klammern", thousands(mostOpened)), true
	case g.marks > mostMarks:
		return diag.Say("%s signs of emphasis (* _ ~) in one paragraph",
			"%s Zeichen für Hervorhebungen (* _ ~) in einem Absatz", thousands(mostMarks)), true
	case g.line > mostLine:
		return diag.Say("%d kB in one line", "%d kB in einer Zeile", mostLine>>10), true
	case g.nesting > mostNesting:
		return diag.Say("%d lists or quotes within each other", "%d Listen oder Zitate ineinander", mostNesting), true
	case g.columns > mostColumns:
		return diag.Say("%d columns in a table", "%d Spalten in einer Tabelle", mostColumns), true
	case g.blocks > mostBlocks:
		return diag.Say("%d charts, tables and headline figures",
			"%d Diagramme, Tabellen und Kennzahlen-Blöcke", mostBlocks), true
	case g.charts > mostCharts:
		return diag.Say("%d charts", "%d Diagramme", mostCharts), true
	case g.decks > mostDecks:
		return diag.Say("%d blocks of cards", "%d Blöcke mit Karten", mostDecks), true
	case g.notes > mostNotes:
		return diag.Say("%s footnotes", "%s Fußnoten", thousands(mostNotes)), true
	case g.numbers > mostNumbers:
		return diag.Say("%s numbers", "%s Zahlen", thousands(mostNumbers)), true
	case g.headings > mostHeadings:
		return diag.Say("%s headings", "%s Überschriften", thousands(mostHeadings)), true
	case g.links > mostLinks:
		return diag.Say("%s links", "%s Links", thousands(mostLinks)), true
	}
	return diag.Text{}, false
}

// thousands writes a limit as each language groups it.
func thousands(n int) diag.Text { return diag.Say("%d,000", "%d.000", n/1000) }

// isHeading knows "## words", and the line below a text that makes it a heading.
func isHeading(trimmed []byte, belowText bool) bool {
	words := bytes.TrimLeft(trimmed, "#")
	if level := len(trimmed) - len(words); level > 0 {
		return level <= 6 && (len(words) == 0 || words[0] == ' ' || words[0] == '\t')
	}
	return belowText && len(trimmed) > 0 && (len(bytes.TrimLeft(trimmed, "=")) == 0 || len(bytes.TrimLeft(trimmed, "-")) == 0)
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
