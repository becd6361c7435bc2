package prose

import "strings"

// A link with a space between its halves, "[1,998] (fig:readers)", is no link: readers get
// the brackets, which is told as link-open. Its number is not told once more, nor linked.

// isTorn reports whether the words before a text are the first half of such a link.
func isTorn(after string) bool {
	rest, closed := strings.CutPrefix(after, "]")
	second := strings.TrimLeft(rest, " \n\u00a0")
	return closed && len(second) < len(rest) && strings.HasPrefix(second, "(fig:")
}
