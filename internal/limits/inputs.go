package main

import (
	"archive/zip"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// input is a site that comes up to one limit.
type input struct {
	name string
	most int  // how many of it the limit allows
	bad  bool // something is wrong in it that stops a build
	rich bool // tables with more than 10,000 cells, which may take twice the memory
	make func(n int) files
}

// files are a project, by name.
type files map[string]string

// repeat writes a text n times, with the numbers from 1 in the place of each #; @ stands
// for the sign itself.
func repeat(n int, text string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.NewReplacer("#", strconv.Itoa(i+1), "@", "#").Replace(text))
	}
	return b.String()
}

const (
	siteYAML = `title: An invented bench
languages: [en]
default: en
base_url: https://example.org/bench/
`
	things = `units:
  people: {decimals: 0, en: {one: person, other: people}}
periods:
  year-2024: {from: 2024-01-01, to: 2024-12-31, en: January to December 2024}
sources:
  counter: {label: Somebody on the next bench, as_of: 2025-01-01}
`
	front    = "---\ntitle: An invented bench\ndescription: How many people sat on one invented bench in a year.\n---\n\n"
	defaults = "defaults: {unit: people, period: year-2024, source: counter}\n"
	bench    = defaults + "figures:\n  bench.people: {value: 37, label: People on the bench}\n"
	table    = defaults + "table: seats\nlabel: Seats\nrows: [place]\ncolumns:\n  taken: {label: Taken}\n"
)

// onPage is a site with one page of this text.
func onPage(text string) files { return inFigures("bench.yaml", bench, text) }

// inFigures is a site with this file of figures.
func inFigures(name, text, page string) files {
	return files{
		"content/site.yaml":           siteYAML,
		"content/figures/things.yaml": things,
		"content/figures/" + name:     text,
		"content/en/index.md":         front + "## Seats {#seats}\n\n" + page + "\n",
	}
}

// beside adds a file to a site.
func (f files) beside(name, text string) files {
	f[name] = text
	return f
}

// inputs lists what comes up to the limits: once as it should be, once with every
// single thing wrong in a way that is looked at closely, such as an id that is nearly one.
func inputs() []input {
	return append(pageInputs(), figureInputs()...)
}

func page(format string) func(int) files {
	return func(n int) files { return onPage(repeat(n, format)) }
}

