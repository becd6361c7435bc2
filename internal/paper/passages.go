package main

import (
	"slices"
	"strings"
	"unicode"

	"bilanz/internal/sequence"

	"golang.org/x/net/html"
)

// A passage is a paragraph, heading, item or row that reads otherwise now.
type passage struct{ Old, New []piece } // nil where it is new, or gone

// piece is a stretch of a passage; Changed stands in one of the two only.
type piece struct {
	Text    string
	Changed bool
}

// blocks are the elements whose text is one passage.
var blocks = map[string]bool{
	"p": true, "li": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "tr": true,
	"figcaption": true, "dt": true, "dd": true, "summary": true, "blockquote": true, "pre": true, "div": true,
	"ul": true, "ol": true, "dl": true, "section": true, "table": true, "caption": true, "figure": true,
}

// silent are elements whose text is not read as a part of a sentence: drawings, marks of notes,
// what opens on demand and repeats what stands there.
var silent = map[string]bool{
	"svg": true, "script": true, "style": true, "nav": true, "details": true, "template": true, "sup": true,
}

// empty are elements without an end.
var empty = map[string]bool{
	"img": true, "br": true, "hr": true, "wbr": true, "input": true, "col": true, "source": true,
}

// passagesOf lists what a page says, in its order.
func passagesOf(main string) []string {
	var all []string
	var text strings.Builder
	depth := 0 // in what is silent
	flush := func() {
		if said := strings.Join(wordsOf(text.String()), " "); said != "" {
			all = append(all, said)
		}
		text.Reset()
	}
	for z := html.NewTokenizer(strings.NewReader(main)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			flush()
			return all
		}
		tag, _ := z.TagName()
		name := string(tag)
		switch {
		case kind == html.TextToken && depth == 0:
			text.Write(z.Text())
		case kind == html.StartTagToken && (depth > 0 || silent[name]) && !empty[name]:
			if depth == 0 && name != "sup" {
				flush()
			}
			depth++
		case kind == html.EndTagToken && depth > 0:
			depth--
		case depth > 0:
		case blocks[name]:
			flush()
		case name == "td" || name == "th" || name == "br":
			text.WriteByte(' ')
		}
	}
}

// wordsOf parts a text at its spaces. What a space holds together that does not break is one
// word: "54 %".
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r < 0x80 && unicode.IsSpace(r) })
}

// changedPassages finds what reads otherwise, in the order of now.
func changedPassages(old, now []string) []passage {
	var all []passage
	i, j := 0, 0
	for _, keep := range append(sequence.Common(old, now, mostCompared), [2]int{len(old), len(now)}) {
		all = append(all, inTurn(old[i:keep[0]], now[j:keep[1]])...)
		i, j = keep[0]+1, keep[1]+1
	}
	return all
}

// inTurn holds passages against each other that stand between two that stayed.
func inTurn(old, now []string) []passage {
	if len(old) == 1 && len(now) == 1 {
		return []passage{marked(old[0], now[0])}
	}
	var all []passage
	for _, text := range now {
		was := slices.IndexFunc(old, func(other string) bool { return alike(other, text) })
		if was < 0 {
			all = append(all, passage{New: []piece{{text, true}}})
			continue
		}
		for _, lost := range old[:was] {
			all = append(all, passage{Old: []piece{{lost, true}}})
		}
		all = append(all, marked(old[was], text))
		old = old[was+1:]
	}
	for _, lost := range old {
		all = append(all, passage{Old: []piece{{lost, true}}})
	}
	return all
}

// alike reports whether one text is the other, changed: a third of the words stayed.
func alike(a, b string) bool {
	old, now := wordsOf(a), wordsOf(b)
	return 3*len(sequence.Common(old, now, mostCompared)) >= max(len(old), len(now))
}

// marked sets apart the words that changed.
func marked(old, now string) passage {
	a, b := wordsOf(old), wordsOf(now)
	keepA, keepB := make([]bool, len(a)), make([]bool, len(b))
	for _, keep := range sequence.Common(a, b, mostCompared) {
		keepA[keep[0]], keepB[keep[1]] = true, true
	}
	return passage{Old: pieces(a, keepA), New: pieces(b, keepB)}
}

// Of words that stayed, so many are shown beside those that changed.
const wordsBeside = 14

// pieces joins words to stretches; of a long one that stayed only its ends.
func pieces(words []string, kept []bool) []piece {
	var all []piece
	for i := 0; i < len(words); {
		end := i
		for end < len(words) && kept[end] == kept[i] {
			end++
		}
		run := words[i:end]
		if kept[i] && len(run) > 2*wordsBeside+4 {
			head, tail := run[:wordsBeside], run[len(run)-wordsBeside:]
			if i == 0 {
				head = nil
			}
			if end == len(words) {
				tail = nil
			}
			run = slices.Concat(head, []string{"…"}, tail)
		}
		all = append(all, piece{strings.Join(run, " "), !kept[i]})
		i = end
	}
	return all
}

// mostCompared is how many texts are compared with how many, each with each; beyond that only
// the beginning and the end are.
const mostCompared = 4_000_000
