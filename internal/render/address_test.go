package render

import (
	"bytes"
	"testing"
)

// A link of a note leads to its page from wherever the note is shown.
func TestRootedLinksLeadFromEveryPage(t *testing.T) {
	const note = `<a href="root:">a</a> <a href="root:#x">b</a> <a href="root:visits/#x">c</a> <a href="b.html">d</a>`
	for _, c := range []struct{ path, base, want string }{
		{"index.html", "", `<a href="./">a</a> <a href="./#x">b</a> <a href="visits/#x">c</a> <a href="b.html">d</a>`},
		{"de/figures/index.html", "",
			`<a href="../../">a</a> <a href="../../#x">b</a> <a href="../../visits/#x">c</a> <a href="b.html">d</a>`},
		{"404.html", "/iq/",
			`<a href="/iq/">a</a> <a href="/iq/#x">b</a> <a href="/iq/visits/#x">c</a> <a href="b.html">d</a>`},
	} {
		page := bytes.NewBufferString(note)
		if Root(page, c.path, c.base); page.String() != c.want {
			t.Errorf("at %s: got %s, want %s", c.path, page, c.want)
		}
	}
}
