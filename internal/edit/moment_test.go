package edit

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"bilanz/internal/diag"
)

// saves are the two ways in which programs save: into the same file, or as a new one that
// takes its place.
var saves = map[string]func(path, text string) error{
	"in place": func(path, text string) error { return os.WriteFile(path, []byte(text), 0o644) },
	"by name": func(path, text string) error {
		spare := path + ".saved"
		if err := os.WriteFile(spare, []byte(text), 0o644); err != nil {
			return err
		}
		return os.Rename(spare, path)
	},
}

// Somebody saves between any two steps of an edit. Whatever the moment, what they saved
// stands there in the end.
func TestWhoSavesAtAnyMomentKeepsTheirText(t *testing.T) {
	for how, save := range saves {
		for moment := 1; ; moment++ {
			dir := t.TempDir()
			path := filepath.Join(dir, "a.md")
			if err := os.WriteFile(path, []byte("one two"), 0o600); err != nil {
				t.Fatal(err)
			}
			changes, err := Plan(dir, []diag.Edit{{Path: "a.md", Start: 4, Old: "two", New: "2"}})
			if err != nil {
				t.Fatal(err)
			}
			moments := 0
			err = write(dir, changes, func() {
				if moments++; moments == moment {
					if err := save(path, "theirs"); err != nil {
						t.Fatal(err)
					}
				}
			})
			text, _ := os.ReadFile(path)
			if moments < moment {
				if string(text) != "one 2" || err != nil {
					t.Errorf("nobody saved, and it holds %q: %v", text, err)
				}
				if runtime.GOOS == "linux" && moment < 5 {
					t.Errorf("an edit has only %d moments", moments)
				}
				break
			}
			changed := (*Changed)(nil)
			if string(text) != "theirs" || err != nil && !errors.As(err, &changed) {
				t.Errorf("saved %s at moment %d: it holds %q: %v", how, moment, text, err)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, ".bilanz-fix-*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		}
	}
}

// Somebody saves one version after the other while edits are made all the time. No version
// is lost: each that is there at the end, or that an edit was made of, was saved, and the
// last one saved is the last one there.
func TestNoVersionIsLostWhileOthersSave(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.md")
	version := func(n int) string { return fmt.Sprintf("version %d: old\n", n) }
	save := saves["by name"]
	if err := save(path, version(0)); err != nil {
		t.Fatal(err)
	}
	const versions = 400
	var saving sync.WaitGroup
	saving.Go(func() {
		for n := 1; n <= versions; n++ {
			if err := save(path, version(n)); err != nil {
				t.Error(err)
			}
		}
	})
	made := 0
	for range versions {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		start := len(text) - len("old\n")
		changes, err := Plan(dir, []diag.Edit{{Path: "a.md", Start: start, Old: "old", New: "new"}})
		if err == nil {
			err = Write(dir, changes)
		}
		changed := (*Changed)(nil)
		switch {
		case err == nil:
			made++
		case !errors.As(err, &changed):
			t.Fatal(err)
		}
	}
	saving.Wait()
	text, err := os.ReadFile(path)
	var last int
	var word string
	if _, scan := fmt.Sscanf(string(text), "version %d: %s", &last, &word); err != nil || scan != nil || last != versions || word != "old" && word != "new" {
		t.Errorf("the last version is %q: %v", text, err)
	}
	t.Logf("%d edits were made", made)
}
