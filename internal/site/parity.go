package site

import (
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
	"bilanz/internal/prose"
)

// CheckParity holds the languages of each page against each other: in complete
// languages a page cites the same set of figures, each with the same option, and
// its blocks agree in id, type, figures, claim and place; either all have a finding as
// their heading, or none has. Repeats and order are free; a
// different precision is a warning.
func (s *Site) CheckParity(at Placer, list *diag.List) {
	for _, g := range s.Groups {
		var pages []*Page
		for _, code := range s.Config.Complete {
			if p := g.In(code); p != nil && p.Front.Only == "" && !p.Broken && !p.Seen.Unsure {
				pages = append(pages, p)
			}
		}
		for i := 1; i < len(pages); i++ {
			c := comparison{at: at, list: list}
			c.heroes(pages[0], pages[i])
			c.cites(pages[0], pages[i])
			c.cites(pages[i], pages[0])
			c.blocks(pages[0], pages[i])
			c.blocks(pages[i], pages[0])
		}
	}
}

type comparison struct {
	at   Placer
	list *diag.List
}

// mention is what a page cites, apart from how many decimals it shows.
type mention struct {
	id    string
	share bool
	field figure.Field
}

func mentionOf(c Cited) mention {
	return mention{c.Ref.Figure.ID, c.Ref.Option.Share, c.Ref.Option.Field}
}

// cites reports what the page with cites and the page without does not, at the
// section of the page without that has the same anchor.
func (c comparison) cites(with, without *Page) {
	there := map[mention]Cited{}
	for _, cited := range without.Seen.Cites {
		if _, seen := there[mentionOf(cited)]; !seen {
			there[mentionOf(cited)] = cited
		}
	}
	done := map[mention]bool{}
	for _, cited := range with.Seen.Cites {
		m := mentionOf(cited)
		other, found := there[m]
		switch {
		case done[m]:
		case !found:
			c.list.Add(c.missing(cited, with, without))
		case other.Ref.Option.Decimals != cited.Ref.Option.Decimals && with.Lang.Code < without.Lang.Code:
			c.list.Add(c.precision(cited, with, other, without))
		}
		done[m] = true
	}
}

func (c comparison) missing(cited Cited, with, without *Page) diag.Diagnostic {
	place, anchor := c.section(without, cited.Section)
	named := cited.Ref.Figure.Named()
	if option := cited.Ref.Option.String(); option != "" {
		named.ID += "?" + option
	}
	text, ok := translated(cited, with.Lang, without.Lang)
	if !ok {
		text = cited.Ref.Text(without.Lang)
	}
	return diag.Diagnostic{
		Code: "citation-missing", Place: place, About: about(cited.Ref.Figure.ID, named.ID, anchor),
		Text: diag.Say("the %[1]s page does not cite %[5]s, which the %[3]s page cites",
			"auf der %[2]s fehlt die Kennzahl %[5]s, die auf der %[4]s steht",
			without.Lang.English, germanPage(without.Lang), with.Lang.English, germanOther(with.Lang), named),
		Notes: []diag.Note{{
			Place: c.at(with, int(cited.Start), int(cited.End)),
			Text: diag.Say("the %[1]s page cites it here",
				"auf der %[2]s steht sie hier", with.Lang.English, germanPage(with.Lang)),
		}},
		Ways: []diag.Text{
			diag.Say("add [%s](fig:%s) to this section",
				"fügen Sie in diesem Abschnitt [%s](fig:%s) ein", text, named.ID),
			diag.Say("take it out of %s", "streichen Sie sie in %s", with.File),
		},
	}
}

