package output

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

var newSite = map[string][]byte{
	"README.md": []byte("read"), "content/site.yaml": []byte("title: x"), ".github/a": []byte("a"),
}

// whole lists what lies in a folder: files with what they hold, folders with a slash.
func whole(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	must(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, dir+string(filepath.Separator)))
		if entry.IsDir() {
			all = append(all, name+"/")
			return nil
		}
		text, err := os.ReadFile(path)
		all = append(all, name+"="+string(text))
		return err
	}))
	return all
}

var laid = []string{".github/", ".github/a=a", "README.md=read", "content/", "content/site.yaml=title: x"}

func TestANewSiteIsWrittenWhole(t *testing.T) {
	for name, prepare := range map[string]func(dir string){
		"a new folder": func(string) {},
		"an empty one": func(dir string) { must(t, os.MkdirAll(dir, 0o755)) },
		"what a kill left in it": func(dir string) {
			must(t, os.MkdirAll(filepath.Join(dir, halfName, "content"), 0o755))
		},
		"what a kill left beside": func(dir string) {
			must(t, os.MkdirAll(filepath.Join(dir, "..", halfName+".2025", "x"), 0o755))
		},
	} {
		root := t.TempDir()
		dir := filepath.Join(root, "results", "2025")
		prepare(dir)
		must(t, Fresh(dir, newSite))
		if got := whole(t, dir); !slices.Equal(got, laid) {
			t.Errorf("%s: it holds %q", name, got)
		}
		if got := whole(t, filepath.Join(root, "results")); len(got) != len(laid)+1 {
			t.Errorf("%s: beside it lies something: %q", name, got)
		}
	}
}

func TestANewSiteLeavesGitAlone(t *testing.T) {
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, ".git"), 0o755))
	must(t, os.WriteFile(filepath.Join(dir, ".git", "HEAD"), []byte("ref"), 0o644))
	must(t, Fresh(dir, newSite))
	if got, want := whole(t, dir), append([]string{".git/", ".git/HEAD=ref"}, laid...); !slices.Equal(got, want) {
		t.Errorf("it holds %q", got)
	}
}

// Whatever fails, at whichever operation: the folder is as it was before.
func TestANewSiteIsWrittenWholeOrNotAtAll(t *testing.T) {
	for _, exists := range []bool{false, true} {
		failures := 0
		for nth := 1; ; nth++ {
			root := t.TempDir()
			dir := filepath.Join(root, "results", "2025")
			if exists {
				must(t, os.MkdirAll(dir, 0o755))
			}
			before, n := whole(t, root), 0
			d := disk{before: func(string, string) error {
				if n++; n == nth {
					return syscall.ENOSPC
				}
				return nil
			}}
			if d.fresh(dir, maps.Clone(newSite)) == nil {
				break
			}
			failures++
			if got := whole(t, root); !slices.Equal(got, before) {
				t.Errorf("after a failure of operation %d there is %q, and was %q", nth, got, before)
			}
		}
		if failures < 6 {
			t.Errorf("only %d operations can fail", failures)
		}
	}
}
