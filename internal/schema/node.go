package schema

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"bilanz/internal/diag"
)

// shape is what a value looks like in the file.
type shape int

const (
	nothing shape = iota // a key without a value
	scalar
	sequence
	mapping
)

// Node is one value in a file: a scalar, a list, a mapping, or nothing. It does
// not change, and may be read by many at once.
type Node struct {
	file    *Source
	shape   shape
	style   style
	text    string // of a scalar
	start   int    // byte of the file
	end     int    // byte after it, or 0 where it has to be looked for
	key     string // the key that it stands under
	keyAt   int    // byte of that key
	keyEnd  int
	item    bool // of a list
	flow    bool // a list or mapping in brackets
	entries []entry
	items   []*Node
}

type entry struct {
	key   *Node
	value *Node
}

// Entry is one key of a mapping and its value.
type Entry struct {
	Key      string
	KeyPlace diag.Place
	Value    *Node
}

// Place is where the value stands, or, where there is none, its key.
func (n *Node) Place() diag.Place { return n.file.At(n.Span()) }

// KeyPlace is where the key of the value stands, or the value where it has none.
func (n *Node) KeyPlace() diag.Place {
	if n.keyEnd == 0 {
		return n.Place()
	}
	return n.file.At(n.keyAt, n.keyEnd)
}

// Key is the key that the value stands under; for the items of a list that of
// the list.
func (n *Node) Key() string { return n.key }

// KeySpan gives the bytes of that key.
func (n *Node) KeySpan() (start, end int) { return n.keyAt, n.keyEnd }

// IsMapping reports whether the value has keys of its own.
func (n *Node) IsMapping() bool { return n.shape == mapping }

// IsScalar reports whether the value is one text.
func (n *Node) IsScalar() bool { return n.shape == scalar }

// IsEmpty reports whether there is a key without a value.
func (n *Node) IsEmpty() bool { return n.shape == nothing }

// Span gives the bytes of the value in its file, without the comment after it.
func (n *Node) Span() (start, end int) {
	switch n.shape {
	case nothing:
		if n.item || n.keyEnd == 0 {
			return n.start, n.start
		}
		return n.keyAt, n.keyEnd
	case scalar:
		return n.start, n.scalarEnd()
	}
	return n.start, n.collectionEnd()
}

// collectionEnd is the end of the last thing inside, and of the bracket that
// closes it.
func (n *Node) collectionEnd() int {
	end := n.start
	for _, item := range n.items {
		_, end = item.Span()
	}
	if len(n.entries) > 0 {
		last := n.entries[len(n.entries)-1]
		_, end = last.key.Span()
		if last.value.shape != nothing {
			_, end = last.value.Span()
		}
	}
	if !n.bracketed() {
		return end
	}
	if end == n.start {
		end++ // the opening bracket
	}
	return closing(n.file.Text, end)
}

// bracketed reports whether a list or mapping has brackets of its own; the pair in
// [key: value] is a mapping without.
func (n *Node) bracketed() bool {
	return n.flow && (n.file.Text[n.start] == '{' || n.file.Text[n.start] == '[')
}

// closing finds the bracket that ends a list or mapping of which everything up
// to at is read; comments may stand before it.
func closing(text []byte, at int) int {
	for at < len(text) {
		switch text[at] {
		case ']', '}':
			return at + 1
		case '#':
			for at < len(text) && text[at] != '\n' {
				at++
			}
		default:
			at++
		}
	}
	return at
}

// Lines gives the bytes of the whole lines that a key and its value take up,
// with the end of the last line: what to delete to be rid of them.
func (n *Node) Lines() (start, end int) {
	text := n.file.Text
	start, end = n.Span()
	if n.keyEnd != 0 {
		start = n.keyAt
	}
	start = bytes.LastIndexByte(text[:start], '\n') + 1
	if i := bytes.IndexByte(text[end:], '\n'); i >= 0 {
		return start, end + i + 1
	}
	return start, len(text)
}

// Delete takes the lines of a key and its value out of the file.
func (n *Node) Delete() diag.Edit {
	start, end := n.Lines()
	return n.file.Edit(start, end, "")
}

