package build

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// Each problem has the place on its own page, however many pages are read at once.
func TestProblemsOfManyPagesHaveTheirOwnPlaces(t *testing.T) {
	files := fstest.MapFS{
		"content/site.yaml": {Data: []byte("title: Trees\nlanguages: [en]\ndefault: en\n" +
			"base_url: https://example.org/\n")},
	}
	const pages, links = 60, 20
	for page := range pages {
		text := fmt.Sprintf("---\ntitle: Trees %d\ndescription: Trees that stand in a park of a town.\n---\n%s",
			page, strings.Repeat("\n", page))
		for range links {
			text += fmt.Sprintf("\nA [tree](park-%d.md).\n", page)
		}
		files[fmt.Sprintf("content/en/trees-%d.md", page)] = &fstest.MapFile{Data: []byte(text)}
	}
	result, err := Build(t.Context(), Options{Files: files, Into: nowhere{}, Workers: 8})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, d := range result.Diagnostics {
		if d.Code != "link-broken" {
			continue
		}
		found++
		number := strings.TrimSuffix(strings.TrimPrefix(d.Place.Path, "content/en/trees-"), ".md")
		if want := fmt.Sprintf("A [tree](park-%s.md).", number); d.Place.Source != want {
			t.Errorf("%s says %q", d.Place, d.Place.Source)
		}
	}
	if found != pages*links {
		t.Errorf("%d links lead nowhere, and not %d", found, pages*links)
	}
}
