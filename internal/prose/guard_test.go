package prose

import (
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// A page that would keep the machine busy for minutes is refused, in words that say
// what there is too much of; one that is as large as a page can be is read.
func TestAPageIsToldWhatItHasTooMuchOf(t *testing.T) {
	for _, c := range []struct {
		most, over string
		en, de     string
	}{
		{strings.Repeat("## Words\n", mostHeadings), strings.Repeat("## Words\n", mostHeadings+1), "2,000 headings", "2.000 Überschriften"},
		{strings.Repeat("#\n", mostHeadings), strings.Repeat("#\n", mostHeadings+1), "2,000 headings", "2.000 Überschriften"},
		{strings.Repeat("Words\n-\n", mostHeadings), strings.Repeat("Words\n=\n", mostHeadings+1), "2,000 headings", "2.000 Überschriften"},
		{strings.Repeat("[x](a.md)\n", mostLinks), strings.Repeat("![x](a.jpg)\n", mostLinks+1), "20,000 links", "20.000 Links"},
		{strings.Repeat("[", mostBrackets), strings.Repeat("[", mostBrackets+1), "400 open brackets in one paragraph", "400 offene Klammern in einem Absatz"},
		{strings.Repeat("(", mostBrackets), strings.Repeat("(", mostBrackets+1), "400 open brackets in one paragraph", "400 offene Klammern in einem Absatz"},
		{strings.Repeat("_", mostMarks), strings.Repeat("a*", mostMarks+1), "4,000 signs of emphasis (* _ ~) in one paragraph", "4.000 Zeichen für Hervorhebungen (* _ ~) in einem Absatz"},
		{strings.Repeat("a", mostLine), strings.Repeat("a", mostLine+1), "64 kB in one line", "64 kB in einer Zeile"},
		{strings.Repeat(">", mostNesting), strings.Repeat("> ", mostNesting+1), "40 lists or quotes within each other", "40 Listen oder Zitate ineinander"},
		{strings.Repeat("|-", mostColumns) + "|", strings.Repeat("|-", mostColumns+1) + "|",
			"100 columns in a table", "100 Spalten in einer Tabelle"},
		{"-" + strings.Repeat("|-", mostColumns-1), "-" + strings.Repeat("|-", mostColumns),
			"100 columns in a table", "100 Spalten in einer Tabelle"},
		{"---\ntitle: Words\n---\n" + strings.Repeat("# Words\n", mostHeadings),
			"---\n---\n" + strings.Repeat("# Words\n", mostHeadings+1), "2,000 headings", "2.000 Überschriften"},
		{strings.Repeat("```table\n```\n", mostBlocks), strings.Repeat("```table\n```\n", mostBlocks+1), "500 charts, tables and headline figures", "500 Diagramme, Tabellen und Kennzahlen-Blöcke"},
		{strings.Repeat("```cards\n```\n", mostDecks), strings.Repeat("```cards\n```\n", mostDecks+1),
			"4 blocks of cards", "4 Blöcke mit Karten"},
		{strings.Repeat("[^a]: b\n", mostNotes), strings.Repeat("[^a]: b\n", mostNotes+1), "2,000 footnotes", "2.000 Fußnoten"},
		{strings.Repeat("1\n", mostNumbers), strings.Repeat("1\n", mostNumbers+1), "30,000 numbers", "30.000 Zahlen"},
		{strings.Repeat("---\n\n***\n\n- a\n\n    # code\n\nWords\n\n####### seven\n\n", mostHeadings), "", "", ""},
	} {
		if got := refusal(c.most, "en"); got != "" {
			t.Errorf("%q and so on: %s", c.most[:40], got)
		}
		if c.over == "" {
			continue
		}
		if got, want := refusal(c.over, "en"), "this is more than one page can hold: at most "+c.en; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if got, want := refusal(c.over, "de"), "das ist mehr, als eine Seite fassen kann: höchstens "+c.de; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func refusal(page, lang string) string {
	var list diag.List
	file := schema.File{Path: "content/en/page.md", Text: []byte(page)}
	if newVisitor(&Context{Lang: locale.Must("en")}, whole(file), &list).guard() {
		return ""
	}
	return list.Sorted()[0].Text.In(lang)
}
