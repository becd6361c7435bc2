// Package leftover finds in texts what was never meant for readers: notes to oneself, what
// Word writes where a cross-reference is lost, its list marks, which make no list here, and
// characters that nobody sees.
//
// Rules:
//   - It looks at what is published. A comment is not, and what stands between backquotes
//     is said of the mark, and is none.
//   - It asks for the signs first, and cuts lines only where one occurs: nearly all texts
//     hold none.
package leftover

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/pattern"
)

// Find gives what is left over in the file at path: a page, a file in YAML or in CSV.
func Find(path string, text []byte) []diag.Diagnostic {
	f := finder{path: path, text: text, marks: map[int]bool{}}
	f.remarks()
	f.lostReferences()
	f.listMarks()
	f.invisible()
	return f.found
}

// Unseen gives the characters that nobody sees in a file that is not published as it stands:
// a catalogue of words, or what people signed for.
func Unseen(path string, text []byte) []diag.Diagnostic {
	f := finder{path: path, text: text}
	f.invisible()
	return f.found
}

type finder struct {
	path  string
	text  []byte
	found []diag.Diagnostic
	marks map[int]bool // where list marks stand, some of which nobody sees
	quota diag.Quota

	// Where lines begin, and those with "```", and where comments begin and end; see look.
	lines, fences, opens, shuts []int
}

func (f *finder) add(d diag.Diagnostic, start, end int) {
	if f.quota.Spent(d.Code, d.Severity) {
		return
	}
	d.Place = diag.At(f.path, f.text, start, end)
	f.found = append(f.found, d)
}

// each calls do for each place of a sign, as long as problems of this kind are kept.
func (f *finder) each(sign, code string, severity diag.Severity, do func(start int)) {
	for from := 0; !f.quota.Full(code, severity); {
		i := bytes.Index(f.text[from:], []byte(sign))
		if i < 0 {
			return
		}
		do(from + i)
		from += i + len(sign)
	}
}

// line is what stands on the line before a byte.
func (f *finder) line(start int) []byte {
	f.look()
	n, _ := slices.BinarySearch(f.lines, start+1)
	return f.text[f.lines[n-1]:start]
}

// isYAML reports whether a byte stands in YAML: in a file of it, at the top of a page, or
// above the empty line of a block.
func (f *finder) isYAML(start int) bool {
	if path.Ext(f.path) != ".md" {
		return path.Ext(f.path) == ".yaml"
	}
	before := f.text[:start]
	if top := bytes.TrimPrefix(before, []byte("\ufeff")); bytes.HasPrefix(top, []byte("---")) && !bytes.Contains(top[3:], []byte("\n---")) {
		return true
	}
	f.look()
	fences, _ := slices.BinarySearch(f.fences, start)
	if fences%2 == 0 {
		return false
	}
	open := f.fences[fences-1]
	return !bytes.Contains(before[open:], []byte("\n\n")) && !bytes.Contains(before[open:], []byte("\n\r\n"))
}

// look finds, once, where lines, blocks and comments begin and end: a text may hold a sign
// ten thousand times.
func (f *finder) look() {
	if f.lines != nil {
		return
	}
	f.lines = []int{0}
	for _, at := range places(f.text, "\n") {
		f.lines = append(f.lines, at+1)
	}
	for _, at := range f.lines {
		if bytes.HasPrefix(f.text[at:], []byte("```")) {
			f.fences = append(f.fences, at)
		}
	}
	f.opens, f.shuts = places(f.text, "<!--"), places(f.text, "-->")
}

// places lists where a sign stands in a text.
func places(text []byte, sign string) []int {
	var all []int
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte(sign))
		if i < 0 {
			return all
		}
		all = append(all, from+i)
		from += i + len(sign)
	}
}

// isComment reports whether a byte stands in a comment, or in what a page still lacks.
func (f *finder) isComment(start int) bool {
	line := f.line(start)
	if f.isYAML(start) {
		return comment().Match(line) || bytes.HasPrefix(line, []byte("missing:"))
	}
	f.look()
	opened, _ := slices.BinarySearch(f.opens, start)
	if opened == 0 {
		return false
	}
	shut, _ := slices.BinarySearch(f.shuts, f.opens[opened-1])
	return shut == len(f.shuts) || f.shuts[shut] >= start
}

var comment = pattern.Of(`(^|\s)#`)

// remarks finds notes to oneself.
func (f *finder) remarks() {
	for _, word := range []string{"TODO", "FIXME", "TBD", "Lorem ipsum"} {
		f.each(word, "remark-left", diag.Warning, func(start int) {
			end := start + len(word)
			if !f.standsAlone(start, end) || f.isComment(start) {
				return
			}
			f.add(diag.Diagnostic{
				Code: "remark-left", Severity: diag.Warning,
				Text: diag.Say("%q stands here, and readers would see it",
					"hier steht „%s“, und das wäre auf der Website zu lesen", word),
				Ways: []diag.Text{
					diag.Say("do what is still to be done, and delete the note",
						"erledigen Sie, was noch zu tun ist, und löschen Sie die Notiz"),
					diag.Say("on a page, say at its top in missing: what it still lacks; that is not published",
						"schreiben Sie auf einer Seite oben in missing:, was noch fehlt; das wird nicht veröffentlicht"),
				},
			}, start, end)
		})
	}
}

