package figure

import (
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"bilanz/internal/diag"
)

// Formulas and statements, read by hand so that every sign has its place:
//
//	statement  formula (= | < | <= | > | >= | fits) formula
//	formula    term ((+ | -) term)*
//	term       factor ((* | /) factor)*
//	factor     number | id | ( formula ) | - factor
//
// An id may hold hyphens, so a minus has spaces around it.

// node is one operation, number or id of a formula.
type node struct {
	op          byte // '+', '-', '*', '/', 'n' for a number, 'i' for an id, '~' for a sign
	left, right *node
	number      *big.Rat
	id          string
	start, end  int
}

// statement is two formulas and what is said of them.
type statement struct {
	left, right *node
	operator    string
	at, atEnd   int // bytes of the operator
}

type token struct {
	kind       byte // 'n', 'i', 'o' for a sign, 'c' for a comparison, 0 at the end
	text       string
	start, end int
}

// mostNodes bounds a formula: no sum that people write is longer, and depth
// stays within what recursion bears.
const mostNodes = 400

type formulaParser struct {
	text   string
	tokens []token
	at     int
	nodes  int
	bad    *fault
	// compares says that it is a statement, which compares.
	compares bool
}

func parseFormula(text string) (*node, *fault) {
	p := &formulaParser{text: text}
	p.scan()
	n := p.sum(0)
	if p.bad == nil && p.peek().kind == 'c' {
		p.fail("formula-broken", p.peek(), diag.Say("a formula computes one number; a comparison belongs under checks:",
			"eine Formel berechnet eine Zahl; ein Vergleich gehört unter checks:"),
			diag.Say("move it to checks:", "verschieben Sie ihn nach checks:"))
	}
	p.end()
	return n, p.bad
}

func parseStatement(text string) (*statement, *fault) {
	p := &formulaParser{text: text, compares: true}
	p.scan()
	if p.peek().kind == 0 {
		p.fail("formula-broken", p.peek(), diag.Say("nothing is compared here", "hier wird nichts verglichen"))
		return nil, p.bad
	}
	s := &statement{left: p.sum(0)}
	op := p.peek()
	if op.kind != 'c' {
		p.fail("formula-broken", op, diag.Say("a comparison is missing: =, <, <=, >, >= or fits",
			"es fehlt ein Vergleich: =, <, <=, >, >= oder fits"))
		return nil, p.bad
	}
	p.at++
	s.operator, s.at, s.atEnd = op.text, op.start, op.end
	s.right = p.sum(0)
	if p.bad == nil && p.peek().kind == 'c' {
		p.fail("formula-broken", p.peek(), diag.Say("there are two comparisons", "hier stehen zwei Vergleiche"),
			diag.Say("make two checks of it", "machen Sie zwei Prüfungen daraus"))
	}
	p.end()
	return s, p.bad
}

// scan cuts the text into tokens.
func (p *formulaParser) scan() {
	for i := 0; i < len(p.text) && p.bad == nil; {
		c := p.text[i]
		switch {
		case c == ' ' || c == '\n' || c == '\t':
			i++
		case c >= '0' && c <= '9':
			i = p.scanNumber(i)
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf && isLetter(p.text[i:]):
			i = p.scanWord(i)
		default:
			i = p.scanSign(i)
		}
	}
	p.tokens = append(p.tokens, token{start: len(p.text), end: len(p.text)})
}

func (p *formulaParser) add(kind byte, start, end int) int {
	p.tokens = append(p.tokens, token{kind, p.text[start:end], start, end})
	return end
}

func (p *formulaParser) scanNumber(i int) int {
	end := i
	for end < len(p.text) && (isDigits(p.text[end:end+1]) || strings.IndexByte(".,'", p.text[end]) >= 0) {
		end++
	}
	for end > i && !isDigits(p.text[end-1:end]) {
		end--
	}
	word := p.text[i:end]
	if end < len(p.text) && p.text[end] == '%' {
		p.failAt("formula-number", i, end+1, diag.Say("a formula knows no percent sign",
			"eine Formel kennt kein Prozentzeichen"),
			diag.Say("write the hundredths: 0.1 for 10%", "schreiben Sie die Hundertstel: 0.1 für 10 %"))
	}
	if _, _, ok := cutNumber(word, "."); !ok {
		bad := noNumber(word, englishForm, nil)
		p.failAt("formula-number", i, end, diag.Say("in a formula a number is digits, and a point before decimals",
			"in einer Formel besteht eine Zahl aus Ziffern, mit einem Punkt vor Nachkommastellen"), writeable(bad)...)
		if p.bad.start == i && strings.Count(word, ",")+strings.Count(word, ".")+strings.Count(word, "'") > 1 {
			p.bad.write = bad.write // with one sign it may be one before decimals
		}
	}
	return p.add('n', i, end)
}

