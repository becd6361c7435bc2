package prose

import (
	"math/big"
	"strings"
	"unicode"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"

	"github.com/yuin/goldmark/ast"
)

// cite understands a link to a figure and verifies what it says. It gives nil
// for one that names no figure.
func (v *visitor) cite(n ast.Node, dest string, span linkSpan) *Cite {
	text := strings.TrimSpace(unseen.Replace(strings.ReplaceAll(v.plain(n, false), "\n", " ")))
	return v.citeAt(text, dest, span, around{node: n})
}

// citeAt does the same for a link in a line of plain text.
func (v *visitor) citeAt(text, dest string, span linkSpan, beside around) *Cite {
	c := &Cite{Start: span.textStart, End: span.textEnd, Text: text, Section: v.anchorID, Block: v.block}
	words := linkWords{dest, text}
	if known, ok := v.context.verified.Load(words); ok {
		c.Ref, c.Text = known.(verified).ref, known.(verified).text
	} else {
		before := v.problems
		if !v.prove(c, strings.TrimPrefix(dest, "fig:"), span, beside) {
			return nil
		}
		if v.problems == before && !c.None && !c.Ref.Figure.IsChange() {
			v.context.verified.Store(words, verified{c.Ref, c.Text})
		}
	}
	c.Cell = v.cell
	if !c.None {
		v.mention(c)
	}
	v.Cites = append(v.Cites, c)
	return c
}

// linkWords is a link to a figure as it is written, and verified what came of it
// where nothing was wrong: a large site says the same of a figure on many pages.
type (
	linkWords struct{ dest, text string }
	verified  struct {
		ref  figure.Ref
		text string
	}
)

// prove finds the figure that an address names, and proves that the words of the
// link are true of it. It reports false where nobody can tell what is cited.
func (v *visitor) prove(c *Cite, address string, span linkSpan, beside around) bool {
	id, query, _ := strings.Cut(address, "?")
	if id == "none" {
		c.None = true
		return true
	}
	f := v.lookup(id, span)
	if f == nil {
		return false
	}
	option, err := figure.ParseOption(query)
	if err != nil {
		at := span.destEnd - len(query)
		v.report("option-unknown", diag.Error, at+err.Start, at+err.End, err.Text, err.Ways...)
		return false
	}
	if why, fits := option.Fits(f); !fits {
		v.untrue(f, option, why, span.destEnd-len(query), span.destEnd)
		c.Ref = figure.Ref{Figure: f, Option: option}
		return option.Field >= figure.DiscrepancyField // the sentence speaks of the figure, right or wrong
	}
	c.Ref = figure.Ref{Figure: f, Option: option}
	v.verify(c, beside)
	return true
}

// mention notes whether the figure is met for the first time in its section, and
// marks its footnote there. In a card, which is a link as a whole, it is never a link.
func (v *visitor) mention(c *Cite) {
	if c.Ref.Option.Field != figure.NoField || v.block != nil && v.block.Kind == Cards {
		return
	}
	c.First = !v.section[c.Ref.Figure]
	v.section[c.Ref.Figure] = true
	if !c.First {
		return
	}
	if c.Note = v.noteOf(c.Ref.Figure); c.Note != nil {
		v.number(c.Note)
		c.nth = c.Note.Refs
	}
}

// lookup finds the figure that a link names, by its id or by a former one.
func (v *visitor) lookup(id string, span linkSpan) *figure.Figure {
	start := span.destStart + len("fig:")
	return v.lookupAt(id, start, start+len(id), "fig:")
}

// lookupAt does the same for an id anywhere; prefix is what stands before ids there.
func (v *visitor) lookupAt(id string, start, end int, prefix string) *figure.Figure {
	set := v.context.Figures
	if plain := strings.TrimPrefix(id, "fig:"); plain != id {
		v.withoutScheme(plain, prefix, start, end)
		f, _ := set.Lookup(plain)
		return f
	}
	if f, ok := set.Lookup(id); ok {
		return f
	}
	if f, ok := set.Renamed(id); ok {
		v.renamed(id, f.ID, prefix, start, end)
		return f
	}
	if set.Incomplete() {
		return nil // it may stand in the file that could not be read
	}
	d := diag.Diagnostic{
		Code: "figure-unknown", Place: v.text.place(start, end), About: []string{id},
		Text: diag.Say("there is no figure %s", "es gibt keine Kennzahl %s", id),
	}
	if v.quota.Full(d.Code, d.Severity) {
		v.add(d) // nobody sees what it may have meant
		return nil
	}
	for _, near := range set.Nearest(id) {
		d.Notes = append(d.Notes, diag.Note{Place: near.IDAt, Text: diag.Say("did you mean %s?",
			"meinten Sie %s?", near.ID)})
		d.Ways = append(d.Ways, diag.Say("write %s%s", "schreiben Sie %s%s", prefix, near.ID))
	}
	if len(d.Ways) == 0 {
		d.Ways = []diag.Text{diag.Say("see all ids with \"bilanz figures list\", or add the figure in content/figures/",
			"sehen Sie alle Kennungen mit „bilanz figures list“, oder ergänzen Sie die Kennzahl in content/figures/")}
	}
	v.add(d)
	return nil
}

