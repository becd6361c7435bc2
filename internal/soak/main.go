//go:build unix

// Command soak uses the command for as long as it is let: it edits projects, saves in
// pieces, kills builds, fills disks and turns clocks, and holds what comes of it against
// one list of what always holds.
//
// Rules:
//   - The command is run as people run it, in processes of its own, and nothing of its
//     inside is known here: neither its cache nor how it publishes.
//   - What always holds stands in holds.go, and nowhere else. What is done stands in
//     acts.go, one function for each kind.
//   - Every choice comes from one seed. A find is kept: its folder, the seed, and what was
//     done. One find ends with exit code 1.
package main

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

func main() {
	minutes := flag.Float64("minutes", 30, "how long")
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "of all choices")
	binary := flag.String("bilanz", "", "the command to run; built anew where none is named")
	sites := flag.String("sites", "internal/build/testdata/library,.", "folders with content/, to begin with")
	verbose := flag.Bool("v", false, "tell each act when it is done")
	flag.Parse()
	s, err := start(*binary, strings.Split(*sites, ","), *seed)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	s.verbose = *verbose
	s.run(time.Duration(*minutes * float64(time.Minute)))
	s.report(os.Stdout)
	if len(s.finds) > 0 {
		os.Exit(1)
	}
	os.RemoveAll(s.work)
}

// soak is one run.
type soak struct {
	*rand.Rand
	seed    uint64
	binary  string
	verbose bool
	work    string // the folder of all that follows
	project string
	out     string
	sound   []files // the sites to begin with
	now     files   // what the project holds
	made    files   // of what the published site was made; nil for none yet
	cleaned []cleaned
	begun   time.Time

	mu    sync.Mutex
	done  map[string]int // by kind of act
	codes map[int]int    // exit codes
	reads int            // of the whole published site, while others write
	peaks []int64        // of builds of sound sites, in the order of time
	finds []string
}

// files are those of a project, or of a site, by path.
type files map[string]string

func start(binary string, sites []string, seed uint64) (*soak, error) {
	work, err := os.MkdirTemp("", "bilanz-soak")
	if err != nil {
		return nil, err
	}
	s := &soak{Rand: rand.New(rand.NewPCG(seed, 0)), seed: seed, work: work, binary: binary, begun: time.Now(),
		project: filepath.Join(work, "project"), done: map[string]int{}, codes: map[int]int{}}
	s.out = filepath.Join(s.project, "public")
	if binary == "" {
		s.binary = filepath.Join(work, "bilanz")
		if out, err := exec.Command("go", "build", "-o", s.binary, "./cmd/bilanz").CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%w\n%s", err, out)
		}
	}
	for _, site := range sites {
		all := files{}
		for _, folder := range []string{"content", "static", "layouts"} {
			below, err := read(filepath.Join(site, folder))
			if err != nil && (folder == "content" || !os.IsNotExist(err)) {
				return nil, err
			}
			for name, text := range below {
				all[folder+"/"+name] = text
			}
		}
		s.sound = append(s.sound, all)
	}
	return s, os.MkdirAll(s.project, 0o755)
}

// run acts until the time is over or something was found.
func (s *soak) run(long time.Duration) {
	s.begin()
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		s.watch(stop)
		close(stopped)
	}()
	for n := 0; time.Since(s.begun) < long && !s.found(); n++ {
		if n%40 == 39 {
			s.begin() // another site
		}
		act := acts[s.IntN(len(acts))]
		if n < len(acts) {
			act = acts[n] // each once, even in a short run
		}
		s.count(act.name)
		act.do(s)
		s.always(act.name)
		if s.verbose {
			fmt.Fprintf(os.Stderr, "%s %s\n", time.Since(s.begun).Round(time.Millisecond), act.name)
		}
	}
	close(stop)
	<-stopped
	s.flat()
}

// begin puts a sound site in the place of what is there, and builds it. Another site has
// other addresses, so what was published goes, in one step.
func (s *soak) begin() {
	s.setMade(nil)
	gone := filepath.Join(s.work, "gone")
	if err := os.Rename(s.out, gone); err != nil && !os.IsNotExist(err) {
		s.must(err)
	}
	s.must(os.RemoveAll(gone))
	s.write(maps.Clone(s.sound[s.IntN(len(s.sound))]))
	if r := s.bilanz("build"); r.code != 0 {
		s.find("a sound site is not built: exit code %d\n%s", r.code, r.said)
		return
	}
	s.setMade(maps.Clone(s.now))
}

// setMade notes of what the published site is made; nil where there may be none.
func (s *soak) setMade(of files) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made = of
}

func (s *soak) hasSite() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.made != nil
}

// found reports whether anything was found.
func (s *soak) found() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.finds) > 0
}

func (s *soak) count(kind string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done[kind]++
}

// find says that something does not hold, and keeps all folders.
func (s *soak) find(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.finds = append(s.finds, fmt.Sprintf(format, args...))
}

func (s *soak) report(w io.Writer) {
	fmt.Fprintf(w, "seed %d, %s\n", s.seed, time.Since(s.begun).Round(time.Second))
	for _, kind := range slices.Sorted(maps.Keys(s.done)) {
		fmt.Fprintf(w, "%8d  %s\n", s.done[kind], kind)
	}
	fmt.Fprintf(w, "%8d  whole readings of the site meanwhile\n", s.reads)
	for _, code := range slices.Sorted(maps.Keys(s.codes)) {
		fmt.Fprintf(w, "%8d  exit code %d\n", s.codes[code], code)
	}
	if n := len(s.peaks); n > 0 {
		fmt.Fprintf(w, "memory of builds: %d MB at first, %d MB at last\n", s.peaks[0]>>20, s.peaks[n-1]>>20)
	}
	for _, find := range s.finds {
		fmt.Fprintf(w, "FIND: %s\n", find)
	}
	if len(s.finds) > 0 {
		fmt.Fprintf(w, "The folders are kept in %s\n", s.work)
	}
}
