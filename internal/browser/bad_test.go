package browser

import (
	"flag"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite what is found on the bad page")

// Automatic engines are a weak bar: a page made bad on purpose got full marks
// from one. This test wants every check here to find what it is for.
func TestEverythingBadIsFound(t *testing.T) {
	bad := site{dir: "testdata/bad", prefix: "/"}
	server := httptest.NewServer(pages(bad.dir, bad.prefix))
	defer server.Close()
	bad.host = server.URL
	var found []string
	for _, p := range readable(t, bad) {
		found = append(found, lookAt(t, visit{site: bad, page: p, byNight: true})...)
	}
	// What differs from one run, font or version of Chromium to the next.
	varies := regexp.MustCompile(`127\.0\.0\.1:\d+|\d+\.\d+|\d+ px( |$)|\(\d+, \d+\)`)
	for i, line := range found {
		problem, modes, _ := strings.Cut(line, " (at ")
		found[i] = varies.ReplaceAllString(problem, "…$1") + " (at " + modes
	}
	slices.Sort(found) // the network's answers come in any order
	got := strings.Join(found, "\n") + "\n"
	if *update {
		if err := os.WriteFile("testdata/bad/found.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/bad/found.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("found\n%s\nwant\n%s", got, want)
	}
}
