//go:build !unix

// Command soak needs signals and a shell, which are not everywhere.
package main

func main() { panic("the soak runs on Linux and macOS") }
