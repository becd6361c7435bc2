package render

import (
	"encoding/json"
	"html/template"
	"slices"
)

// kind says what a page is to search engines.
type kind int

const (
	listed   kind = iota
	unlisted      // embeds, aliases, 404.html
)

// meta is what the head of a page says about it to machines.
func (f *Frame) meta(head *Head, kind kind) template.HTML {
	return template.HTML(f.appendMeta(nil, head, kind))
}

// appendMeta writes it by hand: a template takes ten times as long, on every page.
func (f *Frame) appendMeta(b []byte, head *Head, kind kind) []byte {
	b = append(b, "<title>"...)
	b = append(appendEscaped(b, f.fullTitle(head.Title)), "</title>\n"...)
	if head.Description != "" {
		b = appendNamed(b, "name", "description", head.Description)
	}
	if kind == unlisted {
		b = appendNamed(b, "name", "robots", "noindex")
		if head.Canonical != "" && f.site.BaseURL != "" {
			b = appendLink(b, "canonical", "", f.site.BaseURL+head.Canonical)
		}
	} else if f.site.BaseURL != "" {
		b = f.appendAddressed(b, head)
	}
	return b
}

// appendAddressed appends what needs the site's own address.
func (f *Frame) appendAddressed(b []byte, head *Head) []byte {
	canonical := f.site.BaseURL + head.Path
	b = appendLink(b, "canonical", "", canonical)
	b = f.appendLanguages(b, head.Alternates)
	b = appendNamed(b, "property", "og:type", "website")
	b = appendNamed(b, "property", "og:site_name", f.site.Title)
	b = appendNamed(b, "property", "og:title", head.Title)
	if head.Description != "" {
		b = appendNamed(b, "property", "og:description", head.Description)
	}
	b = appendNamed(b, "property", "og:url", canonical)
	b = appendNamed(b, "property", "og:locale", f.site.Lang.Locale())
	for _, a := range head.Alternates {
		if !a.Self && a.Start == "" && a.Locale != "" {
			b = appendNamed(b, "property", "og:locale:alternate", a.Locale)
		}
	}
	if head.Card.To != "" {
		b = appendNamed(b, "property", "og:image", f.site.BaseURL+head.Card.To)
		b = appendNamed(b, "property", "og:image:width", "1200")
		b = appendNamed(b, "property", "og:image:height", "630")
		b = appendNamed(b, "property", "og:image:alt", head.Card.Alt)
		b = appendNamed(b, "name", "twitter:card", "summary_large_image")
		b = appendNamed(b, "name", "twitter:image:alt", head.Card.Alt)
	}
	// Marshal writes < and > as escapes, so no text can end the element.
	linked, err := json.Marshal(ldGraph{"https://schema.org", f.linked(head, canonical)})
	if err != nil {
		panic(err) // strings alone cannot fail
	}
	b = append(append(b, `<script type="application/ld+json">`...), linked...)
	return append(b, "</script>\n"...)
}

// appendLanguages appends the same page in each language, its own included.
func (f *Frame) appendLanguages(b []byte, alternates []Alternate) []byte {
	same := 0
	for _, a := range alternates {
		if a.Start == "" {
			same++
		}
	}
	if same < 2 {
		return b
	}
	for _, a := range alternates {
		if a.Start != "" {
			continue
		}
		b = appendLink(b, "alternate", a.Code, f.site.BaseURL+a.To)
		if a.Default {
			b = appendLink(b, "alternate", "x-default", f.site.BaseURL+a.To)
		}
	}
	return b
}

func appendNamed(b []byte, attribute, name, content string) []byte {
	b = appendAttribute(append(b, "<meta"...), attribute, name)
	return append(appendAttribute(b, "content", content), ">\n"...)
}

func appendLink(b []byte, rel, language, href string) []byte {
	b = appendAttribute(append(b, "<link"...), "rel", rel)
	b = appendOptional(b, "hreflang", language)
	return append(appendAttribute(b, "href", href), ">\n"...)
}

// fullTitle names the page and the site.
func (f *Frame) fullTitle(title string) string {
	if title == "" || title == f.site.Title {
		return f.site.Title
	}
	return title + " – " + f.site.Title
}

// The types of schema.org, as far as they are told.

type ldGraph struct {
	Context string `json:"@context"`
	Graph   []any  `json:"@graph"`
}

type ldSite struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url"`
}

type ldPage struct {
	Type        string `json:"@type"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	URL         string `json:"url"`
	Language    string `json:"inLanguage"`
	IsPartOf    ldSite `json:"isPartOf"`
}

type ldCrumbs struct {
	Type  string    `json:"@type"`
	Items []ldCrumb `json:"itemListElement"`
}

type ldCrumb struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item"`
}

