package figure

import (
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// split is a column of the file whose cells hold several words, each of which is to be a
// column of its own.
type split struct {
	head string
	at   said
	by   string
	into []string
}

// splitKeys are the keys of such a column.
var splitKeys = schema.Keys{
	{Name: "by", Kind: schema.Text, Required: true, Form: `","`, Doc: "The sign between the words."},
	{Name: "into", Kind: schema.List, Of: oneText, Required: true, Form: "[freq, unit, geo]",
		Doc: "What each of them is called, in the order of the cells."},
}

// splits reads split:.
func (t *tableReader) splits() (all []split, ok bool) {
	n := t.d.fields.Get("split")
	if n == nil {
		return nil, true
	}
	ok = true
	for _, value := range n.Values() {
		fields, fits := value.Fields(splitKeys, t.l.list)
		if !fits || !fields.Has("by") || !fields.Has("into") {
			ok = false
			continue
		}
		s := split{head: value.Key(), at: inYAML(value), by: fields.Text("by")}
		for _, item := range itemsOf(fields.Get("into")) {
			name := sheet.OneLine(item.String())
			if slices.Contains(s.into, name) || name == "" {
				ok = false
				t.l.add("column-twice", item.Place(), diag.Say("each word needs a name of its own",
					"jedes Wort braucht einen eigenen Namen"))
			}
			s.into = append(s.into, name)
		}
		all = append(all, s)
	}
	return all, ok
}

// unsplit are the columns that the file must have where some of those asked for come of
// others.
func unsplit(heads []string, splits []split) []string {
	for _, s := range splits {
		heads = slices.DeleteFunc(heads, func(head string) bool { return slices.Contains(s.into, head) })
		if head := sheet.OneLine(s.head); !slices.Contains(heads, head) {
			heads = append(heads, head)
		}
	}
	return heads
}

// split makes columns of the words in the cells of others.
func (t *tableReader) split(splits []split) bool {
	ok := true
	for _, s := range splits {
		for _, name := range s.into {
			if t.under.Column(name) >= 0 {
				ok = false
				t.l.add("column-twice", s.at.place(), diag.Say("the file has a column %s already",
					"die Datei hat schon eine Spalte %s", name),
					diag.Say("choose another name under into:", "wählen Sie unter into: einen anderen Namen"))
			}
		}
		if !ok {
			return false
		}
		unfit := t.under.Split(t.under.Column(s.head), s.by, s.into)
		if len(t.under.Rows) == 0 {
			unfit = unfit[:min(len(unfit), 1)] // they are alike: the words are counted wrongly
		}
		for _, cell := range unfit {
			t.holes, t.l.set.incomplete = true, true
			t.l.fault(inCell(&cell), &fault{code: "cell-parts", end: len(cell.Text),
				text: diag.Say("split: names %d words (%s), and here stand %d",
					"split: nennt %d Wörter (%s), und hier stehen %d", len(s.into), strings.Join(s.into, ", "),
					strings.Count(cell.Text, s.by)+1),
				ways: []diag.Text{diag.Say("name as many under into: as stand in each cell",
					"nennen Sie unter into: so viele, wie in jeder Zelle stehen")}})
		}
	}
	return ok
}

// splitWay is the way out where the name of a column stands in that of another, between
// others: geo in freq,unit,geo\TIME_PERIOD, as Eurostat writes.
func splitWay(name string, heads []sheet.Cell) []diag.Text {
	for _, head := range heads {
		words, _, _ := strings.Cut(head.Text, `\`)
		into := strings.Split(words, ",")
		if len(into) > 1 && slices.Contains(into, name) {
			return []diag.Text{diag.Say("if %[1]s stands in the cells of %[2]s, add split: {%[2]s: {by: \",\", "+
				"into: [%[3]s]}}",
				"steht %[1]s in den Zellen von %[2]s, ergänzen Sie split: {%[2]s: {by: \",\", into: [%[3]s]}}",
				name, schema.Written(head.Text), strings.Join(into, ", "))}
		}
	}
	return nil
}
