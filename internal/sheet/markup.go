package sheet

import (
	"html"
	"strconv"
	"strings"
)

// markup reads the XML of a part of a workbook, tag by tag. Programs that write workbooks
// need little of XML; what they never write, such as definitions of its own entities, is
// broken to it.
type markup struct {
	text   string
	at     int
	broken bool

	name   string // of the last tag, without its prefix
	attrs  string // its attributes, as they are written
	before string // the text between it and the tag before it
	ends   bool   // it is the end of an element
	empty  bool   // it is an element without content
}

// next goes to the next tag, and reports whether there is one.
func (m *markup) next() bool {
	for !m.broken {
		open := strings.IndexByte(m.text[m.at:], '<')
		if open < 0 {
			return false
		}
		m.before = m.text[m.at : m.at+open]
		m.at += open + 1
		switch rest := m.text[m.at:]; {
		case strings.HasPrefix(rest, "?"):
			m.pass("?>")
		case strings.HasPrefix(rest, "!--"):
			m.pass("-->")
		case strings.HasPrefix(rest, "!"):
			m.broken = true
		default:
			return m.tag()
		}
	}
	return false
}

// pass goes behind what is no tag. A text before it would be cut in two.
func (m *markup) pass(end string) {
	i := strings.Index(m.text[m.at:], end)
	m.broken = i < 0 || strings.TrimSpace(m.before) != "" && m.before != "\ufeff"
	m.at += max(0, i) + len(end)
}

// tag reads a tag, of which the bracket is read already.
func (m *markup) tag() bool {
	end := tagEnd(m.text[m.at:])
	if end < 0 {
		m.broken = true
		return false
	}
	inner := m.text[m.at : m.at+end]
	m.at += end + 1
	inner, m.ends = strings.CutPrefix(inner, "/")
	inner, m.empty = strings.CutSuffix(inner, "/")
	m.name, m.attrs = inner, ""
	if i := strings.IndexAny(inner, " \t\r\n"); i >= 0 {
		m.name, m.attrs = inner[:i], inner[i:]
	}
	m.name = local(m.name)
	return true
}

// tagEnd is where a tag ends: a bracket in an attribute does not end it.
func tagEnd(text string) int {
	quote := byte(0)
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		case c == '<':
			return -1
		}
	}
	return -1
}

// local is a name without its prefix.
func local(name string) string { return name[strings.IndexByte(name, ':')+1:] }

// starts reports whether the tag begins an element of this name.
func (m *markup) starts(name string) bool { return !m.ends && m.name == name }

// attr is an attribute of the tag; "" where it has none of this name.
func (m *markup) attr(name string) string {
	for rest := m.attrs; ; {
		before, after, found := strings.Cut(rest, "=")
		after = strings.TrimLeft(after, " \t\r\n")
		if !found || after == "" {
			return ""
		}
		value, behind, closed := strings.Cut(after[1:], after[:1])
		if !closed {
			return ""
		}
		if local(strings.TrimSpace(before)) == name {
			return unescaped(value)
		}
		rest = behind
	}
}

// isTrue reports whether an attribute says yes.
func (m *markup) isTrue(name string) bool { return m.attr(name) == "1" || m.attr(name) == "true" }

// mostRows is more than any sheet has rows, columns or styles.
const mostRows = 10_000_000

// whole is an attribute that is a number; 0 where it is none, or no number of a row.
func (m *markup) whole(name string) int {
	n, err := strconv.Atoi(m.attr(name))
	if err != nil || n < 0 || n > mostRows {
		return 0
	}
	return n
}

// unescaped is a text without the escapes of XML.
func unescaped(text string) string {
	if !strings.Contains(text, "&") {
		return text
	}
	return html.UnescapeString(text)
}

// plainText is a text of a cell: workbooks write signs that XML cannot hold as _x000D_.
func plainText(text string) string {
	text = unescaped(text)
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for {
		i := strings.Index(text, "_x")
		if i < 0 || len(text) < i+7 {
			return b.String() + text
		}
		b.WriteString(text[:i])
		code, err := strconv.ParseUint(text[i+2:i+6], 16, 16)
		if err != nil || text[i+6] != '_' {
			b.WriteString("_x")
			text = text[i+2:]
			continue
		}
		b.WriteRune(rune(code))
		text = text[i+7:]
	}
}
