//go:build unix

package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"bilanz/internal/output"
)

// A build that waits for another one is stopped at any time, and the exit code
// tells a shell or a supervisor how.
func TestAStoppedBuildSaysHowItWasStopped(t *testing.T) {
	// While the test listens too, a signal that comes before the command does not
	// end the test.
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(caught)
	for _, c := range []struct {
		signal syscall.Signal
		code   int
	}{{syscall.SIGINT, exitInterrupt}, {syscall.SIGTERM, exitEnded}} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS("../../internal/build/testdata/library")); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(dir, "public")
		other, err := output.Open(context.Background(), output.Options{Dir: out, Project: dir})
		if err != nil {
			t.Fatal(err)
		}
		var said bytes.Buffer
		ended := make(chan int)
		go func() {
			ended <- run([]string{"build", "--lang", "en", "--dir", dir, "--out", out, "--wait", "10m"}, &said, &said)
		}()
		for code := -1; code < 0; {
			if err := syscall.Kill(os.Getpid(), c.signal); err != nil {
				t.Fatal(err)
			}
			select {
			case code = <-ended:
			case <-time.After(10 * time.Millisecond): // not yet listening: once more
				continue
			}
			if code != c.code || said.String() != "Stopped. Nothing was written.\n" {
				t.Errorf("%v: exit code %d, and it said %q", c.signal, code, said.String())
			}
		}
		other.Close()
		if _, err := os.Stat(filepath.Join(out, "index.html")); err == nil {
			t.Errorf("%v: something was written", c.signal)
		}
	}
}

// stuck never takes what is written: a pipe that nobody reads, or a drive that is gone.
type stuck struct{}

func (stuck) Write([]byte) (int, error) { select {} }

// A command that hangs at the machine is not waited for: it ends within a second of the
// signal.
func TestACommandThatHangsEndsWithTheSignal(t *testing.T) {
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(caught)
	for _, c := range []struct {
		signal     syscall.Signal
		code       int
		lang, said string
	}{
		{syscall.SIGINT, exitInterrupt, "en", "Stopped while waiting for a file or a drive. " +
			"The next build puts right what was left half done.\n"},
		{syscall.SIGTERM, exitEnded, "de", "Abgebrochen beim Warten auf eine Datei oder ein Laufwerk. " +
			"Der nächste Lauf bringt in Ordnung, was halb fertig blieb.\n"},
	} {
		var said bytes.Buffer
		ended := make(chan int)
		go func() { ended <- run([]string{"schema", "--lang", c.lang}, stuck{}, &said) }()
		time.Sleep(100 * time.Millisecond) // it listens before it says anything
		begin := time.Now()
		if err := syscall.Kill(os.Getpid(), c.signal); err != nil {
			t.Fatal(err)
		}
		code := <-ended
		if took := time.Since(begin); code != c.code || said.String() != c.said || took > time.Second {
			t.Errorf("%v: exit code %d after %v, and it said %q", c.signal, code, took, said.String())
		}
	}
}

// Nobody writes into a pipe that somebody laid where a build reads. It is not waited for, in
// the project, in the cache and beside the output.
func TestNoPipeIsWaitedFor(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../internal/build/testdata/library")); err != nil {
		t.Fatal(err)
	}
	cache := filepath.Join(t.TempDir(), "drawings")
	t.Setenv("BILANZ_CACHE", cache)
	timed := func(want int, args ...string) {
		t.Helper()
		ended := make(chan int)
		var said bytes.Buffer
		go func() { ended <- run(append(args, "-C", dir), &said, &said) }()
		select {
		case code := <-ended:
			if code != want {
				t.Errorf("exit code %d, not %d: %s", code, want, said.String())
			}
		case <-time.After(time.Minute):
			t.Fatal("it waits")
		}
	}
	pipe := func(name string) {
		t.Helper()
		if err := syscall.Mkfifo(name, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	timed(exitDone, "build")
	entries := 0
	if err := filepath.WalkDir(cache, func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			entries++
			err = os.Remove(name)
			pipe(name)
		}
		return err
	}); err != nil || entries == 0 {
		t.Fatal(err, entries)
	}
	timed(exitDone, "build", "--out", "other")
	for _, name := range []string{
		"content/en/pipe.md", "content/figures/pipe.csv", "content/locale/xx.json", "content/pipe", "static/pipe.svg",
		"content/accepted.yaml", "content/site.yaml",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		kept := name + ".kept~"
		moved := os.Rename(name, kept) == nil
		pipe(name)
		timed(exitContent, "build")
		timed(exitContent, "check")
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		if moved {
			if err := os.Rename(kept, name); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, name := range []string{".public.lock", ".public.old"} {
		pipe(filepath.Join(dir, name))
		timed(exitUsage, "build")
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	timed(exitDone, "build")
}
