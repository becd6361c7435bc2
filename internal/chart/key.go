package chart

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"bilanz/internal/typeset"
)

// A keyEntry is one line of a key: a coloured square, a value, a name.
type keyEntry struct {
	color       int
	value, name string
	stress      stress
}

// stress is how an entry is told from others: plain has a bold value, loud all in bold,
// quiet nothing.
type stress int

const (
	plain stress = iota
	loud
	quiet
)

// stressOf is the stress of the nth entry.
func (s Spec) stressOf(n int) stress {
	switch {
	case s.loud(n):
		return loud
	case s.quiet(n):
		return quiet
	}
	return plain
}

const (
	swatch   = 12   // px, the square of a key
	swatchIn = 18.0 // px, from the square's left to the text
	keyGap   = 18.0 // px, between two entries on one line
)

// key lays entries out like words on lines; a long one goes on below, indented. The gap
// behind an entry holds its slack; the styles of the gaps are added to rich.
func (c canvas) key(entries []keyEntry, room float64, rich map[string]textStyle) (lines []string, widest float64) {
	before := 0.0 // slack of the entry before
	line, used := "", 0.0
	flush := func() {
		if line != "" {
			lines, line, used = append(lines, line), "", 0
		}
	}
	for _, e := range entries {
		square := fmt.Sprintf("{k%d|}{o|}", e.color)
		texts, width := e.lines(c.Face, room-swatchIn)
		width += swatchIn
		if len(texts) > 1 || used > 0 && used+keyGap+width > room {
			flush()
		}
		if line != "" {
			gap := math.Round(keyGap + before)
			style := fmt.Sprintf("g%g", gap)
			rich[style] = textStyle{Width: gap, Height: c.Line, LineHeight: c.Line}
			line, used = line+"{"+style+"|}", used+keyGap
		}
		before = (width - swatchIn) * (1 - 1/typeset.Slack)
		line, used = line+square+texts[0], used+width
		widest = max(widest, used)
		for _, text := range texts[1:] {
			flush()
			line = "{i|}" + text
		}
		if len(texts) > 1 {
			flush()
		}
	}
	flush()
	return lines, widest
}

// lines are the entry's text: the value, and the name running on behind it.
func (e keyEntry) lines(f typeset.Face, room float64) (texts []string, widest float64) {
	if e.value == "" || e.name == "" {
		weight, style := typeset.Regular, "n"
		if e.name == "" || e.stress == loud {
			weight, style = typeset.Semibold, "v"
		}
		for _, line := range f.Wrap(e.value+e.name, weight, room) {
			texts = append(texts, tag(style, []string{line}))
			widest = max(widest, f.Room(line, weight))
		}
		return texts, widest
	}
	// Measured in the wider weight: what is wrapped as one text has two.
	value := strings.Join(strings.Fields(e.value), "\u00a0")
	if f.Room(value, typeset.Semibold) > room/2 {
		texts, widest = keyEntry{value: e.value}.lines(f, room)
		names, more := keyEntry{name: e.name, stress: e.stress}.lines(f, room)
		return append(texts, names...), max(widest, more)
	}
	for i, line := range f.Wrap(value+" "+e.name, typeset.Semibold, room-6) {
		widest = max(widest, f.Room(line, typeset.Semibold)+6)
		name := line
		if i == 0 {
			name = strings.TrimPrefix(strings.TrimPrefix(line, value), " ")
			number := tag(pick(e.stress == quiet, "n", "v"), []string{value})
			texts = append(texts, number+pick(name == "", "", tag(pick(e.stress == loud, "w", "s"), []string{name})))
			continue
		}
		texts = append(texts, tag(pick(e.stress == loud, "v", "n"), []string{name}))
	}
	return texts, widest
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

var tagged = regexp.MustCompile(`\{([a-z0-9]+)\|([^}]*)\}`)

// simplest takes the tags out of texts that have one and the same style throughout, and
// returns it; otherwise it returns the styles that the texts name. Every style in an
// option costs ECharts time, whether it is used or not.
func (l *layout) simplest(texts []*string) (base textStyle, rich map[string]textStyle) {
	names := map[string]bool{}
	for _, text := range texts {
		for _, m := range tagged.FindAllStringSubmatch(*text, -1) {
			names[m[1]] = true
		}
	}
	plain := textStyle{Color: colorInk, FontSize: l.Size, LineHeight: l.Line}
	for name := range names {
		if style := l.rich[name]; len(names) == 1 && style.Padding == nil && style.Width == 0 {
			for _, text := range texts {
				*text = tagged.ReplaceAllString(*text, "$2")
			}
			plain.Color, plain.FontWeight = style.Color, style.FontWeight
			return plain, nil
		}
		if rich == nil {
			rich = map[string]textStyle{}
		}
		rich[name] = l.rich[name]
	}
	return plain, rich
}
