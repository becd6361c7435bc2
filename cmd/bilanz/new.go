package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"bilanz/internal/accepted"
	"bilanz/internal/build"
	"bilanz/internal/editors"
	"bilanz/internal/locale"
	"bilanz/internal/output"
	"bilanz/internal/starter"

	"github.com/spf13/cobra"
)

func (c *command) newCommand() *cobra.Command {
	var langs []string
	var title string
	cmd := &cobra.Command{
		Use: c.say("new FOLDER", "new ORDNER"),
		Short: c.say("Write a small complete site to begin with",
			"Eine kleine vollständige Website für den Anfang schreiben"),
		Long: c.say(`Writes the site of a fictional city library into a new or empty folder: figures,
charts, a table, pages, settings for editors and for GitHub, and a README that
leads on. Replace it by your own, piece by piece; each file says what it is for.`,
			`Schreibt die Website einer erfundenen Stadtbibliothek in einen neuen oder leeren
Ordner: Kennzahlen, Diagramme, eine Tabelle, Seiten, Einstellungen für Editoren und
für GitHub, und eine README, die weiterführt. Ersetzen Sie sie Stück für Stück durch
Ihr Eigenes; jede Datei sagt, wozu sie da ist.`),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && args[0] != "" {
				return nil
			}
			return c.wrong(cmd, c.say(`name one folder, such as "bilanz new results"; a dot is this one`,
				"nennen Sie einen Ordner, etwa „bilanz new ergebnisse“; ein Punkt ist dieser hier"))
		},
		// Of other commands --lang is the language of messages.
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			for i := range langs {
				langs[i] = strings.ToLower(strings.TrimSpace(langs[i]))
			}
			if err := c.checkLanguages(langs); err != nil {
				return err
			}
			return c.checkTitle(title, cmd.Flags().Changed("title"))
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			o := starter.Options{Languages: langs, Title: title, Version: version, Releases: releases}
			return c.begin(cmd.Context(), args[0], o)
		},
	}
	both := []string{"en", "de"}
	if c.lang == "de" {
		slices.Reverse(both)
	}
	cmd.Flags().StringSliceVar(&langs, "lang", both, c.say(
		"the languages of the site, the default one first: de, en or both",
		"die Sprachen der Website, die Hauptsprache zuerst: de, en oder beide"))
	cmd.Flags().StringVar(&title, "title", "", c.say("the name of the site (else that of the library)",
		"der Name der Website (sonst der der Bibliothek)"))
	return cmd
}

// checkLanguages refuses languages in which there is nothing to begin with, and says how to
// come to them.
func (c *command) checkLanguages(langs []string) error {
	seen := map[string]bool{}
	for _, code := range langs {
		if !slices.Contains(starter.Languages(), code) {
			return errors.New(c.say("--lang: there is a site to begin with in German (de) and English (en), "+
				"not in %q.\nBegin with one of them, then add your language: docs/languages.md says how",
				"--lang: Für den Anfang gibt es eine Website auf Deutsch (de) und Englisch (en), nicht in „%s“.\n"+
					"Beginnen Sie mit einer davon, und fügen Sie Ihre Sprache dann hinzu: "+
					"docs/languages.md sagt, wie", code))
		}
		if seen[code] {
			return errors.New(c.say("--lang names %s twice", "--lang nennt %s zweimal", code))
		}
		seen[code] = true
	}
	if len(langs) == 0 {
		return errors.New(c.say("--lang names no language: de, en or both",
			"--lang nennt keine Sprache: de, en oder beide"))
	}
	return nil
}

func (c *command) checkTitle(title string, given bool) error {
	switch {
	case given && strings.TrimSpace(title) == "":
		return errors.New(c.say("--title is empty", "--title ist leer"))
	case strings.ContainsFunc(title, unicode.IsControl):
		return errors.New(c.say("--title is one line of text", "--title ist eine Zeile Text"))
	}
	return nil
}

// begin writes the site into a folder. It is checked before, as every site is: what a check
// finds can only come of the title.
func (c *command) begin(ctx context.Context, dir string, o starter.Options) error {
	files := starter.Files(o)
	result, err := build.Build(ctx, build.Options{
		Files: embed.FS{}, Unsaved: files, Into: &output.Memory{},
		NoCards: true, Cache: cacheFolder(), Translations: true,
		Outlined: c.memory.plan, Drawing: c.memory.draw,
	})
	if err != nil {
		c.code = c.failed(err)
		return nil
	}
	for _, d := range result.Diagnostics {
		if d.Code != "translated-missing" {
			return errors.New("--title: " + d.Text.In(c.lang))
		}
	}
	if all := result.Translations; len(all) > 0 {
		files[accepted.TranslatedPath] = accepted.RecordOf(all)
	}
	maps.Copy(files, editors.Files(result.Set, result.Site.Config))
	folder := filepath.Clean(c.below(dir))
	if err := output.Fresh(folder, files); err != nil {
		c.code = c.failed(err)
		return nil
	}
	c.reportBegun(folder, o, len(files))
	return nil
}

// reportBegun says what was written, and the first three steps.
func (c *command) reportBegun(folder string, o starter.Options, n int) {
	where := folder
	if folder == "." {
		where = c.say("this folder", "diesen Ordner")
	}
	fmt.Fprintln(c.out, c.say("Wrote %d files into %s:", "%d Dateien in %s geschrieben:", n, where))
	fmt.Fprintln(c.out)
	var rows [][]string
	for _, code := range o.Languages {
		l := locale.Must(code)
		rows = append(rows, []string{"  content/" + code + "/", c.say("the pages in %s", "die Seiten auf %s", l)})
	}
	c.columns(append(rows, [][]string{
		{"  content/figures/", c.say("the numbers, each once, and where they come from",
			"die Zahlen, jede einmal, und woher sie kommen")},
		{"  content/site.yaml", c.say("the name of the site, its languages, who answers for it",
			"der Name der Website, ihre Sprachen, wer für sie einsteht")},
		{"  .github/", c.say("checks proposals and publishes, on GitHub",
			"prüft Vorschläge und veröffentlicht, auf GitHub")},
		{"  .vscode/", c.say("suggestions while you type", "Vorschläge beim Tippen")},
		{"  README.md", c.say("how to go on from here", "wie es von hier aus weitergeht")},
	}...))
	fmt.Fprintln(c.out)
	fmt.Fprintln(c.out, c.say("The next three steps:", "Die nächsten drei Schritte:"))
	fmt.Fprintln(c.out)
	in := ""
	if folder != "." {
		in = "-C " + quoted(folder) + " "
	}
	c.columns([][]string{
		{"  1. bilanz " + in + "serve --open", c.say("look at the site; each change is on the screen at once",
			"die Website ansehen; jede Änderung ist sofort zu sehen")},
		{"  2. " + filepath.Join(folder, "content", "figures", "library.yaml"), c.say("change a number there",
			"darin eine Zahl ändern")},
		{"  3. bilanz " + in + "fix", c.say("bring the sentences up to date with it",
			"die Sätze auf den neuen Stand bringen")},
	})
}

// quoted is a path as a terminal takes it.
func quoted(path string) string {
	if strings.ContainsAny(path, " '$&()*;<>?|`") {
		return `"` + path + `"`
	}
	return path
}
