package chart

import (
	"fmt"
	"strings"
)

// A keyEntry is one line of a key: a coloured square, a value, a name.
type keyEntry struct {
	color       int
	value, name string
}

const (
	swatch   = 12   // px, the square of a key
	swatchIn = 18.0 // px, from the square's left to the text
	keyGap   = 18.0 // px, between two entries on one line
)

// key lays entries out like words on lines; a long one goes on below, indented.
func (f face) key(entries []keyEntry, room float64) []string {
	var lines []string
	line, used := "", 0.0
	flush := func() {
		if line != "" {
			lines, line, used = append(lines, line), "", 0
		}
	}
	for _, e := range entries {
		square := fmt.Sprintf("{k%d|}{o|}", e.color)
		parts := e.parts(f, room-swatchIn)
		width := swatchIn + keyGap
		for _, p := range parts {
			width += p.width + 6
		}
		if len(parts) <= 2 && width <= room+keyGap {
			if used+width > room+keyGap {
				flush()
			}
			if line != "" {
				line += "{g|}"
			}
			line, used = line+square+parts[0].text, used+width
			if len(parts) == 2 {
				line += "{o|}" + parts[1].text
			}
			continue
		}
		flush()
		for i, p := range parts {
			lines = append(lines, pick(i == 0, square, "{i|}")+p.text)
		}
	}
	flush()
	return lines
}

type keyPart struct {
	text  string
	width float64
}

// parts are the entry's lines, were each on its own: first the value's, then the name's.
func (e keyEntry) parts(f face, room float64) []keyPart {
	var all []keyPart
	add := func(text, style string, weight int) {
		for _, line := range f.wrap(text, weight, room) {
			all = append(all, keyPart{tag(style, []string{line}), f.room(line, weight)})
		}
	}
	if e.value != "" {
		add(e.value, "v", semibold)
	}
	if e.name != "" || e.value == "" {
		add(e.name, "n", regular)
	}
	return all
}

// tag writes lines in one of the rich styles of the house. The texts hold no curly
// brackets: check refuses them.
func tag(style string, lines []string) string {
	var b strings.Builder
	for i, line := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("{" + style + "|" + line + "}")
	}
	return b.String()
}
