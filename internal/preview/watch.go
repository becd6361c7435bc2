package preview

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"bilanz/internal/diag"

	"github.com/fsnotify/fsnotify"
)

// How long nothing may be heard before a build begins. Two writes of one save are closer
// together than a moment; what writes many files makes pauses; and what an editor lays beside
// a file is gone soon, so that nobody need be told of it.
const (
	moment  = 4 * time.Millisecond
	storm   = 80 * time.Millisecond
	soon    = time.Second
	atMost  = 2 * time.Second        // after which a build begins though files are still being saved
	many    = 8                      // files make a storm
	settled = 100 * time.Millisecond // after which a file that is wrong is no half-saved one
)

// watched are the folders of a project that a build reads.
var watched = []string{"content", "layouts", "static"}

// watcher hears of what is saved in a project.
type watcher struct {
	dir    string // the project's own folder, without links
	said   func(diag.Text)
	refuse func(folder string) error // for tests
	events *fsnotify.Watcher         // nil where the system gives none
	roots  map[string]string         // by folder: where a link leads there, the link
	links  map[string]string         // by file: likewise
	seen   map[string]stamp          // where somebody has to look: the files before the last build

	mu      sync.Mutex
	deaf    bool            // the system does not tell of every save
	changed map[string]bool // since the last build began, by name; true for one that has come since
	besides bool            // something changed that editors lay beside files
	broken  bool            // a build was given up because of a save
	first   time.Time       // when the first of that was heard
	last    time.Time
	news    chan struct{}      // holds one while something is new
	disturb context.CancelFunc // gives up the build that runs
}

// watch begins to hear what is saved in a project's folder.
func watch(dir string, said func(diag.Text), refuse func(folder string) error) (*watcher, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	w := &watcher{
		dir: dir, said: said, refuse: refuse, roots: map[string]string{}, links: map[string]string{},
		changed: map[string]bool{}, news: make(chan struct{}, 1), disturb: func() {},
	}
	if w.events, err = fsnotify.NewWatcher(); err != nil {
		w.lose(err)
	} else {
		w.hear(dir)
		for _, name := range watched {
			w.add(filepath.Join(dir, name))
		}
	}
	w.seen = w.look()
	return w, nil
}

func (w *watcher) close() {
	if w.events != nil {
		w.events.Close()
	}
}

// hear listens in one folder.
func (w *watcher) hear(folder string) {
	var err error
	if w.refuse != nil {
		err = w.refuse(folder)
	}
	if err == nil {
		err = w.events.Add(folder)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.lose(err)
	}
}

// lose says once that the system does not tell of every save; then somebody looks.
func (w *watcher) lose(err error) {
	w.mu.Lock()
	known := w.deaf
	w.deaf = true
	w.mu.Unlock()
	if known {
		return
	}
	w.wake()
	w.said(diag.Say("The system does not tell of every save (%v), so the preview looks itself every %d seconds.%s",
		"Das System meldet nicht jedes Speichern (%v); die Vorschau sieht deshalb alle %d Sekunden selbst nach.%s",
		err, int(lookEvery/time.Second), limitOf(err)))
}

// limitOf says which limit of the system was reached, if one was.
func limitOf(err error) diag.Text {
	if !errors.Is(err, syscall.ENOSPC) && !errors.Is(err, syscall.EMFILE) {
		return diag.Text{}
	}
	return diag.Say(" On Linux, fs.inotify.max_user_watches and fs.inotify.max_user_instances are its limits.",
		" Auf Linux heißen die Grenzen fs.inotify.max_user_watches und fs.inotify.max_user_instances.")
}

// add listens in a folder and in all below it, and where its links lead.
func (w *watcher) add(folder string) {
	real, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return
	}
	if real != folder {
		w.roots[real] = folder
	}
	filepath.WalkDir(real, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil
		case entry.IsDir():
			w.hear(path)
		case entry.Type()&fs.ModeSymlink != 0:
			w.follow(path)
		}
		return nil
	})
}

// follow listens where a link leads, if that is a file of the project.
func (w *watcher) follow(link string) {
	real, err := filepath.EvalSymlinks(link)
	if err != nil || !strings.HasPrefix(real, w.dir+string(filepath.Separator)) {
		return
	}
	if info, err := os.Stat(real); err == nil && info.Mode().IsRegular() {
		w.links[real] = link
		w.hear(filepath.Dir(real))
	}
}

// listen takes in what the system tells, until ctx ends.
func (w *watcher) listen(ctx context.Context) {
	if w.events == nil {
		<-ctx.Done()
		return
	}
	for {
		select {
		case e := <-w.events.Events:
			w.take(e)
		case err := <-w.events.Errors:
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				w.missed()
			} else if err != nil {
				w.lose(err)
			}
		case <-ctx.Done():
			return
		}
	}
}

