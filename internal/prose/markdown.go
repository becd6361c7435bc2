package prose

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/locale"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown is the dialect of the context's language, made once: they differ in
// their quotation marks and spaces.
func (c *Context) markdown() goldmark.Markdown {
	c.making.Do(func() { c.dialect = dialect(c.Lang) })
	return c.dialect
}

// dialect makes a dialect of Markdown. Linkify is left out: it costs a fifth of the
// parsing, and an address that nobody linked is no link.
func dialect(l *locale.Lang) goldmark.Markdown {
	inline := append(parser.DefaultInlineParsers(), util.Prioritized(starParser{}, 450),
		util.Prioritized(quoteParser{l}, 9000), util.Prioritized(dashParser{dashes}, 9999))
	if l.Spaces() {
		inline = append(inline, util.Prioritized(spaceParser{l}, 9500))
	}
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(blockParsers(l)...),
			parser.WithInlineParsers(inline...),
			parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		)),
		goldmark.WithParserOptions(footnotes()...),
		goldmark.WithExtensions(extension.Table, extension.Strikethrough),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(nodeRenderer{l}, 50))),
	)
}

// blockParsers are goldmark's, without its own lists and quotations, and ours.
func blockParsers(l *locale.Lang) []util.PrioritizedValue {
	list, quote := parser.NewListParser(), parser.NewBlockquoteParser()
	parsers := slices.DeleteFunc(parser.DefaultBlockParsers(), func(p util.PrioritizedValue) bool {
		return p.Value == list || p.Value == quote
	})
	return append(parsers,
		util.Prioritized(listParser{list, l}, 300),
		util.Prioritized(parser.NewATXHeadingParser(parser.WithHeadingAttribute()), 590),
		util.Prioritized(blockParser{}, 690),
		util.Prioritized(quoteBlockParser{quote}, 800))
}

// dashParser makes dashes and dots of several signs. Quotation marks are ours:
// goldmark takes 'em and 'nested' for words that lack a letter, and leaves
// ("[a](b)") as it is. So it need not stop at any other sign.
type dashParser struct{ parser.InlineParser }

func (dashParser) Trigger() []byte { return []byte{'-', '.'} }

var dashes = extension.NewTypographerParser(extension.WithTypographicSubstitutions(map[extension.TypographicPunctuation][]byte{
	extension.EnDash:   []byte("–"),
	extension.EmDash:   []byte("—"),
	extension.Ellipsis: []byte("…"),
}))

// spaceParser puts the spaces that a language has beside some signs in the place of
// those that keyboards have: before a question mark in French.
type spaceParser struct{ lang *locale.Lang }

func (spaceParser) Trigger() []byte { return []byte{' '} }

func (p spaceParser) Parse(_ ast.Node, block gtext.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if line[0] != ' ' { // at the start of a line it is asked about every sign
		return nil
	}
	after, _ := utf8.DecodeRune(line[1:])
	space, special := p.lang.Space(block.PrecendingCharacter(), after)
	if !special {
		return nil
	}
	block.Advance(1)
	node := ast.NewString([]byte(space))
	node.SetCode(true)
	return node
}

// quoteParser turns straight quotation marks into those of a language.
type quoteParser struct{ lang *locale.Lang }

func (quoteParser) Trigger() []byte { return []byte{'"', '\''} }

func (p quoteParser) Parse(_ ast.Node, block gtext.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	before := block.PrecendingCharacter()
	after, _ := utf8.DecodeRune(line[1:])
	block.Advance(1)
	node := ast.NewString([]byte(p.mark(line[0], before, after, line[1:])))
	node.SetCode(true) // it is text, and holds nothing to escape
	return node
}

// mark chooses between the opening and the closing mark and the apostrophe. A
// single mark opens only where the line holds one that closes it: the '90s.
func (p quoteParser) mark(sign byte, before, after rune, rest []byte) string {
	opens := (unicode.IsSpace(before) || strings.ContainsRune("([{–—-/\"'„“‚‘", before)) && !unicode.IsSpace(after) && len(rest) > 0
	if strings.ContainsRune("*_~", before) { // of emphasis, which begins or ends here
		opens = isWordRune(after)
	}
	open, close := p.lang.Quotes()
	if sign == '\'' {
		open, close = p.lang.InnerQuotes()
		if !opens && isWordRune(before) && isWordRune(after) || opens && (unicode.IsDigit(after) || !closes(rest)) {
			return "’"
		}
	}
	if opens {
		return open
	}
	return close
}

