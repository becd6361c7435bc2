package compare

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"bilanz/internal/data"
	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// What is made of figures and what is read from their data file is the same, in every field.
func TestFiguresAreWhatTheirFileSays(t *testing.T) {
	archive, err := txtar.ParseFile("../data/testdata/library.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var files []schema.File
	for _, f := range archive.Files {
		if f.Name != "charts" && !strings.HasPrefix(f.Name, "data/") {
			files = append(files, schema.File{Path: f.Name, Text: f.Data})
		}
	}
	var list diag.List
	set := figure.Load(files, figure.Options{Langs: []string{"en", "de"}}, &list)
	langs := []*locale.Lang{locale.Must("en"), locale.Must("de")}
	none := func(*figure.Figure, string) string { return "" }
	file := data.FiguresJSON(data.Set{
		Site: data.Site{Langs: langs}, Figures: set.All(), Note: none, Discrepancy: none,
	})
	read, err := readFigures(file)
	if err != nil {
		t.Fatal(err)
	}
	made := OfSet(set, langs)
	if len(made.Figures) < 10 || len(made.Figures) != len(read.Figures) {
		t.Fatalf("%d figures are made, %d read, %s", len(made.Figures), len(read.Figures), file)
	}
	for i := range made.Figures {
		a, _ := json.Marshal(made.Figures[i])
		b, _ := json.Marshal(read.Figures[i])
		if !slices.Equal(a, b) {
			t.Errorf("made\n%s\nread\n%s", a, b)
		}
	}
}
