package main

import (
	"fmt"
	"math/big"
	"strings"

	"bilanz/internal/accepted"
	"bilanz/internal/diag"
	"bilanz/internal/edit"
	"bilanz/internal/figure"
	"bilanz/internal/incoming"
	"bilanz/internal/locale"
)

// printImport says what stands in the file, and what would come of it.
func (c *command) printImport(i *importing) {
	m := i.file
	c.line(c.whatWasRead(m))
	if changes := m.Changes(); len(changes) > 0 {
		c.line("")
		c.oldAndNew(changes)
	}
	c.countRows(m)
	c.otherRows(m)
	c.remarks(m)
	c.absent(m)
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
	if len(m.Questions) > 0 {
		c.openQuestions(m)
		return
	}
	c.foreseen(i)
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
	if m.Sheet != "" {
		of = c.say("%s, sheet %s", "%s, Blatt %s", m.Name, m.Sheet)
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
			c.jump(r)})
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

// countRows says how many rows are what.
func (c *command) countRows(m *incoming.Import) {
	said := 0
	for _, of := range []struct {
		kind     incoming.Kind
		one, all diag.Text
	}{
		{incoming.New, diag.Say("1 figure has a new value.", "1 Kennzahl hat einen neuen Wert."),
			diag.Say("%d figures have new values.", "%d Kennzahlen haben neue Werte.", len(m.Of(incoming.New)))},
		{incoming.Same, diag.Say("1 figure stays as it is.", "1 Kennzahl bleibt, wie sie ist."),
			diag.Say("%d figures stay as they are.", "%d Kennzahlen bleiben, wie sie sind.", len(m.Of(incoming.Same)))},
		{incoming.Empty, diag.Say("1 figure has no value in the file, and stays as it is.",
			"1 Kennzahl hat in der Datei keinen Wert und bleibt, wie sie ist."),
			diag.Say("%d figures have no value in the file, and stay as they are.",
				"%d Kennzahlen haben in der Datei keinen Wert und bleiben, wie sie sind.", len(m.Of(incoming.Empty)))},
		{incoming.Computed, diag.Say("1 row is computed, and not taken from the file.",
			"1 Zeile wird berechnet und nicht aus der Datei übernommen."),
			diag.Say("%d rows are computed, and not taken from the file.",
				"%d Zeilen werden berechnet und nicht aus der Datei übernommen.", len(m.Of(incoming.Computed)))},
		{incoming.LeftOut, diag.Say("1 row is left out (leave_out: in content/import.yaml).",
			"1 Zeile wird ausgelassen (leave_out: in content/import.yaml)."),
			diag.Say("%d rows are left out (leave_out: in content/import.yaml).",
				"%d Zeilen werden ausgelassen (leave_out: in content/import.yaml).", len(m.Of(incoming.LeftOut)))},
	} {
		if n := len(m.Of(of.kind)); n > 0 {
			if said++; said == 1 {
				c.line("")
			}
			c.line(diag.Plural(n, of.one, of.all).In(c.lang))
		}
	}
}

// mostRowsShown is how many unknown rows are listed.
const mostRowsShown = 40

// otherRows lists the rows that are no known figures.
func (c *command) otherRows(m *incoming.Import) {
	unknown := m.Of(incoming.Unknown)
	if len(unknown) == 0 {
		return
	}
	c.line("")
	c.line(diag.Plural(len(unknown), diag.Say("1 row is no figure that is known:",
		"1 Zeile ist keine bekannte Kennzahl:"),
		diag.Say("%d rows are no figures that are known:", "%d Zeilen sind keine bekannten Kennzahlen:",
			len(unknown))).In(c.lang))
	for _, r := range unknown[:min(len(unknown), mostRowsShown)] {
		line := fmt.Sprintf("   %s  %s  %s", r.Cell, r.Label, r.Text)
		if len(r.Near) > 0 {
			var near []string
			for _, f := range r.Near {
				near = append(near, c.fullLabel(f)+" ("+f.ID+")")
			}
			line += c.say("; near: %s", "; ähnlich: %s", strings.Join(near, ", "))
		}
		c.line(strings.TrimRight(line, " "))
	}
	if n := len(unknown) - mostRowsShown; n > 0 {
		c.line(c.say("   and %d more (--format json lists all)", "   und %d weitere (--format json nennt alle)", n))
	}
	c.line(c.say("   If one is a figure, say so in %s under rows:, with its id; if not, under leave_out:",
		"   Ist eine davon eine Kennzahl, schreiben Sie das in %s unter rows:, mit der Kennung; sonst unter leave_out:",
		incoming.Path))
}

