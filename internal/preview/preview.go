// Package preview shows a site while it is written: the last good state of it, from memory,
// in a browser that follows each save.
//
//   - It builds whole sites, by the one way that publishes them. What a reader sees is what
//     one build made; a save that is wrong leaves the page as it was, below the messages.
//   - It is for the person at this machine: it listens on the loopback alone, answers nobody
//     who came by another name, and takes a change only with a token of this start.
//   - It waits for events and asks for nothing: while nobody saves, nothing runs.
//
// What lies below /_preview/ is the preview's own; all else is the site as it would be
// published, its pages with one style sheet and one script more.
package preview

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"runtime"
	"sync"
	"time"

	"bilanz/internal/build"
	"bilanz/internal/chart"
	"bilanz/internal/diag"
	"bilanz/internal/drawn"
	"bilanz/internal/parallel"
)

// Options says what to show, where, and who is told of it.
type Options struct {
	Build build.Options // the folder, the cache, and who is told how far a build is; the rest is chosen here
	Addr  string        // "localhost:8080"; where the port is taken, one of the next is
	Lang  string        // of messages: "en" or "de"

	Ready func(address string)   // told once, before the first build, where the pages are
	Built func(Report)           // told after each build
	Said  func(notice diag.Text) // told of what else there is to know

	// Committed gives the project's files as they were in the last commit; nil where nobody can.
	Committed func(context.Context) (fs.FS, error)

	refuse func(folder string) error // for tests: why the system does not listen in a folder
	begun  func(*server)             // for tests
}

// Report is what a build came to, for the terminal.
type Report struct {
	Files  []string // what had changed, by name; none for the first build
	Took   time.Duration
	Result build.Result
}

// server is a preview on its way.
type server struct {
	o     Options
	token string // what a change must bring
	start string // names this start
	hosts []string

	writing sync.Mutex // one change at a time
	desk

	mu      sync.Mutex
	last    *round        // the latest build; nil before the first
	good    *round        // the latest that made a site; nil before
	changed chan struct{} // closed with each new round, and made anew
}

// Serve shows the project until ctx ends. The error is the machine's, or a refusal of the
// address.
func Serve(ctx context.Context, o Options) error {
	if info, err := os.Stat(o.Build.Dir); err != nil || !info.IsDir() {
		return &Refusal{diag.Say("there is no folder %s", "einen Ordner %s gibt es nicht", o.Build.Dir),
			diag.Say("name the folder that holds content/", "nennen Sie den Ordner, der content/ enthält")}
	}
	at, err := listen(o.Addr)
	if err != nil {
		return err
	}
	defer at.close()
	if at.moved {
		o.Said(at.notice())
	}
	o.Build.Engines = chart.NewEngines(runtime.GOMAXPROCS(0))
	o.Build.Drawings = &drawn.Memory{Under: build.OpenDrawings(o.Build.Cache, o.Build.Dir)}
	o.Build.Workbooks = &drawn.Memory{}
	s := &server{o: o, token: rand.Text(), start: rand.Text(), hosts: at.hosts(), changed: make(chan struct{})}
	if o.begun != nil {
		o.begun(s)
	}
	w, err := watch(o.Build.Dir, o.Said, o.refuse)
	if err != nil {
		return err
	}
	defer w.close()
	o.Ready(at.address())

	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var work parallel.Group
	web := newWeb(ctx, s.handler())
	for _, l := range at.listeners {
		work.Go(func() {
			if err := web.Serve(l); !errors.Is(err, http.ErrServerClosed) {
				stop(err)
			}
		})
	}
	work.Go(func() { defer stop(nil); w.listen(ctx) })
	work.Go(func() { defer stop(nil); s.follow(ctx, w) })
	<-ctx.Done()
	shutDown(web)
	work.Wait()
	if err := context.Cause(ctx); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}
