package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"bilanz/internal/diag"
	"bilanz/internal/parallel"
)

// Publish puts the new site in the place of the old one. Where it returns an
// error, the old site is as it was; only an output that is published file by
// file may then be partly new, and the error says so.
func (t *Tree) Publish(ctx context.Context) (Summary, error) {
	s, err := t.publish(ctx)
	if err != nil {
		return Summary{}, t.fail(err)
	}
	return s, nil
}

func (t *Tree) publish(ctx context.Context) (Summary, error) {
	if t.failed != nil {
		return Summary{}, t.failed
	}
	s := t.summary()
	sums := make(map[string][sha256.Size]byte, len(t.files))
	for p, f := range t.files {
		sums[p] = f.sum
	}
	list := encodeList(sums)
	if s.Changed+s.Added+s.Removed == 0 && t.disk.holds(t.at.file(listName), list) && t.foldersFit(ctx) {
		return s, nil
	}
	foreign, err := t.foreign()
	if err != nil {
		return s, err
	}
	if s.Note = t.whyFileByFile(foreign); !s.Note.IsZero() {
		s.FileByFile = true
		return s, t.fileByFile(ctx, list, foreign)
	}
	moved, err := t.change(ctx, list)
	if moved || err != nil {
		s.Exchanged = moved
		return s, err
	}
	s.FileByFile = true
	s.Note = diag.Say(fileByFileEN, fileByFileDE, diag.Say("the system cannot rename the output folder",
		"das System kann den Ausgabeordner nicht umbenennen"))
	return s, t.fileByFile(ctx, list, nil)
}

func (t *Tree) summary() Summary {
	s := Summary{Files: len(t.files), Unlocked: t.lock.unlocked}
	for p, f := range t.files {
		s.Bytes += f.size
		_, known := t.old.sums[p]
		switch {
		case !known:
			s.Added++
		case !f.same:
			s.Changed++
		}
	}
	s.Removed = len(t.old.sums) - (s.Files - s.Added)
	return s
}

// foldersFit reports whether every folder of the site is one, with the right mode.
func (t *Tree) foldersFit(ctx context.Context) bool {
	folders := append([]string{""}, slices.Collect(maps.Keys(t.names.dirs))...)
	return inParallel(ctx, folders, func(p string) error {
		if !t.isOurFolder(t.at.file(p)) {
			return fs.ErrInvalid
		}
		return nil
	}) == nil
}

func (t *Tree) isOurFolder(path string) bool {
	info, err := t.disk.stat(path)
	return err == nil && info.Mode() == fs.ModeDir|dirMode
}

