package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"sync"
	"time"
)

// memory says when garbage is looked for. Go's own rule lets the heap double, beginning
// with 4 MB. That is too early for a small site, whose build was interrupted four times
// to find next to nothing, and too late for a large one. So there are four settings, and
// only these functions change them:
//
//   - At the start, nothing is collected below 16 MB of heap: ten pages take a quarter less
//     processor time for 3 MB more. The first collection ends that, so that a site of 900
//     pages takes what it took (67 and 69 MB).
//   - A site of many pages, or of many figures, gets a limit that it hardly needs, and is
//     collected when it comes near. Ten thousand pages then take a third less memory than
//     by Go's own rule, and a tenth less time; 100,000 figures 520 MB and not 760.
//   - Once charts are drawn, garbage may lie longer. The engines make it ten times as
//     fast as the rest of a build: looking for it took a fifth of the time of a drawing,
//     and still a tenth at 200 percent.
//   - A preview builds again and again: a small site by the setting of charts, a large one
//     by Go's own rule. Garbage is looked for when nothing was saved for a while, so that
//     the next save need not wait for that: it was a quarter of a build.
//
// Whoever sets GOGC knows why; then nothing is changed.
type memory struct {
	mu      sync.Mutex
	ours    bool        // GOGC was not set
	settled bool        // for the rest of this process
	resting *time.Timer // of a preview; nil before its first build
}

const (
	goPercent  = 100 // Go's own rule
	ourPercent = 400 // of 4 MB, the least that Go counts with, is 16 MB

	largeSite    = 1000   // pages; below it Go's own rule is good enough
	manyFigures  = 20_000 // likewise
	memoryAtAll  = 28 << 20
	memoryAPage  = 5 << 10
	memoryFigure = 6 << 10

	memoryOfEngines = 96 << 20
	memoryAtMost    = 420 << 20 // which with engines is less than any site may take, 600 MB
)

// collectLater puts the first collection off until the heap has 16 MB.
func collectLater() *memory {
	m := &memory{}
	before := debug.SetGCPercent(ourPercent)
	if m.ours = before == goPercent; !m.ours {
		debug.SetGCPercent(before)
		return m
	}
	// Nobody holds the canary, so the first collection takes it.
	canary := &struct{ of *memory }{m}
	runtime.AddCleanup(canary, (*memory).collected, m)
	return m
}

func (m *memory) collected() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.settled {
		debug.SetGCPercent(goPercent)
	}
}

// plan is told how large the site is.
func (m *memory) plan(pages, figures int) {
	if m.ours && (pages >= largeSite || figures >= manyFigures) {
		m.settle()
		debug.SetMemoryLimit(int64(min(memoryAtAll+pages*memoryAPage+figures*memoryFigure, memoryAtMost)))
	}
}

// draw is told that pictures are drawn. A limit that was planned for pages has no room
// for engines.
func (m *memory) draw() {
	if !m.ours {
		return
	}
	m.settle()
	if limit := debug.SetMemoryLimit(-1); limit < math.MaxInt64-memoryOfEngines {
		debug.SetMemoryLimit(limit + memoryOfEngines)
	}
}

// keep is told by a preview how large the site is, before each build. It keeps sites in
// memory: garbage may lie as long beside a small one, and not beside a large one.
func (m *memory) keep(pages, figures int) {
	if !m.ours {
		return
	}
	if m.settle(); pages >= largeSite || figures >= manyFigures {
		debug.SetGCPercent(goPercent)
	}
}

// rest is told by a preview that a build is shown.
func (m *memory) rest() {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case !m.ours:
	case m.resting == nil:
		m.resting = time.AfterFunc(aWhile, runtime.GC)
	default:
		m.resting.Reset(aWhile)
	}
}

// aWhile is longer than a browser needs to show what was saved, and shorter than a person to
// save again.
const aWhile = 100 * time.Millisecond

func (m *memory) settle() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.settled = true
	debug.SetGCPercent(ourPercent)
}
