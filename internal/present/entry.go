package present

import (
	"html/template"
	"math/big"
	"strings"

	"bilanz/internal/data"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/render"
)

// mostUses is how many uses of a figure are listed.
const mostUses = 20

// ListHead is the head of a page that lists figures, at the same address below the
// start page of each language.
func (in *Language) ListHead(below, title string) render.Head {
	return in.head(below, title, "figures-description")
}

// SearchHead is the head of the page of the search.
func (in *Language) SearchHead() render.Head {
	return in.head("search/", in.Lang.Word("search"), "search-description")
}

// head is that of a page which the build makes in every language.
func (in *Language) head(below, title, description string) render.Head {
	c := in.Site.Config
	h := render.Head{
		Path: in.Root() + below, Title: title,
		Description: in.Lang.Word(description, c.Title[in.Lang.Code]),
	}
	for _, l := range c.Langs {
		h.Alternates = append(h.Alternates, render.Alternate{
			Code: l.Code, Name: l.Name, To: c.Root(l) + below, Self: l == in.Lang, Default: l == c.Default,
			Locale: l.Locale(),
		})
	}
	return h
}

// inAuthorsOrder puts figures in the order of their ids, but parts behind their whole
// and the cells of a table in the order that their file gives them, those of one row and
// column at several times one after the other.
func inAuthorsOrder(figures []*figure.Figure) []*figure.Figure {
	all := make([]*figure.Figure, 0, len(figures))
	tables, latest := map[*figure.Table]bool{}, latestOf(figures)
	var add func(f *figure.Figure)
	add = func(f *figure.Figure) {
		all = append(all, f)
		for _, part := range f.Parts {
			add(part)
		}
	}
	for _, f := range figures {
		switch {
		case f.Parent != nil:
		case f.Cell == nil:
			add(f)
		case !tables[f.Cell.Table]:
			tables[f.Cell.Table] = true
			all = append(all, cells(f.Cell.Table, latest)...)
		}
	}
	return all
}

// latestOf gives the figures of series of tables, which stand for their latest times.
func latestOf(figures []*figure.Figure) map[*figure.Series]*figure.Figure {
	latest := map[*figure.Series]*figure.Figure{}
	for _, f := range figures {
		if f.Cell != nil && f.Series != nil && f.Date.IsZero() {
			latest[f.Series] = f
		}
	}
	return latest
}

// cells lists the figures of a table.
func cells(t *figure.Table, latest map[*figure.Series]*figure.Figure) (all []*figure.Figure) {
	met := map[*figure.Series]bool{}
	for _, line := range t.Lines {
		for _, f := range line.Figures {
			switch {
			case f == nil || met[f.Series]:
			case f.Series == nil:
				all = append(all, f)
			default:
				met[f.Series] = true
				all = append(append(all, latest[f.Series]), f.Series.Points...)
			}
		}
	}
	return all
}

// groupTitle names the figures whose ids begin alike: as their author did, or else
// by the word itself.
func (in *Language) groupTitle(name string) string {
	if title, ok := in.Figures.Group(name); ok && title[in.Lang.Code] != "" {
		return title[in.Lang.Code]
	}
	return upperFirst(strings.ReplaceAll(name, "-", " "))
}

// Entries are figures on the figures pages, each with the pages and blocks that show
// it.
func (in *Language) Entries(
	figures []*figure.Figure, uses map[*figure.Figure][]data.Use, pictures map[*figure.Figure]string,
) []render.FigureEntry {
	var all []render.FigureEntry
	for _, f := range figures {
		e := in.entry(f, uses[f])
		e.Cite, e.Picture = in.citation(f), pictures[f]
		all = append(all, e)
	}
	return all
}

