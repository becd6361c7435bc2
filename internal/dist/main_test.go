package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"bilanz/internal/licence"
)

func TestNamesThatAreNoNamesAreRefused(t *testing.T) {
	for version, ok := range map[string]bool{
		"v0.2.0": true, "v10.20.30": true, "v1.0.0-rc.1": true, "": false, "0.2.0": false, "v0.2": false,
		"v1.0.0/x":           false,
		"v1.0.0 -X main.x=y": false, "v1.0.0-'": false, "v1.0.0-$(id)": false, "v1.0.0\n": false, "v1.0.0-": false,
	} {
		if err := (release{version: version}).valid(); (err == nil) != ok {
			t.Errorf("%q: %v", version, err)
		}
	}
	for address, ok := range map[string]bool{
		"": true, "https://example.org/o/r/releases": true, "http://example.org": false,
		"https://example.org/a b": false,
		"https://example.org/'":   false,
	} {
		if err := (release{version: "v1.0.0", releases: address}).valid(); (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
	}
}

var (
	packed = []file{{"x/LICENSE", 0o644, []byte("terms")}, {"x/bilanz", 0o755, bytes.Repeat([]byte("code"), 5000)}}
	when   = time.Date(2026, 11, 26, 22, 10, 31, 0, time.FixedZone("", 3600))
)

// Archives hold files with their modes, the time of the commit and nobody's name, and
// have the same bytes in another time zone.
func TestArchivesHoldWhatWasPackedAndNothingOfTheMachine(t *testing.T) {
	for name, c := range map[string]struct {
		pack func([]file, time.Time) ([]byte, error)
		list func(*testing.T, []byte) []string
	}{"tar.gz": {tarred, listTar}, "zip": {zipped, listZip}} {
		first, err := c.pack(packed, when)
		second, again := c.pack(packed, when.UTC())
		if err = errors.Join(err, again); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, second) {
			t.Errorf("%s: two zones make two archives", name)
		}
		want := []string{"x/LICENSE -rw-r--r-- 2026-11-26T21:10:31Z terms",
			"x/bilanz -rwxr-xr-x 2026-11-26T21:10:31Z " + strings.Repeat("code", 5000)}
		if got := c.list(t, first); !slices.Equal(got, want) {
			t.Errorf("%s holds %.200q", name, got)
		}
	}
}

func listTar(t *testing.T, data []byte) (files []string) {
	t.Helper()
	plain, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if !plain.ModTime.IsZero() || plain.Name != "" {
		t.Errorf("the compressed stream names %v %q", plain.ModTime, plain.Name)
	}
	for archive := tar.NewReader(plain); ; {
		header, err := archive.Next()
		if err == io.EOF {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		if header.Uid+header.Gid != 0 || header.Uname+header.Gname != "" {
			t.Errorf("%s belongs to %q", header.Name, header.Uname)
		}
		files = append(files, line(t, header.Name, header.FileInfo().Mode(), header.ModTime, archive))
	}
}

func listZip(t *testing.T, data []byte) (files []string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		content, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, line(t, f.Name, f.Mode(), f.Modified, content))
	}
	return files
}

func line(t *testing.T, name string, mode os.FileMode, when time.Time, content io.Reader) string {
	t.Helper()
	text, err := io.ReadAll(content)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s %v %s %s", name, mode, when.UTC().Format(time.RFC3339), text)
}

// Each module that is linked has its terms there, Go, ECharts and the fonts too; those that
// only test or build have not.
func TestTheLicencesAreThoseOfWhatIsInside(t *testing.T) {
	t.Chdir("../..")
	windows := target{"windows", "amd64", "windows-amd64"}
	modules, err := licence.Modules(windows.system, windows.arch, "./cmd/bilanz")
	if err != nil {
		t.Fatal(err)
	}
	b := binary{info: &debug.BuildInfo{}}
	for _, m := range modules {
		path, version, _ := strings.Cut(m.Name, " ")
		b.info.Deps = append(b.info.Deps, &debug.Module{Path: path, Version: version})
	}
	text, err := (release{version: "v0.2.0"}).terms(windows, b)
	if err != nil {
		t.Fatal(err)
	}
	for _, wanted := range []string{
		"bilanz v0.2.0 (windows-amd64) stands", "The library and runtime of Go\ngolang.org/x/", "cobra v1",
		"mousetrap v1",
		"(LICENSE_V8)", "yaml/v4 v4.0.0 (NOTICE)", "echarts 6.", "Apache License", "SIL OPEN FONT LICENSE",
	} {
		if !strings.Contains(string(text), wanted) {
			t.Errorf("%q is missing", wanted)
		}
	}
	for _, banned := range []string{"esbuild", "chromedp", "go-internal", "svgpan", "\r"} {
		if strings.Contains(string(text), banned) {
			t.Errorf("%q stands there", banned)
		}
	}
	b.info.Deps = append(b.info.Deps, &debug.Module{Path: "example.org/x", Version: "v1.0.0"})
	if _, err := ofModules(windows, b); err == nil {
		t.Error("a module without terms is handed on")
	}
}

func TestARepositoryOfContentIsToldWhatToFetch(t *testing.T) {
	r := release{version: "v0.2.0", releases: "https://example.org/r"}
	want := "version: v0.2.0\narchive: https://example.org/r/v0.2.0/a.tar.gz\nsha256: 12ab\n"
	if got := string(r.named("a.tar.gz", "12ab")); got != want {
		t.Errorf("%s", got)
	}
}

func TestTheFolderOfAReleaseHoldsNothingElse(t *testing.T) {
	out := filepath.Join(t.TempDir(), "dist")
	if err := sweep(out); err != nil {
		t.Fatal(err)
	}
	old := filepath.Join(out, "bilanz-v0.1.0-linux-amd64.tar.gz")
	foreign := filepath.Join(out, "notes.txt")
	for _, name := range []string{old, foreign} {
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := sweep(out); err == nil || !strings.Contains(err.Error(), "notes.txt, which belongs to no release") {
		t.Errorf("%v", err)
	}
	if err := errors.Join(os.Remove(foreign), sweep(out)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !errors.Is(err, os.ErrNotExist) {
		t.Error("the older release is still there")
	}
}
