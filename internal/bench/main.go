//go:build unix

// Command bench measures bilanz on large sites, beside Hugo or beside an earlier
// commit of itself, and its charts beside ECharts in Node.
//
//	make bench                       beside Hugo, 1,000 and 10,000 pages
//	make bench RUNS=1 PAGES=1000     quicker
//	make bench BASE=HEAD~1           beside the state of a commit
//
// Rules:
//   - Both build the same pages, in their own form, in the same run, in turns
//     (A B A B); each number is the median of the runs.
//   - Numbers of a run are compared with each other, never with those of another
//     machine or day.
//   - Both outputs must have the same pages with the same visible text, or the
//     comparison is void.
//   - A cold build writes into a new folder on the same disk. Nothing is deleted
//     before the end: for some minutes after, ext4 takes several times as long to
//     create files. So let some pass after a bench, or after tests.
//   - Plain pages have the same words, with small numbers in place of references,
//     and the site has no figures. What figures cost is the difference between the
//     two sites: to read them, verify and link each number, and list them all.
//   - Charts are drawn by a new process each time, with as many engines as there are
//     processors; Node draws the same options with the same ECharts. Only ours then
//     mends its pictures and writes the files that leave the page.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

const (
	figureCount  = 5000
	startPages   = 10 // of the site that shows what starting costs
	startFigures = 100
)

func run() error {
	runs := flag.Int("runs", 5, "how often each build is measured")
	sizes := flag.String("pages", "1000,10000", "sizes of the sites")
	base := flag.String("base", "", "compare with this commit instead of Hugo")
	draw := flag.String("draw", "", "only draw the charts, with this cache (the bench calls itself so)")
	flag.Parse()
	if *draw != "" {
		_, err := drawCharts(*draw)
		return err
	}
	if flag.NArg() > 0 || *runs < 1 {
		return errors.New("see the flags with -help; at least one run is needed")
	}
	b, err := newBench(*base)
	if err != nil {
		return err
	}
	for _, size := range strings.Split(*sizes, ",") {
		pages, err := strconv.Atoi(size)
		if err != nil || pages < 1 {
			return fmt.Errorf("-pages %q: want numbers with commas between them", *sizes)
		}
		if err := b.size(pages, *runs); err != nil {
			return err
		}
	}
	if err := b.start(*runs); err != nil {
		return err
	}
	if err := b.charts(*runs); err != nil {
		return err
	}
	return b.tidy()
}

// bench is the programs to measure and where they work.
type bench struct {
	work     string
	programs []program // bilanz first
	last     []string  // outputs to keep
}

// program is one way to build.
type program struct {
	name   string
	path   string
	hugo   bool // wants Hugo's form of the pages
	called int  // makes the folders of its outputs differ
}

func newBench(base string) (*bench, error) {
	work, err := filepath.Abs(filepath.Join(".bilanz", "bench"))
	if err != nil {
		return nil, err
	}
	b := &bench{work: work}
	if err := errors.Join(os.MkdirAll(work, 0o755), b.putAside()); err != nil {
		return nil, err
	}
	now := program{name: "bilanz", path: filepath.Join(work, "bilanz")}
	if err := goBuild(".", now.path); err != nil {
		return nil, err
	}
	b.programs = append(b.programs, now)
	if base != "" {
		then, err := buildCommit(work, base)
		b.programs = append(b.programs, then)
		return b, err
	}
	hugo, err := installHugo()
	if err != nil {
		fmt.Printf("Hugo cannot be installed here, so bilanz is measured alone.\n%v\n\n", err)
		return b, nil
	}
	b.programs = append(b.programs, hugo)
	return b, nil
}

// putAside takes the sites of the last bench out of the way.
func (b *bench) putAside() error {
	sites := filepath.Join(b.work, "sites")
	if _, err := os.Stat(sites); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	aside, err := os.MkdirTemp(b.work, "old-")
	if err != nil {
		return err
	}
	return os.Rename(sites, filepath.Join(aside, "sites"))
}

// work is one thing to measure on each site.
type work struct {
	name    string
	plain   bool // on pages without figures
	changed bool // after one figure changed
}

var (
	plainPages = work{name: "plain pages, cold", plain: true}
	cold       = work{name: "with figures, cold"}
	works      = []work{plainPages, cold, {name: "nothing changed"}, {name: "one figure changed", changed: true}}
)

// size measures sites of one size.
func (b *bench) size(pages, runs int) error {
	sites := []spec{{pages: pages, figures: figureCount, plain: true}, {pages: pages, figures: figureCount}}
	for _, s := range sites {
		if err := b.write(s); err != nil {
			return err
		}
		for _, p := range b.programs { // so that the first does not pay for what is not in memory yet
			if _, err := p.build(b.site(s, p), b.out(s, p)); err != nil {
				return err
			}
		}
	}
	samples := map[string][]sample{}
	for range runs {
		for i := range b.programs {
			b.programs[i].called++
			if err := b.measureAll(sites[1], b.programs[i], samples); err != nil {
				return err
			}
		}
	}
	for _, s := range sites {
		if err := b.compare(s); err != nil {
			return err
		}
	}
	var rows []row
	for _, w := range works {
		rows = append(rows, b.row(w.name, samples))
	}
	table(fmt.Sprintf("%d pages of about 600 words, ten of %d figures on each; medians of %d runs", pages, figureCount, runs), b.names(), rows)
	fmt.Println(figureCost(samples[cold.name+b.programs[0].name], samples[plainPages.name+b.programs[0].name]) + "\n")
	for _, s := range sites {
		for _, p := range b.programs {
			b.last = append(b.last, b.out(s, p))
		}
	}
	return nil
}

