package source

import (
	"bytes"
	"encoding/binary"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Tracked gives the first file below a folder of the project that git keeps, without asking
// git: what git keeps came from everybody who proposes changes. It gives "" where there is
// none, or no git.
func (p *Project) Tracked(folder string) string {
	if p.root == nil {
		return ""
	}
	if _, err := p.root.Lstat(folder); err != nil {
		return ""
	}
	dir, err := filepath.Abs(p.root.Name())
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return ""
	}
	for top := dir; ; top = filepath.Dir(top) {
		if index, err := os.ReadFile(filepath.Join(gitFolder(top), "index")); err == nil {
			below, _ := filepath.Rel(top, dir)
			prefix := path.Join(filepath.ToSlash(below), folder) + "/"
			if found := firstBelow(index, prefix); found != "" {
				return path.Join(folder, strings.TrimPrefix(found, prefix))
			}
			return ""
		}
		if filepath.Dir(top) == top {
			return ""
		}
	}
}

// gitFolder is where git keeps what belongs to a work tree: below it, or where a file says.
func gitFolder(top string) string {
	at := filepath.Join(top, ".git")
	info, err := os.Stat(at)
	if err != nil || !info.Mode().IsRegular() {
		return at
	}
	text, err := os.ReadFile(at)
	if err != nil {
		return at
	}
	to := filepath.FromSlash(strings.TrimSpace(strings.TrimPrefix(string(text), "gitdir:")))
	if filepath.IsAbs(to) {
		return to
	}
	return filepath.Join(top, to)
}

// firstBelow finds the first path with a prefix in an index of git. Its ids have 20 bytes,
// or 32 in newer repositories, which the index does not say.
func firstBelow(index []byte, prefix string) string {
	for _, id := range []int{20, 32} {
		found := ""
		eachPath(index, id, func(p string) bool {
			if strings.HasPrefix(p, prefix) {
				found = p
			}
			return found == ""
		})
		if found != "" {
			return found
		}
	}
	return ""
}

// eachPath reads the paths of an index, versions 2 to 4, as far as they are wanted and can be
// read. An entry has 40 bytes about the file, its id, flags of 2
// bytes (of 4 where their second bit is set) and its path, which ends with a zero; in version
// 4 that says first how much of the path before it is to be dropped, in the others it is
// filled up to a multiple of 8.
func eachPath(index []byte, id int, wanted func(string) bool) {
	if len(index) < 12 || string(index[:4]) != "DIRC" {
		return
	}
	version, count := binary.BigEndian.Uint32(index[4:]), binary.BigEndian.Uint32(index[8:])
	rest, last := index[12:], ""
	for range count {
		head := 40 + id + 2
		if len(rest) < head+2 {
			return
		}
		if rest[head-2]&0x40 != 0 {
			head += 2
		}
		start := head
		name := last
		if version == 4 {
			drop, n := offset(rest[head:])
			if n == 0 || drop > len(last) {
				return
			}
			start, name = head+n, last[:len(last)-drop]
		} else {
			name = ""
		}
		end := bytes.IndexByte(rest[start:], 0)
		if end < 0 {
			return
		}
		last = name + string(rest[start:start+end])
		size := start + end + 1
		if version != 4 {
			size = (start + end + 8) / 8 * 8
		}
		if last == "" || size > len(rest) || !wanted(last) {
			return
		}
		rest = rest[size:]
	}
}

// offset reads a number as git packs it: 7 bits a byte, the higher ones first, one added for
// each byte that follows. It gives how many bytes that were; 0 for none.
func offset(packed []byte) (value, n int) {
	for i, b := range packed {
		if i > 0 {
			value = (value + 1) << 7
		}
		if value |= int(b & 0x7f); b < 0x80 {
			return value, i + 1
		}
		if i > 3 {
			break
		}
	}
	return 0, 0
}
