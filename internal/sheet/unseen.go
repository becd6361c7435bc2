package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// Unseen lists what a workbook holds that nobody sees who opens it, or that is no cell:
// what it is and where, never what it says. A file of the package that is not known to
// hold cells, or the looks of them, is one of these, whatever it is.
func Unseen(f schema.File) (all []diag.Text, refused *Refusal) {
	defer func() {
		if recover() != nil {
			all, refused = nil, damaged()
		}
	}()
	if refused := checkPackage(f.Text); refused != nil {
		return nil, refused
	}
	u := &unseen{parts: map[string]string{}, of: map[string]string{}}
	if !u.unpack(f.Text) {
		return nil, damaged()
	}
	u.workbook()
	for _, s := range u.sheets {
		if !u.sheet(s) {
			return nil, damaged()
		}
	}
	u.comments()
	u.properties()
	u.links()
	u.others()
	return u.found, nil
}

// unseen is a workbook on the way to what nobody sees in it.
type unseen struct {
	names  []string          // of the files of the package, in small letters, by name
	parts  map[string]string // those that are looked into
	sheets []namedSheet
	of     map[string]string // by file of the package: the sheet that it belongs to
	found  []diag.Text
}

type namedSheet struct{ name, part string }

func (u *unseen) add(english, german string, args ...any) {
	u.found = append(u.found, diag.Say(english, german, args...))
}

