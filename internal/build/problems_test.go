package build

import (
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/fstest"

	"bilanz/internal/diag"
)

// Pages that are read at the same time do not silence each other: half of them lack a
// description, which is not said where a key is misspelt, as in the other half.
func TestEveryRunFindsEveryProblem(t *testing.T) {
	files := filesOf(t, filepath.Join("testdata", "sites", "tiny"))
	const pages = 300
	for i := range pages {
		page := "---\ntitle: Page\ndescripton: What it says\n---\n\nText.\n"
		if i%2 == 0 {
			page = "---\ntitle: Page\n---\n\nText.\n"
		}
		files[fmt.Sprintf("content/en/more/page-%d.md", i)] = &fstest.MapFile{Data: []byte(page)}
	}
	for range 50 {
		result, err := Build(t.Context(), Options{Files: files, Into: nowhere{}, NoCards: true, Workers: 8})
		if err != nil {
			t.Fatal(err)
		}
		if n := diag.Count(result.Diagnostics, diag.Error); n != pages {
			t.Fatalf("%d problems, not %d", n, pages)
		}
	}
}

// The web looks for files in .well-known; no other hidden file is published, and what
// systems leave is named.
func TestWhatOfStaticIsPublished(t *testing.T) {
	files := filesOf(t, filepath.Join("testdata", "sites", "tiny"))
	for _, name := range []string{
		"static/.well-known/security.txt", "static/CNAME", "static/.gitkeep",
		"static/.DS_Store", "static/sub/Thumbs.db", "static/.well-known/desktop.ini", "content/en/~$draft.docx", "content/en/._page.md",
	} {
		files[name] = &fstest.MapFile{Data: []byte("x")}
	}
	var sink paths
	result, err := Build(t.Context(), Options{Files: files, Into: &sink, NoCards: true})
	if err != nil || len(result.Diagnostics) > 0 {
		t.Fatal(err, result.Diagnostics)
	}
	for _, name := range []string{".well-known/security.txt", "CNAME"} {
		if !sink.has(name) {
			t.Errorf("%s is not published", name)
		}
	}
	for _, name := range []string{".gitkeep", ".DS_Store", "sub/Thumbs.db", ".well-known/desktop.ini"} {
		if sink.has(name) {
			t.Errorf("%s is published", name)
		}
	}
	want := []string{"content/en/._page.md", "content/en/~$draft.docx", "static/.DS_Store", "static/.well-known/desktop.ini", "static/sub/Thumbs.db"}
	if !slices.Equal(result.LeftOut, want) {
		t.Errorf("left out are %q", result.LeftOut)
	}
}

// paths keeps the paths of finished files.
type paths struct {
	mu  sync.Mutex
	all []string
}

func (p *paths) Write(path string, _ []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all = append(p.all, path)
	return nil
}

func (p *paths) has(path string) bool { return slices.Contains(p.all, path) }
