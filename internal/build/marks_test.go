package build

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"bilanz/internal/diag"
)

// markedSite is a site with a table of two years, of which one cell has a note, one a status
// and one a footnote.
func markedSite(t *testing.T) fstest.MapFS {
	files := maps.Clone(filesOf(t, tiny))
	for name, text := range map[string]string{
		"content/figures/desks.csv": "Place;Year;Desks\nNorth;2023;18,402*\nNorth;2024;18,403 p\n" +
			"South;2023;7\nSouth;2024;8\n",
		"content/figures/desks.yaml": `table: desks
label: Desks
rows: {Place: {id: place}}
time: Year
columns: {Desks: {unit: desks, label: Desks}}
marks: {"*": anew, p: provisional}
notes: {south.desks.2023: Counted by hand.}
source: desks
`,
		"content/figures/words.yaml": `units:
  desks: {decimals: 0, en: {one: desk, other: desks}}
sources:
  desks: {label: The register of desks, as_of: 2024}
footnotes:
  anew: Counted anew.
`,
		"content/en/desks.md": "---\ntitle: Desks\ndescription: The desks in two places.\n---\n\n" +
			"```table\nid: desks\nfigures: desks\nacross: time\ntitle: Desks by place\n\nIn two years.\n```\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// A cell of a table with times has its mark as any other has, and the words stand below.
func TestCellsWithTimesHaveTheirMarks(t *testing.T) {
	result, site := builtAsIs(t, markedSite(t))
	if diag.Count(result.Diagnostics, diag.Error) > 0 {
		t.Fatal(result.Diagnostics)
	}
	page := site.file("desks/index.html")
	_, table, _ := strings.Cut(page, "<tbody>")
	table, _, _ = strings.Cut(table, `<p class="source">`)
	got := strings.Join(strings.Fields(htmlTag.ReplaceAllString(table, " ")), " ")
	want := "North 18,402 1) 18,403 &nbsp;p South 7 2) 8 In two years. " +
		"1) Counted anew. Back to mark 1) in the table 2) Counted by hand. Back to mark 2) in the table p = provisional"
	if got != want {
		t.Errorf("the table says\n%s\nnot\n%s", got, want)
	}
}
