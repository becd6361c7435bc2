package main

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
)

// compare wants the same pages with the same visible text in both outputs. The
// frames around them (header, footer) are each program's own.
func compare(s spec, a, b string) error {
	counts := [2]int{s.count(a), s.count(b)}
	if counts[0] != s.pages || counts[1] != s.pages {
		return fmt.Errorf("%d pages were asked for; %s has %d, %s has %d", s.pages, a, counts[0], b, counts[1])
	}
	for _, address := range s.addresses() {
		var texts [2]string
		for i, out := range []string{a, b} {
			page, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(address), "index.html"))
			if err != nil {
				return err
			}
			texts[i] = visible(string(page))
		}
		if texts[0] != texts[1] || texts[0] == "" {
			return fmt.Errorf("the text of %s differs:\n%s\n%s", address, texts[0], texts[1])
		}
	}
	return nil
}

// addresses are those of all pages, and of the indexes of folders.
func (s spec) addresses() []string {
	all := s.folders()
	for n := range s.pages {
		all = append(all, s.address(n))
	}
	return all
}

// count gives the number of pages that the generator asked for.
func (s spec) count(out string) int {
	n := 0
	for _, folder := range append(s.folders(), "") {
		found, _ := filepath.Glob(filepath.Join(out, folder, "p[0-9]*", "index.html"))
		n += len(found)
	}
	return n
}

// visible gives the words of a page's heading and text, with the paragraph that bilanz sets
// below the heading, and without the way to cite the page that it adds.
func visible(page string) string {
	_, heading, _ := strings.Cut(page, "<h1>")
	heading, _, _ = strings.Cut(heading, "</h1>")
	_, lead, _ := strings.Cut(page, `<p class="lead">`)
	lead, _, _ = strings.Cut(lead, "</p>")
	_, text, _ := strings.Cut(page, `<div class="prose">`)
	text, _, _ = strings.Cut(text, "</main>")
	text, _, _ = strings.Cut(text, `<details class="cite">`)
	var b strings.Builder
	for _, part := range strings.Split(heading+" <p>"+lead+"</p> "+text, "<") {
		tag, words, ok := strings.Cut(part, ">")
		if !ok {
			tag, words = "", part
		}
		if block(tag) {
			b.WriteByte(' ')
		}
		b.WriteString(words)
	}
	return strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
}

// block reports whether a tag parts words.
func block(tag string) bool {
	name := strings.Trim(strings.Fields(tag + " x")[0], "/")
	switch name {
	case "a", "data", "em", "strong", "span", "sup":
		return false
	}
	return true
}
