package build

import (
	"bytes"
	"html"
	"strings"

	"bilanz/internal/audit"
	"bilanz/internal/data"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/pattern"
	"bilanz/internal/present"
	"bilanz/internal/prose"
	"bilanz/internal/render"
)

// found is what the search finds of one page: its charts and tables, its sections.
type found struct{ charts, sections []data.FoundText }

// find keeps what the search finds of the page.
func (t *turn) find() {
	f := found{sections: t.foundSections()}
	at := render.Rel(t.tongue.views.SearchAt(), t.page.Path)
	for _, block := range t.doc.Blocks {
		if block.ID == "" {
			continue // key figures and cards, whose words stand in their section
		}
		text := ""
		if t.build.keepsText() {
			text = t.doc.Plain(block)
		}
		f.charts = append(f.charts, data.FoundText{
			Page: t.page.Front.Title, Heading: block.Title, Text: text, Href: at + "#" + block.ID,
		})
	}
	for i := range f.sections {
		f.sections[i].Page, f.sections[i].Href = t.page.Front.Title, at+f.sections[i].Href
	}
	t.build.mu.Lock()
	defer t.build.mu.Unlock()
	t.build.found[t.page] = f
}

// keepsText reports whether the text of pages may be searched too: where pages and figures
// alone are too many it is not even kept.
func (b *builder) keepsText() bool {
	return len(b.site.Pages)+len(b.figures.All()) <= data.MostWithText
}

// heading is that of a section, as prose writes it.
var heading = pattern.Of(`(?s)<h[1-6] id="([^"]*)">.*?</h[1-6]>`)

// foundSections are the page's beginning, which is its lead, and what stands below each
// heading.
func (t *turn) foundSections() []data.FoundText {
	all := []data.FoundText{{}}
	if len(t.build.site.Pages) <= data.MostWithHeadings {
		for _, h := range t.doc.Headings {
			all = append(all, data.FoundText{Heading: h.Text, Href: "#" + h.ID})
		}
	}
	if t.build.keepsText() {
		texts := t.texts()
		for i := range all {
			all[i].Text = texts[strings.TrimPrefix(all[i].Href, "#")]
		}
		all[0].Text = strings.TrimSpace(t.page.Front.Description + " " + all[0].Text)
	}
	return all
}

// texts are the words of the page below each heading, by its id, and those before the first
// by "". Those of a chart are its own.
func (t *turn) texts() map[string]string {
	s := &prose.Setting{Silent: true, Hero: len(t.page.Front.Hero) > 0}
	s.Block = func(b *prose.Block, _ bool) []byte {
		if b.ID != "" {
			return nil
		}
		return t.doc.Summary(b, s)
	}
	var out bytes.Buffer
	t.doc.Opening(&out, s)
	t.doc.HTML(&out, s)
	texts, id, from := map[string]string{}, "", 0
	keep := func(to int) { texts[id] = strings.Join(strings.Fields(present.Plain(out.String()[from:to])), " ") }
	for _, at := range heading().FindAllSubmatchIndex(out.Bytes(), -1) {
		keep(at[0])
		id, from = html.UnescapeString(string(out.Bytes()[at[2]:at[3]])), at[1]
	}
	keep(out.Len())
	return texts
}

// searchPage writes the page of the search of a language, and what it finds in.
func (b *builder) searchPage(t *tongue, groups []present.Group, uses map[*figure.Figure][]data.Use) {
	views := t.views
	list := &data.SearchList{Demo: b.config.Demo, Figures: views.Found(groups, uses)}
	for _, p := range b.site.Pages {
		if p.Lang == t.lang {
			list.Charts = append(list.Charts, b.found[p].charts...)
			list.Sections = append(list.Sections, b.found[p].sections...)
		}
	}
	list.Shorten()
	list.Synonyms, list.Asking = b.synonyms(t, list), t.lang.AskingWords()
	file := b.listFile(views.SearchAt()+"list", list)
	b.write(file.Path, file.Data)
	script := b.theme.Search(t.lang.Code)
	b.writeOnce(script.Path, script.Data)
	v := &render.Search{
		Head: views.SearchHead(), Script: script.Path, List: file.Path,
		Figures: views.Listed(groups), Pages: views.Pages(),
	}
	v.Card = b.drawCard(views.ListCard(v.Head))
	b.makePage(v.Path+"index.html", audit.Options{}, nil, func(out *bytes.Buffer) error {
		return t.frame.Search(out, v)
	})
}

// synonyms are the further words by which readers find, and warns of those that stand for one
// that nothing in the list says.
func (b *builder) synonyms(t *tongue, list *data.SearchList) map[string][]string {
	all, said := map[string][]string{}, list.Saying()
	for _, s := range b.config.Synonyms[t.lang.Code] {
		for _, means := range s.Means {
			all[s.Word] = append(all[s.Word], means.Text)
			if said(means.Text) {
				continue
			}
			b.siteProblems.Add(diag.Diagnostic{
				Code: "synonym-unknown", Severity: diag.Warning, Place: means.Place,
				Text: diag.Say(
					"whoever searches for %s finds nothing more: no page and no figure in this language says %q",
					"wer nach %s sucht, findet dadurch nicht mehr: auf keiner Seite und bei keiner Kennzahl "+
						"in dieser Sprache steht „%s“",
					s.Word, means.Text),
				Ways: []diag.Text{
					diag.Say("write a word that the site uses, as it stands there",
						"schreiben Sie ein Wort, das auf der Website steht, so wie es dort steht"),
					diag.Say("take the synonym out", "streichen Sie das Synonym"),
				},
			})
		}
	}
	return all
}

// listFile is the file of a list: a script where it is to be read from a disk, on which no
// page may fetch another file.
func (b *builder) listFile(name string, list *data.SearchList) render.File {
	if !b.o.ForDisk {
		return render.Hashed(name+".json", list.JSON())
	}
	list.Lead(render.AddressOnDisk)
	return render.Hashed(name+".js", list.Script())
}
