package prose

import (
	"bytes"
	"html"
	"slices"
	"strconv"
	"strings"

	"bilanz/internal/figure"
	"bilanz/internal/locale"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// Setting is what a document is written with at one address: what others make of
// its references, links, blocks and notes. Where a function is nil, a reference is
// its words, a link leads to what the author wrote, and a block or note is left out.
// Nobody changes the bytes that a function gives.
type Setting struct {
	Prefix string // before each id of the page, so that several pages can stand in one document
	Silent bool   // no footnotes, and no marks that lead to them
	Hero   bool   // the page opens with a finding; see [Document.Opening]
	Deeper int    // how many levels below its own each heading stands, as where others stand above
	Apart  bool   // the footnotes stand elsewhere; see [Document.Footnotes]
	Notes  *Notes // footnotes are numbered with those of other pages; nil: by themselves

	Cite   func(*Cite) []byte            // a number as it stands on the page
	Target func(*Link) Target            // where a link leads to from there
	Block  func(*Block, bool) []byte     // a block, which holds its summary, and whether it stands across the page
	Note   func(*figure.Footnote) []byte // the words of a figure's footnote
	Across func(*Block) bool             // a block needs the width of the page; nil: none does
	Omit   func(*Block) bool             // a block is left out; nil: none is
}

// Target is where a link leads to, or which picture an image shows, as seen from
// the page that is written.
type Target struct {
	Href          string
	Width, Height int // of an image, in pixels; 0 where unknown
}

// Notes numbers the footnotes of several pages in one document. One that follows figures
// stands there once, whichever pages have those figures.
type Notes struct {
	numbers map[any]int
	written map[any]bool
}

// key is what makes a note the same as another one.
func (f *Footnote) key() any {
	if f.Figure != nil {
		return f.Figure
	}
	return f
}

// number is what a note is called; the first to be met is 1.
func (n *Notes) number(f *Footnote) int {
	if n.numbers == nil {
		n.numbers, n.written = map[any]int{}, map[any]bool{}
	}
	if n.numbers[f.key()] == 0 {
		n.numbers[f.key()] = len(n.numbers) + 1
	}
	return n.numbers[f.key()]
}

// HTML writes the page below its opening, in sections and rows, and the footnotes.
func (d *Document) HTML(out *bytes.Buffer, s *Setting) {
	w := &writer{Buffer: out, set: s, doc: d}
	w.rows(d.opening(s))
	if !s.Apart {
		w.footnotes()
	}
}

// Footnotes writes the notes of the page as items of a list, those apart that stand there
// already.
func (d *Document) Footnotes(out *bytes.Buffer, s *Setting) {
	w := &writer{Buffer: out, set: s, doc: d}
	w.notes()
}

// Summary writes the summary of a block.
func (d *Document) Summary(b *Block, s *Setting) []byte {
	var out bytes.Buffer
	w := &writer{Buffer: &out, set: s, doc: d}
	w.children(b.node)
	return bytes.TrimSpace(out.Bytes())
}

// Plain gives the words of a block's summary.
func (d *Document) Plain(b *Block) string {
	var words []string
	for n := b.node.FirstChild(); n != nil; n = n.NextSibling() {
		words = append(words, d.plain(n, true))
	}
	return strings.Join(words, " ")
}

// inline writes the words of a text of one paragraph, without the paragraph. More
// paragraphs are parted by line breaks.
func (d *Document) inline(s *Setting) []byte {
	var out bytes.Buffer
	w := &writer{Buffer: &out, set: s, doc: d}
	for n := d.root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == ast.KindLinkReferenceDefinition {
			continue
		}
		if out.Len() > 0 {
			out.WriteString("<br>")
		}
		w.children(n)
	}
	return out.Bytes()
}

// writer is one document being written. It is what goldmark writes to, and hands
// on to the nodes that are ours, which find the setting in it.
type writer struct {
	*bytes.Buffer
	set *Setting
	doc *Document

	wide bool // what is written has the width of the page
}

