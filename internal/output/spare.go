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
	disk      disk
	dir       string
	parent    string
	published list // what was listed may lie here, too

	once   sync.Once
	err    error
	ours   bool       // it was looked through, and bears our mark
	making sync.Mutex // held while way is made for a file; mu is not, since that takes the disk some time
	mu     sync.Mutex
	files  map[string]bool // what lay there, and what was put there
	dirs   map[string]bool
	modes  map[string]fs.FileMode // of the folders that lay there, the root among them
	odd    []string               // what lay there and is neither file nor folder
}

func (s *spare) at(p string) string { return filepath.Join(s.dir, filepath.FromSlash(p)) }

// markName is a file in the root of a tree that is being filled: all that lies there is
// ours. A finished tree has its files.json instead.
const markName = ownPrefix + "mark"

// prepare finds out what lies in the spare and whose it is, and only then takes away what
// is neither a folder nor a file: a link could lead the writing elsewhere.
func (s *spare) prepare() error {
	s.once.Do(func() {
		for _, step := range []func() error{s.root, s.look, s.settle, s.mark, s.tidy} {
			if s.err = step(); s.err != nil {
				return
			}
		}
	})
	return s.err
}

func (s *spare) root() error {
	err := s.exists()
	if errors.Is(err, fs.ErrNotExist) {
		err = s.disk.mkdir(s.dir)
	}
	return cannot(toMakeFolder, s.dir, err)
}

// exists refuses what is no folder.
func (s *spare) exists() error {
	info, err := s.disk.stat(s.dir)
	if err == nil && !info.IsDir() {
		return notOurs(s.dir)
	}
	return err
}

// look lists what lies in the tree, and refuses it where anything is not ours. It changes
// nothing.
func (s *spare) look() error {
	s.files, s.dirs, s.modes, s.odd = map[string]bool{}, map[string]bool{}, map[string]fs.FileMode{}, nil
	if err := s.walk(""); err != nil {
		return err
	}
	foreign, err := s.foreign()
	if err == nil && foreign != "" {
		return notOurs(foreign)
	}
	return err
}

func (s *spare) walk(dir string) error {
	entries, mode, err := s.disk.list(s.at(dir))
	if err != nil {
		return cannot(toRead, s.at(dir), err)
	}
	s.modes[dir] = mode
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
			s.odd = append(s.odd, p)
		}
	}
	return nil
}

// foreign names something in the tree that is not ours, or the tree itself where nothing
// says whose it is; "" where all is ours. Empty folders are nobody's.
func (s *spare) foreign() (string, error) {
	if s.files[markName] || len(s.files)+len(s.odd) == 0 {
		return "", nil
	}
	if !s.files[listName] {
		return s.dir, nil
	}
	raw, err := s.disk.read(s.at(listName))
	if err != nil {
		return "", cannot(toRead, s.at(listName), err)
	}
	own, ok := parseList(raw)
	if !ok {
		return s.dir, nil
	}
	for _, p := range slices.Concat(slices.Sorted(maps.Keys(s.files)), s.odd) {
		_, listed := own.sums[p]
		if !listed && p != listName && !own.dirs[p] && !strings.HasPrefix(p, ownPrefix) && !s.wasPublished(p) {
			return s.at(p), nil
		}
	}
	return "", nil
}

// wasPublished reports whether a file is what the published site has in its place: somebody
// had laid it there by hand, before the site brought it itself.
func (s *spare) wasPublished(p string) bool {
	sum, listed := s.published.sums[p]
	if !listed || !s.files[p] {
		return false
	}
	data, err := s.disk.read(s.at(p))
	return err == nil && sha256.Sum256(data) == sum
}

// settle waits until the last exchange is on the disk. The files here were the published
// ones before it, and after a power cut would be again: only then may they be written over.
func (s *spare) settle() error {
	if len(s.files) == 0 {
		return nil
	}
	return cannot(toWrite, s.parent, s.disk.syncNames(s.parent))
}

func (s *spare) mark() error {
	if !s.files[markName] {
		if err := s.disk.create(s.at(markName), nil); err != nil {
			return cannot(toWrite, s.at(markName), err)
		}
		s.files[markName] = true
	}
	s.ours = true
	return nil
}

// unmark ends the filling: from here on the tree has its list.
func (s *spare) unmark() error {
	return cannot(toRemove, s.at(markName), s.disk.remove(s.at(markName)))
}

func (s *spare) tidy() error {
	for _, dir := range slices.Sorted(maps.Keys(s.modes)) {
		if err := s.disk.setMode(s.at(dir), s.modes[dir]); err != nil {
			return cannot(toWrite, s.at(dir), err)
		}
	}
	for _, p := range s.odd {
		if err := s.disk.remove(s.at(p)); err != nil {
			return cannot(toRemove, s.at(p), err)
		}
	}
	return nil
}

// notOurs refuses to touch what bears a name that bilanz works with, and is not by bilanz.
func notOurs(path string) error {
	return refuse("output-beside", diag.Say("%s is not by bilanz, but lies where bilanz prepares the new site; "+
		"it was left as it is", "%s ist nicht von bilanz, liegt aber dort, wo bilanz die neue Website vorbereitet; "+
		"es blieb, wie es ist", shown(path)),
		diag.Say("move it somewhere else, or delete it, then build again",
			"verschieben Sie es anderswohin, oder löschen Sie es, und bauen Sie dann neu"),
		diag.Say("choose another folder with --out", "wählen Sie mit --out einen anderen Ordner"))
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
		if _, stays := files[p]; stays || p == listName || p == markName {
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
