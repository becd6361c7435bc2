package compare

import (
	"cmp"
	"slices"
)

// Wording is what a page says besides its numbers.
type Wording struct {
	File, Page, Title string
	Group             string // the page in all languages; "" where it is in one only
	Hash              string // of the words; "" where they cannot be read
}

// Reworded is a page whose words are others now.
type Reworded struct {
	Wording
	Alone bool // it says so in its language only
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
		if known && was.Hash != "" && w.Hash != "" && was.Hash != w.Hash {
			c.Reworded = append(c.Reworded, Reworded{Wording: w})
			groups[w.Group]++
		}
	}
	for i := range c.Reworded {
		r := &c.Reworded[i]
		r.Alone = r.Group != "" && groups[r.Group] == 1
	}
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