func (*writer) Buffered() int { return 0 }
func (*writer) Flush() error  { return nil }

func (w *writer) node(n ast.Node) {
	_ = w.doc.markdown.Renderer().Render(w, w.doc.source, n) // a Buffer has no error
}

func (w *writer) children(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.node(n)
	}
}

// cite writes a number as it stands on the page.
func (w *writer) cite(c *Cite) {
	if w.set.Cite == nil {
		w.WriteString(html.EscapeString(c.Text))
		return
	}
	w.Write(w.set.Cite(c))
}

// mark writes the mark of a footnote.
func (w *writer) mark(note *Footnote, nth int) {
	if w.set.Silent {
		return
	}
	number := w.number(note)
	name := html.EscapeString(w.doc.lang.Word("footnote-mark", number))
	w.WriteString(`<sup id="` + w.markID(number, nth) + `"><a class="footnote-ref" href="#` + w.noteID(number) +
		`" role="doc-noteref" aria-label="` + name + `">` + number + `</a></sup>`)
}

func (w *writer) markID(number string, nth int) string {
	if nth == 1 {
		return w.id("fnref-" + number)
	}
	return w.id("fnref-" + number + "-" + strconv.Itoa(nth))
}

// number is what a note is called at this address.
func (w *writer) number(note *Footnote) string {
	if w.set.Notes != nil {
		return strconv.Itoa(w.set.Notes.number(note))
	}
	return strconv.Itoa(note.Number)
}

// noteID is the id of a note, which is of no one page where several share a list.
func (w *writer) noteID(number string) string {
	if w.set.Notes != nil {
		return "fn-" + number
	}
	return w.id("fn-" + number)
}

// id is an id of the document, as it is written at this address.
func (w *writer) id(id string) string { return html.EscapeString(w.set.Prefix + id) }

// target is where a link leads to from this address.
func (w *writer) target(link *Link) Target {
	switch {
	case link.Refused:
		return Target{Href: "#"}
	case w.set.Target == nil:
		return Target{Href: link.Dest}
	}
	return w.set.Target(link)
}

// footnotes writes the notes below a heading of their own.
func (w *writer) footnotes() {
	if len(w.doc.Notes) == 0 || w.set.Silent {
		return
	}
	l := w.doc.lang
	heading := w.id(w.doc.notesID())
	w.WriteString(`<section class="footnotes" aria-labelledby="` + heading + `">`)
	w.WriteString(`<h2 id="` + heading + `">`)
	w.WriteString(html.EscapeString(l.Word("footnotes")))
	w.WriteString("</h2>\n<ol>\n")
	w.notes()
	w.WriteString("</ol></section>\n")
}

// notes writes the notes in the order in which readers meet them.
func (w *writer) notes() {
	for _, note := range w.doc.Notes {
		number := w.number(note)
		if shared := w.set.Notes; shared != nil {
			if shared.written[note.key()] {
				continue
			}
			shared.written[note.key()] = true
		}
		w.WriteString(`<li id="` + w.noteID(number) + `">`)
		switch {
		case note.node != nil:
			w.children(note.node)
		case w.set.Note != nil:
			w.WriteString("<p>")
			w.Write(w.set.Note(note.Figure))
			w.WriteString("</p>")
		}
		for nth := 1; nth <= note.Refs; nth++ {
			w.WriteString(` <a class="footnote-backref" href="#` + w.markID(number, nth) + `" role="doc-backlink">`)
			w.WriteString(html.EscapeString(w.doc.lang.Word("footnote-back", number)))
			if note.Refs > 1 {
				w.WriteString(" (" + strconv.Itoa(nth) + ")")
			}
			w.WriteString("</a>")
		}
		w.WriteString("</li>\n")
	}
}

