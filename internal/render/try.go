package render

import (
	"bytes"
	"html/template"

	"bilanz/internal/locale"
)

// try fills every layout once, with views in which nothing is missing, so that
// no branch of a layout stays untried.
func (t *Theme) try() error {
	for _, code := range locale.Codes() {
		f := t.Frame(fullSite(locale.Must(code)))
		var w bytes.Buffer
		for _, err := range []error{
			f.Page(&w, &Page{Head: fullHead, Contents: make([]Heading, fewestContents), Notices: fullHTML, Prev: fullLink, Next: fullLink}),
			f.Figures(&w, &Figures{Head: fullHead, Intro: "i", Groups: []FigureGroup{fullGroup, {Title: "t", Count: "c"}}}),
			f.ChartPage(&w, &ChartPage{Head: fullHead, Chart: fullChart, Uses: []Link{fullLink}, Embed: "e/", EmbedHeight: 600}),
			f.Embed(&w, &Embed{Head: fullHead, Chart: fullChart, Page: "p/"}),
			f.NotFound(&w, &NotFound{BasePath: "/", Others: []Site{f.site}}),
			f.Alias(&w, &Alias{Path: "a/", Title: "t", To: "b/"}),
			second(f.Chart(&fullChart)),
			second(f.List(&List{ID: "l", Level: 2, Subtitle: "s", Items: fullHTML})),
			second(f.Table(&TableBlock{ID: "t", Level: 2, Subtitle: "s", Table: fullTable, Summary: "s", Notes: fullHTML, Source: "s", CSV: fullFile})),
			second(f.Headline(&Headline{ID: "h", Level: 2, Items: []HeadlineItem{{Unit: "u", When: "w", Basis: "b"}}, Summary: "s"})),
		} {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func second(_ template.HTML, err error) error { return err }

var (
	fullHTML  = []template.HTML{"h"}
	fullLink  = Link{Text: "t", To: "l/", Lang: "en"}
	fullFile  = Attached{Href: "f", Size: "s"}
	fullHead  = Head{Path: "p/", Title: "t", Description: "d", Alternates: make([]Alternate, 2), Card: SocialCard{To: "c", Alt: "a"}, Crumbs: []Link{fullLink}}
	fullTable = Table{
		Columns: []Column{{Label: "l", Number: true}},
		Rows:    []Row{{Head: fullHTML, Cells: fullHTML, Total: true}}, Foot: []Row{{Head: fullHTML, Cells: fullHTML}},
	}
	fullChart = Chart{
		ID: "c", Level: 2, Table: fullTable, Notes: fullHTML, Source: "s",
		Sheet: fullFile, CSV: fullFile, SVG: fullFile, Permalink: "p", Embed: "e", Demo: true,
	}
	fullGroup = FigureGroup{ID: "g", Title: "t", Count: "c", Figures: []FigureEntry{{}, {
		ID: "i", Formerly: []string{"f"}, Unit: "u", Stock: true, SourceDate: "d", Inferred: true, Settled: true,
		Notes: fullHTML, Discrepancy: "d", Formula: "f", Parts: []FigurePart{{Href: "#p"}}, PartsAre: "a",
		PartOf: FigurePart{Href: "#p"}, Checks: fullHTML, Uses: []Link{fullLink}, MoreUses: "m",
	}}}
)

func fullSite(l *locale.Lang) Site {
	return Site{
		Lang: l, Title: "t", Demo: true, BaseURL: "https://example.org/",
		Nav: []Link{fullLink}, More: []LinkList{{Title: "m", Links: []Link{fullLink}}}, EasyRead: fullLink, SignLanguage: fullLink,
		Edition: "e", Dates: []Term{{}}, Licence: fullLink, Legal: []Link{fullLink}, Report: fullLink, Contact: fullLink,
		Figures: "f/", Data: []Download{{Text: "d", To: "d", Size: "s"}},
	}
}
