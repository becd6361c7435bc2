package render

import (
	"html/template"

	"bilanz/internal/locale"
)

// Two kinds of address occur in views. A field named To holds an address below
// the site's root ("de/visits/"; "" is the root itself) or one that leads out
// (https:, http:, mailto:, tel:); it is made relative here. A field named Href
// is ready for the page it stands on ("../data/charts/x.csv"); see [Rel].

// Site is what is the same on every page of one language.
type Site struct {
	Lang    *locale.Lang
	Root    string // the language's start page: "" or "de/"
	Title   string // of the site, in this language
	LogoAlt string // what the logo shows
	Demo    bool   // invented data: every page says so
	BaseURL string // "https://example.org/library/", with the last slash; "" where not known

	Nav          []Link     // in the header, in order, the start page included if it is wanted there
	More         []LinkList // further pages by section, in the footer
	EasyRead     Link       // Leichte Sprache; no Text: none
	SignLanguage Link       // Gebärdensprache; no Text: none

	Edition string        // "Annual results 2024"
	UpTo    string        // the end of the last period, or the last day, that a figure speaks of; "" none
	Method  Link          // the page that says where the numbers come from; no Text: none, or the menu leads there
	Dates   []Term        // dates of the data, shown apart from the edition
	Licence Link          // of the content; no Text: none is stated; To may be "#" for a licence without an address
	Legal   []Link        // accessibility statement, privacy, imprint: those that are published
	Report  Link          // the way to report a barrier: a mail address or a page; no Text: the catalogue's words, no To: left out
	Contact Link          // no Text: none
	Funders []Link        // who paid for what the site reports; no To: no link
	Footer  template.HTML // a line at the foot of every page; "" none
	Figures string        // address of the figures page, of this language
	Search  string        // address of the page of the search, of this language
	Print   string        // address of the page that is made to be printed, of this language
	Given   []DataFile    // files that were handed to the build beside the project
	Paper   Download      // the same as a PDF; no To: none was handed to the build
	Data    []Download    // the figures as files
	AllData string        // address of the page with all files, of this language

	Edit     bool   // numbers and pages lead to the files in which they are edited
	Pictures string // To: the folder with a picture of each figure that a page cites; "" where one may lack it
}

// Link leads to an address.
type Link struct {
	Text string
	To   string
	Lang string // of the text, where it is not the page's
}

// LinkList is a section of further pages.
type LinkList struct {
	Title string
	Links []Link
}

// Term is a word and what it stands for: "Advice", "as of 2 January 2023".
type Term struct {
	Term, Text string
}

// Download is a file to take away.
type Download struct {
	Text string // "CSV"
	To   string // "data/figures.csv"
	Size string // "12 kB", from [Size]
	Type string // "text/csv": for machines
}

// Head is what every page has.
type Head struct {
	Path        string // the page's own address: "de/visits/", "" for the start page
	Title       string // the h1 and, with the site's title, the <title>
	Description string // for search engines; "" none
	Alternates  []Alternate
	Canonical   string     // address of the page that search engines should list instead; "" this one
	Card        SocialCard // what networks show beside a link to the page; zero none
	Dataset     *Dataset   // what search engines for data are told; nil on most pages
	Plain       bool       // Leichte Sprache: large, never hyphenated
	Crumbs      []Link     // the way from the start page, without this page; none: no breadcrumbs
}

// Dataset is all figures of the site to machines.
type Dataset struct {
	Files     []Download
	Variables []Variable
	From, To  string // the first and the last day that they speak of: "2019-01-01"; "" where none is known
}

// Variable is what is measured.
type Variable struct{ Name, Unit string }

// SocialCard is a PNG of 1200 by 630.
type SocialCard struct {
	To  string // its address
	Alt string // what it says, for those who do not see it
}

// Alternate is the page in one language of the site, its own included.
type Alternate struct {
	Code    string // "de"
	Name    string // "Deutsch"
	To      string
	Self    bool   // this very page
	Start   string // "start page" in that language, where it has no such page: To is its start page
	Default bool   // the site's default language
	Locale  string // "de_DE": the language as social networks name it
}

// Page is a page of prose.
type Page struct {
	Head
	Hero     template.HTML   // the finding that is the heading in place of the title; "" for most
	Lead     []byte          // HTML: what stands between the heading and the lines below it; none on some
	Facts    bool            // below it stands of when the figures are, and where they come from
	Contents []Heading       // headings of level 2 for "On this page"; fewer than four: not shown
	Notices  []template.HTML // lines above the text: "This translation is older than its source."
	Body     []byte          // HTML: everything below that
	Cite     bool            // at its foot stands how to cite it
	Edit     string          // where its file is edited; "" nowhere
	Prev     Link            // no Text: none
	Next     Link
}

// Heading is a place on the page.
type Heading struct {
	ID   string
	Text string
}

