// Command limits measures what the largest inputs cost that the limits allow.
//
// Each input of [inputs] is written to a folder, checked by the command as people run
// it, in a process of its own, and held against the promise: within five seconds of
// processor time, and within 300 MB of memory, or 600 where tables hold more than 10,000
// cells, it is done or has said what is wrong. Processor time and peak memory stay true
// while other programs run.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

const (
	mostTime   = 5 * time.Second
	mostMemory = 300 << 20
	mostRich   = 600 << 20
)

func main() {
	binary := flag.String("bilanz", "", "the command to measure; built anew where none is named")
	only := flag.String("only", "", "measure inputs whose name holds this")
	command := flag.String("command", "check", "what to run: check or build")
	flag.Parse()
	over, err := measureAll(*binary, *command, *only)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	if over > 0 {
		fmt.Fprintln(os.Stderr, over, "over the promise")
		os.Exit(1)
	}
}

// measureAll prints a line for each input, and counts those that cost too much.
func measureAll(binary, command, only string) (over int, err error) {
	work, err := os.MkdirTemp("", "bilanz-limits")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(work)
	if binary == "" {
		binary = filepath.Join(work, "bilanz")
		if out, err := exec.Command("go", "build", "-o", binary, "./cmd/bilanz").CombinedOutput(); err != nil {
			return 0, fmt.Errorf("%w\n%s", err, out)
		}
	}
	fmt.Printf("%-36s %8s %7s %7s %5s\n", "input", "of it", "CPU s", "MB", "exit")
	for i, in := range inputs() {
		if !strings.Contains(in.name, only) {
			continue
		}
		dir := filepath.Join(work, fmt.Sprint(i))
		if err := in.make(in.most).write(dir); err != nil {
			return 0, err
		}
		cost, err := measure(binary, command, "--dir", dir, "--out", filepath.Join(dir, "public"))
		if err != nil {
			return 0, fmt.Errorf("%s: %w", in.name, err)
		}
		verdict := in.judge(cost)
		if verdict != "ok" {
			over++
		}
		fmt.Printf("%-36s %8d %7.2f %7d %5d  %s\n", in.name, in.most, cost.cpu.Seconds(), cost.peak>>20, cost.exit, verdict+" "+cost.first)
		os.RemoveAll(dir)
	}
	return over, nil
}

// judge holds what an input cost against the promise.
func (in input) judge(c cost) string {
	memory := int64(mostMemory)
	if in.rich {
		memory = mostRich
	}
	switch {
	case c.exit > 1:
		return "ended wrongly"
	case c.exit == 1 && !c.spoke:
		return "no message"
	case c.cpu > mostTime:
		return "too slow"
	case c.peak > memory:
		return "too large"
	}
	return "ok"
}

// write puts a project into a folder.
func (f files) write(dir string) error {
	for name, text := range f {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// cost is what one run took and how it ended.
type cost struct {
	cpu   time.Duration // user and system, all threads
	peak  int64         // bytes of resident memory
	exit  int
	spoke bool   // it said at which place something is wrong
	first string // the code of its first message
}

// longest is after how long a run is ended.
const longest = 10 * time.Minute

var code = regexp.MustCompile(`\[[a-z-]+\]`)

func measure(binary string, args ...string) (cost, error) {
	cmd := exec.Command(binary, args...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		return cost{}, err
	}
	timer := time.AfterFunc(longest, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	_ = cmd.Wait() // the exit code says it
	state := cmd.ProcessState
	return cost{
		first: string(code.Find(said.Bytes())),
		cpu:   state.UserTime() + state.SystemTime(),
		peak:  peak(state),
		exit:  state.ExitCode(),
		spoke: bytes.Contains(said.Bytes(), []byte("content/")),
	}, nil
}
