package edit

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/output"
)

// Protected says that a file may not be written to, or its folder.
type Protected struct {
	Place  diag.Place
	Folder bool
}

func (p *Protected) Error() string { return p.Place.String() + ": it is protected against writing" }

// Half says which files hold what is new although not all could be changed.
type Half struct {
	Paths []string
	Err   error
}

func (h *Half) Error() string {
	return fmt.Sprintf("%v; %s were changed", h.Err, strings.Join(h.Paths, ", "))
}

func (h *Half) Unwrap() error { return h.Err }

// Write puts changes on the disk, all or none: first everything is prepared beside each
// file, which shows whether there is room and a right to write; then each new file takes
// the place of the old one in one step. Where that fails in between, what was done is
// taken back. It gives [Changed] when a file no longer holds what its change was made
// from; then it holds what others saved.
func Write(dir string, changes []Change) error { return write(dir, changes, func() {}) }

// write calls meanwhile between any two steps, for tests: others save at every moment.
func write(dir string, changes []Change, meanwhile func()) error {
	var all []*writing
	defer func() {
		for _, w := range all {
			w.drop()
		}
	}()
	for _, c := range changes {
		w, err := c.prepare(dir, meanwhile)
		if err != nil {
			return err
		}
		all = append(all, w)
	}
	for i, w := range all {
		if err := w.place(meanwhile); err != nil {
			return takeBack(all[:i], err)
		}
	}
	return nil
}

// takeBack undoes what was done, the last first, and says where that was not possible.
func takeBack(done []*writing, because error) error {
	half := &Half{Err: because}
	for i := len(done) - 1; i >= 0; i-- {
		changed := (*Changed)(nil) // who saved since keeps what they saved
		if err := done[i].undo(); err != nil && !errors.As(err, &changed) {
			half.Paths = append(half.Paths, done[i].Path)
		}
	}
	if len(half.Paths) > 0 {
		return half
	}
	return because
}

// writing is a change on its way to the disk.
type writing struct {
	Change
	path  string // of the file itself, not of a link to it
	spare string // the new file, beside it; "" where the file has to be written where it lies
}

func (c Change) prepare(dir string, meanwhile func()) (*writing, error) {
	if c.Delete {
		return c.prepareDelete(dir, meanwhile)
	}
	// A link stays a link; what it leads to is changed.
	path, err := filepath.EvalSymlinks(file(dir, c.Path))
	if errors.Is(err, fs.ErrNotExist) && c.Old == nil {
		w := &writing{Change: c, path: file(dir, c.Path)}
		meanwhile()
		return w, w.fill(0o644, nil)
	}
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if nobodyMayWrite(info) || !mayWrite(path) {
		return nil, &Protected{Place: diag.File(c.Path)}
	}
	w := &writing{Change: c, path: path}
	meanwhile()
	if names(info) > 1 {
		return w, nil
	}
	return w, w.fill(info.Mode(), info)
}

// prepareDelete finds a name beside the file under which it lies until all was done. A link
// is not deleted: what it leads to would stay.
func (c Change) prepareDelete(dir string, meanwhile func()) (*writing, error) {
	w := &writing{Change: c, path: file(dir, c.Path)}
	info, err := os.Lstat(w.path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, c.changed()
	case nobodyMayWrite(info):
		return nil, &Protected{Place: diag.File(c.Path)}
	}
	meanwhile()
	return w, w.fill(info.Mode(), nil)
}

// nobodyMayWrite is asked besides the system, which lets an administrator write anywhere.
func nobodyMayWrite(info fs.FileInfo) bool { return info.Mode().Perm()&0o222 == 0 }

// mayWrite opens a file and changes nothing.
func mayWrite(path string) bool {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return !errors.Is(err, fs.ErrPermission)
	}
	f.Close()
	return true
}

// fill writes the new file beside the old one. Where it cannot get the old one's owner, it
// is not used.
func (w *writing) fill(mode fs.FileMode, like fs.FileInfo) error {
	folder := filepath.Dir(w.path)
	if info, err := os.Stat(folder); err == nil && nobodyMayWrite(info) {
		return &Protected{Place: diag.File(w.Path), Folder: true}
	}
	f, err := os.CreateTemp(folder, ".bilanz-fix-*")
	if errors.Is(err, fs.ErrPermission) {
		return &Protected{Place: diag.File(w.Path), Folder: true}
	}
	if err != nil {
		return err
	}
	w.spare = f.Name()
	kept := like == nil || keepOwner(f, like) == nil
	_, err = f.Write(w.New)
	if err = errors.Join(err, f.Chmod(mode.Perm()), f.Sync(), f.Close()); err != nil || !kept {
		w.drop()
	}
	return err
}

