package site

import (
	"net/url"

	"bilanz/internal/colour"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/pattern"
	"bilanz/internal/schema"
)

// Look is what site.yaml says of how the site looks. What needs the style sheets or
// other files to be judged is judged by those who have them.
type Look struct {
	Accent, AccentDark Accent
	Logo               LookFile
	LogoAlt            map[string]string // what it shows, by language
	Favicon            LookFile
	Footer             []figure.Passage // Markdown, one for each language
}

// Accent is a colour and where it is written.
type Accent struct {
	Set   bool
	Color colour.RGB
	Place diag.Place
	edit  diag.Edit // what replaces it, but for the new text
}

// Instead is the edit that writes another colour.
func (a Accent) Instead(c colour.RGB) diag.Edit {
	edit := a.edit
	edit.New = `"` + c.String() + `"`
	return edit
}

// LookFile is a file that is named; no Name: none is.
type LookFile struct {
	Name  string // below content/ or static/
	Place diag.Place
}

const colourPattern = `#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})`

// Funder is one of those who paid for what the site reports.
type Funder struct {
	Name map[string]string // by language
	Logo LookFile
	Link string // "https://…"; "" none
}

// EmptySlot is a key of a list that waits for somebody to fill it in.
type EmptySlot struct {
	Key   string
	Place diag.Place
}

// Marks lists the pictures that site.yaml names.
func (c *Config) Marks() []LookFile {
	marks := []LookFile{c.Look.Logo, c.Look.Favicon}
	for _, f := range c.Funders {
		marks = append(marks, f.Logo)
	}
	return marks
}

var (
	funderKeys = schema.Keys{
		{Name: "name", Kind: schema.Texts, Required: true,
			Doc: "Who it is; also what the logo says to those who do not see it."},
		{Name: "logo", Kind: schema.Text, Form: "ministry.svg",
			Doc: "An SVG or PNG file in content/ or static/; without it the name stands there."},
		{Name: "link", Kind: schema.Text, Form: "https://example.org/", Pattern: `https?://\S+`,
			Doc: "Where the logo leads."},
	}
	lookKeys = schema.Keys{
		{Name: "accent", Kind: schema.Text, Form: `"#12436d"`, Pattern: colourPattern,
			Doc: "The colour of links and buttons, in quotes; it must be readable on the ground of light pages."},
		{Name: "accent_dark", Kind: schema.Text, Form: `"#8ec1f0"`, Pattern: colourPattern,
			Doc: "The same for dark pages. Without it the accent is lightened until it can be read there."},
		{Name: "logo", Kind: schema.Mapping, Keys: logoKeys, Doc: "A picture before the name of the site."},
		{Name: "favicon", Kind: schema.Text, Form: "icon.svg",
			Doc: "The sign of the site in the tabs of a browser: an SVG or PNG file in content/ or static/."},
		{Name: "footer", Kind: schema.Texts, Doc: "A line at the foot of every page, in Markdown."},
	}
	logoKeys = schema.Keys{
		{Name: "file", Kind: schema.Text, Required: true, Form: "logo.svg",
			Doc: "An SVG or PNG file in content/ or static/."},
		{Name: "alt", Kind: schema.Texts, Required: true, Doc: "What the logo shows, for those who do not see it."},
	}
)

func (r configReader) look(file schema.File, codes []string) Look {
	fields, ok := r.mapping("look", lookKeys)
	if !ok {
		return Look{}
	}
	look := Look{
		Accent: r.accent(file, fields, "accent"), AccentDark: r.accent(file, fields, "accent_dark"),
		Favicon: r.lookFile(fields.Get("favicon")),
	}
	if node := fields.Get("logo"); node != nil {
		if inner, ok := node.Fields(logoKeys, r.list); ok {
			look.Logo = r.lookFile(inner.Get("file"))
			look.LogoAlt = r.texts(inner.Get("alt"), codes)
			r.everyLanguage(inner.Get("alt"), look.LogoAlt, codes)
		}
	}
	if node := fields.Get("footer"); node != nil {
		look.Footer = r.footer(node, codes)
	}
	return look
}

// funders reads those who paid, and where a slot for one is that nobody has filled.
func (r configReader) funders(codes []string) (all []Funder, empty []EmptySlot) {
	list := r.fields.Get("funders")
	switch {
	case list == nil:
		return nil, nil
	case len(list.Items()) == 0:
		return nil, []EmptySlot{{"funders", list.KeyPlace()}}
	}
	for _, node := range list.Items() {
		if node.IsEmpty() {
			empty = append(empty, EmptySlot{"funders", node.Place()})
			continue
		}
		fields, ok := node.Fields(funderKeys, r.list)
		if !ok {
			continue
		}
		f := Funder{
			Name: r.texts(fields.Get("name"), codes), Logo: r.lookFile(fields.Get("logo")),
			Link: r.webAddress(fields.Get("link")),
		}
		r.everyLanguage(fields.Get("name"), f.Name, codes)
		for _, key := range []string{"logo", "link"} {
			if value := fields.Get(key); value != nil && r.scalar(value) == "" {
				empty = append(empty, EmptySlot{key, value.KeyPlace()})
			}
		}
		all = append(all, f)
	}
	return all, empty
}

