package revise

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/xuri/excelize/v2"

	"bilanz/internal/diag"
	"bilanz/internal/edit"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

var update = flag.Bool("update", false, "rewrite the expected output of the cases")

// Each case is files of content/figures beside those of the library, of which some may have
// the same name, and a file "typed" with one line for each value: the language in which it is
// typed, the id, and what is typed. A line "note", a language, an id and a text gives a note.
// A file "as" may say that line ends are "crlf", or that files begin with a "bom".
//
// What comes out is what each value is taken for, what is said in both languages, what
// changes, line by line, and what the figures say afterwards. All values of a block between
// empty lines are one plan.
func TestCases(t *testing.T) {
	cases, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := runCase(t, archive)
			i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "out" })
			if *update {
				if i >= 0 {
					archive.Files = slices.Delete(archive.Files, i, i+1)
				}
				archive.Files = append(archive.Files, txtar.File{Name: "out", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if i < 0 || string(archive.Files[i].Data) != got {
				t.Errorf("got:\n%s", got)
			}
		})
	}
}

func runCase(t *testing.T, archive *txtar.Archive) string {
	files, typed := caseFiles(t, archive)
	set := load(files)
	var out strings.Builder
	for _, block := range strings.Split(strings.TrimSpace(typed), "\n\n") {
		fmt.Fprintf(&out, "== %s\n", strings.ReplaceAll(block, "\n", "\n== "))
		var changes []Change
		var problems []diag.Diagnostic
		for line := range strings.Lines(block) {
			c, problem := changeOf(t, set, strings.TrimSuffix(line, "\n"))
			if problem != nil {
				problems = append(problems, *problem)
				continue
			}
			if c.Value != "" {
				fmt.Fprintf(&out, "%s: %q\n", c.ID, c.Value)
			}
			changes = append(changes, c)
		}
		edits, refused := Plan(set, changes)
		for _, lang := range []string{"en", "de"} {
			err := diag.WriteText(&out, append(problems, refused...), diag.TextOptions{Lang: lang, All: true})
			if err != nil {
				t.Fatal(err)
			}
		}
		after := files
		for _, c := range applied(t, files, edits) {
			out.WriteString(c.Diff())
			if bare := bytes.Count(c.Old, []byte("\n")) != bytes.Count(c.Old, []byte("\r\n")); !bare &&
				bytes.Count(c.New, []byte("\n")) != bytes.Count(c.New, []byte("\r\n")) {
				t.Errorf("%s has line ends of both kinds", c.Path)
			}
			if bytes.HasPrefix(c.Old, []byte("\ufeff")) != bytes.HasPrefix(c.New, []byte("\ufeff")) {
				t.Errorf("%s has lost its mark", c.Path)
			}
			after = replaced(after, c)
		}
		if len(edits) > 0 && len(refused) == 0 {
			checkSaid(t, &out, set, load(after), changes)
		}
	}
	return out.String()
}

// checkSaid holds what the figures say afterwards against what they were to say.
func checkSaid(t *testing.T, out *strings.Builder, before, after *figure.Set, changes []Change) {
	t.Helper()
	for _, f := range before.All() {
		now, ok := after.Lookup(f.ID)
		if !ok {
			t.Errorf("%s is lost", f.ID)
			continue
		}
		if !now.Value.Same(f.Value) && !(now.Value.Broken && f.Value.Broken) {
			ref := figure.Ref{Figure: now, Option: figure.Plain}
			fmt.Fprintf(out, "%s is now %s (%s)\n", f.ID, ref.Text(locale.Must("en")), now.Status)
		}
	}
	for _, c := range changes {
		now, ok := after.Lookup(c.ID)
		if c.Value == "" || !ok {
			continue
		}
		if want, bad := now.Takes(c.Value); bad == nil && !now.Value.Same(want) && !now.Value.Broken {
			t.Errorf("%s is not %s", c.ID, c.Value)
		}
	}
}

func changeOf(t *testing.T, set *figure.Set, line string) (Change, *diag.Diagnostic) {
	t.Helper()
	word, rest, _ := strings.Cut(line, " ")
	if word == "note" {
		lang, rest, _ := strings.Cut(rest, " ")
		id, text, _ := strings.Cut(rest, " ")
		return Change{ID: id, Note: map[string]string{lang: text}}, nil
	}
	id, text, _ := strings.Cut(rest, " ")
	f, ok := set.Lookup(id)
	if !ok || word == "as-is" {
		c := Change{ID: id, Value: text}
		if from, value, found := strings.Cut(text, " <- "); found {
			c.Value, c.At = value, diag.InCell(from, "Sheet1!B7", 7, value, 0, len(value))
		}
		return c, nil
	}
	value, problem := Read(f, text, locale.Must(word))
	return Change{ID: id, Value: value}, problem
}

func applied(t *testing.T, files []schema.File, edits []diag.Edit) []edit.Change {
	t.Helper()
	var changes []edit.Change
	for _, f := range files {
		var its []diag.Edit
		for _, e := range edits {
			if e.Path == f.Path {
				its = append(its, e)
			}
		}
		with, made, err := edit.Apply(f.Text, its)
		if err != nil || made != len(its) {
			t.Fatalf("%d of %d edits were made: %v", made, len(its), err)
		}
		if made > 0 {
			changes = append(changes, edit.Change{Path: f.Path, Old: f.Text, New: with, Edits: made})
		}
	}
	return changes
}

func replaced(files []schema.File, c edit.Change) []schema.File {
	files = slices.Clone(files)
	i := slices.IndexFunc(files, func(f schema.File) bool { return f.Path == c.Path })
	files[i].Text = c.New
	return files
}

func load(files []schema.File) *figure.Set {
	return figure.Load(files, figure.Options{Langs: []string{"en", "de"}, Demo: true, Retype: true}, &diag.List{})
}

func caseFiles(t testing.TB, archive *txtar.Archive) (files []schema.File, typed string) {
	t.Helper()
	own, as := map[string]bool{}, ""
	for _, f := range archive.Files {
		switch f.Name {
		case "out":
		case "typed":
			typed = string(f.Data)
		case "as":
			as = string(f.Data)
		default:
			own[f.Name] = true
			files = append(files, schema.File{Path: "content/figures/" + f.Name, Text: written1252(t, f)})
		}
	}
	for i, f := range files {
		if strings.Contains(as, "crlf") {
			f.Text = bytes.ReplaceAll(f.Text, []byte("\n"), []byte("\r\n"))
		}
		if strings.Contains(as, "bom") {
			f.Text = append([]byte("\ufeff"), f.Text...)
		}
		files[i] = f
	}
	names, err := filepath.Glob("../build/testdata/library/content/figures/*")
	if err != nil || len(names) == 0 {
		t.Fatal("no library", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if base := filepath.Base(name); !own[base] {
			files = append(files, schema.File{Path: "content/figures/" + base, Text: text})
		}
	}
	return files, typed
}

// written1252 is a file as its program saves it: a workbook whose cells stand one a line
// ("B2 318462"), or a text whose first line says that it is in an old encoding.
func written1252(t testing.TB, f txtar.File) []byte {
	t.Helper()
	if filepath.Ext(f.Name) != ".xlsx" {
		return bytes.ReplaceAll(f.Data, []byte("⟨ü in 1252⟩"), []byte("\xfc"))
	}
	book := excelize.NewFile()
	for line := range strings.Lines(string(f.Data)) {
		cell, text, _ := strings.Cut(strings.TrimSpace(line), " ")
		var value any = text
		var n float64
		if _, err := fmt.Sscanf(text, "%g", &n); err == nil {
			value = n
		}
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
