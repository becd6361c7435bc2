package prose

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/diag"

	"github.com/yuin/goldmark/ast"
)

// What is written is what is published. This file says so at the place where Markdown
// would read a sign or a number of a sentence as markup, and readers would get another
// text than the one that stands in the file.

// items looks at a list whose marks may be signs or numbers of a sentence.
func (v *visitor) items(n *ast.List) {
	if n.IsOrdered() && v.isSentence(n) {
		v.asSentence(n)
		return
	}
	v.marks(n)
	v.visitAll(n)
}

// marks looks at the numbers or bullets of a list.
func (v *visitor) marks(n *ast.List) {
	if n.IsOrdered() {
		v.numbered(n)
	} else {
		v.bullets(n)
	}
}

// isSentence knows a list of one item without anything below it, which is a sentence
// that begins with a number: "12. Juni 2022", "1. Platz".
func (v *visitor) isSentence(n *ast.List) bool {
	if n.ChildCount() != 1 {
		return false
	}
	words := n.FirstChild().FirstChild()
	if words == nil || words.NextSibling() != nil || words.Lines() == nil || words.Lines().Len() == 0 {
		return false
	}
	return v.markAt(n.FirstChild()) >= 0 && (words.Kind() == ast.KindTextBlock || words.Kind() == ast.KindParagraph)
}

// asSentence puts a paragraph that begins with the number in the place of the list.
func (v *visitor) asSentence(n *ast.List) {
	item := n.FirstChild()
	words := item.FirstChild()
	var paragraph ast.Node = ast.NewParagraph()
	if in, ok := n.Parent().Parent().(*ast.List); ok && in.IsTight {
		paragraph = ast.NewTextBlock()
	}
	paragraph.SetLines(words.Lines())
	start, text := v.markAt(item), words.Lines().At(0).Start
	mark := ast.NewText()
	mark.Segment.Start, mark.Segment.Stop = start, text
	paragraph.AppendChild(paragraph, mark)
	for child := words.FirstChild(); child != nil; child = words.FirstChild() {
		paragraph.AppendChild(paragraph, child)
	}
	n.Parent().ReplaceChild(n.Parent(), n, paragraph)
	v.visit(paragraph)
}

// numbered reports the items of which readers get another number than the one that is
// written; not those that go on counting from one that is reported. A list whose items
// all have 1 is counted by Markdown, as those who write so know: that is a warning, unless
// they begin with the same word: "1. Halbjahr 2021", "1. Halbjahr 2022".
func (v *visitor) numbered(n *ast.List) {
	var written []int
	same := true
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		if v.markAt(item) < 0 {
			return
		}
		number, _ := strconv.Atoi(v.numberOf(item))
		written = append(written, number)
		same = same && number == written[0]
	}
	item := n.FirstChild()
	if same && n.ChildCount() > 1 && !v.beginAlike(n) {
		v.renumbered(item.NextSibling(), written[1], n.Start+1, diag.Warning)
		return
	}
	for i, number := range written {
		if given := n.Start + i; number != given && number != written[i-1]+1 {
			v.renumbered(item, number, given, diag.Error)
		}
		item = item.NextSibling()
	}
}

