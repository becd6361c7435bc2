package main

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"bilanz/internal/accepted"
	"bilanz/internal/diag"
	"bilanz/internal/edit"
	"bilanz/internal/figure"
	"bilanz/internal/incoming"
	"bilanz/internal/locale"
)

// printImport says what stands in the file, and what would come of it: each thing once.
func (c *command) printImport(i *importing) {
	m := i.file
	c.line(c.whatWasRead(m))
	if changes := m.Changes(); len(changes) > 0 {
		c.line("")
		c.oldAndNew(changes)
	}
	c.countRows(m)
	c.remarks(m)
	for n, doubt := range m.Doubts {
		if n == 0 {
			c.line("")
		}
		c.line(c.say("Please look: %s", "Bitte ansehen: %s", doubt))
	}
	if len(i.problems) > 0 {
		c.line("")
		c.problems(i.problems)
	}
	c.unsaid(i)
	if !i.isOpen() {
		c.foreseen(i)
	}
}

// problems prints problems where the rest of the report stands.
func (c *command) problems(ds []diag.Diagnostic) {
	var text strings.Builder
	_ = diag.WriteText(&text, ds, diag.TextOptions{Lang: c.lang, Color: colourful(c.out)})
	c.line(strings.TrimRight(text.String(), "\n"))
}

// words are sentences in the language of messages.
func (c *command) words(all []diag.Text) []string {
	words := make([]string, len(all))
	for i, text := range all {
		words[i] = text.In(c.lang)
	}
	return words
}

func (c *command) line(text string) { fmt.Fprintln(c.out, text) }

func (c *command) whatWasRead(m *incoming.Import) string {
	of := m.Name
	if strings.HasPrefix(of, ":") { // a line that begins so is an order to some who run commands
		of = strconv.Quote(of)
	}
	if m.Sheet != "" {
		of = c.say("%s, sheet %s", "%s, Blatt %s", of, m.Sheet)
	}
	if m.Values == "" {
		return of
	}
	if m.Across {
		return c.say("%s: columns by row %s, values from row %s",
			"%s: Spalten nach Zeile %s, Werte aus Zeile %s", of, m.Labels, m.Values)
	}
	return c.say("%s: rows by column %s, values from column %s",
		"%s: Zeilen nach Spalte %s, Werte aus Spalte %s", of, m.Labels, m.Values)
}

// oldAndNew prints the new values beside the old ones.
func (c *command) oldAndNew(changes []*incoming.Row) {
	rows := [][]string{{c.say("Cell", "Zelle"), c.say("Figure", "Kennzahl"), c.say("Old", "Alt"), c.say("New", "Neu"),
		c.say("Difference", "Unterschied"), ""}}
	for _, r := range changes {
		rows = append(rows, []string{r.Cell, c.fullLabel(r.Figure), c.value(r.Figure), c.newValue(r), c.difference(r),
			strings.TrimSpace(c.jump(r) + " " + c.hidden(r))})
		if r.Note != "" {
			rows = append(rows, []string{"", c.say("   new note: %s", "   neue Anmerkung: %s", r.Note)})
		}
	}
	c.columns(rows, 2, 3, 4)
}

// fullLabel is a figure with the whole that it is a part of.
func (c *command) fullLabel(f *figure.Figure) string {
	if f.Label[c.lang] == "" {
		return f.Label.In(c.lang)
	}
	return f.Full(locale.Must(c.lang))
}

// newValue is the value of a row as the language of messages writes it.
func (c *command) newValue(r *incoming.Row) string {
	shown := *r.Figure
	shown.Value = r.Value
	return figure.Ref{Figure: &shown, Option: figure.Plain}.Text(locale.Must(c.lang))
}

// difference is by how much a number rose or fell; "" where one of the two is none.
func (c *command) difference(r *incoming.Row) string {
	old, now := r.Figure.Value, r.Value
	if !old.Exact() || !now.Exact() {
		return ""
	}
	d := new(big.Rat).Sub(now.Number, old.Number)
	text := locale.Must(c.lang).Number(d, r.Figure.Decimals)
	if d.Sign() > 0 {
		text = "+" + text
	}
	return text
}

// jump marks a value that is about ten, a hundred or a thousand times as much as before, or
// as little.
func (c *command) jump(r *incoming.Row) string {
	power := incoming.Jump(r.Figure.Value, r.Value)
	if power == 0 {
		return ""
	}
	size := power
	if size < 0 {
		size = -size
	}
	factor := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(size)), nil)
	times := locale.Must(c.lang).Number(new(big.Rat).SetInt(factor), 0)
	if power < 0 {
		return c.say("<< jump: about one part in %s", "<< Sprung: etwa ein Teil von %s", times)
	}
	return c.say("<< jump: about %s times as much", "<< Sprung: etwa %s-mal so viel", times)
}

