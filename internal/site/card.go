package site

import (
	"path"
	"slices"

	"bilanz/internal/diag"
	"bilanz/internal/prose"
)

// CardProblem says why the link of a card is none to another page in the language of its
// own; nil where it is, or where it leads nowhere, which was said.
func CardProblem(from *Page, link *prose.Link, to Destination) *diag.Diagnostic {
	d := &diag.Diagnostic{Code: "card-page", Ways: []diag.Text{
		diag.Say("take the card out", "streichen Sie die Karte"),
	}}
	way := func(text diag.Text) { d.Ways = slices.Insert(d.Ways, 0, text) }
	switch {
	case to == Destination{Fragment: to.Fragment}:
		return nil
	case to.Page == nil:
		d.Text = diag.Say("a card leads to a page of this site, and %s is none",
			"eine Karte führt zu einer Seite dieser Website, und %s ist keine", link.Dest)
		way(diag.Say("write the Markdown file of a page, as in [Advice](advice.md)",
			"schreiben Sie die Markdown-Datei einer Seite, zum Beispiel [Beratung](advice.md)"))
	case to.Page == from:
		d.Text = diag.Say("this card leads to the page that it stands on",
			"diese Karte führt zu der Seite, auf der sie steht")
		way(diag.Say("name another page", "nennen Sie eine andere Seite"))
	case to.Page.Lang != from.Lang:
		d.Text = diag.Say("this card leads to a page in another language: %s",
			"diese Karte führt zu einer Seite in einer anderen Sprache: %s", to.Page.Lang)
		if to.Page.Group == nil {
			return d
		}
		if here := to.Page.Group.In(from.Lang.Code); here != nil && here != from {
			way(diag.Say("name the same page in this language: %s",
				"nennen Sie dieselbe Seite in dieser Sprache: %s", wayTo(here.File, path.Dir(from.File))))
		}
	default:
		return nil
	}
	return d
}
