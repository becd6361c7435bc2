package build

import (
	"slices"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
)

// tellStale lists, at each discrepancy that is gone, every sentence and title that speaks
// of the figure: some may still say that its parts do not add up. While there are any,
// deleting the discrepancy is left to whoever has read them.
func (b *builder) tellStale() {
	b.siteProblems.Amend("discrepancy-gone", func(d *diag.Diagnostic) {
		for _, p := range b.site.Pages {
			for _, c := range p.Seen.Cites {
				if !slices.Contains(d.About, c.Ref.Figure.ID) {
					continue
				}
				words := diag.Say("this speaks of it", "hier ist von ihr die Rede")
				if c.Ref.Option.Field == figure.DiscrepancyField {
					words = diag.Say("this says that the parts do not add up", "hier steht, dass die Teile den Wert nicht ergeben")
				}
				d.Notes = append(d.Notes, diag.Note{Place: b.at(p, int(c.Start), int(c.End)), Text: words})
			}
		}
		if len(d.Notes) == 0 {
			return
		}
		d.Edits = nil
		d.Ways = []diag.Text{diag.Say("read these sentences and change those that speak of a difference; then delete known_discrepancy with what stands below it",
			"lesen Sie diese Sätze und ändern Sie, was vom Unterschied spricht; löschen Sie dann known_discrepancy mit allem, was dazugehört")}
	})
}
