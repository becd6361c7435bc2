// Command mutate asks whether the tests bite: it changes the product in one small
// place, runs the tests, and expects one of them to fail.
//
// Of all places it takes a number, evenly over the packages and the same with the
// same seed. What lives after the tests of its own package meets those of build.
// What does not compile does not count. living.txt names what may live, each with
// the reason; the run tells what it does not name, and fails below the share that
// must be killed. No file of the tree is written: go test reads the changed file
// as an overlay.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

var (
	number  = flag.Int("n", 200, "so many mutations")
	seed    = flag.Uint64("seed", 1, "another seed takes other places")
	least   = flag.Float64("least", 0.85, "the share that must be killed")
	only    = flag.String("only", "", "only mutations whose name matches this expression")
	ownOnly = flag.Bool("own", false, "run only the tests of a mutation's own package")
	workers = flag.Int("workers", 2, "tests at the same time")
	living  = flag.String("living", "internal/mutate/living.txt", "the mutations that may live, each with a reason")
)

// slow are tests that say the same again at greater length.
const slow = "SameInputSameBytes|EachFaultInTheRealContent|PicturesOfTheChartGuide"

type outcome string

const (
	killed    outcome = "killed"
	lives     outcome = "lives"
	uncounted outcome = "does not compile"
)

func main() {
	flag.Parse()
	if err := run(flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

// run mutates packages: folders, or single files of a package.
func run(packages []string) error {
	reasons, err := readLiving(*living)
	if err != nil {
		return err
	}
	wanted, err := regexp.Compile(*only)
	if err != nil {
		return err
	}
	begin := time.Now()
	for _, name := range packages {
		if out, err := goTest(append(tested(name), "-count=1")...).CombinedOutput(); err != nil {
			return fmt.Errorf("the tests fail before anything is changed:\n%s", out)
		}
	}
	patience := time.Minute + 5*time.Since(begin)
	var counted, dead, unnamed int
	for i, name := range packages {
		all, err := mutationsOf(name)
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(m mutation) bool { return !wanted.MatchString(m.String()) })
		rand.New(rand.NewPCG(*seed, 0)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		share := (*number - counted) / (len(packages) - i) // what a small package leaves goes to the next
		of, killedOf := 0, 0
		for len(all) > 0 && of < share {
			some := all[:min(len(all), share-of, 20)]
			all = all[len(some):]
			for j, out := range tryAll(some, patience) {
				switch out {
				case uncounted:
					continue
				case killed:
					killedOf++
				case lives:
					reason := reasons[some[j].String()]
					if reason == "" {
						unnamed++
						reason = "NOT LISTED"
					}
					fmt.Printf("%s\n\tline %d lives: %s\n", some[j], some[j].line, reason)
				}
				of++
			}
			fmt.Fprintf(os.Stderr, "%s: %d of %d tried\n", name, of, share)
		}
		fmt.Printf("%s: %d of %d killed\n\n", name, killedOf, of)
		counted, dead = counted+of, dead+killedOf
	}
	if counted == 0 {
		return errors.New("nothing to mutate")
	}
	share := float64(dead) / float64(counted)
	fmt.Printf("%d of %d killed, %.1f %%; %d live that %s does not name\n", dead, counted, 100*share, unnamed, *living)
	if share < *least {
		return fmt.Errorf("fewer than %.0f %% are killed", 100**least)
	}
	return nil
}

// tryAll tries mutations, some at a time, and gives what became of each.
func tryAll(all []mutation, patience time.Duration) []outcome {
	outcomes := make([]outcome, len(all))
	next := make(chan int)
	var wg sync.WaitGroup
	for range *workers {
		wg.Go(func() {
			for i := range next {
				outcomes[i] = try(all[i], patience)
			}
		})
	}
	for i := range all {
		next <- i
	}
	close(next)
	wg.Wait()
	return outcomes
}

// try runs the tests over one mutation, those of its own package first.
func try(m mutation, patience time.Duration) outcome {
	dir, err := os.MkdirTemp("", "mutate-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path, err := filepath.Abs(m.path)
	if err != nil {
		panic(err)
	}
	overlay := filepath.Join(dir, "overlay.json")
	changed := filepath.Join(dir, "changed.go")
	text, err := json.Marshal(map[string]map[string]string{"Replace": {path: changed}})
	if err == nil {
		err = errors.Join(os.WriteFile(overlay, text, 0o644), os.WriteFile(changed, m.text, 0o644))
	}
	if err != nil {
		panic(err)
	}
	for _, pkg := range tested(m.path) {
		if out := test(overlay, pkg, patience); out != lives {
			return out
		}
	}
	return lives
}

// test reports what the tests of one package say.
func test(overlay, pkg string, patience time.Duration) outcome {
	out, err := goTest("-overlay", overlay, "-timeout", patience.String(), pkg).CombinedOutput()
	switch {
	case err == nil:
		return lives
	case bytes.Contains(out, []byte("[build failed]")):
		return uncounted
	}
	return killed
}

// goTest stops at the first test that fails. A package that a mutation does not
// reach has passed before, and is not tested again.
func goTest(more ...string) *exec.Cmd {
	return exec.Command("go", append([]string{"test", "-vet=off", "-failfast", "-short", "-skip", slow}, more...)...)
}

// tested are the packages whose tests meet the mutations of a folder or a file:
// its own and, from the quickest, those that read pages.
func tested(path string) []string {
	if strings.HasSuffix(path, ".go") {
		path = filepath.Dir(path)
	}
	own := "./" + filepath.ToSlash(filepath.Clean(path))
	if *ownOnly {
		return []string{own}
	}
	others := slices.DeleteFunc([]string{"./internal/figure", "./internal/prose", "./internal/site", "./internal/build"}, func(p string) bool { return p == own })
	return append([]string{own}, others...)
}

// readLiving reads what may live: a mutation a line, as it is printed, and below
// it, behind a tab, the reason.
func readLiving(path string) (map[string]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	reasons, name := map[string]string{}, ""
	for line := range strings.Lines(string(text)) {
		switch line = strings.TrimRight(line, "\n"); {
		case line == "" || line[0] == '#':
		case line[0] != '\t':
			name = line
		default:
			reasons[name] = strings.TrimSpace(reasons[name] + " " + line[1:])
		}
	}
	return reasons, nil
}
