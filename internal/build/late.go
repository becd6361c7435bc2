package build

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
)

// Some problems can be said well only when all pages were read: a name that nobody
// knows is one problem, however many places use it, and a sum that holds again is one
// for the sentences that say that it does not.

// unknownNames are the codes of names that nobody described.
var unknownNames = []string{"figure-unknown", "unit-unknown", "period-unknown", "source-unknown", "footnote-unknown"}

// perFile are the codes of what figures of one file lack alike, as after its defaults were
// deleted, and rows of one CSV file.
var perFile = []string{
	"unit-missing", "period-missing", "source-missing", "as-of-missing", "label-missing", "csv-cells",
}

// mostPlaces is how many places a message lists.
const mostPlaces = 12

// late adds to the problems of a build what only the whole site shows.
func (b *builder) late(all []diag.Diagnostic) []diag.Diagnostic {
	all = onceInvisible(all)
	if b.figures == nil {
		return all
	}
	all = b.foldUnknown(withoutEffects(all, b.site != nil && len(b.site.Pages) == 0))
	for i := range all {
		if all[i].Code == "discrepancy-gone" && b.site != nil {
			b.addSentences(&all[i])
		}
	}
	return all
}

// onceInvisible leaves out what follows from a character that nobody sees, where it was said
// that one stands there: YAML that cannot be read, an id of an odd form, a chart.
func onceInvisible(all []diag.Diagnostic) []diag.Diagnostic {
	type line struct {
		path string
		n    int
	}
	said := map[line]bool{}
	for _, d := range all {
		if d.Code == "character-invisible" && len(d.Edits) > 0 {
			said[line{d.Place.Path, d.Place.Line}] = true
		}
	}
	if len(said) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(d diag.Diagnostic) bool {
		switch d.Code {
		case "chart-undrawable":
			return true // whatever it shows comes from several files
		case "character-invisible", "id-form":
			return len(d.Edits) == 0 && said[line{d.Place.Path, d.Place.Line}]
		}
		return false
	})
}

// foldUnknown says once what is unknown, and lists the other places that name it.
func (b *builder) foldUnknown(all []diag.Diagnostic) []diag.Diagnostic {
	where := map[string][]int{}
	lacking := filesThatLack(all)
	for i := range all {
		key := b.unknownAs(&all[i])
		if slices.Contains(lacking[all[i].Place.Path], all[i].Code) {
			key = "lacking " + all[i].Place.Path
		}
		if key != "" {
			where[key] = append(where[key], i)
		}
	}
	folded := map[int]bool{}
	for _, places := range where {
		if len(places) > 1 {
			fold(all, places)
			for _, i := range places[1:] {
				folded[i] = true
			}
		}
	}
	kept := all[:0:0]
	for i := range all {
		if !folded[i] {
			kept = append(kept, all[i])
		}
	}
	return kept
}

// manyLack is how many figures of a file lack the same, if its defaults are missing.
const manyLack = 3

// filesThatLack gives the files whose figures lack more than one thing alike, and what: the
// defaults are missing that say it.
func filesThatLack(all []diag.Diagnostic) map[string][]string {
	count := map[[2]string]int{}
	lacking := map[string][]string{}
	for _, d := range all {
		if !slices.Contains([]string{"unit-missing", "period-missing", "source-missing"}, d.Code) {
			continue
		}
		if count[[2]string{d.Place.Path, d.Code}]++; count[[2]string{d.Place.Path, d.Code}] == manyLack {
			lacking[d.Place.Path] = append(lacking[d.Place.Path], d.Code)
		}
	}
	for file, codes := range lacking {
		if len(codes) < 2 {
			delete(lacking, file)
		}
	}
	return lacking
}

