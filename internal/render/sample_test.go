package render_test

import (
	"bytes"
	"html/template"
	"os"
	"strings"
	"testing"

	"bilanz/internal/locale"
	"bilanz/internal/render"
)

// The sample site: a fictional library network. Every number is invented.

// A sample is one page of it.
type sample struct {
	path   string
	render func(t *testing.T) string
}

func samples(theme *render.Theme) []sample {
	en, de := theme.Frame(siteEN()), theme.Frame(siteDE())
	return []sample{
		{"index.html", page(en, startEN)},
		{"visits/index.html", page(en, func(f *render.Frame) *render.Page { return visitsEN(f, readBody("en.html")) })},
		{"figures/index.html", func(t *testing.T) string { return written(t, en.Figures, figuresEN()) }},
		{"print/index.html", func(t *testing.T) string { return written(t, en.Print, printEN(en)) }},
		{"charts/visits-by-place/index.html", func(t *testing.T) string { return written(t, en.ChartPage, chartPageEN()) }},
		{"charts/visits-by-place/embed/index.html", func(t *testing.T) string { return written(t, en.Embed, embedEN()) }},
		{"besucher/index.html", func(t *testing.T) string {
			return written(t, en.Alias, &render.Alias{Path: "besucher/", Title: "Visits", To: "visits/"})
		}},
		{"404.html", func(t *testing.T) string {
			return written(t, en.NotFound, &render.NotFound{BasePath: "/", Others: []render.Site{siteDE()}})
		}},
		{"de/index.html", page(de, startDE)},
		{"de/visits/index.html", page(de, visitsDE)},
		{"de/leichte-sprache/index.html", page(de, easyDE)},
		{"de/figures/index.html", func(t *testing.T) string { return written(t, de.Figures, figuresDE()) }},
	}
}

func page(f *render.Frame, view func(*render.Frame) *render.Page) func(*testing.T) string {
	return func(t *testing.T) string { return written(t, f.Page, view(f)) }
}

func written[V any](t *testing.T, write func(*bytes.Buffer, V) error, v V) string {
	t.Helper()
	var w bytes.Buffer
	if err := write(&w, v); err != nil {
		t.Fatal(err)
	}
	return w.String()
}

func readBody(name string) template.HTML {
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		panic(err)
	}
	return template.HTML(data)
}

func must(html template.HTML, err error) string {
	if err != nil {
		panic(err)
	}
	return string(html)
}

func siteEN() render.Site {
	return render.Site{
		Lang: locale.Must("en"), Root: "", Title: "Musterstadt City Library", Demo: true,
		BaseURL: "https://example.org/library/",
		Nav: []render.Link{
			{Text: "Overview", To: ""}, {Text: "Visits", To: "visits/"}, {Text: "Loans and renewals", To: "loans/"},
			{Text: "Members", To: "members/"}, {Text: "Staff, rooms and volunteers", To: "staff/"}, {Text: "Method and sources", To: "method/"},
		},
		More:    []render.LinkList{{Title: "More", Links: []render.Link{{Text: "How the numbers developed", To: "developed/"}, {Text: "About", To: "about/"}}}},
		Edition: "Annual results 2024", UpTo: "December 2024",
		Method:  render.Link{Text: "Method and sources", To: "method/"},
		Dates:   []render.Term{{Term: "Door counters", Text: "7 January 2025"}, {Term: "Loans register", Text: "31 December 2024"}},
		Licence: render.Link{Text: "CC BY 4.0", To: "https://creativecommons.org/licenses/by/4.0/"},
		Legal:   []render.Link{{Text: "Accessibility statement", To: "accessibility/"}, {Text: "Privacy", To: "privacy/"}, {Text: "Imprint", To: "imprint/"}},
		Report:  render.Link{To: "mailto:press@example.org?subject=Barrier"},
		Contact: render.Link{Text: "Demo press office", To: "mailto:press@example.org"},
		Figures: "figures/", Print: "print/",
		Data: []render.Download{
			{Text: "All numbers as CSV", To: "data/figures.csv", Size: "4.1\u00a0kB", Type: "text/csv"},
			{Text: "All numbers as JSON", To: "data/figures.json", Size: "12.6\u00a0kB", Type: "application/json"},
		},
	}
}