// entry is all that is known of a figure.
func (in *Language) entry(f *figure.Figure, uses []data.Use) render.FigureEntry {
	when, stock := when(f, in.Lang)
	if stock {
		when = asOf(f.AsOf, in.Lang)
	}
	e := render.FigureEntry{
		ID: f.ID, Formerly: f.Formerly, Depth: depth(f), Label: label(f, in.Lang),
		Value: printed(f, in.Lang), Missing: f.Value.Number == nil, Unit: unit(f, in.Lang), When: when, Stock: stock,
		Source: f.Source.Label[in.Lang.Code], Short: in.shorts[f.Source], Inferred: f.Inferred,
		Status: in.Lang.Word("status-" + string(f.Status)), Settled: f.Status == figure.Final,
		Discrepancy: in.Notes.html(f.ID, Discrepancy), Formula: in.formula(f),
		Explained: in.Explained[f.Explained()], Edit: in.Site.Config.EditAt(f.ValueAt),
	}
	if f.Unit.IsPercent() && !e.Missing {
		e.Unit = "" // its sign stands behind the value
	}
	if f.Source.AsOf != (figure.AsOf{}) {
		e.SourceDate = asOf(f.Source.AsOf, in.Lang)
	}
	e.Notes = append(in.entryNotes(f), mixed(f, in.Lang)...)
	if note := in.Notes[PassageKey{f.Source.ID, SourceNote}]; note != "" {
		e.Notes, e.SourceNote = append(e.Notes, note), true
	}
	for _, c := range in.Figures.CheckedBy(f) {
		e.Checks = append(e.Checks, in.check(f, c))
	}
	for _, p := range f.Parts {
		e.Parts = append(e.Parts, part(p, in.Lang))
	}
	if len(f.Parts) > 0 {
		e.PartsAre = partsAre(f, in.Lang)
	}
	if f.Parent != nil {
		e.PartOf = part(f.Parent, in.Lang)
	}
	e.Uses, e.MoreUses = in.useLinks(uses)
	return e
}

// depth is how many wholes a figure is a part of, one in the other.
func depth(f *figure.Figure) (n int) {
	for f = f.Parent; f != nil; f = f.Parent {
		n++
	}
	return n
}

// Sources lists the sources of groups of figures in the order in which they occur.
func (in *Language) Sources(groups ...Group) (all []render.FigureSource) {
	met := map[*figure.Source]bool{}
	for _, g := range groups {
		for _, f := range g.Figures {
			if met[f.Source] {
				continue
			}
			met[f.Source] = true
			all = append(all, render.FigureSource{
				Short: in.shorts[f.Source], Name: render.Whole(source(f, in.Lang)),
				Note: in.Notes.html(f.Source.ID, SourceNote),
			})
		}
	}
	return all
}

// label names a figure without the page around it: a part with its whole.
func label(f *figure.Figure, l *locale.Lang) string { return f.Label[l.Code] }

func value(f *figure.Figure, l *locale.Lang) string {
	return figure.Ref{Figure: f, Option: figure.Plain}.Text(l)
}

// printed is it among the words of a page. Where those are read from right to left, a mark that
// nobody sees keeps a minus before its digits.
func printed(f *figure.Figure, l *locale.Lang) string { return minusFirst(value(f, l), l) }

func minusFirst(text string, l *locale.Lang) string {
	if !strings.Contains(text, "\u2212") || l.Dir() == "ltr" {
		return text
	}
	return strings.ReplaceAll(text, "\u2212", "\u200e\u2212")
}

func part(f *figure.Figure, l *locale.Lang) render.FigurePart {
	return render.FigurePart{Label: label(f, l), Value: printed(f, l), Href: "#" + f.ID}
}

func partsAre(f *figure.Figure, l *locale.Lang) string {
	switch {
	case f.PartsAre != figure.Complete:
		return l.Word("parts-" + strings.ReplaceAll(string(f.PartsAre), " ", "-"))
	case f.Misses:
		return l.Word("parts-rounded")
	case !f.SumChecked:
		return l.Word("parts-not-checked")
	case f.Discrepancy != nil:
		return l.Word("parts-discrepant")
	}
	return l.Word("parts-complete")
}

func (in *Language) entryNotes(f *figure.Figure) []template.HTML {
	var notes []template.HTML
	ids := []PassageKey{{f.ID, Note}}
	if f.Footnote != nil {
		ids = append(ids, PassageKey{f.Footnote.ID, Footnote})
	}
	for _, id := range ids {
		if note := in.Notes[id]; note != "" {
			notes = append(notes, note)
		}
	}
	return notes
}

// formula says in words how a figure is calculated.
func (in *Language) formula(f *figure.Figure) template.HTML {
	return in.statement(f, f.Formula, f.Inputs)
}

