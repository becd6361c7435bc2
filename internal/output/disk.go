package output

import (
	"io/fs"
	"os"
)

const (
	dirMode  fs.FileMode = 0o755
	fileMode fs.FileMode = 0o644
)

// disk is all that the package asks of the operating system once a build has
// begun. Every operation is announced to before, if there is one, so that a test
// can let it fail or end the process there.
type disk struct {
	before func(op, path string) error
	// For tests on one file system, what others cannot do: exchange two folders, link a
	// file, lock one, say that nobody has it open, remove a lock that is held.
	noExchange, noLinks, noLocks, noLeases, keepsLock bool
	mounted                                           bool // the output is a file system of its own
}

func (d disk) ask(op, path string) error {
	if d.before == nil {
		return nil
	}
	if err := d.before(op, path); err != nil {
		return &fs.PathError{Op: op, Path: path, Err: err}
	}
	return nil
}

// entry is what lies in a folder.
type entry struct {
	name string
	mode fs.FileMode // the type alone
}

// list gives what lies in a folder, in no order, and the folder's own mode.
func (d disk) list(path string) ([]entry, fs.FileMode, error) {
	if err := d.ask("list", path); err != nil {
		return nil, 0, err
	}
	return listFolder(path)
}

func (d disk) read(path string) ([]byte, error) {
	if err := d.ask("read", path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

func (d disk) stat(path string) (fs.FileInfo, error) {
	if err := d.ask("stat", path); err != nil {
		return nil, err
	}
	return os.Lstat(path)
}

// holds reports whether path is a file of the right mode, no link, with exactly
// these bytes. What cannot be read does not hold them.
func (d disk) holds(path string, data []byte) bool {
	return d.ask("compare", path) == nil && fileHolds(path, data)
}

// same reports whether two paths are one file.
func (d disk) same(a, b string) bool {
	there, err := d.stat(a)
	if err != nil {
		return false
	}
	here, err := d.stat(b)
	return err == nil && os.SameFile(here, there)
}

// create writes a new file, and leaves none where it cannot.
func (d disk) create(path string, data []byte) error {
	if err := d.ask("create", path); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	err = d.fill(f, path, data)
	if errClose := f.Close(); err == nil {
		err = errClose
	}
	if err != nil {
		os.Remove(path)
	}
	return err
}

func (d disk) fill(f *os.File, path string, data []byte) error {
	if err := d.ask("write", path); err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return err
	}
	// The umask, or a folder's default access list, may have taken bits away. To
	// look is cheaper than to set.
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Mode().Perm() != fileMode {
		if err := f.Chmod(fileMode); err != nil {
			return err
		}
	}
	return d.ask("close", path)
}

// overwrite writes into a file where it lies, if nothing else has a claim on it:
// it has no second name and nobody has it open. It reports whether it did; where
// it did not, or failed half way, the file is for its caller to replace.
func (d disk) overwrite(path string, data []byte) bool {
	return d.ask("overwrite", path) == nil && !d.noLeases && writeOver(path, data)
}

// mkdir makes a folder; that it exists is an error.
func (d disk) mkdir(path string) error {
	if err := d.ask("mkdir", path); err != nil {
		return err
	}
	if err := os.Mkdir(path, dirMode); err != nil {
		return err
	}
	info, err := d.stat(path)
	if err != nil {
		return err
	}
	return d.setMode(path, info.Mode())
}

// setMode gives a folder its mode, if it has another.
func (d disk) setMode(path string, has fs.FileMode) error {
	if has.Perm() == dirMode {
		return nil
	}
	if err := d.ask("chmod", path); err != nil {
		return err
	}
	return os.Chmod(path, dirMode)
}

func (d disk) link(from, to string) error {
	if err := d.ask("link", to); err != nil {
		return err
	}
	if d.noLinks {
		return &fs.PathError{Op: "link", Path: to, Err: fs.ErrPermission}
	}
	return os.Link(from, to)
}

// lock takes the lock of an open file, or reports that another has it.
func (d disk) lock(f *os.File) (bool, error) {
	if d.noLocks {
		return false, errNoLocks
	}
	return lockFile(f)
}

func (d disk) remove(path string) error {
	if err := d.ask("remove", path); err != nil {
		return err
	}
	return os.Remove(path)
}

func (d disk) removeAll(path string) error {
	if err := d.ask("remove all", path); err != nil {
		return err
	}
	return os.RemoveAll(path)
}

func (d disk) rename(from, to string) error {
	if err := d.ask("rename", to); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// Exchange lets two files change places in one step. The error is
// [errors.ErrUnsupported] where that cannot be done.
func Exchange(a, b string) error { return exchange(a, b) }

// exchange lets two folders change places in one step. The error is
// errNoExchange where that cannot be done here at all.
func (d disk) exchange(a, b string) error {
	if err := d.ask("exchange", b); err != nil {
		return err
	}
	if d.noExchange {
		return errNoExchange
	}
	return exchange(a, b)
}

// sync waits until everything written below a folder is on the disk.
func (d disk) sync(path string) error {
	if err := d.ask("sync", path); err != nil {
		return err
	}
	return syncAll(path)
}

// syncNames waits until the names in one folder are on the disk.
func (d disk) syncNames(path string) error {
	if err := d.ask("sync names", path); err != nil {
		return err
	}
	return syncDir(path)
}
