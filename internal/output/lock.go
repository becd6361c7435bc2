package output

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"bilanz/internal/diag"
)

// lock is a file that one builder at a time has locked. The kernel releases it
// when that process ends, however it ends; the file then stays, and says nothing.
type lock struct {
	file     *os.File
	path     string
	unlocked diag.Text // why it keeps nobody out; zero where it does
	stays    bool      // the system does not remove an open file
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

// lockMark begins every lock of ours.
const lockMark = "bilanz\n"

// tryLock gives nil where another builder has the lock. A file of this name that is not
// ours is refused: to lock it would empty it.
func tryLock(d disk, path string) (*lock, error) {
	if err := d.ask("lock", path); err != nil {
		return nil, err
	}
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, notOurs(path)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|noFollow, fileMode)
	if err != nil {
		return nil, err
	}
	l := &lock{file: f, path: path, stays: d.keepsLock}
	got, err := d.lock(f)
	if isUnlockable(err) {
		l.unlocked = diag.Say("the drive of %s has no locks; let no other build write there at the same time",
			"das Laufwerk von %s kennt keine Sperren; lassen Sie keinen anderen Lauf gleichzeitig dorthin schreiben",
			shown(path))
		got, err = true, nil
	}
	if err == nil && got && stillThere(f, path) {
		if err = l.sign(); err == nil {
			return l, nil
		}
	}
	f.Close()
	return nil, err
}

// sign writes who holds the lock, where nobody else wrote. That is a courtesy: a full disk
// must not stop a build here.
func (l *lock) sign() error {
	begin := make([]byte, len(lockMark))
	if n, _ := io.ReadFull(l.file, begin); n > 0 && string(begin[:n]) != lockMark {
		return notOurs(l.path)
	}
	if l.file.Truncate(0) == nil {
		host, _ := os.Hostname()
		fmt.Fprintf(writerAt{l.file}, "%s%d\n%s\n%s\n", lockMark, os.Getpid(), host, time.Now().Format(time.DateTime))
	}
	return nil
}

// writerAt writes from the beginning of a file, wherever it was read to.
type writerAt struct{ io.WriterAt }

func (w writerAt) Write(text []byte) (int, error) { return w.WriteAt(text, 0) }

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
	if !l.stays && stillThere(l.file, l.path) {
		os.Remove(l.path) // while it is ours; Windows refuses, and the file stays
	}
	l.file.Close()
}

// busy names the builder that has the lock.
func busy(at place) error {
	text := diag.Say("another build is writing to %s", "ein anderer Lauf schreibt gerade nach %s", shown(at.dir))
	if holder, err := os.ReadFile(at.lock); err == nil {
		if lines := strings.Split(strings.TrimPrefix(string(holder), lockMark), "\n"); len(lines) == 4 {
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
	parked := &spare{disk: d, dir: at.parked}
	if err := parked.exists(); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return cannot(toRead, at.parked, err)
	}
	if err := parked.look(); err != nil {
		return err
	}
	_, err := d.stat(at.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return cannot(toPublish, at.dir, d.rename(at.parked, at.dir))
	}
	if err != nil {
		return cannot(toRead, at.dir, err)
	}
	if err := discard(d, at.spare); err != nil {
		return err
	}
	return cannot(toPublish, at.spare, d.rename(at.parked, at.spare))
}

// discard removes a spare, if it is ours.
func discard(d disk, dir string) error {
	stale := &spare{disk: d, dir: dir}
	err := stale.exists()
	if err == nil {
		if err = stale.look(); err == nil {
			err = d.removeAll(dir)
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return cannot(toRemove, dir, err)
}
