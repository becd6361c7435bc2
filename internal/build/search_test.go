package build

import (
	"encoding/json"
	"path"
	"strings"
	"testing"
)

// searchList reads what the search of a language finds.
func searchList(t *testing.T, o Options, folder string) (list struct{ Figures, Charts, Sections [][]any }) {
	t.Helper()
	site := inMemory(t, o)
	for _, file := range site.Paths() {
		if ok, _ := path.Match(folder+"list.*.json", file); ok {
			text, _ := site.File(file)
			if err := json.Unmarshal(text, &list); err != nil {
				t.Fatal(err)
			}
			return list
		}
	}
	t.Fatalf("there is no list in %s: %q", folder, site.Paths())
	return list
}

func rowsOf(rows [][]any) string {
	text, _ := json.Marshal(rows)
	return string(text)
}

// What is searched is what is published: a draft has no row, nor has a cell that no page
// shows, though the file of all data has it.
func TestTheSearchFindsOnlyWhatIsPublished(t *testing.T) {
	files := filesOf(t, "testdata/library")
	add := func(name, text string) { files[name].Data = []byte(text) }
	for _, name := range []string{
		"content/en/draft.md", "content/de/draft.md", "content/figures/hidden.csv", "content/figures/hidden.yaml",
	} {
		copied := *files["content/site.yaml"]
		files[name] = &copied
	}
	const draft = "---\ntitle: Unripe\ndescription: Nobody reads this yet.\nstatus: draft\n---\n\n## Unripe {#unripe}\n"
	add("content/en/draft.md", draft)
	add("content/de/draft.md", draft)
	add("content/figures/hidden.csv", "place,lent\nattic,777777\ncellar,666666\n")
	add("content/figures/hidden.yaml", `defaults: {period: year-2024, source: register, source_basis: inferred}
table: hidden
label: {en: Hidden, de: Verborgen}
numbers: en
rows: [place]
columns:
  lent: {unit: loans, label: {en: Loans, de: Ausleihen}}
labels:
  place:
    attic:  {en: Attic, de: Dachboden}
    cellar: {en: Cellar, de: Keller}
`)
	for folder, heading := range map[string]string{"search/": "Loans", "de/search/": "Ausleihen"} {
		list := searchList(t, Options{Files: files}, folder)
		figures, rest := rowsOf(list.Figures), rowsOf(list.Charts)+rowsOf(list.Sections)
		for _, unpublished := range []string{"777777", "Unripe", "Nobody reads"} {
			if strings.Contains(figures+rest, unpublished) {
				t.Errorf("%s finds %q", folder, unpublished)
			}
		}
		if !strings.Contains(figures, `"119786"`) || !strings.Contains(rest, `"`+heading+`"`) {
			t.Errorf("%s lacks what is published: %s\n%s", folder, figures, rest)
		}
	}
	text, _ := inMemory(t, Options{Files: files}).File("data/figures.csv")
	if !strings.Contains(string(text), "777777") {
		t.Error("the file of all data lacks the cell")
	}
}

// The text of a section is what stands below its heading; that of a chart is its own.
func TestSectionsAreFoundByTheirWords(t *testing.T) {
	list := searchList(t, Options{Dir: "testdata/library"}, "search/")
	for _, row := range list.Sections {
		if row[3] != "../#loans" {
			continue
		}
		text := row[2].(string)
		if row[1] != "Loans" || !strings.HasPrefix(text, "The Central Library made almost 120,000 loans.") ||
			strings.Contains(text, "the branch") {
			t.Errorf("the section is %q", row)
		}
		return
	}
	t.Errorf("the section is not found in %q", list.Sections)
}
