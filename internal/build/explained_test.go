package build

import (
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// A number leads to what is counted in its own language, on its card and where all that is
// known of it stands. What a figure says itself goes before what its unit says.
func TestNumbersLeadToWhatIsCounted(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/cases/explained.txtar")
	if err != nil {
		t.Fatal(err)
	}
	built := inMemory(t, Options{Files: os.DirFS(project(t, archive))})
	for _, c := range []struct {
		page, holds string
		want        bool
	}{
		{"visits/index.html", `data-explained="../glossary/#visits"`, true},
		{"de/visits/index.html", `data-explained="../../de/glossar/#visits"`, true},
		{"figures/index.html", `<a href="../glossary/#visits">What is counted</a>`, true},
		{"de/figures/index.html", `<a href="../../de/glossar/#loans">Was gezählt wird</a>`, true},
		{"figures/index.html", `#renewals`, true}, // the column has a word of its own
		{"visits/index.html", `#members`, false},  // and this figure none
	} {
		page, _ := built.File(c.page)
		if got := strings.Contains(string(page), c.holds); got != c.want {
			t.Errorf("%s holds %s: %v", c.page, c.holds, got)
		}
	}
}
