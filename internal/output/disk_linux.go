package output

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// errNoExchange is what a file system says that cannot exchange two folders.
var errNoExchange = errors.ErrUnsupported

func exchange(a, b string) error {
	_, err := again(func() (int, error) {
		return 0, unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	})
	switch err {
	case unix.EINVAL, unix.ENOSYS, unix.EOPNOTSUPP, unix.ENOTTY:
		return errNoExchange
	case nil:
		return nil
	}
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
}

// writeOver asks for a write lease, which the kernel gives only while nobody
// else has the file open: a reader who still has the old tree's page keeps it
// whole. Where there are no leases, nothing is written over.
func writeOver(path string, data []byte) bool {
	fd, err := again(func() (int, error) {
		return unix.Open(path, unix.O_WRONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	})
	if err != nil {
		return false
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	if unix.Fstat(fd, &st) != nil || st.Mode != unix.S_IFREG|uint32(fileMode) || st.Nlink != 1 {
		return false
	}
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_SETLEASE, unix.F_WRLCK); err != nil {
		return false
	}
	// To shorten at last, not to empty first: ext4 flushes a file that was
	// emptied when it is closed.
	size := int64(len(data))
	for len(data) > 0 {
		n, err := again(func() (int, error) { return unix.Write(fd, data) })
		if err != nil || n <= 0 {
			return false
		}
		data = data[n:]
	}
	return st.Size <= size || unix.Ftruncate(fd, size) == nil
}

// syncAll flushes the whole file system once: a fifth of what a flush for each
// file costs, and it covers the folders.
func syncAll(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := unix.Syncfs(int(f.Fd())); err != nil {
		return os.NewSyscallError("syncfs", err)
	}
	return nil
}

// isMount reports whether something is mounted on dir. Kernels before 5.8 do not
// know of a folder mounted within its own file system.
func isMount(dir, parent string) bool {
	var here, above unix.Statx_t
	if unix.Statx(unix.AT_FDCWD, dir, unix.AT_SYMLINK_NOFOLLOW, unix.STATX_TYPE, &here) != nil {
		return false
	}
	if here.Attributes_mask&unix.STATX_ATTR_MOUNT_ROOT != 0 {
		return here.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0
	}
	if unix.Statx(unix.AT_FDCWD, parent, 0, unix.STATX_TYPE, &above) != nil {
		return false
	}
	return here.Dev_major != above.Dev_major || here.Dev_minor != above.Dev_minor
}

// cannotMove reports whether a folder cannot be renamed where it lies, although
// files in it can: the lower layer of an overlay, or something mounted on it.
func cannotMove(err error) bool { return errors.Is(err, unix.EXDEV) || errors.Is(err, unix.EBUSY) }

// listFolder reads a folder by the system's own calls: both trees are walked
// before they change places, and os.File would take three times as long.
func listFolder(path string) ([]entry, fs.FileMode, error) {
	fd, err := again(func() (int, error) {
		return unix.Open(path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	})
	if err != nil {
		return nil, 0, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		return nil, 0, &fs.PathError{Op: "stat", Path: path, Err: err}
	}
	buf := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buf)
	var entries []entry
	for {
		n, err := again(func() (int, error) { return unix.Getdents(fd, buf[:]) })
		if err != nil {
			return nil, 0, &fs.PathError{Op: "list", Path: path, Err: err}
		}
		if n <= 0 {
			return entries, fs.FileMode(st.Mode & 0o777), nil
		}
		if entries, err = parseEntries(path, buf[:n], entries); err != nil {
			return nil, 0, err
		}
	}
}

// parseEntries reads what getdents64 writes: of each entry its inode and offset
// (8 bytes each), its length (2), type (1) and name, which ends with a zero.
func parseEntries(path string, buf []byte, entries []entry) ([]entry, error) {
	for len(buf) > 19 {
		length := int(binary.NativeEndian.Uint16(buf[16:]))
		name, _, _ := bytes.Cut(buf[19:length], []byte{0})
		e := entry{name: string(name)}
		switch kind := buf[18]; kind {
		case unix.DT_REG:
		case unix.DT_DIR:
			e.mode = fs.ModeDir
		case unix.DT_UNKNOWN: // some file systems do not say
			info, err := os.Lstat(filepath.Join(path, e.name))
			if err != nil {
				return nil, err
			}
			e.mode = info.Mode().Type()
		default:
			e.mode = fs.ModeIrregular
		}
		if e.name != "." && e.name != ".." {
			entries = append(entries, e)
		}
		buf = buf[length:]
	}
	return entries, nil
}
