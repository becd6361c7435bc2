package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"bilanz/internal/build"
	"bilanz/internal/diag"
)

// diagnostics prints problems in the format that was asked for.
func (c *command) diagnostics(ds []diag.Diagnostic) {
	switch c.format {
	case "json":
		_ = diag.WriteJSON(c.out, ds, c.lang)
	case "github":
		c.annotate(ds)
	default:
		_ = diag.WriteText(c.err, ds, diag.TextOptions{Lang: c.lang, Color: colourful(c.err)})
	}
}

// annotate prints what GitHub shows beside the lines; the rest, which it would
// drop, goes into the summary of the step. Without a summary all is printed: the
// log holds it.
func (c *command) annotate(ds []diag.Diagnostic) {
	shown, rest := diag.Annotated(ds)
	if path := os.Getenv("GITHUB_STEP_SUMMARY"); path != "" && len(rest) > 0 {
		file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		if err == nil {
			err = errors.Join(diag.WriteSummary(file, rest, c.lang), file.Close())
		}
		if err == nil {
			rest = nil
		}
	}
	_ = diag.WriteGitHub(c.out, append(shown, rest...), c.lang)
}

// closing is the last line: what was built, how long it took, where it lies.
func (c *command) closing(r build.Result, write bool, took time.Duration) string {
	ms := took.Round(time.Millisecond)
	if !write && len(r.Diagnostics) > 0 {
		return c.say("Checked %d pages with %d charts and %d figures in %v: %s.",
			"%d Seiten mit %d Diagrammen und %d Kennzahlen geprüft, in %v: %s.", r.Pages, r.Charts, r.Figures, ms,
			diag.Closing(r.Diagnostics))
	}
	if !write {
		return c.say("Checked %d pages with %d charts and %d figures in %v: nothing is wrong.",
			"%d Seiten mit %d Diagrammen und %d Kennzahlen geprüft, in %v: alles stimmt.", r.Pages, r.Charts, r.Figures, ms)
	}
	line := c.say("Built %d pages with %d charts and %d figures in %v. The site lies in %s",
		"%d Seiten mit %d Diagrammen und %d Kennzahlen gebaut, in %v. Die Website liegt in %s", r.Pages, r.Charts, r.Figures, ms, c.below(c.to))
	switch changed := r.Output.Added + r.Output.Changed + r.Output.Removed; changed {
	case 0:
		line += c.say(" (nothing changed).", " (nichts hat sich geändert).")
	case 1:
		line += c.say(" (1 file changed).", " (1 Datei geändert).")
	default:
		line += c.say(" (%d files changed).", " (%d Dateien geändert).", changed)
	}
	if !r.Output.Note.IsZero() {
		line += "\n" + r.Output.Note.In(c.lang)
	}
	return line
}

// leftOut says which files were not published because a program, and no person, laid
// them there.
func (c *command) leftOut(files []string) {
	if len(files) == 0 || c.format != "text" {
		return
	}
	fmt.Fprintln(c.err, c.say("Left out, because no person put it there: %s", "Nicht veröffentlicht, weil kein Mensch es dorthin gelegt hat: %s",
		strings.Join(files, ", ")))
}

// colourful reports whether colours can be shown: on a terminal, unless the user
// asked for none.
func colourful(w io.Writer) bool { return os.Getenv("NO_COLOR") == "" && isTerminal(w) }

func isTerminal(w io.Writer) bool {
	if o, ok := w.(*outlet); ok {
		w = o.to
	}
	file, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// progress shows on a terminal how far a long build is, from the first second on.
type progress struct {
	c     *command
	begin time.Time
	mu    sync.Mutex
	last  time.Time
	shown bool
}

func newProgress(c *command) *progress { return &progress{c: c, begin: time.Now()} }

func (p *progress) show(done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if now.Sub(p.begin) < time.Second || now.Sub(p.last) < 100*time.Millisecond || !isTerminal(p.c.err) {
		return
	}
	p.last, p.shown = now, true
	fmt.Fprintf(p.c.err, "\r\x1b[K%s", p.c.say("%d of %d pages", "%d von %d Seiten", done, total))
}

func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		fmt.Fprint(p.c.err, "\r\x1b[K")
	}
}

// columns prints rows in columns, each as wide as its widest cell; those named are numbers.
func (c *command) columns(rows [][]string, numbers ...int) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			if i+1 < len(row) || len(row) == len(rows[0]) {
				widths[i] = max(widths[i], utf8.RuneCountInString(cell))
			}
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			space := strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(cell)))
			if slices.Contains(numbers, i) {
				cell, space = space+cell, ""
			}
			line.WriteString(cell + space + "  ")
		}
		c.line(strings.TrimRight(line.String(), " "))
	}
}
