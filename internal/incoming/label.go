package incoming

import (
	"slices"
	"strings"
	"unicode"

	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/pattern"
)

// fold is what two labels have in common that people take for the same: letters in any
// case, umlauts written out or not, without hyphens, seen or not, and without spaces.
func fold(label string) string {
	var b strings.Builder
	for _, r := range locale.Composed(label) {
		r = unicode.ToLower(r)
		switch {
		case unicode.IsLetter(r):
			if plain := locale.Plain(r); plain != "" {
				b.WriteString(plain)
				continue
			}
			b.WriteRune(r)
		case unicode.IsDigit(r), strings.ContainsRune("%<>≤≥+&", r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// between stands between the label of a row and that of the one it is below.
const between = " / "

func foldedPath(path string) string {
	parts := strings.Split(path, between)
	for i, part := range parts {
		parts[i] = fold(part)
	}
	return strings.Join(parts, between)
}

var (
	leadForm = pattern.Of(`(?i)^(?:[-–—•·>]+\s*|(?:[0-9]{1,2}\.)+[0-9]{0,2}\s+|[a-z]\)\s*|` +
		`(?:davon|darunter|of which|thereof|including|hiervon)\s*:?\s+)+`)
	bracketForm = pattern.Of(`^(.*\S)\s*[(\[]([^()\[\]]+)[)\]]\s*$`)
	markForm    = pattern.Of(`^(.*[^\s*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰])\s*([*†‡§]+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+\)?)$`)
	numberMark  = pattern.Of(`^(.*\S)(?:\s+([0-9]{1,2}\))|\s*[(\[]([0-9]{1,2})[)\]])$`)
)

// cutMark takes the mark of a footnote from the end of a text: "*", "²", " 1)", "[1]".
func cutMark(text string) (rest, mark string) {
	if m := markForm().FindStringSubmatch(text); m != nil {
		return m[1], m[2]
	}
	if m := numberMark().FindStringSubmatch(text); m != nil {
		return m[1], m[2] + m[3]
	}
	return text, ""
}

// superscripts are the digits of marks.
var superscripts = strings.NewReplacer("¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7",
	"⁸", "8", "⁹", "9", "⁰", "0", ")", "", "(", "", "[", "", "]", "", ".", "")

// sameMark reports whether two marks are the same, however they are set.
func sameMark(a, b string) bool { return superscripts.Replace(a) == superscripts.Replace(b) }

var noteForm = pattern.Of(`^\s*([*†‡§]+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+\)?|[0-9]{1,2}\)|[(\[][0-9]{1,2}[)\]])\s*(\S.*)$`)

// cutNote takes the mark from the beginning of a footnote.
func cutNote(text string) (mark, rest string) {
	if m := noteForm().FindStringSubmatch(text); m != nil {
		return m[1], m[2]
	}
	return "", text
}

// reading is a label as a row writes it, and what offices add to it.
type reading struct {
	texts   []string // as it stands, and then with less and less around it
	mark    string   // of a footnote
	bracket string   // what stands in brackets at its end: a unit
	below   bool     // it says that it is a part of the row above
}

func readLabel(text string) reading {
	r := reading{texts: []string{text}}
	rest, mark := cutMark(text)
	r.mark = mark
	r.add(rest)
	lead := leadForm().FindString(rest)
	r.below = lead != ""
	rest = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(rest, lead), ":"))
	r.add(rest)
	if m := bracketForm().FindStringSubmatch(rest); m != nil {
		r.bracket = m[2]
		inner, mark := cutMark(m[1])
		if r.mark == "" {
			r.mark = mark
		}
		r.add(inner)
	}
	return r
}

func (r *reading) add(text string) {
	if text != "" && !slices.Contains(r.texts, text) {
		r.texts = append(r.texts, text)
	}
}

// index finds figures by what files call them.
type index struct {
	set      *figure.Set
	langs    []*locale.Lang
	byLabel  map[string][]*figure.Figure
	byFull   map[string][]*figure.Figure
	nearness []string // all labels, for what may have been meant
	ofLabel  map[string]*figure.Figure
}

func newIndex(set *figure.Set, langs []*locale.Lang) *index {
	x := &index{set: set, langs: langs, byLabel: map[string][]*figure.Figure{}, byFull: map[string][]*figure.Figure{},
		ofLabel: map[string]*figure.Figure{}}
	for _, f := range set.All() {
		if !f.Date.IsZero() && f.Series != nil {
			continue // of a series the label is that of the whole; a date has an id
		}
		for _, l := range langs {
			x.addFull(f, f.Full(l))
			x.add(f, f.Label[l.Code])
			x.add(f, f.Short[l.Code])
		}
	}
	return x
}

func (x *index) add(f *figure.Figure, label string) {
	key := fold(label)
	if key == "" {
		return
	}
	if !slices.Contains(x.byLabel[key], f) {
		x.byLabel[key] = append(x.byLabel[key], f)
	}
	if x.ofLabel[label] == nil {
		x.nearness = append(x.nearness, label)
		x.ofLabel[label] = f
	}
}

func (x *index) addFull(f *figure.Figure, label string) {
	if key := fold(label); key != "" && !slices.Contains(x.byFull[key], f) {
		x.byFull[key] = append(x.byFull[key], f)
	}
}

// find gives the figures that a label may mean: those whose whole name it is, which say
// their parent too, else those whose label it is.
func (x *index) find(r reading) []*figure.Figure {
	for _, text := range r.texts {
		key := fold(text)
		if all := x.byLabel[key]; len(all) > 0 {
			return all
		}
		if all := x.byFull[key]; len(all) > 0 {
			return all
		}
	}
	return nil
}
