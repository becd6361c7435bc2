package sheet

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// readCSV reads a CSV file whose first row names the columns.
func readCSV(f schema.File, names []string, list *diag.List) (s *Sheet, whole bool) {
	b := OpenCSV(f, list)
	if b == nil {
		return nil, false
	}
	return b.Plain(names)
}

var update = flag.Bool("update", false, "rewrite the expected output of the cases")

// visible signs stand for those that editors hide or mend.
var visible = strings.NewReplacer(
	"␍", "\r", "␉", "\t", "⟨BOM⟩", "\ufeff", "⟨FC⟩", "\xfc", "⟨NBSP⟩", "\u00a0", "⟨NNBSP⟩", "\u202f", "⟨END⟩\n",
	"",
)

// Each case is a CSV file and what is read of it: every cell with its place, and
// everything that is said, in English and in German.
func TestCases(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := readCase(visible.Replace(string(archive.Files[0].Data)))
			if *update {
				archive.Files = append(archive.Files[:1], txtar.File{Name: "out", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if len(archive.Files) != 2 || string(archive.Files[1].Data) != got {
				t.Errorf("got:\n%s", got)
			}
		})
	}
}

func readCase(text string) string {
	var list diag.List
	var out strings.Builder
	s, whole := readCSV(schema.File{Path: "a.csv", Text: []byte(text)}, nil, &list)
	if s == nil {
		out.WriteString("no sheet\n")
	} else {
		dump(&out, s, whole)
	}
	for _, lang := range []string{"en", "de"} {
		if err := diag.WriteText(&out, list.Sorted(), diag.TextOptions{Lang: lang, All: true}); err != nil {
			panic(err)
		}
	}
	return out.String()
}

func dump(out *strings.Builder, s *Sheet, whole bool) {
	for _, row := range append([][]Cell{s.Header}, s.Rows...) {
		for i := range row {
			p := row[i].Place()
			fmt.Fprintf(out, " %d:%d+%d %q", p.Line, p.Col, p.Width, row[i].Text)
		}
		out.WriteString("\n")
	}
	if !whole {
		out.WriteString("not whole\n")
	}
}

func TestColumnsAreFoundByTheirNames(t *testing.T) {
	s, _ := readCSV(schema.File{Path: "a.csv", Text: []byte("a;b ;a\n1;2;3\n")}, nil, &diag.List{})
	for name, want := range map[string]int{"a": 0, "b": 1, "c": -1, "": -1} {
		if got := s.Column(name); got != want {
			t.Errorf("%q is column %d, not %d", name, got, want)
		}
	}
	if p := s.HeaderPlace(); p.Line != 1 || p.Col != 1 || p.Width != len("a;b ;a") {
		t.Errorf("the header is at %+v", p)
	}
}

func TestWhatSpreadsheetProgramsMakeIsRecognised(t *testing.T) {
	for _, c := range []struct {
		text       string
		fails, day bool
		iso        string
	}{
		{"#WERT!", true, false, ""}, {"#REF!", true, false, ""}, {"#REF", false, false, ""},
		{"####", true, false, ""}, {"##", true, false, ""}, {"#", false, false, ""}, {"#valeur!", true, false, ""},
		{"01. Feb", false, true, ""}, {"12-Oct", false, true, ""}, {"Mrz 24", false, true, ""}, {"Mrz", false, false, ""},
		{"1.2.", false, true, ""}, {"1.2", false, false, ""}, {"1.2.2024", false, true, "2024-02-01"},
		{"1.2.24", false, true, "2024-02-01"}, {"31.12.49", false, true, "2049-12-31"},
		{"31.12.50", false, true, "1950-12-31"},
		{"31.12.00", false, true, "2000-12-31"}, {"29.02.23", false, true, ""}, {"31.12.224", false, false, ""},
		{"31.12.2024", false, true, "2024-12-31"}, {"31.11.2024", false, true, ""}, {"32.12.2024", false, true, ""},
		{"131.12.2024", false, false, ""},
		{"2/1/2024", false, true, ""}, {"2024-12-31", false, true, ""}, {"2024-12-31 00:00", false, true, ""},
		{"2024-12-31 00:01", false, false, ""},
	} {
		if IsError(c.text) != c.fails || LooksLikeDate(c.text) != c.day || GermanDay(c.text) != c.iso {
			t.Errorf("%s: %v %v %q", c.text, IsError(c.text), LooksLikeDate(c.text), GermanDay(c.text))
		}
	}
}

