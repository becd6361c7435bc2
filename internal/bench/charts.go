package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bilanz/internal/chart"
	"bilanz/internal/colour"
	forms "bilanz/internal/form"
	"bilanz/internal/output"
)

const chartCount = 100

// nodeScript draws with Node what the charts' engine is given.
const nodeScript = "internal/chart/testdata/third-party/bench.mjs"

// A gallery is a hundred charts that are drawn.
type gallery struct {
	name   string // for -only
	title  string
	spec   func(n int) chart.Spec
	bar    string // a ratio to Node (wall / CPU / peak)
	cached string // what each may take from the cache, without other work on two cores
}

var galleries = []gallery{
	{name: "charts", title: "charts in both sizes", spec: chartSpec, bar: "2.0", cached: "0.11 ms each"},
	{name: "lines", title: "line charts of five series", spec: lineSpec, bar: "7.0", cached: "0.4 ms each"},
}

// galleryOf finds a gallery by its name.
func galleryOf(name string) (gallery, error) {
	for _, g := range galleries {
		if g.name == name {
			return g, nil
		}
	}
	return gallery{}, fmt.Errorf("no charts are called %q", name)
}

// charts measures the drawing of a hundred charts in both sizes: from nothing, from
// the cache, and in Node.
func (b *bench) charts(g gallery, runs int) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	caches, options := filepath.Join(b.work, "sites", g.name), filepath.Join(b.work, "options.json")
	ours := func(cache int) *exec.Cmd {
		return exec.Command(self, "-gallery", g.name, "-draw", filepath.Join(caches, strconv.Itoa(cache)))
	}
	// The first does not count: what it needs was not in memory. It fills the cache from
	// which the options are read here, without an engine in this process: the memory of
	// the one that starts another counts for the other.
	if _, err := measure(ours(0)); err != nil {
		return err
	}
	if err := writeOptions(g, filepath.Join(caches, "0"), options); err != nil {
		return err
	}
	drawn, cached := make([][]sample, 1), make([][]sample, 1)
	if _, err := exec.LookPath("node"); err == nil {
		drawn = make([][]sample, 2)
	} else {
		fmt.Fprintf(os.Stderr, "Node is not installed here, so the charts are measured alone.\n%v\n", err)
	}
	for run := range runs {
		for _, k := range turns(run, len(drawn)) {
			command := ours(run + 1)
			if k == 1 {
				command = exec.Command("node", nodeScript, options)
			}
			if err := add(&drawn[k], command); err != nil {
				return err
			}
		}
		if err := add(&cached[0], ours(run+1)); err != nil {
			return err
		}
	}
	printRow(fmt.Sprintf("%d %s; beside: Node", chartCount, g.title), drawn, g.bar)
	each := median(cached[0]).wall.Seconds() * 1000 / chartCount
	printRow(fmt.Sprintf("%d %s, from the cache (%.2f ms each, the start included)", chartCount, g.title, each),
		cached, g.cached)
	return nil
}

// add measures a command once more.
func add(samples *[]sample, cmd *exec.Cmd) error {
	one, err := measure(cmd)
	*samples = append(*samples, one)
	return err
}

// drawCharts draws the first of a gallery; all of them in the process that is measured.
func drawCharts(g gallery, count int, cache string) ([]chart.Picture, error) {
	debug.SetGCPercent(400) // as the command does when it draws
	workers := runtime.GOMAXPROCS(0)
	studio := chart.NewStudio(output.NewCache(cache, 64<<20), workers, colour.Palette{})
	pictures, errs := make([]chart.Picture, count), make([]error, count)
	var next atomic.Int64
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for n := int(next.Add(1)) - 1; n < count; n = int(next.Add(1)) - 1 {
				pictures[n], errs[n] = studio.Draw(context.Background(), g.spec(n))
			}
		})
	}
	wait.Wait()
	return pictures, errors.Join(errs...)
}

// writeOptions writes what Node is to draw: the options of the pictures, as the live
// charts get them.
func writeOptions(g gallery, cache, path string) error {
	pictures, err := drawCharts(g, chartCount, cache)
	if err != nil {
		return err
	}
	live := make([]json.RawMessage, len(pictures))
	for i, p := range pictures {
		live[i] = p.Live
	}
	text, err := json.Marshal(live)
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o644)
}

// chartSpec is one of a hundred different charts, of every kind in turns, as large as
// those of a report are.
func chartSpec(n int) chart.Spec {
	w := &writer{at: uint32(n)*2654435761 + 1}
	kinds := []struct {
		form         forms.Form
		rows, series int
	}{
		{forms.Bar, 3 + n%6, 1}, {forms.GroupedBar, 2 + n%4, 2}, {forms.StackedBar, 3, 3},
		{forms.ShareBar, 2, 4}, {forms.Line, 4 + n%5, 1 + n%3}, {forms.Pie, 4, 1},
	}
	k := kinds[n%len(kinds)]
	s := chart.Spec{ID: fmt.Sprintf("chart-%d", n), Form: k.form, Lang: "en", Title: w.sentence(6), Subtitle: w.sentence(8),
		Source: w.sentence(8), Summary: w.sentence(20)}
	for range k.series {
		s.Series = append(s.Series, w.name())
	}
	for i := range k.rows {
		row := chart.Row{Label: w.name()}
		if k.form == forms.Line {
			row.Date = time.Date(2015+i, 12, 31, 0, 0, 0, 0, time.UTC)
			row.Label = row.Date.Format("2 January 2006")
		}
		for _, name := range s.Series {
			v := 1000 + w.next(99_000)
			row.Cells = append(row.Cells, chart.Cell{Value: big.NewRat(int64(v), 1), Text: grouped(v), Tip: row.Label + ", " + name + ": " + grouped(v)})
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// lineSpec is one of a hundred charts of five lines over twenty years.
func lineSpec(n int) chart.Spec {
	w := &writer{at: uint32(n)*2654435761 + 7}
	s := chart.Spec{ID: fmt.Sprintf("lines-%d", n), Form: forms.Line, Lang: "en", Title: w.sentence(6),
		Subtitle: w.sentence(8), Source: w.sentence(8), Summary: w.sentence(20)}
	for range 5 {
		s.Series = append(s.Series, w.name())
	}
	for year := 2005; year < 2025; year++ {
		row := chart.Row{Label: strconv.Itoa(year), Short: strconv.Itoa(year),
			Date: time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC)}
		for _, name := range s.Series {
			v := 1000 + w.next(99_000)
			tip := row.Label + ", " + name + ": " + grouped(v)
			row.Cells = append(row.Cells, chart.Cell{Value: big.NewRat(int64(v), 1), Text: grouped(v), Tip: tip})
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// name is a label of one to three words.
func (w *writer) name() string { return strings.TrimSuffix(w.sentence(1+w.next(3)), ".") }
