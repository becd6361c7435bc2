package build

import (
	"path/filepath"
	"strings"
	"testing"

	"bilanz/internal/parallel"

	"github.com/rogpeppe/go-internal/txtar"
)

// A mistake of ours on a page's goroutine reaches whoever called Build, and the next
// build finds the output folder free.
func TestAPanicReachesWhoeverBuilds(t *testing.T) {
	dir := project(t, &txtar.Archive{})
	o := Options{Dir: dir, Out: filepath.Join(dir, "public"), Write: true, Drawings: pictures}
	o.Progress = func(done, _ int) {
		if done == 2 {
			panic("a page too many")
		}
	}
	p := panicOf(t, o)
	if p == nil || !strings.HasPrefix(p.String(), "a page too many (build/panic_test.go:") {
		t.Fatalf("it says %q", p)
	}
	o.Progress = nil
	if result, err := Build(t.Context(), o); err != nil || !result.Written {
		t.Errorf("the next build: %v", err)
	}
}

func panicOf(t *testing.T, o Options) (p *parallel.Panic) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			p = parallel.Caught(r)
		}
	}()
	_, err := Build(t.Context(), o)
	t.Log(err)
	return nil
}
