package compare

import "strings"

// Markdown says what changed, as the summary of a proposal.
func (c *Changes) Markdown(lang string) string {
	w := &writer{c: c, lang: lang, quote: markdown}
	w.line("## %s", w.say("What changes for readers", "Was sich für die Leser ändert"))
	if c.none() {
		w.line("\n%s", w.nothing())
		return w.String()
	}
	if len(c.Figures) > 0 {
		w.line("\n%s\n", w.say("Figures: %s.", "Kennzahlen: %s.", w.counts()))
		w.line("| %s |", w.say("Figure | Id | What | Before | Now | ", "Kennzahl | Kennung | Was | Vorher | Jetzt | "))
		w.line("|---|---|---|---|---|---|")
		w.grouped(w.figureRows)
		if open := w.unconfirmed(); len(open) > 0 {
			w.line("\n%s\n\n```yaml\n%s\n```", w.howToConfirm(open), strings.Join(w.confirmations(open), "\n"))
		}
	}
	if len(c.Places) > 0 {
		w.line("\n### %s", w.say("What says them, rests on them or speaks about them",
			"Was sie nennt, auf ihnen beruht oder über sie spricht"))
		w.byFile(func(file string) { w.line("\n**%s**", file) }, w.placeItem)
	}
	w.reworded(func(heading string) { w.line("\n### %s\n", strings.TrimSuffix(heading, ".")) },
		func(page string) { w.line("- %s", page) })
	if len(c.Gone) > 0 {
		w.line("\n### %s\n", w.say("Addresses that would lead nowhere", "Adressen, unter denen nichts mehr stünde"))
		for _, address := range c.Gone {
			w.line("- /%s", markdown(address))
		}
	}
	return w.String()
}

func (w *writer) figureRows(change *FigureChange) {
	f := change.New
	if f == nil {
		f = change.Old
	}
	label, id := w.named(f)
	row := func(what, before, after, remark string) {
		w.line("| %s | %s | %s | %s | %s | %s |", label, id, what, before, after, remark)
		label, id = "", ""
	}
	switch {
	case change.Old == nil:
		row(w.say("new", "neu"), "", w.quote(w.c.New.said(Value, f, w.lang)), "")
		return
	case change.New == nil:
		row(w.say("gone", "weggefallen"), w.quote(w.c.Old.said(Value, f, w.lang)), "", "")
		return
	case change.Renamed():
		row(w.say("Id", "Kennung"), w.quote(change.Old.ID), w.quote(change.New.ID), "")
	}
	for _, name := range change.Facts {
		before, after := w.fact(change, name)
		remark := ""
		if name == Value && change.Jump != NoJump {
			remark = "**" + w.jump(change) + "**"
		}
		row(factNames[name].In(w.lang), before, after, remark)
	}
}

func (w *writer) placeItem(p *PlaceChange) {
	at := p.place()
	line := w.say("Line %d", "Zeile %d", at.At.Line)
	if p.New == nil {
		line = w.gone()
		line = strings.ToUpper(line[:1]) + line[1:]
	}
	w.line("\n- %s: %s %s", line, kindNames[at.Kind].In(w.lang), w.relations(p))
	w.texts(p, func(name, text string) {
		if name == "" {
			name = w.say("as before: ", "wie bisher: ")
		}
		w.line("  > *%s* %s  ", strings.TrimSpace(name), text)
	})
}
