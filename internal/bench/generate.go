package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// areaSize is how many figures a file holds.
const areaSize = 100

// A shape is what the pages of a site are like.
type shape int

const (
	simple  shape = iota // one folder; 4.4 kB a page: paragraphs, lists, a table, links
	varied               // two folders, each with an index of its pages; 5.3 kB: quotes and small numbers too
	inWords              // simple, with numbers in words that are no figures, and many figures they could be
	flat                 // simple, with figures whose ids have one part only
	cube                 // simple, with figures that are cells of one table of three dimensions
)

// spec says which site to make. Everything follows from it: the same spec gives
// the same bytes.
type spec struct {
	shape   shape
	pages   int
	figures int  // a multiple of areaSize
	plain   bool // the pages have plain numbers, and there are no figures
	bare    bool // the pages have plain numbers, though there are figures: each is looked at
	letters bool // and these have letters in place of digits, so nothing is looked at
	changed bool // one figure has another value
}

func (s spec) value(figure int) int {
	v := 1000 + figure*7919%899_001
	if v%100 == 0 { // round numbers are those of asWords
		v++
	}
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

func (s spec) figureID(figure int) string {
	switch s.shape {
	case flat:
		return fmt.Sprintf("item-%05d", figure)
	case cube:
		place, group, year := cell(figure)
		return fmt.Sprintf("cube.place-%d.group-%d.visits.%d", place, group, year)
	}
	return fmt.Sprintf("area-%02d.item-%02d", figure/areaSize+1, figure%areaSize)
}

// cell is where a figure stands in the table of a cube.
func cell(figure int) (place, group, year int) {
	return figure / 1000, figure / 20 % 50, 2001 + figure%20
}

// cubeFiles are a table of three dimensions, and what describes it.
func (s spec) cubeFiles() map[string]string {
	var b strings.Builder
	b.WriteString("Place,Group,Year,Visits\n")
	for figure := range s.figures {
		place, group, year := cell(figure)
		fmt.Fprintf(&b, "Place %d,Group %d,%d,%d\n", place, group, year, s.value(figure))
	}
	return map[string]string{"content/figures/cube.csv": b.String(), "content/figures/cube.yaml": `table: cube
label: {en: Visits}
rows: [Place, Group]
time: Year
columns: {Visits: {id: visits, label: {en: Visits}, unit: visits}}
source: counters
`}
}

// folders are those that pages lie in; none if they lie side by side at the top.
func (s spec) folders() []string {
	if s.shape == varied {
		return []string{"north", "south"}
	}
	return nil
}

// folder is the one that a page lies in, with a slash behind it.
func (s spec) folder(page int) string {
	all := s.folders()
	if all == nil {
		return ""
	}
	return all[page*len(all)/s.pages] + "/"
}

// address is where a page lies, in the content and on the site.
func (s spec) address(page int) string { return s.folder(page) + slug(page) }

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
	link(s spec, text string, from, to int) string
	indexed(page int) string // where the index of a folder finds a page
	index() string           // the name of the file with a folder's index
}

// asPlain writes numbers in place of figures: small ones, since a large one that is
// no figure is a problem.
type asPlain struct{ form }

func (asPlain) figure(s spec, figure int) string { return fmt.Sprint(100 + s.value(figure)%900) }

// asLetters writes the numbers of asPlain in as many letters.
type asLetters struct{ form }

func (l asLetters) figure(s spec, figure int) string {
	return strings.Map(func(digit rune) rune { return digit - '0' + 'a' }, asPlain(l).figure(s, figure))
}

// asWords writes roundings without a link in place of figures. Each is a warning, which
// names the figures that may have been meant; every second one is a rounding of none.
type asWords struct{ form }

func (asWords) figure(s spec, figure int) string {
	if figure%2 == 0 {
		return fmt.Sprintf("around %d.%d million", 1+figure%8, 1+figure%9)
	}
	return "more than " + grouped(s.value(figure)/100*100)
}

// page writes the Markdown of one page: headings, paragraphs, lists, a table,
// links, ten figures.
func (s spec) page(n int, f form) []byte {
	switch {
	case s.letters:
		f = asLetters{f}
	case s.plain, s.bare:
		f = asPlain{f}
	case s.shape == inWords:
		f = asWords{f}
	}
	w := &writer{spec: s, form: f, at: uint32(n)*2654435761 + 1}
	fmt.Fprintf(&w.b, "---\ntitle: %s\ndescription: %s\n---\n\n", w.title(n), w.sentence(12))
	if s.shape == varied {
		w.varied(n)
	} else {
		w.simple(n)
	}
	w.say("More stands in the [archive](https://example.org/archive) of the *whole* town, with **all** its places.")
	return w.b.Bytes()
}

