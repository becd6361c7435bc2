package audit

import (
	"bytes"

	"golang.org/x/net/html"
)

// The tokenizer copies each name and value several times when asked for them,
// which was a third of an audit. What a tag holds is therefore cut out of the
// page itself; a fuzz test compares with what the tokenizer says.

type attr struct {
	key, value []byte // decoded; in small letters the key
}

// split cuts a start tag into its name and its attributes, which are appended
// to attrs. Where an attribute stands twice, the first holds, as in browsers.
func split(token []byte, attrs []attr) (tag []byte, all []attr) {
	tag = tagName(token[1:])
	rest := token[1+len(tag):]
	for {
		var at attr
		if at, rest = nextAttr(rest); at.key == nil {
			return lower(tag), attrs
		}
		if !holds(attrs, at.key) {
			attrs = append(attrs, at)
		}
	}
}

func tagName(s []byte) []byte {
	for i, c := range s {
		if c == '/' || c == '>' || space(c) {
			return s[:i]
		}
	}
	return s
}

// nextAttr reads one attribute; without any left its key is nil.
func nextAttr(s []byte) (attr, []byte) {
	for len(s) > 0 && (space(s[0]) || s[0] == '/') {
		s = s[1:]
	}
	if len(s) == 0 || s[0] == '>' {
		return attr{}, nil
	}
	end := 1 // an equals sign may begin a name
	for end < len(s) && s[end] != '=' && s[end] != '/' && s[end] != '>' && !space(s[end]) {
		end++
	}
	at := attr{key: lower(s[:end])}
	s = bytes.TrimLeft(s[end:], spaces)
	if len(s) == 0 || s[0] != '=' {
		return at, s
	}
	at.value, s = attrValue(bytes.TrimLeft(s[1:], spaces))
	return at, s
}

func attrValue(s []byte) (value, rest []byte) {
	if len(s) == 0 {
		return nil, nil
	}
	if quote := s[0]; quote == '"' || quote == '\'' {
		value, rest, _ = bytes.Cut(s[1:], s[:1])
		return unescaped(value), rest
	}
	end := 0
	for end < len(s) && s[end] != '>' && !space(s[end]) {
		end++
	}
	return unescaped(s[:end]), s[end:]
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
	i := bytes.IndexFunc(s, capital)
	if i < 0 {
		return s
	}
	small := bytes.Clone(s)
	for ; i < len(small); i++ {
		if capital(rune(small[i])) {
			small[i] += 'a' - 'A'
		}
	}
	return small
}

func capital(r rune) bool { return 'A' <= r && r <= 'Z' }

const spaces = " \t\n\f\r"

func space(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'
}