// Chart is a chart on a page, or alone on a page of its own.
type Chart struct {
	ID           string
	Level        int           // of its heading: 2 to 6; 1 on its own page
	Title        template.HTML // states the finding
	Subtitle     template.HTML // what, unit, period, base
	Wide, Narrow template.HTML // two inline SVGs: role="img", aria-labelledby ID-title, aria-describedby ID-summary
	Broad        template.HTML // a third, for the width of a page; "" where it has less
	Summary      template.HTML // paragraphs
	Told         bool          // the text beside the chart says all numbers of the summary
	Table        Table
	Notes        []template.HTML // notes and discrepancies, each without <p>
	Source       template.HTML   // "Door counters at all locations, as of 7 January 2025"
	Sheet        Attached        // the table for spreadsheet programs, in the page's language; no Href: left out
	CSV, SVG     Attached        // the figures for machines, and the picture; no Href: left out
	Permalink    string          // Href of the chart's own page; "" on that page
	Embed        string          // Href of where it says how to embed the chart; "" on that page
	Explore      string          // what its live chart can do that the picture cannot: "sort", "lines zoom"; "" none
	Demo         bool
}

// Attached is a file beside the page it is linked from.
type Attached struct {
	Href string
	Size string // "1.2 kB"
}

// List is a chart whose figures have no values: equal boxes and one note.
type List struct {
	ID       string
	Level    int
	Title    template.HTML
	Subtitle template.HTML   // "" none
	Items    []template.HTML // in the author's order
	Note     template.HTML
}

// Table is rows and columns of figures.
type Table struct {
	Caption template.HTML
	Columns []Column // those of the row headings first
	Rows    []Row
	Foot    []Row   // totals
	Paper   []Table // what stands on paper in its place, where that is too narrow; nil: itself

	Sortable bool   // a press on a head puts its rows in order, where there is JavaScript
	Long     bool   // it scrolls within a box of most of the screen's height
	Wide     bool   // it needs more room than running text has
	Hint     string // that it is long or wide, and scrolls: how many rows and columns; "" none
}

// Column is a column of a table.
type Column struct {
	Label  template.HTML
	Number bool // numbers stand to the right
}

// Row is a row of a table: its headings, then its cells.
type Row struct {
	Head  []template.HTML
	Cells []template.HTML
	Total bool // a total among the rows
}

// TableBlock is a table with what belongs to it.
type TableBlock struct {
	ID       string
	Level    int
	Title    template.HTML
	Subtitle template.HTML // "" none
	Table    Table
	Summary  template.HTML
	Notes    []template.HTML
	Source   template.HTML
	Sheet    Attached // the table for spreadsheet programs, in the page's language; no Href: left out
	CSV      Attached // the figures for machines
	Demo     bool
}

// Headline is a block of a few figures, large.
type Headline struct {
	ID      string // of the heading: "figures-1"
	Level   int
	Title   template.HTML
	When    string // "January to December 2024", the time of most of them; "" none
	Items   []HeadlineItem
	Summary template.HTML // paragraphs; "" none
}

// HeadlineItem is one of them: number, noun, label, period.
type HeadlineItem struct {
	Label  template.HTML // "Visits"
	Number template.HTML // from [AppendFig]
	Unit   string        // "visits"; "" where the label says it
	When   string        // "January to December 2024"; "" where the label says it
	Basis  string        // "provisional", "revised"; "" for a final figure
	Linked bool          // the number is a link, whose name says the rest too
}

// Cards is a block of cards, each of which leads to a page.
type Cards struct {
	ID        string // of the heading: "cards-1"
	Level     int
	Title     template.HTML
	ItemLevel int // of the headings of the cards
	Items     []Card
}

// Card is a page, a sentence about it and mostly a small picture.
type Card struct {
	Href    string        // of the page
	Title   template.HTML // its name
	Words   template.HTML // the sentence; its numbers are no links
	Picture template.HTML // an inline SVG that screen readers pass over; "" none
	Unsaid  template.HTML // what the picture shows and the sentence does not say; "" nothing
}

// News is what readers who come again want to know of the data, below the cards of a start
// page.
type News struct {
	Cards template.HTML // those cards
	ID    string        // of the heading: "cards-1-news"
	Level int
	Title template.HTML
	Terms []Term     // edition, last day, corrections: what is known
	Links []FileLink // all figures, and the files with them
}

// FileLink leads to a page, or to a file to take away.
type FileLink struct {
	Text string
	Href string
	Type string // "text/csv"; "" for a page
}

// Figures is the page of all figures, or one of several.
type Figures struct {
	Head
	Intro  template.HTML // paragraphs; "" none
	Groups []FigureGroup // in the order of the menu
	Total  string        // "97 numbers"; "" on a page of groups without entries

	Sources []FigureSource // of all entries, each once: paper lists them below the rows
}

// Search is the page of the search, which lists what there is where no script runs.
type Search struct {
	Head
	Script  string // To: the script that finds
	List    string // To: what it finds in
	Figures []Link // all numbers, or their groups, from A to Z
	Pages   []Link
}

