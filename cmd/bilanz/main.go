// Command bilanz publishes the results of a public programme as a static site
// whose every number is a reference to a figure.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }
