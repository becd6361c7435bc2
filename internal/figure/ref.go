package figure

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
)

// Field is a fact about a figure other than its value.
type Field uint8

// The fields that a page can cite after "?"; NoField cites the value. The last four are
// statements: that the parts do not add up, or do, how many they are, that there is no value.
const (
	NoField Field = iota
	PeriodField
	LabelField
	UnitField
	SourceField
	AsOfField
	DiscrepancyField
	AddsUpField
	PartsField
	MissingField
)

var fieldNames = []string{"", "period", "label", "unit", "source", "as_of", "discrepancy", "adds-up", "parts", "missing"}

func (f Field) String() string { return fieldNames[f] }

// Option says in which way a page cites a figure: fig:visits.total?share. A large
// site keeps one for each of its numbers.
type Option struct {
	Share    bool // the part of its whole, in percent
	Decimals int8 // -1: the figure's own, and none for a share
	Field    Field

	// Direction is that in which a change must go; its amount is written without a sign.
	Direction locale.Direction
}

var directions = map[string]locale.Direction{"fall": locale.Fell, "rise": locale.Rose}

// Plain is the option of a citation that asks for nothing special.
var Plain = Option{Decimals: -1}

// OptionError is an option that does not exist, at its bytes in the query.
type OptionError struct {
	Start, End int
	Text       diag.Text
	Ways       []diag.Text
}

// ParseOption reads what stands after "?" in an address: "share&decimals=1".
func ParseOption(query string) (Option, *OptionError) {
	o := Plain
	if query == "" {
		return o, nil
	}
	at := 0
	for word := range strings.SplitSeq(query, "&") {
		if bad := o.take(word); bad != nil {
			bad.Start, bad.End = at, at+len(word)
			return Plain, bad
		}
		at += len(word) + 1
	}
	return o, nil
}

func (o *Option) take(word string) *OptionError {
	number, isDecimals := strings.CutPrefix(word, "decimals=")
	switch {
	case word == "share":
		o.Share = true
	case directions[word] != locale.Unsaid:
		o.Direction = directions[word]
	case isDecimals && len(number) == 1 && number[0] >= '0' && number[0] <= '6':
		o.Decimals = int8(number[0] - '0')
	case isDecimals:
		return &OptionError{Text: diag.Say("decimals is a number from 0 to 6",
			"decimals ist eine Zahl von 0 bis 6"), Ways: []diag.Text{writeWay("decimals=1")}}
	case word != "" && slices.Contains(fieldNames, word):
		o.Field = Field(slices.Index(fieldNames, word))
	default:
		return unknownOption(word)
	}
	if o.Field != NoField {
		word = o.Field.String()
	}
	if o.Field != NoField && (o.Share || o.Decimals >= 0) || o.Direction != locale.Unsaid && (o.Share || o.Field != NoField) {
		return &OptionError{Text: diag.Say("%s cannot stand beside another option",
			"%s kann nicht neben einer anderen Angabe stehen", word),
			Ways: []diag.Text{diag.Say("delete one of the two", "löschen Sie eine von beiden")}}
	}
	return nil
}

func unknownOption(word string) *OptionError {
	known := slices.Concat([]string{"share", "decimals=1"}, sortedKeys(directions), fieldNames[PeriodField:])
	bad := &OptionError{Text: diag.Say("there is no option %s; there are: %s",
		"die Angabe %s gibt es nicht; es gibt: %s", quoted(word), strings.Join(known, ", "))}
	for _, near := range diag.Nearest(word, known) {
		bad.Ways = append(bad.Ways, writeWay(near))
	}
	if len(bad.Ways) == 0 {
		bad.Ways = []diag.Text{diag.Say("take one of these, or delete it",
			"nehmen Sie eine davon, oder löschen Sie sie")}
	}
	return bad
}

// String writes the option in the one form that pages are compared by.
func (o Option) String() string {
	if o.Field != NoField {
		return o.Field.String()
	}
	var words []string
	if o.Share {
		words = append(words, "share")
	}
	if o.Decimals > 0 || o.Decimals == 0 && !o.Share {
		words = append(words, "decimals="+strconv.Itoa(int(o.Decimals)))
	}
	for _, word := range sortedKeys(directions) {
		if o.Direction == directions[word] {
			words = append(words, word)
		}
	}
	return strings.Join(words, "&")
}

