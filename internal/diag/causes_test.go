package diag

import (
	"fmt"
	"strings"
	"testing"
)

func problem(code, path string, line int, severity Severity, of ...string) Diagnostic {
	return Diagnostic{Code: code, Place: Place{Path: path, Line: line}, Severity: severity, About: of}
}

// Of what GitHub shows first are the causes: what cannot be read before what is unknown
// without it, a figure before its sentences, errors before warnings; and of twelve sentences about one
// figure one, so that no other problem is hidden by them.
func TestCausesComeFirst(t *testing.T) {
	var ds []Diagnostic
	for i := range 12 {
		ds = append(ds, problem("number-differs", "content/de/a.md", i+1, Error, "visits"))
	}
	ds = append(ds,
		problem("translation-outdated", "content/de/a.md", 20, Warning),
		problem("number-differs", "content/de/b.md", 1, Error, "loans"),
		problem("figure-unknown", "content/de/b.md", 2, Error, "members"),
		problem("heading-level", "content/de/b.md", 3, Accepted),
		problem("html-link-broken", "content/de/b.md", 4, Error),
		problem("parts-sum", "content/figures/visits.yaml", 4, Error, "visits"),
		problem("yaml-indent", "content/figures/members.yaml", 9, Error),
		problem("language-unknown", "content/site.yaml", 9, Error),
		problem("number-bare", "content/site.yaml", 1, Warning))
	var got []string
	shown, rest := Annotated(ds)
	for _, d := range shown {
		got = append(got, fmt.Sprint(d.Code, " ", d.Place.Line))
	}
	const want = "yaml-indent 9, language-unknown 9, parts-sum 4, number-differs 1, number-differs 1, " +
		"figure-unknown 2, " +
		"html-link-broken 4, number-differs 2, number-differs 3, number-differs 4, number-bare 1, " +
		"translation-outdated 20, " +
		"heading-level 3"
	if strings.Join(got, ", ") != want || len(rest) != 8 {
		t.Errorf("%d left, got %s", len(rest), strings.Join(got, ", "))
	}
}

// What is mended by one press is one thing to mend; what a person decides is not.
func TestWhatIsMendedTogetherIsOneThing(t *testing.T) {
	var ds []Diagnostic
	for i, edits := range [][]Edit{{{}}, {{}}, {{Choice: true}}, {{Choice: true}}, nil, {{}}} {
		d := problem("number-differs", "a.md", i, Error, "visits")
		d.Edits = edits
		ds = append(ds, d)
	}
	ds[5].About = []string{"loans"}
	var got []int
	for _, group := range Together(ds) {
		got = append(got, len(group))
	}
	if fmt.Sprint(got) != "[2 1 1 1 1]" {
		t.Error(got)
	}
}
