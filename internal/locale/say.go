package locale

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Said is a number as a text says it: "around 416,000", "0.4 million", "54%".
type Said struct {
	Relation   Relation
	Value      *big.Rat  // with its scale; a percentage as written: 54 for "54%"
	Last       *big.Rat  // the place of the last digit that is not zero: 1000 in 416,000
	Digits     int       // significant digits: 3 in 416,000
	Decimals   int       // digits written after the decimal sign
	Scaled     bool      // said with a scale word: "0.4 million"
	Short      bool      // that is letters right behind the digits: "1.5m"
	Percent    bool      // with a percent sign or word, or as a part that InPercent made one
	Points     bool      // percentage points follow, or a per mille sign
	Part       bool      // said as a part or a multiple: "half", "one in ten", "twice as many"
	Direction  Direction // of a change: "fell by 3"; the value is its amount
	Signed     bool      // that is said by a sign: "+3", "minus 3"
	Spelt      bool      // said as a word: "three"
	Grouped    bool      // written with a sign between groups of three
	Spaced     bool      // the groups are parted by spaces that do not break
	Foreign    bool      // not as this language writes it (416.374 in English)
	Start, End int       // bytes of the whole phrase, its words included
	NumberAt   int       // byte where the number itself begins
	DigitsEnd  int       // byte where its digits end, before a scale word or a percent sign

	power int // of ten, of the scale word
}

// AtLeast reports whether the number, whatever its sign, is so large.
func (s Said) AtLeast(n *big.Rat) bool { return new(big.Rat).Abs(s.Value).Cmp(n) >= 0 }

// Holds reports whether what was said is true of the exact value v, by the
// grammar of numbers in words: s is the place of the last digit that is not
// zero, n what was said.
//
//	around          |v - n| <= s/2
//	more than       n < v < n + s
//	fewer than      n - s < v < n
//	at least        n <= v < n + s
//	at most         n - s < v <= n
//	just under      n - s/2 <= v < n
//	just over       n < v <= n + s/2
//
// A part or a multiple has no digits. Its s is a fifth of it, or of what is left
// of the whole where that is less, and s/4 stands for s/2: "a quarter" is right
// from 23.75% to 26.25%, "nine in ten" from 89.5% to 90.5%, as "one in ten" of
// the others is, and "more than half" from 50% to 60%.
func (s Said) Holds(v *big.Rat) bool {
	d := new(big.Rat).Sub(v, s.Value)
	half := new(big.Rat).Quo(s.Last, big.NewRat(2, 1))
	if s.Part {
		half = new(big.Rat).Quo(s.Last, big.NewRat(4, 1))
	}
	near := new(big.Rat).Abs(d).Cmp(half) <= 0
	within := new(big.Rat).Abs(d).Cmp(s.Last) < 0
	switch s.Relation {
	case Around:
		return near
	case MoreThan:
		return d.Sign() > 0 && within
	case FewerThan:
		return d.Sign() < 0 && within
	case AtLeast:
		return d.Sign() >= 0 && within
	case AtMost:
		return d.Sign() <= 0 && within
	case JustUnder:
		return d.Sign() < 0 && near
	case JustOver:
		return d.Sign() > 0 && near
	}
	return d.Sign() == 0
}

// Parse reads a whole text as one number with its words, as in the text of a
// verified link. It reports false when the text is anything else.
func (l *Lang) Parse(text string) (Said, bool) {
	trimmed := strings.TrimFunc(text, isSpace)
	start := strings.Index(text, trimmed)
	relation, rest := l.cutRelation(trimmed)
	offset := start + len(trimmed) - len(rest)
	rest = l.withoutNoun(rest)
	said, ok := l.signed(rest)
	if !ok || said.End != len(rest) {
		said, ok = l.inWords(rest)
	}
	if !ok || said.End != len(rest) {
		return Said{}, false
	}
	said.Relation = relation
	said.Start = start
	return said.from(offset), true
}

// read reads a number, or the amount of a change.
func (l *Lang) read(text string) (Said, bool) {
	if said, ok := l.Parse(text); ok {
		return said, true
	}
	return l.ParseChange(text)
}

// Swapped reads a text as if the signs for groups and for decimals were the other
// way round: what was copied from a text in another language. Where groups are
// parted by spaces, that is one which parts them by the decimal sign of this one.
func (l *Lang) Swapped(text string) (Said, bool) {
	other := *l
	other.group, other.decimal = l.decimal, l.group
	if isSpace(firstRune(l.group)) {
		other.decimal = "."
	}
	return other.read(text)
}

