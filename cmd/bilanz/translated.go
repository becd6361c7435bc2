package main

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"bilanz/internal/accepted"
	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/edit"
)

// fixTranslated signs that pages say what their translations say: all that changed since they
// were last compared, or those that the arguments name, by either file. It names what it signs.
func (c *command) fixTranslated(ctx context.Context, pages []string, o build.Options, diff bool) error {
	result, err := build.Build(ctx, o)
	if err != nil {
		c.code = c.failed(err)
		return nil
	}
	all := result.Translations
	for _, page := range pages {
		if err := c.isTranslation(all, page); err != nil {
			return err
		}
	}
	if len(pages) > 0 {
		all = slices.DeleteFunc(slices.Clone(all), func(t accepted.Translation) bool { return !namesOne(pages, t) })
	}
	record := result.Record
	if record == nil {
		record = new(accepted.Record)
	}
	edits, signed := record.Sign(all)
	changes, err := edit.Plan(c.dir, edits)
	if err == nil && !diff {
		err = edit.Write(c.dir, changes)
	}
	switch {
	case err != nil:
		c.code = c.failedEdit(err)
	case diff:
		c.printDiff(changes, build.Result{})
	case len(signed) == 0:
		fmt.Fprintln(c.out, c.say("Nothing to change.", "Nichts zu ändern."))
	default:
		c.reportSigned(signed)
	}
	return nil
}

// reportSigned names the pages that are recorded as compared, and what changed on them.
func (c *command) reportSigned(signed []accepted.Translation) {
	fmt.Fprintln(c.out, diag.Plural(len(signed),
		diag.Say("Recorded 1 translation in %s, as compared:",
			"1 Übersetzung in %s als verglichen festgehalten:", accepted.TranslatedPath),
		diag.Say("Recorded %d translations in %s, as compared:",
			"%d Übersetzungen in %s als verglichen festgehalten:", len(signed), accepted.TranslatedPath)).In(c.lang))
	for _, t := range signed {
		c.reportPair(t)
	}
}

// reportPair names two pages, and the sections that changed since they were compared.
func (c *command) reportPair(t accepted.Translation) {
	fmt.Fprintln(c.out, c.say("   %s and %s", "   %s und %s", t.File, t.Source))
	for _, change := range t.Changes {
		at := change.At.Path
		if change.At.Line > 0 {
			at = fmt.Sprintf("%s:%d", at, change.At.Line)
		}
		fmt.Fprintf(c.out, "      %s: %s\n", at, change.Name.In(c.lang))
	}
}

// keepRecord brings the record of translations up to date with what fix wrote, says in how many
// lines, and names the pages that count as compared because a section changed in both.
func (c *command) keepRecord(record *accepted.Record, before, now []accepted.Translation) (int, error) {
	if record == nil {
		return 0, nil
	}
	edits, compared := record.Keep(before, now)
	changes, err := edit.Plan(c.dir, edits)
	if err == nil {
		err = edit.Write(c.dir, changes)
	}
	if err != nil {
		return 0, err
	}
	if len(compared) > 0 {
		fmt.Fprintln(c.out, c.say("The same section changed in both languages, so these pages count as compared:",
			"Derselbe Abschnitt hat sich in beiden Sprachen geändert; diese Seiten gelten deshalb als verglichen:"))
	}
	for _, t := range compared {
		t.Changes = slices.DeleteFunc(slices.Clone(t.Changes), func(c accepted.Change) bool { return c.Alone })
		c.reportPair(t)
	}
	return len(edits), nil
}

// isTranslation says what is wrong with a page that is none.
func (c *command) isTranslation(all []accepted.Translation, page string) error {
	var files []string
	for _, t := range all {
		if namesOne([]string{page}, t) {
			return nil
		}
		files = append(files, strings.TrimPrefix(t.File, "content/"))
	}
	message := c.say("there is no translation %s", "eine Übersetzung %s gibt es nicht", page)
	if near := diag.Nearest(strings.TrimPrefix(page, "content/"), files); len(near) > 0 {
		message += c.say("; did you mean %s?", "; meinten Sie %s?", strings.Join(near, ", "))
	}
	return errors.New(message)
}

// namesOne reports whether pages name a translation: by its file, by that of its source, or by a
// name that is that of both in their folders.
func namesOne(pages []string, t accepted.Translation) bool {
	for _, page := range pages {
		page = strings.TrimPrefix(path.Clean(filepath.ToSlash(page)), "content/")
		for _, file := range []string{t.File, t.Source} {
			file = strings.TrimPrefix(file, "content/")
			if _, inLanguage, _ := strings.Cut(file, "/"); page == file || page == inLanguage {
				return true
			}
		}
	}
	return false
}
