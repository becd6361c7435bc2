package audit

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"
)

// unlike is what the scanner and the tokenizer knowingly do otherwise: NUL and
// carriage returns, entities without a semicolon, scripts that hide their own
// end, and (a mistake of the tokenizer) a slash that ends the value of an
// attribute which stands twice.
var (
	unlike   = regexp.MustCompile(`(?is)[\x00\r]|&|<!--.*<script|<script.*<!--|=[^>]*/>`)
	entities = regexp.MustCompile(`&(amp|lt|gt|quot|nbsp|#\d\d|#x26);`)
)

// The tokens of a page must be those of the tokenizer of golang.org/x/net/html.
func FuzzScanner(f *testing.F) {
	for _, seed := range []string{
		`<p>`, `<A HREF='x&amp;y' b c=d/e / =f f = "g" b=2>`, `<br/>`, `<a =>`, `<a / b=>`, `<Ü Ü=ü>`, `<a b="c"d='e'f>`,
		"<a\tb\n=\fc>", `<svg viewBox="0 0 1 1"/>`, `<a b=">" c='"'>`, `<a b=&lt; c=&#x26;>`, `a<b`, `a < b <3 <`, `</p></ p></></`,
		`<!doctype html><!-- a -- b --!> c --><!--><!---><!x><?y>`, `<title>a</titlex></TITLE >b`, `<style>a</style`, `<plaintext><p>`,
		`<script>"</scrip></script>`, `<a b="`, `<a b`, `<!--`, `<!---`,
	} {
		f.Add([]byte(seed))
	}
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, a := range archive.Files {
			f.Add(a.Data)
		}
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		if unlike.Match(entities.ReplaceAll(page, nil)) {
			return
		}
		if got, want := scanned(page), tokenized(page); got != want {
			t.Fatalf("%q\ngot\n%swant\n%s", page, got, want)
		}
	})
}

func scanned(page []byte) string {
	var b strings.Builder
	s := scanner{page: page}
	for {
		switch kind := s.next(); kind {
		case noToken:
			return b.String()
		case startTag, closedTag:
			fmt.Fprintf(&b, "%d-%d start %s closed %t %q\n", s.start, s.end, s.name, kind == closedTag, s.attrs)
		case endTag:
			fmt.Fprintf(&b, "%d-%d end %s\n", s.start, s.end, s.name)
		case textToken:
			fmt.Fprintf(&b, "%d-%d text\n", s.start, s.end)
		}
	}
}

func tokenized(page []byte) string {
	var b strings.Builder
	z := html.NewTokenizer(bytes.NewReader(page))
	end := 0
	for {
		kind := z.Next()
		start := end
		end += len(z.Raw())
		switch kind {
		case html.ErrorToken:
			return b.String()
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			var attrs []attr
			for more {
				var a attr
				a.key, a.value, more = z.TagAttr()
				attrs = append(attrs, a)
			}
			fmt.Fprintf(&b, "%d-%d start %s closed %t %q\n", start, end, name, kind == html.SelfClosingTagToken, attrs)
		case html.EndTagToken:
			name, _ := z.TagName()
			fmt.Fprintf(&b, "%d-%d end %s\n", start, end, name)
		case html.TextToken:
			fmt.Fprintf(&b, "%d-%d text\n", start, end)
		}
	}
}
