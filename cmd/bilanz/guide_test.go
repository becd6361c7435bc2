package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// The guides are scripts for people, in docs/guide: what they say is done here, and what
// they show is compared. Each of their blocks is one of these, by its first line:
//
//	```console      lines behind $ are commands, and below each stands what it says; … alone
//	                stands for lines that are left out, and within a line for what differs
//	                from one machine to the next
//	```yaml new     is written into the file that the sentence above names, and is not there
//	```yaml there   stands in that file (of any language, as new)
//	```diff         changes that file: what stands there once, with one and without the other
//	> a quotation   stands in what bilanz check --strict says, as a proposal shows it
//
// A block may stand within an item of a list, and in a comment, where readers do not see it.
// A picture is a line of its own. Whoever has only a browser begins with a site that is there:
// so does a guide that does not begin with bilanz new, in a fresh one, committed on main.
//
// UPDATE=1 writes what the commands say now into the guides. STATES=folder leaves there, for
// each picture, the site as it stands at its place; "make pictures" takes them of these.
var guides = []struct{ en, de string }{
	{"README.md", "README.md"},
	{"first-hour.md", "erste-stunde.md"},
	{"from-a-file-to-a-page.md", "von-der-datei-zur-seite.md"},
	{"update-numbers.md", "zahlen-aktualisieren.md"},
	{"change-sentences.md", "saetze-aendern.md"},
	{"translate.md", "uebersetzen.md"},
	{"add-a-chart.md", "diagramm-hinzufuegen.md"},
	{"add-a-page.md", "seite-hinzufuegen.md"},
	{"approve-and-publish.md", "freigeben-und-veroeffentlichen.md"},
	{"correct.md", "berichtigen.md"},
	{"take-back.md", "zuruecknehmen.md"},
	{"own-design.md", "eigene-gestaltung.md"},
	{"own-server.md", "eigener-server.md"},
	{"further-language.md", "weitere-sprache.md"},
	{"messages.md", "meldungen.md"},
}

const (
	guideFolder   = "../../docs/guide"
	pictureFolder = "../../docs/pictures"
)

func TestGuidesAreTrue(t *testing.T) {
	drawings := t.TempDir()
	for _, pair := range guides {
		for _, g := range []guide{{lang: "en", name: pair.en}, {lang: "de", name: pair.de}} {
			t.Run(g.name, func(t *testing.T) {
				t.Parallel()
				g.test, g.dir, g.drawings = t, t.TempDir(), drawings
				g.follow()
			})
		}
	}
}

// A guide is one of the files, and where its reader is.
type guide struct {
	test       *testing.T
	lang, name string
	dir        string // in which the reader's terminal is
	drawings   string
	proposal   []string // what a check says; nil where something was done since
}

// follow does what the guide says.
func (g *guide) follow() {
	text, steps := g.read()
	if first := slices.IndexFunc(steps, func(s step) bool { return s.is("console", "") }); first >= 0 &&
		!strings.HasPrefix(steps[first].body, "$ bilanz new ") {
		g.begin(steps[first])
	}
	for i, s := range steps {
		if !s.is("says", "") {
			g.proposal = nil
		}
		switch {
		case s.is("console", ""):
			steps[i].body = g.console(s)
		case s.is("says", ""):
			steps[i].body = g.says(s)
		case s.is("picture", ""):
			g.keep(s)
		case s.word == "new":
			g.write(s)
		case s.word == "there":
			g.hold(s)
		case s.is("diff", ""):
			g.change(s)
		default:
			g.fail(s, "no such step: %s %s", s.lang, s.word)
		}
		if g.test.Failed() && os.Getenv("UPDATE") == "" {
			return // what follows rests on it
		}
	}
	if os.Getenv("UPDATE") != "" {
		path := filepath.Join(guideFolder, g.lang, g.name)
		if err := os.WriteFile(path, []byte(rewritten(text, steps)), 0o644); err != nil {
			g.test.Fatal(err)
		}
	}
}