func writeable(bad *fault) []diag.Text {
	if bad.write == "" {
		return nil
	}
	return []diag.Text{writeWay(bad.write)}
}

func (p *formulaParser) scanWord(i int) int {
	end := i
	for end < len(p.text) && (isIDByte(p.text[end]) || p.text[end] >= utf8.RuneSelf && isLetter(p.text[end:])) {
		end++
		for end < len(p.text) && !utf8.RuneStart(p.text[end]) {
			end++
		}
	}
	for end > i && (p.text[end-1] == '.' || p.text[end-1] == '-') {
		end--
	}
	if word := p.text[i:end]; word == "fits" {
		return p.add('c', i, end)
	}
	if word := p.text[i:end]; word == "fig" && strings.HasPrefix(p.text[end:], ":") {
		p.failAt("formula-sign", i, end+1, diag.Say("in formulas and checks an id stands without fig:",
			"in Formeln und Prüfungen steht eine Kennung ohne fig:"), diag.Say("delete fig:", "löschen Sie fig:"))
		return end + 1
	}
	return p.add('i', i, end)
}

func isIDByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_'
}

var comparisons = []string{"<=", ">=", "=", "<", ">"}

// otherSigns are what authors write for the signs that formulas know.
var otherSigns = map[string]string{
	"==": "=", "=<": "<=", "=>": ">=", "≤": "<=", "≥": ">=", "×": "*", "·": "*", "÷": "/", ":": "/", "–": "-", "−": "-",
}

func (p *formulaParser) scanSign(i int) int {
	rest := p.text[i:]
	for _, other := range []string{"==", "=<", "=>", "≤", "≥", "×", "·", "÷", ":", "–", "−"} {
		if strings.HasPrefix(rest, other) {
			p.failAt("formula-sign", i, i+len(other), diag.Say("formulas know no %s",
				"Formeln kennen kein %s", other), writeWay(otherSigns[other]))
			return i + len(other)
		}
	}
	for _, c := range comparisons {
		if strings.HasPrefix(rest, c) {
			return p.add('c', i, i+len(c))
		}
	}
	if strings.IndexByte("+-*/()", rest[0]) >= 0 {
		return p.add('o', i, i+1)
	}
	r, size := utf8.DecodeRuneInString(rest)
	p.failAt("formula-sign", i, i+size, diag.Say("formulas know no %s", "Formeln kennen kein %s", string(r)),
		diag.Say("use numbers, ids, + - * / ( ), and = < <= > >= or fits in checks",
			"verwenden Sie Zahlen, Kennungen, + - * / ( ), und in Prüfungen = < <= > >= oder fits"))
	return i + size
}

func isLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("äöüßÄÖÜéèêàçñø", r)
}

func (p *formulaParser) peek() token { return p.tokens[min(p.at, len(p.tokens)-1)] }

func (p *formulaParser) isSign(signs string) bool {
	t := p.peek()
	return t.kind == 'o' && strings.Contains(signs, t.text)
}

func (p *formulaParser) fail(code string, t token, text diag.Text, ways ...diag.Text) {
	p.failAt(code, t.start, t.end, text, ways...)
}

// failAt keeps the first fault; what follows from it stays unsaid.
func (p *formulaParser) failAt(code string, start, end int, text diag.Text, ways ...diag.Text) {
	if ways == nil {
		ways = []diag.Text{diag.Say("write it like a + b, 100 * a / b or (a + b) / 2, with ids of figures",
			"schreiben Sie sie wie a + b, 100 * a / b oder (a + b) / 2, mit Kennungen von Kennzahlen")}
		if p.compares {
			ways = []diag.Text{diag.Say("write what has to be true: visits.total > 1000",
				"schreiben Sie, was gelten muss: visits.total > 1000")}
		}
	}
	if p.bad == nil {
		p.bad = &fault{code: code, start: start, end: max(end, min(start+1, len(p.text))), text: text, ways: ways}
	}
}

