package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"bilanz/internal/output"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"bilanz": main})
}

// TestScripts calls the command as people do, in a copy of the library network.
// Besides the usual commands a script has
//
//	exits N bilanz …    runs the command, which must end with the exit code N
//	hold DIR            holds the lock of an output folder, as another build would
//	release             gives it back
//	workbook FILE TEXT  makes a workbook of what a text says
//	replace FILE A B    replaces A, which must stand in the file once, by B; \n is the end of a line
func TestScripts(t *testing.T) {
	library, err := filepath.Abs("../../internal/build/testdata/library")
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]*output.Tree{}
	drawings := t.TempDir()
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("LC_ALL", "")
			env.Setenv("LC_MESSAGES", "")
			env.Setenv("LANG", "en_GB.UTF-8")
			env.Setenv("GITHUB_STEP_SUMMARY", "")
			env.Setenv("BILANZ_CACHE", drawings)
			return os.CopyFS(env.WorkDir, os.DirFS(library))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"replace": replace, "workbook": workbook,
			"hold": func(ts *testscript.TestScript, _ bool, args []string) {
				tree, err := output.Open(context.Background(), output.Options{Dir: ts.MkAbs(args[0]), Project: ts.MkAbs(".")})
				ts.Check(err)
				held[ts.MkAbs(".")] = tree
			},
			"release": func(ts *testscript.TestScript, _ bool, _ []string) { held[ts.MkAbs(".")].Close() },
		},
		UpdateScripts: os.Getenv("UPDATE") != "",
	})
}

func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		got = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("the exit code is %d, not %d", got, want)
	}
}

func replace(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[0])
	text := ts.ReadFile(path)
	lines := strings.NewReplacer(`\n`, "\n")
	before, after, ok := cutOnce(text, lines.Replace(args[1]))
	if !ok {
		ts.Fatalf("%s does not hold %q once", args[0], args[1])
	}
	ts.Check(os.WriteFile(path, []byte(before+lines.Replace(args[2])+after), 0o644))
}

// cutOnce cuts text around old, which must stand in it once.
func cutOnce(text, old string) (before, after string, ok bool) {
	before, after, ok = strings.Cut(text, old)
	return before, after, ok && !strings.Contains(after, old)
}
