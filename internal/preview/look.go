package preview

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// lookEvery is how often somebody looks where the system does not tell of every save.
const lookEvery = 2 * time.Second

// stamp tells a file from what it was.
type stamp struct {
	size     int64
	modified time.Time
}

func (w *watcher) isDeaf() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.deaf
}

// look lists the files that a build reads; none where the system tells of them.
func (w *watcher) look() map[string]stamp {
	if !w.isDeaf() {
		return nil
	}
	seen := map[string]stamp{}
	for _, top := range watched {
		root, err := filepath.EvalSymlinks(filepath.Join(w.dir, top))
		if err != nil {
			continue
		}
		filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			rel, _ := filepath.Rel(root, path) // it lies below
			name := filepath.ToSlash(filepath.Join(top, rel))
			if info, err := os.Stat(path); err == nil && !info.IsDir() && whose(name) != nobody {
				seen[name] = stamp{info.Size(), info.ModTime()}
			}
			return nil
		})
	}
	return seen
}

// compare looks again and notes what is not as it was.
func (w *watcher) compare(before map[string]stamp) map[string]stamp {
	now := w.look()
	for name, was := range before {
		if is, ok := now[name]; !ok || is != was {
			w.note(name, whose(name) == editors, false)
		}
	}
	for name := range now {
		if _, ok := before[name]; !ok {
			w.note(name, whose(name) == editors, false)
		}
	}
	return now
}

// owner is who a file is for.
type owner int

const (
	authors owner = iota // a build reads it
	editors              // an editor lays it beside a file for a moment; a build may warn of it
	nobody               // no build ever sees it
)

// whose says who a file is for, by its name from the project's root.
func whose(name string) owner {
	for part := range strings.SplitSeq(name, "/") {
		switch {
		case strings.HasPrefix(part, ".~lock."), strings.HasPrefix(part, "~$"):
			return editors // a workbook that is open is named as such
		case strings.HasPrefix(part, ".") && part != ".well-known":
			if strings.HasPrefix(name, "static/") && !slices.Contains(spares, path.Ext(part)) {
				return editors // a build says that it is not published
			}
			return nobody
		case strings.HasSuffix(part, "~"):
			return nobody
		case part == "4913", strings.HasSuffix(part, "___"),
			strings.HasPrefix(part, "#") && strings.HasSuffix(part, "#"),
			slices.Contains(spares, strings.ToLower(path.Ext(part))):
			return editors
		}
	}
	return authors
}

// spares are the ends of names of what programs keep of a file while it is edited.
var spares = []string{
	".swp", ".swo", ".swx", ".swpx", ".tmp", ".temp", ".bak", ".orig", ".old", ".rej", ".part", ".crswap",
	".crdownload",
}
