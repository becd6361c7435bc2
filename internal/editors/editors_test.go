package editors

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/output"
	"bilanz/internal/prose"
	"bilanz/internal/schema"
)

// built builds a small site of two languages with these figures and this page, in memory.
func built(t *testing.T, figures, page string) build.Result {
	t.Helper()
	result, err := build.Build(context.Background(), build.Options{
		Files: embed.FS{}, Into: &output.Memory{}, NoCards: true,
		Unsaved: map[string][]byte{
			"content/site.yaml": []byte("title: {en: Benches, de: Bänke, fr: Bancs}\nlanguages: [en, de, fr]\n" +
				"default: en\nbase_url: https://example.org/\n"),
			"content/figures/benches.yaml": []byte(figures),
			"content/en/index.md":          []byte(front("Benches", "Where they stand.") + page),
			"content/de/index.md":          []byte(front("Bänke", "Wo sie stehen.") + "Im Park.\n"),
			"content/fr/index.md":          []byte(front("Bancs", "Où ils sont.") + "Au parc.\n"),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func front(title, description string) string {
	return "---\ntitle: " + title + "\ndescription: " + description + "\n---\n\n"
}

const head = `
units:
  benches:
    decimals: 0
    en: {one: bench, other: benches}
    de: {one: Bank, other: Bänke}
    fr: {one: banc, other: bancs}
sources:
  walk: {label: {en: A walk, de: Ein Spaziergang, fr: Une promenade}, as_of: 2024-12-31}
defaults: {unit: benches, period: none, as_of: 2024-12-31, source: walk}
figures:
`

const hostile = head + `
  benches.all:
    value: 12418
    label: {en: 'A "bench" for $1 {or} \n', de: 'Bank \ "$x" }', fr: Banc}
  benches.old:   {value: more than 30, label: {en: Old benches, de: Alte Bänke, fr: Vieux bancs}}
  benches.lost:  {value: not available, label: {en: Lost benches, de: Verlorene Bänke, fr: Bancs perdus}}
  benches.third: {formula: benches.all / 3, decimals: 2, label: {en: A third, de: Ein Drittel, fr: Un tiers}}
`

// parsed reads the snippets as an editor does.
func parsed(t *testing.T, text []byte) map[string]snippet {
	t.Helper()
	var all map[string]snippet
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return all
}

// typed is what an editor writes for a line of a snippet without stops.
func typed(line string) string {
	return strings.NewReplacer(`\\`, `\`, `\$`, "$", `\}`, "}").Replace(line)
}

func TestSnippetsSayWhatSentencesMaySay(t *testing.T) {
	r := built(t, hostile, "Benches stand in parks.\n")
	files := Files(r.Set, r.Site.Config)
	all := parsed(t, files[SnippetsPath])
	for name, want := range map[string]struct{ label, body string }{
		"benches.all en": {`A "bench" for $1 {or} \n`, "[12,418](fig:benches.all)"},
		"benches.all de": {`Bank \ "$x" }`, "[12.418](fig:benches.all)"},
		"benches.all fr": {"Banc", "[12\u202f418](fig:benches.all)"},
		"benches.old de": {"Alte Bänke", "[mehr als 30](fig:benches.old)"},
	} {
		got := all[name]
		if !slices.Equal(got.Prefix, []string{want.label, name}) || !slices.Equal(got.Body, []string{want.body}) ||
			got.Scope != "markdown,yaml" || got.Description == "" {
			t.Errorf("%s is %+v", name, got)
		}
	}
	var page strings.Builder
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if strings.HasSuffix(name, " en") {
			page.WriteString("Here stand " + typed(all[name].Body[0]) + " of them.\n\n")
		}
	}
	again := built(t, hostile, page.String())
	for _, d := range again.Diagnostics {
		t.Errorf("what snippets write is wrong: %s: %s", d.Place, d.Text.In("en"))
	}
	if page.Len() < 4*len("Here stand") {
		t.Errorf("only this was written: %s", page.String())
	}
}

func TestFilesAreTheSameBytesEachTime(t *testing.T) {
	a, b := built(t, hostile, "Benches.\n"), built(t, hostile, "Benches.\n")
	if !maps.EqualFunc(Files(a.Set, a.Site.Config), Files(b.Set, b.Site.Config), slices.Equal) {
		t.Error("they differ")
	}
	var names []string
	for name := range Files(a.Set, a.Site.Config) {
		names = append(names, name)
	}
	for _, name := range []string{
		SnippetsPath, ".vscode/schemas/figures.json", ".vscode/schemas/site.json", ".vscode/schemas/accepted.json",
	} {
		if !slices.Contains(names, name) {
			t.Errorf("%s is missing among %q", name, names)
		}
	}
}

// A snippet of a block or page has every key that must be there, and none that there is not.
func TestSnippetsHaveTheKeysThatMustBeThere(t *testing.T) {
	r := built(t, hostile, "Benches.\n")
	all := parsed(t, Files(r.Set, r.Site.Config)[SnippetsPath])
	tables := map[string]schema.Keys{"bilanz page": prose.FrontKeys}
	for kind, keys := range prose.BlockKeys {
		tables["bilanz "+string(kind)] = keys
	}
	for name, keys := range tables {
		s, ok := all[name]
		if !ok {
			t.Errorf("there is no snippet %q", name)
		}
		written := map[string]bool{}
		for _, line := range s.Body {
			if key, _, ok := strings.Cut(line, ":"); ok && !strings.HasPrefix(line, "- ") {
				written[key] = true
			}
		}
		for _, key := range keys {
			if key.Required && !written[key.Name] {
				t.Errorf("%s lacks %s", name, key.Name)
			}
			delete(written, key.Name)
		}
		if len(written) > 0 {
			t.Errorf("%s writes keys that there are not: %v", name, written)
		}
	}
}

// Of very many figures some have no snippet: there is one for each up to the limit.
func TestAsManySnippetsAsEditorsBear(t *testing.T) {
	for _, c := range []struct{ figures, snippets int }{
		{mostFigures - 1, mostFigures - 1}, {mostFigures, mostFigures}, {mostFigures + 1, mostFigures},
	} {
		var text strings.Builder
		text.WriteString(head)
		for i := range c.figures {
			fmt.Fprintf(&text, "  b%05d: {value: %d, label: {en: Place %d, de: Ort %d, fr: Lieu %d}}\n", i, i, i, i, i)
		}
		r := built(t, text.String(), "Benches.\n")
		if n := diag.Count(r.Diagnostics, diag.Error); n > 0 {
			t.Fatalf("%d problems: %s", n, r.Diagnostics[0].Text.In("en"))
		}
		if n := len(chosen(r.Set)); n != c.snippets {
			t.Errorf("of %d figures %d have a snippet", c.figures, n)
		}
	}
}
