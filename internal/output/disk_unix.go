//go:build unix

package output

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

const (
	errDiskFull = unix.ENOSPC // no space is left
	errNoLocks  = unix.ENOLCK // the drive has no locks

	// noFollow opens a file and no link to one, and waits for nobody at a pipe.
	noFollow = unix.O_NOFOLLOW | unix.O_NONBLOCK
)

// belongsToUser reports whether a folder is of the one who runs this, and nobody else may
// write there.
func belongsToUser(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == os.Geteuid() && info.Mode().Perm()&0o022 == 0
}

// isUnlockable reports whether a drive has no locks, as some of networks and of cameras do.
func isUnlockable(err error) bool {
	return errors.Is(err, errNoLocks) || errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EOPNOTSUPP)
}

// again repeats a system call that a signal interrupted.
func again[T any](call func() (T, error)) (T, error) {
	for {
		if v, err := call(); err != unix.EINTR {
			return v, err
		}
	}
}

var buffers = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// fileHolds speaks to the system itself: this is what an unchanged page costs,
// and os.File adds half as much again. O_NONBLOCK is for a named pipe that
// somebody put in the place of a page.
func fileHolds(path string, data []byte) bool {
	fd, err := again(func() (int, error) {
		return unix.Open(path, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	})
	if err != nil {
		return false
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	if unix.Fstat(fd, &st) != nil || uint32(st.Mode) != unix.S_IFREG|uint32(fileMode) || st.Size != int64(len(data)) {
		return false
	}
	buf := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buf)
	for len(data) > 0 {
		n, err := again(func() (int, error) { return unix.Read(fd, buf[:]) })
		if err != nil || n <= 0 || n > len(data) || !bytes.Equal(buf[:n], data[:n]) {
			return false
		}
		data = data[n:]
	}
	return true
}

// writable reports whether the one who runs this may make files in a folder.
func writable(dir string) bool {
	return unix.Faccessat(unix.AT_FDCWD, dir, unix.W_OK|unix.X_OK, unix.AT_EACCESS) == nil
}

func syncDir(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// lockFile takes the lock of an open file, or reports that another has it.
func lockFile(f *os.File) (bool, error) {
	_, err := again(func() (int, error) { return 0, unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) })
	if err == unix.EWOULDBLOCK {
		return false, nil
	}
	return err == nil, err
}
