package build

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// golden are pages of the test site that are kept whole, one of each kind, under
// the names of their files in testdata/golden.
var golden = map[string]string{
	"page.html":    "visits/index.html",
	"start.html":   "de/index.html",
	"figures.html": "de/figures/index.html",
	"chart.html":   "charts/visits-by-place/index.html",
	"embed.html":   "de/charts/members-joined/embed/index.html",
	"404.html":     "404.html",
	"data.html":    "de/data/index.html",
}

// hash is what stands in the names of assets, and changes with a byte of them.
var hash = regexp.MustCompile(`\.[0-9a-f]{10}\.`)

// Every byte of these pages is meant: who changes one reads the difference that
// -update makes.
func TestGoldenPages(t *testing.T) {
	out := builtSite(t, "testdata/library", Options{})
	for name, path := range golden {
		got, err := os.ReadFile(filepath.Join(out, path))
		if err != nil {
			t.Fatal(err)
		}
		got = hash.ReplaceAll(got, []byte(".HASH."))
		kept := filepath.Join("testdata/golden", name)
		if *update {
			if err := os.WriteFile(kept, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(kept)
		if err != nil {
			t.Fatal(err)
		}
		if at := firstDifference(string(got), string(want)); at >= 0 {
			t.Errorf("%s is not %s, from byte %d: got …%.200q, want …%.200q", path, kept, at, got[at:], want[at:])
		}
	}
}

// firstDifference is the byte from which two texts differ, or -1.
func firstDifference(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	if len(a) != len(b) {
		return min(len(a), len(b))
	}
	return -1
}
