package render

import (
	"html/template"
	"strings"
)

// Citation is what people who cite a page copy: who publishes it, its title, edition, up to
// when the data reach, its address; "" where the site's address is not known.
func (d fill[V]) Citation(path, title string) template.HTML {
	address := d.Address(path)
	if address == "" {
		return ""
	}
	return Text(d.Cited(title)) + " <span>" + Text(address) + "</span>"
}

// Cited is that without the address. The start page is often called like the site.
func (d fill[V]) Cited(title string) string {
	site := d.Site
	text := site.Title
	if title != site.Title {
		text = d.lang.Colon(site.Title, title)
	}
	sentences := []string{text, d.Edition(site.Edition)}
	if site.UpTo != "" {
		sentences = append(sentences, d.lang.Word("data-up-to")+" "+site.UpTo)
	}
	return Sentences(sentences...)
}

// Sentences joins texts to sentences, each with a sign at its end; empty ones are left out.
func Sentences(texts ...string) string {
	var all []string
	for _, text := range texts {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if !strings.ContainsAny(text[len(text)-1:], ".!?") && !strings.HasSuffix(text, "…") {
			text += "."
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}
