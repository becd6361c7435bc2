package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// CausesFirst gives sorted diagnostics as somebody mends them: errors, then warnings, then what
// was accepted; among them first what others may come from: a file that cannot be read, then the
// site, its figures, its pages. Of many that say the same of one thing the first stands there, and
// the others behind all that say something else.
func CausesFirst(ds []Diagnostic) []Diagnostic {
	type ranked struct {
		Diagnostic
		again int
	}
	said := map[string]int{}
	all := make([]ranked, len(ds))
	for i, d := range ds {
		all[i] = ranked{d, min(said[d.cause()], 1)}
		said[d.cause()]++
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.again, b.again), cmp.Compare(a.depth(),
			b.depth()))
	})
	sorted := make([]Diagnostic, len(ds))
	for i, r := range all {
		sorted[i] = r.Diagnostic
	}
	return sorted
}

// unread are the beginnings of codes that say that something could not be read, so that all that
// rests on it is unknown.
var unread = []string{
	"yaml-", "merge-mark", "file-", "encoding-", "workbook-", "csv-", "column-", "project-", "folder-", "front-open",
	"block-open", "figure-twice", "key-twice",
}

// cause names what a problem comes from, as far as it says: what it is, and the second place that
// contributed, or what it is about.
func (d *Diagnostic) cause() string {
	switch {
	case len(d.Notes) > 0:
		return d.Code + " " + d.Notes[0].Place.String()
	case len(d.About) > 0:
		return d.Code + " " + d.About[0]
	}
	return d.Code + " " + d.Place.String()
}

// Together groups diagnostics that "bilanz fix" mends and that come from one cause, such as the
// sentences that say the old value of a figure. All others stand alone.
func Together(ds []Diagnostic) (groups [][]Diagnostic) {
	at := map[string]int{}
	for _, d := range ds {
		key := fmt.Sprint(d.Severity, d.cause())
		if !d.Mechanical() {
			groups = append(groups, []Diagnostic{d})
		} else if i, known := at[key]; known {
			groups[i] = append(groups[i], d)
		} else {
			at[key] = len(groups)
			groups = append(groups, []Diagnostic{d})
		}
	}
	return groups
}

// Mechanical reports whether "bilanz fix" mends a problem, since there is nothing to decide.
func (d *Diagnostic) Mechanical() bool {
	return len(d.Edits) > 0 && !slices.ContainsFunc(d.Edits, func(e Edit) bool { return e.Choice })
}

// depth is how many others a problem may be the cause of: the less, the deeper.
func (d *Diagnostic) depth() int {
	switch begins := func(code string) bool { return strings.HasPrefix(d.Code, code) }; {
	case slices.ContainsFunc(unread, begins):
		return 0
	case d.Place.Path == "content/site.yaml" || strings.HasPrefix(d.Place.Path, "content/locale/"):
		return 1
	case strings.HasPrefix(d.Place.Path, "content/figures/"):
		return 2
	case strings.HasPrefix(d.Code, "html-") || strings.HasPrefix(d.Code, "transla"):
		return 4
	}
	return 3
}
