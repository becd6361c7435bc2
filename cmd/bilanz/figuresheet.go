package main

import (
	"bilanz/internal/build"
	"bilanz/internal/data"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// figuresSheet prints all figures as a sheet to fill in, which "bilanz import" reads: as a
// spreadsheet program in the language of messages opens it.
func (c *command) figuresSheet(r build.Result, figures []*figure.Figure) error {
	head := []string{c.say("id", "Kennung")}
	for _, l := range r.Site.Config.Langs {
		head = append(head, c.say("label %s", "Bezeichnung %s", l.Code))
	}
	lines := [][]string{append(head, c.say("value", "Wert"), c.say("unit", "Einheit"), c.say("period", "Zeitraum"),
		c.say("place", "Stelle"))}
	l := locale.Must(c.lang)
	for _, f := range figures {
		line := []string{f.ID}
		for _, lang := range r.Site.Config.Langs {
			line = append(line, f.Full(lang))
		}
		when := f.AsOf.In(l)
		if f.Period != nil {
			when = f.Period.Label.In(c.lang)
		}
		lines = append(lines, append(line, sheetValue(f, l), f.Unit.Other.In(c.lang), when, f.ValueAt.String()))
	}
	_, err := c.out.Write(data.SheetCSV(lines, l.Decimal() == ","))
	return err
}

// sheetValue is a value with all its digits, as a spreadsheet in a language takes it.
func sheetValue(f *figure.Figure, l *locale.Lang) string {
	v := f.Value
	if v.Number == nil {
		return figure.ReasonIn(l, v.Reason)
	}
	decimals, ends := v.Number.FloatPrec()
	if !ends {
		decimals = f.Decimals
	}
	return l.Bound(v.Bound, l.Ungrouped().Number(v.Number, decimals))
}
