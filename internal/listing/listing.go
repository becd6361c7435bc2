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

// Sitemap tells search engines of the pages at these addresses below base, those of
// prose in all their languages.
func Sitemap(base string, addresses []string, s *site.Site) []byte {
	var out bytes.Buffer
	out.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"` +
		` xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	for _, address := range slices.Sorted(slices.Values(addresses)) {
		out.WriteString("<url><loc>" + escape(base+address) + "</loc>")
		if p := s.At(address); p != nil {
			for _, other := range languagesOf(p, s) {
				out.WriteString(`<xhtml:link rel="alternate" hreflang="` + other.Lang.Code +
					`" href="` + escape(base+other.Path) + `"/>`)
			}
		}
		out.WriteString("</url>\n")
	}
	out.WriteString("</urlset>\n")
	return out.Bytes()
}

// languagesOf lists a page in all its languages, if there are several.
func languagesOf(p *site.Page, s *site.Site) []*site.Page {
	var pages []*site.Page
	for _, l := range s.Config.Langs {
		if other := p.Group.In(l.Code); other != nil {
			pages = append(pages, other)
		}
	}
	if len(pages) < 2 {
		return nil
	}
	return pages
}

func escape(s string) string {
	var out bytes.Buffer
	_ = xml.EscapeText(&out, []byte(s)) // a Buffer has no error
	return out.String()
}
