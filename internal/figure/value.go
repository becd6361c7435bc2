package figure

import (
	"math/big"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/locale"
	"bilanz/internal/pattern"
	"bilanz/internal/schema"
	"bilanz/internal/sheet"
)

// The grammar of values. YAML and CSV hand over the text; nothing but this file
// knows what it means.
//
//	number  -? (0 | [1-9][0-9]*) (. [0-9]+)?      with a comma where numbers: de
//	bound   more than 30, around 400, at least 2.5 …
//	reason  not available, confidential, not applicable, not yet, [x]

// form is how a file writes numbers, and the words of a bound that stand before one,
// which advice repeats: whoever follows it must not lose them.
type form struct {
	decimal, group string
	bound          string // "more than "
}

var (
	englishForm = form{decimal: ".", group: ","}
	germanForm  = form{decimal: ",", group: "."}
)

// reasons in the order in which messages list them.
var reasons = []string{string(NotAvailable), string(Confidential), string(NotApplicable), string(NotYet)}

// fault is what is wrong with a text, at its bytes.
type fault struct {
	code       string
	start, end int
	text       diag.Text
	notes      []diag.Note
	ways       []diag.Text
	about      string // the name that is unknown; "" for anything else
	write      string // what "bilanz fix" puts in the place of these bytes; "" for nothing
}

// parseValue reads a value. unit is nil where none is known.
func parseValue(text string, f form, unit *Unit) (Value, *fault) {
	if slices.Contains(reasons, text) {
		return Value{Reason: Reason(text)}, nil
	}
	if text == "[x]" {
		return Value{Reason: NotAvailable}, nil
	}
	for _, relation := range locale.Relations {
		if rest, ok := strings.CutPrefix(text, string(relation)+" "); ok {
			f.bound = string(relation) + " "
			number, bad := parseNumber(rest, f, unit)
			if bad != nil {
				bad.start += len(text) - len(rest)
				bad.end += len(text) - len(rest)
				return Value{}, bad
			}
			return Value{Number: number, Bound: relation}, nil
		}
	}
	if !strings.ContainsAny(text, "0123456789") {
		return Value{}, noValue(text)
	}
	number, bad := parseNumber(text, f, unit)
	if bad != nil {
		return Value{}, bad
	}
	return Value{Number: number}, nil
}

// parseNumber reads a plain number by the grammar above.
func parseNumber(text string, f form, unit *Unit) (*big.Rat, *fault) {
	digits, decimals, ok := cutNumber(text, f.decimal)
	if !ok {
		return nil, noNumber(text, f, unit)
	}
	allowed := mostDecimals
	if unit != nil && !unit.bad {
		allowed = unit.Decimals
	}
	switch {
	case decimals == 3 && allowed < 3 && groupable(text, f.decimal):
		return nil, grouped(text, f.decimal, f, unit)
	case decimals > allowed:
		return nil, tooManyDecimals(text, decimals, f, unit)
	}
	number, _ := new(big.Rat).SetString(digits)
	return number, nil
}

// mostDecimals is how many a value, and a unit, may have.
const mostDecimals = 6

// longest is how many digits a number may have: enough for any budget in cents,
// and few enough that no text makes arithmetic slow.
const longest = 30

