package figure

import (
	"math/big"
	"slices"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
)

// derived is a figure that is computed, before it is.
type derived struct {
	said        said
	attrs       attrs
	ownUnit     bool // the unit stands at the figure itself
	ownDecimals bool
	unit        *Unit
	formula     *node
	done        bool
}

// state says what is known of the result of a formula.
type state int

const (
	known   state = iota
	bounded       // one of its figures is a bound
	missing       // one of its figures has no value
	broken        // reported already
)

// quantity is the result of a formula or of a piece of it.
type quantity struct {
	state  state
	number *big.Rat
	unit   *Unit // nil of a plain number, and of what * and / made of units
	mixed  bool  // counted in a unit that nobody named: visits by days
	loose  bool  // the unit could not be read, which was said: any other will do
	cause  *Figure
}

// evaluator computes formulas, and says what is wrong with them at their places.
type evaluator struct {
	set  *Set
	said func(bad *fault)
	ask  func(f *Figure) // settles a figure before its value is read
	used []*Figure
}

func (e *evaluator) eval(n *node) quantity {
	switch n.op {
	case 'n':
		return quantity{number: n.number}
	case 'i':
		return e.figure(n)
	case '~':
		q := e.eval(n.left)
		if q.state == known {
			q.number = new(big.Rat).Neg(q.number)
		}
		return q
	}
	left, right := e.eval(n.left), e.eval(n.right)
	q := quantity{state: max(left.state, right.state), cause: left.cause}
	if q.cause == nil || right.state > left.state {
		q.cause = right.cause
	}
	q.loose = left.loose || right.loose
	q.unit, q.mixed = e.unitOf(n, left, right, &q)
	if q.state != known {
		return q
	}
	return e.compute(n, q, left.number, right.number)
}

func (e *evaluator) compute(n *node, q quantity, left, right *big.Rat) quantity {
	q.number = new(big.Rat)
	switch n.op {
	case '+':
		q.number.Add(left, right)
	case '-':
		q.number.Sub(left, right)
	case '*':
		q.number.Mul(left, right)
	case '/':
		if right.Sign() == 0 {
			e.said(&fault{code: "formula-zero", start: n.right.start, end: n.right.end, text: diag.Say("this is 0, and nothing can be divided by 0",
				"das ist 0, und durch 0 lässt sich nicht teilen"),
				ways: []diag.Text{diag.Say("correct the figure that is 0, or take the formula out",
					"berichtigen Sie die Kennzahl, die 0 ist, oder streichen Sie die Formel")}})
			return quantity{state: broken}
		}
		q.number.Quo(left, right)
	}
	if q.number.Num().BitLen()+q.number.Denom().BitLen() > 4000 {
		e.said(&fault{code: "formula-long", start: n.start, end: n.end, text: diag.Say("the result of this has too many digits",
			"das Ergebnis hat zu viele Stellen"),
			ways: []diag.Text{diag.Say("make figures of its pieces", "machen Sie aus den Teilen eigene Kennzahlen")}})
		return quantity{state: broken}
	}
	return q
}

// figure finds the figure that an id names, and its value.
func (e *evaluator) figure(n *node) quantity {
	f, ok := e.set.figures[n.id]
	if !ok {
		if !e.set.incomplete {
			e.said(e.set.unknown(n.id, n.start))
		}
		return quantity{state: broken}
	}
	e.ask(f)
	e.used = append(e.used, f)
	q := quantity{unit: f.Unit, cause: f}
	if f.Unit.bad {
		q.unit, q.loose = nil, true
	}
	switch {
	case f.Value.Broken:
		q.state = broken
	case f.Value.Number == nil:
		q.state = missing
	case f.Value.Bound != locale.Exact:
		q.state = bounded
	default:
		q.number = f.Value.Number
	}
	return q
}

