package present

import (
	"html/template"
	"slices"
	"strconv"
	"time"

	"bilanz/internal/chart"
	"bilanz/internal/data"
	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
	"bilanz/internal/prose"
	"bilanz/internal/render"
)

// Bars is the picture of a card.
type Bars struct {
	Grid    *grid.Grid // nil for a card without a picture
	Picture []byte     // inline SVG
}

// BarSpec is the picture of a card as it is to be drawn.
func (in *Language) BarSpec(id string, g *grid.Grid) chart.Spec {
	s := specOf(g, id, form.Bar, in.Lang)
	for i := range s.Rows {
		row := &s.Rows[i]
		row.Label = barName(g, i, row.Label, in.Lang)
		row.Cells[0].Text, row.Cells[0].Sign = barValue(first(g.Lines[i]), in.Lang), "" // a card has no legend
	}
	return s
}

// barValue is what stands at the end of a bar.
func barValue(f *figure.Figure, l *locale.Lang) string {
	if unsettled(f) {
		return value(f, l) + " (" + statusWord(f, l) + ")"
	}
	return value(f, l)
}

// barName is what a card calls the nth of its bars, which a chart would call otherwise. It
// is short: the heading and the sentence say the rest. The times of one series are all that
// its bars differ in.
func barName(g *grid.Grid, n int, otherwise string, l *locale.Lang) string {
	f := first(g.Lines[n])
	other := func(other *figure.Figure) bool { return other.Series != f.Series }
	within := func(f *figure.Figure) bool { return !f.Time.IsZero() || !endsMonth(f.AsOf.Day) }
	switch figures := g.Figures(); {
	case f.Series == nil || slices.ContainsFunc(figures, other):
		return otherwise
	case slices.ContainsFunc(figures, within):
		return f.When(l)
	}
	return l.Month(f.AsOf.Day, true)
}

// endsMonth reports whether a day is the last of its month.
func endsMonth(day time.Time) bool { return !day.IsZero() && day.AddDate(0, 0, 1).Day() == 1 }

// Cards is a block of cards: the nth of its page, from 1.
func (in *Language) Cards(b *Block, nth int, s *Setting) *render.Cards {
	v := &render.Cards{
		ID: s.Prefix + "cards-" + strconv.Itoa(nth), Level: s.level(b), ItemLevel: s.level(b) + 1,
		Title: render.Text(b.Title),
	}
	set := s.Setting
	set.Cite, set.Silent = PlainNumber, true // the card is a link already
	for i, subject := range b.Subjects {
		title, words := s.doc.Subject(subject, &set)
		v.Items = append(v.Items, render.Card{
			Href: set.Target(subject.Link).Href, Title: template.HTML(title), Words: template.HTML(words),
			Picture: template.HTML(b.Bars[i].Picture), Unsaid: in.unsaid(subject, b.Bars[i]),
		})
	}
	return v
}

// unsaid is what a picture shows and the sentence beside it does not say.
func (in *Language) unsaid(s *prose.Subject, b Bars) template.HTML {
	if b.Grid == nil {
		return ""
	}
	said, html := s.Says(), template.HTML("")
	for i, row := range in.BarSpec("", b.Grid).Rows {
		f := first(b.Grid.Lines[i])
		if slices.Contains(said, f) && !unsettled(f) {
			continue
		}
		if html != "" {
			html += render.Text(in.Lang.Sign(";") + " ")
		}
		ref := figure.Ref{Figure: f, Option: figure.Plain}
		html += render.Text(in.Lang.Colon(row.Label, "")) +
			template.HTML(render.AppendFig(nil, render.Fig{ID: f.ID, Value: ref.Data(), Text: ref.Text(in.Lang)}))
		if unsettled(f) {
			html += render.Text(" (" + statusWord(f, in.Lang) + ")")
		}
	}
	return html
}

// News is what stands below the nth block of cards of a start page.
func (in *Language) News(b *Block, nth int, s *Setting) *render.News {
	l, c := in.Lang, in.Site.Config
	v := &render.News{
		ID: s.Prefix + "cards-" + strconv.Itoa(nth) + "-news", Level: s.level(b),
		Title: render.Text(l.Word("news-title")),
	}
	add := func(word, text string) {
		if text != "" {
			v.Terms = append(v.Terms, render.Term{Term: l.Word(word), Text: text})
		}
	}
	add("edition", c.Edition.Label[l.Code])
	add("data-up-to", in.upTo())
	if n := in.revised(); n > 0 {
		add("news-revised", strconv.Itoa(n))
	}
	v.Links = append(v.Links, render.FileLink{Text: l.Word("all-numbers"), Href: render.Rel(s.Path, in.FiguresAt())})
	v.Links = append(v.Links, render.FileLink{Text: l.Word("all-data"), Href: render.Rel(s.Path, in.DataAt())})
	return v
}

// upTo is the end of the last period, or the last day, that a figure speaks of; "" where
// none says it.
func (in *Language) upTo() string { return data.UpTo(in.Figures.All(), in.Lang) }

// revised is how many figures were corrected since they were first published.
func (in *Language) revised() int {
	n := 0
	for _, f := range in.Figures.All() {
		if f.Status == figure.Revised {
			n++
		}
	}
	return n
}
