package present

import (
	"cmp"
	"slices"
	"strings"

	"bilanz/internal/data"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/render"
)

// Found are figures as the search of the language finds them, where they stand among all.
func (in *Language) Found(groups []Group, uses map[*figure.Figure][]data.Use) []data.FoundFigure {
	var all []data.FoundFigure
	for _, g := range groups {
		for _, f := range g.Figures {
			row := in.found(f)
			for _, u := range uses[f] {
				if p := in.Site.At(u.Page); p != nil && p.Lang == in.Lang {
					row.Places++
				}
			}
			all = append(all, row)
		}
	}
	return all
}

func (in *Language) found(f *figure.Figure) data.FoundFigure {
	when, _ := when(f, in.Lang)
	row := data.FoundFigure{
		Label: label(f, in.Lang), Value: data.Digits(f), Printed: printed(f, in.Lang), Unit: unit(f, in.Lang),
		When: when, Source: in.shorts[f.Source], Href: render.Rel(in.SearchAt(), in.figureAddress(f)),
	}
	if f.Unit.IsPercent() && row.Value != "" {
		row.Unit = "" // its sign stands behind the value
	}
	return row
}

// Listed are the figures of groups as the page of the search lists them: by name, or their
// groups where the figures have pages of their own.
func (in *Language) Listed(groups []Group) []render.Link {
	var all []render.Link
	for _, g := range groups {
		if in.Split() {
			all = append(all, render.Link{Text: g.Title, To: in.root + g.Below})
			continue
		}
		for _, f := range g.Figures {
			name := in.Lang.Colon(label(f, in.Lang), printed(f, in.Lang))
			all = append(all, render.Link{Text: name, To: in.figureAddress(f)})
		}
	}
	return byName(all)
}

// Pages are the pages of the language by name: all of them, or those of the menu and the
// footer where there are too many for one list.
func (in *Language) Pages() []render.Link {
	var all, led []render.Link
	for _, p := range in.Site.Pages {
		if p.Lang != in.Lang {
			continue
		}
		all = append(all, linkTo(p))
		if p.Front.InNav || p.Path == in.root {
			led = append(led, linkTo(p))
		}
	}
	if len(all) > mostOnOnePage {
		all = led
	}
	return byName(all)
}

// byName sorts links as a register does: small and large letters alike, ä as ae.
func byName(links []render.Link) []render.Link {
	plain := func(text string) string {
		var b strings.Builder
		for _, r := range strings.ToLower(text) {
			b.WriteString(cmp.Or(locale.Plain(r), string(r)))
		}
		return b.String()
	}
	keys := make(map[string]string, len(links))
	for _, link := range links {
		keys[link.Text] = plain(link.Text)
	}
	slices.SortStableFunc(links, func(a, b render.Link) int { return strings.Compare(keys[a.Text], keys[b.Text]) })
	return links
}