// LineNumbers gives the first and the last line of a key and its value, and
// whether nothing else stands on them.
func (n *Node) LineNumbers() (first, last int, whole bool) {
	text := n.file.Text
	from, to := n.Span()
	if n.keyEnd != 0 {
		from = n.keyAt
	}
	start, end := n.Lines()
	after := bytes.TrimSpace(text[to:end])
	whole = len(bytes.TrimSpace(text[start:from])) == 0 && (len(after) == 0 || after[0] == '#')
	return n.file.At(from, from).Line, n.file.At(to, to).Line, whole
}

// String gives the text of a scalar, and "" for anything else.
func (n *Node) String() string { return n.text }

// Scalar gives the text as written. A key without a value has an empty text.
func (n *Node) Scalar(list *diag.List) (string, bool) {
	if n.shape == scalar || n.shape == nothing {
		return n.text, true
	}
	n.misshapen(Text, list)
	return "", false
}

// TextPlace finds the bytes start to end of the scalar's text in the file.
func (n *Node) TextPlace(start, end int) diag.Place {
	from, to := n.TextSpan(start, end)
	return n.file.At(from, to)
}

// Bool reads true or false.
func (n *Node) Bool(list *diag.List) (bool, bool) {
	text, ok := n.Scalar(list)
	if !ok {
		return false, false
	}
	if text == "true" || text == "false" {
		return text == "true", true
	}
	report(list, diag.Diagnostic{
		Code: "value-not-bool", Place: n.Place(),
		Text: diag.Say("%s is either true or false", "%s ist entweder true oder false", n.key),
		Ways: []diag.Text{diag.Say("write true", "schreiben Sie true"), diag.Say("write false", "schreiben Sie false")},
	})
	return false, false
}

// Int reads a whole number.
func (n *Node) Int(list *diag.List) (int, bool) {
	text, ok := n.Scalar(list)
	if !ok {
		return 0, false
	}
	number, err := strconv.Atoi(text)
	if err == nil && strconv.Itoa(number) == text {
		return number, true
	}
	report(list, diag.Diagnostic{
		Code: "value-not-whole", Place: n.Place(),
		Text: diag.Say("%s takes a whole number, without quotes or signs between its digits",
			"%s braucht eine ganze Zahl, ohne Zeichen zwischen den Ziffern", n.key),
		Ways: []diag.Text{diag.Say("write %s: 10, for example", "schreiben Sie zum Beispiel %s: 10", n.key)},
	})
	return 0, false
}

// Items gives the values of a list. A single value counts as a list of one, a
// key without a value as an empty list.
func (n *Node) Items() []*Node {
	switch n.shape {
	case sequence:
		return n.items
	case nothing:
		return nil
	}
	return []*Node{n}
}

// Entries gives the entries of a mapping in the order of the file; none where n
// is no mapping.
func (n *Node) Entries() []Entry {
	entries := make([]Entry, len(n.entries))
	for i, e := range n.entries {
		entries[i] = Entry{Key: e.key.text, KeyPlace: e.key.Place(), Value: e.value}
	}
	return entries
}

// Values gives the values of a mapping in the order of the file; each knows its
// key.
func (n *Node) Values() []*Node {
	values := make([]*Node, len(n.entries))
	for i, e := range n.entries {
		values[i] = e.value
	}
	return values
}

// Mapping reports whether n has keys of its own, and says so where it has not.
// A key without a value counts as an empty mapping.
func (n *Node) Mapping(list *diag.List) bool {
	if n.shape == mapping || n.shape == nothing {
		return true
	}
	n.misshapen(Mapping, list)
	return false
}

// Texts reads a text for each language: {en: …, de: …}. Where the site has one
// language, the text may stand alone.
func (n *Node) Texts(langs []string, list *diag.List) (map[string]string, bool) {
	nodes, ok := n.ByLang(langs, list)
	if !ok {
		return nil, false
	}
	texts := make(map[string]string, len(nodes))
	for lang, node := range nodes {
		text, one := node.Scalar(list)
		ok = ok && one
		switch {
		case !one:
		case IsUnseen(text):
			n.Empty(node, list)
		default:
			texts[lang] = text
		}
	}
	return texts, ok
}

