package schema

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"bilanz/internal/diag"
)

// explain says in an author's words why the library could not read the text.
func (p *parser) explain(err error) {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		p.say("yaml-broken", p.start, p.start, broken, brokenWay)
		return
	}
	at, context := p.mark(load.Mark), p.mark(load.ContextMark)
	if p.oddValue(at) || p.lostQuote(at) {
		return
	}
	has := func(part string) bool { return strings.Contains(load.Message, part) }
	switch {
	case errors.Is(err, errTooDeep) || has(errTooDeep.Error()):
		p.tooDeep(at)
	case has("tab character") || has("cannot start any token") && p.at(at) == '\t':
		p.tab(at)
	case has("cannot start any token"):
		p.sign(at)
	case has("unknown anchor"):
		p.alias(p.start + at)
	case has("mapping values are not allowed"):
		p.colon(at)
	case has("block sequence entries are not allowed"):
		p.dash(at)
	case has("expected ',' or"):
		p.bracket(at, context)
	case strings.Contains(load.ContextMsg, "quoted scalar") && has("escape"), has("hexdecimal"):
		p.badEscape(at)
	case strings.Contains(load.ContextMsg, "quoted scalar"):
		p.quote(context)
	case has("could not find expected ':'"):
		p.noColon(context)
	case has("did not find expected"):
		p.after(at)
	default:
		p.say("yaml-broken", p.start+at, p.start+p.lineEnd(at), broken, brokenWay)
	}
}

// What the library says of a text is for programmers, and only in English.
var (
	broken = diag.Say("from here on the file cannot be read: this line does not mean what it looks like",
		"ab hier ist die Datei nicht lesbar: diese Zeile bedeutet nicht, wonach sie aussieht")
	brokenWay = diag.Say("put the text of this line in quotes, or compare it with a line that works",
		"setzen Sie den Text dieser Zeile in Anführungszeichen, oder vergleichen Sie sie mit einer Zeile, die stimmt")
)

// mark finds the byte of one of the library's places; past the end the last sign
// that is not blank.
func (p *parser) mark(m yaml.Mark) int {
	at := len(p.text)
	if m.Line >= 1 {
		at = p.byteAt(m.Line, m.Column)
	}
	if at >= len(p.text) {
		at = max(0, len(bytes.TrimRight(p.text, " \t\r\n"))-1)
		for at > 0 && !utf8.RuneStart(p.text[at]) {
			at--
		}
	}
	return at
}

func (p *parser) at(i int) byte {
	if i < len(p.text) {
		return p.text[i]
	}
	return 0
}

func (p *parser) lineStart(at int) int { return bytes.LastIndexByte(p.text[:at], '\n') + 1 }

func (p *parser) lineEnd(at int) int {
	if i := bytes.IndexByte(p.text[at:], '\n'); i >= 0 {
		return at + len(bytes.TrimRight(p.text[at:at+i], "\r"))
	}
	return len(p.text)
}

// one says something about the one sign at a byte.
func (p *parser) one(code string, at int, text diag.Text, ways ...diag.Text) {
	_, size := utf8.DecodeRune(p.text[at:])
	p.say(code, p.start+at, p.start+at+size, text, ways...)
}

func (p *parser) tooDeep(at int) {
	p.one("yaml-depth", at,
		diag.Say("more than %d levels lie within each other here",
			"hier liegen mehr als %d Ebenen ineinander", deepest),
		diag.Say("close the brackets that are open, or indent less",
			"schließen Sie offene Klammern, oder rücken Sie weniger ein"))
}

func (p *parser) tab(at int) {
	if i := bytes.IndexByte(p.text[at:p.lineEnd(at)], '\t'); i > 0 {
		at += i
	}
	p.one("yaml-tab", at,
		diag.Say("a tab stands here, but lines are indented with spaces",
			"hier steht ein Tabulator, aber Zeilen werden mit Leerzeichen eingerückt"),
		diag.Say("replace it by two spaces for each step", "ersetzen Sie ihn durch zwei Leerzeichen je Stufe"))
}

func (p *parser) sign(at int) {
	r, _ := utf8.DecodeRune(p.text[at:])
	p.one("yaml-sign", at,
		diag.Say("a text cannot begin with %s", "ein Text kann nicht mit %s beginnen", string(r)),
		diag.Say("put the text in quotes: \"%s …\"", "setzen Sie den Text in Anführungszeichen: \"%s …\"", string(r)))
}

