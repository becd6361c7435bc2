package build

import (
	"bytes"
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
		all[i] = compare.Wording{File: p.File, Page: p.Path, Title: p.Front.Title, Group: groupOf(p)}
		if text, ok := b.project.Read(p.File, &b.siteProblems); ok && !p.Broken {
			front, body := withoutIDs(text[:p.Front.Start]), withoutIDs(text[p.Front.Start:])
			all[i].Hash = accepted.Hash(append(front, body...), len(front))
		}
	})
	return all
}

// groupOf names a page in all of its languages.
func groupOf(p *site.Page) string {
	if p.Group == nil || len(p.Group.Pages) < 2 {
		return ""
	}
	return p.Group.Name
}

// withoutIDs takes out what no reader sees: where links lead, and which figures blocks name.
func withoutIDs(text []byte) []byte {
	var out bytes.Buffer
	inBlock := false
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "```") {
			inBlock = !inBlock
		}
		if key, _, ok := strings.Cut(line, ":"); ok && inBlock && strings.Contains(unseenKeys, " "+key+" ") {
			continue
		}
		for {
			before, link, ok := strings.Cut(line, "](")
			to, after, ends := strings.Cut(link, ")")
			if !ok || !ends {
				break
			}
			out.WriteString(before + "](")
			if strings.HasPrefix(to, "fig:") {
				out.WriteString("fig:") // so that its words are taken for a number
			}
			out.WriteByte(')')
			line = after
		}
		out.WriteString(line)
	}
	return out.Bytes()
}

// unseenKeys are those of blocks that only say of which figures they are.
const unseenKeys = " id formerly figures claim where except column columns last highlight "
