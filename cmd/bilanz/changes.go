package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"bilanz/internal/build"
	"bilanz/internal/compare"
	"bilanz/internal/diag"

	"github.com/spf13/cobra"
)

func (c *command) changesCommand() *cobra.Command {
	var against, link string
	var markdown bool
	cmd := &cobra.Command{
		Use:   "changes",
		Short: c.say("Say what changed for readers", "Sagen, was sich für Leserinnen und Leser geändert hat"),
		Long: c.say(`Lists the figures that changed, before and now, marks jumps that are more often a
slip than news, and names the sentences, titles and charts that say these figures,
rest on them or speak about them. It compares with the last commit, or with what
--against names, and writes nothing.`,
			`Nennt die Kennzahlen, die sich geändert haben, vorher und jetzt, hebt Sprünge
hervor, die öfter ein Versehen als eine Nachricht sind, und nennt die Sätze, Titel
und Diagramme, die diese Kennzahlen nennen, auf ihnen beruhen oder über sie
sprechen. Verglichen wird mit dem letzten Commit oder mit dem, was --against nennt;
geschrieben wird nichts.`),
		Args: c.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if markdown {
				c.format = "markdown"
			}
			if err := c.checkLink(link); err != nil {
				return err
			}
			return c.changes(cmd.Context(), against, link)
		},
	}
	cmd.Flags().StringVar(&against, "against", "", c.say(
		"another project's folder, a built site's, or a revision of git (default the last commit)",
		"der Ordner eines anderen Projekts oder einer gebauten Website, oder ein Stand in Git "+
			"(sonst der letzte Commit)"))
	cmd.Flags().BoolVar(&markdown, "markdown", false, c.say(
		"print a summary for a proposal, the same as --format markdown",
		"eine Zusammenfassung für einen Vorschlag ausgeben, dasselbe wie --format markdown"))
	cmd.Flags().StringVar(&link, "link", "", c.say(
		"the address below which the files of the proposal lie; the summary leads there",
		"die Adresse, unter der die Dateien des Vorschlags liegen; die Zusammenfassung führt dorthin"))
	cmd.Flags().StringVar(&c.format, "format", "text", c.say("how changes are printed: text, json or markdown",
		"wie Änderungen ausgegeben werden: text, json oder markdown"))
	return cmd
}

// checkLink refuses an address that could end the link that it stands in.
func (c *command) checkLink(link string) error {
	switch to, err := url.Parse(link); {
	case link == "":
		return nil
	case c.format != "markdown":
		return errors.New(c.say("--link goes with --markdown", "--link gehört zu --markdown"))
	case err != nil || to.Scheme != "https" && to.Scheme != "http" || to.Host == "" || to.RawQuery != "" ||
		to.Fragment != "" || strings.ContainsFunc(link, endsLink):
		return errors.New(c.say("--link %q is no address below which files can lie, as in "+
			"https://example.org/o/r/edit/branch",
			"--link %q ist keine Adresse, unter der Dateien liegen können, zum Beispiel "+
				"https://example.org/o/r/edit/branch", link))
	}
	return nil
}

func endsLink(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("()<>[]\\`\"", r) }

// changes compares the project with another state of it.
func (c *command) changes(ctx context.Context, against, link string) error {
	if c.format != "text" && c.format != "json" && c.format != "markdown" {
		return errors.New(c.say(`--format is "text", "json" or "markdown"`,
			`--format ist „text“, „json“ oder „markdown“`))
	}
	before, err := c.stateOf(ctx, against)
	if before == nil {
		return err
	}
	o := c.options("public")
	o.State, o.Words, o.Translations, o.Against = true, true, true, before
	result, err := build.Build(ctx, o)
	if err != nil {
		c.code = c.failed(err)
		return nil
	}
	if result.State == nil && c.format == "markdown" {
		c.code = exitContent
		summary := compare.Summary{Problems: result.Diagnostics, Link: link}
		fmt.Fprint(c.out, summary.Markdown(c.lang))
		return nil
	}
	if result.State == nil {
		c.format = "text"
		c.print(result, false, 0)
		return nil
	}
	all := compare.States(before, result.State)
	switch c.format {
	case "json":
		_, _ = c.out.Write(all.JSON(c.lang))
	case "markdown":
		summary := compare.Summary{Changes: all, Problems: result.Diagnostics, Link: link}
		fmt.Fprint(c.out, summary.Markdown(c.lang))
	default:
		fmt.Fprint(c.out, all.Text(c.lang))
	}
	c.incomplete(all, result)
	return nil
}

