package sheet

import (
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// A file at a limit is read, and one beyond it is told what it has too much of.
func TestAFileIsToldWhatItHasTooMuchOf(t *testing.T) {
	row := func(n int, cell string) string { return strings.TrimSuffix(strings.Repeat(cell+";", n), ";") + "\n" }
	for _, c := range []struct{ text, at, en, de string }{
		{row(mostColumns, "a"), "", "", ""},
		{row(mostColumns+1, "a"), "a.csv:1:2001", "at most 1,000 columns in a table",
			"höchstens 1.000 Spalten in einer Tabelle"},
		{row(2, "a") + strings.Repeat(";", 2*mostColumns) + "\n", "", "", ""},
		{strings.Repeat(row(100, "a"), mostCells/100), "", "", ""},
		{strings.Repeat(row(100, "a"), mostCells/100) + row(1, "a"), "a.csv:10001:1",
			"at most 1,000,000 cells in a table",
			"höchstens 1.000.000 Zellen in einer Tabelle"},
		{row(2, "a") + strings.Repeat(row(1000, ""), mostEmpty/1000-1), "", "", ""},
		{row(2, "a") + strings.Repeat(row(1000, ""), mostEmpty/1000), "a.csv:2001:1",
			"at most 2,000,000 cells in a table, empty ones included",
			"höchstens 2.000.000 Zellen in einer Tabelle, leere eingeschlossen"},
	} {
		var list diag.List
		s := OpenCSV(schema.File{Path: "a.csv", Text: []byte(c.text)}, &list)
		problems := list.Sorted()
		if c.at == "" {
			if len(problems) > 0 || s == nil {
				t.Errorf("%.20q: %v", c.text, problems)
			}
			continue
		}
		if len(problems) != 1 || problems[0].Code != "too-many" || problems[0].Place.String() != c.at ||
			!strings.HasSuffix(problems[0].Text.In("en"), c.en) || !strings.HasSuffix(problems[0].Text.In("de"), c.de) {
			t.Errorf("%.20q: %v", c.text, problems)
		}
	}
}

func TestAFileHasAtMostFiftyMegabytes(t *testing.T) {
	row := strings.Repeat("a", 1<<19-1) + "\n"
	for _, c := range []struct {
		text, want string
	}{
		{strings.Repeat(row, mostBytes/len(row)), ""},
		{strings.Repeat(row, mostBytes/len(row)) + "a", "the file is larger than 50 MB"},
	} {
		var list diag.List
		book := OpenCSV(schema.File{Path: "a.csv", Text: []byte(c.text)}, &list)
		got := ""
		for _, d := range list.Sorted() {
			got += d.Text.In("en")
		}
		if got != c.want || (book == nil) == (c.want == "") {
			t.Errorf("%d bytes: %q", len(c.text), got)
		}
	}
}
