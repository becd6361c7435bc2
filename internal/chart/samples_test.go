package chart

import (
	"fmt"
	"math/big"
	"strings"
	"time"

	"bilanz/internal/colour"
	"bilanz/internal/form"
)

// house is the palette that the pictures of testdata are drawn with.
var house = colour.Palette{
	Paper: colour.RGB{R: 0xff, G: 0xff, B: 0xff}, Ink: colour.RGB{R: 0x1b, G: 0x21, B: 0x29}, Muted: colour.RGB{R: 0x4a, G: 0x55, B: 0x61},
	Rule: colour.RGB{R: 0xcf, G: 0xd6, B: 0xdc}, Accent: colour.RGB{R: 0x12, G: 0x43, B: 0x6d},
	Rest:   colour.RGB{R: 0x7f, G: 0x8b, B: 0x97},
	Series: [5]colour.RGB{{R: 0x12, G: 0x43, B: 0x6d}, {R: 0x47, G: 0x96, B: 0xd2}, {R: 0xd0, G: 0x7a, B: 0x1f}, {R: 0x7a, G: 0x2b, B: 0x10}, {R: 0x75, G: 0x76, B: 0x70}},
}

// samples are charts of a fictional library network: every kind, and what strains it.
func samples() []Spec {
	return []Spec{
		sample("bar", form.Bar, "en", "Visits", "Central Library", 171905, "Branch libraries", 112340, "Mobile library", 34217),
		longLabels(),
		gaps(),
		one("bar-one", 7),
		one("bar-zero", 0),
		table("grouped", form.GroupedBar, "en", []string{"Adults", "Children and young people"},
			"Loans", 119786, 88323, "Renewals", 12400, 9100, "Reservations", 467, 676),
		table("grouped-lang", form.GroupedBar, "de", []string{"Akteurinnen und Akteure des Arbeitsmarktes", "Unternehmen", "Qualifizierungsmaßnahmen"},
			"Schulungen und Informationsveranstaltungen", 2622, 1246, 31, "Teilnehmende", 31919, 25715, 12),
		sample("bar-below-zero", form.Bar, "de", "Besuche", "Zentralbibliothek", 12904, "Zweigstellen", 0,
			"Qualifizierungsmaßnahmen im Kontext des Anerkennungsgesetzes", -467, "Fahrbibliothek", -8217),
		sample("bar-all-below-zero", form.Bar, "en", "Visits", "Branch libraries", -3, "Mobile library", -8217),
		table("grouped-below-zero", form.GroupedBar, "en", []string{"Adults", "Children and young people"},
			"Loans", 19786, -3323, "Renewals", -12400, 9100),
		table("stacked", form.StackedBar, "en", []string{"Books", "Films", "Games"},
			"Central Library", 60000, 40000, 19786, "Branch libraries", 52000, 30000, 6323, "Mobile library", 9000, 12, 900),
		table("share", form.ShareBar, "de", []string{"Zentralbibliothek", "Zweigstellen", "Fahrbibliothek", "Qualifizierungsmaßnahmen im Kontext des Anerkennungsgesetzes", "Sonstige"},
			"Besuche", 171905, 112340, 34217, 12000, 900),
		line("line", "en", []string{"Members"}, []int{9812}, []int{12044}, []int{16230}, []int{22957}),
		brokenLine(),
		line("line-several", "de", []string{"Zentralbibliothek", "Zweigstellen", "Qualifizierungsmaßnahmen im Kontext"},
			[]int{9812, 4100, 3900}, []int{12044, 5200, 5100}, []int{16230, 5900, 6100}, []int{22957, 6100, 6090}),
		lastBreak(),
		highlighted(sample("bar-highlight", form.Bar, "de", "Besuche", "Zentralbibliothek", 171905,
			"Zweigstellen", 112340,
			"Qualifizierungsmaßnahmen im Kontext des Anerkennungsgesetzes", 34217), 2),
		years("column", 2017, 12904, 13100, 15218, 9100, 10467, 14031, 15002, 16230),
		highlighted(columns("column-highlight", "de", "Zentralbibliothek", 1719, "Zweigstellen", 1123,
			"Fahrbibliothek", 342), 3),
		highlighted(years("column-highlight-standing", 2020, 1719, 1123, 342), 3),
		columnGaps(),
		years("column-lying", 2013, 1112904, 1113100, 1115218, 1119100, 1110467, 1114031, 1115002, 1116230, 3, 4, 5, 6),
		columns("column-long", "de", "Qualifizierungsmaßnahmen im Kontext des Anerkennungsgesetzes", 1719,
			"Besuche", 0),
		fiveLines("line-five"),
		highlighted(fiveLines("line-highlight"), 4),
		quarters(),
		manyPoints(),
		table("panels", form.SmallMultiples, "en", []string{"Central Library", "Branch libraries", "Mobile library"},
			"Printed media", 98420, 74115, 9120, "Sound and film", 21366, 14208, 0, "Games", 4104, 3075, 1210),
		panelGaps(),
		panelLines("panels-lines", "en", "Central Library", "Branch libraries"),
		panelLines("panels-lines-lang", "de", "Qualifizierungsmaßnahmen im Kontext des Anerkennungsgesetzes", "Zweigstellen", "Fahrbibliothek"),
		sample("pie", form.Pie, "en", "Visits", "Central Library", 171905, "Branch libraries", 112340, "Mobile library", 34217),
		sample("pie-small", form.Pie, "de", "Besuche", "Zentralbibliothek", 940, "Zweigstellen", 30,
			"Qualifizierungsmaßnahmen im Kontext des Anerkennungsgesetzes", 15, "Fahrbibliothek", 10, "Sonstige", 5),
	}
}

