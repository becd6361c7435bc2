package prose

import (
	"bytes"
	"sync"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// What a document is written with at one address changes nothing for another, even
// at the same time. Ids, and what leads to them, get the prefix of their setting.
func TestADocumentIsWrittenAtSeveralAddressesAtOnce(t *testing.T) {
	const page = "## Visits {#visits}\n\nSee [the loans](loans.md) and [above](#visits).[^one]\n\n" +
		"```figures\nfigures: [sessions]\ntitle: One number\n\nMany[^one] came.\n```\n\n[^one]: A note.\n"
	var list diag.List
	c := &Context{Figures: figures(t), Lang: locale.Must("en")}
	d := Parse(c, schema.File{Path: "content/en/page.md", Text: []byte(page)}, &list)
	at := func(prefix, href string, silent bool) string {
		var out bytes.Buffer
		s := &Setting{Prefix: prefix, Silent: silent, Target: func(link *Link) Target {
			if link.Dest == "#visits" {
				return Target{Href: "#" + prefix + "visits"}
			}
			return Target{Href: href}
		}}
		s.Block = func(b *Block, _ bool) []byte { return d.Summary(b, s) }
		d.Opening(&out, s)
		d.HTML(&out, s)
		return out.String()
	}
	want := []string{
		`<section class="section" aria-labelledby="visits">
<div class="row text">
<h2 id="visits">Visits</h2>
<div class="words">
<p>See <a href="loans/">the loans</a> and <a href="#visits">above</a>.` +
			`<sup id="fnref-1"><a class="footnote-ref" href="#fn-1" role="doc-noteref" aria-label="Footnote 1">1</a></sup></p>
</div>
</div>
<div class="row across">
<p>Many<sup id="fnref-1-2"><a class="footnote-ref" href="#fn-1" role="doc-noteref" aria-label="Footnote 1">1</a></sup> came.</p>
</div>
</section>
<section class="footnotes" aria-labelledby="footnotes"><h2 id="footnotes">Footnotes</h2>
<ol>
<li id="fn-1"><p>A note.</p>
 <a class="footnote-backref" href="#fnref-1" role="doc-backlink">Back to footnote mark 1 (1)</a>` +
			` <a class="footnote-backref" href="#fnref-1-2" role="doc-backlink">Back to footnote mark 1 (2)</a></li>
</ol></section>
`,
		`<section class="section">
<div class="row text">
<h2 id="p7-visits">Visits</h2>
<div class="words">
<p>See <a href="../loans/">the loans</a> and <a href="#p7-visits">above</a>.</p>
</div>
</div>
<div class="row across">
<p>Many came.</p>
</div>
</section>
`,
		`<section class="section">
<div class="row text">
<h2 id="p8-visits">Visits</h2>
<div class="words">
<p>See <a href="#p9-loans">the loans</a> and <a href="#p8-visits">above</a>.` +
			`<sup id="p8-fnref-1"><a class="footnote-ref" href="#p8-fn-1" role="doc-noteref" aria-label="Footnote 1">1</a></sup></p>
</div>
</div>
<div class="row across">
<p>Many<sup id="p8-fnref-1-2"><a class="footnote-ref" href="#p8-fn-1" role="doc-noteref" aria-label="Footnote 1">1</a></sup> came.</p>
</div>
</section>
<section class="footnotes" aria-labelledby="p8-footnotes"><h2 id="p8-footnotes">Footnotes</h2>
<ol>
<li id="p8-fn-1"><p>A note.</p>
 <a class="footnote-backref" href="#p8-fnref-1" role="doc-backlink">Back to footnote mark 1 (1)</a>` +
			` <a class="footnote-backref" href="#p8-fnref-1-2" role="doc-backlink">Back to footnote mark 1 (2)</a></li>
</ol></section>
`,
	}
	var notes Notes
	var shared bytes.Buffer
	for _, prefix := range []string{"a-", "b-"} {
		s := &Setting{Prefix: prefix, Deeper: 1, Apart: true, Notes: &notes,
			Omit: func(b *Block) bool { return b.Kind == Headline }, Block: func(*Block, bool) []byte { return []byte("?") }}
		d.HTML(&shared, s)
		d.Footnotes(&shared, s)
	}
	var twice Notes
	d.Footnotes(&shared, &Setting{Prefix: "c-", Notes: &twice})
	d.Footnotes(&shared, &Setting{Prefix: "c-", Notes: &twice})
	if len(list.Sorted()) > 0 {
		t.Fatal(printed(list.Sorted(), "en"))
	}
	got := make([]string, len(want))
	var all sync.WaitGroup
	all.Go(func() { got[0] = at("", "loans/", false) })
	all.Go(func() { got[1] = at("p7-", "../loans/", true) })
	all.Go(func() { got[2] = at("p8-", "#p9-loans", false) })
	all.Wait()
	got, want = append(got, shared.String()), append(want, onPaper("a-")+
		"<li id=\"fn-1\"><p>A note.</p>\n"+backFrom("a-")+"</li>\n"+onPaper("b-")+
		"<li id=\"fn-1\"><p>A note.</p>\n"+backFrom("c-")+"</li>\n")
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got\n%s\nwant\n%s", got[i], want[i])
		}
	}
}

// onPaper is the page as it stands among others, without its block: below another heading,
// its note apart.
func onPaper(prefix string) string {
	return `<section class="section">
<div class="row text">
<h3 id="` + prefix + `visits">Visits</h3>
<div class="words">
<p>See <a href="loans.md">the loans</a> and <a href="#visits">above</a>.<sup id="` + prefix +
		`fnref-1"><a class="footnote-ref" href="#fn-1" role="doc-noteref" aria-label="Footnote 1">1</a></sup></p>
</div>
</div>
</section>
`
}

// backFrom leads from the note back to its two marks.
func backFrom(prefix string) string {
	ref := prefix + "fnref-1"
	return ` <a class="footnote-backref" href="#` + ref + `" role="doc-backlink">Back to footnote mark 1 (1)</a>` +
		` <a class="footnote-backref" href="#` + ref + `-2" role="doc-backlink">Back to footnote mark 1 (2)</a>`
}
