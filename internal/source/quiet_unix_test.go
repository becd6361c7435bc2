//go:build unix

package source

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"bilanz/internal/diag"
)

// Pipes and sockets are named once, wherever they lie and by whichever way somebody comes
// to them, and nobody waits for them.
func TestWhatIsNoFileIsNamedAndNotOpened(t *testing.T) {
	dir, p := opened(t)
	for _, name := range []string{"content/pipe.md", "content/en/deep.csv"} {
		name = filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), syscall.Mkfifo(name, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	socket, err := net.Listen("unix", filepath.Join(dir, "content/socket.md"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	var list diag.List
	p.Files("content", &list)
	for _, name := range []string{"content/pipe.md", "content/pipe.md", "content/socket.md"} {
		if _, ok := p.ReadRaw(name, &list); ok {
			t.Errorf("%s was read", name)
		}
	}
	snapshot(t, "testdata/file-special.txt", list.Sorted())
}

// A device is not opened either. That it exists is a matter of the system's.
func TestADeviceIsNotOpened(t *testing.T) {
	root, err := os.OpenRoot("/dev")
	if err != nil {
		t.Skip(err)
	}
	defer root.Close()
	for _, name := range []string{"zero", "null", "tty"} {
		if _, err := root.Stat(name); err != nil {
			continue
		}
		if _, err := readQuiet(root, name, false); !errors.Is(err, errSpecial) {
			t.Errorf("/dev/%s: %v", name, err)
		}
	}
}

// Who saves without a pause is waited for, but not for ever.
func TestAFileThatIsNeverQuietIsRefused(t *testing.T) {
	dir, p := opened(t)
	path := filepath.Join(dir, "busy.md")
	stop, ended := make(chan struct{}), make(chan struct{})
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	save := func(n int) {
		if _, err := file.WriteAt(fmt.Append(nil, n), 0); err != nil {
			t.Error(err)
		}
	}
	save(0)
	go func() {
		defer close(ended)
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
				save(n)
			}
		}
	}()
	var list diag.List
	begin := time.Now()
	if _, ok := p.Read("busy.md", &list); ok {
		t.Error("it was read")
	}
	if took := time.Since(begin); took < patience-quietFor || took > 2*patience {
		t.Errorf("it took %v", took)
	}
	close(stop)
	<-ended
	snapshot(t, "testdata/file-unquiet.txt", list.Sorted())
}

// How old a file must be, and that one with a date in the future is none that is being
// written, unless the clock of a drive may be a little ahead.
func TestAYoungFileIsReadAgain(t *testing.T) {
	for _, c := range []struct {
		age   time.Duration
		waits time.Duration
	}{
		{time.Hour, 0},
		{quietFor + 20*time.Millisecond, 0},
		{quietFor - 60*time.Millisecond, 60 * time.Millisecond},
		{0, quietFor},
		{-time.Second / 2, time.Second/2 + quietFor},
		{ahead - time.Second, 0},
		{-24 * time.Hour, 0},
	} {
		dir, p := opened(t)
		path := filepath.Join(dir, "a.md")
		if err := os.WriteFile(path, []byte("text"), 0o644); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-c.age)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
		var list diag.List
		begin := time.Now()
		if text, ok := p.Read("a.md", &list); !ok || string(text) != "text" {
			t.Errorf("age %v: %q %v", c.age, text, list.Sorted())
		}
		// What it waits for at most depends on how busy the machine is.
		if took := time.Since(begin); took < c.waits-20*time.Millisecond || c.waits == 0 && took >= quietFor/2 {
			t.Errorf("age %v: it took %v", c.age, took)
		}
	}
}

func opened(t *testing.T) (dir string, p *Project) {
	t.Helper()
	dir = t.TempDir()
	p, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return dir, p
}

func snapshot(t *testing.T, name string, ds []diag.Diagnostic) {
	t.Helper()
	var got bytes.Buffer
	for _, lang := range []string{"en", "de"} {
		if err := diag.WriteText(&got, ds, diag.TextOptions{Lang: lang}); err != nil {
			t.Fatal(err)
		}
	}
	if *update {
		if err := os.WriteFile(name, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := os.ReadFile(name); err != nil || string(text) != got.String() {
		t.Errorf("got\n%s\nwant\n%s", got.String(), text)
	}
}
