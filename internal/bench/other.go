//go:build !unix

// Command bench measures bilanz on large sites. It needs what Unix tells about
// finished processes.
package main

import "fmt"

func main() { fmt.Println("The bench needs Linux or macOS.") }