// closes reports whether a single mark ends a word before the line ends.
func closes(rest []byte) bool {
	for i := 1; i < len(rest); i++ {
		if rest[i] != '\'' || rest[i-1] == ' ' {
			continue
		}
		if after, size := utf8.DecodeRune(rest[i+1:]); size == 0 || !isWordRune(after) {
			return true
		}
	}
	return false
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// blockNode is a fenced block in the tree: the bytes of its YAML, and its summary
// as children.
type blockNode struct {
	ast.BaseBlock
	kind       Kind
	fence      int // backquotes in the opening line
	start, end int // of the opening line
	yamlStart  int
	yamlEnd    int
	indent     int  // of the opening line, in a list say
	inYAML     bool // while parsing: the blank line has not come yet
	closed     bool
	block      *Block
}

var kindBlock = ast.NewNodeKind("Block")

func (n *blockNode) Kind() ast.NodeKind { return kindBlock }

func (n *blockNode) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"Kind": string(n.kind)}, nil)
}

// blockParser reads fenced blocks. The YAML above the blank line is kept as
// bytes; what is below it is parsed as Markdown in its place, so that positions,
// footnotes and links need no second thought.
type blockParser struct{}

func (blockParser) Trigger() []byte { return []byte{'`'} }

func (blockParser) Open(_ ast.Node, reader gtext.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 || pc.BlockIndent() > 3 {
		return nil, parser.NoChildren
	}
	fence := 0
	for at+fence < len(line) && line[at+fence] == '`' {
		fence++
	}
	name := string(bytes.TrimSpace(line[at+fence:]))
	if fence < 3 || BlockKeys[Kind(name)] == nil {
		return nil, parser.NoChildren
	}
	node := &blockNode{kind: Kind(name), fence: fence, indent: pc.BlockIndent(), inYAML: true}
	node.start = segment.Start + at
	node.end = segment.Start + len(bytes.TrimRight(line, "\r\n"))
	node.yamlStart, node.yamlEnd = segment.Stop, segment.Stop
	reader.Advance(segment.Len() - 1)
	return node, parser.NoChildren
}

func (blockParser) Continue(n ast.Node, reader gtext.Reader, pc parser.Context) parser.State {
	node := n.(*blockNode)
	line, segment := reader.PeekLine()
	trimmed := bytes.TrimSpace(line)
	if len(trimmed) >= node.fence && len(bytes.Trim(trimmed, "`")) == 0 {
		node.closed = true
		reader.Advance(segment.Len() - newline(line))
		return parser.Close
	}
	if !node.inYAML {
		return parser.Continue | parser.HasChildren
	}
	if len(trimmed) == 0 {
		node.inYAML = false
		return parser.Continue | parser.NoChildren
	}
	node.yamlEnd = segment.Stop
	reader.Advance(segment.Len() - newline(line))
	return parser.Continue | parser.NoChildren
}

func newline(line []byte) int {
	if len(line) > 0 && line[len(line)-1] == '\n' {
		return 1
	}
	return 0
}

func (blockParser) Close(ast.Node, gtext.Reader, parser.Context) {}
func (blockParser) CanInterruptParagraph() bool                  { return true }
func (blockParser) CanAcceptIndentedLine() bool                  { return false }

// citeNode is a verified link in the tree, once it has been understood.
type citeNode struct {
	ast.BaseInline
	cite *Cite
}

var kindCite = ast.NewNodeKind("Cite")

func (n *citeNode) Kind() ast.NodeKind { return kindCite }

func (n *citeNode) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"Text": n.cite.Text}, nil)
}

// langNode is a stretch of text in another language: [text](lang:en).
type langNode struct {
	ast.BaseInline
	lang string
}

var kindLang = ast.NewNodeKind("Lang")

func (n *langNode) Kind() ast.NodeKind { return kindLang }

func (n *langNode) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"Lang": n.lang}, nil)
}

// alertNode is a quote that begins with [!NOTE] or one of its like.
type alertNode struct {
	ast.BaseBlock
	class string // "note"
}

var kindAlert = ast.NewNodeKind("Alert")

func (n *alertNode) Kind() ast.NodeKind { return kindAlert }

func (n *alertNode) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"Class": n.class}, nil)
}

// markNode is the mark of a footnote.
type markNode struct {
	ast.BaseInline
	note *Footnote
	nth  int // which of the marks that lead to the note, from 1
}

var kindMark = ast.NewNodeKind("Mark")

func (n *markNode) Kind() ast.NodeKind { return kindMark }

func (n *markNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
