package build

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/form"
)

const chartGuide = "../../docs/charts.md"

// guideProject is the library with one page in each language that holds all blocks of the
// guide, and with what these show besides.
const guideProject = "testdata/guide"

// The English page of the guide's project holds the very blocks of docs/charts.md; the
// build holds the German one against it. With -update it is written. The tests in the
// browser look at both.
func TestTheProjectOfTheChartGuide(t *testing.T) {
	guide, err := os.ReadFile(chartGuide)
	if err != nil {
		t.Fatal(err)
	}
	page := "---\ntitle: Charts\ndescription: Every kind of chart.\n---\n"
	for _, block := range guideBlock.FindAllStringSubmatch(string(guide), -1) {
		page += "\n" + block[1] + "\n"
	}
	path := filepath.Join(guideProject, "content", "en", "index.md")
	if *update {
		if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != page {
		t.Errorf("%s does not hold the blocks of docs/charts.md; go test -update writes it", path)
	}
}

// The pictures in docs/charts.md are those of the blocks that are printed there, drawn
// from the library's figures. With -update they are written.
func TestPicturesOfTheChartGuide(t *testing.T) {
	guide, err := os.ReadFile(chartGuide)
	if err != nil {
		t.Fatal(err)
	}
	drawn := drawGuide(t)
	folder := filepath.Join(filepath.Dir(chartGuide), "charts")
	if *update {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(folder, os.DirFS(drawn)); err != nil {
			t.Fatal(err)
		}
	}
	var names []string
	for _, m := range guidePicture.FindAllStringSubmatch(string(guide), -1) {
		names = append(names, m[1])
	}
	for name, want := range svgs(t, drawn) {
		got, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil || string(got) != want {
			t.Errorf("docs/charts/%s is not what the block in docs/charts.md draws; go test -update writes it", name)
		}
		if !slices.Contains(names, name) {
			t.Errorf("docs/charts.md does not show charts/%s", name)
		}
	}
	for _, name := range names {
		if _, err := os.Stat(filepath.Join(drawn, name)); err != nil {
			t.Errorf("docs/charts.md shows charts/%s, which none of its blocks draws", name)
		}
	}
}

var (
	guideBlock   = regexp.MustCompile("(?s)````\n(```chart\n.*?\n```)\n````")
	guidePicture = regexp.MustCompile(`\]\(charts/([a-z-]+\.svg)\)`)
)

// guideSite puts the guide's project together.
func guideSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content", "figures"), os.DirFS(library+"/content/figures")); err != nil {
		t.Fatal(err)
	}
	config := readText(t, library+"/content/site.yaml")
	if err := os.WriteFile(filepath.Join(dir, "content", "site.yaml"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(guideProject)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// drawGuide builds the guide's project and gives the folder with its pictures alone.
func drawGuide(t *testing.T) string {
	t.Helper()
	dir, alone := guideSite(t), t.TempDir()
	result, err := Build(context.Background(), Options{
		Dir: dir, Out: filepath.Join(dir, "public"), Write: true, NoCards: true, Drawings: pictures,
	})
	if err != nil {
		t.Fatal(err)
	}
	if result.Diagnostics = without(result.Diagnostics, ofTranslations); len(result.Diagnostics) > 0 {
		var out bytes.Buffer
		if err := diag.WriteText(&out, result.Diagnostics, diag.TextOptions{Lang: "en"}); err != nil {
			t.Fatal(err)
		}
		t.Error(out.String())
	}
	if !result.Written {
		t.Fatal("the blocks of docs/charts.md cannot be built")
	}
	for name, data := range svgs(t, filepath.Join(dir, "public", "charts")) {
		if err := os.WriteFile(filepath.Join(alone, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return alone
}

// svgs reads the pictures of a folder by name.
func svgs(t *testing.T, folder string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.svg"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(file)] = string(data)
	}
	return all
}

// The frozen fact sheet holds every kind of chart that one year of it can fill: a column
// stands for a date, and its pages have lines where there are dates.
func TestTheFactSheetHoldsEveryKindOfChart(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		pages, err := filepath.Glob(filepath.Join(factSheet, "content", lang, "*.md"))
		if err != nil {
			t.Fatal(err)
		}
		all := ""
		for _, page := range pages {
			all += readText(t, page)
		}
		for _, name := range form.Names() {
			if form.Form(name) != form.Column && !strings.Contains(all, "\ntype: "+name+"\n") {
				t.Errorf("the fact sheet has no %s in %q", name, lang)
			}
		}
	}
}

// Every kind of chart has its section in the guide.
func TestTheGuideHoldsEveryKindOfChart(t *testing.T) {
	guide, err := os.ReadFile(chartGuide)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range form.Names() {
		if !strings.Contains(string(guide), "\n## "+name+"\n") || !strings.Contains(string(guide), "\ntype: "+name+"\n") {
			t.Errorf("docs/charts.md has no section or no block of %s", name)
		}
	}
}