// Fits reports whether the option makes sense for the figure, and if not, why.
func (o Option) Fits(f *Figure) (diag.Text, bool) {
	whole := f.Whole()
	switch {
	case o.Share && whole == nil:
		return diag.Say("%s is no part of another figure, so it has no share",
			"%s ist kein Teil einer anderen Kennzahl und hat deshalb keinen Anteil", f.Named()), false
	case o.Share && f.Unit != whole.Unit && !f.Unit.bad:
		return diag.Say("%s and %s have two units, so there is no share",
			"%s und %s haben zwei Einheiten, es gibt also keinen Anteil", f.Named(), whole.Named()), false
	case o.Direction != locale.Unsaid && !f.IsChange():
		return diag.Say("%s is no change; if it says by how much something rose or fell, write change: true at it",
			"%s ist keine Veränderung; sagt die Kennzahl, um wie viel etwas stieg oder sank, schreiben Sie dort change: true",
			f.Named()), false
	case o.Direction != locale.Unsaid && f.Value.Bound != locale.Exact:
		return diag.Say("%s is no exact value, so nobody can prove that it rose or fell",
			"%s ist kein genauer Wert; ob er stieg oder sank, lässt sich nicht beweisen", f.Named()), false
	case o.Field >= DiscrepancyField:
		return o.holds(f)
	case o.Field == PeriodField && f.Period == nil:
		return diag.Say("%s has no period; it was counted on a day (as_of)",
			"%s hat keinen Zeitraum; es wurde an einem Tag gezählt (as_of)", f.Named()), false
	}
	return diag.Text{}, true
}

// holds reports whether a statement is true of the figure, and if not, why. Of what is
// broken, which is reported, it is not asked.
func (o Option) holds(f *Figure) (diag.Text, bool) {
	switch {
	case f.unsettled():
	case o.Field == MissingField && f.Value.Number != nil:
		return diag.Say("%s has a value now, so no sentence can say that it has none",
			"%s hat inzwischen einen Wert; kein Satz kann sagen, dass er fehlt", f.Named()), false
	case o.Field != MissingField && len(f.Parts) == 0:
		return diag.Say("%s has no parts", "%s hat keine Aufgliederung (parts)", f.Named()), false
	case o.Field == DiscrepancyField && f.Discrepancy == nil && f.SumChecked:
		return diag.Say("the parts of %s are no longer at odds with its value, so no sentence can say that they are",
			"die Teile von %s stehen nicht mehr im Widerspruch zum Wert; kein Satz kann das noch sagen", f.Named()), false
	case o.Field == DiscrepancyField && f.Discrepancy == nil, o.Field == AddsUpField && !f.SumChecked:
		return diag.Say("whether the parts of %s add up cannot be checked",
			"ob die Teile von %s den Wert ergeben, lässt sich nicht prüfen", f.Named()), false
	case o.Field == AddsUpField && (f.Discrepancy != nil || f.PartsAre != Complete):
		return diag.Say("the parts of %s do not add up to its value",
			"die Teile von %s ergeben nicht den Wert", f.Named()), false
	}
	return diag.Text{}, true
}

// unsettled reports whether the value or a part is broken.
func (f *Figure) unsettled() bool {
	return f.Value.Broken || slices.ContainsFunc(f.Parts, func(part *Figure) bool { return part.Value.Broken })
}

// Ref is a figure cited in a certain way.
type Ref struct {
	Figure *Figure
	Option Option
}

// Broken reports whether what is cited is nothing because of a problem that is
// reported where the figure stands, or where its source, period or unit is described.
func (r Ref) Broken() bool {
	f := r.Figure
	switch r.Option.Field {
	case PeriodField:
		return f.Period == nil && f.AsOf.bad || f.Period != nil && len(f.Period.Label) == 0
	case LabelField:
		return len(f.Label) == 0
	case UnitField:
		return len(f.Unit.Other) == 0
	case SourceField:
		return len(f.Source.Label) == 0
	case AsOfField:
		return f.AsOf.bad
	case DiscrepancyField, AddsUpField, PartsField, MissingField:
		return f.unsettled()
	}
	return f.Value.Broken || r.Option.Share && f.Whole().Value.Broken
}

// Text writes the citation as the build does: "318,462", "more than 30", "54%",
// "January to December 2024", "not available".
func (r Ref) Text(l *locale.Lang) string {
	f := r.Figure
	switch r.Option.Field {
	case PeriodField:
		return f.periodText(l)
	case LabelField:
		return f.Label.In(l.Code)
	case UnitField:
		return f.Unit.Other.In(l.Code)
	case SourceField:
		return f.Source.Label.In(l.Code)
	case AsOfField:
		return f.AsOf.In(l)
	case DiscrepancyField:
		if f.Discrepancy == nil {
			return "" // a statement that is not true, which is reported
		}
		return f.number(l, new(big.Rat).Abs(f.Discrepancy.By), f.Decimals)
	case AddsUpField:
		return l.Word("parts-complete")
	case PartsField:
		return l.Counted(len(f.Parts))
	case MissingField:
		return reasonWord(l, f.Value.Reason)
	}
	fraction, percent := r.fraction()
	v := f.Value
	switch {
	case percent && fraction == nil:
		return reasonWord(l, NotAvailable)
	case percent:
		return percentText(l, r.amount(fraction), r.decimals())
	case v.Number == nil:
		return reasonWord(l, v.Reason)
	}
	return l.Bound(v.Bound, f.number(l, r.amount(v.Number), r.decimals()))
}

// amount is a number as it is written: without its sign where the direction is said.
func (r Ref) amount(n *big.Rat) *big.Rat {
	if r.Option.Direction == locale.Unsaid {
		return n
	}
	return new(big.Rat).Abs(n)
}