// unitOf says in which unit the result of an operation is counted. + and - need
// one unit; a plain number takes that of the other side. * and / by a plain
// number keep the unit, and two figures of one unit divide to a plain number.
func (e *evaluator) unitOf(n *node, left, right quantity, q *quantity) (*Unit, bool) {
	if q.state == broken || q.loose {
		return nil, true
	}
	plainLeft, plainRight := left.unit == nil && !left.mixed, right.unit == nil && !right.mixed
	switch {
	case plainLeft && plainRight:
		return nil, false
	case n.op == '*' && plainLeft, (n.op == '+' || n.op == '-') && plainLeft:
		return right.unit, right.mixed
	case plainRight:
		return left.unit, left.mixed
	case n.op == '/' && left.unit == right.unit && left.unit != nil:
		return nil, false
	case n.op == '*' || n.op == '/' || left.mixed || right.mixed:
		return nil, true
	case left.unit != right.unit:
		e.said(unitsDiffer(n.start, n.end, left.unit, right.unit))
		q.state = broken
		return nil, true
	}
	return left.unit, false
}

func unitsDiffer(start, end int, left, right *Unit) *fault {
	return &fault{code: "units-differ", start: start, end: end,
		text: diag.Say("%s and %s are two units, which cannot be added or subtracted",
			"%s und %s sind zwei Einheiten, die man nicht addieren oder abziehen kann", left.Named(), right.Named()),
		ways: []diag.Text{diag.Say("take figures of one unit", "nehmen Sie Kennzahlen einer Einheit")}}
}

// settleFormulas computes every derived figure, each after those it needs.
func (l *loader) settleFormulas() {
	for _, f := range l.set.all {
		if d := l.formulas[f]; d != nil {
			formula, bad := parseFormula(d.said.text)
			if bad != nil {
				l.fault(d.said, bad)
				f.Value.Broken, d.done = true, true
				continue
			}
			d.formula = formula
		}
	}
	for _, f := range l.set.all {
		l.settle(f, nil)
	}
}

// settle computes a figure. path holds the figures that wait for it.
func (l *loader) settle(f *Figure, path []*Figure) {
	d := l.formulas[f]
	if d == nil || d.done {
		return
	}
	if f.settling {
		l.circle(f, path)
		return
	}
	f.settling = true
	path = append(path, f)
	e := &evaluator{set: l.set, said: func(bad *fault) { l.fault(d.said, bad) }, ask: func(other *Figure) { l.settle(other, path) }}
	q := e.eval(d.formula)
	f.Inputs = unique(e.used)
	f.settling = false
	if d.done {
		return // part of a circle
	}
	d.done = true
	if d.attrs.status == "" {
		f.Status = leastSettled(f.Inputs)
	}
	l.finish(f, d, q)
}

// leastSettled is how settled a figure is that is computed from these: what comes of an
// estimate is one, and what comes of a provisional value may change with it.
func leastSettled(inputs []*Figure) Status {
	is := func(status Status) bool {
		return slices.ContainsFunc(inputs, func(f *Figure) bool { return f.Status == status })
	}
	switch {
	case is(Estimated):
		return Estimated
	case is(Provisional):
		return Provisional
	}
	return Final
}

func unique(figures []*Figure) []*Figure {
	seen := map[*Figure]bool{}
	var once []*Figure
	for _, f := range figures {
		if !seen[f] {
			seen[f] = true
			once = append(once, f)
		}
	}
	return once
}

// circle says that figures are computed from each other, once for each circle,
// at the one whose id comes first.
func (l *loader) circle(f *Figure, path []*Figure) {
	start := len(path) - 1
	for path[start] != f {
		start--
	}
	round := path[start:]
	first := 0
	for i, other := range round {
		if other.ID < round[first].ID {
			first = i
		}
	}
	at := round[first]
	bad := diag.Diagnostic{Code: "formula-circle", Place: at.ValueAt,
		Text: diag.Say("%s is computed from itself", "%s berechnet sich aus sich selbst", at.Named()),
		Ways: []diag.Text{diag.Say("type the value of one of these figures",
			"geben Sie bei einer dieser Kennzahlen den Wert selbst ein")}}
	for i := 1; i < len(round) && i <= 8; i++ {
		other := round[(first+i)%len(round)]
		bad.Notes = append(bad.Notes, diag.Note{Place: other.ValueAt, Text: diag.Say("by way of %s",
			"über %s", other.Named())})
	}
	l.list.Add(bad)
	for _, other := range round {
		other.Value.Broken, l.formulas[other].done = true, true
	}
}