// IsUnseen reports whether nobody sees anything of a text: spaces, and characters that
// have no width.
func IsUnseen(text string) bool {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }) == ""
}

// Empty says that one of the texts of n, each in a language, is blank.
func (n *Node) Empty(text *Node, list *diag.List) {
	report(list, diag.Diagnostic{
		Code: "text-empty", Place: text.Place(),
		Text: diag.Say("the text of %s is empty", "der Text von %s ist leer", n.key),
		Ways: []diag.Text{diag.Say("write the words that readers get",
			"schreiben Sie die Wörter, die auf der Seite stehen sollen")},
	})
}

// ByLang gives the value for each language, as Texts does, for those who need
// the place of every letter.
func (n *Node) ByLang(langs []string, list *diag.List) (map[string]*Node, bool) {
	if n.shape == scalar && len(langs) == 1 {
		return map[string]*Node{langs[0]: n}, true
	}
	if n.shape != mapping {
		n.oneLanguage(langs, list)
		return nil, false
	}
	nodes := make(map[string]*Node, len(langs))
	for _, e := range n.entries {
		if e.value.shape == scalar && slices.Contains(langs, e.key.text) {
			nodes[e.key.text] = e.value
		}
	}
	if len(nodes) == len(n.entries) {
		return nodes, true
	}
	keys := make(Keys, len(langs)) // slower, and says what is wrong
	for i, lang := range langs {
		keys[i] = Key{Name: lang, Kind: Text}
	}
	fields, _ := n.Fields(keys, list)
	clear(nodes)
	for _, t := range fields.taken {
		if t.value != nil {
			nodes[t.name] = t.value
		}
	}
	return nodes, len(nodes) == len(n.entries)
}

func (n *Node) oneLanguage(langs []string, list *diag.List) {
	each := make([]string, len(langs))
	for i, lang := range langs {
		each[i] = lang + ": …"
	}
	report(list, diag.Diagnostic{
		Code: "text-languages", Place: n.Place(),
		Text: diag.Say("%s needs its text in each language of the site",
			"%s braucht seinen Text in jeder Sprache der Website", n.key),
		Ways: []diag.Text{diag.Say("write %s: {%s}", "schreiben Sie %s: {%s}", n.key, strings.Join(each, ", "))},
	})
}

// misshapen says that a value looks different from what its key takes.
func (n *Node) misshapen(want Kind, list *diag.List) {
	wanted := map[Kind]diag.Text{
		Text:    diag.Say("one text", "einen Text"),
		Mapping: diag.Say("keys with values", "Schlüssel mit Werten"),
	}
	found := map[shape]diag.Text{
		nothing:  diag.Say("nothing", "nichts"),
		scalar:   diag.Say("a text", "ein Text"),
		sequence: diag.Say("a list", "eine Liste"),
		mapping:  diag.Say("a set of keys", "eine Gruppe von Schlüsseln"),
	}
	text := diag.Say("%s takes %s, but %s stands here",
		"%s braucht %s, aber hier steht %s", n.key, wanted[want], found[n.shape])
	if n.key == "" {
		text = diag.Say("%[2]s stands here, where %[1]s should be",
			"hier steht %[2]s statt: %[1]s", wanted[want], found[n.shape])
	}
	way := diag.Say("write one text; in quotes if it holds commas, colons or brackets",
		"schreiben Sie einen Text; in Anführungszeichen, wenn er Kommas, Doppelpunkte oder Klammern enthält")
	if n.shape == sequence && len(n.items) == 1 && n.items[0].text == "x" && n.flow {
		way = diag.Say("[x] stands in CSV files alone: write not available",
			"[x] steht nur in CSV-Dateien: schreiben Sie not available")
	}
	if want == Mapping {
		way = diag.Say("write key: value on the lines below, indented, or {key: value}",
			"schreiben Sie Schlüssel: Wert in die Zeilen darunter, eingerückt, oder {Schlüssel: Wert}")
	}
	report(list, diag.Diagnostic{Code: "value-shape", Place: n.Place(), Text: text, Ways: []diag.Text{way}})
}

// report adds a diagnostic where somebody wants to know.
func report(list *diag.List, d diag.Diagnostic) {
	if list != nil {
		list.Add(d)
	}
}
