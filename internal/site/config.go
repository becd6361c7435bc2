// Package site is the model of a site: its pages, their addresses, languages and
// navigation, and what each page cites.
//
// The outline (front matter and addresses) of all pages is read first and kept;
// it is small. What a page was seen to hold when it was parsed (anchors, links
// out, figures cited, blocks) is kept as a [Seen], never the page itself, so that
// ten thousand pages fit in little memory.
package site

import (
	"net/url"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/prose"
	"bilanz/internal/schema"

	"golang.org/x/net/idna"
)

// Config is what content/site.yaml says.
type Config struct {
	Demo     bool
	Title    map[string]string
	Langs    []*locale.Lang // in the order of the file
	Default  *locale.Lang
	Complete []string // the languages that must cite the same figures
	BaseURL  string   // with its last slash; "" where not known
	Edition  Edition
	Contact  Contact
	Legal    Legal
	Licence  string
	Harmless map[string][]string
	Synonyms map[string][]Synonym // by language
	Look     Look
	Funders  []Funder
	Empty    []EmptySlot // of funders
	Publish  []string    // kinds of files, or names, that are published besides those that always are
	Messages string      // the language of the tool's messages, "en" or "de"; "" for the environment's
	Release  Release     // from when on the site may be published
	Edit     string      // where the project's files are edited, with its last slash; "" nowhere

	places map[string]diag.Place // of each key, by its path: "contact.email"
}

// At is where a key of the file stands, by its path, such as "contact.email"; where it
// is absent, what it would stand below, or else the file.
func (c *Config) At(key string) diag.Place {
	for {
		if place, ok := c.places[key]; ok {
			return place
		}
		i := strings.LastIndexByte(key, '.')
		if i < 0 {
			return diag.File(ConfigPath)
		}
		key = key[:i]
	}
}

// locate keeps where the keys of a mapping stand.
func (c *Config) locate(path string, mapping *schema.Node) {
	for _, e := range mapping.Entries() {
		c.places[path+e.Key] = e.KeyPlace
		if e.Value.IsMapping() {
			c.locate(path+e.Key+".", e.Value)
		}
	}
}

// Edition is what is published, as a whole.
type Edition struct {
	ID    string
	Label map[string]string
}

// Contact is who answers for the site; empty where nobody is named.
type Contact struct{ Name, Email string }

// Legal names the pages that the law may ask for, by their files in each
// language's folder; "" where there is none.
type Legal struct{ Imprint, Privacy, Accessibility string }

// ConfigPath is where the configuration lies.
const ConfigPath = "content/site.yaml"

// ConfigKeys are the keys of content/site.yaml.
var ConfigKeys = schema.Keys{
	{Name: "demo", Kind: schema.Bool, Doc: "true for a site of invented data; every page and picture says so."},
	{Name: "title", Kind: schema.Texts, Required: true, Doc: "The name of the site."},
	{Name: "languages", Kind: schema.List, Of: oneCode, Required: true,
		Doc: "The languages of the site; each has a folder of its own in content/."},
	{Name: "default", Kind: schema.Text, Required: true, Doc: "The language whose pages lie at the root."},
	{Name: "complete", Kind: schema.List, Of: oneCode, Doc: "The languages whose pages must cite the same figures."},
	{Name: "base_url", Kind: schema.Text, Doc: "The address at which the site is published, where it is known."},
	{Name: "edition", Kind: schema.Mapping, Doc: "What is published.", Keys: editionKeys},
	{Name: "contact", Kind: schema.Mapping, Doc: "Who answers for the site.", Keys: contactKeys},
	{Name: "legal", Kind: schema.Mapping,
		Doc: "Pages that the law may ask for: file names in each language's folder; empty for none.", Keys: legalKeys},
	{Name: "licence", Kind: schema.Text, Doc: "The licence of the content; empty where none is stated."},
	{Name: "look", Kind: schema.Mapping,
		Doc: "How the site looks, as far as it needs no layout of its own; see [themes.md](themes.md).", Keys: lookKeys},
	{Name: "funders", Kind: schema.List, Of: &schema.Key{Kind: schema.Mapping, Keys: funderKeys},
		Doc: "Who paid for what the site reports, at the foot of every page."},
	{Name: "publish", Kind: schema.List, Of: &schema.Key{Kind: schema.Text},
		Doc: "Kinds of files in static/ and beside pages that are published too, as in [html, xml]; or names of " +
			"files."},
	{Name: "release_at", Kind: schema.Text, Form: "2027-03-14T10:00+01:00",
		Doc: "The moment from which on the site may be published; `bilanz due` says whether it has come."},
	{Name: "edit", Kind: schema.Text, Form: "https://github.com/office/results/edit/main",
		Doc: "Where the project's files are edited; pages and figures then link to their file and line."},
	{Name: "messages", Kind: schema.Text, Values: []string{"en", "de"},
		Doc: "The language in which bilanz speaks to those who write here."},
	{Name: "search", Kind: schema.Mapping, Doc: "How readers find.", Keys: searchKeys},
	{Name: "harmless", Kind: schema.Map, Of: &schema.Key{Kind: schema.List, Of: &schema.Key{Kind: schema.Text}},
		Doc: "Phrases whose numbers are no figures, by language."},
}

