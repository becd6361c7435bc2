package render

import (
	"bytes"
	"html/template"
	"slices"
	"strconv"
	"strings"
)

// A site has thousands of entries, and filling a layout for each would take ten times as
// long as all the rest. So entry.html is filled once for each shape of entry: which of
// its texts are empty and how long its lists are, with marks in the places of the texts.
// An entry is then those pieces and its texts. A shape is all that the layout asks; one
// of a project's own may ask more ("is the status final?") and is filled whole.

// entryView is what entry.html is filled with.
type entryView struct {
	FigureEntry
	Source template.HTML // the source and its date; short words in it do not break
}

// Entry writes all that is known of one figure.
func (h here) Entry(e FigureEntry) (template.HTML, error) {
	v := entryView{e, Whole(h.sourceLine(e))}
	v.Uses = slices.Clone(e.Uses) // the page's own view stays as it is
	for i := range v.Uses {
		v.Uses[i].To = string(h.To(v.Uses[i].To))
	}
	for _, to := range []*string{&v.Picture, &v.Explained} {
		if *to != "" {
			*to = string(h.To(*to))
		}
	}
	if h.frame.theme.isOwn(entryLayout) {
		html, err := h.wholeEntry(v)
		return template.HTML(html), err
	}
	texts := v.texts()
	pieces, err := h.entryAt(&v, texts)
	if err != nil {
		return "", err
	}
	b := make([]byte, 0, 2048)
	for _, p := range pieces {
		b = append(b, p.before...)
		switch {
		case p.text < 0:
		case texts[p.text].html:
			b = append(b, *texts[p.text].at...)
		default:
			b = appendEscaped(b, *texts[p.text].at)
		}
	}
	return template.HTML(b), nil
}

const entryLayout = "entry.html"

func (h here) sourceLine(e FigureEntry) string {
	if e.SourceDate == "" {
		return e.Source
	}
	return h.lang.Word("source-as-of", e.Source, e.SourceDate)
}

// LastNote reports whether a note is the last of an entry.
func (v entryView) LastNote(i int) bool { return i == len(v.Notes)-1 }

func (h here) wholeEntry(v entryView) (string, error) {
	var w bytes.Buffer
	err := execute(&w, h.frame.theme, entryLayout, fill[entryView]{here: h, Site: &h.frame.site, View: v})
	return w.String(), err
}

// entryText is a text of an entry; html is ready, other text has to be escaped.
type entryText struct {
	at   *string
	html bool
}

// entryPiece is a stretch of entry.html and which of the entry's texts follows it, or -1.
type entryPiece struct {
	before string
	text   int
}

// texts are those of an entry, always in the same order.
func (v *entryView) texts() []entryText {
	all := append(make([]entryText, 0, 32), []entryText{
		{&v.ID, false}, {&v.Label, false}, {&v.Value, false}, {&v.Unit, false}, {&v.When, false}, {&v.Status, false},
		{&v.PartsAre, false}, {&v.MoreUses, false}, {&v.PartOf.Label, false}, {&v.PartOf.Value, false}, {&v.PartOf.Href, false},
		{&v.Short, false}, {&v.Cite, false}, {&v.Picture, false}, {&v.Explained, false},
		{&v.Edit, false},
		{(*string)(&v.Source), true}, {(*string)(&v.Formula), true}, {(*string)(&v.Discrepancy), true},
	}...)
	for i := range v.Formerly {
		all = append(all, entryText{&v.Formerly[i], false})
	}
	for i := range v.Parts {
		p := &v.Parts[i]
		all = append(all, entryText{&p.Label, false}, entryText{&p.Value, false}, entryText{&p.Href, false})
	}
	for i := range v.Uses {
		u := &v.Uses[i]
		all = append(all, entryText{&u.Text, false}, entryText{&u.To, false}, entryText{&u.Lang, false})
	}
	for i := range v.Checks {
		all = append(all, entryText{(*string)(&v.Checks[i]), true})
	}
	for i := range v.Notes {
		all = append(all, entryText{(*string)(&v.Notes[i]), true})
	}
	return all
}

// shape says what the layout may ask of an entry: its answers to yes or no, how long its
// lists are, and which of its texts are empty.
func (v *entryView) shape(b []byte, texts []entryText) []byte {
	for _, yes := range []bool{v.Missing, v.Stock, v.Inferred, v.Settled, v.SourceNote} {
		b = appendBit(b, yes)
	}
	for _, n := range []int{v.Depth, len(v.Formerly), len(v.Parts), len(v.Uses), len(v.Checks), len(v.Notes)} {
		b = append(strconv.AppendInt(b, int64(n), 10), ' ')
	}
	for _, text := range texts {
		b = appendBit(b, *text.at != "")
	}
	return b
}

func appendBit(b []byte, yes bool) []byte {
	if yes {
		return append(b, '1')
	}
	return append(b, '0')
}

// entryAt gives the pieces of entry.html for entries of this shape. Addresses are part
// of the texts, so that the depth of the page makes no difference.
func (h here) entryAt(v *entryView, texts []entryText) ([]entryPiece, error) {
	var room [256]byte
	shape := v.shape(room[:0], texts)
	f := h.frame
	f.mu.Lock()
	pieces, known := f.entries[string(shape)]
	f.mu.Unlock()
	if known {
		return pieces, nil
	}
	html, err := h.wholeEntry(v.marked())
	if err != nil {
		return nil, err
	}
	pieces = cutEntry(html)
	f.mu.Lock()
	f.entries[string(shape)] = pieces
	f.mu.Unlock()
	return pieces, nil
}

// entryMark stands around the number of a text. It has only signs that addresses keep
// as they are, and neither our layout nor any of the tool's words holds it.
const entryMark = "~~"

// marked is an entry of the same shape with marks for its texts.
func (v *entryView) marked() entryView {
	m := *v
	m.Formerly, m.Parts, m.Uses = slices.Clone(v.Formerly), slices.Clone(v.Parts), slices.Clone(v.Uses)
	m.Checks, m.Notes = slices.Clone(v.Checks), slices.Clone(v.Notes)
	for n, text := range m.texts() {
		if *text.at != "" {
			*text.at = entryMark + strconv.Itoa(n) + entryMark
		}
	}
	return m
}

// cutEntry parts a filled layout at its marks.
func cutEntry(html string) []entryPiece {
	var pieces []entryPiece
	for {
		before, rest, found := strings.Cut(html, entryMark)
		if !found {
			return append(pieces, entryPiece{before, -1})
		}
		number, after, _ := strings.Cut(rest, entryMark)
		n, err := strconv.Atoi(number)
		if err != nil {
			panic("render: entry.html holds the sign of a mark") // ours does not: a test fills it
		}
		pieces = append(pieces, entryPiece{before, n})
		html = after
	}
}