// standsAlone reports whether a word is not part of a longer one, of an address, or of
// code.
func (f *finder) standsAlone(start, end int) bool {
	before, _ := utf8.DecodeLastRune(f.text[:start])
	after, _ := utf8.DecodeRune(f.text[end:])
	joins := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_/`#", r)
	}
	return !joins(before) && !joins(after)
}

// lostReferences finds what Word writes for a cross-reference that leads nowhere.
func (f *finder) lostReferences() {
	for _, word := range []string{"Fehler!", "Error!", "Erreur"} {
		f.each(word, "reference-lost", diag.Error, func(start int) {
			m := lost().FindIndex(f.text[start:])
			if m == nil || f.isComment(start) {
				return
			}
			f.add(diag.Diagnostic{
				Code: "reference-lost",
				Text: diag.Say("a cross-reference from Word stands here that leads nowhere",
					"hier steht ein Querverweis aus Word, der ins Leere führt"),
				Ways: []diag.Text{diag.Say("write what is meant, or a link to it, and delete this sentence",
					"schreiben Sie, was gemeint ist, oder einen Verweis darauf, und löschen Sie diesen Satz")},
			}, start, start+m[1])
		})
	}
}

// lost is compiled when somebody has one.
var lost = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(Fehler!|Error!|Erreur[\s\x{a0}\x{202f}]?!)[\s\x{a0}]+(Verweisquelle|Textmarke|Kein Text|Hyperlink|Unbekannte|Ungültige|` +
		`Reference source|Bookmark|No text of|Not a valid|Unknown|Source du renvoi|Signet|Il n|Référence)[^.|\n]*\.?`)
})

// marks are what Word and others write before an entry of a list, by a byte that each of
// them holds and most texts do not.
var marks = []struct {
	holds byte
	signs []string
}{
	{0xe2, []string{"•", "▪", "◦", "‣", "●", "○", "■", "□", "➢", "\u2043"}},
	{0xc2, []string{"·"}},
	{0xef, []string{"\uf0b7", "\uf0a7", "\uf0d8", "\uf0fc", "\uf076"}},
	{'\t', []string{"§\t", "o\t", "–\t"}},
}

// listMarks finds list marks where a text begins.
func (f *finder) listMarks() {
	for _, m := range marks {
		if bytes.IndexByte(f.text, m.holds) < 0 {
			continue // nearly all texts in English
		}
		for _, mark := range m.signs {
			f.each(mark, "list-mark", diag.Error, func(start int) { f.mark(mark, start) })
		}
	}
}

// mark reports a list mark that stands where a text begins.
func (f *finder) mark(mark string, start int) {
	end := start + len(mark)
	word := bytes.IndexFunc(f.text[end:], func(r rune) bool { return !unicode.IsSpace(r) || r == '\n' })
	if (word > 0 || strings.HasSuffix(mark, "\t")) && f.beginsText(start) && !f.isComment(start) {
		f.listMark(mark, start, end+max(word, 0))
	}
}

// beginsText reports whether a byte is the first of a line, a cell or a value.
func (f *finder) beginsText(start int) bool {
	line := bytes.TrimRight(f.line(start), " \t>")
	if len(line) == 0 || string(line) == "\ufeff" {
		return true
	}
	last := line[len(line)-1]
	switch {
	case bytes.IndexByte([]byte(`:"'[-,;|`), last) < 0:
		return false // as nearly all signs in the middle of a sentence
	case f.isYAML(start):
		return bytes.IndexByte([]byte(`:"'[-`), last) >= 0
	case path.Ext(f.path) == ".csv":
		return bytes.IndexByte([]byte(`,;"`), last) >= 0
	}
	return last == '|'
}

// listMark says that a mark makes no list. Where it begins a line "- " makes one, unless a
// number follows, which could be read as a negative one.
func (f *finder) listMark(mark string, start, end int) {
	d := diag.Diagnostic{
		Code: "list-mark",
		Text: diag.Say("this sign makes no list; it comes from a word processor",
			"dieses Zeichen macht keine Liste; es stammt aus einer Textverarbeitung"),
		Ways: []diag.Text{diag.Say("take the sign out: here can be no list",
			"nehmen Sie das Zeichen heraus: hier kann keine Liste stehen")},
	}
	next, _ := utf8.DecodeRune(f.text[end:])
	switch line := bytes.TrimRight(f.line(start), " \t>"); {
	case len(line) > 0 || path.Ext(f.path) == ".csv":
	case unicode.IsLetter(next):
		d.Ways = []diag.Text{diag.Say("run \"bilanz fix\" to write \"- \"", "„bilanz fix“ schreibt „- “")}
		d.Edits = []diag.Edit{{Path: f.path, Start: start, Old: string(f.text[start:end]), New: "- "}}
	default:
		d.Ways = []diag.Text{diag.Say("write \"- \" instead", "schreiben Sie stattdessen „- “")}
	}
	f.marks[start] = true
	f.add(d, start, start+len(strings.TrimRight(mark, "\t")))
}
