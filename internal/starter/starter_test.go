package starter_test

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/accepted"
	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/output"
	"bilanz/internal/starter"
)

// combinations are all that somebody can ask for.
var combinations = [][]string{{"de"}, {"en"}, {"de", "en"}, {"en", "de"}}

// drawings are kept for all tests.
var drawings string

func TestMain(m *testing.M) {
	var err error
	if drawings, err = os.MkdirTemp("", "starter"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(drawings)
	os.Exit(code)
}

// built builds a site as strictly as it goes, and without a word, in a temporary memory.
func built(t *testing.T, files map[string][]byte) (build.Result, *output.Memory) {
	t.Helper()
	var memory output.Memory
	result, err := build.Build(context.Background(), build.Options{
		Files: embed.FS{}, Unsaved: files, Into: &memory, Strict: true, NoCards: true, Translations: true,
		Cache: drawings,
	})
	if err != nil {
		t.Fatal(err)
	}
	return result, &memory
}

func TestEverySiteIsRightAsItIsWritten(t *testing.T) {
	var figures []byte // language-neutral but for the texts
	for _, langs := range combinations {
		files := starter.Files(starter.Options{Languages: langs})
		result, memory := built(t, files)
		if all := result.Translations; len(all) > 0 { // as "bilanz new" records them
			files[accepted.TranslatedPath] = accepted.RecordOf(all)
			result, memory = built(t, files)
		}
		for _, d := range result.Diagnostics {
			t.Errorf("%v: %s: %s", langs, d.Place, d.Text.In("en"))
		}
		if result.Charts != 4*len(langs) || result.Pages != 7*len(langs) {
			t.Errorf("%v: it has %d charts and %d pages", langs, result.Charts, result.Pages)
		}
		data, ok := memory.File("data/figures.json")
		if values := valuesOf(t, data); !ok || figures != nil && !bytes.Equal(values, figures) {
			t.Errorf("%v: its figures are not those of the other languages", langs)
		} else {
			figures = values
		}
	}
}

// valuesOf are ids and values of a data file, without the texts that each language has.
func valuesOf(t *testing.T, data []byte) []byte {
	t.Helper()
	var file struct {
		Figures []struct {
			ID        string
			Value     json.Number
			Qualifier string
		}
	}
	if err := json.Unmarshal(data, &file); err != nil || len(file.Figures) < 40 {
		t.Fatalf("%d figures, %v", len(file.Figures), err)
	}
	values, _ := json.Marshal(file.Figures)
	return values
}

// What a site of eight figures shows: parts, a bound, a missing value, a formula, four kinds
// of charts, a table as an office saved it.
func TestTheSiteShowsWhatIsToBeLearned(t *testing.T) {
	files := starter.Files(starter.Options{Languages: []string{"de"}})
	library := string(files["content/figures/library.yaml"])
	ids := regexp.MustCompile(`(?m)^  ([a-z.-]+):$`).FindAllString(library, -1)
	if len(ids) != 8 {
		t.Errorf("it has the figures %q", ids)
	}
	for _, wanted := range []string{"parts:", "more than", "not available", "formula:", "checks:", "status:"} {
		if !strings.Contains(library, wanted) {
			t.Errorf("no figure shows %s", wanted)
		}
	}
	kinds := map[string]bool{}
	for name, text := range files {
		if path.Ext(name) != ".md" {
			continue
		}
		for _, kind := range regexp.MustCompile(`(?m)^type: ([a-z-]+)$`).FindAllStringSubmatch(string(text), -1) {
			kinds[kind[1]] = true
		}
	}
	if len(kinds) != 4 {
		t.Errorf("its charts are of the kinds %v", kinds)
	}
	csv := string(files["content/figures/loans.csv"])
	if !strings.HasPrefix(csv, "\ufeffAusleihen und Verlängerungen;;;\n") || !strings.Contains(csv, "\nOrt;Medium;") ||
		!strings.Contains(csv, ";98.420;") || !strings.HasSuffix(csv, "ohne elektronische Medien;;;\n") {
		t.Errorf("the table is not as an office saves it:\n%s", csv)
	}
}

func TestFilesAreWhole(t *testing.T) {
	leftover := regexp.MustCompile(`(?m)^(2|2?de|2?en)\||@[a-z-]+@`)
	for _, langs := range combinations {
		o := starter.Options{Languages: langs}
		files := starter.Files(o)
		for name, text := range files {
			if !maps.EqualFunc(files, starter.Files(o), bytes.Equal) {
				t.Fatalf("%v: %s is other bytes the second time", langs, name)
			}
			if bytes.Contains(text, []byte("\r")) || !bytes.HasSuffix(text, []byte("\n")) ||
				bytes.HasSuffix(text, []byte("\n\n")) {
				t.Errorf("%v: the lines of %s do not all end with one line feed", langs, name)
			}
			if found := leftover.Find(text); found != nil {
				t.Errorf("%v: %s holds %q", langs, name, found)
			}
			if strings.HasPrefix(name, "content/") && !tellsItsPurpose(name, text) {
				t.Errorf("%v: %s does not say in its first lines what it is for", langs, name)
			}
		}
	}
}

// tellsItsPurpose reports whether a comment stands in the first lines. A table of numbers
// has none: the file beside it describes it.
func tellsItsPurpose(name string, text []byte) bool {
	lines := strings.SplitN(string(text), "\n", 10)
	switch path.Ext(name) {
	case ".csv":
		return true
	case ".md":
		return slices.ContainsFunc(lines[:9], func(line string) bool { return strings.HasPrefix(line, "<!-- ") })
	}
	return strings.HasPrefix(lines[0], "# ")
}

func TestASiteOfOneLanguageHasNoOther(t *testing.T) {
	for one, other := range map[string]string{"de": "en", "en": "de"} {
		for name, text := range starter.Files(starter.Options{Languages: []string{one}}) {
			spoken := regexp.MustCompile(`(?m)^ *` + other + `: `)
			if strings.Contains(name, "/"+other+"/") || path.Ext(name) == ".yaml" && spoken.Match(text) {
				t.Errorf("%s: %s stands there in %s too", one, name, other)
			}
			if name == "README.md" && bytes.Contains(text, []byte("content/"+other+"/")) {
				t.Errorf("%s: the README names pages that are not there", one)
			}
		}
	}
	text := starter.Files(starter.Options{Languages: []string{"en", "de"}})["content/site.yaml"]
	inOrder := "title:\n  en: \"Musterstadt City Library\"\n  de: \"Stadtbibliothek Musterstadt\"\n"
	if !bytes.Contains(text, []byte(inOrder)) {
		t.Errorf("the languages are not in their order:\n%s", text)
	}
}

func TestATitleIsTakenAsItIs(t *testing.T) {
	for _, title := range []string{
		`Zahlen: "alle" & mehr`, `back\slash`, "@first@", "Was wäre, wenn? #1", "'", "{a: b}",
	} {
		files := starter.Files(starter.Options{Languages: []string{"de"}, Title: title})
		result, _ := built(t, files)
		if n := diag.Count(result.Diagnostics, diag.Error); n > 0 || result.Site.Config.Title["de"] != title {
			t.Errorf("%q became %q, %d problems", title, result.Site.Config.Title["de"], n)
		}
	}
}

func TestTheReleaseThatWroteItIsNamed(t *testing.T) {
	const address = "#   https://example.org/download/v1.2.0/bilanz-version.txt\n"
	for _, c := range []struct {
		version, releases string
		named             bool
	}{
		{"v1.2.0", "https://example.org/download", true}, {"v1.2.0", "https://example.org/download/", true},
		{"", "https://example.org/download", false}, {"v1.2.0", "", false}, {"", "", false},
	} {
		files := starter.Files(starter.Options{Languages: []string{"en"}, Version: c.version, Releases: c.releases})
		text := string(files[starter.VersionFile])
		if strings.Contains(text, address) != c.named || strings.Contains(text, "example") != c.named ||
			!strings.HasSuffix(text, "\nversion:\narchive:\nsha256:\n") {
			t.Errorf("%q, %q:\n%s", c.version, c.releases, text)
		}
	}
}

// A site may go on in a further language, and bring its own words for it.
func TestAFurtherLanguageCanBeAdded(t *testing.T) {
	files := starter.Files(starter.Options{Languages: []string{"en"}})
	change := func(name, old, with string) {
		t.Helper()
		text := string(files[name])
		if strings.Count(text, old) != 1 {
			t.Fatalf("%s holds %q %d times", name, old, strings.Count(text, old))
		}
		files[name] = []byte(strings.Replace(text, old, with, 1))
	}
	change("content/site.yaml", "languages: [en]", "languages: [en, fr]")
	change("content/site.yaml", "title:\n", "title:\n  fr: Bibliothèque de Musterstadt\n")
	files["content/locale/fr.json"] = []byte(`{"words": {"menu": "Menu du site"}}`)
	files["content/fr/index.md"] = []byte(`---
title: L’année de la bibliothèque
description: Combien de personnes sont venues à la bibliothèque fictive de Musterstadt en 2025.
nav: {order: 10}
---

En 2025, on a compté [184 260](fig:visits.total) visites.
`)
	result, memory := built(t, files)
	for _, d := range result.Diagnostics {
		t.Errorf("%s: %s", d.Place, d.Text.In("en"))
	}
	if page, _ := memory.File("fr/index.html"); !bytes.Contains(page, []byte("Menu du site")) ||
		!bytes.Contains(page, []byte("184\u202f260")) {
		t.Error("the French page lacks its number, or the words that the project brought")
	}
}
