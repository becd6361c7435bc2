package sheet

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func TestNamesOfSheetsAreTakenByEveryProgram(t *testing.T) {
	thirty := strings.Repeat("a", 30)
	got := Names([]string{
		"Visits", "visits", "A/B: what? [x]*\\y", "", "'quoted'", "History",
		thirty, thirty + "b", strings.Repeat("ü", 31), "Training and events by audience and format",
	})
	want := []string{
		"Visits", "visits 2", "A B what x y", "-", "quoted", "History 2",
		thirty, strings.Repeat("a", 28) + " 2", strings.Repeat("ü", 30), "Training and events by",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// written makes a workbook of one table and reads it again.
func written(t *testing.T, table Table) ([]byte, *excelize.File) {
	t.Helper()
	book, err := WriteXLSX(Workbook{
		Title: "Demo", Author: "Demo press office", Lang: "en", Day: time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC),
		Pages: []Page{{Name: "Cover", Lines: []string{"Demo"}}, {Name: "It's", Lines: []string{"Title"}, Table: table}},
	})
	if err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(book), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return book, file
}

// What a program could take for a formula is a text in a workbook, as it was written.
func TestTextsAreNoFormulas(t *testing.T) {
	table := Table{Name: "t", Columns: []Column{{Head: "text"}}}
	for _, text := range []string{
		"=1+1", "+49 30", "-x", "-5", "@SUM(1)", "\t=1", "＝1", " =1", "\"=1\"", "=HYPERLINK(\"http://x\")",
		"=cmd|'/C'!A0", "{=1}", "1e5", "TRUE", "2024-12-31", "<b>&amp;</b>",
	} {
		table.Rows = append(table.Rows, []string{text})
	}
	_, file := written(t, table)
	for i, row := range table.Rows {
		cell := "A" + string(rune('0'+(i+3)/10)) + string(rune('0'+(i+3)%10))
		cell = strings.Replace(cell, "A0", "A", 1)
		got, err := file.GetCellValue("It's", cell)
		formula, err2 := file.GetCellFormula("It's", cell)
		kind, err3 := file.GetCellType("It's", cell)
		if err := errors.Join(err, err2, err3); err != nil || got != row[0] || formula != "" ||
			kind != excelize.CellTypeInlineString {
			t.Errorf("%s: %q became %q, formula %q, type %v", cell, row[0], got, formula, kind)
		}
	}
}

func TestNumbersAndDaysAreWhatTheySay(t *testing.T) {
	table := Table{Name: "t", Links: []string{"Cover"}, Columns: []Column{
		{Head: "id"}, {Head: "n", Type: Number}, {Head: "year", Type: Number, Plain: true}, {Head: "day", Type: Day},
	}, Rows: [][]string{
		{"a", "318462", "2024", "2024-12-31"}, {"b", "-3.5", "", FirstDay},
		{"c", "", "1999", ""}, {"d", "0.1234567", "", ""},
	}}
	book, file := written(t, table)
	if again, _ := written(t, table); !bytes.Equal(book, again) {
		t.Error("the same workbook has other bytes")
	}
	rows, err := file.GetRows("It's")
	want := [][]string{
		{"Title"}, {"id", "n", "year", "day"}, {"a", "318462", "2024", "45657"}, {"b", "-3.5", "", "61"},
		{"c", "", "1999"}, {"d", "0.1234567"},
	}
	if err != nil || !slices.EqualFunc(rows, want, slices.Equal) {
		t.Errorf("%v: got %q", err, rows)
	}
	if has, to, _ := file.GetCellHyperLink("It's", "A3"); !has || to != "'Cover'!A1" {
		t.Errorf("the first row leads to %q", to)
	}
	for cell, want := range map[string]string{
		"B3": "#,##0", "B4": "#,##0.0", "B6": "#,##0.000000", "C3": "0",
	} {
		id, _ := file.GetCellStyle("It's", cell)
		style, err := file.GetStyle(id)
		if err != nil || style.CustomNumFmt == nil || *style.CustomNumFmt != want {
			t.Errorf("%s: %v %+v", cell, err, style)
		}
	}
}
