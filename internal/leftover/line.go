package leftover

import (
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/pattern"
)

// Address is how the address of a link begins, as a pattern.
const Address = `(?:fig:|https?:|mailto:|www\.|[^\s()\[\]]*\.(?:md|pdf|html?|jpe?g|png|svg|csv|xlsx?|docx?)\b)`

// inLine is what means something on pages, and nothing in a line of plain text.
var inLine = pattern.Of(`\*\*|__|~~|\[\^[^\]]+\]|<!--|</?[a-zA-Z][a-z0-9]*[ >/]` +
	`|<[^<>\s]+[@:][^<>\s]+>|!\[[^\[\]]+\]` + // addresses and images
	`|\]\((?:[^()]|\([^()]*\))*\)|\]\[[^\[\]]*\]|\[[^\[\]]*\(` + Address + `[^()]*\)` + // links
	`|\][ \x{a0}]?\(` + Address + // and what is left of them
	"|&(?:[a-zA-Z]+|#[0-9]+);|`[^`]+`" + `|(?:^|[\s(])[*_][^\s*_][^*_]*[*_](?:[\s.,;:!?)]|$)` +
	`|\\[-\\\[\](){}<>#*+.!|_~` + "`]") // a sign that means itself, on pages

// Markup finds the first markup in a line of plain text, such as a title or a label.
func Markup(words string) (start, end int, ok bool) {
	if !strings.ContainsAny(words, "*_~[]<&`\\") {
		return 0, 0, false
	}
	span := inLine().FindStringIndex(words)
	if span == nil {
		return 0, 0, false
	}
	return span[0], span[1], true
}

// InLine says of such markup that readers get it; its place is to be added.
func InLine(signs string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "line-markup", Severity: diag.Warning,
		Text: diag.Say("this line is plain text, so readers get the signs %s",
			"diese Zeile ist reiner Text; auf der Seite stehen die Zeichen %s", strings.TrimSpace(signs)),
		Ways: []diag.Text{diag.Say("write the words alone", "schreiben Sie nur die Wörter")},
	}
}
