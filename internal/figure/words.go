package figure

import (
	"math/big"
	"strings"
	"unicode"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/pattern"
)

// People write values as they stand in a text: "around 400", "1,5 Mio. €", "12 000
// people". What they mean is told in two steps, so that a comma is never taken for
// another one: the words, with a number of one digit in the place of theirs, and the
// number by itself.

var (
	number = pattern.Of(`[0-9](?:[0-9.,'’ \x{a0}\x{2009}\x{202f}]*[0-9])?`)
	// Behind these a number is another one: 5 bn, 7 dozen, 3 in four, 7 Zehntel.
	scaleWord = pattern.Of(`(?i)^(?:(?:[ktm]|bn|bil|mn|md|mia|in|of|out|von|aus|to|bis|and|und|or|oder|\pL+tel)\b|` +
		`mi[ol]|mrd|tsd|tau|thou|hundert|hundred|bill|doz|dutz)`)
	afterMoney = pattern.Of(`^[,.] ?[-–—]{1,2}`)
	span       = pattern.Of(`^([0-9][0-9.,]*) ?(?:-|–|to|bis|und|and|\.\.\.|…) ?([0-9][0-9.,]*)(?: .*)?$`)
)

// boundSigns stand for the words that figure files know.
var boundSigns = strings.NewReplacer(">=", "at least ", "<=", "at most ", "≥", "at least ", "≤", "at most ",
	">", "more than ", "<", "fewer than ", "~", "around ", "≈", "around ", "+/-", "around ", "±", "around ")

var moneySigns = strings.NewReplacer("€", " ", "$", " ", "£", " ", "EUR", " ", "Euro", " ", "CHF", " ", "USD", " ")

// otherWords explains a number with words that figure files do not know, and finds the
// ones that they do know.
func otherWords(text string, f form, unit *Unit) *fault {
	if m := span().FindStringSubmatch(text); m != nil {
		return rangeFault(text, m[1:], f, unit)
	}
	unreadable := &fault{code: "value-unreadable", end: len(text), ways: valueWays(),
		text: diag.Say("%s is no value", "%s ist kein Wert", quoted(text))}
	at := number().FindStringIndex(text)
	if at == nil {
		return unreadable
	}
	before, after := text[:at[0]], afterMoney().ReplaceAllString(text[at[1]:], "")
	if rest, ok := strings.CutPrefix(strings.TrimSpace(after), "+"); ok && before == "" {
		before, after = string(locale.AtLeast)+" ", rest // 400+
	}
	w, ok := wordsAround(before, after)
	twoBounds := f.bound != "" && w.relation != locale.Exact
	counts := w.rest == "" || w.isMark() || strings.ContainsFunc(w.rest, unicode.IsLetter)
	if !ok || twoBounds || !counts {
		return unreadable
	}
	if numbers := w.times(readings(text[at[0]:at[1]], f, unit, w.power > 0), f); numbers != nil {
		if w.percent {
			unit = &Unit{} // it is to have another one, with decimals that nobody knows
		}
		for i := range numbers {
			numbers[i] = trimDecimals(numbers[i], f, unit)
		}
		return w.explain(text, numbers, f)
	}
	return unreadable
}

func rangeFault(text string, ends []string, f form, unit *Unit) *fault {
	for i, end := range ends {
		if plain := readings(end, f, unit, false); len(plain) == 1 {
			ends[i] = plain[0]
		}
	}
	return &fault{code: "value-range", end: len(text), text: diag.Say("%s is a range, and a value is one number",
		"%s ist eine Spanne, und ein Wert ist eine einzelne Zahl", quoted(text)),
		ways: []diag.Text{
			diag.Say("write a bound: at least %s, or at most %s",
				"schreiben Sie eine ungefähre Angabe: at least %s oder at most %s", ends[0], ends[1]),
			diag.Say("make two figures, one for each end",
				"machen Sie zwei Kennzahlen daraus, für jedes Ende eine"),
		}}
}

// readings are what a text of digits, points, commas and spaces may mean, as the file
// writes it: one number; two where a point or comma may be either sign; none where it
// is no number. A scale word behind it leaves more in doubt: 1.234 million.
func readings(text string, f form, unit *Unit, scaled bool) []string {
	decimals := mostDecimals
	if unit != nil && !unit.bad && !scaled {
		decimals = unit.Decimals
	}
	decimal := ""
	if sign := strings.IndexAny(text, ".,"); sign >= 0 {
		decimal = text[:sign] + f.decimal + text[sign+1:]
	}
	_, _, ok := cutNumber(decimal, f.decimal)
	switch {
	case mixedNumber().MatchString(text), spacedDecimals().MatchString(text):
		plain := groupSpaces.Replace(text)
		return []string{inForm(pointed(plain), f)}
	case groupedNumber().MatchString(text) && ok && decimals >= 3:
		return []string{groupSigns().ReplaceAllString(text, ""), decimal}
	case groupedNumber().MatchString(text):
		return []string{groupSigns().ReplaceAllString(text, "")}
	case ok:
		return []string{decimal}
	case isDigits(text) && (text == "0" || text[0] != '0'):
		return []string{text}
	}
	return nil
}

