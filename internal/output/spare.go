package output

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"bilanz/internal/diag"
)

// spare is the tree that the new site grows in. Nothing is done to it before the
// first file that differs from the published one.
type spare struct {
	disk   disk
	dir    string
	parent string

	once   sync.Once
	err    error
	making sync.Mutex // held while way is made for a file; mu is not, since that takes the disk some time
	mu     sync.Mutex
	files  map[string]bool // what lay there, and what was put there
	dirs   map[string]bool
}

func (s *spare) at(p string) string { return filepath.Join(s.dir, filepath.FromSlash(p)) }

// prepare finds out what lies in the spare, and takes away what is neither a
// folder nor a file: a link could lead the writing elsewhere.
func (s *spare) prepare() error {
	s.once.Do(func() {
		s.files, s.dirs = map[string]bool{}, map[string]bool{}
		s.err = s.root()
		if s.err == nil {
			s.err = s.walk("")
		}
		if s.err == nil && len(s.files) > 0 {
			// The files here were the published ones before the last exchange, and
			// after a power cut would be again, unless that is on the disk: only
			// then may they be written over.
			s.err = cannot(toWrite, s.parent, s.disk.syncNames(s.parent))
		}
	})
	return s.err
}

func (s *spare) root() error {
	info, err := s.disk.stat(s.dir)
	if err == nil && !info.IsDir() {
		if err := s.disk.remove(s.dir); err != nil {
			return cannot(toRemove, s.dir, err)
		}
		err = fs.ErrNotExist
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = s.disk.mkdir(s.dir)
	}
	return cannot(toMakeFolder, s.dir, err)
}

func (s *spare) walk(dir string) error {
	entries, mode, err := s.disk.list(s.at(dir))
	if err != nil {
		return cannot(toRead, s.at(dir), err)
	}
	if err := s.disk.setMode(s.at(dir), mode); err != nil {
		return cannot(toWrite, s.at(dir), err)
	}
	for _, e := range entries {
		p := path.Join(dir, e.name)
		switch {
		case e.mode.IsDir():
			s.dirs[p] = true
			if err := s.walk(p); err != nil {
				return err
			}
		case e.mode.IsRegular():
			s.files[p] = true
		default:
			if err := s.disk.remove(s.at(p)); err != nil {
				return cannot(toRemove, s.at(p), err)
			}
		}
	}
	return nil
}

// write puts a file into the spare, whatever lay there.
func (s *spare) write(p string, data []byte) error {
	if err := s.prepare(); err != nil {
		return err
	}
	if s.has(p) {
		if s.disk.overwrite(s.at(p), data) {
			return nil
		}
		if err := s.disk.remove(s.at(p)); err != nil {
			return cannot(toRemove, s.at(p), err)
		}
	}
	if err := s.clear(p); err != nil {
		return err
	}
	if err := s.disk.create(s.at(p), data); err != nil {
		return cannot(toWrite, s.at(p), err)
	}
	s.put(p)
	return nil
}

// keep brings a published file that did not change into the spare.
func (s *spare) keep(p, published string, sum [sha256.Size]byte) error {
	if s.has(p) && s.disk.same(s.at(p), published) {
		return nil
	}
	if !s.has(p) {
		if err := s.clear(p); err != nil {
			return err
		}
		if s.disk.link(published, s.at(p)) == nil {
			s.put(p)
			return nil
		}
	}
	// Another file lies there, or the file system has no hard links. To fill a
	// stale file costs a sixth of removing it and linking.
	data, err := s.disk.read(published)
	if err != nil {
		return cannot(toRead, published, err)
	}
	if sha256.Sum256(data) != sum {
		return &Error{
			Kind: Failed, Code: "output-changed", Err: fs.ErrInvalid,
			Text: diag.Say("%s changed while the site was built",
				"%s hat sich geändert, während die Website gebaut wurde", shown(published)),
			Ways: []diag.Text{diag.Say("build again, and let nothing else write there",
				"bauen Sie neu, und lassen Sie nichts anderes dorthin schreiben")},
		}
	}
	if s.has(p) && s.disk.holds(s.at(p), data) {
		return nil
	}
	return s.write(p, data)
}

func (s *spare) has(p string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.files[p]
}

func (s *spare) put(p string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[p] = true
}

// clear makes way for a file: its folders, and nothing in its place.
func (s *spare) clear(p string) error {
	s.making.Lock()
	defer s.making.Unlock()
	if s.hasFolder(p) {
		if err := s.drop(p); err != nil {
			return err
		}
	}
	return s.folder(path.Dir(p))
}

func (s *spare) hasFolder(p string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dirs[p]
}

// folder makes a folder and those above it. It is called with making locked.
func (s *spare) folder(dir string) error {
	if dir == "." || s.hasFolder(dir) {
		return nil
	}
	if err := s.folder(path.Dir(dir)); err != nil {
		return err
	}
	if s.has(dir) {
		if err := s.drop(dir); err != nil {
			return err
		}
	}
	if err := s.disk.mkdir(s.at(dir)); err != nil {
		return cannot(toMakeFolder, s.at(dir), err)
	}
	s.mu.Lock()
	s.dirs[dir] = true
	s.mu.Unlock()
	return nil
}

// drop removes a stale file or folder. It is called with making locked.
func (s *spare) drop(p string) error {
	if err := s.disk.removeAll(s.at(p)); err != nil {
		return cannot(toRemove, s.at(p), err)
	}
	below := func(q string, _ bool) bool { return q == p || strings.HasPrefix(q, p+"/") }
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.files, below)
	maps.DeleteFunc(s.dirs, below)
	return nil
}

// sweep removes everything but these files and their folders.
func (s *spare) sweep(files map[string]file, dirs map[string]bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range slices.Sorted(maps.Keys(s.files)) {
		if _, stays := files[p]; stays || p == listName {
			continue
		}
		if err := s.disk.remove(s.at(p)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return cannot(toRemove, s.at(p), err)
		}
		delete(s.files, p)
	}
	stale := slices.Sorted(maps.Keys(s.dirs))
	slices.Reverse(stale) // what lies deeper comes first
	for _, p := range stale {
		if dirs[p] {
			continue
		}
		if err := s.disk.remove(s.at(p)); err != nil {
			return cannot(toRemove, s.at(p), err)
		}
		delete(s.dirs, p)
	}
	return nil
}
