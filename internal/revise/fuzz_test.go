package revise

import (
	"bytes"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// Whatever is typed for whichever figure: it is refused with a place, or the files say it
// afterwards, and of no other figure anything else.
func FuzzPlan(f *testing.F) {
	for i, typed := range []string{"195,200", "mehr als 170", "vertraulich", "1,5", "12 %", "[x]", "'", "more than 1.5",
		"-3", "416.374", "0", "1e9", "k. A.", "\n", "#", "1_000", "9999999999999999999", "{a: b}", "12*"} {
		f.Add(uint16(i*7), i%2 == 0, typed)
	}
	files, _ := caseFilesOf(f, "testdata/cases/cells.txtar")
	more, _ := caseFilesOf(f, "testdata/cases/yaml.txtar")
	for _, file := range more {
		if strings.HasSuffix(file.Path, "/more.yaml") {
			files = append(files, file)
		}
	}
	set := load(files)
	f.Fuzz(func(t *testing.T, which uint16, german bool, typed string) {
		of := set.All()[int(which)%len(set.All())]
		lang := map[bool]string{true: "de", false: "en"}[german]
		value, problem := Read(of, typed, locale.Must(lang))
		if problem != nil {
			complete(t, *problem)
			return
		}
		edits, refused := Plan(set, []Change{{ID: of.ID, Value: value}})
		for _, d := range refused {
			complete(t, d)
		}
		want, bad := of.Takes(value)
		if bad != nil {
			t.Fatalf("%q was read as %q, which is no value", typed, value)
		}
		if len(edits) == 0 {
			if len(refused) == 0 && !want.Same(of.Value) {
				t.Fatalf("%s: %q was lost", of.ID, value)
			}
			return
		}
		after := files
		for _, c := range applied(t, files, edits) {
			after = replaced(after, c)
			if bytes.Count(c.Old, []byte("\n")) != bytes.Count(c.New, []byte("\n")) && of.ID != "own.none" {
				t.Fatalf("%s: %q moves lines", of.ID, value)
			}
		}
		now := load(after)
		for _, before := range set.All() {
			f, ok := now.Lookup(before.ID)
			switch {
			case !ok:
				t.Fatalf("%s: %q: %s is lost", of.ID, value, before.ID)
			case before.ValueAt == of.ValueAt:
				if !f.Value.Same(want) {
					t.Fatalf("%s: %q is not said", of.ID, value)
				}
			case f.Formula == "" && !f.Value.Same(before.Value) && !before.Value.Broken:
				t.Fatalf("%s: %q: %s is another now", of.ID, value, before.ID)
			}
		}
	})
}

// complete holds what every refusal must have.
func complete(t *testing.T, d diag.Diagnostic) {
	t.Helper()
	if d.Place.Path == "" || d.Code == "" || d.Text.IsZero() || len(d.Ways) == 0 {
		t.Fatalf("no place, code, sentence or way out: %+v", d)
	}
}

func caseFilesOf(t testing.TB, name string) (files []schema.File, typed string) {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return caseFiles(t, archive)
}
