package incoming

import (
	"math/big"
	"slices"
	"strings"
	"unicode"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/sheet"
)

// said is what a cell says.
type said struct {
	value   figure.Value
	mark    string // of a footnote
	percent bool
	word    string      // in place of a number, of which nobody said what it means
	doubt   [2]*big.Rat // two numbers that it may be: with a decimal point, and without
	bad     diag.Text   // why it is no value; zero where it is one
}

// ways of writing numbers.
const (
	english = "en"
	german  = "de"
)

// reader reads the cells of a column.
type reader struct {
	langs   []*locale.Lang
	form    string // english or german; "" where the file does not say
	missing map[string]string
	reasons map[string]figure.Reason // by the words of the languages, folded
}

func newReader(langs []*locale.Lang, known Known, cells []sheet.Cell) *reader {
	r := &reader{langs: langs, form: known.Numbers, missing: known.Missing, reasons: map[string]figure.Reason{}}
	for _, word := range figure.Reasons() {
		reason := figure.Reason(word)
		r.reasons[fold(word)] = reason
		for _, l := range langs {
			r.reasons[fold(figure.ReasonIn(l, reason))] = reason
		}
	}
	if r.form == "" {
		r.form = formOf(cells)
	}
	return r
}

// formOf is how a column writes numbers, where at least one cell can be read in one way
// only and none contradicts it.
func formOf(cells []sheet.Cell) string {
	form := ""
	for _, c := range cells {
		this := ""
		if !c.IsNumber() {
			rest, _ := cutMark(c.Text)
			this = formOfNumber(strings.TrimLeft(rest, "+-−–"))
		}
		switch {
		case this == "" || this == form:
		case form == "":
			form = this
		default:
			return ""
		}
	}
	return form
}

// formOfNumber is the form of a number that can be read in one way; "" for any other.
func formOfNumber(text string) string {
	if text == "" || strings.Trim(text, "0123456789.,") != "" {
		return ""
	}
	comma, point := strings.LastIndexByte(text, ','), strings.LastIndexByte(text, '.')
	switch {
	case comma >= 0 && point >= 0:
		if comma > point {
			return german
		}
		return english
	case strings.Count(text, ",") > 1:
		return english
	case strings.Count(text, ".") > 1:
		return german
	case comma < 0 && point < 0:
		return ""
	case len(text)-max(comma, point) == len(".000") && text[0] != '0':
		return ""
	case comma >= 0:
		return german
	}
	return english
}

// read reads a cell of a figure.
func (r *reader) read(c *sheet.Cell, f *figure.Figure) said {
	if c.IsUncomputed() {
		return said{bad: diag.Say(
			"this cell holds a formula whose result is not stored; open the file in Excel and save it",
			"diese Zelle enthält eine Formel, deren Ergebnis nicht gespeichert ist; "+
				"öffnen Sie die Datei in Excel, und speichern Sie sie")}
	}
	if c.IsNumber() {
		n, ok := new(big.Rat).SetString(c.Text)
		if !ok {
			return said{bad: notRead(c.Text)}
		}
		if c.IsPercent() {
			n.Mul(n, big.NewRat(100, 1))
		}
		return said{value: figure.Value{Number: n}, percent: c.IsPercent()}
	}
	return r.text(c.Text, f)
}

func notRead(text string) diag.Text {
	return diag.Say("\"%s\" is no value that can be read", "„%s“ ist kein lesbarer Wert", text)
}

func (r *reader) text(text string, f *figure.Figure) said {
	text = strings.TrimSpace(strings.Map(visible, text))
	if meaning, ok := r.meaning(text, f); ok {
		return meaning
	}
	switch {
	case sheet.IsError(text):
		return said{bad: diag.Say("%s is what Excel writes when a formula fails",
			"%s schreibt Excel, wenn eine Formel nicht aufgeht", text)}
	case sheet.LooksLikeDate(text):
		return said{bad: diag.Say("a date stands here (%s), and no value",
			"hier steht ein Datum (%s) und kein Wert", text)}
	case !strings.ContainsAny(text, "0123456789"):
		return said{word: text}
	}
	rest, mark := cutMark(text)
	rest, percent := cutPercent(rest)
	if percent && mark == "" {
		rest, mark = cutMark(rest)
	}
	rest = strings.TrimSpace(rest)
	relation, number, ok := r.relation(rest)
	if !ok {
		return said{bad: notRead(text)}
	}
	s := r.number(r.withoutUnit(number, f), f)
	s.mark, s.percent = mark, percent
	s.value.Bound = relation
	if !s.bad.IsZero() {
		s.bad = notRead(text)
	}
	return s
}

