package reference

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

// compile makes a validator of one of the schemas.
func compile(t *testing.T, name, within string) *jsonschema.Schema {
	t.Helper()
	text, ok := Schema(name)
	if !ok {
		t.Fatalf("there is no schema %s", name)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name+".json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(name + ".json" + within)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON reads YAML as editors do: what looks like a number is one.
func asJSON(t *testing.T, text string) any {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	return decoded(t, n.Content[0])
}

func decoded(t *testing.T, n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		all := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			all[n.Content[i].Value] = decoded(t, n.Content[i+1])
		}
		return all
	case yaml.SequenceNode:
		all := []any{}
		for _, item := range n.Content {
			all = append(all, decoded(t, item))
		}
		return all
	}
	switch n.ShortTag() {
	case "!!int", "!!float", "!!bool", "!!null":
		var v any
		if err := n.Decode(&v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	return n.Value
}

// written lists the files that authors wrote in the sites that the build is tested
// with, and that fit one of the patterns.
func written(t *testing.T, patterns ...string) (all []string) {
	t.Helper()
	for _, site := range []string{"library", "guide", "sites/*"} {
		for _, pattern := range patterns {
			files, err := filepath.Glob("../build/testdata/" + site + "/content/" + pattern)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, files...)
		}
	}
	if len(all) == 0 {
		t.Fatalf("no file fits %q", patterns)
	}
	return all
}

func TestWhatExistsFitsTheSchemas(t *testing.T) {
	for name, patterns := range map[string][]string{
		"figures": {"figures/*.yaml", "figures/*/*.yaml"},
		"site":    {"site.yaml"},
		"page":    {"*/*.md"},
	} {
		schema := compile(t, name, "")
		for _, file := range written(t, patterns...) {
			text := read(t, file)
			if name == "page" {
				text = front(text)
			}
			if err := schema.Validate(asJSON(t, text)); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
}

func TestWhatIsAcceptedFitsTheSchema(t *testing.T) {
	_, text, found := strings.Cut(read(t, "../build/testdata/cases/accepted.txtar"), "-- file content/accepted.yaml --\n")
	text, _, _ = strings.Cut(text, "\n-- ")
	if err := compile(t, "accepted", "").Validate(asJSON(t, text)); !found || err != nil {
		t.Error(found, err)
	}
}

func TestWhatIsSaidOfFilesFitsTheSchema(t *testing.T) {
	_, text, found := strings.Cut(read(t, "../incoming/testdata/cases/office.txtar"), "-- import.yaml --\n")
	text, _, _ = strings.Cut(text, "\n-- ")
	if err := compile(t, "import", "").Validate(asJSON(t, text)); !found || err != nil {
		t.Error(found, err)
	}
}

// front is the front matter of a page; its lines of plain text are no YAML before
// they are put between quotation marks.
func front(page string) string {
	_, rest, _ := strings.Cut(page, "---\n")
	text, _, _ := strings.Cut(rest, "\n---\n")
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if key, words, ok := strings.Cut(line, ": "); ok && (key == "title" || key == "subtitle" || key == "description") {
			line = key + ": '" + strings.ReplaceAll(words, "'", "''") + "'"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// blocks are the schemas of the three kinds of blocks.
var blocks = map[string]string{"chart": "#/$defs/chart-block", "table": "#/$defs/table-block", "figures": "#/$defs/figures-block"}

func TestBlocksOfPagesFitTheSchema(t *testing.T) {
	found := 0
	for kind, within := range blocks {
		schema := compile(t, "block", within)
		for _, file := range written(t, "*/*.md") {
			for i, text := range strings.Split(read(t, file), "```"+kind+"\n") {
				if i == 0 {
					continue
				}
				found++
				text, _, _ = strings.Cut(text, "\n```") // some have no summary
				text, _, _ = strings.Cut(text, "\n\n")
				if err := schema.Validate(asJSON(t, front("---\n"+text+"\n---\n"))); err != nil {
					t.Errorf("%s: %s %d: %v", file, kind, i, err)
				}
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d blocks were found", found)
	}
}

func TestWhatIsBrokenDoesNotFitTheSchemas(t *testing.T) {
	const figure = "figures:\n  visits:\n    label: {en: Visits, de: Besuche}\n    "
	for _, c := range []struct{ schema, about, text string }{
		{"figures", "a misspelt key", "figure:\n  visits: {value: 1, label: Visits}\n"},
		{"figures", "a misspelt key of a figure", figure + "valeu: 1\n"},
		{"figures", "no label", "figures:\n  visits: {value: 1}\n"},
		{"figures", "a label with no code of a language", "figures:\n  visits: {value: 1, label: {en: Visits, German: V}}\n"},
		{"figures", "a grouped value", figure + "value: 1,234,567\n"},
		{"figures", "German words", figure + "value: mehr als 30\n"},
		{"figures", "a value and a formula", figure + "value: 1\n    formula: a.b + 1\n"},
		{"figures", "neither of them", figure + "unit: visits\n"},
		{"figures", "an unknown status", figure + "value: 1\n    status: done\n"},
		{"figures", "a German date", figure + "value: 1\n    as_of: 31.12.2024\n"},
		{"figures", "a broken part", figure + "value: 1\n    parts:\n      central: {value: 1}\n"},
		{"figures", "an id with a capital", "figures:\n  Visits: {value: 1, label: Visits}\n"},
		{"figures", "too many decimals", figure + "value: 1\n    decimals: 7\n"},
		{"figures", "a check without its statement", "checks:\n  - {because: {en: So., de: So.}}\n"},
		{"figures", "a discrepancy without a note", figure + "value: 1\n    known_discrepancy: {by: 3}\n"},
		{"figures", "a unit without decimals", "units:\n  visits: {en: {one: visit, other: visits}}\n"},
		{"figures", "a table without rows", "table: loans\nlabel: Loans\ncolumns:\n  lent: {label: Lent}\n"},
		{"figures", "a series with a column", "series: members\nlabel: Members\ncolumns:\n  lent: {label: Lent}\n"},
		{"site", "a misspelt key", "title: A\nlanguages: [en]\ndefault: en\nlicense: CC\n"},
		{"site", "no languages", "title: A\ndefault: en\n"},
		{"site", "no code of a language", "title: A\nlanguages: [German]\ndefault: German\n"},
		{"page", "no title", "description: A page.\n"},
		{"page", "an unknown status", "title: A\nstatus: drafft\n"},
		{"page", "a text for a number", "title: A\nnav: {order: first}\n"},
		{"block", "a chart without a type", "id: a\nfigures: visits\ntitle: A\nsubtitle: B\ncolumn: c\nsort: up\n"},
		{"accepted", "no end", "- {code: number-bare, place: content/de/a.md, reason: A, role: B}\n"},
		{"import", "no file", "- {values: Count}\n"},
		{"import", "a number that is none", "- {file: a.csv, times: thousand}\n"},
	} {
		if compile(t, c.schema, "").Validate(asJSON(t, c.text)) == nil {
			t.Errorf("%s: %s fits the schema:\n%s", c.schema, c.about, c.text)
		}
	}
}
