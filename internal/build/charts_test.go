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
)

const chartGuide = "../../docs/charts.md"

// The pictures in docs/charts.md are those of the blocks that are printed there, drawn
// from the library's figures. With -update they are written.
func TestPicturesOfTheChartGuide(t *testing.T) {
	guide, err := os.ReadFile(chartGuide)
	if err != nil {
		t.Fatal(err)
	}
	drawn := drawGuide(t, string(guide))
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

// drawGuide builds the library with one page that holds all blocks of the guide, and
// gives the folder with its pictures alone.
func drawGuide(t *testing.T, guide string) string {
	t.Helper()
	dir, pictures := t.TempDir(), t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/library")); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"en", "de"} {
		if err := os.RemoveAll(filepath.Join(dir, "content", lang)); err != nil {
			t.Fatal(err)
		}
	}
	page := "---\ntitle: Charts\ndescription: Every kind of chart.\n---\n"
	blocks := guideBlock.FindAllStringSubmatch(guide, -1)
	for _, block := range blocks {
		page += "\n" + block[1] + "\n"
	}
	config, err := os.ReadFile(filepath.Join(dir, "content", "site.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"content/en/index.md": page,
		"content/de/index.md": "---\ntitle: Diagramme\ndescription: Nur die Startseite.\n---\n",
		"content/site.yaml":   strings.Replace(string(config), "complete: [en, de]", "complete: [en]", 1),
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	result, err := Build(context.Background(), Options{Dir: dir, Out: filepath.Join(dir, "public"), Write: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Diagnostics) > 0 {
		var out bytes.Buffer
		if err := diag.WriteText(&out, result.Diagnostics, diag.TextOptions{Lang: "en"}); err != nil {
			t.Fatal(err)
		}
		t.Error(out.String())
	}
	if !result.Written || len(blocks) == 0 {
		t.Fatal("the blocks of docs/charts.md cannot be built")
	}
	for name, data := range svgs(t, filepath.Join(dir, "public", "charts")) {
		if err := os.WriteFile(filepath.Join(pictures, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return pictures
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

// Every kind of chart has its section in the guide.
func TestTheGuideHoldsEveryKindOfChart(t *testing.T) {
	guide, err := os.ReadFile(chartGuide)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"bar", "grouped-bar", "stacked-bar", "share-bar", "line", "pie", "list"} {
		if !strings.Contains(string(guide), "\n## "+kind+"\n") || !strings.Contains(string(guide), "\ntype: "+kind+"\n") {
			t.Errorf("docs/charts.md has no section or no block of %s", kind)
		}
	}
}
