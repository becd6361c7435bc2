package prose

import (
	"bytes"
	"math/big"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"

	"github.com/yuin/goldmark/ast"
)

var (
	thousand = big.NewRat(1000, 1)
	ten      = big.NewRat(10, 1)
)

// bareNumbers is the spell-check for numbers: it looks at the running text of one
// paragraph, heading or cell for numbers that should be references. A number that
// equals a figure is an error from 1,000 up, or with the figure's unit beside it;
// otherwise it is a warning.
func (v *visitor) bareNumbers(n ast.Node) {
	if !v.hasDigit(n) {
		return
	}
	var b stretch
	v.gather(n, &b)
	v.scan(b.text.String(), b.source, true)
}

// hasDigit is the quick way out for most paragraphs.
func (v *visitor) hasDigit(n ast.Node) bool {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if t, ok := child.(*ast.Text); ok {
			if bytes.ContainsAny(t.Segment.Value(v.source), "0123456789") {
				return true
			}
			continue
		}
		if v.hasDigit(child) {
			return true
		}
	}
	return false
}

// stretch is running text put together from nodes, with the way back to where
// each byte of it stands in the source.
type stretch struct {
	text  strings.Builder
	begin []int // in text
	at    []int // in the source
}

func (s *stretch) add(text []byte, at int) {
	s.begin, s.at = append(s.begin, s.text.Len()), append(s.at, at)
	s.text.Write(text)
}

func (s *stretch) source(i int) int {
	k, found := slices.BinarySearch(s.begin, i)
	if !found {
		k--
	}
	return s.at[k] + i - s.begin[k]
}

// gather writes the text of a node; what is a reference or code already becomes
// a character that stands for an object.
func (v *visitor) gather(n ast.Node, s *stretch) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Text:
			s.add(child.Segment.Value(v.source), child.Segment.Start)
			if child.SoftLineBreak() || child.HardLineBreak() {
				s.add([]byte(" "), child.Segment.Stop)
			}
		case *ast.String:
			s.add(child.Value, 0)
		case *citeNode, *markNode, *ast.CodeSpan, *ast.AutoLink:
			s.add([]byte("\ufffc"), 0)
		default:
			v.gather(child, s)
		}
	}
}

// scan looks at every number of a text that stands in the source where at says.
// In running text a link can be written, in a title it cannot.
func (v *visitor) scan(text string, at func(int) int, running bool) {
	if !strings.ContainsAny(text, "0123456789") {
		return
	}
	masked := v.mask(text)
	for _, said := range v.context.Lang.Scan(masked) {
		if v.context.Lang.Ordinary(masked, said) {
			continue
		}
		start, end := at(said.NumberAt), at(said.End-1)+1
		v.bare(text[said.NumberAt:said.End], v.beside(masked, said), said, start, end, running)
	}
}

// mask hides the phrases that site.yaml calls harmless.
func (v *visitor) mask(text string) string {
	for _, phrase := range v.context.Harmless {
		text = strings.ReplaceAll(text, phrase, strings.Repeat("x", len(phrase)))
	}
	return text
}

// beside gives the three words after a number and the two before it, in small
// letters: where its noun stands.
func (v *visitor) beside(text string, said locale.Said) []string {
	words := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	}
	after := words(text[said.End:min(len(text), runeStart(text, said.End+80))])
	before := words(text[runeStart(text, max(0, said.NumberAt-40)):said.NumberAt])
	near := after[:min(3, len(after))]
	return append(slices.Clone(near), before[max(0, len(before)-2):]...)
}

// runeStart moves i forward to where a character begins.
func runeStart(s string, i int) int {
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return min(i, len(s))
}

// bare judges one number without a link.
func (v *visitor) bare(words string, near []string, said locale.Said, start, end int, running bool) {
	equal := v.context.Figures.Equal(said.Value, said.Percent)
	if len(equal) == 0 {
		if other, ok := v.context.Lang.Swapped(words); ok && other.Value.Cmp(thousand) >= 0 {
			equal = v.context.Figures.Equal(other.Value, other.Percent)
		}
	}
	if len(equal) == 0 {
		if said.Value.Cmp(thousand) >= 0 && !said.Percent && !said.Scaled {
			v.unlinked(words, start, end)
		}
		return
	}
	named := slices.DeleteFunc(slices.Clone(equal), func(f *figure.Figure) bool { return !v.namesUnit(f, near) })
	switch {
	case len(named) > 0:
		v.bareFigure(words, named, said.Percent, diag.Error, start, end, running)
	case said.Value.Cmp(thousand) >= 0 || len(equal) == 0:
		v.bareFigure(words, equal, said.Percent, diag.Error, start, end, running)
	case said.Value.Cmp(ten) >= 0:
		v.bareFigure(words, equal, said.Percent, diag.Warning, start, end, running)
	}
}

// namesUnit reports whether the noun of a figure's unit is among the words.
func (v *visitor) namesUnit(f *figure.Figure, near []string) bool {
	if f.Unit == nil {
		return false
	}
	code := v.context.Lang.Code
	for _, noun := range append([]string{f.Unit.One[code], f.Unit.Other[code]}, f.Unit.Also[code]...) {
		if noun == "" {
			continue
		}
		last := strings.Fields(strings.ToLower(noun))
		if slices.Contains(near, last[len(last)-1]) || slices.Contains(near, last[0]) {
			return true
		}
	}
	return false
}

func (v *visitor) unlinked(words string, start, end int) {
	v.report("number-unlinked", diag.Warning, start, end,
		diag.Say("%s is a bare number that equals no figure", "%s steht ohne Verweis im Text und ist keine Kennzahl", words),
		diag.Say("add the figure in content/figures/ and link the number to it", "ergänzen Sie die Kennzahl in content/figures/ und verweisen Sie auf sie"),
		diag.Say("write [%s](fig:none) if it is no figure", "schreiben Sie [%s](fig:none), wenn es keine Kennzahl ist", words))
}

// alternatives are the figures that a bare number may be.
type alternatives []diag.Named

func (a alternatives) In(lang string) string {
	names := make([]string, len(a))
	for i, name := range a {
		names[i] = name.In(lang)
	}
	return strings.Join(names, ", ")
}

// bareFigure reports a bare number that equals figures, with the link to paste.
func (v *visitor) bareFigure(words string, equal []*figure.Figure, percent bool, severity diag.Severity, start, end int, running bool) {
	option := ""
	if percent {
		option = "?share"
	}
	var names alternatives
	d := diag.Diagnostic{Code: "number-bare", Severity: severity, Place: v.text.place(start, end)}
	for _, f := range equal[:min(len(equal), 3)] {
		names = append(names, named(f))
		d.Notes = append(d.Notes, v.figureNote(f))
		link := "[" + words + "](fig:" + f.ID + option + ")"
		d.Ways = append(d.Ways, diag.Say("write %s", "schreiben Sie %s", link))
		if len(equal) == 1 {
			d.Edits = v.text.edits(start, end, link)
		}
	}
	d.Ways = append(d.Ways, diag.Say("write [%s](fig:none) if it is no figure", "schreiben Sie [%s](fig:none), wenn es keine Kennzahl ist", words))
	d.Text = diag.Say("%s is a bare number, but it equals %s", "%s steht ohne Verweis im Text, ist aber die Kennzahl %s", words, names)
	if percent {
		d.Text = diag.Say("%s is a bare number, but it equals the share of %s", "%s steht ohne Verweis im Text, ist aber der Anteil von %s", words, names)
	}
	v.list.Add(d)
}