// change fills the spare and lets it change places with the output. It reports
// false where the system cannot move the output.
func (t *Tree) change(ctx context.Context, list []byte) (bool, error) {
	if err := t.spare.prepare(); err != nil {
		return false, err
	}
	if err := t.keepRest(ctx); err != nil {
		return false, err
	}
	if err := t.spare.sweep(t.files, t.names.dirs); err != nil {
		return false, err
	}
	if err := t.spare.write(listName, list); err != nil {
		return false, err
	}
	t.flushes.Wait()
	if err := t.disk.sync(t.at.spare); err != nil {
		return false, cannot(toWrite, t.at.spare, err)
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if err := t.spare.unmark(); err != nil {
		return false, err
	}
	err := t.swap()
	if cannotMove(err) {
		return false, nil
	}
	return err == nil, cannot(toPublish, t.at.dir, err)
}

// keepRest brings the files that did not change into the spare.
func (t *Tree) keepRest(ctx context.Context) error {
	var same []string
	for p, f := range t.files {
		if f.same {
			same = append(same, p)
		}
	}
	slices.Sort(same) // a folder's files one after the other, and its folder once
	return inParallel(ctx, same, func(p string) error {
		return t.spare.keep(p, t.at.file(p), t.files[p].sum)
	})
}

// inParallel does something for every path, and stops soon after the first error.
func inParallel(ctx context.Context, paths []string, do func(string) error) error {
	workers := min(runtime.GOMAXPROCS(0), 4)
	var wait parallel.Group
	errs := make([]error, workers)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(paths) && ctx.Err() == nil; i += workers {
				if errs[w] = do(paths[i]); errs[w] != nil {
					stop(errs[w])
				}
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// swap lets the spare and the output change places: in one step where the system
// can, else by renames that recoverRenames can finish or take back.
func (t *Tree) swap() error {
	if _, err := t.disk.stat(t.at.dir); errors.Is(err, fs.ErrNotExist) {
		return t.disk.rename(t.at.spare, t.at.dir)
	} else if err != nil {
		return err
	}
	err := t.disk.exchange(t.at.spare, t.at.dir)
	if !errors.Is(err, errNoExchange) {
		return err
	}
	if err := t.disk.rename(t.at.dir, t.at.parked); err != nil {
		return err
	}
	if err := t.disk.rename(t.at.spare, t.at.dir); err != nil {
		return errors.Join(err, t.disk.rename(t.at.parked, t.at.dir))
	}
	// The new site is there: what fails now, the next build puts right.
	t.disk.rename(t.at.parked, t.at.spare)
	return nil
}

const (
	fileByFileEN = "The site was published file by file, since %s; for a moment readers may have met old pages beside new ones."
	fileByFileDE = "Die Website wurde Datei für Datei veröffentlicht, denn %s; für einen Augenblick konnten alte neben neuen Seiten stehen."
)

// whyFileByFile is empty where old and new tree may change places.
func (t *Tree) whyFileByFile(foreign []string) diag.Text {
	why := t.at.why
	if !t.at.inside {
		if len(foreign) == 0 {
			return diag.Text{}
		}
		named := strings.Join(foreign[:min(3, len(foreign))], ", ")
		if len(foreign) > 3 {
			named += ", …"
		}
		why = diag.Say("there are other files in %s, which stay as they are (%s)",
			"in %s liegen fremde Dateien; sie bleiben, wie sie sind (%s)", shown(t.at.dir), named)
	}
	return diag.Say(fileByFileEN, fileByFileDE, why)
}

// foreign lists what lies in the output and is not ours, by path; a folder with a
// slash at its end. It refuses to publish where that is in the way of the site.
func (t *Tree) foreign() ([]string, error) {
	var found []string
	if err := t.findForeign("", &found); err != nil {
		return nil, err
	}
	slices.Sort(found)
	var rest []string
	for _, f := range found {
		switch inWay, same := t.inWay(f); {
		case same: // somebody put there by hand what the site now brings itself
		case inWay:
			return nil, refuse("output-in-the-way", diag.Say("%s is in the way of the new site, and bilanz did not write it",
				"%s ist der neuen Website im Weg und stammt nicht von bilanz", shown(t.at.file(f))),
				diag.Say("move it somewhere else, or delete it, then build again",
					"verschieben Sie es anderswohin, oder löschen Sie es, und bauen Sie dann neu"))
		default:
			rest = append(rest, f)
		}
	}
	return rest, nil
}

func (t *Tree) findForeign(dir string, found *[]string) error {
	entries, _, err := t.disk.list(t.at.file(dir))
	if errors.Is(err, fs.ErrNotExist) && dir == "" {
		return nil
	}
	if err != nil {
		return cannot(toRead, t.at.file(dir), err)
	}
	for _, e := range entries {
		p := path.Join(dir, e.name)
		_, listed := t.old.sums[p]
		switch {
		case strings.HasPrefix(p, ownPrefix):
		case !e.mode.IsDir():
			if !listed && p != listName {
				*found = append(*found, p)
			}
		case t.names.dirs[p] || t.old.dirs[p]:
			if err := t.findForeign(p, found); err != nil {
				return err
			}
		case t.holdsFiles(p):
			*found = append(*found, p+"/")
		}
	}
	return nil
}

// holdsFiles reports whether there is any file below a folder that is not ours.
// A folder that may not be read counts as holding some.
func (t *Tree) holdsFiles(dir string) bool {
	entries, _, err := t.disk.list(t.at.file(dir))
	if err != nil {
		return true
	}
	return slices.ContainsFunc(entries, func(e entry) bool {
		return !e.mode.IsDir() || t.holdsFiles(path.Join(dir, e.name))
	})
}

// inWay reports whether something foreign stands where the new site wants a file
// or a folder, and whether it is that very file.
func (t *Tree) inWay(foreign string) (inWay, same bool) {
	p, isFolder := strings.CutSuffix(foreign, "/")
	if t.names.files[p] {
		return true, !isFolder && t.stagedEquals(p)
	}
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if t.names.files[dir] {
			return true, false
		}
	}
	return t.names.dirs[p] && !isFolder, false
}

func (t *Tree) stagedEquals(p string) bool {
	info, err := t.disk.stat(t.at.file(p))
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	there, err := t.disk.read(t.at.file(p))
	if err != nil {
		return false
	}
	staged, err := t.disk.read(t.spare.at(p))
	return err == nil && bytes.Equal(there, staged)
}

// fileByFile moves the changed files one by one to where they belong. From the
// first to the last step files.json names every file of ours, so that what dies
// in between leaves nothing that the next build would take for foreign.
func (t *Tree) fileByFile(ctx context.Context, list []byte, foreign []string) error {
	if err := t.stageLists(list); err != nil {
		return err
	}
	if err := t.disk.sync(t.at.spare); err != nil {
		return cannot(toWrite, t.at.spare, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := t.moveAll(foreign); err != nil {
		return partly(t.at, err)
	}
	// What is left is stale, or only folders. That it stays does no harm.
	t.disk.removeAll(t.at.spare)
	return nil
}

// unionName is the list of the old and the new files together, in the spare.
const unionName = ownPrefix + "both"

func (t *Tree) stageLists(list []byte) error {
	union := maps.Clone(t.old.sums)
	if union == nil {
		union = map[string][sha256.Size]byte{}
	}
	for p, f := range t.files {
		union[p] = f.sum
	}
	if err := t.spare.write(unionName, encodeList(union)); err != nil {
		return err
	}
	return t.spare.write(listName, list)
}

func (t *Tree) moveAll(foreign []string) error {
	if err := t.move(unionName, listName); err != nil {
		return err
	}
	blocking, rest := t.gone(foreign)
	if err := t.removeOld(blocking); err != nil {
		return err
	}
	if err := t.makeFolders(); err != nil {
		return err
	}
	// New files before changed ones: a page must not name what is not there yet.
	for _, added := range []bool{true, false} {
		for _, p := range slices.Sorted(maps.Keys(t.files)) {
			if _, known := t.old.sums[p]; known == added || t.files[p].same {
				continue
			}
			if err := t.move(p, p); err != nil {
				return err
			}
		}
	}
	if err := t.removeOld(rest); err != nil {
		return err
	}
	return t.move(listName, listName)
}

func (t *Tree) move(staged, p string) error {
	to := t.at.file(p)
	if info, err := t.disk.stat(to); err == nil && info.IsDir() {
		t.removeEmpty(to) // somebody made a folder in the place of a file of ours
	}
	return cannot(toWrite, to, t.disk.rename(t.spare.at(staged), to))
}

// removeEmpty removes a folder and those in it, if there is nothing else in it.
func (t *Tree) removeEmpty(dir string) {
	entries, _, err := t.disk.list(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if e.mode.IsDir() {
			t.removeEmpty(filepath.Join(dir, e.name))
		}
	}
	t.disk.remove(dir)
}

// makeFolders makes the folders of the site in the output, with their mode.
func (t *Tree) makeFolders() error {
	for _, p := range append([]string{""}, slices.Sorted(maps.Keys(t.names.dirs))...) {
		info, err := t.disk.stat(t.at.file(p))
		switch {
		case err == nil:
			err = t.disk.setMode(t.at.file(p), info.Mode())
		case errors.Is(err, fs.ErrNotExist):
			err = t.disk.mkdir(t.at.file(p))
		}
		if err != nil {
			return cannot(toMakeFolder, t.at.file(p), err)
		}
	}
	return nil
}

// gone lists the old files that the new site does not have, by path: first those
// that stand where it has a folder, or lie in a folder where it has a file. Where
// something foreign took the place of a file or of its folder, there is nothing
// of ours left; behind a link, something elsewhere would be removed.
func (t *Tree) gone(foreign []string) (blocking, rest []string) {
	taken := map[string]bool{}
	for _, f := range foreign {
		taken[strings.TrimSuffix(f, "/")] = true
	}
	for _, p := range slices.Sorted(maps.Keys(t.old.sums)) {
		covered := taken[p]
		for dir := path.Dir(p); dir != "." && !covered; dir = path.Dir(dir) {
			covered = taken[dir]
		}
		if covered || t.names.files[p] {
			continue
		}
		if blocks, _ := t.inWay(p); blocks {
			blocking = append(blocking, p)
		} else {
			rest = append(rest, p)
		}
	}
	return blocking, rest
}

// removeOld removes files that are no longer part of the site, and the folders
// that they leave empty.
func (t *Tree) removeOld(paths []string) error {
	for _, p := range paths {
		info, err := t.disk.stat(t.at.file(p))
		if err == nil && !info.IsDir() {
			err = t.disk.remove(t.at.file(p))
		}
		if err != nil && !isMissing(err) {
			return cannot(toRemove, t.at.file(p), err)
		}
		for dir := path.Dir(p); dir != "." && !t.names.dirs[dir]; dir = path.Dir(dir) {
			if t.disk.remove(t.at.file(dir)) != nil {
				break
			}
		}
	}
	return nil
}

// isMissing reports whether there is no such file, nor could be: one of its
// folders is a file.
func isMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// partly says of an error that it came while the output was being changed.
func partly(at place, err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	said := *e
	said.Text = diag.Say("%s; the site in %s is now partly new, each page whole",
		"%s; die Website in %s ist jetzt teilweise neu, jede Seite ganz", e.Text, shown(at.dir))
	said.Ways = []diag.Text{diag.Say("put that right, then build again: that makes the site whole",
		"beheben Sie das, und bauen Sie neu: dann ist die Website wieder ganz")}
	return &said
}