// unpack reads the files of the package that say something by themselves.
func (u *unseen) unpack(text []byte) bool {
	packed, err := zip.NewReader(bytes.NewReader(text), int64(len(text)))
	if err != nil {
		return false
	}
	if packed.Comment != "" {
		u.add("a remark in the file itself", "eine Bemerkung in der Datei selbst")
	}
	for _, entry := range packed.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(entry.Name, `\`, "/"), "/"))
		if strings.HasSuffix(name, "/") {
			continue
		}
		u.names = append(u.names, name)
		if ext := path.Ext(name); ext != ".xml" && ext != ".rels" && !strings.HasPrefix(name, printers) {
			continue
		}
		r, err := entry.Open()
		if err != nil {
			return false
		}
		data, err := io.ReadAll(io.LimitReader(r, mostUnpacked+1))
		r.Close()
		if err != nil || len(data) > mostUnpacked {
			return false
		}
		u.parts[name] += string(data)
	}
	slices.Sort(u.names)
	return true
}

// links from file to file of the package.
type relation struct {
	id, target string
	external   bool
}

// relations are those of a file of the package.
func (u *unseen) relations(part string) (all []relation) {
	text := u.parts[path.Dir(part)+"/_rels/"+path.Base(part)+".rels"]
	for m := (markup{text: text}); m.next(); {
		if !m.starts("Relationship") {
			continue
		}
		r := relation{id: m.attr("Id"), target: m.attr("Target"), external: m.attr("TargetMode") == "External"}
		if inside, absolute := strings.CutPrefix(r.target, "/"); absolute {
			r.target = inside
		} else if !r.external {
			r.target = path.Join(path.Dir(part), r.target)
		}
		if !r.external {
			r.target = strings.ToLower(r.target)
		}
		all = append(all, r)
	}
	return all
}

const workbookPart = "xl/workbook.xml"

// workbook finds the sheets, and what the workbook says as a whole.
func (u *unseen) workbook() {
	targets := map[string]string{}
	for _, r := range u.relations(workbookPart) {
		targets[r.id] = r.target
	}
	said := map[string]bool{}
	once := func(english, german string) {
		if !said[english] {
			said[english] = true
			u.add(english, german)
		}
	}
	for m := (markup{text: u.parts[workbookPart]}); m.next(); {
		switch {
		case m.starts("sheet"):
			s := namedSheet{m.attr("name"), targets[m.attr("id")]}
			u.sheets = append(u.sheets, s)
			if state := m.attr("state"); state != "" && state != "visible" {
				u.add("hidden: sheet %s", "ausgeblendet: Blatt %s", s.name)
			}
		case m.starts("absPath"):
			once("the folder in which it was saved", "der Ordner, in dem sie gespeichert wurde")
		case m.starts("fileSharing") && m.attr("userName") != "":
			once("the name of a person who protected it", "der Name einer Person, die sie geschützt hat")
		case m.starts("customWorkbookView"):
			once("views of single persons", "Ansichten einzelner Personen")
		case m.starts("definedName"):
			if m.isTrue("hidden") && !strings.HasPrefix(m.attr("name"), "_xlnm.") { // those are made by Excel itself
				once("hidden names", "ausgeblendete Namen")
			}
		}
	}
}

// sheet finds the rows and columns of a sheet that hold something and are hidden. It reports
// false where the sheet is not whole.
func (u *unseen) sheet(s namedSheet) bool {
	for _, r := range u.relations(s.part) {
		u.of[r.target] = s.name
	}
	if !strings.HasPrefix(s.part, "xl/worksheets/") {
		return true // one of a chart or of macros, which is said of its file
	}
	shared, _ := sharedTexts(u.parts["xl/sharedstrings.xml"])
	rows, cols := map[int]bool{}, map[int]bool{}
	r := &sheetReader{markup: markup{text: u.parts[s.part]}, shared: shared}
	if !r.each(func(c stored) bool {
		rows[c.row], cols[c.col] = rows[c.row] || r.rows[c.row], true
		return true
	}) {
		return false
	}
	var hidden []int
	for row, is := range rows {
		if is {
			hidden = append(hidden, row)
		}
	}
	u.hides(s, hidden, strconv.Itoa, diag.Say("row", "Zeile"), diag.Say("rows", "Zeilen"))
	hidden = nil
	for col := range cols {
		if slices.ContainsFunc(r.cols, func(c [2]int) bool { return c[0] <= col && col <= c[1] }) {
			hidden = append(hidden, col)
		}
	}
	u.hides(s, hidden, letters, diag.Say("column", "Spalte"), diag.Say("columns", "Spalten"))
	if r.scenarios {
		u.add("sheet %s: scenarios, with the names of persons", "Blatt %s: Szenarien, mit Namen von Personen", s.name)
	}
	return true
}

// hides says which rows or columns of a sheet are hidden.
func (u *unseen) hides(s namedSheet, hidden []int, name func(int) string, one, several diag.Text) {
	if len(hidden) > 0 {
		u.add("hidden: sheet %s, %s %s", "ausgeblendet: Blatt %s, %s %s", s.name,
			diag.Plural(len(hidden), one, several), spans(hidden, name))
	}
}

func letters(col int) string {
	name, err := excelize.ColumnNumberToName(col)
	if err != nil {
		return strconv.Itoa(col)
	}
	return name
}

// mostSpans is how many stretches are named before "…".
const mostSpans = 10

// spans names numbers in stretches: 3, 5–8.
func spans(numbers []int, name func(int) string) string {
	slices.Sort(numbers)
	var all []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		switch {
		case len(all) == mostSpans:
			return strings.Join(all, ", ") + ", …"
		case j == i:
			all = append(all, name(numbers[i]))
		default:
			all = append(all, name(numbers[i])+"–"+name(numbers[j]))
		}
		i = j + 1
	}
	return strings.Join(all, ", ")
}

// comments says at which cells comments stand.
func (u *unseen) comments() {
	cells := map[string][]string{}
	for _, name := range u.names {
		if !isComment(name) {
			continue
		}
		for m := (markup{text: u.parts[name]}); m.next(); {
			cell := m.attr("ref")
			isOne := m.starts("comment") || m.starts("threadedComment")
			if isOne && cell != "" && !slices.Contains(cells[u.of[name]], cell) {
				cells[u.of[name]] = append(cells[u.of[name]], cell)
			}
		}
	}
	for _, s := range append(slices.Clone(u.sheets), namedSheet{}) {
		at := cells[s.name]
		switch {
		case len(at) == 0:
		case s.name == "":
			u.add("comments: %s", "Kommentare: %s", strings.Join(at[:min(len(at), mostSpans)], ", "))
		case len(at) > mostSpans:
			u.add("comments: sheet %s, %s and %d more", "Kommentare: Blatt %s, %s und %d weitere", s.name,
				strings.Join(at[:mostSpans], ", "), len(at)-mostSpans)
		default:
			u.add("comments: sheet %s, %s", "Kommentare: Blatt %s, %s", s.name, strings.Join(at, ", "))
		}
	}
}

func isComment(part string) bool {
	return strings.HasPrefix(part, "xl/comments") || strings.HasPrefix(part, "xl/threadedcomments/")
}

// personal are the properties of a document that people fill in, or programs for them.
var personal = []struct {
	name string
	say  diag.Text
}{
	{"creator", diag.Say("author", "Autor")},
	{"lastModifiedBy", diag.Say("last saved by", "zuletzt gespeichert von")},
	{"Company", diag.Say("company", "Firma")},
	{"Manager", diag.Say("manager", "Manager")},
	{"description", diag.Say("comments", "Kommentare")},
	{"keywords", diag.Say("tags", "Markierungen")},
	{"subject", diag.Say("subject", "Betreff")},
	{"category", diag.Say("category", "Kategorie")},
	{"HyperlinkBase", diag.Say("base of links", "Linkbasis")},
}

// properties names the properties of the document that say something.
func (u *unseen) properties() {
	filled := map[string]bool{}
	for _, part := range []string{"docprops/core.xml", "docprops/app.xml"} {
		for m := (markup{text: u.parts[part]}); m.next(); {
			if m.ends && strings.TrimSpace(m.before) != "" {
				filled[m.name] = true
			}
		}
	}
	var all listed
	for _, p := range personal {
		if filled[p.name] {
			all = append(all, p.say)
		}
	}
	if slices.Contains(u.names, "docprops/custom.xml") {
		all = append(all, diag.Say("custom properties", "benutzerdefinierte Eigenschaften"))
	}
	if len(all) > 0 {
		u.add("properties: %s", "Eigenschaften: %s", all)
	}
}

// listed are words with commas between them.
type listed []diag.Text

// In gives the words of a language.
func (l listed) In(lang string) string {
	words := make([]string, len(l))
	for i, text := range l {
		words[i] = text.In(lang)
	}
	return strings.Join(words, ", ")
}

// links finds those that lead to no website: to files of a machine, to a person's mail.
func (u *unseen) links() {
	for _, s := range u.sheets {
		if slices.ContainsFunc(u.relations(s.part), func(r relation) bool {
			to := strings.ToLower(r.target)
			return r.external && !strings.HasPrefix(to, "http://") && !strings.HasPrefix(to, "https://")
		}) {
			u.add("sheet %s: links to files or mail addresses", "Blatt %s: Links zu Dateien oder Mailadressen", s.name)
		}
	}
}

const printers = "xl/printersettings/"

// cellParts are the names of files of the package that hold cells, their looks, and what is
// looked into by others.
var cellParts = []string{`\[content_types].xml`, "_rels/.rels", "docprops/core.xml", "docprops/app.xml",
	"docprops/custom.xml", "docmetadata/labelinfo.xml", workbookPart, "xl/_rels/workbook.xml.rels",
	"xl/worksheets/_rels/*.rels", "xl/sharedstrings.xml", "xl/styles.xml", "xl/theme/theme*.xml", "xl/calcchain.xml",
	"xl/tables/*.xml", "xl/metadata.xml", "xl/featurepropertybag/*.xml", "xl/comments*.xml", "xl/comments/*.xml",
	"xl/threadedcomments/*.xml"}

// kindOfPart is what a file of the package is called by that holds no cells, or its beginning.
type kindOfPart struct {
	begin string
	say   diag.Text
}

// otherParts say what the other files hold. What is none of them is called by its name.
var otherParts = []kindOfPart{
	{"xl/persons/", diag.Say("names of persons who commented", "Namen von Personen, die kommentiert haben")},
	{"xl/drawings/", drawings}, {"xl/charts/", drawings}, {"xl/chartsheets/", drawings}, {"xl/chartex/", drawings},
	{"xl/diagrams/", drawings},
	{printers, diag.Say("the name of a printer in your network", "der Name eines Druckers in Ihrem Netz")},
	{"xl/media/", diag.Say("pictures (delete them)", "Bilder (löschen Sie sie)")},
	{"docprops/thumbnail", diag.Say("a small picture of the first page (File, Properties, Save Thumbnail)",
		"ein kleines Bild der ersten Seite (Datei, Eigenschaften, Miniatur speichern)")},
	{"xl/embeddings/", embedded}, {"xl/activex/", embedded}, {"xl/ctrlprops/", embedded},
	{"xl/externallinks/", diag.Say("links to other files, with values of those (Data, Edit Links, Break Link)",
		"Verknüpfungen zu anderen Dateien, mit deren Werten (Daten, Verknüpfungen bearbeiten, Verknüpfung aufheben)")},
	{"xl/worksheets/", diag.Say("a sheet that the workbook does not name",
		"ein Blatt, das die Arbeitsmappe nicht nennt")},
	{"xl/pivot", diag.Say("pivot tables, with all the data that they are made from (copy their values)",
		"Pivot-Tabellen, mit allen Daten, aus denen sie entstehen (kopieren Sie ihre Werte)")},
	{"xl/connections", sources}, {"xl/querytables/", sources}, {"xl/model/", sources},
	{"xl/revisions/", diag.Say("who changed what", "wer was geändert hat")},
	{"xl/vbaproject", macros}, {"xl/macrosheets/", macros}, {"xl/dialogsheets/", macros},
	{"customxml/", diag.Say("data of other programs", "Daten anderer Programme")},
	{"_xmlsignatures/", diag.Say("a signature, with a name", "eine Signatur, mit einem Namen")},
}

var (
	drawings = diag.Say("charts or drawings (delete them; the cells are enough)",
		"Diagramme oder Zeichnungen (löschen Sie sie; die Zellen genügen)")
	embedded = diag.Say("embedded objects (delete them)", "eingebettete Objekte (löschen Sie sie)")
	sources  = diag.Say("connections to sources of data", "Verbindungen zu Datenquellen")
	macros   = diag.Say("macros", "Makros")
)

// others names files of the package that hold no cells.
func (u *unseen) others() {
	var said []diag.Text
	for _, name := range u.names {
		if u.isOfCells(name) {
			continue
		}
		text := diag.Say("something that is no cell (%s)", "etwas, das keine Zelle ist (%s)", path.Base(name))
		for _, p := range otherParts {
			if strings.HasPrefix(name, p.begin) {
				text = p.say
				break
			}
		}
		if !slices.ContainsFunc(said, func(other diag.Text) bool { return other.In("en") == text.In("en") }) {
			said = append(said, text)
		}
	}
	u.found = append(u.found, said...)
}

// isEmpty reports whether a file of the package is a drawing without anything drawn, or a list
// of persons without one: some programs lay these into every workbook.
func (u *unseen) isEmpty(name string) bool {
	text, isXML := u.parts[name]
	switch {
	case !isXML || strings.Contains(text, "External"):
		return false
	case strings.HasPrefix(name, "xl/drawings/"):
		return !strings.Contains(text, "Anchor")
	case strings.HasPrefix(name, "xl/persons/"):
		return !strings.Contains(text, "person ")
	}
	return false
}

// isOfCells reports whether nothing more is to be said of a file of the package.
func (u *unseen) isOfCells(name string) bool {
	commented := slices.ContainsFunc(u.names, isComment)
	switch {
	case strings.HasPrefix(name, printers):
		return !strings.Contains(u.parts[name], string(wide(`\\`)))
	case commented && (strings.HasPrefix(name, "xl/drawings/vmldrawing") || strings.HasPrefix(name, "xl/persons/")):
		return true // the frames of comments, and who wrote them
	case u.isEmpty(name):
		return true
	}
	return slices.ContainsFunc(u.sheets, func(s namedSheet) bool { return s.part == name }) ||
		slices.ContainsFunc(cellParts, func(pattern string) bool {
			is, err := path.Match(pattern, name)
			return is && err == nil
		})
}
