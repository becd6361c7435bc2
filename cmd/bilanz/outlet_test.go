package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// full takes so many bytes and then no more, as a disk does.
type full struct {
	room int
	took bytes.Buffer
}

func (f *full) Write(text []byte) (int, error) {
	n := min(f.room, len(text))
	f.room -= n
	f.took.Write(text[:n])
	if n < len(text) {
		return n, errors.New("no space left on device")
	}
	return n, nil
}

// Whatever a command is, it is not done while what it says is lost, from the first byte to
// the last.
func TestWhatCannotBeSaidIsNeverSuccess(t *testing.T) {
	t.Setenv("BILANZ_CACHE", filepath.Join(t.TempDir(), "drawings"))
	t.Setenv("GITHUB_STEP_SUMMARY", "")
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../internal/build/testdata/sites/tiny")); err != nil {
		t.Fatal(err)
	}
	for _, call := range []string{
		"build", "check", "check --format json", "check --format github", "fix", "fix --translated",
		"figures", "figures list",
		"figures list --json", "figures list --unguarded",
		"figures show bench.people", "figures show bench.people --json",
		"figures used bench.people", "figures used bench.people --json", "explain", "explain number-differs",
		"schema", "schema site", "help", "--help", "build --help", "help check",
	} {
		for _, lang := range []string{"en", "de"} {
			args := append(strings.Fields(call), "-C", dir, "--lang", lang)
			var out, errs bytes.Buffer
			if code := run(args, &out, &errs); code != exitDone {
				t.Errorf("%s: %d %s", call, code, errs.String())
			}
			if out.Len() == 0 {
				t.Errorf("%s says nothing", call)
			}
			for _, room := range []int{0, 1, 15} {
				var errs bytes.Buffer
				code := run(args, &full{room: room}, &errs)
				if code != exitWrite || !strings.Contains(errs.String(), "no space left on device") {
					t.Errorf("%s with room for %d bytes: %d %q", call, room, code, errs.String())
				}
			}
		}
	}
	roomy := &full{room: 1 << 20}
	if code := run([]string{"figures", "show", "bench.people", "-C", dir}, roomy, &bytes.Buffer{}); code != exitDone {
		t.Errorf("with room enough: %d", code)
	}
}

// Problems that nobody can read are no matter of the content alone.
func TestProblemsThatCannotBeSaidAreTheMachines(t *testing.T) {
	t.Setenv("GITHUB_STEP_SUMMARY", "")
	for _, format := range []string{"text", "json", "github"} {
		args := []string{"check", "-C", t.TempDir(), "--lang", "en", "--format", format}
		if code := run(args, &bytes.Buffer{}, &bytes.Buffer{}); code != exitContent {
			t.Errorf("%s: %d", format, code)
		}
		if code := run(args, &full{}, &full{}); code != exitWrite {
			t.Errorf("%s, and nothing can be said: %d", format, code)
		}
	}
	// A call that was wrong stays wrong.
	if code := run([]string{"check", "--nonsense"}, &full{}, &full{}); code != exitUsage {
		t.Errorf("a wrong call: %d", code)
	}
}
