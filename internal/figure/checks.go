package figure

import (
	"cmp"
	"math/big"
	"path"
	"slices"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// pendingCheck is a check as the author wrote it.
type pendingCheck struct {
	said      said
	because   []Passage
	reasoned  bool // because: stands there, right or wrong
	tolerance *big.Rat
	tolerated said // where the tolerance stands
}

// declareChecks reads a list of checks.
func (l *loader) declareChecks(n *schema.Node) {
	for _, item := range n.Items() {
		if len(l.checks) >= mostChecks {
			l.tooMany(item.Place(), mostChecks, diag.Say("checks in a site", "Prüfungen in einer Website"))
			return
		}
		if !item.IsMapping() {
			if _, ok := item.Scalar(l.list); ok {
				l.checks = append(l.checks, pendingCheck{said: inYAML(item)})
			}
			continue
		}
		fields, _ := item.Fields(CheckKeys, l.list)
		is := fields.Get("is")
		if is == nil {
			continue
		}
		c := pendingCheck{said: inYAML(is), reasoned: fields.Has("because")}
		c.because = l.passages(fields.Get("because"), worded{Text: diag.Say("the reason of this check",
			"die Begründung dieser Prüfung")})
		if tolerance := inYAML(fields.Get("tolerance")); tolerance.is() {
			number, bad := parseNumber(tolerance.text, englishForm, nil)
			if bad != nil {
				l.fault(tolerance, bad)
				continue
			}
			c.tolerance, c.tolerated = number, tolerance
		}
		l.checks = append(l.checks, c)
	}
}

// settleChecks tries every check.
func (l *loader) settleChecks() {
	for _, c := range l.checks {
		t := &trial{
			set: l.set, list: l.list, reasoned: c.reasoned, tolerance: c.tolerance, tolerated: c.tolerated,
			place: c.said.at, edit: c.said.edit, whole: c.said.place(),
			fault: func(bad *fault) { l.fault(c.said, bad) },
		}
		outcome, used := t.run(c.said.text)
		l.set.checks = append(l.set.checks, Check{
			Statement: c.said.text, Figures: unique(used), Because: c.because, Outcome: outcome, At: c.said.place(),
			equates: t.equates,
		})
	}
	slices.SortStableFunc(l.set.checks, func(a, b Check) int { return a.At.Compare(b.At) })
}

// Claim proves what a chart's title says. The place of a stretch of its text, and what
// writes another in its stead, come from the caller. Unlike a check, a claim needs every value to be known:
// what cannot be proven may not stand in a title.
func (s *Set) Claim(text string, at Within, list *diag.List) {
	t := &trial{set: s, claim: true, list: list, place: at.Place, edit: at.Edit, whole: at.Place(0, len(text))}
	t.fault = func(bad *fault) {
		d := bad.at(at.Place(bad.start, bad.end))
		if bad.write != "" {
			d.Edits = at.Edit(bad.start, bad.end, bad.write)
		}
		list.Add(d)
	}
	t.run(text)
}

// Within is the way from the bytes of a text to the file in which it stands.
type Within struct {
	Place func(start, end int) diag.Place
	Edit  func(start, end int, with string) []diag.Edit // none where the file writes it in another way
}

// trial is one statement while it is tried.
type trial struct {
	set       *Set
	claim     bool
	reasoned  bool
	tolerance *big.Rat
	tolerated said
	list      *diag.List
	place     func(start, end int) diag.Place
	edit      func(start, end int, with string) []diag.Edit
	whole     diag.Place
	fault     func(*fault)
	failed    bool
	equates   bool // it says that two figures are the same number
}

func (t *trial) refuse(d diag.Diagnostic) Outcome {
	t.failed = true
	t.list.Add(d)
	return Fails
}

func (t *trial) run(text string) (Outcome, []*Figure) {
	s, bad := parseStatement(text)
	if bad != nil {
		t.fault(bad)
		return Fails, nil
	}
	t.equates = s.operator == "=" && s.left.op == 'i' && s.right.op == 'i' && t.tolerance == nil
	e := &evaluator{set: t.set, said: func(bad *fault) { t.failed = true; t.fault(bad) }, ask: func(*Figure) {}}
	left, right := e.eval(s.left), e.eval(s.right)
	switch {
	case t.failed, t.grouped(text, s.left, right), t.grouped(text, s.right, left):
		return Fails, e.used
	case left.state == broken || right.state == broken:
		return NotChecked, e.used
	case s.operator == "fits":
		return t.fits(text, s, left, right), e.used
	case left.state == bounded || right.state == bounded:
		return t.needsFits(text, s, left, right), e.used
	case !t.comparable(s, left, right):
		return Fails, e.used
	case left.state == missing || right.state == missing:
		return t.unknown(text, left, right), e.used
	}
	return t.compare(text, s, left, right, e.used), e.used
}

// grouped reports a number whose point parts thousands, as in German: 1.200 visits. As a
// number with decimals, next to nothing would be less than it.
func (t *trial) grouped(text string, n *node, other quantity) bool {
	if n.op == '~' {
		n = n.left
	}
	if n.op != 'n' || other.unit == nil || other.unit.bad || other.unit.Decimals >= 3 {
		return false
	}
	digits, ok := schema.Ungrouped(text[n.start:n.end], ".")
	if !ok {
		return false
	}
	t.refuse(diag.Diagnostic{Code: "formula-number", Place: t.place(n.start, n.end),
		Text: diag.Say("%s reads as a number with a thousands separator; %s",
			"%s liest sich wie eine Zahl mit Tausenderpunkt; %s", text[n.start:n.end], other.unit.allows()),
		Ways: []diag.Text{writeWay(digits)}, Edits: t.edit(n.start, n.end, digits)})
	return true
}

// unknown is what becomes of a statement over a missing value.
func (t *trial) unknown(text string, left, right quantity) Outcome {
	if !t.claim {
		return NotChecked
	}
	f := cmp.Or(left.cause, right.cause)
	if right.state > left.state {
		f = right.cause
	}
	return t.refuse(diag.Diagnostic{Code: "claim-unknown", Place: t.whole,
		Text: diag.Say("this cannot be proven: %s is \"%s\"",
			"das lässt sich nicht prüfen: %s ist „%s“", f.Named(), absence(f)),
		Notes: []diag.Note{figureIsHere(f)},
		Ways: []diag.Text{diag.Say("choose a title that claims less, and delete claim:",
			"wählen Sie einen Titel, der weniger behauptet, und löschen Sie claim:")}})
}

// absence says why a figure has no value, in the words that readers get.
func absence(f *Figure) diag.Text {
	reason := cmp.Or(f.Value.Reason, NotAvailable)
	return diag.Say("%[1]s", "%[2]s", reasonWord(locale.Must("en"), reason), reasonWord(locale.Must("de"), reason))
}

// comparable reports whether the two sides are counted in one unit, or a reason
// is given why they may be compared nevertheless.
func (t *trial) comparable(s *statement, left, right quantity) bool {
	plain := left.unit == nil && !left.mixed || right.unit == nil && !right.mixed
	if plain || left.loose || right.loose || left.unit == right.unit && left.unit != nil || t.reasoned {
		return true
	}
	names := [2]diag.Text{unitName(left), unitName(right)}
	d := diag.Diagnostic{Code: "check-units", Place: t.place(s.left.start, s.right.end),
		Text: diag.Say("this compares %s with %s, which are two units",
			"hier werden %s mit %s verglichen, das sind zwei Einheiten", names[0], names[1]),
		Ways: []diag.Text{diag.Say("say why they can be compared: {is: …, because: {en: …, de: …}}",
			"sagen Sie, warum man sie vergleichen kann: {is: …, because: {en: …, de: …}}")}}
	if t.claim {
		d.Ways = []diag.Text{diag.Say("compare figures of one unit", "vergleichen Sie Kennzahlen einer Einheit")}
	}
	t.refuse(d)
	return false
}

func unitName(q quantity) diag.Text {
	if q.unit == nil {
		return diag.Say("a mixture of units", "eine Mischung von Einheiten")
	}
	return diag.Say("%s", "%s", q.unit.Named())
}

// needsFits says that a bound cannot be compared, and how "fits" would say it.
func (t *trial) needsFits(text string, s *statement, left, right quantity) Outcome {
	bound := left.cause
	if left.state != bounded {
		bound = right.cause
	}
	d := diag.Diagnostic{Code: "check-needs-fits", Place: t.whole,
		Text: diag.Say("%s is a bound (%s), which \"%s\" cannot compare",
			"%s ist eine ungefähre Angabe („%s“), die „%s“ nicht vergleichen kann", bound.Named(), boundText(bound.Value), s.operator)}
	d.Notes = []diag.Note{figureIsHere(bound)}
	leftText, rightText := text[s.left.start:s.left.end], text[s.right.start:s.right.end]
	switch {
	case s.right.op == 'i' && right.state == bounded && left.state == known:
		d.Ways = append(d.Ways, diag.Say("write %s fits %s", "schreiben Sie %s fits %s", leftText, rightText))
	case s.left.op == 'i' && left.state == bounded && right.state == known:
		d.Ways = append(d.Ways, diag.Say("write %s fits %s", "schreiben Sie %s fits %s", rightText, leftText))
	default:
		d.Ways = append(d.Ways, diag.Say("compare exact values only, or one exact value with one bound (fits)",
			"vergleichen Sie nur genaue Werte, oder einen genauen Wert mit einer ungefähren Angabe (fits)"))
	}
	return t.refuse(d)
}

// boundText is a bound as figure files write it: "more than 30".
func boundText(v Value) string { return string(v.Bound) + " " + written(v.Number) }

// fits tries whether an exact value satisfies the words of a bound.
func (t *trial) fits(text string, s *statement, left, right quantity) Outcome {
	if s.right.op != 'i' {
		return t.refuse(diag.Diagnostic{Code: "check-fits-form", Place: t.place(s.right.start, s.right.end),
			Text: diag.Say("after fits stands the figure with the words of a bound",
				"hinter fits steht die Kennzahl mit der ungefähren Angabe"),
			Ways: []diag.Text{diag.Say("write one id there", "schreiben Sie dort eine einzelne Kennung")}})
	}
	if left.state == bounded {
		return t.refuse(diag.Diagnostic{Code: "check-fits-form", Place: t.place(s.left.start, s.left.end),
			Text: diag.Say("before fits stands an exact value, but %s is a bound (%s)",
				"vor fits steht ein genauer Wert, aber %s ist eine ungefähre Angabe („%s“)", left.cause.Named(), boundText(left.cause.Value)),
			Ways: []diag.Text{diag.Say("delete the check: two bounds cannot be compared",
				"löschen Sie die Prüfung: zwei ungefähre Angaben lassen sich nicht vergleichen")}})
	}
	if !t.comparable(s, left, right) {
		return Fails
	}
	if left.state == missing || right.state == missing {
		return t.unknown(text, left, right)
	}
	bound := right.cause.Value
	if satisfies(left.number, bound) {
		return Holds
	}
	words := diag.Say("%s", "%s", spoken(bound.Number))
	if bound.Bound != locale.Exact {
		words = diag.Say("%s", "%s", boundText(bound))
	}
	return t.refuse(diag.Diagnostic{Code: t.code("check-fails"), Place: t.whole,
		Text: diag.Say("%s does not fit %s: it is %s, and that is \"%s\"",
			"%s passt nicht zu %s: es ist %s, und das ist „%s“", text[s.left.start:s.left.end], right.cause.Named(), spoken(left.number), words),
		Notes: t.values([]*Figure{right.cause}),
		Ways:  t.failWays()})
}

// satisfies reports whether an exact value has the plain meaning of a bound: 34
// and 95 are both more than 30. Around 400 goes from 350 to 450: half the place
// of the last digit that is not zero, to both sides.
func satisfies(n *big.Rat, v Value) bool {
	d := new(big.Rat).Sub(n, v.Number)
	half := new(big.Rat).Quo(lastPlace(v.Number), big.NewRat(2, 1))
	near := new(big.Rat).Abs(d).Cmp(half) <= 0
	switch v.Bound {
	case locale.MoreThan:
		return d.Sign() > 0
	case locale.FewerThan:
		return d.Sign() < 0
	case locale.AtLeast:
		return d.Sign() >= 0
	case locale.AtMost:
		return d.Sign() <= 0
	case locale.Around:
		return near
	case locale.JustUnder:
		return d.Sign() < 0 && near
	case locale.JustOver:
		return d.Sign() > 0 && near
	}
	return d.Sign() == 0
}

// lastPlace is the place of the last digit that is not zero: 100 in 400.
func lastPlace(n *big.Rat) *big.Rat {
	place := big.NewRat(1, 1)
	if n.Sign() == 0 {
		return place
	}
	ten := big.NewRat(10, 1)
	for range 2 * longest {
		if !new(big.Rat).Quo(n, place).IsInt() {
			place.Quo(place, ten)
			continue
		}
		next := new(big.Rat).Mul(place, ten)
		if !new(big.Rat).Quo(n, next).IsInt() {
			return place
		}
		place = next
	}
	return place
}

func (t *trial) code(check string) string {
	if t.claim {
		return "claim-fails"
	}
	return check
}

func (t *trial) failWays() []diag.Text {
	if t.claim {
		return []diag.Text{
			diag.Say("correct the title and its claim, which says what the title says",
				"berichtigen Sie den Titel und claim:, wo er als Formel steht"),
			diag.Say("correct the figure that is wrong", "berichtigen Sie die Kennzahl, die falsch ist"),
		}
	}
	return []diag.Text{
		diag.Say("correct the figure that is wrong", "berichtigen Sie die Kennzahl, die falsch ist"),
		diag.Say("correct or delete the check", "berichtigen oder löschen Sie die Prüfung"),
	}
}

// values notes what the figures of a statement are.
func (t *trial) values(figures []*Figure) []diag.Note {
	var notes []diag.Note
	for i, f := range unique(figures) {
		if i == mostParts {
			break
		}
		notes = append(notes, diag.Note{Place: f.ValueAt, Text: diag.Say("%s is %s",
			"%s ist %s", f.Named(), f.Value.said())})
	}
	return notes
}

// said is a value in a message.
func (v Value) said() diag.Text {
	switch {
	case v.Number == nil:
		return diag.Say("%s", "„%s“", string(v.Reason))
	case v.Bound != locale.Exact:
		return diag.Say("%s", "„%s“", boundText(v))
	}
	return diag.Say("%s", "%s", spoken(v.Number))
}

// compare tries the statement with exact values on both sides.
func (t *trial) compare(text string, s *statement, left, right quantity, used []*Figure) Outcome {
	if t.tolerance != nil && s.operator != "=" {
		return t.refuse(diag.Diagnostic{Code: "check-tolerance", Place: t.tolerated.place(),
			Text: diag.Say("a tolerance belongs to =, not to %s", "eine Toleranz gehört zu =, nicht zu %s", s.operator),
			Ways: []diag.Text{diag.Say("delete it", "löschen Sie sie")}})
	}
	if holds(s.operator, left.number, right.number, t.tolerance) {
		return Holds
	}
	if t.equates && !t.claim && len(used) == 2 {
		return t.refuse(t.twoPlaces(used[0], used[1]))
	}
	d := diag.Diagnostic{Code: t.code("check-fails"), Place: t.whole,
		Text: diag.Say("this is not true: %s is not %s %s",
			"das stimmt nicht: %s ist nicht %s %s", spoken(left.number), operatorWords(s.operator), spoken(right.number)),
		Notes: t.values(used),
		Ways:  t.failWays()}
	distance := new(big.Rat).Abs(new(big.Rat).Sub(left.number, right.number))
	if s.operator == "=" && !t.claim && distance.Cmp(big.NewRat(1, 1)) <= 0 {
		d.Ways = append(d.Ways, roundingWay(distance))
	}
	return t.refuse(d)
}

// twoPlaces says that two figures which should be the same are not. Which of them is
// right only a person can know, but nobody deletes the check for it.
func (t *trial) twoPlaces(left, right *Figure) diag.Diagnostic {
	d := diag.Diagnostic{Code: "check-fails", Place: t.whole,
		Text: diag.Say("two places should say the same number: %s is %s, but %s is %s",
			"zwei Stellen sollen dieselbe Zahl nennen: %s ist %s, aber %s ist %s",
			left.Named(), spoken(left.Value.Number), right.Named(), spoken(right.Value.Number)),
		Notes: t.values([]*Figure{left, right})}
	for _, pair := range [][2]*Figure{{left, right}, {right, left}} {
		wrong, good := pair[0], pair[1].Value.Number
		comma := path.Ext(wrong.ValueAt.Path) == ".csv" && spoken(good).Decimals > 0
		if wrong.Formula != "" || comma || spoken(good).Decimals > wrong.Unit.Decimals {
			continue
		}
		d.Ways = append(d.Ways, diag.Say("if %s is wrong, write %s in line %d of %s",
			"ist %s falsch, schreiben Sie %s in Zeile %d von %s",
			wrong.ID, written(good), wrong.ValueAt.Line, path.Base(wrong.ValueAt.Path)))
		if e, ok := wrong.Retype(written(good)); ok {
			e.Choice = true
			d.Edits = append(d.Edits, e)
		}
	}
	if len(d.Ways) == 0 {
		d.Ways = t.failWays()
	}
	distance := new(big.Rat).Abs(new(big.Rat).Sub(left.Value.Number, right.Value.Number))
	if distance.Cmp(big.NewRat(1, 1)) <= 0 {
		d.Ways = append(d.Ways, roundingWay(distance))
	}
	return d
}

func roundingWay(distance *big.Rat) diag.Text {
	return diag.Say("if rounding explains it, write {is: …, tolerance: %s}",
		"erklärt es sich durch Rundung, schreiben Sie {is: …, tolerance: %s}", written(ceil(distance)))
}

// ceil rounds up at the first decimal, for a tolerance to propose.
func ceil(n *big.Rat) *big.Rat {
	tenths := new(big.Rat).Mul(n, big.NewRat(10, 1))
	whole := new(big.Int).Quo(tenths.Num(), tenths.Denom())
	if !tenths.IsInt() {
		whole.Add(whole, big.NewInt(1))
	}
	return new(big.Rat).SetFrac(whole, big.NewInt(10))
}

func holds(operator string, left, right, tolerance *big.Rat) bool {
	order := left.Cmp(right)
	switch operator {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	case ">=":
		return order >= 0
	}
	if tolerance == nil {
		return order == 0
	}
	distance := new(big.Rat).Abs(new(big.Rat).Sub(left, right))
	return distance.Cmp(tolerance) <= 0
}

func operatorWords(operator string) diag.Text {
	switch operator {
	case "<":
		return diag.Say("less than", "kleiner als")
	case "<=":
		return diag.Say("at most", "höchstens")
	case ">":
		return diag.Say("more than", "größer als")
	case ">=":
		return diag.Say("at least", "mindestens")
	}
	return diag.Say("equal to", "gleich")
}
