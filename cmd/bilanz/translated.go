package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"bilanz/internal/accepted"
	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/edit"
)

// fixTranslated records that translations are up to date: all of them, or those that
// the arguments name, by their own file or by that of the page they translate.
func (c *command) fixTranslated(ctx context.Context, pages []string, diff bool) error {
	// Read first: where the file is saved while the pages are read, the edit does not fit.
	old, err := edit.Read(c.dir, accepted.TranslatedPath)
	if err != nil {
		c.code = c.failed(err)
		return nil
	}
	o := c.options("public")
	o.Translations = true
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
	text, confirmed := newRecord(all, pages)
	if bytes.Equal(old, text) {
		if !diff {
			fmt.Fprintln(c.out, c.say("Nothing to change.", "Nichts zu ändern."))
		}
		return nil
	}
	whole := diag.Edit{Path: accepted.TranslatedPath, Old: string(old), New: string(text), Whole: true}
	changes, err := edit.Plan(c.dir, []diag.Edit{whole})
	if err == nil && !diff {
		err = edit.Write(c.dir, changes)
	}
	if err != nil {
		c.code = c.failedEdit(err)
		return nil
	}
	if diff {
		fmt.Fprint(c.out, changes[0].Diff())
		return nil
	}
	fmt.Fprintln(c.out, diag.Plural(confirmed,
		diag.Say("Recorded 1 translation in %s.", "1 Übersetzung in %s festgehalten.", accepted.TranslatedPath),
		diag.Say("Recorded %d translations in %s.",
			"%d Übersetzungen in %s festgehalten.", confirmed, accepted.TranslatedPath)).In(c.lang))
	return nil
}

// newRecord writes the record with the translations that pages name, or all,
// confirmed, and counts those of which that says something new.
func newRecord(all []accepted.Translation, pages []string) (text []byte, confirmed int) {
	text = accepted.RecordOf(all, func(t accepted.Translation) bool {
		if len(pages) > 0 && !namesOne(pages, t) {
			return false
		}
		if t.Hash != t.Recorded {
			confirmed++
		}
		return true
	})
	return text, confirmed
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

func namesOne(pages []string, t accepted.Translation) bool {
	for _, page := range pages {
		file := path.Join("content", strings.TrimPrefix(path.Clean(filepath.ToSlash(page)), "content/"))
		if file == t.File || file == t.Source {
			return true
		}
	}
	return false
}
