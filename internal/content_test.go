package internal_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// readers are the tests that look at the project's own content, which may say anything.
// They want nothing of it, and take the fact sheet where it has errors.
var readers = []string{"build/content_test.go", "browser/main_test.go"}

// besides are those that go to the project's root for something else: to run Go there, and
// for the files of the engine.
var besides = []string{"dist/main_test.go", "mutate/living_test.go", "drawn/drawn_test.go"}

// root is how a test in a folder of packages names the project's root, or the content below
// it; near, how one beside this file does.
var (
	root = regexp.MustCompile(`"\.\./\.\.(?:/content\b[^"]*)?"`)
	near = regexp.MustCompile(`"\.\./content\b`)
)

// Who needs something to stand on a page has sites for that in testdata.
func TestNoTestHangsOnTheContent(t *testing.T) {
	var found []string
	for _, folder := range []string{".", "../cmd"} {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") || path == "content_test.go" {
				return err
			}
			text, err := os.ReadFile(path)
			names := root
			if filepath.Dir(path) == "." {
				names = near
			}
			if names.Match(text) {
				found = append(found, filepath.ToSlash(path))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(found)
	want := slices.Sorted(slices.Values(slices.Concat(readers, besides)))
	if !slices.Equal(found, want) {
		t.Errorf("the project's root or its content is named by %q; only %q may, the others have sites of their own",
			found, want)
	}
}
