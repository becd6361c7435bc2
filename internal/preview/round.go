package preview

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"bilanz/internal/build"
	"bilanz/internal/diag"
	"bilanz/internal/output"
	"bilanz/internal/parallel"
)

// round is one build and what came of it. It does not change any more.
type round struct {
	number int // from 1
	shown  int // the number of the first round with these very pages
	result build.Result
	site   *output.Memory // nil unless result.Written
}

// build builds the project as it lies on the disk, with unsaved text over it. It may be
// called at any time, by several at once: to try a change is to make a round and keep it
// to oneself. Who has heard of each save need not wait for files to be quiet.
func (s *server) build(ctx context.Context, unsaved map[string][]byte, heard bool) (r *round) {
	r = &round{site: &output.Memory{}}
	defer func() {
		if p := recover(); p != nil {
			r.result = build.Result{Diagnostics: []diag.Diagnostic{ours(parallel.Caught(p))}}
		}
	}()
	o := s.o.Build
	o.Into, o.NoCards, o.Uses, o.Unsaved, o.Heard = r.site, true, true, unsaved, heard
	o.Retype, o.Translations, o.State = true, true, true // for the inspector
	var err error
	if r.result, err = build.Build(ctx, o); err != nil {
		r.result = build.Result{Diagnostics: []diag.Diagnostic{machines(err)}}
	}
	if !r.result.Written {
		r.site = nil // half of one
	}
	r.result.Diagnostics = slices.DeleteFunc(r.result.Diagnostics, isOfNoPreview)
	return r
}

// isOfNoPreview recognises what is no matter here: a preview has an address, which is not the
// site's, and nobody searches it.
func isOfNoPreview(d diag.Diagnostic) bool { return d.Code == "base-url-missing" }

// ours is a mistake in bilanz as a problem, for whoever can mend it.
func ours(p *parallel.Panic) diag.Diagnostic {
	return diag.Diagnostic{
		Text: diag.Say("this is a mistake in bilanz, not in your content: %s",
			"das ist ein Fehler in bilanz, nicht in Ihren Inhalten: %s", p),
		Ways: []diag.Text{diag.Say("please report it with this line", "bitte melden Sie ihn mit dieser Zeile")},
	}
}

// machines is what is wrong with the machine as a problem. It may pass: a folder that was
// moved comes back, a drive is there again.
func machines(err error) diag.Diagnostic {
	var refusal *output.Error
	if errors.As(err, &refusal) {
		return refusal.Diagnostic()
	}
	return diag.Diagnostic{
		Text: diag.Say("the site could not be built: %v", "die Website ließ sich nicht bauen: %v", err),
		Ways: []diag.Text{diag.Say("save again when this is mended",
			"speichern Sie noch einmal, wenn das behoben ist")},
	}
}

// show makes a round the latest, and wakes whoever waits for one.
func (s *server) show(r *round) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.number = 1; s.last != nil {
		r.number = s.last.number + 1
	}
	r.shown = r.number
	if s.good != nil && r.result.Written && r.site.Same(s.good.site) {
		r.shown = s.good.shown // pages that are open need not be loaded again
	}
	s.last = r
	if r.result.Written {
		s.good = r
	}
	close(s.changed)
	s.changed = make(chan struct{})
}

// isNews reports whether a round says anything that the latest does not.
func (s *server) isNews(r *round) bool {
	last, good, _ := s.now()
	return last == nil || !bytes.Equal(last.said(), r.said()) || r.result.Written && !r.site.Same(good.site)
}

// said is all that a round says about the content.
func (r *round) said() []byte {
	var text bytes.Buffer
	_ = diag.WriteJSON(&text, r.result.Diagnostics, "en") // into memory
	return text.Bytes()
}

// now gives the latest round and the latest good one, either of which may be nil, and what
// is closed when there is a newer one.
func (s *server) now() (last, good *round, newer <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last, s.good, s.changed
}

// follow builds, and builds again after each change, until ctx ends.
func (s *server) follow(ctx context.Context, w *watcher) {
	begin := time.Now()
	r := s.build(ctx, nil, false) // nobody heard of what was saved before
	for b := (batch{first: begin}); ctx.Err() == nil; {
		if len(b.files) > 0 || s.isNews(r) {
			s.show(r)
			s.o.Built(Report{Files: b.files, Took: time.Since(b.first), Result: r.result})
		}
		b, r = s.after(ctx, w)
	}
}

// after waits for a change, and gives the round that follows it. What is saved meanwhile
// gives a round up, and one that is wrong waits for a file to be saved to its end.
func (s *server) after(ctx context.Context, w *watcher) (batch, *round) {
	for {
		b, calm, err := w.next(ctx)
		if err != nil {
			return b, nil
		}
		r := s.build(calm, nil, !w.isDeaf())
		if calm.Err() == nil && (r.result.Written || w.rest(calm)) {
			return b, r
		}
		w.again(b)
	}
}
