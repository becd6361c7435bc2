package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/output"
	"bilanz/internal/site"

	"github.com/spf13/cobra"
)

// The exit codes, which scripts and the publishing workflow rely on.
const (
	exitDone      = 0
	exitContent   = 1   // the content is wrong
	exitUsage     = 2   // the command was called wrongly
	exitWrite     = 3   // the site could not be written
	exitBusy      = 4   // another build is running
	exitBug       = 70  // a mistake in bilanz itself
	exitInterrupt = 130 // stopped with Ctrl-C; 143 with a signal to end
	exitEnded     = 143
)

// command is one call of bilanz.
type command struct {
	out, err io.Writer
	code     int
	lang     string // of messages: "de" or "en"
	format   string // of diagnostics: text, json or github
	dir      string
	to       string
	base     string
}

// run does what the arguments say and gives the exit code.
func run(args []string, out, errs io.Writer) (code int) {
	c := &command{out: out, err: errs}
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(errs, "bilanz: %v\n%s\n%s\n", r, debug.Stack(), c.say(
				"This is a mistake in bilanz, not in your content. Please report it with the lines above.",
				"Das ist ein Fehler in bilanz, nicht in Ihren Inhalten. Bitte melden Sie ihn mit den Zeilen darüber."))
			code = exitBug
		}
	}()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := c.root()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errs)
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintf(errs, "bilanz: %v\n", err)
		return exitUsage
	}
	return c.code
}

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "bilanz",
		Short: "Publish the results of a public programme, with every number proven",
		Long: `bilanz makes a static site of Markdown and figures. Every number on a page is a
reference to a figure, and a build proves that what the sentence says is what
the data says, in every language.`,
		SilenceUsage: true, SilenceErrors: true,
		PersistentPreRunE: func(*cobra.Command, []string) error { return c.chooseLang() },
	}
	root.PersistentFlags().StringVar(&c.lang, "lang", "", `language of messages, en or de (default: that of the environment)`)
	root.PersistentFlags().StringVarP(&c.dir, "dir", "C", ".", "the project's folder, which holds content/")
	root.AddCommand(c.buildCommand(), c.checkCommand(), c.fixCommand())
	root.CompletionOptions.DisableDefaultCmd = true
	return root
}

func (c *command) buildCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Write the site",
		Long: `Checks everything and writes the site into a folder, all or nothing: while one
problem is left, the site that is there stays as it is.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.build(cmd.Context(), true) },
	}
	cmd.Flags().StringVar(&c.to, "out", "public", "the folder of the site")
	cmd.Flags().StringVar(&c.base, "base-url", "", "the address at which the site is published")
	cmd.Flags().StringVar(&c.format, "format", "text", "how problems are printed: text, json or github")
	return cmd
}

func (c *command) checkCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Do everything that build does, without writing",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return c.build(cmd.Context(), false) },
	}
	cmd.Flags().StringVar(&c.to, "out", "public", "the folder of the published site, whose addresses must not vanish")
	cmd.Flags().StringVar(&c.base, "base-url", "", "the address at which the site is published")
	cmd.Flags().StringVar(&c.format, "format", "text", "how problems are printed: text, json or github")
	return cmd
}

// chooseLang takes the language of messages from the flag or the environment.
func (c *command) chooseLang() error {
	switch c.lang {
	case "de", "en":
		return nil
	case "":
	default:
		return errors.New(`--lang is "en" or "de"`)
	}
	c.lang = "en"
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			if strings.HasPrefix(value, "de") {
				c.lang = "de"
			}
			return nil
		}
	}
	return nil
}

func (c *command) say(en, de string, args ...any) string { return diag.Say(en, de, args...).In(c.lang) }

// build builds or checks, and prints what came of it.
func (c *command) build(ctx context.Context, write bool) error {
	if c.format != "text" && c.format != "json" && c.format != "github" {
		return errors.New(c.say(`--format is "text", "json" or "github"`, `--format ist „text“, „json“ oder „github“`))
	}
	base := c.base
	if base != "" {
		var ok bool
		if base, ok = site.ParseBaseURL(base); !ok {
			return errors.New(c.say("--base-url %q is no address of a site; write it in full, as in https://example.org/results/",
				"--base-url %q ist keine Adresse einer Website; schreiben Sie sie ganz, zum Beispiel https://example.org/ergebnisse/", c.base))
		}
	}
	begin := time.Now()
	progress := newProgress(c)
	result, err := build.Build(ctx, build.Options{
		Dir: c.dir, Out: c.to, Write: write, BaseURL: base, Wait: 10 * time.Second, Progress: progress.show,
	})
	progress.clear()
	if err != nil {
		c.code = c.failed(err)
		return nil
	}
	c.print(result, write, time.Since(begin))
	return nil
}

// failed prints the error of a machine and gives its exit code.
func (c *command) failed(err error) int {
	var refusal *output.Error
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(c.err, c.say("Stopped. Nothing was written.", "Abgebrochen. Nichts wurde geschrieben."))
		return exitInterrupt
	case errors.As(err, &refusal):
		_ = diag.WriteText(c.err, []diag.Diagnostic{refusal.Diagnostic()}, diag.TextOptions{Lang: c.lang, Color: colourful(c.err)})
		switch refusal.Kind {
		case output.Refused:
			return exitUsage
		case output.Busy:
			return exitBusy
		}
		return exitWrite
	}
	fmt.Fprintln(c.err, "bilanz:", err)
	return exitWrite
}

func (c *command) print(r build.Result, write bool, took time.Duration) {
	errs := diag.Count(r.Diagnostics, diag.Error)
	if errs > 0 {
		c.code = exitContent
	}
	switch c.format {
	case "json":
		_ = diag.WriteJSON(c.out, r.Diagnostics, c.lang)
		return
	case "github":
		_ = diag.WriteGitHub(c.out, r.Diagnostics, c.lang)
	default:
		_ = diag.WriteText(c.err, r.Diagnostics, diag.TextOptions{Lang: c.lang, Color: colourful(c.err)})
	}
	if len(r.Diagnostics) > 0 {
		fmt.Fprintln(c.err, diag.Closing(r.Diagnostics).In(c.lang))
	}
	if errs == 0 {
		fmt.Fprintln(c.out, c.closing(r, write, took))
	}
}
