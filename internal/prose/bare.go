package prose

import (
	"math/big"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"

	"github.com/yuin/goldmark/ast"
)

var (
	thousand = big.NewRat(1000, 1)
	ten      = big.NewRat(10, 1)
)

// bareNumbers is the spell-check for numbers: it looks at the running text of one
// paragraph, heading or cell for numbers that should be references. A number that
// equals a figure is an error from 1,000 up, or with the figure's unit beside it;
// otherwise it is a warning.
func (v *visitor) bareNumbers(n ast.Node) {
	if !v.hasDigit(n) {
		return
	}
	var b stretch
	v.gather(n, &b)
	v.linked = b.linked
	v.scan(b.text.String(), b.source)
	v.linked = nil
}

// hasDigit is the quick way out for most paragraphs.
func (v *visitor) hasDigit(n ast.Node) bool {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if t, ok := child.(*ast.Text); ok {
			for _, b := range t.Segment.Value(v.source) {
				if signs[b] == '0' {
					return true
				}
			}
			continue
		}
		if v.hasDigit(child) {
			return true
		}
	}
	return false
}

// stretch is running text put together from nodes, with the way back to where
// each byte of it stands in the source.
type stretch struct {
	text  strings.Builder
	begin []int // in text
	at    []int // in the source
	// linked are the beginnings and ends of links in text, in turn; those to figures too.
	linked []int
}

func (s *stretch) add(text []byte, at int) {
	s.begin, s.at = append(s.begin, s.text.Len()), append(s.at, at)
	s.text.Write(text)
}

// addText adds a text of the source as readers get it.
func (s *stretch) addText(text []byte, start int) {
	if isPlain(text) {
		s.add(text, start)
		return
	}
	readable(text, func(piece []byte, at int) {
		seen(piece, func(piece []byte, further int) { s.add(piece, start+at+further) })
	})
}

func (s *stretch) source(i int) int {
	k, found := slices.BinarySearch(s.begin, i)
	if !found {
		k--
	}
	return s.at[k] + i - s.begin[k]
}

// object stands for what is no text.
const object = "\ufffc"

// gather writes the text of a node; what is a reference or code already becomes
// a character that stands for an object.
func (v *visitor) gather(n ast.Node, s *stretch) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Text:
			s.addText(child.Segment.Value(v.source), child.Segment.Start)
			switch {
			case child.HardLineBreak():
				s.add([]byte("\n"), child.Segment.Stop)
			case child.SoftLineBreak():
				s.add([]byte(" "), child.Segment.Stop)
			}
		case *ast.String:
			s.add(child.Value, 0)
		case *citeNode:
			s.linked = append(s.linked, s.text.Len(), s.text.Len()+len(object))
			s.add([]byte(object), 0)
		case *markNode, *ast.CodeSpan, *ast.AutoLink:
			s.add([]byte(object), 0)
		case *ast.Link:
			s.linked = append(s.linked, s.text.Len())
			v.gather(child, s)
			s.linked = append(s.linked, s.text.Len())
		default:
			v.gather(child, s)
		}
	}
}

// bareNumber is a number without a link.
type bareNumber struct {
	said          locale.Said
	words, phrase string   // the number, and with the words before it that say how exact it is
	near          []string // the words around it
	first         int      // where the phrase begins in the source
	start, end    int      // of the number
	apart         bool     // its groups are parted by plain spaces: "416 374"
	tells         bool     // it looks like a result
	maybeYear     bool     // a person has to say whether it is a year: "in 1998 readers came"
	linked        bool     // it stands in a link, which can hold no other
}

// scan looks at every number of a text that stands in the source where at says.
func (v *visitor) scan(text string, at func(int) int) {
	if !v.isIdle(text) {
		v.scanAll(text, at)
	}
}

func (v *visitor) scanAll(text string, at func(int) int) {
	masked := v.mask(text)
	found := v.lang.Scan(masked)
	for i := 0; i < len(found); i++ {
		said := found[i]
		joined, apart := v.joined(masked, found[i:])
		if apart == 0 && !v.matters(masked, said) || v.ordinary(masked, said) || v.isLabelled(masked, found, i) {
			continue
		}
		if apart > 0 {
			said, i = joined, i+apart
		}
		if isTorn(text[said.End:]) {
			continue // link-open tells it
		}
		if v.quota.Full("number-bare", diag.Error) {
			return
		}
		maybeYear := v.lang.IsYear(masked, said)
		if maybeYear {
			_, maybeYear = v.lang.AsYear(masked, said)
		}
		v.bare(bareNumber{
			said: said, words: oneLine(text[said.NumberAt:said.End]), phrase: oneLine(text[said.Start:said.End]),
			near: v.beside(masked, said), first: at(said.Start), start: at(said.NumberAt), end: at(said.End-1) + 1,
			apart: apart > 0, tells: v.tells(masked, said), maybeYear: maybeYear,
			linked: v.isLinked(said.NumberAt),
		})
	}
}

