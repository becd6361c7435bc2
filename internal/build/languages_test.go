package build

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var inName = regexp.MustCompile(`\.[0-9a-f]{8,16}\.(css|js|svg|woff2)`)

var tag = regexp.MustCompile(`<[^>]*>`)

// A French page as it is published, with figures, charts, a table, a date, a
// footnote and numbers in words: every word of it French, every space in its place.
// Only the hashes in names of files are left out.
func TestAFrenchPageIsFrenchFromTopToBottom(t *testing.T) {
	const golden = "testdata/lakeside.network.fr.html"
	site := inMemory(t, Options{Files: os.DirFS("testdata/lakeside")})
	page, ok := site.File("fr/network/index.html")
	if !ok {
		t.Fatal("the page is not there")
	}
	page = inName.ReplaceAll(page, []byte(".HASH.$1"))
	if *update {
		if err := os.WriteFile(golden, page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(page, want) {
		t.Errorf("the page is not %s; run the test with -update and read the difference", golden)
	}
	for _, words := range []string{
		"<html lang=\"fr\" ", "Qu’a-t-on pris\u202f?", "«\u202fligne de la rive\u202f»",
		">1\u202f416\u202f374</", ">4\u202f%</", "de nuit\u00a0:",
		">1er janvier 2025</", ">soixante et onze</", ">plus de la moitié</", "Source\u00a0:", "\u202f; total\u00a0:", "1,5</data> minute",
	} {
		if !bytes.Contains(page, []byte(words)) {
			t.Errorf("%q is not on the page", words)
		}
	}
	text := strings.ToLower(string(tag.ReplaceAll(page, []byte(" "))))
	for _, word := range []string{"overview", " as of ", "download", "footnote", "skip to", "chart", "quelle", "stand "} {
		if strings.Contains(text, word) {
			t.Errorf("%q is on the French page", word)
		}
	}
}

// The three languages lead to each other, and the other languages of the site are
// told of on the page for addresses that lead nowhere.
func TestThreeLanguagesLeadToEachOther(t *testing.T) {
	site := inMemory(t, Options{Files: os.DirFS("testdata/lakeside")})
	for path, want := range map[string][]string{
		"network/index.html":    {`href="../de/network/" lang="de"`, `href="../fr/network/" lang="fr" hreflang="fr">Français`},
		"fr/network/index.html": {`href="../../network/" lang="en"`, `href="../../de/network/" lang="de"`},
		"404.html":              {`<section lang="fr"`, `<section lang="de"`},
		"sitemap.xml":           {`hreflang="fr" href="https://example.org/lakeside/fr/network/"`},
		"data/figures.csv":      {"Ligne de la rive"},
	} {
		text, _ := site.File(path)
		for _, words := range want {
			if !bytes.Contains(text, []byte(words)) {
				t.Errorf("%s does not hold %s", path, words)
			}
		}
	}
}

// project with files over those of a site for tests.
func changed(t *testing.T, site string, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", site))); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAProjectsOwnWordsStandOnItsPages(t *testing.T) {
	dir := changed(t, "library", map[string]string{"content/locale/de.json": `{"words": {"the-numbers": "Alles in Zahlen"}}`})
	site := inMemory(t, Options{Files: os.DirFS(dir)})
	for path, want := range map[string]bool{"de/index.html": true, "index.html": false} {
		text, _ := site.File(path)
		if bytes.Contains(text, []byte("Alles in Zahlen")) != want {
			t.Errorf("%s: the project's own word stands there: %v, want %v", path, !want, want)
		}
	}
}

// A language that is not built in is a folder and a catalogue: Ukrainian, whose
// units have four forms, and Arabic, which is written from right to left.
func TestAFurtherLanguageIsAFolderAndACatalogue(t *testing.T) {
	site := inMemory(t, Options{Files: os.DirFS(changed(t, "lakeside", map[string]string{
		"content/locale/uk.json": catalogue(t, "uk"), "content/locale/ar.json": catalogue(t, "ar"),
		"content/site.yaml": "demo: true\ntitle: {en: Buses, uk: Автобуси, ar: الحافلات}\nlanguages: [en, uk, ar]\ndefault: en\nbase_url: https://example.org/\n",
		"content/figures/programme.yaml": `
units:
  trips: {decimals: 0, en: {one: trip, other: trips}, uk: {one: поїздка, few: поїздки, many: поїздок, other: поїздки},
    ar: {zero: رحلة, one: رحلة, two: رحلتان, few: رحلات, many: رحلة, other: رحلة}}
periods: {year: {from: 2024-01-01, to: 2024-12-31, en: 2024, uk: 2024, ar: 2024}}
sources: {counters: {label: {en: Counters, uk: Лічильники, ar: العدادات}, as_of: 2024-12-31}}
`,
		"content/figures/network.yaml": `
defaults: {unit: trips, period: year, source: counters}
figures:
  trips.few: {value: 1416373, label: {en: Trips, uk: Поїздки, ar: رحلات}}
  trips.many: {value: 416375, label: {en: More trips, uk: Ще поїздки, ar: رحلات أخرى}}
`,
		"content/figures/passengers.yaml": "units: {}\n", "content/figures/passengers.csv": "id,value,label.en,label.uk,label.ar,unit,period,source\n",
		"content/en/index.md": "---\ntitle: Buses\ndescription: Buses.\n---\n\n[1,416,373](fig:trips.few) trips.\n", "content/en/network.md": "---\ntitle: More\ndescription: More.\n---\n\nMore.\n",
		"content/uk/index.md": "---\ntitle: Автобуси\ndescription: Автобуси.\n---\n\n[1 416 373](fig:trips.few) поїздки, [понад 416 тисяч](fig:trips.many) поїздок.\n",
		"content/ar/index.md": "---\ntitle: الحافلات\ndescription: الحافلات.\n---\n\n[1,416,373](fig:trips.few) رحلة.\n",
	}))})
	for path, want := range map[string][]string{
		"uk/index.html": {`<html lang="uk" `,
			"1\u00a0416\u00a0373 поїздки, 2024", "понад 416 тисяч", "Показники"},
		"uk/figures/index.html": {"Джерело",
			"416\u00a0375</span>\n<span class=\"unit\">поїздок<",
			"416\u00a0373</span>\n<span class=\"unit\">поїздки<"},
		"ar/index.html": {`<html lang="ar" dir="rtl" `, "الأرقام"},
		"404.html":      {`<section lang="ar" dir="rtl"`, `<section lang="uk"`},
	} {
		text, _ := site.File(path)
		for _, words := range want {
			if !bytes.Contains(text, []byte(words)) {
				t.Errorf("%s does not hold %s", path, words)
			}
		}
	}
}

// catalogue gives one of the catalogues that locale is tested with, whole: the words
// that it lacks are English.
func catalogue(t *testing.T, code string) string {
	t.Helper()
	read := func(path string) (c map[string]any) {
		text, err := os.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(text, &c)
		}
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	c := read("../locale/testdata/" + code + ".json")
	words := maps.Clone(read("../locale/en.json")["words"].(map[string]any))
	maps.Copy(words, c["words"].(map[string]any))
	c["words"] = words
	whole, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(whole)
}

// A language that a project brings and nobody has written a page in yet: every page that
// lacks it is named.
func TestACompleteLanguageWithoutPagesIsNamed(t *testing.T) {
	config, err := os.ReadFile("testdata/lakeside/content/site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := changed(t, "lakeside", map[string]string{
		"content/locale/uk.json": catalogue(t, "uk"),
		"content/site.yaml": strings.NewReplacer("[en, de, fr]", "[en, de, fr, uk]", "title: {", "title: {uk: Човни, ").
			Replace(string(config)),
	})
	result, err := Build(context.Background(), Options{Dir: dir, Out: filepath.Join(dir, "public"), Drawings: pictures})
	if err != nil {
		t.Fatal(err)
	}
	var missing []string
	for _, d := range result.Diagnostics {
		if d.Code == "translation-missing" && strings.HasSuffix(d.Place.Path, ".md") {
			missing = append(missing, d.Place.Path+": "+d.Text.In("en"))
		}
	}
	want := []string{
		"content/en/index.md: this page has no Ukrainian version",
		"content/en/network.md: this page has no Ukrainian version",
	}
	if !slices.Equal(missing, want) {
		t.Errorf("got %q, want %q", missing, want)
	}
}
