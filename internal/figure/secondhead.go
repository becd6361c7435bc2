package figure

import (
	"slices"
	"strings"
	"unicode"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// secondHead says once that the first row holds words where all others have values, as one
// does that names the columns again, or their units.
func (t *tableReader) secondHead() {
	if len(t.under.Rows) < 2 || len(t.values) == 0 || !t.takes(t.under.Rows[0]) ||
		!t.wordsAlone(t.under.Rows[0]) || !slices.ContainsFunc(t.under.Rows[1:], t.hasDigits) {
		return
	}
	row := t.under.Rows[0]
	t.under.Rows, t.holes, t.l.set.incomplete = t.under.Rows[1:], true, true
	at, first := t.naming(), t.values[0]
	ways := []diag.Text{diag.Say("leave the row out: except: {%s: %s}", "lassen Sie die Zeile weg: except: {%s: %s}",
		schema.Written(t.under.Header[at].Text), schema.Written(row[at].Text))}
	if t.under.Heads < mostHeadRows {
		ways = append(ways, diag.Say("if it belongs to the names, write head: %d; the column is then called %s",
			"gehört sie zu den Namen, schreiben Sie head: %d; die Spalte heißt dann %s", t.under.Heads+1,
			sheet.OneLine(t.under.Header[first.index].Text)+sheet.Joint+row[first.index].Text))
	}
	t.l.add("row-head", row[first.index].Place(),
		diag.Say("the first row below the names of the columns holds words and no values",
			"in der ersten Zeile unter den Namen der Spalten stehen Wörter und keine Werte"), ways...)
}

// wordsAlone reports whether a row has words in all columns of values, of which nobody
// says what they mean.
func (t *tableReader) wordsAlone(row []sheet.Cell) bool {
	return !slices.ContainsFunc(t.values, func(v *valueColumn) bool {
		text := row[v.index].Text
		_, explained := t.words.missing[text]
		return explained || slices.Contains(reasons, text) || !isWords(text)
	})
}

// isWords reports whether a text is words without a number, that are longer than what
// stands for a missing value: "x", "NA".
func isWords(text string) bool {
	return strings.ContainsFunc(text, unicode.IsLetter) && len([]rune(text)) > 2 &&
		!strings.ContainsFunc(text, unicode.IsDigit) || text == "%" || text == "€"
}

// hasDigits reports whether a row has a number in a column of values.
func (t *tableReader) hasDigits(row []sheet.Cell) bool {
	return slices.ContainsFunc(t.values, func(v *valueColumn) bool {
		return strings.ContainsFunc(row[v.index].Text, unicode.IsDigit)
	})
}
