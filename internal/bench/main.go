// Command bench measures bilanz on large sites, beside Hugo or beside an earlier
// commit of itself, and its charts beside ECharts in Node.
//
//	make bench                       everything, beside Hugo; some of it with 1,000 and 10,000 pages
//	make bench RUNS=1 PAGES=1000     quicker
//	make bench ONLY=A,B              some rows; a wrong name prints all names
//	make bench BASE=HEAD~1           beside the state of a commit
//
// Rules:
//   - Both build the same pages, in their own form, in the same run, in turns: A B, then
//     B A, and so on, so that none always begins.
//   - A ratio is the median of the ratios of such pairs. Compare ratios; numbers of a
//     run are never those of another machine or day.
//   - Both outputs must have the same pages with the same visible text, or the
//     comparison is void.
//   - Each run has a project and an output of its own, on the same disk. Nothing is
//     deleted before the end: for some minutes after, ext4 takes several times as long to
//     create files. So let some pass after a bench, or after tests.
//   - Plain pages have the same words, with small numbers in place of references, and
//     the site has no figures. What figures cost is the difference between the two rows:
//     to read them, verify and link each number, and list them all.
//   - What bare numbers cost is a ratio of bilanz to itself: the same pages, their numbers
//     once in digits, where each is looked at, and once in as many letters, where none is.
//   - Charts are drawn by a new process each time, with as many engines as there are
//     processors; Node draws the same options with the same ECharts. Only ours then
//     mends its pictures and writes the files that leave the page.
//   - The preview is measured with a real browser, from the end of a write to the frame that
//     shows the new text.
//   - The search is asked in a real browser whose processor is slowed down to a quarter, each
//     time on a page that was opened for it.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run() error {
	runs := flag.Int("runs", 5, "how often each build is measured")
	sizes := flag.String("pages", "1000,10000", "sizes of the sites that have no size of their own")
	only := flag.String("only", "", "the rows to measure, with commas between them: "+strings.Join(names(), ", "))
	base := flag.String("base", "", "compare with this commit instead of Hugo")
	draw := flag.String("draw", "", "only draw the charts, with this cache (the bench calls itself so)")
	shown := flag.String("gallery", "charts", "which charts -draw draws")
	flag.Parse()
	if *draw != "" {
		g, err := galleryOf(*shown)
		if err == nil {
			_, err = drawCharts(g, chartCount, *draw)
		}
		return err
	}
	if flag.NArg() > 0 || *runs < 1 {
		return errors.New("see the flags with -help; at least one run is needed")
	}
	if runtime.GOOS == "windows" {
		return errors.New("the bench needs Linux or macOS, which tell what a process took")
	}
	chosen, err := choose(*only)
	if err != nil {
		return err
	}
	pages, err := numbers(*sizes)
	if err != nil {
		return err
	}
	compared := slices.ContainsFunc(chosen, func(name string) bool { return name != searchName && name != serveName })
	b, err := newBench(*base, !compared)
	if err != nil {
		return err
	}
	if err := b.measure(chosen, pages, *runs); err != nil {
		return err
	}
	return b.tidy()
}

func numbers(list string) ([]int, error) {
	var all []int
	for _, text := range strings.Split(list, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("-pages %q: want numbers with commas between them", list)
		}
		all = append(all, n)
	}
	return all, nil
}

// bench is the programs to measure and where they work.
type bench struct {
	work     string
	programs []program // bilanz first
	keep     []string  // folders of the last runs, for those who want to look
}

// program is one way to build.
type program struct {
	name string
	path string
	hugo bool // wants Hugo's form of the pages

	letters bool // builds the pages with letters in place of digits
}

// newBench gets the programs ready; alone leaves out what ours is held against.
func newBench(base string, alone bool) (*bench, error) {
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
	if alone {
		return b, nil
	}
	if base != "" {
		then, err := buildCommit(work, base)
		b.programs = append(b.programs, then)
		return b, err
	}
	hugo, err := installHugo()
	if err != nil {
		fmt.Fprintf(os.Stderr, "Hugo cannot be installed here, so bilanz is measured alone.\n%v\n", err)
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

// tidy deletes the sites of the last bench, and of this one all but the last runs.
func (b *bench) tidy() error {
	sites, err := filepath.Glob(filepath.Join(b.work, "sites", "*", "*"))
	old, errOld := filepath.Glob(filepath.Join(b.work, "old-*"))
	err = errors.Join(err, errOld)
	for _, dir := range append(sites, old...) {
		if !slices.Contains(b.keep, dir) {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}
	return err
}
