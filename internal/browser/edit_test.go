package browser

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Where site.yaml says where its files are edited, a page leads to its file, and the card of a
// number to its line; on paper nothing does.
func TestPagesAndNumbersLeadToTheirFiles(t *testing.T) {
	t.Parallel()
	sitesOfOurOwn(t)
	dir := filepath.Join(t.TempDir(), "library")
	out := dir + "-site"
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(project, "internal/build/testdata/library"))); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "content/site.yaml")
	const base = "https://git.example.org/office/results/edit/main"
	if err := os.WriteFile(config, []byte(readFile(t, config)+"edit: "+base+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := buildCopy(dir, out); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(pages(out, "/"))
	defer server.Close()
	withTab(t, func(b *tab) {
		open(t, b, server.URL+"/de/visits/", narrowLight)
		const link = `[...document.querySelectorAll("%")].map(a => a.textContent + " " + a.href).join("; ")`
		at := func(where string) string { return ask(t, b, strings.Replace(link, "%", where, 1)) }
		if got := at(".edit a"); got != "Diese Seite bearbeiten "+base+"/content/de/visits.md" {
			t.Errorf("the page leads to %s", got)
		}
		ask(t, b, `(document.querySelector("a.fig-link[data-edit]").click(), "")`)
		got := at(".about a[href^='https://git']")
		if got != "Diese Zahl bearbeiten "+base+"/content/figures/visits.yaml#L5" {
			t.Errorf("the card of the number leads to %s", got)
		}
		open(t, b, server.URL+"/de/visits/", narrowLight)
		if paper := strings.Join(sheetsOf(t, b), ""); strings.Contains(paper, "bearbeiten") {
			t.Error("paper says where the page is edited")
		}
	})
}