// webAddress reads where a link of every page leads: to a page of the web, and nowhere else.
func (r configReader) webAddress(node *schema.Node) string {
	address := r.scalar(node)
	u, err := url.Parse(address)
	if address == "" || err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		return address
	}
	r.list.Add(diag.Diagnostic{
		Code: "funder-link", Place: node.Place(),
		Text: diag.Say("%q is no address of a website", "„%s“ ist keine Adresse einer Website", address),
		Ways: []diag.Text{diag.Say("write it in full, as in https://example.org/",
			"schreiben Sie sie ganz, zum Beispiel https://example.org/")},
	})
	return ""
}

func (r configReader) lookFile(node *schema.Node) LookFile {
	if node == nil {
		return LookFile{}
	}
	return LookFile{r.scalar(node), node.Place()}
}

func (r configReader) footer(node *schema.Node, codes []string) []figure.Passage {
	values, ok := node.ByLang(codes, r.list)
	if !ok {
		return nil
	}
	texts, said := map[string]string{}, []figure.Passage{}
	for _, code := range codes {
		if value := values[code]; value != nil && value.String() != "" {
			texts[code] = value.String()
			said = append(said, figure.Passage{Lang: code, Text: value.String(), Place: value.TextPlace, Edit: value.TextEdit})
		}
	}
	r.everyLanguage(node, texts, codes)
	return said
}

// everyLanguage reports the languages in which a text is missing that all pages show.
func (r configReader) everyLanguage(node *schema.Node, texts map[string]string, codes []string) {
	if node == nil || texts == nil {
		return
	}
	for _, code := range codes {
		if texts[code] == "" {
			r.list.Add(diag.Diagnostic{
				Code: "look-language", Place: node.KeyPlace(),
				Text: diag.Say("%s has no text in the language %s",
					"%s hat keinen Text in der Sprache %s", node.Key(), code),
				Ways: []diag.Text{diag.Say("add %s: …", "ergänzen Sie %s: …", code)},
			})
		}
	}
}

// commented is what is left of a colour without quotes: to YAML it is a comment.
var commented = pattern.Of(`^:[ \t]*(#[0-9A-Fa-f]*)`)

func (r configReader) accent(file schema.File, fields schema.Fields, key string) Accent {
	node := fields.Get(key)
	if node == nil {
		return Accent{}
	}
	if _, end := node.KeySpan(); node.IsEmpty() {
		if m := commented().FindSubmatchIndex(file.Text[end:]); m != nil {
			r.unquoted(file, end+m[2], end+m[3])
			return Accent{}
		}
	}
	text := r.scalar(node)
	c, ok := colour.Parse(text)
	if !ok {
		way := diag.Say("write it in quotes, as in \"#12436d\"",
			"schreiben Sie sie in Anführungszeichen, wie in \"#12436d\"")
		if _, ok := colour.Parse("#" + text); ok {
			way = diag.Say("write \"#%s\"", "schreiben Sie \"#%s\"", text)
		}
		r.list.Add(diag.Diagnostic{
			Code: "look-colour", Place: node.Place(),
			Text: diag.Say("\"%s\" is no colour of the form #rgb or #rrggbb",
				"„%s“ ist keine Farbe der Form #rgb oder #rrggbb", text),
			Ways: []diag.Text{way},
		})
		return Accent{}
	}
	start, end := node.Span()
	return Accent{true, c, node.Place(), diag.Edit{Path: file.Path, Start: start, Old: string(file.Text[start:end])}}
}

func (r configReader) unquoted(file schema.File, start, end int) {
	text := string(file.Text[start:end])
	d := diag.Diagnostic{
		Code: "look-colour", Place: file.At(start, end),
		Text: diag.Say("without quotes this reads as a comment, and no colour",
			"ohne Anführungszeichen liest sich das als Kommentar und nicht als Farbe"),
		Ways: []diag.Text{diag.Say("write \"%s\"", "schreiben Sie \"%s\"", text)},
	}
	if _, ok := colour.Parse(text); ok {
		d.Edits = []diag.Edit{{Path: file.Path, Start: start, Old: text, New: `"` + text + `"`}}
		d.Ways = []diag.Text{diag.Say("run \"bilanz fix\" to write \"%s\"", "„bilanz fix“ schreibt \"%s\"", text)}
	}
	r.list.Add(d)
}
