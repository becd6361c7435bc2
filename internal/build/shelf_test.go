package build

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// With more than 300 groups of figures, those of one figure share pages. The build checks
// that no link to a figure is dead, here from a formula.
func TestGroupsOfOneFigureSharePages(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/library")); err != nil {
		t.Fatal(err)
	}
	text := "defaults: {unit: visits, source: counters, period: year-2024}\nfigures:\n"
	for i := range 301 {
		text += fmt.Sprintf("  zone-%03d: {value: 7, label: {en: Zone %[1]d, de: Zone %[1]d}}\n", i)
	}
	text += "  zones: {formula: zone-000 + zone-300, label: {en: Zones, de: Zonen}}\n"
	if err := os.WriteFile(filepath.Join(dir, "content", "figures", "zones.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	out := builtSite(t, dir, Options{})
	for path, want := range map[string]string{
		"figures/index.html":               `href="../figures/a-z/zone-3/"`,
		"figures/visits/index.html":        `id="visits.total"`,
		"figures/a-z/zone-3/index.html":    `id="zone-300"`,
		"figures/a-z/zones/index.html":     `href="../../../figures/a-z/zone-3/#zone-300"`,
		"de/figures/a-z/zone-0/index.html": `id="zone-000"`,
		"cards/figures/card.png":           "PNG",
		"cards/de/figures/card.png":        "PNG",
		"figures/a-z/zone-1/index.html":    `content="https://example.org/library/cards/figures/card.png"`,
		"de/figures/a-z/zone-1/index.html": "cards/de/figures/card.png",
	} {
		text, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(path)))
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s does not hold %s: %v", path, want, err)
		}
	}
	cards, err := filepath.Glob(filepath.Join(out, "cards", "figures", "*", "card.png"))
	if err != nil || len(cards) > 0 {
		t.Errorf("groups have cards of their own: %v %v", cards, err)
	}
}
