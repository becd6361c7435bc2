package prose

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/figure"
	"bilanz/internal/locale"
)

// Labels of tables hold numbers: "5 to 11 years", "60 and over". In a sentence such a number
// names a row and is no result: "children aged 5 to 11". It is one where a whole label stands
// there, or both ends of a range that a label names, in whatever words. It is a number all the
// same where a figure has it and what that counts stands right behind, and where something
// rose or fell from one to the other.

// labels are the labels of rows and columns that hold numbers, in one language.
type labels struct {
	whole  map[string][]partedLabel // by their numbers
	ranges map[string][]string      // by both ends, "5 11": what labels say behind them
	join   string                   // what stands between the ends, besides a dash
}

// partedLabel is a label parted at one of its numbers.
type partedLabel struct{ before, after string }

// mostAlike is how many labels with one number are kept. Where there are more, as of numbered
// places, a number in a sentence names none of them.
const mostAlike = 100

func (c *Context) labels() *labels {
	c.labelling.Do(func() {
		join := strings.Trim(c.Lang.Word("period-range", "\n", "\n"), "\n")
		c.named = &labels{map[string][]partedLabel{}, map[string][]string{}, strings.TrimSpace(evenly(join))}
		met, tables := map[string]bool{}, map[*figure.Table]bool{}
		add := func(label figure.Text) {
			text := label[c.Lang.Code]
			if !met[text] && strings.ContainsAny(text, "0123456789") {
				met[text] = true
				c.named.add(text, c.Lang.Scan(text))
			}
		}
		for _, f := range c.Figures.All() {
			if f.Cell == nil || tables[f.Cell.Table] {
				continue
			}
			tables[f.Cell.Table] = true
			for _, column := range f.Cell.Table.Columns {
				add(column.Label)
			}
			for _, line := range f.Cell.Table.Lines {
				for _, label := range line.Labels {
					add(label)
				}
			}
		}
	})
	return c.named
}

func (k *labels) add(text string, numbers []locale.Said) {
	for i, one := range numbers {
		before, after := evenly(text[:one.NumberAt]), evenly(text[one.End:])
		alone := func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("+<>≤≥", r) }
		if strings.TrimFunc(before+after, alone) != "" {
			number := one.Value.RatString()
			k.whole[number] = append(k.whole[number], partedLabel{before, after})
		}
		if i > 0 && k.joins(text, numbers[i-1], one) {
			ends := numbers[i-1].Value.RatString() + " " + one.Value.RatString()
			k.ranges[ends] = append(k.ranges[ends], after)
		}
	}
}

// joins reports whether two numbers are the ends of a range: "5 to 11", "5–11", „5- bis 11-“.
func (k *labels) joins(text string, a, b locale.Said) bool {
	if a.End > b.NumberAt || isMeasure(a) || isMeasure(b) {
		return false
	}
	between := evenly(text[a.End:b.NumberAt])
	return between == "-" || between != "" && strings.Trim(between, "- ") == k.join
}

// isMeasure reports whether a number says itself what it measures.
func isMeasure(n locale.Said) bool { return n.Percent || n.Points || n.Scaled }

// isLabelled reports whether the number at i of those in a text belongs to a label.
func (v *visitor) isLabelled(text string, found []locale.Said, i int) bool {
	known, said := v.context.labels(), found[i]
	if len(known.whole)+len(known.ranges) == 0 || v.figureNamed(text, said) {
		return false
	}
	for _, k := range []int{i, i + 1} {
		if k > 0 && k < len(found) && v.isRange(known, text, found[k-1], found[k]) {
			return true
		}
	}
	return known.holds(text, said) && !v.lang.Changes(preceding(text[:said.NumberAt], 3))
}

// isRange reports whether two numbers are a range that a label has: none from which to which
// something changed, nor one of what figures count, unless the label counts it too.
func (v *visitor) isRange(known *labels, text string, a, b locale.Said) bool {
	after, ok := known.ranges[a.Value.RatString()+" "+b.Value.RatString()]
	if !ok || !known.joins(text, a, b) || v.figureNamed(text, b) || v.lang.Changes(preceding(text[:a.NumberAt], 3)) {
		return false
	}
	noun := following(text[b.End:], 1)
	return !v.counts(text, b.End, 1) || slices.ContainsFunc(after, func(said string) bool {
		return slices.Equal(following(said, 1), noun)
	})
}

// figureNamed reports whether a figure has a number and what it counts stands right behind.
func (v *visitor) figureNamed(text string, said locale.Said) bool {
	equal := v.context.Figures.Equal(said.Value, said.Percent)
	if isMeasure(said) {
		return len(equal) > 0
	}
	noun := following(text[said.End:], 1)
	return slices.ContainsFunc(equal, func(f *figure.Figure) bool { return v.namesUnit(f, noun) })
}

// holds reports whether a whole label stands around a number.
func (k *labels) holds(text string, said locale.Said) bool {
	all := k.whole[said.Value.RatString()]
	if len(all) == 0 || len(all) > mostAlike {
		return false
	}
	const reach = 400 // more bytes than a label has
	before := evenly(text[runeStart(text, max(0, said.NumberAt-reach)):said.NumberAt])
	after := evenly(text[said.End:runeStart(text, min(len(text), said.End+reach))])
	return slices.ContainsFunc(all, func(l partedLabel) bool {
		left, ok := strings.CutSuffix(before, l.before)
		right, too := strings.CutPrefix(after, l.after)
		last, _ := utf8.DecodeLastRuneInString(left)
		first, _ := utf8.DecodeRuneInString(right)
		return ok && too && !isOfWord(last) && !isOfWord(first)
	})
}

func isOfWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// evenly writes a text in small letters, with one kind of dash that no space stands beside
// and one kind of space.
func evenly(text string) string {
	var b strings.Builder
	space, dash := false, false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case unicode.Is(unicode.Pd, r), r == '\u2212':
			space, dash = false, true
			b.WriteByte('-')
			continue
		case space && !dash:
			b.WriteByte(' ')
		}
		space, dash = false, false
		b.WriteRune(unicode.ToLower(r))
	}
	if space && !dash {
		b.WriteByte(' ')
	}
	return b.String()
}
