package schema

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"bilanz/internal/diag"
)

const (
	// largest is how many bytes of YAML one file may hold: ten times what 5,000
	// figures take.
	largest = 8 << 20
	// deepest is how many levels may lie within each other; real files have six.
	deepest = 24
)

// limits is what the library asks while it parses.
type limits struct{}

var errTooDeep = errors.New("too deep")

// CheckDepth bounds the levels within each other, which cost the parser time
// that grows with their square.
func (limits) CheckDepth(depth int, _ *yaml.DepthContext) error {
	if depth > deepest {
		return errTooDeep
	}
	return nil
}

// CheckAlias has nothing to bound: aliases are refused.
func (limits) CheckAlias(_, _ int) error { return nil }

// Parse reads the YAML at f.Text[start:end]. Places are those of the whole file.
// An empty text gives an empty mapping. The keys at the top whose value is plain
// text to the end of its line are taken from keys, before YAML sees them.
//
// It reports false where the text could not be read, after saying why. A key that
// stands twice is said, and the first counts.
func Parse(f File, start, end int, list *diag.List, keys ...Key) (*Node, bool) {
	p := &parser{file: NewSource(f), start: start, end: end, list: list}
	if start == 0 && bytes.HasPrefix(f.Text[:end], []byte("\ufeff")) {
		p.start = len("\ufeff")
	}
	p.text = f.Text[p.start:end]
	if !p.readable(largest) || !p.takeLines(keys) {
		return nil, false
	}
	if n := p.plain(); n != nil {
		return n, true
	}
	root, ok := p.load()
	if !ok {
		return nil, false
	}
	if root == nil {
		return &Node{file: p.file, shape: mapping, start: p.start}, true
	}
	n := p.node(root, nil)
	p.lostLines()
	return n, !p.refused
}

// Readable reports whether a text is UTF-8 without control characters and of so many
// bytes at most, and says where it is not.
func Readable(f File, most int, list *diag.List) bool {
	p := &parser{file: NewSource(f), end: len(f.Text), text: f.Text, list: list}
	return p.readable(most)
}

type parser struct {
	file       *Source
	start, end int
	text       []byte // what YAML sees; as long as what stands in the file
	lines      []int  // where each line begins, as YAML counts lines
	taken      map[int]string
	list       *diag.List
	refused    bool // something of YAML was used that is not read here

	// The library gives lines and columns; nodes come in the order of the text,
	// so the last column that was found is where the search for the next begins.
	lastLine, lastCol, lastByte int
}

func (p *parser) say(code string, start, end int, text diag.Text, ways ...diag.Text) {
	report(p.list, diag.Diagnostic{Code: code, Place: p.file.At(start, end), Text: text, Ways: ways})
}

// lostLines says which lines were taken for plain text, but turned out to lie
// inside a text in quotes or a bracket that began above.
func (p *parser) lostLines() {
	for at, text := range p.taken {
		p.refused = true
		p.say("line-inside", at, at+len(text),
			diag.Say("this line lies inside a text or bracket that was opened above and not closed",
				"diese Zeile liegt in einem Text oder einer Klammer, die darüber geöffnet und nicht geschlossen wurde"),
			diag.Say("close the quotation mark or bracket above it",
				"schließen Sie das Anführungszeichen oder die Klammer darüber"))
	}
}