func (v *visitor) renumbered(item ast.Node, number, given int, severity diag.Severity) {
	start := v.markAt(item)
	dot := start + len(v.numberOf(item))
	escape := v.text.edits(dot, dot+1, `\`+string(v.source[dot]))
	for i := range escape {
		escape[i].Choice = number <= given+1 && number > 0
	}
	v.add(diag.Diagnostic{
		Code: "list-number", Severity: severity, Place: v.text.place(start, dot+1), Edits: escape,
		Text: diag.Say("this is read as an item of a list, and readers get %[2]d there, not %[1]d",
			"das wird als Punkt einer Liste gelesen; dort steht dann %[2]d, nicht %[1]d", number, given),
		Ways: []diag.Text{
			diag.Say("write %s if the number belongs to the sentence",
				"schreiben Sie %s, wenn die Zahl zum Satz gehört", strconv.Itoa(number)+`\`+string(v.source[dot])),
			diag.Say("write %s if it is an item of the list",
				"schreiben Sie %s, wenn es ein Punkt der Liste ist", strconv.Itoa(given)+string(v.source[dot])),
		},
	})
}

// numberOf is the number of an item as it is written, which stands at its start.
func (v *visitor) numberOf(item ast.Node) string {
	rest := v.source[max(v.markAt(item), 0):]
	return string(rest[:len(rest)-len(bytes.TrimLeft(rest, "0123456789"))])
}

// markAt is where the mark of an item stands: at its place or, behind a tab, which counts
// for several spaces, a little before; -1 where it is not found.
func (v *visitor) markAt(item ast.Node) int {
	list := item.Parent().(*ast.List)
	for at := min(item.Pos(), len(v.source)-1); at >= 0 && at >= item.Pos()-3 && v.source[at] != '\n'; at-- {
		rest := v.source[at:]
		digits := len(rest) - len(bytes.TrimLeft(rest, "0123456789"))
		isMark := digits < len(rest) && rest[digits] == list.Marker && (digits > 0) == list.IsOrdered()
		if isMark && (at == 0 || !isDigit(v.source[at-1])) {
			return at
		}
	}
	return -1
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// beginAlike reports whether two items of a list begin with the same word.
func (v *visitor) beginAlike(n *ast.List) bool {
	seen := map[string]bool{}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		words := strings.Fields(v.plain(item, true))
		if len(words) > 0 && seen[words[0]] {
			return true
		}
		if len(words) > 0 {
			seen[words[0]] = true
		}
	}
	return false
}

// bullets reports the items whose mark stands before a number like a sign, in a list
// that may be none: it has one item, or begins in the middle of a sentence or behind the
// mark of an item, or its mark is a plus.
func (v *visitor) bullets(n *ast.List) {
	if n.Marker == '*' || n.Marker == '-' && n.ChildCount() > 1 && !v.beginsInSentence(n) && !beginsInMark(n) {
		return
	}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		start := v.markAt(item)
		if start < 0 {
			continue
		}
		if line, _ := cutLine(v.source[start+1:]); beginsWithNumber(line) && !yearFirst().Match(line) {
			v.signLost(start, false,
				diag.Say("write * in place of %s if this is an item of a list",
					"schreiben Sie * statt %s, wenn das ein Punkt einer Liste ist", string(n.Marker)))
		}
	}
}

// beginsInMark reports whether a list begins right behind the mark of an item: "- - 3".
func beginsInMark(n *ast.List) bool {
	_, inItem := n.Parent().(*ast.ListItem)
	return inItem && n.PreviousSibling() == nil
}

// beginsInSentence reports whether a list stands close to a text that does not end in
// a colon.
func (v *visitor) beginsInSentence(n *ast.List) bool {
	before := n.PreviousSibling()
	if before == nil || n.HasBlankPreviousLines() {
		return false
	}
	words := before.Kind() == ast.KindParagraph || before.Kind() == ast.KindTextBlock
	return words && !endsInColon(before, v.source)
}

// moreThan reports a quotation that begins with a number: its mark may say "more than".
func (v *visitor) moreThan(n *ast.Blockquote) {
	start := n.Pos()
	if start < 0 || start >= len(v.source) || v.source[start] != '>' {
		return
	}
	line, _ := cutLine(v.source[start+1:])
	inSentence := v.goesOnBelow(n, line)
	if !inSentence && (!beginsWithNumber(line) || ordinalFirst().Match(line)) {
		return
	}
	v.signLost(start, inSentence || yearFirst().Match(line),
		diag.Say("begin with a quotation mark if this is a quotation",
			"beginnen Sie mit einem Anführungszeichen, wenn das ein Zitat ist"))
}

// goesOnBelow reports whether a line that begins with > is the middle of the sentence above.
func (v *visitor) goesOnBelow(n *ast.Blockquote, line []byte) bool {
	before := n.PreviousSibling()
	if before == nil || n.HasBlankPreviousLines() || before.Kind() != ast.KindParagraph {
		return false
	}
	last := before.Lines().At(before.Lines().Len() - 1)
	above, _ := utf8.DecodeLastRune(bytes.TrimSpace(last.Value(v.source)))
	first, _ := utf8.DecodeRune(bytes.TrimSpace(line))
	return isWordRune(above) && unicode.IsLower(first)
}

// signLost reports a sign at start that readers would not get, with the way to keep it.
func (v *visitor) signLost(start int, inDoubt bool, otherwise diag.Text) {
	sign := string(v.source[start])
	escape := v.text.edits(start, start+1, `\`+sign)
	for i := range escape {
		escape[i].Choice = inDoubt
	}
	read := diag.Say("this %s is read as the mark of a list, so it does not stand on the page",
		"dieses %s wird als Aufzählungszeichen gelesen und steht nicht auf der Seite", sign)
	if sign == ">" {
		read = diag.Say("this %s is read as the mark of a quotation, so it does not stand on the page",
			"dieses %s wird als Zeichen für ein Zitat gelesen und steht nicht auf der Seite", sign)
	}
	v.add(diag.Diagnostic{
		Code: "sign-lost", Place: v.text.place(start, start+1), Edits: escape, Text: read,
		Ways: []diag.Text{
			diag.Say("write %s if it belongs to the number", "schreiben Sie %s, wenn es zur Zahl gehört", `\`+sign),
			otherwise,
		},
	})
}

// underlined reports a heading that is one only because of the line below it.
func (v *visitor) underlined(n *ast.Heading) {
	if n.Lines().Len() == 0 {
		return
	}
	first, last := n.Lines().At(0), n.Lines().At(n.Lines().Len()-1)
	start, _ := v.lineOf(n)
	if mark := bytes.TrimLeft(v.source[start:first.Start], " >"); bytes.HasPrefix(mark, []byte("#")) {
		return
	}
	rest := v.source[last.Stop:]
	if last.Stop > 0 && v.source[last.Stop-1] != '\n' {
		_, rest = cutLine(rest)
	}
	at := len(v.source) - len(rest)
	line, _ := cutLine(rest)
	end := at + len(bytes.TrimRight(line, " \t\r\n"))
	mark := strings.Trim(string(v.source[at:end]), " >\t")
	if mark == "" || strings.Trim(mark, "-=") != "" {
		return
	}
	v.report("heading-underlined", diag.Warning, end-len(mark), end,
		diag.Say("this line makes a heading of the text above it",
			"diese Zeile macht aus dem Text darüber eine Überschrift"),
		diag.Say("leave an empty line above it if it is to part the text",
			"lassen Sie darüber eine Zeile frei, wenn sie den Text teilen soll"),
		diag.Say("write ## before the words if they are a heading, and delete this line",
			"schreiben Sie ## vor die Wörter, wenn sie eine Überschrift sind, und löschen Sie diese Zeile"))
}
