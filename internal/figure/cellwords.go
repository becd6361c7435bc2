package figure

import (
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// cellWords are what words and signs in the cells of a file mean, as its author says.
type cellWords struct {
	missing    map[string]Reason // "NA"
	marks      []mark            // behind numbers: "p"
	statusHead string            // of the column that says how settled a row is
	statusAt   said
	statusCol  int
	statuses   map[string]Status // "Normal value"
	saidStatus map[string]bool
}

// mark is a sign at a number: how settled that is, or a footnote.
type mark struct {
	sign     string
	status   Status
	footnote *Footnote // nil for a status
}

// brackets is the sign that goes around a number.
const brackets = "()"

// within takes a sign off a text; false where the text does not have it.
func (m mark) within(text string) (string, bool) {
	if m.sign == brackets {
		inner, opened := strings.CutPrefix(text, "(")
		inner, closed := strings.CutSuffix(inner, ")")
		return strings.Trim(inner, " \u00a0\u202f"), opened && closed
	}
	rest, marked := strings.CutSuffix(text, m.sign)
	return strings.TrimRight(rest, " \u00a0\u202f"), marked && m.sign != "" && rest != ""
}

// readWords reads missing:, marks: and status_from:.
func (t *tableReader) readWords() {
	w := &t.words
	w.missing, w.statuses, w.saidStatus, w.statusCol = map[string]Reason{}, map[string]Status{}, map[string]bool{}, -1
	if n := t.d.fields.Get("missing"); n != nil {
		for _, word := range n.Values() {
			if slices.Contains(reasons, word.String()) {
				w.missing[word.Key()] = Reason(word.String())
				continue
			}
			t.l.fault(inYAML(word), noReason(word.String()))
		}
	}
	if n := t.d.fields.Get("marks"); n != nil {
		for _, word := range n.Values() {
			if t.l.footnotes[word.String()] != nil {
				w.marks = append(w.marks, mark{sign: word.Key(), footnote: t.l.footnote(inYAML(word))})
				continue
			}
			// Of a word that is refused nothing is said at each cell.
			status, _ := t.statusWord(word, sortedKeys(t.l.footnotes))
			w.marks = append(w.marks, mark{sign: word.Key(), status: status})
		}
		slices.SortStableFunc(w.marks, func(a, b mark) int { return len(b.sign) - len(a.sign) })
	}
	if n := t.d.fields.Get("breaks"); n != nil {
		for _, item := range itemsOf(n) {
			t.breaks = append(t.breaks, t.l.footnote(inYAML(item)))
		}
	}
	n := t.d.fields.Get("status_from")
	if n == nil {
		return
	}
	fields, ok := n.Fields(statusKeys, t.l.list)
	if !ok || fields.Get("column") == nil || fields.Get("words") == nil {
		return
	}
	w.statusHead, w.statusAt = fields.Text("column"), inYAML(fields.Get("column"))
	for _, word := range fields.Get("words").Values() {
		if status, ok := t.statusWord(word, nil); ok {
			w.statuses[word.Key()] = status
		}
	}
}

// statusKeys are the keys of the column that says how settled a row is.
var statusKeys = schema.Keys{
	{Name: "column", Kind: schema.Text, Required: true, Form: "Observation status",
		Doc: "The column of the file that says it."},
	{Name: "words", Kind: schema.Map, Of: oneText,
		Required: true, Form: "{Normal value: final, Provisional: provisional}",
		Doc: "What its words mean: final, provisional, estimated or revised."},
}

var statuses = []string{string(Final), string(Provisional), string(Estimated), string(Revised)}

// statusWord reads the name of a status. footnotes are what may stand in its place.
func (t *tableReader) statusWord(n *schema.Node, footnotes []string) (Status, bool) {
	if slices.Contains(statuses, n.String()) {
		return Status(n.String()), true
	}
	bad := &fault{code: "value-unknown", end: len(n.String()), text: diag.Say("%s is no status; there are: %s",
		"%s ist kein Status; es gibt: %s", quoted(n.String()), strings.Join(statuses, ", "))}
	if len(footnotes) > 0 {
		bad.text = diag.Say("%s is neither a footnote nor a status; there are: %s",
			"%s ist weder eine Fußnote noch ein Status; es gibt: %s", quoted(n.String()),
			strings.Join(slices.Concat(footnotes, statuses), ", "))
	}
	for _, near := range diag.Nearest(n.String(), slices.Concat(footnotes, statuses)) {
		bad.ways = append(bad.ways, writeWay(near))
	}
	t.l.fault(inYAML(n), bad)
	return "", false
}

func noReason(text string) *fault {
	bad := &fault{code: "value-unknown", end: len(text),
		text: diag.Say("%s does not say why there is no value; these do: %s",
			"%s sagt nicht, warum es keinen Wert gibt; das tun: %s", quoted(text), strings.Join(reasons, ", "))}
	for _, near := range diag.Nearest(text, reasons) {
		bad.ways = append(bad.ways, writeWay(near))
	}
	return bad
}

// status is how settled the figures of a row are; "" where the file does not say. A word
// that nobody explained is said once.
func (w *cellWords) status(l *loader, row []sheet.Cell) (Status, bool) {
	if w.statusCol < 0 {
		return "", true
	}
	cell := &row[w.statusCol]
	status, known := w.statuses[cell.Text]
	if !known && !w.saidStatus[cell.Text] {
		w.saidStatus[cell.Text] = true
		l.fault(inCell(cell), &fault{code: "value-unknown", end: len(cell.Text),
			text: diag.Say("nobody says what the status %s means",
				"was der Status %s bedeutet, steht nirgends", quoted(cell.Text)),
			ways: []diag.Text{diag.Say("add it under status_from: words: as %[1]s: provisional, or final, "+
				"estimated, revised",
				"ergänzen Sie ihn unter status_from: words: als %[1]s: provisional, oder final, estimated, "+
					"revised", schema.Written(cell.Text))}})
	}
	return status, known
}

// tableValue reads the value of a cell of a table: every digit of it is kept.
func (l *loader) tableValue(f *Figure, cell *sheet.Cell, v *valueColumn, w *cellWords) {
	if reason, ok := w.missing[cell.Text]; ok {
		f.Value = Value{Reason: reason}
		return
	}
	if bad := unusable(cell); bad != nil {
		f.Value.Broken = true
		l.fault(inCell(cell), bad)
		return
	}
	if number, ok := v.stored(cell); ok {
		f.Value = Value{Number: number}
		return
	}
	if value, _, marks, ok := w.unmarked(cell.Text, v); ok {
		f.Value = value
		for _, m := range marks {
			l.marked(f, m, cell)
		}
		return
	}
	if bad := v.signed(cell.Text); bad != nil {
		f.Value.Broken = true
		l.fault(inCell(cell), bad)
		return
	}
	l.cellValue(f, cell, v.form)
}

// unmarked reads a number, or a word in its place, as it is written and the signs at it, the
// first one last.
func (w *cellWords) unmarked(text string, v *valueColumn) (value Value, number string, marks []mark, ok bool) {
	number = text
	if percent := v.percent(text); percent != "" {
		number = percent
	}
	if n, ok := exactNumber(number, v); ok {
		return Value{Number: n}, number, nil, true
	}
	if reason, ok := w.missing[text]; ok {
		return Value{Reason: reason}, text, nil, true
	}
	for _, m := range w.marks {
		rest, marked := m.within(text)
		if !marked {
			continue
		}
		if value, number, marks, ok = w.unmarked(rest, v); ok {
			return value, number, append([]mark{m}, marks...), true
		}
	}
	return Value{}, "", nil, false
}

// marked gives a figure what a sign at its number says. It can have one footnote.
func (l *loader) marked(f *Figure, m mark, cell *sheet.Cell) {
	switch {
	case m.status != "":
		f.Status = m.status
	case m.footnote == nil:
	case f.Footnote != nil && f.Footnote != m.footnote:
		l.fault(inCell(cell), &fault{code: "value-unknown", end: len(cell.Text),
			text: diag.Say("two footnotes belong to this cell, %s and %s; it can have one",
				"zu dieser Zelle gehören zwei Fußnoten, %s und %s; sie kann eine haben",
				f.Footnote.ID, m.footnote.ID),
			ways: []diag.Text{diag.Say("describe one footnote that says both, and name it in marks: "+
				"for the signs together",
				"beschreiben Sie eine Fußnote, die beides sagt, und nennen Sie sie unter marks: "+
					"für beide Zeichen zusammen")}})
	default:
		f.Footnote = m.footnote
	}
}

// signed explains a number with brackets around it, or a sign behind it that nobody
// explained; nil for anything else.
func (v *valueColumn) signed(text string) *fault {
	inner, opened := strings.CutPrefix(text, "(")
	inner, closed := strings.CutSuffix(inner, ")")
	if _, ok := exactNumber(inner, v); ok && opened && closed {
		return &fault{code: "value-unreadable", end: len(text),
			text: diag.Say("%s stands in brackets, which mean less than zero in some tables, and in others "+
				"that it is uncertain",
				"%s steht in Klammern; sie heißen in manchen Tabellen kleiner als null, in anderen unsicher", inner),
			ways: []diag.Text{diag.Say("if they mean that it is uncertain, add to the YAML file: "+
				"marks: {\"()\": estimated}, or the name of a footnote",
				"heißen sie unsicher, ergänzen Sie in der YAML-Datei: marks: {\"()\": estimated}, oder den Namen "+
					"einer Fußnote"),
				diag.Say("write -%s, or the number without brackets",
					"schreiben Sie -%s, oder die Zahl ohne Klammern", inner)}}
	}
	number := strings.TrimRight(text, "*abcdefghijklmnopqrstuvwxyz†‡¹²³ \u00a0")
	sign := strings.TrimLeft(text[len(number):], " \u00a0")
	if _, ok := exactNumber(number, v); !ok || sign == "" || len([]rune(sign)) > 3 {
		return nil
	}
	return &fault{code: "value-unreadable", start: len(text) - len(sign), end: len(text),
		text: diag.Say("nobody says what %s behind the number means",
			"was %s hinter der Zahl bedeutet, steht nirgends", quoted(sign)),
		ways: []diag.Text{diag.Say("add it to the YAML file: marks: {%s: provisional}, or final, estimated, revised, "+
			"or the name of a footnote",
			"ergänzen Sie es in der YAML-Datei: marks: {%s: provisional}, oder final, estimated, revised, oder den "+
				"Namen einer Fußnote", schema.Written(sign)),
			diag.Say("write the number alone, and what the sign means as a note: notes:",
				"schreiben Sie die Zahl allein, und was das Zeichen bedeutet, als Anmerkung: notes:")}}
}

// percent gives the number of "85%" where the unit is percent, else "".
func (v *valueColumn) percent(text string) string {
	if v.attrs.unit == nil || !v.attrs.unit.IsPercent() {
		return ""
	}
	number, ok := strings.CutSuffix(text, "%")
	if !ok {
		return ""
	}
	return strings.TrimRight(number, " \u00a0\u202f")
}

// stored is the number of a cell of a workbook. What is shown there as 85% is stored as
// 0.85.
func (v *valueColumn) stored(cell *sheet.Cell) (*big.Rat, bool) {
	if !cell.IsNumber() {
		return nil, false
	}
	number, ok := new(big.Rat).SetString(cell.Text)
	if ok && cell.IsPercent() && v.attrs.unit != nil && v.attrs.unit.IsPercent() {
		number.Mul(number, hundred)
	}
	return number, ok
}

// exactNumber reads a number as offices write it: signs of either kind, groups of three
// digits with the sign of the file's language or a space, and as many decimals as there are.
func exactNumber(text string, v *valueColumn) (*big.Rat, bool) {
	text = strings.TrimPrefix(strings.Replace(text, "−", "-", 1), "+")
	if plain, grouped := ungroup(text, v.form); grouped {
		text = plain
	} else if !v.real && v.whole() && groupable(text, v.form.decimal) {
		return nil, false // 1.234 of what has no decimals may be a thousand
	}
	digits, _, ok := cutNumber(text, v.form.decimal)
	if !ok {
		return nil, false
	}
	return new(big.Rat).SetString(digits)
}

// whole reports whether the figures of the column are whole numbers.
func (v *valueColumn) whole() bool {
	return v.attrs.unit != nil && !v.attrs.unit.bad && v.attrs.unit.Decimals == 0
}

// ungroup takes the signs between groups of three digits out of a number.
func ungroup(text string, f form) (string, bool) {
	whole, fraction, has := strings.Cut(text, f.decimal)
	for _, sign := range []string{f.group, " ", "\u00a0", "\u202f", "\u2009", "'", "’"} {
		if plain, ok := schema.Ungrouped(whole, sign); ok {
			if has {
				plain += f.decimal + fraction
			}
			return plain, true
		}
	}
	return "", false
}
