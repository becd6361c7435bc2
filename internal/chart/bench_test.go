package chart

import (
	"context"
	"fmt"
	"sync"
	"testing"
)

// hundred are a hundred different charts of all kinds.
func hundred() []Spec {
	var all []Spec
	for i := range 100 {
		s := samples()[i%len(samples())]
		s.ID = fmt.Sprintf("%s-%d", s.ID, i)
		all = append(all, s)
	}
	return all
}

func drawAll(b *testing.B, studio *Studio, specs []Spec) {
	var wait sync.WaitGroup
	next := make(chan Spec)
	for range cap(studio.engines) {
		wait.Go(func() {
			for s := range next {
				if _, err := studio.Draw(context.Background(), s); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for _, s := range specs {
		next <- s
	}
	close(next)
	wait.Wait()
}

// 200 pictures (100 charts, two sizes) and their files, both engines running.
func BenchmarkHundredChartsRunning(b *testing.B) {
	studio, specs := NewStudio(nil, 2, house), hundred()
	drawAll(b, studio, specs[:30])
	for b.Loop() {
		drawAll(b, studio, specs)
	}
}

// The same with the engines started in the measured time (compiled once a process).
func BenchmarkHundredChartsStarting(b *testing.B) {
	specs := hundred()
	for b.Loop() {
		drawAll(b, NewStudio(nil, 2, house), specs)
	}
}

// What one chart costs when the cache has it.
func BenchmarkWarmChart(b *testing.B) {
	studio, specs := NewStudio(&memory{data: map[string][]byte{}}, 2, house), hundred()
	drawAll(b, studio, specs)
	i := 0
	for b.Loop() {
		if _, err := studio.Draw(context.Background(), specs[i%100]); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

func BenchmarkOption(b *testing.B) {
	specs := hundred()
	i := 0
	for b.Loop() {
		if _, err := specs[i%100].draft(wide); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		if _, err := newEngine(); err != nil {
			b.Fatal(err)
		}
	}
}
