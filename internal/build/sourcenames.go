package build

import (
	"maps"
	"slices"
	"strings"

	"bilanz/internal/diag"
)

// checkSourceNames reports names of files that authors write which not every system can
// keep, or which it takes for one: whoever checks the project out there lacks a file. What
// was said of a name because of its address is not said again.
func (b *builder) checkSourceNames(files []string) {
	said := map[string]bool{}
	for _, d := range b.siteProblems.Sorted() {
		if d.Code == "name-unusable" || d.Code == "address-twice" || strings.HasPrefix(d.Code, "page-") {
			said[d.Place.Path] = true
		}
	}
	all := names{map[string]string{}, map[string]map[string]bool{}}
	for _, file := range files {
		all.claim(file)
		name, why := unusable(file)
		if at := strings.TrimSuffix(name, "/"); at != "" && !said[file] && !said[at] {
			said[at] = true // a folder, once
			b.siteProblems.Add(nameUnusable(diag.File(at), name, why))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(all.twice)) {
		spelled := slices.Sorted(maps.Keys(all.twice[key]))
		if slices.ContainsFunc(spelled, func(name string) bool { return said[name] || strings.HasSuffix(name, "/") }) {
			continue // of two folders nothing gets lost: they become one
		}
		d := diag.Diagnostic{
			Code: "address-twice", Place: diag.File(spelled[0]),
			Text: sameName(spelled[0], spelled[1]),
			Ways: []diag.Text{diag.Say("give one of them another name", "geben Sie einer davon einen anderen Namen")},
		}
		for _, name := range spelled[1:] {
			d.Notes = append(d.Notes, diag.Note{Place: diag.File(name),
				Text: diag.Say("this is one of them", "dies ist eine davon")})
		}
		b.siteProblems.Add(d)
	}
}