func pageInputs() []input {
	const chart = "```chart\nid: c-#\ntype: bar\nfigures: seats\ntitle: Who sat where, place #\n\n[1,001](fig:seats.p1.taken) sat there.\n```\n\n"
	fourBars := func(text string) files {
		return inFigures("seats.yaml", table+"labels:\n  place:\n"+repeat(4, "    p#: Place #\n"), text).
			beside("content/figures/seats.csv", "place,taken\n"+repeat(4, "p#,#001\n"))
	}
	return []input{
		{name: "page: links to figures", most: 20_000, make: page("[37](fig:bench.people) sat.\n")},
		{name: "page: links, id unknown", most: 14_999, bad: true, make: page("[37](fig:bench.peopl#) sat.\n")},
		{name: "page: links, number differs", most: 20_000, bad: true, make: page("[#](fig:bench.people) sat.\n")},
		{name: "page: links to pages", most: 20_000, make: page("See [it](index.md@seats).\n")},
		{name: "page: links, page unknown", most: 20_000, bad: true, make: page("See [it](indez.md@main#).\n")},
		{name: "page: links, fragment unknown", most: 20_000, bad: true, make: page("See [it](@mai#).\n")},
		{name: "page: links to the web", most: 20_000, make: page("See [it](https://example.org/#).\n")},
		{name: "page: links, empty", most: 20_000, bad: true, make: page("See [](x#).\n")},
		{name: "page: images, unknown", most: 20_000, bad: true, make: page("![A bench](bench#.png)\n\n")},
		{name: "page: bare numbers", most: 30_000, make: page("So # sat.\n")},
		{name: "page: bare numbers, words", most: 30_000, make: page("more than # thousand people;\n")},
		{name: "page: headings", most: 1_999, make: page("@@ Heading #\n\nText.\n\n")},
		{name: "page: headings, one name", most: 1_999, bad: true, make: page("@@ Heading {@seats}\n\nText.\n\n")},
		{name: "page: headings, fragments unknown", most: 1_999, bad: true, make: func(n int) files {
			return onPage(repeat(n, "@@ Heading {@heading-#}\n\nText.\n\n") + repeat(10*n, "[it](@headin-#)\n"))
		}},
		{name: "page: footnotes", most: 1_000, make: func(n int) files {
			return onPage(repeat(n, "Text[^n#].\n") + "\n" + repeat(n, "[^n#]: A note.\n\n"))
		}},
		{name: "page: footnotes, unknown", most: 2_000, bad: true, make: func(n int) files {
			return onPage(repeat(n, "Text[^m#].\n") + "\n" + repeat(n, "[^n#]: A note.\n\n"))
		}},
		{name: "page: addresses that stand apart", most: 2_000, make: func(n int) files {
			return onPage(repeat(n, "[it][l#]\n") + "\n" + repeat(n, "[l#]: https://example.org/\n"))
		}},
		{name: "page: tables of Markdown, rows", most: 20_000, make: func(n int) files {
			return onPage("| a | b |\n|---|---|\n" + repeat(n, "| x | [37](fig:bench.people) |\n"))
		}},
		{name: "page: tables of Markdown, cells", most: 1_000, make: func(n int) files {
			row := strings.Repeat("| x ", 100) + "|\n"
			return onPage(row + strings.Repeat("|---", 100) + "|\n" + strings.Repeat(row, n))
		}},
		{name: "page: list entries", most: 100_000, make: page("- entry\n")},
		{name: "page: paragraphs", most: 200_000, make: page("a\n\n")},
		{name: "page: lists within each other", most: 40, make: func(n int) files {
			return onPage(strings.Repeat(strings.Repeat("> ", n)+"text\n", 1<<20/(2*n+6)))
		}},
		{name: "page: open brackets", most: 400, make: func(n int) files {
			return onPage(strings.Repeat(strings.Repeat("[", n)+"\n\n", 100_000/n))
		}},
		{name: "page: marks of emphasis", most: 4_000, make: func(n int) files {
			return onPage(strings.Repeat(strings.Repeat("*a ", n)+"\n\n", 1<<20/(3*n+3)))
		}},
		{name: "page: HTML", most: 20_000, bad: true, make: page("<b>#</b>\n\n")},
		{name: "page: words of notes to oneself", most: 40_000, make: page("TODO: say more.\n\n")},
		{name: "page: quotation marks", most: 8_000, make: page("a \"word\" of many.\n")},
		{name: "page: one line", most: 64 << 10,
			make: func(n int) files { return onPage(strings.Repeat("a ", max(1, n/2-20))) }},
		{name: "page: charts", most: 100, make: func(n int) files { return fourBars(repeat(n, chart)) }},
		{name: "page: charts, figures unknown", most: 100, bad: true, make: func(n int) files {
			return fourBars(strings.ReplaceAll(repeat(n, chart), "figures: seats", "figures: [seats.q1.taken, seat]"))
		}},
		{name: "page: charts, key unknown", most: 100, bad: true, make: func(n int) files {
			return fourBars(strings.ReplaceAll(repeat(n, chart), "type: bar", "typ: bar"))
		}},
		{name: "page: front matter", most: 4_000, bad: true, make: func(n int) files {
			return onPage("").beside("content/en/other.md", "---\ntitle: Other\n"+repeat(n, "descriptio#: x\n")+"---\n\nText.\n")
		}},
		{name: "site: pages", most: 19_999, make: pages("## Seats\n\n[37](fig:bench.people) sat.\n")},
		{name: "site: pages, all wrong", most: 10_000, bad: true,
			make: pages("## Seats\n\n[37](fig:bench.peopel) and 44 sat, [see](indx.md).\n")},
		{name: "site: pages, each wrong in its own way", most: 10_000, bad: true, make: func(n int) files {
			f := pages("Text.\n")(n)
			for i := range n {
				f[fmt.Sprintf("content/en/page-%d.md", i)] += fmt.Sprintf("\n[See](paeg-%d.md).\n", i)
			}
			return f
		}},
		{name: "site: pages in the navigation", most: 200, make: func(n int) files {
			f := onPage("Text.")
			for i := range n {
				top := strings.Replace(front, "bench", fmt.Sprint("bench ", i), 1)
				f[fmt.Sprintf("content/en/page-%d.md", i)] =
					strings.Replace(top, "---\n\n", "nav: {order: 1}\n---\n\n", 1)
			}
			return f
		}},
		{name: "site: old addresses", most: 20_000, make: func(n int) files {
			return onPage("").beside("content/en/index.md", strings.Replace(front, "---\n\n",
				"aliases:\n"+repeat(n, "  - old-#\n")+"---\n\n", 1)+"Text.\n")
		}},
		{name: "site: pages without front matter", most: 10_000, bad: true, make: func(n int) files {
			f := onPage("")
			for i := range n {
				f[fmt.Sprintf("content/en/page-%d.md", i)] = "Text.\n"
			}
			return f
		}},
		{name: "site: pages with one address", most: 5_000, bad: true, make: func(n int) files {
			f := onPage("")
			for i := range n {
				f[fmt.Sprintf("content/en/page-%d.md", i)] = strings.Replace(front, "---\n\n", "aliases: [old]\n---\n\n", 1) + "Text.\n"
			}
			return f
		}},
	}
}

