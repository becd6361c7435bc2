//go:build !windows

package main

import (
	"os/exec"
	"syscall"
)

// startedByClick is asked on Windows alone: elsewhere a program that is started from a window
// has none to speak in.
func startedByClick() bool { return false }

// apart keeps Ctrl-C, which ends the preview, from ending the browser with it.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
