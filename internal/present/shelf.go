package present

import (
	"cmp"
	"html/template"
	"math"
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/data"
	"bilanz/internal/figure"
	"bilanz/internal/render"
	"bilanz/internal/site"
)

// Where a figure stands follows from its id, and from how many there are only where one
// page cannot hold them:
//
//   - up to 300 figures on figures/;
//   - above that on a page for each first part of the ids, figures/visits/;
//   - above 300 first parts, those with one figure share pages, figures/a-z/vi/: each is
//     the shortest beginning of ids on which at most 300 of them stand. A new figure moves
//     others only where it is one too many for such a page. First parts with several
//     figures keep their pages;
//   - where a first part has more than 300 cells of tables, they stand on pages for each of
//     the next parts of their ids, figures/rates/berlin/, and so on.
//
// Of cells only such are listed as a page of the site needs; the data files have all.

// mostOnOnePage is how many figures, or groups of figures, one page may list.
const mostOnOnePage = 300

// Split reports whether there are too many figures for one page.
func (in *Language) Split() bool { return len(in.Figures.All()) > mostOnOnePage }

// figureAddress is where a figure stands on the figures pages.
func (in *Language) figureAddress(f *figure.Figure) string {
	if in.Split() {
		return in.root + in.pageOf(f) + "#" + f.ID
	}
	return in.FiguresAt() + "#" + f.ID
}

// below is the address of a group's page, the same below the start page of each language.
func (in *Language) below(group string) string {
	if beginning, ok := in.shelves[group]; ok {
		return "figures/a-z/" + beginning + "/"
	}
	return "figures/" + group + "/"
}

// pageOf is the address of the page that lists a figure, where there are several.
func (in *Language) pageOf(f *figure.Figure) string {
	beginning := in.beginning(f)
	if beginning == firstPart(f.ID) {
		return in.below(beginning)
	}
	return "figures/" + strings.ReplaceAll(beginning, ".", "/") + "/"
}

// beginning is how the ids of all figures on a figure's page begin.
func (in *Language) beginning(f *figure.Figure) string {
	beginning := firstPart(f.ID)
	for f.Cell != nil && in.many[beginning] && len(beginning) < len(f.ID) {
		next, _, _ := strings.Cut(f.ID[len(beginning)+1:], ".")
		beginning += "." + next
	}
	return beginning
}

// manyCells finds the beginnings of ids that more cells of tables have than one page may
// list.
func manyCells(figures []*figure.Figure) map[string]bool {
	many := map[string]bool{}
	size := map[string]int{}
	for _, f := range figures {
		if f.Cell == nil {
			continue
		}
		for i := range len(f.ID) {
			if f.ID[i] == '.' {
				size[f.ID[:i]]++
			}
		}
	}
	for beginning, n := range size {
		if n > mostOnOnePage {
			many[beginning] = true
		}
	}
	return many
}

// listed are the figures that the figures pages list: all that are no cells of tables, and
// the cells that a page of the site needs, for themselves or for others.
func (in *Language) listed(uses map[*figure.Figure][]data.Use) map[*figure.Figure]bool {
	listed := map[*figure.Figure]bool{}
	for _, f := range in.Figures.All() {
		if f.Cell != nil && len(uses[f]) == 0 {
			continue
		}
		listed[f] = true
		for _, input := range f.Inputs {
			listed[input] = true
		}
	}
	for _, f := range in.Figures.All() {
		for _, c := range in.Figures.CheckedBy(f) {
			for _, other := range c.Figures {
				listed[other] = true
			}
		}
	}
	return listed
}

// firstPart is what groups figures: "visits" of "visits.total.central".
func firstPart(id string) string {
	first, _, _ := strings.Cut(id, ".")
	return first
}

// shelves says which groups share a page: for each of them, how the ids on it begin. It is
// nil where every group has a page of its own.
func shelves(figures []*figure.Figure) map[string]string {
	size := map[string]int{}
	for _, f := range figures {
		size[firstPart(f.ID)]++
	}
	if len(size) <= mostOnOnePage {
		return nil
	}
	var alone []string
	for group, n := range size {
		if n == 1 {
			alone = append(alone, group)
		}
	}
	all := make(map[string]string, len(alone))
	shelve(all, alone, 1)
	return all
}

// shelve puts groups together that begin alike, by so many letters or by more.
func shelve(all map[string]string, groups []string, letters int) {
	alike := map[string][]string{}
	for _, group := range groups {
		beginning := group[:min(letters, len(group))] // ids are ASCII
		alike[beginning] = append(alike[beginning], group)
	}
	for beginning, some := range alike {
		if len(some) > mostOnOnePage {
			shelve(all, some, letters+1)
			continue
		}
		for _, group := range some {
			all[group] = beginning
		}
	}
}

// A Group is figures that stand together under a heading.
type Group struct {
	ID      string // of the heading
	Title   string
	Below   string // the address of its page, where it has one
	Figures []*figure.Figure

	name string // its first part, or the beginning that those on a shared page have
}

// Groups puts the figures that are listed into groups: with those whose ids have the same
// first part, or on the same page. The groups stand in the order of the menu's pages that
// are about them, and as they come there; the rest behind, by the beginning of their ids.
func (in *Language) Groups(uses map[*figure.Figure][]data.Use) []Group {
	listed := in.listed(uses)
	return in.groups(func(f *figure.Figure) bool { return listed[f] })
}

// Sections puts all figures into such groups, for files.
func (in *Language) Sections() []data.Section {
	var all []data.Section
	for _, g := range in.groups(func(*figure.Figure) bool { return true }) {
		all = append(all, data.Section{ID: g.name, Title: g.Title, Figures: g.Figures})
	}
	return all
}

