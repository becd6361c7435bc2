package prose

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/schema"

	"github.com/yuin/goldmark/ast"
)

// A Subject is one card of a block of cards: a page, a sentence about it, and the figures
// of a small picture.
type Subject struct {
	Link       *Link
	Figures    []*figure.Figure // two or three; none for a card without a picture
	Start, End int              // of the first line of its item

	link  ast.Node // which is the card's heading
	first ast.Node // that link, or what makes it bold; behind it stands the sentence
}

// A Picture is what a block of cards says of a page that none of its cards leads to.
type Picture struct {
	Page       string // as written
	Start, End int
}

// The figures of a card's picture. One bar compares nothing, and more than three are a
// chart, which stands on the page that the card leads to.
const (
	fewestBars = 2
	mostBars   = 3
	mostCards  = 24
)

// picture is the figures that a block of cards names for a page.
type picture struct {
	Picture
	figures []*figure.Figure
}

// pictures reads the figures of the cards, by page.
func (v *visitor) pictures(fields schema.Fields) []picture {
	node := fields.Get("figures")
	if node == nil {
		return nil
	}
	var all []picture
	for _, value := range node.Values() {
		start, end := value.KeySpan()
		all = append(all, picture{Picture{value.Key(), start, end}, v.bars(value)})
	}
	return all
}

// bars finds the figures of one picture.
func (v *visitor) bars(node *schema.Node) []*figure.Figure {
	var all []*figure.Figure
	items := node.Items()
	for _, item := range items {
		id, ok := item.Scalar(v.list)
		if !ok {
			return nil
		}
		start, end := item.Span()
		f := v.lookupAt(id, start, end, "")
		if f == nil || f.Value.Broken {
			return nil
		}
		all = append(all, f)
	}
	if len(items) < fewestBars || len(items) > mostBars {
		start, end := node.KeySpan()
		v.report("card-figures", diag.Error, start, end,
			diag.Say("the picture of a card has two or three bars, and this one has %d",
				"das Bild einer Karte hat zwei oder drei Balken, dieses hat %d", len(items)),
			diag.Say("name two or three figures; charts with more stand on the page that the card leads to",
				"nennen Sie zwei oder drei Kennzahlen; größere Diagramme stehen auf der Seite, zu der die Karte führt"),
			diag.Say("delete the line, and the card has no picture",
				"streichen Sie die Zeile, dann hat die Karte kein Bild"))
		return nil
	}
	for i := range all {
		if why, wrong := notBeside(all[0], all[i]); wrong {
			start, end := items[i].Span()
			v.report("card-figures", diag.Error, start, end, why,
				diag.Say("name other figures, or delete the line, and the card has no picture",
					"nennen Sie andere Kennzahlen, oder streichen Sie die Zeile, dann hat die Karte kein Bild"))
			return nil
		}
	}
	return all
}

// notBeside says why a figure cannot be a bar beside the first: a card draws numbers of one
// unit, and has no room for a warning.
func notBeside(first, f *figure.Figure) (why diag.Text, wrong bool) {
	switch {
	case f.Value.Number == nil:
		return diag.Say("%s has no number, so a card cannot draw it",
			"die Kennzahl %s hat keine Zahl; eine Karte kann sie nicht zeichnen", f.Named()), true
	case f == first:
		return diag.Text{}, false
	case f.Unit != first.Unit:
		return diag.Say("a card shows figures of one unit, but %s are %s and %s are %s",
			"eine Karte zeigt Kennzahlen einer Einheit, aber %[1]s sind %[2]s und %[3]s sind %[4]s",
			first.Named(), first.Unit.Other, f.Named(), f.Unit.Other), true
	case f.Parent != nil && f.Parent == first.Parent && f.Parent.Discrepancy != nil:
		return diag.Say("the parts of %s do not add up to it, which a card has no room to say",
			"die Teile von %s ergeben nicht die Summe, und auf einer Karte ist kein Platz, das zu sagen",
			f.Parent.Named()), true
	case f.Series != nil && f.Series == first.Series && breaksBetween(first, f):
		return diag.Say("%s was counted in another way in between, which a card has no room to say",
			"die Kennzahl %s wurde dazwischen anders gezählt, und auf einer Karte ist kein Platz, das zu sagen",
			f.Series.ID), true
	}
	return diag.Text{}, false
}

