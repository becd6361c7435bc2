package present

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/prose"
	"bilanz/internal/render"
	"bilanz/internal/schema"
	"bilanz/internal/site"
)

// language makes the views of a site with figures of these ids.
func language(t *testing.T, ids []string) *Language {
	t.Helper()
	var text strings.Builder
	text.WriteString("units:\n  visits: {decimals: 0, en: {one: visit, other: visits}}\n" +
		"sources:\n  counters: {as_of: 2024-12-31, label: {en: Counters}}\n" +
		"defaults: {unit: visits, source: counters, status: final, as_of: 2024-12-31}\nfigures:\n")
	for _, id := range ids {
		fmt.Fprintf(&text, "  %s: {value: 7, label: {en: Visits of %[1]s}}\n", id)
	}
	var list diag.List
	files := []schema.File{{Path: "f.yaml", Text: []byte(text.String())}}
	set := figure.Load(files, figure.Options{Langs: []string{"en"}}, &list)
	if ds := list.Sorted(); len(ds) > 0 || len(set.All()) != len(ids) {
		t.Fatalf("%d figures of %d: %v", len(set.All()), len(ids), ds)
	}
	en, _ := locale.Lookup("en")
	config := &site.Config{Langs: []*locale.Lang{en}, Default: en, Title: map[string]string{"en": "Library"}}
	return New(&site.Site{Config: config}, set, "https://example.org/", en, nil)
}

// numbered are ids like these from one to n.
func numbered(format string, n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf(format, i+1)
	}
	return ids
}

// What a figure's address is, on each side of each limit.
func TestAddressesOfFigures(t *testing.T) {
	pair := []string{"visits.total", "visits.online"}
	for _, c := range []struct {
		what  string
		ids   []string
		id    string
		want  string
		pages int
	}{
		{"300 figures", numbered("f%03d", 300), "f007", "figures/#f007", 0},
		{"301 figures of one group", numbered("visits.f%03d", 301), "visits.f007", "figures/visits/#visits.f007", 1},
		{"301 figures, 300 groups", append(numbered("f%03d", 299), pair...), "f007", "figures/f007/#f007", 300},
		{"301 groups, of which 300 have one figure", append(numbered("f%03d", 300), pair...), "f007", "figures/a-z/f/#f007", 2},
		{"a group of two among 301", append(numbered("f%03d", 300), pair...), "visits.total", "figures/visits/#visits.total", 2},
		{"301 groups of one figure that begin alike", numbered("f%03d", 301), "f007", "figures/a-z/f0/#f007", 4},
		{"an id that is another's beginning", append(numbered("f-%03d", 301), "f"), "f", "figures/a-z/f/#f", 5},
	} {
		in := language(t, c.ids)
		f, _ := in.Figures.Lookup(c.id)
		if got := in.figureAddress(f); got != c.want {
			t.Errorf("%s: %s is at %s, not at %s", c.what, c.id, got, c.want)
		}
		if groups := in.Groups(nil); in.Split() && len(groups) != c.pages {
			t.Errorf("%s: %d pages, not %d", c.what, len(groups), c.pages)
		}
	}
}

// Every figure stands on one page, the one that its address names; no page is too long
// but that of a group.
func TestEachFigureStandsAtItsAddress(t *testing.T) {
	ids := slices.Concat(numbered("area-%04d", 1200), numbered("b%d", 150), numbered("visits.y%d", 320),
		[]string{"area", "a"})
	in := language(t, ids)
	seen := map[string]bool{}
	for _, g := range in.Groups(nil) {
		if len(g.Figures) > mostOnOnePage && g.Below != "figures/visits/" {
			t.Errorf("%s lists %d figures", g.Below, len(g.Figures))
		}
		for _, f := range g.Figures {
			if seen[f.ID] || in.figureAddress(f) != g.Below+"#"+f.ID {
				t.Errorf("%s stands on %s, and its address is %s", f.ID, g.Below, in.figureAddress(f))
			}
			seen[f.ID] = true
		}
	}
	if len(seen) != len(ids) {
		t.Errorf("%d figures of %d have a page", len(seen), len(ids))
	}
}

// Above 300 groups none has a card of its own.
func TestCardsOfFigureGroupsHaveALimit(t *testing.T) {
	head := render.Head{Path: "figures/visits/", Title: "All numbers: Visits"}
	for _, c := range []struct {
		groups int
		to     string
		drawn  bool
	}{{299, "cards/figures/visits/card.png", false}, {300, "cards/figures/card.png", true}} {
		in := language(t, append(numbered("f%03d", c.groups), "visits.total", "visits.online"))
		if card := in.ListCard(head); card.To != c.to || card.Drawn != c.drawn {
			t.Errorf("%d groups and visits: the card is %s, drawn for another: %v", c.groups, card.To, card.Drawn)
		}
		if card := in.ListCard(render.Head{Path: "figures/"}); card.To != "cards/figures/card.png" || card.Drawn {
			t.Errorf("the page of all figures has no card of its own: %s", card.To)
		}
	}
}

// Groups stand in the order of the menu: where most of their figures are shown, the first of
// equals, and as they come there; the start page counts for those that stand nowhere else.
// The group that a page is about alone has its name.
func TestGroupsStandLikeTheMenu(t *testing.T) {
	in := language(t, []string{"a.one", "a.two", "b.one", "c.one", "d.one", "e.one", "f.one"})
	for i, page := range []struct{ path, cites string }{
		{"", "a.one d.one"}, {"loans/", "b.one a.one"}, {"visits/", "f.one b.one a.one a.two"}, {"members/", "e.one"},
	} {
		p := &site.Page{Path: page.path, Lang: in.Lang, Front: prose.Front{Title: page.path, InNav: true, Order: i + 1}}
		for _, id := range strings.Fields(page.cites) {
			f, _ := in.Figures.Lookup(id)
			p.Seen.Cites = append(p.Seen.Cites, site.Cited{Ref: figure.Ref{Figure: f}})
		}
		in.inOrder = append(in.inOrder, p)
	}
	var got []string
	for _, g := range in.Groups(nil) {
		got = append(got, g.ID+": "+g.Title)
	}
	want := "group-d: D, group-b: loans/, group-f: F, group-a: A, group-e: members/, group-c: C"
	if strings.Join(got, ", ") != want {
		t.Errorf("%s\nnot\n%s", strings.Join(got, ", "), want)
	}
}

// A source is called by as much of its label as a row has room for, and where two begin
// alike, by their ends.
func TestSourcesHaveShortNames(t *testing.T) {
	sources := map[string]string{ // the first has 26 letters, the second 27
		"Door counters at libraries":                        "Door counters at libraries",
		"Registers at all libraries!":                       "Registers at all…",
		"Register of loans, as the branches report it":      "Register of loans, as the…",
		"Survey of everybody who visits, by Ämter / first":  "…visits, by Ämter / first",
		"Survey of everybody who visits, by Ämter / second": "…visits, by Ämter / second",
		"Grundstücksverkehrsgenehmigungszuständigkeit":      "Grundstücksverkehrsgenehmi…",
	}
	var figures []*figure.Figure
	for label := range sources {
		figures = append(figures, &figure.Figure{Source: &figure.Source{Label: figure.Text{"en": label}}})
	}
	for source, short := range shortSources(figures, locale.Must("en")) {
		if want := sources[source.Label["en"]]; short != want {
			t.Errorf("%s: %s, not %s", source.Label["en"], short, want)
		}
	}
}