// notesID is the id of the heading above the notes, which steps aside for a heading of
// the author's.
func (d *Document) notesID() string {
	id := "footnotes"
	for slices.ContainsFunc(d.Headings, func(h Heading) bool { return h.ID == id }) {
		id += "-list"
	}
	return id
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
	reg.Register(ast.KindHeading, r.heading)
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
		w.(*writer).cite(c)
		if c.Note != nil {
			w.(*writer).mark(c.Note, c.nth)
		}
	}
	return ast.WalkSkipChildren, nil
}

func (r nodeRenderer) mark(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		mark := n.(*markNode)
		w.(*writer).mark(mark.note, mark.nth)
	}
	return ast.WalkSkipChildren, nil
}

func (nodeRenderer) heading(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	level := strconv.Itoa(min(n.(*ast.Heading).Level+w.(*writer).set.Deeper, 6))
	if !entering {
		_, _ = w.WriteString("</h" + level + ">\n")
		return ast.WalkContinue, nil
	}
	value, _ := n.AttributeString("id")
	id, _ := value.([]byte) // each heading has one, once it was visited
	_, _ = w.WriteString("<h" + level + ` id="` + w.(*writer).id(string(id)) + `">`)
	return ast.WalkContinue, nil
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
	block := n.(*blockNode).block
	if entering && w.(*writer).shows(block) {
		_, _ = w.Write(w.(*writer).set.Block(block, w.(*writer).wide))
		_ = w.WriteByte('\n')
	}
	return ast.WalkSkipChildren, nil
}

// link writes a link. The number of a telephone stays in one line.
func (r nodeRenderer) link(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	to := w.(*writer).target(linkOf(n)).Href
	_, _ = w.WriteString(`<a href="` + html.EscapeString(to) + `">`)
	if strings.HasPrefix(to, "tel:") && n.ChildCount() == 1 && n.FirstChild().Kind() == ast.KindText {
		_, _ = w.WriteString(html.EscapeString(strings.ReplaceAll(plain(source, n, true), " ", "\u00a0")))
		return ast.WalkSkipChildren, nil
	}
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
	to := w.(*writer).target(linkOf(n))
	alt := plain(source, n, true) // with its figures as they are said
	_, _ = w.WriteString(`<img src="` + html.EscapeString(to.Href) + `" alt="` + html.EscapeString(alt) + `"`)
	if to.Width > 0 {
		_, _ = w.WriteString(` width="` + strconv.Itoa(to.Width) + `" height="` + strconv.Itoa(to.Height) + `"`)
	}
	_, _ = w.WriteString(` loading="lazy">`)
	return ast.WalkSkipChildren, nil
}

func (r nodeRenderer) table(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		value, _ := n.AttributeString("bilanz")
		name, _ := value.(string)
		box := r.lang.Word("table-scroll")
		if w.(*writer).set.Prefix != "" { // where there are boxes of several pages
			box = r.lang.Colon(box, name)
		}
		_, _ = w.WriteString(`<div class="table-scroll" role="region" tabindex="0" aria-label="` +
			html.EscapeString(box) + `"><table aria-label="` + html.EscapeString(name) + `">` + "\n")
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

// tableCell makes the first cell of a row its heading. An empty one heads nothing.
func (r nodeRenderer) tableCell(
	w util.BufWriter, source []byte, n ast.Node, entering bool,
) (ast.WalkStatus, error) {
	cell := n.(*east.TableCell)
	tag, scope := "td", ""
	switch {
	case isEmpty(source, n):
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

// isEmpty reports whether nobody sees anything in a node: a space that does not break, a
// comment.
func isEmpty(source []byte, n ast.Node) bool {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child.Kind() {
		case ast.KindText, ast.KindString, ast.KindRawHTML:
		case ast.KindParagraph:
			if !isEmpty(source, child) {
				return false
			}
		default:
			return false
		}
	}
	return isBlank(plain(source, n, true))
}
