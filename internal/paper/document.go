package main

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/compare"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

//go:embed approval.html approval.css pair.html
var own embed.FS

var layouts = template.Must(template.ParseFS(own, "*.html"))

// documentAt is where the document lies that is printed.
const documentAt = "approval/index.html"

// What a document shows at the most: more is named, and nobody reads it on paper.
const (
	mostPages    = 40
	mostFigures  = 150
	mostPassages = 200
	mostSpeaking = 80
	mostCharts   = 12
	mostAddress  = 60
	mostProblems = 60
	mostAlike    = 5 // problems of a kind
)

// document is what approval.html is filled with.
type document struct {
	*proposal
	inWords  *locale.Lang // of the site, in which labels are said
	Style    string       // address of the site's style sheet
	Now, Was string       // what is proposed, and what it is compared with
	Counts   []count
	Figures  []figureRow
	Texts    []pageText
	Speaking []speaking
	Charts   []chartPair
	New      []changedPage
	Gone     []string
	Problems []problem
	Waits    []problem
	Held     string // until when the site is not to be published; "" for no such moment
	Pages    []shownPage
	Made     []changedPage // that are made of figures, and repeat them
	LeftOut  []string      // sentences
}

type count struct{ Text, To string }

type figureRow struct {
	Label, About, What, Old, New, Jump string
	Signed                             bool
}

type pageText struct {
	changedPage
	Passages []passage
}

// speaking is a sentence that stays as it is and speaks about figures that do not.
type speaking struct{ Page, Text, Of string }

type chartPair struct{ Title, Old, New string }

// problem is what is not in order, or what somebody signed for.
type problem struct {
	Text, Where, Until, Reason string
	More                       int // that somebody signed for with the same words
}

type shownPage struct {
	changedPage
	Anchor string // "page-3"
	Class  string // of its body
	Body   template.HTML
}

// Say gives a sentence in the language of whoever decides.
func (d *document) Say(en, de string, args ...any) string { return d.say(en, de, args...) }

// Lang is the code of that language.
func (d *document) Lang() string { return d.lang.Code }

// Title is the name of the site.
func (d *document) Title() string {
	titles := d.now.Site.Config.Title
	if title := titles[d.lang.Code]; title != "" {
		return title
	}
	return titles[d.now.Site.Config.Default.Code]
}

// Nothing reports whether the proposal changes nothing.
func (d *document) Nothing() bool { return len(d.pages)+len(d.changes.Figures)+len(d.Gone) == 0 }

// add puts the document on the shelf.
func (s *shelf) add(p *proposal, left gaps) error {
	d := newDocument(p, left)
	var html bytes.Buffer
	if err := layouts.ExecuteTemplate(&html, "approval.html", d); err != nil {
		return err
	}
	css, err := own.ReadFile("approval.css")
	if err != nil {
		return err
	}
	s.put(documentAt, html.Bytes())
	s.put("approval/approval.css", append(css, d.runningTitles()...))
	return nil
}

func newDocument(p *proposal, left gaps) *document {
	d := &document{proposal: p, inWords: p.now.Site.Config.Default}
	if l := langOf(p.now.Site.Config, p.lang.Code); l.Code == p.lang.Code {
		d.inWords = l
	}
	index, _ := p.now.site.File("index.html")
	d.Style = "/new/" + between(string(index), `<link rel="stylesheet" href="`, `"`)
	d.Now, d.Was = p.named(p.now), p.named(p.old)
	d.figures()
	d.texts()
	d.sentences()
	d.charts()
	d.addresses()
	d.open()
	d.show()
	if !p.old.Written {
		d.LeftOut = append(d.LeftOut, d.say("The state before has problems, so not all of what changed may be found.",
			"Der Stand davor hat Probleme; vielleicht fehlt deshalb etwas von dem, was sich geändert hat."))
	}
	if n := len(left.none); n > 0 {
		d.leave(n, "changed pages without a picture in pictures/", "geänderte Seiten ohne Bild in pictures/",
			left.none...)
	}
	if n := len(left.cut); n > 0 {
		d.leave(n, "pages whose picture shows only their beginning", "Seiten, deren Bild nur den Anfang zeigt",
			left.cut...)
	}
	d.count()
	return d
}

// named says which state it is.
func (p *proposal) named(s state) string {
	if s.day.IsZero() && s.files == nil {
		return p.say("%s, with changes that are not committed",
			"%s, mit Änderungen, die noch nicht festgehalten sind", s.name)
	}
	if s.day.IsZero() {
		return s.name
	}
	return p.say("%s (%s)", "%s (%s)", p.lang.Date(s.day), s.name)
}

