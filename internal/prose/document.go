package prose

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/schema"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Parse reads the Markdown of a page below its front matter, verifies what it
// says, and reports every problem in list. It takes the text of the file over.
func Parse(c *Context, file schema.File, list *diag.List) *Document {
	v := newVisitor(c, whole(file), list)
	v.file = file
	sound := v.guard()
	span, body := frontSpan(file.Text)
	v.title = titleIn(file.Text[span[0]:span[1]])
	blank(file.Text[:body])
	return v.parse(sound)
}

// FixedAnchors lists the ids that the headings of a page fix with {#id}, for those who
// must know them before the page is parsed. It takes the text of the file over.
func FixedAnchors(c *Context, file schema.File) []string {
	var problems diag.List // told when the page is parsed
	v := newVisitor(c, whole(file), &problems)
	if !v.guard() {
		return nil
	}
	_, body := frontSpan(file.Text)
	blank(file.Text[:body])
	var ids []string
	_ = ast.Walk(v.tree(parser.NewContext()), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if id, _ := n.AttributeString("id"); entering && n.Kind() == ast.KindHeading {
			if fixed, ok := id.([]byte); ok {
				ids = append(ids, locale.Composed(string(fixed)))
			}
		}
		return ast.WalkContinue, nil
	})
	return ids
}

// parseText reads a short text of its own, such as a note of a figure.
func parseText(c *Context, t text, list *diag.List) *Document {
	v := newVisitor(c, t, list)
	v.short = true
	return v.parse(v.guard())
}

// parse reads the text, or nothing of one that the guard refused.
func (v *visitor) parse(sound bool) *Document {
	if !sound {
		v.source, v.Unsure = nil, true
	}
	pc := parser.NewContext()
	v.root = v.tree(pc)
	v.defined, _ = pc.Get(definedNotes).([]*east.Footnote)
	v.takeFootnotes()
	v.reserve()
	v.visitAll(v.root)
	v.visitFootnotes()
	v.checkNotes()
	for _, n := range v.definitions {
		v.definition(n)
	}
	v.reportUnread()
	return v.Document
}

// tree is the text as goldmark understands it.
func (d *Document) tree(pc parser.Context) ast.Node {
	return d.markdown.Parser().Parse(gtext.NewReader(d.source), parser.WithContext(pc))
}

func newVisitor(c *Context, t text, list *diag.List) *visitor {
	return &visitor{
		Document: &Document{lang: c.Lang, markdown: c.markdown(), source: t.bytes}, context: c, text: t, list: list,
		section: map[*figure.Figure]bool{}, nth: map[string]int{}, ids: map[string]bool{},
		ours: map[string]bool{}, read: map[int]bool{}, labels: map[string]bool{},
		notes: map[int]*Footnote{}, figureNotes: map[string]*Footnote{},
	}
}

// blank replaces all bytes before the body by spaces, and keeps the line ends,
// so that positions stay true.
func blank(front []byte) {
	for i, b := range front {
		if b != '\n' && b != '\r' {
			front[i] = ' '
		}
	}
}

// visitor walks the tree once, in the order of reading, and replaces what means
// something to us by nodes of our own.
type visitor struct {
	*Document
	context  *Context
	file     schema.File // of a page; a note of a figure has none
	title    string      // of the page
	short    bool        // a note of a figure, which is sentences and nothing else
	text     text
	list     *diag.List
	quota    diag.Quota
	problems int // all of them, kept or not

	section     map[*figure.Figure]bool // mentioned since the last heading
	ids         map[string]bool         // heading ids of the page
	ours        map[string]bool         // ids that are written on the page for other things
	nth         map[string]int          // how many headings have had the same words, after the first
	level       int                     // of the last heading
	anchorID    string                  // of the last heading
	block       *Block                  // whose summary we are in
	notes       map[int]*Footnote
	figureNotes map[string]*Footnote
	defined     []*east.Footnote // the footnotes, as they are written
	labels      map[string]bool  // of addresses that stand apart from their links: those that a link names
	definitions []*ast.LinkReferenceDefinition
	read        map[int]bool // where the text of each link to a figure ends
	linked      []int        // of the text that bareNumbers looks at; see stretch
	cell        bool         // a cell of a table is being visited
	torn        bool         // a block above lacks its first line, so that the signs of the next ones are turned round
}

