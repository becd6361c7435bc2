package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/output"
	"bilanz/internal/parallel"
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
	against  string
	with     string
	strict   bool
	forDisk  bool
	release  bool
	json     bool // for figures
	wait     time.Duration
	stopped  atomic.Int32
	late     chan struct{} // closed where a command that was stopped does not end
	memory   *memory
	typed    *bufio.Reader // from the terminal; nil until somebody is asked
}

// run does what the arguments say and gives the exit code.
func run(args []string, out, errs io.Writer) int {
	said, told := &outlet{to: out}, &outlet{to: errs}
	c := &command{out: said, err: told, memory: collectLater(), late: make(chan struct{})}
	c.lang = chooseLang(args)
	ctx, stop := c.listen()
	defer stop()
	ended := make(chan int, 1)
	go func() { ended <- c.execute(ctx, args) }()
	select {
	case code := <-ended:
		return c.heard(code, said, told)
	case <-c.late:
		fmt.Fprintln(errs, c.say("Stopped while waiting for a file or a drive. "+
			"The next build puts right what was left half done.",
			"Abgebrochen beim Warten auf eine Datei oder ein Laufwerk. "+
				"Der nächste Lauf bringt in Ordnung, was halb fertig blieb."))
		return int(c.stopped.Load())
	}
}

// execute does what the arguments say. Whoever stopped it does not wait for it.
func (c *command) execute(ctx context.Context, args []string) (code int) {
	defer func() {
		if r := recover(); r != nil {
			code = c.bug(parallel.Caught(r))
		}
	}()
	root := c.root()
	root.SetArgs(args)
	root.SetOut(c.out)
	root.SetErr(c.err)
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintf(c.err, "bilanz: %v\n", err)
		return exitUsage
	}
	return c.code
}

// bug says that bilanz itself is wrong, in one sentence that can be sent to whoever
// mends it.
func (c *command) bug(p *parallel.Panic) int {
	fmt.Fprintln(c.err, c.say("bilanz: this is a mistake in bilanz, not in your content; please report it with this line: %s",
		"bilanz: das ist ein Fehler in bilanz, nicht in Ihren Inhalten; bitte melden Sie ihn mit dieser Zeile: %s", p))
	return exitBug
}

// patience is how long a command that was stopped may take to put its things in order.
const patience = 700 * time.Millisecond

// listen gives a context that ends with Ctrl-C or a signal to end, and notes
// which of them it was.
func (c *command) listen() (context.Context, func()) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			c.stopped.Store(exitInterrupt)
			if s == syscall.SIGTERM {
				c.stopped.Store(exitEnded)
			}
			signal.Stop(signals) // a second one ends the program at once
			cancel()
			time.AfterFunc(patience, func() { close(c.late) })
		case <-ctx.Done():
		}
	}()
	return ctx, func() { signal.Stop(signals); cancel() }
}

