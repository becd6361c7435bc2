package figure

import (
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// A line breaks before each value with the sign, and not before the first, before which
// there is nothing.
func TestBreaksOfATable(t *testing.T) {
	yaml := `table: a
demo: true
label: {en: A, de: A}
rows: place
time: Year
columns: {n: {unit: visits, label: {en: N, de: N}}}
same_in_all: [place]
marks: {b: recounted, p: other}
breaks: [recounted]
source: survey
`
	files := []schema.File{
		{Path: "content/figures/a.yaml", Text: []byte(yaml)},
		{Path: "content/figures/a.csv", Text: []byte("place,Year,n\n" +
			"N,2018,9 b\nN,2019,10 p\nN,2020,12 b\nN,2021,13\n")},
		{Path: "content/figures/words.yaml", Text: []byte("footnotes: " +
			"{recounted: {en: R., de: R.}, other: {en: O., de: O.}}\n")},
	}
	for _, f := range readLibrary(t) {
		if strings.HasSuffix(f.Path, "programme.yaml") {
			files = append(files, f)
		}
	}
	var list diag.List
	set := Load(files, Options{Langs: []string{"en", "de"}, Complete: []string{"en", "de"}, Demo: true}, &list)
	for _, d := range list.Sorted() {
		t.Errorf("%s: %s", d.Place, d.Text.In("en"))
	}
	var got []string
	line, _ := set.Lookup("a.n.n")
	for _, b := range line.Series.Breaks {
		got = append(got, b.From.Format("2006-01-02")+" "+b.Notes[0].Text)
	}
	if strings.Join(got, ", ") != "2020-12-31 R." {
		t.Errorf("breaks: %q", got)
	}
}
