package prose

import (
	"bytes"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/leftover"
	"bilanz/internal/pattern"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Markup that fails comes out as its signs, or takes text with it, and Markdown says
// nothing. This file finds what is left of it: brackets of links, pipes of tables,
// footnotes without a mark or a text, blocks under a name that does not exist.

// leftovers looks for signs of markup in the running text of a paragraph, heading or
// cell, where they are what is left of a link, a footnote mark or an emphasis, or are
// markup of other tools.
func (v *visitor) leftovers(n ast.Node) {
	if !v.hasSign(n) {
		return
	}
	var b stretch
	v.gather(n, &b)
	text := b.text.String()
	at := b.source
	escaped := func(i int) bool { at := b.source(i); return at > 0 && v.source[at-1] == '\\' }
	if i := commentStart(text); i >= 0 && !escaped(i) && bytes.HasPrefix(v.source[at(i):], []byte("<!--")) {
		v.commentOpen(at(i))
	}
	if !v.emphasis(text, at, escaped) {
		v.strays(n)
	}
	v.foreign(text, at, escaped)
	var open []int // the brackets that wait for their end; -1 for one that is no markup
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '[' && escaped(i):
			open = append(open, -1)
		case text[i] == '[':
			open = append(open, i)
			i += v.leftover(text[i:], func(k int) int { return at(i + k) })
		case text[i] != ']' || escaped(i):
		case len(open) == 0 && slices.Contains(b.linked, i):
			v.bracketAlone(at(i))
		case len(open) == 0 && strayEnd().MatchString(text[i:]), len(open) > 0 && open[len(open)-1] >= 0:
			v.leftover(text[i:], func(k int) int { return at(i + k) })
			fallthrough
		default:
			open = open[:max(len(open)-1, 0)]
		}
	}
	for _, i := range open {
		if i >= 0 && slices.Contains(b.linked, i+1) {
			v.bracketAlone(at(i))
		}
	}
}

// bracketAlone reports a bracket too many beside a link: "[[words](address)".
func (v *visitor) bracketAlone(at int) {
	sign := string(v.source[at])
	v.report("link-open", diag.Warning, at, at+1,
		diag.Say("this %s beside a link has no partner, so readers get it",
			"diese %s neben einem Link gehört zu keiner zweiten und steht auf der Seite", sign),
		diag.Say("delete it", "löschen Sie sie"),
		diag.Say("write %s if you mean the character", "schreiben Sie %s, wenn Sie das Zeichen meinen", `\`+sign))
}

// hasSign is the quick way out for most texts.
func (v *visitor) hasSign(n ast.Node) bool {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if t, ok := child.(*ast.Text); ok {
			if bytes.ContainsAny(t.Segment.Value(v.source), "[]*_~`{%=<") {
				return true
			}
		} else if child.Kind() != ast.KindCodeSpan && v.hasSign(child) {
			return true
		}
	}
	return false
}

// inAddress is a sign of an address that was written with spaces.
const inAddress = `[^<>()\[\]"'“”„‘’‚«»]`

var (
	noteMark   = pattern.Of(`^\[ ?\^ ?([^\]\s]+) ?\]`)
	closedGap  = pattern.Of(`^\][ \x{a0}\n]+\(` + leftover.Address)
	openBefore = pattern.Of(`^\[[^\[\]]*\(` + leftover.Address)
	reference  = pattern.Of(`^\]\[([^\[\]]*)\]`)
	strayEnd   = pattern.Of(`^\]\(` + leftover.Address)
	spaced     = pattern.Of(`^\]\(((?:` + inAddress + `|\([\pL0-9]+\))*?[ \x{a0}]` +
		`(?:` + inAddress + `|\([\pL0-9]+\))*?)(?: ["“„][^"”“]*["”“])?\)`)
)