// breaksBetween reports whether the counting of a series changed between two of its times.
func breaksBetween(a, b *figure.Figure) bool {
	from, to := dateOf(a), dateOf(b)
	if to.Before(from) {
		from, to = to, from
	}
	return slices.ContainsFunc(a.Series.Breaks, func(b figure.Break) bool {
		return b.From.After(from) && !b.From.After(to)
	})
}

// dateOf is the time of a figure of a series, whose own name is that of its last.
func dateOf(f *figure.Figure) time.Time {
	if f.Date.IsZero() {
		return f.Series.Points[len(f.Series.Points)-1].Date
	}
	return f.Date
}

// subjects reads the cards of a block: a list, each item of which is one.
func (v *visitor) subjects(b *Block) {
	before := v.problems
	for n := b.node.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.List:
			for item := n.FirstChild(); item != nil; item = item.NextSibling() {
				v.subject(b, item)
			}
		case *ast.HTMLBlock, *ast.LinkReferenceDefinition: // which nobody sees, or is reported
		default:
			start, end := v.lineOf(n)
			v.report("cards-body", diag.Error, start, end,
				diag.Say("a block of cards is a list, and this is no item of it",
					"ein Block mit Karten ist eine Liste, und hier steht kein Punkt der Liste"), cardWay())
		}
	}
	if len(b.Subjects) == 0 && v.problems == before {
		v.report("cards-body", diag.Error, b.Start, b.End,
			diag.Say("this block has no cards", "dieser Block hat keine Karten"), cardWay())
	}
	if len(b.Subjects) > mostCards {
		over := b.Subjects[mostCards]
		v.add(diag.TooMany(v.text.place(over.Start, over.End), mostCards,
			diag.Say("cards in a block", "Karten in einem Block"),
			diag.Say("lead to the others from another page", "führen Sie zu den übrigen von einer anderen Seite aus")))
	}
	v.place(b, v.problems == before)
}

func cardWay() diag.Text {
	return diag.Say("write a line for each card, below an empty line: - [Advice](advice.md): one sentence",
		"schreiben Sie unter einer leeren Zeile für jede Karte eine Zeile: - [Beratung](advice.md): ein Satz")
}

// subject reads one card: a link to a page, and a sentence.
func (v *visitor) subject(b *Block, item ast.Node) {
	words := item.FirstChild()
	if words == nil || words.Kind() != ast.KindTextBlock && words.Kind() != ast.KindParagraph {
		start, end := v.lineOf(item)
		v.misshapen(start, max(end, start+1), diag.Say("this card does not begin with a link to a page",
			"diese Karte beginnt nicht mit einem Link zu einer Seite"))
		return
	}
	s := &Subject{first: words.FirstChild()}
	s.Start, s.End = v.lineOf(words)
	for s.link = s.first; isEmphasis(s.link); {
		s.link = s.link.FirstChild()
	}
	link, ok := s.link.(*ast.Link)
	switch {
	case !ok:
		v.misshapen(s.Start, s.End, diag.Say("this card does not begin with a link to a page",
			"diese Karte beginnt nicht mit einem Link zu einer Seite"))
	case len(v.sentence(s)) == 0:
		v.misshapen(s.Start, s.End, diag.Say("this card has a link and no sentence",
			"diese Karte hat einen Link, aber keinen Satz"))
	case words.NextSibling() != nil:
		start, end := v.lineOf(words.NextSibling())
		v.misshapen(start, max(end, start+1), diag.Say("a card is a link and a sentence, and has nothing below them",
			"eine Karte ist ein Link und ein Satz; darunter steht nichts mehr"))
	default:
		s.Link = linkOf(link)
		v.oneLink(s)
		v.oncePerPage(b, s)
		b.Subjects = append(b.Subjects, s)
	}
}

func (v *visitor) misshapen(start, end int, text diag.Text) {
	v.report("card-form", diag.Error, start, end, text, cardWay())
}

// isEmphasis reports whether a node does nothing but make another one bold.
func isEmphasis(n ast.Node) bool {
	return n != nil && n.Kind() == ast.KindEmphasis && n.ChildCount() == 1
}

