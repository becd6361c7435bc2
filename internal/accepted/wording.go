package accepted

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"bilanz/internal/pattern"
	"bilanz/internal/prose"
)

// A Section is a piece of a page: its title and description, what stands above the first
// heading, and each heading with what stands below it. The first two there always are, so
// that the sections of two languages can be counted alike.
type Section struct {
	Heading    string // as readers get it; "" for the first two
	Start      int    // the byte at which it begins
	Paragraphs []Paragraph
}

// A Paragraph is what empty lines part from the rest.
type Paragraph struct {
	Start, End int
	Words      string // as [Sections] says: without what nobody has to translate
}

// Sections are those of a page whose text begins at the byte body. Their words are without
// what is no word: numbers that follow a figure, ids, where links inside the site lead, ends
// of lines. The build holds all of these against the other languages, and what renames them
// is a machine, or a person who changes nothing that anybody reads.
func Sections(page []byte, body int) []Section {
	body = min(body, len(page))
	r := reader{page: page, all: []Section{{}, {Start: body}}}
	at := 0
	for line := range bytes.Lines(page[:body]) {
		r.keyLine(line, at)
		at += len(line)
	}
	r.end()
	r.section = 1
	r.key = false
	for line := range bytes.Lines(page[body:]) {
		r.line(line, at)
		at += len(line)
	}
	r.end()
	return r.all
}

// marks give a section a name by its words: markLength signs for each paragraph. Of so many
// paragraphs that were changed one in sixteen million is taken for what it was.
func (s Section) marks() string {
	var marks strings.Builder
	for _, p := range s.Paragraphs {
		marks.WriteString(p.mark())
	}
	return marks.String()
}

const markLength = 6

func (p Paragraph) mark() string {
	sum := sha256.Sum256([]byte(p.Words))
	return hex.EncodeToString(sum[:markLength/2])
}

// reader takes a page apart, line by line.
type reader struct {
	page    []byte
	all     []Section
	section int
	open    Paragraph
	words   []string // of the paragraph that is open

	fence  string // what ends the block that is open; "" outside of blocks
	inYAML bool   // in the keys of a block
	key    bool   // below a key whose text readers get
}

func (r *reader) line(line []byte, at int) {
	text := strings.TrimSpace(string(line))
	switch {
	case r.fence != "" && strings.HasPrefix(text, r.fence) && strings.Trim(text, r.fence[:1]) == "":
		r.end()
		r.fence, r.inYAML = "", false
	case text == "":
		r.end()
		r.inYAML = false
	case r.inYAML:
		r.keyLine(line, at)
	case r.fence == "" && (strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~")):
		r.end()
		r.fence = text[:len(text)-len(strings.TrimLeft(text, text[:1]))]
		_, r.inYAML = prose.BlockKeys[prose.Kind(strings.TrimSpace(text[len(r.fence):]))]
		r.key = false
	case r.fence == "" && isHeading(text):
		r.end()
		r.section++
		r.all = append(r.all, Section{Heading: plain(strings.Trim(text, "# ")), Start: at})
		r.add(text, at, len(line))
		r.end()
	default:
		r.add(text, at, len(line))
	}
}

// keyLine takes a line of YAML, of which readers get what stands behind a few keys.
func (r *reader) keyLine(line []byte, at int) {
	text := strings.TrimSpace(string(line))
	if goesOn := text == "" || line[0] == ' ' || line[0] == '\t'; !goesOn {
		r.end()
		key, _, _ := strings.Cut(text, ":")
		r.key = strings.Contains(spokenKeys, " "+key+" ")
	}
	if r.key && text != "" {
		r.add(text, at, len(line))
	}
}

// spokenKeys are the keys, of pages and of blocks, whose text readers get.
const spokenKeys = " title description hero subtitle "

func isHeading(text string) bool {
	rest := strings.TrimLeft(text, "#")
	return len(rest) < len(text) && len(text)-len(rest) <= 6 && (rest == "" || rest[0] == ' ' || rest[0] == '\t')
}

func (r *reader) add(text string, at, length int) {
	if len(r.words) == 0 {
		r.open.Start = at
	}
	r.open.End = at + length
	r.words = append(r.words, text)
}

// end closes the paragraph that is open.
func (r *reader) end() {
	if len(r.words) == 0 {
		return
	}
	if r.open.Words = spoken(strings.Join(r.words, " ")); r.open.Words != "" {
		s := &r.all[r.section]
		s.Paragraphs = append(s.Paragraphs, r.open)
	}
	r.open, r.words = Paragraph{}, nil
}

// spoken takes out of a text what is no word.
func spoken(text string) string {
	text = strings.ReplaceAll(text, "\ufeff", "")
	var out strings.Builder
	for {
		before, link, ok := strings.Cut(text, "](")
		to, after, ends := destination(link)
		if !ok || !ends {
			break
		}
		open := strings.LastIndexByte(before, '[')
		switch {
		case open >= 0 && to == "fig:none": // a number of the author's own, with a note for bilanz
			out.WriteString(before[:open] + before[open+1:])
		case open >= 0 && strings.HasPrefix(to, "fig:"):
			out.WriteString(before[:open] + "[fig]")
		case leadsOut(to):
			out.WriteString(before + "](" + to + ")")
		default:
			out.WriteString(before + "]()")
		}
		text = after
	}
	out.WriteString(text)
	text = unspoken().ReplaceAllStringFunc(out.String(), func(id string) string {
		switch id[:2] {
		case "{#":
			return ""
		case "[^":
			return "[^]"
		}
		return "[fig]"
	})
	return strings.Join(strings.Fields(text), " ")
}

// unspoken are the anchor of a heading, the mark of a footnote, and a figure between < and >.
var unspoken = pattern.Of(`\{#[^}]*\}|\[\^[^\]]*\]|<fig:[^>]*>`)

// destination is what stands in the brackets of a link, in which others may stand.
func destination(text string) (to, after string, ok bool) {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '(':
			depth++
		case ')':
			if depth == 0 {
				return text[:i], text[i+1:], true
			}
			depth--
		}
	}
	return "", "", false
}

