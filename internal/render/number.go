package render

import (
	"html/template"
	"regexp"
	"strings"
	"sync"
)

// The markup of numbers is appended to a slice instead of filling a template:
// a page holds ten of them, a site a hundred thousand.

// Fig is one figure said in prose, in a table or in a headline.
type Fig struct {
	ID     string // "visits.total"; "" where a number is none of the figures
	Option string // "share", "share&decimals=1"; "" for the value itself
	Value  string // for machines: "318462", "more than 30"; "" where the option is a text
	Text   string // as the author wrote it and the build proved it: "318,462"
	Bound  string // how it begins where it is no exact number and stands large: "more than "; "" else

	// At its first mention in a section a figure is a link; later it is not.
	Href   string // of its place on the figures page: "../figures/#visits.total"; "" no link
	Spoken string // its name: "122,957 people seeking advice: only advice on recognition, …"
	Cell   bool   // it stands in a table, whose heads say what it is: a screen reader says the number alone
	Label  string // "People seeking advice: only advice on recognition"
	Line   string // the number with what the label does not say: "122,957, January 2019 to December 2022"
	Source string // "Door counters at all locations, as of 7 January 2025"
	Status string // "provisional"; "" for a final figure
	Note   string // what contradicts it, or from when it was counted otherwise; "" mostly

	Explained string // Href of what is counted; "" nowhere
	Edit      string // where its value is edited; "" nowhere
}

// AppendFig appends a number: <data class="fig">, within a link if f has an Href.
func AppendFig(b []byte, f Fig) []byte {
	if f.Href != "" {
		b = appendAttribute(append(b, `<a class="fig-link"`...), "href", f.Href)
		name := "aria-label"
		if f.Cell {
			name = "data-name"
		}
		b = appendAttribute(b, name, f.Spoken)
		b = appendAttribute(b, "data-label", f.Label)
		b = appendAttribute(b, "data-line", f.Line)
		b = appendOptional(b, "data-source", f.Source)
		b = appendOptional(b, "data-status", f.Status)
		b = appendOptional(b, "data-note", f.Note)
		b = appendOptional(b, "data-explained", f.Explained)
		b = appendOptional(b, "data-edit", f.Edit)
		b = append(b, '>')
	}
	b = append(b, `<data class="fig"`...)
	b = appendOptional(b, "data-figure", f.ID)
	b = appendOptional(b, "data-option", f.Option)
	b = appendAttribute(b, "value", f.Value)
	b = append(b, '>')
	number, bounded := strings.CutPrefix(f.Text, f.Bound)
	if bounded && f.Bound != "" {
		// The space stands outside, else programs that compare a link with its name miss it.
		word := strings.TrimRight(f.Bound, " \u00a0")
		b = append(appendEscaped(append(b, `<span class="bound">`...), word), "</span>"...)
		number = f.Bound[len(word):] + number
	}
	b = append(appendEscaped(b, number), "</data>"...)
	if f.Href != "" {
		b = append(b, "</a>"...)
	}
	return b
}

// AppendFigText appends an option of a figure that is no number, such as its
// period: <span class="fig-text">.
func AppendFigText(b []byte, f Fig) []byte {
	b = append(b, `<span class="fig-text"`...)
	b = appendAttribute(b, "data-figure", f.ID)
	b = appendOptional(b, "data-option", f.Option)
	return append(appendEscaped(append(b, '>'), f.Text), "</span>"...)
}

// Sign is a letter behind a number that says how settled it is.
func Sign(letter string) template.HTML {
	return `<sup class="status">&nbsp;` + Text(letter) + "</sup>"
}

// Data is a text and what machines read it as: a number, or the first day of a time.
func Data(value, text string) template.HTML {
	b := append(appendAttribute([]byte("<data"), "value", value), '>')
	return template.HTML(append(appendEscaped(b, text), "</data>"...))
}

// Unseen is a text for those who do not see what the others see.
func Unseen(text string) template.HTML {
	return `<span class="said">` + Text(text) + "</span>"
}

// Text makes HTML of plain text.
func Text(s string) template.HTML {
	return template.HTML(appendEscaped(nil, s))
}

// Paragraph makes a paragraph of plain text.
func Paragraph(s string) template.HTML { return "<p>" + Text(s) + "</p>" }

// ParagraphTo makes a paragraph of plain text that ends with a link.
func ParagraphTo(s, href, text string) template.HTML {
	return "<p>" + Text(s+" ") + Anchor(href, text, "") + "</p>"
}

// Anchor makes a link; lang is the language of where it leads, "" for that of the page.
func Anchor(href, text, lang string) template.HTML {
	b := appendAttribute([]byte("<a"), "href", href)
	b = appendOptional(appendOptional(b, "lang", lang), "hreflang", lang)
	return template.HTML(append(appendEscaped(append(b, '>'), text), "</a>"...))
}

// OutOfFrame makes the links of a text open in the whole window, because it stands in a
// frame of somebody else's page. Texts hold no "<a ": it is escaped there.
func OutOfFrame(html template.HTML) template.HTML {
	return template.HTML(strings.ReplaceAll(string(html), "<a ", `<a target="_top" `))
}

// Unwrapped takes the paragraph off a text that is one paragraph; of several it makes
// lines.
func Unwrapped(html string) string {
	if inner, ok := strings.CutPrefix(html, "<p>"); ok && strings.Count(html, "<p>") == 1 {
		return strings.TrimSuffix(inner, "</p>")
	}
	return strings.ReplaceAll(strings.ReplaceAll(html, "<p>", ""), "</p>", "<br>")
}

// Whole makes HTML of a name in which words such as "f-bb" and "Covid-19" stay on
// one line. Browsers break them after the hyphen, and a hyphen that no line may
// follow is another sign, which readers who search for the word do not type.
func Whole(name string) template.HTML {
	if !strings.Contains(name, "-") {
		return Text(name)
	}
	return template.HTML(breakable().ReplaceAllString(string(Text(name)), `$1<span class="whole">$2</span>`))
}

// breakable finds words with one letter before a hyphen or a number behind it.
// It is compiled when a name has a hyphen: the letters of all alphabets take 80 kB.
var breakable = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(^|[^\pL\pN-])(\pL-[\pL\pN]+|\pL+-\pN+)`)
})

func appendOptional(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	return appendAttribute(b, name, value)
}

func appendAttribute(b []byte, name, value string) []byte {
	b = append(append(append(b, ' '), name...), `="`...)
	return append(appendEscaped(b, value), '"')
}

// appendEscaped escapes what could end a text or a quoted attribute.
func appendEscaped(b []byte, s string) []byte {
	from := 0
	for i := range len(s) {
		if entity := entities[s[i]]; entity != "" {
			b = append(append(b, s[from:i]...), entity...)
			from = i + 1
		}
	}
	return append(b, s[from:]...)
}

var entities = [256]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&#34;", '\'': "&#39;"}