// chooseLang takes the language of messages from the flag, else from the
// project's site.yaml, else from the environment. It looks at the arguments before
// cobra does, because help and complaints about arguments are messages too.
func chooseLang(args []string) string {
	lang, dir := "", "."
	for i, arg := range args {
		next := ""
		if i+1 < len(args) {
			next = args[i+1]
		}
		for _, flag := range []struct {
			name string
			to   *string
		}{{"--lang", &lang}, {"--dir", &dir}, {"-C", &dir}} {
			if arg == flag.name {
				*flag.to = next
			} else if value, ok := strings.CutPrefix(arg, flag.name+"="); ok {
				*flag.to = value
			} else if value, ok := strings.CutPrefix(arg, flag.name); ok && flag.name == "-C" {
				*flag.to = value
			}
		}
	}
	if lang == "" {
		lang = build.Language(dir)
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if lang == "" {
			lang = os.Getenv(name)
		}
	}
	if strings.HasPrefix(lang, "de") {
		return "de"
	}
	return "en"
}

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "bilanz",
		Short: c.say("Publish the results of a public programme, with every number proven", "Die Ergebnisse eines öffentlichen Programms veröffentlichen, jede Zahl belegt"),
		Long: c.say(`bilanz makes a static site of Markdown and figures. Every number on a page is a
reference to a figure, and a build proves that what the sentence says is what
the data says, in every language.`,
			`bilanz macht aus Markdown und Kennzahlen eine Website. Jede Zahl auf einer Seite
verweist auf eine Kennzahl, und beim Bauen wird bewiesen, dass der Satz sagt, was
die Daten sagen, in jeder Sprache.`),
		SilenceUsage: true, SilenceErrors: true,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return c.unknownCommand(cmd, args[0])
			}
			if asked, _ := cmd.Flags().GetBool("version"); asked {
				return c.version()
			}
			if startedByClick() {
				return c.clicked(cmd.Context(), os.Stdin)
			}
			return cmd.Help()
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if lang := cmd.Flag("lang").Value.String(); lang != "" && lang != "de" && lang != "en" {
				return errors.New(c.say(`--lang is "en" or "de"`, "--lang ist „en“ oder „de“"))
			}
			return nil
		},
	}
	root.PersistentFlags().String("lang", "", c.say("language of messages, en or de (else that of site.yaml, else that of the environment)",
		"Sprache der Meldungen, en oder de (sonst die aus site.yaml, sonst die der Umgebung)"))
	root.PersistentFlags().StringVarP(&c.dir, "dir", "C", ".", c.say("the project's folder, which holds content/", "der Ordner des Projekts, in dem content/ liegt"))
	root.PersistentFlags().BoolP("help", "h", false, c.say("print this help", "diese Hilfe zeigen"))
	root.Flags().Bool("version", false, c.say("say which bilanz this is", "sagen, welches bilanz das ist"))
	root.AddCommand(c.buildCommand(), c.checkCommand(), c.changesCommand(), c.fixCommand(),
		c.figuresCommand(), c.explainCommand(), c.schemaCommand(), c.versionCommand(),
		c.newCommand(), c.serveCommand(), c.importCommand(), c.dueCommand(time.Now))
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(c.helpCommand(root))
	root.SetUsageTemplate(c.usageTemplate())
	plainUseLines(root)
	root.SetFlagErrorFunc(c.flagError)
	return root
}

func (c *command) buildCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "build",
		Short: c.say("Write the site", "Die Website schreiben"),
		Long: c.say(`Checks everything and writes the site into a folder, all or nothing: while one
problem is left, the site that is there stays as it is.`,
			`Prüft alles und schreibt die Website in einen Ordner, ganz oder gar nicht: solange
ein Problem bleibt, bleibt auch die Website, die dort liegt, wie sie ist.`),
		Args: c.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.build(cmd.Context(), true) },
	}
	cmd.Flags().StringVar(&c.to, "out", "public", c.say("the folder of the site", "der Ordner der Website"))
	cmd.Flags().DurationVar(&c.wait, "wait", 10*time.Second, c.say("how long to wait for another build to end", "wie lange auf das Ende eines anderen Builds gewartet wird"))
	cmd.Flags().BoolVar(&c.forDisk, "for-disk", false, c.say(
		"make a folder that opens with a double-click, without a server",
		"einen Ordner schreiben, der sich mit einem Doppelklick öffnen lässt, ohne Server"))
	cmd.Flags().StringVar(&c.with, "with", "", c.say(
		"a folder with files to publish below data/, such as the fact sheet as a PDF",
		"ein Ordner mit Dateien, die unter data/ veröffentlicht werden, etwa dem Faktenblatt als PDF"))
	c.buildFlags(cmd)
	return cmd
}

func (c *command) checkCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check",
		Short: c.say("Do everything that build does, without writing", "Alles tun, was build tut, ohne zu schreiben"),
		Args:  c.noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return c.build(cmd.Context(), false) },
	}
	cmd.Flags().StringVar(&c.against, "against", "", c.say(
		"another project's folder, a built site's, or a revision of git: warn of jumps, and of what would vanish",
		"der Ordner eines anderen Projekts oder einer gebauten Website, oder ein Stand in Git: "+
			"vor Sprüngen warnen, und vor dem, was verschwände"))
	cmd.Flags().StringVar(&c.to, "out", "public", c.say("the folder of the published site, whose addresses must not vanish",
		"der Ordner der veröffentlichten Website, deren Adressen nicht verschwinden dürfen"))
	cmd.Flags().BoolVar(&c.strict, "strict", false, c.say("take warnings for errors", "Warnungen wie Fehler behandeln"))
	cmd.Flags().BoolVar(&c.release, "release", false, c.say("hold the end dates of content/accepted.yaml against "+
		"today, name empty legal slots, and say how large the site is",
		"die Enddaten aus content/accepted.yaml mit dem heutigen Tag vergleichen, leere Pflichtangaben nennen und "+
			"sagen, "+
			"wie groß die Website ist"))
	c.buildFlags(cmd)
	return cmd
}

