package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"bilanz/internal/diag"
)

// listName is the file that says which files of the output are ours.
const listName = "files.json"

// list is the files.json of a site.
type list struct {
	sums map[string][sha256.Size]byte
	dirs map[string]bool // the folders of the files, without the root
}

// readList reads what is published. An output that holds anything but is not
// ours is refused.
func readList(d disk, at place) (list, error) {
	entries, _, err := d.list(at.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return list{}, nil
	}
	if err != nil {
		return list{}, cannot(toRead, at.dir, err)
	}
	if !slices.ContainsFunc(entries, holdsSomething) {
		return list{}, nil
	}
	ways := []diag.Text{
		diag.Say("choose another folder with --out, or move what lies there somewhere else",
			"wählen Sie mit --out einen anderen Ordner, oder verschieben Sie anderswohin, was dort liegt"),
		diag.Say("delete the folder, if all of it came from bilanz or nobody needs it",
			"löschen Sie den Ordner, wenn alles darin von bilanz stammt oder niemand es braucht"),
	}
	raw, err := readRegular(d, at.file(listName))
	if errors.Is(err, fs.ErrNotExist) {
		return list{}, refuse("output-not-ours", diag.Say(
			"the output folder %s holds files, but no files.json that says which of them bilanz wrote",
			"im Ausgabeordner %s liegen Dateien, aber keine files.json, die sagt, welche davon bilanz geschrieben hat", shown(at.dir)), ways...)
	}
	if err != nil {
		return list{}, cannot(toRead, at.file(listName), err)
	}
	l, ok := parseList(raw)
	if !ok {
		return list{}, refuse("output-not-ours", diag.Say(
			"%s does not say which files bilanz wrote; it is damaged, or not by bilanz",
			"%s sagt nicht, welche Dateien bilanz geschrieben hat; sie ist beschädigt oder nicht von bilanz", shown(at.file(listName))), ways...)
	}
	return l, nil
}

// holdsSomething leaves out what is there in an empty output: our own lock and
// spare, and what ext4 puts at the root of every disk.
func holdsSomething(e entry) bool {
	return !strings.HasPrefix(e.name, ownPrefix) && e.name != "lost+found"
}

// encodeList writes files.json: a line for each file, by path, and a sum over
// them all, by which an edited list is known.
func encodeList(sums map[string][sha256.Size]byte) []byte {
	paths := make([]string, 0, len(sums))
	for p := range sums {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	var b bytes.Buffer
	b.Grow(len(paths) * 128)
	b.WriteString("{\n\"files\": [")
	for i, p := range paths {
		if i > 0 {
			b.WriteByte(',')
		}
		quoted, err := json.Marshal(p)
		if err != nil {
			panic(err) // a string always has a JSON form
		}
		sum := sums[p]
		b.WriteString("\n{\"path\": ")
		b.Write(quoted)
		b.WriteString(", \"sha256\": \"")
		b.Write(hex.AppendEncode(b.AvailableBuffer(), sum[:]))
		b.WriteString("\"}")
	}
	fmt.Fprintf(&b, "\n],\n\"sum\": \"%x\"\n}\n", sumOf(b.Bytes()))
	return b.Bytes()
}

// sumOf is the sum over the lines of a list: all before the closing bracket.
func sumOf(raw []byte) [sha256.Size]byte {
	if end := bytes.LastIndex(raw, []byte("\n]")); end >= 0 {
		raw = raw[:end]
	}
	return sha256.Sum256(raw)
}

// readRegular reads a file that may lie anywhere: a link is not followed, and nobody waits
// for a pipe.
func readRegular(d disk, path string) ([]byte, error) {
	info, err := d.stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, nil // it holds nothing that could be ours
	}
	return d.read(path)
}

