package output

import (
	"bytes"
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

const (
	errDiskFull = windows.ERROR_DISK_FULL
	errNoLocks  = windows.ERROR_NOT_SUPPORTED

	noFollow = 0
)

// belongsToUser believes the rights of the user's own folders there.
func belongsToUser(fs.FileInfo) bool { return true }

func isUnlockable(err error) bool {
	return errors.Is(err, errNoLocks) || errors.Is(err, windows.ERROR_INVALID_FUNCTION)
}

var errNoExchange = errors.ErrUnsupported

func exchange(_, _ string) error { return errNoExchange }

func writeOver(string, []byte) bool { return false }

func syncAll(string) error { return nil } // NTFS has a journal for names; a flush for each file would take minutes

func syncDir(string) error { return nil }

func isMount(_, _ string) bool { return false }

func writable(string) bool { return true }

func cannotMove(err error) bool { return errors.Is(err, windows.ERROR_NOT_SAME_DEVICE) }

func fileHolds(path string, data []byte) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false
	}
	there, err := os.ReadFile(path)
	return err == nil && bytes.Equal(there, data)
}

// lockFile locks a byte far behind the end, so that the holder's name can be read.
func lockFile(f *os.File) (bool, error) {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY,
		0, 1, 0, &windows.Overlapped{OffsetHigh: 1 << 30})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return false, nil
	}
	return err == nil, err
}