// begin makes the site of the library, as readers have it on GitHub.
func (g *guide) begin(s step) {
	other := map[string]string{"en": "de", "de": "en"}[g.lang]
	name := map[string]string{"en": "The city library", "de": "Die Stadtbibliothek"}[g.lang]
	g.run(s, []string{"bilanz", "new", "site", "--lang", g.lang + "," + other}, nil)
	g.dir = filepath.Join(g.dir, "site")
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"add", "-A"}, {"commit", "-q", "-m", name}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = g.dir
		cmd.Env = append(os.Environ(), // the same commit each time, since it stands in a picture
			"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_AUTHOR_DATE=2026-03-02T10:00:00Z",
			"GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.org", "GIT_COMMITTER_DATE=2026-03-02T10:00:00Z")
		if out, err := cmd.CombinedOutput(); err != nil {
			g.fail(s, "git %s: %v\n%s", args[0], err, out)
		}
	}
}

func (g *guide) read() (string, []step) {
	g.test.Helper()
	text, err := os.ReadFile(filepath.Join(guideFolder, g.lang, g.name))
	if err != nil {
		g.test.Fatal(err)
	}
	return string(text), stepsOf(string(text))
}

func (g *guide) fail(s step, format string, args ...any) {
	g.test.Errorf("docs/guide/%s/%s:%d: %s", g.lang, g.name, s.line, fmt.Sprintf(format, args...))
}

// A step is a fenced block of a guide, or a picture.
type step struct {
	line       int    // of its first line, from 1
	lang, word string // of its first line: "yaml", "new"
	file       string // that the sentence above names last
	indent     string // before each line of its body: within an item of a list, in a quotation
	body       string
}

func (s step) is(lang, word string) bool { return s.lang == lang && s.word == word }

var (
	namedAbove = regexp.MustCompile("`([^`\n]+)`[^`]*:\n\n$")
	pictured   = regexp.MustCompile(`^ *!\[[^\]]+\]\(\.\./\.\./pictures/([^)]+)\)\n$`)
)

// stepsOf finds the blocks of a guide. A block whose body has fences has longer ones.
func stepsOf(text string) (steps []step) {
	lines, fence, above := strings.SplitAfter(text, "\n"), "", ""
	quoted := false // the line above is one of a quotation
	for i, line := range lines {
		start := strings.TrimLeft(line, " ")
		indent := line[:len(line)-len(start)]
		ticks := start[:len(start)-len(strings.TrimLeft(start, "`"))]
		picture := pictured.FindStringSubmatch(line)
		switch {
		case fence != "" && strings.TrimSpace(line) == fence:
			fence, above = "", ""
		case fence != "":
			s := &steps[len(steps)-1]
			s.body += strings.TrimPrefix(line, s.indent)
		case strings.HasPrefix(start, "> "):
			if !quoted {
				steps = append(steps, step{line: i, lang: "says", indent: indent + "> "})
			}
			steps[len(steps)-1].body += start[len("> "):]
		case picture != nil:
			steps = append(steps, step{line: i + 1, lang: "picture", file: picture[1]})
		case len(ticks) >= 3:
			fence = ticks
			s := step{line: i + 1, indent: indent}
			s.lang, s.word, _ = strings.Cut(strings.TrimSpace(start[len(ticks):]), " ")
			if found := namedAbove.FindStringSubmatch(above); found != nil {
				s.file = found[1]
			}
			steps = append(steps, s)
		default:
			above += line
		}
		quoted = fence == "" && strings.HasPrefix(start, "> ")
	}
	return steps
}

// rewritten puts the bodies of steps back into the guide that they are of.
func rewritten(text string, steps []step) string {
	var out strings.Builder
	lines := strings.SplitAfter(text, "\n")
	done := 0
	for i, old := range stepsOf(text) {
		out.WriteString(strings.Join(lines[done:old.line], ""))
		for line := range strings.Lines(steps[i].body) {
			if line != "\n" {
				line = old.indent + line
			}
			out.WriteString(line)
		}
		done = old.line + strings.Count(old.body, "\n")
	}
	return out.String() + strings.Join(lines[done:], "")
}

// console runs the commands of a block, and gives it as it would be true.
func (g *guide) console(s step) string {
	var out strings.Builder
	for i, part := range strings.Split("\n"+s.body, "\n$ ") {
		if i == 0 {
			if part != "" {
				g.fail(s, "a block of commands begins with $")
			}
			continue
		}
		command, below, _ := strings.Cut(part, "\n")
		shown := trimmed(below)
		said := trimmed(g.run(s, strings.Fields(command), shown))
		if !fits(shown, said) {
			g.fail(s, "%s says\n%s\nand the guide shows\n%s", command, strings.Join(said, "\n"),
				strings.Join(shown, "\n"))
			shown = said
		}
		out.WriteString("$ " + strings.Join(append([]string{command}, shown...), "\n") + "\n")
	}
	return out.String()
}