// leftover reports what begins with this bracket, if it is left of markup, and says
// how much of the text that was.
func (v *visitor) leftover(text string, at func(int) int) int {
	switch {
	case noteMark().MatchString(text):
		found := noteMark().FindStringSubmatch(text)
		v.noteUnknown(found[1], at(0), at(len(found[0])-1)+1)
		return len(found[0]) - 2
	case spaced().MatchString(text):
		address := spaced().FindStringSubmatch(text)[1]
		v.linkSpaced(address, at(2), at(1+len(address))+1)
	case strings.HasPrefix(text, "]("):
		v.read[at(0)] = true // of a link to a figure this is said, and nothing else
		v.linkOpen(at(0), at(1)+1)
	case closedGap().MatchString(text):
		v.linkParted(at(1), at(strings.IndexByte(text, '(')))
	case reference().MatchString(text):
		found := reference().FindStringSubmatch(text)
		v.referenceUnknown(found[1], at(1), at(len(found[0])-1)+1)
	case openBefore().MatchString(text):
		v.linkOpen(at(0), at(0)+1)
	}
	return 0
}

func (v *visitor) linkSpaced(address string, start, end int) {
	words := strings.Fields(address)
	with := "<" + strings.Join(words, " ") + ">"
	switch scheme, _, _ := strings.Cut(words[0], ":"); scheme {
	case "fig", "tel": // no figure and no number has one
		with = strings.Join(words, "")
		v.read[start-len("](")] = true
	case "http", "https":
		with = strings.Join(words, "%20")
	}
	v.add(diag.Diagnostic{
		Code: "link-open", Place: v.text.place(start, end), Edits: v.text.edits(start, end, with),
		Text: diag.Say("this is no link: its address has a space",
			"das wird kein Link: In der Adresse steht ein Leerzeichen"),
		Ways: []diag.Text{diag.Say("write (%s)", "schreiben Sie (%s)", with)},
	})
}

func (v *visitor) linkParted(start, end int) {
	v.add(diag.Diagnostic{
		Code: "link-open", Place: v.text.place(start, end),
		Text: diag.Say("this is no link: a space parts its words from the address",
			"das wird kein Link: Ein Leerzeichen trennt den Text von der Adresse"),
		Ways: []diag.Text{diag.Say("write [words](address) without the space",
			"schreiben Sie [Text](Adresse) ohne das Leerzeichen")},
	})
}

func (v *visitor) linkOpen(start, end int) {
	v.report("link-open", diag.Error, start, end,
		diag.Say("this is no link: a bracket is missing, so readers get the signs",
			"das wird kein Link: Eine Klammer fehlt, und auf der Seite stehen die Zeichen"),
		diag.Say("write [words](address), with all four brackets",
			"schreiben Sie [Text](Adresse), mit allen vier Klammern"),
		diag.Say(`write \[ if you mean the character`, `schreiben Sie \[, wenn Sie das Zeichen meinen`))
}

func (v *visitor) referenceUnknown(label string, start, end int) {
	v.report("link-open", diag.Error, start, end,
		diag.Say("this is no link: nothing says where [%s] leads",
			"das wird kein Link: Nirgends steht, wohin [%s] führt", label),
		diag.Say("write [words](address)", "schreiben Sie [Text](Adresse)"),
		diag.Say(`write \[ if you mean the character`, `schreiben Sie \[, wenn Sie das Zeichen meinen`))
}

func (v *visitor) noteUnknown(label string, start, end int) {
	d := diag.Diagnostic{
		Code: "footnote-unknown", Place: v.text.place(start, end),
		Text: diag.Say("there is no footnote %s", "eine Fußnote %s gibt es nicht", label),
	}
	if end-start > len("[^]")+len(label) {
		d.Text = diag.Say("a space keeps this from being the mark of a footnote",
			"wegen eines Leerzeichens wird das kein Fußnotenzeichen")
		d.Ways = []diag.Text{diag.Say("write [^%s]", "schreiben Sie [^%s]", label)}
		d.Edits = v.text.edits(start, end, "[^"+label+"]")
		v.add(d)
		return
	}
	if at := v.lacksColon(label); at >= 0 {
		if start == at {
			v.noteWithoutColon(label, start, end)
		}
		return // said where its words stand
	}
	if v.short {
		d.Ways = []diag.Text{diag.Say("say it in the note itself", "sagen Sie es in der Anmerkung selbst")}
		v.add(d)
		return
	}
	var labels []string
	for _, note := range v.defined {
		if !slices.Contains(labels, string(note.Ref)) { // one may be written twice, which is told
			labels = append(labels, string(note.Ref))
		}
	}
	if len(labels) == 1 {
		d.Ways = append(d.Ways, diag.Say("write [^%s]", "schreiben Sie [^%s]", labels[0]))
	} else {
		for _, near := range diag.Nearest(label, labels) {
			d.Ways = append(d.Ways, diag.Say("write [^%s]", "schreiben Sie [^%s]", near))
		}
	}
	d.Ways = append(d.Ways, diag.Say("write a line [^%s]: and the words of the footnote",
		"schreiben Sie eine Zeile [^%s]: mit dem Text der Fußnote", label))
	v.add(d)
}

