package main

import (
	"html/template"
	"net/url"
	"regexp"
	"strings"
)

// cited is where a page says a figure.
var cited = regexp.MustCompile(`<data class="fig" data-figure="([^"]*)"`)

// marked sets the numbers apart that are others now.
func (d *document) marked(html string) string {
	changed := map[string]bool{}
	for i := range d.changes.Figures {
		changed[d.changes.Figures[i].ID()] = true
	}
	return cited.ReplaceAllStringFunc(html, func(found string) string {
		if !changed[cited.FindStringSubmatch(found)[1]] {
			return found
		}
		return strings.Replace(found, `class="fig"`, `class="fig other"`, 1)
	})
}

// addressed are attributes that hold an address, or name places on the page.
var addressed = regexp.MustCompile(
	` (id|for|headers|aria-labelledby|aria-describedby|aria-controls|href|src|loading)="([^"]*)"|url\(#([^)]*)\)`)

// moved is the HTML of a page as a part of a document: places on it keep apart from those of
// others, pictures come from where they lie, links lead to where pages stand in the document,
// or else to the site.
func moved(html, from string, anchors map[string]string, base string) string {
	at := anchors[from]
	return addressed.ReplaceAllStringFunc(html, func(found string) string {
		m := addressed.FindStringSubmatch(found)
		switch m[1] {
		case "":
			return "url(#" + at + "-" + m[3] + ")"
		case "loading":
			return ""
		case "src":
			return ` src="` + beside("/new/"+from, m[2]) + `"`
		case "href":
			if to := leadsTo(from, m[2], anchors, base); to != "" {
				return ` href="` + to + `"`
			}
			return ""
		}
		places := strings.Fields(m[2])
		for i := range places {
			places[i] = at + "-" + places[i]
		}
		return " " + m[1] + `="` + strings.Join(places, " ") + `"`
	})
}

// beside resolves an address from the page on which it stands. Both are of HTML that is
// escaped, and stay so.
func beside(page, to string) string {
	address, err := url.Parse(page)
	if err != nil {
		return to
	}
	other, err := address.Parse(strings.ReplaceAll(to, "&amp;", "&"))
	if err != nil {
		return ""
	}
	return template.HTMLEscapeString(other.String())
}

// leadsTo is where a link of a page leads from within the document; "" nowhere.
func leadsTo(from, to string, anchors map[string]string, base string) string {
	resolved := beside("/"+from, to)
	local, within := strings.CutPrefix(resolved, "/")
	if !within {
		return resolved // it leads out
	}
	page, place, _ := strings.Cut(local, "#")
	anchor, inside := anchors[page]
	switch {
	case inside && place == "":
		return "#" + anchor
	case inside:
		return "#" + anchor + "-" + place
	case base != "":
		return base + local
	}
	return ""
}
