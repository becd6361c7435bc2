package figure

import "bilanz/internal/diag"

// Explanation is where readers find what a figure counts: a place on a page of the site.
// All that name one place share it.
type Explanation struct {
	To     string       // as written, from the folder of a language: "glossary.md#visits"
	Places []diag.Place // where it is written; some of them, where they are many
}

// mostExplained is how many places of an explanation are kept: one may stand in each row of
// a large table.
const mostExplained = 12

// Explained is where readers find what the figure counts: what it says itself, or else its
// unit; nil for nowhere.
func (f *Figure) Explained() *Explanation {
	if f.explained != nil || f.Unit == nil {
		return f.explained
	}
	return f.Unit.explained
}

// Explanations lists where figures and units say that readers find what they count, in the
// order of the files.
func (s *Set) Explanations() []*Explanation { return s.explained }

// explanation reads what leads to an explanation; nil where nothing is written.
func (l *loader) explanation(s said) *Explanation {
	if s.text == "" {
		return nil
	}
	e := l.explained[s.text]
	if e == nil {
		e = &Explanation{To: s.text}
		l.explained[s.text] = e
		l.set.explained = append(l.set.explained, e)
	}
	if len(e.Places) < mostExplained {
		e.Places = append(e.Places, s.place())
	}
	return e
}