// FigureGroup is the figures whose ids begin alike. With figures on pages of
// their own it holds none, but the address and the number of them.
type FigureGroup struct {
	ID      string // of the heading; may not be a figure's id: "group-visits"
	Title   string
	To      string
	Count   string
	Figures []FigureEntry
}

// DataPage is the page with all files of figures.
type DataPage struct {
	Head
	Intro   template.HTML // paragraphs
	Files   []DataFile
	Columns []DataColumn    // of the files, in their order
	Words   []template.HTML // paragraphs on what the numbers are: bounds, what must not be added up
}

// DataFile is a file to take away, and what it is for.
type DataFile struct {
	Download
	About string
}

// DataColumn is a column of the files.
type DataColumn struct {
	Name  string // in files for programs: "value"
	Label string // in the others: "Value"
	About string // "The exact number."
}

// FigureSource is a source, with the name that rows call it by.
type FigureSource struct {
	Short string
	Name  template.HTML // whole, with its date
	Note  template.HTML // "" none
}

// FigureEntry is all that is known of one figure: a row, and what is seen when it is opened.
type FigureEntry struct {
	ID          string // its permanent address: what opens is at #ID
	Formerly    []string
	Depth       int // in parts: 0 is no part, 1 a part, 2 a part of one
	Label       string
	Value       string // "318,462", "more than 30", "not available"
	Missing     bool   // Value is the reason why there is none
	Unit        string // "visits"
	When        string // "January to December 2024", "31 December 2024", "not stated"
	Stock       bool   // When is a date ("As of"), not a period
	Source      string
	Short       string // the source, for the row
	SourceDate  string // "7 January 2025"
	Inferred    bool   // readers see "attribution inferred"
	Status      string // "final", in the page's language
	Settled     bool   // the status is final
	Notes       []template.HTML
	SourceNote  bool // the last note is one on the source, and stands in other entries too
	Discrepancy template.HTML
	Formula     template.HTML // "Visits ÷ Opening days", each a link to its entry
	Parts       []FigurePart
	PartsAre    string // "add up to the total", "a selection", "not checked": a short phrase
	PartOf      FigurePart
	Checks      []template.HTML // what holds of it and others: "<a …>Visits</a> > …", with the reason
	Uses        []Link          // pages and charts, twenty at the most
	MoreUses    string          // "and 14 more"; "" none
	Cite        string          // the sentence to cite it with; "" where the site's address is not known
	Picture     string          // To: a picture of it to share; "" none
	Explained   string          // To: what is counted, on a page of the site; "" nowhere
	Edit        string          // where its value is edited; "" nowhere
}

// FigurePart is another figure on the figures pages.
type FigurePart struct {
	Label string
	Value string
	Href  string // "#visits.total.central"
}

// Print is the whole result as one page that is made to be printed: a first sheet that can
// stand alone, the pages of the main menu one after the other, all numbers, the notes.
type Print struct {
	Head
	Finding  template.HTML // what the start page opens with in place of its title; "" none
	Lead     template.HTML // what stands below it; "" on some
	Figures  template.HTML // the headline figures; "" none
	Text     template.HTML // what else the start page says
	Subjects []PrintSubject
	LeftOut  template.HTML // paragraphs: which pages, and which numbers, are too many for it; "" none

	Groups  []PrintGroup    // all numbers; none where they are too many
	Remarks []template.HTML // notes on them, each once
	Sources []FigureSource  // of all of them, each once
	Notes   template.HTML   // the footnotes, as items of a list; "" none
}

// PrintGroup is a group of numbers.
type PrintGroup struct {
	Title   string
	Figures []PrintFigure
}

// PrintFigure is a number with what a row has room for.
type PrintFigure struct {
	FigureEntry
	Marks  string // the letters of its remarks: "a, c"; "" none
	Source string // the number of its source: "2"
}

// PrintSubject is a page of the main menu.
type PrintSubject struct {
	ID    string // of its heading: "page-visits"
	Title string
	Body  template.HTML // its text, one level below its heading
}

// ChartPage is a chart alone, with everything, at its permanent address.
type ChartPage struct {
	Head
	Chart Chart
	Uses  []Link // pages that show it

	Embed       string // To: the bare chart
	EmbedHeight int    // about how high it is, in px
}

// Embed is a chart in somebody else's page: no navigation, no script needed.
type Embed struct {
	Head
	Chart Chart
	Page  string // To: the chart's own page
}

// Alias is an old address that leads to a new one.
type Alias struct {
	Path  string // the old address
	Title string // of the page it leads to
	To    string
}

// NotFound is what a visitor gets at an address that does not exist.
type NotFound struct {
	BasePath string // "/" or "/repo/": the links of this page are root-absolute
	Others   []Site // the site in its other languages: a sentence in each, and the way to its start page
}
