//go:build linux

package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// site is the content of a small site, by version: files that never change, that
// always do, that come and go, and a name that is a file once and a folder once.
func site(version int) map[string]string {
	v := fmt.Sprintf("version %d\n", version)
	files := map[string]string{
		"404.html":                           "always the same\n",
		".nojekyll":                          "",
		"visits/index.html":                  strings.Repeat("always the same, and longer\n", 10_000),
		"de/besuche/index.html":              "immer gleich\n",
		"index.html":                         v,
		"de/index.html":                      strings.Repeat(v, 20_000/len(v)*(1+version%2)),
		"assets/a name, ümlauts.css":         v + strings.Repeat("x", 100),
		"data/figures.json":                  strings.Repeat("y", 300_000) + v,
		fmt.Sprintf("only/%d.html", version): v,
	}
	if version%2 == 0 {
		files["turns"] = "a file"
	} else {
		files["turns/into/a-folder.html"] = "in a folder"
	}
	return files
}

// publish builds one version in this process.
func publish(o Options, files map[string]string) (Summary, error) {
	if o.disk.keepsLock {
		o.Wait = time.Minute // a process that another test is starting may have the lock for an instant, too
	}
	tree, err := Open(context.Background(), o)
	if err != nil {
		return Summary{}, err
	}
	defer tree.Close()
	for _, p := range slices.Sorted(maps.Keys(files)) {
		if err := tree.Write(p, []byte(files[p])); err != nil {
			return Summary{}, err
		}
	}
	return tree.Publish(context.Background())
}

func mustPublish(t *testing.T, o Options, files map[string]string) Summary {
	t.Helper()
	s, err := publish(o, files)
	if err != nil {
		t.Fatalf("publishing: %v", err)
	}
	return s
}

// options are those of a project in a new folder.
func options(t *testing.T) Options {
	t.Helper()
	root := t.TempDir()
	must(t, os.Mkdir(filepath.Join(root, "content"), 0o755))
	return Options{Dir: filepath.Join(root, "public"), Project: root, Sources: []string{filepath.Join(root, "content")}}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// read gives all files below a folder, without files.json; it complains about
// links and wrong modes.
func read(dir string) (map[string]string, error) {
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		switch mode := info.Mode(); {
		case mode != fileMode && mode != fs.ModeDir|dirMode:
			return fmt.Errorf("%s has mode %v", name, mode)
		case e.IsDir():
			return nil
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = string(data)
		return err
	})
	return files, err
}

// difference says how a published site differs from what it should be; "" if in
// nothing. Its files.json must list exactly its files.
func difference(dir string, want map[string]string) string {
	got, err := read(dir)
	if err != nil {
		return err.Error()
	}
	list, ok := parseList([]byte(got[listName]))
	if !ok {
		return "files.json is not sound"
	}
	delete(got, listName)
	for p := range got {
		if _, listed := list.sums[p]; !listed {
			return p + " is not in files.json"
		}
		if got[p] != want[p] {
			return p + " is there, or is not what it should be"
		}
	}
	for p := range want {
		if _, there := got[p]; !there {
			return p + " is missing"
		}
	}
	if len(list.sums) != len(want) {
		return "files.json lists more files than there are"
	}
	return ""
}

func mustBe(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	if d := difference(dir, want); d != "" {
		t.Fatal(d)
	}
}

func inode(t *testing.T, path string) uint64 {
	t.Helper()
	info, err := os.Lstat(path)
	must(t, err)
	return info.Sys().(*syscall.Stat_t).Ino
}

func TestANewSiteIsWhole(t *testing.T) {
	o := options(t)
	s := mustPublish(t, o, site(1))
	mustBe(t, o.Dir, site(1))
	var size int64
	for _, data := range site(1) {
		size += int64(len(data))
	}
	if s.Files != 10 || s.Added != 10 || s.Changed != 0 || s.Removed != 0 || s.Bytes != size || !s.Exchanged || !s.Note.IsZero() {
		t.Errorf("got %+v", s)
	}
	// Beside it nothing stays: there was no old tree to become a spare.
	entries, err := os.ReadDir(o.Project)
	must(t, err)
	if len(entries) != 2 {
		t.Errorf("beside content and public there is %v", entries)
	}
}