// leave notes what is not shown, and names some of the pages.
func (d *document) leave(n int, en, de string, pages ...changedPage) {
	line := fmt.Sprintf("%s: %d", d.say(en, de), n)
	if len(pages) > 0 {
		line += " (" + pathsOf(pages) + ")"
	}
	d.LeftOut = append(d.LeftOut, line)
}

// first cuts a list where it is too long, and notes what is not shown.
func first[T any](d *document, all []T, most int, en, de string) []T {
	if len(all) <= most {
		return all
	}
	d.leave(len(all)-most, en, de)
	return all[:most]
}

// figures lists what becomes of figures.
func (d *document) figures() {
	var said struct {
		Figures []struct {
			Label, Change, Before, Now string
			Facts                      []struct {
				Name        compare.Name
				Before, Now string
			}
		}
	}
	if err := json.Unmarshal(d.changes.JSON(d.lang.Code), &said); err != nil {
		panic(err) // it is our own
	}
	for i, f := range said.Figures {
		change := &d.changes.Figures[i]
		row := figureRow{Label: f.Label, Old: f.Before, New: f.Now}
		if known := d.figure(change.ID()); known != nil {
			row.About = d.about(known)
			if known.Parent != nil || known.Cell != nil {
				row.Label = known.Full(d.inWords)
			}
		}
		switch f.Change {
		case "new":
			row.What = d.say("new", "neu")
			d.Figures = append(d.Figures, row)
			continue
		case "gone":
			row.What = d.say("gone", "entfällt")
			d.Figures = append(d.Figures, row)
			continue
		}
		if change.Jump != compare.NoJump {
			row.Jump, row.Signed = change.Jump.In(d.lang.Code), change.Confirmed
		}
		for _, fact := range f.Facts {
			row.What, row.Old, row.New = "", fact.Before, fact.Now
			if fact.Name != compare.Value {
				row.What = fact.Name.In(d.lang.Code)
			}
			d.Figures = append(d.Figures, row)
			row.Jump = ""
		}
	}
	d.Figures = first(d, d.Figures, mostFigures, "further rows of figures", "weitere Zeilen mit Kennzahlen")
}

// figure is a figure as it is now, or was; nil for none.
func (d *document) figure(id string) *figure.Figure {
	for _, set := range []*figure.Set{d.now.Set, d.old.Set} {
		if f, ok := set.Lookup(id); ok {
			return f
		}
	}
	return nil
}

// about says of which unit and time a figure is.
func (d *document) about(f *figure.Figure) string {
	when := f.AsOf.In(d.lang)
	if f.Period != nil {
		when = f.Period.Label.In(d.lang.Code)
	}
	unit := f.Unit.Other.In(d.lang.Code)
	return strings.Trim(unit+" · "+when, " ·")
}

// texts lists what reads otherwise on pages that people write.
func (d *document) texts() {
	room, left := mostPassages, 0
	for _, p := range d.pages {
		if !p.written || p.change != reads {
			continue
		}
		all := changedPassages(passagesOf(mainOf(p.old)), passagesOf(mainOf(p.now)))
		if len(all) == 0 {
			continue
		}
		shown := all[:min(len(all), room)]
		room, left = room-len(shown), left+len(all)-len(shown)
		if len(shown) > 0 {
			d.Texts = append(d.Texts, pageText{p, shown})
		}
	}
	if left > 0 {
		d.leave(left, "further places that read otherwise", "weitere Stellen, an denen etwas anderes steht")
	}
}

// sentences lists those that stay and speak about, or rest on, figures that do not.
func (d *document) sentences() {
	for i := range d.changes.Places {
		c := &d.changes.Places[i]
		stays := c.Old != nil && c.New != nil && c.Old.Text == c.New.Text
		if !stays || !slices.Contains([]string{"sentence", "title", "description", "note"}, c.New.Kind) {
			continue
		}
		var of []string
		for _, o := range c.Of {
			if f := d.figure(o.ID); f != nil && !slices.Contains(of, f.Full(d.inWords)) {
				of = append(of, f.Full(d.inWords))
			}
		}
		d.Speaking = append(d.Speaking, speaking{c.New.Title, c.New.Text, strings.Join(of, ", ")})
	}
	d.Speaking = first(d, d.Speaking, mostSpeaking, "further sentences that stay as they are",
		"weitere Sätze, die bleiben, wie sie sind")
}

