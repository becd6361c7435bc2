package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bilanz/internal/build"
	"bilanz/internal/compare"
	"bilanz/internal/diag"
	"bilanz/internal/edit"
	"bilanz/internal/figure"
	"bilanz/internal/incoming"
	"bilanz/internal/revise"
	"bilanz/internal/schema"

	"github.com/spf13/cobra"
)

func (c *command) importCommand() *cobra.Command {
	var how importing
	cmd := &cobra.Command{
		Use: c.say("import FILE", "import DATEI"),
		Short: c.say("Take new values from a spreadsheet, old beside new",
			"Neue Werte aus einer Tabelle übernehmen, alt neben neu"),
		Long: c.say(`Holds a workbook (.xlsx) or a CSV file against the figures: rows are known by their
labels in any language of the site, or by ids. Prints old and new values side by
side, what would fail with them, and which sentences would change. Nothing is
written without --write. What can be meant in two ways is asked once, and kept in
content/import.yaml.

A folder stands for all its files, in the order of their names. Of what waits in
content/incoming each file is deleted whose values are written, all or nothing; one
that leaves anything open stays. There a workbook is refused that holds what nobody
sees: hidden rows, columns and sheets, comments, names of persons.

Exit code 0: all is clear, and written where --write was given. 1: something is open or
refused, or would be wrong with the new values. 2: the command was called wrongly, or
there is no such file. 3: something could not be written.`,
			`Vergleicht eine Arbeitsmappe (.xlsx) oder CSV-Datei mit den Kennzahlen: Zeilen werden
an ihrer Bezeichnung in jeder Sprache der Website erkannt oder an der Kennung. Zeigt
alte und neue Werte nebeneinander, was damit nicht mehr stimmen würde und welche
Sätze sich änderten. Ohne --write wird nichts geschrieben. Was zweierlei bedeuten
kann, wird einmal gefragt und steht dann in content/import.yaml.

Ein Ordner steht für alle seine Dateien in der Reihenfolge ihrer Namen. Was in
content/incoming wartet, wird gelöscht, sobald seine Werte geschrieben sind, alles oder
nichts; eine Datei, bei der etwas offen ist, bleibt. Dort wird eine Arbeitsmappe
abgelehnt, die enthält, was man nicht sieht: ausgeblendete Zeilen, Spalten und Blätter,
Kommentare, Namen von Personen.

Exit-Code 0: alles ist klar und mit --write auch geschrieben. 1: Etwas ist offen oder
abgelehnt oder wäre mit den neuen Werten falsch. 2: Der Aufruf stimmt nicht, oder es gibt
die Datei nicht. 3: Etwas ließ sich nicht schreiben.`),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return c.wrong(cmd, c.say("name one file, such as numbers.xlsx, or a folder",
				"nennen Sie eine Datei, etwa zahlen.xlsx, oder einen Ordner"))
		},
		RunE: func(cmd *cobra.Command, args []string) error { return c.importFiles(cmd.Context(), args[0], how) },
	}
	cmd.Flags().BoolVar(&how.write, "write", false, c.say("write the new values into the files of figures",
		"die neuen Werte in die Dateien der Kennzahlen schreiben"))
	cmd.Flags().BoolVar(&how.fix, "fix", false,
		c.say("with --write: bring sentences up to date too, as \"bilanz fix\" does",
			"zusammen mit --write: auch Sätze auf den neuen Stand bringen, wie „bilanz fix“"))
	cmd.Flags().StringVar(&how.sheet, "sheet", "", c.say("the sheet of the workbook", "das Blatt der Arbeitsmappe"))
	cmd.Flags().StringVar(&c.format, "format", "text", c.say("how it is printed: text or json",
		"wie ausgegeben wird: text oder json"))
	return cmd
}

