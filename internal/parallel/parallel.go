// Package parallel does work on several goroutines and brings a panic in any of them to
// whoever waits for it.
//
// A goroutine that panics on its own ends the program before anything could be said, given
// back or tidied up. Here the panic goes on where the work was asked for, with the place in
// the code at which it began, so that one recover at the top sees every one of them.
package parallel

import (
	"fmt"
	"path"
	"runtime"
	"strings"
	"sync"
)

// Panic is a panic on its way to whoever waits.
type Panic struct {
	Value any
	Code  []string // where it began and who called that: "prose/html.go:40"
	Work  string   // what was being worked on, such as a page; "" where nobody said
}

// String says what happened, on one line.
func (p *Panic) String() string {
	where := p.Code
	if p.Work != "" {
		where = append(where[:len(where):len(where)], p.Work)
	}
	said := strings.Join(strings.Fields(fmt.Sprint(p.Value)), " ")
	return said + " (" + strings.Join(where, ", ") + ")"
}

// mostCode is how many places in the code a panic names.
const mostCode = 3

// Caught makes a Panic of what recover gave, in the function that called it.
func Caught(value any) *Panic {
	if p, ok := value.(*Panic); ok {
		return p
	}
	p := &Panic{Value: value}
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	panicked := false // above that are the functions that recover
	for frame, more := frames.Next(); len(p.Code) < mostCode; frame, more = frames.Next() {
		ours := strings.HasPrefix(frame.Function, "bilanz/") || strings.HasPrefix(frame.Function, "main.")
		if panicked && ours {
			p.Code = append(p.Code, fmt.Sprintf("%s/%s:%d", path.Base(path.Dir(frame.File)), path.Base(frame.File), frame.Line))
		}
		panicked = panicked || frame.Function == "runtime.gopanic"
		if !more {
			break
		}
	}
	return p
}

// Naming is deferred around work on one thing: a panic in it says on what.
func Naming(work string) {
	if r := recover(); r != nil {
		p := Caught(r)
		if p.Work == "" {
			p.Work = work
		}
		panic(p)
	}
}

// Group waits for goroutines. The zero Group is ready.
type Group struct {
	wait  sync.WaitGroup
	mu    sync.Mutex
	first *Panic
}

// Go does the work on a goroutine of its own.
func (g *Group) Go(work func()) {
	g.wait.Go(func() {
		defer func() {
			if r := recover(); r != nil {
				g.keep(Caught(r))
			}
		}()
		work()
	})
}

func (g *Group) keep(p *Panic) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.first == nil {
		g.first = p
	}
}

// Wait waits for all of the work, and panics if one of the goroutines did.
func (g *Group) Wait() {
	g.wait.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	if p := g.first; p != nil {
		g.first = nil
		panic(p)
	}
}
