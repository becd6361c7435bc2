package edit_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/edit"
)

// damage is one thing for each maker of edits to mend.
var damage = []struct{ path, old, new, code string }{
	{"content/figures/visits.yaml", "value: 2415", "value: 2.415", "value-grouped"},
	{"content/figures/visits.yaml", "{value: 34217", "{value: 34,217", "value-split"},
	{"content/figures/visits.yaml", "{value: 187", "{value: 151", "discrepancy-gone"},
	{"content/figures/loans.csv", "98420", "98.420", "value-grouped"},
	{"content/figures/visits.yaml", "Library's [171,905]", "Library's [171,950]", "number-differs"},
	{"content/en/visits.md", "[Around 320,000]", "[Around 330,000]", "rounding-differs"},
	{"content/de/visits.md", "(fig:visits.total)", "(fig:visits.all)", "figure-renamed"},
	{"content/en/visits.md", "[318,462](fig:visits.total) visits, [54%]", "318,462 visits, [54%]", "number-bare"},
}

// damaged gives a copy of the library network with the damage, and its edits.
func damaged(t *testing.T) (dir string, edits []diag.Edit) {
	t.Helper()
	dir = t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../build/testdata/library")); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"content/en/index.md", "content/de/index.md"} {
		// What a sentence speaks of is not deleted.
		write(t, dir, page, strings.Replace(read(t, dir, page), "[](fig:events.held)", "[Many](fig:none)", 1))
	}
	for _, d := range damage {
		text := read(t, dir, d.path)
		if !strings.Contains(text, d.old) {
			t.Fatalf("%s has no %q", d.path, d.old)
		}
		write(t, dir, d.path, strings.Replace(text, d.old, d.new, 1))
	}
	result, err := build.Build(t.Context(), build.Options{Dir: dir, Out: filepath.Join(dir, "public")})
	if err != nil {
		t.Fatal(err)
	}
	for _, damage := range damage {
		if !slices.ContainsFunc(result.Diagnostics, func(d diag.Diagnostic) bool {
			return d.Code == damage.code && len(d.Edits) > 0 && d.Place.Path == damage.path
		}) {
			t.Errorf("nothing mends %s (%s)", damage.new, damage.code)
		}
	}
	return dir, result.Edits(true)
}

