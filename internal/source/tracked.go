package source

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
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
			shared := func(name string) []byte {
				text, _ := os.ReadFile(filepath.Join(gitFolder(top), name)) // without one there are no more paths
				return text
			}
			if found := firstBelow(index, prefix, shared); found != "" {
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

// firstBelow finds the first path with a prefix in an index of git, or in the one that it is
// a supplement to. Its ids have 20 bytes, or 32 in newer repositories, which the index does
// not say.
func firstBelow(index []byte, prefix string, shared func(name string) []byte) string {
	for _, id := range []int{20, 32} {
		found, at := "", 0
		var gone func(entry int) bool
		look := func(p string) bool {
			if strings.HasPrefix(p, prefix) && (gone == nil || !gone(at)) {
				found = p
			}
			at++
			return found == ""
		}
		link := extension(eachPath(index, id, look), "link")
		if found == "" && len(link) >= id {
			at, gone = 0, bitmap(link[id:])
			eachPath(shared("sharedindex."+hex.EncodeToString(link[:id])), id, look)
		}
		if found != "" {
			return found
		}
	}
	return ""
}

// eachPath reads the paths of an index, versions 2 to 4, as far as they are wanted and can be
// read, and gives what stands behind them. An entry has 40 bytes about the file, its id, flags
// of 2 bytes (of 4 where their second bit is set) and its path, which ends with a zero; in
// version 4 that says first how much of the path before it is to be dropped, in the others it
// is filled up to a multiple of 8. A supplement leaves out the paths of what it only changes.
func eachPath(index []byte, id int, wanted func(string) bool) (behind []byte) {
	if len(index) < 12 || string(index[:4]) != "DIRC" {
		return nil
	}
	version, count := binary.BigEndian.Uint32(index[4:]), binary.BigEndian.Uint32(index[8:])
	rest, last := index[12:], ""
	for range count {
		head := 40 + id + 2
		if len(rest) < head+2 {
			return nil
		}
		if rest[head-2]&0x40 != 0 {
			head += 2
		}
		start, name := head, ""
		if version == 4 {
			drop, n := offset(rest[head:])
			if n == 0 || drop > len(last) {
				return nil
			}
			start, name = head+n, last[:len(last)-drop]
		}
		end := bytes.IndexByte(rest[start:], 0)
		if end < 0 {
			return nil
		}
		last = name + string(rest[start:start+end])
		size := start + end + 1
		if version != 4 {
			size = (start + end + 8) / 8 * 8
		}
		if size > len(rest) || !wanted(last) {
			return nil
		}
		rest = rest[size:]
	}
	return rest
}

// extension is what stands under a name behind the entries of an index; nil for nothing.
func extension(behind []byte, name string) []byte {
	for len(behind) >= 8 {
		size := binary.BigEndian.Uint32(behind[4:])
		if uint64(size) > uint64(len(behind)-8) {
			return nil
		}
		if string(behind[:4]) == name {
			return behind[8 : 8+size]
		}
		behind = behind[8+size:]
	}
	return nil
}

// bitmap tells which bits are set in a map that git packed: words of 64 bits, some of which
// say how many that are all alike follow, and how many that stand as they are.
func bitmap(packed []byte) func(bit int) bool {
	const word, most = 8, 1 << 20 // words: sixty million entries
	set := map[int]uint64{}       // words with any bit set
	if len(packed) < word {
		return func(int) bool { return false }
	}
	count, rest := int(binary.BigEndian.Uint32(packed[4:])), packed[word:]
	next := func() uint64 {
		w := binary.BigEndian.Uint64(rest)
		rest, count = rest[word:], count-1
		return w
	}
	for at := 0; at < most && count > 0 && len(rest) >= word; {
		head := next()
		alike, literal := int(head>>1&0xffffffff), head>>33
		for i := 0; head&1 != 0 && i < min(alike, most-at); i++ {
			set[at+i] = ^uint64(0)
		}
		at += alike
		for ; literal > 0 && count > 0 && len(rest) >= word; literal-- {
			set[at] = next()
			at++
		}
	}
	return func(bit int) bool { return set[bit/64]>>(bit%64)&1 != 0 }
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
