package present

import (
	"fmt"
	"html/template"
	"math/big"
	"strings"
	"testing"
	"time"

	"bilanz/internal/calendar"
	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
	"bilanz/internal/prose"
)

// rowsOf is a table of so many rows and a total, of which the second has no value and the
// third a note; each counts a thousand more than the one before.
func rowsOf(rows int) (*Block, *Language) {
	text := func(s string) figure.Text { return figure.Text{"en": s} }
	unit := &figure.Unit{Other: text("visits")}
	source := &figure.Source{ID: "counters", Label: text("Counters")}
	table := &figure.Table{ID: "visits", Label: text("Visits"), Rows: []string{"place"},
		RowLabels: []figure.Text{text("Place")}}
	g := &grid.Grid{Table: table, Columns: []grid.Heading{{Label: text("Visits"), Unit: unit}}}
	in := &Language{Lang: locale.Must("en"), Notes: Passages{}}
	add := func(id string, value figure.Value, total bool) {
		f := &figure.Figure{ID: "visits." + id, Label: text(id), Unit: unit, Source: source, Value: value}
		f.Status = figure.Final
		line := grid.Line{Labels: []figure.Text{text(id)}, Figures: []*figure.Figure{f}, Total: total}
		g.Lines = append(g.Lines, line)
	}
	for i := range rows {
		value := figure.Value{Number: big.NewRat(int64(i*1000), 1)}
		if i == 1 {
			value = figure.Value{Reason: figure.NotAvailable}
		}
		add(fmt.Sprintf("place-%d", i+1), value, false)
	}
	add("city", figure.Value{Number: big.NewRat(9, 2)}, true)
	in.Notes[PassageKey{"visits.place-3", Note}] = "Counted by hand."
	return &Block{Block: &prose.Block{ID: "visits-table", Kind: "table", Form: form.Form("")}, Grid: g}, in
}

// A table can be sorted from nine rows on, totals aside, and is long from twenty-one on.
func TestLargeTablesCanBeSortedAndScroll(t *testing.T) {
	for _, c := range []struct {
		rows           int
		sortable, long bool
	}{{8, false, false}, {9, true, false}, {19, true, false}, {20, true, true}, {21, true, true}} {
		b, in := rowsOf(c.rows)
		got := table(b, nil, in.Lang)
		if got.Sortable != c.sortable || got.Long != c.long || got.Wide || (got.Hint != "") != c.long {
			t.Errorf("%d rows: sortable %t, long %t, wide %t, %q", c.rows, got.Sortable, got.Long, got.Wide, got.Hint)
		}
		if numbered := got.Rows[3].Cells[0] == `<data value="3000">3,000</data>`; numbered != c.sortable {
			t.Errorf("%d rows: a cell is %s", c.rows, got.Rows[3].Cells[0])
		}
		if missing := got.Rows[1].Cells[0]; strings.Contains(string(missing), "<data") {
			t.Errorf("%d rows: what has no value is %s", c.rows, missing)
		}
	}
}

// A total says that it is one, unless its name does.
func TestATotalSaysThatItIsOne(t *testing.T) {
	b, in := rowsOf(2)
	if got := table(b, nil, in.Lang).Rows[2].Head[0]; got != `city<span class="said"> (total)</span>` {
		t.Errorf("the head of the total is %s", got)
	}
	b.Grid.Lines[2].Labels = []figure.Text{{"en": "Total of all"}}
	if got := table(b, nil, in.Lang).Rows[2].Head[0]; got != "Total of all" {
		t.Errorf("the head of the total is %s", got)
	}
}