func TestANewerSiteTakesThePlaceOfTheOld(t *testing.T) {
	o := options(t)
	mustPublish(t, o, site(1))
	kept, changed := inode(t, o.Dir+"/visits/index.html"), inode(t, o.Dir+"/index.html")
	s := mustPublish(t, o, site(2))
	mustBe(t, o.Dir, site(2))
	if s.Files != 10 || s.Changed != 4 || s.Added != 2 || s.Removed != 2 || !s.Exchanged || s.FileByFile {
		t.Errorf("got %+v", s)
	}
	if inode(t, o.Dir+"/visits/index.html") != kept {
		t.Error("an equal file was written instead of linked")
	}
	if inode(t, o.Dir+"/index.html") == changed {
		t.Error("a changed file was written into the published one")
	}
	if d := difference(filepath.Join(o.Project, ".public.spare"), site(1)); d != "" {
		t.Errorf("the old tree is not the spare: %s", d)
	}
}

func TestAnEqualSiteIsNotTouched(t *testing.T) {
	o := options(t)
	mustPublish(t, o, site(1))
	before, err := os.Stat(o.Dir)
	must(t, err)
	var changes []string
	o.disk.before = func(op, path string) error {
		if !slices.Contains([]string{"list", "read", "stat", "compare", "make folders", "lock"}, op) {
			changes = append(changes, op+" "+path)
		}
		return nil
	}
	s := mustPublish(t, o, site(1))
	after, err := os.Stat(o.Dir)
	must(t, err)
	if s.Exchanged || s.FileByFile || s.Changed+s.Added+s.Removed != 0 || s.Files != 10 {
		t.Errorf("got %+v", s)
	}
	if len(changes) > 0 || !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Errorf("the site or the spare was changed: %q", changes)
	}
}

func TestManyVersionsLeaveNothingStale(t *testing.T) {
	for name, d := range map[string]disk{"exchange": {}, "renames": {noExchange: true}, "no links": {noLinks: true}} {
		t.Run(name, func(t *testing.T) {
			o := options(t)
			o.disk = d
			for _, v := range []int{1, 2, 3, 3, 2, 4, 1, 1, 6, 5} {
				mustPublish(t, o, site(v))
				mustBe(t, o.Dir, site(v))
			}
			if _, err := os.Stat(filepath.Join(o.Project, ".public.old")); !errors.Is(err, fs.ErrNotExist) {
				t.Error("the old tree stayed between the renames")
			}
		})
	}
}

