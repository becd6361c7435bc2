package audit

import (
	"bytes"
	"regexp"
	"testing"

	"golang.org/x/net/html"
)

var unfinished = regexp.MustCompile(`&#?\w+([^;\w]|$)`)

// What is cut out of the page must be what the tokenizer says of it.
func FuzzSplit(f *testing.F) {
	for _, seed := range []string{
		`<p>`, `<A HREF='x&amp;y' b c=d/e / =f f = "g" b=2>`, `<br/>`, `<a =>`, `<a / b=>`, `<Ü Ü=ü>`, `<a b="c"d='e'f>`,
		"<a\tb\n=\fc\r>", `<svg viewBox="0 0 1 1"/>`, `<a b=">" c='"'>`, `<a b=&lt c=&#x26;>`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		// The tokenizer replaces NUL and carriage returns, and does not decode an
		// entity without a semicolon. No rule depends on either.
		if bytes.ContainsAny(page, "\x00\r") || unfinished.Match(page) {
			return
		}
		z := html.NewTokenizer(bytes.NewReader(page))
		end := 0
		for {
			kind := z.Next()
			if kind == html.ErrorToken {
				return
			}
			start := end
			end += len(z.Raw())
			if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
				continue
			}
			tag, attrs := split(page[start:end], nil)
			name, more := z.TagName()
			if !bytes.Equal(tag, name) {
				t.Fatalf("%q: tag %q, want %q", page[start:end], tag, name)
			}
			var want []attr
			for more {
				var at attr
				at.key, at.value, more = z.TagAttr()
				want = append(want, at)
			}
			if len(want) != len(attrs) {
				t.Fatalf("%q: %q, want %q", page[start:end], attrs, want)
			}
			for i := range want {
				if !bytes.Equal(want[i].key, attrs[i].key) || !bytes.Equal(want[i].value, attrs[i].value) {
					t.Fatalf("%q: %q, want %q", page[start:end], attrs, want)
				}
			}
		}
	})
}
