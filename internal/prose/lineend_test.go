package prose

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/locale"

	"github.com/rogpeppe/go-internal/txtar"
)

// A page says the same, and is told the same in the same lines, whether it was saved on
// Windows, with a mark at its start, or without an end to its last line.
func TestEndsOfLinesChangeNothing(t *testing.T) {
	cases, _ := filepath.Glob("testdata/cases/*.txtar")
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		set := figures(t, archive)
		for _, f := range archive.Files {
			page := string(f.Data)
			if len(f.Name) != 2 || strings.ContainsAny(page, "␍⟨") {
				continue
			}
			c := &Context{Figures: set, Lang: locale.Must(f.Name)}
			want := told(c, page)
			for how, other := range map[string]string{
				"with CRLF":          strings.ReplaceAll(page, "\n", "\r\n"),
				"with a mark first":  "\ufeff" + page,
				"without a last end": strings.TrimRight(page, "\n"),
			} {
				if got := told(c, other); !slices.Equal(got, want) {
					t.Errorf("%s, %s, %s: got %v, want %v", name, f.Name, how, got, want)
				}
			}
		}
	}
}

// told lists what is told of a page, by line.
func told(c *Context, page string) []string {
	_, problems := read(c, "page.md", page)
	var all []string
	for _, d := range problems {
		all = append(all, fmt.Sprintf("%d %s", d.Place.Line, d.Code))
	}
	return all
}
