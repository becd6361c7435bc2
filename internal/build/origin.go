package build

import (
	"bytes"
	"cmp"
	"html"
	"slices"
	"strings"
	"sync"
	"unicode"

	"bilanz/internal/audit"
	"bilanz/internal/diag"
)

// origin gives the place at which an author wrote what stands at a byte of a finished
// page; false where nobody can tell.
type origin func(page []byte, at int) (diag.Place, bool)

// auditPage looks for mistakes in a finished page. People correct what they wrote, so a
// mistake is said there, and the place on the finished page second.
func (b *builder) auditPage(path string, page []byte, o audit.Options, from origin) audit.Report {
	report := audit.Page(path, page, o)
	var quota diag.Quota // where twenty thousand links lead nowhere, the first few hundred are said
	for _, problem := range report.Problems {
		if problem.Code == "html-heading-skips" && b.isExcused(path) {
			continue
		}
		if quota.Spent(problem.Code, diag.Error) {
			continue
		}
		d := diag.Diagnostic{
			Code: problem.Code, Place: diag.At(path, page, problem.Offset, problem.End),
			Text: problem.Text, Ways: []diag.Text{problem.Way},
		}
		place, known := b.inLayout(page[problem.Offset:problem.End])
		if i := bytes.IndexByte(page[problem.Offset:problem.End], '#'); !known && i >= 0 {
			fragment, _, _ := bytes.Cut(page[problem.Offset+i:problem.End], []byte(`"`))
			place, known = b.inLayout(append(bytes.Clone(fragment), '"'))
		}
		if !known && from != nil {
			place, known = from(page, problem.Offset)
		}
		if known {
			d.Notes = []diag.Note{{Place: d.Place, Text: diag.Say("it was found here, on the finished page",
				"gefunden wurde es hier, auf der fertigen Seite")}}
			d.Place = place
		}
		b.auditProblems.Add(d)
	}
	return report
}

// inLayout finds a tag in the project's own layouts, if it stands there once.
func (b *builder) inLayout(tag []byte) (place diag.Place, found bool) {
	for _, layout := range b.layouts {
		switch n := bytes.Count(layout.Data, tag); {
		case n == 0 || len(tag) == 0:
		case n > 1 || found:
			return diag.Place{}, false
		default:
			at := bytes.Index(layout.Data, tag)
			place, found = diag.At(layout.Path, layout.Data, at, at+len(tag)), true
		}
	}
	return place, found
}

// addAudited says what is wrong with finished pages: what one place makes wrong on many of
// them, once.
func (b *builder) addAudited() {
	type key struct {
		code  string
		place diag.Place
	}
	once := map[key]diag.Diagnostic{}
	for _, d := range b.auditProblems.Sorted() {
		k := key{d.Code, d.Place}
		if known, twice := once[k]; !twice || len(d.Notes) > 0 && d.Notes[0].Place.Compare(known.Notes[0].Place) < 0 {
			once[k] = d
		}
	}
	for _, d := range once {
		b.siteProblems.Add(d)
	}
}

// origin finds what the author of a page wrote: the words that follow on the finished
// page, in the section that it belongs to. What stands around the text is made of the
// title, unless the project has layouts of its own. What a page of many problems asks for
// again and again is read with the first.
//
// The text of a page is in two pieces, the first of which has no headings.
func (t *turn) origin(lead, body []byte) origin {
	var sections sections
	read := sync.OnceValues(func() ([]byte, bool) {
		text, ok := t.build.project.Read(t.page.File, &t.build.siteProblems)
		sections = t.sections(body, len(text))
		return text, ok
	})
	return func(page []byte, at int) (diag.Place, bool) {
		first, rest := from(page, lead, at), from(page, body, at)
		if first == nil && rest == nil {
			return t.at(t.page.Front.TitleStart, t.page.Front.TitleEnd), len(t.build.layouts) == 0
		}
		text, ok := read()
		if !ok {
			return diag.Place{}, false
		}
		start, end := sections.above(0)
		if rest != nil {
			start, end = sections.above(len(body) - len(rest) + tagLength(rest))
		}
		for _, word := range wordsAfter(append(first, rest...)) {
			if i := bytes.Index(text[start:], []byte(word)); i >= 0 {
				return diag.At(t.page.File, text, start+i, start+i+len(word)), true
			}
		}
		return diag.At(t.page.File, text, start, end), true
	}
}