// visible takes the signs out that nobody sees.
func visible(r rune) rune {
	switch {
	case r >= 0x200b && r <= 0x200f || r == 0x2060 || r == 0xfeff || r == 0xad:
		return -1
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}

// meaning reads what stands in place of a number: a reason in words, or a sign that
// somebody explained.
func (r *reader) meaning(text string, f *figure.Figure) (said, bool) {
	for _, word := range []string{r.missing[text], string(missingOf(f)[text])} {
		if slices.Contains(figure.Reasons(), word) {
			return said{value: figure.Value{Reason: figure.Reason(word)}}, true
		}
	}
	if text == "[x]" {
		return said{value: figure.Value{Reason: figure.NotAvailable}}, true
	}
	reason, ok := r.reasons[fold(text)]
	if !ok {
		reason, ok = figure.ReasonMeant(text)
	}
	return said{value: figure.Value{Reason: reason}}, ok
}

// missingOf is what the file of a table says about cells without a number.
func missingOf(f *figure.Figure) map[string]figure.Reason {
	if f.Cell == nil {
		return nil
	}
	return f.Cell.Table.Missing
}

// cutPercent takes a percent sign, or the word, from the end.
func cutPercent(text string) (rest string, percent bool) {
	for _, sign := range []string{"%", "percent", "per cent", "Prozent", "v. H.", "v.H."} {
		if rest, ok := strings.CutSuffix(text, sign); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return text, false
}

var signs = []struct {
	sign     string
	relation locale.Relation
}{
	{"≥", locale.AtLeast}, {">=", locale.AtLeast}, {"≤", locale.AtMost}, {"<=", locale.AtMost},
	{">", locale.MoreThan}, {"<", locale.FewerThan}, {"≈", locale.Around}, {"~", locale.Around},
}

// relation reads the words before a number: "mehr als", ">", "at least". The words of
// figure files are English ones.
func (r *reader) relation(text string) (relation locale.Relation, number string, ok bool) {
	at := strings.IndexAny(text, "0123456789")
	if at < 0 {
		return locale.Exact, "", false
	}
	for at > 0 && strings.ContainsAny(text[at-1:at], "-+.,") {
		at--
	}
	if rest, ok := strings.CutSuffix(text[:at], "−"); ok {
		at = len(rest)
	}
	words, number := strings.TrimSpace(text[:at]), text[at:]
	if words == "" || words == "–" {
		return locale.Exact, text, true
	}
	for _, s := range signs {
		if words == s.sign {
			return s.relation, number, true
		}
	}
	for _, l := range r.langs {
		if one, ok := l.Parse(words + " 5"); ok && one.Relation != locale.Exact && one.Value.Cmp(big.NewRat(5,
			1)) == 0 {
			return one.Relation, number, true
		}
	}
	return locale.Exact, "", false
}

// withoutUnit takes the word for what the figure counts from behind its number.
func (r *reader) withoutUnit(number string, f *figure.Figure) string {
	at := strings.LastIndexAny(number, "0123456789") + 1
	word := fold(number[at:])
	if word == "" {
		return number
	}
	for _, l := range r.langs {
		for _, noun := range append(f.Unit.Nouns(l.Code), f.Unit.Other[l.Code]) {
			if fold(noun) == word {
				return number[:at]
			}
		}
	}
	return number
}

var groupSpaces = strings.NewReplacer(" ", "", "'", "", "’", "")

// number reads digits with or without signs between groups and before decimals. What can
// be read in two ways is a doubt, unless what the figure counts allows one only.
func (r *reader) number(text string, f *figure.Figure) said {
	text = strings.TrimSpace(text)
	minus := false
	for _, sign := range []string{"-", "−", "–", "+"} {
		if rest, ok := strings.CutPrefix(text, sign); ok {
			text, minus = strings.TrimSpace(rest), sign != "+"
			break
		}
	}
	if !groupsOf3(text) {
		return said{bad: notRead(text)}
	}
	text = groupSpaces.Replace(text)
	form := formOfNumber(text)
	if form == "" {
		form = r.form
	}
	as := func(form string) *big.Rat { return rational(text, form, minus) }
	switch {
	case !strings.ContainsAny(text, ".,"):
		form = english
	case form == "" && f.Unit.Decimals == 0:
		form = grouping(text)
	case form == "":
		a, b := as(english), as(german)
		if a == nil || b == nil {
			return said{bad: notRead(text)}
		}
		return said{value: figure.Value{Number: a}, doubt: [2]*big.Rat{a, b}}
	}
	n := as(form)
	if n == nil {
		return said{bad: notRead(text)}
	}
	return said{value: figure.Value{Number: n}}
}

// grouping is the form in which the one sign of a number parts groups of three.
func grouping(text string) string {
	if strings.Contains(text, ".") {
		return german
	}
	return english
}

// groupsOf3 reports whether spaces and apostrophes in a number part groups of three.
func groupsOf3(text string) bool {
	whole, _, _ := strings.Cut(text, ",")
	whole, _, _ = strings.Cut(whole, ".")
	if !strings.ContainsAny(text, " '’") {
		return true
	}
	parts := strings.FieldsFunc(strings.ReplaceAll(whole, "’", "'"), func(r rune) bool { return r == ' ' || r == '\'' })
	for i, part := range parts {
		if strings.Trim(part, "0123456789") != "" || i > 0 && len(part) != 3 || len(part) > 3 {
			return false
		}
	}
	return len(parts) > 1 && !strings.ContainsAny(text[len(whole):], " '’")
}

// longest is how many digits a number may have.
const longest = 30

// rational reads a number in a form; nil where it is not written in it.
func rational(text, form string, minus bool) *big.Rat {
	group, decimal := ",", "."
	if form == german {
		group, decimal = ".", ","
	}
	whole, fraction, has := strings.Cut(text, decimal)
	parts := strings.Split(whole, group)
	for i, part := range parts {
		if !isDigits(part) || i > 0 && len(part) != 3 || i == 0 && len(parts) > 1 && (len(part) > 3 || part[0] == '0') {
			return nil
		}
	}
	if has && !isDigits(fraction) || len(text) > longest {
		return nil
	}
	digits := strings.Join(parts, "")
	if len(digits) > 1 && digits[0] == '0' {
		return nil // a code, such as a postcode
	}
	if has {
		digits += "." + fraction
	}
	n, ok := new(big.Rat).SetString(digits)
	if !ok {
		return nil
	}
	if minus {
		n.Neg(n)
	}
	return n
}

func isDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// written is a value as files of figures write it.
func written(v figure.Value) string {
	if v.Number == nil {
		return string(v.Reason)
	}
	text := figure.Decimal(v.Number)
	if v.Bound != locale.Exact {
		text = string(v.Bound) + " " + text
	}
	return text
}