// cutNumber reports whether text is a number with this decimal sign; digits is
// the number with a point.
func cutNumber(text, decimal string) (digits string, decimals int, ok bool) {
	whole, fraction, has := strings.Cut(strings.TrimPrefix(text, "-"), decimal)
	if !isDigits(whole) || len(whole) > 1 && whole[0] == '0' || has && !isDigits(fraction) || len(text) > longest {
		return "", 0, false
	}
	return strings.Replace(text, decimal, ".", 1), len(fraction), true
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func groupable(text, sign string) bool {
	_, ok := schema.Ungrouped(text, sign)
	return ok
}

// inForm writes a number with a point as a file writes it.
func inForm(number string, f form) string { return strings.Replace(number, ".", f.decimal, 1) }

// grouped explains a number with signs between groups of three digits.
func grouped(text, sign string, f form, unit *Unit) *fault {
	digits, _ := schema.Ungrouped(text, sign)
	mark := map[string]diag.Text{
		".": diag.Say("a thousands separator", "Tausenderpunkt"),
	}[sign]
	if mark.IsZero() {
		mark = diag.Say("a thousands separator", "Tausendertrennzeichen")
	}
	said := diag.Say("%s reads as a number with %s", "%s liest sich wie eine Zahl mit %s", text, mark)
	if unit != nil && !unit.bad && sign == f.decimal {
		said = diag.Say("%s; %s", "%s; %s", said, unit.allows())
	}
	return &fault{code: "value-grouped", end: len(text), text: said, ways: f.fixWay(digits), write: digits}
}

// allows says how many decimals values of the unit may have.
func (u *Unit) allows() diag.Text {
	switch u.Decimals {
	case 0:
		return diag.Say("%s are whole numbers", "%s sind ganze Zahlen", u.Named())
	case 1:
		return diag.Say("%s have one decimal", "%s haben eine Nachkommastelle", u.Named())
	}
	return diag.Say("%s have %d decimals", "%s haben %d Nachkommastellen", u.Named(), u.Decimals)
}

func (f form) fixWay(write string) []diag.Text {
	return []diag.Text{diag.Say("run \"bilanz fix\" to write %s", "„bilanz fix“ schreibt %s", f.bound+write)}
}

func writeWay(write string) diag.Text { return diag.Say("write %s", "schreiben Sie %s", write) }

func tooManyDecimals(text string, decimals int, f form, unit *Unit) *fault {
	if unit == nil || unit.bad {
		return &fault{code: "value-decimals", end: len(text), text: diag.Say("%s has more decimals than a number can have here (6)",
			"%s hat mehr Nachkommastellen, als eine Zahl hier haben kann (6)", text),
			ways: []diag.Text{roundWay(text, f, mostDecimals)}}
	}
	bad := &fault{
		code: "value-decimals", end: len(text),
		text: diag.Say("%s has more decimals than its unit: %s",
			"%s hat mehr Nachkommastellen als seine Einheit: %s", text, unit.allows()),
		ways: []diag.Text{roundWay(text, f, unit.Decimals)},
	}
	if short := trimDecimals(text, f, unit); short != text {
		if _, decimals, _ := cutNumber(short, f.decimal); decimals <= unit.Decimals {
			bad.write, bad.ways = short, f.fixWay(short)
			return bad
		}
	}
	if decimals <= mostDecimals {
		bad.ways = append(bad.ways, diag.Say("if the unit is that exact, write %s here and decimals: %d at the unit %s",
			"ist die Einheit so genau, schreiben Sie hier %[1]s und bei der Einheit %[3]s decimals: %[2]d",
			f.bound+text, decimals, unit.ID))
	}
	return bad
}

// roundWay offers a number with fewer decimals. That of a bound goes the way in which the
// bound stays true: more than 12.5 is more than 12, and may be less than 13.
func roundWay(text string, f form, decimals int) diag.Text {
	n, _ := new(big.Rat).SetString(strings.Replace(text, f.decimal, ".", 1))
	near := locale.Round(n, decimals)
	step := new(big.Rat).Inv(power(decimals))
	switch locale.Relation(strings.TrimSpace(f.bound)) {
	case locale.MoreThan, locale.AtLeast, locale.JustOver:
		if near.Cmp(n) > 0 {
			near.Sub(near, step)
		}
	case locale.FewerThan, locale.AtMost, locale.JustUnder:
		if near.Cmp(n) < 0 {
			near.Add(near, step)
		}
	}
	rounded := inForm(near.FloatString(decimals), f)
	return diag.Say("round it: write %s", "runden Sie: schreiben Sie %s", f.bound+rounded)
}

var (
	groupedNumber = pattern.Of(`^-?[1-9][0-9]{0,2}(([.,'’ \x{a0}\x{2009}\x{202f}])[0-9]{3})+$`)
	groupSigns    = pattern.Of(`[.,'’ \x{a0}\x{2009}\x{202f}]`)
	mixedNumber   = pattern.Of(`^-?[1-9][0-9]{0,2}((\.[0-9]{3})+,[0-9]+|(,[0-9]{3})+\.[0-9]+)$`)
	leadingZero   = pattern.Of(`^-?0+[0-9]+([.,][0-9]+)?$`)
	scientific    = pattern.Of(`^-?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]{1,2}$`)
	barePoint     = pattern.Of(`^-?([.,][0-9]+|[0-9]+[.,])$`)
)

// invisibleSpaces are those that texts bring along when they are copied.
const invisibleSpaces = "\u00a0\u2007\u2009\u202f\u200b\t "

// noNumber explains a text that is not a number, by what it looks like.
func noNumber(text string, f form, unit *Unit) *fault {
	bad := func(code string, said diag.Text, ways ...diag.Text) *fault {
		return &fault{code: code, end: len(text), text: said, ways: ways}
	}
	switch {
	case strings.Trim(text, invisibleSpaces) != text:
		write := strings.Trim(text, invisibleSpaces)
		return &fault{code: "value-space", end: len(text), write: write, ways: f.fixWay(write),
			text: diag.Say("a space that cannot be seen stands beside %s",
				"neben %s steht ein unsichtbares Leerzeichen", write)}
	case strings.HasPrefix(text, "−") || strings.HasPrefix(text, "–"):
		write := "-" + strings.TrimLeft(text, "−– ")
		return bad("value-minus", diag.Say("%s begins with a dash that is no minus sign",
			"%s beginnt mit einem Strich, der kein Minuszeichen ist", text), writeWay(f.bound+write))
	case len(text) > 3*longest:
		return bad("value-unreadable", diag.Say("this is no value that can be read",
			"das ist kein lesbarer Wert"), valueWays()...)
	case sheet.IsError(text):
		return bad("cell-error", diag.Say("%s is what Excel writes when a formula fails",
			"%s schreibt Excel, wenn eine Formel nicht aufgeht", text),
			diag.Say("mend the formula in Excel and save again, or write the number",
				"berichtigen Sie die Formel in Excel und speichern Sie neu, oder schreiben Sie die Zahl"))
	case sheet.LooksLikeDate(text):
		return dateCell(text)
	case mixedNumber().MatchString(text), spacedDecimals().MatchString(text):
		write := inForm(pointed(groupSpaces.Replace(text)), f)
		bad := &fault{code: "value-grouped", end: len(text), text: diag.Say("%s reads as a number with %s",
			"%s liest sich wie eine Zahl mit %s", text, diag.Say("a thousands separator", "Tausendertrennzeichen"))}
		return rewritten(bad, write, f, unit)
	case groupedNumber().MatchString(text):
		return groupedOrPoint(text, f, unit)
	case otherForm(text, f):
		write := strings.Replace(text, f.group, f.decimal, 1)
		return rewritten(&fault{code: "value-comma", end: len(text), text: wrongSign(text, f)}, write, f, unit)
	case leadingZero().MatchString(text):
		return bad("value-zero", diag.Say("%s begins with a zero",
			"%s beginnt mit einer Null", text), writeWay(f.bound+trimZeros(text)))
	case scientific().MatchString(text):
		return notScientific(text, f)
	case barePoint().MatchString(text):
		return bad("value-unreadable", diag.Say("%s is not a complete number",
			"%s ist keine vollständige Zahl", text), valueWays()...)
	}
	return otherWords(text, f, unit)
}

// rewritten adds what to write instead. "bilanz fix" writes it only where it is a value
// of the unit, so that it never leads to the next mistake.
func rewritten(bad *fault, write string, f form, unit *Unit) *fault {
	write = trimDecimals(write, f, unit)
	if _, worse := parseNumber(write, f, unit); worse != nil {
		bad.ways = worse.ways
		return bad
	}
	bad.write, bad.ways = write, f.fixWay(write)
	return bad
}

// trimDecimals takes zeros from the end that the unit has no room for: 1000.00 visits.
func trimDecimals(number string, f form, unit *Unit) string {
	whole, fraction, has := strings.Cut(number, f.decimal)
	if !has || unit == nil || unit.bad {
		return number
	}
	for len(fraction) > unit.Decimals && strings.HasSuffix(fraction, "0") {
		fraction = fraction[:len(fraction)-1]
	}
	switch {
	case fraction != "":
		return whole + f.decimal + fraction
	case whole == "-0":
		return "0"
	}
	return whole
}

// pointed writes a number whose last comma or point is the decimal sign with a point
// alone: 1234.5 for 1.234,5 and for 1,234.5.
func pointed(text string) string {
	last := strings.LastIndexAny(text, ".,")
	return strings.NewReplacer(".", "", ",", "").Replace(text[:last]) + "." + text[last+1:]
}

func wrongSign(text string, f form) diag.Text {
	if f.decimal == englishForm.decimal {
		return diag.Say("%s has a decimal comma, but here decimals stand after a point",
			"%s hat ein Dezimalkomma, aber hier stehen Nachkommastellen hinter einem Punkt", text)
	}
	return diag.Say("%s has a decimal point, but this file says numbers: de, with a comma",
		"%s hat einen Dezimalpunkt, aber diese Datei sagt numbers: de, mit Komma", text)
}

// groupedOrPoint explains 416,374 in a file with decimal points, and 416.374 in
// one with commas. Where the unit may have three decimals, both readings are
// possible, and a person has to choose.
func groupedOrPoint(text string, f form, unit *Unit) *fault {
	digits := groupSigns().ReplaceAllString(text, "")
	bad := &fault{code: "value-grouped", end: len(text), write: digits, ways: f.fixWay(digits),
		text: diag.Say("%s reads as a number with %s",
			"%s liest sich wie eine Zahl mit %s", text, diag.Say("a thousands separator", "Tausendertrennzeichen"))}
	if unit != nil && !unit.bad && unit.Decimals >= 3 && otherForm(text, f) {
		bad.write = ""
		pointed := strings.Replace(text, f.group, f.decimal, 1)
		bad.ways = []diag.Text{writeWay(f.bound + digits), writeWay(f.bound + pointed)}
	}
	return bad
}

// otherForm reports whether the text is a number with the decimal sign of the
// other form.
func otherForm(text string, f form) bool {
	_, decimals, ok := cutNumber(text, f.group)
	return ok && decimals > 0
}

func trimZeros(text string) string {
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	text = strings.TrimLeft(text, "0")
	if text == "" || text[0] == '.' || text[0] == ',' {
		text = "0" + text
	}
	return sign + text
}

func notScientific(text string, f form) *fault {
	said := diag.Say("%s is written with a power of ten", "%s ist mit einer Zehnerpotenz geschrieben", text)
	way := diag.Say("write all digits", "schreiben Sie alle Ziffern")
	if number, ok := new(big.Rat).SetString(strings.Replace(text, ",", ".", 1)); ok && number.IsInt() {
		way = writeWay(f.bound + number.Num().String())
	}
	ways := []diag.Text{way}
	if f.decimal == germanForm.decimal || strings.Contains(text, "+") {
		ways = append(ways, diag.Say("in Excel, make the column wider or format it as a number before saving, so that no digit is lost",
			"stellen Sie in Excel die Spalte breiter oder als Zahl ein, bevor Sie speichern, damit keine Ziffer verloren geht"))
	}
	return &fault{code: "value-scientific", end: len(text), text: said, ways: ways}
}

func boundWords() string {
	words := make([]string, len(locale.Relations))
	for i, relation := range locale.Relations {
		words[i] = string(relation)
	}
	return strings.Join(words, ", ")
}

func valueWays() []diag.Text {
	return []diag.Text{
		diag.Say("write a number (318462), a bound (more than 30) or a reason (%s)",
			"schreiben Sie eine Zahl (318462), eine ungefähre Angabe (more than 30) oder einen Grund (%s)", strings.Join(reasons, ", ")),
	}
}

// noValue explains a text without digits.
func noValue(text string) *fault {
	bad := &fault{code: "value-missing", end: len(text), ways: []diag.Text{
		diag.Say("write the number", "schreiben Sie die Zahl"),
		diag.Say("write why there is none: %s", "schreiben Sie, warum es keine gibt: %s", strings.Join(reasons, ", ")),
	}}
	lower := strings.ToLower(strings.TrimSpace(text))
	switch {
	case lower == "":
		bad.text = diag.Say("there is no value here", "hier steht kein Wert")
	case slices.Contains(silent, lower):
		bad.text = diag.Say("%s does not say why there is no value",
			"%s sagt nicht, warum es keinen Wert gibt", quoted(text))
	case sheet.IsError(text):
		return noNumber(text, englishForm, nil)
	case sheet.LooksLikeDate(text):
		return dateCell(text)
	default:
		bad.code = "value-unreadable"
		bad.text = diag.Say("%s is no value", "%s ist kein Wert", quoted(text))
		bad.ways = nil
		for _, near := range diag.Nearest(lower, reasons) {
			bad.ways = append(bad.ways, writeWay(near))
		}
		if german, ok := germanReasons[lower]; ok {
			bad.ways = []diag.Text{writeWay(string(german))}
		}
		if bad.ways == nil {
			bad.ways = valueWays()
		}
	}
	return bad
}

// silent is what people write for a value that is missing, without a reason.
var silent = []string{
	"-", "–", "—", "/", ".", "?", "x", "n/a", "na", "n. a.", "n.a.", "null", "~", "nil", "none",
	"k. a.", "k.a.", "k. a", "k.a", "ka", "*", "**", "·", "•", "..", "...", "…", "--", "---",
	"keine angabe", "keine angaben", "unknown", "missing", "unbekannt", "leer",
}

// germanReasons are what German authors write for the English words of a file.
var germanReasons = map[string]Reason{
	"nicht verfügbar": NotAvailable, "liegt nicht vor": NotAvailable, "nicht bekannt": NotAvailable,
	"vertraulich": Confidential, "geheim": Confidential, "entfällt": NotApplicable, "nicht zutreffend": NotApplicable,
	"noch nicht": NotYet, "noch offen": NotYet,
}

func dateCell(text string) *fault {
	return &fault{
		code: "cell-date", end: len(text),
		text: diag.Say("a date stands here (%s); Excel makes dates of numbers and ranges such as 1.2 or 10-12",
			"hier steht ein Datum (%s); Excel macht aus Zahlen und Bereichen wie 1.2 oder 10-12 ein Datum", text),
		ways: []diag.Text{diag.Say("in Excel, format the cell as text, type again what stood there, and save",
			"stellen Sie die Zelle in Excel als Text ein, tippen Sie den Inhalt neu, und speichern Sie")},
	}
}

// quoted puts an author's words between quotation marks.
func quoted(words string) diag.Text { return diag.Say("\"%s\"", "„%s“", words) }
