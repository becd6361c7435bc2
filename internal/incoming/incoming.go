// Package incoming holds a file of numbers, as an office sends it, against the figures that
// are typed: which row is which figure, and which value is new.
//
// Rules:
//   - Nothing is guessed. What can be meant in two ways is a [Question]; the answer is kept
//     in content/import.yaml, so that it is asked once.
//   - Every value is one that stands in the file, with all its digits, or it is no value.
//   - Nothing of the file is passed over: each row is a figure, a title, a note, or one that
//     nobody knows, and is said to be so.
//   - A figure that is computed is never taken from a file.
package incoming

import (
	"math/big"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// Kind is what a row of the file is.
type Kind string

// What rows are, as they are printed for programs.
const (
	Same     Kind = "same"     // a figure, with the value that it has
	New      Kind = "new"      // a figure, with another value
	Computed Kind = "computed" // a figure that bilanz computes
	Empty    Kind = "empty"    // a figure, without a value
	Open     Kind = "open"     // one that a question is about
	Refused  Kind = "refused"  // a figure whose value cannot be taken
	Unknown  Kind = "unknown"  // no figure that is known
	LeftOut  Kind = "left out" // one that people said is no figure of the site
)

// Row is a row of the file below the names of its columns.
type Row struct {
	Kind   Kind
	Label  string     // as it stands in the file
	Path   string     // with the label of the row that it is below
	Cell   string     // of its value, as programs call it: "Sheet1!B7"
	At     diag.Place // of the same
	Text   string     // what stands in that cell
	Figure *figure.Figure
	Value  figure.Value     // nothing of a row without one
	Note   string           // the footnote that a mark in the row leads to
	Hidden bool             // nobody sees the cell of its value
	Near   []*figure.Figure // of an unknown row: those that may be meant
}

// Written is the value of the row as files of figures write it.
func (r *Row) Written() string { return written(r.Value) }

// Remark is a text in the file that is no row of figures.
type Remark struct{ Cell, Text string }

// Import is a file held against figures.
type Import struct {
	Name      string // of the file
	Path      string // as its user calls it
	Sheet     string // of a workbook
	Labels    string // the name of the column of labels, or of ids
	Values    string // that of the column of values
	Across    bool   // the figures stand side by side: rows are columns, and columns rows
	Rows      []Row
	Titles    []Remark // above the names of the columns
	Footnotes []Remark
	Headings  []Remark // between the rows
	Absent    []*figure.Figure
	Hidden    []diag.Text // rows, columns and sheets
	Doubts    []diag.Text
	Questions []Question
	Problems  []diag.Diagnostic

	langs []*locale.Lang // of the site
	words []*locale.Lang // those, and those of messages: words are understood in all of them
	set   *figure.Set
	known Known
}

// A Question is what only a person can say. Its answer is a value of a key of
// content/import.yaml.
type Question struct {
	Key     string
	Of      string // the row or word that it is about; "" for the file
	Cell    string // where that stands
	Text    diag.Text
	Line    diag.Text // the same above a line to complete, which says what it is about; nothing of what is clear
	Choices []Choice
}

// Choice is one answer.
type Choice struct {
	Value string
	Text  diag.Text
	Apart diag.Text // what it says besides its value
}

// Answer is what to remember where this choice is made.
func (q *Question) Answer(c Choice) Answer { return Answer{Key: q.Key, Of: q.Of, Value: c.Value} }

// Folder is where files wait that are imported there, such as those that somebody proposes.
const Folder = "content/incoming"

// IsWaiting reports whether a file of the project waits for import, of which nothing is
// published.
func IsWaiting(file string) bool { return strings.HasPrefix(file, Folder+"/") }

// Options says what a file is held against.
type Options struct {
	Set    *figure.Set
	Langs  []*locale.Lang // of the site
	Known  Known
	Public bool // the file lies where others read it: what nobody sees in it is refused
}

// Read reads a file and holds it against figures. It gives nil, and says why, where the file
// cannot be read at all.
func Read(f schema.File, o Options) (*Import, []diag.Diagnostic) {
	var list diag.List
	m := &Import{Name: path.Base(f.Path), Path: f.Path, langs: o.Langs, set: o.Set, known: o.Known,
		words: slices.Clone(o.Langs)}
	for _, code := range []string{english, german} {
		if !slices.ContainsFunc(m.words, func(l *locale.Lang) bool { return l.Code == code }) {
			m.words = append(m.words, locale.Must(code))
		}
	}
	if o.Public && m.isUnseen(f, &list) {
		return nil, list.Sorted()
	}
	book := m.open(f, &list)
	if found := list.Sorted(); book == nil && len(m.Questions) == 0 || len(found) > 0 {
		return nil, found
	}
	if book == nil {
		return m, nil
	}
	for _, name := range book.Hidden() {
		m.hide(name)
	}
	m.match(book)
	return m, nil
}

// isUnseen refuses a workbook that holds what nobody sees who opens it, before anything of
// it is read. A file that is no workbook holds nothing else than what one sees.
func (m *Import) isUnseen(f schema.File, list *diag.List) bool {
	if ext := strings.ToLower(path.Ext(f.Path)); ext != ".xlsx" && ext != ".xlsm" {
		return false
	}
	found, refused := sheet.Unseen(f)
	if refused != nil {
		list.Add(refused.At(diag.File(f.Path)))
		return true
	}
	if len(found) == 0 {
		return false
	}
	d := diag.Diagnostic{Code: "import-unseen", Place: diag.File(f.Path),
		Text: diag.Say("this workbook holds what its readers do not see, and here everybody can look into it",
			"diese Arbeitsmappe enthält, was man beim Lesen nicht sieht, und hier kann jeder hineinsehen"),
		Ways: []diag.Text{cleanInExcel, cleanInLibreOffice, importElsewhere}}
	for _, text := range found {
		d.Notes = append(d.Notes, diag.Note{Place: diag.File(f.Path), Text: text})
	}
	list.Add(d)
	return true
}

var (
	cleanInExcel = diag.Say("in Excel: File > Info > Check for Issues > Inspect Document; tick everything, "+
		"then Remove All beside what was found, and save",
		"in Excel: Datei > Informationen > Auf Probleme überprüfen > Dokument prüfen; alles ankreuzen, "+
			"dann bei jedem Fund Alle entfernen, und speichern")
	cleanInLibreOffice = diag.Say("in LibreOffice: show hidden sheets (Sheet > Show Sheet), rows and columns "+
		"(Format), and delete what is not needed; Sheet > Cell Comments > Delete All Comments; "+
		"File > Properties > Reset Properties, without \"Apply user data\"",
		"in LibreOffice: ausgeblendete Tabellen (Tabelle > Tabelle einblenden), Zeilen und Spalten (Format) "+
			"einblenden und löschen, was nicht gebraucht wird; Tabelle > Zellkommentare > Alle Kommentare löschen; "+
			"Datei > Eigenschaften > Eigenschaften zurücksetzen, ohne „Benutzerdaten verwenden“")
	importElsewhere = diag.Say("import the file on your own machine, and propose only what that changes: "+
		"then nothing of the file becomes public",
		"übernehmen Sie die Datei auf Ihrem eigenen Rechner, und schlagen Sie nur vor, was sich dadurch ändert: "+
			"Dann wird von der Datei nichts öffentlich")
)

// open cuts the file into cells; nil where it cannot, or where it is not known which sheet.
func (m *Import) open(f schema.File, list *diag.List) *sheet.Book {
	switch ext := strings.ToLower(path.Ext(f.Path)); ext {
	case ".xlsx", ".xlsm":
		return m.openWorkbook(f, list)
	case ".csv", ".tsv", ".tab", ".txt":
		return m.openText(f, list)
	case ".xls", ".ods", ".xlsb", ".numbers":
		list.Add(diag.Diagnostic{Code: "import-file", Place: diag.File(f.Path),
			Text: diag.Say("a workbook (%s) is not read", "eine Arbeitsmappe (%s) wird nicht gelesen", ext),
			Ways: []diag.Text{sheet.SaveAsXLSX(ext)}})
	default:
		list.Add(diag.Diagnostic{Code: "import-file", Place: diag.File(f.Path),
			Text: diag.Say("this is neither a workbook (.xlsx) nor a CSV file",
				"das ist weder eine Arbeitsmappe (.xlsx) noch eine CSV-Datei"),
			Ways: []diag.Text{diag.Say("save the table in Excel as a workbook, or as \"CSV UTF-8\"",
				"speichern Sie die Tabelle in Excel als Arbeitsmappe oder als „CSV UTF-8“")}})
	}
	return nil
}

func (m *Import) openWorkbook(f schema.File, list *diag.List) *sheet.Book {
	shown, hidden, refused := sheet.Sheets(f)
	if refused != nil {
		list.Add(refused.At(diag.File(f.Path)))
		return nil
	}
	for _, name := range hidden {
		if name != m.known.Sheet {
			m.Hidden = append(m.Hidden, diag.Say("sheet %s", "Blatt %s", name))
		}
	}
	if m.Sheet = m.known.Sheet; m.Sheet == "" {
		if m.Sheet = m.theSheet(f, shown); m.Sheet == "" {
			return nil
		}
	}
	book, refused := sheet.OpenXLSX(f, sheet.Part{Sheet: m.Sheet}, list)
	if refused != nil {
		list.Add(refused.At(m.place(f, sheetKey)))
	}
	return book
}

// hide notes what is hidden on the sheet that is read, or that it is so itself.
func (m *Import) hide(name string) {
	switch {
	case name == m.Sheet:
		m.Hidden = append(m.Hidden, diag.Say("sheet %s", "Blatt %s", name))
	case isDigits(name):
		m.Hidden = append(m.Hidden, diag.Say("row %s", "Zeile %s", name))
	default:
		m.Hidden = append(m.Hidden, diag.Say("column %s", "Spalte %s", name))
	}
}

// place is where people said something about the file, or the file itself.
func (m *Import) place(f schema.File, key string) diag.Place {
	if at, ok := m.known.at[key]; ok {
		return at
	}
	return diag.File(f.Path)
}

// theSheet is the only sheet on which a row is a figure. Of several a person must choose.
func (m *Import) theSheet(f schema.File, shown []string) string {
	if len(shown) == 1 {
		return shown[0]
	}
	var with []string
	x := newIndex(m.set, m.langs)
	for _, name := range shown {
		book, refused := sheet.OpenXLSX(f, sheet.Part{Sheet: name}, &diag.List{})
		if refused == nil && x.best(book.Records()).hits > 0 {
			with = append(with, name)
		}
	}
	if len(with) == 1 {
		return with[0]
	}
	if len(with) == 0 {
		with = shown
	}
	q := Question{Key: sheetKey, Text: diag.Say("which sheet holds the values?", "auf welchem Blatt stehen die Werte?")}
	for _, name := range with {
		q.Choices = append(q.Choices, Choice{Value: name, Text: diag.Say("%s", "%s", name)})
	}
	m.Questions = append(m.Questions, q)
	return ""
}

// openText cuts a text file into cells. Letters that are not in Unicode are read as Windows
// in Western Europe saves them, unless somebody said otherwise.
func (m *Import) openText(f schema.File, list *diag.List) *sheet.Book {
	encoding := m.known.Encoding
	if encoding == "" && !utf8.Valid(f.Text) {
		encoding = "windows-1252"
	}
	decoded, ok := sheet.Decode(f, encoding)
	if !ok && encoding != "" {
		list.Add(diag.Diagnostic{Code: "import-file", Place: diag.File(f.Path),
			Text: diag.Say("the letters of this file cannot be read as %s",
				"die Zeichen dieser Datei lassen sich nicht als %s lesen", encoding),
			Ways: []diag.Text{diag.Say("save it in Excel as \"CSV UTF-8\" or as a workbook (.xlsx)",
				"speichern Sie sie in Excel als „CSV UTF-8“ oder als Arbeitsmappe (.xlsx)")}})
		return nil
	}
	return sheet.OpenCSV(decoded, list)
}

// match holds the cells against the figures.
func (m *Import) match(book *sheet.Book) {
	t := &table{m: m, book: book, rows: book.Records(), index: newIndex(m.set, m.langs)}
	t.turn()
	if !t.findLabels() {
		return
	}
	t.findFirst()
	t.findRemarks()
	if !t.findValues() {
		return
	}
	t.scale()
	t.read()
	t.footnotes()
	t.twice()
	t.absent()
	if len(m.Questions) == 0 && len(m.Problems) == 0 && !slices.ContainsFunc(m.Rows, isKnown) {
		m.Problems = append(m.Problems, diag.Diagnostic{Code: "import-rows", Place: diag.File(m.Path),
			Text: diag.Say("no row of this file is a figure of this site",
				"keine Zeile dieser Datei ist eine Kennzahl dieser Website"),
			Ways: []diag.Text{
				diag.Say("say in content/import.yaml under rows: which row is which figure",
					"schreiben Sie in content/import.yaml unter rows:, welche Zeile welche Kennzahl ist"),
				diag.Say("start from the sheet that \"bilanz figures list --csv\" prints",
					"beginnen Sie mit der Tabelle, die „bilanz figures list --csv“ ausgibt")}})
	}
}

// isKnown reports whether somebody knows what a row is.
func isKnown(r Row) bool { return r.Figure != nil || r.Kind != Unknown }

// Notes is the language of the notes in the file, as somebody said.
func (m *Import) Notes() string { return m.known.Notes }

// NotTaken are the notes of the file that become no note of a figure.
func (m *Import) NotTaken() []Remark {
	taken := map[string]bool{}
	for _, r := range m.Rows {
		taken[r.Note] = r.Note != ""
	}
	return slices.DeleteFunc(slices.Clone(m.Footnotes), func(note Remark) bool {
		_, text := cutNote(note.Text)
		return taken[text]
	})
}

// Changes are the rows that hold a new value.
func (m *Import) Changes() []*Row {
	var all []*Row
	for i := range m.Rows {
		if m.Rows[i].Kind == New {
			all = append(all, &m.Rows[i])
		}
	}
	return all
}

// Of gives the rows of a kind.
func (m *Import) Of(kind Kind) []*Row {
	var all []*Row
	for i := range m.Rows {
		if m.Rows[i].Kind == kind {
			all = append(all, &m.Rows[i])
		}
	}
	return all
}

// Jump is the power of ten, roughly, by which a new value is larger or smaller than the old
// one, as a slip of the decimal sign or of a unit makes it: 3 for a thousand times as much,
// -1 for a tenth; from five times as much on. 0 for less.
func Jump(old, now figure.Value) int {
	if old.Number == nil || now.Number == nil || old.Number.Sign() == 0 || now.Number.Sign() == 0 {
		return 0
	}
	ratio, direction := new(big.Rat).Quo(now.Number, old.Number), 1
	if ratio.Abs(ratio); ratio.Cmp(big.NewRat(1, 1)) < 0 {
		ratio.Inv(ratio)
		direction = -1
	}
	power := 0
	for five, ten := big.NewRat(5, 1), big.NewRat(10, 1); ratio.Cmp(five) >= 0; power++ {
		ratio.Quo(ratio, ten)
	}
	return direction * power
}