// renamed says what a figure, a table or a part of one is called now.
func (v *visitor) renamed(old, now, prefix string, start, end int) {
	v.add(diag.Diagnostic{
		Code: "figure-renamed", Severity: diag.Warning, Place: v.text.place(start, end),
		Text:  diag.Say("%s is now called %s", "%s heißt jetzt %s", old, now),
		Ways:  []diag.Text{diag.Say("write %s%s", "schreiben Sie %s%s", prefix, now)},
		Edits: v.text.edits(start, end, now),
	})
}

// withoutScheme reports "fig:" where no address stands but an id, or where it stands twice.
func (v *visitor) withoutScheme(id, before string, start, end int) {
	d := diag.Diagnostic{
		Code: "figure-unknown", Place: v.text.place(start, end),
		Text: diag.Say("here stands the id alone, without fig:", "hier steht die Kennung allein, ohne fig:"),
		Ways: []diag.Text{diag.Say("write %s", "schreiben Sie %s", before+id)},
	}
	if before != "" {
		d.Text = diag.Say("fig: stands here twice", "fig: steht hier zweimal")
	}
	if _, known := v.context.Figures.Lookup(id); known {
		d.Edits = v.text.edits(start, end, id)
	} else if near := v.context.Figures.Nearest(id); len(near) > 0 {
		d.Ways = nil // the id alone would be the next mistake
		for _, f := range near {
			d.Ways = append(d.Ways, diag.Say("write %s", "schreiben Sie %s", before+f.ID))
		}
	}
	v.add(d)
}

// verify proves that the text of a link is what its figure says, in the language
// of the page. An empty text is filled in.
func (v *visitor) verify(c *Cite, beside around) {
	l := v.written(c)
	f := c.Ref.Figure
	if c.Ref.Broken() {
		return // reported where it comes from
	}
	want := c.Ref.Text(l)
	_, _, exact := c.Ref.Exact()
	switch {
	case c.Ref.Option.Field == figure.NoField && v.percentBehind(c, beside):
	case exact && c.Ref.Option.Field == figure.NoField && v.verifyChange(c, beside):
	case c.Text == "":
		c.Text = want
	case sameWords(c.Text, want):
		c.Text = want
	case v.verifyStatement(c, want):
	case c.Ref.Option.Field != figure.NoField:
		v.differs(c, "text-differs", want, want)
	case exact:
		v.verifyNumber(c, want)
	case f.Value.Number != nil && !c.Ref.Option.Share:
		v.verifyBound(c, want)
	default:
		v.missing(c, want)
	}
}

// percentBehind reports a percent sign or word behind a link that says it already:
// "[54%](fig:id?share) per cent". No edit mends it: one of the two is the author's choice.
func (v *visitor) percentBehind(c *Cite, beside around) bool {
	if !c.Ref.Option.Share && !c.Ref.Figure.Unit.IsPercent() {
		return false
	}
	_, after := v.sides(beside)
	words, ok := v.lang.BeginsWithPercent(after)
	if !ok {
		return false
	}
	want := c.Ref.Text(v.written(c))
	v.add(diag.Diagnostic{
		Code: "percent-differs", Place: v.text.place(c.Start, c.End), Notes: []diag.Note{v.figureNote(c.Ref.Figure)},
		Text: diag.Say("readers get %s from this link, and behind it stands %s",
			"dieser Verweis gibt schon %s aus, und dahinter steht %s", want, quoted(words)),
		Ways: []diag.Text{
			diag.Say("take %s out, and write [%s](%s)", "streichen Sie %s, und schreiben Sie [%s](%s)",
				quoted(words), want, address(c.Ref)),
			diag.Say("write it between the square brackets", "schreiben Sie es zwischen die eckigen Klammern"),
		},
	})
	return true
}

