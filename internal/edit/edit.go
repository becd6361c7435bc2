// Package edit changes what authors wrote, byte for byte: nothing but the bytes
// that an edit names is touched, and a file that changed meanwhile is left alone.
// Of several files all are changed or none. A file keeps its mode, its owner and its
// other names, and one that may not be written to stays as it is.
package edit

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bilanz/internal/diag"
)

// Changed says that a file no longer holds what it held when it was checked.
type Changed struct {
	Place diag.Place // of the first edit that finds other bytes, or the file as a whole
}

func (c *Changed) Error() string {
	return c.Place.String() + ": the file changed since it was checked"
}

// Change is what a file holds and what it will hold.
type Change struct {
	Path     string // from the project's root, with slashes
	Old, New []byte // Old is nil where there is no file yet
	Edits    int    // how many there are
	Delete   bool   // the file goes
}

// Read gives what a file of the project's folder holds, or nil where there is none.
func Read(dir, path string) ([]byte, error) {
	text, err := os.ReadFile(file(dir, path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return text, err
}

func file(dir, path string) string { return filepath.Join(dir, filepath.FromSlash(path)) }

// Plan reads the files that edits name, in the project's folder, and makes the
// changes, by path. It gives [Changed], and no change at all, where one edit finds
// other bytes than it was made for.
func Plan(dir string, edits []diag.Edit) ([]Change, error) {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b diag.Edit) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End(), b.End()))
	})
	var changes []Change
	for len(sorted) > 0 {
		path := sorted[0].Path
		n := 0
		for n < len(sorted) && sorted[n].Path == path {
			n++
		}
		old, err := Read(dir, path)
		if err != nil {
			return nil, err
		}
		with, made, err := Apply(old, sorted[:n])
		if err != nil {
			return nil, err
		}
		changes = append(changes, Change{Path: path, Old: old, New: with, Edits: made})
		sorted = sorted[n:]
	}
	return changes, nil
}

// Apply makes edits of one text that are sorted by place, and says how many it
// made. Of those that overlap only the first is made: the others are found again
// by the next run. So is what was found twice, as a note in a YAML file may be. It
// gives [Changed] where one edit, made or not, finds other bytes than it was made
// for.
func Apply(text []byte, edits []diag.Edit) ([]byte, int, error) {
	var out bytes.Buffer
	at, made := 0, 0
	for _, e := range edits {
		if !fits(text, e) {
			return nil, 0, &Changed{placeOf(text, e)}
		}
		if e.Start < at || made > 0 && e.Start == at && e.Old == "" {
			continue
		}
		out.Write(text[at:e.Start])
		out.WriteString(e.New)
		at = e.End()
		made++
	}
	out.Write(text[at:])
	return out.Bytes(), made, nil
}

// fits reports whether the bytes that an edit was made for stand where it says.
func fits(text []byte, e diag.Edit) bool {
	if e.Whole {
		return string(text) == e.Old
	}
	return e.Start >= 0 && e.End() <= len(text) && string(text[e.Start:e.End()]) == e.Old
}

func placeOf(text []byte, e diag.Edit) diag.Place {
	if e.Whole || len(text) == 0 {
		return diag.File(e.Path)
	}
	return diag.At(e.Path, text, e.Start, e.End())
}

// Diff shows a change line by line. Edits never move lines apart, so that lines
// between two edits pair up by themselves.
func (c Change) Diff() string {
	var b strings.Builder
	fmt.Fprintf(&b, "--- %s\n+++ %s\n", c.Path, c.Path)
	old, with := strings.SplitAfter(string(c.Old), "\n"), strings.SplitAfter(string(c.New), "\n")
	head := common(old, with)
	old, with = old[head:], with[head:]
	for i := 0; len(old) > 0 || len(with) > 0; {
		if len(old) > 0 && len(with) > 0 && old[0] == with[0] {
			old, with, i = old[1:], with[1:], i+1
			continue
		}
		gone, come := hunk(old, with)
		fmt.Fprintf(&b, "@@ %d @@\n", head+i+1)
		for _, line := range old[:gone] {
			b.WriteString("-" + strings.TrimRight(line, "\r\n") + "\n")
		}
		for _, line := range with[:come] {
			b.WriteString("+" + strings.TrimRight(line, "\r\n") + "\n")
		}
		old, with, i = old[gone:], with[come:], i+gone
	}
	return b.String()
}

// common counts the equal lines at the start.
func common(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// hunk finds how many lines go and come before both sides are equal again.
func hunk(old, with []string) (gone, come int) {
	for reach := 1; reach <= len(old)+len(with); reach++ {
		for gone = 0; gone <= reach; gone++ {
			come = reach - gone
			if gone < len(old) && come < len(with) && old[gone] == with[come] {
				return gone, come
			}
		}
	}
	return len(old), len(with)
}
