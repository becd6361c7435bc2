package prose

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// Front is what stands between the two --- at the top of a page.
type Front struct {
	Title         string
	Description   string
	Hero          []Piece      // the finding that stands above the page in the place of its title; none for most
	InNav         bool         // the page has nav: only such pages stand in a navigation
	Order         int          // in the navigation; pages without one come last, by title
	Section       string       // of the navigation; "" for the main one
	TranslationOf string       // the file name of the page in the default language; "" for the same
	Former        []OldAddress // of the page
	Only          string       // the one language of a page that has no translation
	Reason        string
	Draft         bool
	Missing       string  // what must still be entered before the site goes live; "" for nothing
	Slot          string  // what the page is for people who need it: "easy-read", "sign-language", "method"
	Cites         []*Cite // of the title, the finding and the description

	TitleStart, TitleEnd     int // the bytes of the title
	MissingStart, MissingEnd int // of what is missing
	Start                    int // the first byte below the front matter
}

// OldAddress is an address that a page had, and where that is written.
type OldAddress struct {
	Address string
	Place   diag.Place
}

// FrontKeys are the keys of a page's front matter.
var FrontKeys = schema.Keys{
	{Name: "title", Kind: schema.Line, Required: true,
		Doc: "The title of the page: its heading, its name in the navigation and in search engines."},
	{Name: "description", Kind: schema.Line, Doc: "One sentence for search engines and link previews."},
	{Name: "hero", Kind: schema.Line,
		Doc: "A finding, such as [1,200](fig:advice.sessions) advisory sessions: the heading of the page in " +
			"the place of its title, large and with a ground of its own. For start pages."},
	{Name: "nav", Kind: schema.Mapping,
		Doc: "Where the page stands in the navigation; a page without it is reached by links alone.", Keys: navKeys},
	{Name: "translation_of", Kind: schema.Text,
		Doc: "The file of the same page in the default language, where the names differ."},
	{Name: "aliases", Kind: schema.List, Of: oneText, Doc: "Old addresses of the page, which lead here."},
	{Name: "formerly", Kind: schema.List, Of: oneText, Doc: "The same as aliases."},
	{Name: "only", Kind: schema.Text, Doc: "The one language that the page exists in."},
	{Name: "reason", Kind: schema.Text, Doc: "Why the page exists in one language only."},
	{Name: "slot", Kind: schema.Text, Values: []string{"easy-read", "sign-language", "method"},
		Doc: "What the page is: Leichte Sprache, a video in sign language, or where the numbers come from and " +
			"how they were counted. Every page of its language links to the first two, " +
			"and pages with figures to the last."},
	{Name: "missing", Kind: schema.Line,
		Doc: "What must still be entered on the page before the site goes live, such as the name of the publisher; it is not published, and bilanz check --release names it."},
	{Name: "status", Kind: schema.Text, Values: []string{"draft", "published"},
		Doc: "draft takes the page out, in all languages."},
}

var oneText = &schema.Key{Kind: schema.Text}

var navKeys = schema.Keys{
	{Name: "order", Kind: schema.Whole, Form: "10", Doc: "Pages with a smaller number come first."},
	{Name: "section", Kind: schema.Text, Doc: `The group of the page; "footer" for the foot of every page.`},
}

// frontSpan finds the YAML between the two --- at the top of a page, and where the
// page's text begins. A page without front matter has an empty span.
func frontSpan(page []byte) (yaml [2]int, body int) {
	bom := len(page) - len(bytes.TrimPrefix(page, []byte("\ufeff")))
	first, rest := cutLine(page[bom:])
	if string(bytes.TrimRight(first, " \t\r\n")) != "---" {
		return [2]int{bom, bom}, bom
	}
	start := bom + len(first)
	for at := start; len(rest) > 0; {
		var line []byte
		line, rest = cutLine(rest)
		if string(bytes.TrimRight(line, " \t\r\n")) == "---" {
			return [2]int{start, at}, at + len(line)
		}
		at += len(line)
	}
	return [2]int{bom, bom}, bom
}

// beginsFront reports whether a page begins with the first of the two ---.
func beginsFront(page []byte) bool {
	first, _ := cutLine(bytes.TrimPrefix(page, []byte("\ufeff")))
	return string(bytes.TrimRight(first, " \t\r\n")) == "---"
}

// cutLine cuts the first line off, with its end.
func cutLine(text []byte) (line, rest []byte) {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return text[:i+1], text[i+1:]
	}
	return text, nil
}

// ReadFront reads a page's front matter and verifies the numbers in it. It
// reports false where there is none to go on with.
func ReadFront(c *Context, file schema.File, list *diag.List) (Front, bool) {
	span, body := frontSpan(file.Text)
	if span[1] == span[0] && beginsFront(file.Text) {
		list.Add(diag.Diagnostic{
			Code: "front-open", Place: file.At(0, len("---")),
			Text: diag.Say("the title and description of this page have no end",
				"Titel und Beschreibung dieser Seite haben kein Ende"),
			Ways: []diag.Text{diag.Say("write a second line --- below them, before the text of the page",
				"schreiben Sie darunter, vor den Text der Seite, eine zweite Zeile ---")},
		})
		return Front{}, false
	}
	if span[1] == span[0] {
		list.Add(diag.Diagnostic{
			Code: "front-missing", Place: file.At(0, 0),
			Text: diag.Say("this page does not begin with its title and description",
				"am Anfang dieser Seite fehlen Titel und Beschreibung"),
			Ways: []diag.Text{diag.Say("put these lines at the top of the file, above its text:\n%s",
				"setzen Sie diese Zeilen ganz oben in die Datei, über ihren Text:\n%s", Opening(titleOf(file)))},
		})
		return Front{}, false
	}
	node, ok := schema.Parse(file, span[0], span[1], list, FrontKeys...)
	if !ok {
		return Front{}, false
	}
	before := list.Errors()
	fields, ok := node.Fields(FrontKeys, list)
	if !ok {
		return Front{}, false
	}
	sure := list.Errors() == before // or else a key that is missing may be one that is misspelt
	v := newVisitor(c, whole(file), list)
	v.file = file
	return v.front(fields, body, sure), true
}

