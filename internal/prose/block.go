package prose

import (
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/schema"
)

// BlockKeys are the keys of a block's YAML, for each kind.
var BlockKeys = map[Kind]schema.Keys{
	Chart: {
		{Name: "id", Kind: schema.Text, Required: true, Doc: "The permanent address of the chart, unique on the site."},
		formerlyKey,
		{Name: "type", Required: true, Values: form.Names(),
			Doc: "How the figures are drawn; docs/charts.md says which type fits what."},
		{Name: "figures", Kind: schema.List, Of: oneText, Required: true,
			Doc: "A figure with parts, a table, a series, or a list of ids."},
		{Name: "column", Kind: schema.Text, Doc: "Of a table: the column to draw."},
		whereKey, exceptKey, acrossKey, seriesKey, columnsKey,
		ofKey, orderKey, topKey, othersKey, lastKey, highlightKey,
		{Name: "title", Kind: schema.Line, Required: true, Doc: "The finding, in one line of plain text."},
		{Name: "subtitle", Kind: schema.Line, Doc: "What is shown, where the build's own line does not fit."},
		{Name: "claim", Kind: schema.Text, Doc: "What the title says, as a check on figures."},
		placeKey,
	},
	Table: {
		{Name: "id", Kind: schema.Text, Required: true, Doc: "The permanent address of the table, unique on the site."},
		formerlyKey,
		{Name: "figures", Kind: schema.List, Of: oneText, Required: true,
			Doc: "A table, a figure with parts, a series, or a list of ids."},
		{Name: "column", Kind: schema.Text, Doc: "Of a table: the column to show; all where it is left out."},
		whereKey, exceptKey, acrossKey, seriesKey, columnsKey,
		ofKey, orderKey, topKey, othersKey, lastKey, highlightKey,
		{Name: "title", Kind: schema.Line, Required: true, Doc: "What the table shows, in one line of plain text."},
		{Name: "subtitle", Kind: schema.Line, Doc: "A second line below the title."},
		{Name: "claim", Kind: schema.Text, Doc: "What the title says, as a check on figures."},
		placeKey,
	},
	Headline: {
		{Name: "figures", Kind: schema.List, Of: oneText, Required: true,
			Doc: "The ids of three to six headline figures."},
		{Name: "title", Kind: schema.Line, Required: true,
			Doc: "The heading of the figures, in one line of plain text."},
		{Name: "claim", Kind: schema.Text, Doc: "What the title says, as a check on figures."},
	},
	Cards: {
		{Name: "title", Kind: schema.Line, Required: true,
			Doc: "The heading of the cards, in one line of plain text."},
		{Name: "figures", Kind: schema.Map, Of: oneList, Form: "{advice.md: [sessions.first, sessions.further]}",
			Doc: "For each page that a card leads to: two or three figures of one unit, which the card draws as bars."},
	},
}

var formerlyKey = schema.Key{Name: "formerly", Kind: schema.List, Of: oneText, Form: "visits-by-place",
	Doc: "Ids that the block once had: its files stay at their old addresses, and its pages lead on."}

var placeKey = schema.Key{Name: "place", Kind: schema.Text, Values: []string{string(Beside), string(Across)},
	Doc: "Where the block stands on a wide screen, if not where its size puts it: " +
		"beside the text above it, or across the page."}

// fenced reads a block's YAML, finds its figures and walks its summary.
func (v *visitor) fenced(n *blockNode) {
	block := &Block{Kind: n.kind, Level: max(v.level, 1) + 1, Start: n.start, End: n.end, node: n}
	n.block = block
	before, unsure := v.list.Errors(), v.Unsure
	v.Unsure = false
	defer func() {
		block.Unsure = v.Unsure || v.list.Errors() > before
		v.Unsure = unsure || block.Unsure
	}()
	if v.inQuotation(n) {
		n.block = nil
		return
	}
	if !n.closed {
		n.block = nil // nobody walked what is below it, so nobody can write it
		v.leaveOut(n.start, len(v.source))
		if v.Unsure = true; v.torn {
			return
		}
		v.report("block-open", diag.Error, n.start, n.end,
			diag.Say("this block never ends", "dieser Block ist nicht geschlossen"),
			diag.Say("write ``` on a line of its own below it", "schreiben Sie ``` in eine eigene Zeile darunter"))
		return
	}
	if node, ok := schema.Parse(v.file, n.yamlStart, n.yamlEnd, v.list, BlockKeys[n.kind]...); ok {
		if fields, ok := node.Fields(BlockKeys[n.kind], v.list); ok {
			v.readBlock(block, fields)
		}
	}
	v.Blocks = append(v.Blocks, block)
	v.block = block
	v.mentionTiles(block)
	v.visitAll(n)
	v.block = nil
	if n.kind == Cards {
		v.subjects(block)
		return
	}
	// Key figures and tables are text themselves.
	if n.kind == Chart && (n.FirstChild() == nil || isEmpty(v.source, n)) {
		v.report("summary-missing", diag.Error, n.start, n.end,
			diag.Say("this chart has no summary", "diesem Diagramm fehlt die Zusammenfassung"),
			diag.Say("leave an empty line below its keys and say there in a sentence what it shows",
				"lassen Sie unter den Angaben eine Zeile frei und sagen Sie dort in einem Satz, was zu sehen ist"))
	}
}

