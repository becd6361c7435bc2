package chart

import (
	"bytes"
	"context"
	"errors"
	"math/big"
	"strings"
	"sync"
	"testing"

	"github.com/dop251/goja"

	"bilanz/internal/form"
)

// A memory is a cache for tests.
type memory struct {
	mu   sync.Mutex
	data map[string][]byte
	hits int
}

func (m *memory) Get(key string) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.data[key]
	if ok {
		m.hits++
	}
	return data, ok
}

func (m *memory) Put(key string, data []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data[key] = data
}

func (p Picture) equal(q Picture) bool {
	return bytes.Equal(p.Wide, q.Wide) && bytes.Equal(p.Narrow, q.Narrow) && bytes.Equal(p.File, q.File) &&
		bytes.Equal(p.Broad, q.Broad) && bytes.Equal(p.Live, q.Live) && p.High == q.High
}

// A picture from the cache is the one that would be drawn, and no engine starts for it.
func TestWarmCacheGivesTheSameBytesWithoutAnEngine(t *testing.T) {
	cache := &memory{data: map[string][]byte{}}
	s := samples()[0]
	cold := draw(t, NewStudio(cache, 1, house), s)
	studio := NewStudio(cache, 1, house)
	if warm := draw(t, studio, s); !warm.equal(cold) || cache.hits != 1 {
		t.Error("another picture from the cache")
	}
	if e := <-studio.engines; e != nil {
		t.Error("an engine was started although the picture was there")
	}
}

// Whatever a picture shows is part of its key.
func TestEveryPartOfASpecChangesTheKey(t *testing.T) {
	keys := map[string]string{}
	add := func(what string, change func(*Spec)) {
		s := brokenLine()
		change(&s)
		key, err := NewStudio(nil, 1, house).key(s)
		if err != nil {
			t.Fatal(err)
		}
		if before, ok := keys[key]; ok {
			t.Errorf("%s and %s have the same key", what, before)
		}
		keys[key] = what
	}
	add("nothing", func(s *Spec) {})
	add("id", func(s *Spec) { s.ID = "other" })
	add("lang", func(s *Spec) { s.Lang = "de" })
	add("title", func(s *Spec) { s.Title = "other" })
	add("subtitle", func(s *Spec) { s.Subtitle = "other" })
	add("source", func(s *Spec) { s.Source = "other" })
	add("summary", func(s *Spec) { s.Summary = "other" })
	add("note", func(s *Spec) { s.Notes = []string{"other"} })
	add("origin", func(s *Spec) { s.Origin = "other" })
	add("address", func(s *Spec) { s.Address = "other" })
	add("since", func(s *Spec) { s.Since.Date = s.Rows[0].Date.AddDate(-1, 0, 0) })
	add("demo", func(s *Spec) { s.Demo = "" })
	add("series", func(s *Spec) { s.Series[0] = "other" })
	add("label", func(s *Spec) { s.Rows[0].Label = "other" })
	add("text", func(s *Spec) { s.Rows[0].Cells[0].Text = "other" })
	add("tip", func(s *Spec) { s.Rows[0].Cells[0].Tip = "other" })
	add("value", func(s *Spec) { s.Rows[0].Cells[0].Value = big.NewRat(1, 3) })
	add("kind", func(s *Spec) { s.Form = form.Bar })
	add("date", func(s *Spec) { s.Rows[0].Date = s.Rows[0].Date.AddDate(0, 0, -1) })
	add("break's date", func(s *Spec) { s.Breaks[0].Date = s.Breaks[0].Date.AddDate(0, 0, 1) })
	add("break's series", func(s *Spec) { s.Breaks[0].Series = 1 })
	add("bound", func(s *Spec) { s.Rows[0].Cells[0].Bound = true })
	add("break", func(s *Spec) { s.Breaks[0].Label = "other" })
}

// A damaged entry is a miss, wherever it is damaged.
func TestDamagedCacheIsAMiss(t *testing.T) {
	cache := &memory{data: map[string][]byte{}}
	s := samples()[0]
	want := draw(t, NewStudio(cache, 1, house), s)
	studio := NewStudio(cache, 1, house)
	for key, whole := range cache.data {
		damages := [][]byte{nil, {1}, whole[:len(whole)-1], whole[:40], append(bytes.Clone(whole), 0)}
		for _, at := range []int{0, 3, 12, len(whole) / 2, len(whole) - 1} {
			d := bytes.Clone(whole)
			d[at] ^= 1
			damages = append(damages, d)
		}
		for _, d := range damages {
			cache.Put(key, d)
			if got := draw(t, studio, s); !got.equal(want) {
				t.Error("a damaged entry changed the picture")
			}
		}
	}
}

// A build that is stopped stops drawing, and the studio can be used afterwards.
func TestStoppedDrawingLeavesTheStudioUsable(t *testing.T) {
	studio := NewStudio(nil, 1, house)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := studio.Draw(ctx, samples()[0]); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	draw(t, studio, samples()[0])
}

// An engine that never comes back is interrupted; the problem names the chart.
func TestEndlessDrawingIsInterrupted(t *testing.T) {
	e, err := newEngine()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.vm.RunString("bilanzDraw = function () { for (;;) {} }"); err != nil {
		t.Fatal(err)
	}
	endless := e.vm.Get("bilanzDraw")
	e.draw, _ = goja.AssertFunction(endless)
	ctx, cancel := context.WithCancel(context.Background())
	go cancel()
	if _, err := e.svg(ctx, drawing{}); err == nil {
		t.Error("an endless drawing came to an end")
	}
}

// The option is JSON that is safe inside a page, and holds no trace of code.
func TestOptionsAreSafeInsideAPage(t *testing.T) {
	for _, s := range append(samples(), hostileSpecs()...) {
		for _, size := range sizes {
			d, err := s.draft(size)
			if err != nil {
				t.Fatal(err)
			}
			again, _ := s.draft(size)
			option := d.option
			if !bytes.Equal(option, again.option) {
				t.Errorf("%s: two options from one spec", s.ID)
			}
			for _, bad := range []string{"<", ">", "__f__", "function", "\u2028", `"toolbox"`, `"legend"`, `"tooltip"`} {
				if strings.Contains(string(option), bad) {
					t.Errorf("%s: the option holds %q: %s", s.ID, bad, option)
				}
			}
		}
	}
}