// highlighted makes one row or line stand out.
func highlighted(s Spec, n int) Spec {
	s.Highlight = n
	return s
}

func columns(id, lang string, pairs ...any) Spec {
	return sample(id, form.Column, lang, "Visits", pairs...)
}

// years is one value for each year.
func years(id string, from int, values ...int) Spec {
	s := head(id, form.Column, "en")
	s.Series = []string{"Visits"}
	for i, v := range values {
		year := fmt.Sprint(from + i)
		s.Rows = append(s.Rows, Row{Label: year, Short: year, Date: time.Date(from+i, 12, 31, 0, 0, 0, 0, time.UTC),
			Cells: []Cell{cell(v, year, "en")}})
	}
	return s
}

// columnGaps are columns below zero, one so short that nothing of it would be seen, a year
// without a value and one that nobody names.
func columnGaps() Spec {
	s := years("column-gaps", 2019, 12904, -8217, 9, 0, 0)
	s.Rows[3].Cells[0] = Cell{Text: "not available", Tip: "2022: not available"}
	s.Rows[4].Date = time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)
	s.Rows[4].Label, s.Rows[4].Short, s.Rows[4].Cells[0] = "2025", "2025", cell(4031, "2025", "en")
	return s
}

// fiveLines are five lines of which three end together and one early; one has a gap, one
// a break, one no such date.
func fiveLines(id string) Spec {
	names := []string{"Central Library", "Branch libraries", "Mobile library", "Children and young people", "Website"}
	s := line(id, "en", names,
		[]int{9812, 4100, 3900, 7000, 200}, []int{12044, 5200, 5100, 6800, 900}, []int{16230, 5900, 6100, 6500, 1700},
		[]int{22957, 6100, 6090, 6150, 2500})
	s.Rows[1].Cells[0], s.Rows[1].Cells[3] = Cell{Text: "–"}, Cell{}
	s.Rows[3].Cells[4] = Cell{Text: "not available", Tip: "not available"}
	s.Breaks = []Break{{Date: time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC), Series: 1,
		Label: "Branch libraries: counted differently from here"}}
	return s
}

