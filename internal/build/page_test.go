package build

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestPages builds the library with the changes of each case, as TestCases does, and
// looks at what readers get: "lines FILE" holds lines that must stand in a file of the
// site in this order, others between them; a line that begins with "not: " may not
// stand in it anywhere.
func TestPages(t *testing.T) {
	files, err := filepath.Glob("testdata/pages/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases found", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			dir := project(t, archive)
			result, err := Build(context.Background(), Options{Dir: dir, Out: filepath.Join(dir, "public"), Write: true, Drawings: pictures})
			if err != nil || !result.Written {
				t.Fatal(err, result.Diagnostics)
			}
			for _, f := range archive.Files {
				if name, ok := strings.CutPrefix(f.Name, "lines "); ok {
					findLines(t, filepath.Join(dir, "public", name), string(f.Data))
				}
			}
		})
	}
}

func findLines(t *testing.T, path, want string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.NewReplacer("\r", "", "\ufeff", "").Replace(string(text)), "\n")
	rest := lines
	for line := range strings.Lines(want) {
		line = strings.TrimRight(line, "\n")
		if never, ok := strings.CutPrefix(line, "not: "); ok {
			if slices.Contains(lines, never) {
				t.Errorf("%s holds a line that it may not:\n%s", filepath.Base(path), never)
			}
			continue
		}
		at := slices.Index(rest, line)
		if at < 0 {
			t.Errorf("%s does not hold, after the line before:\n%s", path, line)
			continue
		}
		rest = rest[at+1:]
	}
}