// colon tells the two ways apart in which a colon is one too many.
func (p *parser) colon(at int) {
	start := p.lineStart(at)
	if bytes.Contains(p.text[start:at], []byte(": ")) {
		p.one("yaml-colon", at,
			diag.Say("a text cannot hold a colon followed by a space, unless it stands in quotes",
				"ein Text kann keinen Doppelpunkt mit Leerzeichen enthalten, außer in Anführungszeichen"),
			diag.Say("put the text in quotes", "setzen Sie den Text in Anführungszeichen"),
			diag.Say("write >- here, and the text on the lines below, indented",
				"schreiben Sie hier >-, und den Text in die Zeilen darunter, eingerückt"))
		return
	}
	if p.lostColon(start - 1) {
		return
	}
	from := start + indent(p.text[start:at])
	p.say("yaml-indent", p.start+from, p.start+at,
		diag.Say("a key cannot stand here: the line above has a value already, or begins elsewhere",
			"hier kann kein Schlüssel stehen: die Zeile darüber hat schon einen Wert oder beginnt anderswo"),
		p.indentWay(from),
		diag.Say("if it belongs to the text above, put that in quotes, or begin it with >- and write it on the lines below",
			"gehört die Zeile zum Text darüber, setzen Sie diesen in Anführungszeichen, oder beginnen Sie ihn mit >- "+
				"und schreiben ihn in die Zeilen darunter"))
}

// oneWord is a line that looks like a key and its value, but for the colon, or for the
// space behind it.
var oneWord = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^( *(?:- +)?)([A-Za-z][A-Za-z0-9_.-]*)(?:(:)([^ :/]\S*)| +([^ :=].*?))? *$`)
})

// lostColon says that a line lacks the colon behind its key, or the space behind that.
// The line is that of a byte, or the last one above it that holds anything.
func (p *parser) lostColon(at int) bool {
	for at > 0 && len(bytes.TrimSpace(p.text[p.lineStart(at):p.lineEnd(at)])) == 0 {
		at = p.lineStart(at) - 1
	}
	if at < 0 {
		return false
	}
	start, end := p.lineStart(at), p.lineEnd(at)
	m := oneWord().FindSubmatch(p.text[start:end])
	if m == nil {
		return false
	}
	key, value := string(m[2]), string(m[4])+string(m[5])
	line := 1 + bytes.Count(p.file.Text[:p.start+start], []byte("\n"))
	missing := diag.Say("the colon behind %s is missing in line %d",
		"hinter %s fehlt in Zeile %d der Doppelpunkt", key, line)
	if len(m[3]) > 0 {
		missing = diag.Say("the space behind the colon is missing in line %d",
			"in Zeile %d fehlt das Leerzeichen hinter dem Doppelpunkt", line)
	}
	p.say("yaml-no-colon", p.start+start+len(m[1]), p.start+end,
		missing, diag.Say("write %s", "schreiben Sie %s", strings.TrimSpace(key+": "+value)),
		diag.Say("if it belongs to a text, indent it as the text is",
			"gehört sie zu einem Text, rücken Sie sie ein wie diesen"))
	return true
}

func indent(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }

// indentWay says by how many spaces a line, whose first sign is at a byte, begins
// elsewhere than the nearest line above it.
func (p *parser) indentWay(at int) diag.Text {
	start := p.lineStart(at)
	here, best := indent(p.text[start:]), -1
	for from := start; from > 0; {
		from = p.lineStart(from - 1)
		above := p.text[from:p.lineEnd(from)]
		if len(bytes.TrimSpace(above)) == 0 {
			continue
		}
		n := indent(above)
		if n != here && (best < 0 || distance(n, here) < distance(best, here)) {
			best = n
		}
		if n == 0 {
			break
		}
	}
	if best < 0 {
		return diag.Say("let lines that belong together begin below each other",
			"lassen Sie Zeilen, die zusammengehören, gleich weit rechts beginnen")
	}
	return spacesWay(here, best)
}

func distance(a, b int) int { return max(a-b, b-a) }

func spacesWay(here, there int) diag.Text {
	n := distance(here, there)
	switch {
	case here < there && n == 1:
		return diag.Say("add a space before it: it begins at character %d, its neighbours at %d",
			"setzen Sie ein Leerzeichen davor: sie beginnt bei Zeichen %d, ihre Nachbarn bei %d", here+1, there+1)
	case here < there:
		return diag.Say("add %[3]d spaces before it: it begins at character %[1]d, its neighbours at %[2]d",
			"setzen Sie %[3]d Leerzeichen davor: sie beginnt bei Zeichen %[1]d, ihre Nachbarn bei %[2]d",
			here+1, there+1, n)
	case n == 1:
		return diag.Say("take a space away before it: it begins at character %d, its neighbours at %d",
			"nehmen Sie davor ein Leerzeichen weg: sie beginnt bei Zeichen %d, ihre Nachbarn bei %d", here+1, there+1)
	}
	return diag.Say("take %[3]d spaces away before it: it begins at character %[1]d, its neighbours at %[2]d",
		"nehmen Sie davor %[3]d Leerzeichen weg: sie beginnt bei Zeichen %[1]d, ihre Nachbarn bei %[2]d",
		here+1, there+1, n)
}

// valueSign is what a value may begin with on paper, but not in YAML.
var valueSign = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[ {])value:[ \t]+([-*%]|>=|>|<=)[ \t]*([0-9][0-9.,]*(?: [0-9]{3})*)?` +
		`[ \t]*(?:[,}\r].*|#.*)?$`)
})

