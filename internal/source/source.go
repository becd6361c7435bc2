// Package source reads the project's files once, in name order, from a folder of a
// disk or from any other file system, with text over it that is not saved yet.
//
// A folder is read through [os.Root], so that no link can lead out of the
// project. What a file held when it was first read is what the whole build works
// with: a file that is read a second time and has changed meanwhile is a problem
// with the advice to run again, never a page made of two halves. Nor is one read that
// somebody is just saving: it is read again when it has been quiet for a moment.
// Pipes, devices and sockets are named and never opened.
package source

import (
	"bytes"
	"errors"
	"hash/maphash"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"syscall"
	"unicode/utf8"

	"bilanz/internal/diag"
)

// Project is the files that authors write. It is safe for concurrent use.
type Project struct {
	Unsaved  map[string][]byte // by file: text that stands in place of what is saved, or of nothing
	Heard    bool              // whoever reads hears of each save, and reads anew after it
	Reversed bool              // for tests: list the files from the last to the first
	// Broken is told of a file that cannot be read because of the machine. It may be nil.
	Broken func(name string, err error)

	fsys fs.FS
	root *os.Root // of a folder of a disk; nil for any other file system
	seed maphash.Seed

	mu   sync.Mutex
	read map[string]uint64 // the hash of each file that was read

	folders map[string]*os.Root // by name; nil for one that cannot be opened
	skipped map[string]skipped  // by name: what Files came by and did not list
	names   map[string][]string // by folder: what lies in it
	said    map[string]bool     // of which files it was said that they can be read by nobody
}

// skipped is why a file is nobody's content.
type skipped int

const (
	hidden skipped = iota // its name begins with a dot
	litter                // a program left it there
)

// Open opens the project in a folder. The error is the system's.
func Open(dir string) (*Project, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	p := New(root.FS())
	p.root = root
	return p, nil
}

// New gives the project in a file system.
func New(fsys fs.FS) *Project {
	return &Project{
		fsys: fsys, seed: maphash.MakeSeed(), read: map[string]uint64{}, folders: map[string]*os.Root{},
		skipped: map[string]skipped{}, names: map[string][]string{}, said: map[string]bool{},
	}
}

// Close lets go of the project's folders.
func (p *Project) Close() error {
	for _, folder := range p.folders {
		if folder != nil {
			folder.Close()
		}
	}
	if p.root == nil {
		return nil
	}
	return p.root.Close()
}

// Has reports whether a file or folder of this name exists.
func (p *Project) Has(name string) bool {
	for file := range p.Unsaved {
		if file == name || strings.HasPrefix(file, name+"/") {
			return true
		}
	}
	_, err := fs.Stat(p.fsys, name)
	p.blame(name, err)
	return err == nil
}

// blame tells whoever wants to know that the machine is at fault.
func (p *Project) blame(name string, err error) {
	if p.Broken != nil && isMachine(err) {
		p.Broken(name, err)
	}
}

// Empty reports whether the project's folder holds nothing but what git keeps there.
func (p *Project) Empty() bool {
	return len(p.Unsaved) == 0 && !slices.ContainsFunc(p.in("."), func(name string) bool { return name != ".git" })
}

// Spelt is the name of a file as its folders spell it, which may be in other capital
// letters: some disks make no difference, and every server does. "" where there is none.
func (p *Project) Spelt(name string) string {
	if _, ok := p.Unsaved[name]; ok || name == "." {
		return name
	}
	folder := p.Spelt(path.Dir(name))
	if folder == "" {
		return ""
	}
	names, base := p.in(folder), path.Base(name)
	if i, ok := slices.BinarySearch(names, base); ok {
		return path.Join(folder, names[i])
	}
	if i := slices.IndexFunc(names, func(other string) bool { return strings.EqualFold(other, base) }); i >= 0 {
		return path.Join(folder, names[i])
	}
	return ""
}

