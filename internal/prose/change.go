package prose

import (
	"math/big"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"

	"github.com/yuin/goldmark/ast"
)

// A change is said by its amount and its direction: "fell by 9.3", or "−9.3". The words
// of the direction may stand in the link, or in the sentence right beside it, or the
// address says it ("?fall"). Wherever it is said, it must be that of the figure. Where
// the figure goes the other way by now, nobody but the author can mend the sentence.

// around is the text on both sides of a link: of a line of plain text its words, of a node
// what stands beside it.
type around struct {
	before, after string
	node          ast.Node // nil for a line of plain text
}

func (v *visitor) sides(a around) (before, after string) {
	if a.node == nil {
		return a.before, a.after
	}
	side := func(n ast.Node) string {
		if t, ok := n.(*ast.Text); ok {
			return string(t.Segment.Value(v.source))
		}
		return ""
	}
	return side(a.node.PreviousSibling()), side(a.node.NextSibling())
}

// verifyChange proves what a link says of a direction. It reports false where the link
// says none and is a number like all others.
func (v *visitor) verifyChange(c *Cite, beside around) bool {
	l := v.written(c)
	exact, decimals, _ := c.Ref.Exact()
	said, isChange := l.ParseChange(c.Text)
	plain, isPlain := l.Parse(c.Text)
	direction := c.Ref.Option.Direction
	if direction == locale.Unsaid && c.Ref.Figure.IsChange() {
		before, after := v.sides(beside)
		direction = l.DirectionAround(before, v.withoutNoun(c.Ref.Figure, after))
	}
	switch {
	case isChange && !said.Signed && !c.Ref.Figure.IsChange():
		v.unmarkedChange(c)
		return true
	case isChange && direction != locale.Unsaid && direction != said.Direction, isPlain && direction != locale.Unsaid && plain.Value.Sign() < 0:
		v.contrary(c)
		return true
	case isChange:
		direction = said.Direction
	}
	shows := c.Ref.Shows()
	switch {
	case direction != locale.Unsaid && direction != shows:
		v.otherDirection(c, direction, shows)
	case direction != locale.Unsaid:
		ref := c.Ref
		ref.Option.Direction = direction
		if want := ref.Text(l); c.Text == "" || sameWords(c.Text, want) {
			c.Text = want
		} else {
			v.verifyAmount(c, new(big.Rat).Abs(exact), decimals, want)
		}
	case isPlain && !plain.Part && locale.Direction(plain.Value.Sign())*shows < 0:
		v.otherDirection(c, locale.Unsaid, shows)
	default:
		return false
	}
	return true
}

// withoutNoun leaves out the noun of a figure's unit at the start of a text: "points lower".
func (v *visitor) withoutNoun(f *figure.Figure, text string) string {
	text = strings.TrimSpace(text)
	for _, noun := range f.Unit.Nouns(v.lang.Code) {
		if noun != "" && beginsWith(text, noun) {
			return text[len(noun):]
		}
	}
	return text
}

// unmarkedChange reports words of a direction for a figure of which nobody said that it
// is a change: a balance of 9.3 did not rise by 9.3.
func (v *visitor) unmarkedChange(c *Cite) {
	f := c.Ref.Figure
	v.add(diag.Diagnostic{
		Code: "change-unmarked", Place: v.text.place(c.Start, c.End),
		Text: diag.Say("%s speaks of a change, but nothing says that %s is one",
			"%s spricht von einer Veränderung, aber nirgends steht, dass %s eine ist", quoted(c.Text), f.Named()),
		Notes: []diag.Note{v.figureNote(f)},
		Ways: []diag.Text{
			diag.Say("write change: true at the figure, if it says by how much something rose or fell",
				"schreiben Sie change: true bei der Kennzahl, wenn sie sagt, um wie viel etwas stieg oder sank"),
			diag.Say("write only the number between the brackets: [%s](%s)",
				"schreiben Sie nur die Zahl zwischen die Klammern: [%s](%s)", c.Ref.Text(v.lang), address(c.Ref)),
		},
	})
}

// contrary reports a link that says two directions.
func (v *visitor) contrary(c *Cite) {
	v.add(diag.Diagnostic{
		Code: "change-differs", Place: v.text.place(c.Start, c.End),
		Text: diag.Say("%s says one direction, and the words or the address beside it another",
			"%s nennt eine Richtung, die Wörter oder die Adresse daneben eine andere", quoted(c.Text)),
		Notes: []diag.Note{v.figureNote(c.Ref.Figure)},
		Ways: []diag.Text{diag.Say("say the direction once, and the number without a sign",
			"nennen Sie die Richtung einmal, und die Zahl ohne Vorzeichen")},
	})
}

// otherDirection reports that a figure goes another way than the sentence says. No edit
// can mend it: the words around the link may say the direction as well.
func (v *visitor) otherDirection(c *Cite, said, shows locale.Direction) {
	f := c.Ref.Figure
	d := diag.Diagnostic{
		Code: "change-differs", Place: v.text.place(c.Start, c.End), Notes: []diag.Note{v.figureNote(f)},
		Text: diag.Say("the sentence says %s, but %s is %s; only you can say whether the words beside it say the sign",
			"im Text steht %s, die Kennzahl %s ist aber %s; ob die Wörter daneben das Vorzeichen sagen, wissen nur Sie",
			c.Text, f.Named(), signed(c.Ref).Text(v.lang)),
	}
	if said != locale.Unsaid {
		d.Text = diag.Say("the sentence says that it %s, but %s is %s",
			"im Text heißt es, dass es %s, die Kennzahl %s ist aber %s", movement(said), f.Named(), signed(c.Ref).Text(v.lang))
	}
	switch {
	case shows != locale.Unsaid && f.IsChange():
		way := c.Ref
		way.Option.Direction = shows
		d.Ways = append(d.Ways, diag.Say("if the figure is right, say in the sentence that it %s, and write [%s](%s)",
			"stimmt die Kennzahl, sagen Sie im Satz, dass es %s, und schreiben Sie [%s](%s)",
			movement(shows), way.Text(v.lang), address(way)))
	default:
		ref := signed(c.Ref)
		d.Ways = append(d.Ways, diag.Say("if the figure is right, write [%s](%s), and read the words around it",
			"stimmt die Kennzahl, schreiben Sie [%s](%s), und lesen Sie die Wörter daneben", ref.Text(v.lang), address(ref)))
		if shows != locale.Unsaid {
			d.Ways = append(d.Ways, diag.Say("if it says by how much something rose or fell, write change: true at the figure; then the sentence can say so",
				"sagt sie, um wie viel etwas stieg oder sank, schreiben Sie change: true bei der Kennzahl; dann kann der Satz es sagen"))
		}
	}
	if f.Formula == "" && !c.Ref.Option.Share {
		d.Ways = append(d.Ways, diag.Say("correct the value in %s", "berichtigen Sie den Wert in %s", f.ValueAt.Path))
	}
	v.add(d)
}

// signed cites the same with its sign.
func signed(ref figure.Ref) figure.Ref {
	ref.Option.Direction = locale.Unsaid
	return ref
}

// movement names a direction in a message.
func movement(d locale.Direction) diag.Text {
	if d == locale.Fell {
		return diag.Say("fell", "sank")
	}
	return diag.Say("rose", "stieg")
}
