package source

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"bilanz/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the expected messages")

// A build reads a page twice. One that was saved in between would be verified in
// one form and published in another.
func TestAFileThatChangesBetweenTwoReadsIsReported(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "visits.md")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("318,462 visits")
	p, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	var list diag.List
	for range 2 {
		if _, ok := p.Read("visits.md", &list); !ok || list.Errors() > 0 {
			t.Fatal("a file that stays as it is cannot be read twice")
		}
	}
	write("318,463 visits")
	if _, ok := p.Read("visits.md", &list); ok {
		t.Error("the changed file was handed on")
	}
	var got bytes.Buffer
	for _, lang := range []string{"en", "de"} {
		if err := diag.WriteText(&got, list.Sorted(), diag.TextOptions{Lang: lang}); err != nil {
			t.Fatal(err)
		}
	}
	const want = "testdata/file-changed.txt"
	if *update {
		if err := os.WriteFile(want, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := os.ReadFile(want); err != nil || string(text) != got.String() {
		t.Errorf("got\n%s\nwant\n%s", got.String(), text)
	}
}

// Some disks find a file by a name in other capital letters, and no server does.
func TestNamesAreSpeltAsTheirFoldersDo(t *testing.T) {
	p := New(fstest.MapFS{"content/en/Hall.JPG": {}, "content/en/hall.png": {}, "content/Shared/a.jpg": {}})
	p.Unsaved = map[string][]byte{"content/en/new.svg": nil}
	for name, want := range map[string]string{
		"content/en/Hall.JPG": "content/en/Hall.JPG", "content/en/hall.jpg": "content/en/Hall.JPG",
		"content/EN/hall.png": "content/en/hall.png", "content/shared/A.jpg": "content/Shared/a.jpg",
		"content/en/hall.gif": "", "content/fr/hall.png": "", "../hall.png": "",
		"content/en/new.svg": "content/en/new.svg",
	} {
		if got := p.Spelt(name); got != want {
			t.Errorf("%s is spelt %q, not %q", name, got, want)
		}
	}
}