// in lists the names in a folder, which is asked for once: there may be an image a page.
func (p *Project) in(folder string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	names, known := p.names[folder]
	if !known {
		entries, err := fs.ReadDir(p.fsys, folder) // without one there are no names
		p.blame(folder, err)
		for _, entry := range entries {
			names = append(names, entry.Name())
		}
		slices.Sort(names)
		p.names[folder] = names
	}
	return names
}

// Files lists the files below a folder by name, with their paths from the
// project's root. Hidden files and what programs leave are nobody's content, but for
// a folder .well-known, which the web looks for. A folder that does not exist holds no
// files.
func (p *Project) Files(folder string, list *diag.List) []string {
	var files []string
	err := fs.WalkDir(p.fsys, folder, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == folder:
			return nil
		case err != nil:
			p.unreadable(name, err, list)
			return nil
		case entry.IsDir() && strings.HasPrefix(name, "content/") && isTextName(name):
			list.Add(noFile(name))
			return fs.SkipDir
		case name != folder && p.skips(name):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.Type()&fs.ModeSymlink != 0:
			if p.link(name, list) {
				files = append(files, name)
			}
			return nil
		case entry.Type().IsRegular():
			files = append(files, name)
		case !entry.IsDir():
			p.unreadable(name, errSpecial, list)
			files = append(files, name) // whoever would read it must not say that it is missing
		}
		return nil
	})
	if err != nil {
		p.unreadable(folder, err, list)
	}
	for file := range p.Unsaved {
		if strings.HasPrefix(file, folder+"/") && !slices.Contains(files, file) {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	if p.Reversed {
		slices.Reverse(files)
	}
	return files
}

// isTextName reports whether a name is one of a file that authors write.
func isTextName(name string) bool {
	return slices.Contains([]string{".md", ".yaml", ".csv"}, path.Ext(name))
}

// skips reports whether a file or folder is nobody's content, and remembers it.
func (p *Project) skips(name string) bool {
	base := path.Base(name)
	why := hidden
	switch {
	case isLitter(base):
		why = litter
	case !strings.HasPrefix(base, ".") && !strings.HasSuffix(base, "~"), base == ".well-known":
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.skipped[name] = why
	return true
}

// isLitter recognises what systems and offices lay beside the files that people save.
func isLitter(base string) bool {
	switch strings.ToLower(base) {
	case ".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", ".appledouble":
		return true
	}
	return strings.HasPrefix(base, "._") || strings.HasPrefix(base, "~$")
}

// Litter lists what programs left in the folders whose files were listed.
func (p *Project) Litter() []string {
	return p.left(func(_ string, why skipped) bool { return why == litter })
}

// Hidden lists what begins with a dot in a folder whose files were listed, without what
// editors and git keep for themselves.
func (p *Project) Hidden(folder string) []string {
	return p.left(func(name string, why skipped) bool {
		base := path.Base(name)
		return why == hidden && strings.HasPrefix(name, folder+"/") && !strings.HasSuffix(base, "~") &&
			!strings.HasPrefix(base, ".git") && !strings.HasSuffix(base, ".swp") && !slices.Contains(private, base)
	})
}

var private = []string{".nojekyll", ".keep", ".vscode", ".idea", ".obsidian", ".editorconfig", ".prettierrc"}

func (p *Project) left(of func(name string, why skipped) bool) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var names []string
	for name, why := range p.skipped {
		if of(name, why) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// link reports whether a symbolic link leads to a file of the project.
func (p *Project) link(name string, list *diag.List) bool {
	info, err := fs.Stat(p.fsys, name)
	if err == nil && info.Mode().IsRegular() {
		return true
	}
	list.Add(diag.Diagnostic{
		Code:  "file-link",
		Place: diag.File(name),
		Text: diag.Say("this link does not lead to a file of the project",
			"diese Verknüpfung führt nicht zu einer Datei des Projekts"),
		Ways: []diag.Text{diag.Say("put the file itself here", "legen Sie die Datei selbst hierher")},
	})
	return false
}

// Read reads a text in UTF-8. It reports false, and says why in list, when the
// file cannot be read, is no text or no UTF-8, or has changed since it was first read.
func (p *Project) Read(name string, list *diag.List) ([]byte, bool) {
	text, ok := p.ReadCells(name, list)
	if !ok {
		return nil, false
	}
	if d := NotUTF8(name, text); d != nil {
		list.Add(*d)
		return nil, false
	}
	return text, true
}

// ReadCells reads a text whose encoding somebody else may know, of a table.
func (p *Project) ReadCells(name string, list *diag.List) ([]byte, bool) {
	text, ok := p.ReadRaw(name, list)
	if !ok {
		return nil, false
	}
	d := pointer(name, text)
	if d == nil {
		d = otherKind(name, text)
	}
	if d != nil {
		d.Place = diag.File(name)
		list.Add(*d)
		return nil, false
	}
	return text, true
}

// ReadRaw reads a file of any kind, such as an image.
func (p *Project) ReadRaw(name string, list *diag.List) ([]byte, bool) {
	text, err := p.readFile(name)
	if err != nil {
		p.unreadable(name, err, list)
		return nil, false
	}
	if start := mergeMark(name, text); start >= 0 {
		p.merging(name, text, start, list)
		return nil, false
	}
	if p.changed(name, text) {
		list.Add(diag.Diagnostic{
			Code:  "file-changed",
			Place: diag.File(name),
			Text: diag.Say("the file changed while it was being read",
				"die Datei wurde geändert, während sie gelesen wurde"),
			Ways: []diag.Text{diag.Say("run the command again", "führen Sie den Befehl noch einmal aus")},
		})
		return nil, false
	}
	return text, true
}

// readFile reads a file by way of its folder, which stays open: os.Root opens
// each folder on the way to a file anew, which for a large site is half of the
// reading. What its folder refuses, such as a link to another folder of the
// project, is read from the root.
func (p *Project) readFile(name string) ([]byte, error) {
	if text, ok := p.Unsaved[name]; ok {
		return bytes.Clone(text), nil // the reader may change what it gets
	}
	if p.root == nil {
		return fs.ReadFile(p.fsys, name)
	}
	if folder := p.folder(path.Dir(name)); folder != nil {
		text, err := readQuiet(folder, path.Base(name), p.Heard)
		if err == nil || errors.Is(err, errSpecial) || errors.Is(err, errUnquiet) {
			return text, err
		}
	}
	return readQuiet(p.root, name, p.Heard)
}

// mostFolders is how many folders stay open: a machine may let a program open no more than
// 256 files.
const mostFolders = 100

// folder opens a folder once; nil where that is not possible.
func (p *Project) folder(name string) *os.Root {
	p.mu.Lock()
	defer p.mu.Unlock()
	folder, known := p.folders[name]
	if !known && len(p.folders) < mostFolders {
		folder, _ = p.root.OpenRoot(name) // the root says why
		p.folders[name] = folder
	}
	return folder
}

// changed remembers what a file holds and reports whether it held something else
// before.
func (p *Project) changed(name string, text []byte) bool {
	sum := maphash.Bytes(p.seed, text)
	p.mu.Lock()
	defer p.mu.Unlock()
	before, seen := p.read[name]
	p.read[name] = sum
	return seen && before != sum
}

// mergeMark finds the first line with which git marks two versions of a text, from which
// nobody has chosen yet; -1 where there is none. Seven = alone underline a title in plain
// text, so they count only where no title can be underlined.
func mergeMark(name string, text []byte) int {
	first := -1
	for _, mark := range []string{"<<<<<<<", ">>>>>>>", "|||||||", "======="} {
		ext := path.Ext(name)
		if mark == "=======" && ext != ".md" && ext != ".yaml" && ext != ".csv" {
			continue
		}
		for from := 0; ; {
			i := bytes.Index(text[from:], []byte(mark))
			if i < 0 {
				break
			}
			start := from + i
			if isMergeLine(text, start, mark) && utf8.Valid(text) && (first < 0 || start < first) {
				first = start
				break
			}
			from = start + len(mark)
		}
	}
	return first
}

// isMergeLine reports whether a mark stands alone on its line, or before a space and the
// name of a version.
func isMergeLine(text []byte, start int, mark string) bool {
	if start > 0 && text[start-1] != '\n' && string(text[:start]) != "\ufeff" {
		return false
	}
	rest, _, _ := bytes.Cut(text[start+len(mark):], []byte("\n"))
	rest = bytes.TrimSuffix(rest, []byte("\r"))
	return len(rest) == 0 || rest[0] == ' ' && mark != "======="
}

// merging says once that a file holds two versions of a text. Nothing else is said of it:
// it is no text yet.
func (p *Project) merging(name string, text []byte, start int, list *diag.List) {
	if !p.first(name) {
		return
	}
	list.Add(diag.Diagnostic{
		Code: "merge-mark", Place: diag.At(name, text, start, start+len("<<<<<<<")),
		Text: diag.Say("two versions by two people stand here", "hier stehen zwei Fassungen von zwei Personen"),
		Ways: []diag.Text{diag.Say("keep one of them, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
			"behalten Sie eine davon, und löschen Sie die Zeilen, die mit <<<<<<<, ======= und >>>>>>> beginnen")},
	})
}

// first reports whether this is the first time that a file is said to be unreadable.
func (p *Project) first(name string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	said := p.said[name]
	p.said[name] = true
	return !said
}

// unreadable says why a file cannot be read, of which kind it is only once.
func (p *Project) unreadable(name string, err error, list *diag.List) {
	switch {
	case errors.Is(err, errSpecial):
		if p.first(name) {
			list.Add(special(name))
		}
		return
	case errors.Is(err, errUnquiet):
		list.Add(unquiet(name))
		return
	}
	p.blame(name, err)
	list.Add(unreadable(name, err))
}

func unreadable(name string, err error) diag.Diagnostic {
	d := diag.Diagnostic{
		Code: "file-unreadable", Place: diag.File(name),
		Text: diag.Say("the file cannot be read", "die Datei kann nicht gelesen werden"),
		Ways: []diag.Text{diag.Say("check that the file exists and that you may read it",
			"prüfen Sie, ob es die Datei gibt und ob Sie sie lesen dürfen")},
	}
	switch {
	case errors.Is(err, syscall.EISDIR):
		return noFile(name)
	case errors.Is(err, fs.ErrPermission):
		d.Text = diag.Say("you may not read this file", "Sie dürfen diese Datei nicht lesen")
		d.Ways = []diag.Text{diag.Say("give yourself the right to read it, in its properties",
			"geben Sie sich in den Eigenschaften der Datei das Recht, sie zu lesen")}
	case errors.Is(err, fs.ErrNotExist):
		d.Text = diag.Say("there is no such file", "diese Datei gibt es nicht")
	}
	return d
}

// noFile says that a folder has the name of a file.
func noFile(name string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "file-unreadable", Place: diag.File(name),
		Text: diag.Say("this is a folder, but a file should have this name",
			"das ist ein Ordner, so sollte aber eine Datei heißen"),
		Ways: []diag.Text{diag.Say("give the folder another name, and put the file here",
			"geben Sie dem Ordner einen anderen Namen, und legen Sie die Datei hierher")},
	}
}

// firstBad finds the first byte that is not UTF-8, or a NUL, which no text holds.
func firstBad(text []byte) int {
	if utf8.Valid(text) {
		return bytes.IndexByte(text, 0)
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// NotUTF8 says of a text that it is not saved as UTF-8; nil where it is.
func NotUTF8(name string, text []byte) *diag.Diagnostic {
	at := firstBad(text)
	if at < 0 {
		return nil
	}
	place := diag.At(name, text, at, at+1)
	place.Source = strings.ToValidUTF8(place.Source, "\ufffd")
	return &diag.Diagnostic{
		Code:  "file-not-utf8",
		Place: place,
		Text:  diag.Say("the file is not saved as UTF-8", "die Datei ist nicht als UTF-8 gespeichert"),
		Ways: []diag.Text{diag.Say(`save it again with the encoding "UTF-8" (in Excel: "CSV UTF-8")`,
			`speichern Sie sie noch einmal mit der Kodierung „UTF-8“ (in Excel: „CSV UTF-8“)`)},
	}
}
