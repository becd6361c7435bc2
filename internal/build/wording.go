package build

import (
	"strings"

	"bilanz/internal/accepted"
	"bilanz/internal/compare"
	"bilanz/internal/site"
)

// wordings keeps, for a comparison, what each page says besides its numbers.
func (b *builder) wordings() []compare.Wording {
	all := make([]compare.Wording, len(b.site.Pages))
	b.each(len(all), func(i int) {
		p := b.site.Pages[i]
		all[i] = compare.Wording{File: p.File, Page: p.Path, Title: p.Front.Title, Lang: p.Lang.Code, Group: groupOf(p)}
		text, ok := b.project.Read(p.File, &b.siteProblems)
		if !ok || p.Broken {
			return
		}
		sections := accepted.Sections(text, p.Front.Start)
		all[i].Hash = accepted.Hash(sections)
		if b.o.Words {
			all[i].Paragraphs = paragraphs(text, sections)
		}
	})
	return all
}

// paragraphs are those of a page as readers get them.
func paragraphs(text []byte, sections []accepted.Section) (all []compare.Paragraph) {
	line, at := 1, 0
	for _, s := range sections {
		for _, p := range s.Paragraphs {
			line += strings.Count(string(text[at:p.Start]), "\n")
			at = p.Start
			all = append(all, compare.Paragraph{
				Line: line, Heading: s.Heading, Words: p.Words, Text: accepted.Readable(text[p.Start:p.End]),
			})
		}
	}
	return all
}

// groupOf names a page in all of its languages.
func groupOf(p *site.Page) string {
	if p.Group == nil || len(p.Group.Pages) < 2 {
		return ""
	}
	return p.Group.Name
}
