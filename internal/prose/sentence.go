package prose

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Sentences gives, for each of the document's Cites, the sentence in which it stands, as
// readers get it: of a heading all of it, of a table the row, of a block's title "".
func (d *Document) Sentences() []string {
	of := map[*Cite]string{}
	d.sentencesIn(d.root, of)
	for _, note := range d.Notes {
		if note.node != nil {
			d.sentencesIn(note.node, of)
		}
	}
	all := make([]string, len(d.Cites))
	for i, c := range d.Cites {
		all[i] = of[c]
	}
	return all
}

func (d *Document) sentencesIn(root ast.Node, of map[*Cite]string) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		var t telling
		switch n.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			t.add(d.source, n)
			for i, c := range t.cites {
				of[c] = t.around(t.at[i])
			}
			return ast.WalkSkipChildren, nil
		case *ast.Heading:
			t.add(d.source, n)
		case *east.TableRow, *east.TableHeader:
			for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
				if cell != n.FirstChild() {
					t.WriteString(" | ")
				}
				t.add(d.source, cell)
			}
		default:
			return ast.WalkContinue, nil
		}
		for _, c := range t.cites {
			of[c] = t.String()
		}
		return ast.WalkSkipChildren, nil
	})
}

// telling is the words of a paragraph, and where in them figures are said.
type telling struct {
	strings.Builder
	cites []*Cite
	at    []int
}

func (t *telling) add(source []byte, n ast.Node) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *citeNode:
			t.cites, t.at = append(t.cites, child.cite), append(t.at, t.Len())
			t.WriteString(child.cite.Text)
		case *ast.Text:
			readable(child.Segment.Value(source), func(piece []byte, _ int) { t.Write(piece) })
			if child.SoftLineBreak() || child.HardLineBreak() {
				t.WriteByte(' ')
			}
		case *ast.String:
			t.Write(child.Value)
		case *markNode:
		default:
			t.add(source, child)
		}
	}
}

// around is the sentence around a byte.
func (t *telling) around(at int) string {
	text := t.String()
	start, end := 0, len(text)
	for i := 0; i < len(text); i++ {
		if end := t.cited(i); end > i {
			i = end - 1 // "0.32 mln."
			continue
		}
		next := sentenceEnd(text, i)
		if next == 0 {
			continue
		}
		if next > at {
			end = next
			break
		}
		start = next
	}
	return strings.TrimSpace(text[start:end])
}

// cited is the byte after the words of a link to a figure that begin at a byte; 0 where
// none does.
func (t *telling) cited(at int) int {
	if i, found := slices.BinarySearch(t.at, at); found {
		return at + len(t.cites[i].Text)
	}
	return 0
}

// sentenceEnd is the byte after a sentence whose last sign stands at i, and 0 where none
// ends there. In doubt none does: one sentence too many is no harm.
func sentenceEnd(text string, i int) int {
	if !strings.ContainsRune(".!?", rune(text[i])) {
		return 0
	}
	after := strings.TrimLeft(text[i+1:], "\"”“’»)]")
	next := strings.TrimLeft(after, " ")
	if next == "" {
		return len(text)
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, "\"„“‘«([¿¡"))
	begins := next != after && (unicode.IsUpper(first) || unicode.IsDigit(first))
	if !begins || text[i] == '.' && isAbbreviation(text[:i]) {
		return 0
	}
	return len(text) - len(next)
}

// abbreviations of three letters and more, behind which sentences seldom end.
var abbreviations = []string{
	"abs", "approx", "art", "bzw", "etc", "evtl", "inkl", "mind", "mio", "mrd", "prof", "sept", "tsd", "usw", "vgl",
}

// isAbbreviation reports whether a point behind a text may belong to its last word, as in
// "z. B.", "Mio.", "31. December".
func isAbbreviation(text string) bool {
	from := strings.LastIndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '.' || r == '(' })
	isSign := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	last := strings.TrimLeftFunc(text[max(from, 0):], isSign)
	end, _ := utf8.DecodeLastRuneInString(last)
	short := utf8.RuneCountInString(last) <= 2 && !isSign(end)
	return short || slices.Contains(abbreviations, strings.ToLower(last))
}

// SentencesOf are the sentences of a plain text.
func SentencesOf(text string) (all []string) {
	start := 0
	for i := range len(text) {
		if next := sentenceEnd(text, i); next > 0 {
			all = append(all, strings.TrimSpace(text[start:next]))
			start = next
		}
	}
	if rest := strings.TrimSpace(text[start:]); rest != "" {
		all = append(all, rest)
	}
	return all
}