// finish gives a derived figure its value, and what it has from its inputs.
func (l *loader) finish(f *Figure, d *derived, q quantity) {
	switch q.state {
	case broken:
		f.Value = Value{Broken: true}
	case known:
		f.Value = Value{Number: q.number}
	default:
		f.Value = Value{Reason: NotAvailable}
	}
	l.inheritFromInputs(f, d)
	if q.state != broken && !l.settleUnit(f, d, q) {
		f.Value = Value{Broken: true}
	}
	if !d.ownDecimals && !d.ownUnit {
		f.Decimals = f.Unit.Decimals
	}
}

// inheritFromInputs takes time and source from the inputs where they agree and
// the figure says nothing itself.
func (l *loader) inheritFromInputs(f *Figure, d *derived) {
	a := d.attrs
	if len(f.Inputs) == 0 {
		l.needBare(f, a)
		return
	}
	first := f.Inputs[0]
	samePeriod, sameAsOf, sameSource := true, true, true
	for _, in := range f.Inputs[1:] {
		samePeriod = samePeriod && in.Period == first.Period
		sameAsOf = sameAsOf && in.AsOf == first.AsOf
		sameSource = sameSource && in.Source == first.Source
	}
	if a.source == nil && sameSource {
		a.source, f.Source, f.Inferred = first.Source, first.Source, first.Inferred
	}
	if !a.periodSet && !a.asOfSet && samePeriod && (first.Period != nil || sameAsOf) {
		a.period, a.periodSet, f.Period = first.Period, true, first.Period
		a.asOf, a.asOfSet, f.AsOf = first.AsOf, first.Period == nil, first.AsOf
	}
	l.needBare(f, a)
}

// needBare says what a derived figure lacks, stand-ins left out; its unit is for
// settleUnit.
func (l *loader) needBare(f *Figure, a attrs) {
	if !a.refused && !f.Value.Broken {
		l.needAll(&Figure{ID: f.ID, IDAt: f.IDAt, Unit: f.Unit, Period: a.period, Source: a.source}, a)
	}
}

// settleUnit gives a derived figure its unit. What * or / made of two units needs
// one of its own; the defaults of the file do not count, since they are those of
// the typed figures.
func (l *loader) settleUnit(f *Figure, d *derived, q quantity) bool {
	if d.ownUnit {
		if q.unit == nil || q.unit == f.Unit || f.Unit.bad || d.formula.dividesUnits() {
			return true
		}
		l.list.Add(diag.Diagnostic{Code: "units-differ", Place: f.ValueAt,
			Text: diag.Say("this formula counts %s, but %s is said to count %s",
				"diese Formel zählt %s, aber %s soll %s zählen", q.unit.Named(), f.Named(), f.Unit.Named()),
			Ways: []diag.Text{diag.Say("write unit: %s", "schreiben Sie unit: %s", q.unit.ID)}})
		return false
	}
	if d.formula.dividesUnits() {
		l.list.Add(diag.Diagnostic{Code: "formula-unit", Place: f.ValueAt,
			Text: diag.Say("%s multiplies or divides figures, so it needs a unit of its own",
				"%s multipliziert oder teilt Kennzahlen und braucht deshalb eine eigene Einheit", f.Named()),
			Ways: []diag.Text{
				diag.Say("add unit: to this figure", "ergänzen Sie unit: bei dieser Kennzahl"),
				diag.Say("for a percentage, add unit: percent, and * 100 to the formula",
					"für einen Prozentwert ergänzen Sie unit: percent, und * 100 in der Formel"),
			}})
		return false
	}
	if q.unit != nil {
		f.Unit = q.unit
	}
	if f.Unit.bad && f.Unit.ID == "" {
		l.add("unit-missing", f.IDAt, diag.Say("%s has no unit",
			"%s hat keine Einheit", f.Named()), diag.Say("add unit: to this figure",
			"ergänzen Sie unit: bei dieser Kennzahl"))
		return false
	}
	return true
}