func siteDE() render.Site {
	return render.Site{
		Lang: locale.Must("de"), Root: "de/", Title: "Stadtbibliothek Musterstadt", Demo: true,
		BaseURL: "https://example.org/library/",
		Nav: []render.Link{
			{Text: "Überblick", To: "de/"}, {Text: "Besuche", To: "de/visits/"}, {Text: "Ausleihen und Verlängerungen", To: "de/loans/"},
			{Text: "Mitglieder", To: "de/members/"}, {Text: "Qualifizierungsmaßnahmen", To: "de/staff/"}, {Text: "Methode und Quellen", To: "de/method/"},
		},
		EasyRead:     render.Link{Text: "Leichte Sprache", To: "de/leichte-sprache/"},
		SignLanguage: render.Link{Text: "Gebärdensprache", To: "de/gebaerdensprache/"},
		Edition:      "Jahresergebnisse 2024",
		UpTo:         "Dezember 2024",
		Dates:        []render.Term{{Term: "Türzähler", Text: "7. Januar 2025"}, {Term: "Ausleihregister", Text: "31. Dezember 2024"}},
		Legal:        []render.Link{{Text: "Erklärung zur Barrierefreiheit", To: "de/accessibility/"}, {Text: "Datenschutz", To: "de/privacy/"}, {Text: "Impressum", To: "de/imprint/"}},
		Report:       render.Link{To: "mailto:press@example.org?subject=Barriere"},
		Figures:      "de/figures/",
		Print:        "de/print/",
		Data:         []render.Download{{Text: "Alle Kennzahlen als CSV", To: "data/figures.csv", Size: "4,1\u00a0kB", Type: "text/csv"}},
	}
}

func both(en, de string, self string) []render.Alternate {
	return []render.Alternate{
		{Code: "en", Name: "English", To: en, Self: self == "en", Default: true},
		{Code: "de", Name: "Deutsch", To: de, Self: self == "de"},
	}
}

var (
	totalEN = render.Fig{
		ID: "visits.total", Value: "318462", Text: "318,462", Href: "../figures/#visits.total",
		Spoken: "318,462 visits, January to December 2024", Label: "Visits",
		Line: "318,462, January to December 2024", Source: "Door counters at all locations, as of 7 January 2025",
	}
	shareEN = render.Fig{
		ID: "visits.total.central", Option: "share", Value: "54", Text: "54%", Href: "../figures/#visits.total.central",
		Spoken: "54% of visits: Central Library, January to December 2024", Label: "Visits: Central Library",
		Line: "54% of visits, January to December 2024", Note: "The counters stood still for two days.", Source: "Door counters at all locations, as of 7 January 2025",
	}
	boundEN = render.Fig{
		ID: "network.locations", Value: "more than 30", Text: "more than 30", Href: "../figures/#network.locations",
		Spoken: "more than 30 locations, date not stated", Label: "Locations",
		Line: "more than 30, date not stated", Bound: "more than ", Source: "Register of the network",
	}
	dayEN = render.Fig{
		ID: "visits.per-opening-day", Value: "1075.9", Text: "1,075.9", Href: "../figures/#visits.per-opening-day",
		Spoken: "1,075.9 visits per opening day, January to December 2024", Label: "Visits per opening day",
		Line: "1,075.9, January to December 2024", Source: "Door counters at all locations, as of 7 January 2025", Status: "provisional",
	}
	totalDE = render.Fig{
		ID: "visits.total", Value: "318462", Text: "318.462", Href: "../../de/figures/#visits.total",
		Spoken: "318.462 Besuche, Januar bis Dezember 2024", Label: "Besuche",
		Line: "318.462, Januar bis Dezember 2024", Source: "Türzähler an allen Standorten, Stand 7. Januar 2025",
	}
	boundDE = render.Fig{
		ID: "network.locations", Value: "more than 30", Text: "mehr als 30", Href: "../../de/figures/#network.locations",
		Spoken: "mehr als 30 Standorte, ohne Angabe eines Stands", Label: "Standorte",
		Line: "mehr als 30, ohne Angabe eines Stands", Source: "Register des Verbunds",
	}
)

func fig(f render.Fig) template.HTML { return template.HTML(render.AppendFig(nil, f)) }

// at makes the figure's link right for a page so deep below the root.
func at(f render.Fig, href string) render.Fig {
	f.Href = strings.Replace(strings.TrimLeft(f.Href, "./"), "figures/", href, 1)
	f.Href = strings.TrimPrefix(f.Href, "de/")
	return f
}

// plain is a later mention: no link.
func plain(f render.Fig) render.Fig {
	f.Href = ""
	return f
}

