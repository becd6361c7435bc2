package present

import (
	"path"
	"strings"

	"bilanz/internal/chart"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
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
	chart.Card
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
		card := in.card(start.Path, chart.Card{Title: start.Front.Title})
		card.Drawn = true
		return card
	}
	card := chart.Card{Title: p.Front.Title, Text: p.Front.Description}
	for _, b := range blocks {
		if b.Kind == prose.Headline && card.Number == "" {
			f := b.Figures[0]
			number(&card, f, value(f, in.Lang), in.Lang)
		}
	}
	return in.card(p.Path, card)
}

// ChartCard is the card of a chart. Its number is the first figure that its summary
// cites as it is.
func (in *Language) ChartCard(b *Block, cites []*prose.Cite) Card {
	card := chart.Card{Title: b.Title}
	for _, c := range cites {
		if c.Block == b.Block && !c.None && c.Ref.Option == figure.Plain && card.Number == "" {
			number(&card, c.Ref.Figure, c.Said, in.Lang)
		}
	}
	return in.card(in.ChartAt(b.ID)+"/", card)
}

// ListCard is the card of a page that lists figures.
func (in *Language) ListCard(h render.Head) Card {
	return in.card(h.Path, chart.Card{Title: h.Title, Text: h.Description})
}

// number puts a number on a card, with all that belongs to a number.
func number(card *chart.Card, f *figure.Figure, said string, l *locale.Lang) {
	if f.Value.Number == nil {
		return
	}
	card.Number, card.Unit = said, unit(f, l)
	card.Text, _ = when(f, l)
	if label := label(f, l); !strings.EqualFold(label, card.Unit) { // a part must not pass for the whole
		card.Text += " · " + label
	}
	card.Source = l.Word("source") + ": " + source(f, l)
}

// card completes what the card of the page at an address says.
func (in *Language) card(address string, card chart.Card) Card {
	if in.Base == "" {
		return Card{}
	}
	c := in.Site.Config
	card.Site = c.Title[in.Lang.Code]
	if card.Title == card.Site {
		card.Site = c.Edition.Label[in.Lang.Code]
	}
	if c.Demo {
		card.Demo = in.Lang.Word("demo")
	}
	return Card{Card: card, To: path.Join("cards", address, "card.png")}
}
