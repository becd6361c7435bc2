package build

import (
	"html/template"
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/audit"
	"bilanz/internal/data"
	"bilanz/internal/figure"
	"bilanz/internal/prose"
	"bilanz/internal/render"
)

const (
	// mostOnOnePage is how many figures one page may list; above it there is a
	// page for each first part of the ids.
	mostOnOnePage = 300
	// mostUses is how many uses of a figure are listed.
	mostUses = 20
)

func (b *builder) figuresRoot(t *tongue) string { return t.root + "figures/" }

// figureAddress is where a figure stands on the figures pages.
func (t *tongue) figureAddress(f *figure.Figure) string {
	if t.split {
		return t.root + "figures/" + firstPart(f.ID) + "/#" + f.ID
	}
	return t.root + "figures/#" + f.ID
}

// firstPart is what groups figures: "visits" of "visits.total.central".
func firstPart(id string) string {
	first, _, _ := strings.Cut(id, ".")
	return first
}

// figuresPages writes the page of all figures of a language; above three hundred,
// one page for each group and one that lists the groups.
func (b *builder) figuresPages(t *tongue, uses map[*figure.Figure][]data.Use) {
	groups := map[string][]*figure.Figure{}
	for _, f := range inAuthorsOrder(b.figures.All()) {
		groups[firstPart(f.ID)] = append(groups[firstPart(f.ID)], f)
	}
	names := sortedKeys(groups)
	all := make([]render.FigureGroup, len(names))
	b.each(len(names), func(i int) {
		name := names[i]
		group := render.FigureGroup{ID: "group-" + name, Title: t.groupTitle(name)}
		if t.split {
			group.To = t.root + "figures/" + name + "/"
			group.Count = t.lang.Word("figures-count", len(groups[name]))
			b.figuresPage(t, group, groups[name], uses)
		} else {
			group.Figures = b.entries(t, groups[name], uses)
		}
		all[i] = group
	})
	v := &render.Figures{
		Head:  b.listHead(t, t.root+"figures/", "figures/", t.lang.Word("all-numbers")),
		Intro: "<p>" + render.Text(t.lang.Word("figures-intro")) + "</p>", Groups: all,
	}
	out := buffer()
	defer buffers.Put(out)
	b.fail(t.frame.Figures(out, v))
	b.finishPage(v.Path+"index.html", out, audit.Options{})
}

// figuresPage writes the page of one group.
func (b *builder) figuresPage(t *tongue, group render.FigureGroup, figures []*figure.Figure, uses map[*figure.Figure][]data.Use) {
	v := &render.Figures{Head: b.listHead(t, group.To, strings.TrimPrefix(group.To, t.root), t.lang.Word("figures-of", group.Title))}
	v.Crumbs = append(v.Crumbs, render.Link{Text: t.lang.Word("all-numbers"), To: t.root + "figures/"})
	group.To, group.Count = "", ""
	group.Figures = b.entries(t, figures, uses)
	v.Groups = []render.FigureGroup{group}
	out := buffer()
	defer buffers.Put(out)
	b.fail(t.frame.Figures(out, v))
	b.finishPage(v.Path+"index.html", out, audit.Options{})
}

func (b *builder) listHead(t *tongue, path, below, title string) render.Head {
	h := render.Head{Path: path, Title: title, Description: t.lang.Word("figures-description", b.config.Title[t.lang.Code])}
	h.Card = b.listCard(t, path, title, h.Description)
	for _, l := range b.config.Langs {
		h.Alternates = append(h.Alternates, render.Alternate{
			Code: l.Code, Name: l.Name, To: b.config.Root(l) + below, Self: l == t.lang, Default: l == b.config.Default,
		})
	}
	return h
}

// inAuthorsOrder puts figures in the order of their ids, but parts behind their whole
// and the cells of a table in the order that their file gives them.
func inAuthorsOrder(figures []*figure.Figure) []*figure.Figure {
	all := make([]*figure.Figure, 0, len(figures))
	tables := map[*figure.Table]bool{}
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
			for _, line := range f.Cell.Table.Lines {
				all = append(all, slices.DeleteFunc(slices.Clone(line.Figures), func(f *figure.Figure) bool { return f == nil })...)
			}
		}
	}
	return all
}