func read(t *testing.T, dir, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func write(t *testing.T, dir, path, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, path), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Somebody writes on between the check and the edit: at every place that an edit
// names, before it and behind it. What is written over is what was expected there,
// or nothing is.
func TestOnlyExpectedBytesAreWrittenOver(t *testing.T) {
	dir, edits := damaged(t)
	for _, e := range edits {
		text := read(t, dir, e.Path)
		at := func(i int, gone int, come string) string { return text[:i] + come + text[i+gone:] }
		for _, c := range []struct {
			what, text string
			refused    bool
		}{
			{"nothing", text, false},
			{"the byte before", at(e.Start-1, 1, "~"), false},
			{"the first byte", at(e.Start, 1, "~"), true},
			{"the last byte", at(e.End()-1, 1, "~"), true},
			{"the byte behind", at(e.End(), 1, "~"), false},
			{"one byte more before", at(e.Start, 0, "~"), true},
			{"one byte fewer before", at(e.Start-1, 1, ""), true},
			{"one byte more inside", at(e.Start+1, 0, "~"), true},
			{"one byte more behind", at(e.End(), 0, "~"), false},
			{"all behind is gone", text[:e.End()], false},
			{"the last byte and all behind is gone", text[:e.End()-1], true},
			{"all is gone", "", true},
		} {
			if len(e.Old) == 1 && c.what == "one byte more inside" {
				continue // that is behind it
			}
			write(t, dir, e.Path, c.text)
			changes, err := edit.Plan(dir, []diag.Edit{e})
			changed := (*edit.Changed)(nil)
			switch {
			case c.refused && (!errors.As(err, &changed) || changed.Place.Path != e.Path || len(changes) > 0):
				t.Errorf("%s:%d %q: %s changed: %v", e.Path, e.Start, e.Old, c.what, err)
			case !c.refused && err != nil:
				t.Errorf("%s:%d %q: %s changed: %v", e.Path, e.Start, e.Old, c.what, err)
			case !c.refused && string(changes[0].New) != c.text[:e.Start]+e.New+c.text[e.End():]:
				t.Errorf("%s:%d %q: %s changed, and the file becomes\n%s", e.Path, e.Start, e.Old, c.what, changes[0].New)
			}
		}
		write(t, dir, e.Path, text)
	}
}

// One edit that does not fit stops all, those of other files too.
func TestNothingIsChangedWhereOneEditDoesNotFit(t *testing.T) {
	dir, edits := damaged(t)
	last := edits[len(edits)-1]
	text := read(t, dir, last.Path)
	write(t, dir, last.Path, text[:last.Start]+"~"+text[last.Start+1:])
	changes, err := edit.Plan(dir, edits)
	changed := (*edit.Changed)(nil)
	if len(changes) > 0 || !errors.As(err, &changed) || changed.Place.Path != last.Path || changed.Place.Line == 0 {
		t.Errorf("%d changes, %v", len(changes), err)
	}
}

func TestAWholeFileIsReplacedOrMade(t *testing.T) {
	dir := t.TempDir()
	create := diag.Edit{Path: "a.yaml", New: "one\n", Whole: true}
	replace := diag.Edit{Path: "a.yaml", Old: "one\n", New: "two\n", Whole: true}
	for _, c := range []struct {
		edit   diag.Edit
		before string // "-" for no file
		fits   bool
	}{
		{create, "-", true}, {create, "", true}, {create, "x", false}, {create, "one\n", false},
		{replace, "one\n", true}, {replace, "one\n ", false}, {replace, " one\n", false}, {replace, "one", false},
		{replace, "-", false},
	} {
		os.Remove(filepath.Join(dir, "a.yaml"))
		if c.before != "-" {
			write(t, dir, "a.yaml", c.before)
		}
		changes, err := edit.Plan(dir, []diag.Edit{c.edit})
		if err == nil {
			err = edit.Write(dir, changes)
		}
		if (err == nil) != c.fits {
			t.Errorf("%+v of %q: %v", c.edit, c.before, err)
		}
		if c.fits && read(t, dir, "a.yaml") != c.edit.New {
			t.Errorf("%+v of %q: it holds %q", c.edit, c.before, read(t, dir, "a.yaml"))
		}
	}
}

// Somebody makes the file while it is being made.
func TestAFileThatAppearedMeanwhileIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	changes, err := edit.Plan(dir, []diag.Edit{{Path: "a.yaml", New: "one\n", Whole: true}})
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "a.yaml", "theirs")
	changed := (*edit.Changed)(nil)
	if err := edit.Write(dir, changes); !errors.As(err, &changed) || read(t, dir, "a.yaml") != "theirs" {
		t.Errorf("%v: %q", err, read(t, dir, "a.yaml"))
	}
}

// Edits of one place: the same one twice counts once, and of two that overlap by
// one byte the first is made; two that touch are both made.
func TestEditsThatOverlap(t *testing.T) {
	at := func(start int, old, with string) diag.Edit {
		return diag.Edit{Path: "a", Start: start, Old: old, New: with}
	}
	for _, c := range []struct {
		edits []diag.Edit
		want  string
		made  int
	}{
		{[]diag.Edit{at(2, "cd", "X"), at(2, "cd", "X")}, "abXef", 1},
		{[]diag.Edit{at(1, "bc", "X"), at(2, "cd", "Y")}, "aXdef", 1},
		{[]diag.Edit{at(1, "bc", "X"), at(3, "de", "Y")}, "aXYf", 2},
		{[]diag.Edit{at(1, "bcd", "X"), at(2, "c", "Y")}, "aXef", 1},
		{[]diag.Edit{at(0, "abcdef", ""), at(5, "f", "Y")}, "", 1},
	} {
		got, made, err := edit.Apply([]byte("abcdef"), c.edits)
		if string(got) != c.want || made != c.made || err != nil {
			t.Errorf("%+v: %q, %d made, %v", c.edits, got, made, err)
		}
	}
	if _, _, err := edit.Apply([]byte("abcdef"), []diag.Edit{at(1, "bcd", "X"), at(2, "x", "Y")}); err == nil {
		t.Error("an edit inside another was not looked at")
	}
}