// Shows gives the direction in which the figure goes as it is shown, and Unsaid where it
// is shown as nothing, or where it has no exact value.
func (r Ref) Shows() locale.Direction {
	n, decimals, ok := r.Exact()
	if !ok {
		return locale.Unsaid
	}
	return locale.Direction(locale.Round(n, decimals).Sign())
}

// fraction gives what is written as a percentage: a share, or an exact value whose
// unit is percent. It is nil for a share that nobody can know.
func (r Ref) fraction() (fraction *big.Rat, percent bool) {
	switch f := r.Figure; {
	case r.Option.Field != NoField:
		return nil, false
	case r.Option.Share:
		return f.fraction, true
	case f.Unit.IsPercent() && f.Value.Exact():
		return new(big.Rat).Quo(f.Value.Number, hundred), true
	}
	return nil, false
}

// number writes the value with the percent sign where that is its unit.
func (f *Figure) number(l *locale.Lang, n *big.Rat, decimals int) string {
	if f.Unit.IsPercent() {
		return l.Percent(new(big.Rat).Quo(n, hundred), decimals)
	}
	return f.Unit.Written(l).Number(n, decimals)
}

func (f *Figure) periodText(l *locale.Lang) string {
	if f.Period == nil {
		return f.AsOf.In(l)
	}
	return f.Period.Label.In(l.Code)
}

// reasonWord says in a language why there is no value; what is broken is not
// available.
func reasonWord(l *locale.Lang, reason Reason) string {
	if reason == "" {
		reason = NotAvailable
	}
	return l.Word("reason-" + strings.ReplaceAll(string(reason), " ", "-"))
}

// decimals is how many are shown.
func (r Ref) decimals() int {
	switch {
	case r.Option.Decimals >= 0:
		return int(r.Option.Decimals)
	case r.Option.Share:
		return 0
	}
	return r.Figure.Decimals
}

// percentText writes a percentage. One that rounds to nothing, or to all, though it
// is neither, says so: "less than 1%", "more than 99%".
func percentText(l *locale.Lang, fraction *big.Rat, decimals int) string {
	shown, word := extreme(fraction, decimals)
	text := l.Percent(shown, decimals)
	if word == locale.Exact {
		return text
	}
	return l.Word(map[locale.Relation]string{locale.FewerThan: "share-less", locale.MoreThan: "share-more"}[word], text)
}

// extreme gives what is shown of a fraction: itself, or, where it would round to
// nothing or to all, the smallest or greatest that is neither, with how the fraction
// stands to that.
func extreme(fraction *big.Rat, decimals int) (shown *big.Rat, word locale.Relation) {
	if rough, _ := fraction.Float64(); rough > 0.01 && rough < 0.99 {
		return fraction, locale.Exact // nearly all are, and exact arithmetic is slow
	}
	step := new(big.Rat).Quo(big.NewRat(1, 100), power(decimals)) // the last place
	half := new(big.Rat).Quo(step, big.NewRat(2, 1))
	switch rest := new(big.Rat).Sub(big.NewRat(1, 1), fraction); {
	case fraction.Sign() > 0 && fraction.Cmp(half) < 0:
		return step, locale.FewerThan
	case rest.Sign() > 0 && rest.Cmp(half) <= 0:
		return new(big.Rat).Sub(big.NewRat(1, 1), step), locale.MoreThan
	}
	return fraction, locale.Exact
}

func power(decimals int) *big.Rat { return powers[min(decimals, len(powers)-1)] }

// Data writes the number for machines, exact whatever the page rounds: "318462". It is
// "" where there is no exact one.
func (r Ref) Data() string {
	n, _, ok := r.Exact()
	if !ok {
		return ""
	}
	return Decimal(n)
}

// Decimal writes an exact number with a point and all its decimals. One that never ends,
// or has more than a value can, is written as the nearest number that programs reckon
// with: 0.3333333333333333.
func Decimal(n *big.Rat) string {
	if decimals, ends := n.FloatPrec(); ends && decimals <= longest {
		return n.FloatString(decimals)
	}
	nearest, _ := n.Float64()
	return strconv.FormatFloat(nearest, 'f', -1, 64)
}

// Exact gives the number that words about the citation are checked against, not
// rounded, and how many decimals it is shown with; a share in percent. It
// reports false where there is no exact number.
func (r Ref) Exact() (n *big.Rat, decimals int, ok bool) {
	switch {
	case r.Option.Field != NoField:
		return nil, 0, false
	case r.Option.Share:
		n, ok = r.Figure.share()
		return n, r.decimals(), ok
	case !r.Figure.Value.Exact():
		return nil, 0, false
	}
	return r.Figure.Value.Number, r.decimals(), true
}

// noun is the unit beside the value: "visit" or "visits".
func (f *Figure) noun(l *locale.Lang, decimals int) string {
	return f.Unit.Noun(l, f.Value.Number, decimals)
}

// when names the period of a flow or the date of a stock.
func (f *Figure) when(l *locale.Lang) string {
	switch {
	case f.Period != nil:
		return f.Period.Label.In(l.Code)
	case f.AsOf.IsZero():
		return l.Word("date-not-stated")
	}
	return l.Word("as-of-date", f.AsOf.In(l))
}
