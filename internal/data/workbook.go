package data

import (
	"embed"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"bilanz/internal/drawn"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/render"
	"bilanz/internal/sheet"
)

// The workbook keeps the rules of public statistics for spreadsheets that everybody can
// read; docs/decisions.md lists those that are kept and those that are not. Its cells are
// those of the file for people, cut into sheets: a cover, the contents, the notes, and one
// for each subject.

// WorkbookXLSX is data/figures-de.xlsx: all figures in one language, by subject.
func WorkbookXLSX(s Set, l *locale.Lang) ([]byte, error) {
	w := workbook{set: s, lang: l, sections: s.Sections(l.Code), numbers: map[string]int{}}
	w.columns = s.peopleColumns(l, s.Figures)
	w.heads = headings(w.columns, l)
	titles := []string{l.Word("sheet-cover"), l.Word("sheet-contents"), l.Word("sheet-notes")}
	for _, section := range w.sections {
		titles = append(titles, section.Title)
	}
	w.names = sheet.Names(titles)
	pages := make([]sheet.Page, 3, len(titles))
	for i, section := range w.sections {
		pages = append(pages, w.section(i, section))
	}
	pages[0], pages[1], pages[2] = w.cover(), w.contents(), w.notes()
	book := sheet.Workbook{
		Title: s.Title[l.Code], About: s.edition(l), Author: s.author(l), Lang: l.Code, Day: s.lastDay(), Pages: pages,
	}
	text, err := json.Marshal(book)
	if err != nil {
		return nil, err
	}
	return drawn.Kept(s.Kept, tools.Key("workbook", string(text)), func() ([]byte, error) {
		return sheet.WriteXLSX(book)
	})
}

//go:embed *.go
var sourceFiles embed.FS

var tools = drawn.With(sourceFiles, sheet.Sources)

// workbook is one on its way. The names of its sheets are those of the cover, the contents,
// the notes and then of the sections.
type workbook struct {
	set      Set
	lang     *locale.Lang
	columns  []Column // of all figures; a section leaves out those in which it has nothing
	heads    []string
	sections []Section
	names    []string
	said     []string       // the notes, in the order of their numbers
	numbers  map[string]int // of the notes, from 1
}

func (w *workbook) cover() sheet.Page {
	s, l := w.set, w.lang
	lines := []string{s.Title[l.Code], s.edition(l)}
	if s.Demo {
		lines = append(lines, l.Word("demo-sentence"))
	}
	lines = append(lines, s.facts(l)...)
	lines = append(lines, l.Word("data-exact"), l.Word("data-bounds"), l.Word("data-adding"))
	return sheet.Page{Name: w.names[0], Lines: without(lines, "")}
}

func (w *workbook) contents() sheet.Page {
	l := w.lang
	p := sheet.Page{Name: w.names[1], Lines: []string{l.Word("sheet-contents"), l.Word("sheet-one-table")}}
	p.Table = sheet.Table{Name: "contents", Columns: []sheet.Column{
		{Head: l.Word("sheet-name")}, {Head: l.Word("sheet-about")}, {Head: l.Word("sheet-count"), Type: sheet.Number},
	}}
	add := func(name, about string, count int) {
		p.Table.Rows = append(p.Table.Rows, []string{name, about, strconv.Itoa(count)})
		p.Table.Links = append(p.Table.Links, name)
	}
	add(w.names[2], l.Word("sheet-notes-about"), len(w.said))
	for i, section := range w.sections {
		add(w.names[3+i], section.Title, len(section.Figures))
	}
	return p
}

func (w *workbook) notes() sheet.Page {
	l := w.lang
	p := sheet.Page{Name: w.names[2], Lines: []string{l.Word("sheet-notes")}}
	if len(w.said) == 0 {
		p.Lines = append(p.Lines, l.Word("sheet-no-notes"))
		return p
	}
	p.Lines = append(p.Lines, l.Word("sheet-one-table"))
	p.Table.Name = "notes"
	p.Table.Columns = []sheet.Column{{Head: l.Word("sheet-note")}, {Head: l.Word("sheet-text")}}
	for i, text := range w.said {
		p.Table.Rows = append(p.Table.Rows, []string{w.mark(i + 1), text})
	}
	return p
}

// section is the nth subject.
func (w *workbook) section(n int, section Section) sheet.Page {
	l := w.lang
	cells := rows(w.columns, section.Figures, l)
	table := sheet.Table{Name: "figures_" + identifier(section.ID, n), Rows: make([][]string, len(cells))}
	empty, marked := false, false
	for i, c := range w.columns {
		if !slices.ContainsFunc(cells, func(row []string) bool { return row[i] != "" }) {
			continue
		}
		column := sheet.Column{Head: w.heads[i], Type: c.sheetType(cells, i), Plain: c.plain(section.Figures)}
		table.Columns = append(table.Columns, column)
		for j, row := range cells {
			text := row[i]
			switch {
			case c.noted && text != "":
				text, marked = w.note(text), true
			case text == "" && column.Type == sheet.Text:
				text = l.Word("sheet-none")
			}
			empty = empty || text == ""
			table.Rows[j] = append(table.Rows[j], text)
		}
	}
	return sheet.Page{Name: w.names[3+n], Lines: w.above(section, empty, marked), Table: table}
}

