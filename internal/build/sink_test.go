package build

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"bilanz/internal/output"
)

// inMemory builds a project into memory and fails where it cannot.
func inMemory(t *testing.T, o Options) *output.Memory {
	t.Helper()
	var site output.Memory
	o.Into, o.Drawings = &site, pictures
	result, err := Build(context.Background(), o)
	if err != nil || !result.Written {
		t.Fatal(err, result.Diagnostics)
	}
	return &site
}

func TestASiteInMemoryIsTheSiteOnADisk(t *testing.T) {
	disk := builtSite(t, "testdata/library", Options{})
	memory := inMemory(t, Options{Files: os.DirFS("testdata/library")})
	var paths []string
	err := fs.WalkDir(os.DirFS(disk), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "files.json" {
			return err
		}
		paths = append(paths, name)
		want, err := os.ReadFile(filepath.Join(disk, name))
		if got, _ := memory.File(name); !bytes.Equal(got, want) {
			t.Errorf("%s differs", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(paths)
	if !slices.Equal(paths, memory.Paths()) {
		t.Errorf("the disk has %q, memory %q", paths, memory.Paths())
	}
}

func TestTextThatIsNotSavedStandsInPlaceOfWhatIs(t *testing.T) {
	const page = "content/en/visits.md"
	saved, err := os.ReadFile(filepath.Join("testdata/library", page))
	if err != nil {
		t.Fatal(err)
	}
	unsaved := bytes.Replace(saved, []byte("\n## "), []byte("\nNobody has saved this.\n\n## "), 1)
	for name, o := range map[string]Options{
		"over a folder":           {Dir: "testdata/library"},
		"over another filesystem": {Files: os.DirFS("testdata/library")},
		"over nothing":            {Files: fstest.MapFS{}, Unsaved: texts(t, "testdata/library")},
	} {
		t.Run(name, func(t *testing.T) {
			if o.Unsaved == nil {
				o.Unsaved = map[string][]byte{}
			}
			o.Unsaved[page] = unsaved
			html, _ := inMemory(t, o).File("visits/index.html")
			if !bytes.Contains(html, []byte(">Nobody has saved this.</p>")) {
				t.Error("the page does not say what was not saved")
			}
		})
	}
}

func TestCardsAreDrawnUnlessNobodyWantsThem(t *testing.T) {
	o := Options{Files: os.DirFS("testdata/library"), BaseURL: "https://example.org/"}
	isCard := func(path string) bool { return strings.HasPrefix(path, "cards/") }
	if !slices.ContainsFunc(inMemory(t, o).Paths(), isCard) {
		t.Error("no card was drawn")
	}
	o.NoCards = true
	if slices.ContainsFunc(inMemory(t, o).Paths(), isCard) {
		t.Error("a card was drawn")
	}
}

// texts reads all files below a folder.
func texts(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			all[name], err = os.ReadFile(filepath.Join(dir, name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