func pages(text string) func(int) files {
	return func(n int) files {
		f := onPage("")
		for i := range n {
			f[fmt.Sprintf("content/en/page-%d.md", i)] = strings.Replace(front, "bench", fmt.Sprint("bench ", i), 1) + text
		}
		return f
	}
}

func figureInputs() []input {
	list := func(format string) func(int) files {
		return func(n int) files { return inFigures("many.yaml", defaults+"figures:\n"+repeat(n, format), "Text.") }
	}
	rows := func(labels, csv string) func(int) files {
		return func(n int) files {
			return inFigures("seats.yaml", table+"labels:\n  place:\n    p0: Nowhere\n"+repeat(n, labels), "Text.").
				beside("content/figures/seats.csv", "place,taken\n"+repeat(n, csv))
		}
	}
	const figure = "  bench.f#: {value: 37, label: People of bench.f#}\n"
	return []input{
		{name: "figures: in a file", most: 10_000, rich: true, make: list(figure)},
		{name: "figures: in three files", most: 39_990, rich: true, make: func(n int) files {
			f := list(figure)(n / 3)
			for i := 1; i < 3; i++ {
				part := strings.ReplaceAll(figure, "bench", fmt.Sprint("bench-", i))
				f[fmt.Sprintf("content/figures/more-%d.yaml", i)] = defaults + "figures:\n" + repeat(n/3, part)
			}
			return f
		}},
		{name: "figures: values wrong", most: 10_000, bad: true,
			make: list("  bench.f#: {value: 3x7, label: People}\n")},
		{name: "figures: keys unknown", most: 10_000, bad: true,
			make: list("  bench.f#: {value: 37, labl: People}\n")},
		{name: "figures: units unknown", most: 10_000, bad: true,
			make: list("  bench.f#: {value: 37, label: People, unit: peopel}\n")},
		{name: "figures: ids wrong", most: 10_000, bad: true, make: list("  Bench.F#: {value: 37, label: People}\n")},
		{name: "figures: id twice", most: 10_000, bad: true,
			make: list("  bench.people: {value: 37, label: People}\n")},
		{name: "figures: formulas", most: 5_000, make: func(n int) files {
			return list("  bench.f#: {value: 37, label: People f#}\n  bench.g#: {formula: bench.f# + 1, label: People g#}\n")(n)
		}},
		{name: "figures: formulas, ids unknown", most: 5_000, bad: true,
			make: list("  bench.f#: {value: 37, label: People}\n  bench.g#: {formula: bench.h# + 1, label: People}\n")},
		{name: "figures: formulas, a chain", most: 5_000, make: func(n int) files {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, "  bench.g%d: {formula: bench.g%d + 1, label: People %[1]d}\n", i, i+1)
			}
			return inFigures("many.yaml", defaults+"figures:\n"+b.String()+fmt.Sprintf("  bench.g%d: {value: 3, label: P}\n", n), "Text.")
		}},
		{name: "figures: formulas, a circle", most: 5_000, bad: true, make: func(n int) files {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, "  bench.g%d: {formula: bench.g%d + 1, label: People}\n", i, (i+1)%n)
			}
			return inFigures("many.yaml", defaults+"figures:\n"+b.String(), "Text.")
		}},
		{name: "figures: notes", most: 5_000,
			make: list("  bench.f#:\n    value: 37\n    label: People\n    note: The [37](fig:bench.f#) sat.\n")},
		{name: "figures: notes, ids unknown", most: 5_000, bad: true,
			make: list("  bench.f#:\n    value: 37\n    label: People\n    note: The [37](fig:bench.g#) sat.\n")},
		{name: "figures: parts", most: 5_000, make: func(n int) files {
			return inFigures("many.yaml", defaults+fmt.Sprintf("figures:\n  bench.all:\n    value: %d\n    label: All\n    parts:\n", n)+
				repeat(n, "      p#: {value: 1, label: Part}\n"), "Text.")
		}},
		{name: "figures: parts, sum wrong", most: 5_000, bad: true, make: func(n int) files {
			return inFigures("many.yaml", defaults+"figures:\n  bench.all:\n    value: 3\n    label: All\n    parts:\n"+
				repeat(n, "      p#: {value: 1, label: Part}\n"), "Text.")
		}},
		{name: "figures: checks", most: 10_000, make: func(n int) files {
			return inFigures("bench.yaml", bench+"  bench.f: {value: 38, label: People}\nchecks:\n"+repeat(n, "  - bench.people < bench.f\n"), "Text.")
		}},
		{name: "figures: checks, ids unknown", most: 5_000, bad: true, make: func(n int) files {
			return inFigures("bench.yaml", bench+repeat(n, figure)+"checks:\n"+repeat(n, "  - bench.people < bench.g#\n"), "Text.")
		}},
		{name: "figures: checks, not kept", most: 5_000, bad: true, make: func(n int) files {
			return inFigures("bench.yaml", bench+repeat(n, figure)+"checks:\n"+repeat(n, "  - bench.people < bench.f#\n"), "Text.")
		}},
		{name: "figures: digits of a formula", most: 1_000,
			make: list("  bench.f#: {formula: 999999999999999999999999999999 * 999999999999999999999999999999 * 99999999999999999999, label: P}\n")},
		{name: "table: rows", most: 24_000, rich: true, make: rows("    p#: Place\n", "p#,37\n")},
		{name: "table: rows and columns", most: 3_990, rich: true, make: wide(10)},
		{name: "table: cells that nobody takes", most: 999, rich: true, make: func(n int) files {
			f := wide(1)(n)
			f["content/figures/seats.csv"] = "place,c1" + repeat(998, ",x#") + "\n"
			for i := range n {
				f["content/figures/seats.csv"] += fmt.Sprint("p", i+1) + strings.Repeat(",37", 999) + "\n"
			}
			return f
		}},
		{name: "table: cells with long texts", most: 999, rich: true, make: func(n int) files {
			f := wide(1)(n)
			var csv strings.Builder
			rest := strings.Repeat(","+strings.Repeat("t", 48), 998) + "\n"
			csv.Grow((n + 1) * (len(rest) + 20))
			csv.WriteString("place,c1" + repeat(998, ",x#") + "\n")
			for i := range n {
				csv.WriteString(fmt.Sprint("p", i+1, ",37") + rest)
			}
			f["content/figures/seats.csv"] = csv.String()
			return f
		}},
		{name: "table: cells of a workbook", most: 999, rich: true, make: func(n int) files {
			f := wide(1)(n)
			delete(f, "content/figures/seats.csv")
			f["content/figures/seats.xlsx"] = workbook(n, 1000)
			return f
		}},
		{name: "table: cells, empty", most: 1_900, rich: true, make: func(n int) files {
			f := wide(1)(n)
			text := f["content/figures/seats.csv"]
			f["content/figures/seats.csv"] = strings.ReplaceAll(text, "\n", strings.Repeat(",", 998)+"\n")
			return f
		}},
		{name: "table: columns and rows", most: 40, rich: true, make: wide(999)},
		{name: "table: rows without labels", most: 10_000, bad: true, rich: true, make: func(n int) files {
			return inFigures("seats.yaml", table+"labels:\n  place:\n    p0: Nowhere\n", "Text.").
				beside("content/figures/seats.csv", "place,taken\n"+repeat(n, "p#,37\n"))
		}},
		{name: "table: labels and rows differ", most: 10_000, bad: true, rich: true,
			make: rows("    place-number-#: Place\n", "plase-numbr-#,37\n")},
		{name: "table: rows, values wrong", most: 10_000, bad: true, rich: true,
			make: rows("    p#: Place\n", "p#,3x7\n")},
		{name: "table: rows, keys wrong", most: 10_000, bad: true, rich: true,
			make: rows("    p#: Place\n", "★,37\n")},
		{name: "table: rows, cells missing", most: 10_000, bad: true, rich: true,
			make: rows("    p#: Place\n", "p#\n")},
		{name: "table: rows twice", most: 10_000, bad: true, rich: true, make: func(n int) files {
			return rows("", "p0,37\n")(n)
		}},
		{name: "table: totals", most: 10_000, rich: true, make: func(n int) files {
			return inFigures("seats.yaml", strings.Replace(table, "rows: [place]", "rows: [place, kind]\ntotal: {kind: all}", 1)+
				"labels:\n  kind: {all: All, one: One}\n  place:\n"+repeat(n/2, "    p#: Place\n"), "Text.").
				beside("content/figures/seats.csv", "place,kind,taken\n"+repeat(n/2, "p#,all,37\np#,one,37\n"))
		}},
		{name: "table: notes unknown", most: 4_000, bad: true, make: func(n int) files {
			f := rows("    p#: Place\n", "p#,37\n")(n)
			f["content/figures/seats.yaml"] += "notes:\n" + repeat(n, "  q#.taken: Something\n")
			return f
		}},
		{name: "table: columns that nobody names", most: 998, make: func(n int) files {
			return inFigures("seats.yaml", table+"labels: {place: {p1: Place}}\n", "Text.").
				beside("content/figures/seats.csv", "place,taken"+repeat(n, ",takn#")+"\np1,37"+repeat(n, ",#")+"\n")
		}},
		{name: "table: columns, all described", most: 998, make: func(n int) files {
			return inFigures("seats.yaml", table+repeat(n, "  c#: {label: Column}\n")+"labels: {place: {p1: Place}}\n", "Text.").
				beside("content/figures/seats.csv", "place,taken"+repeat(n, ",c#")+"\np1,37"+repeat(n, ",#")+"\n")
		}},
		{name: "list: rows", most: 16_000, rich: true, make: func(n int) files {
			return inFigures("rows.yaml", defaults, "Text.").beside("content/figures/rows.csv", "id,value,label.en\n"+repeat(n, "bench.f#,37,People\n"))
		}},
		{name: "list: rows without labels", most: 10_000, bad: true, rich: true, make: func(n int) files {
			return inFigures("rows.yaml", defaults, "Text.").beside("content/figures/rows.csv", "id,value\n"+repeat(n, "bench.f#,37\n"))
		}},
		{name: "list: columns unknown", most: 997, bad: true, make: func(n int) files {
			return inFigures("rows.yaml", defaults, "Text.").
				beside("content/figures/rows.csv", "id,value,label.en"+repeat(n, ",labl#")+"\nbench.f,37,People"+repeat(n, ",#")+"\n")
		}},
		{name: "series: dates", most: 5_000, make: func(n int) files {
			var b strings.Builder
			for i := range n {
				fmt.Fprintf(&b, "%04d-%02d-%02d,37\n", 1900+i/336, 1+i/28%12, 1+i%28)
			}
			return inFigures("joined.yaml", "series: joined\nunit: people\nsource: counter\nlabel: People\n", "Text.").
				beside("content/figures/joined.csv", "as_of,value\n"+b.String())
		}},
		{name: "yaml: levels", most: 24, bad: true, make: func(n int) files {
			return inFigures("deep.yaml", strings.Repeat(strings.Repeat("[", n)+strings.Repeat("]", n)+"\n", 10_000), "Text.")
		}},
		{name: "yaml: bytes", most: 8 << 20, make: func(n int) files {
			return inFigures("large.yaml", defaults+"figures:\n"+strings.Repeat("# a remark\n", max(1, n/11-100)), "Text.")
		}},
		{name: "yaml: keys unknown", most: 20_000, bad: true, make: func(n int) files {
			return inFigures("bench.yaml", bench, "Text.").beside("content/site.yaml", siteYAML+repeat(n, "titl#: x\n"))
		}},
		{name: "accepted: entries", most: 2_000, bad: true, make: func(n int) files {
			return onPage("Text.").beside("content/accepted.yaml", "accepted:\n"+
				repeat(n, "  - {code: number-bar, page: en/index.md, until: 2030-01-01, by: Press #, because: So}\n"))
		}},
	}
}

