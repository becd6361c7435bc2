package figure

import (
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// sum is a figure whose parts are to be added up.
type sum struct {
	whole       *Figure
	node        *schema.Node // of the figure
	discrepancy *knownGap
}

// knownGap is a discrepancy as the author wrote it.
type knownGap struct {
	node  *schema.Node // the key with everything below it
	by    said
	gap   *big.Rat // nil where it could not be read
	notes []Passage
}

// discrepancy reads known_discrepancy.
func (l *loader) discrepancy(f *Figure, n *schema.Node) *knownGap {
	if n == nil {
		return nil
	}
	fields, ok := n.Fields(DiscrepancyKeys, l.list)
	if !ok {
		return &knownGap{node: n}
	}
	k := &knownGap{node: n, by: inYAML(fields.Get("by")), notes: l.passages(fields.Get("note"), worded{diag.Say("the note of the discrepancy of %s",
		"die Anmerkung zur Unstimmigkeit von %s", f.Named()), f.ID})}
	if k.by.is() {
		number, bad := parseNumber(k.by.text, englishForm, f.Unit)
		if bad != nil {
			l.fault(k.by, bad)
		}
		k.gap = number
	}
	for _, note := range k.notes {
		l.placeholders(note)
	}
	return k
}

// placeholders says which words in braces stand for nothing.
func (l *loader) placeholders(p Passage) {
	for at := 0; ; {
		open := strings.IndexByte(p.Text[at:], '{')
		if open < 0 {
			return
		}
		open += at
		shut := strings.IndexByte(p.Text[open:], '}')
		if shut < 0 {
			return
		}
		at = open + shut + 1
		if word := p.Text[open:at]; word != "{sum}" && word != "{gap}" {
			l.add("placeholder-unknown", p.Place(open, at), diag.Say("%s stands for nothing",
				"%s steht für nichts", word),
				diag.Say("write {sum} for the sum of the parts, {gap} for its distance from the value",
					"schreiben Sie {sum} für die Summe der Teile, {gap} für ihren Abstand vom Wert"))
		}
	}
}

// settleSums adds up the parts of every figure that has some.
func (l *loader) settleSums() {
	for _, s := range l.sums {
		if !l.oneUnit(s.whole) {
			continue
		}
		switch s.whole.PartsAre {
		case Overlapping:
			l.checkOverlapping(s)
		default:
			l.checkSum(s)
		}
	}
}

// oneUnit says which parts are counted in another unit than their whole.
func (l *loader) oneUnit(whole *Figure) bool {
	for _, part := range whole.Parts {
		if part.Unit != whole.Unit && !part.Unit.bad && !whole.Unit.bad {
			l.list.Add(diag.Diagnostic{Code: "parts-unit", Place: part.IDAt,
				Text: diag.Say("%s counts %s, but %s counts %s; a part has the unit of its whole",
					"%s zählt %s, aber %s zählt %s; ein Teil hat die Einheit des Ganzen", part.Named(), part.Unit.Named(), whole.Named(), whole.Unit.Named()),
				Notes: []diag.Note{figureIsHere(whole)},
				Ways: []diag.Text{diag.Say("make a figure of its own of it",
					"machen Sie eine eigene Kennzahl daraus")}})
			return false
		}
	}
	return true
}

func figureIsHere(f *Figure) diag.Note {
	return diag.Note{Place: f.ValueAt, Text: diag.Say("the figure is here", "die Kennzahl steht hier")}
}

// addUp gives the sum of figures, and false where one of them has no plain number.
func addUp(parts []*Figure) (*big.Rat, bool) {
	total := new(big.Rat)
	for _, part := range parts {
		if !part.Value.Exact() {
			return nil, false
		}
		total.Add(total, part.Value.Number)
	}
	return total, true
}

// PartsSum is the sum of the parts; false where one of them has no plain number.
func (f *Figure) PartsSum() (*big.Rat, bool) { return addUp(f.Parts) }

func (l *loader) checkSum(s sum) {
	total, exact := addUp(s.whole.Parts)
	if !exact || !s.whole.Value.Exact() {
		return // nobody knows whether a discrepancy still holds, so none is printed
	}
	gap := new(big.Rat).Sub(total, s.whole.Value.Number)
	holds := gap.Sign() == 0 || s.whole.PartsAre == Selection && gap.Sign() < 0
	if !holds && s.whole.Rounded && s.whole.byRounding(s.whole.Parts, gap) {
		holds, s.whole.Misses = true, true
	}
	k := s.discrepancy
	switch {
	case holds && k == nil:
		s.whole.SumChecked = true
	case holds:
		l.discrepancyGone(s)
	case k == nil:
		l.partsBroken(s, total, gap)
	case k.gap == nil:
		// what could not be read was said
	case k.gap.Cmp(gap) != 0:
		l.discrepancyChanged(s, gap)
	default:
		s.whole.SumChecked = true
		s.whole.Discrepancy = &Discrepancy{Sum: total, By: gap, Notes: k.notes}
	}
}

// byRounding reports whether rounding alone can have made this gap between the parts and
// their whole: half a last digit for each number. A whole of 100% is not rounded.
func (f *Figure) byRounding(parts []*Figure, gap *big.Rat) bool {
	half := func(f *Figure) *big.Rat { return new(big.Rat).Quo(big.NewRat(1, 2), power(f.Decimals)) }
	most := new(big.Rat)
	if !f.Unit.IsPercent() || f.Value.Number.Cmp(hundred) != 0 {
		most.Add(most, half(f))
	}
	for _, part := range parts {
		most.Add(most, half(part))
	}
	return new(big.Rat).Abs(gap).Cmp(most) <= 0
}

func (l *loader) checkOverlapping(s sum) {
	if s.discrepancy != nil {
		l.add("discrepancy-overlapping", s.discrepancy.node.KeyPlace(), diag.Say("overlapping parts are not added up, so there is no discrepancy to know of",
			"überlappende Teile werden nicht addiert; es gibt keine Unstimmigkeit"),
			diag.Say("delete known_discrepancy", "löschen Sie known_discrepancy"))
	}
	checked := s.whole.Value.Exact()
	for _, part := range s.whole.Parts {
		if !part.Value.Exact() || !s.whole.Value.Exact() {
			checked = false
			continue
		}
		if part.Value.Number.Cmp(s.whole.Value.Number) > 0 {
			checked = false
			l.list.Add(partExceeds(part, s.whole))
		}
	}
	s.whole.SumChecked = checked
}

// partExceeds says that a part is larger than its whole.
func partExceeds(part, whole *Figure) diag.Diagnostic {
	return diag.Diagnostic{Code: "part-exceeds", Place: part.ValueAt,
		Text: diag.Say("%s is %s, more than its whole: %s is %s", "%s ist %s, mehr als das Ganze: %s ist %s",
			part.Named(), spoken(part.Value.Number), whole.Named(), spoken(whole.Value.Number)),
		Notes: []diag.Note{figureIsHere(whole)},
		Ways: []diag.Text{diag.Say("correct the value or the part",
			"berichtigen Sie den Wert oder den Teil")}}
}

// spoken is a number in a message, with as many decimals as it has, up to six.
func spoken(n *big.Rat) locale.Spoken {
	decimals := 0
	for decimals < 6 && !new(big.Rat).Mul(n, powers[decimals]).IsInt() {
		decimals++
	}
	return locale.Spoken{Value: n, Decimals: decimals}
}

var powers = [...]*big.Rat{big.NewRat(1, 1), big.NewRat(10, 1), big.NewRat(100, 1), big.NewRat(1000, 1), big.NewRat(10000, 1), big.NewRat(100000, 1), big.NewRat(1000000, 1)}

// written is a number as figure files write it.
func written(n *big.Rat) string { return n.FloatString(spoken(n).Decimals) }

// mostParts is how many parts a message lists.
const mostParts = 12

// partsBroken says that the parts of a figure do not add up to it.
func (l *loader) partsBroken(s sum, total, gap *big.Rat) {
	d := sumBroken(s.whole, s.whole.Parts, total, gap)
	d.Ways = append(d.Ways, diag.Say("if it was published like this, sign it with known_discrepancy (by: %s) and a note",
		"wurde es so veröffentlicht, zeichnen Sie es mit known_discrepancy (by: %s) und einer Anmerkung ab", written(gap)))
	fractions := s.whole.Unit.Decimals > 0 || s.whole.Unit.IsPercent()
	if fractions && !s.whole.Rounded && s.whole.byRounding(s.whole.Parts, gap) {
		d.Ways = append(d.Ways, diag.Say("if the parts are right and only rounded, write rounded: true beside them",
			"sind die Teile richtig und nur gerundet, schreiben Sie rounded: true daneben"))
	}
	if s.whole.PartsAre == Complete && gap.Sign() < 0 {
		d.Ways = append(d.Ways, diag.Say("if there are further parts that are not shown, write parts_are: a selection",
			"gibt es weitere Teile, die nicht gezeigt werden, schreiben Sie parts_are: a selection"))
		d.Edits = s.node.Set(FigureKeys, "parts_are", string(Selection))
	}
	l.list.Add(d)
}

// sumBroken says that some figures, parts or rows of a table, do not add up to
// their whole.
func sumBroken(whole *Figure, parts []*Figure, total, gap *big.Rat) diag.Diagnostic {
	distance := new(big.Rat).Abs(gap)
	verb, more := "das sind", diag.Say("more", "mehr")
	if distance.Cmp(big.NewRat(1, 1)) == 0 {
		verb = "das ist"
	}
	if gap.Sign() < 0 {
		more = diag.Say("less", "weniger")
	}
	text := diag.Say("the parts of %s add up to %s, which is %s %s than its value %s",
		"die Teile von %s ergeben %s, "+verb+" %s %s als der Wert %s",
		whole.Named(), spoken(total), spoken(distance), more, spoken(whole.Value.Number))
	d := diag.Diagnostic{Code: "parts-sum", Place: whole.ValueAt, Text: text, Ways: []diag.Text{diag.Say("correct the value or the part that is wrong",
		"berichtigen Sie den Wert oder den Teil, der falsch ist")}}
	for i, part := range parts {
		if i == mostParts {
			break
		}
		d.Notes = append(d.Notes, diag.Note{Place: part.ValueAt, Text: diag.Say("%s is %s",
			"%s ist %s", part.Named(), spoken(part.Value.Number))})
	}
	return d
}

func (l *loader) discrepancyChanged(s sum, gap *big.Rat) {
	by := s.discrepancy.by
	l.list.Add(diag.Diagnostic{Code: "discrepancy-changed", Place: by.place(), Edits: s.discrepancy.node.Set(DiscrepancyKeys, "by", written(gap)),
		Text: diag.Say("the parts of %s now add up to %s than its value; known_discrepancy still says %s",
			"die Teile von %s ergeben jetzt %s als der Wert; known_discrepancy sagt noch %s",
			s.whole.Named(), moreOrLess(gap), moreOrLess(s.discrepancy.gap)),
		Notes: []diag.Note{figureIsHere(s.whole)},
		Ways: []diag.Text{
			diag.Say("ask those who gave the numbers; if it is so, write by: %s",
				"fragen Sie die Stelle, von der die Zahlen kommen; ist es so, schreiben Sie by: %s", written(gap)),
			diag.Say("correct the value or the part that is wrong",
				"berichtigen Sie den Wert oder den Teil, der falsch ist"),
		}})
}

// moreOrLess is a gap in words: 36 more.
func moreOrLess(gap *big.Rat) diag.Text {
	distance := spoken(new(big.Rat).Abs(gap))
	if gap.Sign() < 0 {
		return diag.Say("%s less", "%s weniger", distance)
	}
	return diag.Say("%s more", "%s mehr", distance)
}

// discrepancyGone says which lines to delete.
func (l *loader) discrepancyGone(s sum) {
	n := s.discrepancy.node
	s.whole.SumChecked = true
	d := diag.Diagnostic{Code: "discrepancy-gone", Place: n.KeyPlace(), About: []string{s.whole.ID},
		Text: diag.Say("the parts of %s add up to its value, so there is no discrepancy any more",
			"die Teile von %s ergeben den Wert, es gibt also keine Unstimmigkeit mehr", s.whole.Named())}
	first, last, whole := n.LineNumbers()
	if whole {
		d.Edits = []diag.Edit{n.Delete()}
		d.Ways = []diag.Text{diag.Say("run \"bilanz fix\" to delete lines %d to %d",
			"„bilanz fix“ löscht die Zeilen %d bis %d", first, last)}
		if first == last {
			d.Ways = []diag.Text{diag.Say("run \"bilanz fix\" to delete line %d",
				"„bilanz fix“ löscht Zeile %d", first)}
		}
	} else {
		d.Ways = []diag.Text{diag.Say("delete known_discrepancy", "löschen Sie known_discrepancy")}
	}
	l.list.Add(d)
}

// totals are the sums of a table; see table.go.
func (l *loader) checkTotal(whole *Figure, parts []*Figure) {
	if len(parts) == 0 {
		return
	}
	total, exact := addUp(parts)
	if !exact || !whole.Value.Exact() {
		return
	}
	gap := new(big.Rat).Sub(total, whole.Value.Number)
	rounding := gap.Sign() != 0 && whole.byRounding(parts, gap)
	if gap.Sign() != 0 && !(rounding && whole.Rounded) {
		l.list.Add(totalBroken(whole, parts, total, gap, rounding))
		return
	}
	whole.SumChecked, whole.Misses = true, whole.Misses || gap.Sign() != 0
}

// totalBroken says that the cells of a column do not add up to their total. What is no
// whole number may be rounded, or no count that can be added at all.
func totalBroken(whole *Figure, parts []*Figure, total, gap *big.Rat, rounding bool) diag.Diagnostic {
	d := sumBroken(whole, parts, total, gap)
	if whole.Unit.Decimals == 0 && !whole.Unit.IsPercent() {
		return d
	}
	if rounding {
		d.Ways = append(d.Ways, diag.Say("if the cells are right and only rounded, write rounded: true below table:",
			"sind die Zellen richtig und nur gerundet, schreiben Sie rounded: true unter table:"))
	}
	d.Ways = append(d.Ways, diag.Say("if these values cannot be added up, write aggregation: none at the column %s",
		"lassen sich diese Werte nicht addieren, schreiben Sie aggregation: none bei der Spalte %s",
		whole.Cell.Table.Columns[whole.Cell.Column].ID))
	return d
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
