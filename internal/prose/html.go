package prose

import (
	"bytes"
	"html"
	"strconv"
	"strings"

	"bilanz/internal/locale"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// HTML writes the page, once cites, blocks and links have been filled in, and the
// footnotes below it.
func (d *Document) HTML(out *bytes.Buffer) {
	d.render(out, d.root)
	d.footnotes(out)
}

// Summarise writes the summary of a block, once its cites and links have been
// filled in. It comes before the block's own HTML, which holds it.
func (d *Document) Summarise(b *Block) {
	var out bytes.Buffer
	for n := b.node.FirstChild(); n != nil; n = n.NextSibling() {
		d.render(&out, n)
	}
	b.Summary = bytes.TrimSpace(out.Bytes())
}

// Plain gives the words of a block's summary.
func (d *Document) Plain(b *Block) string {
	v := visitor{Document: d}
	var words []string
	for n := b.node.FirstChild(); n != nil; n = n.NextSibling() {
		words = append(words, v.plain(n, true))
	}
	return strings.Join(words, " ")
}

func (d *Document) render(out *bytes.Buffer, n ast.Node) {
	_ = dialects[d.context.Lang.Code].Renderer().Render(unbuffered{out}, d.source, n) // a Buffer has no error
}

// unbuffered is what goldmark wants to write to; a Buffer needs no further one.
type unbuffered struct{ *bytes.Buffer }

func (unbuffered) Buffered() int { return 0 }
func (unbuffered) Flush() error  { return nil }

// inline writes the words of a text of one paragraph, without the paragraph. More
// paragraphs are parted by line breaks.
func (d *Document) inline() []byte {
	var out bytes.Buffer
	for n := d.root.FirstChild(); n != nil; n = n.NextSibling() {
		if out.Len() > 0 {
			out.WriteString("<br>")
		}
		for child := n.FirstChild(); child != nil; child = child.NextSibling() {
			d.render(&out, child)
		}
	}
	return out.Bytes()
}

// footnotes writes the notes in the order in which readers meet them.
func (d *Document) footnotes(out *bytes.Buffer) {
	if len(d.Notes) == 0 {
		return
	}
	l := d.context.Lang
	out.WriteString(`<section class="footnotes" role="doc-endnotes" aria-labelledby="footnotes"><h2 id="footnotes">`)
	out.WriteString(html.EscapeString(l.Word("footnotes")))
	out.WriteString("</h2>\n<ol>\n")
	for _, note := range d.Notes {
		number := strconv.Itoa(note.Number)
		out.WriteString(`<li id="fn-` + number + `">`)
		if note.node != nil {
			for n := note.node.FirstChild(); n != nil; n = n.NextSibling() {
				d.render(out, n)
			}
		} else {
			out.WriteString("<p>")
			out.Write(note.HTML)
			out.WriteString("</p>")
		}
		for nth := 1; nth <= note.Refs; nth++ {
			out.WriteString(` <a class="footnote-backref" href="#` + markID(number, nth) + `" role="doc-backlink">`)
			out.WriteString(html.EscapeString(l.Word("footnote-back", number)))
			if note.Refs > 1 {
				out.WriteString(" (" + strconv.Itoa(nth) + ")")
			}
			out.WriteString("</a>")
		}
		out.WriteString("</li>\n")
	}
	out.WriteString("</ol></section>\n")
}

func markID(number string, nth int) string {
	if nth == 1 {
		return "fnref-" + number
	}
	return "fnref-" + number + "-" + strconv.Itoa(nth)
}

// nodeRenderer writes the nodes that differ from goldmark's own: ours, and those
// whose markup must be better (tables with scopes, no style attributes).
type nodeRenderer struct{ lang *locale.Lang }

func (r nodeRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindCite, r.cite)
	reg.Register(kindLang, r.langSpan)
	reg.Register(kindAlert, r.alert)
	reg.Register(kindBlock, r.block)
	reg.Register(kindMark, r.mark)
	reg.Register(ast.KindLink, r.link)
	reg.Register(ast.KindImage, r.image)
	reg.Register(ast.KindRawHTML, r.nothing)
	reg.Register(ast.KindHTMLBlock, r.nothing)
	reg.Register(east.KindTable, r.table)
	reg.Register(east.KindTableHeader, r.tableHeader)
	reg.Register(east.KindTableRow, r.tableRow)
	reg.Register(east.KindTableCell, r.tableCell)
}

func (nodeRenderer) nothing(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkSkipChildren, nil
}

