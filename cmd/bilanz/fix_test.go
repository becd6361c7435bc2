package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/edit"
)

// Why no edit was made is said in both languages, and whether that is the file's matter or
// the machine's.
func TestAnEditThatIsNotMadeIsSaid(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte("one\ntwo three\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, changed := edit.Plan(dir, []diag.Edit{{Path: "a.md", Start: 8, Old: "four!", New: "4"}})
	full := error(&fs.PathError{Op: "write", Path: "a.md", Err: syscall.ENOSPC})
	for _, c := range []struct {
		err    error
		code   int
		en, de string
	}{
		{changed, exitContent,
			"a.md:2:5: the file changed since it was checked, so no file was touched; run the command again\n",
			"a.md:2:5: Die Datei hat sich seit der Prüfung geändert; deshalb wurde keine Datei angefasst; " +
				"führen Sie den Befehl noch einmal aus\n"},
		{&edit.Protected{Place: diag.File("a.md")}, exitWrite,
			"a.md: the file is read-only, so no file was touched; allow writing to it, then run the command again\n",
			"a.md: Die Datei ist schreibgeschützt; deshalb wurde keine Datei angefasst; " +
				"heben Sie den Schutz auf, und führen Sie den Befehl dann noch einmal aus\n"},
		{&edit.Protected{Place: diag.File("en/a.md"), Folder: true}, exitWrite,
			"en/a.md: its folder may not be written to, so no file was touched; allow it, then run the command again\n",
			"en/a.md: In den Ordner darf nicht geschrieben werden; deshalb wurde keine Datei angefasst; " +
				"erlauben Sie es, und führen Sie den Befehl dann noch einmal aus\n"},
		{full, exitWrite,
			"bilanz: the disk is full; no file was touched\n",
			"bilanz: der Datenträger ist voll; keine Datei wurde angefasst\n"},
		{&edit.Half{Paths: []string{"a.md", "b.md"}, Err: full}, exitWrite,
			"bilanz: the disk is full. This could not be undone in a.md, b.md; look at what they hold now\n",
			"bilanz: der Datenträger ist voll. In diesen Dateien ließ sich das nicht zurücknehmen: a.md, b.md; " +
				"sehen Sie nach, was sie jetzt enthalten\n"},
	} {
		for lang, want := range map[string]string{"en": c.en, "de": c.de} {
			var said bytes.Buffer
			command := &command{err: &said, lang: lang}
			if code := command.failedEdit(c.err); code != c.code || said.String() != want {
				t.Errorf("%d %q", code, said.String())
			}
		}
	}
}

// Of one page a check keeps no more than some hundred problems of a kind; fix mends them all
// in one run.
func TestAsManyPlacesAsThereAreAreMended(t *testing.T) {
	const places = 2600
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../internal/build/testdata/sites/tiny")); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(dir, "content/en/index.md")
	var text strings.Builder
	text.WriteString("---\ntitle: A bench\ndescription: How many people sat on it.\n---\n")
	for n := range places {
		fmt.Fprintf(&text, "\nOn one day, as line %c says, [38](fig:bench.people) people sat there.\n", 'a'+n%26)
	}
	if err := os.WriteFile(page, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"Changed 2600 places in 1 file.\n", "Nothing to change.\n"} {
		var out, errs bytes.Buffer
		code := run([]string{"fix", "-C", dir, "--lang", "en"}, &out, &errs)
		if code != exitDone || out.String() != want {
			t.Fatalf("call %d: %d %q %s", i+1, code, out.String(), errs.String())
		}
	}
	got, err := os.ReadFile(page)
	if err != nil || string(got) != strings.ReplaceAll(text.String(), "[38]", "[37]") {
		t.Errorf("%v: not all is mended, or more than that", err)
	}
}
