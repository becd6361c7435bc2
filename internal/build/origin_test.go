package build

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/prose"
	"bilanz/internal/schema"
	"bilanz/internal/site"
	"bilanz/internal/source"
)

const originPage = `---
title: Visits
---

Before the town.

## The town {#town}

Many came to the town.

## Places

| | Town |
|---|---|
| Of | many & more |
`

// What is wrong with a finished page is said at the words that follow, in their section.
func TestTheAuthorsPlaceOfAFaultOnAFinishedPage(t *testing.T) {
	en, _ := locale.Lookup("en")
	var list diag.List
	file := schema.File{Path: "content/en/visits.md", Text: []byte(originPage)}
	context := &prose.Context{Figures: figure.Load(nil, figure.Options{Langs: []string{"en"}}, &list), Lang: en}
	front, _ := prose.ReadFront(context, file, &list)
	turn := &turn{
		build: &builder{project: source.New(fstest.MapFS{file.Path: {Data: file.Text}})},
		page:  &site.Page{File: file.Path, Front: front},
		doc:   prose.Parse(context, file, &list),
	}
	var lead, out bytes.Buffer
	set := &prose.Setting{Cite: func(*prose.Cite) []byte { return nil }}
	turn.doc.Opening(&lead, set)
	turn.doc.HTML(&out, set)
	body := out.Bytes()
	page := "<h1>Visits</h1>" + lead.String() + "<ul>" + string(body) + "<footer>"
	for at, want := range map[string]string{
		"<h1>":                     "content/en/visits.md:2:8", // the title
		"<p class=\"lead\">Before": "content/en/visits.md:5:1",
		"<h2 id=\"town\"":          "content/en/visits.md:7:4",
		"<p>Many":                  "content/en/visits.md:9:1",
		"<table":                   "content/en/visits.md:13:5",
		"many &amp; more":          "content/en/visits.md:15:8",
		"<footer>":                 "content/en/visits.md:2:8",
	} {
		i := strings.Index(page, at)
		if i < 0 {
			t.Fatalf("no %q in\n%s", at, page)
		}
		if place, ok := turn.origin(lead.Bytes(), body)([]byte(page), i); !ok || place.String() != want {
			t.Errorf("%s comes from %s, not %s", at, place, want)
		}
	}
}
