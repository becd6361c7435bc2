package main

import (
	"cmp"
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
		Use:   "import FILE",
		Short: c.say("Take new values from a spreadsheet, old beside new", "Neue Werte aus einer Tabelle übernehmen, alt neben neu"),
		Long: c.say(`Holds a workbook (.xlsx) or a CSV file against the figures: rows are known by their
labels in any language of the site, or by ids. Prints old and new values side by
side, what would fail with them, and which sentences would change. Nothing is
written without --write. What can be meant in two ways is asked once, and kept in
content/import.yaml.`,
			`Vergleicht eine Arbeitsmappe (.xlsx) oder CSV-Datei mit den Kennzahlen: Zeilen werden
an ihrer Bezeichnung in jeder Sprache der Website erkannt oder an der Kennung. Zeigt
alte und neue Werte nebeneinander, was damit nicht mehr stimmen würde und welche
Sätze sich änderten. Ohne --write wird nichts geschrieben. Was zweierlei bedeuten
kann, wird einmal gefragt und steht dann in content/import.yaml.`),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return c.wrong(cmd, c.say("name one file, such as numbers.xlsx", "nennen Sie eine Datei, etwa zahlen.xlsx"))
		},
		RunE: func(cmd *cobra.Command, args []string) error { return c.importFile(cmd.Context(), args[0], how) },
	}
	cmd.Flags().BoolVar(&how.write, "write", false, c.say("write the new values into the files of figures",
		"die neuen Werte in die Dateien der Kennzahlen schreiben"))
	cmd.Flags().BoolVar(&how.fix, "fix", false, c.say("with --write: bring sentences up to date too, as \"bilanz fix\" does",
		"zusammen mit --write: auch Sätze auf den neuen Stand bringen, wie „bilanz fix“"))
	cmd.Flags().StringVar(&how.sheet, "sheet", "", c.say("the sheet of the workbook", "das Blatt der Arbeitsmappe"))
	cmd.Flags().StringVar(&c.format, "format", "text", c.say("how it is printed: text or json", "wie ausgegeben wird: text oder json"))
	return cmd
}

// importing is one import on its way.
type importing struct {
	write, fix bool
	sheet      string

	before   build.Result
	memory   *incoming.Memory
	answers  []incoming.Answer
	file     *incoming.Import
	changes  []edit.Change // of the files of figures
	problems []diag.Diagnostic
	after    outcome
}

// outcome is what would come of the new values.
type outcome struct {
	places  []compare.PlaceChange // that say figures which changed, or speak about them
	fixed   []edit.Change         // what "bilanz fix" would make of the sentences
	left    []diag.Diagnostic     // problems that were not there before, and that fix leaves
	first   []*figure.Figure      // figures that had no value until now
	mention []mention
}

func (c *command) importFile(ctx context.Context, name string, i importing) error {
	if c.format != "text" && c.format != "json" {
		return errors.New(c.say(`--format is "text" or "json"`, "--format ist „text“ oder „json“"))
	}
	if i.fix && !i.write {
		return errors.New(c.say("--fix goes with --write", "--fix gehört zu --write"))
	}
	text, err := os.ReadFile(c.below(name))
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New(c.say("there is no file %s", "es gibt keine Datei %s", name))
	} else if err != nil {
		return errors.New(c.say("%s cannot be read: %v", "%s lässt sich nicht lesen: %v", name, errors.Unwrap(err)))
	}
	if !c.readProject(ctx, &i) || !c.readIncoming(schema.File{Path: filepath.ToSlash(name), Text: text}, &i) {
		return nil
	}
	if err := c.foresee(ctx, &i); err != nil {
		c.code = c.failed(err)
		return nil
	}
	return c.finishImport(ctx, &i)
}

