package present

import (
	"bilanz/internal/figure"
	"bilanz/internal/prose"
	"bilanz/internal/render"
)

// Cites reports whether a page has figures, so that others may want to cite it.
func Cites(doc *prose.Document) bool { return len(doc.Cites) > 0 || len(doc.Blocks) > 0 }

// citation is what people who cite a figure copy: the same sentence that the card of a
// number gives.
func (in *Language) citation(f *figure.Figure) string {
	if in.Base == "" {
		return ""
	}
	l, c := in.Lang, in.Site.Config
	ref := figure.Ref{Figure: f, Option: figure.Plain}
	return render.Sentences(
		l.Colon(c.Title[l.Code], ref.Name(l, printed(f, l))), in.caveat(f), l.Colon(l.Word("source"), sourceIn(f, l)),
		render.Edition(c.Edition.Label[l.Code], l),
	) + " " + in.Base + in.figureAddress(f)
}