// isLinked reports whether a byte of the text that is looked at stands in a link.
func (v *visitor) isLinked(i int) bool {
	for k := 0; k < len(v.linked); k += 2 {
		if v.linked[k] <= i && i < v.linked[k+1] {
			return true
		}
	}
	return false
}

// oneLine puts words that a hard break parts on one line.
func oneLine(words string) string { return strings.ReplaceAll(words, "\n", " ") }

// isIdle is the quick way out for most texts, which builds nothing: they hold no number
// but years and small ones that equal no figure and count nothing. A text of which it is
// not sure is looked at.
func (v *visitor) isIdle(text string) bool {
	for i := 0; i < len(text); i++ {
		if signs[text[i]] != '0' {
			continue
		}
		n, plain := v.lang.Whole(text, i)
		switch {
		case !plain, n.Rate, n.Value >= 1000 && !n.Year, v.context.Figures.EqualWhole(n.Value):
			return false
		case n.Year && v.counts(text, n.End, 1), !n.Year && n.Value >= 10 && v.counts(text, n.End, mostBetween),
			n.Value >= 10 && v.isMoney(text, i, n.End):
			return false
		}
		i = n.End - 1
	}
	return true
}

// joined reads the first of some numbers and those behind it as one whose groups
// are parted by plain spaces, as people type it, if that equals a figure; and says
// how many of those behind it belong to it.
func (v *visitor) joined(text string, found []locale.Said) (whole locale.Said, more int) {
	whole = found[0]
	if whole.DigitsEnd-whole.NumberAt > 3 || whole.DigitsEnd != whole.End || !whole.Value.IsInt() || whole.Spelt {
		return whole, 0
	}
	one := whole
	for i, next := range found[1:] {
		if next.NumberAt != one.End+1 || text[one.End] != ' ' || next.Start != next.NumberAt || next.DigitsEnd-next.NumberAt != 3 || next.DigitsEnd != next.End || !next.Value.IsInt() || next.Spelt {
			break
		}
		one.Value = new(big.Rat).Add(new(big.Rat).Mul(one.Value, thousand), next.Value)
		one.DigitsEnd, one.End = next.DigitsEnd, next.End
		if len(v.context.Figures.Equal(one.Value, false)) > 0 {
			whole, more = one, i+1
		}
	}
	return whole, more
}

// matters is the quick way out for most numbers: the small ones that equal nothing and
// are no rate and no count.
func (v *visitor) matters(text string, said locale.Said) bool {
	if v.tells(text, said) || len(v.context.Figures.Equal(said.Value, said.Percent)) > 0 {
		return true
	}
	other, ok := v.lang.Swapped(text[said.NumberAt:said.End])
	return ok && other.Value.Cmp(thousand) >= 0
}

// tells reports whether a number looks like a result, whatever figures there are: a rate,
// a large one, or one from ten on that counts what figures count.
func (v *visitor) tells(text string, said locale.Said) bool {
	return said.Percent || said.Points || said.AtLeast(thousand) ||
		said.AtLeast(ten) &&
			(v.counts(text, said.End, mostBetween) || v.isMoney(text, said.NumberAt, said.End))
}

// mask hides the phrases that site.yaml calls harmless.
func (v *visitor) mask(text string) string {
	for _, phrase := range v.context.Harmless {
		text = strings.ReplaceAll(text, phrase, strings.Repeat("x", len(phrase)))
	}
	return text
}

// beside gives the three words after a number and the two before it, in small
// letters: where its noun stands.
func (v *visitor) beside(text string, said locale.Said) []string {
	words := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	}
	after := words(text[said.End:min(len(text), runeStart(text, said.End+80))])
	before := words(text[runeStart(text, max(0, said.NumberAt-40)):said.NumberAt])
	near := after[:min(3, len(after))]
	return append(slices.Clone(near), before[max(0, len(before)-2):]...)
}

// runeStart moves i forward to where a character begins.
func runeStart(s string, i int) int {
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return min(i, len(s))
}

