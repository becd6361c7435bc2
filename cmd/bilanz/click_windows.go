package main

import (
	"os/exec"

	"github.com/inconshreveable/mousetrap"
)

// startedByClick reports whether somebody started the program from a window with files.
func startedByClick() bool { return mousetrap.StartedByExplorer() }

// apart is nothing to do there.
func apart(*exec.Cmd) {}
