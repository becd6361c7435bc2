package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// A Workbook is what is written as XLSX. Its sheets are made for everybody, screen readers
// too: a title in the first cell, sentences below it, and one table with a name at the end,
// without a filter, merged cells, frozen panes or colours.
type Workbook struct {
	Title, About, Author string
	Lang                 string    // "de"
	Day                  time.Time // when it was made, as it says; the same day gives the same bytes
	Pages                []Page
}

// A Page is one sheet of a workbook.
type Page struct {
	Name  string   // on its tab, made fit by [Names]
	Lines []string // the title, and the sentences below it
	Table Table    // no Columns: none
}

// A Table is the one of a page: a line of heads, and rows.
type Table struct {
	Name    string // of letters, digits and _
	Columns []Column
	Rows    [][]string // numbers with a point before decimals, days as in 2024-12-31
	Links   []string   // the page that the first cell of each row leads to; nil for none
}

// A Column is one of a table. All its cells are of one type.
type Column struct {
	Head  string
	Type  Type
	Plain bool // its numbers stand without signs between groups of three
}

// Type is what the cells of a column are.
type Type int

// The types. An empty number or day is an empty cell.
const (
	Text Type = iota
	Number
	Day
)

// longestName is how many characters programs take on a tab: fewer than 31.
const longestName = 30

// Names makes what stands on tabs of titles: short, without signs that programs refuse, and
// each once.
func Names(titles []string) []string {
	names := make([]string, len(titles))
	met := map[string]bool{"history": true} // a word that Excel keeps for itself
	for i, title := range titles {
		base := strings.Trim(strings.Join(strings.Fields(refused.ReplaceAllString(title, " ")), " "), "' ")
		if base == "" {
			base = "-"
		}
		name := shortened(base, "")
		for n := 2; met[strings.ToLower(name)]; n++ {
			name = shortened(base, " "+strconv.Itoa(n))
		}
		met[strings.ToLower(name)] = true
		names[i] = name
	}
	return names
}

var refused = regexp.MustCompile(`[][:*?/\\\pC]`)

// shortened is a name with something behind it, cut between words where there is one.
func shortened(name, behind string) string {
	most := longestName - utf8.RuneCountInString(behind)
	if letters := []rune(name); len(letters) > most {
		cut := string(letters[:most])
		if space := strings.LastIndexByte(cut, ' '); space > len(cut)/2 {
			cut = cut[:space]
		}
		name = strings.TrimRight(cut, " '-,;")
	}
	return name + behind
}

// WriteXLSX writes a workbook.
func WriteXLSX(w Workbook) ([]byte, error) {
	file := excelize.NewFile()
	defer file.Close()
	out := workbookWriter{file: file, numbers: map[int]int{}}
	out.styles()
	for i, page := range w.Pages {
		if i == 0 {
			out.keep(file.SetSheetName("Sheet1", page.Name))
		} else {
			_, err := file.NewSheet(page.Name)
			out.keep(err)
		}
	}
	file.SetActiveSheet(0) // while the sheets are empty: the library reads each for it
	for _, page := range w.Pages {
		out.page(page)
	}
	day := w.Day.UTC().Format("2006-01-02T15:04:05Z")
	out.keep(file.SetDocProps(&excelize.DocProperties{
		Title: w.Title, Description: w.About, Creator: w.Author, LastModifiedBy: w.Author, Language: w.Lang,
		Created: day, Modified: day,
	}))
	if out.err != nil {
		return nil, out.err
	}
	var parts collector
	file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return &parts })
	if err := file.Write(io.Discard); err != nil {
		return nil, err
	}
	return parts.pack()
}

// workbookWriter writes pages until something goes wrong.
type workbookWriter struct {
	file              *excelize.File
	title, text, head int
	day               int
	numbers           map[int]int // the style of numbers by their decimals; below zero without groups
	err               error
}

func (w *workbookWriter) keep(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *workbookWriter) style(s excelize.Style) int {
	id, err := w.file.NewStyle(&s)
	w.keep(err)
	return id
}

// styles makes those that are the same in every workbook. Whatever is too long for its
// column goes on below.
func (w *workbookWriter) styles() {
	w.title = w.style(excelize.Style{Font: font(16, true), Alignment: wrapped})
	w.text = w.style(excelize.Style{Font: font(12, false), Alignment: wrapped})
	w.head = w.style(excelize.Style{Font: font(12, true), Alignment: wrapped})
	w.day = w.style(excelize.Style{NumFmt: shortDate, Font: font(12, false), Alignment: wrapped})
}

var wrapped = &excelize.Alignment{WrapText: true, Vertical: "top"}

func font(size float64, bold bool) *excelize.Font {
	return &excelize.Font{Family: "Calibri", Size: size, Bold: bold}
}

// shortDate is the one of whoever opens the file: 31/12/2024, 31.12.2024.
const shortDate = 14

// number is the style of numbers with so many decimals.
func (w *workbookWriter) number(decimals int, plain bool) int {
	key := decimals
	if plain {
		key = -1 - decimals
	}
	if id, known := w.numbers[key]; known {
		return id
	}
	format := "#,##0"
	if plain {
		format = "0"
	}
	if decimals > 0 {
		format += "." + strings.Repeat("0", decimals)
	}
	w.numbers[key] = w.style(excelize.Style{CustomNumFmt: &format, Font: font(12, false), Alignment: wrapped})
	return w.numbers[key]
}

