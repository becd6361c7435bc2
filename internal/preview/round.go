package preview

import (
	"context"
	"time"

	"bilanz/internal/build"
	"bilanz/internal/output"
)

// round is one build and what came of it. It does not change any more.
type round struct {
	number int // from 1
	result build.Result
	site   *output.Memory // whole where result.Written, else of no use
}

// make builds the project as it lies on the disk, with unsaved text over it. It may be
// called at any time, by several at once: to try a change is to make a round and keep it
// to oneself.
func (s *server) make(ctx context.Context, unsaved map[string][]byte) (*round, error) {
	o := s.o.Build
	r := &round{site: &output.Memory{}}
	o.Into, o.NoCards, o.Uses, o.Unsaved = r.site, true, true, unsaved
	var err error
	r.result, err = build.Build(ctx, o)
	return r, err
}

// show makes a round the latest, and wakes whoever waits for one.
func (s *server) show(r *round) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.number = 1; s.last != nil {
		r.number = s.last.number + 1
	}
	s.last = r
	if r.result.Written {
		s.good = r
	}
	close(s.changed)
	s.changed = make(chan struct{})
}

// now gives the latest round and the latest good one, either of which may be nil, and what
// is closed when there is a newer one.
func (s *server) now() (last, good *round, newer <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last, s.good, s.changed
}

// follow builds, and builds again after each change, until ctx ends or the machine fails.
func (s *server) follow(ctx context.Context, w *watcher) error {
	var files []string
	for {
		begin := time.Now()
		r, err := s.make(ctx, nil)
		if err != nil {
			return err
		}
		s.show(r)
		s.o.Built(Report{Files: files, Took: time.Since(begin), Result: r.result})
		if files, err = w.wait(ctx); err != nil {
			return err
		}
	}
}
