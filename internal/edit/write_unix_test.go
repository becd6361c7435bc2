//go:build unix

package edit

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"bilanz/internal/diag"
)

// three makes files that say "old", in folders of their own, and the changes that make them
// say "new".
func three(t *testing.T) (dir string, changes []Change) {
	t.Helper()
	dir = t.TempDir()
	var edits []diag.Edit
	for _, name := range []string{"a/a.md", "b/b.md", "c/c.md"} {
		must(t, os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755))
		must(t, os.WriteFile(filepath.Join(dir, name), []byte("old "+name), 0o640))
		edits = append(edits, diag.Edit{Path: name, Old: "old", New: "newer"})
	}
	edits = append(edits, diag.Edit{Path: "a/made.md", New: "newer", Whole: true})
	changes, err := Plan(dir, edits)
	must(t, err)
	return dir, changes
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// holds is what the three files say, in one string, and whatever else lies beside them.
func holds(t *testing.T, dir string) string {
	t.Helper()
	var all []string
	must(t, filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			text, errRead := os.ReadFile(name)
			path, _ := filepath.Rel(dir, name)
			all, err = append(all, path+": "+string(text)), errRead
		}
		return err
	}))
	return strings.Join(all, "\n")
}

const (
	allOld = "a/a.md: old a/a.md\nb/b.md: old b/b.md\nc/c.md: old c/c.md"
	allNew = "a/a.md: newer a/a.md\na/made.md: newer\nb/b.md: newer b/b.md\nc/c.md: newer c/c.md"
)

// One file may not be written to: then no file is changed, and the one stays as it is.
func TestOneProtectedFileStopsAll(t *testing.T) {
	for name, c := range map[string]struct {
		path   string
		mode   os.FileMode
		folder bool
	}{
		"the first":       {"a/a.md", 0o440, false},
		"the last":        {"c/c.md", 0o400, false},
		"a folder":        {"b", 0o555, true},
		"the last folder": {"c", 0o500, true},
	} {
		dir, changes := three(t)
		at := filepath.Join(dir, c.path)
		must(t, os.Chmod(at, c.mode))
		err := Write(dir, changes)
		protected := (*Protected)(nil)
		named := errors.As(err, &protected) && strings.HasPrefix(protected.Place.Path, c.path)
		if !named || protected.Folder != c.folder {
			t.Errorf("%s: %v", name, err)
		}
		if info, _ := os.Stat(at); info.Mode().Perm() != c.mode {
			t.Errorf("%s: its mode became %v", name, info.Mode())
		}
		must(t, os.Chmod(at, 0o755))
		if got := holds(t, dir); got != allOld {
			t.Errorf("%s: there lies\n%s", name, got)
		}
	}
}

// Whatever happens to a file while the others are written, none or all are changed, and what
// somebody saved stays.
func TestAllFilesAreChangedOrNone(t *testing.T) {
	for moment := 1; ; moment++ {
		for what, happens := range map[string]func(path string) error{
			"is saved":   func(path string) error { return os.WriteFile(path, []byte("theirs"), 0o640) },
			"is deleted": os.Remove,
		} {
			dir, changes := three(t)
			last := filepath.Join(dir, "c/c.md")
			moments := 0
			err := write(dir, changes, func() {
				if moments++; moments == moment {
					must(t, happens(last))
				}
			})
			if moments < moment {
				if err != nil || holds(t, dir) != allNew {
					t.Errorf("nothing happened, and there lies\n%s: %v", holds(t, dir), err)
				}
				if moment < 8 {
					t.Errorf("there are only %d moments", moment)
				}
				return
			}
			want := strings.Replace(allOld, "old c/c.md", "theirs", 1)
			if what == "is deleted" {
				want = strings.Replace(allOld, "\nc/c.md: old c/c.md", "", 1)
			}
			got := holds(t, dir)
			if err == nil && strings.Contains(got, "old") || err != nil && got != want {
				t.Errorf("the file %s at moment %d, %v, and there lies\n%s", what, moment, err, got)
			}
		}
	}
}

// A file that goes is one of all: whatever happens to it or to the others, it goes with all
// changes made, or it lies there as it was, or as somebody saved it.
func TestAFileGoesWithAllChangesOrStays(t *testing.T) {
	for _, place := range []string{"first", "last"} {
		for _, what := range []string{"b/b.md", "b/gone.xlsx"} {
			for moment := 1; ; moment++ {
				dir, changes := three(t)
				gone := filepath.Join(dir, "b/gone.xlsx")
				must(t, os.WriteFile(gone, []byte("numbers"), 0o640))
				deletion := Change{Path: "b/gone.xlsx", Old: []byte("numbers"), Delete: true}
				if place == "first" {
					changes = append([]Change{deletion}, changes...)
				} else {
					changes = append(changes, deletion)
				}
				moments := 0
				err := write(dir, changes, func() {
					if moments++; moments == moment {
						must(t, os.WriteFile(filepath.Join(dir, what), []byte("theirs"), 0o640))
					}
				})
				got := holds(t, dir)
				if moments < moment {
					if err != nil || got != allNew || moment < 10 {
						t.Errorf("nothing happened in %d moments, and there lies\n%s: %v", moment, got, err)
					}
					break
				}
				saved := strings.Contains(got, what+": theirs")
				if err == nil && (!saved || strings.Count(got, "newer") != strings.Count(allNew, "newer")-
					strings.Count(what, "b.md")) {
					t.Errorf("%s, %s saved at moment %d: there lies\n%s", place, what, moment, got)
				}
				if err != nil && (!saved || strings.Contains(got, "newer") || !strings.Contains(got, "gone.xlsx")) {
					t.Errorf("%s, %s saved at moment %d: %v, and there lies\n%s", place, what, moment, err, got)
				}
			}
		}
	}
}

