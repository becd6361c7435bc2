package prose

import (
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// sixHundredWords is a page as offices write them: years, small numbers, some links.
var sixHundredWords = "---\ntitle: Advice\ndescription: d\n---\n" + strings.Repeat(
	"In 2019 the network had 13 offices, and by 2022 it had 19; since 1 January they open at 9 on 5 days a week.\n"+
		"A total of [416,374](fig:sessions) sessions were held, more than ever before, and in 7 of 16 places people came twice.\n"+
		"Whoever needs help finds it there: with forms, with letters, with words that nobody else had time to explain.\n\n", 10)

// What reading a page of 600 words costs, its numbers with and without links included.
func BenchmarkPage(b *testing.B) {
	c := &Context{Figures: figures(b), Lang: locale.Must("en")}
	b.ReportAllocs()
	for b.Loop() {
		var list diag.List
		Parse(c, schema.File{Path: "page.md", Text: []byte(sixHundredWords)}, &list)
	}
}
