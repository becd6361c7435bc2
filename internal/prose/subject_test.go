package prose

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// A block takes as many cards as a start page can show, and says where one more stands.
func TestABlockTakesSoManyCards(t *testing.T) {
	for _, n := range []int{mostCards - 1, mostCards, mostCards + 1} {
		body := ""
		for i := range n {
			body += fmt.Sprintf("- [Page](page-%c.md): What stands there.\n", 'a'+i)
		}
		doc, problems := cards(t, "", body)
		if len(doc.Blocks[0].Subjects) != n {
			t.Errorf("%d cards are read as %d", n, len(doc.Blocks[0].Subjects))
		}
		told := len(problems) == 1 && problems[0].Code == "too-many" && problems[0].Place.Line == 5+mostCards
		if n > mostCards && !told || n <= mostCards && len(problems) > 0 {
			t.Errorf("%d cards: %s", n, printed(problems, "en"))
		}
	}
}

// A picture has two or three bars.
func TestAPictureHasTwoOrThreeBars(t *testing.T) {
	for n, right := range map[int]bool{1: false, 2: true, 3: true, 4: false} {
		ids := strings.Join(slices.Repeat([]string{"sessions"}, n), ", ")
		doc, problems := cards(t, "figures: {page.md: ["+ids+"]}\n", "- [Page](page.md): What stands there.\n")
		if got := len(doc.Blocks[0].Subjects[0].Figures); right && got != n || !right && got > 0 {
			t.Errorf("%d figures are %d bars", n, got)
		}
		if told := len(problems) == 1 && problems[0].Code == "card-figures"; told == right {
			t.Errorf("%d figures: %s", n, printed(problems, "en"))
		}
	}
}

func cards(t *testing.T, keys, body string) (*Document, []diag.Diagnostic) {
	var list diag.List
	page := "```cards\ntitle: The results\n" + keys + "\n" + body + "```\n"
	if keys == "" {
		page = "\n" + page // so that the first card stands in the fifth line
	}
	c := &Context{Figures: figures(t), Lang: locale.Must("en")}
	doc := Parse(c, schema.File{Path: "content/en/index.md", Text: []byte(page)}, &list)
	return doc, list.Sorted()
}

// Between two times of a series the counting changed if it did so after the first, and not
// after the second, in whichever order they stand.
func TestBreaksBetweenTwoTimes(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2024, 1, n, 0, 0, 0, 0, time.UTC) }
	s := &figure.Series{ID: "visits", Breaks: []figure.Break{{From: day(10)}}}
	at := func(n int) *figure.Figure { return &figure.Figure{Series: s, Date: day(n)} }
	s.Points = []*figure.Figure{at(1), at(20)}
	for _, c := range []struct {
		a, b int
		want bool
	}{{8, 9, false}, {9, 10, true}, {10, 11, false}, {1, 20, true}, {11, 10, false}, {10, 9, true}} {
		if got := breaksBetween(at(c.a), at(c.b)); got != c.want {
			t.Errorf("a break on day 10, between %d and %d: %v", c.a, c.b, got)
		}
	}
	named := &figure.Figure{ID: "visits", Series: s} // the series, which is its last time
	if !breaksBetween(at(1), named) || breaksBetween(at(15), named) {
		t.Error("the name of a series is not taken for its last time")
	}
}