// hidden marks a value from a row or column that nobody sees.
func (c *command) hidden(r *incoming.Row) string {
	if !r.Hidden {
		return ""
	}
	return c.say("<< hidden in the file", "<< in der Datei ausgeblendet")
}

// countRows says how many rows are what.
func (c *command) countRows(m *incoming.Import) {
	var all []string
	for _, of := range []struct {
		n        int
		one, all diag.Text
	}{
		{len(m.Of(incoming.New)), diag.Say("1 figure has a new value", "1 Kennzahl hat einen neuen Wert"),
			diag.Say("%d figures have new values", "%d Kennzahlen haben neue Werte", len(m.Of(incoming.New)))},
		{len(m.Of(incoming.Same)), diag.Say("1 figure stays as it is", "1 Kennzahl bleibt, wie sie ist"),
			diag.Say("%d figures stay as they are", "%d Kennzahlen bleiben, wie sie sind", len(m.Of(incoming.Same)))},
		{len(m.Of(incoming.Empty)), diag.Say("1 figure has no value in the file",
			"1 Kennzahl hat in der Datei keinen Wert"),
			diag.Say("%d figures have no value in the file", "%d Kennzahlen haben in der Datei keinen Wert",
				len(m.Of(incoming.Empty)))},
		{len(m.Of(incoming.Computed)), diag.Say("1 figure is computed, and not taken from the file",
			"1 Kennzahl wird berechnet und nicht aus der Datei übernommen"),
			diag.Say("%d figures are computed, and not taken from the file",
				"%d Kennzahlen werden berechnet und nicht aus der Datei übernommen", len(m.Of(incoming.Computed)))},
		{len(m.Of(incoming.LeftOut)), diag.Say("1 row is left out", "1 Zeile wird ausgelassen"),
			diag.Say("%d rows are left out", "%d Zeilen werden ausgelassen", len(m.Of(incoming.LeftOut)))},
		{c.absent(m), diag.Say("1 figure is not in the file", "1 Kennzahl steht nicht in der Datei"),
			diag.Say("%d figures are not in the file", "%d Kennzahlen stehen nicht in der Datei", len(m.Absent))},
	} {
		if of.n > 0 {
			all = append(all, diag.Plural(of.n, of.one, of.all).In(c.lang))
		}
	}
	if len(all) > 0 {
		c.line("")
		c.line(strings.Join(all, "; ") + c.absentNames(m) + ".")
	}
}

// mostAbsent is how many figures are named that the file does not have: of more people know,
// since they chose the rows.
const mostAbsent = 3

// absent is how many figures a file of figures does not have.
func (c *command) absent(m *incoming.Import) int {
	if len(m.Rows) == 0 {
		return 0
	}
	return len(m.Absent)
}

func (c *command) absentNames(m *incoming.Import) string {
	n := c.absent(m)
	if n == 0 || n > mostAbsent {
		return ""
	}
	var names []string
	for _, f := range m.Absent {
		names = append(names, c.fullLabel(f))
	}
	return ": " + strings.Join(names, ", ")
}

// mostRemarks is how many remarks of a kind are shown.
const mostRemarks = 40

// remarks shows what stands in the file beside rows, but for notes that figures get, which
// stand beside their values.
func (c *command) remarks(m *incoming.Import) {
	for _, of := range []struct {
		what diag.Text
		all  []incoming.Remark
	}{
		{diag.Say("Above the table", "Über der Tabelle"), m.Titles},
		{diag.Say("Between the rows", "Zwischen den Zeilen"), m.Headings},
		{diag.Say("Below it", "Darunter"), m.NotTaken()},
		{diag.Say("Rows without a label", "Zeilen ohne Bezeichnung"), m.Nameless()},
	} {
		if len(of.all) == 0 {
			continue
		}
		var texts []string
		for _, r := range of.all[:min(len(of.all), mostRemarks)] {
			texts = append(texts, r.Text)
		}
		c.line(of.what.In(c.lang) + ": " + strings.Join(texts, " / "))
	}
	if len(m.Hidden) > 0 {
		c.line(c.say("Hidden in the workbook, but read: %s", "In der Arbeitsmappe ausgeblendet, aber gelesen: %s",
			strings.Join(c.words(m.Hidden), ", ")))
	}
}

// foreseen says what would come of the new values.
func (c *command) foreseen(i *importing) {
	if i.trial == nil {
		return
	}
	c.firstValued(i)
	c.speaking(i)
	if !i.write || i.fix {
		c.rewritten(i)
	}
	if len(i.left) > 0 {
		c.line("")
		c.line(c.say("What a person would have to decide with these values:",
			"Was ein Mensch mit diesen Werten entscheiden müsste:"))
		c.problems(i.left)
	}
}

// writes says what comes of sentences.
func (i *importing) writes() diag.Text {
	if i.write {
		return diag.Say("These sentences change:", "Diese Sätze ändern sich:")
	}
	return diag.Say("What \"bilanz fix\" would then write:", "Was „bilanz fix“ dann schreiben würde:")
}