// readable refuses what no editor shows: bytes that are no UTF-8, control
// characters, and the invisible line ends that YAML would count as lines.
func (p *parser) readable(most int) bool {
	if len(p.text) > most {
		report(p.list, diag.Diagnostic{
			Code: "file-too-large", Place: diag.File(p.file.Path),
			Text: diag.Say("the file is larger than %d MB", "die Datei ist größer als %d MB", most>>20),
			Ways: []diag.Text{diag.Say("split it into several files", "teilen Sie sie in mehrere Dateien")},
		})
		return false
	}
	for i := 0; i < len(p.text); {
		if c := p.text[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 0x7f || c == '\r' && !bytes.HasPrefix(p.text[i:], []byte("\r\n")) {
				return p.unreadable(i, 1, rune(c))
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(p.text[i:])
		if r == utf8.RuneError && size == 1 {
			p.say("file-not-utf8", p.start+i, p.start+i+1,
				diag.Say("the file is not saved as UTF-8, so its letters cannot be read",
					"die Datei ist nicht als UTF-8 gespeichert; ihre Zeichen sind so nicht lesbar"),
				diag.Say("save it as UTF-8 (in Excel: \"CSV UTF-8\")",
					"speichern Sie sie als UTF-8 (in Excel: „CSV UTF-8“)"))
			return false
		}
		if r == 0x85 || r == 0x2028 || r == 0x2029 || r >= 0x80 && r < 0xa0 || r == 0xfeff || r >= 0xfff0 && r != 0xfffd && r < 0x10000 {
			return p.unreadable(i, size, r)
		}
		i += size
	}
	return true
}

func (p *parser) unreadable(i, size int, r rune) bool {
	if r == 0xfeff && p.start+i == 0 {
		return true
	}
	p.say("character-invisible", p.start+i, p.start+i+size,
		diag.Say("an invisible character (U+%04X) stands here", "hier steht ein unsichtbares Zeichen (U+%04X)", r),
		diag.Say("delete it; it may have come with copied text",
			"löschen Sie es; es kam vielleicht mit kopiertem Text"))
	return false
}

// takeLines takes the values of the keys that are plain text to the end of their
// line, and puts as many harmless letters in their place. Nothing moves.
func (p *parser) takeLines(keys Keys) bool {
	names := map[string]bool{}
	for _, key := range keys {
		if key.PlainLine || key.Kind == Line {
			names[key.Name] = true
		}
	}
	if len(names) == 0 {
		return true
	}
	p.text = slices.Clone(p.text)
	p.taken = map[int]string{}
	ok := true
	for at := 0; at < len(p.text); {
		next := len(p.text)
		if i := bytes.IndexByte(p.text[at:], '\n'); i >= 0 {
			next = at + i + 1
		}
		ok = p.takeLine(names, at, next) && ok
		at = next
	}
	return ok
}

func (p *parser) takeLine(names map[string]bool, at, next int) bool {
	row := p.text[at:next]
	colon := bytes.IndexByte(row, ':')
	if colon < 0 || !names[string(row[:colon])] {
		return true
	}
	rest := row[colon+1:]
	value := bytes.TrimSpace(rest)
	if len(value) == 0 || !isBlank(rest[0]) || isBlockHeader(value) || isQuoted(value) {
		return true
	}
	from := at + colon + 1 + bytes.Index(rest, value)
	p.taken[p.start+from] = string(value)
	for i := range value {
		p.text[from+i] = 'x'
	}
	if more := p.text[next:]; len(more) > 0 && (more[0] == ' ' || more[0] == '\t') {
		if i := bytes.IndexByte(more, '\n'); len(bytes.TrimSpace(more[:max(i, 0)])) > 0 || i < 0 && len(bytes.TrimSpace(more)) > 0 {
			p.say("line-goes-on", p.start+next, p.start+next+max(i, 0),
				diag.Say("%s is one line; this line is too much",
					"%s ist eine Zeile; diese Zeile ist zu viel", row[:colon]),
				diag.Say("write it on the line above, or begin with %s: >- and the text on the lines below",
					"schreiben Sie alles in die Zeile darüber, oder beginnen Sie mit %s: >- und setzen den Text in die Zeilen darunter", row[:colon]))
			return false
		}
	}
	return true
}

func isBlockHeader(value []byte) bool {
	return (value[0] == '|' || value[0] == '>') && len(bytes.Trim(value[1:], "+-123456789")) == 0
}

// isQuoted reports whether a value stands wholly in one pair of quotes.
func isQuoted(value []byte) bool {
	quote := value[0]
	if len(value) < 2 || quote != '"' && quote != '\'' || value[len(value)-1] != quote {
		return false
	}
	inner := value[1 : len(value)-1]
	if quote == '\'' {
		return !bytes.Contains(bytes.ReplaceAll(inner, []byte("''"), nil), []byte("'"))
	}
	inner = bytes.ReplaceAll(inner, []byte(`\\`), nil)
	return !bytes.Contains(bytes.ReplaceAll(inner, []byte(`\"`), nil), []byte(`"`)) && !bytes.HasSuffix(inner, []byte(`\`))
}

// plain gives the mapping of a text that is nothing but lines that were taken, as
// the front matter of most pages is: ten thousand of them take YAML 200 ms. It is
// nil for any other text.
func (p *parser) plain() *Node {
	root := &Node{file: p.file, shape: mapping}
	for at := 0; at < len(p.text); {
		line, _, _ := bytes.Cut(p.text[at:], []byte("\n"))
		start := p.start + at
		at += len(line) + 1
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		valueAt := start + len(name) + 1 + len(value) - len(bytes.TrimLeft(value, " \t"))
		text, taken := p.taken[valueAt]
		key := &Node{file: p.file, shape: scalar, text: string(name), start: start, end: start + len(name)}
		if !taken || root.before(key.text, nil) != nil {
			return nil
		}
		root.entries = append(root.entries, entry{key, &Node{
			file: p.file, shape: scalar, style: lineStyle, text: text, start: valueAt,
			key: key.text, keyAt: key.start, keyEnd: key.end,
		}})
	}
	if len(root.entries) == 0 {
		return nil
	}
	root.start = root.entries[0].key.start
	return root
}

// load gives the value of the one document, or nil where there is none.
func (p *parser) load() (*yaml.Node, bool) {
	p.lines = append(p.lines, 0)
	for i, b := range p.text {
		if b == '\n' {
			p.lines = append(p.lines, i+1)
		}
	}
	p.lastLine, p.lastCol, p.lastByte = 1, 1, 0
	loader, err := yaml.NewLoader(bytes.NewReader(p.text), yaml.WithPlugin(limits{}))
	if err != nil {
		panic(fmt.Sprintf("schema: the YAML library refuses its options: %v", err))
	}
	var document, second yaml.Node
	if err := loader.Load(&document); errors.Is(err, io.EOF) {
		return nil, true
	} else if err != nil {
		p.explain(err)
		return nil, false
	}
	if err := loader.Load(&second); err == nil {
		at := p.byteAt(second.Line, second.Column)
		p.say("yaml-documents", p.start+at, p.start+at+3,
			diag.Say("a second text begins behind ---; only what stands before it is read",
				"hinter --- beginnt ein zweiter Text; gelesen wird nur, was davor steht"),
			diag.Say("delete the line, or make a file of its own of what follows",
				"löschen Sie die Zeile, oder machen Sie aus dem Folgenden eine eigene Datei"))
		return nil, false
	} else if !errors.Is(err, io.EOF) {
		p.explain(err)
		return nil, false
	}
	if len(document.Content) == 0 {
		return nil, true
	}
	return document.Content[0], true
}

// byteAt finds the byte of p.text at a line and column, which count from 1 and
// in characters.
func (p *parser) byteAt(line, col int) int {
	if line < 1 || line > len(p.lines) {
		return len(p.text)
	}
	at, c := p.lines[line-1], 1
	if line == p.lastLine && col >= p.lastCol {
		at, c = p.lastByte, p.lastCol
	}
	for ; c < col && at < len(p.text); c++ {
		at++
		for at < len(p.text) && !utf8.RuneStart(p.text[at]) {
			at++
		}
	}
	p.lastLine, p.lastCol, p.lastByte = line, col, at
	return at
}

// node turns a node of the library into ours. key is nil at the top.
func (p *parser) node(y *yaml.Node, key *Node) *Node {
	n := &Node{file: p.file, start: p.start + p.byteAt(y.Line, y.Column)}
	if key != nil {
		n.key, n.keyAt, n.keyEnd = key.text, key.start, key.end
	}
	p.refuseExtras(y, n)
	switch y.Kind {
	case yaml.MappingNode:
		n.shape, n.flow = mapping, y.Style&yaml.FlowStyle != 0
		p.fillMapping(n, y)
	case yaml.SequenceNode:
		n.shape, n.flow = sequence, y.Style&yaml.FlowStyle != 0
		n.items = make([]*Node, len(y.Content))
		for i, item := range y.Content {
			n.items[i] = p.node(item, key)
			n.items[i].item = true
		}
	case yaml.ScalarNode:
		p.fillScalar(n, y)
	}
	return n
}

func (p *parser) fillScalar(n *Node, y *yaml.Node) {
	n.shape, n.text = scalar, strings.TrimRight(y.Value, "\n")
	switch {
	case y.Style&yaml.DoubleQuotedStyle != 0:
		n.style = doubleStyle
	case y.Style&yaml.SingleQuotedStyle != 0:
		n.style = singleStyle
	case y.Style&yaml.LiteralStyle != 0:
		n.style = literalStyle
	case y.Style&yaml.FoldedStyle != 0:
		n.style = foldedStyle
	case y.Value == "":
		n.shape = nothing
	}
	if text, ok := p.taken[n.start]; ok {
		n.text, n.style, n.shape = text, lineStyle, scalar
		delete(p.taken, n.start)
	}
}

func (p *parser) fillMapping(n *Node, y *yaml.Node) {
	n.entries = make([]entry, 0, len(y.Content)/2)
	var seen map[string]*Node
	if len(y.Content) > 2*fewKeys {
		seen = make(map[string]*Node, len(y.Content)/2)
	}
	var twice [][2]*Node
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := p.node(y.Content[i], nil)
		if key.shape != scalar {
			p.noKey(key)
			continue
		}
		key.end = key.scalarEnd()
		value := p.node(y.Content[i+1], key)
		if first := n.before(key.text, seen); first != nil {
			n.fill(first, value) // of a key that was written anew the first may be empty
			twice = append(twice, [2]*Node{first, key})
			continue
		}
		if seen != nil {
			seen[key.text] = key
		}
		n.entries = append(n.entries, entry{key, value})
	}
	if len(twice) > 0 {
		p.keysTwice(twice)
	}
}

// fill gives a key the value of its twin, where it has none of its own.
func (n *Node) fill(first, value *Node) {
	for i, e := range n.entries {
		if e.key == first && e.value.shape == nothing {
			n.entries[i].value = value
		}
	}
}

// fewKeys is up to how many keys a walk is faster than a map.
const fewKeys = 16

// before finds a key that stands in the mapping already.
func (n *Node) before(text string, seen map[string]*Node) *Node {
	if seen != nil {
		return seen[text]
	}
	for _, e := range n.entries {
		if e.key.text == text {
			return e.key
		}
	}
	return nil
}

func (p *parser) noKey(key *Node) {
	p.refused = true
	p.say("yaml-key-form", key.start, key.start+1,
		diag.Say("a key has to be a word, but a list, brackets or nothing stands here",
			"ein Schlüssel ist ein Wort, aber hier steht eine Liste, eine Klammer oder nichts"),
		diag.Say("put a text that begins with a bracket in quotes",
			"setzen Sie einen Text, der mit einer Klammer beginnt, in Anführungszeichen"))
}

// mostTwice is how many keys a message lists that stand in one place twice.
const mostTwice = 12

// keysTwice says which keys of one mapping stand there twice. Of several the line that
// should part them is missing, as a rule: it is one mistake.
func (p *parser) keysTwice(pairs [][2]*Node) {
	first, key := pairs[0][0], pairs[0][1]
	d := diag.Diagnostic{
		Code: "key-twice", Place: key.Place(),
		Text:  diag.Say("%s stands here twice", "%s steht hier zweimal", key.text),
		Notes: []diag.Note{{Place: first.Place(), Text: diag.Say("it stands here already", "es steht schon hier")}},
		Ways: []diag.Text{diag.Say("delete one of the two, or give it another name",
			"löschen Sie eines von beiden, oder geben Sie ihm einen anderen Namen")},
	}
	if len(pairs) > 1 {
		d.Text = diag.Say("%s stands here twice, as do the %d keys after it that are listed below",
			"%s steht hier zweimal, ebenso %d weitere Schlüssel danach", key.text, len(pairs)-1)
		d.Ways = append([]diag.Text{diag.Say(
			"if the line above %s is missing that names a figure, a source or a part, write it again",
			"fehlt über %s die Zeile, die eine Kennzahl, eine Quelle oder einen Teil nennt, "+
				"schreiben Sie sie wieder hin",
			key.text)}, d.Ways...)
		for _, pair := range pairs[1:min(len(pairs), mostTwice)] {
			d.Notes = append(d.Notes, diag.Note{Place: pair[1].Place(), Text: diag.Say("%s", "%s", pair[1].text)})
		}
	}
	report(p.list, d)
}

// refuseExtras says where one place would change another unseen.
func (p *parser) refuseExtras(y *yaml.Node, n *Node) {
	// The library forgets the tag "!", but nothing else that it saw begins with this
	// sign.
	_, taken := p.taken[n.start]
	tagged := !taken && bytes.HasPrefix(p.file.Text[n.start:], []byte("!"))
	p.refused = p.refused || y.Kind == yaml.AliasNode || y.Anchor != "" || tagged
	switch {
	case y.Kind == yaml.AliasNode:
		p.alias(n.start)
	case y.Anchor != "":
		p.say("yaml-anchor", n.start, n.start+1+len(y.Anchor),
			diag.Say("a text cannot begin with &, as &%s does",
				"ein Text kann nicht mit & beginnen wie &%s", y.Anchor),
			diag.Say("put the text in quotes", "setzen Sie den Text in Anführungszeichen"),
			diag.Say("if &%s stands for a value that is used elsewhere, write that out at each place",
				"steht &%s für einen Wert, der anderswo gebraucht wird, schreiben Sie ihn an jeder Stelle aus",
				y.Anchor))
	case tagged:
		tag, _, _ := strings.Cut(string(p.file.Text[n.start:p.start+p.lineEnd(n.start-p.start)]), " ")
		p.say("yaml-tag", n.start, n.start+len(tag),
			diag.Say("a text cannot begin with !, as %s does", "ein Text kann nicht mit ! beginnen wie %s", tag),
			diag.Say("put the text in quotes", "setzen Sie den Text in Anführungszeichen"),
			diag.Say("delete %s", "löschen Sie %s", tag))
	}
}

func (p *parser) alias(at int) {
	end := at
	for end < len(p.file.Text) && !isBlank(p.file.Text[end]) && !strings.ContainsRune(",]}", rune(p.file.Text[end])) {
		end++
	}
	p.say("yaml-alias", at, end,
		diag.Say("a text cannot begin with *, as %s does",
			"ein Text kann nicht mit * beginnen wie %s", p.file.Text[at:end]),
		diag.Say("put the text in quotes", "setzen Sie den Text in Anführungszeichen"),
		diag.Say("if %[1]s stands for a value from elsewhere, write that out",
			"steht %[1]s für einen Wert von anderswo, schreiben Sie ihn aus", p.file.Text[at:end]))
}
