package prose

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestRows lays out pages. A case is a txtar file of pages; what comes out is what each
// opens with, a line of dashes, and the rest. The page whose name begins with "hero" stands
// below a finding. A block is written as its id; one whose id begins with "large" needs the
// width of the page.
func TestRows(t *testing.T) {
	cases, err := filepath.Glob("testdata/rows/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	c := &Context{Figures: figures(t), Lang: locale.Must("en")}
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want := txtar.Format(archive)
		var got txtar.Archive
		got.Comment = archive.Comment
		for _, f := range archive.Files {
			if !strings.HasPrefix(f.Name, "out ") {
				out := txtar.File{Name: "out " + f.Name, Data: laidOut(t, c, f)}
				got.Files = append(got.Files, f, out)
			}
		}
		switch text := txtar.Format(&got); {
		case bytes.Equal(text, want):
		case *update:
			if err := os.WriteFile(name, text, 0o644); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("%s: got\n%s", name, text)
		}
	}
}

func laidOut(t *testing.T, c *Context, f txtar.File) []byte {
	t.Helper()
	var list diag.List
	d := Parse(c, schema.File{Path: "content/en/page.md", Text: slices.Clone(f.Data)}, &list)
	for _, problem := range list.Sorted() {
		if problem.Code != "figure-unknown" {
			t.Fatalf("%s: %s", f.Name, printed(list.Sorted(), "en"))
		}
	}
	set := &Setting{
		Hero:   strings.HasPrefix(f.Name, "hero"),
		Block:  func(b *Block, _ bool) []byte { return fmt.Appendf(nil, "<figure>%s</figure>", b.ID+string(b.Kind)) },
		Across: func(b *Block) bool { return strings.HasPrefix(b.ID, "large") },
	}
	var out bytes.Buffer
	d.Opening(&out, set)
	out.WriteString("----\n")
	d.HTML(&out, set)
	return out.Bytes()
}
