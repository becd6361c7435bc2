package edit

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"bilanz/internal/diag"
)

func TestOnlyTheNamedBytesChange(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.md")
	text := "\ufeffÄ [318,426](fig:x)\r\nund 5\r\n"
	if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
	changes, err := Plan(dir, []diag.Edit{
		{Path: "a.md", Start: 7, Old: "318,426", New: "318,462"},
		{Path: "a.md", Start: 10, Old: ",4", New: "no"},
	})
	if err != nil || len(changes) != 1 || changes[0].Edits != 1 {
		t.Fatal(changes, err)
	}
	if err := Write(dir, changes); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := "\ufeffÄ [318,462](fig:x)\r\nund 5\r\n"; string(got) != want {
		t.Errorf("%q, want %q", got, want)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o640 {
		t.Errorf("the mode became %v", info.Mode())
	}
	if want := "--- a.md\n+++ a.md\n@@ 1 @@\n-\ufeffÄ [318,426](fig:x)\n+\ufeffÄ [318,462](fig:x)\n"; changes[0].Diff() != want {
		t.Errorf("%q, want %q", changes[0].Diff(), want)
	}
}

func TestAFileThatChangedMeanwhileIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.md")
	if err := os.WriteFile(path, []byte("one"), 0o644); err != nil {
		t.Fatal(err)
	}
	changes, err := Plan(dir, []diag.Edit{{Path: "a.md", Old: "one", New: "two"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("three"), 0o644); err != nil {
		t.Fatal(err)
	}
	changed := (*Changed)(nil)
	if err := Write(dir, changes); !errors.As(err, &changed) || changed.Place != diag.File("a.md") {
		t.Errorf("got %v", err)
	}
	if got, _ := os.ReadFile(path); string(got) != "three" {
		t.Errorf("the file now holds %q", got)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".bilanz-fix-*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}
