package build

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/output"
	"bilanz/internal/site"

	"github.com/rogpeppe/go-internal/txtar"
)

// wayIn is what leads from a page to a file of the project.
var wayIn = regexp.MustCompile(`<p class="edit">.*</p>| data-edit="https:[^"]*"`)

// Where site.yaml says where its files are edited, each page leads to its file and each number
// to its line, in the language of the page; never a chart on other people's pages, and never a
// site that is handed on as a folder.
func TestPagesLeadToTheFilesThatSayThem(t *testing.T) {
	kept := "testdata/edit.txtar"
	archive, err := txtar.ParseFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	got := &txtar.Archive{Comment: archive.Comment, Files: archive.Files[:1:1]}
	files := os.DirFS(project(t, got))
	built := inMemory(t, Options{Files: files})
	for _, page := range pagesOf(built) {
		if ways := waysIn(built, page); ways != "" {
			got.Files = append(got.Files, txtar.File{Name: page, Data: []byte(ways)})
		}
	}
	if *update {
		if err := os.WriteFile(kept, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if text := string(txtar.Format(got)); text != string(txtar.Format(archive)) {
		t.Errorf("the ways in are others:\n%s", text)
	}
	for name, other := range map[string]*output.Memory{
		"for a disk":      inMemory(t, Options{Files: files, ForDisk: true}),
		"without the key": inMemory(t, Options{Files: os.DirFS("testdata/library")}),
	} {
		for _, page := range pagesOf(other) {
			if ways := waysIn(other, page); ways != "" {
				t.Errorf("%s, %s leads to %s", name, page, ways)
			}
		}
	}
}

func pagesOf(built *output.Memory) []string {
	return slices.DeleteFunc(built.Paths(), func(name string) bool { return filepath.Ext(name) != ".html" })
}

// waysIn lists what leads from a page to a file, each once.
func waysIn(built *output.Memory, page string) string {
	html, _ := built.File(page)
	found := wayIn.FindAllString(string(html), -1)
	slices.Sort(found)
	if found = slices.Compact(found); len(found) == 0 {
		return ""
	}
	return strings.Join(found, "\n") + "\n"
}

func TestTheWayToAPlaceKeepsEachSign(t *testing.T) {
	const base = "https://git.example.org/edit/main/"
	for _, c := range []struct {
		at   diag.Place
		want string
	}{
		{diag.File("content/de/beratung.md"), "content/de/beratung.md"},
		{diag.Place{Path: "content/figures/advice.yaml", Line: 5, Col: 12}, "content/figures/advice.yaml#L5"},
		{diag.Place{Path: "content/figures/Träger 24 #2?.csv", Line: 2},
			"content/figures/Tr%C3%A4ger%2024%20%232%3F.csv#L2"},
		{diag.Place{Path: "content/figures/a.xlsx", Line: 7, Cell: "Sheet1!B7"}, "content/figures/a.xlsx"},
	} {
		if got := (&site.Config{Edit: base}).EditAt(c.at); got != base+c.want {
			t.Errorf("%v leads to %s, not %s", c.at, got, c.want)
		}
	}
}
