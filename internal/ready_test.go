package internal_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const (
	noGo = "Go is not installed: install Go 1.26 or newer (go.dev/doc/install), or take an archive of bilanz, " +
		"which needs none."
	noNode = "Node is not installed: install it with npm (on Debian or Ubuntu: sudo apt-get install nodejs npm); " +
		`"make quick" runs every test that needs none.`
	noGit = "git is not installed: install it (on Debian or Ubuntu: sudo apt-get install git); " +
		`"make site" needs none.`
	noBrowser = "The browser tests need: chromium poppler-utils\n" +
		"They are not there and could not be installed from here; " +
		"on Debian or Ubuntu: sudo apt-get install chromium poppler-utils; " +
		"on a Mac: brew install --cask chromium && brew install poppler; " +
		`"make quick" runs every test that needs no browser.`
)

func oldGo(version string) string {
	return "Go " + version + " is too old: install Go 1.26 or newer (go.dev/doc/install), or take an archive of " +
		"bilanz, which needs none."
}

// A machine that lacks something says what, and what helps, in one line and at once.
func TestWhatAMachineLacksIsSaidInOneLine(t *testing.T) {
	const node = "internal/browser/testdata/node_modules" // made anew, for the command below asks for it
	for _, c := range []struct{ programs, run, says string }{
		{"make awk", "make site", noGo},
		{"make awk", "make check", noGo},
		{"make awk", "make test", noGo},
		{"make awk go=go1.22.3", "make site", oldGo("1.22.3")},
		{"go=go1.25.9", ".ci/ready go", oldGo("1.25.9")},
		{"go=go1.9", ".ci/ready go", oldGo("1.9")},
		{"go=go1.26.0", ".ci/ready go", ""},
		{"go=go1.26.8", ".ci/ready go", ""},
		{"go=go1.100.0-X:jsonv2", ".ci/ready go", ""},
		{"make awk go=go1.26.0", "make quick", noGit},
		{"make awk go=go1.26.0 git", "make test", noNode},
		{"make awk go=go1.26.0 git", "make -B " + node, noNode},
		{"id", "internal/browser/testdata/browser-ready", noBrowser},
	} {
		said, failed := without(t, c.programs, c.run)
		if said != c.says || failed != (c.says != "") {
			t.Errorf("%s, with %s alone, says\n%s\nnot\n%s", c.run, c.programs, said, c.says)
		}
	}
}

// without runs a command of the project where only some programs are found; one behind
// which a version stands is a Go that says so.
func without(t *testing.T, programs, run string) (said string, failed bool) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("there is no make")
	}
	dir := t.TempDir()
	for _, program := range strings.Fields("sh sed sort cat touch " + programs) {
		name, version, isFake := strings.Cut(program, "=")
		var err error
		if isFake {
			err = os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\necho "+version+"\n"), 0o755)
		} else {
			var found string
			if found, err = exec.LookPath(name); err == nil {
				err = os.Symlink(found, filepath.Join(dir, name))
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	words := strings.Fields(run)
	if !strings.Contains(words[0], "/") {
		words[0] = filepath.Join(dir, words[0])
	}
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir, cmd.Env = "..", []string{"PATH=" + dir}
	out, err := cmd.CombinedOutput()
	said, _, _ = strings.Cut(strings.TrimSpace(string(out)), "\nmake: ***")
	return said, err != nil
}
