package site

import "bilanz/internal/diag"

// The limits of one site. What stands in the navigation stands on every page, so that its
// size counts twice.
const (
	MostPages = 20_000 // of all languages
	mostOld   = 20_000 // old addresses
	mostNav   = 200    // pages in the navigation of one language
)

// shortenNav leaves pages out of a navigation that nobody could look through.
func (s *Site) shortenNav(at Placer, list *diag.List) {
	shown := map[string]int{}
	for _, p := range s.Pages {
		if !p.Front.InNav {
			continue
		}
		if shown[p.Lang.Code]++; shown[p.Lang.Code] <= mostNav {
			continue
		}
		if p.Front.InNav = false; shown[p.Lang.Code] == mostNav+1 {
			list.Add(diag.TooMany(at(p, p.Front.TitleStart, p.Front.TitleEnd), mostNav,
				diag.Say("pages in the navigation", "Seiten in der Navigation"),
				diag.Say("take nav: out of pages, and link to them from the others",
					"nehmen Sie nav: aus Seiten heraus, und verweisen Sie von den übrigen auf sie")))
		}
	}
}
