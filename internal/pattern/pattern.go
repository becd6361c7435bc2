// Package pattern compiles regular expressions when they are first needed. Most of ours
// explain mistakes, which most builds do not meet, and compiling all took two milliseconds
// at every start.
package pattern

import (
	"regexp"
	"sync"
)

// Of gives what compiles an expression at its first call. It panics then if the expression
// cannot be compiled, as [regexp.MustCompile] does.
func Of(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