// from moves a number that was read at the start of a text to where it stands.
func (s Said) from(offset int) Said {
	s.NumberAt += offset
	s.DigitsEnd += offset
	s.End += offset
	return s
}

// signed reads a number that may have a minus before it: the sign itself, the hyphen
// that keyboards have, or the dash that word processors make of it.
func (l *Lang) signed(text string) (Said, bool) {
	unsigned := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(text, minus), "-"), "–")
	said, ok := l.number(unsigned)
	if !ok || len(unsigned) == len(text) {
		return said, ok
	}
	said.Value.Neg(said.Value)
	said = said.from(len(text) - len(unsigned))
	said.NumberAt = 0
	return said, true
}

const minus = "−"

// inWords reads a number without digits: "three", "half", "one in ten".
func (l *Lang) inWords(text string) (Said, bool) {
	words := strings.ToLower(strings.Join(strings.FieldsFunc(text, isSpace), " "))
	said := Said{End: len(text), DigitsEnd: len(text), Digits: 1}
	if n, ok := l.numerals[words]; ok {
		said.Spelt, said.Value, said.Last = true, big.NewRat(n, 1), big.NewRat(1, 1)
		return said, true
	}
	part, ok := l.part(words)
	if !ok {
		return Said{}, false
	}
	said.Part, said.Value = true, part
	said.Last = new(big.Rat).Set(part)
	if rest := new(big.Rat).Sub(big.NewRat(1, 1), part); rest.Sign() > 0 && rest.Cmp(part) < 0 {
		said.Last = rest
	}
	said.Last.Quo(said.Last, big.NewRat(5, 1))
	return said, true
}

// part finds what part of a whole some words say: those that the catalogue
// lists, or two numerals with "in" or "out of" between them.
func (l *Lang) part(words string) (*big.Rat, bool) {
	if part, ok := l.parts[words]; ok {
		return new(big.Rat).Set(part), true
	}
	for _, of := range l.partOf {
		first, second, ok := strings.Cut(words, " "+of+" ")
		n, known := l.numeral(first)
		of, alsoKnown := l.numeral(second)
		if ok && known && alsoKnown && 0 < n && n < of {
			return big.NewRat(n, of), true
		}
	}
	return nil, false
}

// numeral reads a small number, as a word or in digits: nine of "nine in ten".
func (l *Lang) numeral(word string) (int64, bool) {
	if n, ok := l.numerals[word]; ok {
		return n, true
	}
	n, err := strconv.ParseInt(word, 10, 16)
	return n, err == nil && word[0] != '+'
}

// InPercent gives a part as a percentage: 50 for "half".
func (s Said) InPercent() Said {
	hundred := big.NewRat(100, 1)
	s.Value, s.Last = new(big.Rat).Mul(s.Value, hundred), new(big.Rat).Mul(s.Last, hundred)
	s.Percent = true
	return s
}

// Scan finds the numbers in running text, with the words before them that say
// how exact they are. A number inside a word ("B2", "x264") is no number.
func (l *Lang) Scan(text string) []Said {
	var found []Said
	for i := 0; i < len(text); {
		if !isDigit(text[i]) {
			i++
			continue
		}
		if before, _ := utf8.DecodeLastRuneInString(text[:i]); i > 0 && joins(before) {
			i = skipWord(text, i)
			continue
		}
		said, ok := l.number(text[i:])
		if !ok {
			i = skipWord(text, i+l.readDigits(text[i:]).end)
			continue
		}
		end := i + said.End
		isPart := goesOnAsWord(text[end:]) && !strings.HasSuffix(text[:end], "%") // not so "31.8%ige", "1,234th"
		if isPart && !said.Grouped {
			i = skipWord(text, end)
			continue
		}
		said = said.from(i)
		if strings.HasSuffix(text[:i], minus) && !isJoined(text[:i-len(minus)]) {
			said.Value.Neg(said.Value)
			said.NumberAt -= len(minus)
		}
		said.Start = said.NumberAt
		if relation, at := l.relationBefore(text, said.NumberAt); relation != Exact {
			said.Relation, said.Start = relation, at
		}
		found = append(found, said)
		i = end
	}
	return found
}

