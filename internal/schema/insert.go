package schema

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"

	"bilanz/internal/diag"
)

// Insert puts a key with a text into a mapping, where the table of keys has it:
// behind the last key there that comes before it, or else in front of all. What
// stands there keeps every byte, comments behind a value their line.
//
// In a block a key has a line of its own, as deep as its neighbours; inside
// brackets it stands behind a comma. Insert reports false for what is no mapping,
// has the key, or is written in a form that nobody uses.
func (n *Node) Insert(keys Keys, key, text string) (diag.Edit, bool) {
	return n.insert(keys, key+": "+scalarFor(text), key)
}

// InsertTexts does the same with a key whose texts, by language, stand in brackets: "note: {en: …, de: …}".
func (n *Node) InsertTexts(keys Keys, key string, langs []string, texts map[string]string) (diag.Edit, bool) {
	return n.insert(keys, key+": "+bracketedTexts(langs, texts), key)
}

// InsertMapOfTexts does the same one step deeper, with such texts for each of some names:
// "notes: {joined.2024: {en: …, de: …}}".
func (n *Node) InsertMapOfTexts(keys Keys, key string, langs []string,
	all map[string]map[string]string) (diag.Edit, bool) {
	var entries []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		entries = append(entries, Written(name)+": "+bracketedTexts(langs, all[name]))
	}
	return n.insert(keys, key+": {"+strings.Join(entries, ", ")+"}", key)
}

func bracketedTexts(langs []string, texts map[string]string) string {
	var all []string
	for _, lang := range langs {
		if text, ok := texts[lang]; ok {
			all = append(all, lang+": "+scalarFor(text))
		}
	}
	return "{" + strings.Join(all, ", ") + "}"
}

func (n *Node) insert(keys Keys, entry, key string) (diag.Edit, bool) {
	in := insertion{node: n, text: n.file.Text, entry: entry}
	switch {
	case n.shape == nothing:
		return in.value()
	case n.shape != mapping || n.before(key, nil) != nil || n.flow && !n.bracketed():
		return diag.Edit{}, false
	case n.flow && len(n.entries) == 0:
		return n.file.Edit(n.start, n.start+1, "{"+in.entry), true
	case len(n.entries) == 0:
		return in.first(), true
	}
	after, found := n.neighbour(keys, key)
	switch {
	case n.flow && found:
		return in.behindComma(after)
	case n.flow:
		first := n.entries[0].key
		return in.inFront(first, in.entry+", "), true
	}
	return in.line(after, found)
}

// Set writes the text of a key: in the place of the one it has, or as a new key. A
// person chooses whether. It gives nothing where it cannot be told how.
func (n *Node) Set(keys Keys, key, text string) []diag.Edit {
	e, ok := n.Insert(keys, key, text)
	for _, has := range n.entries {
		if has.key.text == key && has.value.shape == scalar {
			e, ok = has.value.Rewrite(text)
		}
	}
	if !ok {
		return nil
	}
	e.Choice = true
	return []diag.Edit{e}
}

// Rewrite puts another text in the place of a scalar's, within the same quotes where they
// can hold it. It reports false for anything else, and where its end is not known.
func (n *Node) Rewrite(text string) (diag.Edit, bool) {
	start, end := n.Span()
	if n.shape != scalar || end <= start {
		return diag.Edit{}, false
	}
	with := scalarFor(text)
	switch n.style {
	case singleStyle:
		if !strings.ContainsAny(text, "'\n") {
			with = "'" + text + "'"
		}
	case doubleStyle:
		with = quotedScalar(text)
	}
	return n.file.Edit(start, end, with), true
}

// neighbour finds the entry that a key of the table comes behind.
func (n *Node) neighbour(keys Keys, name string) (after entry, found bool) {
	for _, key := range keys {
		if key.Name == name {
			break
		}
		for _, e := range n.entries {
			if e.key.text == key.Name && (!found || e.key.start > after.key.start) {
				after, found = e, true
			}
		}
	}
	return after, found
}

// insertion is one key on its way into the text of a file.
type insertion struct {
	node  *Node
	text  []byte
	entry string // "key: text"
}

// plainText is what YAML reads as it stands, within brackets too.
var plainText = regexp.MustCompile(`^(-?[0-9]|\pL)([-\pL0-9._/ ]*[-\pL0-9._/])?$`)

// scalarFor writes a text as YAML reads it.
func scalarFor(text string) string {
	if plainText.MatchString(text) {
		return text
	}
	return quotedScalar(text)
}

func quotedScalar(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(text) + `"`
}

// value makes the first key of a mapping that has nothing yet: "nav:" becomes
// "nav: {order: 1}".
func (in insertion) value() (diag.Edit, bool) {
	n := in.node
	end, ok := in.behindKey(n.keyEnd)
	if n.item || n.keyEnd == 0 || !ok || bytes.HasSuffix(bytes.TrimRight(in.text[:n.keyAt], " \t"), []byte("?")) {
		return diag.Edit{}, false
	}
	with := string(in.text[n.keyAt:end])
	if end == n.keyEnd {
		with += ":"
	}
	return n.file.Edit(n.keyAt, end, with+" {"+in.entry+"}"), true
}

