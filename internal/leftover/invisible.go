package leftover

import (
	"bytes"
	"html"
	"path"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/pattern"
)

// What nobody sees may turn the order of what follows, hide words or make two of the same
// name. It mostly comes with copied text. Some characters without a look of their own do
// good work, each in its place: those that join or part letters of some scripts, or make
// one sign of several; they stay.

// unseen is a character that nobody sees, and the bytes that write it: itself or an entity.
type unseen struct {
	r          rune
	start, end int
}

// invisible finds characters that nobody sees, and says them once a line.
func (f *finder) invisible() {
	var line []unseen
	say := func() {
		if len(line) > 0 {
			f.sayUnseen(line)
		}
		line = line[:0]
	}
	for start := 0; start < len(f.text); {
		end := bytes.IndexByte(f.text[start:], '\n') + start + 1
		if end == start {
			end = len(f.text)
		}
		if suspicious(f.text[start:end]) {
			line = f.unseenIn(line, start, end)
			say()
		}
		start = end
	}
}

// suspicious reports whether a line holds more than letters of ASCII and common ones of
// Latin scripts.
func suspicious(line []byte) bool {
	for i, b := range line {
		switch {
		case b < ' ' && b != '\t' && b != '\n' && b != '\r', b == 0x7f, b == '&', b == '\\', b >= 0xcd:
			return true
		case b == 0xc2 && i+1 < len(line) && line[i+1] < 0xa0:
			return true
		}
	}
	return false
}

// unseenIn adds what nobody sees on a line.
func (f *finder) unseenIn(all []unseen, start, end int) []unseen {
	text := f.text[:end]
	for i := start; i < end; {
		r, size := utf8.DecodeRune(text[i:])
		if r == '&' || r == '\\' {
			r, size = f.written(i, end)
		}
		if isUnseen(r) && !f.belongs(r, i, i+size, end) && !f.marks[i] {
			all = append(all, unseen{r, i, i + size})
		}
		i += size
	}
	return all
}

var (
	entity = pattern.Of(`^&(#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z]{2,20});`)
	escape = pattern.Of(`^\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})`)
)

// written is the character that an entity of Markdown or an escape in YAML or JSON stands for,
// which are no better hidden than by what they stand for.
func (f *finder) written(i, end int) (rune, int) {
	text := f.text[i:end]
	ext := path.Ext(f.path)
	if m := entity().Find(text); m != nil && ext != ".csv" && ext != ".json" {
		if r, n := utf8.DecodeRuneInString(html.UnescapeString(string(m))); n > 0 && bytes.Count(f.line(i),
			[]byte("`"))%2 == 0 {
			return r, len(m)
		}
	}
	if m := escape().Find(text); m != nil && (ext == ".json" || f.isYAML(i)) {
		if n, err := strconv.ParseUint(string(m[2:]), 16, 32); err == nil {
			return rune(n), len(m)
		}
	}
	return rune(text[0]), 1
}

// isUnseen reports whether a character has no look, or one that only its maker knows.
func isUnseen(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return false
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return true
	case r < 0x300, r >= 0x2010 && r <= 0x2027, r == 0xfffd: // dashes and quotation marks are in most texts
		return false
	}
	return isVariation(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp) && !unicode.In(r,
		unicode.Prepended_Concatenation_Mark) ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Noncharacter_Code_Point)
}

func isVariation(r rune) bool { return unicode.Is(unicode.Variation_Selector, r) }

// belongs reports whether a character that nobody sees does its work where it stands.
func (f *finder) belongs(r rune, start, end, lineEnd int) bool {
	before, _ := utf8.DecodeLastRune(f.text[:start])
	after, _ := utf8.DecodeRune(f.text[end:])
	if after == utf8.RuneError {
		after = ' ' // the end, which counts as a symbol otherwise
	}
	switch {
	case r == 0xfeff:
		return start == 0 // the mark of its encoding
	case r == 0x200c || r == 0x200d:
		return unicode.In(before, joining...) || r == 0x200d && isPictured(before) && unicode.IsOneOf(pictures, after)
	case r == 0x200b: // where lines may break in scripts without spaces
		return unicode.In(before, spaceless...) && unicode.In(after, spaceless...)
	case r == 0x200e, r == 0x200f, r == 0x61c:
		return f.hasRightToLeft(start, lineEnd)
	case r >= 0x2066 && r <= 0x2069:
		return f.hasRightToLeft(start, lineEnd) && f.isBalanced(start, lineEnd)
	case unicode.Is(unicode.Mongolian, before):
		return r >= 0x180b && r <= 0x180f
	case isVariation(r):
		return unicode.Is(unicode.Han, before) || r <= 0xfe0f && (unicode.IsOneOf(pictures, before) || isKey(before) &&
			after == 0x20e3)
	case r >= 0xe0020 && r <= 0xe007f: // flags of regions: a black flag, and letters that nobody sees
		return before == 0x1f3f4 || before >= 0xe0020 && before < 0xe007f
	case r >= 0x115f && r <= 0x1160:
		return unicode.Is(unicode.Hangul, before) || unicode.Is(unicode.Hangul, after)
	}
	return false
}

