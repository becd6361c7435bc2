package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"bilanz/internal/diag"
)

// lock is a file that one builder at a time has locked. The kernel releases it
// when that process ends, however it ends; the file then stays, and says nothing.
type lock struct {
	file *os.File
	path string
}

// lookAgain is how long to wait before trying again: soon, since most builds
// take less than a second.
const lookAgain = 20 * time.Millisecond

func takeLock(ctx context.Context, d disk, at place, wait time.Duration) (*lock, error) {
	if err := makeFolders(d, at.parent); err != nil {
		return nil, cannot(toMakeFolder, at.parent, err)
	}
	deadline := time.Now().Add(wait)
	for {
		l, err := tryLock(d, at.lock)
		if err != nil {
			return nil, cannot(toLock, at.lock, err)
		}
		if l != nil {
			return l, nil
		}
		left := time.Until(deadline)
		if left <= 0 {
			return nil, busy(at)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(min(left, lookAgain)):
		}
	}
}

func makeFolders(d disk, path string) error {
	if err := d.ask("make folders", path); err != nil {
		return err
	}
	return os.MkdirAll(path, dirMode)
}

// tryLock gives nil where another builder has the lock.
func tryLock(d disk, path string) (*lock, error) {
	if err := d.ask("lock", path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, fileMode)
	if err != nil {
		return nil, err
	}
	got, err := lockFile(f)
	if err == nil && got && stillThere(f, path) {
		// Who holds it is a courtesy: a full disk must not stop a build here.
		if f.Truncate(0) == nil {
			host, _ := os.Hostname()
			fmt.Fprintf(f, "%d\n%s\n%s\n", os.Getpid(), host, time.Now().Format(time.DateTime))
		}
		return &lock{f, path}, nil
	}
	f.Close()
	return nil, err
}

// stillThere finds out whether the last holder deleted the file while we opened
// it: then whoever comes next would lock another of that name.
func stillThere(f *os.File, path string) bool {
	mine, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(path)
	return err == nil && os.SameFile(mine, there)
}

func (l *lock) release() {
	os.Remove(l.path) // while it is ours; Windows refuses, and the file stays
	l.file.Close()
}

// busy names the builder that has the lock.
func busy(at place) error {
	text := diag.Say("another build is writing to %s", "ein anderer Lauf schreibt gerade nach %s", shown(at.dir))
	if holder, err := os.ReadFile(at.lock); err == nil {
		if lines := strings.Split(string(holder), "\n"); len(lines) == 4 {
			text = diag.Say("%s: process %s on %s, since %s",
				"%s: Prozess %s auf %s, seit %s", text, lines[0], lines[1], lines[2])
		}
	}
	return &Error{
		Kind: Busy, Code: "build-running", Text: text,
		Ways: []diag.Text{diag.Say("wait until it has ended, then build again; if it hangs, end that process",
			"warten Sie, bis er fertig ist, und bauen Sie dann neu; hängt er, beenden Sie diesen Prozess")},
	}
}

// recoverRenames puts right what a process left that died between the renames
// which stand for an exchange: the old tree was put aside and belongs back where
// it was, or it was already replaced and becomes the spare.
func recoverRenames(d disk, at place) error {
	if _, err := d.stat(at.parked); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return cannot(toRead, at.parked, err)
	}
	_, err := d.stat(at.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return cannot(toPublish, at.dir, d.rename(at.parked, at.dir))
	}
	if err != nil {
		return cannot(toRead, at.dir, err)
	}
	if err := d.removeAll(at.spare); err != nil {
		return cannot(toRemove, at.spare, err)
	}
	return cannot(toPublish, at.spare, d.rename(at.parked, at.spare))
}
