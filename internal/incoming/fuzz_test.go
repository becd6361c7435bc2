package incoming

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// Whatever a file and content/import.yaml hold, nothing breaks, and no figure gets a value
// that does not stand in the cell that the row names.
func FuzzImport(f *testing.F) {
	cases, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(cases) == 0 {
		f.Fatal("no cases", err)
	}
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		var in, said string
		for _, file := range archive.Files {
			switch file.Name {
			case "in.csv":
				in = string(file.Data)
			case "import.yaml":
				said = string(file.Data)
			}
		}
		f.Add(in, said)
	}
	f.Add("id;Wert\nvisits.total;1'234 567\nvisits.online;-0,5\n", "- file: \"*\"\n  numbers: en\n")
	f.Add("Besuche\t1.234,50*\n* \n", "- file: in.csv\n  notes: de\n  labels: A\n  values: B\n")
	set := librarySet(f)
	f.Fuzz(func(t *testing.T, in, said string) {
		var list diag.List
		known := ReadMemory(schema.File{Path: Path, Text: []byte(said)}, &list).Of("in.csv")
		m, problems := Read(schema.File{Path: "in.csv", Text: []byte(in)}, Options{Set: set, Langs: siteLangs,
			Known: known})
		if m == nil {
			if len(problems) == 0 {
				t.Error("the file is not read, and nobody says why")
			}
			return
		}
		for _, r := range m.Rows {
			if r.Kind == "" {
				t.Errorf("nobody says what the row %s is", r.Cell)
			}
			if r.Kind != New || r.Value.Number == nil || known.Times > 1 {
				continue
			}
			if got, want := digitsOf(r.Written()), digitsOf(r.Text); !strings.Contains(want, got) {
				t.Errorf("%q becomes %s", r.Text, r.Written())
			}
		}
		var answers []Answer
		for _, q := range m.Questions {
			for _, c := range q.Choices {
				answers = append(answers, q.Answer(c))
				break
			}
		}
		for _, lang := range []string{"en", "de"} {
			var list diag.List
			lines := Lines("in.csv", m.Unanswered(lang))
			ReadMemory(schema.File{Path: Path, Text: []byte(lines)}, &list)
			for _, d := range list.Sorted() {
				if d.Code != "value-unknown" && d.Code != "value-not-whole" { // where somebody has to choose
					t.Errorf("%s\n%s", d.Text.In("en"), lines)
				}
			}
		}
		known.Take(answers)
		Read(schema.File{Path: "in.csv", Text: []byte(in)}, Options{Set: set, Langs: siteLangs, Known: known})
	})
}

// digitsOf are the digits of a number, without zeros at its ends.
func digitsOf(text string) string {
	digits := strings.Map(func(r rune) rune {
		if !unicode.IsDigit(r) {
			return -1
		}
		return r
	}, text)
	return strings.Trim(digits, "0")
}