// remarks shows what stands in the file beside rows.
func (c *command) remarks(m *incoming.Import) {
	for _, of := range []struct {
		what diag.Text
		all  []incoming.Remark
	}{
		{diag.Say("Above the table", "Über der Tabelle"), m.Titles},
		{diag.Say("Between the rows", "Zwischen den Zeilen"), m.Headings},
		{diag.Say("Notes", "Anmerkungen"), m.Footnotes},
	} {
		for n, r := range of.all {
			if n == 0 {
				c.line("")
				c.line(of.what.In(c.lang) + ":")
			}
			if n < mostRowsShown {
				c.line("   " + r.Cell + "  " + r.Text)
			}
		}
	}
	if len(m.Hidden) > 0 {
		c.line("")
		c.line(c.say("Hidden in the workbook, but read: %s", "In der Arbeitsmappe ausgeblendet, aber gelesen: %s",
			strings.Join(c.words(m.Hidden), ", ")))
	}
}

// mostAbsent is how many figures are named that the file does not have.
const mostAbsent = 10

// absent names the figures that the file does not have.
func (c *command) absent(m *incoming.Import) {
	if len(m.Absent) == 0 || len(m.Rows) == 0 {
		return
	}
	var names []string
	for _, f := range m.Absent[:min(len(m.Absent), mostAbsent)] {
		names = append(names, c.fullLabel(f))
	}
	c.line("")
	c.line(diag.Plural(len(m.Absent), diag.Say("The file does not have 1 figure: %s",
		"Die Datei enthält 1 Kennzahl nicht: %s", names[0]),
		diag.Say("The file does not have %d figures: %s", "Die Datei enthält %d Kennzahlen nicht: %s", len(m.Absent),
			strings.Join(names, "; "))).In(c.lang) + andMore(len(m.Absent) > mostAbsent))
}

func andMore(more bool) string {
	if more {
		return "; …"
	}
	return ""
}

// foreseen says what would come of the new values.
func (c *command) foreseen(i *importing) {
	if i.trial == nil {
		return
	}
	c.firstValued(i)
	c.speaking(i)
	if sentences := i.sentences(); len(sentences) > 0 {
		c.line("")
		c.line(c.say(`What "bilanz fix" would then write:`, "Was „bilanz fix“ dann schreiben würde:"))
		for _, s := range sentences {
			c.line(fmt.Sprintf("   %s:%d", s.Path, s.Line))
			for _, e := range excerpts(s.Before, s.After) {
				c.line("      " + c.say("before: %s", "vorher: %s", e[0]))
				c.line("      " + c.say("after:  %s", "danach: %s", e[1]))
			}
		}
	}
	if len(i.left) > 0 {
		c.line("")
		c.line(c.say("What a person would have to decide with these values:",
			"Was ein Mensch mit diesen Werten entscheiden müsste:"))
		c.problems(i.left)
	}
}

// sentences are the lines that "bilanz fix" would then write anew.
func (i *importing) sentences() []importSentence {
	if i.trial == nil {
		return nil
	}
	var all []importSentence
	for _, change := range i.trial.Follow {
		if change.Path == accepted.TranslatedPath {
			continue // the record of translations, which nobody reads
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