// goesOnAsWord reports whether what stands behind a number makes it part of a word.
func goesOnAsWord(after string) bool {
	r, _ := utf8.DecodeRuneInString(after)
	return after != "" && (unicode.IsLetter(r) || isDigit(after[0]))
}

// joins reports whether a digit after r belongs to what stands before it.
func joins(r rune) bool { return unicode.IsLetter(r) || r == '_' || r == '#' }

// isJoined reports whether a sign after text has something before it that it
// joins to what follows: 2019−2022 is no negative number.
func isJoined(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return text != "" && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func skipWord(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' {
			break
		}
		i += size
	}
	return i
}

// number reads digits, groups, decimals, a scale word and a percent sign from
// the start of text. Start and NumberAt are 0, End is what was read.
func (l *Lang) number(text string) (Said, bool) {
	n := l.readDigits(text)
	if n.end == 0 {
		return Said{}, false
	}
	said := Said{End: n.end, DigitsEnd: n.end}
	digits, decimals, ok := n.as(l.group, l.decimal)
	for _, other := range l.elsewhere() {
		if !ok {
			digits, decimals, ok = n.as(other[0], other[1])
			said.Foreign = true
		}
	}
	if !ok {
		return Said{}, false
	}
	said.Grouped = n.groups > 0
	said.Spaced = said.Grouped && isSpace(firstRune(n.signs[0]))
	said.Decimals = decimals
	said.Value, _ = new(big.Rat).SetString(digits)
	power := -decimals
	width, scale := l.scaleAfter(text[said.End:])
	if width == 0 {
		width, scale = l.shortScale(text[said.End:])
		said.Short = width > 0
	}
	if width > 0 {
		said.Scaled, said.power = true, scale
		said.End += width
		power += scale
		said.Value.Mul(said.Value, tenTo(scale))
	}
	said.Value.Mul(said.Value, tenTo(-decimals))
	bare := strings.TrimLeft(digits, "0")
	significant := strings.TrimRight(bare, "0")
	said.Digits = max(1, len(significant))
	said.Last = tenTo(power + len(bare) - len(significant))
	if width := l.percentAfter(text[said.End:]); width > 0 {
		said.Percent = true
		said.End += width
	} else {
		said.Points = l.pointsAfter(text[said.End:])
	}
	return said, true
}

// elsewhere gives the signs for groups and decimals in other languages: those of
// this one the other way round (416.374 in English, 416,374 in German), the two
// customs that most languages have, and that of Switzerland (416'374).
func (l *Lang) elsewhere() [7][2]string {
	return [7][2]string{{l.decimal, l.group}, {".", ","}, {",", "."}, {"'", "."}, {"’", "."}, {"'", ","}, {"’", ","}}
}

func tenTo(power int) *big.Rat {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(power, -power))), nil)
	if power < 0 {
		return new(big.Rat).SetFrac(big.NewInt(1), ten)
	}
	return new(big.Rat).SetInt(ten)
}

// run is a run of digits with single signs between them, as it stands.
type run struct {
	parts  []string // the digits between the signs
	signs  []string // the signs: one fewer than parts
	groups int      // set by as: how many signs part groups of three
	end    int
}

// readDigits reads the longest run of digits with separators. A sign counts only
// with a digit after it: the full stop at the end of a sentence is none. Where
// groups are parted by spaces, those that keyboards have are as good.
func (l *Lang) readDigits(text string) *run {
	n := &run{}
	for i := 0; ; {
		j := i
		for j < len(text) && isDigit(text[j]) {
			j++
		}
		n.parts = append(n.parts, text[i:j])
		n.end = j
		sign := separatorAt(text[j:])
		if sign == "" && strings.HasPrefix(text[j:], " ") && isSpace(firstRune(l.group)) {
			sign = " "
		}
		next := j + len(sign)
		if sign == "" || next >= len(text) || !isDigit(text[next]) {
			return n
		}
		if isSpace(firstRune(sign)) && (!groupOfThree(text[next:]) || sign == " " && len(n.parts[0]) > 3) {
			return n
		}
		n.signs = append(n.signs, sign)
		i = next
	}
}

// groupOfThree reports whether exactly three digits stand at the start.
func groupOfThree(text string) bool {
	i := 0
	for i < len(text) && isDigit(text[i]) {
		i++
	}
	return i == 3
}

