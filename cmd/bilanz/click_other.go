//go:build !windows

package main

// startedByClick is asked on Windows alone: elsewhere a program that is started from a window
// has none to speak in.
func startedByClick() bool { return false }
