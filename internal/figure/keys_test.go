package figure

import (
	"strings"
	"testing"

	"bilanz/internal/schema"
)

// The reference is made of these tables, so each key needs its sentence.
func TestEveryKeyIsDocumented(t *testing.T) {
	langs := []string{"en", "de"}
	for name, keys := range map[string]schema.Keys{
		"file": FileKeys(langs, nil), "table": TableKeys(), "series": SeriesKeys(),
		"part": FigureKeys, "discrepancy": DiscrepancyKeys, "check": CheckKeys, "column": ColumnKeys, "break": BreakKeys,
	} {
		documented(t, name, keys)
	}
}

func documented(t *testing.T, path string, keys schema.Keys) {
	t.Helper()
	seen := map[string]bool{}
	for _, key := range keys {
		if !strings.HasSuffix(key.Doc, ".") {
			t.Errorf("%s: %s has no sentence: %q", path, key.Name, key.Doc)
		}
		if seen[key.Name] {
			t.Errorf("%s: %s stands there twice", path, key.Name)
		}
		seen[key.Name] = true
		documented(t, path+"."+key.Name, key.Keys)
	}
}
