package render

import "html/template"

// kind says what a page is to search engines.
type kind int

const (
	webPage  kind = iota
	dataset       // the figures page
	unlisted      // not to be listed: embeds, aliases, 404.html
)

// meta is what the head of a page says about it to machines.
type meta struct {
	Title       string // with the site's
	Description string
	Unlisted    bool

	// What needs the site's own address; Canonical is "" where it is not known.
	Canonical string
	Languages []hrefLang
	Heading   string
	SiteTitle string
	Locale    string
	Image     string
	LD        any // JSON-LD

	alternates []Alternate
}

type hrefLang struct{ Code, URL string }

func (f *Frame) meta(head *Head, kind kind) *meta {
	m := &meta{
		Title: f.fullTitle(head.Title), Description: head.Description, Unlisted: kind == unlisted,
		Heading: head.Title, SiteTitle: f.site.Title, alternates: head.Alternates,
	}
	base := f.site.BaseURL
	if base == "" || kind == unlisted {
		return m
	}
	m.Canonical, m.Locale = base+head.Path, f.site.Lang.Code
	if head.Card != "" {
		m.Image = base + head.Card
	}
	for _, a := range head.Alternates {
		if a.Start {
			continue
		}
		m.Languages = append(m.Languages, hrefLang{a.Code, base + a.To})
		if a.Default {
			m.Languages = append(m.Languages, hrefLang{"x-default", base + a.To})
		}
	}
	if len(head.Alternates) < 2 {
		m.Languages = nil
	}
	m.LD = f.linked(head, kind, m.Canonical)
	return m
}

// fullTitle names the page and the site.
func (f *Frame) fullTitle(title string) string {
	if title == "" || title == f.site.Title {
		return f.site.Title
	}
	return title + " – " + f.site.Title
}

// The types of schema.org, as far as they are told.

type ldSite struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url"`
}

type ldPage struct {
	Context     string       `json:"@context"`
	Type        string       `json:"@type"`
	Name        string       `json:"name"`
	Description string       `json:"description,omitempty"`
	URL         string       `json:"url"`
	Language    string       `json:"inLanguage"`
	IsPartOf    ldSite       `json:"isPartOf"`
	Version     string       `json:"version,omitempty"`
	Licence     string       `json:"license,omitempty"`
	Files       []ldDownload `json:"distribution,omitempty"`
}

type ldDownload struct {
	Type   string `json:"@type"`
	Format string `json:"encodingFormat"`
	URL    string `json:"contentUrl"`
}

func (f *Frame) linked(head *Head, kind kind, url string) ldPage {
	p := ldPage{
		Context: "https://schema.org", Type: "WebPage", Name: head.Title, Description: head.Description,
		URL: url, Language: f.site.Lang.Code, IsPartOf: ldSite{"WebSite", f.site.Title, f.site.BaseURL + f.site.Root},
	}
	if kind != dataset {
		return p
	}
	p.Type, p.Version = "Dataset", f.site.Edition
	if leadsOut(f.site.Licence.To) {
		p.Licence = f.site.Licence.To
	}
	for _, d := range f.site.Data {
		p.Files = append(p.Files, ldDownload{"DataDownload", d.Type, f.site.BaseURL + d.To})
	}
	return p
}

// languageSwitch is appended by hand: it stands on every page and is never the same.
func languageSwitch(h here, alternates []Alternate) template.HTML {
	if len(alternates) < 2 {
		return ""
	}
	b := appendAttribute([]byte(`<nav class="languages"`), "aria-label", h.lang.Word("languages"))
	b = append(b, `><ul>`...)
	for _, a := range alternates {
		b = append(b, `<li><a`...)
		b = appendAttribute(b, "href", prefixed(h.prefix, a.To))
		b = appendAttribute(appendAttribute(b, "lang", a.Code), "hreflang", a.Code)
		if a.Self {
			b = append(b, ` aria-current="true"`...)
		}
		b = append(appendEscaped(append(b, '>'), a.Name), "</a></li>"...)
	}
	return template.HTML(append(b, "</ul></nav>"...))
}

// contents is appended by hand too: long pages have a dozen headings.
func contents(h here, headings []Heading) template.HTML {
	b := appendAttribute([]byte(`<nav class="contents"`), "aria-label", h.lang.Word("on-this-page"))
	b = append(append(b, `><details><summary>`...), h.lang.Word("on-this-page")...)
	b = append(b, `</summary><ul>`...)
	for _, heading := range headings {
		b = appendAttribute(append(b, `<li><a`...), "href", "#"+heading.ID)
		b = append(appendEscaped(append(b, '>'), heading.Text), "</a></li>"...)
	}
	return template.HTML(append(b, "</ul></details></nav>\n"...))
}