func (v *visitor) readBlock(b *Block, fields schema.Fields) {
	errors := v.list.Errors()
	scalar := func(key string) string {
		if node := fields.Get(key); node != nil {
			text, _ := node.Scalar(v.list)
			return text
		}
		return ""
	}
	b.ID, b.Form, b.Claim = scalar("id"), form.Form(scalar("type")), scalar("claim")
	b.Place = Place(scalar("place"))
	b.Title, b.Subtitle = v.line(fields.Get("title")), v.line(fields.Get("subtitle"))
	if node := fields.Get("title"); node != nil {
		b.TitleStart, b.TitleEnd = node.Span()
	}
	if fields.Get("title") != nil && isWordless(b.Title) && v.list.Errors() == errors {
		v.report("title-empty", diag.Error, b.TitleStart, b.TitleEnd,
			diag.Say("this block has no title", "dieser Block hat keinen Titel"),
			diag.Say("write behind title: what the block shows, in one line",
				"schreiben Sie hinter title:, was zu sehen ist, in einer Zeile"))
	}
	if node := fields.Get("id"); node != nil {
		v.blockID(node, b.ID)
	}
	for _, item := range formerlyOf(fields) {
		if old, ok := item.Scalar(v.list); ok {
			v.blockID(item, old)
			b.Formerly = append(b.Formerly, old)
		}
	}
	if node := fields.Get("type"); node != nil && !slices.Contains(form.Names(), string(b.Form)) {
		v.unknownForm(node, string(b.Form))
	}
	if node := fields.Get("claim"); node != nil {
		v.context.Figures.Claim(b.Claim, figure.Within{Place: node.TextPlace, Edit: node.TextEdit}, v.list)
	}
	switch b.Kind {
	case Cards:
		b.pictures = v.pictures(fields)
	case Headline:
		v.readFigures(b, fields.Get("figures"))
	default:
		v.readFigures(b, fields.Get("figures"))
		v.readCut(b, fields)
	}
}

func formerlyOf(fields schema.Fields) []*schema.Node {
	if node := fields.Get("formerly"); node != nil {
		return node.Items()
	}
	return nil
}

// blockID says what is wrong with the id of a block.
func (v *visitor) blockID(node *schema.Node, id string) {
	if id == Slug(id) {
		return
	}
	start, end := node.Span()
	v.report("block-id", diag.Error, start, end,
		diag.Say("the id of a block is made of small letters, digits and hyphens",
			"die Kennung eines Blocks besteht aus Kleinbuchstaben, Ziffern und Bindestrichen"),
		diag.Say("write %s", "schreiben Sie %s", Slug(id)))
}

func (v *visitor) unknownForm(node *schema.Node, name string) {
	start, end := node.Span()
	ways := []diag.Text{diag.Say("write one of %s",
		"wählen Sie eine dieser Arten: %s", strings.Join(form.Names(), ", "))}
	if near := diag.Nearest(name, form.Names()); len(near) > 0 {
		ways = []diag.Text{diag.Say("write type: %s", "schreiben Sie type: %s", near[0])}
	}
	v.report("chart-type", diag.Error, start, end, diag.Say("there is no type of chart %q",
		"ein Diagramm der Art „%s“ gibt es nicht", name), ways...)
}

