//go:build unix

package main

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// read reads all files below a folder.
func read(dir string) (files, error) {
	all := files{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		all[filepath.ToSlash(name)] = string(text)
		return err
	})
	return all, err
}

// write makes the project hold these files and no others.
func (s *soak) write(all files) {
	for name := range s.now {
		if _, stays := all[name]; !stays {
			s.must(os.Remove(s.path(name)))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if before, there := s.now[name]; !there || before != all[name] {
			s.must(put(s.path(name), all[name]))
		}
	}
	s.now = all
}

func (s *soak) path(name string) string { return filepath.Join(s.project, filepath.FromSlash(name)) }

// put saves as careful editors do: beside the file, and then in its place.
func put(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	beside := filepath.Join(filepath.Dir(path), ".saving~")
	if err := os.WriteFile(beside, []byte(text), 0o644); err != nil {
		return err
	}
	return os.Rename(beside, path)
}

// must ends a run that cannot work at all.
func (s *soak) must(err error) {
	if err != nil {
		s.find("the soak itself failed: %v", err)
	}
}

// differ lists what two folders do not share.
func differ(a, b files) []string {
	var names []string
	for name, text := range a {
		if other, there := b[name]; !there || other != text {
			names = append(names, name)
		}
	}
	for name := range b {
		if _, there := a[name]; !there {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names[:min(5, len(names))]
}
