package prose

import (
	"bytes"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/pattern"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Raw HTML is an error, with two ways out that Markdown lacks: a comment is left out of
// the page, and <br> breaks a line inside of a table, where a line is a row.

var (
	comment   = pattern.Of(`(?s)<!--.*?-->`)
	lineBreak = pattern.Of(`(?i)^<br[ \t]*/?>$`)
)

func (v *visitor) inlineHTML(n *ast.RawHTML) {
	start, end := n.Segments.At(0).Start, n.Segments.At(n.Segments.Len()-1).Stop
	text := v.source[start:end]
	switch {
	case bytes.HasPrefix(text, []byte("<!--")):
		v.leaveOut(start, end)
	case lineBreak().Match(text) && inCell(n):
		next := ast.NewText()
		next.Segment.Start, next.Segment.Stop = end, end
		next.SetHardLineBreak(true)
		n.Parent().ReplaceChild(n.Parent(), n, next)
	case lineBreak().Match(text):
		v.report("html-raw", diag.Error, start, end,
			diag.Say("raw HTML is not allowed on pages", "HTML ist auf Seiten nicht erlaubt"),
			diag.Say(`end the line with \ instead`, `beenden Sie stattdessen die Zeile mit \`))
	default:
		v.rawHTML(start, end)
	}
}

func inCell(n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		if n.Kind() == east.KindTableCell {
			return true
		}
	}
	return false
}

// blockHTML leaves out a comment that stands alone.
func (v *visitor) blockHTML(n *ast.HTMLBlock) {
	first := n.Lines().At(0)
	start, end := first.Start, n.Lines().At(n.Lines().Len()-1).Stop
	if n.HasClosure() {
		end = max(end, n.ClosureLine.Stop)
	}
	text := v.source[start:end]
	rest := bytes.TrimSpace(comment().ReplaceAll(text, nil))
	switch {
	case n.HTMLBlockType != ast.HTMLBlockType2:
		v.rawHTML(first.Start, first.Stop)
		return
	case bytes.HasPrefix(rest, []byte("<!--")):
		v.report("comment-open", diag.Error, start, start+len(bytes.TrimRight(first.Value(v.source), "\r\n")),
			diag.Say("this comment never ends, so the rest of the page is left out",
				"dieser Kommentar ist nicht geschlossen; der Rest der Seite fällt weg"),
			diag.Say("write --> where it ends", "schreiben Sie -->, wo er endet"))
	case len(rest) > 0:
		at := start + bytes.Index(text, rest)
		if at < start {
			at = start
		}
		v.report("comment-open", diag.Error, at, at+len(rest),
			diag.Say("this text stands beside a comment and is left out with it",
				"dieser Text steht neben einem Kommentar und fällt mit ihm weg"),
			diag.Say("write the comment in lines of its own", "schreiben Sie den Kommentar in eigene Zeilen"))
	}
	v.leaveOut(start, end)
	n.Parent().RemoveChild(n.Parent(), n)
}

// leaveOut notes that links to figures between two places are in a comment, so that
// nobody misses them.
func (v *visitor) leaveOut(start, end int) {
	for at := start; ; at++ {
		i := bytes.Index(v.source[at:end], []byte("](fig:"))
		if i < 0 {
			return
		}
		at += i
		v.read[at] = true
	}
}

func (v *visitor) rawHTML(start, end int) {
	ways := []diag.Text{
		diag.Say("write it in Markdown", "schreiben Sie es in Markdown"),
		diag.Say("write \\< if you mean the character", "schreiben Sie \\<, wenn Sie das Zeichen meinen"),
	}
	if pasted().Match(v.source[start:end]) {
		ways = []diag.Text{diag.Say(
			"this comes from Word or a website, it seems; paste it without its format (Ctrl+Shift+V)",
			"das stammt wohl aus Word oder von einer Website; fügen Sie es ohne Formatierung ein (Strg+Umschalt+V)")}
	}
	v.report("html-raw", diag.Error, start, end,
		diag.Say("raw HTML is not allowed on pages", "HTML ist auf Seiten nicht erlaubt"), ways...)
}

// pasted recognises what word processors and websites bring along: their classes and
// styles, elements with a colon, and what only gives a text its look.
var pasted = pattern.Of(`(?i)mso|</?[ovwm]:|</?(?:span|font)\b|\sstyle=|<!\[`)

// commentStart finds "<!--", of which typography makes one dash.
func commentStart(text string) int {
	if i := strings.Index(text, "<!–"); i >= 0 {
		return i
	}
	return max(strings.Index(text, "<!--"), strings.Index(text, "<!—"))
}

// commentOpen reports "<!--" in running text, which no "-->" ends.
func (v *visitor) commentOpen(start int) {
	v.report("comment-open", diag.Error, start, start+len("<!--"),
		diag.Say("this comment does not end in its paragraph, so readers get it",
			"dieser Kommentar endet nicht in seinem Absatz und steht auf der Seite"),
		diag.Say("write --> where it ends", "schreiben Sie -->, wo er endet"))
}