// readFigures finds what a block shows: one id, or a list of them.
func (v *visitor) readFigures(b *Block, node *schema.Node) {
	if node == nil {
		return
	}
	items := node.Items()
	if items == nil {
		items = []*schema.Node{node}
	}
	for _, item := range items {
		id, ok := item.Scalar(v.list)
		if !ok {
			continue
		}
		if table, ok := v.context.Figures.Table(id); ok && len(items) == 1 {
			b.Table, b.IDs = table, append(b.IDs, id)
			continue
		}
		start, end := item.Span()
		if table, ok := v.context.Figures.RenamedTable(id); ok && len(items) == 1 {
			b.Table, b.IDs = table, append(b.IDs, table.ID)
			v.renamed(id, table.ID, "", start, end)
			continue
		}
		if f := v.lookupAt(id, start, end, ""); f != nil {
			b.Figures, b.IDs = append(b.Figures, f), append(b.IDs, f.ID)
		}
	}
}

// mentionTiles notes which headline figures are met for the first time.
func (v *visitor) mentionTiles(b *Block) {
	if b.Kind != Headline {
		return
	}
	for _, f := range b.Figures {
		b.First = append(b.First, !v.section[f])
		v.section[f] = true
	}
}

// line reads a line of plain text, such as a title, in which links to figures are
// verified and bare numbers are looked at.
func (v *visitor) line(node *schema.Node) string {
	if node == nil {
		return ""
	}
	words, ok := node.Scalar(v.list)
	if !ok {
		return ""
	}
	return v.lineAt(words, spanIn(node))
}

// spanIn gives where a stretch of the words of a value stands in its file.
func spanIn(node *schema.Node) func(start, end int) (from, to int) {
	return func(start, end int) (int, int) {
		from, to := node.TextSpan(start, end)
		if at, still := node.TextSpan(start, start); at != still {
			return at, at // YAML writes it in a way that nobody can follow: its place is the value's
		}
		return from, to
	}
}

// lineAt reads the words of a line; the span of each stretch of them in the file
// comes from the caller.
func (v *visitor) lineAt(words string, at func(start, end int) (from, to int)) string {
	var plain strings.Builder
	for _, piece := range v.pieces(words, at) {
		if piece.Cite != nil {
			piece.Cite.First = false
		}
		plain.WriteString(piece.Text)
	}
	return plain.String()
}

// Piece is a stretch of a line of plain text: words, or a number.
type Piece struct {
	Text string
	Cite *Cite // nil for words
}

// pieces reads a line as [visitor.lineAt] does.
func (v *visitor) pieces(words string, at func(start, end int) (from, to int)) []Piece {
	words = strings.ReplaceAll(words, "\t", " ") // as long, and pictures draw no tab
	var pieces []Piece
	bare := func(from, to int) {
		v.inLine(words[from:to], func(start, end int) (int, int) { return at(from+start, from+end) })
		var s stretch
		seen([]byte(words[from:to]), func(piece []byte, further int) { s.add(piece, from+further) })
		v.scan(s.text.String(), func(i int) int {
			i = s.source(i)
			place, _ := at(i, min(i+1, len(words)))
			return place
		})
		if from < to {
			pieces = append(pieces, Piece{Text: words[from:to]})
		}
	}
	rest := 0
	for {
		i := strings.Index(words[rest:], "](fig:")
		if i < 0 {
			break
		}
		i += rest
		open := strings.LastIndexByte(words[:i], '[')
		length := strings.IndexByte(words[i:], ')')
		if open < rest || length < 0 {
			break
		}
		var span linkSpan
		span.textStart, span.textEnd = at(open+1, i)
		span.destStart, span.destEnd = at(i+2, i+length)
		v.read[span.textEnd] = true
		bare(rest, open)
		beside := around{before: words[rest:open], after: words[i+length+1:]}
		if cite := v.citeAt(words[open+1:i], words[i+2:i+length], span, beside); cite != nil {
			cite.Note = nil
			pieces = append(pieces, Piece{cite.Text, cite})
		}
		rest = i + length + 1
	}
	bare(rest, len(words))
	return pieces
}

// All lists the figures that a block shows, each once: parts with what they are
// parts of, the dates of a series, the cells of a table.
func (b *Block) All() []*figure.Figure {
	var all []*figure.Figure
	met := map[*figure.Figure]bool{}
	add := func(figures ...*figure.Figure) {
		for _, f := range figures {
			if !met[f] {
				met[f], all = true, append(all, f)
			}
		}
	}
	for _, f := range b.Figures {
		add(f)
		if b.Kind == Headline {
			continue
		}
		add(f.Parts...)
		if f.Series != nil && f.ID == f.Series.ID {
			add(f.Series.Points...)
		}
	}
	if b.Selection != nil {
		add(b.Selection.Figures()...)
	}
	for _, s := range b.Subjects {
		add(s.Figures...)
	}
	return all
}
