//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A short run of each act, and of some twice.
func TestEachActHolds(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the command some hundred times")
	}
	binary := built(t)
	s, err := start(binary, []string{"../build/testdata/library"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	s.run(8 * time.Second)
	var told strings.Builder
	s.report(&told)
	t.Log(told.String())
	if len(s.finds) > 0 {
		t.FailNow()
	}
	os.RemoveAll(s.work)
}

// What breaks a rule is found: here the command is one that does what it must never do. In
// each script "bilanz" is the true command, "$project" the folder, "$code" how it ended, and
// $other what makes another site.
func TestEachBreachIsFound(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the command some dozen times")
	}
	binary := built(t)
	library, err := filepath.Abs("../build/testdata/library")
	if err != nil {
		t.Fatal(err)
	}
	const ran = `bilanz "$@"; code=$?` + "\n"
	for name, breach := range map[string]struct{ script, find string }{
		"a file changed":      {ran + `echo x >> "$project/public/index.html"`, "the site is not whole: index.html"},
		"a source changed":    {ran + `echo x >> "$project/content/site.yaml"`, "sources are not as they were written"},
		"something left":      {ran + `mkdir -p "$project/.public.old"`, "is left beside the site"},
		"a mistake":           {ran + `code=70`, "exit code 70"},
		"a trace":             {ran + `echo goroutine 1 >&2`, "goroutine 1"},
		"a number of its own": {ran + `[ "$code" != 0 ] || code=7`, "exit code 7"},
		"what is built differs": {`case "$project" in */clean) ;; *) set -- "$@" $other ;; esac` + "\n" + ran,
			"the site is not what a clean build gives"},
		"published in spite of a problem": {ran + `[ "$1 $code" != "build 1" ] || ` +
			`bilanz build $other --dir '` + library + `' --out "$project/public" >/dev/null 2>&1`,
			"after spoil, the site is not what a clean build gives"},
		"published by a check": {ran + `[ "$1" != check ] || bilanz build $other --dir "$project"` +
			` >/dev/null 2>&1`, "a check changed the site"},
		"a message without a place": {`said=$(bilanz "$@"); code=$?` + "\n" +
			`printf '%s\n' "$said" | sed 's/"path": "[^"]*"/"path": ""/'`, "a message without a place"},
		"no message": {`said=$(bilanz "$@" 2>/dev/null); code=$?` + "\n" +
			`echo '{"diagnostics": []}'`, "exit code 1 without a message"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			script := filepath.Join(t.TempDir(), "bilanz")
			text := "#!/bin/sh\nbilanz() { '" + binary + "' \"$@\"; }\n" +
				"other='--base-url https://example.net/'\nfor project; do :; done\n" +
				breach.script + "\nexit $code\n"
			if err := os.WriteFile(script, []byte(text), 0o755); err != nil {
				t.Fatal(err)
			}
			s, err := start(script, []string{library}, 1)
			if err != nil {
				t.Fatal(err)
			}
			defer os.RemoveAll(s.work)
			s.run(2 * time.Minute)
			if all := strings.Join(s.finds, "\n"); all == "" || !strings.Contains(all, breach.find) {
				t.Errorf("found was %q, and not %q", all, breach.find)
			}
		})
	}
}

// Memory may waver, and not grow.
func TestGrowingMemoryIsFound(t *testing.T) {
	for _, c := range []struct {
		last  int64 // MB, of the last build
		found bool
	}{{100, false}, {130 + 16, false}, {130 + 17, true}} {
		s := &soak{}
		for range 15 {
			s.peaks = append(s.peaks, 100<<20)
		}
		s.peaks[len(s.peaks)-1] = c.last << 20
		if s.flat(); s.found() != c.found {
			t.Errorf("%d MB at last: %q", c.last, s.finds)
		}
	}
}

func built(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "bilanz")
	if out, err := exec.Command("go", "build", "-o", binary, "../../cmd/bilanz").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}