// importing is one import on its way.
type importing struct {
	write, fix bool
	sheet      string
	together   *together // with the other files of a folder; nil for one file

	numbers
	text     []byte // of the file
	before   build.Result
	memory   *incoming.Memory
	answers  []incoming.Answer
	file     *incoming.Import
	problems []diag.Diagnostic
	written  bool
	deleted  bool

	// What would come of the new values.
	trial   *revise.Trial         // nil where nothing changes
	places  []compare.PlaceChange // that say figures which changed, or speak about them
	left    []diag.Diagnostic     // problems that were not there before, and that "bilanz fix" leaves
	first   []*figure.Figure      // figures that had no value until now
	mention []revise.Mention      // lines about those
}

// isOpen reports whether somebody has to say or mend something before the values can be
// written. A file that is deleted afterwards must have said all.
func (i *importing) isOpen() bool {
	return len(i.file.Questions) > 0 || diag.Count(i.problems, diag.Error) > 0 ||
		i.waiting != "" && len(i.file.Unanswered("en")) > 0
}

// importFile imports one file. Without an error, what it found is printed.
func (c *command) importFile(ctx context.Context, i *importing) error {
	if of, ok := openElsewhere(filepath.Base(i.name)); ok {
		return errors.New(c.say("%[1]s only says that somebody has %[2]s open; name %[2]s",
			"%[1]s sagt nur, dass jemand %[2]s geöffnet hat; nennen Sie %[2]s", i.name, of))
	}
	if i.waiting != "" && c.isLink(i.waiting) {
		c.noneOf([]diag.Diagnostic{linkRefused(i.waiting)})
		return nil
	}
	var err error
	if i.text, err = os.ReadFile(c.below(i.name)); errors.Is(err, fs.ErrNotExist) {
		return errors.New(c.say("there is no file %s", "es gibt keine Datei %s", i.name))
	} else if err != nil {
		return errors.New(c.say("%s cannot be read: %v", "%s lässt sich nicht lesen: %v", i.name, errors.Unwrap(err)))
	}
	if !c.readProject(ctx, i) || !c.readIncoming(schema.File{Path: filepath.ToSlash(i.name), Text: i.text}, i) {
		return nil
	}
	if err := c.foresee(ctx, i); err != nil {
		c.code = c.failedEdit(err)
		return nil
	}
	c.finishImport(i)
	return nil
}

// openElsewhere recognises the file that Excel or LibreOffice lays beside one that somebody has
// open, and names that one.
func openElsewhere(name string) (of string, ok bool) {
	if of, ok = strings.CutPrefix(name, "~$"); ok {
		return of, true
	}
	of, ok = strings.CutPrefix(name, ".~lock.")
	return strings.TrimSuffix(of, "#"), ok
}

// readProject reads the figures and what people said of files.
func (c *command) readProject(ctx context.Context, i *importing) bool {
	o := c.options("public")
	o.State, o.Retype, o.NoCards, o.Translations = true, true, true, true
	var err error
	if i.before, err = build.Build(ctx, o); err != nil {
		c.code = c.failed(err)
		return false
	}
	if i.before.Set == nil || i.before.State == nil {
		c.print(i.before, false, 0)
		return false
	}
	text, err := edit.Read(c.dir, incoming.Path)
	if err != nil {
		c.code = c.failed(err)
		return false
	}
	var list diag.List
	i.memory = incoming.ReadMemory(schema.File{Path: incoming.Path, Text: text}, &list)
	i.memory.Check(i.before.Set, i.before.Site.Config.Langs, &list)
	return list.Errors() == 0 || c.noneOf(list.Sorted())
}

// noneOf prints problems that leave nothing to go on with, and reports whether there are none.
func (c *command) noneOf(ds []diag.Diagnostic) bool {
	if len(ds) == 0 {
		return true
	}
	c.diagnostics(ds)
	if c.format == "text" {
		fmt.Fprintln(c.err, diag.Closing(ds).In(c.lang))
	}
	c.code = exitContent
	return false
}

// options are what a file is held against.
func (i *importing) options(of numbers) incoming.Options {
	known := i.memory.Of(filepath.Base(of.name))
	known.Take(i.answers)
	if i.sheet != "" {
		known.Sheet = i.sheet
	}
	return incoming.Options{Set: i.before.Set, Langs: i.before.Site.Config.Langs, Known: known,
		Public: of.waiting != ""}
}