// missed is for a storm of which the system lost a part: all folders are looked for anew.
func (w *watcher) missed() {
	for _, name := range watched {
		w.add(filepath.Join(w.dir, name))
	}
	w.note(watched[0], false, false)
}

// take takes in one event.
func (w *watcher) take(e fsnotify.Event) {
	if e.Op == fsnotify.Chmod {
		return // a date or a right
	}
	if e.Name == w.dir {
		w.lose(fs.ErrNotExist) // the project's folder was moved or deleted
		return
	}
	name := w.name(e.Name)
	if name == "" {
		return
	}
	if e.Has(fsnotify.Create) {
		w.explore(e.Name)
	}
	switch whose(name) {
	case authors:
		w.note(name, false, e.Has(fsnotify.Create))
	case editors:
		w.note(name, true, false)
	}
}

// explore listens in what has come: a folder, or where a link leads.
func (w *watcher) explore(path string) {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
	case info.IsDir():
		w.add(path)
	case info.Mode()&fs.ModeSymlink != 0:
		if w.follow(path); slices.Contains(watched, w.name(path)) {
			w.add(path)
		}
	}
}

// name gives the name of a file from the project's root; "" for one that no build reads.
func (w *watcher) name(path string) string {
	if link := w.links[path]; link != "" {
		path = link
	}
	for real, folder := range w.roots {
		if rest, ok := strings.CutPrefix(path, real); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
			path = folder + rest
		}
	}
	rel, err := filepath.Rel(w.dir, path)
	if err != nil {
		return ""
	}
	name := filepath.ToSlash(rel)
	if top, _, _ := strings.Cut(name, "/"); !slices.Contains(watched, top) {
		return ""
	}
	return name
}

// note remembers that a file changed, or something that editors lay beside files.
func (w *watcher) note(name string, besides, came bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.last = time.Now()
	if len(w.changed) == 0 && !w.besides {
		w.first = w.last
	}
	if besides {
		w.besides = true
	} else {
		if _, known := w.changed[name]; !known {
			w.changed[name] = came
		}
		w.disturb()
	}
	w.wake()
}

func (w *watcher) wake() {
	select {
	case w.news <- struct{}{}:
	default:
	}
}

// batch is what changed together.
type batch struct {
	files []string // none where only what editors lay beside files did
	first time.Time
}

// next waits until something has changed and nothing more for a while. The context that it
// gives ends when something changes after that.
func (w *watcher) next(ctx context.Context) (batch, context.Context, error) {
	for ctx.Err() == nil {
		wait, changed := w.wait()
		if changed && wait <= 0 {
			b, calm := w.begin(ctx)
			return b, calm, nil
		}
		var over <-chan time.Time // never, while nothing is new
		if changed || w.isDeaf() {
			over = time.After(wait)
		}
		select {
		case <-w.news:
		case <-over:
			if !changed {
				w.seen = w.compare(w.seen)
			}
		case <-ctx.Done():
		}
	}
	return batch{}, nil, context.Cause(ctx)
}

// wait is for how long nothing more may be heard, or until it is time to look.
func (w *watcher) wait() (left time.Duration, changed bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	quiet := moment
	switch {
	case len(w.changed) == 0 && !w.besides:
		return lookEvery, false
	case len(w.changed) == 0:
		quiet = soon
	case w.broken, len(w.changed) > many:
		quiet = storm
	}
	return min(time.Until(w.last.Add(quiet)), time.Until(w.first.Add(atMost))), true
}

// begin hands over what changed. Who saves without a pause sees a build of what was there in
// between.
func (w *watcher) begin(ctx context.Context) (batch, context.Context) {
	w.mu.Lock()
	defer w.mu.Unlock()
	b := batch{first: w.first}
	for name, came := range w.changed {
		if _, err := os.Lstat(filepath.Join(w.dir, name)); !came || err == nil {
			b.files = append(b.files, name) // and none that came and went, as spare files do
		}
	}
	slices.Sort(b.files)
	w.changed, w.besides, w.broken = map[string]bool{}, false, false
	calm, cancel := context.WithCancel(ctx)
	w.disturb = cancel
	if time.Since(b.first) > atMost {
		w.disturb = func() {}
	}
	return b, calm
}

// rest waits until nothing was heard for so long that no file is half saved. It reports
// false where something is.
func (w *watcher) rest(calm context.Context) bool {
	w.mu.Lock()
	left := time.Until(w.last.Add(settled))
	w.mu.Unlock()
	select {
	case <-time.After(left):
	case <-calm.Done():
	}
	return calm.Err() == nil
}

// again takes back what a build was begun for that was given up.
func (w *watcher) again(b batch) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, name := range b.files {
		w.changed[name] = false
	}
	w.first, w.broken = b.first, true
	w.wake()
}