// quarters have short names, of which not all have room.
func quarters() Spec {
	s := head("line-quarters", form.Line, "de")
	s.Series = []string{"Zentralbibliothek", "Zweigstellen"}
	for i := range 14 {
		end := time.Date(2021, time.Month(4+3*i), 0, 0, 0, 0, 0, time.UTC)
		name := fmt.Sprintf("%d. Quartal %d", i%4+1, end.Year())
		s.Rows = append(s.Rows, Row{Label: name, Short: fmt.Sprintf("Q%d %d", i%4+1, end.Year()), Date: end,
			Cells: []Cell{cell(900+i*37, name, "de"), cell(400+(i*531)%300, name, "de")}})
	}
	return s
}

func head(id string, f form.Form, lang string) Spec {
	return Spec{ID: id, Form: f, Lang: lang, Demo: "Demo",
		Title:    "More than half of all visits: the Central Library",
		Subtitle: "Visits, by place, January to December 2024; total 318,462 visits",
		Summary:  "Of 318,462 visits, 171,905 were to the Central Library.",
		Source:   "Source: Door counters at all locations, as of 7 January 2025"}
}

// sample takes labels and values in turns.
func sample(id string, f form.Form, lang, series string, pairs ...any) Spec {
	s := head(id, f, lang)
	s.Series = []string{series}
	for i := 0; i < len(pairs); i += 2 {
		label := pairs[i].(string)
		s.Rows = append(s.Rows, Row{Label: label, Cells: []Cell{cell(pairs[i+1].(int), label, lang)}})
	}
	return s
}

