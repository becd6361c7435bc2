package build

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/present"

	"github.com/rogpeppe/go-internal/txtar"
)

// pageForPrint builds the library with what is changed about it, and gives the page that is
// made to be printed.
func pageForPrint(t *testing.T, path string, changed ...txtar.File) (Result, string) {
	t.Helper()
	result, out := built(t, project(t, &txtar.Archive{Files: changed}), Options{})
	html, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return result, string(html)
}

func count(t *testing.T, html, what string, want int) {
	t.Helper()
	if n := strings.Count(html, what); n != want {
		t.Errorf("%s stands there %d times, want %d", what, n, want)
	}
}

// The page for print holds the pages of the menu and every number with its source, and says
// what a picture shows to those who do not see it. What cannot be pressed on paper is left out.
func TestThePageForPrintHoldsTheWholeResult(t *testing.T) {
	for path, lang := range map[string]string{"print/index.html": "en", "de/print/index.html": "de"} {
		result, html := pageForPrint(t, path)
		l := locale.Must(lang)
		for _, f := range result.Set.All() {
			text := figure.Ref{Figure: f, Option: figure.Plain}.Text(l)
			if f.Series != nil && f.ID == f.Series.ID {
				continue
			}
			row := regexp.MustCompile(`<td class="number">` + regexp.QuoteMeta(text) + `</td>`)
			if !row.MatchString(html) {
				t.Errorf("%s lacks a row with %s of %s", path, text, f.ID)
			}
		}
		count(t, html, `<h1>`, 1)
		count(t, html, `<h2 id="page-visits">`, 1)
		count(t, html, `class="fig-link"`, 0)
		_, main, _ := strings.Cut(html, "<main")
		count(t, main, `<details`, 0)
		count(t, html, `class="cards"`, 0)
		count(t, html, `id="page-visits--visits-by-place"`, 1)
		name := regexp.MustCompile(`<svg class="chart-wide"[^>]* aria-label="[^"]*171[.,]905[^"]*"`)
		if !name.MatchString(html) {
			t.Errorf("%s: the name of the chart does not hold its numbers", path)
		}
	}
}

// Headline figures that stand below a heading of the start page stand right below its title on
// paper, where they may not be deeper than that.
func TestHeadlineFiguresOfPaperStandBelowTheTitle(t *testing.T) {
	page := func(lang, title string) txtar.File {
		text := "---\ntitle: " + title + "\ndescription: " + title + ".\nnav: {order: 10}\n---\n\n" +
			"## " + title + " {#all}\n\n" +
			"```figures\nfigures: [visits.total, events.held]\ntitle: " + title + " 2024\n```\n"
		return txtar.File{Name: "file content/" + lang + "/index.md", Data: []byte(text)}
	}
	_, html := pageForPrint(t, "print/index.html", page("en", "In figures"), page("de", "In Zahlen"))
	count(t, html, `<h2 id="page-index--figures-1">In figures 2024</h2>`, 1)
}

// Links to a page that is printed too lead to its place there, and all others out of it.
func TestLinksOnThePageForPrintStayOnPaper(t *testing.T) {
	_, html := pageForPrint(t, "print/index.html",
		txtar.File{Name: "file content/en/more.md", Data: []byte("---\ntitle: More\ndescription: More about it.\n" +
			"nav: {order: 30}\n---\n\nSee [who came](visits.md), [where](visits.md#by-place), " +
			"[what is below](#below) and [the numbers](figures/).[^a]\n\n" +
			"## Below {#below}\n\n[328,000](fig:none) came, says somebody.[^b]\n\n[^a]: First.\n\n[^b]: Second.\n")},
		txtar.File{Name: "file content/de/more.md", Data: []byte("---\ntitle: Mehr\ndescription: Mehr davon.\n" +
			"nav: {order: 30}\n---\n\nMehr.\n")})
	for _, link := range []string{`"#page-visits"`, `"#page-visits--by-place"`, `"#page-more--below"`, `"../figures/"`} {
		if !strings.Contains(html, "<a href="+link+">") {
			t.Errorf("no link to %s", link)
		}
	}
	numbers := regexp.MustCompile(`<li id="fn-(\d+)">`).FindAllStringSubmatch(html, -1)
	for i, n := range numbers {
		if n[1] != fmt.Sprint(i+1) {
			t.Errorf("the note at place %d has the number %s", i+1, n[1])
		}
		if !strings.Contains(html, `href="#fn-`+n[1]+`"`) {
			t.Errorf("nothing leads to note %s", n[1])
		}
	}
	if len(numbers) < 3 {
		t.Errorf("%d notes, want those of both pages", len(numbers))
	}
}

// A draft is no page, so it is not printed either.
func TestADraftIsNotPrinted(t *testing.T) {
	page := func(title string) []byte {
		return []byte("---\ntitle: " + title + "\ndescription: Not yet.\nnav: {order: 30}\nstatus: draft\n---\n\n" +
			"Secret words.\n")
	}
	_, html := pageForPrint(t, "print/index.html",
		txtar.File{Name: "file content/en/later.md", Data: page("Later")},
		txtar.File{Name: "file content/de/later.md", Data: page("Später")})
	count(t, html, "Secret words", 0)
}

// The page for print has an end, and says what lies behind it: pages of the menu and numbers.
func TestThePageForPrintHasAnEnd(t *testing.T) {
	for _, more := range []int{present.MostPrinted - 2, present.MostPrinted - 1} { // besides the start page and one more
		var files []txtar.File
		for i := range more {
			for _, lang := range []string{"en", "de"} {
				files = append(files, txtar.File{
					Name: fmt.Sprintf("file content/%s/page-%d.md", lang, i), Data: fmt.Appendf(nil,
						"---\ntitle: Page %d\ndescription: Page %[1]d.\nnav: {order: %d}\n---\n\nWords.\n", i, 100+i)})
			}
		}
		_, html := pageForPrint(t, "print/index.html", files...)
		count(t, html, "<section class=\"subject\">\n<h2 id=\"page-", present.MostPrinted-1)
		count(t, html, "One more page of the main menu is not in this fact sheet", more-(present.MostPrinted-2))
	}
	for _, zones := range []int{200, 300} {
		text := "defaults: {unit: visits, source: counters, period: year-2024}\nfigures:\n"
		for i := range zones {
			text += fmt.Sprintf("  zone.n%03d: {value: 7, label: {en: Zone %d, de: Zone %[2]d}}\n", i, i)
		}
		result, html := pageForPrint(t, "print/index.html",
			txtar.File{Name: "file content/figures/zones.yaml", Data: []byte(text)})
		tables := 1
		if result.Figures > 300 {
			tables = 0
		}
		count(t, html, `<table class="numbers"`, tables)
		count(t, html, "There are too many numbers to list on paper", 1-tables)
	}
}
