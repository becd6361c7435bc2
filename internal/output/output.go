// Package output brings finished files to a disk, all or nothing.
//
// A build writes into a spare tree beside the output (".public.spare" for
// "public"). When every file is there, the two trees change places in one step.
// Whoever reads, at any moment and after any accident, reads the old or the new
// site, each file whole. The rules:
//
//   - One builder at a time: a lock beside the output, released by the kernel
//     when its holder dies, with the holder's name in it.
//   - "Equal" is found by reading the published file and comparing every byte,
//     not by its date: that costs no more than computing a hash, and a file that
//     somebody edited by hand is healed by the next build. A file of the wrong
//     mode, a link, or one that cannot be read counts as changed.
//   - All equal: nothing is written, not even the spare.
//   - An equal file is hard-linked into the spare, so a file with a second name
//     is never written into. Nor is one that a reader has open.
//   - What lies in the spare is never trusted: it is the published file itself
//     (the same inode), or it is written anew. So the spare needs no recovery.
//   - The old tree becomes the next spare, and its stale files are written over
//     in place where nobody can be reading them: ext4 takes ten times longer to
//     create a file for a while after as many were deleted.
//   - Before the exchange everything is on the disk, by one sync of the file
//     system. After it nothing need be: after a power cut either site is whole.
//   - files.json lists what is ours. Whatever else lies in the output is foreign
//     and is never moved, changed or deleted; where there is any, and where the
//     output is a mount point, publishing goes file by file, each whole. An
//     empty folder holds nothing that could be lost and is not kept.
//   - Beside the output it is the same: a spare has a mark in it or a list of its
//     own, a lock says whose it is. What bears one of these names and has neither
//     is somebody's, and a build refuses to begin. No link is followed, but for
//     the output itself.
//   - Folders have mode 0755 and files 0644 whatever the umask. The output holds
//     no links.
package output

import (
	"context"
	"crypto/sha256"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/parallel"
)

// Options says where a site goes.
type Options struct {
	Dir     string        // the output folder, as given: relative to the working directory
	Project string        // the root of the project; the output may not be or contain it
	Sources []string      // folders that authors write in; the output may not be, contain or lie inside one
	Wait    time.Duration // how long to wait for another builder

	disk disk // for tests: what is told of every operation
}

// Summary says what publishing did. Files and Bytes are those of the whole site,
// without its files.json.
type Summary struct {
	Files, Changed, Added, Removed int
	Bytes                          int64
	Exchanged                      bool      // old and new tree changed places
	FileByFile                     bool      // or else one file after the other, for the reason that Note says
	Note                           diag.Text // zero unless FileByFile
	Unlocked                       diag.Text // why no lock kept other builders out; zero where one did
}

// Check refuses an output folder that must not be written to. It looks and
// changes nothing, so that a mistyped --out is found before anything is read.
func Check(o Options) error {
	at, err := locate(o)
	if err != nil {
		return err
	}
	_, err = readList(o.disk, at)
	return err
}

// Tree is a site on its way to the disk. Write may be called from several
// goroutines; Publish and Close come after the last Write.
type Tree struct {
	disk  disk
	at    place
	lock  *lock
	old   list // the published site
	spare *spare

	mu     sync.Mutex
	names  names
	files  map[string]file
	failed error // the first error of a Write: such a tree is not published

	waiting  int  // bytes written since the disk was last asked to take them
	flushing bool // it is being asked
	flushes  parallel.Group
}

// file is one file of the new site.
type file struct {
	sum  [sha256.Size]byte
	size int64
	same bool // equal to the published one, and not in the spare yet
}

// Open takes the lock, waiting for another builder no longer than o.Wait, and
// puts right what an interrupted build left.
func Open(ctx context.Context, o Options) (*Tree, error) {
	at, err := locate(o)
	if err != nil {
		return nil, err
	}
	lock, err := takeLock(ctx, o.disk, at, o.Wait)
	if err != nil {
		return nil, err
	}
	t := &Tree{disk: o.disk, at: at, lock: lock, names: newNames(), files: map[string]file{}}
	if err := recoverRenames(t.disk, at); err != nil {
		lock.release()
		return nil, err
	}
	if t.old, err = readList(t.disk, at); err != nil {
		lock.release()
		return nil, err
	}
	t.spare = &spare{disk: t.disk, dir: at.spare, parent: at.parent, published: t.old}
	return t, nil
}

// Published lists the files of the published site, slash-separated and from its
// root, in no order; none where there is no site yet.
func (t *Tree) Published() []string { return slices.Collect(maps.Keys(t.old.sums)) }

// Write takes in one file of the new site. It does not keep data. The path is
// slash-separated and relative; two paths may not differ only in case, since
// they would be one file on many disks.
func (t *Tree) Write(path string, data []byte) error {
	t.mu.Lock()
	err := t.names.claim(path)
	t.mu.Unlock()
	if err != nil {
		return t.fail(err)
	}
	f := file{size: int64(len(data))}
	old, known := t.old.sums[path]
	f.same = known && t.disk.holds(t.at.file(path), data)
	if f.same {
		f.sum = old
	} else {
		f.sum = sha256.Sum256(data)
	}
	if !f.same {
		if err := t.spare.write(path, data); err != nil {
			return t.fail(err)
		}
		t.flushAhead(len(data))
	}
	t.mu.Lock()
	t.files[path] = f
	t.mu.Unlock()
	return nil
}

// flushEvery is how many bytes of a large site wait for the disk. A small site is
// flushed once, before the exchange.
const flushEvery = 16 << 20

// flushAhead lets the disk take what was written while further pages are made, so
// that little is left for the sync before the exchange: with 170 MB that took a
// third of the build. An error shows there again.
func (t *Tree) flushAhead(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.waiting += n
	if t.waiting < flushEvery || t.flushing {
		return
	}
	t.waiting, t.flushing = 0, true
	t.flushes.Go(func() {
		_ = syncAll(t.at.spare)
		t.mu.Lock()
		t.flushing = false
		t.mu.Unlock()
	})
}

func (t *Tree) fail(err error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.failed == nil {
		t.failed = err
	}
	return err
}

// Close gives up what was not published and lets the next builder in. The
// published site stays as it is.
func (t *Tree) Close() error {
	if t.lock == nil {
		return nil
	}
	t.flushes.Wait()
	// A full disk gets back what this build took from it.
	if t.spare.ours && (t.at.inside || errors.Is(t.failed, errDiskFull)) {
		t.disk.removeAll(t.at.spare)
	}
	t.lock.release()
	t.lock = nil
	return nil
}