// from is a piece of a page from a byte on; nil where that is not in it.
func from(page, piece []byte, at int) []byte {
	start := bytes.Index(page, piece)
	if start < 0 || at < start || at >= start+len(piece) {
		return nil
	}
	return slices.Clip(piece[at-start:])
}

// tagLength is how many bytes the tag has with which the markup begins.
func tagLength(markup []byte) int {
	if end := bytes.IndexByte(markup, '>'); end >= 0 {
		return end
	}
	return len(markup)
}

// section is a heading or block of a page, and where its id ends on the finished page.
type section struct {
	start, end int
	shown      int
}

// sections are those of a page, in its order; the first is its beginning.
type sections []section

func (t *turn) sections(body []byte, length int) sections {
	top := min(t.page.Front.Start, length)
	all := sections{{start: top, end: top}}
	shown := idsIn(body)
	add := func(id string, start, end int) {
		if at, ok := shown[id]; ok && end <= length {
			all = append(all, section{start, end, at})
		}
	}
	for _, h := range t.doc.Headings {
		add(h.ID, h.Start, h.End)
	}
	for _, b := range t.doc.Blocks {
		add(b.ID, b.Start, b.End)
	}
	slices.SortStableFunc(all[1:], func(a, b section) int { return cmp.Compare(a.start, b.start) })
	return all
}

// above is the last section that begins above a byte of the finished text.
func (s sections) above(at int) (start, end int) {
	for _, section := range slices.Backward(s) {
		if section.shown <= at {
			return section.start, section.end
		}
	}
	return 0, 0
}

// idsIn finds where each id of a finished text first ends.
func idsIn(body []byte) map[string]int {
	const mark = ` id="`
	ids := map[string]int{}
	for at := 0; ; {
		i := bytes.Index(body[at:], []byte(mark))
		if i < 0 {
			return ids
		}
		at += i + len(mark)
		id, _, closed := bytes.Cut(body[at:], []byte(`"`))
		if _, known := ids[string(id)]; !known && closed {
			ids[string(id)] = at + len(id) + 1
		}
	}
}

// mostWords is how far behind a fault its words are looked for.
const mostWords = 12

// wordsAfter gives the words that readers see behind a tag, without those too short to be
// found again.
func wordsAfter(markup []byte) []string {
	var words []string
	for len(markup) > 0 && len(words) < mostWords {
		text := markup
		if i := bytes.IndexByte(markup, '<'); i >= 0 {
			text, markup = markup[:i], markup[i:]
		} else {
			markup = nil
		}
		words = append(words, strings.FieldsFunc(html.UnescapeString(string(text)), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r)
		})...)
		if i := bytes.IndexByte(markup, '>'); i >= 0 {
			markup = markup[i+1:]
		} else {
			markup = nil
		}
	}
	return slices.DeleteFunc(words, func(word string) bool { return len(word) < 3 })
}

// blockOrigin is the block that a page of its own shows.
func (t *turn) blockOrigin(start, end int) origin {
	return func([]byte, int) (diag.Place, bool) { return t.at(start, end), true }
}

// figureOrigin finds the figure whose entry on a page of figures a byte belongs to.
func (b *builder) figureOrigin(page []byte, at int) (diag.Place, bool) {
	if end := bytes.Index(page, []byte("</main")); end < at {
		return diag.Place{}, false // the layout made it
	}
	for before := page[:at]; ; {
		i := bytes.LastIndex(before, []byte(` id="`))
		if i < 0 {
			return diag.Place{}, false
		}
		id, _, _ := strings.Cut(string(page[i+len(` id="`):]), `"`)
		if f, ok := b.figures.Lookup(id); ok {
			return f.ValueAt, true
		}
		before = page[:i]
	}
}