// wholeGroups knows a number whose groups of three are parted as on paper, which a value
// has not: 12.000.
var wholeGroups = regexp.MustCompile(`^[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+|(?: [0-9]{3})+)$`)

func withoutSigns(number string) string {
	return strings.NewReplacer(".", "", ",", "", " ", "").Replace(number)
}

// oddValue explains a sign in the place of a value, or before its number, which YAML
// takes for its own.
func (p *parser) oddValue(at int) bool {
	start := p.lineStart(at)
	m := valueSign().FindSubmatchIndex(p.text[start:p.lineEnd(at)])
	if m == nil || start+m[2] > at+1 || at > start+m[1] {
		return false
	}
	sign, number, end := string(p.text[start+m[2]:start+m[3]]), "", m[3]
	if m[4] >= 0 {
		number, end = wholeGroups.ReplaceAllStringFunc(string(p.text[start+m[4]:start+m[5]]), withoutSigns), m[5]
	}
	words := map[string]string{">": "more than ", ">=": "at least ", "<=": "at most ", "-": "-"}[sign]
	text := diag.Say("a value cannot begin with %s", "ein Wert kann nicht mit %s beginnen", sign)
	way := diag.Say("write %s", "schreiben Sie %s", words+number)
	if number != "" && words == "" {
		way = diag.Say("write %s", "schreiben Sie %s", number)
	} else if number == "" {
		text = diag.Say("%s does not say why there is no value", "„%s“ sagt nicht, warum es keinen Wert gibt", sign)
		if sign == "-" {
			text = diag.Say("a dash does not say why there is no value",
				"ein Strich sagt nicht, warum es keinen Wert gibt")
		}
		way = diag.Say("write why: %s", "schreiben Sie, warum: %s", whyNoValue)
	}
	p.say("yaml-sign", p.start+start+m[2], p.start+start+end, text, way)
	return true
}

// whyNoValue are the words that figure files know for a value that is missing.
const whyNoValue = "not available, confidential, not applicable, not yet"

func (p *parser) dash(at int) {
	p.one("yaml-sign", at,
		diag.Say("a dash with a space begins a list, which cannot stand here",
			"ein Strich mit Leerzeichen beginnt eine Liste, und die kann hier nicht stehen"),
		diag.Say("put a text that begins with a dash in quotes: \"- …\"",
			"setzen Sie einen Text, der mit einem Strich beginnt, in Anführungszeichen: \"- …\""),
		diag.Say("write the list on the lines below, each item with its dash",
			"schreiben Sie die Liste in die Zeilen darunter, jeden Eintrag mit seinem Strich"))
}

func (p *parser) bracket(at, opened int) {
	open := string(p.at(opened))
	shut := map[string]string{"[": "]", "{": "}"}[open]
	place := p.file.At(p.start+at, p.start+at+1)
	report(p.list, diag.Diagnostic{
		Code: "yaml-bracket", Place: place,
		Text: diag.Say("inside %[1]s %[2]s a comma or %[2]s has to come before this",
			"innerhalb von %[1]s %[2]s muss davor ein Komma oder %[2]s stehen", open, shut),
		Notes: []diag.Note{{Place: p.file.At(p.start+opened, p.start+opened+1), Text: diag.Say("the bracket was opened here",
			"die Klammer wurde hier geöffnet")}},
		Ways: []diag.Text{
			diag.Say("close the bracket with %s", "schließen Sie die Klammer mit %s", shut),
			diag.Say("put a text with commas, colons or brackets in quotes, or on a line of its own (key: text)",
				"setzen Sie einen Text mit Kommas, Doppelpunkten oder Klammern in Anführungszeichen oder in eine eigene Zeile (Schlüssel: Text)"),
		},
	})
}