func headlineEN(href string) *render.Headline {
	return &render.Headline{
		ID: "figures-1", Level: 2, Title: "2024 in three numbers", When: "January to December 2024",
		Items: []render.HeadlineItem{
			{Label: "Visits", Linked: true, Number: fig(at(totalEN, href)), When: "January to December 2024"},
			{Label: "Locations", Linked: true, Number: fig(at(boundEN, href)), When: "date not stated"},
			{Label: "Visits per opening day", Linked: true, Number: fig(at(dayEN, href)), When: "January to December 2024", Basis: "provisional"},
		},
		Summary: "<p>" + fig(plain(totalEN)) + " visits at " + fig(plain(boundEN)) + " locations: " + fig(plain(dayEN)) + " per opening day.</p>\n",
	}
}

func startEN(f *render.Frame) *render.Page {
	body := `<div class="alert alert-important"><p class="alert-title">Looking for a book?</p>
<p>This site reports what the libraries did in 2024. Who wants to borrow something today goes to <a href="https://example.org/">the library’s own site</a>.</p></div>
` + must(f.Headline(headlineEN("figures/"))) + `<p>The Musterstadt City Library is fictional, and so is every number on this site.</p>
<h2 id="in-short">In short</h2>
<p>The libraries counted ` + string(fig(at(totalEN, "figures/"))) + ` visits; more on <a href="visits/#by-place">who came where</a>.</p>
`
	return &render.Page{
		Head: render.Head{
			Path: "", Title: "The libraries in 2024", Description: "Visits, loans and new members of a fictional library network.",
			Alternates: both("", "de/", "en"), Card: render.SocialCard{To: "assets/card.png", Alt: "Musterstadt City Library: The libraries in 2024"},
		},
		Lead: []byte("<p class=\"lead\">Many came.</p>\n"), Facts: true, Body: []byte(body),
	}
}

func visitsEN(f *render.Frame, body template.HTML) *render.Page {
	filled := strings.NewReplacer(
		"{total}", string(fig(totalEN)), "{share}", string(fig(shareEN)), "{bound}", string(fig(boundEN)),
		"{period}", string(render.AppendFigText(nil, render.Fig{ID: "visits.total", Option: "period", Text: "January to December 2024"})),
		"{mark}", `<sup id="fnref:doors"><a class="footnote-ref" role="doc-noteref" href="#fn:doors" aria-label="Footnote 1">1</a></sup>`,
		"{figures}", must(f.Headline(headlineEN("../figures/"))), "{chart}", must(f.Chart(chartEN("../"))),
		"{list}", must(f.List(listEN())), "{table}", must(f.Table(tableEN())),
	).Replace(string(body))
	return &render.Page{
		Head: render.Head{
			Path: "visits/", Title: "Visits", Description: "How often people came, where they went and what they came for.",
			Alternates: both("visits/", "de/visits/", "en"), Crumbs: []render.Link{{Text: "Overview", To: ""}},
		},
		Contents: []render.Heading{
			{ID: "by-place", Text: "Where people go"}, {ID: "reasons", Text: "What people come for"}, {ID: "loans", Text: "Loans & renewals"},
			{ID: "members", Text: "Members"},
		},
		Notices: []template.HTML{"This is a notice: the German page changed since."},
		Body:    []byte(filled),
		Cite:    true, Prev: render.Link{Text: "Overview", To: ""},
		Next: render.Link{Text: "Loans and renewals", To: "loans/"},
	}
}

func chartEN(up string) *render.Chart {
	return &render.Chart{
		ID: "visits-by-place", Level: 3, Title: "More than half of all visits: the Central Library",
		Subtitle: "Visits, by part, January to December 2024; total 318,462 visits",
		Wide:     readBody("en-wide.svg"), Narrow: readBody("en-narrow.svg"),
		Summary: "<p>Of " + fig(plain(totalEN)) + " visits, <data class=\"fig\" data-figure=\"visits.total.central\" value=\"171905\">171,905</data> were to the Central Library.</p>\n",
		Table: render.Table{
			Caption: "Visits, January to December 2024",
			Columns: []render.Column{{Label: "Part"}, {Label: "Visits", Number: true}, {Label: "Share", Number: true}},
			Rows: []render.Row{
				{Head: []template.HTML{"Central Library"}, Cells: []template.HTML{"171,905", "54%"}},
				{Head: []template.HTML{"Branch libraries"}, Cells: []template.HTML{"112,340", "35%"}},
				{Head: []template.HTML{"Mobile library"}, Cells: []template.HTML{"34,217", "11%"}},
			},
			Foot: []render.Row{{Head: []template.HTML{"Visits"}, Cells: []template.HTML{"318,462", "100%"}}},
		},
		Notes:     []template.HTML{"The Central Library’s 171,905 visits include its café."},
		Source:    "Door counters at all locations, as of 7 January 2025",
		CSV:       render.Attached{Href: up + "data/charts/visits-by-place.csv", Size: "312\u00a0B"},
		SVG:       render.Attached{Href: up + "charts/visits-by-place.svg", Size: "2.4\u00a0kB"},
		Permalink: up + "charts/visits-by-place/",
		Demo:      true,
	}
}

