package parallel

import (
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
)

// caught does the work and gives the panic that it ends with; nil for none.
func caught(work func()) (p *Panic) {
	defer func() {
		if r := recover(); r != nil {
			p = Caught(r)
		}
	}()
	work()
	return nil
}

func TestAPanicReachesWhoeverWaits(t *testing.T) {
	var done atomic.Int64
	p := caught(func() {
		var g Group
		for i := range 8 {
			g.Go(func() {
				defer Naming("page")
				if i == 3 {
					var none []int
					_ = none[i]
				}
				done.Add(1)
			})
		}
		g.Wait()
	})
	if p == nil || done.Load() != 7 {
		t.Fatalf("%v, %d done", p, done.Load())
	}
	want := `^runtime error: index out of range \[3\] with length 0 \(parallel/parallel_test.go:\d+, .*page\)$`
	if !regexp.MustCompile(want).MatchString(p.String()) {
		t.Errorf("it says %q", p)
	}
}

// A panic goes through several groups, and keeps what it said first.
func TestAPanicGoesThroughGroups(t *testing.T) {
	p := caught(func() {
		var outer, inner Group
		outer.Go(func() {
			defer Naming("outer")
			inner.Go(func() {
				defer Naming("inner")
				panic("two\nlines")
			})
			inner.Wait()
		})
		outer.Wait()
	})
	if p == nil || !strings.HasPrefix(p.String(), "two lines (parallel/parallel_test.go:") || p.Work != "inner" {
		t.Errorf("it says %q", p)
	}
}

func TestWithoutAPanicNothingIsSaid(t *testing.T) {
	if p := caught(func() {
		var g Group
		g.Go(func() {})
		g.Wait()
		g.Wait()
		Naming("nothing")
	}); p != nil {
		t.Error(p)
	}
}
