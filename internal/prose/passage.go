package prose

import (
	"bilanz/internal/diag"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Passage reads a note of a figure or a source: sentences in Markdown with verified
// links. It gives HTML without a paragraph around it, written with cite and target.
func Passage(c *Context, p PassageText, list *diag.List, set Setting) []byte {
	set.Silent = true
	return parseText(c, text{[]byte(p.Text), p.Place, p.Edit}, list).inline(&set)
}

// PassageText is a text and the way back to where each byte of it stands.
type PassageText struct {
	Text  string
	Place func(start, end int) diag.Place
	Edit  func(start, end int, with string) []diag.Edit // in the file; nil where it cannot be told
}

// refuse reports what a note cannot hold, since it is shown inside of paragraphs,
// lists and captions, and takes it out.
func (v *visitor) refuse(n ast.Node) bool {
	what, ok := refused(n)
	if list, isList := n.(*ast.List); isList && list.IsOrdered() && v.isSentence(list) {
		ok = false
	}
	if !ok {
		return false
	}
	before := v.problems
	switch n := n.(type) {
	case *ast.List:
		v.marks(n)
	case *ast.Blockquote:
		v.moreThan(n)
	}
	if v.problems == before { // or else it is a sentence, and no list or quotation
		start := min(max(n.Pos(), 0), len(v.source))
		line, _ := cutLine(v.source[start:])
		v.report("note-form", diag.Error, start, start+len(line),
			diag.Say("a note is made of sentences, and this is %s",
				"eine Anmerkung besteht aus Sätzen, und das ist %s", what),
			diag.Say("say it in sentences", "sagen Sie es in Sätzen"),
			diag.Say("write it on a page, and link to it from here: [how it was counted](page.md)",
				"schreiben Sie es auf eine Seite, und verweisen Sie von hier darauf: [wie gezählt wurde](seite.md)"))
	}
	n.Parent().RemoveChild(n.Parent(), n)
	return true
}

// refused says of what a note cannot hold what it is.
func refused(n ast.Node) (what diag.Text, ok bool) {
	switch n.(type) {
	case *ast.List:
		return diag.Say("a list", "eine Liste"), true
	case *ast.Blockquote:
		return diag.Say("a quotation", "ein Zitat"), true
	case *ast.Heading:
		return diag.Say("a heading", "eine Überschrift"), true
	case *ast.ThematicBreak:
		return diag.Say("a line", "eine Linie"), true
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		return diag.Say("code", "Code"), true
	case *blockNode:
		return diag.Say("a chart, a table or headline figures",
			"ein Diagramm, eine Tabelle oder ein Kennzahlen-Block"), true
	case *ast.Image:
		return diag.Say("an image", "ein Bild"), true
	case *east.Table:
		return diag.Say("a table", "eine Tabelle"), true
	case *east.FootnoteLink:
		return diag.Say("a footnote", "eine Fußnote"), true
	}
	return diag.Text{}, false
}