func (p *formulaParser) end() {
	t := p.peek()
	switch {
	case p.bad != nil || t.kind == 0:
	case t.text == ")":
		p.fail("formula-broken", t, diag.Say("this bracket closes nothing",
			"diese Klammer schließt nichts"), diag.Say("delete it", "löschen Sie sie"))
	default:
		p.fail("formula-broken", t, diag.Say("a sign is missing before %s", "vor %s fehlt ein Zeichen", t.text),
			diag.Say("write + - * or / between the two", "schreiben Sie + - * oder / dazwischen"))
	}
}

func (p *formulaParser) join(op byte, left, right *node) *node {
	if left == nil || right == nil {
		return nil
	}
	return &node{op: op, left: left, right: right, start: left.start, end: right.end}
}

func (p *formulaParser) sum(depth int) *node {
	n := p.product(depth)
	for p.bad == nil && p.isSign("+-") {
		op := p.peek().text[0]
		p.at++
		n = p.join(op, n, p.product(depth))
	}
	return n
}

func (p *formulaParser) product(depth int) *node {
	n := p.factor(depth)
	for p.bad == nil && p.isSign("*/") {
		op := p.peek().text[0]
		p.at++
		n = p.join(op, n, p.factor(depth))
	}
	return n
}

func (p *formulaParser) factor(depth int) *node {
	t := p.peek()
	if p.nodes++; p.nodes > mostNodes || depth > mostNodes/4 {
		p.fail("formula-long", t, diag.Say("this is too long for one formula", "das ist zu lang für eine Formel"),
			diag.Say("make figures of its pieces", "machen Sie aus den Teilen eigene Kennzahlen"))
	}
	if p.bad != nil {
		return nil
	}
	switch {
	case t.kind == 'n':
		p.at++
		number, _ := new(big.Rat).SetString(t.text)
		return &node{op: 'n', number: number, start: t.start, end: t.end}
	case t.kind == 'i':
		p.at++
		return &node{op: 'i', id: t.text, start: t.start, end: t.end}
	case p.isSign("-"):
		p.at++
		inner := p.factor(depth + 1)
		if inner == nil {
			return nil
		}
		return &node{op: '~', left: inner, start: t.start, end: inner.end}
	case p.isSign("("):
		return p.parenthesis(depth)
	}
	p.noFactor(t)
	return nil
}

func (p *formulaParser) parenthesis(depth int) *node {
	open := p.peek()
	p.at++
	inner := p.sum(depth + 1)
	if p.bad == nil && !p.isSign(")") {
		p.fail("formula-broken", open, diag.Say("this bracket is never closed",
			"diese Klammer wird nirgends geschlossen"), diag.Say("close it with )", "schließen Sie sie mit )"))
	}
	if p.bad != nil {
		return nil
	}
	inner.start, inner.end = open.start, p.peek().end
	p.at++
	return inner
}

func (p *formulaParser) noFactor(t token) {
	switch {
	case t.kind == 0:
		p.failAt("formula-broken", max(0, t.start-1), t.end, diag.Say("a number or an id is missing at the end",
			"am Ende fehlt eine Zahl oder eine Kennung"))
	default:
		p.fail("formula-broken", t, diag.Say("a number or an id is missing before %s",
			"vor %s fehlt eine Zahl oder eine Kennung", t.text))
	}
}

// Named lists the ids in a statement, each once; none where it cannot be read.
func Named(text string) []string {
	s, bad := parseStatement(text)
	if bad != nil {
		return nil
	}
	return s.right.ids(s.left.ids(nil))
}

// ids lists the ids of a formula, each once, in its order.
func (n *node) ids(all []string) []string {
	if n == nil {
		return all
	}
	if n.op == 'i' && !slices.Contains(all, n.id) {
		return append(all, n.id)
	}
	return n.right.ids(n.left.ids(all))
}

// dividesUnits reports whether the formula holds * or / between figures, whose
// result is counted in a unit of its own.
func (n *node) dividesUnits() bool {
	switch {
	case n == nil || n.op == 'n' || n.op == 'i':
		return false
	case (n.op == '*' || n.op == '/') && n.right.hasID() && (n.op == '/' || n.left.hasID()):
		return true
	}
	return n.left.dividesUnits() || n.right.dividesUnits()
}

func (n *node) hasID() bool { return n != nil && len(n.ids(nil)) > 0 }
