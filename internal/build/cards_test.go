package build

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// withCards builds the library with two cards on its start pages.
func withCards(t *testing.T, o Options) (result Result, out string) {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/cases/cards.txtar")
	if err != nil {
		t.Fatal(err)
	}
	o.Dir, o.Write = project(t, archive), true
	o.Out = filepath.Join(o.Dir, "public")
	result, err = Build(context.Background(), o)
	if err != nil || !result.Written {
		t.Fatal(err, result.Diagnostics)
	}
	return result, o.Out
}

// Every byte of the cards, and of what stands below them, is meant.
func TestCardsAsTheyStandOnAPage(t *testing.T) {
	_, out := withCards(t, Options{Drawings: pictures})
	for name, path := range map[string]string{"cards.html": "index.html", "cards.de.html": "de/index.html"} {
		page, err := os.ReadFile(filepath.Join(out, path))
		if err != nil {
			t.Fatal(err)
		}
		start := bytes.Index(page, []byte(`<section class="cards"`))
		end := bytes.Index(page, []byte(`<section class="section" aria-labelledby="in-short"`))
		if start < 0 || end < start {
			t.Fatalf("%s has no cards above its first heading", path)
		}
		got, kept := page[start:end], filepath.Join("testdata/golden", name)
		if *update {
			if err := os.WriteFile(kept, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(kept)
		if err != nil {
			t.Fatal(err)
		}
		if at := firstDifference(string(got), string(want)); at >= 0 {
			t.Errorf("%s, from byte %d: got …%.200q, want …%.200q", path, at, got[at:], want[at:])
		}
	}
}

// A figure that a card draws is used there, and a comparison tells who draws it and who
// says it.
func TestWhatACardDrawsIsUsedThere(t *testing.T) {
	result, out := withCards(t, Options{Drawings: pictures, Uses: true, State: true})
	var uses []string
	for _, u := range result.Uses["visits.total.branches"] {
		if u.Page != nil && u.Page.Name == "index" {
			uses = append(uses, u.Kind+" "+u.Place.Path)
		}
	}
	if want := []string{"cards content/de/index.md", "cards content/en/index.md"}; !slices.Equal(uses, want) {
		t.Errorf("start pages use it in %q, want %q", uses, want)
	}
	page, err := os.ReadFile(filepath.Join(out, "figures/index.html"))
	if err != nil {
		t.Fatal(err)
	}
	_, entry, _ := bytes.Cut(page, []byte(`id="visits.total.branches"`))
	entry, _, _ = bytes.Cut(entry, []byte("</article>"))
	if !bytes.Contains(entry, []byte(`href="../"`)) {
		t.Errorf("its entry does not lead to the start page: %s", entry)
	}
	said := map[string]string{}
	for _, place := range result.State.Places {
		if place.At.Path == "content/en/index.md" {
			said[place.Kind] += place.Text + "\n"
		}
	}
	if !strings.Contains(said["cards"], "The results by subject") {
		t.Errorf("a comparison does not tell of the cards: %q", said)
	}
	if !strings.Contains(said["sentence"], "Visits: 318,462 visits were counted.") {
		t.Errorf("a comparison does not tell of their sentences: %q", said)
	}
}
