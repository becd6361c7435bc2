package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// workbook makes one with a first row of names and so many rows and columns of numbers.
func workbook(t testing.TB, rows, columns int, o ...excelize.Options) []byte {
	t.Helper()
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		cells := make([]any, columns)
		for j := range cells {
			cells[j] = i*columns + j
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out, o...); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// refusalOf is why a file is not read; "" where it is.
func refusalOf(text []byte, part Part) string {
	var list diag.List
	_, refused := OpenXLSX(schema.File{Path: "a.xlsx", Text: text}, part, &list)
	if refused == nil {
		return ""
	}
	return refused.Code + ": " + refused.Text.In("en")
}

func TestWhatIsNoWorkbookIsRefused(t *testing.T) {
	whole := workbook(t, 3, 3)
	damaged := "workbook-unreadable: the workbook is not whole: a part of the file is missing, or it is no workbook"
	other := "workbook-unreadable: the file is no Excel workbook (.xlsx), whatever its name says"
	old := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 1000)
	for name, c := range map[string]struct {
		text []byte
		want string
	}{
		"whole":      {whole, ""},
		"empty":      {nil, damaged},
		"half saved": {whole[:len(whole)/2], damaged},
		"encrypted": {workbook(t, 3, 3, excelize.Options{Password: "x"}),
			"workbook-unreadable: the workbook is encrypted with a password"},
		".xls":            {[]byte(old), other},
		"another package": {packed(t, 3, 0), other},
	} {
		if got := refusalOf(c.text, Part{}); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}

// packed makes a package of so many files, of which one has so many bytes.
func packed(t testing.TB, files, size int) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := range files {
		f, err := w.Create(fmt.Sprintf("part%d.xml", i))
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if _, err := f.Write(make([]byte, size)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestALargeWorkbookIsRefused(t *testing.T) {
	none := "workbook-unreadable: the file is no Excel workbook (.xlsx), whatever its name says"
	for _, c := range []struct {
		files, size int
		want        string
	}{
		{mostEntries, 1, none},
		{mostEntries + 1, 1, "sheet-large: the workbook is a package of 1001 files; at most 1000 are read"},
		{2, mostUnpacked, none}, {2, mostUnpacked + 1, "sheet-large: unpacked, the workbook has more than 50 MB"},
	} {
		if got := refusalOf(packed(t, c.files, c.size), Part{}); got != c.want {
			t.Errorf("%d files, %d bytes: %q, not %q", c.files, c.size, got, c.want)
		}
	}
}

func TestASheetHasAtMostAMillionCells(t *testing.T) {
	if testing.Short() {
		t.Skip("a million cells")
	}
	text := workbook(t, 1001, 1000)
	if got := refusalOf(text, Part{}); got != "sheet-large: the sheet Sheet1 has more than one million cells" {
		t.Errorf("1,001,000 cells: %q", got)
	}
	if got := refusalOf(text, Part{Range: "A1:ALL1000"}); got != "" {
		t.Errorf("1,000,000 of them: %q", got)
	}
}

// A cell far away makes no large sheet of a small one without a word.
func TestAStrayCellIsNoSheetOfMillions(t *testing.T) {
	f := excelize.NewFile()
	for _, cell := range []string{"A1", "A1048576", "XFD1"} {
		if err := f.SetCellStr("Sheet1", cell, "x"); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	if got := refusalOf(out.Bytes(), Part{}); !strings.HasPrefix(got, "sheet-large") {
		t.Errorf("a sheet to its last cell: %q", got)
	}
	if got := refusalOf(out.Bytes(), Part{Range: "A1:C10"}); got != "" {
		t.Errorf("a part of it: %q", got)
	}
}

func TestNumbersAreThoseStored(t *testing.T) {
	for raw, want := range map[string]string{
		"37.799999999999997": "37.8", "3.7535845769016323": "3.7535845769016323",
		"0": "0", "1.5E3": "1500", "1E-7": "0.0000001",
		"-2": "-2", "12345678901234567890": "12345678901234567890", "0.1": "0.1", "+3": "3",
		"twelve": "", "1e999": "", "": "", "1,5": "", "-": "", "E": "",
	} {
		if got, ok := storedNumber(raw); got != want || ok != (want != "") {
			t.Errorf("%q is %q (%v), not %q", raw, got, ok, want)
		}
	}
}

func TestFormatsOfNumbers(t *testing.T) {
	for signs, want := range map[string]format{
		"0.00": plainFormat, "#,##0 \"days\"": plainFormat, "0%": percentFormat,
		"0.0\\%": plainFormat, "yyyy-mm-dd": dateFormat,
		"dd.mm.yyyy": dateFormat, "TT.MM.JJJJ": dateFormat, "[Red]0.0%": percentFormat, "[$-407]mmm yy": dateFormat,
		"0.0;\"yes\"": plainFormat, "[h]:mm": plainFormat, "_-* 0.00 \\d": plainFormat,
	} {
		if got := formatIn(signs); got != want {
			t.Errorf("%q is %d, not %d", signs, got, want)
		}
	}
}

// Whatever a file holds, it is read or refused.
func FuzzWorkbook(f *testing.F) {
	f.Add(workbook(f, 3, 3))
	f.Add(packed(f, 3, 10))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 1<<16 {
			return
		}
		var list diag.List
		book, refused := OpenXLSX(schema.File{Path: "a.xlsx", Text: text}, Part{}, &list)
		if (book == nil) == (refused == nil) {
			t.Errorf("read is %v, refused is %v", book != nil, refused)
		}
	})
}