// behindKey is the byte behind a key without value and its colon, if it has one,
// as all have but those that stand alone in brackets. It reports false where the
// colon stands on another line.
func (in insertion) behindKey(end int) (at int, ok bool) {
	rest := bytes.TrimLeft(in.text[end:], " \t")
	if bytes.HasPrefix(rest, []byte(":")) {
		return len(in.text) - len(rest) + 1, true
	}
	rest = bytes.TrimLeft(rest, "\r\n \t")
	return end, bytes.HasPrefix(rest, []byte(",")) || bytes.HasPrefix(rest, []byte("}"))
}

// first makes the first key of a text without any: behind its comments, or, on a
// page, below the line that opens its head.
func (in insertion) first() diag.Edit {
	n := in.node
	if len(bytes.TrimPrefix(in.text[:n.start], []byte("\ufeff"))) == 0 {
		with := string(in.text)
		if body := with[n.start:]; body != "" && !strings.HasSuffix(body, "\n") {
			with += in.lineEnd(n.start)
		}
		return diag.Edit{Path: n.file.Path, Old: string(in.text), New: with + in.entry + in.lineEnd(n.start), Whole: true}
	}
	opens := bytes.LastIndexByte(in.text[:n.start-1], '\n') + 1
	return n.file.Edit(opens, n.start, string(in.text[opens:n.start])+in.entry+in.lineEnd(opens))
}

// inFront puts words in front of a key.
func (in insertion) inFront(key *Node, words string) diag.Edit {
	return key.file.Edit(key.start, key.end, words+string(in.text[key.start:key.end]))
}

// behindComma puts the key behind another within brackets.
func (in insertion) behindComma(after entry) (diag.Edit, bool) {
	end, ok := in.end(after)
	if !ok {
		return diag.Edit{}, false
	}
	start := max(after.key.start, bytes.LastIndexByte(in.text[:end], '\n')+1)
	return in.node.file.Edit(start, end, string(in.text[start:end])+", "+in.entry), true
}

// line gives the key a line of its own: below another, or above the first.
func (in insertion) line(after entry, found bool) (diag.Edit, bool) {
	first := in.node.entries[0].key
	from := bytes.LastIndexByte(in.text[:first.start], '\n') + 1
	before := bytes.TrimPrefix(in.text[from:first.start], []byte("\ufeff"))
	rest := bytes.TrimLeft(in.text[first.end:], " \t")
	if len(bytes.Trim(before, "- \t")) > 0 || !bytes.HasPrefix(rest, []byte(":")) {
		return diag.Edit{}, false // "? key"
	}
	depth := strings.Repeat(" ", len(before))
	if !found {
		return in.inFront(first, in.entry+in.lineEnd(first.start)+depth), true
	}
	end, ok := in.end(after)
	if !ok {
		return diag.Edit{}, false
	}
	end = in.behindComments(in.endOfLine(end), len(before))
	start := max(after.key.start, bytes.LastIndexByte(in.text[:end], '\n')+1)
	return in.node.file.Edit(start, end, string(in.text[start:end])+in.lineEnd(end)+depth+in.entry), true
}

// end is the byte behind an entry; it reports false where that is not known.
func (in insertion) end(e entry) (int, bool) {
	n := e.value
	for n.shape == mapping || n.shape == sequence {
		switch {
		case n.flow:
			return n.collectionEnd(), true
		case n.shape == sequence:
			n = n.items[len(n.items)-1]
		default:
			e = n.entries[len(n.entries)-1]
			n = e.value
		}
	}
	switch {
	case n.shape == nothing && n.item:
		return n.start, true
	case n.shape == nothing:
		return in.behindKey(e.key.end)
	case n.style == literalStyle || n.style == foldedStyle:
		return n.blockEnd()
	}
	end := n.scalarEnd()
	return end, end > n.start
}

// blockEnd is the byte behind a text below | or >, the spaces at its end included.
func (n *Node) blockEnd() (int, bool) {
	if strings.TrimSpace(n.text) == "" {
		return n.start, n.text == ""
	}
	at, _ := n.align()
	if !at.known {
		return 0, false
	}
	return at.offsets[len(n.text)], true
}

// endOfLine is where the line that at stands on ends.
func (in insertion) endOfLine(at int) int {
	end := len(in.text)
	if i := bytes.IndexByte(in.text[at:], '\n'); i >= 0 {
		end = at + i
	}
	if end > at && in.text[end-1] == '\r' {
		end--
	}
	return end
}

// behindComments leaves out the lines below that are comments to what lies deeper.
func (in insertion) behindComments(end, depth int) int {
	for {
		_, below, found := bytes.Cut(in.text[end:], []byte("\n"))
		words := bytes.TrimLeft(below, " ")
		if !found || len(below)-len(words) <= depth || !bytes.HasPrefix(words, []byte("#")) {
			return end
		}
		end = in.endOfLine(len(in.text) - len(words))
	}
}

// lineEnd is how the line around at ends, or, of the last, how the others do.
func (in insertion) lineEnd(at int) string {
	i := bytes.IndexByte(in.text[at:], '\n')
	if i < 0 {
		at, i = 0, bytes.IndexByte(in.text, '\n')
	}
	if i > 0 && in.text[at+i-1] == '\r' || i == 0 && at > 0 && in.text[at-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}
