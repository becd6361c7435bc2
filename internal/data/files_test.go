package data

import (
	"slices"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// Workbooks and the archive are there up to a number of figures, and not beyond.
func TestLargeSitesHaveNoWorkbook(t *testing.T) {
	var list diag.List
	set := figure.Load([]schema.File{{Path: "a.yaml", Text: []byte(`
units: {visits: {decimals: 0, en: {one: visit, other: visits}, de: {one: Besuch, other: Besuche}}}
sources: {counters: {label: {en: Door counters, de: Türzähler}, as_of: 2025-01-07}}
figures:
  visits: {value: 3, unit: visits, period: none, as_of: 2024-12-31, source: counters, label: {en: Visits, de: Besuche}}
`)}}, figure.Options{Langs: langs, Complete: langs}, &list)
	if ds := list.Sorted(); len(ds) > 0 {
		t.Fatal(ds)
	}
	for n, want := range map[int]bool{
		1: true, MostInWorkbook - 1: true, MostInWorkbook: true, MostInWorkbook + 1: false,
	} {
		figures := slices.Repeat(set.All(), n)
		nothing := func(*figure.Figure, string) string { return "" }
		s := Set{
			Site: librarySite(), Figures: figures, Note: nothing, Discrepancy: nothing,
			Sections: func(string) []Section { return []Section{{"visits", "Visits", figures}} },
		}
		written := map[string]bool{}
		files, err := Files(s, func(path string, _ []byte) { written[path] = true })
		if err != nil {
			t.Fatal(err)
		}
		if written["data/figures-de.xlsx"] != want || written["data/the-library-s-year-2024.zip"] != want {
			t.Errorf("%d figures: %v", n, written)
		}
		if len(files) != len(written) || !written["data/figures.csv"] || !written["data/datapackage.json"] {
			t.Errorf("%d figures: %d files, %v", n, len(files), written)
		}
	}
}

func TestNamesOfArchivesAreSmallLettersAndDigits(t *testing.T) {
	for _, c := range [][3]string{
		{"Jahresbericht: Zählung größer!", "2024/1", "jahresbericht-zaehlung-groesser-2024-1"},
		{"نتائج", "2024", "figures-2024"}, {"L’année", "", "l-annee"}, {"", "", "figures"},
	} {
		s := Site{Title: map[string]string{"de": c[0]}, Edition: c[1], Default: locale.Must("de")}
		if got := s.name(); got != c[2] {
			t.Errorf("%q, %q: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// A licence with an id or an address has a place of its own in a package, any other is told in
// words; where none is stated the package says nothing.
func TestLicencesOfPackages(t *testing.T) {
	for licence, want := range map[string]struct {
		known []packageLicence
		words string
	}{
		"CC BY 4.0":               {[]packageLicence{{Name: "CC-BY-4.0", Title: "CC BY 4.0"}}, ""},
		"https://example.org/l/":  {[]packageLicence{{Path: "https://example.org/l/"}}, ""},
		"All rights reserved":     {nil, "Licence: All rights reserved"},
		"Datenlizenz (Version 2)": {nil, "Licence: Datenlizenz (Version 2)"},
		"":                        {nil, ""},
	} {
		s := Site{Licence: licence}
		known, words := s.licences(), s.licence(locale.Must("en"))
		if !slices.Equal(known, want.known) || words != want.words {
			t.Errorf("%q: %v, %q", licence, known, words)
		}
	}
}
