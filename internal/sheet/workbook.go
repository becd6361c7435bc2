package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// What a workbook may be, so that no file takes a machine down: it is packed, and a small
// one can hold a very large one.
const (
	mostUnpacked = mostBytes
	mostEntries  = 1_000 // files in the package
	mostInSheet  = 1_000_000
)

// Part is the part of a workbook that is asked for: a sheet by name, "" for the only one
// that is not hidden, and a range such as A3:F40, "" for all of it.
type Part struct{ Sheet, Range string }

// Refusal says why a file is not read, and what can be done.
type Refusal struct {
	Of   string // what would have to change: "file", "sheet" or "range"
	Code string
	Text diag.Text
	Ways []diag.Text
}

// At is the refusal at a place.
func (r *Refusal) At(place diag.Place) diag.Diagnostic {
	return diag.Diagnostic{Code: r.Code, Place: place, Text: r.Text, Ways: r.Ways}
}

// OpenXLSX cuts a sheet of a workbook into cells: the values as they are stored, whatever
// their display shows. Hidden rows, columns and sheets are read like others.
func OpenXLSX(f schema.File, part Part, list *diag.List) (book *Book, refused *Refusal) {
	defer func() {
		if recover() != nil { // the file is other people's, and so is what reads it
			book, refused = nil, damaged()
		}
	}()
	if refused := checkPackage(f.Text); refused != nil {
		return nil, refused
	}
	w, err := excelize.OpenReader(bytes.NewReader(f.Text),
		excelize.Options{RawCellValue: true, UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked})
	if err != nil {
		return nil, damaged()
	}
	defer w.Close()
	return read(w, f.Path, part, list)
}

// Sheets are the names of the sheets of a workbook that are shown, and of those that are
// hidden.
func Sheets(f schema.File) (shown, hidden []string, refused *Refusal) {
	defer func() {
		if recover() != nil {
			shown, hidden, refused = nil, nil, damaged()
		}
	}()
	if refused := checkPackage(f.Text); refused != nil {
		return nil, nil, refused
	}
	w, err := excelize.OpenReader(bytes.NewReader(f.Text),
		excelize.Options{UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked})
	if err != nil {
		return nil, nil, damaged()
	}
	defer w.Close()
	for _, name := range w.GetSheetList() {
		if visible, err := w.GetSheetVisible(name); visible && err == nil {
			shown = append(shown, name)
		} else {
			hidden = append(hidden, name)
		}
	}
	return shown, hidden, nil
}

// read reads a part of an open workbook.
func read(w *excelize.File, name string, part Part, list *diag.List) (*Book, *Refusal) {
	r := &workbookReader{file: w, worksheet: &worksheet{path: name}}
	if refused := r.choose(part); refused != nil {
		return nil, refused
	}
	records, refused := r.records()
	if refused != nil {
		return nil, refused
	}
	return &Book{Path: name, reader: &csvReader{list: list}, records: records, sheet: r.worksheet}, nil
}

// checkPackage looks at a file before anything of it is unpacked.
func checkPackage(text []byte) *Refusal {
	switch {
	case bytes.HasPrefix(text, []byte("\xd0\xcf\x11\xe0")) && bytes.Contains(text, wide("EncryptedPackage")):
		return &Refusal{Of: "file", Code: "workbook-unreadable",
			Text: diag.Say("the workbook is encrypted with a password",
				"die Arbeitsmappe ist mit einem Kennwort verschlüsselt"),
			Ways: []diag.Text{
				diag.Say("save it in Excel without a password: File, Info, Protect Workbook",
					"speichern Sie sie in Excel ohne Kennwort: Datei, Informationen, Arbeitsmappe schützen")}}
	case bytes.HasPrefix(text, []byte("\xd0\xcf\x11\xe0")):
		return oldFormat(".xls")
	}
	packed, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		return damaged()
	}
	if len(packed.File) > mostEntries {
		return tooLarge(diag.Say("the workbook is a package of %d files; at most %d are read",
			"die Arbeitsmappe ist ein Paket aus %d Dateien; höchstens %d werden gelesen",
			len(packed.File), mostEntries))
	}
	unpacked, isWorkbook := uint64(0), false
	for _, entry := range packed.File {
		unpacked = min(unpacked+entry.UncompressedSize64, 1<<60)
		isWorkbook = isWorkbook || strings.EqualFold(entry.Name, "xl/workbook.xml")
	}
	switch {
	case unpacked > mostUnpacked:
		return tooLarge(diag.Say("unpacked, the workbook has more than %d MB",
			"ausgepackt hat die Arbeitsmappe mehr als %d MB",
			mostUnpacked>>20))
	case !isWorkbook:
		return oldFormat(".ods")
	}
	return nil
}

