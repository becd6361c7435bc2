package present

import (
	"html/template"
	"slices"
	"strconv"

	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/render"
)

// A note that all figures of a table share stands below it. One that some of them have is
// marked at their cells: "1)" leads to it, and it leads back to the first of them.

// marked are the notes of a table that stand at cells.
type marked struct {
	block string // its id, as it is written
	lang  *locale.Lang
	notes []template.HTML // the first has the mark 1
	at    map[*figure.Figure][]int
}

// marked finds the notes that some figures of a table have, and not all.
func (in *Language) marked(b *Block, s *Setting) *marked {
	m := &marked{block: s.Prefix + b.ID, lang: in.Lang, at: map[*figure.Figure][]int{}}
	figures := laid(b, in.Lang).figures()
	count := map[template.HTML]int{}
	for _, f := range figures {
		for _, note := range in.ownNotes(f) {
			count[note]++
		}
	}
	for _, f := range figures {
		for _, note := range in.ownNotes(f) {
			if count[note] < len(figures) {
				m.at[f] = append(m.at[f], m.number(note))
			}
		}
	}
	return m
}

// number is the mark of a note, from 1.
func (m *marked) number(note template.HTML) int {
	i := slices.Index(m.notes, note)
	if i < 0 {
		i = len(m.notes)
		m.notes = append(m.notes, note)
	}
	return i + 1
}

// ownNotes are what readers must know about one figure, each once.
func (in *Language) ownNotes(f *figure.Figure) []template.HTML {
	all := []template.HTML{in.Notes.html(f.ID, Discrepancy), in.Notes.html(f.ID, Note)}
	if f.Footnote != nil {
		all = append(all, in.Notes.html(f.Footnote.ID, Footnote))
	}
	var own []template.HTML
	for _, note := range all {
		if note != "" && !slices.Contains(own, note) {
			own = append(own, note)
		}
	}
	return own
}

// links gives the marks of figures as they stand in the cells of a page; none below a
// chart, whose notes belong to the picture too.
func (m *marked) links() func(*figure.Figure) template.HTML {
	if m == nil {
		return m.plain
	}
	met := make([]bool, len(m.notes))
	return func(f *figure.Figure) (all template.HTML) {
		for _, n := range m.at[f] {
			mark := m.mark(n)
			mark.First, met[n-1] = !met[n-1], true
			all += mark.HTML()
		}
		return all
	}
}

// plain gives the marks of figures as they stand on paper.
func (m *marked) plain(f *figure.Figure) (all template.HTML) {
	if m == nil {
		return ""
	}
	for _, n := range m.at[f] {
		all += m.mark(n).Plain()
	}
	return all
}

func (m *marked) mark(n int) render.NoteMark {
	return render.NoteMark{Block: m.block, Number: n, Name: m.lang.Word("table-note", strconv.Itoa(n)+")")}
}

// below lists the notes of the table: those with marks, then those of all its figures.
func (m *marked) below(all []template.HTML) []template.HTML {
	var notes []template.HTML
	for i, note := range m.notes {
		notes = append(notes, m.mark(i+1).Note(note, m.lang.Word("table-note-back", strconv.Itoa(i+1)+")")))
	}
	for _, note := range all {
		if !slices.Contains(m.notes, note) {
			notes = append(notes, note)
		}
	}
	return notes
}
