// Command bilanz publishes the results of a public programme as a static site
// whose every number is a reference to a figure.
package main

import (
	"os"
	"time"
)

func main() {
	// The first timer opens what the runtime waits with. It dies where no more files may be
	// open, so that happens before any other is: too few are then said in words.
	time.AfterFunc(0, func() {})
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}
