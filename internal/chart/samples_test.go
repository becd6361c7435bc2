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
	Series: [5]colour.RGB{{R: 0x12, G: 0x43, B: 0x6d}, {R: 0xa6, G: 0x92, B: 0x25}, {R: 0x81, G: 0x76, B: 0xae}, {R: 0x22, G: 0x83, B: 0x62}, {R: 0x55, G: 0x20, B: 0x19}},
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