// wide is a text as old formats of Office write it.
func wide(text string) []byte { return []byte(strings.Join(strings.Split(text, ""), "\x00")) }

// oldFormat refuses what only looks like a workbook of this kind.
func oldFormat(ext string) *Refusal {
	return &Refusal{Of: "file", Code: "workbook-unreadable",
		Text: diag.Say("the file is no Excel workbook (.xlsx), whatever its name says",
			"die Datei ist keine Excel-Arbeitsmappe (.xlsx), auch wenn sie so heißt"),
		Ways: []diag.Text{SaveAsXLSX(ext)}}
}

// SaveAsXLSX is the way out for workbooks of other formats.
func SaveAsXLSX(ext string) diag.Text {
	return diag.Say("open it in its program, and save it as \"Excel Workbook (.xlsx)\" or as \"CSV UTF-8\"; "+
		"%s is not read",
		"öffnen Sie sie in ihrem Programm, und speichern Sie sie als „Excel-Arbeitsmappe (.xlsx)“ oder als "+
			"„CSV UTF-8“; "+
			"%s wird nicht gelesen", ext)
}

func damaged() *Refusal {
	return &Refusal{Of: "file", Code: "workbook-unreadable",
		Text: diag.Say("the workbook is not whole: a part of the file is missing, or it is no workbook",
			"die Arbeitsmappe ist nicht vollständig: Ein Teil der Datei fehlt, oder sie ist keine Arbeitsmappe"),
		Ways: []diag.Text{
			diag.Say("open it in Excel, and save it anew",
				"öffnen Sie sie in Excel, und speichern Sie sie neu"),
			diag.Say("if it was being copied or saved, wait and run the command again",
				"wurde sie gerade kopiert oder gespeichert, warten Sie und führen Sie den Befehl noch einmal aus")}}
}

func tooLarge(text diag.Text) *Refusal {
	return &Refusal{Of: "file", Code: "sheet-large", Text: text,
		Ways: []diag.Text{
			diag.Say("save the sheet that is needed in a file of its own, as \"CSV UTF-8\" or as a workbook",
				"speichern Sie das Blatt, das gebraucht wird, in einer eigenen Datei, als „CSV UTF-8“ "+
					"oder als Arbeitsmappe")}}
}

// worksheet is the sheet of a workbook that cells stand in.
type worksheet struct {
	path, name string
	hidden     []string // rows, columns and the sheet itself that are hidden and were read: "5", "C"

	hiddenRows, hiddenCols map[int]bool
}

// IsHidden reports whether nobody sees the cell who opens its workbook.
func (c *Cell) IsHidden() bool {
	return c.sheet != nil && (c.sheet.hiddenCols[c.start] || c.sheet.hiddenRows[c.end])
}

// workbookReader reads one sheet.
type workbookReader struct {
	*worksheet
	file   *excelize.File
	from   [2]int // column and row, from 1
	to     [2]int // the last ones; 0 for no end
	styles map[int]format
	old    bool // days are counted from 1904
}

// choose finds the sheet and the range.
func (r *workbookReader) choose(part Part) *Refusal {
	var names, seen []string
	for _, name := range r.file.GetSheetList() {
		names = append(names, name)
		if visible, err := r.file.GetSheetVisible(name); visible && err == nil {
			seen = append(seen, name)
		}
	}
	switch {
	case part.Sheet != "" && !slices.Contains(names, part.Sheet):
		return noSheet(part.Sheet, names)
	case part.Sheet != "":
		r.name = part.Sheet
	case len(seen) == 1:
		r.name = seen[0]
	default:
		return r.severalSheets(names, seen)
	}
	if visible, err := r.file.GetSheetVisible(r.name); err == nil && !visible {
		r.hidden = append(r.hidden, r.name)
	}
	return r.readRange(part.Range)
}

func noSheet(name string, names []string) *Refusal {
	bad := &Refusal{Of: "sheet", Code: "workbook-sheet",
		Text: diag.Say("the workbook has no sheet %s; there are: %s",
			"die Arbeitsmappe hat kein Blatt %s; es gibt: %s", name, strings.Join(names, ", "))}
	for _, near := range diag.Nearest(name, names) {
		bad.Ways = append(bad.Ways, diag.Say("write %s", "schreiben Sie %s", schema.Written(near)))
	}
	return bad
}

