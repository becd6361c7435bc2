package data

import (
	"fmt"
	"testing"
)

// A list keeps the text of pages up to 1,500 rows, and their headings up to 8,000.
func TestALongListLeavesOutWhatIsLong(t *testing.T) {
	for _, c := range []struct {
		rows, texts, sections int
	}{{1499, 2, 2}, {1500, 2, 2}, {1501, 0, 2}, {8000, 0, 2}, {8001, 0, 1}} {
		list := &SearchList{
			Figures:  make([]FoundFigure, c.rows-2),
			Sections: []FoundText{{Page: "Visits", Text: "begin"}, {Page: "Visits", Heading: "More", Text: "below"}},
		}
		list.Shorten()
		texts := 0
		for _, s := range list.Sections {
			if s.Text != "" {
				texts++
			}
		}
		if texts != c.texts || len(list.Sections) != c.sections {
			t.Errorf("of %d rows %d have text and %d are sections", c.rows, texts, len(list.Sections))
		}
	}
}

func TestAListSaysItsWords(t *testing.T) {
	list := &SearchList{Sections: []FoundText{{Page: `"Visits" & loans`, Href: "../visits/"}}}
	for words, want := range map[string]bool{`"visits"`: true, "& LOANS": true, "members": false} {
		if got := list.Saying()(words); got != want {
			t.Errorf("%s: %t", words, got)
		}
	}
	want := fmt.Sprintln(`{"figures":[],"charts":[],"sections":[["\"Visits\" & loans","","","../visits/"]]}`)
	if got := string(list.JSON()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	list.Lead(func(href string) string { return href + "index.html" })
	want = `globalThis.searchList = {"figures":[],"charts":[],` +
		`"sections":[["\"Visits\" & loans","","","../visits/index.html"]]};` + "\n"
	if got := string(list.Script()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
