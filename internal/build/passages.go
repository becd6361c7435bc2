package build

import (
	"html/template"
	"strings"

	"bilanz/internal/figure"
	"bilanz/internal/present"
	"bilanz/internal/prose"
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
	html := string(prose.Passage(t.context, of, &b.siteProblems, func(c *prose.Cite) []byte {
		if !c.None {
			b.useInNote(t, text, c)
		}
		return present.NumberInNote(c)
	}))
	if fill != nil {
		html = fill.Replace(html)
	}
	t.passages[key] = template.HTML(html)
}

// useInNote keeps that a note cites a figure.
func (b *builder) useInNote(t *tongue, note figure.Passage, c *prose.Cite) {
	f := c.Ref.Figure
	b.noteUses[f.ID] = append(b.noteUses[f.ID], Use{Kind: "note", Place: note.Place(c.Start, c.End)})
	if c.Start < c.End && sayExactly(c.Ref, c.Text, t.lang) {
		b.saidInNote[f] = true
	}
}
