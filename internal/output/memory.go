package output

import (
	"bytes"
	"maps"
	"slices"
	"sync"
)

// Memory is a site that is kept in memory, such as that of a preview. The zero Memory
// is empty and ready; it is safe for concurrent use.
type Memory struct {
	mu    sync.Mutex
	names names
	files map[string][]byte
}

// Write takes in one file. It refuses the names that [Tree.Write] refuses, so that what
// can be previewed can be published.
func (m *Memory) Write(path string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files == nil {
		m.names, m.files = newNames(), map[string][]byte{}
	}
	if err := m.names.claim(path); err != nil {
		return err
	}
	m.files[path] = bytes.Clone(data)
	return nil
}

// File gives a file of the site.
func (m *Memory) File(path string) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.files[path]
	return data, ok
}

// Paths lists the files of the site by name.
func (m *Memory) Paths() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.files))
}

// Same reports whether two sites hold the same files with the same bytes.
func (m *Memory) Same(other *Memory) bool {
	paths := m.Paths()
	return slices.Equal(paths, other.Paths()) && !slices.ContainsFunc(paths, func(path string) bool {
		mine, _ := m.File(path)
		others, _ := other.File(path)
		return !bytes.Equal(mine, others)
	})
}
