package figure

import (
	"slices"
	"strings"

	"bilanz/internal/calendar"
	"bilanz/internal/diag"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// timeColumn is a column of the file that says when, or one of those that say it together.
type timeColumn struct {
	head  string
	at    said
	index int
}

// The forms of times: years that begin in one calendar year and end in the next, and what
// numbers are that stand in a column beside that of the year.
const (
	fiscalYear = "fiscal-year"
	schoolYear = "school-year"
	inMonths   = "months"
	inQuarters = "quarters"
	inHalves   = "halves"
	excelDays  = "excel-days"
)

// timeKeys are the keys of the columns that say when.
var timeKeys = schema.Keys{
	{Name: "column", Kind: schema.Text, Form: "Year", Doc: "The column of the file that says when."},
	{Name: "columns", Kind: schema.List, Of: oneText, Form: "[Year, Month]",
		Doc: "The columns that say it together, the largest first: year and month, year and quarter, or year, " +
			"month and day."},
	{Name: "form", Kind: schema.Text, Values: []string{fiscalYear, schoolYear, inMonths, inQuarters, inHalves,
		excelDays},
		Doc: "What 2024/25 is, and that 2011-12 is one too and no December; or what numbers are in the column " +
			"beside the year, where its name does not say it; or that 45657 is a day, as Excel counts them."},
	{Name: "starts", Kind: schema.Text, Values: []string{"January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December"}, Form: "April",
		Doc: "The first month of such a year."},
}

// describedTime reads column: or columns:, of which one has to stand there.
func (t *tableReader) describedTime(n *schema.Node, fields schema.Fields) bool {
	one, several := fields.Get("column"), fields.Get("columns")
	switch {
	case one != nil && several != nil:
		t.l.add("time-columns", fields.KeyPlace("columns"),
			diag.Say("column and columns both say where the time stands",
				"column und columns sagen beide, wo die Zeit steht"),
			diag.Say("keep one of them", "lassen Sie eines davon stehen"))
		return false
	case several != nil:
		return t.timeColumns(several)
	case one != nil:
		return t.timeColumns(one)
	case !fields.Faulty("column") && !fields.Faulty("columns"):
		t.l.add("key-missing", n.Place(), diag.Say("column: is missing here", "column: fehlt hier"),
			diag.Say("add column: Year, or columns: [Year, Month]",
				"ergänzen Sie column: Jahr, oder columns: [Jahr, Monat]"))
	}
	return false
}

// timeColumns reads the names of the columns that say when: one, or a list.
func (t *tableReader) timeColumns(n *schema.Node) bool {
	items := itemsOf(n)
	if len(items) < 1 || len(items) > calendar.MostParts {
		t.l.add("time-columns", n.Place(), diag.Say("a time stands in one column, in two or in three, not in %d",
			"eine Zeit steht in einer Spalte, in zweien oder in dreien, nicht in %d", len(items)),
			largestFirst())
		return false
	}
	for _, item := range items {
		head, ok := item.Scalar(t.l.list)
		if !ok {
			return false
		}
		if slices.ContainsFunc(t.when, func(c timeColumn) bool { return c.head == head }) {
			t.l.add("time-columns", item.Place(), diag.Say("the column %s stands here twice",
				"die Spalte %s steht hier zweimal", head), largestFirst())
			return false
		}
		t.when = append(t.when, timeColumn{head: head, at: inYAML(item)})
	}
	if len(t.when) > 1 {
		t.part = calendar.PartNamed(t.when[1].head)
	}
	return true
}

// timeHead is the name of the column that says when, or the year of it; "" for none.
func (t *tableReader) timeHead() string {
	if len(t.when) == 0 {
		return ""
	}
	return t.when[0].head
}

// unfitForm says that a form of times cannot stand in so many columns.
func (t *tableReader) unfitForm(form *schema.Node) bool {
	years := form.String() == fiscalYear || form.String() == schoolYear
	switch {
	case form.String() == excelDays && len(t.when) == 1:
		return false
	case years && len(t.when) > 1:
		t.l.add("time-columns", form.Place(),
			diag.Say("a %s stands in one column; parts of it are not read",
				"ein %s steht in einer Spalte; Teile davon werden nicht gelesen", form.String()),
			diag.Say("name one column, or delete form:", "nennen Sie eine Spalte, oder löschen Sie form:"))
	case !years && len(t.when) != 2:
		t.l.add("time-columns", form.Place(),
			diag.Say("%s are told from a column beside that of the year, and there is none here",
				"%s stehen in einer Spalte neben der des Jahres, und hier ist keine", form.String()),
			largestFirst(), diag.Say("delete form:", "löschen Sie form:"))
	default:
		return false
	}
	return true
}

func largestFirst() diag.Text {
	return diag.Say("name the columns, the largest first: [year, month], [year, quarter] or [year, month, day]",
		"nennen Sie die Spalten, die größte zuerst: [Jahr, Monat], [Jahr, Quartal] oder [Jahr, Monat, Tag]")
}

// timeIn is when a row of the file is of; none where no column says it.
func (t *tableReader) timeIn(row []sheet.Cell) (span calendar.Span, ok bool) {
	texts := make([]string, len(t.when))
	for i, c := range t.when {
		cell := &row[c.index]
		if cell.IsUncomputed() {
			t.l.fault(inCell(cell), unusable(cell))
			return span, false
		}
		texts[i] = cell.Text
	}
	switch len(t.when) {
	case 0:
		return span, true
	case 1:
		return t.timeOf(inCell(&row[t.when[0].index]))
	}
	key := strings.Join(texts, "\x00")
	if span, met := t.spans[key]; met {
		return span, !span.IsZero()
	}
	span, wrong, problem := t.times.Join(t.part, texts...)
	if problem != calendar.None {
		t.noPart(wrong, inCell(&row[t.when[wrong].index]), problem)
		span = calendar.Span{}
	}
	t.spans[key] = span
	return span, problem == calendar.None
}

// noPart says of a cell why the columns make no time in its row. What a number is that may
// be a month or a quarter is asked once.
func (t *tableReader) noPart(which int, s said, problem calendar.Problem) {
	head, noTime := t.when[which].head, &fault{code: "date-form", end: len(s.text)}
	except := diag.Say("leave the row out: except: {%s: %s}", "lassen Sie die Zeile weg: except: {%s: %s}",
		schema.Written(head), schema.Written(s.text))
	switch {
	case problem == calendar.NoPart && t.saidPart:
		return
	case problem == calendar.NoPart:
		t.saidPart = true
		s = t.when[which].at
		noTime = &fault{code: "time-columns", end: len(s.text),
			text: diag.Say("nobody says what the numbers in %s are: months, quarters or halves of a year",
				"es steht nirgends, was die Zahlen in %s sind: Monate, Quartale oder Halbjahre", quoted(head))}
		except = diag.Say("say it: time: {columns: [%[1]s, %[2]s], form: months}, or quarters, halves",
			"schreiben Sie es dazu: time: {columns: [%[1]s, %[2]s], form: months}, oder quarters, halves",
			schema.Written(t.when[0].head), schema.Written(head))
	case s.text == "":
		noTime.text = diag.Say("this row has no %s, so nobody knows of when it is",
			"in dieser Zeile fehlt %s; niemand weiß, von wann sie ist", head)
		noTime.ways = []diag.Text{diag.Say("repeat what stands in the row above if it is the same",
			"wiederholen Sie, was in der Zeile darüber steht, wenn es dasselbe ist")}
	case problem == calendar.NoSuchDay:
		noTime.text = t.outOfRange(which, s.text)
		noTime.ways = []diag.Text{diag.Say("correct it in the file", "berichtigen Sie es in der Datei")}
	case which == 0:
		noTime.text = diag.Say("%s is no year", "%s ist kein Jahr", quoted(s.text))
		noTime.ways = []diag.Text{largestFirst()}
	default:
		noTime.text = t.unreadPart(which, s.text)
		noTime.ways = []diag.Text{diag.Say("write its number", "schreiben Sie die Zahl")}
	}
	if which < 2 || problem != calendar.NoSuchDay { // other months have that day
		noTime.ways = append(noTime.ways, except)
	}
	t.l.fault(s, noTime)
}

// outOfRange says that there is no month, quarter, half or day of this number.
func (t *tableReader) outOfRange(which int, text string) diag.Text {
	switch {
	case which == 2:
		return diag.Say("this month has no day %s", "diesen Tag hat der Monat nicht: %s", text)
	case len(t.when) == 2 && t.part == calendar.Quarter:
		return diag.Say("a year has four quarters, and none is %s",
			"ein Jahr hat vier Quartale, und keines ist %s", text)
	case len(t.when) == 2 && t.part == calendar.Half:
		return diag.Say("a year has two halves, and none is %s", "ein Jahr hat zwei Halbjahre, und keines ist %s", text)
	}
	return diag.Say("a year has twelve months, and none is %s", "ein Jahr hat zwölf Monate, und keiner ist %s", text)
}

// unreadPart says that a text is no month, quarter, half or day.
func (t *tableReader) unreadPart(which int, text string) diag.Text {
	switch {
	case which == 2:
		return diag.Say("%s is no day of a month", "%s ist kein Tag eines Monats", quoted(text))
	case len(t.when) == 2 && t.part == calendar.Quarter:
		return diag.Say("%s is no quarter", "%s ist kein Quartal", quoted(text))
	case len(t.when) == 2 && t.part == calendar.Half:
		return diag.Say("%s is no half of a year", "%s ist kein Halbjahr", quoted(text))
	}
	return diag.Say("%s is no month", "%s ist kein Monat", quoted(text))
}
