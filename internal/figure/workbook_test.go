package figure

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbookOf makes a workbook of what a case says of it: sheets, "[Sheet 1]" or "[Sheet 1]
// hidden", and below each its cells and what is done with them, such as
//
//	A1 text Place
//	B2 percent 0.85
//	B3 date 45657
//	B4 formula SUM(B2:B3)
//	A2:A3 merge
//	row 5 hidden
//
// What begins otherwise is no workbook, whatever its name says.
func workbookOf(t testing.TB, said string) []byte {
	t.Helper()
	if !strings.HasPrefix(said, "[") {
		return []byte(said)
	}
	w := &caseWorkbook{T: t, file: excelize.NewFile()}
	for line := range strings.Lines(said) {
		w.line(strings.TrimSuffix(line, "\n"))
	}
	for _, name := range w.hidden {
		w.must(w.file.SetSheetVisible(name, false))
	}
	var out bytes.Buffer
	w.must(w.file.Write(&out))
	return out.Bytes()
}

type caseWorkbook struct {
	T      testing.TB
	file   *excelize.File
	sheet  string
	hidden []string
}

func (w *caseWorkbook) must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

func (w *caseWorkbook) line(line string) {
	w.T.Helper()
	if name, ok := strings.CutPrefix(line, "["); ok {
		w.newSheet(name)
		return
	}
	at, rest, _ := strings.Cut(line, " ")
	kind, value, _ := strings.Cut(rest, " ")
	switch kind {
	case "merge":
		from, to, _ := strings.Cut(at, ":")
		w.must(w.file.MergeCell(w.sheet, from, to))
	case "text", "error":
		w.must(w.file.SetCellStr(w.sheet, at, value))
	case "formula":
		w.must(w.file.SetCellFormula(w.sheet, at, value))
	case "true":
		w.must(w.file.SetCellBool(w.sheet, at, true))
	case "number", "percent", "date", "datetime":
		w.number(at, kind, value)
	default:
		w.hide(at, kind)
	}
}

func (w *caseWorkbook) newSheet(line string) {
	name, hidden, _ := strings.Cut(line, "]")
	if w.sheet == "" {
		w.must(w.file.SetSheetName("Sheet1", name))
	} else {
		_, err := w.file.NewSheet(name)
		w.must(err)
	}
	w.sheet = name
	if strings.Contains(hidden, "hidden") {
		w.hidden = append(w.hidden, name)
	}
}

// number writes a value as the file is to store it, with a format of Excel's own.
func (w *caseWorkbook) number(at, kind, value string) {
	w.must(w.file.SetCellDefault(w.sheet, at, value))
	format, ok := map[string]int{"percent": 9, "date": 14, "datetime": 22}[kind]
	if !ok {
		return
	}
	style, err := w.file.NewStyle(&excelize.Style{NumFmt: format})
	w.must(err)
	w.must(w.file.SetCellStyle(w.sheet, at, at, style))
}

func (w *caseWorkbook) hide(what, which string) {
	which, _, _ = strings.Cut(which, " ")
	if number, err := strconv.Atoi(which); err == nil && what == "row" {
		w.must(w.file.SetRowVisible(w.sheet, number, false))
		return
	}
	w.must(w.file.SetColVisible(w.sheet, which, false))
}
