package prose

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// A page is laid out in rows. A heading of the second level begins a section. In it, each
// run of text stands beside the one chart, table or picture that follows it or, where none
// does, beside its own notes. A block that needs the whole width has a row of its own. The
// order is always the author's: on a phone and on paper one thing follows the other, and
// what stands beside what is for the style sheets.

// Place is where a block stands: beside the text above it, or across the page.
type Place string

// The places, by their names in Markdown. A block that names none is placed by its size.
const (
	Beside Place = "beside"
	Across Place = "across"
)

// MostBeside is how many rows a chart or table can have that stands beside text.
const MostBeside = 8

// mostBesideColumns is how many columns a table of Markdown can have that stands beside text.
const mostBesideColumns = 5

// Opening writes what a page opens with, above the lines that say of when it is: its
// first paragraph or, below a finding, all that stands before the first heading or block.
func (d *Document) Opening(out *bytes.Buffer, s *Setting) {
	w := &writer{Buffer: out, set: s, doc: d}
	switch end := d.opening(s); {
	case end == d.root.FirstChild():
	case s.Hero:
		w.groups(d.root.FirstChild(), end, d.lead(s))
	default:
		w.paragraph(d.lead(s))
	}
}

// opening is the first node below what the page opens with.
func (d *Document) opening(s *Setting) ast.Node {
	if !s.Hero {
		if lead := d.lead(s); lead != nil {
			return lead.NextSibling()
		}
		return d.root.FirstChild()
	}
	w := &writer{set: s, doc: d}
	for n := d.root.FirstChild(); n != nil; n = n.NextSibling() {
		if part := w.part(n); part == heading || part == beside || part == across {
			return n
		}
	}
	return nil
}

// lead is the first paragraph of a page. One that ends in a colon belongs to what follows,
// and below a finding notes may stand before it.
func (d *Document) lead(s *Setting) ast.Node {
	w := &writer{set: s, doc: d}
	for n := d.root.FirstChild(); n != nil; n = n.NextSibling() {
		switch p, isParagraph := n.(*ast.Paragraph); {
		case isParagraph && w.part(n) == words && !strings.HasSuffix(strings.TrimSpace(d.plain(p, true)), ":"):
			return p
		case s.Hero && w.part(n) == aside:
		case w.part(n) != nothing:
			return nil
		}
	}
	return nil
}

// paragraph writes a lead.
func (w *writer) paragraph(n ast.Node) {
	w.WriteString(`<p class="lead">`)
	w.children(n)
	w.WriteString("</p>\n")
}

// part is what a node is to the layout of a page.
type part int

const (
	nothing part = iota // readers see nothing of it
	words
	aside   // an alert, which can stand beside text
	heading // which begins a row
	beside  // it stands beside the text above
	across  // it has a row of its own
)

func (w *writer) part(n ast.Node) part {
	switch n := n.(type) {
	case *ast.Heading:
		return heading
	case *alertNode:
		return aside
	case *blockNode:
		return w.partOf(n.block)
	case *east.Table:
		if n.ChildCount() > MostBeside+1 || len(n.Alignments) > mostBesideColumns {
			return across
		}
		return beside
	case *ast.Paragraph:
		if n.ChildCount() == 1 && n.FirstChild().Kind() == ast.KindImage {
			return beside
		}
	case *ast.LinkReferenceDefinition, *ast.HTMLBlock:
		return nothing
	}
	return words
}

// shows reports whether a block is written at this address.
func (w *writer) shows(b *Block) bool {
	return b != nil && w.set.Block != nil && (w.set.Omit == nil || !w.set.Omit(b))
}

func (w *writer) partOf(b *Block) part {
	switch {
	case !w.shows(b):
		return nothing
	case b.Place == Beside:
		return beside
	case b.Place == Across, b.Kind != Chart && b.Kind != Table, w.set.Across != nil && w.set.Across(b):
		return across
	}
	return beside
}