// written is the language of the page as it writes values of what is cited. Where the
// link has words, the noun of the unit may be among them: "1,234 people".
func (v *visitor) written(c *Cite) *locale.Lang {
	u := c.Ref.Figure.Unit
	l := u.Written(v.lang)
	if u.IsPercent() || c.Ref.Option.Share || !hasLetter(c.Text) {
		return l
	}
	return l.Counting(u.Nouns(v.lang.Code))
}

// sameWords compares two texts that differ at most in their spaces. Whether one
// stands before a percent sign, and which, is a matter of typing: readers get
// what the language customarily has there.
func sameWords(a, b string) bool { return a == b || foldSpaces(a) == foldSpaces(b) }

func foldSpaces(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		switch r {
		case ' ', '\n', '\r', '\t', '\u00a0', '\u202f', '\u2009', '\u2007':
			return true
		}
		return false
	}), " ")
	return strings.ReplaceAll(s, " %", "%")
}

// verifyBound proves that a figure which was published as a bound is said as one.
func (v *visitor) verifyBound(c *Cite, want string) {
	bound := c.Ref.Figure.Value
	l := v.written(c)
	said, ok := l.Parse(c.Text)
	sameWords := ok && said.Relation == bound.Bound && !said.Part && !said.Scaled &&
		said.Percent == c.Ref.Figure.Unit.IsPercent()
	if sameWords && said.Value.Cmp(bound.Number) == 0 {
		v.verifyForm(c, said, bound.Number, c.Ref.Figure.Decimals, want)
		return
	}
	d := diag.Diagnostic{
		Code: "bound-differs", Place: v.text.place(c.Start, c.End),
		Text: diag.Say(`the sentence says %s, but %s is published as %s`,
			`im Text steht %s, veröffentlicht ist %s aber als %s`,
			c.Text, c.Ref.Figure.Named(), quoted(want)),
		Notes: []diag.Note{v.figureNote(c.Ref.Figure)},
		Ways:  []diag.Text{diag.Say("write [%s](fig:%s)", "schreiben Sie [%s](fig:%s)", want, c.Ref.Figure.ID)},
	}
	if with, ok := l.Put(c.Text, bound.Number, c.Ref.Figure.Decimals); ok && sameWords && saysBound(l, with, bound) {
		d.Ways = []diag.Text{diag.Say(`run "bilanz fix" to write %s`,
			"führen Sie „bilanz fix“ aus, um %s zu schreiben", with)}
		d.Edits = v.rewrite(c, with)
	}
	v.add(d)
}

// saysBound reports whether words say a bound and nothing else. Whoever writes a new
// number into old words asks: with its unit or its scale they may say more.
func saysBound(l *locale.Lang, words string, bound figure.Value) bool {
	said, ok := l.Parse(words)
	return ok && said.Relation == bound.Bound && !said.Part && !said.Scaled && said.Value.Cmp(bound.Number) == 0
}

// quoted puts words between the quotation marks of the language of the message.
type quoted string

func (q quoted) In(lang string) string {
	if lang == "de" {
		return "„" + string(q) + "“"
	}
	return `"` + string(q) + `"`
}

func (v *visitor) figureNote(f *figure.Figure) diag.Note {
	if f.Formula != "" {
		return diag.Note{Place: f.ValueAt, Text: diag.Say("its formula is here", "die Formel steht hier")}
	}
	return diag.Note{Place: f.ValueAt, Text: diag.Say("the figure is here", "die Kennzahl steht hier")}
}

// missing reports that the text says something of a figure that has no value, or
// of a share of which one side has no exact value.
func (v *visitor) missing(c *Cite, want string) {
	text := diag.Say("the sentence says %s, but %s has no value: it is %s",
		"im Text steht %s, aber die Kennzahl %s hat keinen Wert: %s",
		c.Text, c.Ref.Figure.Named(), quoted(want))
	if whole := c.Ref.Figure.Whole(); c.Ref.Option.Share && c.Ref.Figure.Value.Number != nil {
		text = diag.Say("the sentence says %s, but %s has no share of %s: one of the two is not exact",
			"im Text steht %s, aber die Kennzahl %s hat keinen Anteil an %s: Eine von beiden ist nicht genau",
			c.Text, c.Ref.Figure.Named(), whole.Named())
	}
	v.add(diag.Diagnostic{
		Code: "figure-without-value", Place: v.text.place(c.Start, c.End), Text: text,
		Notes: []diag.Note{v.figureNote(c.Ref.Figure)},
		Ways: []diag.Text{diag.Say("write [%s](%s), or say it without a number",
			"schreiben Sie [%s](%s), oder sagen Sie es ohne Zahl",
			want, address(c.Ref))},
	})
}

