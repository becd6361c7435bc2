package build

import (
	"html/template"
	"strings"

	"bilanz/internal/figure"
	"bilanz/internal/prose"
	"bilanz/internal/render"
)

// passages are the notes of figures, sources and breaks in one language, as HTML:
// verified once, shown in many places.
type passages map[passageKey]template.HTML

type passageKey struct {
	id   string
	kind passageKind
}

type passageKind int

const (
	notePassage passageKind = iota
	discrepancyPassage
	footnotePassage
	sourcePassage
	becausePassage // of a check, by the place of its statement
)

func (p passages) of(id string, kind passageKind) []byte { return []byte(p[passageKey{id, kind}]) }

func (p passages) html(id string, kind passageKind) template.HTML { return p[passageKey{id, kind}] }

// readPassages verifies the notes that stand in the figure files, in every
// language.
func (b *builder) readPassages() {
	for _, t := range b.tongues {
		t.passages = passages{}
		for _, f := range b.figures.All() {
			b.passage(t, f.ID, notePassage, f.Notes, nil)
			if d := f.Discrepancy; d != nil {
				b.passage(t, f.ID, discrepancyPassage, d.Notes, gap(t, f))
			}
			if f.Footnote != nil {
				b.passage(t, f.Footnote.ID, footnotePassage, f.Footnote.Texts, nil)
			}
			if f.Source != nil {
				b.passage(t, f.Source.ID, sourcePassage, f.Source.Notes, nil)
			}
			if s := f.Series; s != nil && f.ID == s.ID {
				for _, br := range s.Breaks {
					b.passage(t, breakID(s, br), notePassage, br.Notes, nil)
				}
			}
		}
		for _, c := range b.figures.Checks() {
			b.passage(t, c.At.String(), becausePassage, c.Because, nil)
		}
	}
}

func breakID(s *figure.Series, b figure.Break) string {
	return s.ID + " from " + b.From.Format("2006-01-02")
}

// gap fills in what {sum} and {gap} stand for in the note of a discrepancy.
func gap(t *tongue, f *figure.Figure) *strings.Replacer {
	number := func(value, data string) string {
		return `<data class="fig" value="` + data + `">` + value + `</data>`
	}
	d := f.Discrepancy
	return strings.NewReplacer(
		"{sum}", number(t.lang.Number(d.Sum, f.Decimals), d.Sum.FloatString(f.Decimals)),
		"{gap}", number(strings.TrimPrefix(t.lang.Number(d.By, f.Decimals), "−"), strings.TrimPrefix(d.By.FloatString(f.Decimals), "-")),
	)
}

func (b *builder) passage(t *tongue, id string, kind passageKind, texts []figure.Passage, fill *strings.Replacer) {
	key := passageKey{id, kind}
	text, ok := figure.In(texts, t.lang.Code)
	if _, done := t.passages[key]; done || !ok {
		return
	}
	html := string(prose.Passage(t.context, prose.PassageText{Text: text.Text, Place: text.Place, Span: text.Span}, &b.siteProblems, func(c *prose.Cite) []byte {
		if c.None {
			return []byte(render.Text(c.Said))
		}
		if b.o.Uses {
			at := text.Place(c.Start, c.End)
			b.noteUses[c.Ref.Figure.ID] = append(b.noteUses[c.Ref.Figure.ID], Use{Kind: "note", Place: at})
			if c.Start < c.End && sayExactly(c.Ref, c.Said, t.lang) {
				b.saidInNote[c.Ref.Figure] = true
			}
		}
		fig := render.Fig{ID: c.Ref.Figure.ID, Option: c.Ref.Option.String(), Value: c.Ref.Data(), Text: c.Said}
		if c.Ref.Option.Field != figure.NoField {
			return render.AppendFigText(nil, fig)
		}
		return render.AppendFig(nil, fig)
	}))
	if fill != nil {
		html = fill.Replace(html)
	}
	t.passages[key] = template.HTML(html)
}
