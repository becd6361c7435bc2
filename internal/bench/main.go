//go:build unix

// Command bench measures bilanz on large sites, beside Hugo or beside an earlier
// commit of itself.
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
//     before the end: some file systems are slow at creating files just after.
package main

import (
	"errors"
	"flag"
	"fmt"
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
	flag.Parse()
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
	return b.start(*runs)
}

// bench is the programs to measure and where they work.
type bench struct {
	work     string
	programs []program // bilanz first
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
	if err := errors.Join(os.RemoveAll(filepath.Join(work, "sites")), os.MkdirAll(work, 0o755)); err != nil {
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

// works are what is measured on each site.
var works = []string{"cold", "nothing changed", "one figure changed"}

// size measures sites of one size.
func (b *bench) size(pages, runs int) error {
	s := spec{pages: pages, figures: figureCount}
	if err := b.write(s); err != nil {
		return err
	}
	for _, p := range b.programs { // so that the first does not pay for what is not in memory yet
		if _, err := p.build(b.site(s, p), filepath.Join(b.site(s, p), "out-0")); err != nil {
			return err
		}
	}
	samples := map[string][]sample{}
	var last []string // outputs of the last run
	for range runs {
		last = last[:0]
		for i := range b.programs {
			out, err := b.measureAll(s, &b.programs[i], samples)
			if err != nil {
				return err
			}
			last = append(last, out)
		}
	}
	if len(last) == 2 {
		if err := compare(s, last[0], last[1]); err != nil {
			return err
		}
	}
	b.print(fmt.Sprintf("%d pages of about 600 words, ten of %d figures on each; medians of %d runs", pages, figureCount, runs), works, samples)
	return b.tidy(last)
}

// measureAll measures one program once in each work.
func (b *bench) measureAll(s spec, p *program, samples map[string][]sample) (out string, err error) {
	p.called++
	out = filepath.Join(b.site(s, *p), "out-"+strconv.Itoa(p.called))
	for _, work := range works {
		if work == "one figure changed" {
			s.changed = true
			if err := b.writeFor(s, *p); err != nil {
				return "", err
			}
		}
		one, err := p.build(b.site(s, *p), out)
		if err != nil {
			return "", err
		}
		samples[work+p.name] = append(samples[work+p.name], one)
	}
	s.changed = false
	return out, b.writeFor(s, *p)
}

// start measures what a new process costs: a small site on which nothing
// changed.
func (b *bench) start(runs int) error {
	s := spec{pages: startPages, figures: startFigures}
	if err := b.write(s); err != nil {
		return err
	}
	const work = "ten pages, new process"
	samples := map[string][]sample{}
	for range 4*runs + 1 {
		for _, p := range b.programs {
			one, err := p.build(b.site(s, p), filepath.Join(b.site(s, p), "out"))
			if err != nil {
				return err
			}
			samples[work+p.name] = append(samples[work+p.name], one)
		}
	}
	b.print(fmt.Sprintf("Start-up; medians of %d runs", 4*runs+1), []string{work}, samples)
	return nil
}

// site is the project of a program, of one size.
func (b *bench) site(s spec, p program) string {
	form := "bilanz"
	if p.hugo {
		form = "hugo"
	}
	return filepath.Join(b.work, "sites", fmt.Sprintf("%s-%d", form, s.pages))
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

// tidy deletes the outputs of all runs but the last, for those who want to look.
func (b *bench) tidy(keep []string) error {
	outs, err := filepath.Glob(filepath.Join(b.work, "sites", "*", "out-*"))
	if err != nil {
		return err
	}
	for _, out := range outs {
		if !slices.Contains(keep, out) {
			err = errors.Join(err, os.RemoveAll(out))
		}
	}
	return err
}

func (b *bench) print(title string, works []string, samples map[string][]sample) {
	fmt.Println(title)
	fmt.Printf("%-24s", "")
	for _, head := range []string{"wall", "CPU", "peak memory"} {
		fmt.Printf("  %-32s", head)
	}
	fmt.Println()
	for _, work := range works {
		var mid []sample
		for _, p := range b.programs {
			mid = append(mid, median(samples[work+p.name]))
		}
		fmt.Printf("%-24s", work)
		for _, show := range []func(sample) (string, float64){sample.showWall, sample.showCPU, sample.showPeak} {
			fmt.Printf("  %-32s", beside(b.programs, mid, show))
		}
		fmt.Println()
	}
	fmt.Println()
}

// beside writes "1.05 s, Hugo 3.88 s: 0.27".
func beside(programs []program, mid []sample, show func(sample) (string, float64)) string {
	text, first := show(mid[0])
	if len(mid) == 1 {
		return text
	}
	other, second := show(mid[1])
	return fmt.Sprintf("%s, %s %s: %.2f", text, programs[1].name, other, first/second)
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
