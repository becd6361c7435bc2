// Package drawn keeps what takes long to make: drawings and workbooks. The key of one names
// all that it is made from, so that no change to it can bring an old one back.
package drawn

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"runtime/debug"
	"strings"
	"sync"

	thirdparty "bilanz/static/third-party"
)

// A Cache keeps what was drawn. Whoever gets something out checks it: damage is a miss.
type Cache interface {
	Get(key string) ([]byte, bool)
	Put(key string, data []byte)
}

// Kept gives what lies under a key, or else makes it and puts it there, with its sum. The
// cache may be nil.
func Kept(cache Cache, key string, make func() ([]byte, error)) ([]byte, error) {
	if cache == nil {
		return make()
	}
	if data, ok := cache.Get(key); ok && len(data) >= sha256.Size {
		if made := data[sha256.Size:]; sha256.Sum256(made) == [sha256.Size]byte(data) {
			return made, nil
		}
	}
	made, err := make()
	if err == nil {
		sum := sha256.Sum256(made)
		cache.Put(key, append(sum[:], made...))
	}
	return made, err
}

// Tools makes keys. It stands for everything but its subject that a drawing depends on.
type Tools struct{ sum func() []byte }

// With returns the tools of which these are the sources: those of the package that draws
// and of those that it draws with. The Go files in them are hashed with the first key, a
// hundred kilobytes; a constant made beforehand would be faster and could be forgotten.
// The megabyte of engine and fonts stands in LOCK with its hashes.
func With(sources ...embed.FS) Tools {
	return Tools{sync.OnceValue(func() []byte {
		h := sha256.New()
		put(h, string(thirdparty.Lock))
		for _, files := range sources {
			putSources(h, files)
		}
		if info, ok := debug.ReadBuildInfo(); ok {
			put(h, info.GoVersion)
			for _, module := range info.Deps { // goja, go-echarts, x/image and what they need
				put(h, module.Path, module.Version)
			}
		}
		return h.Sum(nil)
	})}
}

func putSources(h hash.Hash, files embed.FS) {
	entries, _ := files.ReadDir(".") // what is embedded can be read
	for _, entry := range entries {
		if name := entry.Name(); !strings.HasSuffix(name, "_test.go") {
			text, _ := files.ReadFile(name)
			put(h, name, string(text))
		}
	}
}

// Key names a drawing by the texts that say what it shows.
func (t Tools) Key(texts ...string) string {
	h := sha256.New()
	put(h, string(t.sum()))
	put(h, texts...)
	return hex.EncodeToString(h.Sum(nil))
}

// put hashes texts with their lengths, so that none can run into the next.
func put(h hash.Hash, texts ...string) {
	for _, text := range texts {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(text)))
		h.Write(length[:])
		h.Write([]byte(text))
	}
}

// Memory keeps drawings for one process, so that a site that is built again and again does
// not read them from a disk each time. It is safe for concurrent use.
type Memory struct {
	Under Cache // which keeps them for longer; nil for none

	mu   sync.Mutex
	kept map[string][]byte
	size int
}

// mostMemory is how many bytes of drawings are kept. Past it all are forgotten: those that
// are still drawn are back after one build.
const mostMemory = 48 << 20

// Get gives what was put in under a key, here or below. Nobody changes it.
func (m *Memory) Get(key string) ([]byte, bool) {
	m.mu.Lock()
	data, ok := m.kept[key]
	m.mu.Unlock()
	if ok || m.Under == nil {
		return data, ok
	}
	if data, ok = m.Under.Get(key); ok {
		m.keep(key, data)
	}
	return data, ok
}

// Put takes data in, here and below.
func (m *Memory) Put(key string, data []byte) {
	m.keep(key, bytes.Clone(data))
	if m.Under != nil {
		m.Under.Put(key, data)
	}
}

func (m *Memory) keep(key string, data []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.size += len(data) - len(m.kept[key])
	if m.kept == nil || m.size > mostMemory {
		m.kept, m.size = map[string][]byte{}, len(data)
	}
	m.kept[key] = data
}
