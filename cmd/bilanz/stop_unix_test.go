//go:build unix

package main

import (
	"bytes"
	"context"
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
