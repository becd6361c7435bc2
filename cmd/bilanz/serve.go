package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/preview"

	"github.com/spf13/cobra"
)

const defaultAddr = "localhost:8080"

func (c *command) serveCommand() *cobra.Command {
	var addr string
	var open bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: c.say("Show the site while you write", "Die Website zeigen, während Sie schreiben"),
		Long: c.say(`Shows the site in a browser on this machine, and follows each save. What is wrong
stands over the last good page, with the same messages as "bilanz check". Nothing
is written but what you press a button for. Ctrl-C ends it.`,
			`Zeigt die Website in einem Browser auf diesem Rechner und folgt jedem Speichern.
Was nicht stimmt, steht über der letzten guten Seite, mit denselben Meldungen wie
bei „bilanz check“. Geschrieben wird nur, wofür Sie einen Knopf drücken. Strg+C
beendet die Vorschau.`),
		Args: c.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.serve(cmd.Context(), addr, open) },
	}
	cmd.Flags().StringVar(&addr, "addr", defaultAddr, c.say("where the preview is, on this machine",
		"wo die Vorschau zu sehen ist, auf diesem Rechner"))
	cmd.Flags().BoolVar(&open, "open", false, c.say("open it in the browser", "sie im Browser öffnen"))
	return cmd
}

// serve shows the project until somebody stops it.
func (c *command) serve(ctx context.Context, addr string, open bool) error {
	c.format = "text"
	progress := newProgress(c)
	o := preview.Options{Build: c.options("public"), Addr: addr, Lang: c.lang}
	o.Build.Progress = progress.show
	o.Build.Outlined, o.Build.Drawing = c.memory.keep, nil
	o.Said = func(notice diag.Text) { fmt.Fprintln(c.err, notice.In(c.lang)) }
	o.Committed = func(ctx context.Context) (fs.FS, error) { return c.revision(ctx, "") }
	o.Ready = func(address string) {
		fmt.Fprintln(c.out, c.say("The preview is at %s (Ctrl-C ends it).",
			"Die Vorschau ist unter %s zu sehen (Strg+C beendet sie).", address))
		if open {
			c.browse(address)
		}
	}
	pages := false // are there to be seen; until then the terminal says what is wrong
	o.Built = func(r preview.Report) {
		progress.clear()
		if pages = pages || r.Result.Written; !pages {
			c.diagnostics(r.Result.Diagnostics)
		}
		fmt.Fprintln(c.out, c.reported(r, time.Now()))
		c.memory.rest()
	}
	err := preview.Serve(ctx, o)
	refusal := (*preview.Refusal)(nil)
	switch {
	case errors.As(err, &refusal):
		return errors.New(refusal.Text.In(c.lang) + "\n" + refusal.Way.In(c.lang))
	case err != nil:
		c.code = c.failed(err)
	default:
		c.code = int(c.stopped.Load())
	}
	return nil
}

// clicked is for a start without a terminal, from a window with files: the site that lies
// there is opened. Where none does, the window says how to begin, until somebody has read it.
func (c *command) clicked(ctx context.Context, in io.Reader) error {
	if _, err := os.Stat(c.below("content")); err == nil {
		return c.serve(ctx, defaultAddr, true)
	}
	fmt.Fprintln(c.out, c.say("Here is no site: the folder content/ is missing. "+
		"\"bilanz new my-site\" makes a small one to start from.\n"+
		"Open a terminal in this folder and write that. Press Enter to close this window.",
		"Hier liegt keine Website: Der Ordner content/ fehlt. „bilanz new meine-website“ legt eine kleine an, "+
			"mit der Sie beginnen können.\nÖffnen Sie ein Terminal in diesem Ordner, und schreiben Sie das. "+
			"Die Eingabetaste schließt dieses Fenster."))
	_, _ = bufio.NewReader(in).ReadString('\n') // or the end
	return nil
}

// reported is a build in one line: when, what had changed, how long it took, what is wrong.
func (c *command) reported(r preview.Report, at time.Time) string {
	what := c.say("all pages", "alle Seiten")
	if n := len(r.Files); n > 0 {
		what = r.Files[0]
		if n > 1 {
			what = c.say("%s and %d more", "%s und %d weitere", what, n-1)
		}
	}
	return c.say("%s %s: %d ms, %s", "%s %s: %d ms, %s", at.Format(time.TimeOnly), what, r.Took.Milliseconds(),
		strings.TrimSuffix(diag.Closing(r.Result.Diagnostics).In(c.lang), "."))
}

// browse opens an address in the browser of the person at this machine. Without one, the
// address stands on the terminal.
func (c *command) browse(address string) {
	args := []string{"xdg-open", address}
	switch runtime.GOOS {
	case "darwin":
		args = []string{"open", address}
	case "windows":
		args = []string{"rundll32", "url.dll,FileProtocolHandler", address}
	}
	browser := exec.Command(args[0], args[1:]...)
	apart(browser)
	if err := browser.Start(); err == nil {
		go browser.Wait() // until it has handed the address on; it outlives this
	} else {
		fmt.Fprintln(c.err, c.say("No browser could be opened; open the address yourself.",
			"Kein Browser ließ sich öffnen; öffnen Sie die Adresse selbst."))
	}
}
