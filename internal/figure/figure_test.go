package figure

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

var update = flag.Bool("update", false, "rewrite the expected output of the cases")

// Each case is a site's content/figures: its own files and, where it has none of
// that name, programme.yaml of testdata/library. A case with a file "change" is
// all of the library instead, with these lines replaced:
//
//	visits.yaml
//	- the old text
//	+ the new text
//
// A file "claim" holds claims, one a line, as charts make them. A file "site"
// with "demo: false" makes the site one of real data, a file "locks" names those that other
// programs have open. Workbooks are written as workbookOf reads them.
//
// What comes out is everything that is said, in English and in German, and, of a
// case with files of its own, every figure. The files
// are read in both orders.
func TestCases(t *testing.T) {
	cases, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			if testing.Short() && strings.HasSuffix(name, "-large.txtar") {
				t.Skip("a hundred thousand cells")
			}
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files, own := caseFiles(t, archive)
			claims, demo := textOf(archive, "claim"), textOf(archive, "site") == ""
			locks := strings.Fields(textOf(archive, "locks"))
			got := loadCase(files, own, demo, claims, locks...)
			slices.Reverse(files)
			if again := loadCase(files, own, demo, claims, locks...); again != got {
				t.Errorf("in the other order:\n%s\nnot:\n%s", again, got)
			}
			checkCase(t, name, archive, got)
		})
	}
}

func textOf(archive *txtar.Archive, name string) string {
	for _, f := range archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func checkCase(t *testing.T, name string, archive *txtar.Archive, got string) {
	t.Helper()
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "out" })
	if *update {
		if i >= 0 {
			archive.Files = slices.Delete(archive.Files, i, i+1)
		}
		archive.Files = append(archive.Files, txtar.File{Name: "out", Data: []byte(got)})
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if i < 0 || string(archive.Files[i].Data) != got {
		t.Errorf("got:\n%s", got)
	}
}

// visible signs stand for those that editors hide or mend.
var visible = strings.NewReplacer("␍", "\r", "␉", "\t", "⟨BOM⟩", "\ufeff", "⟨FC⟩", "\xfc", "⟨NBSP⟩", "\u00a0")

func caseFiles(t *testing.T, archive *txtar.Archive) (files []schema.File, own bool) {
	t.Helper()
	library := readLibrary(t)
	switch archive.Files[0].Name {
	case "change":
		return changed(t, library, string(archive.Files[0].Data)), false
	case "claim":
		return library, false
	}
	names := map[string]bool{}
	for _, f := range archive.Files {
		if f.Name != "out" && f.Name != "claim" && f.Name != "site" && f.Name != "locks" {
			names[f.Name] = true
			text := []byte(visible.Replace(string(f.Data)))
			if filepath.Ext(f.Name) == ".xlsx" {
				text = workbookOf(t, string(text))
			}
			var rows, columns int
			if n, _ := fmt.Sscanf(string(text), "⟨CELLS %d %d⟩", &rows, &columns); n == 2 {
				text = manyCells(rows, columns)
			}
			files = append(files, schema.File{Path: "content/figures/" + f.Name, Text: text})
		}
	}
	for _, f := range library {
		if filepath.Base(f.Path) == "programme.yaml" && !names["programme.yaml"] {
			files = append(files, f)
		}
	}
	return files, true
}

// manyCells makes a CSV file of so many rows and columns of sevens.
func manyCells(rows, columns int) []byte {
	var out strings.Builder
	out.WriteString("row")
	for i := range columns {
		fmt.Fprintf(&out, ",c%d", i+1)
	}
	for i := range rows {
		fmt.Fprintf(&out, "\nr%d%s", i+1, strings.Repeat(",7", columns))
	}
	return []byte(out.String())
}

func readLibrary(t testing.TB) []schema.File {
	t.Helper()
	names, err := filepath.Glob("testdata/library/*")
	if err != nil {
		t.Fatal(err)
	}
	var files []schema.File
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, schema.File{Path: "content/figures/" + filepath.Base(name), Text: text})
	}
	return files
}

func changed(t *testing.T, files []schema.File, change string) []schema.File {
	t.Helper()
	var path, old string
	for line := range strings.Lines(change) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "- "):
			old = line[2:]
		case strings.HasPrefix(line, "+ "):
			i := slices.IndexFunc(files, func(f schema.File) bool { return f.Path == "content/figures/"+path })
			if i < 0 || strings.Count(string(files[i].Text), old) != 1 {
				t.Fatalf("%q does not stand once in %s", old, path)
			}
			files[i].Text = []byte(strings.Replace(string(files[i].Text), old, line[2:], 1))
		default:
			path = line
		}
	}
	return files
}