func (v *visitor) visitAll(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; {
		next := n.NextSibling() // n may be replaced
		v.visit(n)
		n = next
	}
}

func (v *visitor) visit(n ast.Node) {
	if v.short && v.refuse(n) {
		return
	}
	switch n := n.(type) {
	case *ast.Heading:
		v.underlined(n)
		v.heading(n)
	case *ast.List:
		v.items(n)
	case *east.TableCell:
		v.cell = true
		v.words(n)
		v.cell = false
	case *ast.Paragraph, *ast.TextBlock:
		v.words(n)
	case *ast.Link:
		v.link(n)
	case *ast.Image:
		v.image(n)
	case *ast.AutoLink:
		v.autoLink(n)
	case *ast.RawHTML:
		v.inlineHTML(n)
	case *ast.HTMLBlock:
		v.blockHTML(n)
	case *ast.Blockquote:
		v.quote(n)
	case *east.FootnoteLink:
		v.mark(n)
	case *blockNode:
		v.fenced(n)
	case *ast.FencedCodeBlock:
		v.code(n)
	case *ast.CodeBlock:
		v.indented(n)
	case *ast.LinkReferenceDefinition:
		v.definitions = append(v.definitions, n)
	case *east.Table:
		v.table(n)
		v.visitAll(n)
		v.tableHead(n)
		n.SetAttributeString("bilanz", v.tableName())
	case *ast.CodeSpan, *ast.Text, *ast.String:
	default:
		v.visitAll(n)
	}
}

// words looks at what holds words: a paragraph, a cell.
func (v *visitor) words(n ast.Node) {
	isBlock := v.lines(n)
	v.visitAll(n)
	if !isBlock {
		v.leftovers(n)
	}
	v.bareNumbers(n)
}

// add reports a problem of the page.
func (v *visitor) add(problem diag.Diagnostic) {
	v.problems++
	if !v.quota.Spent(problem.Code, problem.Severity) {
		v.list.Add(problem)
	}
}

func (v *visitor) report(code string, severity diag.Severity, start, end int, text diag.Text, ways ...diag.Text) {
	v.add(diag.Diagnostic{Code: code, Severity: severity, Place: v.text.place(start, end), Text: text, Ways: ways})
}

// heading numbers figures anew, checks the level and makes the anchor.
func (v *visitor) heading(n *ast.Heading) {
	clear(v.section)
	cites := len(v.Cites)
	v.visitAll(n)
	v.leftovers(n)
	v.bareNumbers(n)
	start, end := v.lineOf(n)
	text := v.plain(n, true)
	words := text
	if len(v.Cites) > cites {
		words = v.plain(n, false)
	}
	if isBlank(text) {
		v.report("heading-empty", diag.Error, start, end, diag.Say("this heading is empty",
			"diese Überschrift ist leer"),
			diag.Say("write its words after the #, or delete the line",
				"schreiben Sie ihre Wörter hinter das #, oder löschen Sie die Zeile"))
	}
	v.braceOpen(words, start, end)
	v.anchorID = v.anchor(n, words, start, end)
	v.checkLevel(n, words, start, end)
	v.level = n.Level
	v.Headings = append(v.Headings, Heading{Level: n.Level, ID: v.anchorID, Text: text, Start: start, End: end})
}

// checkLevel reports a heading of level 1, and one that leaves out a level.
func (v *visitor) checkLevel(n *ast.Heading, words string, start, end int) {
	level, above := n.Level, max(v.level, 1)
	d := diag.Diagnostic{Code: "heading-level", Place: v.text.place(start, end), About: []string{v.anchorID}}
	switch {
	case level == 1:
		d.Text = diag.Say("the title of the page is its only heading of level 1",
			"die einzige Überschrift der Ebene 1 ist der Titel der Seite")
		d.Ways = []diag.Text{diag.Say("begin this heading with ##", "beginnen Sie diese Überschrift mit ##")}
		if len(v.Headings) == 0 {
			d.Ways = append(d.Ways, diag.Say("delete this line, if it is the title: that stands above already",
				"löschen Sie diese Zeile, wenn sie der Titel ist: der steht schon oben"))
		}
		if strings.EqualFold(v.title, strings.TrimSpace(words)) {
			d.Text = diag.Say("the title of the page stands above it already", "der Titel der Seite steht schon oben")
			d.Ways = []diag.Text{diag.Say("delete this line", "löschen Sie diese Zeile")}
			d.Edits = v.withoutTitle(n, start)
		}
	case level > above+1:
		d.Text = diag.Say("a heading of level %d follows one of level %d",
			"auf eine Überschrift der Ebene %[2]d folgt eine der Ebene %[1]d", level, above)
		d.Ways = []diag.Text{diag.Say("begin this heading with %s",
			"beginnen Sie diese Überschrift mit %s", strings.Repeat("#", above+1))}
	default:
		return
	}
	v.add(d)
}

