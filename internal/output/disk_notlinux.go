//go:build !linux

package output

import (
	"io/fs"
	"os"
)

func listFolder(path string) ([]entry, fs.FileMode, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	found, err := f.ReadDir(-1)
	if err != nil {
		return nil, 0, err
	}
	entries := make([]entry, len(found))
	for i, e := range found {
		entries[i] = entry{e.Name(), e.Type()}
	}
	return entries, info.Mode().Perm(), nil
}
