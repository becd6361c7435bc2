package main

import (
	"regexp"
	"strings"
)

// around is how many words are shown before and after those that change.
const around = 4

// linkForm is a link as Markdown writes it.
var linkForm = regexp.MustCompile(`\[([^\[\]]*)\]\([^()\s]*\)`)

// changesOf is what changes in a line as people read it, without the addresses of links, with
// an arrow from each word that changes to what it becomes.
func changesOf(before, after string) string {
	var all []string
	old, now := linkForm.ReplaceAllString(before, "$1"), linkForm.ReplaceAllString(after, "$1")
	if old == now {
		old, now = before, after // an address changes
	}
	for _, e := range excerpts(old, now) {
		was, is := strings.Split(e[0], " "), strings.Split(e[1], " ")
		if len(was) != len(is) {
			all = append(all, e[0]+" → "+e[1])
			continue
		}
		for i := range was {
			if was[i] != is[i] {
				was[i] = withoutSameEnd(was[i], is[i]) + " → " + is[i]
			}
		}
		all = append(all, strings.Join(was, " "))
	}
	return strings.ReplaceAll(strings.Join(all, " "), "… …", "…")
}

// withoutSameEnd is a word without the comma or point behind it that another one has too.
func withoutSameEnd(word, other string) string {
	for _, sign := range []string{",", ".", ";", ":"} {
		if strings.HasSuffix(other, sign) {
			return strings.TrimSuffix(word, sign)
		}
	}
	return word
}

// excerpts are the parts of a line in which it changes, before and after: words that change,
// with some around them, so that nobody reads a whole paragraph to find one number.
func excerpts(before, after string) [][2]string {
	// A space that does not break is a part of a word.
	old, now := strings.Split(before, " "), strings.Split(after, " ")
	first, last := 0, 0 // how many words are the same at the beginning, and at the end
	for first < min(len(old), len(now)) && old[first] == now[first] {
		first++
	}
	for last < min(len(old), len(now))-first && old[len(old)-1-last] == now[len(now)-1-last] {
		last++
	}
	if len(old) != len(now) {
		return [][2]string{{excerpt(old, first, len(old)-last), excerpt(now, first, len(now)-last)}}
	}
	var all [][2]string
	for first < len(old)-last {
		end := changesUntil(old, now, first)
		all = append(all, [2]string{excerpt(old, first, end), excerpt(now, first, end)})
		for first = end; first < len(old)-last && old[first] == now[first]; {
			first++
		}
	}
	return all
}

// changesUntil gives the end of the words that are shown together: what changes from one word
// on, as long as the next change is near.
func changesUntil(old, now []string, first int) (end int) {
	for i := first; i < len(old) && i < max(end, first+1)+2*around; i++ {
		if old[i] != now[i] {
			end = i + 1
		}
	}
	return end
}

// excerpt is a stretch of words with some around it.
func excerpt(words []string, first, end int) string {
	from, to := max(0, first-around), min(len(words), end+around)
	text := strings.Join(words[from:to], " ")
	if from > 0 {
		text = "… " + text
	}
	if to < len(words) {
		text += " …"
	}
	return text
}
