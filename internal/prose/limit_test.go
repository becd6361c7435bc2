package prose

import (
	"slices"
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
		"": 0, "a > b": 0, "> a": 1, ">> a": 2, "- a": 1, "-a": 0, "-": 0, "- ": 1,
		"1. a": 1, "1) a": 1, "12 a": 0, " \t> - * + a": 4, "- - -": 2,
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
		"```table\nid: a\nfigures: sessions\ntitle: T\n\n[416,374](fig:sessions)\n```": "" +
			"<figure>table: T\n<p>{416,374}</p></figure>\n",
		"a \"": "<p>a ”</p>\n", // nothing follows that the mark could open
	} {
		if got, problems := read(c, "content/en/page.md", page); got != want || len(problems) > 0 {
			t.Errorf("%q: %q, %v", page, got, problems)
		}
	}
}

// What counts towards a limit, by one more than a page can hold.
func TestWhatCounts(t *testing.T) {
	for text, want := range map[string]string{
		strings.Repeat("1a", mostNumbers+1):                         "30,000 numbers",
		strings.Repeat("###### six\n", mostHeadings+1):              "2,000 headings",
		strings.Repeat("##\ttab\n", mostHeadings+1):                 "2,000 headings",
		strings.Repeat("####### seven\n\n", mostHeadings+1):         "",
		strings.Repeat("#none\n\n", mostHeadings+1):                 "",
		strings.Repeat("1234567890123456\n", mostNumbers/2+1):       "",
		strings.Repeat("[]\n\n", mostOpened):                        "",
		strings.Repeat("[]\n\n", mostOpened+1):                      "100,000 square brackets",
		strings.Repeat("```chart\n", mostCharts):                    "",
		strings.Repeat("```chart\n", mostCharts+1):                  "100 charts",
		strings.Repeat("[a][b]\n", mostLinks+1):                     "20,000 links",
		strings.Repeat("[a]: b\n", mostNotes) + "x [a]: b\n[a] b\n": "",
	} {
		if want != "" {
			want = "this is more than one page can hold: at most " + want
		}
		if got := refusal(text, "en"); got != want {
			t.Errorf("%.40q and so on: %q, not %q", text, got, want)
		}
	}
}

// A link is written up to the last byte of a page.
func TestAnEditMayEndWithThePage(t *testing.T) {
	c := &Context{Figures: figures(t), Lang: locale.Must("en")}
	const page = "It was 416,374"
	_, problems := read(c, "content/en/page.md", page)
	if got, want := fixed(page, "content/en/page.md", problems), "It was [416,374](fig:sessions)"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}

// A remark in front matter is no heading, though it begins like one.
func TestFixedAnchorsAreThoseOfHeadings(t *testing.T) {
	c := &Context{Figures: figures(t), Lang: locale.Must("en")}
	page := "---\ntitle: T\n# A remark {#front}\n---\n\n## One {#one}\n\nText {#text}\n\n## Two\n"
	file := schema.File{Path: "content/en/page.md", Text: []byte(page)}
	if got := FixedAnchors(c, file); !slices.Equal(got, []string{"one"}) {
		t.Errorf("%q", got)
	}
}
