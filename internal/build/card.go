package build

import (
	"path"
	"strings"

	"bilanz/internal/chart"
	"bilanz/internal/figure"
	"bilanz/internal/prose"
	"bilanz/internal/render"
)

// Social cards are made only where the site's address is known: without it no network
// finds them. Each returns the card, the zero one where there is none.

// mostCards is how many pages a site may have for each to have a card of its own. On a
// larger one every page shows the card of its language's start page: ten thousand
// pictures would take longer than the site. Charts always have their own.
const mostCards = 300

// pageCard writes the card of a page of prose. Its number is the first of its headline
// figures.
func (t *turn) pageCard() render.SocialCard {
	p := t.page
	start := t.site.Start(t.lang)
	if len(t.site.Pages) > mostCards && start != nil && p != start {
		return t.saying(t.tongue, t.cardAt(start.Path), &chart.Card{Title: start.Front.Title})
	}
	card := chart.Card{Title: p.Front.Title, Text: p.Front.Description}
	for _, b := range t.doc.Blocks {
		if b.Kind == prose.Headline && card.Number == "" {
			f := b.Figures[0]
			t.number(&card, f, t.value(f))
		}
	}
	return t.writeCard(t.tongue, t.cardAt(p.Path), card)
}

// chartCard writes the card of a chart. Its number is the first figure that its summary
// cites as it is.
func (t *turn) chartCard(l *laid) render.SocialCard {
	card := chart.Card{Title: l.block.Title}
	for _, c := range t.doc.Cites {
		if c.Block == l.block && !c.None && c.Ref.Option == figure.Plain && card.Number == "" {
			t.number(&card, c.Ref.Figure, c.Said)
		}
	}
	return t.writeCard(t.tongue, t.cardAt(t.chartRoot(l.block.ID)+"/"), card)
}

// listCard writes the card of a page that lists figures.
func (b *builder) listCard(t *tongue, address, title, text string) render.SocialCard {
	return b.writeCard(t, b.cardAt(address), chart.Card{Title: title, Text: text})
}

// number puts a number on a card, with all that belongs to a number.
func (t *tongue) number(card *chart.Card, f *figure.Figure, said string) {
	if f.Value.Number == nil {
		return
	}
	card.Number, card.Unit = said, t.unit(f)
	card.Text, _ = t.when(f)
	if label := t.label(f); !strings.EqualFold(label, card.Unit) { // a part must not pass for the whole
		card.Text += " · " + label
	}
	card.Source = t.lang.Word("source") + ": " + t.source(f)
}

func (b *builder) cardAt(address string) string {
	if b.base == "" {
		return ""
	}
	return path.Join("cards", address, "card.png")
}

// writeCard draws a card, unless this is only a check: a card has nothing to find fault
// with.
func (b *builder) writeCard(t *tongue, name string, card chart.Card) render.SocialCard {
	said := b.saying(t, name, &card)
	if b.tree == nil || name == "" {
		return said
	}
	data, err := b.studio.Card(b.ctx, card)
	b.fail(err)
	if err == nil {
		b.write(name, data)
	}
	return said
}

// saying completes what a card says, and gives it for its address.
func (b *builder) saying(t *tongue, name string, card *chart.Card) render.SocialCard {
	if name == "" {
		return render.SocialCard{}
	}
	card.Site = b.config.Title[t.lang.Code]
	if card.Title == card.Site {
		card.Site = b.config.Edition.Label[t.lang.Code]
	}
	if b.config.Demo {
		card.Demo = t.lang.Word("demo")
	}
	return render.SocialCard{To: name, Alt: card.Alt()}
}