// rows writes sections and rows. What of them is open is kept here.
type rows struct {
	*writer
	run     ast.Node // the first node of the text that no row has yet; nil for none
	section bool     // one is open
	paired  bool     // text stands beside a block in it, so that a block alone keeps its column
}

// rows writes the page from a node on.
func (w *writer) rows(n ast.Node) {
	r := rows{writer: w}
	for n != nil {
		n = r.take(n)
	}
	r.text(nil)
	r.end()
}

// take writes what ends at a node, and gives the next.
func (r *rows) take(n ast.Node) ast.Node {
	switch part := r.part(n); {
	case part == heading:
		r.text(n)
		r.begin(n.(*ast.Heading))
		r.run = n
	case part == beside:
		return r.pair(n)
	case part == across:
		r.text(n)
		r.across(n)
	case r.run == nil && part != nothing:
		r.run = n
	}
	return n.NextSibling()
}

// begin opens a section at its heading.
func (r *rows) begin(h *ast.Heading) {
	if h.Level > 2 {
		return
	}
	r.end()
	value, _ := h.AttributeString("id")
	id, _ := value.([]byte)
	r.WriteString(`<section class="section"`)
	if r.set.Prefix == "" { // where there are sections of several pages, landmarks of all would be too many
		r.WriteString(` aria-labelledby="` + r.id(string(id)) + `"`)
	}
	r.WriteString(">\n")
	r.section, r.paired = true, false
}

func (r *rows) end() {
	if r.section {
		r.WriteString("</section>\n")
	}
	r.section = false
}

// text writes the text above a node, beside which nothing stands but its notes.
func (r *rows) text(to ast.Node) {
	if r.run == nil {
		return
	}
	r.WriteString("<div class=\"row text\">\n")
	if r.run.Kind() == ast.KindHeading {
		r.node(r.run)
		r.run = r.run.NextSibling()
	}
	r.groups(r.run, to, nil)
	r.WriteString("</div>\n")
	r.run = nil
}

// pair writes a row of text and of the block beside it, with the notes that follow, and
// gives the node behind it. Two blocks that have no text stand beside each other.
func (r *rows) pair(block ast.Node) ast.Node {
	notes := block.NextSibling()
	end := notes
	for end != nil && r.part(end) == aside {
		end = end.NextSibling()
	}
	switch {
	case r.run != nil || notes != end:
	case end != nil && r.part(end) == beside:
		r.row("row pair", block, end)
		return end.NextSibling()
	case !r.paired:
		r.across(block)
		return end
	}
	r.WriteString("<div class=\"row\">\n")
	if r.run != nil {
		r.group("words", r.run, block, nil)
	}
	r.node(block)
	if notes != end {
		r.group("beside", notes, end, nil)
	}
	r.WriteString("</div>\n")
	r.run, r.paired = nil, true
	return end
}

// across writes a block that has the width of the page.
func (r *rows) across(n ast.Node) {
	r.wide = true
	r.row("row across", n)
	r.wide = false
}

// row writes a row of blocks alone.
func (r *rows) row(class string, blocks ...ast.Node) {
	r.WriteString(`<div class="` + class + "\">\n")
	for _, n := range blocks {
		r.node(n)
	}
	r.WriteString("</div>\n")
}

// groups writes nodes up to another, the notes among them apart.
func (w *writer) groups(from, to, lead ast.Node) {
	for from != nil && from != to {
		isNote := w.part(from) == aside
		end := from.NextSibling()
		for end != nil && end != to && (w.part(end) == aside) == isNote {
			end = end.NextSibling()
		}
		if isNote {
			w.group("beside", from, end, lead)
		} else {
			w.group("words", from, end, lead)
		}
		from = end
	}
}

func (w *writer) group(class string, from, to, lead ast.Node) {
	w.WriteString(`<div class="` + class + "\">\n")
	for n := from; n != nil && n != to; n = n.NextSibling() {
		if n == lead {
			w.paragraph(n)
		} else {
			w.node(n)
		}
	}
	w.WriteString("</div>\n")
}
