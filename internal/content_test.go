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

// readers are the tests that look at the project's own content, which may be replaced
// by any other site. They want nothing of it but that it can be built.
var readers = []string{"build/sites_test.go", "browser/main_test.go"}

// root is how a test names the content, or the whole project, to read or build it.
var root = regexp.MustCompile(`"\.\./\.\./content\b|(?:= |DirFS\()"\.\./\.\."`)

// Who needs something to stand on a page has sites for that in testdata.
func TestNoTestHangsOnTheContent(t *testing.T) {
	var found []string
	for _, folder := range []string{".", "../cmd"} {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") || path == "content_test.go" {
				return err
			}
			text, err := os.ReadFile(path)
			for line := range strings.Lines(string(text)) {
				if root.MatchString(line) {
					found = append(found, filepath.ToSlash(path))
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(found)
	want := slices.Sorted(slices.Values(readers))
	if found = slices.Compact(found); !slices.Equal(found, want) {
		t.Errorf("the project's content is read by %q; only %q may, the others have sites of their own", found, want)
	}
}
