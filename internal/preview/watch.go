package preview

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bilanz/internal/diag"

	"github.com/fsnotify/fsnotify"
)

// settle is for how long no event may come before a build begins.
const settle = 5 * time.Millisecond

// watched are the folders of a project that a build reads.
var watched = []string{"content", "layouts", "static"}

// watcher hears of what is saved in a project.
type watcher struct {
	dir    string
	events *fsnotify.Watcher
}

// watch begins to listen in a project's folder.
func watch(dir string, said func(diag.Text)) (*watcher, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watcher{dir: dir, events: events}
	if err := events.Add(dir); err != nil {
		events.Close()
		return nil, err
	}
	for _, name := range watched {
		w.add(filepath.Join(dir, name))
	}
	return w, nil
}

func (w *watcher) close() { w.events.Close() }

// add listens in a folder and in all below it.
func (w *watcher) add(folder string) {
	filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			w.events.Add(path)
		}
		return nil
	})
}

// wait gives the files that changed, once they have been quiet for a moment.
func (w *watcher) wait(ctx context.Context) ([]string, error) {
	changed := map[string]bool{}
	var quiet <-chan time.Time
	for {
		select {
		case e, ok := <-w.events.Events:
			if !ok {
				return nil, context.Canceled
			}
			if name := w.heard(e); name != "" {
				changed[name] = true
				quiet = time.After(settle)
			}
		case err := <-w.events.Errors:
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				quiet = time.After(settle)
			}
		case <-quiet:
			return slices.Sorted(maps.Keys(changed)), nil
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// heard gives the name of the file that an event is about, from the project's root; "" for
// what no build reads.
func (w *watcher) heard(e fsnotify.Event) string {
	rel, err := filepath.Rel(w.dir, e.Name)
	if err != nil || e.Op == fsnotify.Chmod {
		return ""
	}
	name := filepath.ToSlash(rel)
	top, _, _ := strings.Cut(name, "/")
	if !slices.Contains(watched, top) {
		return ""
	}
	if e.Has(fsnotify.Create) {
		if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
			w.add(e.Name)
		}
	}
	return name
}