// Opening is how a page begins that has this title.
func Opening(title string) diag.Text {
	return diag.Say("---\ntitle: %[1]s\ndescription: One sentence that says what this page tells.\n---",
		"---\ntitle: %[1]s\ndescription: Ein Satz darüber, was auf dieser Seite steht.\n---", title)
}

// titleOf guesses the title of a page: its first heading or, where it has none, its file's name.
func titleOf(file schema.File) string {
	var before string
	for line := range bytes.Lines(bytes.TrimPrefix(file.Text, []byte("\ufeff"))) {
		text := strings.TrimSpace(string(line))
		level := len(text) - len(strings.TrimLeft(text, "#"))
		switch {
		case level > 0 && strings.HasPrefix(text[level:], " "):
			return strings.TrimSpace(strings.TrimRight(text[level:], "# "))
		case text != "" && strings.Trim(text, "=") == "" && before != "":
			return before
		}
		before = text
	}
	name := strings.TrimSuffix(path.Base(file.Path), ".md")
	if name == "index" {
		return "…"
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + strings.ReplaceAll(name[size:], "-", " ")
}

func (v *visitor) front(fields schema.Fields, body int, sure bool) Front {
	scalar := func(node *schema.Node) string {
		if node == nil {
			return ""
		}
		words, _ := node.Scalar(v.list)
		return words
	}
	f := Front{
		Title: v.line(fields.Get("title")), Description: v.line(fields.Get("description")),
		TranslationOf: scalar(fields.Get("translation_of")),
		Only:          scalar(fields.Get("only")), Reason: scalar(fields.Get("reason")),
		Slot:   scalar(fields.Get("slot")),
		Draft:  scalar(fields.Get("status")) == "draft",
		Former: slices.Concat(v.oldAddresses(fields.Get("aliases")), v.oldAddresses(fields.Get("formerly"))),
		Start:  body,
	}
	if isBlank(f.Title) {
		f.Title = ""
	}
	if node := fields.Get("hero"); node != nil {
		if words, ok := node.Scalar(v.list); ok && !isBlank(words) {
			f.Hero = v.pieces(words, spanIn(node))
		}
	}
	if node := fields.Get("title"); node != nil {
		f.TitleStart, f.TitleEnd = node.Span()
	}
	if node := fields.Get("missing"); node != nil {
		f.Missing = scalar(node)
		f.MissingStart, f.MissingEnd = node.Span()
	}
	if nav := fields.Get("nav"); nav != nil {
		f.InNav = true
		if inner, ok := nav.Fields(navKeys, v.list); ok {
			f.Section = scalar(inner.Get("section"))
			if order := inner.Get("order"); order != nil {
				f.Order, _ = order.Int(v.list)
			}
		}
	}
	if sure && isWordless(f.Description) {
		at := v.text.place(f.TitleStart, f.TitleEnd)
		if !isBlank(f.Description) {
			at = fields.Get("description").Place()
		}
		v.add(diag.Diagnostic{
			Code: "description-missing", Place: at,
			Text: diag.Say("this page has no description", "diese Seite hat keine Beschreibung"),
			Ways: []diag.Text{diag.Say("add a line description: with one sentence that says what the page tells, for search engines and previews",
				"fügen Sie eine Zeile description: hinzu, mit einem Satz darüber, was auf der Seite steht, für Suchmaschinen und Vorschauen")},
		})
	}
	if f.Only != "" && f.Reason == "" {
		v.add(diag.Diagnostic{
			Code: "reason-missing", Place: fields.Get("only").Place(),
			Text: diag.Say("a page in one language only needs a reason",
				"eine Seite in nur einer Sprache braucht einen Grund"),
			Ways: []diag.Text{diag.Say("add a line reason: and say why there is no translation",
				"fügen Sie eine Zeile reason: hinzu und sagen Sie, warum es keine Übersetzung gibt")},
		})
	}
	f.Cites = v.Cites
	return f
}

// Finding gives the words of the finding, if a number stands in it.
func (f *Front) Finding(c *Cite) (string, bool) {
	var words strings.Builder
	found := false
	for _, piece := range f.Hero {
		found = found || piece.Cite == c
		words.WriteString(piece.Text)
	}
	return words.String(), found
}

// isBlank reports whether nobody sees anything of a text.
// isWordless reports whether a text has neither a letter nor a digit: "…", "–", nothing.
func isWordless(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

func isBlank(text string) bool { return strings.TrimSpace(unseen.Replace(text)) == "" }

// oldAddresses reads one address or a list of them.
func (v *visitor) oldAddresses(node *schema.Node) []OldAddress {
	if node == nil {
		return nil
	}
	items := node.Items()
	if items == nil {
		items = []*schema.Node{node}
	}
	var all []OldAddress
	for _, item := range items {
		if address, ok := item.Scalar(v.list); ok && address != "" {
			all = append(all, OldAddress{address, item.Place()})
		}
	}
	return all
}
