package render

import (
	"html/template"
	"strconv"
)

// A NoteMark stands in a cell of a table and leads to a note below it, which leads back.
type NoteMark struct {
	Block  string // the id of the table's block
	Number int    // of the note, from 1
	First  bool   // the first of its cells is the one that the note leads back to
	Name   string // for screen readers: "Footnote 1"
}

// HTML is the mark in its cell.
func (m NoteMark) HTML() template.HTML {
	b := []byte(`<sup class="note-mark">`)
	b = append(b, `<a class="footnote-ref" role="doc-noteref"`...)
	if m.First {
		b = appendAttribute(b, "id", m.id("mark"))
	}
	b = appendAttribute(b, "href", "#"+m.id("note"))
	b = append(appendAttribute(b, "aria-label", m.Name), '>')
	return template.HTML(append(append(b, m.text()...), "</a></sup>"...))
}

// Plain is the mark where it cannot lead anywhere: on paper, in the parts of a wide table.
func (m NoteMark) Plain() template.HTML {
	return template.HTML(`<sup class="note-mark">` + m.text() + "</sup>")
}

// Note is the note with its mark; back says that it leads to the cell.
func (m NoteMark) Note(note template.HTML, back string) template.HTML {
	b := append(appendAttribute([]byte("<span"), "id", m.id("note")), '>')
	b = append(append(b, m.text()...), "</span> "...)
	b = append(append(b, note...), ' ')
	b = append(b, `<a class="footnote-backref" role="doc-backlink"`...)
	b = append(appendAttribute(b, "href", "#"+m.id("mark")), '>')
	return template.HTML(append(appendEscaped(b, back), "</a>"...))
}

// text is the mark as statistical offices write it, so that it is not read as a power.
func (m NoteMark) text() string { return strconv.Itoa(m.Number) + ")" }

func (m NoteMark) id(kind string) string { return m.Block + "-" + kind + "-" + strconv.Itoa(m.Number) }