var (
	spacedDecimals = pattern.Of(`^-?[1-9][0-9]{0,2}(['’ \x{a0}\x{2009}\x{202f}][0-9]{3})+[.,][0-9]+$`)
	groupSpaces    = strings.NewReplacer("'", "", "’", "", " ", "", "\u00a0", "", "\u2009", "", "\u202f", "")
)

// words are those around the number of a value.
type words struct {
	relation locale.Relation
	power    int // of ten, of a scale word
	percent  bool
	minus    bool
	money    bool   // a sign of money stands beside it
	rest     string // behind it: what is counted
}

// wordsAround reads the words before and behind a number, in any language.
func wordsAround(before, after string) (words, bool) {
	if strings.ContainsAny(after, "0123456789") {
		return words{}, false
	}
	counts := moneySigns.Replace(before+after) != before+after
	before = strings.TrimSpace(moneySigns.Replace(boundSigns.Replace(before)))
	w := words{money: counts, minus: before != strings.TrimRight(before, "-−–")}
	before = strings.TrimRight(before, "-−–+ ")
	behind := strings.Fields(moneySigns.Replace(after))
	for n := len(behind); n >= 0; n-- {
		phrase := strings.Join(append(append(strings.Fields(before), "7"), behind[:n]...), " ")
		for _, code := range locale.Codes() {
			said, ok := locale.Must(code).Parse(phrase)
			if !ok && n > 0 {
				said, ok = locale.Must(code).Parse(phrase + ".") // Mio for Mio.
			}
			if !ok {
				continue
			}
			w.relation, w.percent, w.rest = said.Relation, said.Percent, strings.Join(behind[n:], " ")
			scale := said.Value.RatString()
			w.power = len(scale) - 1
			return w, strings.TrimRight(scale, "0") == "7" && !said.Part && !scaleWord().MatchString(w.rest)
		}
	}
	return words{}, false
}

// isMark reports whether only the mark of a remark stands behind the number.
func (w words) isMark() bool { return w.rest != "" && strings.Trim(w.rest, "*†‡§¹²³") == "" }

// times are the numbers with the sign and the scale of the words, as the file writes
// them; none where they would be too long.
func (w words) times(numbers []string, f form) []string {
	var all []string
	for _, text := range numbers {
		n, ok := new(big.Rat).SetString(strings.Replace(text, f.decimal, ".", 1))
		if !ok || len(text) > longest {
			return nil
		}
		if w.power > 0 {
			scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(w.power)), nil)
			text = inForm(written(n.Mul(n, new(big.Rat).SetInt(scale))), f)
		}
		if w.minus {
			text = "-" + text
		}
		all = append(all, text)
	}
	return all
}

// explain says what the words do in a value, and what to write.
func (w words) explain(text string, numbers []string, f form) *fault {
	bad := &fault{code: "value-words", end: len(text)}
	and, more := diag.Say("", ""), f.bound
	switch {
	case w.percent:
		bad.code, bad.text = "value-percent", diag.Say("a value has no percent sign; its unit says what it counts",
			"ein Wert hat kein Prozentzeichen; seine Einheit sagt, was er zählt")
		and = diag.Say(", and unit: percent", ", und unit: percent")
	case w.relation != locale.Exact:
		bad.text = diag.Say("%s is not among the words for bounds: %s",
			"%s gehört nicht zu den Wörtern für ungefähre Angaben: %s", quoted(text), boundWords())
	case w.power > 0:
		bad.text = diag.Say("a value is written in digits, without a word such as million",
			"ein Wert steht in Ziffern, ohne ein Wort wie Million")
	case w.rest == "" && !w.money:
		bad.code, bad.text = "value-unreadable", diag.Say("%s is no value", "%s ist kein Wert", quoted(text))
	case strings.HasPrefix(w.rest, "("):
		bad.code, bad.text = "value-unreadable", diag.Say("a value is the number alone, and behind it stands %s",
			"ein Wert ist nur die Zahl, dahinter steht aber %s", w.rest)
		and = diag.Say(", and what stands behind it as status: or note:",
			", und was dahinter steht als status: oder note:")
	case w.isMark():
		bad.code, bad.text = "value-unreadable", diag.Say("%s stands behind the number",
			"hinter der Zahl steht %s", w.rest)
		and = diag.Say(", and what that means as note:", ", und was das bedeutet als note:")
	default:
		bad.code, bad.text = "value-unit", diag.Say("a value is the number alone; what it counts is said by unit:",
			"ein Wert ist nur die Zahl; was sie zählt, sagt unit:")
		and = diag.Say(", and unit: with the name of the unit", ", und unit: mit dem Namen der Einheit")
	}
	if w.relation != locale.Exact {
		more = string(w.relation) + " "
		if strings.HasPrefix(text, more) && w.power == 0 && !w.percent {
			bad.code = "value-unit"
			bad.text = diag.Say("what a value counts is said by unit:", "was ein Wert zählt, sagt unit:")
		}
	}
	for _, number := range numbers {
		bad.ways = append(bad.ways, diag.Say("write %s%s", "schreiben Sie %s%s", more+number, and))
	}
	if w.percent {
		bad.ways = append(bad.ways, diag.Say("leave it out: a page can cite the share of a part (fig:id?share)",
			"lassen Sie ihn weg: eine Seite kann den Anteil eines Teils nennen (fig:id?share)"))
	}
	return bad
}
