package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/edit"
	"bilanz/internal/incoming"
)

// ask puts a question to whoever sits at the terminal. It reports false where nobody does, or
// where the question is left open.
func (c *command) ask(q incoming.Question) (incoming.Answer, bool) {
	fmt.Fprintln(c.out)
	fmt.Fprintln(c.out, strings.TrimSpace(q.Cell+"  "+firstUpper(q.Text.In(c.lang))))
	for n, choice := range q.Choices {
		fmt.Fprintf(c.out, "   %d  %s\n", n+1, choice.Text.In(c.lang))
	}
	n := c.choose(len(q.Choices))
	if n == 0 {
		return incoming.Answer{}, false
	}
	return q.Answer(q.Choices[n-1]), true
}

// isAttended reports whether a person reads what is printed, and can answer.
func (c *command) isAttended() bool { return isTerminal(c.out) && isTerminal(os.Stdin) }

// choose reads a number from the terminal: 0 where the question is left open.
func (c *command) choose(most int) int {
	for {
		fmt.Fprint(c.out, c.say("Number (Enter leaves it open): ", "Nummer (Eingabetaste lässt es offen): "))
		line, more := c.readLine()
		line = strings.TrimSpace(line)
		if n, err := strconv.Atoi(line); err == nil && n >= 1 && n <= most {
			return n
		}
		if line == "" || !more {
			return 0
		}
	}
}

// readLine reads what is typed until the end of a line; false at the end of the input.
func (c *command) readLine() (string, bool) {
	if c.typed == nil {
		c.typed = bufio.NewReader(os.Stdin)
	}
	line, err := c.typed.ReadString('\n')
	return line, err != io.EOF
}

// remember offers to keep what was answered, so that nobody is asked again.
func (c *command) remember(i *importing) {
	if len(i.answers) == 0 {
		return
	}
	fmt.Fprintln(c.out)
	fmt.Fprint(c.out, c.say("Keep these answers in %s, so that nobody is asked again? (y/n) ",
		"Diese Antworten in %s festhalten, damit niemand mehr gefragt wird? (j/n) ", incoming.Path))
	line, _ := c.readLine()
	if answer := strings.ToLower(strings.TrimSpace(line)); answer == "" || !strings.Contains("yes ja", answer) {
		return
	}
	changes, err := edit.Plan(c.dir, []diag.Edit{i.memory.Remember(i.file.Name, i.answers)})
	if err == nil {
		err = edit.Write(c.dir, changes)
	}
	if err != nil {
		c.code = c.failedEdit(err)
		return
	}
	c.line(c.say("Kept what was answered in %s.", "Die Antworten stehen jetzt in %s.", incoming.Path))
}

// unsaid prints the lines of content/import.yaml with which everything is said that the file
// leaves open.
func (c *command) unsaid(i *importing) {
	m := i.file
	answers := m.Unanswered(c.lang)
	if len(answers) == 0 {
		return
	}
	unknown := len(m.Of(incoming.Unknown)) - len(m.Nameless())
	c.line("")
	if len(m.Questions) > 0 || i.waiting != "" {
		c.line(diag.Plural(len(answers), diag.Say("1 thing is open.", "1 Angabe fehlt."),
			diag.Say("%d things are open.", "%d Angaben fehlen.", len(answers))).In(c.lang) + " " +
			c.say("Write this at the end of %s, with one of the answers in place of each …; "+
				"none leaves a row out:", "Schreiben Sie das ans Ende von %s, mit einer der Antworten an der Stelle "+
				"von …; none lässt eine Zeile aus:", incoming.Path))
	} else {
		c.line(diag.Plural(unknown,
			diag.Say("1 row is no figure that is known.", "1 Zeile ist keine bekannte Kennzahl."),
			diag.Say("%d rows are no figures that are known.", "%d Zeilen sind keine bekannten Kennzahlen.",
				unknown)).In(c.lang) + " " +
			c.say("To say what they are, write this at the end of %s, with ids, or with none for what is no figure:",
				"Um zu sagen, was sie sind, schreiben Sie das ans Ende von %s, mit Kennungen oder mit none für das, "+
					"was keine Kennzahl ist:", incoming.Path))
	}
	c.line("")
	fmt.Fprint(c.out, incoming.Lines(m.Name, answers))
	if n := unknown - incoming.MostUnknown; n > 0 {
		c.line("")
		c.line(c.say("%d more rows are none that is known (--format json lists all). Leave out many at once: "+
			"leave_out: [\"Total *\"]", "%d weitere Zeilen sind unbekannt (--format json nennt alle). Viele auf "+
			"einmal auslassen: leave_out: [\"Summe *\"]", n))
	}
}

// firstUpper begins a sentence.
func firstUpper(text string) string {
	for n, r := range text {
		return strings.ToUpper(string(r)) + text[n+len(string(r)):]
	}
	return text
}
