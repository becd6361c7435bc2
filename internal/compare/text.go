package compare

import "strings"

// mostOfAGroup is how many changed figures are listed whose ids begin alike, such as the
// cells of a table; of those that jump as many as a person may still read.
const (
	mostOfAGroup      = 40
	mostJumpsOfAGroup = 400
)

// Text says what changed, for a terminal.
func (c *Changes) Text(lang string) string {
	w := &writer{c: c, lang: lang, quote: clean}
	if c.none() {
		return w.nothing() + "\n"
	}
	if len(c.Figures) > 0 {
		w.line("%s", w.say("Figures: %s.", "Kennzahlen: %s.", w.counts()))
		w.grouped(w.figureText)
		if open := w.unconfirmed(); len(open) > 0 {
			w.line("\n%s", w.howToConfirm(open))
			for _, line := range w.confirmations(open) {
				w.line("   %s", line)
			}
		}
	}
	if len(c.Places) > 0 {
		w.line("\n%s", w.say("Places that say them, rest on them or speak about them: %d.",
			"Stellen, die sie nennen, auf ihnen beruhen oder über sie sprechen: %d.", len(c.Places)))
		w.byFile(func(file string) { w.line("\n%s", file) }, w.placeText)
	}
	w.reworded(func(heading string) { w.line("\n%s", heading) }, func(page string) { w.line("   %s", page) })
	if len(c.Added) > 0 {
		w.line("\n%s", w.say("New pages: %d.", "Neue Seiten: %d.", len(c.Added)))
		for _, page := range c.Added {
			w.line("   %s: %s", clean(page.File), clean(page.Title))
		}
	}
	if len(c.Gone) > 0 {
		w.line("\n%s", w.say("Addresses that would lead nowhere: %d.",
			"Adressen, unter denen nichts mehr stünde: %d.", len(c.Gone)))
		for _, address := range c.Gone {
			w.line("   /%s", clean(address))
		}
	}
	return strings.TrimPrefix(w.String(), "\n")
}

func (c *Changes) none() bool {
	return len(c.Figures)+len(c.Places)+len(c.Reworded)+len(c.Added)+len(c.Gone) == 0
}

// grouped prints figures; of those whose ids begin alike not all, unless they jump.
func (w *writer) grouped(print func(*FigureChange)) {
	shown, left, jumps := map[string]int{}, 0, 0
	for i := range w.c.Figures {
		change := &w.c.Figures[i]
		group, _, _ := strings.Cut(change.ID(), ".")
		most := mostOfAGroup
		if change.Jump != NoJump {
			most = mostJumpsOfAGroup
		}
		if shown[group] >= most {
			left++
			if change.Jump != NoJump {
				jumps++
			}
			continue
		}
		shown[group]++
		print(change)
	}
	if left == 0 {
		return
	}
	which := w.say("none of them a jump", "darunter kein Sprung")
	if jumps > 0 {
		which = w.say("jumps among them: %d", "darunter Sprünge: %d", jumps)
	}
	w.line("\n%s", w.say("and more figures whose ids begin like these: %d, %s (--format json lists all)",
		"und weitere Kennzahlen, deren Kennungen so beginnen: %d, %s (--format json nennt alle)", left, which))
}

func (w *writer) figureText(change *FigureChange) {
	f := change.New
	if f == nil {
		f = change.Old
	}
	label, id := w.named(f)
	w.line("\n%s (%s)", label, id)
	switch {
	case change.Old == nil:
		w.line("   %s  %s", w.say("new:", "neu:"), w.quote(w.c.New.said(Value, f, w.lang)))
		return
	case change.New == nil:
		w.line("   %s  %s", w.say("gone; it was:", "weggefallen; bisher:"), w.quote(w.c.Old.said(Value, f, w.lang)))
		return
	case change.Renamed():
		w.line("   %s  %s", w.say("its id was:", "Kennung bisher:"), w.quote(change.Old.ID))
	}
	for _, name := range change.Facts {
		before, after := w.fact(change, name)
		jump := ""
		if name == Value && change.Jump != NoJump {
			jump = "   << " + w.jump(change)
		}
		w.line("   %s:  %s → %s%s", factNames[name].In(w.lang), before, after, jump)
	}
}

// byFile prints places, each file with a heading.
func (w *writer) byFile(heading func(string), print func(*PlaceChange)) {
	file := ""
	for i := range w.c.Places {
		p := &w.c.Places[i]
		at := p.place()
		if at.At.Path != file {
			file = at.At.Path
			name := w.quote(file)
			if at.Title != "" {
				name += ": " + w.quote(at.Title)
			}
			heading(name)
		}
		print(p)
	}
}

func (w *writer) placeText(p *PlaceChange) {
	at := p.place()
	line := w.say("line %d", "Zeile %d", at.At.Line)
	if p.New == nil {
		line = w.gone()
	}
	w.line("   %s  %s %s", line, kindNames[at.Kind].In(w.lang), w.relations(p))
	w.texts(p, func(name, text string) {
		w.line("      %s%s", name, text)
	})
}

// texts gives the words of a place: once where they stayed, else before and after.
func (w *writer) texts(p *PlaceChange, print func(name, text string)) {
	before, after := "", ""
	if p.Old != nil {
		before = w.quote(p.Old.Text)
	}
	if p.New != nil {
		after = w.quote(p.New.Text)
	}
	switch {
	case p.New == nil:
		print(w.say("before: ", "vorher: "), before)
	case p.Old == nil && w.c.Old.Built, before == after:
		print("", after)
	case p.Old == nil:
		print(w.say("new: ", "neu: "), after)
	default:
		print(w.say("before: ", "vorher: "), before)
		print(w.say("after:  ", "jetzt:  "), after)
	}
}
