package source

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What git keeps is found in each form of its index, in a folder of a repository and in a
// second work tree, and is not what merely lies there.
func TestWhatGitKeepsIsFound(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	for name, c := range map[string]struct {
		form    string // of the repository
		version string // of the index
		project string
	}{
		"version 2":           {"sha1", "2", "."},
		"version 3":           {"sha1", "3", "."},
		"version 4":           {"sha1", "4", "."},
		"long ids":            {"sha256", "2", "."},
		"long ids, version 4": {"sha256", "4", "."},
		"a folder":            {"sha1", "2", "reports/2026"},
		"a folder, version 4": {"sha1", "4", "reports/2026"},
		"a second work tree":  {"sha1", "2", "."},
		"split":               {"sha1", "2", "."},
		"split, version 4":    {"sha1", "4", "reports"},
		"split, long ids":     {"sha256", "2", "."},
	} {
		t.Run(name, func(t *testing.T) {
			top := t.TempDir()
			git := func(args ...string) {
				t.Helper()
				who := []string{"-C", top, "-c", "user.name=x", "-c", "user.email=x@example.org"}
				run := exec.Command("git", append(who, args...)...)
				if text, err := run.CombinedOutput(); err != nil {
					t.Fatalf("%v: %s", err, text)
				}
			}
			git("init", "-q", "--object-format="+c.form)
			if name == "a second work tree" {
				git("commit", "-q", "--allow-empty", "-m", "x")
				second := filepath.Join(t.TempDir(), "second")
				git("worktree", "add", "-q", second)
				top = second
			}
			dir := filepath.Join(top, c.project)
			for _, file := range []string{
				".a", ".bilanz-not/x", "content/.bilanz/x", ".bilanz/cache/ab/" + strings.Repeat("c", 62),
				".bilanz/cache/ab/d", "z.md",
			} {
				path := filepath.Join(dir, file)
				err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, nil, 0o644))
				if err != nil {
					t.Fatal(err)
				}
			}
			p, err := Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer p.Close()
			add := func(files ...string) {
				git(append([]string{"-C", dir, "add", "-f"}, files...)...)
				if c.version == "3" {
					git("update-index", "--index-version", "3")
					git("-C", dir, "update-index", "--skip-worktree", files[0]) // which only version 3 can say
				} else {
					git("update-index", "--index-version", c.version)
				}
			}
			add(".a", ".bilanz-not", "content", "z.md")
			if found := p.Tracked(".bilanz"); found != "" {
				t.Errorf("found %q, which git does not keep", found)
			}
			add(".bilanz/cache/ab/d")
			if strings.HasPrefix(name, "split") {
				git("update-index", "--split-index")
			}
			if found := p.Tracked(".bilanz"); found != ".bilanz/cache/ab/d" {
				t.Errorf("found %q", found)
			}
			if c.version == "3" {
				return // git takes out nothing that is skipped
			}
			git("-C", dir, "rm", "-q", "--cached", "-f", ".bilanz/cache/ab/d")
			if found := p.Tracked(".bilanz"); found != "" {
				t.Errorf("found %q, which git no longer keeps", found)
			}
		})
	}
}

// An index that is cut or wrong at any byte names nothing wrong and ends.
func TestADamagedIndexEnds(t *testing.T) {
	entry := func(name string) string {
		e := strings.Repeat("\x00", 60) + "\x00\x07" + name
		return e + strings.Repeat("\x00", 8-len(e)%8)
	}
	index := "DIRC\x00\x00\x00\x02\x00\x00\x00\x02" + entry(".a") + entry(".bilanz/x")
	if found := firstBelow([]byte(index), ".bilanz/", nothing); found != ".bilanz/x" {
		t.Fatalf("found %q", found)
	}
	for i := range index {
		if found := firstBelow([]byte(index[:i]), ".bilanz/", nothing); found != "" && found != ".bilanz/x" {
			t.Errorf("cut at %d it names %q", i, found)
		}
		for _, b := range []byte{0, 1, 4, 0x40, 0x7f, 0x80, 0xff} {
			firstBelow([]byte(index[:i]+string([]byte{b})+index[i+1:]), ".bilanz/", nothing)
		}
	}
}

func nothing(string) []byte { return nil }

// A map of bits is read in each of its forms, and ends wherever it is cut.
func TestBitsThatGitPacked(t *testing.T) {
	packed := "\x00\x00\x01\x80\x00\x00\x00\x04" + // 384 bits in 4 words
		"\x00\x00\x00\x02\x00\x00\x00\x05" + // two words of ones, then one as it stands
		"\x80\x00\x00\x00\x00\x00\x00\x02" +
		"\x00\x00\x00\x02\x00\x00\x00\x02" + // a word of zeros, then one as it stands
		"\x00\x00\x00\x00\x00\x00\x00\x01" + "\x00\x00\x00\x02"
	set := bitmap([]byte(packed))
	for bit, want := range map[int]bool{
		0: true, 127: true, 128: false, 129: true, 190: false, 191: true, 192: false, 255: false, 256: true,
		257: false, 9999: false,
	} {
		if set(bit) != want {
			t.Errorf("bit %d is %v", bit, set(bit))
		}
	}
	for i := range packed {
		bitmap([]byte(packed[:i]))(0)
		for _, b := range []byte{0xff, 0x7f} {
			bitmap([]byte(packed[:i] + string([]byte{b}) + packed[i+1:]))(300)
		}
	}
}