func TestOnlyAFileOfItsOwnGoes(t *testing.T) {
	dir, _ := three(t)
	must(t, os.Symlink("a.md", filepath.Join(dir, "a/link.md")))
	must(t, os.WriteFile(filepath.Join(dir, "a/kept.md"), []byte("x"), 0o400))
	was := holds(t, dir)
	changed, protected := (*Changed)(nil), (*Protected)(nil)
	for path, as := range map[string]any{"a/link.md": &changed, "a/kept.md": &protected} {
		text, err := Read(dir, path)
		must(t, err)
		if err := Write(dir, []Change{{Path: path, Old: text, Delete: true}}); !errors.As(err, as) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if err := Write(dir, []Change{{Path: "a/none.md", Delete: true}}); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if got := holds(t, dir); got != was {
		t.Errorf("there lies\n%s", got)
	}
	must(t, Write(dir, []Change{{Path: "b/b.md", Old: []byte("old b/b.md"), Delete: true}}))
	if got := holds(t, dir); strings.Contains(got, "b.md") {
		t.Errorf("there lies\n%s", got)
	}
}

// A file keeps its other names, its mode, its owner, and a link stays one; and all that is
// taken back, too.
func TestAFileKeepsWhatItIs(t *testing.T) {
	for _, fails := range []bool{false, true} {
		dir, changes := three(t)
		a, b, c := filepath.Join(dir, "a/a.md"), filepath.Join(dir, "b/b.md"), filepath.Join(dir, "c/c.md")
		elsewhere := t.TempDir()
		must(t, os.Link(a, filepath.Join(elsewhere, "other name")))
		must(t, os.Rename(b, filepath.Join(elsewhere, "linked")))
		must(t, os.Symlink(filepath.Join(elsewhere, "linked"), b))
		owner := os.Geteuid()
		if owner == 0 {
			owner = 65534
			must(t, os.Chown(filepath.Join(elsewhere, "linked"), owner, owner))
			must(t, os.Chown(a, owner, owner))
		}
		moments := 0
		err := write(dir, changes, func() {
			if moments++; fails && moments == 9 {
				must(t, os.WriteFile(c, []byte("theirs"), 0o640))
			}
		})
		if (err != nil) != fails {
			t.Fatalf("%v after %d moments", err, moments)
		}
		say := "newer"
		if fails {
			say = "old"
		}
		for name, text := range map[string]string{"other name": say + " a/a.md", "linked": say + " b/b.md"} {
			path := filepath.Join(elsewhere, name)
			info, err := os.Lstat(path)
			must(t, err)
			got, _ := os.ReadFile(path)
			uid := int(info.Sys().(*syscall.Stat_t).Uid)
			if string(got) != text || info.Mode() != 0o640 || uid != owner {
				t.Errorf("%s holds %q with mode %v and owner %d", path, got, info.Mode(), uid)
			}
		}
		if info, _ := os.Lstat(a); names(info) != 2 {
			t.Errorf("a file that had two names has %d", names(info))
		}
		if info, _ := os.Lstat(b); info.Mode()&os.ModeSymlink == 0 {
			t.Error("a link became a file")
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "*", ".bilanz-fix-*")); len(left) > 0 {
			t.Errorf("left behind: %q", left)
		}
	}
}

// What could not be taken back is named.
func TestWhatCouldNotBeTakenBackIsNamed(t *testing.T) {
	because := fmt.Errorf("the reason")
	change := Change{Path: "a.md", Old: []byte("old"), New: []byte("new")}
	gone := &writing{Change: change, path: filepath.Join(t.TempDir(), "a.md")}
	half := (*Half)(nil)
	err := takeBack([]*writing{gone}, because)
	if !errors.As(err, &half) || half.Paths[0] != "a.md" || !errors.Is(err, because) {
		t.Errorf("got %v", err)
	}
}

// A system that cannot exchange two files ends with the same, and can take it back.
func TestAFileIsReplacedWhereNothingCanBeExchanged(t *testing.T) {
	dir := t.TempDir()
	path, spare := filepath.Join(dir, "a.md"), filepath.Join(dir, ".bilanz-fix-1")
	must(t, os.WriteFile(path, []byte("old"), 0o640))
	must(t, os.WriteFile(spare, []byte("new"), 0o640))
	c := Change{Path: "a.md", Old: []byte("old"), New: []byte("new")}
	must(t, c.replace(spare, path))
	if got := holds(t, dir); got != ".bilanz-fix-1: old\na.md: new" {
		t.Errorf("there lies\n%s", got)
	}
	must(t, Change{Path: "a.md", Old: c.New, New: c.Old}.replace(spare, path))
	if got := holds(t, dir); got != ".bilanz-fix-1: new\na.md: old" {
		t.Errorf("taken back, there lies\n%s", got)
	}
}
