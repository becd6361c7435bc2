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

// Whatever became of a file on its way, it is read or refused.
func TestADamagedWorkbookIsReadOrRefused(t *testing.T) {
	whole, refused, tried := workbook(t, 3, 3), 0, 0
	for i := 0; i < len(whole); i += 17 {
		text := bytes.Clone(whole)
		text[i] ^= 0x55
		if tried++; refusalOf(text, Part{}) != "" {
			refused++
		}
	}
	if refused < tried/4 || refused == tried {
		t.Errorf("%d of %d damaged workbooks are refused", refused, tried)
	}
}

// around gives what reads a workbook with this XML for its sheet.
func around(t testing.TB) func(sheet string) (*Book, *Refusal) {
	t.Helper()
	w, err := excelize.OpenReader(bytes.NewReader(workbook(t, 1, 1)))
	if err != nil {
		t.Fatal(err)
	}
	names, _ := w.Pkg.Load("xl/_rels/workbook.xml.rels")
	texts := []byte("<sst><si><t>a</t></si><si><r><t>b</t></r></si></sst>")
	return func(sheet string) (*Book, *Refusal) {
		w.Pkg.Store("xl/_rels/workbook.xml.rels", names)
		w.Pkg.Store("xl/sharedStrings.xml", texts)
		w.Pkg.Store("xl/worksheets/sheet1.xml", []byte(sheet))
		return read(w, "a.xlsx", Part{}, &diag.List{})
	}
}

// Whatever a sheet holds, it is read or refused. What is fuzzed is short, since Go makes
// what it finds shorter first, and of a whole package for a minute each.
func FuzzWorkbook(f *testing.F) {
	f.Add(`<worksheet><cols><col min="1" max="2" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>`)
	f.Add(`<worksheet><sheetData><row r="2" hidden="1"><c r="B2" s="1"><f>A1</f><v>1.5E3</v></c></row></sheetData>` +
		`</worksheet>`)
	f.Add(`<x:worksheet><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>&amp;_x0041_</x:t></x:is></x:c></x:row>` +
		`</x:sheetData><mergeCell ref="A1:A2"/></x:worksheet>`)
	open := around(f)
	f.Fuzz(func(t *testing.T, sheet string) {
		book, refused := open(sheet)
		if (book == nil) == (refused == nil) {
			t.Errorf("read is %v, refused is %v", book != nil, refused)
		}
		if book == nil {
			return
		}
		for i, row := range book.records {
			if len(row) != len(book.records[0]) {
				t.Errorf("row %d has %d cells, the first %d", i, len(row), len(book.records[0]))
			}
		}
	})
}

// textsOf are the cells of a sheet, and what is said of those that are no texts.
func textsOf(t *testing.T, sheet string) string {
	t.Helper()
	book, refused := around(t)(sheet)
	if refused != nil {
		return refused.Code
	}
	kinds := map[kind]string{words: "", plainNumber: "#", percentNumber: "%", uncomputed: "?", mergedCell: "^"}
	var rows []string
	for _, row := range book.records {
		var cells []string
		for i := range row {
			cells = append(cells, kinds[row[i].kind]+row[i].Text)
		}
		rows = append(rows, strings.Join(cells, "|"))
	}
	return strings.Join(rows, "/") + strings.Join(book.Hidden(), ",")
}

func TestCellsAreReadAsTheyAreStored(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"numbers":          {`<row r="1"><c r="A1"><v>1.50</v></c><c r="B1" t="n"><v>2</v></c></row>`, "#1.5|#2"},
		"digits as text":   {`<row r="1"><c r="A1" t="str"><v>007</v></c></row>`, "007"},
		"shared texts":     {`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>`, "a|b"},
		"no such text":     {`<row r="1"><c r="A1" t="s"><v>2</v></c></row>`, "workbook-unreadable"},
		"true and false":   {`<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c></row>`, "TRUE|FALSE"},
		"an error":         {`<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>`, "#N/A"},
		"text beside":      {`<row><c t="inlineStr"><is><r><t>a&amp;</t></r><t>_x000D_b</t></is></c></row>`, "a&\rb"},
		"how it is spoken": {`<row><c t="inlineStr"><is><t>東</t><rPh eb="1"><t>x</t></rPh></is></c></row>`, "東"},
		"a formula":        {`<row r="1"><c r="A1"><f>B1</f><v>3</v></c><c r="B1"><f>C1</f></c></row>`, "#3|?"},
		"an empty formula": {`<row r="1"><c r="A1" t="str"><f>B1</f><v></v></c><c r="B1"><v>1</v></c></row>`, "?|#1"},
		"without names": {`<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c><v>4</v></c></row>`,
			"#1||#3/||/#4||"},
		"rows left out":   {`<row r="3"><c r="C3"><v>1</v></c></row>`, "||/||/||#1"},
		"a prefix":        {`<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>`, "#1"},
		"a hidden row":    {`<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>`, "#1" + "1"},
		"a bracket":       {`<row r="1" x="a>b"><c r='A1'><v>1</v></c></row>`, "#1"},
		"a remark":        {`<row r="1"><!-- x --><c r="A1"><v>1</v></c></row>`, "#1"},
		"a remark inside": {`<row r="1"><c r="A1"><v>1<!-- x -->2</v></c></row>`, "workbook-unreadable"},
		"a marked text":   {`<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>`, "workbook-unreadable"},
		"cut off":         {`<row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet><`, "workbook-unreadable"},
	} {
		if got := textsOf(t, `<worksheet><sheetData>`+c.data+`</sheetData></worksheet>`); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
	if got := textsOf(t, `<worksheet><sheetData><row><c><v>1</v></c></row>`); got != "workbook-unreadable" {
		t.Errorf("without an end: %q", got)
	}
}