func (c *command) buildFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.base, "base-url", "", c.say("the address at which the site is published", "die Adresse, unter der die Website veröffentlicht wird"))
	cmd.Flags().StringVar(&c.format, "format", "text", c.say("how problems are printed: text, json or github", "wie Probleme ausgegeben werden: text, json oder github"))
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
	o := c.options(c.to)
	o.Write, o.BaseURL, o.Wait, o.Progress = write, base, c.wait, progress.show
	o.Strict, o.Release, o.ForDisk = c.strict, c.today(), c.forDisk
	o.With = c.below(c.with)
	if c.against != "" {
		var err error
		if o.Against, err = c.stateOf(ctx, c.against); o.Against == nil {
			return err
		}
	}
	result, err := build.Build(ctx, o)
	progress.clear()
	if err != nil {
		c.code = c.failed(err)
		return nil
	}
	c.print(result, write, time.Since(begin))
	return nil
}

// options are what every command that reads the project hands to a build.
func (c *command) options(out string) build.Options {
	return build.Options{
		Dir: c.dir, Out: c.below(out), Cache: cacheFolder(), Outlined: c.memory.plan, Drawing: c.memory.draw,
	}
}

// cacheFolder is where drawings are kept: with the user, and never in the project, whose
// files come from many people.
func cacheFolder() string {
	switch dir := os.Getenv("BILANZ_CACHE"); dir {
	case "":
		return output.UserCache()
	case "off":
		return ""
	default:
		return dir
	}
}

// today is the date that a release is held against. A build knows none.
func (c *command) today() string {
	if !c.release {
		return ""
	}
	return time.Now().Format(time.DateOnly)
}

// below gives a path as the user means it: with --dir, from that folder on.
func (c *command) below(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(c.dir, path)
}

// failed prints the error of a machine and gives its exit code.
func (c *command) failed(err error) int {
	if code := int(c.stopped.Load()); code != 0 {
		fmt.Fprintln(c.err, c.say("Stopped. Nothing was written.", "Abgebrochen. Nichts wurde geschrieben."))
		return code
	}
	var refusal *output.Error
	if !errors.As(err, &refusal) {
		fmt.Fprintln(c.err, "bilanz:", err)
		return exitWrite
	}
	c.diagnostics([]diag.Diagnostic{refusal.Diagnostic()})
	switch refusal.Kind {
	case output.Refused:
		return exitUsage
	case output.Busy:
		return exitBusy
	}
	return exitWrite
}

// print says what came of a build or check.
func (c *command) print(r build.Result, write bool, took time.Duration) {
	errs := diag.Count(r.Diagnostics, diag.Error)
	if errs > 0 {
		c.code = exitContent
	}
	c.diagnostics(r.Diagnostics)
	if c.format == "json" {
		return
	}
	if len(r.Diagnostics) > 0 {
		fmt.Fprintln(c.err, diag.Closing(r.Diagnostics).In(c.lang))
	}
	if errs == 0 {
		if why := r.Output.Unlocked; !why.IsZero() {
			fmt.Fprintln(c.err, c.say("warning: %s", "Warnung: %s", why))
		}
		c.leftOut(r.LeftOut)
	}
	if c.release {
		fmt.Fprintln(c.out, c.size(r))
	}
	if errs == 0 {
		fmt.Fprintln(c.out, c.closing(r, write, took))
	}
}

// size says how large the site is, if that is known.
func (c *command) size(r build.Result) string {
	if !r.Size.Known {
		return c.say("How large the site is, will be known when no problem is left.",
			"Wie groß die Website ist, steht fest, wenn kein Problem mehr offen ist.")
	}
	return c.say("The site takes %s.", "Größe der Website: %s.", r.Size)
}