// address is what stands between the round brackets of a link to a figure.
func address(ref figure.Ref) string {
	if option := ref.Option.String(); option != "" {
		return "fig:" + ref.Figure.ID + "?" + option
	}
	return "fig:" + ref.Figure.ID
}

// verifyNumber compares the words of a link with an exact figure or a share.
func (v *visitor) verifyNumber(c *Cite, want string) {
	exact, decimals, _ := c.Ref.Exact()
	v.verifyAmount(c, exact, decimals, want)
}

// verifyAmount does so for a number, or for the amount of a change.
func (v *visitor) verifyAmount(c *Cite, exact *big.Rat, decimals int, want string) {
	percent := c.Ref.Option.Share || c.Ref.Figure.Unit.IsPercent()
	said, understood := v.written(c).Parse(c.Text)
	if !understood {
		said, understood = v.written(c).ParseChange(c.Text)
	}
	if said.Part && percent {
		said = said.InPercent()
	}
	isMultiple := said.Part && !percent && said.Value.Cmp(one) > 0 // "twice as many", of a figure that is 2.1
	switch {
	case !understood && !isNumeral(c.Text) && (c.Ref.Figure.IsChange() || strings.ContainsAny(c.Text, digits)):
		v.amongWords(c, want)
	case !understood:
		v.differs(c, "number-unreadable", want, want)
	case said.Percent != percent, said.Part && !percent && !isMultiple:
		v.differs(c, "percent-differs", want, want)
	case said.Relation == locale.Exact && !said.Scaled && !said.Part:
		v.verifyExact(c, said, locale.Round(exact, decimals), decimals, want)
	default:
		v.verifyCoarse(c, said, exact, want)
	}
}

const digits = "0123456789"

// isNumeral reports whether a text is made of what numbers are made of, and no range.
func isNumeral(text string) bool {
	return strings.Trim(strings.TrimLeft(text, "−-–+"), digits+".,'’% \u00a0\u2009\u202f\u2007") == ""
}

func hasLetter(text string) bool { return strings.IndexFunc(text, unicode.IsLetter) >= 0 }

// amongWords reports a link that holds more than can be read. No edit mends it:
// those words may say what the number is, or in which direction something changed.
func (v *visitor) amongWords(c *Cite, want string) {
	f, shown := c.Ref.Figure, signed(c.Ref).Text(v.lang)
	d := diag.Diagnostic{
		Code: "number-unreadable", Place: v.text.place(c.Start, c.End), Notes: []diag.Note{v.figureNote(f)},
		Text: diag.Say("%s cannot be read as the number of %s, which is %s",
			"%s lässt sich nicht als Zahl der Kennzahl %s lesen, die %s ist", quoted(c.Text), f.Named(), shown),
	}
	ref := c.Ref
	if shows := ref.Shows(); f.IsChange() && shows != locale.Unsaid {
		ref.Option.Direction, want = shows, ""
		d.Ways = append(d.Ways, diag.Say("if the words outside the brackets say that it %s, write [%s](%s)",
			"sagen die Wörter außerhalb der Klammern, dass es %s, schreiben Sie [%s](%s)",
			movement(shows), ref.Text(v.lang), address(ref)))
		ref = signed(ref)
	}
	if want == "" {
		want = ref.Text(v.lang)
	}
	d.Ways = append(d.Ways, diag.Say("write only the number between the brackets, and all else outside: [%s](%s)",
		"schreiben Sie nur die Zahl zwischen die Klammern und alles andere außerhalb: [%s](%s)", want, address(ref)))
	v.add(d)
}

var one = big.NewRat(1, 1)

// verifyExact holds a plain number against the figure as it is shown.
func (v *visitor) verifyExact(c *Cite, said locale.Said, shown *big.Rat, decimals int, want string) {
	l := v.written(c)
	if shows, ok := l.Parse(want); ok && shows.Relation != locale.Exact {
		v.differs(c, "number-differs", want, want) // less than 1%: no plain number is right
		return
	}
	if said.Value.Cmp(shown) == 0 {
		v.verifyForm(c, said, shown, decimals, want)
		return
	}
	with, ok := l.Put(c.Text, shown, decimals)
	if !ok {
		with = want
	}
	for _, read := range []func(string) (locale.Said, bool){l.Swapped, v.lang.Parse} {
		if other, ok := read(c.Text); ok && other.Value.Cmp(shown) == 0 {
			v.differs(c, "number-format", with, with)
			return
		}
	}
	v.differs(c, "number-differs", want, with)
}

