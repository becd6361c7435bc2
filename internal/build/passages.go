package build

import (
	"html/template"
	"path"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/present"
	"bilanz/internal/prose"
	"bilanz/internal/render"
	"bilanz/internal/site"
)

// readPassages verifies the notes that stand in the figure files, in every
// language.
func (b *builder) readPassages() {
	for _, t := range b.tongues {
		t.passages = present.Passages{}
		for _, f := range b.figures.All() {
			b.passage(t, f.ID, present.Note, f.Notes, nil)
			if d := f.Discrepancy; d != nil {
				b.passage(t, f.ID, present.Discrepancy, d.Notes, present.Gap(f, t.lang))
			}
			if f.Footnote != nil {
				b.passage(t, f.Footnote.ID, present.Footnote, f.Footnote.Texts, nil)
			}
			if f.Source != nil {
				b.passage(t, f.Source.ID, present.SourceNote, f.Source.Notes, nil)
			}
			if s := f.Series; s != nil && f.ID == s.ID {
				for _, br := range s.Breaks {
					b.passage(t, present.BreakID(s, br), present.Note, br.Notes, nil)
				}
			}
		}
		for _, c := range b.figures.Checks() {
			b.passage(t, c.At.String(), present.Because, c.Because, nil)
		}
	}
}

func (b *builder) passage(t *tongue, id string, kind present.PassageKind, texts []figure.Passage, fill *strings.Replacer) {
	key := present.PassageKey{Of: id, Kind: kind}
	text, ok := figure.In(texts, t.lang.Code)
	if _, done := t.passages[key]; done || !ok {
		return
	}
	of := prose.PassageText{Text: text.Text, Place: text.Place, Edit: text.Edit}
	var said []*prose.Cite
	html := string(prose.Passage(t.context, of, &b.siteProblems, prose.Setting{
		Cite: func(c *prose.Cite) []byte {
			if !c.None {
				said = append(said, c)
				b.useInNote(t, text, c)
			}
			return present.PlainNumber(c)
		},
		Target: func(link *prose.Link) prose.Target { return b.targetInNote(t, text, link) },
	}))
	if fill != nil {
		html = fill.Replace(html)
	}
	t.passages[key] = template.HTML(html)
	if b.o.State {
		b.placeOfNote(text, said, kind, id, html)
	}
}

// useInNote keeps that a note cites a figure.
func (b *builder) useInNote(t *tongue, note figure.Passage, c *prose.Cite) {
	f := c.Ref.Figure
	b.noteUses[f.ID] = append(b.noteUses[f.ID], Use{Kind: "note", Place: note.Place(c.Start, c.End)})
	if c.Start < c.End && sayExactly(c.Ref, c.Text, t.lang) {
		b.saidInNote[f] = true
	}
}

// noteLink is a link of a note to a place on a page, which is looked for once all pages
// were read.
type noteLink struct {
	place diag.Place
	to    site.Destination
}

// targetInNote is where a link of a note leads: notes are read from the folder of the
// language, and shown on many pages.
func (b *builder) targetInNote(t *tongue, note figure.Passage, link *prose.Link) prose.Target {
	home := &site.Page{Lang: t.lang, File: path.Join("content", t.lang.Code, "note")}
	at := note.Place(link.Start, link.End)
	to, problem := b.site.Resolve(home, link)
	of := attached{b.spelt(to.File), false}
	switch {
	case problem == nil && to.Page == home:
		problem = &diag.Diagnostic{
			Code: "link-broken",
			Text: diag.Say("a note stands on many pages, so %s leads nowhere",
				"eine Anmerkung steht auf vielen Seiten, deshalb führt %s nirgendwohin", link.Dest),
			Ways: []diag.Text{diag.Say("write the file of the page before it, as in advice.md%s",
				"schreiben Sie die Datei der Seite davor, zum Beispiel beratung.md%s", link.Dest)},
		}
	case problem == nil && to.File != "":
		problem = b.attach(of, at, &b.siteProblems)
	}
	switch {
	case problem != nil:
		problem.Place = at
		b.siteProblems.Add(*problem)
		return prose.Target{Href: "#"}
	case to.File != "":
		return prose.Target{Href: render.FromRoot + withFragment(b.image(of).path, to.Fragment)}
	case to.Output != "":
		return prose.Target{Href: render.FromRoot + to.Output}
	case to.Page == nil:
		return prose.Target{Href: link.Dest}
	case to.Fragment == "":
		return prose.Target{Href: render.FromRoot + to.Page.Path}
	}
	b.noteLinks = append(b.noteLinks, noteLink{at, to})
	return prose.Target{Href: render.FromRoot + to.Page.Path + "#" + to.Fragment}
}

// checkNoteLinks reports links of notes to places that their pages do not have.
func (b *builder) checkNoteLinks() {
	for _, link := range b.noteLinks {
		if problem := site.FragmentProblem(link.to.Page, link.to.Fragment); problem != nil {
			problem.Place = link.place
			b.siteProblems.Add(*problem)
		}
	}
}
