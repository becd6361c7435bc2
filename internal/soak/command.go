//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// longest is after how long a run counts as hanging, on a machine with other work.
const longest = 2 * time.Minute

// result is how a run of the command ended.
type result struct {
	code   int // as a shell counts: 128 and the signal for one that was killed
	peak   int64
	said   string // on both streams
	answer []byte // on the first
}

// bilanz runs the command in the project.
func (s *soak) bilanz(args ...string) result { return s.finish(s.start(nil, args...)) }

// run is a command that was started.
type run struct {
	cmd          *exec.Cmd
	answer, said bytes.Buffer
}

// start starts the command, with more in its surroundings.
func (s *soak) start(env []string, args ...string) *run {
	return s.launch(env, exec.Command(s.binary, append(args, "--dir", s.project)...))
}

// shell starts the command after setting up its process in a shell.
func (s *soak) shell(setup string, env []string, args ...string) *run {
	words := append([]string{"-c", setup + ` && exec "$0" "$@"`, s.binary}, append(args, "--dir", s.project)...)
	return s.launch(env, exec.Command("sh", words...))
}

func (s *soak) launch(env []string, cmd *exec.Cmd) *run {
	r := &run{cmd: cmd}
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = &r.answer, &r.said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	s.must(cmd.Start())
	return r
}

// signal sends a signal to a run, and to what it started: a command that breaks something on
// purpose is a shell around the real one.
func (r *run) signal(s syscall.Signal) { _ = syscall.Kill(-r.cmd.Process.Pid, s) }

// finish waits for a run, and holds against it what holds for every end.
func (s *soak) finish(r *run) result {
	timer := time.AfterFunc(longest, func() {
		s.find("%v hangs", r.cmd.Args)
		r.signal(syscall.SIGKILL)
	})
	err := r.cmd.Wait()
	timer.Stop()
	if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
		s.must(err)
	}
	state := r.cmd.ProcessState
	ended := result{code: state.ExitCode(), answer: r.answer.Bytes(), said: r.answer.String() + r.said.String()}
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		ended.code = 128 + int(status.Signal())
	}
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		ended.peak = usage.Maxrss
		if runtime.GOOS != "darwin" {
			ended.peak *= 1024
		}
	}
	s.mu.Lock()
	s.codes[ended.code]++
	s.mu.Unlock()
	s.allowed(r.cmd.Args, ended)
	return ended
}