// page writes one sheet.
func (w *workbookWriter) page(p Page) {
	stream, err := w.file.NewStreamWriter(p.Name)
	if w.keep(err); w.err != nil {
		return
	}
	for i, width := range slices.Backward(widths(p)) { // the library writes them from the last to the first
		w.keep(stream.SetColWidth(i+1, i+1, width))
	}
	for i, line := range p.Lines {
		style := w.text
		if i == 0 {
			style = w.title
		}
		w.row(stream, i+1, []any{excelize.Cell{StyleID: style, Value: line}})
	}
	if len(p.Table.Columns) > 0 {
		w.table(stream, p.Name, p.Table, len(p.Lines)+1)
	}
	w.keep(stream.Flush())
}

func (w *workbookWriter) row(stream *excelize.StreamWriter, row int, cells []any) {
	w.keep(stream.SetRow("A"+strconv.Itoa(row), cells))
}

// table writes a table from a row on.
func (w *workbookWriter) table(stream *excelize.StreamWriter, page string, t Table, from int) {
	heads := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = excelize.Cell{StyleID: w.head, Value: c.Head}
	}
	w.row(stream, from, heads)
	for i, row := range t.Rows {
		cells := make([]any, len(row))
		for j, text := range row {
			cells[j] = w.cell(t.Columns[j], text)
		}
		w.row(stream, from+1+i, cells)
		if i < len(t.Links) {
			to := "'" + strings.ReplaceAll(t.Links[i], "'", "''") + "'!A1"
			w.keep(w.file.SetCellHyperLink(page, "A"+strconv.Itoa(from+1+i), to, "Location"))
		}
	}
	last, err := excelize.ColumnNumberToName(len(t.Columns))
	w.keep(err)
	stripes := false
	w.keep(stream.AddTable(&excelize.Table{
		Range: fmt.Sprintf("A%d:%s%d", from, last, from+len(t.Rows)), Name: t.Name, ShowRowStripes: &stripes,
	}))
}

// cell makes a value of a text. What has no value is an empty cell.
func (w *workbookWriter) cell(c Column, text string) any {
	switch {
	case c.Type == Text:
		return excelize.Cell{StyleID: w.text, Value: text}
	case text == "":
		return nil
	case c.Type == Day:
		day, err := time.Parse(time.DateOnly, text)
		w.keep(err)
		return excelize.Cell{StyleID: w.day, Value: day}
	}
	number, err := strconv.ParseFloat(text, 64) // programs keep 15 digits
	w.keep(err)
	_, decimals, _ := strings.Cut(text, ".")
	return excelize.Cell{StyleID: w.number(min(len(decimals), mostDecimals), c.Plain), Value: number}
}

// mostDecimals is how many a number shows at the most; the cell holds all.
const mostDecimals = 6

// FirstDay is the first that all programs count alike.
const FirstDay = "1900-03-01"

// widths are those of the columns of a page: what its cells need, within limits.
func widths(p Page) []float64 {
	if len(p.Table.Columns) == 0 {
		return []float64{widest}
	}
	all := make([]float64, len(p.Table.Columns))
	for i, c := range p.Table.Columns {
		all[i] = float64(utf8.RuneCountInString(c.Head)) + 2
		for _, row := range p.Table.Rows {
			all[i] = max(all[i], float64(utf8.RuneCountInString(row[i]))+2)
		}
		all[i] = min(max(all[i], narrowest), widest)
	}
	all[0] = max(all[0], sentence)
	return all
}

// The widths in characters; in the first column stand the sentences, too.
const narrowest, sentence, widest = 12, 45, 70

// A collector keeps the files that the library makes, to put them together as they should be:
// in one order and without a time, since neither is the same twice with the library, and its
// tables without a filter, which it gives each.
type collector struct{ parts []part }

type part struct {
	name string
	data *bytes.Buffer
}

// Create begins a file.
func (c *collector) Create(name string) (io.Writer, error) {
	c.parts = append(c.parts, part{name, new(bytes.Buffer)})
	return c.parts[len(c.parts)-1].data, nil
}

// AddFS is part of what the library asks for; it has no files to add.
func (c *collector) AddFS(fs.FS) error { return nil }

// Close ends nothing.
func (c *collector) Close() error { return nil }

// pack makes one file of all.
func (c *collector) pack() ([]byte, error) {
	slices.SortFunc(c.parts, func(a, b part) int { return rank(a.name, b.name) })
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range c.parts {
		data := p.data.Bytes()
		switch {
		case strings.HasPrefix(p.name, "xl/tables/"):
			data = filter.ReplaceAll(data, nil)
		case strings.HasPrefix(p.name, "xl/worksheets/sheet"):
			data = bytes.Replace(data, extent, nil, 1)
		}
		entry, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := entry.Write(data); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}

// extent is how far a sheet reaches, of which the library knows nothing while it writes.
// Programs that believe it would read one cell.
var extent = []byte(`<dimension ref="A1"></dimension>`)

var filter = regexp.MustCompile(`<autoFilter [^>]*>(</autoFilter>)?`)

// rank puts the list of what a package holds before everything else, as programs expect.
func rank(a, b string) int {
	const first = "[Content_Types].xml"
	switch {
	case a == b:
		return 0
	case a == first:
		return -1
	case b == first:
		return 1
	}
	return strings.Compare(a, b)
}