// separatorAt gives the sign at the start of text that can part digits: a point,
// a comma, an apostrophe, or a space that does not break.
func separatorAt(text string) string {
	for _, sign := range []string{".", ",", "'", "’", "\u00a0", "\u202f", "\u2009", "\u2007"} {
		if strings.HasPrefix(text, sign) {
			return sign
		}
	}
	return ""
}

// as reads the run with these two separators. Spaces that do not break part
// groups in every language. It gives all digits together and how many of them
// are decimals.
func (n *run) as(group, decimal string) (digits string, decimals int, ok bool) {
	n.groups = 0
	last := len(n.parts) - 1
	for i, sign := range n.signs {
		switch {
		case sign == decimal && i == len(n.signs)-1:
			decimals = len(n.parts[last])
		case sign == group || isSpace(firstRune(sign)):
			if len(n.parts[i+1]) != 3 {
				return "", 0, false
			}
			n.groups++
		default:
			return "", 0, false
		}
	}
	if n.groups > 0 && (len(n.parts[0]) > 3 || n.parts[0] == "0" || n.parts[0] == "") {
		return "", 0, false
	}
	return strings.Join(n.parts, ""), decimals, true
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// isSpace knows the spaces that numbers and percentages are written with.
func isSpace(r rune) bool {
	switch r {
	case ' ', '\n', '\r', '\t', '\u00a0', '\u202f', '\u2009', '\u2007':
		return true
	}
	return false
}

// percentAfter finds the percent sign after a number, or the word for it: its
// width, with the space before it, or with the hyphen that makes one word of both.
func (l *Lang) percentAfter(text string) int {
	rest := strings.TrimLeftFunc(text, isSpace)
	if strings.HasPrefix(rest, "%") {
		return len(text) - len(rest) + 1
	}
	rest = strings.TrimPrefix(rest, "-")
	for _, word := range l.percents {
		if len(rest) < len(text) && hasWord(rest, word) {
			return len(text) - len(rest) + len(word)
		}
	}
	return 0
}

// BeginsWithPercent finds a percent sign or word at the start of what stands behind a
// number: "%", "per cent".
func (l *Lang) BeginsWithPercent(after string) (words string, ok bool) {
	width := l.percentAfter(after)
	return strings.TrimFunc(after[:width], isSpace), width > 0
}

// pointsAfter reports whether percentage points follow a number, or a per mille sign:
// what is a rate, and is written with its unit behind it.
func (l *Lang) pointsAfter(text string) bool {
	rest := strings.TrimPrefix(strings.TrimLeftFunc(text, isSpace), "-")
	return strings.HasPrefix(rest, "‰") ||
		len(rest) < len(text) && slices.ContainsFunc(l.points, func(words string) bool { return hasWord(rest, words) })
}

// scaleAfter finds a scale word after a number: its width, with the space before
// it, and its power of ten.
func (l *Lang) scaleAfter(text string) (width, power int) {
	rest := strings.TrimLeftFunc(text, isSpace)
	if len(rest) == len(text) {
		return 0, 0
	}
	for _, s := range l.scales {
		if hasWord(rest, s.word) {
			return len(text) - len(rest) + len(s.word), s.power
		}
	}
	return 0, 0
}

// shortScale finds letters that scale a number right behind its digits: "1.5m".
func (l *Lang) shortScale(text string) (width, power int) {
	for _, s := range l.short {
		if hasWord(text, s.word) && !goesOnAsWord(text[len(s.word):]) {
			return len(s.word), s.power
		}
	}
	return 0, 0
}

// cutRelation takes the words of a relation off the start of text.
func (l *Lang) cutRelation(text string) (Relation, string) {
	for _, w := range l.relations {
		if hasWord(text, w.word) {
			rest := text[len(w.word):]
			cut := strings.TrimLeftFunc(rest, isSpace)
			if len(cut) < len(rest) || elided(w.word) {
				return w.relation, cut
			}
		}
	}
	return Exact, text
}

// relationBefore finds the words of a relation that end where a number begins.
func (l *Lang) relationBefore(text string, at int) (Relation, int) {
	before := strings.TrimRightFunc(text[:at], isSpace)
	for _, w := range l.relations {
		start := len(before) - len(w.word)
		if start < 0 || !strings.EqualFold(before[start:], w.word) || len(before) == at && !elided(w.word) {
			continue
		}
		if r, _ := utf8.DecodeLastRuneInString(before[:start]); start == 0 || !unicode.IsLetter(r) {
			return w.relation, start
		}
	}
	return Exact, at
}

// hasWord reports whether text begins with the word, in any capitals, and the
// word ends there.
func hasWord(text, word string) bool {
	if len(text) < len(word) || !strings.EqualFold(text[:len(word)], word) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[len(word):])
	return len(text) == len(word) || !unicode.IsLetter(r) || elided(word)
}

