package main

import (
	"bytes"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestRealDay does what a communications team does with a site in a day, by the command line, on a
// copy of a fact sheet that was published. Besides the commands of TestScripts a script has
//
//	keep             keeps the content of the site as it is now
//	changed FILE     holds the content against what was kept, byte for byte: FILE lists, one a
//	                 line, "NAMES | OLD | NEW | TIMES", what alone is otherwise; without OLD it is
//	                 a new file with the text of the file NEW, and with … as NEW it is a line that
//	                 begins with OLD, and says anything
//	reads PAGE FILE  holds the finished page against sentences, one a line
//	cut FILE SHARE   cuts a file after a share of its bytes, as a save does that is not through
var dayCommands = map[string]func(*testscript.TestScript, bool, []string){
	"exits": exits, "replace": replace, "workbook": workbook,
	"keep": keepContent, "changed": changedContent, "reads": readsPage, "cut": cutFile,
}

func TestRealDay(t *testing.T) {
	sheet, err := filepath.Abs("../../internal/build/testdata/sites/iq-2022")
	if err != nil {
		t.Fatal(err)
	}
	drawings := t.TempDir()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/day",
		Setup: func(env *testscript.Env) error {
			for _, name := range []string{"LC_ALL", "LC_MESSAGES", "GITHUB_STEP_SUMMARY"} {
				env.Setenv(name, "")
			}
			env.Setenv("LANG", "en_GB.UTF-8")
			env.Setenv("BILANZ_CACHE", drawings)
			return os.CopyFS(env.WorkDir, os.DirFS(sheet))
		},
		Cmds:          dayCommands,
		UpdateScripts: os.Getenv("UPDATE") != "",
	})
}

const keptIn = ".kept"

func keepContent(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Check(os.RemoveAll(ts.MkAbs(keptIn)))
	ts.Check(os.CopyFS(ts.MkAbs(keptIn), os.DirFS(ts.MkAbs("content"))))
}

// changedContent makes of what was kept what should be there now, and compares.
func changedContent(ts *testscript.TestScript, _ bool, args []string) {
	want, have := contentOf(ts, keptIn), contentOf(ts, "content")
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		part := strings.Split(strings.TrimSuffix(line, "\n"), " | ")
		if len(part) != 4 {
			ts.Fatalf("%q is not NAMES | OLD | NEW | TIMES", line)
		}
		name, old, now := part[0], strings.ReplaceAll(part[1], `\n`, "\n"), strings.ReplaceAll(part[2], `\n`, "\n")
		times, err := strconv.Atoi(part[3])
		ts.Check(err)
		switch {
		case old == "":
			want[name] = []byte(ts.ReadFile(now))
		case now == "…":
			want[name], have[name] = without(want[name], old), without(have[name], old)
		default:
			swap(ts, want, name, old, now, times)
		}
	}
	for name, text := range have {
		if old, ok := want[name]; !ok {
			ts.Fatalf("%s is new", name)
		} else if !bytes.Equal(old, text) {
			ts.Fatalf("%s is not as expected:\n%s", name, firstDifference(old, text))
		}
	}
	for name := range want {
		if _, ok := have[name]; !ok {
			ts.Fatalf("%s is gone", name)
		}
	}
}

// without is a text without the lines that begin with something.
func without(text []byte, begin string) (rest []byte) {
	for line := range bytes.Lines(text) {
		if !bytes.HasPrefix(line, []byte(begin)) {
			rest = append(rest, line...)
		}
	}
	return rest
}

// swap writes one text in place of another, as often as said, in all files of a pattern.
func swap(ts *testscript.TestScript, files map[string][]byte, names, old, now string, times int) {
	n := 0
	for name, text := range files {
		if ok, err := path.Match(names, name); err == nil && ok {
			n += bytes.Count(text, []byte(old))
			files[name] = bytes.ReplaceAll(text, []byte(old), []byte(now))
		}
	}
	if n != times {
		ts.Fatalf("%s: %q stood there %d times, not %d", names, old, n, times)
	}
}

func contentOf(ts *testscript.TestScript, dir string) map[string][]byte {
	all := map[string][]byte{}
	content := os.DirFS(ts.MkAbs(dir))
	ts.Check(fs.WalkDir(content, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		all[name], err = fs.ReadFile(content, name)
		return err
	}))
	return all
}

// firstDifference shows where two texts part.
func firstDifference(want, have []byte) string {
	w, h := bytes.Split(want, []byte("\n")), bytes.Split(have, []byte("\n"))
	for i := range min(len(w), len(h)) {
		if !bytes.Equal(w[i], h[i]) {
			return fmt.Sprintf("line %d\nwant %s\nhave %s", i+1, w[i], h[i])
		}
	}
	return fmt.Sprintf("want %d lines, have %d", len(w), len(h))
}

var (
	inMain    = regexp.MustCompile(`(?s)<main.*</main>`)
	inMarkup  = regexp.MustCompile(`(?s)<(script|style|template)\b.*?</(script|style|template)>|<[^>]*>`)
	betweenOf = regexp.MustCompile(`[\s\x{a0}\x{202f}]+`)
)

// readsPage looks for sentences in what a person reads on a finished page; negated, for none.
func readsPage(ts *testscript.TestScript, none bool, args []string) {
	page := inMain.FindString(ts.ReadFile("public/" + args[0] + "index.html"))
	text := oneSpace(html.UnescapeString(inMarkup.ReplaceAllString(page, "")))
	for sentence := range strings.Lines(ts.ReadFile(args[1])) {
		if has := strings.Contains(text, oneSpace(sentence)); has == none {
			ts.Fatalf("%s: %q, found: %v, in\n%s", args[0], oneSpace(sentence), has, text)
		}
	}
}

func oneSpace(text string) string { return strings.TrimSpace(betweenOf.ReplaceAllString(text, " ")) }

func cutFile(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	percent, err := strconv.Atoi(strings.TrimSuffix(args[1], "%"))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text[:len(text)*percent/100]), 0o644))
}