var (
	oneCode = &schema.Key{Kind: schema.Text, Pattern: `[a-z]{2,3}(-[A-Za-z0-9]+)*`}

	editionKeys = schema.Keys{
		{Name: "id", Kind: schema.Text, Required: true, Doc: "The edition's permanent name."},
		{Name: "label", Kind: schema.Texts, Required: true, Doc: "The edition's name for readers."},
	}
	contactKeys = schema.Keys{
		{Name: "name", Kind: schema.Text, Doc: "A name or an office."},
		{Name: "email", Kind: schema.Text, Doc: "A mail address."},
	}
	legalKeys = schema.Keys{
		{Name: "imprint", Kind: schema.Text, Doc: "The file of the imprint."},
		{Name: "privacy", Kind: schema.Text, Doc: "The file of the privacy notice."},
		{Name: "accessibility", Kind: schema.Text, Doc: "The file of the accessibility statement."},
	}
)

// Opening is the least that content/site.yaml says, for whoever begins a site.
var Opening = diag.Say("title: {en: …}\nlanguages: [en]\ndefault: en", "title: {de: …}\nlanguages: [de]\ndefault: de")

// ReadConfig reads content/site.yaml; languages are those that the site may have.
// It reports false where the site cannot be
// built with what it says.
func ReadConfig(file schema.File, languages *locale.Set, list *diag.List) (*Config, bool) {
	node, ok := schema.Parse(file, 0, len(file.Text), list, ConfigKeys...)
	if !ok {
		return nil, false
	}
	fields, ok := node.Fields(ConfigKeys, list)
	if !ok {
		return nil, false
	}
	r := configReader{list: list, fields: fields, known: languages}
	c := &Config{Harmless: map[string][]string{}, places: map[string]diag.Place{}}
	c.locate("", node)
	known := r.languages(c)
	if len(c.Langs) == 0 {
		return nil, false // all else is written in languages
	}
	codes := c.Codes()
	for _, node := range r.nodes("languages") { // one that is unknown was said
		if code := r.scalar(node); !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	c.Demo = r.bool("demo")
	c.Title = r.texts(fields.Get("title"), codes)
	titled := r.titled(c)
	c.BaseURL = r.baseURL()
	c.Messages = r.scalar(r.fields.Get("messages"))
	c.Release = r.release()
	c.Edit = r.edit()
	c.Licence = r.scalar(fields.Get("licence"))
	if inner, ok := r.mapping("edition", editionKeys); ok {
		c.Edition = Edition{r.scalar(inner.Get("id")), r.texts(inner.Get("label"), codes)}
	}
	if inner, ok := r.mapping("contact", contactKeys); ok {
		c.Contact = Contact{r.scalar(inner.Get("name")), r.mailbox(inner.Get("email"))}
	}
	if inner, ok := r.mapping("legal", legalKeys); ok {
		c.Legal = Legal{r.scalar(inner.Get("imprint")), r.scalar(inner.Get("privacy")), r.scalar(inner.Get("accessibility"))}
	}
	for _, node := range r.nodes("publish") {
		if kind := r.scalar(node); kind != "" {
			c.Publish = append(c.Publish, kind)
		}
	}
	r.harmless(c, codes)
	c.Synonyms = r.synonyms(codes)
	c.Look = r.look(file, codes)
	c.Funders, c.Empty = r.funders(codes)
	return c, known && titled
}

// titled reports whether the site has a title in each language: every page begins with it.
func (r configReader) titled(c *Config) bool {
	if len(c.Title) == 0 {
		return true // that it is missing or broken was said
	}
	complete := true
	for _, l := range c.Langs {
		if c.Title[l.Code] != "" {
			continue
		}
		complete = false
		r.list.Add(diag.Diagnostic{
			Code: "site-title-missing", Place: c.At("title"),
			Text: diag.Say("the site has no title in %s", "der Titel der Website fehlt auf %s", l),
			Ways: []diag.Text{diag.Say("write it below title: in a line that begins with %s:",
				"schreiben Sie ihn unter title: in eine Zeile, die mit %s: beginnt", l.Code)},
		})
	}
	return complete
}

// Codes lists the site's languages.
func (c *Config) Codes() []string {
	var codes []string
	for _, l := range c.Langs {
		codes = append(codes, l.Code)
	}
	return codes
}

// Root is the address of a language's start page: "" or "de/".
func (c *Config) Root(l *locale.Lang) string {
	if l == c.Default {
		return ""
	}
	return l.Code + "/"
}

type configReader struct {
	list   *diag.List
	fields schema.Fields
	known  *locale.Set
}

func (r configReader) scalar(node *schema.Node) string {
	if node == nil {
		return ""
	}
	text, _ := node.Scalar(r.list)
	return text
}

func (r configReader) texts(node *schema.Node, codes []string) map[string]string {
	if node == nil {
		return nil
	}
	texts, _ := node.Texts(codes, r.list)
	return texts
}

func (r configReader) bool(key string) bool {
	node := r.fields.Get(key)
	if node == nil {
		return false
	}
	yes, _ := node.Bool(r.list)
	return yes
}

func (r configReader) mapping(key string, keys schema.Keys) (schema.Fields, bool) {
	node := r.fields.Get(key)
	if node == nil {
		return schema.Fields{}, false
	}
	return node.Fields(keys, r.list)
}

// languages reads which languages there are, and reports whether all of them are known.
func (r configReader) languages(c *Config) bool {
	node := r.fields.Get("languages")
	if node == nil || node.IsEmpty() || len(r.nodes("languages")) == 0 {
		return r.noLanguages(node)
	}
	known := true
	for _, node := range r.nodes("languages") {
		if l, ok := r.language(node); ok {
			c.Langs = append(c.Langs, l)
		} else {
			known = false
		}
	}
	if node := r.fields.Get("default"); node != nil {
		if l, ok := r.language(node); ok {
			c.Default = l
		}
	}
	if c.Default == nil && len(c.Langs) > 0 {
		c.Default = c.Langs[0]
	}
	if c.Default != nil && !slices.Contains(c.Langs, c.Default) {
		r.notListed(r.fields.Get("default"))
		c.Langs = append(c.Langs, c.Default)
	}
	for _, node := range r.nodes("complete") {
		l, ok := r.language(node)
		if ok && !slices.Contains(c.Langs, l) {
			r.notListed(node)
			continue
		}
		if ok {
			c.Complete = append(c.Complete, l.Code)
		}
	}
	return known
}

// noLanguages says that languages: names none; that the key is missing was said. It always
// reports false.
func (r configReader) noLanguages(node *schema.Node) bool {
	if node != nil {
		r.list.Add(diag.Diagnostic{
			Code: "languages-none", Place: node.Place(),
			Text: diag.Say("languages: names no language", "languages: nennt keine Sprache"),
			Ways: []diag.Text{diag.Say("write the languages of the site: languages: [en, de]",
				"schreiben Sie die Sprachen der Website: languages: [de, en]")},
		})
	}
	return false
}

func (r configReader) notListed(node *schema.Node) {
	r.list.Add(diag.Diagnostic{
		Code: "language-unlisted", Place: node.Place(),
		Text: diag.Say("this language does not stand in languages", "diese Sprache steht nicht in languages"),
		Ways: []diag.Text{diag.Say("add it there, or take it out here",
			"ergänzen Sie sie dort, oder streichen Sie sie hier")},
	})
}

func (r configReader) nodes(key string) []*schema.Node {
	node := r.fields.Get(key)
	if node == nil {
		return nil
	}
	if items := node.Items(); items != nil {
		return items
	}
	return []*schema.Node{node}
}

func (r configReader) language(node *schema.Node) (*locale.Lang, bool) {
	code := r.scalar(node)
	l, ok := r.known.Lookup(code)
	if !ok && code != "" {
		r.list.Add(diag.Diagnostic{
			Code: "language-unknown", Place: node.Place(),
			Text: diag.Say("bilanz has no words for the language %q", "die Sprache „%s“ kennt bilanz nicht", code),
			Ways: []diag.Text{
				diag.Say("write one of %s", "schreiben Sie eine von %s", strings.Join(r.known.Codes(), ", ")),
				diag.Say("describe the language in content/locale/%s.json, as docs/languages.md says",
					"beschreiben Sie die Sprache in content/locale/%s.json, wie in docs/languages.md erklärt", code),
			},
		})
	}
	return l, ok
}

func (r configReader) baseURL() string {
	node := r.fields.Get("base_url")
	address := r.scalar(node)
	if address == "" {
		return ""
	}
	base, ok := ParseBaseURL(address)
	if !ok {
		r.list.Add(diag.Diagnostic{
			Code: "base-url", Place: node.Place(),
			Text: diag.Say("%q is no address of a site", "„%s“ ist keine Adresse einer Website", address),
			Ways: []diag.Text{wayOfBase(address)},
		})
	}
	return base
}

func wayOfBase(address string) diag.Text {
	u, err := url.Parse(address)
	switch {
	case err == nil && u.User != nil:
		return diag.Say("take out what stands before the @: every page would show it",
			"streichen Sie, was vor dem @ steht: es stünde auf jeder Seite")
	case err == nil && u.Host != "" && strings.Contains(u.Path, "//"):
		return diag.Say("write one / between the folders, and not two",
			"schreiben Sie zwischen die Ordner einen / und nicht zwei")
	}
	return diag.Say("write it in full, as in https://example.org/results/",
		"schreiben Sie sie ganz, zum Beispiel https://example.org/ergebnisse/")
}

// mailbox reads a mail address, to which pages link.
func (r configReader) mailbox(node *schema.Node) string {
	address := r.scalar(node)
	if address == "" || prose.IsMailbox(address) {
		return address
	}
	r.list.Add(diag.Diagnostic{
		Code: "link-mail", Place: node.Place(),
		Text: diag.Say("%q is no mail address", "„%s“ ist keine E-Mail-Adresse", address),
		Ways: []diag.Text{diag.Say("write only the address, as in office@example.org",
			"schreiben Sie nur die Adresse, zum Beispiel presse@example.org")},
	})
	return ""
}

// ParseBaseURL checks the address of a site and gives it its last slash.
func ParseBaseURL(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" ||
		u.User != nil || strings.Contains(strings.TrimRight(u.Path, "/"), "//") {
		return "", false
	}
	if host, err := idna.Lookup.ToASCII(u.Hostname()); err == nil {
		u.Host = strings.Replace(u.Host, u.Hostname(), host, 1) // münchen.example is xn--mnchen-3ya.example
	}
	return strings.TrimRight(u.String(), "/") + "/", true
}

func (r configReader) harmless(c *Config, codes []string) {
	node := r.fields.Get("harmless")
	if node == nil {
		return
	}
	for _, entry := range r.listed(node, codes) {
		for _, item := range entry.Value.Items() {
			if phrase := r.scalar(item); phrase != "" {
				c.Harmless[entry.Key] = append(c.Harmless[entry.Key], phrase)
			}
		}
	}
}

// listed are the entries of a mapping by language, without those whose language the site does
// not have, which is said.
func (r configReader) listed(node *schema.Node, codes []string) (listed []schema.Entry) {
	for _, entry := range node.Entries() {
		if slices.Contains(codes, entry.Key) {
			listed = append(listed, entry)
			continue
		}
		r.list.Add(diag.Diagnostic{
			Code: "language-unlisted", Place: entry.KeyPlace,
			Text: diag.Say("this language does not stand in languages", "diese Sprache steht nicht in languages"),
			Ways: []diag.Text{diag.Say("add it there, or take it out here",
				"ergänzen Sie sie dort, oder streichen Sie sie hier")},
		})
	}
	return listed
}
