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

// What breaks a rule is found: here the command is followed by what it must never do.
func TestEachBreachIsFound(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the command some dozen times")
	}
	binary := built(t)
	for breach, find := range map[string]string{
		`echo x >> "$project/public/index.html"`: "the site is not whole: index.html",
		`echo x >> "$project/content/site.yaml"`: "sources are not as they were written",
		`mkdir -p "$project/.public.old"`:        "is left beside the site",
		`exit 70`:                                "exit code 70",
	} {
		t.Run(breach, func(t *testing.T) {
			script := filepath.Join(t.TempDir(), "bilanz")
			text := "#!/bin/sh\nfor project; do :; done\n'" + binary + "' \"$@\"\ncode=$?\n" + breach + "\nexit $code\n"
			if err := os.WriteFile(script, []byte(text), 0o755); err != nil {
				t.Fatal(err)
			}
			s, err := start(script, []string{"../build/testdata/library"}, 1)
			if err != nil {
				t.Fatal(err)
			}
			defer os.RemoveAll(s.work)
			s.run(time.Minute)
			if all := strings.Join(s.finds, "\n"); all == "" || !strings.Contains(all, find) {
				t.Errorf("found was %q, and not %q", all, find)
			}
		})
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
