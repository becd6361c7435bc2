package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// mostSheets is how many sheets of paper a page of the fact sheet that was published may take.
var mostSheets = map[string]int{
	"print/": 12, "de/print/": 12,
	"figures/": 6, "de/figures/": 6,
}

// The fact sheet of a published result is no book, has every number, parts no chart, and no
// sheet begins with the rows of a table whose heads stand on another one.
func TestPaper(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	for address, most := range mostSheets {
		withTab(t, func(b *tab) {
			open(t, b, sheet.url(address), wideLight)
			sheets := sheetsOf(t, b)
			if len(sheets) > most {
				t.Errorf("%s takes %d sheets of paper, more than %d", address, len(sheets), most)
			}
			if strings.HasSuffix(address, "print/") {
				holdsNumbers(t, b, address, strings.Join(sheets, ""))
				partsNoChart(t, b, address, sheets)
				repeatsHeads(t, b, address, sheets)
			}
		})
	}
}

// sheetsOf prints the open page and gives the words of each sheet, without spaces.
func sheetsOf(t *testing.T, b *tab) []string {
	t.Helper()
	pdf, err := b.pdf()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command(pdftotext, "-raw", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	var sheets []string
	for one := range strings.SplitSeq(strings.TrimSuffix(string(text), "\f"), "\f") {
		sheets = append(sheets, withoutSpace(one))
	}
	return sheets
}

// holdsNumbers wants every figure of the site's data, as the page writes it.
func holdsNumbers(t *testing.T, b *tab, address, paper string) {
	t.Helper()
	values := answer[[]string](t, b,
		`[...document.querySelectorAll(".numbers td.number")].map(cell => cell.textContent)`)
	figures := strings.Count(readFile(t, filepath.Join(sheet.dir, "data/figures.json")), `"id"`)
	if len(values) < figures*8/10 { // names of series stand for the last of their times
		t.Errorf("%s lists %d numbers, and there are %d", address, len(values), figures)
	}
	for _, value := range values {
		if !strings.Contains(paper, withoutSpace(value)) {
			t.Errorf("%s: not on paper: %s", address, value)
		}
	}
}

// partsNoChart wants all words of each picture on one sheet, and its title with them.
func partsNoChart(t *testing.T, b *tab, address string, sheets []string) {
	t.Helper()
	charts := answer[[][]string](t, b, `[...document.querySelectorAll("figure.chart:has(.chart-wide)")].map(chart =>
		[chart.querySelector("figcaption :is(h2, h3, h4, h5, h6)").textContent,
		...[...chart.querySelectorAll(".chart-wide text")].map(words => words.textContent)])`)
	if len(charts) == 0 {
		t.Errorf("%s has no chart", address)
	}
	for _, words := range charts {
		if !onOneSheet(sheets, words) {
			t.Errorf("%s: the chart %q is parted", address, words[0])
		}
	}
}

func onOneSheet(sheets, words []string) bool {
	for _, one := range sheets {
		all := true
		for _, w := range words {
			all = all && strings.Contains(one, withoutSpace(w))
		}
		if all {
			return true
		}
	}
	return false
}

var digits = regexp.MustCompile(`\d`)

// repeatsHeads wants the heads of a table on each sheet that holds one of its rows.
func repeatsHeads(t *testing.T, b *tab, address string, sheets []string) {
	t.Helper()
	tables := answer[[]struct {
		Head string
		Rows []string
	}](t, b, `[...document.querySelectorAll("main table:not(.on-screen table)")].map(table => ({
		Head: table.tHead.textContent,
		Rows: [...table.querySelectorAll("tbody tr:has(td)")].map(row => row.textContent)}))`)
	found := 0
	for _, table := range tables {
		for _, row := range table.Rows {
			row, head := withoutSpace(row), withoutSpace(table.Head)
			for _, one := range sheets {
				if !digits.MatchString(row) || !strings.Contains(one, row) {
					continue
				}
				if found++; !strings.Contains(one, head) {
					t.Errorf("%s: the row %q stands on a sheet without its heads %q", address, row, head)
				}
			}
		}
	}
	if found < 50 {
		t.Errorf("%s: only %d rows of tables were found on paper", address, found)
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