func listEN() *render.List {
	return &render.List{
		ID: "not-published", Level: 3, Title: "What we cannot say", Subtitle: "Two measures that nobody counted",
		Items: []template.HTML{"Visits to the website", "Visits by children to the mobile library", "Questions at the desk"},
		Note:  "Visits to the website were not counted; visits by children are confidential.",
	}
}

func tableEN() *render.TableBlock {
	head := func(place, medium string) []template.HTML {
		return []template.HTML{template.HTML(place), template.HTML(medium)}
	}
	return &render.TableBlock{
		ID: "loans-by-place", Level: 3, Title: "Loans and renewals, by place and medium", Subtitle: "January to December 2024",
		Table: render.Table{
			Caption: "Loans and renewals",
			Columns: []render.Column{{Label: "Place"}, {Label: "Medium"}, {Label: "Loans", Number: true}, {Label: "Renewals", Number: true}, {Label: "Loans for each card", Number: true}},
			Rows: []render.Row{
				{Head: head("Central Library", "Print"), Cells: []template.HTML{"88,120", "21,044", "6.2"}},
				{Head: head("Central Library", "Sound and film"), Cells: []template.HTML{"31,666", `<span class="missing">not available</span>`, "2.2"}},
				{Head: head("Central Library", "Total"), Cells: []template.HTML{"119,786", `<span class="missing">not checked</span>`, "8.4"}, Total: true},
			},
			Foot: []render.Row{{Head: head("All", "All"), Cells: []template.HTML{"208,109", `<span class="missing">not available</span>`, "9.1"}}},
		},
		Summary: "<p>The Central Library made 119,786 loans.</p>\n",
		Source:  "Loans register, as of 31 December 2024",
		CSV:     render.Attached{Href: "../data/charts/loans-by-place.csv", Size: "640\u00a0B"},
	}
}

func chartPageEN() *render.ChartPage {
	chart := chartEN("../../")
	chart.Level, chart.Permalink = 1, ""
	chart.Embed = "embed/"
	return &render.ChartPage{
		Head: render.Head{
			Path: "charts/visits-by-place/", Title: "More than half of all visits: the Central Library", Description: "A chart with its data and source.",
			Alternates: both("charts/visits-by-place/", "de/charts/visits-by-place/", "en"), Crumbs: []render.Link{{Text: "Overview", To: ""}, {Text: "Visits", To: "visits/"}},
		},
		Chart: *chart,
		Uses:  []render.Link{{Text: "Visits", To: "visits/#visits-by-place"}},
		Embed: "charts/visits-by-place/embed/", EmbedHeight: 600,
	}
}

func embedEN() *render.Embed {
	return &render.Embed{
		Head:  render.Head{Path: "charts/visits-by-place/embed/", Title: "Embedded: more than half of all visits"},
		Chart: *chartEN("../../../"), Page: "charts/visits-by-place/",
	}
}

