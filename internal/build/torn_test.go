package build

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"bilanz/internal/diag"
	"bilanz/internal/output"
)

var tornBuilds = flag.Int("torn", 40, "how many builds are made while somebody saves")

// saves are the ways in which programs save: into the same file, emptied first and filled in
// pieces, or as a new file that takes the old one's place.
var saves = map[string]func(path, text string, pause func()) error{
	"in pieces": func(path, text string, pause func()) error {
		f, err := os.Create(path)
		for err == nil && text != "" {
			n := min(len(text), len(text)/3+1)
			pause()
			_, err = f.WriteString(text[:n])
			text = text[n:]
		}
		return errors.Join(err, f.Close())
	},
	"over what was there": func(path, text string, pause func()) error {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		for i := 0; err == nil && i < len(text); i += 400 {
			pause()
			_, err = f.WriteString(text[i:min(i+400, len(text))])
		}
		return errors.Join(err, f.Close())
	},
	"by name": func(path, text string, pause func()) error {
		err := os.WriteFile(path+"~", []byte(text), 0o644)
		pause()
		return errors.Join(err, os.Rename(path+"~", path))
	},
}

// Somebody saves one version of a page after the other, slower than it takes to read it and
// with pauses of any length. Whatever is published is one version whole; no build fails for
// what it read half of.
func TestNoHalfSavedFileIsPublished(t *testing.T) {
	builds := *tornBuilds
	if testing.Short() {
		builds = 5
	}
	for how, save := range saves {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS("testdata/sites/tiny")); err != nil {
				t.Fatal(err)
			}
			page := onlyPage(t, dir)
			stop, ended := make(chan struct{}), make(chan error)
			go func() { ended <- keepSaving(page, save, stop) }()
			torn, refused, seen := 0, 0, map[string]bool{}
			for range builds {
				memory := &output.Memory{}
				result, err := Build(t.Context(), Options{Dir: dir, Into: memory, NoCards: true})
				if err != nil {
					t.Fatal(err)
				}
				if diag.Count(result.Diagnostics, diag.Error) > 0 {
					if code := result.Diagnostics[0].Code; code != "file-unquiet" && code != "file-changed" {
						t.Errorf("it read half of a file: %s", result.Diagnostics[0].Text.In("en"))
					}
					refused++
					continue
				}
				html, _ := memory.File("index.html")
				whole := strings.Contains(string(html), "the end of it")
				if versions := versionsIn(string(html)); len(versions) != 1 || !whole {
					torn++
					t.Errorf("versions %v stand on one page", versions)
				} else {
					seen[versions[0]] = true
				}
			}
			close(stop)
			if err := <-ended; err != nil {
				t.Fatal(err)
			}
			if len(seen) < builds/50 {
				t.Errorf("only %d versions were seen in %d builds", len(seen), builds)
			}
			t.Logf("%d builds: %d torn, %d refused, %d versions", builds, torn, refused, len(seen))
		})
	}
}

// keepSaving saves one version after the other until it is stopped.
func keepSaving(page string, save func(string, string, func()) error, stop chan struct{}) error {
	front := "---\ntitle: Saved\ndescription: A page that is saved all the time.\n---\n"
	for n := 0; ; n++ {
		select {
		case <-stop:
			return nil
		default:
		}
		line := fmt.Sprintf("Version [%06d](fig:none) says this.\n\n", n)
		text := front + strings.Repeat(line, 40+n%7) + "\nThat is the end of it.\n"
		pause := func() { time.Sleep(time.Duration(n*7919%13) * time.Millisecond) }
		if err := save(page, text, pause); err != nil {
			return err
		}
		// What is left of a longer version is taken off, as programs do.
		if err := os.Truncate(page, int64(len(text))); err != nil {
			return err
		}
		time.Sleep(time.Duration(n*104729%260) * time.Millisecond)
	}
}

func versionsIn(html string) []string {
	var all []string
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`Version (?:<[^>]*>)*(\d{6})`).FindAllStringSubmatch(html, -1) {
		if !seen[m[1]] {
			seen[m[1]] = true
			all = append(all, m[1])
		}
	}
	return all
}

// onlyPage is the start page of the smallest site.
func onlyPage(t *testing.T, dir string) string {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join(dir, "content/*/index.md"))
	if err != nil || len(pages) != 1 {
		t.Fatal(pages, err)
	}
	return pages[0]
}
