package main

import (
	"context"
	"errors"
	"fmt"

	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/edit"

	"github.com/spf13/cobra"
)

// mostRounds is how often fix looks again: what is mended can uncover more, such
// as a value without its grouping and then the sentences that say it.
const mostRounds = 5

func (c *command) fixCommand() *cobra.Command {
	var diff, link, translated bool
	cmd := &cobra.Command{
		Use: "fix",
		Short: c.say("Bring the numbers in sentences up to date, in place",
			"Die Zahlen in Sätzen auf den neuen Stand bringen"),
		Long: c.say(`Rewrites the numbers that differ from their figures, in every language, and the
values in figure files where there is no doubt. It touches no other byte. What a
person must decide stays as it is.`,
			`Schreibt in allen Sprachen die Zahlen neu, die von ihren Kennzahlen abweichen, und
Werte in den Kennzahlendateien, wo kein Zweifel besteht. Kein anderes Zeichen wird
angefasst. Was ein Mensch entscheiden muss, bleibt, wie es ist.`),
		Args: func(cmd *cobra.Command, args []string) error {
			if translated {
				return nil // pages
			}
			return c.noArgs(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if translated {
				return c.fixTranslated(cmd.Context(), args, diff)
			}
			return c.fix(cmd.Context(), diff, link)
		},
	}
	cmd.Flags().BoolVar(&diff, "diff", false, c.say("show what would change, and change nothing",
		"zeigen, was sich ändern würde, und nichts ändern"))
	cmd.Flags().BoolVar(&link, "link", false, c.say("turn bare numbers that equal exactly one figure into links, too",
		"auch Zahlen ohne Verweis, die genau einer Kennzahl gleichen, zu Verweisen machen"))
	cmd.Flags().BoolVar(&translated, "translated", false, c.say("record that translations say what their pages in the default language say now: all, or those of the pages named",
		"festhalten, dass Übersetzungen sagen, was ihre Seiten in der Hauptsprache jetzt sagen: alle oder die der genannten Seiten"))
	return cmd
}

func (c *command) fix(ctx context.Context, diff, link bool) error {
	total := map[string]int{}
	var left []diag.Diagnostic
	for round := 0; ; round++ {
		result, err := build.Build(ctx, c.options("public"))
		if err != nil {
			c.code = c.failed(err)
			return nil
		}
		left = result.Diagnostics
		changes, err := edit.Plan(c.dir, result.Edits(link))
		if err != nil {
			c.code = c.failedEdit(err)
			return nil
		}
		if diff {
			for _, change := range changes {
				fmt.Fprint(c.out, change.Diff())
			}
			return nil
		}
		if len(changes) == 0 || round == mostRounds {
			break
		}
		for _, change := range changes {
			if err := change.Write(c.dir); err != nil {
				c.code = c.failedEdit(err)
				return nil
			}
			total[change.Path] += change.Edits
		}
	}
	c.reportFix(total, left)
	return nil
}

// failedEdit says why an edit was not made, and gives the exit code.
func (c *command) failedEdit(err error) int {
	changed := (*edit.Changed)(nil)
	if !errors.As(err, &changed) {
		return c.failed(err)
	}
	fmt.Fprintln(c.err, c.say("%s: the file changed since it was checked, so it was left alone; run the command again",
		"%s: Die Datei hat sich seit der Prüfung geändert und blieb deshalb, wie sie ist; "+
			"führen Sie den Befehl noch einmal aus", changed.Place))
	return exitContent
}

// reportFix says what was changed, and what is left for a person to decide.
func (c *command) reportFix(total map[string]int, left []diag.Diagnostic) {
	changed := 0
	for _, n := range total {
		changed += n
	}
	switch changed {
	case 0:
		fmt.Fprintln(c.out, c.say("Nothing to change.", "Nichts zu ändern."))
	case 1:
		fmt.Fprintln(c.out, c.say("Changed 1 place.", "1 Stelle geändert."))
	default:
		files := c.say("1 file", "1 Datei")
		if len(total) > 1 {
			files = c.say("%d files", "%d Dateien", len(total))
		}
		fmt.Fprintln(c.out, c.say("Changed %d places in %s.", "%d Stellen in %s geändert.", changed, files))
	}
	if n := diag.Count(left, diag.Error); n == 1 {
		c.code = exitContent
		fmt.Fprintln(c.err, c.say(`1 problem is left that a person must decide; "bilanz check" shows it.`,
			"1 Problem bleibt, das ein Mensch entscheiden muss; „bilanz check“ zeigt es."))
	} else if n > 1 {
		c.code = exitContent
		fmt.Fprintln(c.err, c.say(`%d problems are left that a person must decide; "bilanz check" lists them.`,
			"%d Probleme bleiben, die ein Mensch entscheiden muss; „bilanz check“ zählt sie auf.", n))
	}
}