func figuresEN() *render.Figures {
	return &render.Figures{
		Head: render.Head{
			Path: "figures/", Title: "All numbers", Description: "Every number of this site with its period, source and status.",
			Alternates: both("figures/", "de/figures/", "en"), Crumbs: []render.Link{{Text: "Overview", To: ""}},
		},
		Intro: "<p>Each number has a permanent address. Follow one, or take them all as a file.</p>\n",
		Total: "5 numbers",
		Sources: []render.FigureSource{
			{Short: "Register", Name: "Register of the network, as of 31 December 2024"},
			{
				Short: "Counters", Name: "Door counters at all locations, as of 7 January 2025",
				Note: "The doors of the café are counted too.",
			},
			{Short: "Calculated", Name: "Calculated for this site"},
		},
		Groups: []render.FigureGroup{
			{ID: "group-network", Title: "Network", Count: "1 number", Figures: []render.FigureEntry{{
				ID: "network.locations", Label: "Locations", Value: "more than 30", Unit: "locations", When: "not stated", Stock: true,
				Source: "Register of the network", Short: "Register", SourceDate: "31 December 2024",
				Inferred: true, Status: "final", Settled: true,
				Uses: []render.Link{{Text: "Leichte Sprache", To: "de/leichte-sprache/", Lang: "de"}, {Text: "Visits", To: "visits/"}},
			}}},
			{ID: "group-visits", Title: "Visits", Count: "4 numbers", Figures: []render.FigureEntry{
				{
					ID: "visits.total", Formerly: []string{"visitors.total"}, Label: "Visits", Value: "318,462", Unit: "visits", When: "January to December 2024",
					Source: "Door counters at all locations", Short: "Counters", SourceDate: "7 January 2025",
					Status: "final", Settled: true,
					Parts: []render.FigurePart{
						{Label: "Central Library", Value: "171,905", Href: "#visits.total.central"}, {Label: "Branch libraries", Value: "112,340", Href: "#visits.total.central"},
					},
					Explained: "glossary/#visits",
					PartsAre:  "add up to the number", Uses: []render.Link{{Text: "The libraries in 2024", To: ""}, {Text: "Visits", To: "visits/"}}, MoreUses: "and 14 more",
				},
				{
					ID: "visits.total.central", Label: "Central Library", Value: "171,905", Unit: "visits", When: "January to December 2024",
					Source: "Door counters at all locations", Short: "Counters", SourceDate: "7 January 2025",
					Status: "final", Settled: true,
					Depth:      1,
					PartOf:     render.FigurePart{Label: "Visits", Value: "318,462", Href: "#visits.total"},
					Notes:      []template.HTML{"Visits to the café are included.", "The doors of the café are counted too."},
					SourceNote: true,
					Uses:       []render.Link{{Text: "Visits", To: "visits/"}},
				},
				{
					ID: "visits.per-opening-day", Label: "Visits per opening day", Value: "1,075.9", Unit: "visits per opening day", When: "January to December 2024",
					Source: "Calculated for this site", Short: "Calculated", Status: "provisional",
					Formula:     `<a href="#visits.total">Visits</a> ÷ <a href="#network.opening-days">Opening days</a>`,
					Discrepancy: "The published groups add up to 1,320, which is 36 more than the 1,284 events. All are shown as published; the cause is not known.",
				},
				{
					ID: "visits.online", Label: "Visits to the website", Value: "not available", Missing: true, Unit: "visits", When: "January to December 2024",
					Source: "Door counters at all locations", Short: "Counters", SourceDate: "7 January 2025",
					Status: "final", Settled: true,
				},
			}},
			{Title: "Events", To: "figures/events/", Count: "312 numbers"},
		},
	}
}

func startDE(f *render.Frame) *render.Page {
	headline := render.Headline{
		ID: "figures-1", Level: 2, Title: "2024 in zwei Zahlen",
		Items: []render.HeadlineItem{
			{Label: "Besuche", Number: fig(at(totalDE, "figures/")), When: "Januar bis Dezember 2024"},
			{Label: "Standorte", Number: fig(at(boundDE, "figures/")), When: "Stand nicht angegeben"},
		},
	}
	return &render.Page{
		Head: render.Head{
			Path: "de/", Title: "Die Bibliotheken im Jahr 2024", Description: "Besuche, Ausleihen und neue Mitglieder eines erfundenen Verbunds.",
			Alternates: both("", "de/", "de"),
		},
		Hero: template.HTML(fig(plain(totalDE))) + " Besuche in einem Jahr", Facts: true,
		Body: []byte(must(f.Headline(&headline)) + "<p>Die Stadtbibliothek Musterstadt ist erfunden, ebenso jede Zahl auf dieser Website.</p>\n"),
	}
}

