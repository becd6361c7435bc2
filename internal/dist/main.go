// Command dist makes the archives of a release: one for each system, their sums, and the
// file by which a repository that holds only content names the release it is built with.
//
// The same sources give the same bytes, with the same Go, on whatever machine and in
// whatever folder: no cgo, no paths, the time of the commit on every file, one owner, one
// order. Each archive holds the licences of exactly what its binary was linked of.
package main

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A target is a system that bilanz is built for, by Go's name and by that of people.
type target struct{ system, arch, called string }

var targets = []target{
	{"linux", "amd64", "linux-amd64"},
	{"linux", "arm64", "linux-arm64"},
	{"darwin", "amd64", "macos-amd64"},
	{"darwin", "arm64", "macos-arm64"},
	{"windows", "amd64", "windows-amd64"},
	{"windows", "arm64", "windows-arm64"},
}

// A release is what is made.
type release struct {
	version  string // "v0.2.0"
	releases string // the address below which each release has a folder of its name; "" if nobody said
	out      string // the folder
}

func main() {
	var r release
	flag.StringVar(&r.version, "version", "", "the release, as in v0.2.0")
	flag.StringVar(&r.releases, "releases", "", "the address below which each release has a folder of its name")
	flag.StringVar(&r.out, "out", "dist", "the folder for the archives")
	flag.Parse()
	if err := r.make(); err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

func (r release) make() error {
	if err := r.valid(); err != nil {
		return err
	}
	if err := sweep(r.out); err != nil {
		return err
	}
	var sums strings.Builder
	for _, t := range targets {
		name, archive, err := r.archive(t)
		if err != nil {
			return fmt.Errorf("%s: %w", t.called, err)
		}
		sum, err := r.write(&sums, name, archive)
		if err != nil {
			return err
		}
		if t == targets[0] {
			if _, err := r.write(&sums, versionFile, r.named(name, sum)); err != nil {
				return err
			}
		}
	}
	return os.WriteFile(filepath.Join(r.out, sumsFile), []byte(sums.String()), 0o644)
}

var (
	versions  = regexp.MustCompile(`^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$`)
	addresses = regexp.MustCompile(`^https://[0-9A-Za-z.:/_~-]+$`)
)

// valid refuses names that are no names: they come from a tag, and go into file names, a
// linker's flags and a file that others read.
func (r release) valid() error {
	if !versions.MatchString(r.version) {
		return fmt.Errorf("%q is no version; write one like VERSION=v0.2.0", r.version)
	}
	if r.releases != "" && !addresses.MatchString(r.releases) {
		return fmt.Errorf("%q is no address; write one like RELEASES=https://example.org/releases/download", r.releases)
	}
	return nil
}

const (
	sumsFile    = "SHA256SUMS"
	versionFile = "bilanz-version.txt"
)

var ours = regexp.MustCompile(`^(bilanz-v.*\.(tar\.gz|zip)|` + sumsFile + `|` + versionFile + `)$`)

// sweep makes the folder, and takes an older release out of it: all that lies there is
// published. What is not ours stops it.
func sweep(out string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	entries, err := os.ReadDir(out)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if !ours.MatchString(entry.Name()) {
			return fmt.Errorf("%s holds %s, which belongs to no release; name another folder, as in OUT=dist-2", out,
				entry.Name())
		}
	}
	var errs []error
	for _, entry := range entries {
		errs = append(errs, os.Remove(filepath.Join(out, entry.Name())))
	}
	return errors.Join(errs...)
}

// readme is what people read who unpacked an archive.
//
//go:embed README.txt
var readme []byte

// archive builds and packs for a system.
func (r release) archive(t target) (name string, archive []byte, err error) {
	b, err := r.build(t)
	if err != nil {
		return "", nil, err
	}
	terms, err := r.terms(t, b)
	if err != nil {
		return "", nil, err
	}
	own, err := os.ReadFile("LICENSE")
	if err != nil {
		return "", nil, err
	}
	binary := "bilanz"
	if t.system == "windows" {
		binary += ".exe"
	}
	folder := "bilanz-" + r.version + "-" + t.called
	files := []file{
		{folder + "/LICENSE", 0o644, own},
		{folder + "/LICENSES.txt", 0o644, terms},
		{folder + "/README.txt", 0o644, bytes.ReplaceAll(readme, []byte("{version}"), []byte(r.version))},
		{folder + "/" + binary, 0o755, b.bytes},
	}
	if t.system == "windows" {
		archive, err = zipped(files, b.when)
		return folder + ".zip", archive, err
	}
	archive, err = tarred(files, b.when)
	return folder + ".tar.gz", archive, err
}

// write writes a file of the release and notes its sum, in the form of sha256sum.
func (r release) write(sums *strings.Builder, name string, data []byte) (string, error) {
	hash := sha256.Sum256(data)
	sum := hex.EncodeToString(hash[:])
	fmt.Fprintf(sums, "%s  %s\n", sum, name)
	fmt.Printf("%s  %s (%d kB)\n", sum[:12], name, len(data)/1000)
	return sum, os.WriteFile(filepath.Join(r.out, name), data, 0o644)
}

// named is the file by which a repository of content names this release: the archive is the
// one for the machines that check and publish.
func (r release) named(archive, sum string) []byte {
	if r.releases != "" {
		archive = r.releases + "/" + r.version + "/" + archive
	}
	return fmt.Appendf(nil, "version: %s\narchive: %s\nsha256: %s\n", r.version, archive, sum)
}
