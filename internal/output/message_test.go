//go:build linux

package output

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"bilanz/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the expected messages")

// mistakes are all that can be said to whoever starts a build, each with how to
// get there. The project has content/ and layouts/, and a published site.
var mistakes = []struct {
	name string
	kind Kind
	make func(t *testing.T, o Options) error
}{
	{"no output is named", Refused, func(t *testing.T, o Options) error { return checked(o, "") }},
	{"the root", Refused, func(t *testing.T, o Options) error { return checked(o, "/") }},
	{"the home", Refused, func(t *testing.T, o Options) error { return checked(o, os.Getenv("HOME")) }},
	{"above the home", Refused, func(t *testing.T, o Options) error { return checked(o, filepath.Dir(os.Getenv("HOME"))) }},
	{"the project", Refused, func(t *testing.T, o Options) error {
		o.Sources = nil
		return checked(o, ".")
	}},
	{"a source", Refused, func(t *testing.T, o Options) error { return checked(o, "content") }},
	{"inside a source", Refused, func(t *testing.T, o Options) error { return checked(o, "content/en/public") }},
	{"around a source", Refused, func(t *testing.T, o Options) error { return checked(o, "../project") }},
	{"a source that does not exist yet", Refused, func(t *testing.T, o Options) error { return checked(o, "static/site") }},
	{"a source by another name", Refused, func(t *testing.T, o Options) error {
		must(t, os.Symlink("content", "texts"))
		return checked(o, "texts/public")
	}},
	{"inside git", Refused, func(t *testing.T, o Options) error { return checked(o, ".git/public") }},
	{"a file", Refused, func(t *testing.T, o Options) error {
		must(t, os.WriteFile("report.pdf", nil, 0o644))
		return checked(o, "report.pdf")
	}},
	{"below a file", Refused, func(t *testing.T, o Options) error {
		must(t, os.WriteFile("report.pdf", nil, 0o644))
		return checked(o, "report.pdf/a/b")
	}},
	{"a link to nothing", Refused, func(t *testing.T, o Options) error {
		must(t, os.Symlink("nowhere", "www"))
		return checked(o, "www")
	}},
	{"a link in a circle", Refused, func(t *testing.T, o Options) error {
		must(t, os.Symlink("www", "www"))
		return checked(o, "www/public")
	}},
	{"somebody's folder", Refused, func(t *testing.T, o Options) error {
		must(t, os.Mkdir("photos", 0o755))
		must(t, os.WriteFile("photos/1.jpg", nil, 0o644))
		return checked(o, "photos")
	}},
	{"a damaged list", Refused, func(t *testing.T, o Options) error {
		raw, err := os.ReadFile("public/files.json")
		must(t, err)
		must(t, os.WriteFile("public/files.json", raw[:len(raw)/2], 0o644))
		return checked(o, "public")
	}},
	{"a list by somebody else", Refused, func(t *testing.T, o Options) error {
		must(t, os.WriteFile("public/files.json", []byte(`{"name": "x"}`), 0o644))
		return checked(o, "public")
	}},
	{"a list that leads out", Refused, func(t *testing.T, o Options) error {
		must(t, os.WriteFile("public/files.json", []byte(`{"files": [{"path": "../content/x"}], "sum": "x"}`), 0o644))
		return checked(o, "public")
	}},
	{"a list that was edited", Refused, func(t *testing.T, o Options) error {
		raw, err := os.ReadFile("public/files.json")
		must(t, err)
		must(t, os.WriteFile("public/files.json", []byte(strings.Replace(string(raw), "404", "403", 1)), 0o644))
		return checked(o, "public")
	}},
	{"a spare by somebody else", Refused, func(t *testing.T, o Options) error {
		must(t, os.WriteFile(".public.spare", []byte("mine"), 0o644))
		_, err := publish(o, site(1))
		return err
	}},
	{"in the way", Refused, func(t *testing.T, o Options) error {
		must(t, os.MkdirAll("public/only/3.html", 0o755))
		must(t, os.WriteFile("public/only/3.html/notes.txt", nil, 0o644))
		_, err := publish(o, site(3))
		return err
	}},
	{"another build", Busy, func(t *testing.T, o Options) error {
		tree, err := Open(context.Background(), o)
		must(t, err)
		defer tree.Close()
		_, err = publish(o, site(2))
		return err
	}},
	{"another build that did not say its name", Busy, func(t *testing.T, o Options) error {
		tree, err := Open(context.Background(), o)
		must(t, err)
		defer tree.Close()
		must(t, os.Truncate(".public.lock", 0))
		_, err = publish(o, site(2))
		return err
	}},
	{"a path in capital letters", Failed, func(t *testing.T, o Options) error {
		_, err := publish(o, map[string]string{"Visits/index.html": "", "visits/index.html": ""})
		return err
	}},
	{"one path twice", Failed, func(t *testing.T, o Options) error {
		tree, err := Open(context.Background(), o)
		must(t, err)
		defer tree.Close()
		return errors.Join(tree.Write("a", nil), tree.Write("a", nil))
	}},
	{"a file and a folder", Failed, func(t *testing.T, o Options) error {
		_, err := publish(o, map[string]string{"a": "", "a/b": ""})
		return err
	}},
	{"a path that leads out", Failed, func(t *testing.T, o Options) error {
		_, err := publish(o, map[string]string{"../content/x": ""})
		return err
	}},
	{"no lock", Failed, injected("lock", 1, syscall.EACCES)},
	{"a full disk", Failed, injected("create", 2, syscall.ENOSPC)},
	{"a used up quota", Failed, injected("create", 2, syscall.EDQUOT)},
	{"a read-only disk", Failed, injected("mkdir", 1, syscall.EROFS)},
	{"no permission to remove", Failed, injected("remove", 1, syscall.EPERM)},
	{"no permission to list", Failed, injected("list", 2, syscall.EACCES)},
	{"a broken disk", Failed, injected("sync", 1, syscall.EIO)},
	{"a long name", Failed, func(t *testing.T, o Options) error {
		_, err := publish(o, map[string]string{strings.Repeat("x", 300) + "/index.html": ""})
		return err
	}},
	{"too many open files", Failed, injected("create", 2, syscall.EMFILE)},
	{"another reason", Failed, injected("exchange", 1, syscall.EBADF)},
	{"a file changed meanwhile", Failed, func(t *testing.T, o Options) error {
		o.disk.noLinks = true
		o.disk.before = func(op, path string) error {
			if op == "read" && filepath.Base(path) == "404.html" {
				return os.WriteFile(path, []byte("changed"), 0o644)
			}
			return nil
		}
		_, err := publish(o, site(4))
		return err
	}},
	{"a new site in a folder with something in it", Refused, func(t *testing.T, _ Options) error {
		must(t, os.MkdirAll("archive/.git", 0o755))
		must(t, os.WriteFile("archive/.notes", nil, 0o644))
		for i := range 6 {
			must(t, os.Mkdir(fmt.Sprintf("archive/%d", 2020+i), 0o755))
		}
		return Fresh("archive", map[string][]byte{"a": nil})
	}},
	{"a new site in a folder with one thing in it", Refused, func(t *testing.T, _ Options) error {
		must(t, os.MkdirAll("archive", 0o755))
		must(t, os.WriteFile("archive/report.pdf", nil, 0o644))
		return Fresh("archive", map[string][]byte{"a": nil})
	}},
	{"a new site in a file", Refused, func(t *testing.T, _ Options) error {
		must(t, os.WriteFile("report.pdf", nil, 0o644))
		return Fresh("report.pdf", map[string][]byte{"a": nil})
	}},
	{"a new site below a file", Refused, func(t *testing.T, _ Options) error {
		must(t, os.WriteFile("report.pdf", nil, 0o644))
		return Fresh("report.pdf/site", map[string][]byte{"a": nil})
	}},
	{"a new site on a full disk", Failed, freshly("create", syscall.ENOSPC)},
	{"a new site where nobody may write", Failed, freshly("mkdir", syscall.EACCES)},
	{"a new site on a broken disk", Failed, freshly("rename", syscall.EIO)},
	{"a full disk, file by file", Failed, func(t *testing.T, o Options) error {
		must(t, os.WriteFile("public/mine.txt", nil, 0o644))
		return injected("rename", 2, syscall.ENOSPC)(t, o)
	}},
}

