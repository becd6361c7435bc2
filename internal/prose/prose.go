// Package prose turns Markdown into documents whose numbers are references.
//
// A verified link, [416,374](fig:advice.sessions), is a reference to a figure:
// its text is what readers get, and parsing proves that it is that figure as the
// page's language writes it. A fenced block (chart, table, figures) names the
// figures it shows and has a summary in Markdown, whose links are verified like
// all others. Everything else is CommonMark with tables, footnotes and alerts;
// raw HTML is an error.
//
// A document is parsed once, by [Parse], which reports every problem at its exact
// place, and does not change any more. [Document.HTML] writes it, at any address
// and any number of times: what others make of references, blocks and links is
// handed to it as a [Setting].
package prose

import (
	"sync"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
	"bilanz/internal/schema"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
)

// Context is what a text is read with. It is the same for all pages of a
// language and safe for concurrent use.
type Context struct {
	Figures  *figure.Set
	Lang     *locale.Lang
	Harmless []string // phrases whose numbers are no figures

	verified  sync.Map // what was proved of links to figures: by linkWords, a verified
	making    sync.Once
	naming    sync.Once
	counted   nouns
	dialect   goldmark.Markdown
	labelling sync.Once
	named     *labels
	tables    sync.Map // the dimensions of tables: by *figure.Table, a []grid.Dimension
}

// Document is one parsed page. Places in it are byte offsets in the page's file.
type Document struct {
	Cites    []*Cite
	Blocks   []*Block
	Headings []Heading
	Links    []*Link     // and images, in the order of the page
	Notes    []*Footnote // in the order in which readers meet them
	Unsure   bool        // a link or a block was not understood, so that more may be cited than Cites says

	lang     *locale.Lang
	markdown goldmark.Markdown // of the language
	source   []byte            // the text with front matter blanked, as goldmark saw it
	root     ast.Node
}

// Cite is one mention of a figure.
type Cite struct {
	Ref        figure.Ref
	None       bool      // [100 %](fig:none): a number that is no figure
	Start, End int       // of the text of the link
	Text       string    // of the link, as readers get it; what the build writes where it is empty
	First      bool      // the first mention in its section
	Section    string    // the anchor of the heading above; "" before the first
	Cell       bool      // in a cell of a table
	Block      *Block    // in the summary of which block; nil in running text
	Note       *Footnote // to be marked here; nil mostly
	nth        int       // which of the marks that lead to the note, from 1
}

// Heading is one heading of the page, as anchors and outlines need it.
type Heading struct {
	Level      int
	ID         string
	Text       string // plain
	Start, End int    // of its line
}

// Link is a link or an image that leads somewhere else.
type Link struct {
	Dest       string // as written, decoded by Markdown
	Start, End int    // of the destination as written
	Index      int    // among the document's links
	Image      bool
	Refused    bool // it has a scheme that no page may have, which is reported
}

// Footnote is a note at the end of the page: the author's own, or one that
// follows a figure.
type Footnote struct {
	Number int              // from 1, in the order in which readers meet the notes
	Figure *figure.Footnote // nil for the author's own
	Refs   int              // how many marks lead here

	node ast.Node // of the author's own
}

// Kind is what a fenced block comes out as.
type Kind string

// The kinds of blocks, by their names in Markdown.
const (
	Chart    Kind = "chart"
	Table    Kind = "table"
	Headline Kind = "figures"
	Cards    Kind = "cards"
)

// Block is one fenced block.
type Block struct {
	Kind       Kind
	ID         string    // "" for headline figures and cards
	Formerly   []string  // ids that it once had
	Form       form.Form // of a chart
	IDs        []string
	Figures    []*figure.Figure // the figures named by IDs; none where a table is named
	Table      *figure.Table    // where IDs names a table
	Column     string           // of a table: show this column only
	Cut        grid.Cut         // of a table: which of its cells, and how they lie
	Selection  *grid.Selection  // of a table: those cells
	Title      string
	Subtitle   string // "" for what the build writes
	Claim      string
	Place      Place      // "" for one that its size decides
	Level      int        // of its heading
	First      []bool     // of headline figures: the first mention in the section, each
	Subjects   []*Subject // the cards
	Unplaced   []Picture  // of cards: pictures of pages that none leads to
	Start, End int        // of the opening line

	TitleStart, TitleEnd int  // of the title as written; both 0 without one
	Unsure               bool // something in it is wrong, which was said

	pictures []picture // of cards, as they are named
	node     *blockNode
}

// text is a text with the way back to the file in which it stands.
type text struct {
	bytes []byte
	place func(start, end int) diag.Place
	edit  func(start, end int, with string) []diag.Edit // in the file; nil where nobody can tell
}

// edits replaces bytes of the text in its file, where it can be told which those
// are.
func (t text) edits(start, end int, with string) []diag.Edit {
	if t.edit == nil || start < 0 || end <= start || end > len(t.bytes) {
		return nil
	}
	return t.edit(start, end, with)
}

// whole is the text that is all of a file.
func whole(f schema.File) text {
	return text{f.Text, f.At, func(start, end int, with string) []diag.Edit {
		return []diag.Edit{f.Edit(start, end, with)}
	}}
}
