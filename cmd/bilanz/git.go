package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// Git is run by the commands that compare states, and by no build. It only reads: names of
// objects and their bytes, without filters, hooks or settings of attributes.

// folders are those of a project that a build reads.
var folders = []string{"content", "layouts", "static"}

// revision reads the project's files as they were in a revision; "" is the last commit.
func (c *command) revision(ctx context.Context, name string) (fs.FS, error) {
	if _, err := c.git(ctx, nil, "rev-parse", "--git-dir"); err != nil {
		if name != "" {
			return nil, errors.New(c.say(
				"there is no folder %s, and no git repository here that could know it as a revision",
				"einen Ordner %s gibt es nicht, und hier ist kein Git-Repository, das einen solchen Stand kennt", name))
		}
		return nil, errors.New(c.say(
			"this folder is in no git repository; write what to compare with: --against FOLDER, "+
				"where FOLDER holds another state of the project, or the built site",
			"dieser Ordner liegt in keinem Git-Repository; schreiben Sie, womit verglichen werden soll: "+
				"--against ORDNER, wo ORDNER einen anderen Stand des Projekts enthält oder die gebaute Website"))
	}
	asked := name
	if asked == "" {
		asked = "HEAD"
	}
	commit, err := c.git(ctx, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", asked+"^{commit}")
	switch {
	case err == nil:
	case name == "":
		return nil, errors.New(c.say("this repository has no commit yet; write what to compare with: --against FOLDER",
			"dieses Repository hat noch keinen Commit; schreiben Sie, womit verglichen werden soll: --against ORDNER"))
	default:
		return nil, errors.New(c.say("there is neither a folder nor a revision %s",
			"es gibt weder einen Ordner noch einen Stand %s", name))
	}
	return c.files(ctx, strings.TrimSpace(string(commit)))
}

// files gives the project's files in a commit.
func (c *command) files(ctx context.Context, commit string) (fs.FS, error) {
	listing, err := c.git(ctx, nil, append([]string{"ls-tree", "-r", "-z", commit, "--"}, folders...)...)
	if err != nil {
		return nil, err
	}
	var names []string
	var ids strings.Builder
	for entry := range strings.SplitSeq(string(listing), "\x00") {
		about, name, ok := strings.Cut(entry, "\t")
		if words := strings.Fields(about); ok && len(words) == 3 && strings.HasPrefix(words[0], "100") {
			names = append(names, name) // a file, and neither a link nor another repository
			ids.WriteString(words[2] + "\n")
		}
	}
	contents, err := c.git(ctx, strings.NewReader(ids.String()), "cat-file", "--batch")
	if err != nil {
		return nil, err
	}
	return archived(names, contents)
}

// archived makes a file system of what git gives for a list of objects: a line with kind and
// size, the bytes, an end of line.
func archived(names []string, contents []byte) (fs.FS, error) {
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range names {
		line, rest, _ := bytes.Cut(contents, []byte("\n"))
		words := bytes.Fields(line)
		if len(words) != 3 {
			return nil, errors.New("git: cat-file: " + string(line))
		}
		size, err := strconv.Atoi(string(words[2]))
		if err != nil || size < 0 || size >= len(rest) {
			return nil, errors.New("git: cat-file: " + string(line))
		}
		file, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := file.Write(rest[:size]); err != nil {
			return nil, err
		}
		contents = rest[size+1:]
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
}

// git runs a command of git in the project's folder and gives what it prints.
func (c *command) git(ctx context.Context, in io.Reader, args ...string) ([]byte, error) {
	var out, complaint bytes.Buffer
	args = append([]string{"-C", c.dir, "--no-optional-locks", "--no-replace-objects"}, args...)
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, &out, &complaint
	cmd.Env = append(os.Environ(), "GIT_NO_LAZY_FETCH=1") // a build opens no connection, and this does not either
	if err := cmd.Run(); err != nil {
		return nil, errors.New("git: " + strings.TrimSpace(complaint.String()))
	}
	return out.Bytes(), nil
}
