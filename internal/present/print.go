package present

import (
	"html"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"bilanz/internal/data"
	"bilanz/internal/figure"
	"bilanz/internal/prose"
	"bilanz/internal/render"
	"bilanz/internal/site"
)

// The page that is made to be printed holds the whole result: the start page, the pages of
// the main menu in its order, all numbers. Nothing on it can be pressed, so numbers lead
// nowhere, and charts say their numbers in their names.

// MostPrinted is how many pages it holds: they are kept until all pages were read, and paper
// has an end.
const MostPrinted = 24

// PrintAt is its address.
func (in *Language) PrintAt() string { return in.root + "print/" }

// Printed are the pages that it holds, in their order. Pages in Leichte Sprache and for
// Gebärdensprache say again what others say.
func (in *Language) Printed() []*site.Page {
	pages := in.printable()
	return pages[:min(len(pages), MostPrinted)]
}

func (in *Language) printable() []*site.Page {
	var pages []*site.Page
	if start := in.Site.Start(in.Lang); start != nil {
		pages = append(pages, start)
	}
	for _, p := range in.inOrder {
		again := p.Front.Slot == "easy-read" || p.Front.Slot == "sign-language"
		if !again && !slices.Contains(pages, p) {
			pages = append(pages, p)
		}
	}
	return pages
}

// PrintID is the id of a page's place on it.
func PrintID(p *site.Page) string { return "page-" + strings.ReplaceAll(p.Name, "/", "--") }

// PrintSetting is how a page is written on it. The start page has no heading of its own
// there, all others stand below theirs.
func (in *Language) PrintSetting(p *site.Page, doc *prose.Document) *Setting {
	s := in.Setting(p, doc, in.PrintAt())
	s.Prefix, s.Apart, s.Cite, s.plain = PrintID(p)+"--", true, PlainNumber, true
	if p.Path != in.root {
		s.Deeper = 1
	}
	return s
}

// Print is that page, without the pages that it holds.
func (in *Language) Print(uses map[*figure.Figure][]data.Use) *render.Print {
	v := &render.Print{Head: in.ListHead("print/", in.Lang.Word("fact-sheet")), LeftOut: in.leftOut()}
	v.Description = in.Lang.Word("print-description", in.Site.Config.Title[in.Lang.Code])
	in.addNumbers(v, uses)
	return v
}

// addNumbers puts all numbers on it, with what rows refer to: sources by their places in a
// list, notes by letters. There are none where they are too many for one page of the site.
func (in *Language) addNumbers(v *render.Print, uses map[*figure.Figure][]data.Use) {
	if in.Split() {
		return
	}
	groups := in.Groups(uses)
	v.Sources = in.Sources(groups...)
	number := map[*figure.Source]string{}
	for _, g := range groups {
		group := render.PrintGroup{Title: g.Title}
		for _, f := range g.Figures {
			if number[f.Source] == "" {
				number[f.Source] = strconv.Itoa(len(number) + 1)
				v.Sources[len(number)-1].Short = number[f.Source]
			}
			if s := f.Series; s != nil && f.ID == s.ID {
				continue // the last of its times, which has a row of its own
			}
			e := in.entry(f, nil)
			group.Figures = append(group.Figures, render.PrintFigure{
				FigureEntry: e, Marks: remarked(v, remarksOn(e)), Source: number[f.Source],
			})
		}
		v.Groups = append(v.Groups, group)
	}
}

// remarksOn are the notes on a number, without the one on its source.
func remarksOn(e render.FigureEntry) []template.HTML {
	notes := e.Notes
	if e.SourceNote {
		notes = notes[:len(notes)-1]
	}
	if e.Discrepancy != "" {
		notes = append(slices.Clone(notes), e.Discrepancy)
	}
	return notes
}

// remarked lists notes, each once, and gives their letters.
func remarked(v *render.Print, notes []template.HTML) string {
	var letters []string
	for _, note := range notes {
		i := slices.Index(v.Remarks, note)
		if i < 0 {
			i = len(v.Remarks)
			v.Remarks = append(v.Remarks, note)
		}
		letters = append(letters, lettered(i))
	}
	return strings.Join(letters, ", ")
}

// lettered is a place in a list with letters, as browsers number one: a to z, aa, ab.
func lettered(i int) string {
	if i < 26 {
		return string(rune('a' + i))
	}
	return lettered(i/26-1) + lettered(i%26)
}

// leftOut says what is too much for it: pages, and numbers.
func (in *Language) leftOut() template.HTML {
	var all template.HTML
	if n := len(in.printable()) - MostPrinted; n > 0 {
		all += render.Paragraph(in.Lang.Word("print-pages-left-out", n))
	}
	if in.Split() {
		all += render.ParagraphTo(in.Lang.Word("print-numbers-left-out"),
			render.Rel(in.PrintAt(), in.FiguresAt()), in.Lang.Word("all-numbers"))
	}
	return all
}

// PrintChart is a chart on it: its picture has a name that holds its numbers, and the notes
// on its sources stand at the end, where the sources do.
func (in *Language) PrintChart(b *Block, s *Setting) render.Chart {
	v := in.Chart(b, s, s.level(b), false)
	name := in.Lang.Colon(b.Title, numbersOf(laid(b, in.Lang)))
	v.Wide, v.Narrow = calledIn(v.Wide, name), calledIn(v.Narrow, name)
	for _, f := range shown(b.Grid) {
		ofSource := in.Notes.html(f.Source.ID, SourceNote)
		v.Notes = slices.DeleteFunc(v.Notes, func(note template.HTML) bool { return note == ofSource })
	}
	return v
}

// PrintTable is a table on it.
func (in *Language) PrintTable(b *Block, s *Setting) *render.TableBlock {
	v := in.Table(b, s)
	v.CSV = render.Attached{}
	return v
}

// numbersOf says a table as one sentence.
func numbersOf(t laidTable) string {
	l := t.lang
	var lines []string
	lists := t.body
	if t.foot != nil {
		lists = append(slices.Clone(lists), *t.foot)
	}
	for _, line := range lists {
		var cells []string
		for i, f := range line.Figures {
			switch {
			case f == nil:
			case len(t.columns) > 1:
				cells = append(cells, t.columns[i]+" "+value(f, l))
			default:
				cells = append(cells, value(f, l))
			}
		}
		lines = append(lines, l.Colon(strings.Join(t.names(line), ", "), strings.Join(cells, ", ")))
	}
	return strings.Join(lines, l.Sign(";")+" ")
}

// nameless is where a picture says which elements name and describe it.
var nameless = regexp.MustCompile(`aria-labelledby="[^"]*" aria-describedby="[^"]*"`)

// calledIn gives a picture a name of its own.
func calledIn(svg template.HTML, name string) template.HTML {
	at := nameless.FindStringIndex(string(svg))
	if at == nil {
		return svg
	}
	return svg[:at[0]] + template.HTML(`aria-label="`+html.EscapeString(name)+`"`) + svg[at[1]:]
}
