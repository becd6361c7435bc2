package source

import (
	"os"
	"syscall"
)

// isOpenElsewhere reports whether a program has a file open for writing: the kernel gives a
// lease for reading only while none has. Where it gives none for another reason, such as a
// drive of the network, nothing is known.
func isOpenElsewhere(f *os.File) bool {
	_, _, err := syscall.Syscall(syscall.SYS_FCNTL, f.Fd(), syscall.F_SETLEASE, syscall.F_RDLCK)
	if err == 0 {
		syscall.Syscall(syscall.SYS_FCNTL, f.Fd(), syscall.F_SETLEASE, syscall.F_UNLCK)
	}
	return err == syscall.EAGAIN
}