// about names what a problem is about, apart from what has no name.
func about(names ...string) []string {
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// translated puts a number in words into another language: "around 400".
func translated(cited Cited, from, into *locale.Lang) (string, bool) {
	said, ok := from.Parse(cited.Text)
	if !ok || said.Relation == locale.Exact || said.Scaled {
		return "", false
	}
	return into.Bound(said.Relation, into.Number(said.Value, said.Decimals)), true
}

// germanPage gives "deutschen Seite", as German messages call the page in a language
// after "auf der"; or "Hindi-Seite", where the language has no adjective.
func germanPage(l *locale.Lang) string {
	if strings.HasSuffix(l.German, "sch") {
		return strings.ToLower(l.German) + "en Seite"
	}
	return l.German + "-Seite"
}

// germanOther is the same where a page was just spoken of: "deutschen".
func germanOther(l *locale.Lang) string { return strings.TrimSuffix(germanPage(l), " Seite") }

func (c comparison) precision(cited Cited, with *Page, other Cited, without *Page) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "precision-differs", Severity: diag.Warning, Place: c.at(without, int(other.Start), int(other.End)),
		About: about(cited.Ref.Figure.ID, other.Section),
		Text: diag.Say("the languages of this page show %s with different precision",
			"die Kennzahl %s steht in den Sprachen dieser Seite unterschiedlich genau", cited.Ref.Figure.Named()),
		Notes: []diag.Note{{Place: c.at(with, int(cited.Start), int(cited.End)),
			Text: diag.Say("the %[1]s page shows it like this",
				"so steht sie auf der %[2]s", with.Lang.English, germanPage(with.Lang))}},
		Ways: []diag.Text{diag.Say("write the same decimals= in both",
			"schreiben Sie auf beiden Seiten dasselbe decimals=")},
	}
}

// section finds the heading with an anchor, or else the first heading, or else
// the title.
func (c comparison) section(p *Page, anchor string) (at diag.Place, under string) {
	var first *Anchor
	for i, a := range p.Seen.Anchors {
		if a.End == 0 {
			continue
		}
		if a.ID == anchor {
			return c.at(p, int(a.Start), int(a.End)), anchor
		}
		if first == nil {
			first = &p.Seen.Anchors[i]
		}
	}
	if first != nil && anchor != "" {
		return c.at(p, int(first.Start), int(first.End)), first.ID
	}
	return c.title(p), ""
}

func (c comparison) title(p *Page) diag.Place { return c.at(p, p.Front.TitleStart, p.Front.TitleEnd) }

// heroes reports that one of two pages has a finding as its heading.
func (c comparison) heroes(with, without *Page) {
	if len(with.Front.Hero) == 0 {
		with, without = without, with
	}
	if len(with.Front.Hero) == 0 || len(without.Front.Hero) > 0 {
		return
	}
	c.list.Add(diag.Diagnostic{
		Code: "block-missing", Place: c.title(without), About: []string{"hero"},
		Text: diag.Say("the %[1]s page has no hero:, which the %[3]s page has",
			"auf der %[2]s fehlt hero:, das auf der %[4]s steht",
			without.Lang.English, germanPage(without.Lang), with.Lang.English, germanOther(with.Lang)),
		Notes: []diag.Note{{Place: c.title(with), Text: diag.Say("this page has it", "diese Seite hat es")}},
		Ways: []diag.Text{
			diag.Say("add a line hero: with the same finding to %s",
				"fügen Sie in %s eine Zeile hero: mit derselben Aussage hinzu", without.File),
			diag.Say("take it out of %s", "streichen Sie sie in %s", with.File),
		},
	})
}

// blocks reports blocks of one page that the other lacks, or has otherwise.
func (c comparison) blocks(with, without *Page) {
	for i, b := range with.Seen.Blocks {
		other, found := counterpart(with.Seen.Blocks, i, without.Seen.Blocks)
		if !found {
			c.list.Add(c.blockMissing(b, with, without))
			continue
		}
		if with.Lang.Code > without.Lang.Code {
			continue // told once, at the later language
		}
		for _, d := range append(differences(b, other), cardDifferences(b, other, with.Lang, without.Lang)...) {
			c.list.Add(diag.Diagnostic{
				Code: "block-differs", Place: c.at(without, int(other.Start), int(other.End)), About: about(other.ID),
				Text: diag.Say("%[1]s says %[2]s here, but %[3]s on the %[4]s page",
					"%[1]s hat hier %[2]s, auf der %[5]s aber %[3]s",
					nameOf(other), d.said(d.here), d.said(d.there), with.Lang.English, germanPage(with.Lang)),
				Notes: []diag.Note{{Place: c.at(with, int(b.Start), int(b.End)),
					Text: diag.Say("the %[1]s block is here",
						"auf der %[2]s steht der Block hier", with.Lang.English, germanPage(with.Lang))}},
				Ways: []diag.Text{diag.Say("write the same in both", "schreiben Sie auf beiden Seiten dasselbe")},
			})
		}
	}
}

