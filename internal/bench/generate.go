package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// areaSize is how many figures a file holds.
const areaSize = 100

// spec says which site to make. Everything follows from it: the same spec gives
// the same bytes.
type spec struct {
	pages   int
	figures int  // a multiple of areaSize
	plain   bool // the pages have plain numbers, and there are no figures
	changed bool // one figure has another value
}

func (s spec) value(figure int) int {
	v := 1000 + figure*7919%899_001
	if s.changed && figure == s.cited(0, 3) {
		v++
	}
	return v
}

// cited is the figure that a page cites in one of its ten places.
func (s spec) cited(page, place int) int { return (page*10 + place*501) % s.figures }

// defined is how many figures the site has.
func (s spec) defined() int {
	if s.plain {
		return 0
	}
	return s.figures
}

func figureID(figure int) string {
	return fmt.Sprintf("area-%02d.item-%02d", figure/areaSize+1, figure%areaSize)
}

// grouped writes 12345 as 12,345.
func grouped(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", grouped(n/1000), n%1000)
}

// form is how a program writes what differs between the two.
type form interface {
	figure(s spec, figure int) string // a reference to a figure
	link(text string, page int) string
}

// asPlain writes numbers in place of figures: small ones, since a large one that is
// no figure is a problem.
type asPlain struct{ form }

func (asPlain) figure(s spec, figure int) string { return fmt.Sprint(100 + s.value(figure)%900) }

// page writes the Markdown of one page: headings, paragraphs, lists, a table,
// links, ten figures.
func (s spec) page(n int, f form) []byte {
	if s.plain {
		f = asPlain{f}
	}
	w := &writer{spec: s, form: f, at: uint32(n)*2654435761 + 1}
	fmt.Fprintf(&w.b, "---\ntitle: %s\ndescription: %s\n---\n\n", w.title(n), w.sentence(12))
	w.prose(2)
	w.say("The year began with %s visits, and %s of them came from outside.", w.cite(n, 0), w.cite(n, 1))
	for section := range 4 {
		fmt.Fprintf(&w.b, "## %s\n\n", w.heading())
		w.prose(4)
		w.say("In this part there were %s visits in all, as %s shows.", w.cite(n, 2+section), w.form.link("another page", (n*7+section*13)%s.pages))
		if section%2 == 0 {
			w.list()
		}
		w.prose(4)
	}
	fmt.Fprintf(&w.b, "## %s\n\n| Place | Spring | Autumn |\n|---|---:|---:|\n", w.heading())
	fmt.Fprintf(&w.b, "| North | %s | %s |\n| South | %s | %s |\n\n", w.cite(n, 6), w.cite(n, 7), w.cite(n, 8), w.cite(n, 9))
	w.say("More stands in the [archive](https://example.org/archive) of the *whole* town, with **all** its places.")
	return w.b.Bytes()
}

// writer fills one page.
type writer struct {
	spec
	form
	b  bytes.Buffer
	at uint32
}

// next is a number that looks like chance and is always the same.
func (w *writer) next(n int) int {
	w.at = w.at*1664525 + 1013904223
	return int(w.at>>8) % n
}

func (w *writer) cite(page, place int) string {
	return w.form.figure(w.spec, w.cited(page, place))
}

func (w *writer) say(format string, args ...any) {
	fmt.Fprintf(&w.b, format+"\n\n", args...)
}

func (w *writer) word() string { return vocabulary[w.next(len(vocabulary))] }

