package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/leftover"
	"bilanz/internal/pattern"

	"github.com/yuin/goldmark/ast"
)

// Signs that mean something in other tools, or that would mean something here if they had
// a partner, are text for Markdown. Readers would get them, so they are told.

// emphasis reports the signs of an emphasis that is none: "**important", "** important **".
// Behind a word two stars may be a mark that a line below explains.
func (v *visitor) emphasis(text string, at func(int) int, escaped func(int) bool) (told bool) {
	for i := 0; i < len(text); {
		sign := text[i]
		run := len(text[i:]) - len(strings.TrimLeft(text[i:], string(sign)))
		if strings.IndexByte("*_~`", sign) < 0 || escaped(i) {
			i += max(1, run)
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+run:])
		atStart, atEnd := i == 0 || opensWords(before), i+run == len(text) || !isWordRune(after)
		single := sign == '_' || sign == '`'
		switch {
		case run < 2 && !single || sign == '~' && run != 2:
		case atStart && i+run < len(text) && (isWordRune(after) || !single && opensPhrase(after)),
			!single && sign != '~' && atEnd && i > 0 && unicode.IsLetter(before) && !v.explains(sign),
			!single && spacedBold().MatchString(text[max(i-1, 0):]):
			v.emphasisOpen(text[i:i+run], at(i), at(i+run-1)+1)
			return true
		}
		i += run
	}
	return false
}

// strays reports a star or a line that stands close to an emphasis and has no partner:
// "**important*" is one star, and an emphasis. Behind it a star may be a mark that a line
// below explains.
func (v *visitor) strays(n ast.Node) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if child.Kind() != ast.KindEmphasis {
			if child.HasChildren() {
				v.strays(child)
			}
			continue
		}
		if before, ok := child.PreviousSibling().(*ast.Text); ok {
			if words := before.Segment.Value(v.source); len(words) < 2 || words[len(words)-2] != '\\' {
				v.stray(before.Segment.Stop - 1)
			}
		}
		if after, ok := child.NextSibling().(*ast.Text); ok && !explainedOne().Match(v.source) {
			v.stray(after.Segment.Start)
		}
	}
}

// stray reports the sign at a byte, if its like stands beside it.
func (v *visitor) stray(at int) {
	if at < 1 || at+1 >= len(v.source) {
		return
	}
	if sign := v.source[at]; (sign == '*' || sign == '_') && (v.source[at-1] == sign || v.source[at+1] == sign) {
		v.emphasisOpen(string(sign), at, at+1)
	}
}

// explainedOne knows a line that says what one star behind a word means.
var explainedOne = pattern.Of(`(?m)^[ >|]*\\\*\)?[ \x{a0}]`)

// opensWords knows what stands before the first word of an emphasis.
func opensWords(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("([„“\"»«‚/–—", r)
}

// opensPhrase knows the signs with which a phrase begins that stands out as a whole.
func opensPhrase(r rune) bool { return strings.ContainsRune("„“\"»([", r) }

// spacedBold knows an emphasis with a space before its first word.
var spacedBold = pattern.Of(`^(?:^|\s)(?:\*\*[\s\x{2028}][^*]*\pL[^*]*\*\*|__\s[^_]*\pL[^_]*__)` +
	`(?:[\s.,;:!?]|$)`)

// explained knows a line that says what two signs behind a word mean.
var explained = pattern.Of(`(?m)^[ >|]*(?:\\?\*){2,}\)?[ \x{a0}]`)

func (v *visitor) explains(sign byte) bool { return sign == '*' && explained().Match(v.source) }