// titleIn is the title in a front matter, as it is written.
func titleIn(front []byte) string {
	for line := range bytes.Lines(front) {
		if title, ok := bytes.CutPrefix(line, []byte("title:")); ok {
			return strings.Trim(string(title), " \t\r\n\"'")
		}
	}
	return ""
}

// withoutTitle takes away a heading with which the text of the page begins, and the blank
// lines below it. One that has an id of its own, or stands in a list or quotation, is left
// to its author.
func (v *visitor) withoutTitle(n *ast.Heading, start int) []diag.Edit {
	line, rest := cutLine(v.source[start:])
	isFirst := n.Parent() == v.root && len(bytes.TrimSpace(v.source[:start])) == 0
	if !isFirst || bytes.Contains(line, []byte("{#")) || n.Lines().Len() != 1 {
		return nil
	}
	end := start + len(line)
	if bytes.TrimLeft(line, " ")[0] != '#' {
		if line, rest = cutLine(rest); len(bytes.Trim(line, "= \t\r\n")) > 0 {
			return nil
		}
		end += len(line) // the underlining
	}
	for line, rest = cutLine(rest); len(line) > 0 && len(bytes.TrimSpace(line)) == 0; line, rest = cutLine(rest) {
		end += len(line)
	}
	return v.text.edits(start, end, "")
}

// Slug makes an anchor of words: small letters, digits and hyphens.
func Slug(words string) string {
	slug := make([]byte, 0, len(words))
	hyphen := false
	for _, r := range strings.ToLower(locale.Composed(words)) {
		plain := 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
		spelt := ""
		if r >= utf8.RuneSelf {
			spelt = locale.Plain(r)
		}
		if !plain && spelt == "" {
			hyphen = len(slug) > 0
			continue
		}
		if hyphen {
			slug = append(slug, '-')
			hyphen = false
		}
		if plain {
			spelt = string(r)
		}
		slug = append(slug, spelt...)
	}
	if len(slug) == 0 {
		return "section"
	}
	return string(slug)
}

// lineOf is the first line of a block, without the id in braces of a heading.
func (v *visitor) lineOf(n ast.Node) (start, end int) {
	if n.Lines().Len() > 0 {
		line := n.Lines().At(0)
		start, end = line.Start, line.Stop
	} else {
		start = max(n.Pos(), 0)
		end = start
	}
	start = bytes.LastIndexByte(v.source[:start], '\n') + 1
	if i := bytes.IndexByte(v.source[end:], '\n'); i >= 0 && end > start && v.source[end-1] != '\n' {
		end += i
	}
	line := v.source[start:end]
	if i := bytes.LastIndex(line, []byte("{#")); i >= 0 {
		line = line[:i]
	}
	return start, start + len(bytes.TrimRight(line, "\r\n \t"))
}

// tableName names a table of Markdown, which has no caption, after its heading.
func (v *visitor) tableName() string {
	if len(v.Headings) == 0 {
		return v.lang.Word("table-scroll")
	}
	return v.lang.Word("table-of", v.Headings[len(v.Headings)-1].Text)
}

// plain gives the words of a node without markup; with figures as they are said,
// or without them.
func (d *Document) plain(n ast.Node, figures bool) string { return plain(d.source, n, figures) }

func plain(source []byte, n ast.Node, figures bool) string {
	var b strings.Builder
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.Text:
			if value := child.Segment.Value(source); isPlain(value) {
				b.Write(value)
			} else {
				readable(value, func(piece []byte, _ int) { b.Write(piece) })
			}
			if child.SoftLineBreak() || child.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(child.Value)
		case *ast.AutoLink:
			b.Write(child.Label(source))
		case *citeNode:
			if figures {
				b.WriteString(child.cite.Text)
			}
		case *markNode:
		default:
			b.WriteString(plain(source, child, figures))
		}
	}
	return b.String()
}