func visitsDE(f *render.Frame) *render.Page {
	chart := chartEN("../../")
	chart.Title, chart.Subtitle = "Mehr als die Hälfte aller Besuche: die Zentralbibliothek", "Besuche nach Standort, Januar bis Dezember 2024; insgesamt 318.462 Besuche"
	chart.Wide, chart.Narrow = readBody("de-wide.svg"), readBody("de-narrow.svg")
	chart.Summary = "<p>Von " + fig(plain(totalDE)) + " Besuchen entfielen 171.905 auf die Zentralbibliothek.</p>\n"
	chart.Table = render.Table{
		Caption: "Besuche, Januar bis Dezember 2024",
		Columns: []render.Column{{Label: "Standort"}, {Label: "Besuche", Number: true}, {Label: "Anteil", Number: true}},
		Rows:    []render.Row{{Head: []template.HTML{"Zentralbibliothek"}, Cells: []template.HTML{"171.905", "54\u00a0%"}}},
	}
	chart.Notes, chart.Source = nil, "Türzähler an allen Standorten, Stand 7. Januar 2025"
	body := "<h2 id=\"by-place\">Qualifizierungsmaßnahmen im Kontext des Anerkennungsgesetzes</h2>\n<p>Im Jahr 2024 zählten die Bibliotheken " + fig(totalDE) +
		" Besuche an " + fig(boundDE) + " Standorten. Die Fachkräfteeinwanderungsberatungsstelle und die Kommunalverwaltungsdienststellen haben sich beteiligt.</p>\n" + template.HTML(must(f.Chart(chart)))
	return &render.Page{
		Head: render.Head{
			Path: "de/visits/", Title: "Besuche", Description: "Wie oft Menschen kamen und wohin.",
			Alternates: both("visits/", "de/visits/", "de"), Crumbs: []render.Link{{Text: "Überblick", To: "de/"}},
		},
		Body: []byte(body),
	}
}

func easyDE(*render.Frame) *render.Page {
	return &render.Page{
		Head: render.Head{
			Path: "de/leichte-sprache/", Title: "Leichte Sprache", Description: "Das Wichtigste in Leichter Sprache.", Plain: true,
			Alternates: []render.Alternate{
				{Code: "en", Name: "English", To: "", Start: "start page", Default: true},
				{Code: "de", Name: "Deutsch", To: "de/leichte-sprache/", Self: true},
			},
		},
		Body: []byte("<h2 id=\"bibliothek\">Das ist die Stadtbibliothek</h2>\n<p>In der Stadtbibliothek gibt es Bücher und Filme.</p>\n<p>Sie können die Bücher ausleihen.</p>\n<p>Es gibt " + fig(boundDE) + " Standorte.</p>\n"),
	}
}

func figuresDE() *render.Figures {
	return &render.Figures{
		Head:  render.Head{Path: "de/figures/", Title: "Alle Kennzahlen", Alternates: both("figures/", "de/figures/", "de")},
		Total: "2 Zahlen",
		Groups: []render.FigureGroup{{ID: "group-visits", Title: "Besuche", Figures: []render.FigureEntry{{
			ID: "visits.total", Label: "Besuche", Value: "318.462", Unit: "Besuche", When: "Januar bis Dezember 2024",
			Source: "Türzähler an allen Standorten", SourceDate: "7. Januar 2025", Status: "endgültig", Settled: true,
		}, {
			ID: "network.locations", Label: "Standorte", Value: "mehr als 30", Unit: "Standorte", When: "ohne Angabe", Stock: true,
			Source: "Register des Verbunds", Inferred: true, Status: "endgültig", Settled: true,
		}}}},
	}
}

func printEN(f *render.Frame) *render.Print {
	chart := chartEN("../")
	chart.ID, chart.Level = "page-visits--visits-by-place", 3
	v := &render.Print{
		Head: render.Head{
			Path: "print/", Title: "Fact sheet", Description: "The whole result, to print and keep.",
			Alternates: both("print/", "de/print/", "en"),
		},
		Finding: "318,462 visits in 2024", Lead: "<p class=\"lead\">What the libraries did.</p>\n",
		Figures: template.HTML(must(f.Headline(headlineEN("../figures/")))),
		Text:    "<p>The Musterstadt City Library is fictional, and so is every number on this site.</p>\n",
		Subjects: []render.PrintSubject{
			{ID: "page-visits", Title: "Visits", Body: template.HTML(must(f.PrintChart(chart)))},
		},
		LeftOut: "<p>2 more pages are not in it.</p>\n",
		Remarks: []template.HTML{"Visits to the café are included."}, Sources: figuresEN().Sources,
		Notes: "<li>Cards are counted, not people.</li>\n",
	}
	for _, group := range figuresEN().Groups {
		printed := render.PrintGroup{Title: group.Title}
		for _, figure := range group.Figures {
			printed.Figures = append(printed.Figures, render.PrintFigure{FigureEntry: figure, Marks: "a", Source: "1"})
		}
		v.Groups = append(v.Groups, printed)
	}
	return v
}