// verifyForm proves that a right number is written as the language of the page
// writes numbers: not 416374, nor 416.374 in English. Spaces are put right for
// readers; the words around the number and a spelt number stay.
func (v *visitor) verifyForm(c *Cite, said locale.Said, shown *big.Rat, decimals int, want string) {
	with, ok := v.written(c).Put(c.Text, shown, decimals)
	switch {
	case !ok:
		v.differs(c, "number-format", want, want)
	case said.Spelt:
	case sameWords(c.Text, with) || said.Spaced && !said.Foreign && said.Decimals == decimals:
		c.Text = with
	default:
		v.differs(c, "number-format", with, with)
	}
}

// verifyCoarse proves that a number with words ("around 416,000") or a scale
// ("0.4 million") is a right rounding. A scale counts as the word for "rounded".
func (v *visitor) verifyCoarse(c *Cite, said locale.Said, exact *big.Rat, want string) {
	l := v.written(c)
	if said.Relation == locale.Exact {
		said.Relation = locale.Around
	}
	holds := said.Holds(exact)
	if swapped, ok := l.Swapped(c.Text); ok && !said.Part && !holds {
		if swapped.Relation == locale.Exact {
			swapped.Relation = locale.Around
		}
		if with, ok := l.Put(c.Text, swapped.Value, swapped.Decimals); ok && swapped.Holds(exact) {
			v.differs(c, "number-format", with, with)
			return
		}
	}
	if with, ok := l.Put(c.Text, said.Value, said.Decimals); ok && !said.Part && holds {
		v.verifyForm(c, said, said.Value, said.Decimals, with)
	}
	if !holds {
		v.coarse(c, exact, want, "rounding-differs",
			diag.Say("the sentence says %s, but %s is %s",
				"im Text steht %s, die Kennzahl %s ist aber %s", c.Text, c.Ref.Figure.Named(), signed(c.Ref).Text(l)))
		return
	}
	if !said.Part && said.Digits < 2 && said.Digits < significant(exact) {
		v.coarse(c, exact, want, "rounding-coarse",
			diag.Say("%s says too little about %s, which is %s",
				"%s ist zu grob für die Kennzahl %s, die %s ist", c.Text, c.Ref.Figure.Named(), signed(c.Ref).Text(l)))
	}
}

// significant counts the significant digits of a whole or decimal number.
func significant(r *big.Rat) int {
	digits := strings.Trim(strings.NewReplacer(".", "", "-", "").Replace(r.FloatString(6)), "0")
	return max(1, len(digits))
}

// coarse reports a number in words that is not right; the way out keeps the
// author's word and place value.
func (v *visitor) coarse(c *Cite, exact *big.Rat, want, code string, text diag.Text) {
	d := diag.Diagnostic{
		Code: code, Place: v.text.place(c.Start, c.End), Text: text,
		Notes: []diag.Note{v.figureNote(c.Ref.Figure)},
	}
	// What is too coarse would be said as coarsely again.
	if better, ok := v.written(c).Resay(c.Text, exact); ok && better != c.Text && code != "rounding-coarse" {
		d.Ways = append(d.Ways, diag.Say(`run "bilanz fix" to write %s`,
			"führen Sie „bilanz fix“ aus, um %s zu schreiben", better))
		d.Edits = v.rewrite(c, better)
	}
	d.Ways = append(d.Ways, diag.Say("write [%s](%s)", "schreiben Sie [%s](%s)", want, address(c.Ref)))
	v.add(d)
}

// rewrite writes other words into a link. Signs that make all of its words stand out stay:
// [**1,284**](fig:events.held).
func (v *visitor) rewrite(c *Cite, with string) []diag.Edit {
	start, end, source := c.Start, c.End, v.text.bytes
	for 0 <= start && start+2 < end && end <= len(source) &&
		strings.IndexByte("*_`", source[start]) >= 0 && source[start] == source[end-1] {
		start, end = start+1, end-1
	}
	return v.text.edits(start, end, with)
}

// fieldName names a fact about a figure in the language of the message; in English
// as authors write it.
type fieldName figure.Field

