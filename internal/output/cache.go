package output

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Cache keeps what is dear to make and can be made again. Deleting or damaging
// it changes nothing but the time a build takes: what does not bear its own
// checksum was never there, and no error ever reaches the build. Several
// processes may use one at once.
//
// The checksum finds damage, and no intent: whoever can write here makes pictures say
// what they like. So a cache is the user's own and nobody else's; see [OpenCache].
type Cache struct {
	dir   string
	limit int64

	mu      sync.Mutex
	size    int64 // of all entries; -1 until they were counted
	entries int   // written by this process, to name them
}

// UserCache is where the drawings of all projects are kept; "" where a user has no such
// folder.
func UserCache() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "bilanz")
}

// OpenCache uses a folder as a cache of so many bytes. It gives nil where others could have
// put something there: where the folder lies in the project, whose files come from many
// people, belongs to another user, or may be written to by others.
func OpenCache(dir, project string, limit int64) *Cache {
	dir, err := resolve(dir)
	if err != nil {
		return nil
	}
	if project, err = resolve(project); err != nil || within(dir, project) {
		return nil
	}
	switch info, err := os.Lstat(dir); {
	case isMissing(err): // it is made with the first entry, and is ours then
	case err != nil, !info.IsDir(), !belongsToUser(info):
		return nil
	}
	return NewCache(dir, limit)
}

// NewCache uses a folder as a cache of so many bytes. The folder is made with
// the first entry.
func NewCache(dir string, limit int64) *Cache { return &Cache{dir: dir, limit: limit, size: -1} }

// touchAfter is how old an entry's time of last use may be.
const touchAfter = time.Hour

// Get gives what was put in under a key.
func (c *Cache) Get(key string) ([]byte, bool) {
	name := c.name(key)
	entry, err := readEntry(name)
	if err != nil || len(entry) < sha256.Size {
		return nil, false
	}
	sum, data := entry[:sha256.Size], entry[sha256.Size:]
	if want := entrySum(key, data); !bytes.Equal(sum, want[:]) {
		os.Remove(name)
		return nil, false
	}
	if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > touchAfter {
		os.Chtimes(name, time.Time{}, time.Now())
	}
	return data, true
}

// readEntry reads a file, and waits for none that is a pipe.
func readEntry(name string) ([]byte, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|noFollow, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, fs.ErrInvalid
	}
	entry := make([]byte, info.Size())
	_, err = io.ReadFull(f, entry)
	return entry, err
}

// Put takes data in, and makes room by what was not used for the longest time.
func (c *Cache) Put(key string, data []byte) {
	size := int64(len(data) + sha256.Size)
	if size > c.limit {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.makeRoom(size)
	if c.write(c.name(key), entrySum(key, data), data) == nil {
		c.size += size
	}
}

// entrySum binds data to its key, so that a file under a wrong name is no hit.
func entrySum(key string, data []byte) [sha256.Size]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%d\n%s", len(key), key)
	h.Write(data)
	return [sha256.Size]byte(h.Sum(nil))
}

func (c *Cache) name(key string) string {
	sum := sha256.Sum256([]byte(key))
	digits := hex.EncodeToString(sum[:])
	return filepath.Join(c.dir, digits[:2], digits[2:])
}

const unfinished = ".new"

// What the user alone may read and write.
const (
	ownFolder fs.FileMode = 0o700
	ownFile   fs.FileMode = 0o600
)

// write makes the entry under another name first, so that nobody reads half of
// it.
func (c *Cache) write(name string, sum [sha256.Size]byte, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), ownFolder); err != nil {
		return err
	}
	c.entries++
	half := fmt.Sprintf("%s.%d.%d%s", name, os.Getpid(), c.entries, unfinished)
	if err := os.WriteFile(half, append(sum[:], data...), ownFile); err != nil {
		os.Remove(half)
		return err
	}
	if err := os.Rename(half, name); err != nil {
		os.Remove(half)
		return err
	}
	return nil
}

// makeRoom counts the entries once, and again whenever they seem to be too many;
// then it removes the oldest, a fifth more than needed.
func (c *Cache) makeRoom(size int64) {
	if c.size >= 0 && c.size+size <= c.limit {
		return
	}
	type entry struct {
		name string
		size int64
		used time.Time
	}
	var all []entry
	c.size = 0
	filepath.WalkDir(c.dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || len(e.Name()) < hex.EncodedLen(sha256.Size-1) {
			return nil // not an entry
		}
		info, err := e.Info()
		switch {
		case err != nil:
		case strings.HasSuffix(name, unfinished) && time.Since(info.ModTime()) > touchAfter:
			os.Remove(name) // of a process that died
		default:
			all = append(all, entry{name, info.Size(), info.ModTime()})
			c.size += info.Size()
		}
		return nil
	})
	if c.size+size <= c.limit {
		return
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Or(a.used.Compare(b.used), cmp.Compare(a.name, b.name)) })
	for _, e := range all {
		if c.size+size <= c.limit-c.limit/5 {
			return
		}
		if os.Remove(e.name) == nil {
			c.size -= e.size
		}
	}
}