func TestMonthsQuartersAndMidnight(t *testing.T) {
	for text, want := range map[string]string{
		"2024-03": "2024-03-31", "2024-2": "2024-02-29", "03.2024": "2024-03-31", "12/2023": "2023-12-31",
		"2024-Q1": "2024-03-31", "2024Q4": "2024-12-31", "Q2 2024": "2024-06-30", "3. Quartal 2024": "2024-09-30",
		"2024-00": "", "2024-13": "", "2024-Q5": "", "2022/23": "", "2024": "", "2024-12-31": "", "Q0 2024": "",
	} {
		if got := LastDay(text); got != want {
			t.Errorf("%s: %q, not %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"2024-12-31": "2024-12-31", "2024-12-31 00:00": "2024-12-31", "2024-12-31 00:00:00": "2024-12-31",
		"2024-12-31T00:00:00Z": "2024-12-31", "2024-12-31 00:01": "2024-12-31 00:01", "1. Oct": "1. Oct", "": "",
	} {
		if got := Midnight(text); got != want {
			t.Errorf("%s: %q, not %q", text, got, want)
		}
	}
}

// Whatever stands in the file: every cell lies where it says, rows are as long as
// the header, and a cell that is written anew is read so, with nothing else changed.
func TestNumbersAreMeantWhereProgramsWriteMore(t *testing.T) {
	for text, want := range map[string]string{
		"'1200": "1200", "’1.200,5": "1.200,5", `="1200"`: "1200", "1200-": "-1200", "1200 −": "-1200", "'-3": "-3",
		"1200": "", "-1200": "", "'ab": "", "-": "", "'": "", `=""`: "", "(12)": "", "10-12": "",
	} {
		if got := Meant(text); got != want {
			t.Errorf("%s means %q, not %q", text, got, want)
		}
	}
}

func TestNamesOfColumnsAreTheSameInLettersOfAnyKind(t *testing.T) {
	for _, pair := range [][2]string{
		{"Ort", "ort"}, {" 'Ort' ", "ort"}, {"N 2023", "n2023"}, {"ÄMTER", "ämter"}, {"", ""},
	} {
		if !SameName(pair[0], pair[1]) {
			t.Errorf("%q is not %q", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"ort", "orte"}, {"", "ort"}, {"–", "…"}, {"n2023", "n2024"}} {
		if SameName(pair[0], pair[1]) {
			t.Errorf("%q is %q", pair[0], pair[1])
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	for _, seed := range []string{
		"id;value\nb;1,5\n", "sep=;\r\nid;value\r\n\"b\"\"\";x\r\n", "\ufeffa,b\n\n \"c\" ,d\n", ";;\n;;\n",
		"a\tb\nü\t\"1\n2\"\n", "a,b\nc,\"d\n", "a,b\nc\"d,e", "sep=;", "\"\"\n\"\"\n", "a\n\u00a0x\u202f",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 20_000 {
			return
		}
		var list diag.List
		s, whole := readCSV(schema.File{Path: "a.csv", Text: []byte(text)}, nil, &list)
		if (s == nil || !whole) != (list.Errors() > 0) || s == nil && whole {
			t.Fatalf("%q: whole is %v, and %d errors", text, whole, list.Errors())
		}
		if s == nil {
			return
		}
		for y, row := range s.Rows {
			if len(row) != len(s.Header) || len(s.Header) == 0 {
				t.Fatalf("%q: row %d has %d of %d cells", text, y, len(row), len(s.Header))
			}
			for x := range row {
				rewrite(t, text, &row[x], y, x)
			}
		}
	})
}

func rewrite(t *testing.T, text string, c *Cell, y, x int) {
	t.Helper()
	if c.start < 0 || c.end < c.start || c.end > len(text) {
		t.Fatalf("%q: cell %q at %d to %d", text, c.Text, c.start, c.end)
	}
	if p := c.Place(); p.Line < 1 || p.Col < 1 {
		t.Fatalf("%q: cell %q at %s", text, c.Text, p)
	}
	for _, e := range c.Edit(0, len(c.Text), "318462") {
		if text[e.Start:e.End()] != e.Old || e.Old != c.Text {
			t.Fatalf("%q: %+v", text, e)
		}
		with := text[:e.Start] + e.New + text[e.End():]
		again, _ := readCSV(schema.File{Path: "a.csv", Text: []byte(with)}, nil, &diag.List{})
		if again == nil || y >= len(again.Rows) || x >= len(again.Rows[y]) || again.Rows[y][x].Text != e.New {
			t.Fatalf("%q became %q: %v", text, with, again)
		}
	}
}
