package site

import (
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/prose"
)

// checkTitles reports pages of one language with the same title: in tabs, in lists of results
// and in the menu nobody could tell them apart.
func (s *Site) checkTitles(at Placer, list *diag.List) {
	type key struct{ lang, title string }
	title := func(p *Page) diag.Place { return at(p, p.Front.TitleStart, p.Front.TitleEnd) }
	seen := map[key]*Page{}
	for _, p := range s.Pages {
		k := key{p.Lang.Code, plainTitle(p.Front.Title)}
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

// plainTitle is what two titles have in common that readers take for one.
func plainTitle(title string) string {
	return strings.ToLower(strings.Join(strings.Fields(title), " "))
}

// titled is a block of a page that has a title.
type titled struct {
	page  *Page
	block BlockSeen
}

func (t titled) at(at Placer) diag.Place {
	return at(t.page, int(t.block.TitleStart), int(t.block.TitleEnd))
}

// CheckBlockTitles reports two charts of one language with the same title: each has a page of
// its own, and is cited and shared by its title. On one page any two blocks are told.
func (s *Site) CheckBlockTitles(at Placer, list *diag.List) {
	type key struct{ lang, title string }
	charts := map[key]titled{}
	for _, p := range s.Pages {
		here := map[string]titled{}
		for _, b := range p.Seen.Blocks {
			one, k := titled{p, b}, key{p.Lang.Code, plainTitle(b.Title)}
			if k.title == "" {
				continue
			}
			other, twice := here[k.title]
			if b.Kind == prose.Chart && !twice {
				other, twice = charts[k]
			}
			if twice {
				list.Add(one.likeThe(other, at))
				continue
			}
			if here[k.title] = one; b.Kind == prose.Chart {
				charts[k] = one
			}
		}
	}
}

// likeThe says that a block has the title of one before it.
func (t titled) likeThe(other titled, at Placer) diag.Diagnostic {
	d := diag.Diagnostic{
		Code: "title-shared", Severity: diag.Warning, Place: t.at(at),
		Text: diag.Say("another block of this page has this title, too",
			"ein anderer Block dieser Seite hat denselben Titel"),
		Notes: []diag.Note{{Place: other.at(at), Text: diag.Say("there it stands first", "dort steht er zuerst")}},
		Ways: []diag.Text{diag.Say("say in one of the titles what only this block shows",
			"sagen Sie in einem der Titel, was nur dieser Block zeigt")},
	}
	if t.block.ID != "" {
		d.About = []string{t.block.ID}
	}
	if other.page != t.page {
		d.Text = diag.Say("a chart of %s has this title, too", "ein Diagramm in %s hat denselben Titel",
			other.page.File)
		d.Ways = []diag.Text{diag.Say("say in one of the titles what only this chart shows",
			"sagen Sie in einem der Titel, was nur dieses Diagramm zeigt")}
	}
	return d
}