func (n fieldName) In(lang string) string {
	german := map[figure.Field]string{
		figure.PeriodField: "Zeitraum", figure.LabelField: "Bezeichnung", figure.UnitField: "Einheit",
		figure.SourceField: "Quelle", figure.AsOfField: "Stand", figure.DiscrepancyField: "Unstimmigkeit",
		figure.AddsUpField: "Summe", figure.PartsField: "Zahl der Teile", figure.MissingField: "Grund",
	}
	if name := german[figure.Field(n)]; lang == "de" && name != "" {
		return name
	}
	return figure.Field(n).String()
}

// differs reports that the text of a link is not what its figure says. The text
// with is what "bilanz fix" writes: what the figure says, in the author's words
// where those still fit.
func (v *visitor) differs(c *Cite, code, want, with string) {
	f := c.Ref.Figure
	if code != "number-format" && c.Ref.Shows() == locale.Fell {
		want = signed(c.Ref).Text(v.written(c)) // of a change its amount is wanted
	}
	d := diag.Diagnostic{
		Code: code, Place: v.text.place(c.Start, c.End),
		Text: diag.Say("the sentence says %s, but %s is %s",
			"im Text steht %s, die Kennzahl %s ist aber %s", c.Text, f.Named(), want),
		Notes: []diag.Note{v.figureNote(f)},
		Ways: []diag.Text{diag.Say(`run "bilanz fix" to write %s`,
			"führen Sie „bilanz fix“ aus, um %s zu schreiben", with)},
		Edits: v.rewrite(c, with),
	}
	switch field := c.Ref.Option.Field; {
	case code == "number-differs" && field == figure.PartsField:
		d.Text = diag.Say("the sentence says %s, but %s has %s parts",
			"im Text steht %s, %s hat aber %s Teile", c.Text, f.Named(), want)
	case code == "number-differs" && field == figure.DiscrepancyField:
		d.Text = diag.Say("the sentence says %s, but the parts of %s and its value differ by %s",
			"im Text steht %s, die Teile von %s und ihr Wert unterscheiden sich aber um %s", c.Text, f.Named(), want)
	}
	switch code {
	case "number-format":
		d.Text = diag.Say("%s is not how this language writes %s",
			"%s ist hier falsch geschrieben; in dieser Sprache heißt es %s", c.Text, want)
	case "text-differs":
		d.Text = diag.Say("the sentence says %s, but the %s of %s is %s",
			"im Text steht %[1]s, aber %[3]s hat als %[2]s %[4]s",
			quoted(c.Text), fieldName(c.Ref.Option.Field), f.Named(), quoted(want))
	case "number-unreadable":
		d.Text = diag.Say("%s says no number for %s, which is %s",
			"in %s steht keine Zahl; die Kennzahl %s ist %s", quoted(c.Text), f.Named(), want)
	case "percent-differs":
		d.Text = diag.Say("the sentence says %s, but %s is cited as %s",
			"im Text steht %s, die Kennzahl %s ist hier aber %s", c.Text, f.Named(), want)
		if c.Ref.Option.Share {
			break
		}
		d.Ways = append(d.Ways, diag.Say("write fig:%s?share for its share",
			"schreiben Sie fig:%s?share für den Anteil", f.ID))
	}
	if code == "number-differs" && f.Formula == "" && !c.Ref.Option.Share && c.Ref.Option.Field == figure.NoField {
		d.Ways = append(d.Ways, diag.Say("correct the value in %s", "berichtigen Sie den Wert in %s", f.ValueAt.Path))
	}
	if other := v.meant(c); code == "number-differs" && other != nil {
		ref := figure.Ref{Figure: other, Option: c.Ref.Option}
		d.Ways = append(d.Ways, diag.Say("write [%s](%s), if that is meant: %s",
			"schreiben Sie [%s](%s), wenn das gemeint ist: %s", c.Text, address(ref), other.Named()))
	}
	v.add(d)
}

// meant finds the one other figure that a large number is right for. A figure that a check
// holds against this one is none: both are to say the same.
func (v *visitor) meant(c *Cite) *figure.Figure {
	said, ok := v.written(c).Parse(c.Text)
	if !ok || said.Percent || said.Relation != locale.Exact || said.Value.Cmp(thousand) < 0 || c.Ref.Option != figure.Plain {
		return nil
	}
	equal := withoutRepeats(v.context.Figures.Equal(said.Value, false))
	if len(equal) != 1 || equal[0] == c.Ref.Figure || !equal[0].Value.Exact() ||
		v.context.Figures.Bound(equal[0], c.Ref.Figure) {
		return nil
	}
	return equal[0]
}
