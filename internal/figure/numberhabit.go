package figure

import (
	"strings"
	"unicode"

	"bilanz/internal/diag"
	"bilanz/internal/sheet"
)

// mostOfOtherForm is how many numbers in the other form are slips, that people mend one by
// one. More of them, and none in this form, are how the office writes.
const mostOfOtherForm = 1

// formIsTheFiles says once that the file writes all of its numbers in the other form than
// its table says, and reads them so: nobody has to hear it of each cell.
func (t *tableReader) formIsTheFiles() {
	said := t.d.form()
	var first *sheet.Cell
	others := 0
	for _, row := range t.under.Rows {
		if !t.takes(row) {
			continue
		}
		for _, v := range t.values {
			cell := &row[v.index]
			switch form, sure := formOf(cell.Text, v.whole()); {
			case !sure || cell.IsNumber():
			case form == said:
				return
			case first == nil:
				first, others = cell, 1
			default:
				others++
			}
		}
	}
	if others <= mostOfOtherForm {
		return
	}
	other, way := germanForm, diag.Say("add numbers: de to %s", "ergänzen Sie in %s numbers: de", t.d.path)
	text := diag.Say("the file writes its numbers with a comma before decimals and points between groups",
		"die Datei schreibt ihre Zahlen mit Komma vor den Nachkommastellen und Punkten zwischen den Tausendern")
	if said == germanForm {
		other, way = englishForm, diag.Say("write numbers: en in %s", "schreiben Sie in %s numbers: en", t.d.path)
		text = diag.Say("the file writes its numbers with a point before decimals and commas between groups",
			"die Datei schreibt ihre Zahlen mit Punkt vor den Nachkommastellen und Kommas zwischen den Tausendern")
	}
	t.holes, t.l.set.incomplete = true, true
	t.l.add("numbers-form", first.Place(), text, way)
	for _, v := range t.values {
		v.form = other
		v.real = t.hasDecimals(v)
	}
}

// formOf is the form in which a number is written, where it can be in one only. A sign before
// three digits may stand before decimals as well as between groups, but not in a whole
// number.
func formOf(text string, whole bool) (f form, sure bool) {
	text = strings.TrimRightFunc(text, func(r rune) bool { return !unicode.IsDigit(r) })
	if text == "" || strings.Trim(text, "0123456789.,+-−'’ \u00a0\u202f") != "" {
		return form{}, false
	}
	comma, point := strings.LastIndex(text, ","), strings.LastIndex(text, ".")
	switch {
	case comma < 0 && point < 0:
		return form{}, false
	case comma >= 0 && point >= 0:
		return decimalIs(comma > point), true
	case strings.Count(text, ",") > 1 || strings.Count(text, ".") > 1:
		return decimalIs(comma < 0), true
	case len(text)-max(comma, point) != len(".000"):
		return decimalIs(comma >= 0), true
	}
	return decimalIs(comma < 0), whole
}

func decimalIs(comma bool) form {
	if comma {
		return germanForm
	}
	return englishForm
}
