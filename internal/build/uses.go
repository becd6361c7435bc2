package build

import (
	"slices"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/site"
)

// Use is one place that depends on a figure: a sentence, a note, a block, a
// formula or a check. Whoever changes the figure looks there.
type Use struct {
	Kind  string // "sentence", "note", "chart", "table", "figures", "cards", "formula" or "check"
	Name  string // of a block its id, of a formula the figure; "" otherwise
	Place diag.Place
	Page  *site.Page // nil for what stands in a file of figures

	differs bool // it says that the parts do not add up
	ofPart  bool // it speaks of a part of the figure that is asked for
}

// listUses says where each figure stands, by id, in the order of places. It reads
// every page that cites a figure again, so it is done only when asked for.
func (b *builder) listUses() map[string][]Use {
	if !b.o.Uses || b.site == nil || b.figures == nil {
		return nil
	}
	uses := b.noteUses
	for _, p := range b.site.Pages {
		b.pageUses(p, func(f *figure.Figure, u Use) { uses[f.ID] = append(uses[f.ID], u) })
	}
	for _, f := range b.figures.All() {
		for _, input := range f.Inputs {
			uses[input.ID] = append(uses[input.ID], Use{Kind: "formula", Name: f.ID, Place: f.ValueAt})
		}
	}
	for _, c := range b.figures.Checks() {
		for _, f := range c.Figures {
			uses[f.ID] = append(uses[f.ID], Use{Kind: "check", Place: c.At})
		}
	}
	for id, list := range uses {
		slices.SortStableFunc(list, func(a, b Use) int { return a.Place.Compare(b.Place) })
		uses[id] = slices.CompactFunc(list, func(a, b Use) bool { return a.Place == b.Place && a.Kind == b.Kind })
	}
	return uses
}

func (b *builder) pageUses(p *site.Page, add func(*figure.Figure, Use)) {
	if len(p.Seen.Cites) == 0 && len(p.Seen.Shown) == 0 {
		return
	}
	text, ok := b.project.Read(p.File, &b.siteProblems)
	if !ok {
		return
	}
	for _, c := range p.Seen.Cites {
		add(c.Ref.Figure, Use{Kind: "sentence", Page: p, Place: diag.At(p.File, text, int(c.Start), int(c.End)),
			differs: c.Ref.Option.Field == figure.DiscrepancyField})
	}
	for _, shown := range p.Seen.Shown {
		for _, block := range p.Seen.Blocks {
			if block.Name() == shown.Block || shown.Block == "" && block.ID == "" && block.Kind == shown.Kind {
				add(shown.Figure, Use{Kind: string(block.Kind), Name: block.ID, Page: p,
					Place: diag.At(p.File, text, int(block.Start), int(block.End))})
			}
		}
	}
}
