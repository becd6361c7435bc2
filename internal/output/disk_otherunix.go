//go:build unix && !linux

package output

import (
	"errors"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

var errNoExchange = errors.ErrUnsupported

func exchange(_, _ string) error { return errNoExchange }

// writeOver does nothing: these systems cannot say whether somebody reads.
func writeOver(string, []byte) bool { return false }

// syncAll asks for everything to be flushed; a flush for each file would take
// minutes on macOS.
func syncAll(string) error {
	unix.Sync()
	return nil
}

func isMount(dir, parent string) bool {
	here, err := os.Lstat(dir)
	if err != nil {
		return false
	}
	above, err := os.Stat(parent)
	if err != nil {
		return false
	}
	h, okHere := here.Sys().(*syscall.Stat_t)
	a, okAbove := above.Sys().(*syscall.Stat_t)
	return okHere && okAbove && h.Dev != a.Dev
}

func cannotMove(err error) bool { return errors.Is(err, unix.EXDEV) || errors.Is(err, unix.EBUSY) }
