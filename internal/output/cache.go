package output

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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
type Cache struct {
	dir   string
	limit int64

	mu      sync.Mutex
	size    int64 // of all entries; -1 until they were counted
	entries int   // written by this process, to name them
}

// NewCache uses a folder as a cache of so many bytes. The folder is made with
// the first entry.
func NewCache(dir string, limit int64) *Cache { return &Cache{dir: dir, limit: limit, size: -1} }

// touchAfter is how old an entry's time of last use may be.
const touchAfter = time.Hour

// Get gives what was put in under a key.
func (c *Cache) Get(key string) ([]byte, bool) {
	name := c.name(key)
	entry, err := os.ReadFile(name)
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

// write makes the entry under another name first, so that nobody reads half of
// it.
func (c *Cache) write(name string, sum [sha256.Size]byte, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), dirMode); err != nil {
		return err
	}
	c.entries++
	half := fmt.Sprintf("%s.%d.%d%s", name, os.Getpid(), c.entries, unfinished)
	if err := os.WriteFile(half, append(sum[:], data...), fileMode); err != nil {
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
