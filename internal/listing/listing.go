// Package listing writes the files that list the pages of a site for machines.
//
// Rules:
//   - They are made of what was published, not of what was planned.
//   - Same pages, same bytes, whatever the order in which the pages were made.
package listing

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"

	"bilanz/internal/locale"
	"bilanz/internal/site"
)

// Robots lets every search engine in, and tells it of the sitemap of the site at base;
// "" where that is not known.
func Robots(base string) []byte {
	robots := "User-agent: *\nAllow: /\n"
	if base != "" {
		robots += "Sitemap: " + base + "sitemap.xml\n"
	}
	return []byte(robots)
}

// Sitemap tells search engines of the pages at these addresses below base, each in all its
// languages.
func Sitemap(base string, addresses []string, s *site.Site) []byte {
	var out bytes.Buffer
	out.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"` +
		` xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	listed := make(map[string]bool, len(addresses))
	for _, address := range addresses {
		listed[address] = true
	}
	for _, address := range slices.Sorted(slices.Values(addresses)) {
		out.WriteString("<url><loc>" + escape(base+address) + "</loc>")
		pages := languagesOf(address, listed, s)
		for _, other := range pages {
			alternate(&out, other.lang.Code, base+other.address)
		}
		for _, other := range pages {
			if other.lang == s.Config.Default {
				alternate(&out, "x-default", base+other.address)
			}
		}
		out.WriteString("</url>\n")
	}
	out.WriteString("</urlset>\n")
	return out.Bytes()
}

func alternate(out *bytes.Buffer, lang, address string) {
	out.WriteString(`<xhtml:link rel="alternate" hreflang="` + lang + `" href="` + escape(address) + `"/>`)
}

// inLanguage is a page in one language.
type inLanguage struct {
	lang    *locale.Lang
	address string
}

// languagesOf lists a page in all its languages, if there are several. Pages of prose know
// each other; what the build makes (figures, charts, data) lies at the same address below each
// start page.
func languagesOf(address string, listed map[string]bool, s *site.Site) []inLanguage {
	var pages []inLanguage
	page, below := s.At(address), belowRoot(address, s.Config)
	for _, l := range s.Config.Langs {
		at := s.Config.Root(l) + below
		if page != nil {
			other := page.Group.In(l.Code)
			if other == nil {
				continue
			}
			at = other.Path
		}
		if listed[at] {
			pages = append(pages, inLanguage{l, at})
		}
	}
	if len(pages) < 2 {
		return nil
	}
	return pages
}

// belowRoot is an address below the start page of its language.
func belowRoot(address string, c *site.Config) string {
	for _, l := range c.Langs {
		if root := c.Root(l); root != "" {
			if below, ok := strings.CutPrefix(address, root); ok {
				return below
			}
		}
	}
	return address
}

func escape(s string) string {
	var out bytes.Buffer
	_ = xml.EscapeText(&out, []byte(s)) // a Buffer has no error
	return out.String()
}