// unknownAs names what is unknown: an id or, where no figure begins like it, all ids
// that begin so, as after a file was deleted. It is "" for any other problem.
func (b *builder) unknownAs(d *diag.Diagnostic) string {
	switch {
	case slices.Contains(perFile, d.Code):
		return d.Code + " " + d.Place.Path
	case d.Code == "parts-sum" && path.Ext(d.Place.Path) == ".csv": // of several columns of one row
		return fmt.Sprint(d.Code, d.Place.Path, d.Place.Line)
	case d.Code == "key-unknown" && len(d.About) > 1:
		return d.Code + " " + d.Place.Path + " " + strings.Join(d.About, " ")
	}
	if len(d.About) != 1 || !slices.Contains(unknownNames, d.Code) {
		return ""
	}
	name := d.About[0]
	if first, _, dotted := strings.Cut(name, "."); d.Code == "figure-unknown" && dotted && !b.figures.HasGroup(first) {
		name = "." // their file was deleted, whatever they begin with
	}
	return d.Code + " " + name
}

// fold lists the places of one problem at the first of them.
func fold(all []diag.Diagnostic, places []int) {
	d := &all[places[0]]
	d.Text = diag.Say("%s (at %d places)", "%s (an %d Stellen)", d.Text, len(places))
	if slices.ContainsFunc(places, func(i int) bool { return all[i].Code != d.Code }) {
		d.Text = diag.Say("the figures of this file lack unit, time or source, at %d places",
			"den Kennzahlen dieser Datei fehlen Einheit, Zeit oder Quelle, an %d Stellen", len(places))
		d.Ways = []diag.Text{diag.Say("write them once for the whole file: defaults: {unit: …, period: …, source: …}",
			"schreiben Sie sie einmal für die ganze Datei: defaults: {unit: …, period: …, source: …}")}
		return
	}
	if len(d.About) != 1 {
		listPlaces(d, all, places)
		return
	}
	if differ(all, places) {
		var groups []string
		for _, i := range places {
			first, _, _ := strings.Cut(all[i].About[0], ".")
			groups = append(groups, first)
		}
		slices.Sort(groups)
		groups = slices.Compact(groups)
		d.Text = diag.Say("there is no figure whose id begins with %s, but %d places name one",
			"es gibt keine Kennzahl, deren Kennung mit %s beginnt, aber %d Stellen nennen eine",
			eitherOf(groups), len(places))
		d.Notes = nil
		d.Ways = []diag.Text{diag.Say("if a file was deleted or renamed, put it back into content/figures",
			"wurde eine Datei gelöscht oder umbenannt, legen Sie sie zurück nach content/figures")}
	}
	if d.Code == "figure-unknown" && len(d.Notes)+len(d.Edits) == 0 && !differ(all, places) {
		d.Ways = append(d.Ways, diag.Say("if it has another id now, write formerly: %s at the figure",
			"hat sie jetzt eine andere Kennung, schreiben Sie formerly: %s bei der Kennzahl", d.About[0]))
	}
	if d.Code == "figure-unknown" && len(places) >= manyNames && !differ(all, places) {
		d.Ways = slices.Insert(d.Ways, 0, diag.Say(
			"if it was deleted, put its lines back, or take it out of these places",
			"wurde sie gelöscht, setzen Sie ihre Zeilen wieder ein, oder nehmen Sie sie an diesen Stellen heraus"))
	}
	listPlaces(d, all, places)
}

// manyNames is how many places name a figure that is not there by a slip no more: it was deleted.
const manyNames = 3

// eitherOf lists words, the last two with "or" between them.
func eitherOf(words []string) diag.Text {
	last := len(words) - 1
	if last == 0 {
		return diag.Say("%s", "%s", words[0])
	}
	return diag.Say("%s or %s", "%s oder %s", strings.Join(words[:last], ", "), words[last])
}

// listPlaces adds the other places of a problem to the first of them.
func listPlaces(d *diag.Diagnostic, all []diag.Diagnostic, places []int) {
	for n, i := range places[1:] {
		d.Edits = append(d.Edits, all[i].Edits...)
		if n >= mostPlaces {
			continue
		}
		also := diag.Say("here too", "auch hier")
		if len(d.About) == 1 && all[i].About[0] != d.About[0] {
			also = diag.Say("here %s", "hier %s", all[i].About[0])
		}
		d.Notes = append(d.Notes, diag.Note{Place: all[i].Place, Text: also})
	}
}

// differ reports whether several names are unknown.
func differ(all []diag.Diagnostic, places []int) bool {
	return slices.ContainsFunc(places, func(i int) bool { return all[i].About[0] != all[places[0]].About[0] })
}