// leadsOut reports whether a link leads out of the site: such an address is content.
func leadsOut(to string) bool {
	for _, scheme := range []string{"http:", "https:", "mailto:", "tel:"} {
		if strings.HasPrefix(strings.TrimPrefix(to, "<"), scheme) {
			return true
		}
	}
	return false
}

// plain is a heading without marks of Markdown.
func plain(text string) string {
	text = links().ReplaceAllString(text, "$1")
	return strings.TrimSpace(unspoken().ReplaceAllString(strings.NewReplacer("*", "", "`", "").Replace(text), ""))
}

var links = pattern.Of(`\[([^\]]*)\]\([^)]*\)`)

// formerHash is what older versions recorded of a page of the default language: one hash of
// its title, its description and its text, without the texts of links to figures.
func formerHash(page []byte, body int) string {
	hash := sha256.New()
	said := false
	for line := range bytes.Lines(page[:body]) {
		goesOn := len(bytes.TrimSpace(line)) == 0 || line[0] == ' ' || line[0] == '\t'
		begins := bytes.HasPrefix(line, []byte("title:")) || bytes.HasPrefix(line, []byte("description:"))
		said = begins || said && goesOn
		if said && len(bytes.TrimSpace(line)) > 0 {
			hash.Write(withoutNumbers(line))
		}
	}
	hash.Write(bytes.TrimSpace(withoutNumbers(page[body:])))
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

// withoutNumbers takes the texts out of links to figures, and the returns out of the
// ends of lines.
func withoutNumbers(text []byte) []byte {
	text = bytes.ReplaceAll(text, []byte("\r"), nil)
	var out []byte
	for {
		link := bytes.Index(text, []byte("](fig:"))
		if link < 0 {
			return append(out, text...)
		}
		open := link
		if i := bytes.LastIndexByte(text[:link], '['); i >= 0 {
			open = i
		}
		out = append(append(out, text[:open]...), "](fig:"...)
		text = text[link+len("](fig:"):]
	}
}

// Hash is a name for what all sections of a page say.
func Hash(sections []Section) string {
	hash := sha256.New()
	for _, s := range sections {
		hash.Write([]byte(s.marks() + "\n"))
	}
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

// Readable is a paragraph about as readers get it, in one line: links are their texts.
func Readable(paragraph []byte) string {
	text := strings.Join(strings.Fields(string(paragraph)), " ")
	if key, value, ok := strings.Cut(text, ": "); ok && strings.Contains(spokenKeys, " "+key+" ") {
		text = strings.TrimSpace(strings.TrimLeft(value, ">|-"))
	}
	if isHeading(text) {
		text = strings.Trim(text, "# ")
	}
	return plain(text)
}