func loadCase(files []schema.File, own, demo bool, claims string, locks ...string) string {
	var list diag.List
	set := Load(files, Options{Langs: []string{"en", "de"}, Complete: []string{"en", "de"}, Demo: demo,
		Locks: locks}, &list)
	at := 0
	for claim := range strings.Lines(claims) {
		from := at
		set.Claim(strings.TrimSpace(claim), Within{Place: func(start, end int) diag.Place {
			return diag.At("claim", []byte(claims), from+start, from+end)
		}, Edit: func(start, end int, with string) []diag.Edit {
			return []diag.Edit{{Path: "claim", Start: from + start, Old: claim[start:end], New: with}}
		}}, &list)
		at += len(claim)
	}
	problems := list.Sorted()
	if !slices.ContainsFunc(files, func(f schema.File) bool { return strings.Contains(f.Path, "/names") }) {
		// Most cases call all their figures A, because they are about something else.
		problems = slices.DeleteFunc(problems, func(d diag.Diagnostic) bool { return d.Code == "name-shared" })
	}
	var out strings.Builder
	for _, lang := range []string{"en", "de"} {
		if err := diag.WriteText(&out, problems, diag.TextOptions{Lang: lang, All: true}); err != nil {
			panic(err)
		}
	}
	for _, d := range problems {
		for _, e := range d.Edits {
			does := "fix"
			if e.Choice {
				does = "offer"
			}
			fmt.Fprintf(&out, "%s: %s %q -> %q\n", does, e.Path, e.Old, e.New)
		}
	}
	if own && len(set.All()) < 10_000 { // nobody reads more
		dumpSet(&out, set)
	}
	return out.String()
}

func dumpSet(out *strings.Builder, set *Set) {
	en, de := locale.Must("en"), locale.Must("de")
	for _, f := range set.All() {
		ref := Ref{f, Plain}
		fmt.Fprintf(out, "%s = %s (%s) | %s | %s | %s, %s, %s", f.ID, typed(f), ref.Text(en), ref.Name(en, ref.Text(en)),
			ref.Name(de, ref.Text(de)), f.Source.ID, f.AsOf, f.Status)
		if f.Inferred {
			out.WriteString(", inferred")
		}
		if f.Whole() != nil {
			fmt.Fprintf(out, ", share %s", Ref{f, Option{Share: true, Decimals: -1}}.Text(de))
		}
		if len(f.Parts) > 0 || f.SumChecked {
			fmt.Fprintf(out, ", %s, checked: %v", f.PartsAre, f.SumChecked)
		}
		if d := f.Discrepancy; d != nil {
			fmt.Fprintf(out, ", discrepancy %s", d.By.RatString())
		}
		fmt.Fprintf(out, " | %s\n", f.Label["de"])
	}
	for _, c := range set.Checks() {
		fmt.Fprintf(out, "check %s: %s\n", c.Statement, []string{"holds", "not checked", "fails"}[c.Outcome])
	}
}

// The library is complete: nothing is wrong with it.
func TestTheLibraryHasNoProblem(t *testing.T) {
	var list diag.List
	set := Load(readLibrary(t), Options{Langs: []string{"en", "de"}, Complete: []string{"en", "de"}, Demo: true}, &list)
	for _, d := range list.Sorted() {
		t.Errorf("%s: %s", d.Place, d.Text.In("en"))
	}
	var out strings.Builder
	dumpSet(&out, set)
	want, err := os.ReadFile("testdata/library.txt")
	if *update {
		err = os.WriteFile("testdata/library.txt", []byte(out.String()), 0o644)
	} else if string(want) != out.String() {
		t.Errorf("got:\n%s", out.String())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// What a problem offers to mend it mends it: made alone, each edit of each case
// leaves files that can be read, without the problem.
func TestEditsMendWhatTheyLieOn(t *testing.T) {
	cases, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	offers := 0
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files, _ := caseFiles(t, archive)
		before := problems(files)
		for _, d := range before {
			for _, e := range d.Edits {
				with := slices.Clone(files)
				i := slices.IndexFunc(with, func(f schema.File) bool { return f.Path == e.Path })
				text := string(with[i].Text)
				with[i].Text = []byte(text[:e.Start] + e.New + text[e.End():])
				after := problems(with)
				if count(after, d.Code) >= count(before, d.Code) {
					t.Errorf("%s: %s is still there after %q", name, d.Code, e.New)
				}
				if e.Choice {
					offers++
				}
			}
		}
	}
	if offers < 5 {
		t.Errorf("only %d edits are offered for a choice", offers)
	}
}

func problems(files []schema.File) []diag.Diagnostic {
	var list diag.List
	Load(files, Options{Langs: []string{"en", "de"}, Complete: []string{"en", "de"}, Demo: true}, &list)
	return list.Sorted()
}

func count(ds []diag.Diagnostic, code string) int {
	n := 0
	for _, d := range ds {
		if d.Code == code {
			n++
		}
	}
	return n
}

// typed is a value as a figure file has it, rounded as it is shown: "more than 30".
func typed(f *Figure) string {
	if f.Value.Number == nil {
		return ""
	}
	return strings.TrimLeft(string(f.Value.Bound)+" ", " ") + f.Value.Number.FloatString(f.Decimals)
}
