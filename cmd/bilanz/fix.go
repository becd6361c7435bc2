package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"bilanz/internal/accepted"
	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/edit"
	"bilanz/internal/editors"
	"bilanz/internal/output"

	"github.com/spf13/cobra"
)

// mostRounds is how often fix looks again: what is mended can uncover more, such as a value
// without its grouping and then the sentences that say it, and of one page a round mends no
// more than a check keeps. Rounds that only undo each other end before.
const mostRounds = 1000

func (c *command) fixCommand() *cobra.Command {
	var diff, link, translated bool
	var against string
	cmd := &cobra.Command{
		Use: "fix",
		Short: c.say("Bring the numbers in sentences up to date, in place",
			"Die Zahlen in Sätzen auf den neuen Stand bringen"),
		Long: c.say(`Rewrites the numbers that differ from their figures, in every language, and the
values in figure files where there is no doubt. It touches no other byte. What a
person must decide stays as it is. Where .vscode holds what editors complete by,
that is brought up to date, too.`,
			`Schreibt in allen Sprachen die Zahlen neu, die von ihren Kennzahlen abweichen, und
Werte in den Kennzahlendateien, wo kein Zweifel besteht. Kein anderes Zeichen wird
angefasst. Was ein Mensch entscheiden muss, bleibt, wie es ist. Wo .vscode enthält,
womit Editoren ergänzen, kommt auch das auf den neuen Stand.`),
		Args: func(cmd *cobra.Command, args []string) error {
			if translated {
				return nil // pages
			}
			return c.noArgs(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			o := c.options("public")
			o.Translations = true
			if against != "" {
				var err error
				if o.Against, err = c.stateOf(cmd.Context(), against); o.Against == nil {
					return err
				}
			}
			if translated {
				return c.fixTranslated(cmd.Context(), args, o, diff)
			}
			return c.fix(cmd.Context(), o, diff, link)
		},
	}
	cmd.Flags().BoolVar(&diff, "diff", false, c.say("show what would change, and change nothing",
		"zeigen, was sich ändern würde, und nichts ändern"))
	cmd.Flags().BoolVar(&link, "link", false, c.say("turn bare numbers that equal exactly one figure into links, too",
		"auch Zahlen ohne Verweis, die genau einer Kennzahl gleichen, zu Verweisen machen"))
	cmd.Flags().BoolVar(&translated, "translated", false, c.say("sign that pages and their translations say the same: "+
		"all that changed since they were compared, or those named",
		"festhalten, dass Seiten und ihre Übersetzungen dasselbe sagen: alle, die sich seit dem Vergleich geändert "+
			"haben, oder die genannten"))
	cmd.Flags().StringVar(&against, "against", "", c.say(
		"the state before the proposal, a folder or a revision of git: what changed in both languages until "+
			"then counts as compared",
		"der Stand vor dem Vorschlag, ein Ordner oder ein Stand in Git: Was sich bis dahin in beiden Sprachen "+
			"geändert hat, gilt als verglichen"))
	return cmd
}

func (c *command) fix(ctx context.Context, o build.Options, diff, link bool) error {
	total, seen := map[string]int{}, map[string]bool{}
	var before []accepted.Translation
	var last build.Result
	for {
		result, err := build.Build(ctx, o)
		if err != nil {
			c.reportChanged(total) // by the rounds before
			c.code = c.failed(err)
			return nil
		}
		if last = result; len(seen) == 0 {
			before = result.Translations
		}
		forEditors, err := c.editorEdits(result)
		var changes []edit.Change
		if err == nil {
			changes, err = edit.Plan(c.dir, append(result.Edits(link), forEditors...))
		}
		if err != nil {
			c.code = c.failedEdit(err)
			return nil
		}
		if diff {
			c.printDiff(changes, last)
			return nil
		}
		this := roundOf(changes)
		if len(changes) == 0 || seen[this] || len(seen) == mostRounds {
			break
		}
		seen[this] = true
		if err := edit.Write(c.dir, changes); err != nil {
			c.reportChanged(total)
			c.code = c.failedEdit(err)
			return nil
		}
		for _, change := range changes {
			total[change.Path] += change.Edits
		}
	}
	counted, err := c.keepRecord(last.Record, before, last.Translations)
	if err != nil {
		c.reportChanged(total)
		c.code = c.failedEdit(err)
		return nil
	}
	c.reportFix(total, counted, last.Diagnostics)
	return nil
}

// editorEdits bring the files that editors complete by up to date, where the project has them.
func (c *command) editorEdits(r build.Result) ([]diag.Edit, error) {
	if r.Set == nil || slices.ContainsFunc(r.Diagnostics, inFigures) {
		return nil, nil // what they would say is not known
	}
	var edits []diag.Edit
	for path, text := range editors.Files(r.Set, r.Site.Config) {
		old, err := edit.Read(c.dir, path)
		if err != nil {
			return nil, err
		}
		if old != nil && !bytes.Equal(old, text) {
			edits = append(edits, diag.Edit{Path: path, Old: string(old), New: string(text), Whole: true})
		}
	}
	return edits, nil
}

// inFigures reports whether a problem leaves open what figures say.
func inFigures(d diag.Diagnostic) bool {
	return d.Severity == diag.Error && strings.HasPrefix(d.Place.Path, "content/figures/")
}

// printDiff shows what would change, in the record of translations too.
func (c *command) printDiff(changes []edit.Change, r build.Result) {
	if r.Record != nil {
		edits, _ := r.Record.Keep(r.Translations, r.Translations)
		record, err := edit.Plan(c.dir, edits)
		if err != nil {
			c.code = c.failedEdit(err)
			return
		}
		changes = append(changes, record...)
	}
	for _, change := range changes {
		fmt.Fprint(c.out, change.Diff())
	}
}

// roundOf names what a round makes of which files.
func roundOf(changes []edit.Change) string {
	h := sha256.New()
	for _, change := range changes {
		fmt.Fprintf(h, "%q %q\n", change.Path, change.New)
	}
	return string(h.Sum(nil))
}

// failedEdit says why no edit was made, and gives the exit code.
func (c *command) failedEdit(err error) int {
	changed, protected, half := (*edit.Changed)(nil), (*edit.Protected)(nil), (*edit.Half)(nil)
	switch {
	case c.stopped.Load() != 0:
		return c.failed(err)
	case errors.As(err, &half):
		fmt.Fprintln(c.err, c.say("bilanz: %s. This could not be undone in %s; look at what they hold now",
			"bilanz: %s. In diesen Dateien ließ sich das nicht zurücknehmen: %s; "+
				"sehen Sie nach, was sie jetzt enthalten",
			output.Reason(half.Err), strings.Join(half.Paths, ", ")))
		return exitWrite
	case errors.As(err, &changed):
		fmt.Fprintln(c.err, c.say("%s: the file changed since it was checked, so no file was touched; "+
			"run the command again",
			"%s: Die Datei hat sich seit der Prüfung geändert; deshalb wurde keine Datei angefasst; "+
				"führen Sie den Befehl noch einmal aus", changed.Place))
		return exitContent
	case errors.As(err, &protected) && protected.Folder:
		fmt.Fprintln(c.err, c.say("%s: its folder may not be written to, so no file was touched; "+
			"allow it, then run the command again",
			"%s: In den Ordner darf nicht geschrieben werden; deshalb wurde keine Datei angefasst; "+
				"erlauben Sie es, und führen Sie den Befehl dann noch einmal aus", protected.Place))
		return exitWrite
	case errors.As(err, &protected):
		fmt.Fprintln(c.err, c.say("%s: the file is read-only, so no file was touched; "+
			"allow writing to it, then run the command again",
			"%s: Die Datei ist schreibgeschützt; deshalb wurde keine Datei angefasst; "+
				"heben Sie den Schutz auf, und führen Sie den Befehl dann noch einmal aus", protected.Place))
		return exitWrite
	}
	fmt.Fprintln(c.err, c.say("bilanz: %s; no file was touched", "bilanz: %s; keine Datei wurde angefasst",
		output.Reason(err)))
	return exitWrite
}

// reportChanged says what was changed.
func (c *command) reportChanged(total map[string]int) {
	changed := 0
	for _, n := range total {
		changed += n
	}
	switch changed {
	case 0:
	case 1:
		fmt.Fprintln(c.out, c.say("Changed 1 place.", "1 Stelle geändert."))
	default:
		files := c.say("1 file", "1 Datei")
		if len(total) > 1 {
			files = c.say("%d files", "%d Dateien", len(total))
		}
		fmt.Fprintln(c.out, c.say("Changed %d places in %s.", "%d Stellen in %s geändert.", changed, files))
	}
}

// reportFix says what was changed, in how many lines of the record of translations too, and what is
// left for a person to decide.
func (c *command) reportFix(total map[string]int, recorded int, left []diag.Diagnostic) {
	switch c.reportChanged(total); {
	case len(total) > 0:
	case recorded > 0:
		fmt.Fprintln(c.out, c.say("Brought up to date: %s.", "Auf den neuen Stand gebracht: %s.", accepted.TranslatedPath))
	default:
		fmt.Fprintln(c.out, c.say("Nothing to change.", "Nichts zu ändern."))
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
