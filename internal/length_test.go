package internal_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// A line of code has at most so many characters; a tab counts as four, as editors show it.
const lineLength = 120

// longer is how many longer lines each package still has, tests included. The numbers
// only fall: a package that is not here has none, and gets none.
var longer = map[string]int{
	"cmd/bilanz":         31,
	"internal":           10,
	"internal/accepted":  2,
	"internal/audit":     10,
	"internal/bench":     20,
	"internal/browser":   41,
	"internal/build":     84,
	"internal/card":      6,
	"internal/chart":     42,
	"internal/colour":    3,
	"internal/data":      4,
	"internal/diag":      12,
	"internal/edit":      3,
	"internal/figure":    74,
	"internal/form":      2,
	"internal/grid":      11,
	"internal/leftover":  6,
	"internal/limits":    20,
	"internal/locale":    80,
	"internal/mutate":    1,
	"internal/output":    32,
	"internal/parallel":  1,
	"internal/picture":   10,
	"internal/present":   6,
	"internal/prose":     47,
	"internal/reference": 11,
	"internal/render":    95,
	"internal/schema":    20,
	"internal/sheet":     4,
	"internal/site":      9,
	"internal/source":    1,
}

func TestLongLinesOnlyBecomeFewer(t *testing.T) {
	found := longLines(t)
	for pkg, lines := range found {
		if most := longer[pkg]; len(lines) > most {
			t.Errorf("%s has %d lines of more than %d characters, and may have %d; the last ones:\n  %s",
				pkg, len(lines), lineLength, most, strings.Join(lines[max(0, len(lines)-5):], "\n  "))
		}
	}
	for pkg, most := range longer {
		if n := len(found[pkg]); n < most {
			t.Errorf("%s has %d long lines left: lower its number to %d in length_test.go, or delete it at 0", pkg, n, n)
		}
	}
}

// longLines gives the places of long lines by package.
func longLines(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name == "testdata" || name == "node_modules" || len(name) > 2 && name[0] == '.'):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		pkg := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../")
		for n, line := range strings.Split(string(text), "\n") {
			if tooLong(line) {
				found[pkg] = append(found[pkg], fmt.Sprintf("%s:%d", path, n+1))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func tooLong(line string) bool {
	return utf8.RuneCountInString(line)+3*strings.Count(line, "\t") > lineLength
}

func TestALineOfExactlyTheLengthIsNotTooLong(t *testing.T) {
	for _, c := range []struct {
		line string
		long bool
	}{
		{strings.Repeat("x", lineLength), false}, {strings.Repeat("x", lineLength+1), true},
		{"\t" + strings.Repeat("ü", lineLength-4), false}, {"\t" + strings.Repeat("ü", lineLength-3), true},
	} {
		if tooLong(c.line) != c.long {
			t.Errorf("%d characters: too long is %v", utf8.RuneCountInString(c.line), !c.long)
		}
	}
}