// bare judges one number without a link.
func (v *visitor) bare(n bareNumber) {
	equal := v.context.Figures.Equal(n.said.Value, n.said.Percent)
	if len(equal) == 0 {
		// Copied from a text in another language?
		if other, ok := v.lang.Swapped(n.words); ok && other.Value.Cmp(thousand) >= 0 {
			if equal = v.context.Figures.Equal(other.Value, other.Percent); len(equal) > 0 {
				n.said.Value, n.said.Decimals = other.Value, other.Decimals
			}
		}
	}
	if len(equal) == 0 {
		if n.tells {
			v.unlinked(n)
		}
		return
	}
	equal = v.withoutTwins(withoutRepeats(equal))
	beside := slices.DeleteFunc(slices.Clone(equal), func(f *figure.Figure) bool { return !v.namesUnit(f, n.near) })
	switch {
	case len(beside) > 0:
		v.bareFigure(n, beside, diag.Error)
	case n.said.AtLeast(thousand):
		v.bareFigure(n, equal, diag.Error)
	case n.said.AtLeast(ten) || n.said.Percent:
		v.bareFigure(n, equal, diag.Warning)
	}
}

// withoutRepeats leaves out a series where a figure of its own has the same value
// and unit: the series ends with that figure, and a sentence means the figure.
func withoutRepeats(equal []*figure.Figure) []*figure.Figure {
	return slices.DeleteFunc(slices.Clone(equal), func(f *figure.Figure) bool {
		return f.Series != nil && slices.ContainsFunc(equal, func(other *figure.Figure) bool {
			return other.Series == nil && other.Unit == f.Unit
		})
	})
}

// withoutTwins leaves out what a check holds to be the same number of the same unit as a
// figure before it: there is nothing to choose.
func (v *visitor) withoutTwins(equal []*figure.Figure) []*figure.Figure {
	var kept []*figure.Figure
	for _, f := range equal {
		if !slices.ContainsFunc(kept, func(other *figure.Figure) bool {
			return other.Unit == f.Unit && v.context.Figures.HeldEqual(other, f)
		}) {
			kept = append(kept, f)
		}
	}
	return kept
}

// namesUnit reports whether the noun of a figure's unit is among the words.
func (v *visitor) namesUnit(f *figure.Figure, near []string) bool {
	if f.Unit == nil {
		return false
	}
	for _, noun := range f.Unit.Nouns(v.lang.Code) {
		if noun == "" {
			continue
		}
		last := strings.Fields(strings.ToLower(noun))
		if slices.Contains(near, last[len(last)-1]) || slices.Contains(near, last[0]) {
			return true
		}
	}
	return false
}

// unlinked reports a large number that equals no figure; one that says how exact
// it is may be a rounding of some.
func (v *visitor) unlinked(n bareNumber) {
	d := diag.Diagnostic{
		Code: "number-unlinked", Severity: diag.Warning, Place: v.text.place(n.start, n.end), About: v.under(n.words),
		Text: diag.Say("%s is a bare number that equals no figure",
			"%s steht ohne Verweis im Text und ist keine Kennzahl", n.words),
	}
	for _, f := range v.rounded(n) {
		d.Ways = append(d.Ways, n.write("["+n.phrase+"](fig:"+f.ID+")"))
	}
	d.Ways = append(d.Ways,
		diag.Say("add the figure in content/figures/ and link the number to it",
			"ergänzen Sie die Kennzahl in content/figures/ und verweisen Sie auf sie"),
		n.none())
	v.add(d)
}

// write offers a link to paste. A link can hold no other, so in one the number is to be
// taken out.
func (n bareNumber) write(link string) diag.Text {
	if n.linked {
		return diag.Say("a link can hold no other: take the number out of it, and write %s beside it",
			"ein Link kann keinen zweiten enthalten: nehmen Sie die Zahl heraus, und schreiben Sie daneben %s", link)
	}
	return diag.Say("write %s", "schreiben Sie %s", link)
}

// none offers to say that the number is no figure.
func (n bareNumber) none() diag.Text {
	link := "[" + n.words + "](fig:none)"
	if n.linked {
		return diag.Say("if it is no figure, take it out of the link, and write %s beside it",
			"ist es keine Kennzahl, nehmen Sie sie aus dem Link, und schreiben Sie daneben %s", link)
	}
	return diag.Say("write %s if it is no figure", "schreiben Sie %s, wenn es keine Kennzahl ist", link)
}

// under is what a problem of running text is about: this, and the heading above.
func (v *visitor) under(ids ...string) []string {
	if v.anchorID != "" {
		ids = append(ids, v.anchorID)
	}
	return ids
}

// mostRounded is how many figures a message offers for a rounded number.
const mostRounded = 3

// rounded finds the figures that a number in words is a right rounding of.
func (v *visitor) rounded(n bareNumber) []*figure.Figure {
	said := n.said
	if said.Relation == locale.Exact && said.Scaled {
		said.Relation = locale.Around
	}
	if said.Relation == locale.Exact || said.Digits < 2 {
		return nil
	}
	return slices.DeleteFunc(v.context.Figures.Fitting(said, mostRounded), func(f *figure.Figure) bool {
		return f.Unit.IsPercent() != said.Percent
	})
}