// measureAll measures one program once in each work.
func (b *bench) measureAll(s spec, p program, samples map[string][]sample) error {
	for _, w := range works {
		s.plain, s.changed = w.plain, w.changed
		if w.changed {
			if err := b.writeFor(s, p); err != nil {
				return err
			}
		}
		one, err := p.build(b.site(s, p), b.out(s, p))
		if err != nil {
			return err
		}
		samples[w.name+p.name] = append(samples[w.name+p.name], one)
	}
	s.changed = false
	return b.writeFor(s, p)
}

// figureCost says which part of a build with figures is theirs.
func figureCost(with, without []sample) string {
	a, b := median(with), median(without)
	share := func(show func(sample) (string, float64)) string {
		text, whole := show(a)
		_, rest := show(b)
		return fmt.Sprintf("%.0f %% of %s", 100*(whole-rest)/whole, text)
	}
	return fmt.Sprintf("Figures and verification cost bilanz %s wall, %s CPU.", share(sample.showWall), share(sample.showCPU))
}

// start measures what a new process costs: a small site on which nothing
// changed.
func (b *bench) start(runs int) error {
	s := spec{pages: startPages, figures: startFigures}
	if err := b.write(s); err != nil {
		return err
	}
	const name = "ten pages, new process"
	samples := map[string][]sample{}
	for range 4*runs + 1 {
		for _, p := range b.programs {
			one, err := p.build(b.site(s, p), b.out(s, p))
			if err != nil {
				return err
			}
			samples[name+p.name] = append(samples[name+p.name], one)
		}
	}
	table(fmt.Sprintf("Start-up; medians of %d runs", 4*runs+1), b.names(), []row{b.row(name, samples)})
	return nil
}

// site is the project of a program, of one size.
func (b *bench) site(s spec, p program) string {
	form := "bilanz"
	if p.hugo {
		form = "hugo"
	}
	if s.plain {
		form += "-plain"
	}
	return filepath.Join(b.work, "sites", fmt.Sprintf("%s-%d", form, s.pages))
}

// out is where a program's last output of a site lies, or its next one.
func (b *bench) out(s spec, p program) string {
	return filepath.Join(b.site(s, p), "out-"+strconv.Itoa(p.called))
}

// compare voids the measurement if the programs did not write the same pages.
func (b *bench) compare(s spec) error {
	if len(b.programs) < 2 {
		return nil
	}
	return compare(s, b.out(s, b.programs[0]), b.out(s, b.programs[1]))
}

// write makes the projects of all programs.
func (b *bench) write(s spec) error {
	for _, p := range b.programs {
		if err := b.writeFor(s, p); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) writeFor(s spec, p program) error {
	if p.hugo {
		return s.writeHugo(b.site(s, p))
	}
	return s.writeBilanz(b.site(s, p))
}

// tidy deletes the sites of the last bench, and of this one the outputs of all runs
// but the last, for those who want to look.
func (b *bench) tidy() error {
	outs, err := filepath.Glob(filepath.Join(b.work, "sites", "*", "out-*"))
	old, errOld := filepath.Glob(filepath.Join(b.work, "old-*"))
	err = errors.Join(err, errOld)
	for _, dir := range append(outs, old...) {
		if !slices.Contains(b.last, dir) {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}
	return err
}

// row is one line of a table: the medians of each program.
type row struct {
	name string
	mid  []sample
}

func (b *bench) row(name string, samples map[string][]sample) row {
	r := row{name: name}
	for _, p := range b.programs {
		r.mid = append(r.mid, median(samples[name+p.name]))
	}
	return r
}

func (b *bench) names() []string {
	var names []string
	for _, p := range b.programs {
		names = append(names, p.name)
	}
	return names
}

// table prints what was measured, a column for each measure.
func table(title string, names []string, rows []row) {
	fmt.Println(title)
	fmt.Printf("%-24s", "")
	for _, head := range []string{"wall", "CPU", "peak memory"} {
		fmt.Printf("  %-32s", head)
	}
	fmt.Println()
	for _, r := range rows {
		fmt.Printf("%-24s", r.name)
		for _, show := range []func(sample) (string, float64){sample.showWall, sample.showCPU, sample.showPeak} {
			fmt.Printf("  %-32s", beside(names, r.mid, show))
		}
		fmt.Println()
	}
	fmt.Println()
}

// beside writes "1.05 s, Hugo 3.88 s: 0.27".
func beside(names []string, mid []sample, show func(sample) (string, float64)) string {
	text, first := show(mid[0])
	if len(mid) == 1 {
		return text
	}
	other, second := show(mid[1])
	return fmt.Sprintf("%s, %s %s: %.2f", text, names[1], other, first/second)
}

func (s sample) showWall() (string, float64) { return seconds(s.wall), s.wall.Seconds() }
func (s sample) showCPU() (string, float64)  { return seconds(s.cpu), s.cpu.Seconds() }
func (s sample) showPeak() (string, float64) {
	mib := float64(s.peak) / (1 << 20)
	return fmt.Sprintf("%.0f MiB", mib), mib
}

func seconds(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%.0f ms", float64(d)/float64(time.Millisecond))
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}
