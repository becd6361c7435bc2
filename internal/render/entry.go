package render

import "html/template"

// Entry writes all that is known of one figure. It is appended instead of filling
// a layout, like a number in prose: a page holds hundreds of entries, a site
// thousands, and a layout takes ten times as long.
func (h here) Entry(e FigureEntry) template.HTML {
	w := entryWriter{h, make([]byte, 0, 2048)}
	w.tag(`<article class="entry"`, "id", e.ID)
	w.attribute("aria-labelledby", e.ID+"-label")
	w.raw(">\n")
	for _, old := range e.Formerly {
		w.tag("<span", "id", old)
		w.raw("></span>")
	}
	w.tag("<h3", "id", e.ID+"-label")
	w.raw(">").text(e.Label).raw("</h3>\n")
	w.value(e)
	w.raw("<dl>\n")
	w.facts(e)
	w.parts(e)
	w.list("checked", len(e.Checks), "", func(i int) { w.raw(`<li class="statement">`).raw(string(e.Checks[i])).raw("</li>") })
	w.list("used-in", len(e.Uses), e.MoreUses, func(i int) { w.use(e.Uses[i]) })
	w.raw("</dl>\n")
	for _, note := range e.Notes {
		w.raw(`<p class="note">`).raw(string(note)).raw("</p>\n")
	}
	if e.Discrepancy != "" {
		w.raw(`<p class="note discrepancy"><strong>`).word("discrepancy").raw(":</strong> ").raw(string(e.Discrepancy)).raw("</p>\n")
	}
	w.raw("</article>\n")
	return template.HTML(w.out)
}

type entryWriter struct {
	here
	out []byte
}

func (w *entryWriter) raw(s string) *entryWriter {
	w.out = append(w.out, s...)
	return w
}

func (w *entryWriter) text(s string) *entryWriter {
	w.out = appendEscaped(w.out, s)
	return w
}

func (w *entryWriter) word(key string) *entryWriter { return w.text(w.Word(key)) }

func (w *entryWriter) attribute(name, value string) { w.out = appendAttribute(w.out, name, value) }

func (w *entryWriter) tag(open, name, value string) {
	w.raw(open)
	w.attribute(name, value)
}

func (w *entryWriter) link(href, words string) *entryWriter {
	w.tag("<a", "href", href)
	return w.raw(">").text(words).raw("</a>")
}

// value is the number with its unit and the figure's id.
func (w *entryWriter) value(e FigureEntry) {
	if e.Missing {
		w.raw(`<p class="value missing"><strong>`).text(e.Value).raw("</strong>")
	} else {
		w.raw(`<p class="value"><strong>`).text(e.Value).raw("</strong>")
		if e.Unit != "" {
			w.raw(" ").text(e.Unit)
		}
	}
	w.tag(` <a class="id"`, "href", "#"+e.ID)
	w.raw("><code>").text(e.ID).raw("</code></a></p>\n")
}

// fact is one term and what it stands for.
func (w *entryWriter) fact(key string, description func()) {
	w.raw("<div><dt>").word(key).raw("</dt><dd>")
	description()
	w.raw("</dd></div>\n")
}

func (w *entryWriter) facts(e FigureEntry) {
	when := "period"
	if e.Stock {
		when = "as-of"
	}
	w.fact(when, func() { w.text(e.When) })
	w.fact("source", func() {
		source := e.Source
		if e.SourceDate != "" {
			source = w.Word("source-as-of", e.Source, e.SourceDate)
		}
		w.raw(string(Whole(source)))
		if e.Inferred {
			w.raw(` <span class="basis">`).word("attribution-inferred").raw("</span>")
		}
	})
	w.fact("status", func() {
		if e.Settled {
			w.text(e.Status)
		} else {
			w.raw("<strong>").text(e.Status).raw("</strong>")
		}
	})
	if e.Formula != "" {
		w.fact("calculated-as", func() { w.raw(`<span class="statement">`).raw(string(e.Formula)).raw("</span>") })
	}
	if e.PartOf.Href != "" {
		w.fact("part-of", func() { w.link(e.PartOf.Href, e.PartOf.Label).raw(" ").text(e.PartOf.Value) })
	}
}

func (w *entryWriter) parts(e FigureEntry) {
	if len(e.Parts) == 0 {
		return
	}
	w.raw(`<div class="long"><dt>`).word("made-of")
	if e.PartsAre != "" {
		w.raw(" (").text(e.PartsAre).raw(")")
	}
	w.raw("</dt><dd><ul>")
	for _, part := range e.Parts {
		w.raw("<li>").link(part.Href, part.Label).raw(" ").text(part.Value).raw("</li>")
	}
	w.raw("</ul></dd></div>\n")
}

// list is a term with a list of n items and, where there are more, their number.
func (w *entryWriter) list(key string, n int, more string, item func(i int)) {
	if n == 0 {
		return
	}
	w.raw(`<div class="long"><dt>`).word(key).raw("</dt><dd><ul>")
	for i := range n {
		item(i)
	}
	if more != "" {
		w.raw("<li>").text(more).raw("</li>")
	}
	w.raw("</ul></dd></div>\n")
}

func (w *entryWriter) use(link Link) {
	w.tag("<li><a", "href", string(w.To(link.To)))
	if link.Lang != "" {
		w.attribute("lang", link.Lang)
	}
	w.raw(">").text(link.Text).raw("</a></li>")
}
