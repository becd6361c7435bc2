// Command bilanz publishes the results of a public programme as a static site
// whose every number is a reference to a figure.
package main

import (
	"os"
	"runtime/debug"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// The memory of a large site: what a build of so many pages and figures may take
// before garbage must be looked for. Ten thousand pages then take a third less
// memory than with Go's own rule, which lets it double, and a tenth less time,
// since the many collections while little is in use fall away.
const (
	largeSite    = 1000 // pages; below it Go's own rule is good enough
	memoryAtAll  = 28 << 20
	memoryAPage  = 5 << 10
	memoryFigure = 6 << 10
	collectAt    = 400 // percent; the limit comes first
)

func planMemory(pages, figures int) {
	if pages < largeSite {
		return
	}
	debug.SetMemoryLimit(int64(memoryAtAll + pages*memoryAPage + figures*memoryFigure))
	debug.SetGCPercent(collectAt)
}
