package build

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"bilanz/internal/data"
	"bilanz/internal/locale"
)

// Every workbook keeps the rules that docs/decisions.md lists, and says what the table for
// people in the same language says, cell by cell.
func checkWorkbooks(t *testing.T, result Result, files map[string]string) {
	t.Helper()
	for _, l := range result.Site.Config.Langs {
		text, ok := files["data/figures-"+l.Code+".xlsx"]
		if ok != (result.Figures <= data.MostInWorkbook) {
			t.Fatalf("%d figures: a workbook is there: %t", result.Figures, ok)
		}
		if !ok {
			continue
		}
		b := openBook(t, text, l)
		b.checkWhole()
		for _, sheet := range b.file.GetSheetList() {
			b.checkSheet(sheet)
		}
		b.checkContents()
		b.compare(files["data/figures-"+l.Code+".csv"])
	}
}

// book is a workbook that is looked at.
type book struct {
	*testing.T
	lang  *locale.Lang
	file  *excelize.File
	parts map[string]string
	notes map[string]string // by mark
	used  map[string]bool
}

func openBook(t *testing.T, text string, l *locale.Lang) *book {
	t.Helper()
	file, err := excelize.OpenReader(strings.NewReader(text), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	b := &book{
		T: t, lang: l, file: file,
		parts: map[string]string{}, notes: map[string]string{}, used: map[string]bool{},
	}
	packed, err := zip.NewReader(strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range packed.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil || xml.Unmarshal(part, new(struct{})) != nil {
			t.Fatalf("%s is no XML: %v", f.Name, err)
		}
		b.parts[f.Name] = string(part)
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("%s has the time %v", f.Name, f.Modified)
		}
	}
	return b
}

// checkWhole looks at what holds of the workbook: title, author and language are said, it
// opens in the first cell of the cover, nothing is coloured, filtered, frozen or computed.
func (b *book) checkWhole() {
	props, err := b.file.GetDocProps()
	if err != nil || props.Title == "" || props.Creator == "" || props.Language != b.lang.Code {
		b.Errorf("the workbook says of itself: %+v %v", props, err)
	}
	names := b.file.GetSheetList()
	want := []string{b.lang.Word("sheet-cover"), b.lang.Word("sheet-contents"), b.lang.Word("sheet-notes")}
	if len(names) < 4 || !slices.Equal(names[:3], want) || b.file.GetActiveSheetIndex() != 0 {
		b.Fatalf("the sheets are %q", names)
	}
	for name, part := range b.parts {
		for _, never := range []string{
			"<autoFilter", "<pane ", "<mergeCell", "<f>", "<f ", "<selection", "rgb=", "hidden=",
		} {
			if strings.Contains(part, never) && !strings.HasPrefix(name, "xl/theme/") {
				b.Errorf("%s holds %s", name, never)
			}
		}
	}
	if fills := regexp.MustCompile(`patternType="[^"]*"`).FindAllString(b.parts["xl/styles.xml"], -1); len(fills) != 2 {
		b.Errorf("cells are filled: %q", fills)
	}
}

