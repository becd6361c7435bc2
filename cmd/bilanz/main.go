// Command bilanz publishes the results of a public programme as a static site
// whose every number is a reference to a figure.
package main

import (
	"os"
	"runtime/debug"
)

// collectAt is how far the memory in use may grow, in percent, before garbage is
// collected. At Go's own 100 ten thousand pages take a fifth more memory and no
// less time.
const collectAt = 60

func main() {
	debug.SetGCPercent(collectAt)
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
