package data

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

var update = flag.Bool("update", false, "rewrite the expected files of the cases")

var langs = []string{"en", "de"}

// Each case is some figure files, the names of what charts show, and all files
// that come out. The figure files are read in both orders.
func TestCases(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range cases {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			in, want := split(archive)
			got := written(t, in)
			slices.Reverse(in)
			if again := written(t, in); !slices.EqualFunc(got, again, sameFile) {
				t.Error("the order of the files changes what comes out")
			}
			if *update {
				archive.Files = append(slices.DeleteFunc(archive.Files, isOutput), got...)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if !slices.EqualFunc(got, want, sameFile) {
				t.Errorf("got:\n%s", txtar.Format(&txtar.Archive{Files: got}))
			}
		})
	}
}

func sameFile(a, b txtar.File) bool { return a.Name == b.Name && bytes.Equal(a.Data, b.Data) }

func isOutput(f txtar.File) bool { return strings.HasPrefix(f.Name, "data/") }

func split(archive *txtar.Archive) (in, out []txtar.File) {
	for _, f := range archive.Files {
		if isOutput(f) {
			out = append(out, f)
		} else {
			in = append(in, f)
		}
	}
	return in, out
}

// written makes all files of a case, with LF at the ends of their lines.
func written(t *testing.T, in []txtar.File) []txtar.File {
	t.Helper()
	var files []schema.File
	var shown []string
	for _, f := range in {
		if f.Name == "charts" {
			shown = strings.Fields(string(f.Data))
			continue
		}
		files = append(files, schema.File{Path: f.Name, Text: f.Data})
	}
	var list diag.List
	set := figure.Load(files, figure.Options{Langs: langs, Complete: langs}, &list)
	if ds := list.Sorted(); len(ds) > 0 {
		var text strings.Builder
		_ = diag.WriteText(&text, ds, diag.TextOptions{})
		t.Fatal(text.String())
	}
	s := Set{
		Site:    librarySite(),
		Figures: set.All(),
		Note:    note, Discrepancy: discrepancy,
		Uses: map[*figure.Figure][]Use{set.All()[0]: {{Page: ""}, {Page: "de/visits/", Block: "chart:visits-by-place"}}},
	}
	out := []txtar.File{
		{Name: "data/figures.json", Data: FiguresJSON(s)},
		{Name: "data/figures.csv", Data: plain(t, FiguresCSV(s))},
		{Name: "data/codebook.csv", Data: plain(t, CodebookCSV(s))},
	}
	for _, l := range s.Langs {
		file := bytes.ReplaceAll(PeopleCSV(s, l), []byte("\r\n"), []byte("\n"))
		out = append(out, txtar.File{Name: "data/figures-" + l.Code + ".csv", Data: file})
	}
	all := []File{
		{Path: "data/figures-de.csv", Kind: ForPeople, Lang: s.Langs[1], Type: csvType, Size: 3, Sum: "0a"},
		{Path: "data/figures.csv", Kind: Programs, Type: csvType, Size: 2, Sum: "0b"},
		{Path: "data/codebook.csv", Kind: Codebook, Type: csvType, Size: 1, Sum: "0c"},
	}
	out = append(out, txtar.File{Name: "data/datapackage.json", Data: PackageJSON(s, all)})
	for _, l := range s.Langs {
		text := bytes.ReplaceAll(s.readme(all, l), []byte("\r\n"), []byte("\n"))
		out = append(out, txtar.File{Name: "data/README-" + l.Code + ".txt", Data: text})
	}
	for _, id := range shown {
		grid := lay(t, set, id)
		out = append(out, txtar.File{Name: "data/charts/" + id + ".csv", Data: plain(t, BlockCSV(s.Site, grid))})
	}
	return out
}

func librarySite() Site {
	en, de := locale.Must("en"), locale.Must("de")
	return Site{
		Title: map[string]string{"en": "The library’s year", "de": "Das Jahr der Bücherei"},
		Base:  "https://example.org/", Demo: true,
		Edition: "2024", EditionLabel: map[string]string{"en": "Results 2024", "de": "Ergebnisse 2024"},
		Langs: []*locale.Lang{en, de}, Default: en,
		Licence: "CC BY 4.0", Contact: "Demo press office", Mail: "press@example.org",
	}
}

func lay(t *testing.T, set *figure.Set, id string) *grid.Grid {
	t.Helper()
	shape := grid.Shape{}
	if table, ok := set.Table(id); ok {
		shape.Table = table
	} else if f, ok := set.Lookup(id); ok {
		shape.Figures = []*figure.Figure{f}
	}
	grid, problem := grid.Lay(shape)
	if problem != nil {
		t.Fatal(problem.Text.In("en"))
	}
	return grid
}

// plain checks that a file is CSV as RFC 4180 has it, and gives it with LF.
func plain(t *testing.T, file []byte) []byte {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil || len(lines) == 0 {
		t.Errorf("no CSV: %v", err)
	}
	if n := bytes.Count(file, []byte("\n")); n != bytes.Count(file, []byte("\r\n")) || !bytes.HasSuffix(file, []byte("\r\n")) {
		t.Error("a line does not end with CR LF")
	}
	return bytes.ReplaceAll(file, []byte("\r\n"), []byte("\n"))
}

var link = regexp.MustCompile(`\[([^]]*)\]\([^)]*\)`)

// note and discrepancy stand for what the build makes of the Markdown.
func note(f *figure.Figure, lang string) string {
	p, _ := figure.In(f.Notes, lang)
	return link.ReplaceAllString(strings.TrimSpace(p.Text), "$1")
}

func discrepancy(f *figure.Figure, lang string) string {
	p, _ := figure.In(f.Discrepancy.Notes, lang)
	return strings.NewReplacer("{sum}", f.Discrepancy.Sum.RatString(), "{gap}", f.Discrepancy.By.RatString()).Replace(strings.TrimSpace(p.Text))
}

func TestTheJSONCanBeRead(t *testing.T) {
	file := FiguresJSON(Set{Site: Site{Edition: "<&>\u2028"}})
	var content struct{ Edition string }
	if err := json.Unmarshal(file, &content); err != nil || content.Edition != "<&>\u2028" {
		t.Errorf("%v: %s", err, file)
	}
	if !bytes.Contains(file, []byte(`"figures": []`)) {
		t.Errorf("no figures are not an empty list: %s", file)
	}
}