// groups puts the figures that are meant into groups.
func (in *Language) groups(meant func(*figure.Figure) bool) []Group {
	at := map[string]int{} // by address
	var all []Group
	for _, f := range inAuthorsOrder(in.Figures.All()) {
		if !meant(f) {
			continue
		}
		below := in.pageOf(f)
		i, ok := at[below]
		if !ok {
			i = len(all)
			at[below] = i
			all = append(all, in.group(f, below))
		}
		all[i].Figures = append(all[i].Figures, f)
	}
	stands := in.stands()
	slices.SortStableFunc(all, func(a, b Group) int {
		x, y := standing(stands, a), standing(stands, b)
		return cmp.Or(cmp.Compare(x.page, y.page), cmp.Compare(x.turn, y.turn), strings.Compare(a.name, b.name))
	})
	in.nameLikePages(all, stands)
	return all
}

// stand is the page of the menu that is about a group, and how many groups stand before it
// there.
type stand struct{ page, turn, weight int }

// stands gives groups, by the first part of their ids, the page that shows most of them, the
// first of equals. The start page, which shows some of everything, counts only for groups
// that stand on no other.
func (in *Language) stands() map[string]stand {
	stands := map[string]stand{}
	for i, p := range in.inOrder {
		shows, turns := groupsOn(p)
		for turn, group := range turns {
			weight := shows[group] + 1
			if p.Path == in.root {
				weight = 1
			}
			if weight > stands[group].weight {
				stands[group] = stand{i, turn, weight}
			}
		}
	}
	return stands
}

// groupsOn says how many figures of which groups a page shows, and in which order.
func groupsOn(p *site.Page) (shows map[string]int, turns []string) {
	shows = map[string]int{}
	met := map[*figure.Figure]bool{}
	add := func(f *figure.Figure) {
		if met[f] {
			return
		}
		met[f] = true
		group := firstPart(f.ID)
		if shows[group] == 0 {
			turns = append(turns, group)
		}
		shows[group]++
	}
	for _, c := range p.Seen.Cites {
		add(c.Ref.Figure)
	}
	for _, s := range p.Seen.Shown {
		add(s.Figure)
	}
	return shows, turns
}

// standing is where a group stands, which is behind all others where no page shows it.
func standing(stands map[string]stand, g Group) stand {
	if s, ok := stands[firstPart(g.name)]; ok {
		return s
	}
	return stand{page: math.MaxInt}
}

// nameLikePages gives a group that its author left without a name that of the page which is
// about it and no other. The word that its ids begin with is of no language.
func (in *Language) nameLikePages(groups []Group, stands map[string]stand) {
	at := map[int]int{}
	for _, s := range stands {
		at[s.page]++
	}
	for i, g := range groups {
		s, whole := stands[g.name]
		_, named := in.Figures.Group(g.name)
		if whole && !named && at[s.page] == 1 && in.inOrder[s.page].Path != in.root {
			groups[i].Title = linkTo(in.inOrder[s.page]).Text
		}
	}
}

// Total says how many figures groups have.
func (in *Language) Total(groups ...Group) string {
	n := 0
	for _, g := range groups {
		n += len(g.Figures)
	}
	return in.Lang.Word("figures-total", n)
}

func (in *Language) group(f *figure.Figure, below string) Group {
	first, beginning := firstPart(f.ID), in.beginning(f)
	if shelf, ok := in.shelves[first]; ok {
		title := upperFirst(strings.ReplaceAll(shelf, "-", " ")) + "…"
		return Group{ID: "group-a-z", Title: title, Below: below, name: shelf}
	}
	g := Group{ID: "group-" + strings.ReplaceAll(beginning, ".", "-"), Title: in.groupTitle(first), Below: below,
		name: beginning}
	if names := in.keysIn(f, beginning); len(names) > 0 {
		g.Title = in.Lang.Colon(g.Title, strings.Join(names, ", "))
	}
	return g
}

// Beyond says how many figures are on no page, where they are, and how one is cited; ""
// where all have a page.
func (in *Language) Beyond(groups []Group) template.HTML {
	all := in.Figures.All()
	beyond := len(all)
	listed := map[*figure.Figure]bool{}
	for _, g := range groups {
		beyond -= len(g.Figures)
		for _, f := range g.Figures {
			listed[f] = true
		}
	}
	if beyond <= 0 {
		return ""
	}
	first := all[slices.IndexFunc(all, func(f *figure.Figure) bool { return !listed[f] })]
	words := in.Lang.Word("figures-beyond", in.Lang.Number(new(big.Rat).SetInt64(int64(beyond)), 0), first.ID)
	return render.ParagraphTo(words, render.Rel(in.FiguresAt(), "data/figures.csv"), "figures.csv")
}

// keysIn names what the beginning of a cell's id holds behind its table: the keys of its
// row, its column where there are several, its time.
func (in *Language) keysIn(f *figure.Figure, beginning string) (names []string) {
	if f.Cell == nil {
		return nil
	}
	table := f.Cell.Table
	labels := table.Lines[f.Cell.Line].Labels
	n := strings.Count(beginning, ".") - strings.Count(table.ID, ".")
	for _, label := range labels[:min(max(n, 0), len(labels))] {
		names = append(names, label.In(in.Lang.Code))
	}
	if n > len(labels) && len(table.Columns) > 1 {
		names = append(names, table.Columns[f.Cell.Column].Label.In(in.Lang.Code))
	}
	if n > len(labels)+1 {
		names = append(names, in.time(f))
	}
	return names
}

// time is the period of a figure or its date.
func (in *Language) time(f *figure.Figure) string {
	if f.Period == nil {
		return asOf(f.AsOf, in.Lang)
	}
	return f.Period.Label[in.Lang.Code]
}