// readProject reads the figures and what people said of files.
func (c *command) readProject(ctx context.Context, i *importing) bool {
	o := c.options("public")
	o.State, o.Retype, o.NoCards = true, true, true
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
	return c.noneOf(list.Sorted())
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

// readIncoming holds the file against the figures. On a terminal a person is asked what the
// file leaves open, until nothing is left or no answer comes.
func (c *command) readIncoming(f schema.File, i *importing) bool {
	for {
		known := i.memory.Of(filepath.Base(f.Path))
		known.Take(i.answers)
		if i.sheet != "" {
			known.Sheet = i.sheet
		}
		file, problems := incoming.Read(f, incoming.Options{
			Set: i.before.Set, Langs: i.before.Site.Config.Langs, Known: known})
		if file == nil {
			return c.noneOf(problems)
		}
		i.file = file
		if len(file.Questions) == 0 || c.format != "text" {
			return true
		}
		answers := c.ask(file.Questions)
		if len(answers) == 0 {
			return true
		}
		i.answers = append(i.answers, answers...)
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
	i.problems = append(slices.Clone(i.file.Problems), problems...)
	if len(edits) == 0 {
		return nil
	}
	var err error
	if i.changes, err = edit.Plan(c.dir, edits); err != nil {
		return err
	}
	return c.buildWith(ctx, i)
}

// buildWith builds the project with the new values, and then with what "bilanz fix" would
// write.
func (c *command) buildWith(ctx context.Context, i *importing) error {
	o := c.options("public")
	o.State, o.Against, o.NoCards, o.Retype, o.Uses = true, i.before.State, true, true, true
	o.Unsaved = map[string][]byte{}
	for _, change := range i.changes {
		o.Unsaved[change.Path] = change.New
	}
	first, err := build.Build(ctx, o)
	if err != nil {
		return err
	}
	if first.State != nil {
		i.after.places = compare.States(i.before.State, first.State).Places
	}
	i.after.first = firstValues(i.before.Set, first.Set)
	last, fixed, err := c.fixUnsaved(ctx, o, first)
	if err != nil {
		return err
	}
	i.after.fixed, i.after.left = fixed, newProblems(i.before.Diagnostics, last.Diagnostics)
	i.after.mention, err = c.mentions(i)
	return err
}

// mostFixes is how often sentences are brought up to date in memory.
const mostFixes = 20

// fixUnsaved does in memory what "bilanz fix" does on disk.
func (c *command) fixUnsaved(ctx context.Context, o build.Options, r build.Result) (build.Result, []edit.Change, error) {
	start := map[string][]byte{}
	for range mostFixes {
		edits := r.Edits(false)
		if len(edits) == 0 {
			break
		}
		for path, of := range byFile(edits) {
			text, unsaved := o.Unsaved[path]
			if !unsaved {
				var err error
				if text, err = edit.Read(c.dir, path); err != nil {
					return r, nil, err
				}
			}
			if start[path] == nil {
				start[path] = text
			}
			with, _, err := edit.Apply(text, of)
			if err != nil {
				return r, nil, err
			}
			o.Unsaved[path] = with
		}
		var err error
		if r, err = build.Build(ctx, o); err != nil {
			return r, nil, err
		}
	}
	var fixed []edit.Change
	for path, old := range start {
		fixed = append(fixed, edit.Change{Path: path, Old: old, New: o.Unsaved[path]})
	}
	slices.SortFunc(fixed, func(a, b edit.Change) int { return strings.Compare(a.Path, b.Path) })
	return r, fixed, nil
}

// byFile sorts edits by their files and places.
func byFile(edits []diag.Edit) map[string][]diag.Edit {
	all := map[string][]diag.Edit{}
	for _, e := range edits {
		all[e.Path] = append(all[e.Path], e)
	}
	for _, of := range all {
		slices.SortStableFunc(of, func(a, b diag.Edit) int {
			return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End(), b.End()))
		})
	}
	return all
}

// newProblems are those that were not there before. Lines may have moved meanwhile.
func newProblems(before, after []diag.Diagnostic) []diag.Diagnostic {
	key := func(d diag.Diagnostic) string { return d.Code + " " + d.Place.Path + " " + d.Sentence("en") }
	had := map[string]int{}
	for _, d := range before {
		had[key(d)]++
	}
	var all []diag.Diagnostic
	for _, d := range after {
		if k := key(d); had[k] > 0 {
			had[k]--
			continue
		}
		all = append(all, d)
	}
	return all
}

// firstValues are the figures that have a number now and had none.
func firstValues(before, after *figure.Set) []*figure.Figure {
	var all []*figure.Figure
	if after == nil {
		return nil
	}
	for _, f := range before.All() {
		if now, ok := after.Lookup(f.ID); ok && f.Value.Reason != "" && f.Formula == "" && now.Value.Number != nil {
			all = append(all, f)
		}
	}
	return all
}

// finishImport prints what was found, and writes where that was asked for and nothing is
// open.
func (c *command) finishImport(ctx context.Context, i *importing) error {
	if c.format == "json" {
		c.importJSON(i)
	} else {
		c.printImport(i)
	}
	open := len(i.file.Questions) > 0 || diag.Count(i.problems, diag.Error) > 0
	if open || diag.Count(i.after.left, diag.Error) > 0 {
		c.code = exitContent
	}
	switch {
	case open && i.write && c.format == "text":
		fmt.Fprintln(c.err, c.say("Nothing was written.", "Nichts wurde geschrieben."))
	case !open && i.write:
		return c.writeImport(ctx, i)
	case c.format == "text":
		c.remember(i)
		c.howToGoOn(i, open)
	}
	return nil
}

// writeImport writes the new values, and what was answered.
func (c *command) writeImport(ctx context.Context, i *importing) error {
	changes := slices.Clone(i.changes)
	if len(i.answers) > 0 {
		more, err := edit.Plan(c.dir, []diag.Edit{i.memory.Remember(i.file.Name, i.answers)})
		if err != nil {
			c.code = c.failedEdit(err)
			return nil
		}
		changes = append(changes, more...)
	}
	if err := edit.Write(c.dir, changes); err != nil {
		c.code = c.failedEdit(err)
		return nil
	}
	if c.format == "text" {
		c.wrote(i, len(i.answers) > 0)
	}
	if i.fix && len(i.changes) > 0 {
		return c.fix(ctx, false, false)
	}
	return nil
}
