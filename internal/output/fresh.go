package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bilanz/internal/diag"
)

// halfName is the folder in which the files of [Fresh] wait until all are there.
const halfName = ".bilanz.new"

// Fresh writes files, by their paths with slashes, into a folder in which nothing lies yet
// but what git keeps there: all of them, or none. Whoever ends it half way leaves no more
// than a folder of its own, which the next call takes away.
func Fresh(dir string, files map[string][]byte) error { return disk{}.fresh(dir, files) }

func (d disk) fresh(dir string, files map[string][]byte) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return forNew(cannot(toMakeFolder, dir, err))
	}
	exists, err := vacant(dir)
	if err != nil {
		return forNew(err)
	}
	if exists {
		return forNew(d.freshInside(dir, files))
	}
	return forNew(d.freshBeside(dir, files))
}

// freshBeside makes a folder that is not there: beside its place first, with those above it.
func (d disk) freshBeside(dir string, files map[string][]byte) error {
	half := filepath.Join(filepath.Dir(dir), halfName+"."+filepath.Base(dir))
	made, err := d.makeAbove(filepath.Dir(dir))
	err = cannot(toMakeFolder, dir, err)
	if err == nil {
		err = d.fillFresh(half, dir, toMakeFolder, files)
	}
	if err == nil {
		err = cannot(toMakeFolder, dir, d.rename(half, dir))
	}
	if err != nil {
		os.RemoveAll(half)
		for _, folder := range slices.Backward(made) {
			os.Remove(folder)
		}
	}
	return err
}

// freshInside fills a folder that is there, by way of a folder in it.
func (d disk) freshInside(dir string, files map[string][]byte) error {
	half := filepath.Join(dir, halfName)
	defer os.RemoveAll(half)
	if err := d.fillFresh(half, dir, toWrite, files); err != nil {
		return err
	}
	entries, err := os.ReadDir(half)
	if err != nil {
		return cannot(toRead, half, err)
	}
	for i, entry := range entries {
		to := filepath.Join(dir, entry.Name())
		if err := d.rename(filepath.Join(half, entry.Name()), to); err != nil {
			for _, done := range entries[:i] {
				os.RemoveAll(filepath.Join(dir, done.Name())) // it was not there before
			}
			return cannot(toWrite, to, err)
		}
	}
	return nil
}

// forNew says the ways out of whoever begins: no site was published yet.
func forNew(err error) error {
	var known *Error
	if !errors.As(err, &known) || known.Kind != Failed {
		return err
	}
	way := diag.Say("put that right, or name another folder; nothing was written",
		"beheben Sie das, oder nennen Sie einen anderen Ordner; nichts wurde geschrieben")
	switch known.Code {
	case "disk-full":
		way = diag.Say("make room on the disk, or name a folder on another one; nothing was written",
			"schaffen Sie Platz auf dem Datenträger, oder nennen Sie einen Ordner auf einem anderen; "+
				"nichts wurde geschrieben")
	case "disk-permission", "disk-read-only":
		way = diag.Say("name a folder in which you may write, such as one in your documents; nothing was written",
			"nennen Sie einen Ordner, in den Sie schreiben dürfen, etwa bei Ihren Dokumenten; "+
				"nichts wurde geschrieben")
	}
	return &Error{Kind: known.Kind, Code: known.Code, Text: known.Text, Ways: []diag.Text{way}, Err: known.Err}
}

// vacant reports whether there is such a folder, and refuses one that holds something.
func vacant(dir string) (exists bool, err error) {
	other := diag.Say("name a new folder, or an empty one", "nennen Sie einen neuen Ordner oder einen leeren")
	for p := dir; filepath.Dir(p) != p; p = filepath.Dir(p) {
		if info, err := os.Stat(p); err == nil && !info.IsDir() {
			return false, refuse("folder-taken", diag.Say("%s is a file, and no folder",
				"%s ist eine Datei und kein Ordner", shown(p)), other)
		}
	}
	entries, err := os.ReadDir(dir)
	if isMissing(err) {
		return false, nil
	}
	if err != nil {
		return false, cannot(toRead, dir, err)
	}
	names := taken(entries)
	if len(names) == 0 {
		return true, nil
	}
	const most = 5
	all := diag.Say("%s", "%s", strings.Join(names[:min(most, len(names))], ", "))
	if n := len(names) - most; n > 0 {
		all = diag.Say("%s and %d more", "%s und %d weitere", all, n)
	}
	return false, refuse("folder-taken", diag.Say("the folder %s is not empty; it holds: %s",
		"der Ordner %s ist nicht leer; er enthält: %s", shown(dir), all), other)
}

// taken names what lies in a folder, but for git's own and what is left of a call that was
// ended.
func taken(entries []fs.DirEntry) []string {
	var names []string
	for _, entry := range entries {
		switch name := entry.Name(); {
		case name == ".git" || name == halfName:
		case entry.IsDir():
			names = append(names, name+"/")
		default:
			names = append(names, name)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { // what people see there first
		return strings.Count(a[:1], ".") - strings.Count(b[:1], ".")
	})
	return names
}

// makeAbove makes a folder and those above it, and gives the ones that it made.
func (d disk) makeAbove(dir string) (made []string, err error) {
	var missing []string
	for folder := dir; filepath.Dir(folder) != folder; folder = filepath.Dir(folder) {
		if _, err := os.Stat(folder); err == nil {
			break
		}
		missing = append(missing, folder)
	}
	for _, folder := range slices.Backward(missing) {
		if err := d.mkdirNew(folder); err != nil {
			return made, err
		}
		made = append(made, folder)
	}
	return made, nil
}

// fillFresh writes files into a folder of ours, which it makes anew. What cannot be done is
// said of the folder that people know.
func (d disk) fillFresh(half, dir string, do what, files map[string][]byte) error {
	if err := d.removeAll(half); err != nil {
		return cannot(toRemove, half, err)
	}
	if err := d.mkdirNew(half); err != nil {
		return cannot(do, dir, err)
	}
	for name, text := range files {
		name = filepath.FromSlash(name)
		_, err := d.makeAbove(filepath.Dir(filepath.Join(half, name)))
		if err == nil {
			err = d.writeNew(filepath.Join(half, name), text)
		}
		if err != nil {
			return cannot(toWrite, filepath.Join(dir, name), err)
		}
	}
	return nil
}

// mkdirNew makes a folder with the rights that its user gives to new ones.
func (d disk) mkdirNew(path string) error {
	if err := d.ask("mkdir", path); err != nil {
		return err
	}
	return os.Mkdir(path, 0o777)
}

// writeNew writes a file that is not there yet, down to the disk, with the rights that its
// user gives to new ones: people will write in it, as they will not in a site.
func (d disk) writeNew(path string, text []byte) error {
	if err := d.ask("create", path); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}