// link verifies a link to a figure, or notes where another link leads.
func (v *visitor) link(n *ast.Link) {
	dest := string(n.Destination)
	span, inline := v.linkSpan(n.Pos())
	v.uses(n.Reference)
	switch {
	case strings.HasPrefix(dest, "fig:"):
		v.read[span.textEnd] = true
		if !inline {
			v.report("figure-link-form", diag.Error, n.Pos(), n.Pos()+1,
				diag.Say("a link to a figure is written in one piece",
					"ein Verweis auf eine Kennzahl muss in einem Stück geschrieben sein"),
				diag.Say("write [number](%s)", "schreiben Sie [Zahl](%s)", dest))
		}
		var cite *Cite
		if inline {
			cite = v.cite(n, dest, span)
		}
		if cite == nil { // it keeps its place, though the page is not written
			v.Unsure = true
			cite = &Cite{None: true}
		}
		n.Parent().ReplaceChild(n.Parent(), n, &citeNode{cite: cite})
	case strings.HasPrefix(dest, "lang:"):
		v.visitAll(n)
		node := &langNode{lang: strings.TrimPrefix(dest, "lang:")}
		if !isLangCode(node.lang) {
			v.report("lang-unknown", diag.Error, span.destStart, span.destEnd,
				diag.Say("%q names no language", "„%s“ ist keine Sprache", node.lang),
				diag.Say("write the short name of a language, such as lang:en",
					"schreiben Sie das Kürzel einer Sprache, zum Beispiel lang:en"))
		}
		for child := n.FirstChild(); child != nil; child = n.FirstChild() {
			node.AppendChild(node, child)
		}
		n.Parent().ReplaceChild(n.Parent(), n, node)
	default:
		v.visitAll(n)
		v.titleLost(n.Title, span.destStart, span.destEnd)
		if isBlank(v.plain(n, true)) && !v.citesIn(n) {
			v.report("link-empty", diag.Error, span.textStart-1, span.destEnd,
				diag.Say("this link has no words", "dieser Link hat keinen Text"),
				diag.Say("write between the brackets where it leads",
					"schreiben Sie zwischen die eckigen Klammern, wohin er führt"))
		}
		if text := v.plain(n, true); v.lang.LeadsAnywhere(text) || isOfSigns(text) && !v.citesIn(n) {
			v.report("link-vague", diag.Warning, span.textStart-1, span.destEnd,
				diag.Say("%q does not say where this link leads; a screen reader reads links one after the other",
					"„%s“ sagt nicht, wohin dieser Link führt; Screenreader lesen Links einzeln vor", text),
				diag.Say("write what is to be found there: [the method of the survey](…)",
					"schreiben Sie, was dort zu finden ist: [Methode der Befragung](…)"))
		}
		n.SetAttributeString("bilanz", v.newLink(dest, span, inline, n.Pos()))
	}
}

// citesIn reports whether a figure stands in a node, whose number may be written later.
func (v *visitor) citesIn(n ast.Node) bool {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if child.Kind() == kindCite || child.Kind() == ast.KindCodeSpan || v.citesIn(child) {
			return true
		}
	}
	return false
}

// uses notes the label of a link whose address stands apart from it.
func (v *visitor) uses(reference *ast.ReferenceLink) {
	if reference != nil {
		v.labels[util.ToLinkReference(reference.Value)] = true
	}
}

