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

// On a disk each address of a folder leads to the page in it.
func TestAddressesOnADisk(t *testing.T) {
	for written, want := range map[string]string{
		"./": "./index.html", "../": "../index.html", "..": "../index.html", "../de/#x": "../de/index.html#x",
		"visits/?q=1#x": "visits/index.html?q=1#x", "#x": "#x", "": "", "../data/figures.csv": "../data/figures.csv",
		"https://example.org/": "https://example.org/", "mailto:a@example.org": "mailto:a@example.org",
	} {
		if got := AddressOnDisk(written); got != want {
			t.Errorf("%q becomes %q, not %q", written, got, want)
		}
	}
	page := bytes.NewBufferString(`<link rel="preload" href="a.woff2" as="font">
<meta http-equiv="refresh" content="0; url=../"><a class="x" href="b/" data-explained="c/#d">href="e/"</a>`)
	const want = `<meta http-equiv="refresh" content="0; url=../index.html">` +
		`<a class="x" href="b/index.html" data-explained="c/index.html#d">href="e/"</a>`
	if OnDisk(page); page.String() != want {
		t.Errorf("got %s, want %s", page, want)
	}
}
