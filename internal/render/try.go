package render

import (
	"bytes"
	"errors"
	"html/template"
	"iter"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
)

// A layout of the project's own is tried before any page is made: with views in which
// nothing is missing, and with views in which everything is that can be, so that a
// mistake shows even where no page would take that branch. What still shows later is
// reported then.

// try fills all layouts and says what is wrong with those of the project.
func (t *Theme) try() []diag.Diagnostic {
	if err := t.fillAll(); err != nil {
		var problem *Problem
		if errors.As(err, &problem) {
			return []diag.Diagnostic{problem.Diagnostic}
		}
		return []diag.Diagnostic{unreadable(diag.File(t.own[t.ownNames()[0]]), err.Error())}
	}
	var problems []diag.Diagnostic
	for _, n := range needs {
		if !t.isOwn(n.layout) {
			continue
		}
		html := n.fill(t.Frame(fullSite(locale.Must("en"))))
		for _, what := range n.what {
			if !strings.Contains(html, fullOf(what)) {
				problems = append(problems, lacks(t.own[n.layout], what))
			}
		}
	}
	return problems
}

// fillAll fills every layout, in every language, with full views and with bare ones.
func (t *Theme) fillAll() error {
	for _, code := range locale.Codes() {
		full := t.Frame(fullSite(locale.Must(code)))
		bare := t.Frame(Site{Lang: locale.Must(code)})
		for _, fill := range []iter.Seq[error]{fillFull(full), fillBare(bare)} {
			for err := range fill {
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// fillFull fills one layout after the other, and none behind one that fails: html/template
// would stumble over what it could not escape.
func fillFull(f *Frame) iter.Seq[error] {
	return func(yield func(error) bool) {
		var w bytes.Buffer
		chart := &ChartPage{Head: fullHead, Chart: fullChart, Uses: []Link{fullLink}, Embed: "e/", EmbedHeight: 600}
		_ = yield(f.Page(&w, &fullPage)) &&
			yield(f.Figures(&w, &fullFigures)) &&
			yield(f.DataPage(&w, &fullData)) &&
			yield(f.Search(&w, &fullSearch)) &&
			yield(f.Print(&w, &fullPrint)) &&
			yield(f.ChartPage(&w, chart)) &&
			yield(f.Embed(&w, &Embed{Head: fullHead, Chart: fullChart, Page: "p/"})) &&
			yield(f.NotFound(&w, &NotFound{BasePath: "/", Others: []Site{f.site}})) &&
			yield(f.Alias(&w, &Alias{Path: "a/", Title: "t", To: "b/"})) &&
			yield(second(f.Chart(&fullChart))) &&
			yield(second(f.PrintChart(&fullChart))) &&
			yield(second(f.List(&fullList))) &&
			yield(second(f.Table(&fullBlock))) &&
			yield(second(f.Headline(&fullHeadline))) &&
			yield(second(f.Cards(&fullCards))) &&
			yield(second(f.News(&fullNews)))
	}
}

func fillBare(f *Frame) iter.Seq[error] {
	return func(yield func(error) bool) {
		var w bytes.Buffer
		_ = yield(f.Page(&w, &Page{})) &&
			yield(f.Figures(&w, &Figures{Groups: []FigureGroup{{Title: "t", Count: "c", To: "g/"}}})) &&
			yield(f.Figures(&w, &Figures{Total: "t", Groups: []FigureGroup{{Figures: make([]FigureEntry, 1)}}})) &&
			yield(f.DataPage(&w, &DataPage{})) &&
			yield(f.Search(&w, &Search{})) &&
			yield(f.Print(&w, &Print{})) &&
			yield(f.ChartPage(&w, &ChartPage{})) &&
			yield(f.Embed(&w, &Embed{})) &&
			yield(f.NotFound(&w, &NotFound{})) &&
			yield(f.Alias(&w, &Alias{})) &&
			yield(second(f.Chart(&Chart{}))) &&
			yield(second(f.PrintChart(&Chart{}))) &&
			yield(second(f.List(&List{}))) &&
			yield(second(f.Table(&TableBlock{}))) &&
			yield(second(f.Headline(&Headline{}))) &&
			yield(second(f.Cards(&Cards{Items: make([]Card, 1)}))) &&
			yield(second(f.News(&News{})))
	}
}

func second(_ template.HTML, err error) error { return err }

// need is what a layout must show.
type need struct {
	layout string
	what   []string // as it stands in the layout: ".View.Body"
	fill   func(f *Frame) string
}

// fullOf is what the full views hold in the place of what a layout must show.
func fullOf(what string) string {
	switch what {
	case ".Meta":
		return "<title>"
	case "$.Entry .":
		return "fullID"
	}
	return "full" + strings.TrimPrefix(strings.TrimPrefix(what, ".View"), ".")
}

var needs = []need{
	{"page.html", []string{".Meta", ".View.Title", ".View.Body"}, func(f *Frame) string { return into(f.Page, &fullPage) }},
	{"figures.html", []string{".Meta", ".View.Title", "$.Entry ."}, func(f *Frame) string { return into(f.Figures, &fullFigures) }},
	{"data.html", []string{".Meta", ".View.Title", ".To"},
		func(f *Frame) string { return into(f.DataPage, &fullData) }},
	{"search.html", []string{".Meta", ".View.Title", ".View.Script", ".View.List", ".View.Figures", ".View.Pages"},
		func(f *Frame) string { return into(f.Search, &fullSearch) }},
	{entryLayout, []string{".View.ID", ".View.Label", ".View.Value", ".View.When", ".View.Source", ".View.Status", ".View.Notes", ".View.Discrepancy"},
		func(f *Frame) string {
			html, _ := f.here("../").Entry(fullEntry) // it was filled before
			return string(html)
		}},
	{"chart.html", blockNeeds(".View.Wide", ".View.Narrow", ".View.Summary"), func(f *Frame) string { return string(first(f.Chart(&fullChart))) }},
	{"print.html", []string{".Meta", ".Figures", ".Lead", ".Text", ".Body", ".Label", ".Value", ".Notes"},
		func(f *Frame) string { return into(f.Print, &fullPrint) }},
	{"print-chart.html", blockNeeds(".View.Wide", ".View.Narrow", ".View.Summary"),
		func(f *Frame) string { return string(first(f.PrintChart(&fullChart))) }},
	{"table.html", blockNeeds(), func(f *Frame) string { return string(first(f.Table(&fullBlock))) }},
	{"list.html", []string{".View.Title", ".View.Items", ".View.Note"}, func(f *Frame) string { return string(first(f.List(&fullList))) }},
	{"headline.html", []string{".View.Title", ".Number"}, func(f *Frame) string { return string(first(f.Headline(&fullHeadline))) }},
	{"cards.html", []string{".View.Title", ".Title", ".Href", ".Words", ".Unsaid"},
		func(f *Frame) string { return string(first(f.Cards(&fullCards))) }},
	{"news.html", []string{".View.Cards"}, func(f *Frame) string { return string(first(f.News(&fullNews))) }},
}

func blockNeeds(further ...string) []string {
	return append([]string{".View.Title", ".View.Notes", ".View.Source"}, further...)
}

func first(html template.HTML, _ error) template.HTML { return html }

func into[V any](write func(*bytes.Buffer, V) error, v V) string {
	var w bytes.Buffer
	_ = write(&w, v) // it was filled before
	return w.String()
}

var (
	fullHTML = []template.HTML{"h"}
	fullNote = []template.HTML{"fullNotes"}
	fullLink = Link{Text: "t", To: "l/", Lang: "en"}
	fullFile = Attached{Href: "f", Size: "s"}
	fullHead = Head{
		Path: "p/", Title: "fullTitle", Description: "d", Alternates: make([]Alternate, 2),
		Card: SocialCard{To: "c", Alt: "a"}, Crumbs: []Link{fullLink},
	}
	fullPage = Page{
		Head: fullHead, Hero: "fullTitle", Lead: []byte("l"), Facts: true,
		Contents: make([]Heading, fewestContents), Notices: fullHTML, Body: []byte("fullBody"),
		Cite: true, Edit: "https://example.org/", Prev: fullLink, Next: fullLink,
	}
	fullFigures = Figures{Head: fullHead, Intro: "i", Groups: []FigureGroup{fullGroup, fullGroup}, Total: "t",
		Sources: []FigureSource{{Short: "s", Name: "n", Note: "n"}}}
	fullSearch = Search{Head: fullHead, Script: "fullScript", List: "fullList",
		Figures: []Link{{Text: "t", To: "fullFigures"}}, Pages: []Link{{Text: "t", To: "fullPages"}}}
	fullPrint = Print{
		Head: fullHead, Finding: "f", Lead: "fullLead", Figures: "fullFigures", Text: "fullText",
		Subjects: []PrintSubject{{ID: "s", Title: "t", Body: "fullBody"}}, LeftOut: "l",
		Groups:  []PrintGroup{{Title: "t", Figures: []PrintFigure{{FigureEntry: fullEntry, Marks: "m", Source: "s"}}}},
		Remarks: fullNote, Sources: []FigureSource{{Short: "s", Name: "n", Note: "n"}},
		Notes: "fullNotes",
	}
	fullTable = Table{
		Columns: []Column{{Label: "l", Number: true}},
		Rows:    []Row{{Head: fullHTML, Cells: fullHTML, Total: true}}, Foot: []Row{{Head: fullHTML, Cells: fullHTML}},
		Paper: make([]Table, 1), Sortable: true, Long: true, Wide: true, Hint: "h",
	}
	fullChart = Chart{
		ID: "c", Level: 2, Title: "fullTitle", Subtitle: "s", Wide: "fullWide", Narrow: "fullNarrow", Summary: "fullSummary",
		Table: fullTable, Notes: fullNote, Source: "fullSource",
		Sheet: fullFile, CSV: fullFile, SVG: fullFile, Permalink: "p", Embed: "e", Demo: true,
	}
	fullList  = List{ID: "l", Level: 2, Title: "fullTitle", Subtitle: "s", Items: []template.HTML{"fullItems"}, Note: "fullNote"}
	fullBlock = TableBlock{
		ID: "t", Level: 2, Title: "fullTitle", Subtitle: "s", Table: fullTable, Summary: "s", Notes: fullNote,
		Source: "fullSource", Sheet: fullFile, CSV: fullFile, Demo: true,
	}
	fullHeadline = Headline{
		ID: "h", Level: 2, Title: "fullTitle", When: "w", Items: []HeadlineItem{{Number: "fullNumber", Unit: "u", When: "w", Basis: "b"}}, Summary: "s",
	}
	fullCards = Cards{
		ID: "c", Level: 2, Title: "fullTitle", ItemLevel: 3, Items: []Card{
			{Href: "fullHref", Title: "fullTitle", Words: "fullWords", Picture: "p", Unsaid: "fullUnsaid"},
		},
	}
	fullNews = News{
		Cards: "fullCards", ID: "n", Level: 2, Title: "t", Terms: []Term{{}},
		Links: []FileLink{{Text: "t", Href: "h"}, {Text: "t", Href: "f", Type: "t"}},
	}
	fullData = DataPage{
		Head: fullHead, Intro: "i", Files: []DataFile{{Download{Text: "t", To: "fullTo", Size: "s", Type: "t"}, "a"}},
		Columns: []DataColumn{{"n", "l", "a"}}, Words: fullHTML,
	}
	fullEntry = FigureEntry{
		ID: "fullID", Depth: 1, Label: "fullLabel", Value: "fullValue", Formerly: []string{"f"},
		Unit: "u", When: "fullWhen", Stock: true,
		Source: "fullSource", Short: "s", SourceDate: "d", Inferred: true, Status: "fullStatus", Settled: true,
		Notes: fullNote, SourceNote: true, Discrepancy: "fullDiscrepancy", Formula: "f",
		Parts: []FigurePart{{Href: "#p"}}, PartsAre: "a",
		PartOf: FigurePart{Href: "#p"}, Checks: fullHTML, Uses: []Link{fullLink}, MoreUses: "m",
		Edit: "https://example.org/",
	}
	fullGroup = FigureGroup{ID: "g", Title: "t", Count: "c", Figures: []FigureEntry{{}, fullEntry}}
)

func fullSite(l *locale.Lang) Site {
	return Site{
		Lang: l, Title: "t", LogoAlt: "l", Footer: "f", Demo: true, BaseURL: "https://example.org/",
		Nav: []Link{fullLink}, More: []LinkList{{Title: "m", Links: []Link{fullLink}}}, EasyRead: fullLink, SignLanguage: fullLink,
		Edition: "e", UpTo: "u", Method: fullLink,
		Dates: []Term{{}}, Licence: fullLink, Legal: []Link{fullLink}, Report: fullLink, Contact: fullLink,
		Funders: []Link{fullLink},
		Figures: "f/", Print: "p/", AllData: "d/", Edit: true,
		Given: make([]DataFile, 1), Paper: Download{Text: "d", To: "d", Size: "s"},
		Data: []Download{{Text: "d", To: "d", Size: "s"}},
	}
}