// workbook is one of the table that wide describes, with so many columns. Every cell has a
// style, as programs write them.
func workbook(rows, columns int) string {
	var sheet strings.Builder
	sheet.WriteString(`<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>place</t></is></c>`)
	sheet.WriteString(repeat(columns-1, `<c t="inlineStr"><is><t>c#</t></is></c>`) + "</row>")
	for i := range rows {
		fmt.Fprintf(&sheet, `<row r="%d"><c t="inlineStr"><is><t>p%d</t></is></c>`, i+2, i+1)
		sheet.WriteString(strings.Repeat(`<c s="0"><v>37.25</v></c>`, columns-1) + "</row>")
	}
	sheet.WriteString("</sheetData></worksheet>")
	const office = "http://schemas.openxmlformats.org/"
	return packed(map[string]string{
		"_rels/.rels": `<Relationships xmlns="` + office + `package/2006/relationships"><Relationship Id="r0" ` +
			`Type="` + office + `officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>` +
			`</Relationships>`,
		"[Content_Types].xml": `<Types xmlns="` + office + `package/2006/content-types"/>`,
		"xl/workbook.xml": `<workbook xmlns="` + office + `spreadsheetml/2006/main" xmlns:r="` + office +
			`officeDocument/2006/relationships"><sheets><sheet name="Sheet" sheetId="1" r:id="r1"/></sheets>` +
			`</workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="` + office + `package/2006/relationships">` +
			`<Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": sheet.String(),
	})
}

// packed is a package of files.
func packed(parts map[string]string) string {
	var out strings.Builder
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		part, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(part, parts[name])
		}
		if err != nil {
			panic(err) // nothing that is written to memory fails
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.String()
}

// wide is a table of n rows and so many columns, each cell with a number.
func wide(columns int) func(n int) files {
	return func(n int) files {
		csv := "place" + repeat(columns, ",c#") + "\n"
		for i := range n {
			csv += fmt.Sprint("p", i+1) + strings.Repeat(",37", columns) + "\n"
		}
		text := strings.Replace(table, "  taken: {label: Taken}\n", repeat(columns, "  c#: {label: Column}\n"), 1)
		return inFigures("seats.yaml", text+"labels:\n  place:\n"+repeat(n, "    p#: Place\n"), "Text.").
			beside("content/figures/seats.csv", csv)
	}
}