// table takes a label and one value for each series in turns.
func table(id string, f form.Form, lang string, series []string, cells ...any) Spec {
	s := head(id, f, lang)
	s.Series = series
	for i := 0; i < len(cells); i += 1 + len(series) {
		row := Row{Label: cells[i].(string)}
		for k, name := range series {
			row.Cells = append(row.Cells, cell(cells[i+1+k].(int), row.Label+", "+name, lang))
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

func line(id, lang string, series []string, years ...[]int) Spec {
	s := head(id, form.Line, lang)
	s.Series = series
	for i, values := range years {
		date := time.Date(2021+i, 12, 31, 0, 0, 0, 0, time.UTC)
		row := Row{Label: pick(lang == "de", "31. Dezember ", "31 December ") + fmt.Sprint(2021+i), Date: date}
		for _, v := range values {
			row.Cells = append(row.Cells, cell(v, row.Label, lang))
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

func cell(v int, tip, lang string) Cell {
	text := grouped(v, pick(lang == "de", ".", ","))
	return Cell{Value: big.NewRat(int64(v), 1), Text: text, Tip: tip + ": " + text}
}

func grouped(v int, separator string) string {
	if v < 0 {
		return "−" + grouped(-v, separator)
	}
	text := fmt.Sprint(v)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + separator + text[i:]
	}
	return text
}

func one(id string, v int) Spec { return sample(id, form.Bar, "en", "Visits", "Central Library", v) }

func longLabels() Spec {
	return sample("bar-long", form.Bar, "de", "Personen",
		"Qualifizierungsmaßnahmen im Kontext des Anerkennungsgesetzes", 221192,
		"Anerkennungs- und Qualifizierungsberatung", 195182,
		"Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikation", 95182,
		"Kurz", 1)
}

func gaps() Spec {
	s := sample("bar-gaps", form.Bar, "en", "Visits", "Central Library", 171905, "Mobile library", 34217)
	s.Rows = append(s.Rows,
		Row{Label: "Branch libraries", Cells: []Cell{{Value: big.NewRat(170, 1), Bound: true, Text: "more than 170", Tip: "Branch libraries: more than 170"}}},
		Row{Label: "Website", Cells: []Cell{{Text: "not available", Tip: "Website: not available"}}})
	return s
}

func brokenLine() Spec {
	s := line("line-breaks", "en", []string{"Members"}, []int{9812}, []int{12044}, []int{16230}, []int{15957}, []int{22957})
	s.Rows[1].Cells[0] = Cell{Value: big.NewRat(12000, 1), Bound: true, Text: "more than 12,000", Tip: "more than 12,000"}
	s.Breaks = []Break{{Date: time.Date(2023, 7, 1, 0, 0, 0, 0, time.UTC), Label: "From July 2023: another source, the new membership register"},
		{Date: time.Date(2024, 7, 1, 0, 0, 0, 0, time.UTC), Label: "Online members included"}}
	return s
}

func manyPoints() Spec {
	s := head("line-many", form.Line, "en")
	s.Series = []string{"Visits"}
	for i := range 48 {
		date := time.Date(2021, time.Month(1+i), 1, 0, 0, 0, 0, time.UTC)
		v := 20000 + (i*7919)%9000 + i*300
		s.Rows = append(s.Rows, Row{Label: date.Format("January 2006"), Date: date, Cells: []Cell{cell(v, date.Format("January 2006"), "en")}})
	}
	return s
}

// hostile are texts that would break out of a careless chart.
var hostile = []string{
	`</script><script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `"><svg onload=alert(1)>`,
	`a & b &amp; c`, `'quoted' "twice"`, "]]>", "<!-- -->", "%s %d %%", "$1 \\n \\u003c", "日本語のラベル", "👩‍👩‍👧 family",
	strings.Repeat("W", 160), strings.Repeat("a ", 80), "soft\u00adhyphen\u00adated\u00adword", "a\u00a0b\u00a0c", "-", "/", "...",
}

// lastBreak is the chart on which the mark of the break went through the last value; its
// one gap lies so near to that date that its words had no room either.
func lastBreak() Spec {
	s := line("line-break-last", "de", []string{"Abschlüsse"}, []int{2579}, []int{11000}, []int{15218})
	s.Rows[1].Date = time.Date(2023, 9, 30, 0, 0, 0, 0, time.UTC)
	s.Rows[1].Label = "30. September 2023"
	s.Rows[1].Cells[0] = Cell{Value: big.NewRat(11000, 1), Bound: true, Text: "rund 11.000", Tip: "rund 11.000"}
	s.Breaks = []Break{{Date: s.Rows[2].Date, Label: "ab hier anders gezählt"}}
	return s
}

// panelGaps are panels with words in the place of bars, bars to the left and long labels.
func panelGaps() Spec {
	s := table("panels-gaps", form.SmallMultiples, "de", []string{"Zentralbibliothek", "Zweigstellen", "Fahrbibliothek", "Website"},
		"Qualifizierungsmaßnahmen im Kontext des Anerkennungsgesetzes", 12904, -467, 31, 0, "Besuche", 9100, -8217, 676, 12)
	s.Rows[0].Cells[3] = Cell{Text: "nicht verfügbar", Tip: "nicht verfügbar"}
	s.Rows[1].Cells[2] = Cell{Value: big.NewRat(600, 1), Bound: true, Text: "mehr als 600", Tip: "mehr als 600"}
	return s
}

// panelLines are panels of lines: with different dates, a break and a gap.
func panelLines(id, lang string, names ...string) Spec {
	s := line(id, lang, names, make([]int, len(names)), make([]int, len(names)), make([]int, len(names)), make([]int, len(names)))
	s.Form = form.SmallMultiples
	for i := range s.Rows {
		for k := range names {
			s.Rows[i].Cells[k] = cell(5000+4100*i+2000*k*(i-1), s.Rows[i].Label, lang)
		}
	}
	s.Rows[2].Cells[0] = Cell{Text: pick(lang == "de", "nicht verfügbar", "not available"), Tip: "-"}
	s.Rows[0].Cells[1] = Cell{}
	s.Breaks = []Break{{Date: s.Rows[2].Date, Label: pick(lang == "de", "ab hier anders gezählt", "counted differently from here"), Series: 1}}
	return s
}
