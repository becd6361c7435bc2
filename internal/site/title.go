package site

import (
	"strings"

	"bilanz/internal/diag"
)

// checkTitles reports pages of one language with the same title: in tabs, in lists of results
// and in the menu nobody could tell them apart.
func (s *Site) checkTitles(at Placer, list *diag.List) {
	type key struct{ lang, title string }
	title := func(p *Page) diag.Place { return at(p, p.Front.TitleStart, p.Front.TitleEnd) }
	seen := map[key]*Page{}
	for _, p := range s.Pages {
		k := key{p.Lang.Code, strings.ToLower(strings.Join(strings.Fields(p.Front.Title), " "))}
		other := seen[k]
		if other == nil {
			seen[k] = p
			continue
		}
		if k.title == "" {
			continue // told elsewhere
		}
		list.Add(diag.Diagnostic{
			Code: "title-shared", Severity: diag.Warning, Place: title(p),
			Text: diag.Say("%s has this title, too", "%s hat denselben Titel", other.File),
			Notes: []diag.Note{{Place: title(other),
				Text: diag.Say("there it stands first", "dort steht er zuerst")}},
			Ways: []diag.Text{diag.Say("say in one of the titles what only this page is about",
				"sagen Sie in einem der Titel, worum es nur auf dieser Seite geht")},
		})
	}
}
