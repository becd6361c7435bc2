package audit

import (
	"bytes"
	"html"
	"strings"
)

// scanner cuts a page into tokens. It follows the tokenizer of
// golang.org/x/net/html, which copies every name and value several times and
// took a quarter of a large build; fuzz tests hold one against the other. Left
// out is only the escaping within scripts ("<!--<script>"), since pages hold no
// script but data.
type scanner struct {
	page       []byte
	start, end int    // of the token
	name       []byte // of a tag, in small letters
	attrs      []attr // of a start tag; where one stands twice the first holds, as in browsers
	raw        string // the element just opened whose content is text only; "" none
	foreign    bool   // within a drawing, where no element's content is text only
}

type attr struct {
	key, value []byte // decoded; in small letters the key
}

type tokenKind int

const (
	noToken      tokenKind = iota // the end of the page
	textToken                     // as written, entities and all
	startTag                      // <p>
	closedTag                     // <p/>
	endTag                        // </p>
	ignoredToken                  // comments and declarations
)

func (s *scanner) next() tokenKind {
	s.start = s.end
	if s.raw != "" {
		s.end, s.raw = s.rawEnd(), ""
		if s.end > s.start {
			return textToken
		}
	}
	for at := s.start; ; at++ {
		i := bytes.IndexByte(s.page[at:], '<')
		if at += i; i < 0 || at+1 == len(s.page) {
			return s.rest()
		}
		if c := s.page[at+1]; !letter(c) && c != '/' && c != '!' && c != '?' {
			continue
		}
		if at > s.start {
			s.end = at
			return textToken
		}
		return s.markup()
	}
}

// rest is the text up to the end of the page.
func (s *scanner) rest() tokenKind {
	if s.end = len(s.page); s.end == s.start {
		return noToken
	}
	return textToken
}

// markup reads a token that begins with "<".
func (s *scanner) markup() tokenKind {
	at := s.start + 1
	switch c := s.page[at]; {
	case letter(c):
		return s.startTag(at)
	case c == '!' && bytes.HasPrefix(s.page[at:], []byte("!--")):
		s.end = s.commentEnd(at + len("!--"))
	case c != '/':
		s.end = s.after('>', at)
	case at+1 == len(s.page):
		return s.rest()
	case letter(s.page[at+1]):
		if end, ok := s.tag(at + 1); ok {
			s.end = end
			return endTag
		}
		s.end = len(s.page)
		return noToken
	default:
		s.end = s.after('>', at+1)
	}
	return ignoredToken
}

func (s *scanner) startTag(at int) tokenKind {
	end, ok := s.tag(at)
	if !ok { // browsers drop a tag that the page ends in
		s.end = len(s.page)
		return noToken
	}
	s.end = end
	if !s.foreign {
		switch string(s.name) {
		case "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp":
			s.raw = string(s.name)
		}
	}
	if s.page[end-2] == '/' && !s.endsInValue(end-1) {
		return closedTag
	}
	return startTag
}

// endsInValue reports whether the last value ends at a place, so that a slash
// before it belongs to the value: <a href=/>.
func (s *scanner) endsInValue(at int) bool {
	if len(s.attrs) == 0 {
		return false
	}
	value := s.attrs[len(s.attrs)-1].value
	return len(value) > 0 && value[len(value)-1] == '/' && bytes.HasSuffix(s.page[:at], value)
}

// after gives the place behind the next c.
func (s *scanner) after(c byte, at int) int {
	if i := bytes.IndexByte(s.page[at:], c); i >= 0 {
		return at + i + 1
	}
	return len(s.page)
}

// commentEnd gives the place behind a comment whose text begins at a place: it
// ends with "-->" or "--!>", or at once with ">" or "->".
func (s *scanner) commentEnd(at int) int {
	text := s.page[at:]
	for _, early := range []string{">", "->"} {
		if bytes.HasPrefix(text, []byte(early)) {
			return at + len(early)
		}
	}
	for i := 0; ; i++ {
		next := bytes.Index(text[i:], []byte("--"))
		if i += next; next < 0 {
			return len(s.page)
		}
		for _, end := range []string{"-->", "--!>"} {
			if bytes.HasPrefix(text[i:], []byte(end)) {
				return at + i + len(end)
			}
		}
	}
}

// rawEnd gives the place of the end tag that closes an element whose content is
// text only.
func (s *scanner) rawEnd() int {
	for at := s.start; s.raw != "plaintext"; at++ {
		i := bytes.Index(s.page[at:], []byte("</"))
		if i < 0 {
			break
		}
		at += i
		rest := s.page[at+2:]
		n := len(s.raw)
		if len(rest) > n && strings.EqualFold(string(rest[:n]), s.raw) && (rest[n] == '>' || rest[n] == '/' || space(rest[n])) {
			return at
		}
	}
	return len(s.page)
}

// tag reads a tag whose name begins at a place, and gives the place behind it.
func (s *scanner) tag(at int) (end int, ok bool) {
	from := at
	for at < len(s.page) && s.page[at] != '>' && s.page[at] != '/' && !space(s.page[at]) {
		at++
	}
	s.name, s.attrs = lower(s.page[from:at]), s.attrs[:0]
	for {
		for at < len(s.page) && (space(s.page[at]) || s.page[at] == '/') {
			at++
		}
		if at == len(s.page) {
			return at, false
		}
		if s.page[at] == '>' {
			return at + 1, true
		}
		at = s.attr(at)
	}
}

// attr reads one attribute and gives the place behind it.
func (s *scanner) attr(at int) int {
	from := at
	at++ // an equals sign may begin a name
	for at < len(s.page) && s.page[at] != '=' && s.page[at] != '/' && s.page[at] != '>' && !space(s.page[at]) {
		at++
	}
	a := attr{key: lower(s.page[from:at])}
	if next := s.skip(at); next < len(s.page) && s.page[next] == '=' {
		a.value, at = s.value(s.skip(next + 1))
	}
	if !holds(s.attrs, a.key) {
		s.attrs = append(s.attrs, a)
	}
	return at
}

func (s *scanner) value(at int) (value []byte, end int) {
	if at == len(s.page) {
		return nil, at
	}
	if quote := s.page[at]; quote == '"' || quote == '\'' {
		i := bytes.IndexByte(s.page[at+1:], quote)
		if i < 0 {
			return nil, len(s.page)
		}
		return unescaped(s.page[at+1 : at+1+i]), at + 1 + i + 1
	}
	from := at
	for at < len(s.page) && s.page[at] != '>' && !space(s.page[at]) {
		at++
	}
	return unescaped(s.page[from:at]), at
}

func (s *scanner) skip(at int) int {
	for at < len(s.page) && space(s.page[at]) {
		at++
	}
	return at
}

func holds(attrs []attr, key []byte) bool {
	for i := range attrs {
		if bytes.Equal(attrs[i].key, key) {
			return true
		}
	}
	return false
}

func unescaped(s []byte) []byte {
	if bytes.IndexByte(s, '&') < 0 {
		return s
	}
	return []byte(html.UnescapeString(string(s)))
}

// lower copies only what has capitals, which our own layouts hardly write.
func lower(s []byte) []byte {
	for i, c := range s {
		if capital(c) {
			small := bytes.Clone(s)
			for ; i < len(small); i++ {
				if capital(small[i]) {
					small[i] += 'a' - 'A'
				}
			}
			return small
		}
	}
	return s
}

func capital(c byte) bool { return 'A' <= c && c <= 'Z' }

func letter(c byte) bool { return capital(c) || 'a' <= c && c <= 'z' }

func space(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'
}