func (v *visitor) emphasisOpen(sign string, start, end int) {
	v.report("emphasis-open", diag.Warning, start, end,
		diag.Say("this %s does not work here, so readers get it",
			"dieses %s wirkt hier nicht und steht auf der Seite", sign),
		diag.Say("write %s directly before the first word and directly behind the last, and a space outside of it",
			"schreiben Sie %s direkt vor das erste und direkt hinter das letzte Wort, außen mit Leerzeichen", sign),
		diag.Say("write %s if you mean the characters", "schreiben Sie %s, wenn Sie die Zeichen meinen",
			strings.ReplaceAll(sign, sign[:1], `\`+sign[:1])))
}

// otherMarkup is what other tools read in running text.
var otherMarkup = pattern.Of(`!?\[\[[^\[\]]+\]\]` + // [[page]]
	`|\^\[[^\[\]]+\]|\[\^\]` + // a footnote in the sentence, and a mark without a name
	`|\)\[(?:https?:|fig:)[^\[\]]*\]` + // the brackets of a link the other way round
	`|\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#[^{}]*#\}|\{/\*[^{}]*\*/\}|%%[^%]+%%` + // templates and their comments
	`|\]\{[^{}]*\}|\{[.#:][\pL_][^{}]*\}` + // classes and ids
	`|==[^=\s](?:[^=]*[^=\s])?==` + // marked
	`|<www\.[^<>\s]+>` +
	`|<! ?[-–—]+[^<>]*[-–—]+ ?>`) // a comment that a word processor mended

// mostForeign is how much markup of other tools is told of one paragraph.
const mostForeign = 100

// foreign reports markup of other tools.
func (v *visitor) foreign(text string, at func(int) int, escaped func(int) bool) {
	for _, span := range otherMarkup().FindAllStringIndex(text, mostForeign) {
		if !escaped(span[0]) {
			start, end := at(span[0]), at(span[1]-1)+1
			v.foreignAt(start, end, string(v.source[start:end]))
		}
	}
}

// foreignAt reports one piece of such markup, with what it is here.
func (v *visitor) foreignAt(start, end int, words string) {
	sign := words[:min(len(words), 2)]
	way := diag.Say("say it in Markdown, or take it out", "schreiben Sie es in Markdown, oder streichen Sie es")
	switch {
	case strings.HasPrefix(words, "[["), strings.HasPrefix(words, "![["), strings.HasPrefix(words, ")["):
		way = diag.Say("write [words](address)", "schreiben Sie [Text](Adresse)")
	case strings.HasPrefix(words, "^["), words == "[^]":
		way = diag.Say("write [^1] here, and a line [^1]: with the words of the footnote below",
			"schreiben Sie hier [^1], und darunter eine Zeile [^1]: mit dem Text der Fußnote")
	case strings.HasPrefix(words, "<www"):
		way = diag.Say("write <https://%s", "schreiben Sie <https://%s", words[1:])
	case strings.HasPrefix(words, "<!"), strings.HasPrefix(words, "%%"), strings.HasPrefix(words, "{#"),
		strings.HasPrefix(words, "{/*"):
		way = diag.Say("write <!-- before a comment and --> behind it, with plain hyphens",
			"schreiben Sie <!-- vor einen Kommentar und --> dahinter, mit einfachen Bindestrichen")
	case strings.HasPrefix(words, ":::"), strings.HasPrefix(words, "!!!"), strings.HasPrefix(words, "???"):
		sign = words[:3]
		way = diag.Say("write > [!NOTE] for a hint, and > before each of its lines",
			"schreiben Sie > [!NOTE] für einen Hinweis, und > vor jede seiner Zeilen")
	}
	v.report("markup-unknown", diag.Warning, start, end,
		diag.Say("%s means nothing here, so readers get it", "%s bedeutet hier nichts und steht auf der Seite", words),
		way, diag.Say("write %s if you mean the characters", "schreiben Sie %s, wenn Sie die Zeichen meinen", `\`+sign))
}

var (
	otherBlock  = pattern.Of(`^(?::{3,}|(?:!!!|\?\?\?)\+? +\pL)`)
	lostAddress = pattern.Of(`^\[([^\[\]^][^\[\]]*)\]:[ \x{a0}]*(\S.*)$`)
	deepHeading = pattern.Of(`^#{7,}[ \t]`)
	hashLine    = pattern.Of(`^#\p{Lu}[^#]*[^#.!?]$`)
)

var addressAlone = pattern.Of(`^` + leftover.Address)

// addressLost reports a line that was meant to say where a link leads, or to be a footnote.
func (v *visitor) addressLost(start int, line []byte) {
	found := lostAddress().FindSubmatch(line)
	label, words := string(found[1]), string(found[2])
	isAddress := addressAlone().MatchString(strings.ReplaceAll(words, " ", ""))
	ways := []diag.Text{diag.Say("write [^%s]: for a footnote, and [^%s] where it belongs",
		"schreiben Sie [^%s]: für eine Fußnote, und [^%s], wo sie hingehört", label, label)}
	switch {
	case isAddress && strings.Contains(words, " "):
		ways = []diag.Text{diag.Say("write [%s]: <%s>", "schreiben Sie [%s]: <%s>", label, words)}
	case isAddress:
		ways = []diag.Text{diag.Say("leave an empty line above it", "lassen Sie darüber eine Zeile frei")}
	}
	ways = append(ways, diag.Say(`write \[ if you mean the character`, `schreiben Sie \[, wenn Sie das Zeichen meinen`))
	v.report("link-open", diag.Error, start, start+len(line),
		diag.Say("this line is neither an address nor a footnote, so readers get it",
			"diese Zeile ist weder eine Adresse noch eine Fußnote und steht auf der Seite"), ways...)
}

// headingDeep reports more signs than there are levels.
func (v *visitor) headingDeep(start int, line []byte) {
	v.report("heading-level", diag.Error, start, start+len(line),
		diag.Say("there are six levels of headings, so readers get these signs",
			"es gibt sechs Ebenen von Überschriften; auf der Seite stehen diese Zeichen"),
		diag.Say("begin this heading with fewer #", "beginnen Sie diese Überschrift mit weniger #"))
}

// headingMeant reports a line that may be a heading: "#Words".
func (v *visitor) headingMeant(start int, line []byte) {
	v.report("heading-space", diag.Warning, start, start+len(line),
		diag.Say("this is no heading: a space is missing behind #",
			"das wird keine Überschrift: Hinter # fehlt ein Leerzeichen"),
		diag.Say("write ## and a space before the words", "schreiben Sie ## und ein Leerzeichen vor die Wörter"),
		diag.Say(`write \# if you mean the character`, `schreiben Sie \#, wenn Sie das Zeichen meinen`))
}

// blockBare reports the keys of a block without its signs.
func (v *visitor) blockBare(start, end int) {
	v.Unsure = true
	v.report("block-unknown", diag.Error, start, end,
		diag.Say("this is no block, so readers get its text", "das wird kein Block; auf der Seite steht sein Text"),
		diag.Say("write ```chart, ```table or ```figures above it, and ``` below it",
			"schreiben Sie ```chart, ```table oder ```figures darüber und ``` darunter"))
}

// inQuotation reports a block inside a quotation, whose signs stand in the way of its keys.
func (v *visitor) inQuotation(n *blockNode) bool {
	for up := n.Parent(); up != nil; up = up.Parent() {
		if up.Kind() != ast.KindBlockquote && up.Kind() != kindAlert {
			continue
		}
		v.report("block-unknown", diag.Error, n.start, n.end,
			diag.Say("a block cannot stand in a quotation", "ein Block kann nicht in einem Zitat stehen"),
			diag.Say("take the > before its lines out", "streichen Sie die > vor seinen Zeilen"))
		return true
	}
	return false
}

// inLine reports markup in a title or another line of plain text.
func (v *visitor) inLine(words string, at func(start, end int) (from, to int)) {
	start, end, ok := leftover.Markup(words)
	if !ok || strings.HasPrefix(words[start:], "](fig:") { // figure-link-unread tells that
		return
	}
	d := leftover.InLine(words[start:end])
	d.Place = v.text.place(at(start, end))
	v.add(d)
}

// titleLost reports words behind the address of a link, which no reader gets.
func (v *visitor) titleLost(title []byte, start, end int) {
	if len(title) == 0 {
		return
	}
	v.report("link-title", diag.Warning, start, end,
		diag.Say("readers do not get what stands behind the address: %s",
			"was hinter der Adresse steht, kommt nicht auf die Seite: %s", string(title)),
		diag.Say("say it in the text, and write the address alone",
			"sagen Sie es im Text, und schreiben Sie nur die Adresse"))
}