// counterpart finds the block with the same id, or for headline figures and cards, which
// have none, the one with the same place among its like.
func counterpart(blocks []BlockSeen, i int, others []BlockSeen) (BlockSeen, bool) {
	b := blocks[i]
	nth := 0
	for _, before := range blocks[:i] {
		if before.Kind == b.Kind {
			nth++
		}
	}
	for _, other := range others {
		if other.Kind != b.Kind {
			continue
		}
		if b.ID == "" && nth == 0 || b.ID != "" && other.ID == b.ID {
			return other, true
		}
		nth--
	}
	return BlockSeen{}, false
}

func (c comparison) blockMissing(b BlockSeen, with, without *Page) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "block-missing", Place: c.title(without), About: about(b.ID),
		Text: diag.Say("the %[1]s page has no %[5]s, which the %[3]s page has",
			"auf der %[2]s fehlt, was auf der %[4]s steht: %[5]s",
			without.Lang.English, germanPage(without.Lang), with.Lang.English, germanOther(with.Lang), nameOf(b)),
		Notes: []diag.Note{{Place: c.at(with, int(b.Start), int(b.End)), Text: diag.Say("it is here",
			"dort steht es hier")}},
		Ways: []diag.Text{
			diag.Say("add it to %s", "fügen Sie den Block in %s ein", without.File),
			diag.Say("take it out of %s", "streichen Sie ihn in %s", with.File),
		},
	}
}

// nameOf is how a message calls a block: in German by its title, the id behind.
func nameOf(b BlockSeen) diag.Text {
	switch b.Kind {
	case prose.Chart:
		return diag.Say("chart %s", "das Diagramm %s", diag.Named{ID: b.ID, Label: b.Title})
	case prose.Table:
		return diag.Say("table %s", "die Tabelle %s", diag.Named{ID: b.ID, Label: b.Title})
	case prose.Cards:
		return diag.Say("block of cards", "ein Block mit Karten (cards)")
	}
	return diag.Say("block of headline figures", "ein Block mit Kennzahlen (figures)")
}

type difference struct{ key, here, there string }

// said is what one of the two pages has under the key.
func (d difference) said(value string) diag.Text {
	if d.key == cardsKey {
		return diag.Say("cards for %s", "Karten für %s", value)
	}
	if value == "" {
		return diag.Say("no %s:", "kein %s:", d.key)
	}
	return diag.Say("%s: %s", "%s: %s", d.key, value)
}

func differences(b, other BlockSeen) []difference {
	keys := []difference{
		{"type", other.Type, b.Type}, {"figures", other.IDs, b.IDs},
		{"column", other.Column, b.Column}, {"claim", other.Claim, b.Claim},
		{"place", other.Place, b.Place},
	}
	for _, key := range grid.Keys {
		if key != "columns" || other.Column == "" && b.Column == "" { // or else it is said already
			keys = append(keys, difference{key, other.Cut[key], b.Cut[key]})
		}
	}
	return slices.DeleteFunc(keys, func(d difference) bool { return d.here == d.there })
}

// cardsKey stands for the cards of a block, which is no key of its own.
const cardsKey = "cards"

// cardDifferences compares the cards of two blocks, by the names that their pages have in
// the default language. A page that exists in one language only has a card there alone.
func cardDifferences(b, other BlockSeen, lang, otherLang *locale.Lang) []difference {
	lost := func(c CardSeen) bool { return c.To == nil }
	if slices.ContainsFunc(b.Cards, lost) || slices.ContainsFunc(other.Cards, lost) {
		return nil // where a card leads nowhere, that was said
	}
	there, drawnThere := cardNames(b, otherLang)
	here, drawnHere := cardNames(other, lang)
	if h, t := strings.Join(here, ", "), strings.Join(there, ", "); h != t {
		return []difference{{cardsKey, h, t}}
	}
	var all []difference
	for i := range here {
		if drawnHere[i] != drawnThere[i] {
			all = append(all, difference{"figures", drawnHere[i], drawnThere[i]})
		}
	}
	return all
}

// cardNames are the pages that the cards of a block lead to, of those that exist in a
// language, and what each card draws.
func cardNames(b BlockSeen, in *locale.Lang) (names, drawn []string) {
	for _, card := range b.Cards {
		if card.To.Group == nil || card.To.Group.In(in.Code) == nil {
			continue
		}
		name, figures := card.To.Group.Name+".md", ""
		if len(card.IDs) > 0 {
			figures = "{" + name + ": [" + strings.Join(card.IDs, ", ") + "]}"
		}
		names, drawn = append(names, name), append(drawn, figures)
	}
	return names, drawn
}