// sentence is the plain words behind the link of a card.
func (v *visitor) sentence(s *Subject) string {
	var words strings.Builder
	for n := s.first.NextSibling(); n != nil; n = n.NextSibling() {
		if text, ok := n.(*ast.Text); ok {
			words.Write(text.Segment.Value(v.source))
		} else {
			words.WriteString(v.plain(n, true) + "x") // whatever it is, it is something
		}
	}
	return string(behindLink([]byte(words.String())))
}

// behindLink is what stands behind a card's link, without the sign that parts them.
func behindLink(words []byte) []byte {
	return bytes.TrimLeft(words, " \t\r\n\u00a0\u202f:–—-")
}

// oneLink wants nothing in the sentence of a card to lead anywhere: the card does.
func (v *visitor) oneLink(s *Subject) {
	for sibling := s.first.NextSibling(); sibling != nil; sibling = sibling.NextSibling() {
		_ = ast.Walk(sibling, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			start, end := s.Start, s.End
			switch n.Kind() {
			case ast.KindLink, ast.KindImage:
				span, _ := v.linkSpan(n.Pos())
				start, end = span.textStart-1, max(span.destEnd, span.textEnd)+1
			case ast.KindAutoLink:
				start = max(n.Pos(), 0)
				end = start + len(n.(*ast.AutoLink).URL(v.source)) + 2
			case kindMark:
			default:
				return ast.WalkContinue, nil
			}
			if entering {
				v.report("card-link", diag.Error, start, end,
					diag.Say("a card is one link as a whole, so nothing in its sentence leads elsewhere",
						"eine Karte ist als Ganzes ein Link; in ihrem Satz führt nichts woandershin"),
					diag.Say("write it as text, or link to it on the page that the card leads to",
						"schreiben Sie es als Text, oder verweisen Sie darauf auf der Seite, zu der die Karte führt"))
			}
			return ast.WalkSkipChildren, nil
		})
	}
}

// oncePerPage wants one card for each page.
func (v *visitor) oncePerPage(b *Block, s *Subject) {
	for _, other := range b.Subjects {
		if other.page() != s.page() {
			continue
		}
		v.add(diag.Diagnostic{
			Code: "card-twice", Place: v.text.place(s.Link.Start, s.Link.End),
			Text: diag.Say("two cards lead to %s", "zwei Karten führen zu %s", s.page()),
			Notes: []diag.Note{{Place: v.text.place(other.Link.Start, other.Link.End),
				Text: diag.Say("this is the other one", "dies ist die andere")}},
			Ways: []diag.Text{diag.Say("delete one of them, or say both in one sentence",
				"streichen Sie eine davon, oder sagen Sie beides in einem Satz")},
		})
		return
	}
}

// page is the file that the card leads to, as seen from this page.
func (s *Subject) page() string { return pageIn(s.Link.Dest) }

func pageIn(dest string) string {
	file, _, _ := strings.Cut(dest, "#")
	return path.Clean(file)
}

// place gives each picture to the card of its page. Where a card could not be read, nobody
// knows whether it is the one that a picture is for.
func (v *visitor) place(b *Block, sure bool) {
	for _, p := range b.pictures {
		found := false
		for _, s := range b.Subjects {
			if s.page() == pageIn(p.Page) {
				s.Figures, found = p.figures, true
			}
		}
		if !found && sure {
			b.Unplaced = append(b.Unplaced, p.Picture)
		}
	}
}

// Subject writes what a card says: its heading, and its sentence.
func (d *Document) Subject(s *Subject, set *Setting) (title, sentence []byte) {
	var out bytes.Buffer
	w := &writer{Buffer: &out, set: set, doc: d}
	w.children(s.link)
	title = bytes.Clone(out.Bytes())
	out.Reset()
	for n := s.first.NextSibling(); n != nil; n = n.NextSibling() {
		w.node(n)
	}
	return title, bytes.TrimSpace(behindLink(out.Bytes()))
}

// Says lists the figures that the sentence of a card says.
func (s *Subject) Says() []*figure.Figure {
	var all []*figure.Figure
	for sibling := s.first.NextSibling(); sibling != nil; sibling = sibling.NextSibling() {
		_ = ast.Walk(sibling, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			cite, ok := n.(*citeNode)
			if !ok || !entering || cite.cite.None {
				return ast.WalkContinue, nil
			}
			if ref := cite.cite.Ref; ref.Option.Field == figure.NoField && !ref.Option.Share {
				all = append(all, ref.Figure)
			}
			return ast.WalkContinue, nil
		})
	}
	return all
}
