package figure

import (
	"hash/fnv"
	"slices"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
)

// settleNames says which figures have one name between them: what is said of one of them
// would be taken for the other. It is said once, in the first language in which it is so.
// Cells of two tables have the names of their tables in theirs where they would be alike.
func (l *loader) settleNames() {
	if l.set.incomplete {
		return
	}
	told := map[*Figure]bool{}
	for _, code := range l.o.Langs {
		lang := l.lang(code)
		alike := l.alike(lang)
		for l.nameTables(alike) {
			alike = l.alike(lang)
		}
		for _, f := range l.set.all {
			if others := alike[f]; others != nil && !told[others[0]] {
				told[others[0]] = true
				l.oneName(f, others, lang)
			}
		}
	}
}

// alike finds the figures whose names somebody has before them in the order of ids.
func (l *loader) alike(lang *locale.Lang) map[*Figure][]*Figure {
	alike := map[*Figure][]*Figure{}
	names := make(map[uint64]*Figure, len(l.set.all)) // by the sum of the name, which is shorter
	for _, f := range l.set.all {
		if !f.isNamed(lang) {
			continue
		}
		name := f.Unnumbered(lang)
		sum := fnv.New64a()
		sum.Write([]byte(name))
		switch first := names[sum.Sum64()]; {
		case first == nil:
			names[sum.Sum64()] = f
		case first.Unnumbered(lang) == name:
			alike[first] = append(alike[first], f)
		}
	}
	return alike
}

// nameTables lets the names of cells begin with that of their table where those of another
// are alike. It reports whether any does so from now on.
func (l *loader) nameTables(alike map[*Figure][]*Figure) (changed bool) {
	for first, others := range alike {
		for _, f := range append(slices.Clone(others), first) {
			if f.Cell == nil || f.Cell.Table.inNames || !slices.ContainsFunc(append(others, first), f.isOfOtherTable) {
				continue
			}
			f.Cell.Table.inNames, changed = true, true
		}
	}
	return changed
}

func (f *Figure) isOfOtherTable(other *Figure) bool {
	return other.Cell == nil || other.Cell.Table != f.Cell.Table
}

// isNamed reports whether a figure has all that its name is made of; what is missing is
// reported where it should stand.
func (f *Figure) isNamed(l *locale.Lang) bool {
	return !f.Value.Broken && f.Label[l.Code] != "" && !f.Unit.bad && f.Unit.Other[l.Code] != "" && !f.AsOf.bad &&
		(f.Period == nil || f.Period.Label[l.Code] != "")
}

// mostAlike is how many figures of one name are listed.
const mostAlike = 5

func (l *loader) oneName(first *Figure, others []*Figure, lang *locale.Lang) {
	f := others[0]
	d := diag.Diagnostic{Code: "name-shared", Severity: diag.Warning, Place: f.IDAt, About: []string{f.ID, first.ID},
		Text: diag.Say("another number has the same name as %s: %s; a copied sentence would fit both (%s)",
			"eine andere Zahl heißt so wie %s: %s; ein kopierter Satz würde auf beide passen (%s)",
			f.Named(), quoted(f.Unnumbered(lang)), lang),
		Notes: []diag.Note{{Place: first.IDAt, Text: diag.Say("%s", "%s", first.Named())}}}
	for _, other := range others[1:min(len(others), mostAlike)] {
		d.Notes = append(d.Notes, diag.Note{Place: other.IDAt, Text: diag.Say("%s", "%s", other.Named())})
	}
	if f.Cell != nil {
		d.Ways = append(d.Ways, diag.Say("say in the label: of the column or the row what tells them apart",
			"schreiben Sie in label: der Spalte oder der Zeile, was die beiden unterscheidet"),
			diag.Say("write noun: at the column: the words that stand behind its numbers in a sentence",
				"ergänzen Sie bei der Spalte noun: mit den Wörtern, die im Satz hinter ihren Zahlen stehen"))
	} else {
		d.Ways = append(d.Ways, diag.Say("say in label: what tells them apart",
			"schreiben Sie in label:, was die Zahlen unterscheidet"),
			diag.Say("write noun: at one of them: the words that stand behind its number in a sentence",
				"ergänzen Sie bei einer davon noun: mit den Wörtern, die im Satz hinter ihrer Zahl stehen"))
	}
	d.Ways = append(d.Ways, diag.Say("if it is the same number, keep one of them and link to it in all places",
		"ist es dieselbe Zahl, behalten Sie eine davon und verlinken Sie diese an allen Stellen"))
	l.list.Add(d)
}
