package present

import (
	"cmp"
	"path"
	"strings"

	"bilanz/internal/card"
	"bilanz/internal/figure"
	"bilanz/internal/prose"
	"bilanz/internal/render"
	"bilanz/internal/site"
)

// mostCards is how many pages a site may have for each to have a card of its own. On a
// larger one every page shows the card of its language's start page: ten thousand
// pictures would take longer than the site. Charts always have their own.
const mostCards = 300

// Card is a social card that is to be drawn. They are made only where the site's
// address is known: without it no network finds them.
type Card struct {
	card.Card
	To    string // its address; "" where there is none
	Drawn bool   // it is drawn for another page
}

// View is what the head of a page says of the card; the zero one where there is none.
func (c Card) View() render.SocialCard {
	if c.To == "" {
		return render.SocialCard{}
	}
	return render.SocialCard{To: c.To, Alt: c.Alt()}
}

// PageCard is the card of a page of prose. Its number is the first of its headline
// figures.
func (in *Language) PageCard(p *site.Page, blocks []*prose.Block) Card {
	start := in.Site.Start(in.Lang)
	if len(in.Site.Pages) > mostCards && start != nil && p != start {
		shared := in.card(start.Path, card.Card{Title: start.Front.Title})
		shared.Drawn = true
		return shared
	}
	c := card.Card{Title: p.Front.Title, Text: p.Front.Description}
	for _, b := range blocks {
		if b.Kind == prose.Headline && c.Number == "" {
			f := b.Figures[0]
			in.number(&c, f, value(f, in.Lang))
		}
	}
	return in.card(p.Path, c)
}

// ChartCard is the card of a chart. Its number is the first figure that its summary
// cites as it is.
func (in *Language) ChartCard(b *Block, cites []*prose.Cite) Card {
	c := card.Card{Title: b.Title, Note: in.warning(b)}
	for _, cite := range cites {
		if cite.Block == b.Block && !cite.None && cite.Ref.Option == figure.Plain && c.Number == "" {
			in.number(&c, cite.Ref.Figure, cite.Text)
		}
	}
	return in.card(in.ChartAt(b.ID)+"/", c)
}

// warning is the first note of a known difference, or of a break, among the figures of a
// block, in one line.
func (in *Language) warning(b *Block) string {
	for _, f := range shown(b.Grid) {
		if note := in.Notes.html(f.ID, Discrepancy); note != "" {
			return strings.Join(strings.Fields(Plain(string(note))), " ")
		}
	}
	for _, s := range b.Grid.AllSeries() {
		for _, one := range s.Breaks {
			if note := in.Notes.html(BreakID(s, one), Note); note != "" {
				return strings.Join(strings.Fields(Plain(string(note))), " ")
			}
		}
	}
	return ""
}

// ListCard is the card of a page that lists figures; where there are too many groups for
// each to have one, that of the page of all figures.
func (in *Language) ListCard(h render.Head) Card {
	if in.shelves != nil && h.Path != in.FiguresAt() {
		shared := in.card(in.FiguresAt(), card.Card{Title: in.Lang.Word("all-numbers"), Text: h.Description})
		shared.Drawn = true
		return shared
	}
	return in.card(h.Path, card.Card{Title: h.Title, Text: h.Description})
}

// MostPictures is how many figures may be cited for each to have a picture to share: with
// more of them the pictures would take longer than the site.
const MostPictures = 300

// PicturesAt is the folder of the pictures of single figures.
func (in *Language) PicturesAt() string { return "cards/" + in.root + "figure/" }

// FigureCard is a picture of one figure, to be shared: its number, what it is, when, and where
// it comes from.
func (in *Language) FigureCard(f *figure.Figure) Card {
	l := in.Lang
	c := card.Card{Title: f.Full(l), Number: value(f, l), Note: in.caveat(f),
		Source: l.Colon(l.Word("source"), source(f, l))}
	if !f.SaysUnit(c.Title, l) {
		c.Unit = unit(f, l)
	}
	c.Text, _ = when(f, l)
	if unsettled(f) {
		c.Text += " · " + statusWord(f, l)
	}
	made := in.card("", c)
	if made.To != "" {
		made.To = in.PicturesAt() + f.ID + ".png"
	}
	return made
}

// number puts a number on a card, with all that belongs to a number.
func (in *Language) number(c *card.Card, f *figure.Figure, said string) {
	l := in.Lang
	if f.Value.Number == nil {
		return
	}
	label := f.Full(l)
	c.Number = said
	c.Text, _ = when(f, l)
	switch unit := unit(f, l); {
	case strings.EqualFold(label, f.Unit.Other.In(l.Code)):
		c.Unit = unit
	case f.SaysUnit(label, l): // a part must not pass for the whole
		c.Text = label + " · " + c.Text
	default:
		c.Unit, c.Text = unit, label+" · "+c.Text
	}
	if unsettled(f) {
		c.Text += " · " + statusWord(f, l)
	}
	c.Source, c.Note = l.Colon(l.Word("source"), source(f, l)), cmp.Or(c.Note, in.caveat(f))
}

// card completes what the card of the page at an address says.
func (in *Language) card(address string, c card.Card) Card {
	if in.Base == "" {
		return Card{}
	}
	config := in.Site.Config
	c.Site = config.Title[in.Lang.Code]
	if c.Title == c.Site {
		c.Site = config.Edition.Label[in.Lang.Code]
	}
	if config.Demo {
		c.Demo = in.Lang.Word("demo")
	}
	return Card{Card: c, To: path.Join("cards", address, "card.png")}
}