func (w *writer) simple(n int) {
	w.prose(2)
	w.say("The year began with %s calls, and %s of them came from outside.", w.cite(n, 0), w.cite(n, 1))
	for section := range 4 {
		w.section()
		w.prose(4)
		w.say("In this part there were %s calls in all, as %s shows.",
			w.cite(n, 2+section), w.other(n, section))
		if section%2 == 0 {
			w.list(false)
		}
		w.prose(4)
	}
	w.section()
	w.say("| Place | Spring | Autumn |\n|---|---:|---:|\n| North | %s | %s |\n| South | %s | %s |",
		w.cite(n, 6), w.cite(n, 7), w.cite(n, 8), w.cite(n, 9))
}

func (w *writer) varied(n int) {
	w.prose(7)
	w.say("The year began with %s calls in %d rooms, and %s of them came from outside.",
		w.cite(n, 0), w.few(), w.cite(n, 1))
	for section := range 4 {
		w.section()
		w.prose(4)
		w.list(section%2 == 1)
		w.say("On %d days there were %s calls in all, as %s shows, and %d on the others.",
			w.few(), w.cite(n, 2+section), w.other(n, section), w.few())
		w.say("> %s\n>\n> %s", w.sentence(10), w.sentence(6))
		w.prose(3)
	}
	w.section()
	w.say("| Place | Rooms | Spring | Autumn |\n|---|---:|---:|---:|\n| North | %d | %s | %s |\n| South | %d | %s | %s |",
		w.few(), w.cite(n, 6), w.cite(n, 7), w.few(), w.cite(n, 8), w.cite(n, 9))
}

// index writes the page that lists all others of a folder.
func (s spec) index(folder string, f form) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "---\ntitle: All of the %s\ndescription: All pages of this folder.\n---\n\nThese are all.\n\n", folder)
	w := writer{}
	for n := range s.pages {
		if s.folder(n) == folder+"/" {
			fmt.Fprintf(&b, "- [%s](%s)\n", w.title(n), f.indexed(n))
		}
	}
	return b.Bytes()
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

// few is a number that every page may have without a figure.
func (w *writer) few() int { return 2 + w.next(97) }

// section begins a new one.
func (w *writer) section() { w.say("## %s", w.heading()) }

// other is a link to another page.
func (w *writer) other(page, place int) string {
	return w.form.link(w.spec, "another page", page, (page*7+place*13)%w.spec.pages)
}

func (w *writer) list(numbered bool) {
	for i := range 4 {
		mark := "-"
		if numbered {
			mark = strconv.Itoa(i+1) + "."
		}
		fmt.Fprintf(&w.b, "%s %s\n", mark, w.sentence(6))
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
	return fmt.Sprintf("[%s](fig:%s)", grouped(s.value(figure)), s.figureID(figure))
}

func (asBilanz) link(s spec, text string, from, to int) string {
	way := slug(to) + ".md"
	if s.folder(from) != s.folder(to) {
		way = "../" + s.folder(to) + way
	}
	return fmt.Sprintf("[%s](%s)", text, way)
}

func (asBilanz) indexed(page int) string { return slug(page) + ".md" }

func (asBilanz) index() string { return "index.md" }

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
		"content/en/index.md": "---\ntitle: Bench\ndescription: A site of many pages.\nnav: {order: 10}\n---\n\nA site of many pages, beginning with [the first](" + s.address(0) + ".md).\n",
	}
	areas := s.defined() / areaSize
	if s.shape == cube {
		maps.Copy(files, s.cubeFiles())
		areas = 0 // it has no other figures
	}
	for area := range areas {
		var b strings.Builder
		b.WriteString("defaults: {unit: visits, period: year, source: counters}\n\nfigures:\n")
		for item := range areaSize {
			n := area*areaSize + item
			fmt.Fprintf(&b, "  %s: {value: %d, label: {en: 'Visits of %s, place %d'}}\n", s.figureID(n), s.value(n),
				vocabulary[n%len(vocabulary)], n)
		}
		files[fmt.Sprintf("content/figures/area-%02d.yaml", area+1)] = b.String()
	}
	if err := writeAll(dir, files); err != nil {
		return err
	}
	return s.writePages(filepath.Join(dir, "content", "en"), asBilanz{})
}

func (s spec) writePages(dir string, f form) error {
	files := map[string]string{}
	for _, folder := range s.folders() {
		files[folder+"/"+f.index()] = string(s.index(folder, f))
	}
	if err := errors.Join(os.MkdirAll(dir, 0o755), writeAll(dir, files)); err != nil {
		return err
	}
	for n := range s.pages {
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(s.address(n))+".md"), s.page(n, f)); err != nil {
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
