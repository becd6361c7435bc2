package prose

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	"bilanz/internal/diag"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	rawhtml "github.com/yuin/goldmark/renderer/html"
)

// hostile are titles that somebody might write into a proposal, to do something where it is shown.
var hostile = []string{
	"`code` and ``more`` and ```", "a | b | c", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
	"</td></table>",
	"<!-- comment", "&lt;b&gt; &amp; &#64; &copy;", "@everyone, ask @a-team", "see #12 and GH-12 and o/r#3",
	"[text](https://example.org)", "![picture](https://example.org/a.png)", "[text][ref]", "](https://example.org)",
	"a](b",
	"https://example.org/x", "www.example.org", "mail to a@example.org", "$(rm -rf .) and `$(id)`", "$x^2$ and $$y$$",
	"${HOME}",
	"*bold* _it_ **b** __b__ ~~gone~~", "# heading", "## heading", "- item", "+ item", "* item", "1. item", "1) item",
	"---", "===", "-", "> quote",
	"    code", "a\nb\n\n# c", "a\r\nb", "\\", "\\| a", "a \\` b", "\\[a](b)", ":tada: :+1:", "::error::x ##[group]",
	"{{ x }} {% y %}", "[^1] and [^note]: x", "- [ ] task", "<https://example.org>", "a\tb", "|---|---|", "~~~",
	"100 % & <5", "=1+1",
	"-5", "2019-2022", "12.5", "1.", "Ä ö ß – „so“",
}

var tags = regexp.MustCompile(`<[^>]*>`)

// What authors wrote is the same text in the summary of a proposal, in a cell, a list and a line of its
// own: no mark of it means anything, and it calls nobody.
func TestWhatAuthorsWroteStaysTextInASummary(t *testing.T) {
	renderer := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote),
		goldmark.WithRendererOptions(rawhtml.WithUnsafe()))
	calls := regexp.MustCompile(`@\w|#\d|GH-\d|:\w+:`)
	for _, title := range hostile {
		words := strings.Join(strings.Fields(title), " ")
		for _, page := range []string{
			"| a | b |\n|---|---|\n| @ | end |\n", "- @\n- end\n", "@\n\nend\n", "- *x:* @\n\n  - end\n",
			"[@](u)\n\nend",
		} {
			var out bytes.Buffer
			with := strings.Replace(page, "@", diag.Markdown(title), 1)
			if err := renderer.Convert([]byte(with), &out); err != nil {
				t.Fatal(err)
			}
			text := html.UnescapeString(tags.ReplaceAllString(out.String(), " "))
			if flat := strings.Join(strings.Fields(strings.ReplaceAll(text, "\u2060", "")),
				" "); !strings.Contains(flat,
				words) {
				t.Errorf("%q is %q in\n%s", title, flat, out.String())
			}
			var plain bytes.Buffer
			if err := renderer.Convert([]byte(strings.Replace(page, "@", "x", 1)), &plain); err != nil {
				t.Fatal(err)
			}
			if got, want := tags.FindAllString(out.String(), -1), tags.FindAllString(plain.String(),
				-1); strings.Join(got,
				"") != strings.Join(want, "") {
				t.Errorf("%q makes %v, not %v", title, got, want)
			}
			if calls.MatchString(text) {
				t.Errorf("%q calls somebody in %q", title, text)
			}
		}
	}
	if got := diag.Markdown("a\u202eb\x1b[31m\u200b"); strings.ContainsAny(got, "\u202e\x1b\u200b") {
		t.Errorf("%q turns or hides words", got)
	}
}
