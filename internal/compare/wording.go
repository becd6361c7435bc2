package compare

import (
	"cmp"
	"slices"
	"strings"

	"bilanz/internal/accepted"
	"bilanz/internal/prose"
)

// Wording is what a page says besides its numbers.
type Wording struct {
	File, Page, Title string
	Lang              string      // its language
	Group             string      // the page in all languages; "" where it is in one only
	Hash              string      // of the words; "" where they cannot be read
	Paragraphs        []Paragraph // none where nobody asks for them
}

// Paragraph is one paragraph of a page.
type Paragraph struct {
	Line    int    // of its page
	Heading string // above it; "" above the first
	Words   string // without numbers that follow figures
	Text    string // as readers get it
}

// Reworded is a page whose words are others now.
type Reworded struct {
	Wording
	Alone bool      // it says so in its language only
	Words []Passage // what it says anew, in order; none where nobody asked for words
}

// Passage is what a page says in the place of something else: sentences of one paragraph.
type Passage struct {
	Line        int    // of now; 0 where it is gone
	Heading     string // above it
	Before, Now string // "" where it is new, or gone
}

// compareWordings finds the pages that say other words. Pages that are new or gone have
// addresses that are.
func (c *Changes) compareWordings() {
	old := map[string]Wording{}
	for _, w := range c.Old.Wordings {
		old[cmp.Or(c.New.Moved[w.Page], w.Page)] = w
	}
	groups := map[string]int{}
	for _, w := range c.New.Wordings {
		was, known := old[w.Page]
		if !known && !c.Old.Built {
			c.Added = append(c.Added, w)
		}
		if known && was.Hash != "" && w.Hash != "" && was.Hash != w.Hash {
			c.Reworded = append(c.Reworded, Reworded{Wording: w, Words: passages(was.Paragraphs, w.Paragraphs)})
			groups[w.Group]++
		}
	}
	for i := range c.Reworded {
		r := &c.Reworded[i]
		r.Alone = r.Group != "" && groups[r.Group] == 1
	}
	slices.SortFunc(c.Added, func(a, b Wording) int { return cmp.Compare(a.File, b.File) })
	slices.SortFunc(c.Reworded, func(a, b Reworded) int { return cmp.Compare(a.File, b.File) })
}

// reworded prints those pages.
func (w *writer) reworded(heading, line func(string)) {
	if len(w.c.Reworded) == 0 {
		return
	}
	heading(w.say("Pages that say something else besides numbers: %d.",
		"Seiten, auf denen außer Zahlen etwas anderes steht: %d.", len(w.c.Reworded)))
	for _, r := range w.c.Reworded {
		text := w.quote(r.File) + ": " + w.quote(r.Title)
		if r.Alone {
			text += w.say(" (in this language only)", " (nur in dieser Sprache)")
		}
		line(text)
	}
}

// passages finds what a page says anew: of each paragraph the sentences that differ.
func passages(before, now []Paragraph) (all []Passage) {
	for _, pair := range accepted.Differences(words(before), words(now)) {
		p := Passage{}
		if pair[0] >= 0 {
			p.Before, p.Heading = before[pair[0]].Text, before[pair[0]].Heading
		}
		if pair[1] >= 0 {
			p.Now, p.Heading, p.Line = now[pair[1]].Text, now[pair[1]].Heading, now[pair[1]].Line
		}
		if p.Before != "" && p.Now != "" && p.Before != p.Now {
			p.Before, p.Now = differing(prose.SentencesOf(p.Before), prose.SentencesOf(p.Now))
		}
		all = append(all, p)
	}
	return all
}

func words(all []Paragraph) []string {
	words := make([]string, len(all))
	for i, p := range all {
		words[i] = p.Words
	}
	return words
}

// differing leaves out the sentences with which both texts begin and end.
func differing(before, now []string) (string, string) {
	for len(before) > 0 && len(now) > 0 && before[0] == now[0] {
		before, now = before[1:], now[1:]
	}
	for len(before) > 0 && len(now) > 0 && before[len(before)-1] == now[len(now)-1] {
		before, now = before[:len(before)-1], now[:len(now)-1]
	}
	return strings.Join(before, " "), strings.Join(now, " ")
}