func isLangCode(s string) bool {
	return len(s) >= 2 && len(s) <= 3 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

func (v *visitor) image(n *ast.Image) {
	v.visitAll(n)
	span, inline := v.linkSpan(n.Pos())
	v.uses(n.Reference)
	if isBlank(v.plain(n, true)) {
		v.report("image-alt", diag.Error, n.Pos(), span.destEnd,
			diag.Say("this image has no text for those who cannot see it",
				"diesem Bild fehlt ein Text für alle, die es nicht sehen können"),
			diag.Say("write what it shows between the square brackets",
				"schreiben Sie zwischen die eckigen Klammern, was es zeigt"))
	}
	text := v.plain(n, true)
	if v.lang.ShowsAnything(text) || isFileName(text, string(n.Destination)) || isOfSigns(text) {
		v.report("image-alt-vague", diag.Warning, n.Pos(), span.destEnd,
			diag.Say("%q does not say what this image shows", "„%s“ sagt nicht, was auf diesem Bild zu sehen ist", text),
			diag.Say("write what somebody misses who does not see it",
				"schreiben Sie, was jemandem entgeht, der es nicht sieht"))
	}
	v.titleLost(n.Title, span.destStart, span.destEnd)
	link := v.newLink(string(n.Destination), span, inline, n.Pos())
	link.Image = true
	n.SetAttributeString("bilanz", link)
}

// isOfSigns reports whether a text says something, but in signs alone: "»", "–".
func isOfSigns(text string) bool { return !isBlank(text) && isWordless(text) }

// isFileName reports whether a text is the name of a file: "IMG_2041.jpg", or of the file
// that is shown, as a camera counts them: "IMG_2041".
func isFileName(text, file string) bool {
	text = strings.TrimSpace(text)
	ext := strings.ToLower(path.Ext(text))
	stem := strings.TrimSuffix(path.Base(file), path.Ext(file))
	return text == stem && strings.ContainsAny(stem, "_0123456789") || slices.Contains([]string{".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".avif", ".heic", ".tif", ".tiff"}, ext)
}

func (v *visitor) autoLink(n *ast.AutoLink) {
	address := string(n.URL(v.source))
	start := max(n.Pos(), 0)
	if strings.HasPrefix(address, "fig:") {
		v.Unsure = true
		v.report("figure-link-form", diag.Error, start, start+len(address)+2,
			diag.Say("a link to a figure needs a text", "ein Verweis auf eine Kennzahl braucht einen Text"),
			diag.Say("write [](%s) to let the build write the number",
				"schreiben Sie [](%s), damit bilanz die Zahl einsetzt", address))
		return
	}
	span := linkSpan{destStart: start + 1, destEnd: start + 1 + len(address)}
	if n.AutoLinkType == ast.AutoLinkEmail {
		address = "mailto:" + address
	}
	v.newLink(address, span, true, start)
}

// linkSpan is where the parts of an inline link stand.
type linkSpan struct{ textStart, textEnd, destStart, destEnd int }

// linkSpan finds the text and the destination of the link or image at pos. It
// reports false for a link whose destination stands elsewhere.
func (v *visitor) linkSpan(pos int) (linkSpan, bool) {
	source := v.source
	i := bytes.IndexByte(source[pos:], '[') + pos + 1
	span := linkSpan{textStart: i}
	for depth := 1; i < len(source); i++ {
		switch source[i] {
		case '\\':
			i++
		case '[':
			depth++
		case ']':
			depth--
		}
		if depth == 0 {
			break
		}
	}
	span.textEnd = min(i, len(source))
	if i+1 >= len(source) || source[i+1] != '(' {
		span.destStart, span.destEnd = span.textStart, span.textEnd
		return span, false
	}
	for i += 2; i < len(source) && (source[i] == ' ' || source[i] == '\n' || source[i] == '\r' || source[i] == '<'); i++ {
	}
	span.destStart = i
	for depth := 0; i < len(source); i++ {
		b := source[i]
		if b == '>' || b == ' ' || b == '\n' || b == '\r' || (b == ')' && depth == 0) {
			break
		}
		if b == '(' {
			depth++
		} else if b == ')' {
			depth--
		}
	}
	span.destEnd = i
	return span, true
}

// alerts are the kinds that GitHub knows too.
var alerts = []string{"note", "tip", "important", "warning", "caution"}

// quote makes an alert of a quote whose first line is [!NOTE] or one of its like.
func (v *visitor) quote(n *ast.Blockquote) {
	class := v.alertClass(n)
	if class == "" {
		v.moreThan(n)
		v.visitAll(n)
		return
	}
	first := n.FirstChild()
	for child := first.FirstChild(); child != nil; child = first.FirstChild() {
		t, isText := child.(*ast.Text)
		first.RemoveChild(first, child)
		if isText && (t.SoftLineBreak() || t.HardLineBreak()) {
			break
		}
	}
	if first.FirstChild() == nil {
		n.RemoveChild(n, first)
	}
	alert := &alertNode{class: class}
	for child := n.FirstChild(); child != nil; child = n.FirstChild() {
		alert.AppendChild(alert, child)
	}
	n.Parent().ReplaceChild(n.Parent(), n, alert)
	v.visitAll(alert)
}

func (v *visitor) alertClass(n *ast.Blockquote) string {
	p, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || p.Lines().Len() == 0 {
		return ""
	}
	line := p.Lines().At(0)
	words := strings.ToLower(string(bytes.TrimSpace(line.Value(v.source))))
	if !strings.HasPrefix(words, "[!") || !strings.HasSuffix(words, "]") {
		return ""
	}
	class := words[2 : len(words)-1]
	if slices.Contains(alerts, class) {
		return class
	}
	v.report("alert-unknown", diag.Error, line.Start, line.Start+len(words),
		diag.Say("there is no alert %q", "einen Hinweis „%s“ gibt es nicht", class),
		diag.Say("write one of [!NOTE], [!TIP], [!IMPORTANT], [!WARNING], [!CAUTION]",
			"schreiben Sie [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] oder [!CAUTION]"))
	return ""
}

// takeFootnotes takes goldmark's list of footnotes out of the tree: ours are
// numbered together with those that follow figures.
func (v *visitor) takeFootnotes() {
	list, ok := v.root.LastChild().(*east.FootnoteList)
	if !ok {
		return
	}
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		footnote := n.(*east.Footnote)
		note := &Footnote{node: footnote}
		v.notes[footnote.Index] = note
	}
	v.root.RemoveChild(v.root, list)
}

func (v *visitor) mark(n *east.FootnoteLink) {
	note := v.notes[n.Index]
	if note == nil {
		return
	}
	v.number(note)
	n.Parent().ReplaceChild(n.Parent(), n, &markNode{note: note, nth: note.Refs})
}

// number counts a mark that leads to a note, and numbers the note at its first.
func (v *visitor) number(note *Footnote) {
	if note.Refs == 0 {
		v.Notes = append(v.Notes, note)
		note.Number = len(v.Notes)
	}
	note.Refs++
}

// noteOf gives the footnote that follows a figure, one for each page.
func (v *visitor) noteOf(f *figure.Figure) *Footnote {
	if f == nil || f.Footnote == nil {
		return nil
	}
	note := v.figureNotes[f.Footnote.ID]
	if note == nil {
		note = &Footnote{Figure: f.Footnote}
		v.figureNotes[f.Footnote.ID] = note
	}
	return note
}

// visitFootnotes walks the author's footnotes last, as readers do. A footnote may
// bring up further ones, which are visited in turn.
func (v *visitor) visitFootnotes() {
	for i := 0; i < len(v.Notes); i++ {
		if node := v.Notes[i].node; node != nil {
			for child := node.FirstChild(); child != nil; {
				next := child.NextSibling()
				v.dropBacklinks(child)
				child = next
			}
			clear(v.section)
			v.visitAll(node)
		}
	}
}

// dropBacklinks takes goldmark's own way back out: ours has a name in the
// language of the page.
func (v *visitor) dropBacklinks(n ast.Node) {
	if _, ok := n.(*east.FootnoteBacklink); ok {
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	for child := n.FirstChild(); child != nil; {
		next := child.NextSibling()
		v.dropBacklinks(child)
		child = next
	}
}

// reportUnread compares the links to figures that the source holds with those
// that were understood: one in code, or broken in some way, would be silent.
func (v *visitor) reportUnread() {
	for at := 0; ; {
		i := bytes.Index(v.source[at:], []byte("](fig:"))
		if i < 0 {
			return
		}
		at += i
		if !v.read[at] {
			v.report("figure-link-unread", diag.Warning, at, at+len("](fig:"),
				diag.Say("this link to a figure stands where Markdown reads no links, so nothing verifies it",
					"dieser Verweis auf eine Kennzahl steht, wo Markdown keine Links liest; nichts prüft ihn"),
				diag.Say("take it out of the code, or check its brackets",
					"nehmen Sie ihn aus dem Code heraus oder prüfen Sie seine Klammern"))
		}
		at++
	}
}
