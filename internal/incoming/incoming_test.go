package incoming

import (
	"flag"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

var update = flag.Bool("update", false, "rewrite the expected output of the cases")

// Each case is a file, in.csv or another kind, that is held against the figures of the library; "import.yaml"
// is what people said of it, other files ending in .yaml are further figures. What comes out
// is what each row is, the questions, and what is said in both languages.
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

var siteLangs = []*locale.Lang{locale.Must("en"), locale.Must("de")}

// librarySet is the figures of the library, and others.
func librarySet(t testing.TB, more ...schema.File) *figure.Set {
	t.Helper()
	files := slices.Clone(more)
	names, err := filepath.Glob("../build/testdata/library/content/figures/*")
	if err != nil || len(names) == 0 {
		t.Fatal("no figures", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, schema.File{Path: "content/figures/" + filepath.Base(name), Text: text})
	}
	return figure.Load(files, figure.Options{Langs: []string{"en", "de"}, Demo: true, Retype: true}, &diag.List{})
}

func runCase(t *testing.T, archive *txtar.Archive) string {
	var in, said []byte
	name := "in.csv"
	var more []schema.File
	for _, f := range archive.Files {
		switch {
		case strings.HasPrefix(f.Name, "in."):
			name, in = f.Name, f.Data
		case f.Name == "import.yaml":
			said = f.Data
		case strings.HasSuffix(f.Name, ".yaml"):
			more = append(more, schema.File{Path: "content/figures/" + f.Name, Text: f.Data})
		}
	}
	var list diag.List
	memory := ReadMemory(schema.File{Path: Path, Text: said}, &list)
	set := librarySet(t, more...)
	memory.Check(set, siteLangs, &list)
	m, problems := Read(schema.File{Path: name, Text: in},
		Options{Set: set, Langs: siteLangs, Known: memory.Of(name)})
	problems = append(list.Sorted(), problems...)
	var out strings.Builder
	if m != nil {
		problems = append(problems, m.Problems...)
		dump(&out, m)
	}
	for _, lang := range []string{"en", "de"} {
		if err := diag.WriteText(&out, problems, diag.TextOptions{Lang: lang, All: true}); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

func dump(out *strings.Builder, m *Import) {
	fmt.Fprintf(out, "labels %q, values %q\n", m.Labels, m.Values)
	for _, r := range m.Rows {
		fmt.Fprintf(out, "%s %s %q", r.Kind, r.Cell, r.Path)
		if r.Figure != nil {
			fmt.Fprintf(out, " = %s", r.Figure.ID)
		}
		if r.Kind == New || r.Kind == Same {
			fmt.Fprintf(out, ": %s", r.Written())
		}
		if r.Note != "" {
			fmt.Fprintf(out, " (note: %s)", r.Note)
		}
		for _, f := range r.Near {
			fmt.Fprintf(out, " ?%s", f.ID)
		}
		out.WriteString("\n")
	}
	for kind, all := range map[string][]Remark{"title": m.Titles} {
		for _, r := range all {
			fmt.Fprintf(out, "%s %s %q\n", kind, r.Cell, r.Text)
		}
	}
	for _, r := range m.Headings {
		fmt.Fprintf(out, "heading %s %q\n", r.Cell, r.Text)
	}
	for _, r := range m.Footnotes {
		fmt.Fprintf(out, "note %s %q\n", r.Cell, r.Text)
	}
	for _, lang := range []string{"en", "de"} {
		for _, d := range m.Doubts {
			fmt.Fprintf(out, "doubt: %s\n", d.In(lang))
		}
		for _, q := range m.Questions {
			fmt.Fprintf(out, "%s: %s\n", q.Key, q.Text.In(lang))
			for _, c := range q.Choices {
				fmt.Fprintf(out, "   %s\n", c.Text.In(lang))
			}
		}
	}
	for _, lang := range []string{"en", "de"} {
		if answers := m.Unanswered(lang); len(answers) > 0 {
			out.WriteString(Lines(m.Name, answers))
		}
	}
}

// A slip by a power of ten is a jump from five times as much on.
func TestAJumpIsAboutAPowerOfTen(t *testing.T) {
	value := func(n int64) figure.Value { return figure.Value{Number: big.NewRat(n, 10)} }
	for _, c := range []struct {
		old, now int64
		want     int
	}{
		{100, 499, 0}, {100, 500, 1}, {100, 1000, 1}, {100, 4999, 1}, {100, 5000, 2}, {100, 100_000, 3},
		{1000, 201, 0}, {1000, 200, -1}, {1000, 100, -1}, {100, -1000, 1}, {0, 500, 0}, {500, 0, 0},
	} {
		if got := Jump(value(c.old), value(c.now)); got != c.want {
			t.Errorf("from %d to %d: %d, not %d", c.old, c.now, got, c.want)
		}
	}
	if Jump(figure.Value{Reason: figure.NotAvailable}, value(5)) != 0 {
		t.Error("what was not known cannot jump")
	}
}

// Labels are the same whatever the hand that typed them.
func TestLabelsAreFolded(t *testing.T) {
	for _, same := range [][]string{
		{"Erstberatungen", "ERSTBERATUNGEN", "Erst-Beratungen", "Erst\u00adberatungen", "Erst\u2011beratungen",
			"Erst beratungen"},
		{"Männer", "Maenner", "Ma\u0308nner"}, {"Straße", "Strasse", "STRASSE"},
		{"Visits by children", "visits\u00a0by\u2009children"},
	} {
		for _, other := range same[1:] {
			if fold(other) != fold(same[0]) {
				t.Errorf("%q is not %q: %q, %q", other, same[0], fold(other), fold(same[0]))
			}
		}
	}
	for _, different := range [][2]string{{"Manner", "Männer"}, {"< 25", "> 25"}, {"Anteil %", "Anteil"}, {"18-24",
		"18-25"}} {
		if fold(different[0]) == fold(different[1]) {
			t.Errorf("%q is %q", different[0], different[1])
		}
	}
}

// What is remembered is read back as it was answered, behind what stands there.
func TestAnswersAreReadBack(t *testing.T) {
	answers := []Answer{
		{Key: sheetKey, Value: "Tabelle 1: alles"}, {Key: valuesKey, Value: "2024"}, {Key: numbersKey, Value: "de"},
		{Key: timesKey, Value: "1000"}, {Key: missingKey, Of: "…", Value: "not available"}, {Key: missingKey, Of: "-",
			Value: "confidential"},
		{Key: rowsKey, Of: "Besuche / davon \"A\": B", Value: "visits.total", Above: "B7: visits.total | none"},
		{Key: rowsKey, Of: "Summe", Value: none},
		{Key: notesKey, Value: "de"},
	}
	for _, before := range []string{"", "- file: b.csv\n  values: \"2023\"",
		"- file: \"Zahlen *.csv\"\n  values: \"2023\"\n  numbers: en\n"} {
		first := ReadMemory(schema.File{Path: Path, Text: []byte(before)}, &diag.List{})
		e := first.Remember("Zahlen 2024.csv", answers)
		if e.Old != before || !strings.HasPrefix(e.New, before) {
			t.Fatalf("%q becomes %q", before, e.New)
		}
		var list diag.List
		k := ReadMemory(schema.File{Path: Path, Text: []byte(e.New)}, &list)
		for _, d := range list.Sorted() {
			t.Errorf("%s: %s", e.New, d.Text.In("en"))
		}
		got := k.Of("Zahlen 2024.csv")
		want := Known{Missing: map[string]string{}, Rows: map[string]string{}}
		want.Take(answers)
		got.at, want.at = nil, nil
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q: %v, not %v", before, got, want)
		}
		if other := k.Of("other.csv"); other.Values != "" {
			t.Errorf("it holds for another file: %v", other)
		}
	}
}
