package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// sample is what one run of a program cost.
type sample struct {
	wall time.Duration
	cpu  time.Duration // user and system, all threads
	peak int64         // bytes, of resident memory
}

// build runs a program once and measures it.
func (p program) build(project, out string) (sample, error) {
	args := []string{"build", "--dir", project, "--out", out}
	if p.hugo {
		args = []string{"build", "--source", project, "--destination", out, "--quiet"}
	}
	return measure(exec.Command(p.path, args...))
}

// measure runs a command. What earlier ones left to write is on the disk before the
// clock starts.
func measure(cmd *exec.Cmd) (sample, error) {
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	settle()
	begin := time.Now()
	err := cmd.Run()
	wall := time.Since(begin)
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w\n%s", cmd, err, said.Bytes())
	}
	state := cmd.ProcessState
	return sample{wall, state.UserTime() + state.SystemTime(), peak(state)}, nil
}

// median takes each measure for itself.
func median(samples []sample) sample {
	return sample{
		wall: time.Duration(middle(samples, func(s sample) float64 { return float64(s.wall) })),
		cpu:  time.Duration(middle(samples, func(s sample) float64 { return float64(s.cpu) })),
		peak: int64(middle(samples, func(s sample) float64 { return float64(s.peak) })),
	}
}

func middle[T any](all []T, of func(T) float64) float64 {
	values := make([]float64, len(all))
	for i, one := range all {
		values[i] = of(one)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// ratio is what one program took of what the other did: wall, CPU, peak.
type ratio [3]float64

// ratios compares runs that followed each other: what slowed the machine down slowed
// both. The median is of their ratios, and no ratio of medians.
func ratios(a, b []sample) ratio {
	pairs := make([]ratio, len(a))
	for i := range a {
		pairs[i] = ratio{
			float64(a[i].wall) / float64(b[i].wall), float64(a[i].cpu) / float64(b[i].cpu),
			float64(a[i].peak) / float64(b[i].peak),
		}
	}
	var mid ratio
	for measure := range mid {
		mid[measure] = middle(pairs, func(r ratio) float64 { return r[measure] })
	}
	return mid
}

// hugoVersion is what the bars of this project were set against.
const hugoVersion = "v0.165.0"

// installHugo takes Hugo from bin/, or installs it there.
func installHugo() (program, error) {
	bin, err := filepath.Abs("bin")
	if err != nil {
		return program{}, err
	}
	hugo := program{name: "Hugo", path: filepath.Join(bin, "hugo"), hugo: true}
	if out, err := exec.Command(hugo.path, "version").Output(); err == nil && strings.Contains(string(out), hugoVersion) {
		return hugo, nil
	}
	fmt.Fprintln(os.Stderr, "Installing Hugo", hugoVersion, "into bin/; this takes a few minutes, once.")
	cmd := exec.Command("go", "install", "github.com/gohugoio/hugo@"+hugoVersion)
	cmd.Env = append(os.Environ(), "GOBIN="+bin)
	if out, err := cmd.CombinedOutput(); err != nil {
		return program{}, fmt.Errorf("%w\n%s", err, out)
	}
	return hugo, nil
}

// goBuild builds the command of the project in a folder.
func goBuild(dir, to string) error {
	cmd := exec.Command("go", "build", "-o", to, "./cmd/bilanz")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building bilanz: %w\n%s", err, out)
	}
	return nil
}

// buildCommit builds the command as it was at a commit, in a worktree of its own.
func buildCommit(work, commit string) (program, error) {
	then := program{name: commit, path: filepath.Join(work, "bilanz-then")}
	tree := filepath.Join(work, "then")
	git := func(args ...string) error {
		if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
			return fmt.Errorf("git %s: %w\n%s", args[0], err, out)
		}
		return nil
	}
	_ = git("worktree", "remove", "--force", tree) // of a bench that was stopped
	if err := git("worktree", "add", "--detach", "--force", tree, commit); err != nil {
		return then, err
	}
	return then, errors.Join(goBuild(tree, then.path), git("worktree", "remove", "--force", tree))
}
