package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/edit"
)

// Who saved the file in between is told where it no longer is what was checked.
func TestAnEditThatNoLongerFitsIsSaid(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte("one\ntwo three\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := edit.Plan(dir, []diag.Edit{{Path: "a.md", Start: 8, Old: "four!", New: "4"}})
	for lang, want := range map[string]string{
		"en": "a.md:2:5: the file changed since it was checked, so it was left alone; run the command again\n",
		"de": "a.md:2:5: Die Datei hat sich seit der Prüfung geändert und blieb deshalb, wie sie ist; " +
			"führen Sie den Befehl noch einmal aus\n",
	} {
		var said bytes.Buffer
		c := &command{err: &said, lang: lang}
		if code := c.failedEdit(err); code != exitContent || said.String() != want {
			t.Errorf("%d %q", code, said.String())
		}
	}
}