// readIncoming holds the file against the figures. On a terminal a person is asked what the
// file leaves open, one thing after the other: an answer may make the next question needless.
func (c *command) readIncoming(f schema.File, i *importing) bool {
	leftOpen := map[string]bool{}
	for {
		file, problems := incoming.Read(f, i.options(i.numbers))
		if file == nil {
			return c.noneOf(problems)
		}
		i.file = file
		next := slices.IndexFunc(file.Questions, func(q incoming.Question) bool { return !leftOpen[q.Key+" "+q.Of] })
		if next < 0 || c.format != "text" || !c.isAttended() {
			return true
		}
		q := file.Questions[next]
		leftOpen[q.Key+" "+q.Of] = true
		if answer, ok := c.ask(q); ok {
			i.answers = append(i.answers, answer)
		}
	}
}

// foresee plans the edits, and builds with them what would come of it.
func (c *command) foresee(ctx context.Context, i *importing) error {
	var changes []revise.Change
	for _, row := range i.file.Changes() {
		change := revise.Change{ID: row.Figure.ID, Value: row.Written(), At: row.At}
		if row.Note != "" {
			change.Note = map[string]string{i.file.Notes(): row.Note}
		}
		changes = append(changes, change)
	}
	edits, problems := revise.Plan(i.before.Set, changes)
	i.problems = append(slices.Concat(i.file.Problems, i.together.compare(i.file)), problems...)
	if len(edits) == 0 || i.isOpen() && c.format == "text" { // of what is open nobody knows what would come
		return nil
	}
	o := c.options("public")
	o.State, o.Against, o.NoCards, o.Retype = true, i.before.State, true, true
	var err error
	if i.trial, err = revise.Try(ctx, o, edits, i.before.Translations); err != nil {
		return err
	}
	if now := i.trial.Result.State; now != nil {
		i.places = compare.States(i.before.State, now).Places
	}
	i.first = revise.First(i.before.Set, i.trial.Result.Set)
	i.left = revise.News(i.before.Diagnostics, i.trial.After.Diagnostics)
	i.mention, err = revise.Mentions(c.dir, i.before.Site.Pages, i.first)
	return err
}

// finishImport prints what was found, and writes where that was asked for and nothing is
// open.
func (c *command) finishImport(i *importing) {
	open := i.isOpen()
	if open || diag.Count(i.left, diag.Error) > 0 {
		c.code = exitContent
	}
	if c.format == "json" {
		if i.write && !open {
			c.writeImport(i)
		}
		c.importJSON(i)
		return
	}
	i.together.part(c)
	c.printImport(i)
	if i.write && !open {
		c.writeImport(i)
		return
	}
	c.remember(i)
	if i.together == nil {
		c.howToGoOn(i, open)
	}
}

// writeImport writes the new values, the sentences where that was asked for, and what was
// answered, and deletes a file that waited: all of it or nothing.
func (c *command) writeImport(i *importing) {
	var changes []edit.Change
	switch {
	case i.trial == nil:
	case i.fix:
		changes = slices.Clone(i.trial.Follow)
	default:
		changes = slices.Clone(i.trial.Changes)
	}
	if len(i.answers) > 0 {
		more, err := edit.Plan(c.dir, []diag.Edit{i.memory.Remember(i.file.Name, i.answers)})
		if err != nil {
			c.code = c.failedEdit(err)
			return
		}
		changes = slices.DeleteFunc(changes, func(c edit.Change) bool { return c.Path == incoming.Path })
		changes = append(changes, more...)
	}
	written := changes
	if i.waiting != "" {
		changes = append(changes, edit.Change{Path: i.waiting, Old: i.text, Delete: true})
	}
	if err := edit.Write(c.dir, changes); err != nil {
		c.code = c.failedEdit(err)
		return
	}
	i.written, i.deleted = len(written) > 0, i.waiting != ""
	if c.format == "text" {
		c.wrote(i, written)
	}
}
