package present

import (
	"slices"
	"strings"

	"bilanz/internal/figure"
)

// Where a figure stands follows from its id, and from how many there are only where one
// page cannot hold them:
//
//   - up to 300 figures on figures/;
//   - above that on a page for each first part of the ids, figures/visits/;
//   - above 300 first parts, those with one figure share pages, figures/a-z/vi/: each is
//     the shortest beginning of ids on which at most 300 of them stand. A new figure moves
//     others only where it is one too many for such a page. First parts with several
//     figures keep their pages.

// mostOnOnePage is how many figures, or groups of figures, one page may list.
const mostOnOnePage = 300

// Split reports whether there are too many figures for one page.
func (in *Language) Split() bool { return len(in.Figures.All()) > mostOnOnePage }

// figureAddress is where a figure stands on the figures pages.
func (in *Language) figureAddress(f *figure.Figure) string {
	if in.Split() {
		return in.root + in.below(firstPart(f.ID)) + "#" + f.ID
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
// have the same first part, or on the same shared page.
func (in *Language) Groups() []Group {
	at := map[string]int{} // by address
	var all []Group
	for _, f := range inAuthorsOrder(in.Figures.All()) {
		below := in.below(firstPart(f.ID))
		i, ok := at[below]
		if !ok {
			i = len(all)
			at[below] = i
			all = append(all, in.group(firstPart(f.ID), below))
		}
		all[i].Figures = append(all[i].Figures, f)
	}
	slices.SortStableFunc(all, func(a, b Group) int { return strings.Compare(a.name, b.name) })
	return all
}

func (in *Language) group(first, below string) Group {
	if beginning, ok := in.shelves[first]; ok {
		title := upperFirst(strings.ReplaceAll(beginning, "-", " ")) + "…"
		return Group{ID: "group-a-z", Title: title, Below: below, name: beginning}
	}
	return Group{ID: "group-" + first, Title: in.groupTitle(first), Below: below, name: first}
}