// rewritten shows the sentences that would be written anew: in one language with the words
// around what changes, in others by their places, since there the same figures change.
func (c *command) rewritten(i *importing) {
	shown := i.before.Site.Config.Default
	for _, l := range i.before.Site.Config.Langs {
		if l.Code == c.lang {
			shown = l
		}
	}
	rest := map[string][]string{}
	begun := false
	for _, s := range i.sentences() {
		if !begun {
			c.line("")
			c.line(i.writes().In(c.lang))
			begun = true
		}
		lang := strings.Split(s.Path, "/")[1]
		if lang != shown.Code && slices.Contains(i.before.Site.Config.Codes(), lang) {
			if len(rest[s.Path]) == 0 {
				rest[s.Path] = []string{s.Path + ":" + strconv.Itoa(s.Line)}
			} else {
				rest[s.Path] = append(rest[s.Path], strconv.Itoa(s.Line))
			}
			continue
		}
		c.line(fmt.Sprintf("   %s:%d  %s", s.Path, s.Line, changesOf(s.Before, s.After)))
	}
	for n, path := range slices.Sorted(maps.Keys(rest)) {
		if n == 0 {
			c.line(c.say("Likewise in other languages:", "Ebenso in anderen Sprachen:"))
		}
		c.line("   " + strings.Join(rest[path], ", "))
	}
}

// sentences are the lines that "bilanz fix" would then write anew.
func (i *importing) sentences() []importSentence {
	if i.trial == nil {
		return nil
	}
	var all []importSentence
	for _, change := range i.trial.Follow {
		if change.Path == accepted.TranslatedPath || change.Path == incoming.Path {
			continue // records, which nobody reads
		}
		for _, own := range i.trial.Changes {
			if own.Path == change.Path {
				change.Old = own.New
			}
		}
		all = append(all, changedLines(change)...)
	}
	return all
}

// changedLines are the lines of a file that a change writes anew; of one that adds or deletes
// lines, the first of them.
func changedLines(change edit.Change) []importSentence {
	old, now := strings.Split(string(change.Old), "\n"), strings.Split(string(change.New), "\n")
	var all []importSentence
	for n := range min(len(old), len(now)) {
		if old[n] != now[n] {
			all = append(all, importSentence{change.Path, n + 1, strings.TrimSpace(old[n]), strings.TrimSpace(now[n])})
			if len(old) != len(now) {
				break
			}
		}
	}
	return all
}

// howToGoOn says what to do next.
func (c *command) howToGoOn(i *importing, open bool) {
	c.line("")
	switch {
	case open:
		c.line(c.say("Nothing was written.", "Nichts wurde geschrieben."))
	case i.trial == nil:
		c.line(c.say("There is nothing to write.", "Es gibt nichts zu schreiben."))
	case i.trial.Follows():
		c.line(c.say("Nothing was written. To write the values: bilanz import %[1]s --write; the sentences too: "+
			"bilanz import %[1]s --write --fix",
			"Nichts wurde geschrieben. Die Werte schreiben: bilanz import %[1]s --write; auch die Sätze: "+
				"bilanz import %[1]s --write --fix", quotedForShell(i.file.Path)))
	default:
		c.line(c.say("Nothing was written. To write the values: bilanz import %s --write",
			"Nichts wurde geschrieben. Die Werte schreiben: bilanz import %s --write", quotedForShell(i.file.Path)))
	}
}

// quotedForShell puts a name with spaces in quotes, as all shells understand them.
func quotedForShell(name string) string {
	if strings.ContainsAny(name, " &;()") {
		return `"` + name + `"`
	}
	return name
}

// wrote says what was written, and what to do next.
func (c *command) wrote(i *importing, changes []edit.Change) {
	c.line("")
	if i.deleted {
		defer c.line(c.say("Deleted %s.", "%s ist gelöscht.", i.waiting))
	}
	if len(changes) == 0 {
		c.line(c.say("There is nothing to write.", "Es gibt nichts zu schreiben."))
		return
	}
	var files []string
	for _, change := range changes {
		files = append(files, change.Path)
	}
	n := len(i.file.Changes())
	c.line(diag.Plural(n, diag.Say("Wrote 1 value. Files changed: %s", "1 Wert geschrieben. Geänderte Dateien: %s",
		strings.Join(files, ", ")), diag.Say("Wrote %d values. Files changed: %s",
		"%d Werte geschrieben. Geänderte Dateien: %s", n, strings.Join(files, ", "))).In(c.lang))
	if !i.fix && i.trial != nil && i.trial.Follows() {
		c.line(c.say(`Now "bilanz fix" brings the sentences up to date.`,
			"Jetzt bringt „bilanz fix“ die Sätze auf den neuen Stand."))
	}
}