// addSentences lists what speaks of a figure whose parts add up again. While anything
// does, a person reads it first, and "bilanz fix" deletes nothing.
func (b *builder) addSentences(d *diag.Diagnostic) {
	f, ok := b.figures.Lookup(d.About[0])
	if !ok {
		return
	}
	var uses []Use
	for _, p := range b.site.Pages {
		b.pageUses(p, func(of *figure.Figure, u Use) {
			if of == f || of.Whole() == f {
				u.ofPart = of != f
				uses = append(uses, u)
			}
		})
	}
	for _, of := range append([]*figure.Figure{f}, f.Parts...) {
		for _, u := range b.noteUses[of.ID] {
			if u.ofPart = of != f; !goes(d, u.Place) {
				uses = append(uses, u)
			}
		}
	}
	if len(uses) == 0 {
		return
	}
	slices.SortStableFunc(uses, func(a, b Use) int { return a.Place.Compare(b.Place) })
	uses = slices.CompactFunc(uses, func(a, b Use) bool {
		return a.Place.Line == b.Place.Line && a.Page == b.Page && !a.differs
	})
	d.Notes = append(d.Notes, speakers(uses)...)
	for i := range d.Edits {
		d.Edits[i].Choice = true
	}
	d.Ways = []diag.Text{diag.Say(
		"read the places that speak of the figure (%d), and take out that its parts do not add up; then %s",
		"lesen Sie die Stellen, die davon sprechen (%d), und nehmen Sie heraus, dass die Teile nicht aufgehen; dann %s",
		len(uses), deletion(d))}
}

// speakers names places that speak of a figure or of its parts: those that say the parts do
// not add up come first, the others one a file, so that no file is missing from the list.
func speakers(uses []Use) (all []diag.Note) {
	for _, u := range uses {
		if u.differs {
			all = append(all, diag.Note{Place: u.Place, Text: diag.Say("this says that the parts do not add up",
				"hier steht, dass die Teile den Wert nicht ergeben")})
		}
	}
	uses = slices.DeleteFunc(slices.Clone(uses), func(u Use) bool { return u.differs })
	for rest := uses; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Place.Path == rest[0].Place.Path {
			n++
		}
		all = append(all, diag.Note{Place: rest[0].Place, Text: speaker(rest[:n])})
		rest = rest[n:]
	}
	return all
}

// speaker says what the places of one file speak of.
func speaker(uses []Use) diag.Text {
	isPart := func(u Use) bool { return u.ofPart }
	whole := !slices.ContainsFunc(uses, isPart)
	if len(uses) > 1 {
		var lines []string
		for _, u := range uses {
			lines = append(lines, strconv.Itoa(u.Place.Line))
		}
		last := len(lines) - 1
		most := strings.Join(lines[:last], ", ")
		if whole {
			return diag.Say("lines %s and %s speak of it", "die Zeilen %s und %s sprechen davon", most, lines[last])
		}
		return diag.Say("lines %s and %s speak of it or of a part of it",
			"die Zeilen %s und %s sprechen davon oder von einem Teil davon", most, lines[last])
	}
	if whole {
		return diag.Say("this speaks of it", "das spricht davon")
	}
	return diag.Say("this speaks of a part of it", "das spricht von einem Teil davon")
}

// goes reports whether a place lies in the lines that an edit takes away.
func goes(d *diag.Diagnostic, at diag.Place) bool {
	return at.Path == d.Place.Path && at.Line >= d.Place.Line && at.Line <= lastLine(d)
}

// deletion names those lines.
func deletion(d *diag.Diagnostic) diag.Text {
	if len(d.Edits) != 1 {
		return diag.Say("delete known_discrepancy", "löschen Sie known_discrepancy")
	}
	return diag.Say("delete lines %d to %d", "löschen Sie die Zeilen %d bis %d", d.Place.Line, lastLine(d))
}

func lastLine(d *diag.Diagnostic) int {
	lines := 1
	for _, e := range d.Edits {
		lines = max(lines, strings.Count(e.Old, "\n"))
	}
	return d.Place.Line + lines - 1
}
