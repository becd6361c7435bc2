package prose

import (
	"math/big"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// Statements about a figure are proven like numbers: how many parts it has, that they add
// up or do not, that it has no value. Option.Fits has proven that the statement is true;
// its words are the author's, but a number among them must be right.

// verifyStatement proves the words of a statement. It reports false for another field.
func (v *visitor) verifyStatement(c *Cite, want string) bool {
	f := c.Ref.Figure
	var exact *big.Rat
	decimals := 0
	switch c.Ref.Option.Field {
	case figure.PartsField:
		exact = big.NewRat(int64(len(f.Parts)), 1)
	case figure.DiscrepancyField:
		exact, decimals = new(big.Rat).Abs(f.Discrepancy.By), f.Decimals
	case figure.AddsUpField, figure.MissingField:
		if strings.ContainsAny(c.Text, "0123456789") {
			v.differs(c, "text-differs", want, want)
		}
		return true
	default:
		return false
	}
	before, number, said, ok := v.numberAmong(c.Text)
	after := c.Text[len(before)+len(number):]
	switch {
	case !ok && c.Ref.Option.Field == figure.DiscrepancyField && !strings.ContainsAny(c.Text, "0123456789"):
	case !ok && hasLetter(c.Text):
		v.amongWords(c, want)
	case !ok:
		v.differs(c, "number-unreadable", want, want)
	case said.Relation != locale.Exact || said.Scaled:
		if !said.Holds(exact) {
			v.differs(c, "number-differs", want, before+want+after)
		}
	case said.Value.Cmp(exact) != 0 || said.Percent || said.Part:
		with, ok := v.lang.Put(number, exact, decimals)
		if !ok || said.Percent {
			with = want
		}
		v.differs(c, "number-differs", want, before+with+after)
	default:
		if with, ok := v.lang.Put(number, exact, decimals); ok && !said.Spelt && !sameWords(number, with) {
			v.differs(c, "number-format", with, before+with+after)
		}
	}
	return true
}

// numberAmong reads the one number among some words: "three groups", "all three". Where
// words of a relation stand before it, they are part of it.
func (v *visitor) numberAmong(text string) (before, number string, said locale.Said, ok bool) {
	for start := 0; ; {
		for end := len(text); end > start; end = start + max(0, strings.LastIndexByte(text[start:end], ' ')) {
			said, ok = v.lang.Parse(text[start:end])
			if ok && !strings.ContainsAny(text[:start]+text[end:], digits) {
				return text[:start], text[start:end], said, true
			}
		}
		space := strings.IndexByte(text[start:], ' ')
		if space < 0 {
			return "", "", locale.Said{}, false
		}
		start += space + 1
	}
}

// untrue reports an option that does not hold of its figure.
func (v *visitor) untrue(f *figure.Figure, option figure.Option, why diag.Text, start, end int) {
	ways := []diag.Text{diag.Say("cite the figure itself: fig:%s", "nennen Sie die Kennzahl selbst: fig:%s", f.ID)}
	switch option.Field {
	case figure.DiscrepancyField, figure.AddsUpField, figure.MissingField:
		ways = []diag.Text{diag.Say("write the sentence anew, without this statement",
			"schreiben Sie den Satz neu, ohne diese Aussage")}
	}
	v.report("option-unfit", diag.Error, start, end, why, ways...)
}
