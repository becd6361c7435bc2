package build

import (
	"encoding/json"
	"encoding/xml"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	linkedData = regexp.MustCompile(`<script type="application/ld\+json">(.*?)</script>`)
	alternates = regexp.MustCompile(`<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">`)
	canonical  = regexp.MustCompile(`<link rel="canonical" href="([^"]*)">`)
	ogLocale   = regexp.MustCompile(`<meta property="og:locale" content="([a-z]{2,3}_[A-Z]{2})">`)
)

// The sitemap lists each page in the languages that the page itself says it has, those that
// the build makes too.
func checkSitemap(t *testing.T, result Result, files map[string]string) {
	t.Helper()
	var sitemap struct {
		URL []struct {
			Loc  string `xml:"loc"`
			Link []struct {
				Lang string `xml:"hreflang,attr"`
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(files["sitemap.xml"]), &sitemap); err != nil {
		t.Fatal(err)
	}
	listed := map[string]map[string]string{}
	for _, url := range sitemap.URL {
		listed[url.Loc] = map[string]string{}
		for _, link := range url.Link {
			listed[url.Loc][link.Lang] = link.Href
		}
	}
	pages := 0
	for file, text := range files {
		at := canonical.FindStringSubmatch(text)
		if path.Ext(file) != ".html" || at == nil || strings.Contains(text, `content="noindex"`) {
			continue
		}
		said := map[string]string{}
		for _, m := range alternates.FindAllStringSubmatch(text, -1) {
			said[m[1]] = m[2]
		}
		if in, ok := listed[at[1]]; !ok || !maps.Equal(said, in) {
			t.Errorf("%s says %v, the sitemap %v", file, said, in)
		}
		checkLinkedData(t, file, text)
		pages++
	}
	if pages != len(listed) || pages < 2*len(result.Site.Config.Langs) {
		t.Errorf("%d pages, %d in the sitemap", pages, len(listed))
	}
}

// checkLinkedData sees that a page says to machines what it is, the way to it, and, where it
// has the files of the figures, which those are.
func checkLinkedData(t *testing.T, file, text string) {
	t.Helper()
	if !ogLocale.MatchString(text) {
		t.Errorf("%s names no locale", file)
	}
	m := linkedData.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("%s says nothing to machines", file)
	}
	var linked struct {
		Context string `json:"@context"`
		Graph   []struct {
			Type  string                   `json:"@type"`
			URL   string                   `json:"url"`
			Items []struct{ Position int } `json:"itemListElement"`
			Files []struct {
				URL string `json:"contentUrl"`
			} `json:"distribution"`
			Variables []struct{ Name string } `json:"variableMeasured"`
		} `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(m[1]), &linked); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	var types []string
	for _, part := range linked.Graph {
		types = append(types, part.Type)
		for i, item := range part.Items {
			if item.Position != i+1 || len(part.Items) < 2 {
				t.Errorf("%s: breadcrumb %d of %d has the position %d", file, i+1, len(part.Items), item.Position)
			}
		}
		if part.Type == "Dataset" && (len(part.Files) < 5 || len(part.Variables) == 0) {
			t.Errorf("%s: a dataset with %d files and %d variables", file, len(part.Files), len(part.Variables))
		}
	}
	want := []string{"WebPage", "BreadcrumbList"}
	switch dir := path.Dir(file); {
	case path.Base(dir) == "data" && strings.Count(dir, "/") < 2:
		want = append(want, "Dataset")
	case dir == "." || len(dir) == 2:
		want = want[:1] // a start page
	}
	if !slices.Equal(types, want) || linked.Context != "https://schema.org" {
		t.Errorf("%s says it is %q, want %q", file, types, want)
	}
}