var (
	joining = []*unicode.RangeTable{
		unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Devanagari, unicode.Bengali,
		unicode.Gurmukhi,
		unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam,
		unicode.Sinhala,
		unicode.Tibetan, unicode.Myanmar, unicode.Khmer,
	}
	spaceless = []*unicode.RangeTable{unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
		unicode.Javanese, unicode.Balinese}
	pictures = []*unicode.RangeTable{unicode.So, unicode.Sm, unicode.Sk, morePictures}

	// morePictures are ‼ ⁉ ℹ 〰, which are no symbols in Unicode.
	morePictures = &unicode.RangeTable{R16: []unicode.Range16{
		{Lo: 0x203c, Hi: 0x203c, Stride: 1}, {Lo: 0x2049, Hi: 0x2049, Stride: 1},
		{Lo: 0x2139, Hi: 0x2139, Stride: 1}, {Lo: 0x3030, Hi: 0x3030, Stride: 1},
	}}
)

// isPictured reports whether a character can be the first of several that make one picture:
// one itself, or what says how it looks.
func isPictured(r rune) bool { return unicode.IsOneOf(pictures, r) || r == 0xfe0f }

// isKey reports whether a character is on a telephone.
func isKey(r rune) bool { return '0' <= r && r <= '9' || r == '#' || r == '*' }

// hasRightToLeft reports whether the line of a byte holds a letter of a script that runs
// from right to left.
func (f *finder) hasRightToLeft(start, lineEnd int) bool {
	line := f.text[start-len(f.line(start)) : lineEnd]
	return bytes.ContainsFunc(line, func(r rune) bool {
		return unicode.IsLetter(r) && unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana,
			unicode.Nko)
	})
}

// isBalanced reports whether whatever on a line turns the direction ends there.
func (f *finder) isBalanced(start, lineEnd int) bool {
	open := 0
	for _, r := range string(f.text[start-len(f.line(start)) : lineEnd]) {
		switch {
		case r >= 0x2066 && r <= 0x2068:
			open++
		case r == 0x2069:
			open--
		}
		if open < 0 {
			return false
		}
	}
	return open == 0
}

// sayUnseen says what nobody sees on one line: what can go, and what a person looks at.
func (f *finder) sayUnseen(line []unseen) {
	kept := slices.DeleteFunc(slices.Clone(line), func(c unseen) bool { return removable(c.r) })
	gone := slices.DeleteFunc(line, func(c unseen) bool { return !removable(c.r) })
	if len(gone) > 0 {
		d := diag.Diagnostic{Ways: []diag.Text{diag.Say("run \"bilanz fix\" to take out what nobody sees; it may have "+
			"come with copied text",
			"„bilanz fix“ nimmt heraus, was niemand sieht; es kam vielleicht mit kopiertem Text")}}
		for _, c := range gone {
			d.Edits = append(d.Edits, diag.Edit{Path: f.path, Start: c.start, Old: string(f.text[c.start:c.end]),
				New: instead(c.r)})
		}
		f.addUnseen(d, gone)
	}
	if len(kept) > 0 {
		f.addUnseen(diag.Diagnostic{Ways: []diag.Text{
			diag.Say("write what is meant, and take the character out: only who made its font knows how it looks",
				"schreiben Sie, was gemeint ist, und nehmen Sie das Zeichen heraus: wie es aussieht, weiß nur, wer "+
					"seine "+
					"Schrift gemacht hat"),
		}}, kept)
	}
}

func (f *finder) addUnseen(d diag.Diagnostic, all []unseen) {
	d.Code = "character-invisible"
	d.Text = diag.Say("a character that nobody sees stands here: %s", "hier steht ein Zeichen, das niemand sieht: %s",
		nameOf(all[0].r))
	if len(all) > 1 {
		d.Text = diag.Say("%d characters that nobody sees stand on this line; the first is %s",
			"in dieser Zeile stehen %d Zeichen, die niemand sieht; das erste ist %s", len(all), nameOf(all[0].r))
	}
	f.add(d, all[0].start, all[0].end)
}

// removable reports whether a text loses nothing without a character: one for private use
// may be a sign that somebody meant.
func removable(r rune) bool { return !unicode.Is(unicode.Co, r) }

// instead is what a character is replaced by: what breaks lines parts words.
func instead(r rune) string {
	if r == 0x0b || r == 0x0c || r == 0x85 || r == 0x2028 || r == 0x2029 {
		return " "
	}
	return ""
}
