package data

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
)

func TestTextsAreGuardedWhereAProgramCouldSeeAFormula(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "0": "0", "318462": "318462", "-5": "-5", "-5.25": "-5.25", "more than 30": "more than 30",
		"a=1":  "a=1",
		"=1+1": "'=1+1", "+49 30": "'+49 30", "-": "'-", "-x": "'-x", "-5 visits": "'-5 visits", "-.5": "'-.5",
		"-Inf":    "'-Inf",
		"@SUM(1)": "'@SUM(1)", "\t=1": "'\t'=1", "\r=1": "'=1", "＝1": "'＝1", "－1": "'－1", " =1": "' =1",
		"\"=1":      "'\"=1",
		"Report;=1": "Report;'=1", "Report; =1": "Report;' =1", "Report,-5": "Report,'-5", "Report\n@x": "Report\n'@x",
		"Report\t＋x": "Report\t'＋x", "Report;\"=1\"": "Report;'\"=1\"", "Report;;=1": "Report;;'=1",
		"Report;":           "Report;'",
		"Köln; Bonn, Trier": "Köln; Bonn, Trier", "20–30, m/w": "20–30, m/w",
	} {
		if got := machine.guarded(cell, false); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
	if got := machine.guarded("-5", true); got != "'-5" {
		t.Errorf("what another program adds to the first cell of a line may make a formula of it: %q", got)
	}
}

func TestACellWithAnySeparatorStandsInQuotationMarks(t *testing.T) {
	for cell, want := range map[string]string{
		"a": "a", "a b": "a b", "a;b": `"a;b"`, "a,b": `"a,b"`, "a\tb": "\"a\tb\"", `a"b`: `"a""b"`, "a\nb": "\"a\nb\"",
		" a": `" a"`,
	} {
		for _, f := range []form{machine, {';', isCommaNumber}} {
			if got := string(f.write(nil, [][]string{{"id", cell}})); got != "id"+string(f.comma)+want+"\r\n" {
				t.Errorf("%q: %q", cell, got)
			}
		}
	}
}

// cellsOf reads a file as spreadsheets do: a quotation mark counts at the beginning of a
// cell only, and what follows its end belongs to the cell.
func cellsOf(file string, comma byte) []string {
	var cells []string
	var cell []byte
	const (
		fresh = iota
		bare
		quoted
	)
	state := fresh
	for i := 0; i < len(file); i++ {
		c := file[i]
		switch {
		case state == quoted && c == '"' && i+1 < len(file) && file[i+1] == '"':
			cell = append(cell, '"')
			i++
		case state == quoted && c == '"':
			state = bare
		case state == quoted:
			cell = append(cell, c)
		case state == fresh && c == '"':
			state = quoted
		case c == comma || c == '\n' || c == '\r':
			cells = append(cells, string(cell))
			cell, state = cell[:0], fresh
		default:
			cell = append(cell, c)
			state = bare
		}
	}
	return append(cells, string(cell))
}

// Whatever the texts hold and whatever the file is cut at, no cell begins like a formula
// unless it is a number; and whoever cuts it rightly gets every text.
func FuzzCSV(f *testing.F) {
	f.Add("a", "b\"c,d", "line\nbreak")
	f.Add("=1", "", " x ")
	f.Add("-5", "Report;=1", "-5")
	f.Add("a;", "-5", "\"\n=1")
	f.Add("a\t\"\"", ";,\t\n", "＝")
	f.Add("\";", "\n", "\r\r=")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		cells := []string{a, b, c, "id", c, b, a}
		for _, f := range []form{machine, {';', isCommaNumber}} {
			file := f.write(nil, [][]string{slices.Clone(cells), {"id", "-5", "0"}})
			r := csv.NewReader(strings.NewReader(string(file)))
			r.Comma, r.FieldsPerRecord = rune(f.comma), -1
			lines, err := r.ReadAll()
			if err != nil || len(lines) != 2 || len(lines[0]) != len(cells) {
				t.Fatalf("%q: %v %q", file, err, lines)
			}
			for i, cell := range lines[0] {
				want := strings.NewReplacer("\r", "", "'", "").Replace(cells[i])
				if got := strings.ReplaceAll(cell, "'", ""); got != want {
					t.Errorf("%q became %q", cells[i], cell)
				}
			}
			for _, comma := range []byte(",;\t") {
				for _, cell := range cellsOf(string(file), comma) {
					if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") && !isNumber(cell) &&
						!isCommaNumber(cell) {
						t.Errorf("%q, cut at %q, has the cell %q", file, comma, cell)
					}
				}
			}
		}
	})
}
