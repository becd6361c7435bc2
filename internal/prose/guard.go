package prose

import (
	"bytes"

	"bilanz/internal/diag"
)

// The limits of one page. They keep a broken or hostile page from taking minutes:
// goldmark's time grows faster than the length of some texts.
const (
	mostBytes    = 1 << 20
	mostNesting  = 40  // markers of lists and quotes at the start of one line
	mostBrackets = 400 // open brackets in one paragraph
)

// guard refuses a text that would take goldmark too long.
func (d *Document) guard() bool {
	if len(d.source) > mostBytes {
		d.list.Add(diag.Diagnostic{
			Code: "page-too-large", Place: d.text.place(0, 0),
			Text: diag.Say("this page has %d kB; a page may have 1,024 kB", "diese Seite hat %d kB; eine Seite darf 1.024 kB haben", len(d.source)>>10),
			Ways: []diag.Text{diag.Say("part it into several pages", "teilen Sie sie auf mehrere Seiten auf")},
		})
		return false
	}
	open := 0
	for at, rest := 0, d.source; len(rest) > 0; {
		var line []byte
		line, rest = cutLine(rest)
		open += bytes.Count(line, []byte("["))
		open -= min(open, bytes.Count(line, []byte("]")))
		if len(bytes.TrimSpace(line)) == 0 {
			open = 0
		}
		if open > mostBrackets || markers(line) > mostNesting {
			d.list.Add(diag.Diagnostic{
				Code: "page-too-nested", Place: d.text.place(at, at+len(line)),
				Text: diag.Say("too many brackets, lists or quotes are open here", "hier sind zu viele Klammern, Listen oder Zitate offen"),
				Ways: []diag.Text{diag.Say("close them, or write them more simply", "schließen Sie sie, oder schreiben Sie es einfacher")},
			})
			return false
		}
		at += len(line)
	}
	return true
}

// markers counts the signs of lists and quotes at the start of a line.
func markers(line []byte) int {
	n := 0
	for i, b := range line {
		switch b {
		case '>', '*', '+':
			n++
		case '-':
			if i+1 < len(line) && line[i+1] == ' ' {
				n++
			}
		case ' ', '\t', '.', ')', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		default:
			return n
		}
	}
	return n
}