func (w *writer) sentence(words int) string {
	var b strings.Builder
	for i := range words {
		word := w.word()
		if i == 0 {
			word = strings.ToUpper(word[:1]) + word[1:]
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	b.WriteByte('.')
	return b.String()
}

func (w *writer) prose(sentences int) {
	for i := range sentences {
		if i > 0 {
			w.b.WriteByte(' ')
		}
		w.b.WriteString(w.sentence(8 + w.next(8)))
	}
	w.b.WriteString("\n\n")
}

func (w *writer) list() {
	for range 4 {
		fmt.Fprintf(&w.b, "- %s\n", w.sentence(6))
	}
	w.b.WriteByte('\n')
}

func (w *writer) heading() string { return strings.TrimSuffix(w.sentence(3), ".") }

// title is one that no other page has, in words.
func (w *writer) title(n int) string {
	size := len(vocabulary)
	return fmt.Sprintf("About %s and %s with %s", vocabulary[n%size], vocabulary[n/size%size], vocabulary[n/size/size%size])
}

func slug(page int) string { return fmt.Sprintf("p%05d", page) }

// asBilanz is the form of this project.
type asBilanz struct{}

func (asBilanz) figure(s spec, figure int) string {
	return fmt.Sprintf("[%s](fig:%s)", grouped(s.value(figure)), figureID(figure))
}

func (asBilanz) link(text string, page int) string {
	return fmt.Sprintf("[%s](%s.md)", text, slug(page))
}

func (s spec) writeBilanz(dir string) error {
	files := map[string]string{
		"content/site.yaml": `title: {en: Bench}
languages: [en]
default: en
complete: [en]
base_url: "https://example.org/bench/"
edition: {id: "2024", label: {en: Annual results}}
contact: {name: "", email: ""}
legal: {imprint: "", privacy: "", accessibility: ""}
licence: ""
harmless: {en: []}
`,
		"content/figures/programme.yaml": `units:
  visits: {decimals: 0, en: {one: visit, other: visits}}
periods:
  year: {from: 2024-01-01, to: 2024-12-31, en: January to December 2024}
sources:
  counters: {label: {en: Counters at the doors}, as_of: 2025-01-07}
`,
		"content/en/index.md": "---\ntitle: Bench\ndescription: A site of many pages.\nnav: {order: 10}\n---\n\nA site of many pages, beginning with [the first](" + slug(0) + ".md).\n",
	}
	for area := range s.defined() / areaSize {
		var b strings.Builder
		b.WriteString("defaults: {unit: visits, period: year, source: counters}\n\nfigures:\n")
		for item := range areaSize {
			n := area*areaSize + item
			fmt.Fprintf(&b, "  %s: {value: %d, label: {en: Visits of %s}}\n", figureID(n), s.value(n), vocabulary[n%len(vocabulary)])
		}
		files[fmt.Sprintf("content/figures/area-%02d.yaml", area+1)] = b.String()
	}
	if err := writeAll(dir, files); err != nil {
		return err
	}
	return s.writePages(filepath.Join(dir, "content", "en"), asBilanz{})
}

func (s spec) writePages(dir string, f form) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for n := range s.pages {
		if err := writeFile(filepath.Join(dir, slug(n)+".md"), s.page(n, f)); err != nil {
			return err
		}
	}
	return nil
}

func writeAll(dir string, files map[string]string) error {
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := writeFile(path, []byte(text)); err != nil {
			return err
		}
	}
	return nil
}

// writeFile leaves a file alone that holds these bytes already: its time stays,
// as it would under the hands of an author.
func writeFile(path string, data []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
		return nil
	}
	return os.WriteFile(path, data, 0o644)
}

var vocabulary = strings.Fields(`
people places branches readers shelves rooms evenings mornings children parents
teachers windows gardens tables corners letters stories songs papers maps
journeys bridges rivers markets streets squares harbours stations meadows hills
open quiet bright early late small large common public local
gentle steady useful patient careful curious friendly modern simple lively
read write borrow return visit gather listen explain discover remember
follow carry collect arrange prepare compare describe improve support welcome
often always rarely together around beyond between during after before
with from into under over near across along without within
and or but because while although until unless whether where
every many several few another each both other such same
programme network season weekday holiday afternoon summer winter autumn spring
advice course workshop lecture reading concert exhibition debate project partner
building entrance counter catalogue archive collection volume section journal poster
coffee bread water light paper wood glass stone cloth colour
north south east west town village district county country region
`)
