package leftover

import (
	"regexp"
	"sync"
)

// pattern compiles an expression when it is first needed. Most of them explain mistakes,
// which most builds do not meet, and compiling all took a millisecond at every start.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