// lacksColon finds a paragraph that begins like the words of a footnote, but for the colon;
// -1 where there is none.
func (v *visitor) lacksColon(label string) int {
	for at := 0; ; at++ {
		i := bytes.Index(v.source[at:], []byte("[^"+label+"] "))
		if i < 0 {
			return -1
		}
		if at += i; at > 1 && v.source[at-1] == '\n' && isEmptyLine(v.source[:at-1]) {
			return at
		}
	}
}

// isEmptyLine reports whether the last line of a text is empty.
func isEmptyLine(text []byte) bool {
	return len(bytes.TrimSpace(text[bytes.LastIndexByte(text, '\n')+1:])) == 0
}

func (v *visitor) noteWithoutColon(label string, start, end int) {
	v.add(diag.Diagnostic{
		Code: "footnote-unknown", Place: v.text.place(start, end), Edits: v.text.edits(end, end, ":"),
		Text: diag.Say("a colon is missing behind [^%s], so this is no footnote",
			"hinter [^%s] fehlt ein Doppelpunkt, deshalb ist das keine Fußnote", label),
		Ways: []diag.Text{diag.Say("write [^%s]: before its words", "schreiben Sie [^%s]: vor ihren Text", label)},
	})
}

// noteParser keeps the footnotes as they are written: goldmark drops those that nobody
// refers to.
type noteParser struct{ parser.BlockParser }

var definedNotes = parser.NewContextKey()

func (p noteParser) Close(n ast.Node, reader gtext.Reader, pc parser.Context) {
	all, _ := pc.Get(definedNotes).([]*east.Footnote)
	pc.Set(definedNotes, append(all, n.(*east.Footnote)))
	p.BlockParser.Close(n, reader, pc)
}