var placed = regexp.MustCompile(`^.*?: (error|warning|Fehler|Warnung): `)

// says holds that a proposal would say this, and gives what it says of the same code.
func (g *guide) says(s step) string {
	if g.proposal == nil {
		g.proposal = trimmed(g.run(s, []string{"bilanz", "check", "--strict"}, nil))
	}
	said := g.proposal
	plain := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	shown := plain(s.body)
	if slices.ContainsFunc(said, func(line string) bool { return strings.HasSuffix(plain(line), shown) }) {
		return s.body
	}
	g.fail(s, "a proposal does not say\n%s\nbut\n%s", shown, strings.Join(said, "\n"))
	code := shown[strings.LastIndex(shown, " ")+1:]
	at := slices.IndexFunc(said, func(line string) bool { return strings.HasSuffix(line, code) })
	if at < 0 {
		return s.body
	}
	return wrapped(placed.ReplaceAllString(said[at], ""), 100-len(s.indent))
}

// wrapped breaks a text into lines.
func wrapped(text string, width int) string {
	var out, line string
	for word := range strings.SplitSeq(text, " ") {
		if line != "" && utf8.RuneCountInString(line+" "+word) > width {
			out, line = out+line+"\n", ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return out + line + "\n"
}

// keep holds that a picture is there, or leaves the site behind as it stands at its place.
func (g *guide) keep(s step) {
	name := filepath.FromSlash(s.file)
	if states := os.Getenv("STATES"); states != "" {
		if err := os.CopyFS(filepath.Join(states, strings.TrimSuffix(name, ".png")), os.DirFS(g.dir)); err != nil {
			g.fail(s, "%v", err)
		}
	} else if info, err := os.Stat(filepath.Join(pictureFolder, name)); err != nil {
		g.fail(s, `no such picture; "make pictures" takes it: %v`, err)
	} else if info.Size() > 150<<10 {
		g.fail(s, "%s has %d bytes; 150 KiB are enough", s.file, info.Size())
	}
}

var (
	takes = regexp.MustCompile(`\b[0-9.]+(ms|s)\b`)
	port  = regexp.MustCompile(`\blocalhost:\d+`)
)

// trimmed gives the lines of an output, without how long something took, and with the usual
// port of the preview.
func trimmed(text string) []string {
	text = port.ReplaceAllString(takes.ReplaceAllString(text, "…"), "localhost:8080")
	text = strings.Trim(text, "\n")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// fits reports whether an output is what a guide shows.
func fits(shown, said []string) bool {
	if len(shown) == 0 || len(said) == 0 {
		return len(said) == 0 && strings.Trim(strings.Join(shown, ""), "…") == ""
	}
	if shown[0] == "…" {
		return fits(shown[1:], said) || fits(shown, said[1:])
	}
	parts := strings.Split(shown[0], "…")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	line := regexp.MustCompile("^" + strings.Join(parts, ".*") + "$")
	return line.MatchString(said[0]) && fits(shown[1:], said[1:])
}

// run runs one command where the reader is.
func (g *guide) run(s step, words, shown []string) string {
	switch {
	case len(words) == 2 && words[0] == "cd":
		g.dir = filepath.Join(g.dir, filepath.FromSlash(words[1]))
		if _, err := os.Stat(g.dir); err != nil {
			g.fail(s, "%v", err)
		}
		return ""
	case len(words) < 2 || words[0] != "bilanz":
		g.fail(s, "a reader may not have this command: %s", strings.Join(words, " "))
		return ""
	}
	var said outlet
	var text bytes.Buffer
	said.to = &text
	if words[1] == "serve" {
		words = append(words, "--addr", "localhost:0") // where others work, 8080 may be taken
	}
	cmd := exec.Command("bilanz", words[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = g.dir, &said, &said
	lang := map[string]string{"en": "en_GB.UTF-8", "de": "de_DE.UTF-8"}[g.lang]
	cmd.Env = append(os.Environ(), "LC_ALL="+lang, "BILANZ_CACHE="+g.drawings, "GITHUB_STEP_SUMMARY=", "NO_COLOR=1")
	if err := cmd.Start(); err != nil {
		g.fail(s, "%v", err)
		return ""
	}
	if words[1] == "serve" {
		wait(func() bool {
			now := trimmed(locked(&said.mu, text.String))
			return len(now) > 0 && fits(shown, now)
		})
		_ = cmd.Process.Signal(os.Interrupt) // as Ctrl-C does
	}
	_ = cmd.Wait() // a command that finds something wrong says so
	return text.String()
}

// locked reads what others may be writing.
func locked(mu *sync.Mutex, read func() string) string {
	mu.Lock()
	defer mu.Unlock()
	return read()
}

// wait waits until something is so, but not for ever.
func wait(so func() bool) {
	for end := time.Now().Add(20 * time.Second); !so() && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
}

func (g *guide) path(s step) string {
	if s.file == "" {
		g.fail(s, "the sentence above names no file, or does not end with a colon")
	}
	return filepath.Join(g.dir, filepath.FromSlash(s.file))
}

// write writes a new file.
func (g *guide) write(s step) {
	path := g.path(s)
	if _, err := os.Stat(path); err == nil {
		g.fail(s, "%s is already there", s.file)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		g.test.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(s.body), 0o644); err != nil {
		g.test.Fatal(err)
	}
}

// hold holds that lines stand in a file, once.
func (g *guide) hold(s step) {
	text, err := os.ReadFile(g.path(s))
	if err != nil {
		g.test.Fatal(err)
	}
	if _, _, ok := cutOnce("\n"+string(text), "\n"+s.body); !ok {
		g.fail(s, "%s does not hold this once", s.file)
	}
}

// change does to a file what a reader does who takes out the lines with - and writes those
// with +.
func (g *guide) change(s step) {
	path := g.path(s)
	text, err := os.ReadFile(path)
	if err != nil {
		g.test.Fatal(err)
	}
	old, fresh := sides(s.body)
	before, after, ok := cutOnce("\n"+string(text), "\n"+old)
	if !ok || old == fresh {
		g.fail(s, "%s does not hold this once:\n%s", s.file, old)
		return
	}
	if err := os.WriteFile(path, []byte((before + "\n" + fresh + after)[1:]), 0o644); err != nil {
		g.test.Fatal(err)
	}
}

// sides are the lines before and after a change.
func sides(diff string) (old, fresh string) {
	for line := range strings.Lines(diff) {
		switch sign, rest := line[0], line[1:]; sign {
		case '-':
			old += rest
		case '+':
			fresh += rest
		case '\n':
			old, fresh = old+line, fresh+line
		default:
			old, fresh = old+rest, fresh+rest
		}
	}
	return old, fresh
}

// Both languages of a guide do the same: the same commands, and the same to the same files.
func TestGuidesDoTheSameInBothLanguages(t *testing.T) {
	for _, pair := range guides {
		var done [2][]string
		for i, g := range []guide{{test: t, lang: "en", name: pair.en}, {test: t, lang: "de", name: pair.de}} {
			_, steps := g.read()
			for _, s := range steps {
				done[i] = append(done[i], s.does(g.lang)...)
			}
		}
		if !slices.Equal(done[0], done[1]) {
			t.Errorf("%s does\n  %s\n%s does\n  %s", pair.en, strings.Join(done[0], "\n  "),
				pair.de, strings.Join(done[1], "\n  "))
		}
	}
}

// does says in one line each what a step does, without what differs between languages: which
// of them comes first, and names that readers choose.
func (s step) does(lang string) (acts []string) {
	if s.lang == "picture" {
		return []string{"picture " + strings.TrimPrefix(s.file, lang+"/")}
	} else if !s.is("console", "") {
		file := strings.NewReplacer("/"+lang+"/", "/this/", "/en/", "/other/", "/de/", "/other/").Replace(s.file)
		if s.word == "new" {
			file = filepath.Dir(file) + "/…" + filepath.Ext(file)
		} else if s.is("diff", "") && filepath.Dir(file) == "." {
			file = "…" + filepath.Ext(file)
		}
		return []string{s.lang + " " + s.word + " " + file}
	}
	for line := range strings.Lines(s.body) {
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			words := strings.Fields(command)
			acts = append(acts, strings.Join(words[:min(2, len(words))], " "))
			if words[0] == "cd" {
				acts[len(acts)-1] = "cd"
			}
		}
	}
	return acts
}

// Nothing lies in the folder of guides that no test follows.
func TestEveryGuideIsFollowed(t *testing.T) {
	var known, there []string
	for _, pair := range guides {
		known = append(known, filepath.Join("en", pair.en), filepath.Join("de", pair.de))
	}
	for _, lang := range []string{"en", "de"} {
		entries, err := os.ReadDir(filepath.Join(guideFolder, lang))
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			there = append(there, filepath.Join(lang, entry.Name()))
		}
	}
	slices.Sort(known)
	slices.Sort(there)
	if !slices.Equal(known, there) {
		t.Errorf("the guides are %q, and followed are %q", there, known)
	}
}

// Every picture is of a guide, in its language.
func TestEveryPictureIsShown(t *testing.T) {
	var shown, there []string
	for _, pair := range guides {
		for _, g := range []guide{{test: t, lang: "en", name: pair.en}, {test: t, lang: "de", name: pair.de}} {
			_, steps := g.read()
			for _, s := range steps {
				if s.lang == "picture" {
					shown = append(shown, s.file)
				}
				if s.lang == "picture" && !strings.HasPrefix(s.file, g.lang+"/") {
					g.fail(s, "a picture in another language: %s", s.file)
				}
			}
		}
	}
	for _, lang := range []string{"de", "en"} {
		files, err := os.ReadDir(filepath.Join(pictureFolder, lang))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			there = append(there, lang+"/"+file.Name())
		}
	}
	slices.Sort(shown)
	if !slices.Equal(shown, there) {
		t.Errorf("the guides show %q, and there are %q", shown, there)
	}
}

func TestWhatAGuideShowsIsCompared(t *testing.T) {
	for _, c := range []struct {
		shown, said string
		fits        bool
	}{
		{"a\nb", "a\nb", true}, {"a\nb", "a", false}, {"a", "a\nb", false}, {"", "", true},
		{"", "a", false}, {"a", "", false},
		{"a\n…\nd", "a\nb\nc\nd", true}, {"a\n…\nd", "a\nd", true}, {"…", "", true}, {"…\nb", "a", false},
		{"a …, c", "a bb, c", true}, {"a …, c", "a bb, d", false}, {"a.c", "abc", false},
		{"in …", "in 83ms", true},
		{"in …", "at 83ms", false},
	} {
		if got := fits(trimmed(c.shown), trimmed(c.said)); got != c.fits {
			t.Errorf("%q and %q fit: %v", c.shown, c.said, got)
		}
	}
}

func TestStepsAreReadAsTheyStand(t *testing.T) {
	const text = "# A\n\nIn `x/y.md`, as `a`\nwrite in `x/z.md`:\n\n````markdown new\n```chart\nb\n" +
		"```\n````\n\nSee:\n\n```console\n$ bilanz check\nok\n$ cd a\n```\n" +
		"\n1. In `a.yaml`:\n\n   ```yaml there\n   a:\n\n     b: 1\n   ```\n\n   ![A](../../pictures/en/a.png)\n" +
		"\n   > It says\n   > no. [a]\n"
	steps := stepsOf(text)
	want := []step{{line: 6, lang: "markdown", word: "new", file: "x/z.md", body: "```chart\nb\n```\n"},
		{line: 14, lang: "console", body: "$ bilanz check\nok\n$ cd a\n"},
		{line: 22, lang: "yaml", word: "there", file: "a.yaml", indent: "   ", body: "a:\n\n  b: 1\n"},
		{line: 28, lang: "picture", file: "en/a.png"},
		{line: 29, lang: "says", indent: "   > ", body: "It says\nno. [a]\n"}}
	if !slices.Equal(steps, want) {
		t.Errorf("%+v", steps)
	}
	if got := strings.Join(steps[1].does("en"), ","); got != "bilanz check,cd" {
		t.Error(got)
	}
	if got := rewritten(text, steps); got != text {
		t.Errorf("%q", got)
	}
	if old, fresh := sides(" a\n-b\n+c\n\n+d\n e\n"); old != "a\nb\n\ne\n" || fresh != "a\nc\n\nd\ne\n" {
		t.Errorf("%q %q", old, fresh)
	}
}
