package main

import (
	"bytes"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"
)

// A binary is the built command, and what Go noted in it.
type binary struct {
	bytes []byte
	info  *debug.BuildInfo
	when  time.Time // of the commit; a day long ago where git does not know it
}

// build builds the command for a system. The settings that a user's environment could make
// other bytes with are set; GOFLAGS is not empty, for then what "go env -w" wrote would count.
func (r release) build(t target) (binary, error) {
	dir, err := os.MkdirTemp("", "bilanz-dist-")
	if err != nil {
		return binary{}, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "bilanz.exe") // no system minds the ending
	flags := "-s -w -X main.version=" + r.version + " -X main.releases=" + r.releases
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", flags, "-o", path, "./cmd/bilanz")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+t.system, "GOARCH="+t.arch, "GOAMD64=v1", "GOARM64=v8.0",
		"GOFLAGS=-buildvcs=auto", "GOEXPERIMENT=", "GOWORK=off")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return binary{}, fmt.Errorf("go build: %w", err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return binary{}, err
	}
	if t.system == runtime.GOOS && t.arch == runtime.GOARCH {
		if err := r.asked(path); err != nil {
			return binary{}, err
		}
	}
	return read(data)
}

// asked proves that a binary knows which release it is: the linker says nothing of a name
// that it does not find.
func (r release) asked(path string) error {
	out, err := exec.Command(path, "version", "--json").Output()
	if err != nil {
		return fmt.Errorf("bilanz version: %w", err)
	}
	var said struct{ Version, Releases string }
	if err := json.Unmarshal(out, &said); err != nil {
		return err
	}
	if said.Version != r.version || said.Releases != r.releases {
		return fmt.Errorf("the binary says that it is %+v", said)
	}
	return nil
}

// read takes from a binary what it was made of.
func read(data []byte) (binary, error) {
	info, err := buildinfo.Read(bytes.NewReader(data))
	b := binary{bytes: data, info: info, when: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)}
	if err != nil {
		return b, err
	}
	for _, setting := range info.Settings {
		switch {
		case setting.Key == "vcs.time":
			b.when, err = time.Parse(time.RFC3339, setting.Value)
		case setting.Key == "vcs.modified" && setting.Value == "true":
			fmt.Fprintln(os.Stderr, "dist: warning: not all is committed, so nobody else can make these bytes")
		}
	}
	return b, err
}
