package compare

import (
	"fmt"
	"slices"
	"strings"

	"bilanz/internal/diag"
)

// Summary is what a proposal says to whoever decides about it: what changes for readers, what
// must still be mended, and what waits.
type Summary struct {
	Changes  *Changes          // nil where the project cannot be read
	Problems []diag.Diagnostic // of the project as it is now
	Link     string            // the address below which its files lie; "" for none
}

// mostSigns is how long a summary may be: a comment on GitHub has 65,536 signs.
const mostSigns = 65_000

// mostOpen is how many rows of a part stand there before it is folded.
const mostOpen = 15

// Markdown writes a summary, as the page of a proposal shows it.
func (s *Summary) Markdown(lang string) string {
	c := s.Changes
	if c == nil {
		c = &Changes{Old: &State{}, New: &State{}}
	}
	quote := func(text string) string { return diag.Markdown(clean(text)) }
	w := &writer{c: c, lang: lang, quote: quote, link: s.Link}
	parts := []*piece{w.figuresPart(), w.sayPart(), w.readPart(), w.pagesPart(), w.mendPart(s.Problems),
		w.waitPart(s.Problems)}
	w.line("## %s\n", w.say("What changes for readers", "Was sich für Leserinnen und Leser ändert"))
	w.line("%s", w.counted(s, parts[1]))
	left := mostSigns - w.Len()
	rooms := make([]int, len(parts))
	for _, i := range []int{4, 5, 0, 1, 2, 3} { // what must be mended is never left out for what changes
		rooms[i] = min(left, parts[i].size())
		left -= rooms[i]
	}
	for i, p := range parts {
		w.write(p, rooms[i])
	}
	return w.String()
}

// mostNotes is how many other places of a problem are named.
const mostNotes = 20

// piece is one part of a summary: a heading, what stands above its rows, and the rows.
type piece struct {
	title, lead, head string
	rows              []string
	below             string
}

// beside is what a part takes besides its rows.
const beside = 600

func (p *piece) size() int {
	if len(p.rows) == 0 {
		return 0
	}
	n := beside + len(p.title) + len(p.lead) + len(p.head) + len(p.below)
	for _, row := range p.rows {
		n += len(row) + 1
	}
	return n
}

// write writes a part into so much room, and says what of it is left out.
func (w *writer) write(p *piece, room int) {
	if len(p.rows) == 0 {
		return
	}
	w.line("\n### %s\n", p.title)
	if p.lead != "" {
		w.line("%s\n", p.lead)
	}
	left := room - beside - len(p.title) - len(p.lead) - len(p.head) - len(p.below)
	shown := 0
	for shown < len(p.rows) && left >= len(p.rows[shown])+1 {
		left -= len(p.rows[shown]) + 1
		shown++
	}
	folded := shown > mostOpen
	if folded {
		w.line("<details><summary>%s</summary>\n", w.say("%d rows", "%d Zeilen", shown))
	}
	if shown > 0 && p.head != "" {
		w.line("%s", p.head)
	}
	for _, row := range p.rows[:shown] {
		w.line("%s", row)
	}
	if folded {
		w.line("\n</details>")
	}
	if more := len(p.rows) - shown; more > 0 {
		w.line("\n%s", w.say("%d more are left out here, since GitHub shows no longer text; \"bilanz changes\" and "+
			"\"bilanz check\" tell all.",
			"%d weitere stehen hier nicht, weil GitHub keinen längeren Text zeigt; „bilanz changes“ und "+
				"„bilanz check“ nennen alle.", more))
	}
	if p.below != "" {
		w.line("\n%s", p.below)
	}
}

func (w *writer) table(heads string) string {
	n := strings.Count(heads, "|") + 1
	return "| " + heads + " |\n" + strings.Repeat("|---", n) + "|"
}

func (w *writer) figuresPart() *piece {
	p := &piece{title: w.say("Figures", "Kennzahlen")}
	if len(w.c.Figures) == 0 {
		return p
	}
	p.lead = w.counts() + "."
	p.head = w.table(w.say("Figure | Id | What | Before | Now | ", "Kennzahl | Kennung | Was | Vorher | Jetzt | "))
	for i := range w.c.Figures {
		p.rows = append(p.rows, w.figureRows(&w.c.Figures[i])...)
	}
	if open := w.unconfirmed(); len(open) > 0 {
		p.below = w.howToConfirm(open) + "\n\n" + diag.Fenced(strings.Join(w.confirmations(open), "\n"), "")
	}
	return p
}