// check says in words what holds of a figure and others, and why where the author
// said so.
func (in *Language) check(f *figure.Figure, c figure.Check) template.HTML {
	holds := in.statement(f, c.Statement, c.Figures)
	if because := in.Notes.html(c.At.String(), Because); because != "" {
		holds += ". " + because
	}
	return holds
}

// statement writes what an author wrote with ids, in the entry of a figure, with
// the labels of the figures that it is about, each a link to its own entry.
func (in *Language) statement(from *figure.Figure, text string, about []*figure.Figure) template.HTML {
	var b strings.Builder
	for i, word := range strings.Fields(spaced(text)) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(string(in.word(from, word, about)))
	}
	return template.HTML(b.String())
}

// spaced parts the signs of a statement that may stand without spaces around them.
// Hyphens are parts of ids: a minus has its spaces already.
func spaced(statement string) string {
	statement = strings.NewReplacer("<=", " ≤ ", ">=", " ≥ ", "<", " < ", ">", " > ", "=", " = ", "*", " × ", "/", " ÷ ", "+", " + ").Replace(statement)
	return strings.ReplaceAll(statement, " - ", " − ")
}

// word writes one id, number or sign of a statement; brackets stay at its ends.
func (in *Language) word(from *figure.Figure, word string, about []*figure.Figure) template.HTML {
	id := strings.Trim(word, "()")
	before, after, _ := strings.Cut(word, id)
	for _, other := range about {
		if other.ID == id {
			return render.Text(before) + in.entryLink(from, other, about) + render.Text(after)
		}
	}
	if n, ok := new(big.Rat).SetString(id); ok {
		_, decimals, _ := strings.Cut(id, ".")
		return render.Text(before + in.Lang.Number(n, len(decimals)) + after)
	}
	if word == "fits" {
		word = in.Lang.Word("check-fits")
	}
	return render.Text(word)
}

// entryLink names a figure in the entry of another, and links to it.
func (in *Language) entryLink(from, f *figure.Figure, about []*figure.Figure) template.HTML {
	if f == from {
		return render.Text(fullName(f, in.Lang))
	}
	page, _, _ := strings.Cut(in.figureAddress(from), "#")
	other, _, _ := strings.Cut(in.figureAddress(f), "#")
	href := "#" + f.ID
	if other != page {
		href = render.Rel(page, in.figureAddress(f))
	}
	return render.Anchor(href, in.nameAmong(f, about), "")
}

// nameAmong names a figure among those of a statement: a part with its whole,
// and where they are of several groups with its group, because "Visits = Visits"
// tells nobody what was compared.
func (in *Language) nameAmong(f *figure.Figure, about []*figure.Figure) string {
	name := fullName(f, in.Lang)
	for _, other := range about {
		if firstPart(other.ID) != firstPart(f.ID) {
			return in.Lang.Colon(in.groupTitle(firstPart(f.ID)), name)
		}
	}
	return name
}

func fullName(f *figure.Figure, l *locale.Lang) string {
	if f.Parent != nil {
		return l.Colon(label(f.Parent, l), label(f, l))
	}
	return label(f, l)
}

// useLinks leads to where a figure stands, and says how many more there are.
func (in *Language) useLinks(uses []data.Use) (links []render.Link, more string) {
	beyond := 0
	for _, u := range uses {
		link, ok := in.useLink(u)
		switch {
		case !ok:
		case len(links) < mostUses:
			links = append(links, link)
		default:
			beyond++
		}
	}
	if beyond > 0 {
		more = in.Lang.Word("more-uses", beyond)
	}
	return links, more
}

// useLink leads to where a figure stands, for readers of one language.
func (in *Language) useLink(u data.Use) (render.Link, bool) {
	p := in.Site.At(u.Page)
	if p == nil || p.Lang != in.Lang {
		return render.Link{}, false
	}
	link := linkTo(p)
	if u.Block == "" {
		return link, true
	}
	for _, s := range p.Seen.Blocks {
		if s.Name() == u.Block {
			link.Text = in.Lang.Colon(link.Text, s.Title)
			link.To += "#" + s.ID
			return link, s.ID != ""
		}
	}
	return link, false
}