func (r nodeRenderer) cite(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		c := n.(*citeNode).cite
		_, _ = w.Write(c.HTML)
		if c.Note != nil {
			r.writeMark(w, c.Note, c.nth)
		}
	}
	return ast.WalkSkipChildren, nil
}

func (r nodeRenderer) mark(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		mark := n.(*markNode)
		r.writeMark(w, mark.note, mark.nth)
	}
	return ast.WalkSkipChildren, nil
}

func (r nodeRenderer) writeMark(w util.BufWriter, note *Footnote, nth int) {
	if note.doc.Silent {
		return
	}
	number := strconv.Itoa(note.Number)
	_, _ = w.WriteString(`<sup id="` + markID(number, nth) + `"><a class="footnote-ref" href="#fn-` + number +
		`" role="doc-noteref" aria-label="` + html.EscapeString(r.lang.Word("footnote-mark", number)) + `">` + number + `</a></sup>`)
}

func (r nodeRenderer) langSpan(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<span lang="` + html.EscapeString(n.(*langNode).lang) + `">`)
	} else {
		_, _ = w.WriteString("</span>")
	}
	return ast.WalkContinue, nil
}

func (r nodeRenderer) alert(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		class := n.(*alertNode).class
		_, _ = w.WriteString(`<div class="alert alert-` + class + `"><p class="alert-title">` +
			html.EscapeString(r.lang.Word("alert-"+class)) + "</p>\n")
	} else {
		_, _ = w.WriteString("</div>\n")
	}
	return ast.WalkContinue, nil
}

func (r nodeRenderer) block(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if block := n.(*blockNode).block; entering && block != nil {
		_, _ = w.Write(block.HTML)
		_ = w.WriteByte('\n')
	}
	return ast.WalkSkipChildren, nil
}

func (r nodeRenderer) link(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<a href="` + html.EscapeString(linkOf(n).Href) + `">`)
	return ast.WalkContinue, nil
}

// linkOf gives what was noted about a link or an image when it was visited.
func linkOf(n ast.Node) *Link {
	value, _ := n.AttributeString("bilanz")
	link, ok := value.(*Link)
	if !ok {
		panic("prose: a link was rendered that was never visited")
	}
	return link
}

func (r nodeRenderer) image(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	link := linkOf(n)
	_, _ = w.WriteString(`<img src="` + html.EscapeString(link.Href) + `" alt="` + html.EscapeString(altText(n, source)) + `"`)
	if link.Width > 0 {
		_, _ = w.WriteString(` width="` + strconv.Itoa(link.Width) + `" height="` + strconv.Itoa(link.Height) + `"`)
	}
	_, _ = w.WriteString(` loading="lazy">`)
	return ast.WalkSkipChildren, nil
}

// altText gives the words of an image, with its figures as they are said.
func altText(n ast.Node, source []byte) string {
	v := visitor{Document: &Document{source: source}}
	return v.plain(n, true)
}

func (r nodeRenderer) table(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		value, _ := n.AttributeString("bilanz")
		name, _ := value.(string)
		_, _ = w.WriteString(`<div class="table-scroll" role="region" tabindex="0" aria-label="` +
			html.EscapeString(r.lang.Word("table-scroll")) + `"><table aria-label="` + html.EscapeString(name) + `">` + "\n")
	} else {
		_, _ = w.WriteString("</tbody>\n</table></div>\n")
	}
	return ast.WalkContinue, nil
}

func (r nodeRenderer) tableHeader(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<thead><tr>")
	} else {
		_, _ = w.WriteString("</tr></thead>\n<tbody>\n")
	}
	return ast.WalkContinue, nil
}

func (r nodeRenderer) tableRow(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<tr>")
	} else {
		_, _ = w.WriteString("</tr>\n")
	}
	return ast.WalkContinue, nil
}

// tableCell makes the first cell of a row its heading.
func (r nodeRenderer) tableCell(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	cell := n.(*east.TableCell)
	tag, scope := "td", ""
	switch {
	case n.Parent().Kind() == east.KindTableHeader:
		tag, scope = "th", ` scope="col"`
	case n.PreviousSibling() == nil:
		tag, scope = "th", ` scope="row"`
	}
	if !entering {
		_, _ = w.WriteString("</" + tag + ">")
		return ast.WalkContinue, nil
	}
	class := ""
	if cell.Alignment == east.AlignRight {
		class = ` class="number"`
	}
	_, _ = w.WriteString("<" + tag + scope + class + ">")
	return ast.WalkContinue, nil
}