func (p *parser) badEscape(at int) {
	p.say("yaml-escape", p.start+at, p.start+min(at+2, len(p.text)),
		diag.Say("%s means nothing inside double quotes",
			"%s bedeutet in doppelten Anführungszeichen nichts", p.text[at:min(at+2, len(p.text))]),
		diag.Say("use single quotes: '…'", "nehmen Sie einfache Anführungszeichen: '…'"),
		diag.Say("double the backslash: \\\\", "verdoppeln Sie den Backslash: \\\\"))
}

func (p *parser) quote(at int) {
	p.one("yaml-quote", at,
		diag.Say("this quotation mark is never closed", "dieses Anführungszeichen wird nirgends geschlossen"),
		diag.Say("close it at the end of the text", "schließen Sie es am Ende des Textes"),
		diag.Say("write an apostrophe inside '…' twice: ''",
			"schreiben Sie einen Apostroph innerhalb von '…' doppelt: ''"))
}

// quoteAbove is a value that begins with a quotation mark which its line does not close.
var quoteAbove = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^[^"'\n#]*: +(?:"[^"\n]*|'[^'\n]*)$`)
})

// lostQuote says that the quotation mark before a byte in its line ends a text which began
// lines above, where its own mark is missing.
func (p *parser) lostQuote(at int) bool {
	for _, m := range quoteAbove().FindAllIndex(p.text[:p.lineStart(at)], -1) {
		begin := m[0] + bytes.IndexAny(p.text[m[0]:m[1]], `"'`)
		end := begin + 1 + bytes.IndexByte(p.text[begin+1:], p.text[begin])
		if end < p.lineStart(at) || end >= at {
			continue
		}
		p.say("yaml-quote", p.start+begin, p.start+m[1],
			diag.Say("this quotation mark is not closed in its line",
				"dieses Anführungszeichen wird in seiner Zeile nicht geschlossen"),
			diag.Say("close it at the end of the text, or delete it",
				"schließen Sie es am Ende des Textes, oder löschen Sie es"))
		return true
	}
	return false
}

func (p *parser) noColon(at int) {
	if p.lostColon(at) {
		return
	}
	p.say("yaml-no-colon", p.start+at, p.start+p.lineEnd(at),
		diag.Say("this line is neither a key with a colon nor part of a text",
			"diese Zeile ist weder ein Schlüssel mit Doppelpunkt noch Teil eines Textes"),
		diag.Say("write key: value", "schreiben Sie Schlüssel: Wert"),
		diag.Say("if it belongs to a text, indent it as the text is",
			"gehört sie zu einem Text, rücken Sie sie ein wie diesen"))
}

// after explains what follows a value that is already complete, or a line that
// begins in a column of its own.
func (p *parser) after(at int) {
	before := bytes.TrimSpace(p.text[p.lineStart(at):at])
	switch c := p.at(at); {
	case c == ']' || c == '}':
		p.one("yaml-bracket", at,
			diag.Say("%s closes a bracket that was never opened",
				"%s schließt eine Klammer, die nirgends geöffnet wurde", string(c)),
			diag.Say("delete it, or put the text in quotes",
				"löschen Sie das Zeichen, oder setzen Sie den Text in Anführungszeichen"))
	case len(before) > 0:
		p.say("yaml-after", p.start+at, p.start+p.lineEnd(at),
			diag.Say("the value before this is complete, so nothing can follow it",
				"der Wert davor ist schon zu Ende; danach kann nichts mehr stehen"),
			diag.Say("put the whole text in quotes", "setzen Sie den ganzen Text in Anführungszeichen"))
	default:
		p.say("yaml-indent", p.start+at, p.start+p.lineEnd(at),
			diag.Say("this line does not begin in the column of the lines that it belongs to",
				"diese Zeile beginnt nicht in der Spalte der Zeilen, zu denen sie gehört"),
			p.indentWay(at))
	}
}