// charts finds the drawings that differ, in the language of whoever decides, or else in the
// first one.
func (d *document) charts() {
	root := d.now.Site.Config.Root(d.inWords)
	for _, name := range d.now.site.Paths() {
		if path.Dir(name) != path.Clean(root+"charts") || path.Ext(name) != ".svg" {
			continue
		}
		old, was := d.old.site.File(name)
		now, _ := d.now.site.File(name)
		if was && bytes.Equal(old, now) {
			continue
		}
		html, _ := d.now.site.File(strings.TrimSuffix(name, ".svg") + "/index.html")
		pair := chartPair{Title: titleOf(string(html)), New: "/new/" + name}
		if was {
			pair.Old = "/old/" + name
		}
		d.Charts = append(d.Charts, pair)
	}
	d.Charts = first(d, d.Charts, mostCharts, "further charts", "weitere Diagramme")
}

// addresses lists the pages that are new, and the addresses that lead nowhere any more.
func (d *document) addresses() {
	for _, p := range d.pages {
		if p.change == added {
			d.New = append(d.New, p)
		}
	}
	d.New = first(d, d.New, mostAddress, "further new pages", "weitere neue Seiten")
	for _, address := range d.changes.Gone {
		d.Gone = append(d.Gone, "/"+address)
	}
	d.Gone = first(d, d.Gone, mostAddress, "further addresses that lead nowhere",
		"weitere Adressen, unter denen nichts mehr steht")
}

// open lists what is not in order, and what somebody signed for.
func (d *document) open() {
	alike := map[string]int{}
	for _, found := range d.now.Diagnostics {
		p := problem{Text: sentence(found.Text.In(d.lang.Code)), Where: cmp.Or(found.Page, found.Place.Path)}
		switch w := found.Waiver; {
		case found.Code == "base-url-missing": // it is about this machine
		case w != nil:
			p.Until, p.Reason = d.day(w.Until), w.Reason+" ("+w.Role+")"
			d.wait(p)
		case alike[found.Code] < mostAlike:
			d.Problems = append(d.Problems, p)
			fallthrough
		default:
			alike[found.Code]++
		}
	}
	for _, code := range slices.Sorted(maps.Keys(alike)) {
		if more := alike[code] - mostAlike; more > 0 {
			d.leave(more, "further open points of the kind "+code, "weitere offene Punkte der Art "+code)
		}
	}
	d.Problems = first(d, d.Problems, mostProblems, "further open points", "weitere offene Punkte")
	d.Waits = first(d, d.Waits, mostProblems, "further points that wait", "weitere Punkte, die warten")
	d.Held = d.now.Site.Config.Release.In(d.lang.Code)
}

// wait adds what somebody signed for, once where many wait for one reason.
func (d *document) wait(p problem) {
	for i := range d.Waits {
		if w := &d.Waits[i]; w.Until == p.Until && w.Reason == p.Reason && w.Where == p.Where {
			w.More++
			return
		}
	}
	d.Waits = append(d.Waits, p)
}

// shown are the pages of which there are pictures: those that read or look otherwise. Of those
// whose frame alone is another the first is, where no other page of its language shows it.
func (p *proposal) shown() []changedPage {
	var all []changedPage
	seen := map[string]bool{}
	for _, page := range p.pages {
		seen[page.lang.Code] = seen[page.lang.Code] || page.change != frame && page.change != gone
	}
	for _, page := range p.pages {
		if page.change != frame || !seen[page.lang.Code] {
			all = append(all, page)
			seen[page.lang.Code] = true
		}
	}
	return all
}

// show puts the pages that people write into the document, as they would be, or else those
// that are made.
func (d *document) show() {
	var pages []changedPage
	for _, p := range d.shown() {
		switch {
		case p.change == gone:
		case p.written:
			pages = append(pages, p)
		default:
			d.Made = append(d.Made, p)
		}
	}
	if len(pages) == 0 {
		pages, d.Made = d.Made, nil
	}
	if framed := len(d.pages) - len(d.shown()); framed > 0 {
		d.leave(framed, "further pages on which only header, menu or footer differ",
			"weitere Seiten, auf denen nur Kopf, Menü oder Fuß anders sind")
	}
	if len(pages) > mostPages {
		d.leave(len(pages)-mostPages, "changed pages that are not printed here",
			"geänderte Seiten, die hier nicht abgedruckt sind", pages[mostPages:]...)
		pages = pages[:mostPages]
	}
	anchors := map[string]string{}
	for i, p := range pages {
		anchors[p.path] = fmt.Sprintf("page-%d", i+1)
	}
	for _, p := range pages {
		d.Pages = append(d.Pages, shownPage{
			changedPage: p, Anchor: anchors[p.path], Class: between(p.now, `<body class="`, `"`),
			Body: template.HTML(d.marked(moved(mainOf(p.now), p.path, anchors, d.base))),
		})
	}
}

