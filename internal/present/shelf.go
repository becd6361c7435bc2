package present

import (
	"html/template"
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/data"
	"bilanz/internal/figure"
	"bilanz/internal/render"
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
//     the next parts of their ids, figures/rates/berlin/, and so on. Of these only such are
//     listed as a page of the site needs; the data files have all of them.

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

// Listed reports whether the figures pages list a figure: one of few, one that is no cell
// of a table, or a cell that a page of the site needs, for itself or for another.
func (in *Language) Listed(uses map[*figure.Figure][]data.Use) func(*figure.Figure) bool {
	needed := map[*figure.Figure]bool{}
	for _, f := range in.Figures.All() {
		if f.Cell != nil && len(uses[f]) == 0 {
			continue
		}
		needed[f] = true
		for _, input := range f.Inputs {
			needed[input] = true
		}
	}
	for _, f := range in.Figures.All() {
		for _, c := range in.Figures.CheckedBy(f) {
			for _, other := range c.Figures {
				needed[other] = true
			}
		}
	}
	return func(f *figure.Figure) bool { return needed[f] || !in.many[firstPart(f.ID)] }
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

// Groups puts all figures into groups, in the order of their ids: with those whose ids
// have the same first part, or on the same page. Only those that are listed are in them.
func (in *Language) Groups(listed func(*figure.Figure) bool) []Group {
	at := map[string]int{} // by address
	var all []Group
	for _, f := range inAuthorsOrder(in.Figures.All()) {
		if !listed(f) {
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
	slices.SortStableFunc(all, func(a, b Group) int { return strings.Compare(a.name, b.name) })
	return all
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

// keysIn names the keys of a cell's row that the beginning of its id holds.
func (in *Language) keysIn(f *figure.Figure, beginning string) (names []string) {
	if f.Cell == nil {
		return nil
	}
	table := f.Cell.Table
	n := strings.Count(beginning, ".") - strings.Count(table.ID, ".")
	for i, label := range table.Lines[f.Cell.Line].Labels {
		if i < n {
			names = append(names, label.In(in.Lang.Code))
		}
	}
	return names
}
