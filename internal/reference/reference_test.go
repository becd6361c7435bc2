package reference

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/locale"
)

var update = flag.Bool("update", false, "fill in docs/*.md and write docs/schema")

// documents are those with marked places.
var documents = []string{"../../docs/figures.md", "../../docs/writing.md", "../../docs/charts.md", "../../docs/languages.md"}

func TestDocumentsSayWhatTheTablesSay(t *testing.T) {
	var all []string
	for _, path := range documents {
		text := read(t, path)
		filled, names, err := Fill(text)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		all = append(all, names...)
		if filled != text {
			change(t, path, filled)
		}
	}
	for _, name := range Names() {
		if n := count(all, name); n != 1 {
			t.Errorf("<!-- %s --> stands in the documents %d times", name, n)
		}
	}
}

// change writes a file that fell behind, or complains.
func change(t *testing.T, path, text string) {
	t.Helper()
	if !*update {
		t.Errorf("%s has fallen behind; run this test with -update", path)
	} else if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func count(all []string, name string) int {
	n := 0
	for _, other := range all {
		if other == name {
			n++
		}
	}
	return n
}

var (
	heading = regexp.MustCompile(`(?m)^#+ (.+)$`)
	code    = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`")
	within  = regexp.MustCompile(`\]\((?:([a-z]+\.md))?#([a-z-]+)\)`)
)

// A link from one table to another leads to a heading of the same document.
func TestLinksOfTheDocumentsLeadSomewhere(t *testing.T) {
	for _, path := range documents {
		for _, link := range within.FindAllStringSubmatch(code.ReplaceAllString(read(t, path), ""), -1) {
			to := path
			if link[1] != "" {
				to = filepath.Join(filepath.Dir(path), link[1])
			}
			if !slices.Contains(anchors(read(t, to)), link[2]) {
				t.Errorf("%s: nothing in %s is at #%s", path, to, link[2])
			}
		}
	}
}

func anchors(text string) []string {
	var all []string
	for _, m := range heading.FindAllStringSubmatch(text, -1) {
		words := strings.ToLower(strings.NewReplacer("`", "", ".", "", ",", "", "(", "", ")", "").Replace(m[1]))
		all = append(all, strings.ReplaceAll(words, " ", "-"))
	}
	return all
}

func TestSchemasAreCommitted(t *testing.T) {
	for _, name := range Schemas {
		path := "../../docs/schema/" + name + ".json"
		text, _ := Schema(name)
		committed, err := os.ReadFile(path)
		if err != nil && !*update {
			t.Error(err)
		} else if !bytes.Equal(text, committed) {
			change(t, path, string(text))
		}
	}
}

// The settings of the editor lead to schemas that are there.
func TestEditorsFindTheSchemas(t *testing.T) {
	var settings struct {
		Schemas map[string][]string `json:"yaml.schemas"`
	}
	if err := json.Unmarshal([]byte(read(t, "../../.vscode/settings.json")), &settings); err != nil {
		t.Fatal(err)
	}
	if len(settings.Schemas) < 3 {
		t.Errorf("there are only %d schemas in .vscode/settings.json", len(settings.Schemas))
	}
	for path := range settings.Schemas {
		if _, err := os.Stat(filepath.Join("..", "..", path)); err != nil {
			t.Error(err)
		}
	}
}

func TestAMarkThatNamesNothingIsAnError(t *testing.T) {
	if _, _, err := Fill("<!-- keys: figur -->\n<!-- end -->\n"); err == nil {
		t.Error("a table that does not exist was filled in")
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var row = regexp.MustCompile("(?m)^\\| `([A-Za-z0-9-]+)`( \\(may be left out\\))? \\|")

// The tables of docs/languages.md that are written by hand name every key of a
// catalogue, and every word into which something is put.
func TestTheDocumentOfLanguagesNamesEveryKey(t *testing.T) {
	text := read(t, "../../docs/languages.md")
	_, text, _ = strings.Cut(text, "\n## The keys of a catalogue\n")
	keys, text, found := strings.Cut(text, "\n## The words of the pages\n")
	places, _, alsoFound := strings.Cut(text, "<!-- interface -->")
	if !found || !alsoFound {
		t.Fatal("docs/languages.md has other headings than this test knows")
	}
	all, optional := locale.CatalogueKeys()
	var named []string
	for _, m := range row.FindAllStringSubmatch(keys, -1) {
		named = append(named, m[1])
		if (m[2] != "") != slices.Contains(optional, m[1]) {
			t.Errorf("docs/languages.md is wrong about whether %s may be left out", m[1])
		}
	}
	same(t, named, all)
	named, all = nil, nil
	for _, m := range row.FindAllStringSubmatch(places, -1) {
		named = append(named, m[1])
	}
	for key, word := range locale.Must("en").Interface() {
		if locale.Places(word) {
			all = append(all, key)
		}
	}
	same(t, named, all)
}

func same(t *testing.T, documented, known []string) {
	t.Helper()
	slices.Sort(documented)
	slices.Sort(known)
	if !slices.Equal(documented, known) {
		t.Errorf("docs/languages.md names %q, and there are %q", documented, known)
	}
}