// checkSheet looks at what holds of each sheet: a short name, a title in the first cell,
// sentences below it, at most one table with a name, and nothing beside or below that.
func (b *book) checkSheet(sheet string) {
	rows, err := b.file.GetRows(sheet)
	if err != nil || len(rows) == 0 || len(rows[0]) == 0 || strings.TrimSpace(rows[0][0]) == "" {
		b.Fatalf("%s has no title: %v", sheet, err)
	}
	if len([]rune(sheet)) > 30 || strings.ContainsAny(sheet, `[]:*?/\`) {
		b.Errorf("the name %q", sheet)
	}
	tables, err := b.file.GetTables(sheet)
	if err != nil || len(tables) > 1 {
		b.Fatalf("%s has %d tables: %v", sheet, len(tables), err)
	}
	head := len(rows)
	if len(tables) == 1 {
		head = b.checkTable(sheet, rows, tables[0])
	}
	for i, row := range rows[:head] {
		if len(row) != 1 || row[0] == "" {
			b.Errorf("%s: row %d above the table has the cells %q", sheet, i+1, row)
		}
	}
	for i, row := range rows {
		for j := range row {
			b.checkStyle(sheet, i, j, row[j])
		}
	}
}

// checkStyle sees that a cell goes on below where it is too long for its column.
func (b *book) checkStyle(sheet string, row, column int, text string) {
	cell, _ := excelize.CoordinatesToCellName(column+1, row+1)
	id, err := b.file.GetCellStyle(sheet, cell)
	if err != nil {
		b.Fatal(err)
	}
	style, err := b.file.GetStyle(id)
	if err != nil {
		b.Fatal(err)
	}
	if text != "" && (style.Alignment == nil || !style.Alignment.WrapText || style.Font.Size < 12) {
		b.Errorf("%s!%s is not wrapped, or small", sheet, cell)
	}
}

// checkTable looks at a table, and gives the row of its heads.
func (b *book) checkTable(sheet string, rows [][]string, table excelize.Table) int {
	from, to, _ := strings.Cut(table.Range, ":")
	col, head, err := excelize.CellNameToCoordinates(from)
	lastCol, last, err2 := excelize.CellNameToCoordinates(to)
	if err != nil || err2 != nil || col != 1 || last != len(rows) || head >= last {
		b.Fatalf("%s: the table reaches from %s to %s, the sheet has %d rows", sheet, from, to, len(rows))
	}
	if !regexp.MustCompile(`^[A-Za-z_]+[A-Za-z0-9_]*$`).MatchString(table.Name) {
		b.Errorf("%s: the table has the name %q", sheet, table.Name)
	}
	heads := rows[head-1]
	each := slices.Compact(slices.Sorted(slices.Values(heads)))
	if len(heads) != lastCol || slices.Contains(heads, "") || len(each) != lastCol {
		b.Errorf("%s: the heads are %q", sheet, heads)
	}
	for i := range heads {
		kinds := map[excelize.CellType]int{}
		empty := 0
		for j := head; j < last; j++ {
			cell, _ := excelize.CoordinatesToCellName(i+1, j+1)
			if i < len(rows[j]) && rows[j][i] != "" {
				kind, _ := b.file.GetCellType(sheet, cell)
				kinds[kind]++
			} else {
				empty++
			}
		}
		if len(kinds) != 1 || empty > 0 && kinds[excelize.CellTypeUnset] == 0 {
			b.Errorf("%s: the cells of %q have the types %v, and %d are empty", sheet, heads[i], kinds, empty)
		}
	}
	return head - 1
}

// checkContents sees that every sheet behind them is listed, with a way there, and reads the
// notes.
func (b *book) checkContents() {
	names := b.file.GetSheetList()
	rows, _ := b.file.GetRows(names[1])
	listed := rows[len(rows)-len(names)+2:]
	for i, row := range listed {
		cell := "A" + strconv.Itoa(len(rows)-len(listed)+i+1)
		has, to, _ := b.file.GetCellHyperLink(names[1], cell)
		if row[0] != names[2+i] || !has || to != "'"+strings.ReplaceAll(row[0], "'", "''")+"'!A1" {
			b.Errorf("the contents list %q, which lead to %q, for %s", row, to, names[2+i])
		}
	}
	notes, _ := b.file.GetRows(names[2])
	for _, row := range notes {
		if len(row) == 2 {
			b.notes[row[0]] = row[1]
		}
	}
}

// compare holds all sheets of figures against the table for people.
func (b *book) compare(text string) {
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	comma := data.DecimalComma(b.lang)
	if comma {
		reader.Comma = ';'
	}
	lines, err := reader.ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	want := map[string][]string{}
	for _, line := range lines[1:] {
		want[line[0]] = line
	}
	for _, sheet := range b.file.GetSheetList()[3:] {
		rows, _ := b.file.GetRows(sheet)
		tables, _ := b.file.GetTables(sheet)
		var head int
		if _, err := fmt.Sscanf(tables[0].Range, "A%d:", &head); err != nil {
			b.Fatal(err)
		}
		for _, row := range rows[head:] {
			line := want[row[0]]
			if line == nil {
				b.Errorf("%s has a row that the CSV lacks, or twice: %q", sheet, row)
				continue
			}
			delete(want, row[0])
			b.compareRow(sheet, rows[head-1], row, lines[0], line, comma)
		}
	}
	if len(want) > 0 {
		b.Errorf("%d rows of the CSV are on no sheet", len(want))
	}
	for mark := range b.notes {
		if !b.used[mark] && strings.HasPrefix(mark, "[") {
			b.Errorf("nobody refers to %s", mark)
		}
	}
}

func (b *book) compareRow(sheet string, heads, row, columns, line []string, comma bool) {
	for i, name := range columns {
		got := ""
		if at := slices.Index(heads, name); at >= 0 && at < len(row) {
			got = row[at]
		}
		if note, ok := b.notes[got]; ok && got != "" {
			b.used[got], got = true, note
		}
		if cell := line[i]; !b.same(got, cell, comma) {
			b.Errorf("%s, %s of %s: %q, but the CSV has %q", sheet, name, line[0], got, cell)
		}
	}
}

// same compares a cell of a workbook with one of the table, which has an apostrophe where a
// program could see a formula, and days as texts.
func (b *book) same(got, want string, comma bool) bool {
	plain := strings.NewReplacer("'", "", "\r", "")
	if want == "" {
		return got == "" || got == b.lang.Word("sheet-none")
	}
	if plain.Replace(got) == plain.Replace(want) {
		return true
	}
	if day, err := time.Parse(time.DateOnly, want); err == nil {
		serial, err := strconv.ParseFloat(got, 64)
		at, err2 := excelize.ExcelDateToTime(serial, false)
		return err == nil && err2 == nil && at.Equal(day)
	}
	if comma {
		want = strings.Replace(want, ",", ".", 1)
	}
	exact, ok := new(big.Rat).SetString(want)
	float, err := strconv.ParseFloat(got, 64)
	if !ok || err != nil {
		return false
	}
	nearest, _ := exact.Float64()
	return math.Abs(nearest-float) <= math.Abs(nearest)*1e-14 // who reads them keeps 15 digits
}

// Two builds of the same content give the same bytes, workbooks too.
func TestWorkbooksHaveTheSameBytesTwice(t *testing.T) {
	_, one := built(t, "testdata/library", Options{})
	_, two := built(t, "testdata/library", Options{reversed: true})
	first, second := tree(t, one), tree(t, two)
	n := 0
	for file, text := range first {
		if strings.HasPrefix(file, "data/") {
			n++
			if !bytes.Equal([]byte(text), []byte(second[file])) {
				t.Errorf("%s differs", file)
			}
		}
	}
	if n < 8 {
		t.Errorf("only %d files were compared", n)
	}
}