// freshly lets an operation fail while a new site is written.
func freshly(op string, reason error) func(*testing.T, Options) error {
	return func(*testing.T, Options) error {
		d := disk{before: func(this, _ string) error {
			if this == op {
				return reason
			}
			return nil
		}}
		return d.fresh("results/2025", map[string][]byte{"content/site.yaml": nil})
	}
}

func checked(o Options, dir string) error {
	o.Dir = dir
	return Check(o)
}

// injected lets the nth operation of a kind fail while a newer site is published
// over an older one, with a spare full of stale files.
func injected(op string, n int, reason error) func(*testing.T, Options) error {
	return func(t *testing.T, o Options) error {
		mustPublish(t, o, site(1))
		mustPublish(t, o, site(2))
		o.disk.before = func(this, _ string) error {
			if this == op {
				if n--; n == 0 {
					return reason
				}
			}
			return nil
		}
		files := site(3)
		files["new/index.html"] = "in a new folder"
		_, err := publish(o, files)
		return err
	}
}

func TestEveryMistakeIsExplainedInBothLanguages(t *testing.T) {
	var got strings.Builder
	for _, m := range mistakes {
		root := t.TempDir()
		t.Setenv("HOME", filepath.Join(root, "home"))
		must(t, os.MkdirAll(root+"/home", 0o755))
		must(t, os.MkdirAll(root+"/project/content", 0o755))
		t.Chdir(root + "/project")
		o := Options{Dir: "public", Project: ".", Sources: []string{"content", "layouts", "static"}}
		mustPublish(t, o, site(0))
		err := m.make(t, o)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v", m.name, err)
			continue
		}
		if e.Kind != m.kind {
			t.Errorf("%s: it is of kind %d: %v", m.name, e.Kind, err)
		}
		fmt.Fprintf(&got, "-- %s --\n", m.name)
		for _, lang := range []string{"en", "de"} {
			var text strings.Builder
			must(t, diag.WriteText(&text, []diag.Diagnostic{e.Diagnostic()}, diag.TextOptions{Lang: lang}))
			got.WriteString(strings.TrimSuffix(strings.ReplaceAll(text.String(), root, "$ROOT"), "\n"))
		}
	}
	whoever := regexp.MustCompile(`(process|Prozess) \d+ (on|auf) .*, (since|seit) [-0-9]+ [:0-9]+`)
	text := whoever.ReplaceAllString(got.String(), "$1 N $2 HOST, $3 TIME")
	compare(t, "testdata/messages.txt", text)
}

// dir is the folder of the package, before any test went elsewhere.
var dir, _ = os.Getwd()

func compare(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join(dir, name)
	if *update {
		must(t, os.WriteFile(name, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(name)
	must(t, err)
	if got != string(want) {
		t.Errorf("%s differs (to accept: go test -update); got:\n%s", name, got)
	}
}
