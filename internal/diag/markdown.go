package diag

import (
	"strings"

	"bilanz/internal/pattern"
)

// Markdown writes a text so that it stays one where GitHub shows Markdown: no mark, no tag, no
// link, no formula, nobody's name, no number of a proposal, no picture for a word between colons,
// and no end of the line or of a cell. What GitHub looks for in the finished page is parted by a
// sign without width, since there it makes no difference how the letters were written.
func Markdown(text string) string {
	text = shown(strings.Join(strings.Fields(text), " "), true)
	text = calls().ReplaceAllStringFunc(text, func(call string) string {
		return call[:len(call)-1] + joiner + call[len(call)-1:]
	})
	text = markup.Replace(text)
	return opening().ReplaceAllString(text, `$1\$2`)
}

// joiner keeps two signs together and is not seen.
const joiner = "\u2060"

var (
	// calls are what GitHub makes links and pictures of: @name, #12, GH-12, :smile:
	calls = pattern.Of(`@[\w-]|#\w|(?i:\bGH-)\d|:[+-]?\w*[a-z]\w*:|:[+-]1:`)
	// opening is what makes a list or a line at the beginning of a text.
	opening = pattern.Of(`^(\d*)([-+=]$|[-+.)](?: |$)|--|==)`)

	markup = strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`, "~", `\~`, "#", `\#`,
		"<", "&lt;", ">", "&gt;", "&", "&amp;", "$", "&#36;", "://", "&#58;//", "www.", "www&#46;")
)

// Fenced writes lines to be pasted as a block of code, which nothing in them ends.
func Fenced(lines, indent string) string {
	fence := "```"
	for strings.Contains(lines, fence) {
		fence += "`"
	}
	lines = indent + fence + "\n" + shown(lines, false) + "\n" + fence
	return strings.ReplaceAll(lines, "\n", "\n"+indent)
}