// parseList reads files.json. It reports false for anything that bilanz cannot have
// written: a list that somebody edited may name files that are not ours.
func parseList(raw []byte) (list, bool) {
	lines, ok := ownLines(raw)
	if !ok {
		if lines, ok = anyLines(raw); !ok {
			return list{}, false
		}
	}
	l := list{sums: make(map[string][sha256.Size]byte, len(lines)), dirs: map[string]bool{}}
	for _, f := range lines {
		var sum [sha256.Size]byte
		n, err := hex.Decode(sum[:], []byte(f.SHA256)[:min(len(f.SHA256), 2*len(sum))])
		if err != nil || n != len(sum) || !usable(f.Path) {
			return list{}, false
		}
		l.sums[f.Path] = sum
		for dir := path.Dir(f.Path); dir != "." && !l.dirs[dir]; dir = path.Dir(dir) {
			l.dirs[dir] = true
		}
	}
	return l, true
}

type line struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// ownLines reads a list as encodeList wrote it, which the sum proves: for ten
// thousand files the library takes as long as starting takes in all.
func ownLines(raw []byte) ([]line, bool) {
	rows, end, ok := bytes.Cut(raw, []byte("\n],\n"))
	sum := sumOf(raw)
	if !ok || string(end) != fmt.Sprintf("\"sum\": \"%x\"\n}\n", sum[:]) {
		return nil, false
	}
	rows, ok = bytes.CutPrefix(rows, []byte("{\n\"files\": ["))
	if !ok {
		return nil, false
	}
	var lines []line
	for row := range bytes.SplitSeq(bytes.TrimPrefix(rows, []byte("\n")), []byte(",\n")) {
		if len(row) == 0 {
			break // a site without files
		}
		name, sum, ok := bytes.Cut(row, []byte(`", "sha256": "`))
		name, isPath := bytes.CutPrefix(name, []byte(`{"path": "`))
		sum, isSum := bytes.CutSuffix(sum, []byte(`"}`))
		if !ok || !isPath || !isSum || bytes.IndexByte(name, '\\') >= 0 {
			return nil, false
		}
		lines = append(lines, line{string(name), string(sum)})
	}
	return lines, true
}

// anyLines reads a list with the library, as one whose names need quoting.
func anyLines(raw []byte) ([]line, bool) {
	var content struct {
		Files *[]line `json:"files"`
		Sum   string  `json:"sum"`
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&content); err != nil || content.Files == nil {
		return nil, false
	}
	sum := sumOf(raw)
	return *content.Files, content.Sum == hex.EncodeToString(sum[:])
}

// names are the paths of the new site, so that no two of them are one file.
type names struct {
	files  map[string]bool
	dirs   map[string]bool   // all folders of the files, without the root
	folded map[string]string // of files and folders, in small letters
}

func newNames() names {
	return names{map[string]bool{}, map[string]bool{}, map[string]string{}}
}

func (n names) claim(p string) error {
	switch {
	case !usable(p):
		return badPath(p, diag.Say("it is not a plain path below the site's root",
			"das ist kein einfacher Pfad unterhalb der Wurzel der Website"))
	case n.files[p]:
		return badPath(p, diag.Say("there is another with this address", "es gibt noch eine mit dieser Adresse"))
	case n.dirs[p]:
		return badPath(p, diag.Say("there is a folder of this name", "es gibt einen Ordner dieses Namens"))
	}
	if err := n.fold(p); err != nil {
		return err
	}
	n.files[p] = true
	for dir := path.Dir(p); dir != "." && !n.dirs[dir]; dir = path.Dir(dir) {
		if n.files[dir] {
			return badPath(p, diag.Say("%s is a file and would have to be a folder",
				"%s ist eine Datei und müsste ein Ordner sein", dir))
		}
		if err := n.fold(dir); err != nil {
			return err
		}
		n.dirs[dir] = true
	}
	return nil
}

func (n names) fold(p string) error {
	small := strings.ToLower(p)
	if other, taken := n.folded[small]; taken && other != p {
		return badPath(p, diag.Say("it differs from %s only in capital letters",
			"sie unterscheidet sich von %s nur in der Großschreibung", other))
	}
	n.folded[small] = p
	return nil
}

// usable reports whether a path can be a file of a site on every system.
func usable(p string) bool {
	if !fs.ValidPath(p) || p == "." || p == listName || strings.HasPrefix(p, ownPrefix) {
		return false
	}
	return !strings.ContainsFunc(p, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' })
}
