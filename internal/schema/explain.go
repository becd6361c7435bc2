package schema

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"bilanz/internal/diag"
)

// explain says in an author's words why the library could not read the text.
func (p *parser) explain(err error) {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		p.say("yaml-broken", p.start, p.start, broken(err.Error()), brokenWay)
		return
	}
	at, context := p.mark(load.Mark), p.mark(load.ContextMark)
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
		p.say("yaml-broken", p.start+at, p.start+p.lineEnd(at), broken(load.Message), brokenWay)
	}
}

var brokenWay = diag.Say("put the text of this line in quotes, or compare it with a line that works",
	"setzen Sie den Text dieser Zeile in Anführungszeichen, oder vergleichen Sie sie mit einer Zeile, die stimmt")

func broken(message string) diag.Text {
	return diag.Say("this is no YAML that can be read (%s)", "das ist kein lesbares YAML (%s)", message)
}

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
		diag.Say("a tab stands here, but YAML is indented with spaces",
			"hier steht ein Tabulator, aber YAML wird mit Leerzeichen eingerückt"),
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
	from := start + len(p.text[start:at]) - len(bytes.TrimLeft(p.text[start:at], " "))
	p.say("yaml-indent", p.start+from, p.start+at,
		diag.Say("a key cannot stand here: the line above has a value already, or begins elsewhere",
			"hier kann kein Schlüssel stehen: die Zeile darüber hat schon einen Wert oder beginnt anderswo"),
		diag.Say("let keys of one level begin in the same column",
			"lassen Sie Schlüssel einer Ebene in derselben Spalte beginnen"),
		diag.Say("if it belongs to the text above, put that in quotes, or write it in block style (>-)",
			"gehört die Zeile zum Text darüber, setzen Sie diesen in Anführungszeichen oder schreiben ihn im Blockstil (>-)"))
}

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

func (p *parser) noColon(at int) {
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
			diag.Say("let keys (and the dashes of a list) of one level begin in the same column",
				"lassen Sie Schlüssel (und die Striche einer Liste) einer Ebene in derselben Spalte beginnen"))
	}
}