// alternatives are the figures that a bare number may be.
type alternatives []diag.Named

func (a alternatives) In(lang string) string {
	names := make([]string, len(a))
	for i, name := range a {
		names[i] = name.In(lang)
	}
	return strings.Join(names, diag.Say(" or ", " oder ").In(lang))
}

// bareFigure reports a bare number that equals figures, with the link to paste.
// One that can be only one of them is linked by "bilanz fix --link", unless the
// words before it say something else than the figure.
func (v *visitor) bareFigure(n bareNumber, equal []*figure.Figure, severity diag.Severity) {
	var names alternatives
	d := diag.Diagnostic{Code: "number-bare", Severity: severity, Place: v.text.place(n.start, n.end), About: v.under()}
	for _, f := range equal {
		d.About = append(d.About, f.ID)
	}
	for _, f := range equal[:min(len(equal), 3)] {
		names = append(names, f.Named())
		d.Notes = append(d.Notes, v.figureNote(f))
		link, start, right := v.linkTo(f, n)
		if n.said.Relation != locale.Exact && start == n.start && f.Value.Bound == locale.Exact && !n.linked {
			d.Ways = append(d.Ways, diag.Say("write %s in the place of %s, which is not true of it",
				"schreiben Sie %s anstelle von %s, was nicht auf sie zutrifft", link, quoted(n.phrase)))
			continue
		}
		d.Ways = append(d.Ways, n.write(link))
		if len(equal) == 1 && right && !n.linked && v.inOnePiece(start, n) {
			d.Edits = v.text.edits(start, n.end, link)
		}
	}
	d.Ways = append(d.Ways, n.none())
	d.Text = diag.Say("%s is a bare number, but it equals %s",
		"%s steht ohne Verweis im Text, ist aber die Kennzahl %s", n.words, names)
	if n.said.Percent && !equal[0].Unit.IsPercent() {
		d.Text = diag.Say("%s is a bare number, but it equals the share of %s",
			"%s steht ohne Verweis im Text, ist aber der Anteil von %s", n.words, names)
	}
	v.add(d)
}

// inOnePiece reports whether nothing but the words of a number stands between
// start and its end in the source. In "more than **170 centres**" a link that took
// in the words would tear the bold apart.
func (v *visitor) inOnePiece(start int, n bareNumber) bool {
	words := n.words
	if start != n.start {
		words = n.phrase
	}
	return start >= 0 && n.end <= len(v.text.bytes) &&
		slices.Equal(strings.Fields(string(v.text.bytes[start:n.end])), strings.Fields(words))
}

// linkTo writes the link that a bare number should be, and says where it begins:
// "more than 170" becomes one link with its words, which a figure that is a bound
// needs. It is right if what it says is true of the figure.
func (v *visitor) linkTo(f *figure.Figure, n bareNumber) (link string, start int, right bool) {
	ref := figure.Ref{Figure: f, Option: figure.Plain}
	ref.Option.Share = n.said.Percent && !f.Unit.IsPercent()
	decimals := f.Decimals
	if ref.Option.Share {
		decimals = min(n.said.Decimals, 6) // as many as a link can ask for
		if decimals > 0 {
			ref.Option.Decimals = int8(decimals)
		}
	}
	l := f.Unit.Written(v.lang)
	words, ok := l.Put(n.words, n.said.Value, decimals)
	phrase := n.phrase
	switch {
	case n.apart:
		words = l.Number(n.said.Value, decimals)
		phrase = strings.TrimSuffix(phrase, n.words) + words
	case !ok:
		words = n.words
	}
	right, start = n.said.Relation == f.Value.Bound && !n.maybeYear, n.start
	switch {
	case right && n.said.Relation != locale.Exact:
		words, start = phrase, n.first
	case f.Value.Bound != locale.Exact:
		words = ref.Text(v.lang)
	case n.said.Relation != locale.Exact:
		exact, _, known := ref.Exact()
		if right = known && n.said.Holds(exact); right {
			words, start = phrase, n.first
		}
	}
	return "[" + words + "](" + address(ref) + ")", start, right
}

// isTorn reports whether the words before a text are the first half of a link that is
// none, "[1,998] (fig:readers)", "[1,998](fig: readers)". That is told as link-open; its
// number is not told once more, nor linked.
func isTorn(after string) bool {
	rest, closed := strings.CutPrefix(after, "]")
	address, opened := strings.CutPrefix(strings.TrimLeft(rest, " \n\u00a0"), "(")
	return closed && opened && strings.HasPrefix(strings.TrimLeft(address, " \n\u00a0"), "fig:")
}
