package build

import (
	"fmt"
	"path/filepath"
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