// A note of one figure has a mark at its cell, which has an id once; one of all figures has
// none.
func TestNotesHaveMarksAtTheirCells(t *testing.T) {
	b, in := rowsOf(3)
	in.Notes[PassageKey{"visits.city", Note}] = "Counted by hand."
	marks := in.marked(b, &Setting{})
	const first = `2,000<sup class="note-mark"><a class="footnote-ref" role="doc-noteref" id="visits-table-mark-1" ` +
		`href="#visits-table-note-1" aria-label="Note 1) on the table">1)</a></sup>`
	rows := table(b, marks, in.Lang).Rows
	if got := string(rows[2].Cells[0]); got != first {
		t.Errorf("the cell is %s", got)
	}
	if got := string(rows[3].Cells[0]); strings.Contains(got, " id=") || !strings.Contains(got, "1)</a>") {
		t.Errorf("the second cell of the note is %s", got)
	}
	below := marks.below([]template.HTML{"Counted by hand.", "p = provisional"})
	want := `<span id="visits-table-note-1">1)</span> Counted by hand. ` +
		`<a class="footnote-backref" role="doc-backlink" href="#visits-table-mark-1">Back to mark 1) in the table</a>`
	if len(below) != 2 || string(below[0]) != want {
		t.Errorf("below stands %q", below)
	}
	for _, line := range b.Grid.Lines {
		in.Notes[PassageKey{line.Figures[0].ID, Note}] = "Counted by hand."
	}
	if all := in.marked(b, &Setting{}); len(all.notes) != 0 {
		t.Errorf("a note of all figures has a mark: %q", all.notes)
	}
}

// A table is wide where running text has no room for it, and its parts on paper have marks
// without ids, which would stand there twice.
func TestWideTablesHaveNoIDTwice(t *testing.T) {
	b, in := rowsOf(3)
	for range 14 {
		b.Grid.Columns = append(b.Grid.Columns, b.Grid.Columns[0])
		for i, line := range b.Grid.Lines {
			b.Grid.Lines[i].Figures = append(line.Figures, line.Figures[0])
		}
	}
	got := table(b, in.marked(b, &Setting{}), in.Lang)
	const hint = "Rows: 4, columns: 16. If you do not see all of them, scroll within the table."
	if !got.Wide || len(got.Paper) < 2 || got.Hint != hint {
		t.Errorf("wide %t, %d parts, %q", got.Wide, len(got.Paper), got.Hint)
	}
	if cell := string(got.Paper[0].Rows[2].Cells[0]); cell != `2,000<sup class="note-mark">1)</sup>` {
		t.Errorf("on paper a cell is %s", cell)
	}
}

// A column of times is headed by what kind of time they are, in every language; by "Date" where
// they are days, or of several kinds.
func TestTimesAreCalledByTheirKind(t *testing.T) {
	day := func(month time.Month) time.Time { return time.Date(2024, month, 1, 0, 0, 0, 0, time.UTC) }
	line := func(kind calendar.Kind, month time.Month) grid.Line {
		f := count(1)
		f.Time = calendar.Span{Kind: kind, From: day(month), To: day(month).AddDate(0, 1, -1)}
		return grid.Line{Date: f.Time.To, Figures: []*figure.Figure{f}}
	}
	for kind, want := range map[calendar.Kind]string{
		calendar.Day: "Date Datum Date", calendar.Month: "Month Monat Mois",
		calendar.Quarter: "Quarter Quartal Trimestre", calendar.Half: "Half-year Halbjahr Semestre",
		calendar.Year: "Year Jahr Année", calendar.Split: "Fiscal year Haushaltsjahr Exercice",
		calendar.School: "School year Schuljahr Année scolaire", calendar.Years: "Years Jahre Années",
	} {
		g := &grid.Grid{Columns: []grid.Heading{{Unit: visits}}, Series: &figure.Series{},
			Lines: []grid.Line{line(kind, 1), line(kind, 2)}}
		var names []string
		for _, code := range []string{"en", "de", "fr"} {
			names = append(names, rowHeads(g, locale.Must(code))...)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%d: %s, not %s", kind, got, want)
		}
		g.Lines = append(g.Lines, line(calendar.Kind(int(kind)%8+1), 3))
		if got := rowHeads(g, locale.Must("de"))[0]; got != "Datum" {
			t.Errorf("%d and another: %s", kind, got)
		}
	}
	year := count(1)
	year.AsOf = figure.AsOf{Year: 2024}
	g := &grid.Grid{Series: &figure.Series{}, Lines: []grid.Line{{Date: day(12), Figures: []*figure.Figure{year}}}}
	if got := rowHeads(g, locale.Must("de"))[0]; got != "Jahr" {
		t.Errorf("as of a year: %s", got)
	}
}