func TestWhatWasTamperedWithIsHealed(t *testing.T) {
	cases := map[string]func(dir string) error{
		"a page edited, its size and date kept": func(dir string) error {
			info, err := os.Stat(dir + "/404.html")
			if err != nil {
				return err
			}
			if err := os.WriteFile(dir+"/404.html", []byte("always the SAME\n"), 0o644); err != nil {
				return err
			}
			return os.Chtimes(dir+"/404.html", info.ModTime(), info.ModTime())
		},
		"a page deleted":         func(dir string) error { return os.Remove(dir + "/404.html") },
		"a folder deleted":       func(dir string) error { return os.RemoveAll(dir + "/de") },
		"a page not readable":    func(dir string) error { return os.Chmod(dir+"/404.html", 0o200) },
		"a folder not readable":  func(dir string) error { return os.Chmod(dir+"/visits", 0o700) },
		"the site not readable":  func(dir string) error { return os.Chmod(dir, 0o700) },
		"a page made executable": func(dir string) error { return os.Chmod(dir+"/404.html", 0o755) },
		"a page became a link": func(dir string) error {
			if err := os.Rename(dir+"/404.html", dir+"/../elsewhere"); err != nil {
				return err
			}
			return os.Symlink("../elsewhere", dir+"/404.html")
		},
		"a page became a pipe": func(dir string) error {
			return errors.Join(os.Remove(dir+"/404.html"), syscall.Mkfifo(dir+"/404.html", 0o644))
		},
		"a page became a folder": func(dir string) error {
			return errors.Join(os.Remove(dir+"/404.html"), os.MkdirAll(dir+"/404.html/empty", 0o755))
		},
		"an empty folder came": func(dir string) error { return os.MkdirAll(dir+"/turns/x", 0o755) },
		"a file of the spare became a link": func(dir string) error {
			spare := dir + "/../.public.spare"
			return errors.Join(os.Remove(spare+"/index.html"), os.Symlink("../content/x", spare+"/index.html"), os.Chmod(spare+"/de", 0o700))
		},
		"a folder of the spare became a link": func(dir string) error {
			spare := dir + "/../.public.spare"
			return errors.Join(os.RemoveAll(spare+"/de"), os.Symlink("../content", spare+"/de"))
		},
		"the spare was deleted": func(dir string) error { return os.RemoveAll(dir + "/../.public.spare") },
		"the files of the spare have second names": func(dir string) error {
			spare := dir + "/../.public.spare"
			return errors.Join(os.Link(spare+"/index.html", dir+"/../backup.html"))
		},
	}
	for name, tamper := range cases {
		for next, version := range map[string]int{"same": 3, "newer": 4} {
			t.Run(name+", then the "+next, func(t *testing.T) {
				o := options(t)
				mustPublish(t, o, site(2))
				mustPublish(t, o, site(3))
				must(t, os.WriteFile(o.Project+"/content/x", []byte("what an author wrote"), 0o644))
				must(t, tamper(o.Dir))
				mustPublish(t, o, site(version))
				mustBe(t, o.Dir, site(version))
				mustPublish(t, o, site(version+2))
				mustBe(t, o.Dir, site(version+2))
				if backup, err := os.ReadFile(o.Project + "/backup.html"); err == nil && string(backup) != site(2)["index.html"] {
					t.Error("a file with a second name was written into")
				}
				content, err := os.ReadDir(o.Project + "/content")
				must(t, err)
				x, err := os.ReadFile(o.Project + "/content/x")
				if err != nil || string(x) != "what an author wrote" || len(content) != 1 {
					t.Errorf("a link led the writing into the sources: %v %v", content, err)
				}
			})
		}
	}
}

func TestAReaderKeepsThePageThatItOpened(t *testing.T) {
	o := options(t)
	mustPublish(t, o, site(1))
	f, err := os.Open(o.Dir + "/index.html")
	must(t, err)
	defer f.Close()
	for v := 2; v < 6; v++ {
		mustPublish(t, o, site(v))
	}
	buf := make([]byte, 100)
	n, err := f.Read(buf)
	must(t, err)
	if string(buf[:n]) != "version 1\n" {
		t.Errorf("a reader who had opened version 1 read %q", buf[:n])
	}
}

func TestAStaleFileOfTheSpareIsWrittenOver(t *testing.T) {
	o := options(t)
	mustPublish(t, o, site(1))
	mustPublish(t, o, site(2))
	spare := inode(t, o.Project+"/.public.spare/data/figures.json")
	mustPublish(t, o, site(3))
	if inode(t, o.Dir+"/data/figures.json") != spare {
		t.Error("a file that nobody reads was removed and made anew, which is ten times slower")
	}
}

func TestEverythingIsOnTheDiskBeforeTheExchange(t *testing.T) {
	o := options(t)
	mustPublish(t, o, site(1))
	mustPublish(t, o, site(2))
	var order []string
	o.disk.before = func(op, path string) error {
		switch op {
		case "create", "overwrite", "link", "mkdir", "remove", "remove all", "rename", "exchange", "sync", "sync names":
			if len(order) == 0 || order[len(order)-1] != op {
				order = append(order, op)
			}
		}
		return nil
	}
	mustPublish(t, o, site(3))
	if order[0] != "sync names" {
		t.Errorf("the spare was written to before the last exchange was on the disk: %q", order)
	}
	if n := len(order); !slices.Equal(order[n-3:], []string{"sync", "remove", "exchange"}) {
		t.Errorf("more than the mark's removal came after the sync, or no sync did: %q", order)
	}
}

func TestASiteThatCouldNotBeWrittenWholeIsNotPublished(t *testing.T) {
	o := options(t)
	mustPublish(t, o, site(1))
	tree, err := Open(context.Background(), o)
	must(t, err)
	must(t, tree.Write("index.html", []byte("new")))
	if err := tree.Write("../index.html", nil); err == nil {
		t.Error("a path that leads out was taken")
	}
	if _, err := tree.Publish(context.Background()); err == nil {
		t.Error("published all the same")
	}
	must(t, tree.Close())
	mustBe(t, o.Dir, site(1))
}

