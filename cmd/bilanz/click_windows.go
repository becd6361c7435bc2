package main

import "github.com/inconshreveable/mousetrap"

// startedByClick reports whether somebody started the program from a window with files.
func startedByClick() bool { return mousetrap.StartedByExplorer() }