// elided reports whether a word lost its last letter to the next one, which follows
// without a space: "plus d’un tiers".
func elided(word string) bool { return strings.HasSuffix(word, "’") || strings.HasSuffix(word, "'") }

// Resay says the exact value v with the words, the place value and the scale of
// a text that says another number: "around 320,000" becomes "around 330,000". It
// reports false where the text says no number, or where no number of that place
// value is true of v.
func (l *Lang) Resay(text string, v *big.Rat) (string, bool) {
	said, ok := l.read(text)
	if !ok || said.Part {
		return "", false
	}
	if said.Direction != Unsaid {
		v = new(big.Rat).Abs(v)
	}
	steps := new(big.Rat).Quo(v, said.Last)
	floor := new(big.Rat).SetInt(new(big.Int).Div(steps.Num(), steps.Denom()))
	one := big.NewRat(1, 1)
	tries := []*big.Rat{Round(steps, 0), floor, new(big.Rat).Add(floor, one), new(big.Rat).Sub(floor, one)}
	for _, n := range tries {
		again := said
		again.Value = new(big.Rat).Mul(n, said.Last)
		if again.Relation == Exact {
			again.Relation = Around
		}
		if n.Sign() > 0 && again.Holds(v) {
			return l.Put(text, again.Value, said.Decimals)
		}
	}
	return "", false
}

// Put writes another value in the place of the number of a text, as the language
// writes numbers, and keeps its words: "54 per cent" becomes "55 per cent", "Three"
// becomes "Four". It reports false where the text says no number, or only what
// part of a whole something is.
func (l *Lang) Put(text string, value *big.Rat, decimals int) (string, bool) {
	said, ok := l.read(text)
	if !ok || said.Part {
		return "", false
	}
	if said.Direction != Unsaid {
		value = new(big.Rat).Abs(value)
	}
	number := l.Number(new(big.Rat).Mul(value, tenTo(-said.power)), decimals)
	if word, ok := l.numeralWord(value); ok && said.Spelt {
		number = likeCase(word, text[said.NumberAt:])
	}
	tail := text[said.DigitsEnd:]
	if strings.TrimFunc(tail, isSpace) == "%" {
		tail = l.percent + tail[strings.IndexByte(tail, '%')+1:]
	}
	return text[:said.NumberAt] + number + tail, true
}

// numeralWord gives the word for a small whole number.
func (l *Lang) numeralWord(n *big.Rat) (string, bool) {
	if !n.IsInt() || !n.Num().IsInt64() {
		return "", false
	}
	i := n.Num().Int64()
	if i < 1 || i > int64(len(l.counted)) {
		return "", false
	}
	return l.counted[i-1], true
}

// Counted writes how many things there are: as a word where the language has one.
func (l *Lang) Counted(n int) string {
	number := big.NewRat(int64(n), 1)
	if word, ok := l.numeralWord(number); ok {
		return word
	}
	return l.Number(number, 0)
}

// likeCase gives a word the capital that another one has.
func likeCase(word, other string) string {
	if r, _ := utf8.DecodeRuneInString(other); !unicode.IsUpper(r) {
		return word
	}
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// LeadsAnywhere reports whether the text of a link could lead anywhere: "here", "read more".
// Who goes from link to link, as with a screen reader, hears nothing else.
func (l *Lang) LeadsAnywhere(text string) bool { return isOneOf(text, l.emptyLinks) }

// AskingWords are those of questions that say nothing of what is sought, in small letters.
func (l *Lang) AskingWords() []string { return l.asking }

// ShowsAnything reports whether the text of a picture could be that of any: "photo", "photo 2".
func (l *Lang) ShowsAnything(text string) bool {
	return isOneOf(strings.TrimRight(text, "0123456789 "), l.emptyImages)
}

func isOneOf(text string, all []string) bool {
	text = strings.Trim(strings.ToLower(strings.Join(strings.Fields(text), " ")), " .,…:!?»›>→“”„\"«‹()")
	return slices.Contains(all, text)
}