func (r *workbookReader) severalSheets(names, seen []string) *Refusal {
	bad := &Refusal{Of: "sheet", Code: "workbook-sheet",
		Text: diag.Say("the workbook has several sheets: %s",
			"die Arbeitsmappe hat mehrere Blätter: %s", strings.Join(names, ", "))}
	if len(seen) > 0 {
		bad.Ways = []diag.Text{diag.Say("say which one is meant, such as sheet: %s",
			"schreiben Sie dazu, welches gemeint ist, etwa sheet: %s", schema.Written(r.largest(seen)))}
	}
	return bad
}

// largest is the sheet with the most cells in its first rows: a table, and no list of
// contents.
func (r *workbookReader) largest(names []string) string {
	best, most := names[0], 0
	for _, name := range names {
		if n := r.firstCells(name); n > most {
			best, most = name, n
		}
	}
	return best
}

// firstCells is how many cells stand in the first rows of a sheet.
func (r *workbookReader) firstCells(name string) int {
	rows, err := r.file.Rows(name)
	if err != nil {
		return 0 // which is said once it is read
	}
	defer rows.Close()
	cells := 0
	for i := 0; i < separatorLines && rows.Next(); i++ {
		row, _ := rows.Columns()
		cells += len(row)
	}
	return cells
}

// readRange reads which cells are asked for.
func (r *workbookReader) readRange(text string) *Refusal {
	r.from = [2]int{1, 1}
	if text == "" {
		return nil
	}
	first, last, isRange := strings.Cut(strings.ReplaceAll(strings.ToUpper(text), "$", ""), ":")
	col, row, err := excelize.CellNameToCoordinates(first)
	toCol, toRow, err2 := excelize.CellNameToCoordinates(last)
	if err2 != nil { // A3:F: to the last row
		toRow = 0
		toCol, err2 = excelize.ColumnNameToNumber(last)
	}
	if err != nil || err2 != nil || !isRange || toCol < col || toRow != 0 && toRow < row {
		return &Refusal{Of: "range", Code: "workbook-range",
			Text: diag.Say("%s is no range of cells",
				"%s ist kein Bereich von Zellen", text),
			Ways: []diag.Text{
				diag.Say("write its first and its last cell, such as A3:F40, or A3:F for all rows from the third on",
					"schreiben Sie die erste und die letzte Zelle, etwa A3:F40, oder A3:F für "+
						"alle Zeilen ab der dritten")}}
	}
	r.from, r.to = [2]int{col, row}, [2]int{toCol, toRow}
	return nil
}

// records reads the cells of the sheet, each row as long as the longest.
func (r *workbookReader) records() ([][]Cell, *Refusal) {
	r.styles = map[int]format{}
	if props, err := r.file.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		r.old = *props.Date1904
	}
	sheet, ok := r.open()
	if !ok {
		return nil, damaged()
	}
	var records [][]Cell
	cells, width, large := 0, 0, false
	whole := sheet.each(func(s stored) bool {
		i, j := s.row-r.from[1], s.col-r.from[0]
		if i < 0 || j < 0 || r.to[1] != 0 && s.row > r.to[1] || r.to[0] != 0 && s.col > r.to[0] {
			return true
		}
		width = max(width, j+1)
		if cells++; cells > mostInSheet || max(len(records), i+1)*width > mostInSheet {
			large = true
			return false
		}
		for len(records) <= i {
			records = append(records, nil)
		}
		records[i] = r.filled(records[i], width, i)
		records[i][j] = r.cell(s)
		return true
	})
	switch {
	case large:
		return nil, manyCells(r.name)
	case !whole:
		return nil, damaged()
	}
	for i := range records {
		records[i] = r.filled(records[i], width, i)
	}
	r.merged(records, sheet.merges)
	r.findHidden(len(records), width, sheet)
	return records, nil
}

// open finds the XML of the sheet, and that of the texts that its cells share.
func (r *workbookReader) open() (*sheetReader, bool) {
	text, ok := r.part(r.sheetPart())
	if !ok {
		return nil, false
	}
	sheet := &sheetReader{markup: markup{text: text}}
	if texts, has := r.part("xl/sharedStrings.xml"); has {
		sheet.shared, ok = sharedTexts(texts)
	}
	return sheet, ok
}

// part is a file of the package, which is not needed again.
func (r *workbookReader) part(name string) (string, bool) {
	found, ok := r.file.Pkg.LoadAndDelete(name)
	text, isText := found.([]byte)
	return string(text), ok && isText
}

