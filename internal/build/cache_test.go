package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bilanz/internal/diag"
	"bilanz/internal/output"
)

// Somebody proposes a change that brings a cache along: drawings with all sums right, under
// the keys of the charts, that say another word or number. Nothing of them is published,
// wherever in the project they lie and whoever names the folder. In the user's own folder, to
// which nobody else may write, the words would be, and that is what the test can see; the
// numbers are not even there.
func TestACacheInTheProjectIsNeverUsed(t *testing.T) {
	const said, forged = "Central", "Kentral"
	dir := filepath.Join(t.TempDir(), "project")
	if err := os.CopyFS(dir, os.DirFS(library)); err != nil {
		t.Fatal(err)
	}
	drawn := &memory{kept: map[string][]byte{}}
	site := func(o Options) string {
		t.Helper()
		o.Dir, o.Out, o.Write = dir, filepath.Join(t.TempDir(), "public"), true
		result, err := Build(t.Context(), o)
		if err != nil || !result.Written {
			t.Fatal(err, result.Diagnostics)
		}
		var all strings.Builder
		for _, text := range tree(t, o.Out) {
			all.WriteString(text)
		}
		return all.String()
	}
	want := site(Options{Drawings: drawn})
	if !strings.Contains(want, said) || strings.Contains(want, forged) {
		t.Fatal("the site does not say what the test looks for")
	}
	poison := func(folder, said, forged string) string {
		cache, poisoned := output.NewCache(folder, 1<<30), 0
		for key, data := range maps.All(drawn.kept) {
			if body := data[:len(data)-sha256.Size]; bytes.Contains(body, []byte(said)) {
				body = bytes.ReplaceAll(body, []byte(said), []byte(forged))
				sum := sha256.Sum256(body)
				cache.Put(key, append(body, sum[:]...))
				poisoned++
			}
		}
		if poisoned == 0 {
			t.Fatalf("no drawing says %s", said)
		}
		return folder
	}
	linked := filepath.Join(filepath.Dir(dir), "linked")
	if err := os.Symlink(poison(filepath.Join(dir, "drawings"), said, forged), linked); err != nil {
		t.Fatal(err)
	}
	open := poison(filepath.Join(filepath.Dir(dir), "open"), said, forged)
	if err := os.Chmod(open, 0o777); err != nil {
		t.Fatal(err)
	}
	poison(filepath.Join(dir, ".bilanz", "cache"), said, forged)
	inProject := []string{filepath.Join(dir, ".bilanz", "cache"), filepath.Join(dir, "drawings")}
	for _, folder := range append(inProject, "", linked, open) {
		if strings.Contains(site(Options{Cache: folder}), forged) {
			t.Errorf("with the cache %q, a drawing from elsewhere was published", folder)
		}
	}
	own := poison(filepath.Join(filepath.Dir(dir), "own"), said, forged)
	if !strings.Contains(site(Options{Cache: own}), forged) {
		t.Error("the forged drawings are not found even where they would be")
	}
	numbers := poison(filepath.Join(filepath.Dir(dir), "numbers"), "318,462", "999,999")
	if strings.Contains(site(Options{Cache: numbers}), "999,999") {
		t.Error("a drawing with a forged number was published")
	}
}

// A project in which git keeps drawings is told so.
func TestDrawingsInGitAreTold(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/sites/tiny")); err != nil {
		t.Fatal(err)
	}
	lay := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	index := func(names ...string) string {
		text := "DIRC\x00\x00\x00\x02" + string(binary.BigEndian.AppendUint32(nil, uint32(len(names))))
		for _, name := range names {
			entry := strings.Repeat("\x00", 60) + "\x00" + string(rune(len(name))) + name
			text += entry + strings.Repeat("\x00", 8-len(entry)%8)
		}
		return text
	}
	lay(".bilanz/cache/ab/cd", "x")
	o := Options{Dir: dir, Out: filepath.Join(dir, "public"), Drawings: pictures}
	if found := messages(t, o)["en"]; found != "" {
		t.Errorf("without git: %s", found)
	}
	lay(".git/index", index(".gitignore", "content/site.yaml"))
	if found := messages(t, o)["en"]; found != "" {
		t.Errorf("git does not keep it: %s", found)
	}
	lay(".git/index", index(".bilanz/cache/ab/cd", ".gitignore", "content/site.yaml"))
	found := messages(t, o)
	got := found["en"] + found["de"]
	const name = "testdata/cache-in-git.txt"
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(name); err != nil || string(want) != got {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	result, err := Build(t.Context(), o)
	if err != nil || diag.Count(result.Diagnostics, diag.Error) != 1 {
		t.Errorf("%v, %d errors", err, diag.Count(result.Diagnostics, diag.Error))
	}
}