func (w *writer) figureRows(change *FigureChange) (rows []string) {
	f := change.New
	if f == nil {
		f = change.Old
	}
	label, id := w.named(f)
	row := func(what, before, after, remark string) {
		rows = append(rows, fmt.Sprintf("| %s | %s | %s | %s | %s | %s |", label, id, what, before, after, remark))
		label, id = "", ""
	}
	switch {
	case change.Old == nil:
		row(w.say("new", "neu"), "", w.quote(w.c.New.said(Value, f, w.lang)), "")
		return rows
	case change.New == nil:
		row(w.say("gone", "weggefallen"), w.quote(w.c.Old.said(Value, f, w.lang)), "", "")
		return rows
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
	return rows
}

// says reports whether a place says something else than before.
func (w *writer) says(p *PlaceChange) bool {
	switch {
	case w.c.Old.Built:
		return false
	case p.Old == nil || p.New == nil:
		return true
	}
	return p.Old.Text != p.New.Text
}

// sayPart lists what readers get in the place of something else.
func (w *writer) sayPart() *piece {
	p := &piece{
		title: w.say("Sentences, before and now", "Sätze, vorher und jetzt"),
		head:  w.table(w.say("Where | Before | Now", "Stelle | Vorher | Jetzt")),
	}
	met := map[string]bool{}
	for i := range w.c.Places {
		change := &w.c.Places[i]
		if !w.says(change) {
			continue
		}
		before, now := "", ""
		if change.Old != nil {
			before = change.Old.Text
		}
		if change.New != nil {
			now = change.New.Text
		}
		at := change.place()
		met[at.At.Path+now] = true
		p.rows = append(p.rows, w.sayRow(at.At.Path, at.At.Line, change.New == nil, before, now))
	}
	for _, page := range w.c.Reworded {
		for _, words := range page.Words {
			if !met[page.File+words.Now] || words.Now == "" {
				p.rows = append(p.rows, w.sayRow(page.File, words.Line, words.Line == 0, words.Before, words.Now))
			}
		}
		if len(page.Words) == 0 {
			p.rows = append(p.rows, w.sayRow(page.File, 0, false, "", w.say("other words", "andere Wörter")))
		}
	}
	return p
}

func (w *writer) sayRow(path string, line int, gone bool, before, now string) string {
	if gone {
		line, now = 0, ""
	}
	if now = w.quote(now); gone {
		now = "*" + w.gone() + "*"
	}
	return fmt.Sprintf("| %s | %s | %s |", w.where(path, line), w.quote(before), now)
}

// readPart lists what says as before, and has to do with what changed, and whatever speaks about that.
func (w *writer) readPart() *piece {
	p := &piece{
		title: w.say("To be read once more", "Noch einmal zu lesen"),
		lead: w.say("These speak about figures that changed, say them, rest on them or show them. Does what "+
			"stands there "+
			"still hold?",
			"Diese Stellen sprechen über Kennzahlen, die sich geändert haben, nennen sie, beruhen auf ihnen oder "+
				"zeigen "+
				"sie. Stimmt noch, was dort steht?"),
		head: w.table(w.say("Where | What | Why", "Stelle | Was dort steht | Warum")),
	}
	all := w.c.Places
	for _, speaks := range []bool{true, false} { // first words such as "do not add up"
		for i := range all {
			is := slices.ContainsFunc(all[i].Of, func(of Of) bool { return of.Relation == Speaks })
			if all[i].New == nil || is != speaks || w.says(&all[i]) && !speaks {
				continue
			}
			at := all[i].place()
			p.rows = append(p.rows, fmt.Sprintf("| %s | %s: %s | %s |", w.where(at.At.Path, at.At.Line),
				kindNames[at.Kind].In(w.lang), w.quote(strings.TrimSuffix(at.Text, " | ")), w.relations(&all[i])))
		}
	}
	return p
}

// pagesPart lists pages that are new, and addresses that lead nowhere.
func (w *writer) pagesPart() *piece {
	p := &piece{title: w.say("Pages and addresses", "Seiten und Adressen")}
	for _, page := range w.c.Added {
		p.rows = append(p.rows, w.say("- new page: %s (%s)", "- neue Seite: %s (%s)", link(w.quote(page.Title)),
			link(w.where(page.File, 0))))
	}
	for _, address := range w.c.Gone {
		p.rows = append(p.rows, w.say("- nothing would stand any more at /%s", "- unter /%s stünde nichts mehr",
			link(w.quote(address))))
	}
	return p
}

// link is a text that is Markdown already.
type link string

// In gives the text as it is.
func (l link) In(string) string { return string(l) }

// mendPart lists every problem, causes before effects, each with its place and what can be done.
func (w *writer) mendPart(problems []diag.Diagnostic) *piece {
	p := &piece{title: w.say("What must be mended", "Was noch zu klären ist")}
	machine := 0
	for _, group := range open(problems) {
		d := group[0]
		if d.Mechanical() {
			machine++
		}
		kind := w.say("Error", "Fehler")
		if d.Severity == diag.Warning {
			kind = w.say("Warning", "Warnung")
		}
		row := fmt.Sprintf("- **%s**, %s: %s `%s`", kind, w.whereOf(d.Place), w.quote(d.Sentence(w.lang)), d.Code)
		if d.Mechanical() {
			row += w.rewritten(d)
		}
		if len(group) > 1 {
			row += "\n  - " + w.say("also here: %s", "ebenso hier: %s", link(w.places(group[1:])))
		}
		for _, n := range d.Notes[:min(len(d.Notes), mostNotes)] {
			row += fmt.Sprintf("\n  - %s: %s", w.whereOf(n.Place), w.quote(n.Text.In(w.lang)))
		}
		lead := w.say("What you can do", "Was Sie tun können")
		for _, way := range d.Ways {
			sentence, lines, pasted := strings.Cut(way.In(w.lang), "\n")
			row += fmt.Sprintf("\n  - *%s:* %s", lead, w.quote(sentence))
			if pasted {
				row += "\n\n" + diag.Fenced(lines, "    ") + "\n"
			}
			lead = w.say("or", "oder")
		}
		p.rows = append(p.rows, row)
	}
	if machine > 0 {
		p.lead = diag.Plural(machine,
			diag.Say("1 of them a machine can write:", "1 davon kann eine Maschine schreiben:"),
			diag.Say("%d of them a machine can write:", "%d davon kann eine Maschine schreiben:", machine)).In(w.lang) +
			w.say(" in a browser put the label `fix-numbers` on the proposal, on a machine with bilanz run "+
				"`bilanz fix`.",
				" im Browser mit dem Label `fix-numbers` am Vorschlag, auf einem Rechner mit bilanz mit `bilanz fix`.")
	}
	return p
}

// mostRewritten is how long a text is that is shown before and after a machine writes it.
const mostRewritten = 80

// rewritten says what a machine would write for what, so that a person can.
func (w *writer) rewritten(d diag.Diagnostic) string {
	if len(d.Edits) != 1 || len(d.Edits[0].Old) > mostRewritten || len(d.Edits[0].New) > mostRewritten {
		return ""
	}
	return fmt.Sprintf(" (%s → %s)", w.quote(d.Edits[0].Old), w.quote(d.Edits[0].New))
}

// open are the problems that nobody signed for, causes first, together what is mended together.
func open(problems []diag.Diagnostic) [][]diag.Diagnostic {
	left := slices.DeleteFunc(slices.Clone(problems), func(d diag.Diagnostic) bool {
		// The site's address belongs to where it is published, not to a proposal.
		return d.Severity == diag.Accepted || d.Code == "base-url-missing"
	})
	return diag.Together(diag.CausesFirst(left))
}

func (w *writer) places(all []diag.Diagnostic) string {
	var places []string
	for _, d := range all {
		places = append(places, w.whereOf(d.Place)+w.rewritten(d))
	}
	return strings.Join(places, ", ")
}

// waitPart lists what somebody signed for, and until when.
func (w *writer) waitPart(problems []diag.Diagnostic) *piece {
	p := &piece{
		title: w.say("What waits", "Was wartet"),
		head: w.table(w.say("Until | Where | What | Why | Who answers for it",
			"Bis | Stelle | Was | Warum | Wer dafür einsteht")),
	}
	for _, d := range problems {
		if d.Waiver != nil {
			p.rows = append(p.rows, fmt.Sprintf("| %s | %s | %s | %s | %s |", w.quote(d.Waiver.Until),
				w.whereOf(d.Place),
				w.quote(d.Sentence(w.lang)), w.quote(d.Waiver.Reason), w.quote(d.Waiver.Role)))
		}
	}
	slices.Sort(p.rows)
	return p
}

func (w *writer) whereOf(at diag.Place) string {
	if at.Cell != "" {
		return w.quote(at.Path + " " + at.Cell)
	}
	return w.where(at.Path, at.Line)
}

// where names a line of a file, and leads there.
func (w *writer) where(path string, line int) string {
	text := w.quote(strings.TrimPrefix(path, "content/"))
	if text == "" {
		return w.say("the project", "das Projekt")
	}
	if line > 0 {
		text = w.say("%s, line %d", "%s, Zeile %d", link(text), line)
	}
	if w.link == "" {
		return text
	}
	to := strings.TrimSuffix(w.link, "/") + "/" + escaped(path)
	if line > 0 {
		to += fmt.Sprintf("#L%d", line)
	}
	return "[" + text + "](" + to + ")"
}

// escaped is a path as it may stand in any address, and in the brackets of a link.
func escaped(path string) string {
	var out strings.Builder
	for i := range len(path) {
		switch c := path[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("/.-_", c) >= 0:
			out.WriteByte(c)
		default:
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}

// counted says all of it in one sentence.
func (w *writer) counted(s *Summary, say *piece) string {
	var parts []string
	add := func(n int, one, many diag.Text) {
		if n > 0 {
			parts = append(parts, diag.Plural(n, one, many).In(w.lang))
		}
	}
	figures, sentences, unsigned := len(w.c.Figures), len(say.rows), len(open(s.Problems))
	waiting := diag.Count(s.Problems, diag.Accepted)
	add(figures, diag.Say("1 figure", "1 Kennzahl"), diag.Say("%d figures", "%d Kennzahlen", figures))
	add(sentences, diag.Say("1 sentence", "1 Satz"), diag.Say("%d sentences", "%d Sätze", sentences))
	change := strings.Join(parts, w.say(" and ", " und "))
	switch {
	case s.Changes == nil:
		change = w.say("The project cannot be read, so nobody knows what changes",
			"Das Projekt lässt sich nicht lesen; was sich ändert, ist deshalb nicht bekannt")
	case change == "" && !w.c.none():
		change = w.say("No figure and no sentence changes", "Keine Kennzahl und kein Satz ändert sich")
	case change == "":
		change = strings.TrimSuffix(w.nothing(), ".")
	case figures+sentences == 1:
		change += w.on(sentences) + w.say(" changes", " ändert sich")
	default:
		change += w.on(sentences) + w.say(" change", " ändern sich")
	}
	parts = []string{change}
	add(unsigned, diag.Say("1 thing must still be mended", "1 Punkt ist noch zu klären"),
		diag.Say("%d things must still be mended", "%d Punkte sind noch zu klären", unsigned))
	add(waiting, diag.Say("1 waits", "1 wartet"), diag.Say("%d wait", "%d warten", waiting))
	text := "**" + strings.Join(parts, "; ") + ".**"
	if s.Changes != nil && diag.Count(s.Problems, diag.Error) > 0 {
		text += w.say(" Until no error is left, sentences may still say the old numbers.",
			" Solange ein Fehler bleibt, nennen Sätze vielleicht noch die alten Zahlen.")
	}
	return text
}

// on says on how many pages, and in how many languages, sentences change.
func (w *writer) on(sentences int) string {
	pages, langs := map[string]bool{}, map[string]bool{}
	names := map[string]string{}
	for _, state := range []*State{w.c.Old, w.c.New} {
		for _, page := range state.Wordings {
			names[page.File] = page.Group
			if page.Group == "" {
				names[page.File] = page.File
			}
		}
	}
	count := func(file string) {
		if name, ok := names[file]; ok {
			pages[name] = true
			langs[strings.Split(file+"//", "/")[1]] = true
		}
	}
	for i := range w.c.Places {
		if w.says(&w.c.Places[i]) {
			count(w.c.Places[i].place().At.Path)
		}
	}
	for _, page := range w.c.Reworded {
		count(page.File)
	}
	if sentences == 0 || len(pages) == 0 {
		return ""
	}
	on := diag.Plural(len(pages), diag.Say(" on 1 page", " auf 1 Seite"),
		diag.Say(" on %d pages", " auf %d Seiten", len(pages))).In(w.lang)
	switch len(langs) {
	case 1:
		return on + w.say(" in one language", " in einer Sprache")
	case 2:
		return on + w.say(" in two languages", " in zwei Sprachen")
	}
	return on + w.say(" in %d languages", " in %d Sprachen", len(langs))
}
