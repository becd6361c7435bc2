package schema

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"bilanz/internal/diag"
)

// style is how a scalar is written.
type style int

const (
	plainStyle style = iota
	singleStyle
	doubleStyle
	literalStyle
	foldedStyle
	lineStyle // plain text to the end of its line, never seen by YAML
)

// scalarEnd is the byte after a scalar, its closing quote included.
func (n *Node) scalarEnd() int {
	text := n.file.Text
	end := n.start + len(n.text)
	switch {
	case n.end != 0:
		return n.end
	case n.style == plainStyle && end <= len(text) && string(text[n.start:end]) == n.text:
		return end
	}
	at, rest := n.align()
	if !at.known {
		return n.start
	}
	quote := map[style]byte{singleStyle: '\'', doubleStyle: '"'}[n.style]
	if i := bytes.IndexByte(text[rest:], quote); quote != 0 && i >= 0 {
		return rest + i + 1
	}
	return rest
}

// TextSpan finds the bytes start to end of the scalar's text in the file. Where
// they cannot be told one by one it gives the whole value.
func (n *Node) TextSpan(start, end int) (from, to int) {
	if n.shape != scalar || start > end || end > len(n.text) {
		return n.Span()
	}
	at, _ := n.align()
	if !at.known {
		return n.Span()
	}
	if at.offsets == nil {
		return n.start + start, n.start + end
	}
	from = at.offsets[start]
	if end == start {
		return from, from
	}
	return from, at.ends[end-1]
}

// TextEdit replaces the bytes start to end of the scalar's text in the file. It
// gives nothing where YAML writes the old or the new words in another way than it
// reads them, as with an escape in quotes: how to is then a person's to decide.
func (n *Node) TextEdit(start, end int, with string) []diag.Edit {
	special := map[style]string{singleStyle: "'", doubleStyle: `"\`}[n.style]
	if n.shape != scalar || start >= end || end > len(n.text) || strings.ContainsAny(with, special+"\n") {
		return nil
	}
	from, to := n.TextSpan(start, end)
	if string(n.file.Text[from:to]) != n.text[start:end] {
		return nil
	}
	return []diag.Edit{n.file.Edit(from, to, with)}
}

// alignment tells for each byte of a scalar's text where it stands in the file.
type alignment struct {
	known   bool
	offsets []int // nil: one after the other, from the node's start
	ends    []int // the byte after
}

// align walks through the text and its source side by side: words are the same
// in both, between them YAML folds line ends and takes indentation away. It
// gives also the byte after the last one read.
func (n *Node) align() (alignment, int) {
	source, value := n.file.Text, n.text
	i := n.start
	switch n.style {
	case lineStyle:
		return alignment{known: true}, i + len(value)
	case plainStyle:
		if bytes.HasPrefix(source[i:], []byte(value)) {
			return alignment{known: true}, i + len(value)
		}
	case singleStyle, doubleStyle:
		i++
	case literalStyle, foldedStyle:
		if j := bytes.IndexByte(source[i:], '\n'); j >= 0 {
			i += j + 1 // the rest of the line with | or > holds no text
		}
	}
	a := alignment{known: true, offsets: make([]int, len(value)+1), ends: make([]int, len(value))}
	last := i
	for j := 0; j < len(value); {
		width, size := n.step(i, value[j:])
		if width < 0 {
			return alignment{}, n.start
		}
		i += width
		for k := range size {
			a.offsets[j+k] = i
		}
		i += sourceWidth(n.style, source[i:], value[j:])
		for k := range size {
			a.ends[j+k] = i
		}
		if !isBlank(value[j]) {
			last = i
		}
		j += size
	}
	a.offsets[len(value)] = i
	return a, last
}

// step says how many bytes of the source to leave out before the next byte of
// the value, and how many bytes of the value come from one sign there. A
// negative width means that the two do not fit.
func (n *Node) step(i int, value string) (width, size int) {
	source := n.file.Text
	from := i
	for i < len(source) {
		if n.style == doubleStyle && source[i] == '\\' {
			if i+1 < len(source) && (source[i+1] == '\n' || source[i+1] == '\r') {
				i += 2 // an escaped line end stands for nothing
				continue
			}
			decoded, _ := escape(source[i:])
			if decoded != "" && strings.HasPrefix(value, decoded) {
				return i - from, len(decoded)
			}
			return -1, 0
		}
		if isBlank(value[0]) {
			return i - from, 1
		}
		if source[i] == value[0] {
			return i - from, 1
		}
		if !isBlank(source[i]) {
			return -1, 0
		}
		i++
	}
	if isBlank(value[0]) {
		return i - from, 1
	}
	return -1, 0
}

// sourceWidth is how many bytes of the source stand for the next of the value.
func sourceWidth(s style, source []byte, value string) int {
	switch {
	case len(source) == 0:
		return 0
	case s == doubleStyle && source[0] == '\\':
		_, width := escape(source)
		return width
	case s == singleStyle && source[0] == '\'' && value[0] == '\'':
		return 2
	case isBlank(value[0]) && !isBlank(source[0]):
		return 0
	}
	return 1
}

func isBlank(b byte) bool { return b == ' ' || b == '\n' || b == '\r' || b == '\t' }

// escape reads one escape of a double-quoted scalar: what it stands for, and how
// many bytes it takes.
func escape(source []byte) (string, int) {
	if len(source) < 2 {
		return "", 0
	}
	simple := map[byte]string{
		'0': "\x00", 'a': "\a", 'b': "\b", 't': "\t", '\t': "\t", 'n': "\n", 'v': "\v", 'f': "\f", 'r': "\r",
		'e': "\x1b", ' ': " ", '"': "\"", '/': "/", '\\': "\\", 'N': "\u0085", '_': "\u00a0", 'L': "\u2028", 'P': "\u2029",
	}
	if s, ok := simple[source[1]]; ok {
		return s, 2
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[source[1]]
	if digits == 0 || len(source) < 2+digits {
		return "", 0
	}
	r := rune(0)
	for _, b := range source[2 : 2+digits] {
		d := strings.IndexByte("0123456789abcdef", b|0x20)
		if d < 0 {
			return "", 0
		}
		r = r<<4 | rune(d)
	}
	if !utf8.ValidRune(r) {
		return "", 0
	}
	return string(r), 2 + digits
}
