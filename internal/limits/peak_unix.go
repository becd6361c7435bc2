//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peak is the resident memory that a process took at the most, in bytes.
func peak(state *os.ProcessState) int64 {
	most := int64(state.SysUsage().(*syscall.Rusage).Maxrss)
	if runtime.GOOS != "darwin" {
		most *= 1024
	}
	return most
}