// sheetPart is the file of the package that holds the sheet: the workbook names it by a
// word that stands for it in a second file.
func (r *workbookReader) sheetPart() string {
	book, _ := r.file.Pkg.Load("xl/workbook.xml")
	text, _ := book.([]byte)
	word := ""
	for m := (markup{text: string(text)}); word == "" && m.next(); {
		if m.starts("sheet") && m.attr("name") == r.name {
			word = m.attr("id")
		}
	}
	text2, _ := r.part("xl/_rels/workbook.xml.rels")
	for m := (markup{text: text2}); m.next(); {
		if m.starts("Relationship") && m.attr("Id") == word {
			if inside, absolute := strings.CutPrefix(m.attr("Target"), "/"); absolute {
				return inside
			}
			return path.Join("xl", m.attr("Target"))
		}
	}
	return ""
}

func manyCells(sheet string) *Refusal {
	return &Refusal{Of: "range", Code: "sheet-large",
		Text: diag.Say("the sheet %s has more than %s cells",
			"das Blatt %s hat mehr als %s Zellen",
			sheet, million{}),
		Ways: []diag.Text{
			diag.Say("choose the part that is needed: range: A1:F5000",
				"wählen Sie den Teil, der gebraucht wird: range: A1:F5000"),
			diag.Say("if the sheet looks smaller, delete the empty rows and columns behind its last cell in Excel",
				"sieht das Blatt kleiner aus, löschen Sie in Excel die leeren Zeilen und Spalten "+
					"hinter seiner letzten Zelle")}}
}

// million is the limit of cells in words.
type million struct{}

// In gives the words of a language.
func (million) In(lang string) string {
	if lang == "de" {
		return "eine Million"
	}
	return "one million"
}

// filled makes a row of the sheet as long as it has to be.
func (r *workbookReader) filled(row []Cell, width, i int) []Cell {
	row = slices.Grow(row, max(0, width-len(row)))
	for j := len(row); j < width; j++ {
		row = append(row, Cell{sheet: r.worksheet, start: r.from[0] + j, end: r.from[1] + i})
	}
	return row
}

// cell makes a cell of what is stored: what a number is depends on its format.
func (r *workbookReader) cell(s stored) Cell {
	c := Cell{Text: trimmed(s.value), sheet: r.worksheet, start: s.col, end: s.row}
	switch s.is {
	case "b":
		c.Text = map[string]string{"1": "TRUE", "0": "FALSE"}[c.Text]
	case "", "n":
		if number, ok := storedNumber(c.Text); ok {
			r.number(&c, number, r.format(s.style))
		}
	}
	if c.Text == "" && s.formula {
		c.kind = uncomputed
	}
	return c
}

func isDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// number makes a cell one of a number, or of the date that its format shows.
func (r *workbookReader) number(c *Cell, number string, f format) {
	if date, ok := r.day(number, f); ok {
		c.Text = date
		return
	}
	if c.Text, c.kind = number, plainNumber; f == percentFormat {
		c.kind = percentNumber
	}
}

// merged gives the texts of merged cells to those below their first: a word that stands
// once beside several rows is that of each of them.
func (r *workbookReader) merged(records [][]Cell, merges []block) {
	for _, m := range merges {
		i, j := m.row-r.from[1], m.col-r.from[0]
		if i < 0 || i >= len(records) || j < 0 || j >= len(records[i]) || records[i][j].Text == "" {
			continue
		}
		for below := i + 1; below <= m.toRow-r.from[1] && below < len(records); below++ {
			c := &records[below][j]
			c.Text, c.kind = records[i][j].Text, mergedCell
		}
	}
}

// findHidden notes which rows and columns in the range are hidden.
func (r *workbookReader) findHidden(rows, cols int, sheet *sheetReader) {
	r.hiddenRows, r.hiddenCols = sheet.rows, map[int]bool{}
	for col := r.from[0]; col < r.from[0]+cols; col++ {
		if slices.ContainsFunc(sheet.cols, func(c [2]int) bool { return c[0] <= col && col <= c[1] }) {
			name, _ := excelize.ColumnNumberToName(col) // it is one of a sheet that was read
			r.hidden, r.hiddenCols[col] = append(r.hidden, name), true
		}
	}
	for row := r.from[1]; row < r.from[1]+rows; row++ {
		if sheet.rows[row] {
			r.hidden = append(r.hidden, fmt.Sprint(row))
		}
	}
}

// place is that of a stretch of the text of a cell.
func (w *worksheet) place(c *Cell, start, end int) diag.Place {
	name, err := excelize.CoordinatesToCellName(c.start, c.end)
	if err != nil {
		return diag.File(w.path)
	}
	return diag.InCell(w.path, w.name+"!"+name, c.end, c.Text, start, end)
}
