package prose

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/locale"
	"bilanz/internal/pattern"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
)

// What offices write and Markdown takes for its own: a date or a sign at the start of
// a line, a star inside a word, a single tilde. Where the writer can only have meant
// the text, the parsers of this file leave it alone. Where both are possible, reading
// goes on as in Markdown, and slips.go says so at the place.

// listParser begins no list inside a sentence, nor at a date.
type listParser struct {
	parser.BlockParser
	lang *locale.Lang
}

func (p listParser) Open(parent ast.Node, reader gtext.Reader, pc parser.Context) (ast.Node, parser.State) {
	last := pc.LastOpenedBlock().Node
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node == nil {
		return nil, parser.NoChildren
	}
	line, segment := reader.PeekLine()
	mark := markOf(line)
	if p.isDate(mark) {
		return nil, parser.NoChildren
	}
	_, below := parent.(*ast.ListItem) // where a bullet may stand alone: it is indented on purpose
	if paragraph, ok := last.(*ast.Paragraph); ok && last.Parent() == parent && mark.sign != "*" &&
		(mark.number != "" || !below) && !endsInColon(paragraph, reader.Source()) &&
		!p.goesOn(mark, reader.Source()[segment.Stop:]) {
		return nil, parser.NoChildren
	}
	return node, state
}

func (p listParser) Continue(n ast.Node, reader gtext.Reader, pc parser.Context) parser.State {
	if line, _ := reader.PeekLine(); p.isDate(markOf(line)) {
		return parser.Close
	}
	return p.BlockParser.Continue(n, reader, pc)
}

// isDate knows "31. Mai", which is no item of a list.
func (p listParser) isDate(m listMark) bool {
	return m.number != "" && m.sign == "." && p.lang.EndsDay(m.rest)
}

// listMark is what stands at the start of a line that may be an item of a list.
type listMark struct {
	number string // "31", "" for a bullet
	sign   string // "-", "+", "*", ".", ")"; "" where the line is no item
	rest   string
}

func markOf(line []byte) listMark {
	text := bytes.TrimRight(bytes.TrimLeft(line, " >"), "\r\n")
	digits := 0
	for digits < len(text) && '0' <= text[digits] && text[digits] <= '9' {
		digits++
	}
	if digits > 9 || digits == len(text) {
		return listMark{}
	}
	signs := "-+*"
	if digits > 0 {
		signs = ".)"
	}
	rest := text[digits+1:]
	if bytes.IndexByte([]byte(signs), text[digits]) < 0 || len(rest) > 0 && rest[0] != ' ' && rest[0] != '\t' {
		return listMark{}
	}
	return listMark{string(text[:digits]), string(text[digits]), string(bytes.TrimLeft(rest, " \t"))}
}

// goesOn reports whether a further item follows below the first one: a list that
// stands close to a sentence has several, or a colon before it.
func (p listParser) goesOn(m listMark, below []byte) bool {
	blank := false
	for len(below) > 0 {
		var line []byte
		line, below = cutLine(below)
		text := bytes.Trim(line, " \t\r\n>")
		switch next := markOf(line); {
		case len(text) == 0:
			blank = true
		case next.sign == m.sign && !p.isDate(next) && (m.number == "" || next.number == "2" || next.number == "1"):
			return true
		case blank && line[0] != ' ' && line[0] != '\t':
			return false
		}
	}
	return false
}

// endsInColon reports whether a text announces what follows: with a colon, or as [!NOTE].
func endsInColon(n ast.Node, source []byte) bool {
	lines := n.Lines()
	if lines == nil || lines.Len() == 0 {
		return false
	}
	last := lines.At(lines.Len() - 1)
	words := bytes.TrimSpace(last.Value(source))
	return bytes.HasSuffix(bytes.TrimRight(words, "*_"), []byte(":")) || bytes.HasPrefix(words, []byte("[!"))
}

// quoteBlockParser begins no quotation inside a sentence where the sign means "more
// than".
type quoteBlockParser struct{ parser.BlockParser }

func (p quoteBlockParser) Open(parent ast.Node, reader gtext.Reader, pc parser.Context) (ast.Node, parser.State) {
	last := pc.LastOpenedBlock().Node
	line, _ := reader.PeekLine()
	if _, ok := last.(*ast.Paragraph); ok && last.Parent() == parent {
		if words := bytes.TrimLeft(line, " "); len(words) > 0 && beginsWithNumber(words[1:]) {
			return nil, parser.NoChildren
		}
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// numberFirst knows what a sign before a number stands close to: 5, =5, ~5, € 5,
// **5**, [5](fig:id), [](fig:id).
var numberFirst = pattern.Of(`^[ \t\x{a0}\x{202f}]*[=~≈]?[ \x{a0}]?(?:[€$£]|EUR|CHF)?[ \x{a0}]?[*_]{0,3}` +
	`(?:[0-9]|[.,][0-9]|\[(?:[0-9][^\]]*)?\]\(fig:)`)

func beginsWithNumber(words []byte) bool { return numberFirst().Match(words) }

// yearFirst knows a year, which has no sign: "- 2022: the second round", "- [2022](fig:id)".
var yearFirst = pattern.Of(`^[ \t]*[*_]{0,3}\[?(?:1[89]|20)[0-9]{2}(?:[^0-9.,]|[.,][^0-9]|$)`)

// starParser keeps as text the signs that stand inside a word or a number, and a
// tilde that is not doubled: Berater*innen, 5*3, 2**3, CO~2~, 5~10.
type starParser struct{}

func (starParser) Trigger() []byte { return []byte{'*', '~'} }

func (starParser) Parse(_ ast.Node, block gtext.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	run := len(line) - len(bytes.TrimLeft(line, string(line[:1])))
	after, _ := utf8.DecodeRune(line[run:])
	before := block.PrecendingCharacter()
	inside := isWordRune(before) && isWordRune(after)
	switch {
	case line[0] == '~' && run != 2:
	case unicode.IsDigit(before) && unicode.IsDigit(after) && !endsBold(line[0], pc):
	case inside && (run == 1 || !endsBold(line[0], pc) && !beginsBold(line[:run], line[run:])):
	default:
		return nil
	}
	block.Advance(run)
	return ast.NewTextSegment(segment.WithStop(segment.Start + run))
}

// endsBold reports whether a sign inside a word ends what began at the start of one:
// **Fach**kräfte.
func endsBold(sign byte, pc parser.Context) bool {
	open := 0
	for d := pc.FirstDelimiter(); d != nil; d = d.NextDelimiter {
		switch {
		case d.Char != sign || d.OriginalLength < 2:
		case d.CanClose && open > 0:
			open--
		case d.CanOpen:
			open++
		}
	}
	return open > 0
}

// beginsBold reports whether a sign inside a word begins what ends at the end of one:
// Fach**kräfte**.
func beginsBold(sign, rest []byte) bool {
	i := bytes.Index(rest, sign)
	if i <= 0 {
		return false
	}
	after, _ := utf8.DecodeRune(rest[i+len(sign):])
	return !isWordRune(after) && rest[i-1] != ' '
}

// ordinalFirst knows a date or an item of a list: "> 31. Mai", "> 1. eins".
var ordinalFirst = pattern.Of(`^[ \t]*[0-9]+[.)][ \t]`)
