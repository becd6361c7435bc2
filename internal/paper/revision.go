package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"time"
)

// A version is a state of the project, and how it is called.
type version struct {
	files fs.FS
	day   time.Time // zero of a folder
	name  string    // "6e032d0d: New figures for May", or the folder
}

// versionOf reads a revision of git, or else a folder that holds a project. The work tree is
// not touched.
func versionOf(dir, name string) (version, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return version{files: os.DirFS(name), name: name}, nil
	}
	v, err := commitOf(dir, name)
	if err != nil {
		return v, fmt.Errorf("there is neither a folder nor a revision %q: %w", name, err)
	}
	commit, _, _ := strings.Cut(v.name, ":")
	listing, err := git(dir, "ls-tree", "--name-only", commit, "content", "layouts", "static")
	if err != nil {
		return v, err
	}
	folders := strings.Fields(string(listing))
	if len(folders) == 0 {
		return v, fmt.Errorf("there is no content/ in %s", commit)
	}
	archive, err := git(dir, append([]string{"archive", "--format=zip", "-0", commit, "--"}, folders...)...)
	if err != nil {
		return v, err
	}
	v.files, err = zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	return v, err
}

// commitOf says which commit a revision names.
func commitOf(dir, name string, options ...string) (version, error) {
	options = append([]string{"log", "-1", "--format=%cs%x00%h: %s"}, options...)
	said, err := git(dir, append(options, "--end-of-options", name, "--")...)
	if err != nil {
		return version{}, err
	}
	day, about, _ := strings.Cut(strings.TrimSpace(string(said)), "\x00")
	on, err := time.Parse(time.DateOnly, day)
	return version{day: on, name: about}, err
}

// git runs a command of git that only reads, and gives what it prints.
func git(dir string, args ...string) ([]byte, error) {
	var out, complaint bytes.Buffer
	cmd := exec.Command("git", append([]string{"-C", dir, "--no-optional-locks", "--no-replace-objects"}, args...)...)
	cmd.Stdout, cmd.Stderr = &out, &complaint
	cmd.Env = append(os.Environ(), "GIT_NO_LAZY_FETCH=1")
	if err := cmd.Run(); err != nil {
		return nil, errors.New("git: " + strings.TrimSpace(complaint.String()))
	}
	return out.Bytes(), nil
}