// footnotes are goldmark's, kept as they are written.
func footnotes() []parser.Option {
	return []parser.Option{
		parser.WithBlockParsers(util.Prioritized(noteParser{extension.NewFootnoteBlockParser()}, 999)),
		parser.WithInlineParsers(util.Prioritized(extension.NewFootnoteParser(), 101)),
		parser.WithASTTransformers(util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
	}
}

// checkNotes reports footnotes that are written twice, and those that no reader gets.
func (v *visitor) checkNotes() {
	for i, note := range v.defined {
		start := max(note.Pos(), 0)
		end := min(start+len("[^]:")+len(note.Ref), len(v.source))
		same := slices.IndexFunc(v.defined, func(n *east.Footnote) bool { return bytes.Equal(n.Ref, note.Ref) })
		switch {
		case same < i:
			first := max(v.defined[same].Pos(), 0)
			v.add(diag.Diagnostic{
				Code: "footnote-twice", Place: v.text.place(start, end),
				Text: diag.Say("the footnote %s is written twice, and readers get the first",
					"die Fußnote %s steht zweimal da; auf die Seite kommt nur die erste", string(note.Ref)),
				Notes: []diag.Note{{Place: v.text.place(first, first+end-start),
					Text: diag.Say("this is the first", "dies ist die erste")}},
				Ways: []diag.Text{diag.Say("give one of them another name, and its mark too",
					"geben Sie einer davon einen anderen Namen, und ihrem Zeichen auch")},
			})
		case note.ChildCount() == 0 || strings.TrimSpace(v.plain(note, true)) == "" && note.Index >= 0:
			v.report("footnote-empty", diag.Error, start, end,
				diag.Say("the footnote %s has no words", "die Fußnote %s hat keinen Text", string(note.Ref)),
				diag.Say("write them behind the colon", "schreiben Sie ihn hinter den Doppelpunkt"),
				diag.Say("delete the footnote and its mark", "löschen Sie die Fußnote und ihr Zeichen"))
		case note.Index < 0:
			v.report("footnote-unused", diag.Warning, start, end,
				diag.Say("no mark leads to the footnote %s, so it does not stand on the page",
					"kein Zeichen führt zur Fußnote %s; sie steht nicht auf der Seite", string(note.Ref)),
				diag.Say("write [^%s] where it belongs", "schreiben Sie [^%s], wo sie hingehört", string(note.Ref)),
				diag.Say("delete the footnote", "löschen Sie die Fußnote"))
		}
	}
}

// lines looks at the lines of a paragraph that are left of a table or a heading. It
// reports whether they are left of a block, so that nothing else need be said of them.
func (v *visitor) lines(n ast.Node) (isBlock bool) {
	lines := n.Lines()
	if lines == nil || lines.Len() == 0 || n.Kind() == east.KindTableCell {
		return false
	}
	piped := 0
	for i := range lines.Len() {
		line := lines.At(i)
		words := bytes.TrimSpace(line.Value(v.source))
		if len(words) > 0 && 'a' <= words[0]|0x20 && words[0]|0x20 <= 'z' {
			continue // most lines begin with a letter, and nothing below does
		}
		switch {
		case isRule(words):
			v.tableRule(line.Start, line.Start+len(words), i > 0)
			return false
		case gridRule().Match(words):
			v.tableRule(line.Start, line.Start+len(words), false)
			return true
		case bytes.HasPrefix(words, []byte("|")) && bytes.HasSuffix(words, []byte("|")) && len(words) > 2:
			piped++
		case gluedHeading().Match(words):
			v.headingGlued(line.Start, words)
		case otherFence().Match(words):
			v.fence(line.Start, words)
			return true
		case otherBlock().Match(words):
			v.foreignAt(line.Start, line.Start+len(words), string(words))
			return true
		case lostAddress().Match(words):
			v.addressLost(line.Start, words)
		case deepHeading().Match(words):
			v.headingDeep(line.Start, words)
		case lines.Len() == 1 && hashLine().Match(words):
			v.headingMeant(line.Start, words)
		}
	}
	if v.keysOf(n) > 1 {
		first := lines.At(0)
		v.blockBare(first.Start, first.Start+len(bytes.TrimSpace(first.Value(v.source))))
		// What begins and ends blocks below it is turned round, which is not said again.
		v.torn = true
		v.leaveOut(first.Start, len(v.source))
	}
	if piped > 0 && piped == lines.Len() || piped == 0 && v.isGrid(n) {
		first := lines.At(0)
		v.tableRule(first.Start, first.Start+len(bytes.TrimSpace(first.Value(v.source))), false)
	}
	return false
}

// isGrid knows lines of which each has as many cells as the first: "Place | n", or
// cells that were pasted and are parted by tabs.
func (v *visitor) isGrid(n ast.Node) bool {
	lines := n.Lines()
	cells := func(i int, between string) int {
		line := lines.At(i)
		words := bytes.TrimSpace(line.Value(v.source))
		if listTab().Match(words) {
			return 0
		}
		return bytes.Count(words, []byte(between))
	}
	for _, between := range []string{" | ", "\t"} {
		same := lines.Len() > 1 && cells(0, between) > 0
		for i := 1; same && i < lines.Len(); i++ {
			same = cells(i, between) == cells(0, between)
		}
		if same {
			return true
		}
	}
	return false
}

// listTab knows what word processors write before an item of a list, with a tab behind it.
var listTab = pattern.Of(`^(?:\S|[0-9a-zA-Z]+[.)])\t`)

// gridRule knows a line of a table whose cells are drawn: +----+---+
var gridRule = pattern.Of(`^\+(?:[-=]{2,}\+)+$`)

// isRule knows the line below the head of a table: |---|--:|
func isRule(line []byte) bool {
	return bytes.IndexByte(line, '|') >= 0 && bytes.Contains(line, []byte("--")) && len(bytes.Trim(line, "|-: \t")) == 0
}

func (v *visitor) tableRule(start, end int, below bool) {
	if below {
		v.report("table-rule", diag.Error, start, end,
			diag.Say("this is no table: its line of hyphens has not as many columns as its head",
				"das wird keine Tabelle: Die Linie hat nicht so viele Spalten wie der Kopf darüber"),
			diag.Say("write |---| once for each cell of the head",
				"schreiben Sie für jede Zelle des Kopfs einmal ---, durch | getrennt"))
		return
	}
	v.report("table-rule", diag.Error, start, end,
		diag.Say("this is no table: a table has a line of cells, and directly below it a line |---|---|",
			"das wird keine Tabelle: Unter der ersten Zeile einer Tabelle steht direkt eine Zeile |---|---|"),
		diag.Say("write |---| once for each cell, below the head and without an empty line",
			"schreiben Sie unter den Kopf, ohne Leerzeile, für jede Zelle einmal ---, durch | getrennt"))
}

// otherFence knows what other signs and other tools begin a block with.
var otherFence = pattern.Of("^(?:`{1,2}|\\\\`{3}|['\"´‘’“”„]{2,3}|:{3} ?|\\{\\{[<%] ?)" +
	"\\{?\\.?(chart|table|figures)(?:$|[ }].*[^`]$|}$)")

// fence reports a line that was meant to begin a block.
func (v *visitor) fence(start int, line []byte) {
	kind := string(otherFence().FindSubmatch(line)[1])
	v.Unsure = true
	v.report("block-unknown", diag.Error, start, start+len(line),
		diag.Say("this is no block, so readers get its text", "das wird kein Block; auf der Seite steht sein Text"),
		diag.Say("write ```%s", "schreiben Sie ```%s", kind))
}

// gluedHeading knows "##Words", which Markdown takes for text.
var gluedHeading = pattern.Of(`^#{2,6}[^#\s]`)

func (v *visitor) headingGlued(start int, line []byte) {
	level := len(line) - len(bytes.TrimLeft(line, "#"))
	if v.short {
		v.report("note-form", diag.Error, start, start+len(line),
			diag.Say("a note is made of sentences, and this is a heading",
				"eine Anmerkung besteht aus Sätzen, und das ist eine Überschrift"),
			diag.Say("say it in sentences", "sagen Sie es in Sätzen"))
		return
	}
	v.add(diag.Diagnostic{
		Code: "heading-space", Place: v.text.place(start, start+len(line)),
		Edits: v.text.edits(start, start+level, string(line[:level])+" "),
		Text: diag.Say("this is no heading: a space is missing behind %s",
			"das wird keine Überschrift: Hinter %s fehlt ein Leerzeichen", string(line[:level])),
		Ways: []diag.Text{diag.Say("write %s and a space before the words",
			"schreiben Sie %s und ein Leerzeichen vor die Wörter", string(line[:level]))},
	})
}

// braceOpen reports a heading whose words still hold what should be its id.
func (v *visitor) braceOpen(words string, start, end int) {
	if strings.Contains(words, "{#") || strings.HasSuffix(strings.TrimSpace(words), "}") {
		v.report("heading-attribute", diag.Error, start, end,
			diag.Say("the id of this heading is not understood, so readers get its signs",
				"die Kennung dieser Überschrift wird nicht verstanden; auf der Seite stehen ihre Zeichen"),
			diag.Say("write {#id} at the end of the line, in one word",
				"schreiben Sie {#kennung} ans Ende der Zeile, in einem Wort"))
	}
}

// table looks at the rows that have more or fewer cells than the head: goldmark drops
// the rest of a row, and takes a text that stands close below for one.
func (v *visitor) table(t *east.Table) {
	head := t.FirstChild().ChildCount()
	if start := t.FirstChild().Pos(); start >= 0 {
		line, _ := cutLine(v.source[start:])
		line = bytes.TrimRight(line, " \t\r\n")
		if cells := len(cellsOf(line)); cells < head {
			v.report("table-rule", diag.Error, start, start+len(line),
				diag.Say("the line of hyphens has more columns than this head (%d, not %d)",
					"die Linie darunter hat mehr Spalten als dieser Kopf (%d statt %d)", head, cells),
				diag.Say("write |---| once for each cell of the head",
					"schreiben Sie für jede Zelle des Kopfs einmal ---, durch | getrennt"))
			return
		}
	}
	for row := t.FirstChild().NextSibling(); row != nil; row = row.NextSibling() {
		start := max(row.Pos(), 0)
		line, _ := cutLine(v.source[start:])
		cells := cellsOf(bytes.TrimRight(line, " \t\r\n"))
		switch end := start + len(bytes.TrimRight(line, " \t\r\n")); {
		case len(cells) > head:
			v.rowTooLong(line[:end-start], start, cells, head)
		case len(cells) < head && bytes.IndexByte(line, '|') < 0:
			v.report("table-cells", diag.Error, start, end,
				diag.Say("this text is read as a row of the table above it",
					"dieser Text wird als Zeile der Tabelle darüber gelesen"),
				diag.Say("leave an empty line below the table", "lassen Sie unter der Tabelle eine Zeile frei"))
		case len(cells) < head:
			v.report("table-cells", diag.Error, start, end,
				diag.Say("this row has fewer cells than the head (%d, not %d), so a value may be in the wrong column",
					"diese Zeile hat weniger Zellen als der Kopf (%d statt %d); ein Wert steht wohl in falscher Spalte",
					len(cells), head),
				diag.Say("write all cells, with | | for an empty one", "schreiben Sie alle Zellen, für eine leere | |"))
		}
	}
}

// tableHead looks for columns without a head. The corner above the names of rows may be
// empty, unless nothing stands beside it.
func (v *visitor) tableHead(t *east.Table) {
	head := t.FirstChild()
	start := max(head.Pos(), 0)
	line, _ := cutLine(v.source[start:])
	line = bytes.TrimRight(line, " \t\r\n")
	var empty []int
	count := 0
	for cell := head.FirstChild(); cell != nil; cell = cell.NextSibling() {
		if v.isNameless(cell) {
			empty = append(empty, count)
		}
		count++
	}
	if len(empty) == count {
		v.report("table-head", diag.Error, start, start+len(line),
			diag.Say("the columns of this table have no heads, so nobody can tell what stands in them",
				"die Spalten dieser Tabelle haben keine Köpfe; niemand erfährt, was darin steht"),
			diag.Say("write a word above each column: | Year | Visits |",
				"schreiben Sie über jede Spalte ein Wort: | Jahr | Besuche |"))
		return
	}
	for _, i := range empty {
		cells := cellsOf(line)
		if i == 0 || i >= len(cells) {
			continue
		}
		end := len(line)
		if i+1 < len(cells) {
			end = cells[i+1]
		}
		v.report("table-head", diag.Warning, start+cells[i]-1, start+end,
			diag.Say("column %d of this table has no head", "Spalte %d dieser Tabelle hat keinen Kopf", i+1),
			diag.Say("write between the two | what stands in the column",
				"schreiben Sie zwischen die beiden |, was in der Spalte steht"))
	}
}

// isNameless reports whether a cell of the head names no column: it is empty, or a dash. Of
// an image without a text that is said already.
func (v *visitor) isNameless(cell ast.Node) bool {
	for child := cell.FirstChild(); child != nil; child = child.NextSibling() {
		if child.Kind() == ast.KindImage {
			return false
		}
	}
	return strings.Trim(unseen.Replace(v.plain(cell, true)), "-–—…. \u00a0*_") == "" && !v.citesIn(cell)
}

// rowTooLong reports a row with more cells than the head, where a text is lost by that, or
// an empty cell before shows that a value may stand in the wrong column.
func (v *visitor) rowTooLong(line []byte, start int, cells []int, head int) {
	extra := cells[head]
	text := diag.Say("this row has more cells than the head (%d, not %d), so readers do not get the rest",
		"diese Zeile hat mehr Zellen als der Kopf (%d statt %d); der Rest steht nicht auf der Seite", len(cells), head)
	switch rest := bytes.Trim(line[extra:], "| \t"); {
	case len(rest) > 0:
	case hasEmpty(line, cells[:head+1]):
		text = diag.Say("this row has more cells than the head (%d, not %d), so a value may be in the wrong column",
			"diese Zeile hat mehr Zellen als der Kopf (%d statt %d); ein Wert steht wohl in falscher Spalte",
			len(cells), head)
	default:
		return
	}
	v.report("table-cells", diag.Error, start+extra, start+len(line), text,
		diag.Say("write a head for each column, or take a | out",
			"schreiben Sie für jede Spalte einen Kopf, oder nehmen Sie ein | heraus"),
		diag.Say(`write \| if you mean the character`, `schreiben Sie \|, wenn Sie das Zeichen meinen`))
}

// hasEmpty reports whether one of the cells that begin here holds nothing, but not the
// last: then a value may stand in the wrong column.
func hasEmpty(line []byte, begin []int) bool {
	for i := range begin[1:] {
		if len(bytes.Trim(line[begin[i]:begin[i+1]], "| \t")) == 0 {
			return true
		}
	}
	return false
}

// cellsOf finds where the cells of a row begin.
func cellsOf(line []byte) []int {
	begin := []int{len(line) - len(bytes.TrimLeft(line, " \t>"))}
	if rest := line[begin[0]:]; len(rest) > 0 && rest[0] == '|' {
		begin[0]++
	}
	for i := begin[0]; i < len(line)-1; i++ {
		if line[i] == '|' && (i == 0 || line[i-1] != '\\') {
			begin = append(begin, i+1)
		}
	}
	return begin
}

// definition reports a line "[label]: address" that no link uses: it does not stand on
// the page, and may have been meant to.
func (v *visitor) definition(n *ast.LinkReferenceDefinition) {
	if v.labels[util.ToLinkReference(n.Label)] || isComment(n) {
		return
	}
	line := n.Lines().At(0)
	start := max(line.Start, 0)
	v.report("link-unused", diag.Warning, start, start+len(bytes.TrimRight(line.Value(v.source), " \t\r\n")),
		diag.Say("this line is read as the address of a link, which no link uses, and does not stand on the page",
			"diese Zeile wird als Adresse eines Links gelesen, den es nicht gibt, und steht nicht auf der Seite"),
		diag.Say("write [^%s]: for a footnote", "schreiben Sie [^%s]: für eine Fußnote", string(n.Label)),
		diag.Say(`write \[ if you mean the character`, `schreiben Sie \[, wenn Sie das Zeichen meinen`))
}

// isComment knows the lines with which people comment in Markdown: "[//]: # (to do)".
func isComment(n *ast.LinkReferenceDefinition) bool {
	dest := string(n.Destination)
	return dest == "" || dest == "#"
}

// code looks at a block of code that may have been meant as a block with figures, and
// at one without an end.
func (v *visitor) code(n *ast.FencedCodeBlock) {
	start := max(n.Pos(), 0)
	line, _ := cutLine(v.source[start:])
	line = bytes.TrimRight(line, " \t\r\n")
	name := ""
	if n.Info != nil {
		name = string(n.Info.Segment.Value(v.source))
	}
	if v.meansBlock(name, n, start, start+len(line)) || len(line) == 0 {
		return
	}
	end := start + len(line)
	if last := n.Lines().Len(); last > 0 {
		end = n.Lines().At(last-1).Stop - 1
	}
	_, below := cutLine(v.source[min(end, len(v.source)):])
	closing, _ := cutLine(below)
	if !v.torn && !bytes.HasPrefix(bytes.TrimLeft(closing, " \t>"), bytes.Repeat(line[:1], 3)) {
		v.leaveOut(start, len(v.source))
		v.report("block-open", diag.Error, start, start+len(line),
			diag.Say("this block never ends", "dieser Block ist nicht geschlossen"),
			diag.Say("write ``` on a line of its own below it", "schreiben Sie ``` in eine eigene Zeile darunter"))
	}
}

// indented looks at code that is code because it is indented.
func (v *visitor) indented(n *ast.CodeBlock) {
	line := n.Lines().At(0)
	words := bytes.TrimSpace(line.Value(v.source))
	if name := bytes.TrimLeft(words, "`~"); len(words)-len(name) >= 3 {
		start := line.Start + bytes.Index(line.Value(v.source), words)
		if v.meansBlock(string(name), n, start, start+len(words)) {
			return
		}
	}
	end := line.Start + len(bytes.TrimRight(line.Value(v.source), " \t\r\n"))
	if bytes.HasPrefix(words, []byte("<!--")) {
		v.report("comment-open", diag.Error, line.Start, end,
			diag.Say("this comment is read as code because of the spaces before it, so readers get it",
				"dieser Kommentar wird wegen der Leerzeichen davor als Code gelesen und steht auf der Seite"),
			diag.Say("delete the spaces or tabs at the start of its lines",
				"löschen Sie die Leerzeichen oder Tabs am Anfang seiner Zeilen"))
		return
	}
	v.report("code-indented", diag.Warning, line.Start, end,
		diag.Say("this text is read as code because of the spaces before it, so nobody proves its numbers",
			"dieser Text wird wegen der Leerzeichen davor als Code gelesen; niemand prüft seine Zahlen"),
		diag.Say("delete the spaces or tabs at the start of its lines",
			"löschen Sie die Leerzeichen oder Tabs am Anfang seiner Zeilen"),
		diag.Say("write ``` above and below it if it is code",
			"schreiben Sie ``` darüber und darunter, wenn es Code ist"))
}

// blockKey knows the lines that only our blocks begin with.
var blockKey = pattern.Of(`^\s*(?:id|type|figures|title|claim|subtitle|column):`)

// keysOf counts the lines of a text that only our blocks have.
func (v *visitor) keysOf(n ast.Node) int {
	keys := 0
	for i := range min(n.Lines().Len(), 6) {
		line := n.Lines().At(i)
		if words := line.Value(v.source); bytes.IndexByte(words, ':') > 0 && blockKey().Match(words) {
			keys++
		}
	}
	return keys
}

// meansBlock reports code that its writer meant as a block with figures.
func (v *visitor) meansBlock(info string, n ast.Node, start, end int) bool {
	name := strings.Trim(strings.TrimSpace(info), "{}.:")
	first, _, _ := strings.Cut(name, " ")
	kinds := []string{string(Chart), string(Headline), string(Table), string(Cards)}
	near := diag.Nearest(first, kinds)
	if len(near) == 0 && v.keysOf(n) < 2 {
		return false
	}
	d := diag.Diagnostic{
		Code: "block-unknown", Place: v.text.place(start, end),
		Text: diag.Say("there is no block %q, so readers get its text as code",
			"einen Block „%s“ gibt es nicht; auf der Seite steht sein Text als Code", name),
	}
	if slices.Contains(kinds, strings.TrimSpace(info)) {
		d.Text = diag.Say("a block begins with ``` at the start of its line; this one is read as code",
			"ein Block beginnt mit ``` am Anfang der Zeile; dieser wird als Code gelesen")
	}
	if name == "" {
		d.Text = diag.Say("this block has no name, so readers get its text as code",
			"diesem Block fehlt der Name; auf der Seite steht sein Text als Code")
	}
	if len(near) == 0 {
		near = kinds
	}
	for _, kind := range near {
		d.Ways = append(d.Ways, diag.Say("write ```%s", "schreiben Sie ```%s", kind))
	}
	v.Unsure = true
	v.add(d)
	if last := n.Lines().Len(); last > 0 {
		v.leaveOut(start, n.Lines().At(last-1).Stop)
	}
	return true
}
