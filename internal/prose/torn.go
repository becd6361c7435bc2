package prose

import (
	"bytes"
	"strings"

	"bilanz/internal/diag"
)

// A link with a space between its halves, "[1,998] (fig:readers)", is no link: readers get
// the brackets.

// isTorn reports whether the words before a text are the first half of such a link.
func isTorn(after string) bool {
	rest, closed := strings.CutPrefix(after, "]")
	second := strings.TrimLeft(rest, " \n\u00a0")
	return closed && len(second) < len(rest) && strings.HasPrefix(second, "(fig:")
}

// reportTorn reports each such link of the page.
func (v *visitor) reportTorn() {
	const second = "(fig:"
	for at := 0; ; at += len(second) {
		i := bytes.Index(v.source[at:], []byte(second))
		if i < 0 {
			return
		}
		at += i
		half := bytes.TrimRight(v.source[:at], " \r\n\t")
		if len(half) == at || !bytes.HasSuffix(half, []byte("]")) {
			continue
		}
		d := diag.Diagnostic{
			Code: "figure-link-form", Place: v.text.place(len(half)-1, at+len(second)),
			Text: diag.Say("a space tears this link to a figure apart, so readers would see its brackets",
				"ein Leerzeichen trennt diesen Verweis auf eine Kennzahl, die Klammern wären zu sehen"),
			Ways: []diag.Text{diag.Say("delete the space between ] and (", "löschen Sie das Leerzeichen zwischen ] und (")},
		}
		if bytes.HasSuffix(half, []byte(")]")) {
			d.Text = diag.Say("this link to a figure stands inside another one", "dieser Verweis auf eine Kennzahl steht in einem anderen")
			d.Ways = []diag.Text{diag.Say("keep the inner one: delete the outer brackets and what stands between the round ones behind them",
				"behalten Sie den inneren: löschen Sie die äußeren eckigen Klammern und die runden dahinter samt Inhalt")}
		} else {
			d.Edits = v.text.edits(len(half), at, "")
		}
		v.add(d)
	}
}
