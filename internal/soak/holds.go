//go:build unix

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// What always holds:
//
//  1. The published site is whole: each file of files.json is there, with its hash.
//  2. It is what a clean build of the sources that it was made of gives.
//  3. What is wrong with the content, and whatever ends a build early, leaves it as it is.
//  4. Sources are not touched by build and check.
//  5. Exit codes are those of the list, and never that of a mistake in bilanz.
//  6. No problem of the content is without a place.
//  7. A finished build leaves nothing beside the site but the one spare tree that the next
//     build begins with.
//  8. Memory is flat.

// exitCodes are those that the reference lists, and that of a kill, which is ours.
var exitCodes = []int{0, 1, 2, 3, 4, 130, 143, 128 + 9}

// allowed holds how a run ended against the list.
func (s *soak) allowed(args []string, r result) {
	if !slices.Contains(exitCodes, r.code) || strings.Contains(r.said, "goroutine ") {
		s.find("%v: exit code %d\n%s", args, r.code, r.said)
	}
}

// watch reads the published site all the time.
func (s *soak) watch(stop chan bool) {
	for {
		select {
		case <-stop:
			return
		default:
		}
		s.whole("while others write")
		s.mu.Lock()
		s.reads++
		s.mu.Unlock()
		time.Sleep(50 * time.Millisecond)
	}
}

// whole holds the files of the site against their list.
func (s *soak) whole(when string) {
	before, err := os.ReadFile(filepath.Join(s.out, "files.json"))
	if err != nil {
		if s.hasSite() {
			s.find("%s: the site has no files.json: %v", when, err)
		}
		return
	}
	wrong := unlike(s.out, before)
	// Who reads file by file may read of two sites; only of one it counts.
	after, err := os.ReadFile(filepath.Join(s.out, "files.json"))
	if wrong != "" && err == nil && bytes.Equal(before, after) {
		if again := unlike(s.out, after); again != "" {
			s.find("%s: the site is not whole: %s", when, again)
		}
	}
}

// unlike names the first file that is not as its list says.
func unlike(dir string, raw []byte) string {
	var list struct {
		Files []struct{ Path, SHA256 string }
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		return "files.json: " + err.Error()
	}
	if len(list.Files) == 0 {
		return "files.json lists nothing"
	}
	for _, f := range list.Files {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Path)))
		if sum := sha256.Sum256(text); err != nil || hex.EncodeToString(sum[:]) != f.SHA256 {
			return f.Path
		}
	}
	return ""
}

// always holds after each act, when nothing runs any more.
func (s *soak) always(after string) {
	s.whole("after " + after)
	s.untouched(after)
}

// untouched holds the sources against what was last written.
func (s *soak) untouched(after string) {
	for _, folder := range []string{"content", "static", "layouts"} {
		on, err := read(filepath.Join(s.project, folder))
		if err != nil && !os.IsNotExist(err) {
			s.must(err)
		}
		want := files{}
		for name, text := range s.now {
			if below, ok := strings.CutPrefix(name, folder+"/"); ok {
				want[below] = text
			}
		}
		if wrong := differ(on, want); len(wrong) > 0 {
			s.find("after %s, sources are not as they were written: %s/%v", after, folder, wrong)
		}
	}
}

// clean gives the site that a build in a folder of its own makes, without anything that an
// earlier one kept; nil where the content is wrong. The last few are remembered: an act may
// ask for the same ones twice.
func (s *soak) clean(sources files) files {
	for _, c := range s.cleaned {
		if maps.Equal(c.of, sources) {
			return c.site
		}
	}
	site := s.cleanly(sources)
	s.cleaned = append(s.cleaned[max(0, len(s.cleaned)-4):], cleaned{maps.Clone(sources), site})
	return site
}

// cleaned is a clean build.
type cleaned struct{ of, site files }

func (s *soak) cleanly(sources files) files {
	dir := filepath.Join(s.work, "clean")
	s.must(os.RemoveAll(dir))
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(sources))) {
		s.must(put(filepath.Join(dir, filepath.FromSlash(name)), sources[name]))
	}
	env := []string{"HOME=" + filepath.Join(s.work, "nowhere"), "XDG_CACHE_HOME=" + filepath.Join(dir, "cache")}
	r := s.launch(env, s.command("build", "--dir", dir))
	if s.finish(r).code != 0 {
		return nil
	}
	site, err := read(filepath.Join(dir, "public"))
	s.must(err)
	return site
}

// published holds after a build: it is the site of these sources, or of others that it may
// have read.
func (s *soak) published(after string, sources ...files) {
	site, err := read(s.out)
	s.must(err)
	var wrong []string
	for _, of := range sources {
		if of == nil {
			continue
		}
		if wrong = differ(site, s.clean(of)); len(wrong) == 0 {
			s.setMade(of)
			return
		}
	}
	s.find("after %s, the site is not what a clean build gives: %v", after, wrong)
}

// leftBehind holds after a finished build.
func (s *soak) leftBehind(after string) {
	entries, err := os.ReadDir(s.project)
	s.must(err)
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".public") && name != ".public.spare" {
			s.find("after %s, %s is left beside the site", after, name)
		}
	}
}

// placed holds for what a check says in JSON.
func (s *soak) placed(r result) {
	var report struct {
		Diagnostics []struct{ Code, Message, Path string }
	}
	if err := json.Unmarshal(r.answer, &report); err != nil {
		s.find("check --format json: %v\n%s", err, r.said)
		return
	}
	if r.code == 1 && len(report.Diagnostics) == 0 {
		s.find("check: exit code 1 without a message")
	}
	for _, d := range report.Diagnostics {
		if d.Path == "" || d.Code == "" || d.Message == "" {
			s.find("a message without a place: %v", d)
		}
	}
}

// flat holds at the end: no build of the last third takes much more than those of the
// first.
func (s *soak) flat() {
	third := len(s.peaks) / 3
	if third < 5 {
		return
	}
	first, last := slices.Max(s.peaks[:third]), slices.Max(s.peaks[len(s.peaks)-third:])
	if last > first*13/10+(16<<20) {
		s.find("memory grows: %d MB in the first third, %d MB in the last", first>>20, last>>20)
	}
}
