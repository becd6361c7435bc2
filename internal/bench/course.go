package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A course is a site, and what is done with it in order.
type course struct {
	name  string // for -only
	title string // begins the names of its rows, behind the number of pages
	spec         // pages: 0 for as many as -pages says
	alone bool   // Hugo knows nothing like it
	twin  bool   // beside it stands bilanz again, with the same pages and letters in place of digits
	steps []step
}

// A step builds the site once more. The bar is what it may take: a ratio to Hugo
// (wall / CPU / peak), with 10,000 pages; or a time, without other work on two cores.
type step struct {
	name    string
	bar     string
	changed bool // after one figure changed
	times   int  // in each run; what counts is the median
	unseen  bool // only prepares the next
}

const manyFigures = 5000

var courses = []course{
	{name: "plain", title: "pages in one folder, plain", spec: spec{figures: manyFigures, plain: true}, steps: []step{{name: "cold"}}},
	{name: "figures", title: "pages in one folder, ten figures each", spec: spec{figures: manyFigures}, steps: []step{
		{name: "cold"}, {name: "nothing changed"}, {name: "one figure changed", changed: true},
	}},
	{name: "A", title: "pages in two folders (A), plain", spec: spec{shape: varied, figures: manyFigures, plain: true}, steps: []step{
		{name: "cold", bar: "0.38 / 0.37 / 0.07"},
	}},
	{name: "B", title: "pages in two folders (B), ten figures each", spec: spec{shape: varied, figures: manyFigures}, steps: []step{
		{name: "cold", bar: "0.35 / 0.35 / 0.07"}, {name: "nothing changed", bar: "0.22"},
	}},
	{name: "bare", title: "pages, ten bare numbers each, beside letters in their place", twin: true,
		spec: spec{figures: manyFigures, bare: true}, steps: []step{{name: "cold", bar: "1.1 / 1.05 / 1.05"}}},
	{name: "words", title: "pages, ten numbers in words each", alone: true,
		spec: spec{shape: inWords, pages: 300, figures: manyFigures}, steps: []step{{name: "cold", bar: "0.5 s"}}},
	{name: "flat", title: "pages, 5,000 flat ids", alone: true,
		spec: spec{shape: flat, pages: 100, figures: manyFigures}, steps: []step{{name: "cold", bar: "1.5 s"}}},
	{name: "cube", title: "pages, 50,000 cells in three dimensions", alone: true,
		spec: spec{shape: cube, pages: 100, figures: 50_000}, steps: []step{{name: "cold", bar: "5 s"}}},
	{name: "start", title: "pages", spec: spec{pages: 10, figures: 100}, steps: []step{
		{name: "cold", unseen: true}, {name: "nothing changed, new process", bar: "17 ms", times: 9},
	}},
}

// names are those of the rows: of sites, of charts that stand on none, of the search and of the
// preview.
func names() []string {
	var all []string
	for _, c := range courses {
		all = append(all, c.name)
	}
	for _, g := range galleries {
		all = append(all, g.name)
	}
	return append(all, searchName, serveName)
}

// choose reads a list of names; all are chosen by an empty one.
func choose(list string) ([]string, error) {
	if list == "" {
		return names(), nil
	}
	chosen := strings.Split(list, ",")
	for _, name := range chosen {
		if !slices.Contains(names(), name) {
			return nil, fmt.Errorf("nothing is called %q; there are: %s", name, strings.Join(names(), ", "))
		}
	}
	return chosen, nil
}

// measure measures what was chosen and prints the table.
func (b *bench) measure(chosen []string, pages []int, runs int) error {
	other := "nothing beside it"
	if len(b.programs) > 1 {
		other = b.programs[1].name
	}
	header("bilanz", other)
	for _, c := range courses {
		if !slices.Contains(chosen, c.name) {
			continue
		}
		for _, size := range c.sizes(pages) {
			c.pages = size
			if err := b.take(c, runs); err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
		}
	}
	for _, g := range galleries {
		if !slices.Contains(chosen, g.name) {
			continue
		}
		if err := b.charts(g, runs); err != nil {
			return err
		}
	}
	for _, seen := range []struct {
		name    string
		measure func() error
	}{{searchName, b.search}, {serveName, b.serve}} {
		if !slices.Contains(chosen, seen.name) {
			continue
		}
		if err := seen.measure(); errors.Is(err, exec.ErrNotFound) {
			fmt.Fprintf(os.Stderr, "There is no Chromium here, so the row %s is left out.\n", seen.name)
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (c course) sizes(pages []int) []int {
	if c.pages > 0 {
		return []int{c.pages}
	}
	return pages
}

// take takes a course so many times, with every program that can.
func (b *bench) take(c course, runs int) error {
	programs := b.programs
	if c.alone {
		programs = slices.DeleteFunc(slices.Clone(programs), func(p program) bool { return p.hugo })
	}
	if c.twin {
		letters := programs[0]
		letters.letters = true
		programs = []program{programs[0], letters}
	}
	taken := make([][][]sample, len(c.steps)) // by step, program and run
	for i := range taken {
		taken[i] = make([][]sample, len(programs))
	}
	for run := range runs {
		for _, k := range turns(run, len(programs)) {
			if err := b.once(c, programs[k], run, func(step int, s sample) { taken[step][k] = append(taken[step][k], s) }); err != nil {
				return err
			}
		}
	}
	for _, p := range programs {
		b.keep = append(b.keep, b.folder(c, p, runs-1))
	}
	if len(programs) > 1 && !c.twin {
		outs := [2]string{b.out(c, programs[0], runs-1), b.out(c, programs[1], runs-1)}
		if err := compare(c.spec, outs[0], outs[1]); err != nil {
			return err
		}
	}
	for i, step := range c.steps {
		if !step.unseen {
			printRow(fmt.Sprintf("%s %s, %s", grouped(c.pages), c.title, step.name), taken[i], step.bar)
		}
	}
	return nil
}

// turns is the order of programs in a run: another one begins each time.
func turns(run, programs int) []int {
	order := make([]int, programs)
	for i := range order {
		order[i] = (run + i) % programs
	}
	return order
}

// once takes a course once, in a new folder.
func (b *bench) once(c course, p program, run int, took func(step int, s sample)) error {
	project, out := filepath.Join(b.folder(c, p, run), "project"), b.out(c, p, run)
	for i, step := range c.steps {
		s := c.spec
		s.changed = step.changed
		if i == 0 || step.changed {
			if err := s.writeFor(p, project); err != nil {
				return err
			}
		}
		var all []sample
		for range max(step.times, 1) {
			one, err := p.build(project, out)
			if err != nil {
				return err
			}
			all = append(all, one)
		}
		took(i, median(all))
	}
	return nil
}

// folder is where a program takes a course.
func (b *bench) folder(c course, p program, run int) string {
	name := filepath.Base(p.path)
	if p.letters {
		name += "-letters"
	}
	return filepath.Join(b.work, "sites", fmt.Sprintf("%s-%d", c.name, c.pages), fmt.Sprintf("%s-%d", name, run))
}

func (b *bench) out(c course, p program, run int) string {
	return filepath.Join(b.folder(c, p, run), "out")
}

func (s spec) writeFor(p program, project string) error {
	if p.hugo {
		return s.writeHugo(project)
	}
	s.letters = p.letters
	return s.writeBilanz(project)
}