// above are the sentences before the table of a section.
func (w *workbook) above(section Section, empty, marked bool) []string {
	l := w.lang
	lines := []string{section.Title, l.Word("sheet-one-table"), l.Colon(l.Word("source"), sources(section.Figures, l))}
	if w.set.Demo {
		lines = append(lines, l.Word("demo-sentence"))
	}
	if empty {
		lines = append(lines, l.Word("sheet-empty"))
	}
	if marked {
		lines = append(lines, l.Word("sheet-marks", w.names[2]))
	}
	return lines
}

// sheetType is the type of a column in a workbook, whose days begin in the year 1900.
func (c Column) sheetType(cells [][]string, i int) sheet.Type {
	switch c.kind {
	case numeric, counting:
		return sheet.Number
	case daily:
		early := func(row []string) bool { return row[i] != "" && row[i] < sheet.FirstDay }
		if !slices.ContainsFunc(cells, early) {
			return sheet.Day
		}
	}
	return sheet.Text
}

// plain reports whether numbers of the column stand as years do.
func (c Column) plain(figures []*figure.Figure) bool {
	return c.kind == counting || slices.ContainsFunc(figures, func(f *figure.Figure) bool { return f.Unit.Ungrouped })
}

// note is the mark of a note, which has a number from its first place on.
func (w *workbook) note(text string) string {
	n := w.numbers[text]
	if n == 0 {
		w.said = append(w.said, text)
		n = len(w.said)
		w.numbers[text] = n
	}
	return w.mark(n)
}

func (w *workbook) mark(n int) string { return "[" + w.lang.Word("sheet-mark", n) + "]" }

// identifier is a name that no program takes for that of a cell.
func identifier(id string, n int) string {
	var b strings.Builder
	for _, r := range id {
		if r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' || r > 'z' {
			r = '_'
		}
		b.WriteRune(r)
	}
	return b.String() + "_" + strconv.Itoa(n+1)
}

// sources names where figures come from, each once.
func sources(figures []*figure.Figure, l *locale.Lang) string {
	var all []string
	for _, c := range codesOf(figures, sourceCode) {
		all = append(all, c.words(l)+", "+c.about(l))
	}
	return strings.Join(all, l.Sign(";")+" ")
}

// edition is what is published, as a sentence says it.
func (s Site) edition(l *locale.Lang) string { return render.Edition(s.EditionLabel[l.Code], l) }

// author is who answers for the figures, or else the site.
func (s Site) author(l *locale.Lang) string {
	if s.Contact != "" {
		return s.Contact
	}
	return s.Title[l.Code]
}

// lastDay is the last that the figures speak of: no file says when it was built, so that the
// same figures give the same bytes.
func (s Set) lastDay() time.Time {
	_, to := Span(s.Figures)
	if day, err := time.Parse(time.DateOnly, to); err == nil {
		return day
	}
	return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
}

// facts are what whoever takes the figures away must know: up to when they reach, whose they
// are, how to cite them. Nothing stands for what is not known.
func (s Set) facts(l *locale.Lang) []string {
	lines := []string{""}
	if upTo := UpTo(s.Figures, l); upTo != "" {
		lines = append(lines, l.Colon(l.Word("data-up-to"), upTo))
	}
	licence := l.Word("licence-none")
	if s.Licence != "" {
		licence = l.Colon(l.Word("licence"), s.Licence)
	}
	lines = append(lines, licence)
	if contact := strings.Join(without([]string{s.Contact, s.Mail}, ""), ", "); contact != "" {
		lines = append(lines, l.Colon(l.Word("contact"), contact))
	}
	return append(lines, l.Colon(l.Word("cite-short"), s.shortCitation(l)), l.Colon(l.Word("cite-long"), s.citation(l)))
}

func (s Site) shortCitation(l *locale.Lang) string {
	return strings.Join(without([]string{s.Title[l.Code], s.EditionLabel[l.Code]}, ""), ", ")
}

// citation says whose figures they are, of which edition, up to when they reach, and where.
func (s Set) citation(l *locale.Lang) string {
	upTo := UpTo(s.Figures, l)
	if upTo != "" {
		upTo = l.Word("data-up-to") + " " + upTo
	}
	title := l.Colon(s.Title[l.Code], l.Word("all-data"))
	text := render.Sentences(title, s.edition(l), upTo)
	if at := s.at(l); at != "" {
		text += " " + at
	}
	return text
}

// at is the address of the page with all files; "" where that is not known.
func (s Site) at(l *locale.Lang) string {
	switch {
	case s.Base == "":
		return ""
	case l == s.Default:
		return s.Base + "data/"
	}
	return s.Base + l.Code + "/data/"
}

func without(lines []string, what string) []string {
	return slices.DeleteFunc(lines, func(line string) bool { return line == what })
}
