package prose

import (
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// A page of a megabyte is read, one of a byte more is not.
func TestTheLargestPage(t *testing.T) {
	line := strings.Repeat("a", 1023) + "\n"
	page := strings.Repeat(line, mostBytes/len(line))
	if got := refusal(page, "en"); got != "" {
		t.Errorf("%d bytes: %s", len(page), got)
	}
	if got, want := refusal(page+"a", "en"), "this page is larger than 1 MB"; got != want {
		t.Errorf("%d bytes: %q", len(page)+1, got)
	}
}

// Of one kind of problem a page keeps as many as a person can mend, of each severity.
func TestAPageKeepsNoMoreOfAKind(t *testing.T) {
	const most = 500
	c := &Context{Figures: figures(t), Lang: locale.Must("en")}
	for _, sentence := range []string{"It was 416,374.\n\n", "[416,347](fig:sessions)\n\n", "<b>\n\n"} {
		for _, n := range []int{most - 1, most, most + 1, most + 20} {
			var list diag.List
			page := strings.Repeat(sentence, n) + "It was 16, and 5,555.\n"
			Parse(c, schema.File{Path: "content/en/page.md", Text: []byte(page)}, &list)
			warnings := len(list.Sorted()) - list.Errors()
			if got := list.Errors(); got != min(n, most) {
				t.Errorf("%d times %q: %d are kept", n, sentence, got)
			}
			if wanted := 2; warnings != wanted && n <= most {
				t.Errorf("%d times %q: %d warnings", n, sentence, warnings)
			}
		}
	}
}

// What stands at the start of a line is a marker of a list or a quote, or is none.
func TestMarkers(t *testing.T) {
	for line, want := range map[string]int{
		"": 0, "a > b": 0, "> a": 1, ">> a": 2, "- a": 1, "-a": 0, "-": 0, "- ": 1, "1. a": 1, "1) a": 1, "12 a": 0, " \t> - * + a": 4, "- - -": 2,
	} {
		if got := markers([]byte(line)); got != want {
			t.Errorf("%q: %d, not %d", line, got, want)
		}
	}
}

// The last line of a page may have no end.
func TestAPageWithoutALastLineEnd(t *testing.T) {
	c := &Context{Figures: figures(t), Lang: locale.Must("en")}
	for page, want := range map[string]string{
		"```table\nid: a\nfigures: sessions\ntitle: T\n\n[416,374](fig:sessions)\n```": "<figure>table: T\n<p>{416,374}</p></figure>\n",
		"a \"": "<p>a ”</p>\n", // nothing follows that the mark could open
	} {
		if got, problems := read(c, "content/en/page.md", page); got != want || len(problems) > 0 {
			t.Errorf("%q: %q, %v", page, got, problems)
		}
	}
}