// groupTitle names the figures whose ids begin alike: as their author did, or else
// by the word itself.
func (t *tongue) groupTitle(name string) string {
	if title, ok := t.context.Figures.Group(name); ok && title[t.lang.Code] != "" {
		return title[t.lang.Code]
	}
	return upperFirst(strings.ReplaceAll(name, "-", " "))
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func (b *builder) entries(t *tongue, figures []*figure.Figure, uses map[*figure.Figure][]data.Use) []render.FigureEntry {
	var all []render.FigureEntry
	for _, f := range figures {
		all = append(all, b.entry(t, f, uses[f]))
	}
	return all
}

// entry is all that is known of a figure.
func (b *builder) entry(t *tongue, f *figure.Figure, uses []data.Use) render.FigureEntry {
	when, stock := t.when(f)
	if stock {
		when = asOf(f.AsOf, t.lang)
	}
	e := render.FigureEntry{
		ID: f.ID, Formerly: f.Formerly, Label: t.label(f), Value: t.value(f), Missing: f.Value.Number == nil,
		Unit: t.unit(f), When: when, Stock: stock,
		Source: f.Source.Label[t.lang.Code], Inferred: f.Inferred,
		Status: t.lang.Word("status-" + string(f.Status)), Settled: f.Status == figure.Final,
		Discrepancy: t.passages.html(f.ID, discrepancyPassage), Formula: t.formula(f),
	}
	if f.Source.AsOf != (figure.AsOf{}) {
		e.SourceDate = asOf(f.Source.AsOf, t.lang)
	}
	e.Notes = append(t.entryNotes(f), t.mixed(f)...)
	for _, c := range b.figures.CheckedBy(f) {
		e.Checks = append(e.Checks, t.check(f, c))
	}
	for _, part := range f.Parts {
		e.Parts = append(e.Parts, t.part(part))
	}
	if len(f.Parts) > 0 {
		e.PartsAre = t.partsAre(f)
	}
	if f.Parent != nil {
		e.PartOf = t.part(f.Parent)
	}
	more := 0
	for _, u := range uses {
		link, ok := b.useLink(t, u)
		switch {
		case !ok:
		case len(e.Uses) < mostUses:
			e.Uses = append(e.Uses, link)
		default:
			more++
		}
	}
	if more > 0 {
		e.MoreUses = t.lang.Word("more-uses", more)
	}
	return e
}

// label names a figure without the page around it: a part with its whole.
func (t *tongue) label(f *figure.Figure) string { return f.Label[t.lang.Code] }

func (t *tongue) value(f *figure.Figure) string {
	return figure.Ref{Figure: f, Option: figure.Plain}.Text(t.lang)
}

func (t *tongue) part(f *figure.Figure) render.FigurePart {
	href := "#" + f.ID
	return render.FigurePart{Label: t.label(f), Value: t.value(f), Href: href}
}

func (t *tongue) partsAre(f *figure.Figure) string {
	switch {
	case f.PartsAre != figure.Complete:
		return t.lang.Word("parts-" + strings.ReplaceAll(string(f.PartsAre), " ", "-"))
	case !f.SumChecked:
		return t.lang.Word("parts-not-checked")
	case f.Discrepancy != nil:
		return t.lang.Word("parts-discrepant")
	}
	return t.lang.Word("parts-complete")
}

func (t *tongue) entryNotes(f *figure.Figure) []template.HTML {
	var notes []template.HTML
	ids := []passageKey{{f.ID, notePassage}, {f.Source.ID, sourcePassage}}
	if f.Footnote != nil {
		ids = append(ids, passageKey{f.Footnote.ID, footnotePassage})
	}
	for _, id := range ids {
		if note := t.passages[id]; note != "" {
			notes = append(notes, note)
		}
	}
	return notes
}

// formula says in words how a figure is calculated.
func (t *tongue) formula(f *figure.Figure) template.HTML {
	return t.statement(f, f.Formula, f.Inputs)
}

// check says in words what holds of a figure and others, and why where the author
// said so.
func (t *tongue) check(f *figure.Figure, c figure.Check) template.HTML {
	holds := t.statement(f, c.Statement, c.Figures)
	if because := t.passages.html(c.At.String(), becausePassage); because != "" {
		holds += ". " + because
	}
	return holds
}

// statement writes what an author wrote with ids, in the entry of a figure, with
// the labels of the figures that it is about, each a link to its own entry.
func (t *tongue) statement(from *figure.Figure, text string, about []*figure.Figure) template.HTML {
	var b strings.Builder
	for i, word := range strings.Fields(spaced(text)) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(string(t.word(from, word, about)))
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
func (t *tongue) word(from *figure.Figure, word string, about []*figure.Figure) template.HTML {
	id := strings.Trim(word, "()")
	before, after, _ := strings.Cut(word, id)
	for _, other := range about {
		if other.ID == id {
			return render.Text(before) + t.entryLink(from, other, about) + render.Text(after)
		}
	}
	if n, ok := new(big.Rat).SetString(id); ok {
		_, decimals, _ := strings.Cut(id, ".")
		return render.Text(before + t.lang.Number(n, len(decimals)) + after)
	}
	if word == "fits" {
		word = t.lang.Word("check-fits")
	}
	return render.Text(word)
}

// entryLink names a figure in the entry of another, and links to it.
func (t *tongue) entryLink(from, f *figure.Figure, about []*figure.Figure) template.HTML {
	if f == from {
		return render.Text(t.fullName(f))
	}
	page, _, _ := strings.Cut(t.figureAddress(from), "#")
	other, _, _ := strings.Cut(t.figureAddress(f), "#")
	href := "#" + f.ID
	if other != page {
		href = render.Rel(page, t.figureAddress(f))
	}
	return template.HTML(`<a href="`+href+`">`) + render.Text(t.nameAmong(f, about)) + "</a>"
}

// nameAmong names a figure among those of a statement: a part with its whole,
// and where they are of several groups with its group, because "Visits = Visits"
// tells nobody what was compared.
func (t *tongue) nameAmong(f *figure.Figure, about []*figure.Figure) string {
	name := t.fullName(f)
	for _, other := range about {
		if firstPart(other.ID) != firstPart(f.ID) {
			return t.groupTitle(firstPart(f.ID)) + ": " + name
		}
	}
	return name
}

func (t *tongue) fullName(f *figure.Figure) string {
	if f.Parent != nil {
		return t.label(f.Parent) + ": " + t.label(f)
	}
	return t.label(f)
}

// useLink leads to where a figure stands, for readers of one language.
func (b *builder) useLink(t *tongue, u data.Use) (render.Link, bool) {
	p := b.site.At(u.Page)
	if p == nil || p.Lang != t.lang {
		return render.Link{}, false
	}
	link := linkTo(p)
	if u.Block == "" {
		return link, true
	}
	for _, s := range p.Seen.Blocks {
		if s.Name() == u.Block {
			link.Text += ": " + s.Title
			link.To += "#" + s.ID
			return link, s.Kind != prose.Headline
		}
	}
	return link, false
}
