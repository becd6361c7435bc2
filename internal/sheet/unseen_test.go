package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bilanz/internal/schema"
)

// plainBook is a workbook with cells on two sheets and nothing that its readers do not see.
func plainBook(t testing.TB) *excelize.File {
	t.Helper()
	f := excelize.NewFile()
	if _, err := f.NewSheet("Notes"); err != nil {
		t.Fatal(err)
	}
	for _, sheet := range f.GetSheetList() {
		for row := 1; row <= 9; row++ {
			cell, _ := excelize.CoordinatesToCellName(row, row)
			must(t, f.SetCellStr(sheet, cell, "secret"))
		}
	}
	must(t, f.SetDocProps(&excelize.DocProperties{Title: "Numbers", Created: "2024-01-01T00:00:00Z"}))
	return f
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func bytesOf(t testing.TB, f *excelize.File) []byte {
	t.Helper()
	var out bytes.Buffer
	must(t, f.Write(&out))
	return out.Bytes()
}

// with is a workbook with another file in its package, or with one changed: a text in place
// of another.
func with(t testing.TB, book []byte, part, old, text string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	put := func(name, text string) {
		to, err := w.Create(name)
		must(t, err)
		_, err = io.WriteString(to, text)
		must(t, err)
	}
	found := old == ""
	for _, entry := range r.File {
		from, err := entry.Open()
		must(t, err)
		data, err := io.ReadAll(from)
		must(t, err)
		if entry.Name == part && old != "" {
			found = strings.Contains(string(data), old)
			data = []byte(strings.Replace(string(data), old, text, 1))
		}
		put(entry.Name, string(data))
	}
	if !found {
		t.Fatalf("%s does not hold %q", part, old)
	}
	if old == "" {
		put(part, text)
	}
	must(t, w.Close())
	return out.Bytes()
}

// unseenIn is what is found in a workbook, in both languages.
func unseenIn(t testing.TB, book []byte) (english, german string) {
	t.Helper()
	all, refused := Unseen(schema.File{Path: "a.xlsx", Text: book})
	if refused != nil {
		t.Fatal(refused.Text.In("en"))
	}
	var en, de []string
	for _, text := range all {
		en, de = append(en, text.In("en")), append(de, text.In("de"))
	}
	return strings.Join(en, " + "), strings.Join(de, " + ")
}

// Each is one thing that nobody sees, made as a program makes it.
var unseenBooks = map[string]struct {
	change          func(testing.TB, *excelize.File)
	english, german string
}{
	"nothing": {func(testing.TB, *excelize.File) {}, "", ""},
	"rows": {func(t testing.TB, f *excelize.File) {
		for _, row := range []int{2, 3, 4, 7, 40} { // in row 40 stands nothing
			must(t, f.SetRowVisible("Sheet1", row, false))
		}
	}, "hidden: sheet Sheet1, rows 2–4, 7", "ausgeblendet: Blatt Sheet1, Zeilen 2–4, 7"},
	"columns": {func(t testing.TB, f *excelize.File) {
		must(t, f.SetColVisible("Notes", "B:C", false))
		must(t, f.SetColVisible("Notes", "H", false))
		must(t, f.SetColVisible("Notes", "K:XFD", false)) // empty ones, as people do it for looks
	}, "hidden: sheet Notes, columns B–C, H", "ausgeblendet: Blatt Notes, Spalten B–C, H"},
	"flat rows": {func(t testing.TB, f *excelize.File) {
		must(t, f.SetRowHeight("Sheet1", 3, 0.4))
		must(t, f.SetRowHeight("Sheet1", 4, 0.5))
		must(t, f.SetRowHeight("Sheet1", 5, 0.6))
	}, "hidden: sheet Sheet1, row 3", "ausgeblendet: Blatt Sheet1, Zeile 3"},
	"narrow columns": {func(t testing.TB, f *excelize.File) {
		must(t, f.SetColWidth("Sheet1", "B", "B", 0.4))
		must(t, f.SetColWidth("Sheet1", "C", "C", 0.5))
	}, "hidden: sheet Sheet1, column B", "ausgeblendet: Blatt Sheet1, Spalte B"},
	"sheet": {func(t testing.TB, f *excelize.File) {
		must(t, f.SetSheetVisible("Notes", false))
	}, "hidden: sheet Notes", "ausgeblendet: Blatt Notes"},
	"very hidden sheet": {func(t testing.TB, f *excelize.File) {
		must(t, f.SetSheetVisible("Notes", false, true))
	}, "hidden: sheet Notes", "ausgeblendet: Blatt Notes"},
	"comments": {func(t testing.TB, f *excelize.File) {
		for _, cell := range []string{"B2", "C3"} {
			must(t, f.AddComment("Notes", excelize.Comment{Cell: cell, Author: "Somebody", Text: "secret"}))
		}
	}, "comments: sheet Notes, B2, C3", "Kommentare: Blatt Notes, B2, C3"},
	"properties": {func(t testing.TB, f *excelize.File) {
		must(t, f.SetDocProps(&excelize.DocProperties{
			Creator: "secret", LastModifiedBy: "secret", Description: "secret"}))
		must(t, f.SetAppProps(&excelize.AppProperties{Company: "secret"}))
		must(t, f.SetCustomProps(excelize.CustomProperty{Name: "secret", Value: "secret"}))
	}, "properties: author, last saved by, company, comments, custom properties",
		"Eigenschaften: Autor, zuletzt gespeichert von, Firma, Kommentare, benutzerdefinierte Eigenschaften"},
	"a link to a file": {func(t testing.TB, f *excelize.File) {
		must(t, f.SetCellHyperLink("Sheet1", "A1", "https://example.org/", "External"))
		must(t, f.SetCellHyperLink("Notes", "A1", "file:///C:/secret.xlsx", "External"))
	}, "sheet Notes: links to files or mail addresses", "Blatt Notes: Links zu Dateien oder Mailadressen"},
	"a chart": {func(t testing.TB, f *excelize.File) {
		must(t, f.AddChart("Sheet1", "D1", &excelize.Chart{Type: excelize.Bar,
			Series: []excelize.ChartSeries{{Values: "Sheet1!$A$1:$A$3"}}}))
	}, "charts or drawings (delete them; the cells are enough)",
		"Diagramme oder Zeichnungen (löschen Sie sie; die Zellen genügen)"},
	"a pivot table": {func(t testing.TB, f *excelize.File) {
		must(t, f.SetSheetRow("Sheet1", "A1", &[]string{"One", "Two"}))
		must(t, f.AddPivotTable(&excelize.PivotTableOptions{DataRange: "Sheet1!A1:B5", PivotTableRange: "Sheet1!D1:F9",
			Rows: []excelize.PivotTableField{{Data: "One"}}, Data: []excelize.PivotTableField{{Data: "Two"}}}))
	}, "pivot tables, with all the data that they are made from (copy their values)",
		"Pivot-Tabellen, mit allen Daten, aus denen sie entstehen (kopieren Sie ihre Werte)"},
	"macros": {func(t testing.TB, f *excelize.File) {
		must(t, f.AddVBAProject([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
	}, "macros", "Makros"},
	"a name of somebody's own": {func(t testing.TB, f *excelize.File) {
		must(t, f.SetDefinedName(&excelize.DefinedName{Name: "shown", RefersTo: "Sheet1!$A$1"}))
	}, "", ""},
}

func TestWhatNobodySeesInAWorkbookIsFound(t *testing.T) {
	for name, c := range unseenBooks {
		t.Run(name, func(t *testing.T) {
			f := plainBook(t)
			c.change(t, f)
			english, german := unseenIn(t, bytesOf(t, f))
			if english != c.english || german != c.german {
				t.Errorf("%q\n%q", english, german)
			}
			if strings.Contains(english+german, "secret") {
				t.Error("it says what it found")
			}
		})
	}
}

// What Excel writes and no test can make is put into the package.
func TestWhatExcelPutsIntoTheWorkbookIsFound(t *testing.T) {
	f := plainBook(t)
	must(t, f.SetDefinedName(&excelize.DefinedName{Name: "shown", RefersTo: "Sheet1!$A$1"}))
	book := bytesOf(t, f)
	const start = "<sheets>"
	for name, c := range map[string]struct{ part, old, text, want string }{
		"a path": {"xl/workbook.xml", start, `<x15ac:absPath url="C:\Users\secret\"/>` + start,
			"the folder in which it was saved"},
		"a protector": {"xl/workbook.xml", start, `<fileSharing userName="secret"/>` + start,
			"the name of a person who protected it"},
		"no protector": {"xl/workbook.xml", start, `<fileSharing readOnlyRecommended="1"/>` + start, ""},
		"a view": {"xl/workbook.xml", start, `<customWorkbookView name="secret"/>` + start,
			"views of single persons"},
		"a hidden name": {"xl/workbook.xml", `<definedName name="shown"`, `<definedName hidden="1" name="shown"`,
			"hidden names"},
		"a filter": {"xl/workbook.xml", `<definedName name="shown"`,
			`<definedName hidden="1" name="_xlnm._FilterDatabase"`, ""},
		"scenarios": {"xl/worksheets/sheet1.xml", "</worksheet>",
			`<scenarios><scenario name="secret"/></scenarios></worksheet>`,
			"sheet Sheet1: scenarios, with the names of persons"},
		"another sheet": {"xl/worksheets/sheet9.xml", "", "<worksheet/>", "a sheet that the workbook does not name"},
		"a picture":     {"xl/media/image1.png", "", "secret", "pictures (delete them)"},
		"an object":     {"xl/embeddings/oleObject1.bin", "", "secret", "embedded objects (delete them)"},
		"another file": {"xl/externalLinks/externalLink1.xml", "", "<a/>",
			"links to other files, with values of those (Data, Edit Links, Break Link)"},
		"a printer in the network": {"xl/printerSettings/printerSettings1.bin", "", string(wide(`\\secret\printer`)),
			"the name of a printer in your network"},
		"a printer":     {"xl/printerSettings/printerSettings1.bin", "", string(wide(`Printer`)), ""},
		"a data source": {"xl/connections.xml", "", "<a/>", "connections to sources of data"},
		"who commented": {"xl/persons/person.xml", "", `<personList><person displayName="secret"/></personList>`,
			"names of persons who commented"},
		"nobody": {"xl/persons/person.xml", "", "<personList/>", ""},
		"a drawing": {"xl/drawings/drawing1.xml", "", "<xdr:wsDr><xdr:twoCellAnchor/></xdr:wsDr>",
			"charts or drawings (delete them; the cells are enough)"},
		"an empty drawing": {"xl/drawings/drawing1.xml", "", "<xdr:wsDr/>", ""},
		"what a drawing leads to": {"xl/drawings/_rels/drawing1.xml.rels", "",
			`<Relationships><Relationship TargetMode="External" Target="secret"/></Relationships>`,
			"charts or drawings (delete them; the cells are enough)"},
		"new comments": {"xl/threadedComments/threadedComment1.xml", "",
			`<ThreadedComments><threadedComment ref="B7"/></ThreadedComments>`, "comments: B7"},
		"who knows": {"xl/odd.bin", "", "secret", "something that is no cell (odd.bin)"},
		"a part":    {"other.xml", "", "<a/>", "something that is no cell (other.xml)"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, _ := unseenIn(t, with(t, book, c.part, c.old, c.text)); got != c.want {
				t.Errorf("%q, not %q", got, c.want)
			}
		})
	}
}

func TestManyCommentsAndStretchesAreNamedUpToALimit(t *testing.T) {
	f := plainBook(t)
	for n := 1; n <= 11; n++ {
		cell, _ := excelize.CoordinatesToCellName(1, n)
		must(t, f.AddComment("Sheet1", excelize.Comment{Cell: cell, Text: "x"}))
	}
	want := "comments: sheet Sheet1, A1, A2, A3, A4, A5, A6, A7, A8, A9, A10 and 1 more"
	if got, _ := unseenIn(t, bytesOf(t, f)); got != want {
		t.Errorf("%q", got)
	}
	const ten = "A–B, D, F, H, J, L, N, P, R, T"
	for n, want := range map[int]string{10: ten, 11: ten + ", …"} {
		numbers := []int{1}
		for i := range n {
			numbers = append(numbers, 2*i+2)
		}
		if got := spans(numbers, letters); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
