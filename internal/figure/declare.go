package figure

import (
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// attrs are what a figure has from its own keys, the figure that it is a part
// of, and the defaults of its file, in this order.
type attrs struct {
	unit      *Unit
	unitOwn   bool // said at the figure itself
	period    *Period
	periodSet bool // a period, or none
	asOf      AsOf
	asOfSet   bool
	source    *Source
	inferred  bool
	status    Status
	change    bool
	explained *Explanation
	sums      aggregation
	refused   bool // something of these was refused: nothing is missing
}

// inherit reads what a set of keys says, over what was said around it.
func (l *loader) inherit(a attrs, get func(key string) said) attrs {
	a.unitOwn, a.sums.own = false, false
	if s := get("unit"); s.is() {
		around := a.unit
		if a.unit, a.unitOwn = l.unit(s), true; around != nil && around != a.unit {
			a.explained = nil // it is of what is counted there
		}
	}
	if s := get("period"); s.is() {
		a.period, a.periodSet = l.period(s), true
	}
	if s := get("as_of"); s.is() {
		asOf, ok := l.asOf(s)
		a.asOf, a.asOfSet, a.refused = asOf, true, a.refused || !ok
	}
	if s := get("source"); s.is() {
		a.source = l.source(s)
	}
	if s := get("source_basis"); s.is() {
		a.inferred = s.text == "inferred"
	}
	if s := get("status"); s.is() {
		a.status = Status(s.text)
	}
	if s := get("aggregation"); s.is() {
		a.sums = aggregation{says: Aggregation(s.text), own: true}
	}
	if s := get("change"); s.is() {
		a.change = s.text == "true"
	}
	if s := get("explained"); s.is() {
		a.explained = l.explanation(s)
	}
	return a
}

// of gives the keys of a mapping for inherit.
func of(f schema.Fields) func(key string) said {
	return func(key string) said { return inYAML(f.Get(key)) }
}

func refusedAny(f schema.Fields) bool {
	for _, key := range DefaultKeys {
		if f.Faulty(key.Name) {
			return true
		}
	}
	return false
}

// lookup finds what a name stands for. A name that nobody described gives a
// stand-in, so that it is said once and nothing else breaks.
func lookup[T any](l *loader, all map[string]*T, s said, kind string, word diag.Text, standIn func(name string) *T) *T {
	if found, ok := all[s.text]; ok {
		return found
	}
	if !l.set.incomplete {
		bad := &fault{code: kind + "-unknown", end: len(s.text), about: s.text, text: diag.Say("there is no %s %s",
			"%s %s gibt es nicht", word, quoted(s.text))}
		for _, near := range diag.Nearest(s.text, sortedKeys(all)) {
			bad.ways = append(bad.ways, writeWay(near))
		}
		if len(all) == 0 {
			bad.about = kind + "s" // all of them lack the one file
			bad.text = diag.Say("there is no %s %s; none is described",
				"%s %s gibt es nicht; beschrieben ist nichts davon", word, quoted(s.text))
		}
		bad.ways = append(bad.ways, diag.Say("describe it under %ss: in content/figures/programme.yaml",
			"beschreiben Sie das unter %ss: in content/figures/programme.yaml", kind))
		l.fault(s, bad)
	}
	return standIn(s.text)
}

func (l *loader) unit(s said) *Unit {
	return lookup(l, l.units, s, "unit", diag.Say("unit", "eine Einheit"), func(name string) *Unit {
		return &Unit{ID: name, Other: Text{}, bad: true}
	})
}

// period gives nil for "none".
func (l *loader) period(s said) *Period {
	if s.text == noPeriod {
		return nil
	}
	return lookup(l, l.periods, s, "period", diag.Say("period", "einen Zeitraum"), func(name string) *Period {
		return &Period{ID: name, Label: Text{}}
	})
}

func (l *loader) source(s said) *Source {
	return lookup(l, l.sources, s, "source", diag.Say("source", "eine Quelle"), func(name string) *Source {
		return &Source{ID: name, Label: Text{}, AsOf: AsOf{bad: true}}
	})
}

func (l *loader) footnote(s said) *Footnote {
	if !s.is() {
		return nil
	}
	return lookup(l, l.footnotes, s, "footnote", diag.Say("footnote", "eine Fußnote"), func(name string) *Footnote {
		return &Footnote{ID: name}
	})
}

// declare makes the figures of one file.
func (l *loader) declare(d *document) {
	if d.kind != tableDoc && (d.root != nil || d.book == nil || !l.readByTable(d.book.Path)) {
		l.plainSheet(d)
	}
	if d.root == nil {
		if d.sheet != nil && !d.broken {
			l.declareRows(d)
		}
		return
	}
	if defaults := d.fields.Get("defaults"); defaults != nil {
		if f, ok := defaults.Fields(DefaultKeys, l.list); ok {
			d.common = l.inherit(attrs{}, of(f))
			d.common.refused = d.common.refused || refusedAny(f)
		}
	}
	d.common.refused = d.common.refused || d.fields.Faulty("defaults")
	switch d.kind {
	case tableDoc:
		l.declareTable(d)
	case seriesDoc:
		l.declareSeries(d)
	default:
		l.declareFigures(d)
		if d.sheet != nil {
			l.declareRows(d)
		}
	}
	if checks := d.fields.Get("checks"); checks != nil {
		l.declareChecks(checks)
	}
}

func (l *loader) declareFigures(d *document) {
	figures := d.fields.Get("figures")
	if figures == nil {
		return
	}
	for _, n := range figures.Values() {
		if bad := idFault(n.Key()); bad != nil {
			// The figure is read nevertheless, so that what refers to it stays silent.
			l.add(bad.code, n.KeyPlace(), bad.text, bad.ways...)
		}
		l.declareFigure(n.Key(), n, d.common, nil)
	}
}

// declareFigure makes the figure that a set of keys describes, and its parts.
// It gives nil where the id is taken.
func (l *loader) declareFigure(id string, n *schema.Node, around attrs, parent *Figure) *Figure {
	f := &Figure{ID: id, Parent: parent, PartsAre: Complete, IDAt: n.KeyPlace(), ValueAt: n.KeyPlace(), Label: Text{}}
	if !l.register(f) {
		return nil
	}
	if n.IsEmpty() {
		l.add("value-missing", f.IDAt, diag.Say("%s has neither a value nor a label",
			"%s hat weder Wert noch Bezeichnung", id),
			diag.Say("write them below it, each on a line of its own: value: and label:",
				"schreiben Sie beides darunter, jedes in eine eigene Zeile: value: und label:"))
	}
	fields := schema.Fields{}
	ok := false
	if !n.IsEmpty() {
		fields, ok = n.Fields(FigureKeys, l.list)
	}
	if !ok {
		f.Value.Broken = true
		l.complete(f, attrs{refused: true}, true)
		return f
	}
	a := l.inherit(around, of(fields))
	refused := a.refused
	a.refused = refused || refusedAny(fields)
	f.Label = l.texts(fields.Get("label"), labelOf(id))
	f.Noun = l.optional(fields.Get("noun"), nounOf(id))
	f.Short = l.optional(fields.Get("short"), shortOf(id))
	if parent != nil {
		l.beside("parts "+parent.ID, brief{id, f.Short, f.Label, f.IDAt})
	}
	f.Notes = l.passages(fields.Get("note"), noteOf(id))
	f.Footnote = l.footnote(inYAML(fields.Get("footnote")))
	f.Formerly = l.formerly(f, fields.Get("formerly"))
	formula := inYAML(fields.Get("formula"))
	l.complete(f, a, formula.is())
	decimals := fields.Get("decimals")
	l.readDecimals(decimals, &f.Decimals)
	l.valueOrFormula(f, n, fields, formula, a, decimals != nil)
	a.refused = refused
	l.declareParts(f, n, fields, a)
	return f
}

// valueOrFormula reads what a figure says, or how it is computed.
func (l *loader) valueOrFormula(f *Figure, n *schema.Node, fields schema.Fields, formula said, a attrs,
	ownDecimals bool) {
	value := fields.Get("value")
	l.spellKeys(f, n, value)
	switch {
	case fields.Has("value") && formula.is():
		f.Value.Broken = true
		l.add("value-and-formula", fields.KeyPlace("formula"), diag.Say("%s has a value and a formula",
			"%s hat einen Wert und eine Formel", f.Named()),
			diag.Say("delete the value: what can be computed is never typed",
				"löschen Sie den Wert: was sich berechnen lässt, wird nie getippt"))
	case formula.is():
		f.ValueAt = formula.place()
		l.formulas[f] = &derived{said: formula, ownUnit: a.unitOwn, unit: f.Unit, ownDecimals: ownDecimals, attrs: a}
		f.Formula = formula.text
	case value != nil:
		f.ValueAt = value.Place()
		l.value(f, inYAML(value), englishForm)
	case fields.Faulty("value") || fields.Faulty("formula"):
		f.Value.Broken = true
	default:
		f.Value.Broken = true
		l.add("value-missing", f.IDAt, diag.Say("%s has no value", "%s hat keinen Wert", f.Named()),
			diag.Say("add value: with the number, or with why there is none: %s",
				"ergänzen Sie value: mit der Zahl oder damit, warum es keine gibt: %s", strings.Join(reasons, ", ")),
			diag.Say("add formula: if it is computed from others",
				"ergänzen Sie formula:, wenn sie sich aus anderen berechnet"))
	}
}

// value reads a typed value.
func (l *loader) value(f *Figure, s said, how form) {
	value, bad := parseValue(s.text, how, f.Unit)
	if bad != nil {
		l.fault(s, bad)
		value.Broken = true
	}
	f.Value = value
}

// register takes a figure into the set. It reports false where its id is taken.
func (l *loader) register(f *Figure) bool {
	if len(l.set.all) >= mostFigures {
		l.tooMany(f.IDAt, mostFigures, diag.Say("figures in a site", "Kennzahlen in einer Website"))
		return false
	}
	if l.listed >= mostListed && f.Cell == nil {
		l.tooMany(f.IDAt, mostListed, diag.Say("figures outside tables", "Kennzahlen außerhalb von Tabellen"))
		return false
	}
	if !l.first("figure", f.ID, f.IDAt, diag.Say("there are two figures %s", "es gibt zwei Kennzahlen %s", f.ID)) {
		return false
	}
	if f.Cell == nil {
		l.listed++
	}
	l.set.figures[f.ID] = f
	l.set.all = append(l.set.all, f)
	return true
}

// complete gives a figure its unit, time and source, and says what is missing.
// A formula may take them from the figures that it is computed from.
func (l *loader) complete(f *Figure, a attrs, derived bool) {
	f.Unit, f.Period, f.Source, f.Inferred, f.Status = a.unit, a.period, a.source, a.inferred, a.status
	f.change, f.aggregation, f.explained = a.change, a.sums, a.explained
	if f.Status == "" {
		f.Status = Final
	}
	if a.asOfSet {
		f.AsOf = a.asOf
	} else if f.Period != nil && f.Source != nil {
		f.AsOf = f.Source.AsOf
	}
	if !derived && !a.refused {
		l.needAll(f, a)
	}
	if !derived && f.Period == nil && !a.periodSet && !a.asOfSet {
		f.Period = &Period{Label: Text{}}
	}
	l.standIn(f)
}

// needAll says which of unit, time and source a figure lacks.
func (l *loader) needAll(f *Figure, a attrs) {
	if f.Unit == nil {
		l.add("unit-missing", f.IDAt, diag.Say("%s has no unit", "%s hat keine Einheit", f.Named()),
			diag.Say("add unit: at the figure, or under defaults: for the whole file",
				"ergänzen Sie unit: bei der Kennzahl oder unter defaults: für die ganze Datei"))
	}
	if f.Source == nil {
		l.add("source-missing", f.IDAt, diag.Say("%s has no source", "%s hat keine Quelle", f.Named()),
			diag.Say("add source: at the figure, or under defaults: for the whole file",
				"ergänzen Sie source: bei der Kennzahl oder unter defaults: für die ganze Datei"))
	}
	switch {
	case f.Period == nil && a.periodSet && !a.asOfSet:
		l.add("as-of-missing", f.IDAt, diag.Say("%s has no period (none), so it needs a date",
			"%s hat keinen Zeitraum (none) und braucht deshalb einen Stand", f.Named()),
			diag.Say("add as_of: with a day (2024-12-31), a year (2024), or not stated",
				"ergänzen Sie as_of: mit einem Tag (2024-12-31), einem Jahr (2024) oder not stated"))
	case f.Period == nil && !a.periodSet && !a.asOfSet:
		l.add("period-missing", f.IDAt, diag.Say("%s has neither a period nor a date",
			"%s hat weder einen Zeitraum noch einen Stand", f.Named()),
			diag.Say("add period: if it counts what happened in a stretch of time",
				"ergänzen Sie period:, wenn sie zählt, was in einem Zeitraum geschah"),
			diag.Say("add period: none and as_of: if it was counted on a day",
				"ergänzen Sie period: none und as_of:, wenn sie an einem Tag gezählt wurde"))
	}
}

// noUnit stands for the unit of figures that have none: one for all of them, so that a
// figure and its parts have the same.
var noUnit = &Unit{Other: Text{}, bad: true}

// standIn leaves nothing nil that others read.
func (l *loader) standIn(f *Figure) {
	if f.Unit == nil {
		f.Unit = noUnit
	}
	if f.Source == nil {
		f.Source = &Source{Label: Text{}}
		f.AsOf.bad = f.AsOf.IsZero()
	}
	f.Decimals = f.Unit.Decimals
}

// declareParts makes the figures that a figure is broken down into.
func (l *loader) declareParts(f *Figure, of *schema.Node, fields schema.Fields, a attrs) {
	if are := fields.Get("parts_are"); are != nil {
		f.PartsAre = PartsAre(are.String())
	}
	if n := fields.Get("rounded"); n != nil {
		f.Rounded, _ = n.Bool(nil)
	}
	f.PartsLabel = l.optional(fields.Get("parts_label"), labelOf(f.ID+" (parts_label)"))
	parts := fields.Get("parts")
	l.set.incomplete = l.set.incomplete || fields.Faulty("parts")
	if parts != nil {
		for _, n := range parts.Values() {
			if bad := segmentFault(n.Key()); bad != nil {
				l.add(bad.code, n.KeyPlace(), bad.text, bad.ways...)
			}
			if part := l.declareFigure(f.ID+"."+n.Key(), n, a, f); part != nil {
				f.Parts = append(f.Parts, part)
			}
		}
	}
	discrepancy := fields.Get("known_discrepancy")
	if len(f.Parts) > 0 {
		l.sums = append(l.sums, sum{whole: f, node: of, discrepancy: l.discrepancy(f, discrepancy)})
		return
	}
	for _, key := range []string{"parts_are", "parts_label", "rounded", "known_discrepancy"} {
		if n := fields.Get(key); n != nil && !fields.Has("parts") {
			l.add("parts-missing", n.KeyPlace(), diag.Say("%s has no parts, so %s means nothing here",
				"%s hat keine Aufgliederung (parts); %s bedeutet hier nichts", f.Named(), key),
				diag.Say("add parts:, or delete %s:", "ergänzen Sie parts:, oder löschen Sie %s:", key))
		}
	}
}