// pathsOf names the first of many pages.
func pathsOf(pages []changedPage) string {
	const most = 20
	var paths []string
	for _, p := range pages[:min(len(pages), most)] {
		paths = append(paths, "/"+p.path)
	}
	if len(pages) > most {
		paths = append(paths, "…")
	}
	return strings.Join(paths, ", ")
}

// count says how many of each there are.
func (d *document) count() {
	texts, looks := 0, 0
	for _, t := range d.Texts {
		texts += len(t.Passages)
	}
	for _, p := range d.pages {
		if p.change == styled {
			looks++
		}
	}
	for _, c := range []struct {
		n         int
		text, one diag.Text
		to        string
	}{
		{len(d.Figures), diag.Say("%d changes of figures", "%d Änderungen an Kennzahlen", len(d.Figures)),
			diag.Say("1 change of a figure", "1 Änderung an einer Kennzahl"), "figures"},
		{texts, diag.Say("%d places that read otherwise", "%d Stellen, an denen etwas anderes steht", texts),
			diag.Say("1 place that reads otherwise", "1 Stelle, an der etwas anderes steht"), "texts"},
		{len(d.Speaking), diag.Say("%d sentences about changed figures that stay as they are",
			"%d Sätze über geänderte Kennzahlen, die bleiben, wie sie sind", len(d.Speaking)),
			diag.Say("1 sentence about a changed figure that stays as it is",
				"1 Satz über eine geänderte Kennzahl, der bleibt, wie er ist"), "speaking"},
		{len(d.Charts), diag.Say("%d charts with another picture", "%d Diagramme mit anderem Bild", len(d.Charts)),
			diag.Say("1 chart with another picture", "1 Diagramm mit anderem Bild"), "charts"},
		{looks, diag.Say("%d pages that only look otherwise", "%d Seiten, die nur anders aussehen", looks),
			diag.Say("1 page that only looks otherwise", "1 Seite, die nur anders aussieht"), "page-1"},
		{len(d.New), diag.Say("%d new pages", "%d neue Seiten", len(d.New)), diag.Say("1 new page", "1 neue Seite"),
			"addresses"},
		{len(d.Gone), diag.Say("%d addresses that lead nowhere any more", "%d Adressen, unter denen nichts mehr steht",
			len(d.Gone)), diag.Say("1 address that leads nowhere any more", "1 Adresse, unter der nichts mehr steht"),
			"addresses"},
		{len(d.Problems), diag.Say("%d open points", "%d offene Punkte", len(d.Problems)),
			diag.Say("1 open point", "1 offener Punkt"), "open"},
		{len(d.Waits), diag.Say("%d points that wait", "%d Punkte, die warten", len(d.Waits)),
			diag.Say("1 point that waits", "1 Punkt, der wartet"), "open"},
	} {
		switch c.n {
		case 0:
		case 1:
			d.Counts = append(d.Counts, count{c.one.In(d.lang.Code), c.to})
		default:
			d.Counts = append(d.Counts, count{c.text.In(d.lang.Code), c.to})
		}
	}
}

// runningTitles are the style of the sheets of each page: what stands at their top.
func (d *document) runningTitles() []byte {
	var css strings.Builder
	for _, p := range d.Pages {
		fmt.Fprintf(&css, "@page %s { @top-left { content: %s } @top-right { content: %s } }\n#%s { page: %s }\n",
			p.Anchor, quoted(p.title), quoted("/"+p.path), p.Anchor, p.Anchor)
	}
	return []byte(css.String())
}

// quoted is a text as CSS has it, in which no sign means anything.
func quoted(text string) string {
	var css strings.Builder
	css.WriteByte('"')
	for _, r := range text {
		if r < ' ' || r == '"' || r == '\\' || r == '<' || r == '>' {
			fmt.Fprintf(&css, `\%x `, r)
			continue
		}
		css.WriteRune(r)
	}
	css.WriteByte('"')
	return css.String()
}

// sentence begins a text with a capital letter.
func sentence(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

// day writes a date as people do.
func (d *document) day(date string) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return d.lang.Date(day)
}

// Mark says what becomes of the page.
func (p shownPage) Mark(d *document) string {
	switch p.change {
	case added:
		return d.say("New page", "Neue Seite")
	case styled:
		return d.say("Page with another look", "Seite, die anders aussieht")
	case frame:
		return d.say("Page whose header, menu or footer differ", "Seite, auf der Kopf, Menü oder Fuß anders sind")
	}
	return d.say("Page as it would be", "Seite, wie sie wäre")
}

// Title, Path and Lang are for the layout.
func (p changedPage) Title() string { return p.title }

// Path is its address below the site's root.
func (p changedPage) Path() string { return p.path }

// Lang is the language of the page.
func (p changedPage) Lang() *locale.Lang { return p.lang }
