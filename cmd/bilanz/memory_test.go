package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

func TestTheFirstCollectionComesLateAndTheNextByGosOwnRule(t *testing.T) {
	restore(t)
	collectLater()
	if percent() != ourPercent {
		t.Fatalf("it starts with %d percent", percent())
	}
	runtime.GC()
	for end := time.Now().Add(10 * time.Second); percent() != goPercent; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d percent after a collection", percent())
		}
	}
}

func TestTheFirstCollectionEndsNothingThatWasSettled(t *testing.T) {
	for name, settle := range map[string]func(*memory){
		"large site": func(m *memory) { m.plan(largeSite, 0) },
		"pictures":   (*memory).draw,
	} {
		restore(t)
		m := collectLater()
		settle(m)
		m.collected()
		if percent() != ourPercent {
			t.Errorf("%s: %d percent after a collection", name, percent())
		}
	}
}

func TestOnlyLargeSitesHaveALimitAndEnginesWidenIt(t *testing.T) {
	restore(t)
	m := collectLater()
	m.plan(largeSite-1, manyFigures-1)
	m.draw()
	if limit := debug.SetMemoryLimit(-1); limit != math.MaxInt64 {
		t.Errorf("a small site has the limit %d", limit)
	}
	m.plan(largeSite, 10)
	planned := int64(memoryAtAll + largeSite*memoryAPage + 10*memoryFigure)
	if limit := debug.SetMemoryLimit(-1); limit != planned {
		t.Errorf("the limit is %d, want %d", limit, planned)
	}
	m.draw()
	if limit := debug.SetMemoryLimit(-1); limit != planned+memoryOfEngines {
		t.Errorf("with engines the limit is %d, want %d", limit, planned+memoryOfEngines)
	}
	m.plan(0, manyFigures)
	if limit := debug.SetMemoryLimit(-1); limit != memoryAtAll+manyFigures*memoryFigure {
		t.Errorf("with many figures the limit is %d", limit)
	}
	m.plan(0, 100_000)
	if limit := debug.SetMemoryLimit(-1); limit != memoryAtMost {
		t.Errorf("with very many figures the limit is %d, want %d", limit, memoryAtMost)
	}
}

func TestWhoSetGOGCKeepsIt(t *testing.T) {
	restore(t)
	debug.SetGCPercent(50)
	m := collectLater()
	m.plan(largeSite, 0)
	m.draw()
	if limit := debug.SetMemoryLimit(-1); percent() != 50 || limit != math.MaxInt64 {
		t.Errorf("%d percent, limit %d", percent(), limit)
	}
}

// restore begins and ends a test with what Go does by itself.
func restore(t *testing.T) {
	own := func() { debug.SetGCPercent(goPercent); debug.SetMemoryLimit(math.MaxInt64) }
	own()
	t.Cleanup(own)
}

func percent() int {
	read := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(read)
	return int(read[0].Value.Uint64())
}

func TestAPreviewCollectsGarbageOnceNothingIsSaved(t *testing.T) {
	restore(t)
	m := collectLater()
	m.keep(1, 1)
	before := collections()
	m.rest()
	m.rest() // two builds at once are one rest
	for end := time.Now().Add(10 * time.Second); collections() == before; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("nothing was collected")
		}
	}
}

// collections is how often garbage was collected because somebody said so.
func collections() uint64 {
	s := []metrics.Sample{{Name: "/gc/cycles/forced:gc-cycles"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