type ldDataset struct {
	Type        string       `json:"@type"`
	Name        string       `json:"name"`
	Description string       `json:"description,omitempty"`
	URL         string       `json:"url"`
	Language    string       `json:"inLanguage"`
	Version     string       `json:"version,omitempty"`
	Licence     string       `json:"license,omitempty"`
	Free        bool         `json:"isAccessibleForFree"`
	Creator     *ldCreator   `json:"creator,omitempty"`
	Covers      string       `json:"temporalCoverage,omitempty"`
	Files       []ldDownload `json:"distribution,omitempty"`
	Variables   []ldVariable `json:"variableMeasured,omitempty"`
}

type ldCreator struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type ldDownload struct {
	Type   string `json:"@type"`
	Name   string `json:"name"`
	Format string `json:"encodingFormat"`
	URL    string `json:"contentUrl"`
}

type ldVariable struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	Unit string `json:"unitText,omitempty"`
}

// linked is what is told of a page: what it is, where it stands, and the figures as data on
// the page that has their files.
func (f *Frame) linked(head *Head, url string) []any {
	all := []any{ldPage{
		Type: "WebPage", Name: head.Title, Description: head.Description, URL: url, Language: f.site.Lang.Code,
		IsPartOf: ldSite{"WebSite", f.site.Title, f.site.BaseURL + f.site.Root},
	}}
	if head.Path != f.site.Root {
		all = append(all, f.crumbs(head))
	}
	if head.Dataset != nil {
		all = append(all, f.dataset(head, url))
	}
	return all
}

// crumbs is the way to a page from the start page, which is said here even where the page
// is too near to it for readers to need one.
func (f *Frame) crumbs(head *Head) ldCrumbs {
	way := []Link{{To: f.site.Root}}
	for _, link := range append(slices.Clone(head.Crumbs), Link{Text: head.Title, To: head.Path}) {
		if link.To != f.site.Root {
			way = append(way, link)
		}
	}
	crumbs := ldCrumbs{Type: "BreadcrumbList"}
	for i, link := range way {
		crumbs.Items = append(crumbs.Items, ldCrumb{"ListItem", i + 1, f.crumb(link), f.site.BaseURL + link.To})
	}
	return crumbs
}

// crumb is how breadcrumbs call a page; see the layout.
func (f *Frame) crumb(link Link) string {
	if link.To == f.site.Root {
		return f.site.Lang.Word("overview")
	}
	return link.Text
}

func (f *Frame) dataset(head *Head, url string) ldDataset {
	d := ldDataset{
		Type: "Dataset", Name: f.site.Title, Description: head.Description, URL: url, Language: f.site.Lang.Code,
		Version: f.site.Edition, Free: true,
	}
	if leadsOut(f.site.Licence.To) {
		d.Licence = f.site.Licence.To
	}
	if name := f.site.Contact.Text; name != "" {
		d.Creator = &ldCreator{"Organization", name}
	}
	if head.Dataset.From != "" {
		d.Covers = head.Dataset.From + "/" + head.Dataset.To
	}
	for _, file := range head.Dataset.Files {
		d.Files = append(d.Files, ldDownload{"DataDownload", file.Text, file.Type, f.site.BaseURL + file.To})
	}
	for _, v := range head.Dataset.Variables {
		d.Variables = append(d.Variables, ldVariable{"PropertyValue", v.Name, v.Unit})
	}
	return d
}

func languageSwitch(h here, alternates []Alternate) template.HTML {
	return template.HTML(appendLanguageSwitch(nil, h, alternates))
}

// appendLanguageSwitch writes by hand what stands on every page and is never the same.
func appendLanguageSwitch(b []byte, h here, alternates []Alternate) []byte {
	if len(alternates) < 2 {
		return b
	}
	b = appendAttribute(append(b, `<nav class="languages"`...), "aria-label", h.lang.Word("languages"))
	b = append(b, `><ul>`...)
	for _, a := range alternates {
		if a.Self { // nowhere to go, so no stop of the keyboard
			b = appendAttribute(append(b, `<li><span`...), "lang", a.Code)
			b = appendEscaped(append(b, ` aria-current="true">`...), a.Name)
			b = append(b, "</span></li>"...)
			continue
		}
		b = appendAttribute(append(b, `<li><a`...), "href", prefixed(h.prefix, a.To))
		b = appendAttribute(appendAttribute(b, "lang", a.Code), "hreflang", a.Code)
		b = appendEscaped(append(b, '>'), a.Name)
		if a.Start != "" {
			b = append(appendEscaped(append(b, " ("...), a.Start), ')')
		}
		b = append(b, "</a></li>"...)
	}
	return append(b, "</ul></nav>"...)
}

// appendContents works by hand too: long pages have a dozen headings.
func appendContents(b []byte, h here, headings []Heading) []byte {
	b = appendAttribute(append(b, `<nav class="contents"`...), "aria-label", h.lang.Word("on-this-page"))
	b = append(append(b, `><details><summary>`...), h.lang.Word("on-this-page")...)
	b = append(b, `</summary><ul>`...)
	for _, heading := range headings {
		b = appendAttribute(append(b, `<li><a`...), "href", "#"+heading.ID)
		b = append(appendEscaped(append(b, '>'), heading.Text), "</a></li>"...)
	}
	return append(b, "</ul></details></nav>\n"...)
}