// incomplete says what of a comparison is not there, and why.
func (c *command) incomplete(all *compare.Changes, result build.Result) {
	if n := diag.Count(result.Diagnostics, diag.Error); n > 0 {
		c.code = exitContent
		problems := diag.Plural(n, diag.Say("1 problem", "1 Problem"), diag.Say("%d problems", "%d Probleme", n))
		fmt.Fprintln(c.err, c.say(
			`The content has %s ("bilanz check"), so sentences may still say the old numbers, `+
				`and addresses were not compared.`,
			"Die Inhalte haben %s („bilanz check“); Sätze nennen deshalb vielleicht noch die alten Zahlen, "+
				"und Adressen wurden nicht verglichen.", problems))
		return
	}
	if all.Old.Addresses == nil {
		fmt.Fprintln(c.err, c.say("The state before has problems, so addresses were not compared.",
			"Der Stand davor hat Probleme; Adressen wurden deshalb nicht verglichen."))
	}
}

// stateOf reads the state that --against names: nil, where it cannot be read, which is said
// or an error of usage.
func (c *command) stateOf(ctx context.Context, against string) (*compare.State, error) {
	if against != "" {
		if info, err := os.Stat(c.below(against)); err == nil && info.IsDir() {
			return c.stateOfFolder(ctx, against)
		}
	}
	files, err := c.revision(ctx, against)
	if err != nil {
		return nil, err
	}
	return c.stateOfProject(ctx, files)
}

// stateOfFolder reads a project's folder, or that of a built site.
func (c *command) stateOfFolder(ctx context.Context, against string) (*compare.State, error) {
	root, err := os.OpenRoot(c.below(against))
	if err != nil {
		return nil, errors.New(c.say("there is no folder %s that can be read",
			"einen lesbaren Ordner %s gibt es nicht", against))
	}
	defer root.Close()
	if _, err := root.Stat("content"); err == nil {
		return c.stateOfProject(ctx, root.FS())
	}
	figures, err := root.ReadFile(filepath.Join("data", "figures.json"))
	if err != nil {
		return nil, errors.New(c.say(
			"%s is neither a project (there is no content/ in it) nor a built site (there is no data/figures.json)",
			"%s ist weder ein Projekt (content/ fehlt) noch eine gebaute Website (data/figures.json fehlt)", against))
	}
	files, err := root.ReadFile("files.json")
	if err != nil {
		return nil, errors.New(c.say("in %s there is no files.json, which says what was published",
			"in %s fehlt files.json; darin steht, was veröffentlicht wurde", against))
	}
	state, err := compare.ReadSite(figures, files)
	if err != nil {
		return nil, errors.New(c.say("%s cannot be read as a built site: %v",
			"%s lässt sich nicht als gebaute Website lesen: %v", against, err))
	}
	return &state, nil
}

// stateOfProject takes another project the whole way, but for the last step. Pictures are
// kept where those of this project are.
func (c *command) stateOfProject(ctx context.Context, files fs.FS) (*compare.State, error) {
	o := c.options("public")
	o.Files, o.Into, o.NoCards, o.State, o.Words = files, discarded{}, true, true, true
	result, err := build.Build(ctx, o)
	switch {
	case err != nil:
		c.code = c.failed(err)
	case result.State == nil:
		c.code = exitContent
		fmt.Fprintln(c.err, c.say("The state to compare with cannot be read:",
			"Der Stand, mit dem verglichen werden soll, lässt sich nicht lesen:"))
		c.format = "text"
		c.diagnostics(result.Diagnostics)
	}
	return result.State, nil
}

// discarded takes the files of a site that nobody wants.
type discarded struct{}

func (discarded) Write(string, []byte) error { return nil }
