package present

import (
	"html/template"

	"bilanz/internal/prose"
	"bilanz/internal/render"
	"bilanz/internal/site"
)

// mostPanels is how many small multiples stand beside text.
const mostPanels = 4

// Across reports whether a block is too large to stand beside text: it has more than eight
// rows, or is a wide table. Times are no rows: they stand beside each other.
func (in *Language) Across(b *Block) bool {
	g := b.Grid
	switch {
	case g == nil:
		return false
	case len(g.Panels) > mostPanels:
		return true
	case b.Kind == prose.Chart:
		return len(g.Lines) > prose.MostBeside && !g.Dated()
	case len(g.Lines) > prose.MostBeside:
		return true
	}
	t := laid(b, in.Lang)
	t.marks = (*marked)(nil).plain
	view := t.view(b)
	return isWide(view, columnWidths(view))
}

// Hero is the finding that stands above a page; "" for none.
func Hero(pieces []prose.Piece, s *Setting) template.HTML {
	var html template.HTML
	for _, piece := range pieces {
		if piece.Cite != nil {
			html += template.HTML(s.Cite(piece.Cite))
		} else {
			html += render.Text(piece.Text)
		}
	}
	return html
}

// Facts reports whether a page says at its top of when its figures are: a start page, and
// each of the main menu that shows figures in blocks.
func (in *Language) Facts(p *site.Page, doc *prose.Document) bool {
	return p.Path == in.root || p.Front.InNav && p.Front.Section == "" && len(doc.Blocks) > 0
}