func (w *writing) drop() {
	if w.spare != "" {
		os.Remove(w.spare) // what is not wanted, once both have changed places
		w.spare = ""
	}
}

// place puts the new file where the old one is, if that holds what it held.
func (w *writing) place(meanwhile func()) error {
	meanwhile()
	if w.Delete {
		return w.moveAway(meanwhile)
	}
	if w.Old == nil && w.spare != "" {
		if _, err := os.Lstat(w.path); errors.Is(err, fs.ErrNotExist) {
			return w.create()
		}
	}
	now, err := os.ReadFile(w.path)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, w.Old) {
		return w.changed()
	}
	meanwhile()
	if w.spare == "" {
		return w.overwrite()
	}
	return w.exchange(w.spare, w.path, meanwhile)
}

// undo puts the old file back, if what is there is the new one.
func (w *writing) undo() error {
	if w.Delete {
		return w.moveBack()
	}
	back := &writing{Change: Change{Path: w.Path, Old: w.New, New: w.Old}, path: w.path}
	switch now, err := os.ReadFile(w.path); {
	case err != nil:
		return err
	case !bytes.Equal(now, w.New):
		return w.changed()
	case w.Old == nil:
		return os.Remove(w.path)
	case w.spare == "":
		return back.overwrite()
	}
	return back.exchange(w.spare, w.path, func() {})
}

// moveAway gives a file that is to go the name of the spare, and looks only then what it
// holds: whoever saved at the last moment gets it back.
func (w *writing) moveAway(meanwhile func()) error {
	if err := os.Rename(w.path, w.spare); err != nil {
		return err
	}
	meanwhile()
	now, err := os.ReadFile(w.spare)
	if err == nil && bytes.Equal(now, w.Old) {
		return nil
	}
	return errors.Join(err, w.moveBack(), w.changed())
}

// moveBack gives it its own name again, unless somebody saved another file under that
// meanwhile: then both stay.
func (w *writing) moveBack() error {
	err := os.Link(w.spare, w.path)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		err = w.changed()
	default: // a disk without second names
		err = os.Rename(w.spare, w.path)
	}
	w.spare = "" // it stays where it is, if it is there still
	return err
}

// create gives a new file its name, which nobody else gave meanwhile.
func (w *writing) create() error {
	err := os.Link(w.spare, w.path)
	switch {
	case errors.Is(err, fs.ErrExist):
		return w.changed()
	case err == nil:
		return nil
	}
	// A disk without second names.
	f, err := os.OpenFile(w.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return w.changed()
	}
	if err != nil {
		return err
	}
	_, err = f.Write(w.New)
	return errors.Join(err, f.Sync(), f.Close())
}

// overwrite writes into a file that has other names, or an owner whom nobody else can give
// it. Where there is no room, what it held is put back, for which there was.
func (w *writing) overwrite() error {
	f, err := os.OpenFile(w.path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	put := func(text []byte) error {
		_, err := f.WriteAt(text, 0)
		if err == nil {
			err = f.Truncate(int64(len(text)))
		}
		return err
	}
	if err = put(w.New); err != nil {
		err = errors.Join(err, put(w.Old))
	}
	return errors.Join(err, f.Sync(), f.Close())
}

// exchange lets the new file and the old one change places, and looks only then what the
// old one holds: whoever saved at the last moment gets it back. Where the system cannot
// do that, a copy of the old file is kept and the new one takes its place.
func (c Change) exchange(spare, path string, meanwhile func()) error {
	err := output.Exchange(spare, path)
	if errors.Is(err, errors.ErrUnsupported) {
		return c.replace(spare, path)
	}
	placed, want, refused := c.New, c.Old, error(nil) // what was put there, and what must come out
	for err == nil {
		meanwhile()
		var out []byte
		if out, err = os.ReadFile(spare); err != nil || bytes.Equal(out, want) {
			break
		}
		// Somebody saved. It goes back, and out comes what was put there, if nobody saved again.
		err = output.Exchange(spare, path)
		placed, want, refused = out, placed, c.changed()
	}
	return errors.Join(err, refused)
}

// replace stands for an exchange: afterwards the spare holds what the file held.
func (c Change) replace(spare, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	copied := spare + ".old"
	if err := os.WriteFile(copied, c.Old, info.Mode().Perm()); err != nil {
		os.Remove(copied)
		return err
	}
	if err := os.Rename(spare, path); err != nil {
		os.Remove(copied)
		return err
	}
	return os.Rename(copied, spare)
}

func (c Change) changed() error { return &Changed{diag.File(c.Path)} }