func TestAStoppedBuildChangesNothing(t *testing.T) {
	o := options(t)
	mustPublish(t, o, site(1))
	ctx, stop := context.WithCancel(context.Background())
	o.disk.before = func(op, _ string) error {
		if op == "sync" {
			stop()
		}
		return nil
	}
	tree, err := Open(ctx, o)
	must(t, err)
	must(t, tree.Write("index.html", []byte("new")))
	if _, err := tree.Publish(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	must(t, tree.Close())
	mustBe(t, o.Dir, site(1))
}

func TestPublishedListsTheSiteThatIsThere(t *testing.T) {
	o := options(t)
	tree, err := Open(context.Background(), o)
	must(t, err)
	if n := len(tree.Published()); n != 0 {
		t.Errorf("before the first build there are %d files", n)
	}
	must(t, tree.Close())
	mustPublish(t, o, map[string]string{"b.html": "b", "a/index.html": "a"})
	tree, err = Open(context.Background(), o)
	must(t, err)
	defer tree.Close()
	want := []string{"a/index.html", "b.html"}
	if got := slices.Sorted(slices.Values(tree.Published())); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestTheListHasTheSameBytesInAnyOrder(t *testing.T) {
	const want = `{
"files": [
{"path": "a/index.html", "sha256": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"},
{"path": "b.html", "sha256": "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"}
],
"sum": "bbfc936fefb796c74f2d4204460f76253ff6daf2e8817cd8a0e440c1311545b2"
}
`
	for range 5 {
		o := options(t)
		tree, err := Open(context.Background(), o)
		must(t, err)
		var wait sync.WaitGroup
		for p, data := range map[string]string{"b.html": "b", "a/index.html": "a"} {
			wait.Go(func() { must(t, tree.Write(p, []byte(data))) })
		}
		wait.Wait()
		_, err = tree.Publish(context.Background())
		must(t, err)
		must(t, tree.Close())
		got, err := os.ReadFile(o.Dir + "/" + listName)
		must(t, err)
		if string(got) != want {
			t.Errorf("got\n%s", got)
		}
	}
}

func TestPathsThatCannotBeFilesOfASite(t *testing.T) {
	for _, p := range []string{
		"", ".", "..", "/index.html", "../index.html", "a/../b", "a//b", "a/", "./a", "a\\b", "a\x00b", "a\nb", "\xff.html",
		"files.json", ".bilanz.spare/x", ".bilanz.lock",
	} {
		if err := newNames().claim(p); err == nil {
			t.Errorf("%q was taken", p)
		}
	}
	n := newNames()
	must(t, n.claim("Visits/index.html"))
	for _, p := range []string{"Visits/index.html", "visits/index.html", "Visits/Index.html", "VISITS/other.html", "Visits", "visits", "Visits/index.html/x", "Ä/index.html", "ä/x.html"} {
		err := n.claim(p)
		if fine := p == "Ä/index.html"; fine != (err == nil) {
			t.Errorf("%q: %v", p, err)
		}
	}
}

func FuzzList(f *testing.F) {
	f.Add([]byte(`{"files": [{"path": "a", "sha256": "00"}], "sum": "x"}`))
	f.Add(encodeList(map[string][32]byte{"a/b.html": {1}, "c": {2}}))
	f.Add(encodeList(map[string][32]byte{"a&b.html": {1}, "c\"d": {2}}))
	f.Add(encodeList(nil))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, ok := parseList(raw)
		if !ok {
			return
		}
		again, ok := parseList(encodeList(l.sums))
		if !ok || !maps.Equal(l.sums, again.sums) {
			t.Errorf("written and read again, it is another list: %v", l.sums)
		}
		if own, ok := ownLines(raw); ok {
			if lines, ok := anyLines(raw); !ok || !slices.Equal(own, lines) {
				t.Errorf("read line by line, it is another list: %v, not %v", own, lines)
			}
		}
	})
}
