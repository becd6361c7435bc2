//go:build linux

package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// kinds are all that somebody can have laid where bilanz wants to work.
var kinds = map[string]func(path string) error{
	"a file": func(path string) error { return os.WriteFile(path, []byte("mine"), 0o644) },
	"a folder": func(path string) error {
		return errors.Join(os.MkdirAll(path+"/deep", 0o755), os.WriteFile(path+"/deep/mine.txt", []byte("mine"), 0o644))
	},
	"a folder with a list of nothing": func(path string) error {
		return errors.Join(os.Mkdir(path, 0o755), os.WriteFile(path+"/mine.txt", []byte("mine"), 0o644),
			os.WriteFile(path+"/files.json", encodeList(nil), 0o644))
	},
	"a folder with a list that was edited": func(path string) error {
		list := strings.Replace(string(encodeList(site0)), "index", "mine1", 1)
		return errors.Join(os.Mkdir(path, 0o755), os.WriteFile(path+"/mine1.html", []byte("mine"), 0o644),
			os.WriteFile(path+"/files.json", []byte(list), 0o644))
	},
	"a folder with a list that is a link": func(path string) error {
		return errors.Join(os.Mkdir(path, 0o755), os.WriteFile(path+"/index.html", []byte("mine"), 0o644),
			os.Symlink("../list.json", path+"/files.json"))
	},
	"a folder with a link": func(path string) error {
		return errors.Join(os.Mkdir(path, 0o755), os.Symlink("../content", path+"/en"))
	},
	"a folder with a pipe": func(path string) error {
		return errors.Join(os.Mkdir(path, 0o755), syscall.Mkfifo(path+"/pipe", 0o644))
	},
	"a link to a file":    func(path string) error { return os.Symlink("content/x", path) },
	"a link to a folder":  func(path string) error { return os.Symlink("content", path) },
	"a link to a site":    func(path string) error { return os.Symlink("other", path) },
	"a link that dangles": func(path string) error { return os.Symlink("content/new", path) },
	"a pipe":              func(path string) error { return syscall.Mkfifo(path, 0o644) },
}

var site0 = map[string][32]byte{"index.html": {}}

// What bears a name that bilanz works with and is not by bilanz stays as it is, whatever it
// is, and the build refuses to begin, by name. That a folder can be no lock, and so on, is
// all the same.
func TestWhatLiesBesideTheOutputIsNotTouched(t *testing.T) {
	for _, name := range []string{".public.spare", ".public.old", ".public.lock"} {
		for kind, lay := range kinds {
			for _, condition := range []string{"exchange", "another system"} {
				for _, version := range []int{0, 1} { // no site yet, an older one
					t.Run(fmt.Sprint(name, " is ", kind, ", ", condition, ", ", version), func(t *testing.T) {
						o := besides(t, version, condition)
						must(t, lay(filepath.Join(o.Project, name)))
						before := everything(t, o.Project)
						_, err := publish(o, site(3))
						var e *Error
						refused := errors.As(err, &e) && e.Kind == Refused && e.Code == "output-beside"
						if !refused || !strings.Contains(e.Error(), name) {
							t.Errorf("got %v", err)
						}
						for _, ours := range []string{".public.lock", ".public.spare"} {
							if ours != name {
								os.RemoveAll(filepath.Join(o.Project, ours))
								delete(before, ours)
							}
						}
						same(t, o.Project, before)
					})
				}
			}
		}
	}
}

// A list of the output that is no file names nothing of ours, and nobody waits for it.
func TestAListThatIsNoFileIsRefused(t *testing.T) {
	for kind, lay := range kinds {
		if kind == "a file" {
			continue
		}
		t.Run(kind, func(t *testing.T) {
			o := besides(t, 1, "exchange")
			must(t, os.Remove(o.Dir+"/files.json"))
			must(t, lay(o.Dir+"/files.json"))
			before := everything(t, o.Project)
			var e *Error
			if _, err := publish(o, site(3)); !errors.As(err, &e) || e.Kind != Refused || e.Code != "output-not-ours" {
				t.Errorf("got %v", err)
			}
			same(t, o.Project, before)
		})
	}
}

// What is empty holds nothing that could be lost, and what dies early leaves it.
func TestWhatIsEmptyBesideTheOutputIsInNobodysWay(t *testing.T) {
	for _, condition := range []string{"exchange", "another system"} {
		o := besides(t, 1, condition)
		must(t, os.MkdirAll(o.Project+"/.public.spare/empty", 0o755))
		must(t, os.MkdirAll(o.Project+"/.public.old/empty", 0o755))
		must(t, os.WriteFile(o.Project+"/.public.lock", nil, 0o644))
		mustPublish(t, o, site(3))
		mustBe(t, o.Dir, site(3))
	}
}

// A file that somebody laid into the output by hand, and that the site brings itself by now,
// goes with the old site into the spare. It is no stranger there.
func TestWhatTheSiteBroughtItselfIsNoStrangerInTheSpare(t *testing.T) {
	o := besides(t, 1, "exchange")
	must(t, os.MkdirAll(o.Dir+"/only", 0o755))
	must(t, os.WriteFile(o.Dir+"/only/2.html", []byte(site(2)["only/2.html"]), 0o644))
	if s := mustPublish(t, o, site(2)); !s.Exchanged {
		t.Fatal("the trees did not change places")
	}
	if _, err := os.Stat(o.Project + "/.public.spare/only/2.html"); err != nil {
		t.Fatal(err)
	}
	mustPublish(t, o, site(3))
	mustBe(t, o.Dir, site(3))
}

// A drive without locks builds, and says so.
func TestADriveWithoutLocksBuildsAndSaysSo(t *testing.T) {
	o := besides(t, 0, "exchange")
	if s := mustPublish(t, o, site(1)); !s.Unlocked.IsZero() {
		t.Errorf("locks were there, and it says %q", s.Unlocked.In("en"))
	}
	o.disk.noLocks = true
	for range 2 { // a changed site, and the same once more
		if s := mustPublish(t, o, site(2)); !strings.Contains(s.Unlocked.In("en"), "has no locks") ||
			!strings.Contains(s.Unlocked.In("de"), "kennt keine Sperren") {
			t.Errorf("it says %q", s.Unlocked.In("en"))
		}
		mustBe(t, o.Dir, site(2))
	}
}

// A lock that no file system gives is an error, and no drive without locks.
func TestALockThatFailsIsAnError(t *testing.T) {
	for _, reason := range []error{syscall.EIO, syscall.EACCES, syscall.EMFILE} {
		if isUnlockable(reason) {
			t.Errorf("%v counts as a drive without locks", reason)
		}
	}
	for _, reason := range []error{syscall.ENOLCK, syscall.ENOSYS, syscall.EOPNOTSUPP} {
		if !isUnlockable(reason) {
			t.Errorf("%v does not count as a drive without locks", reason)
		}
	}
}

// A folder that a reader holds open cannot be renamed on some systems: the old site stays,
// and the next build is none the worse.
func TestAFolderThatCannotBeRenamedStays(t *testing.T) {
	for n := 1; n <= 2; n++ {
		o := besides(t, 1, "another system")
		renames := 0
		o.disk.before = func(op, _ string) error {
			if op == "rename" {
				if renames++; renames == n {
					return syscall.EACCES
				}
			}
			return nil
		}
		var e *Error
		if _, err := publish(o, site(2)); !errors.As(err, &e) || e.Kind != Failed || e.Code != "disk-permission" {
			t.Errorf("rename %d: %v", n, err)
		}
		mustBe(t, o.Dir, site(1))
		o.disk.before = nil
		mustPublish(t, o, site(3))
		mustBe(t, o.Dir, site(3))
	}
}

// besides gives a project with a content folder and another site, in which a version is
// published; 0 for none.
func besides(t *testing.T, version int, condition string) Options {
	t.Helper()
	root := inMemory(t)
	must(t, os.Mkdir(root+"/content", 0o755))
	o := Options{Dir: root + "/public", Project: root, disk: conditions[condition].disk}
	must(t, os.WriteFile(o.Project+"/content/x", []byte("what an author wrote"), 0o644))
	must(t, os.WriteFile(o.Project+"/list.json", encodeList(site0), 0o644))
	mustPublish(t, Options{Dir: o.Project + "/other", Project: o.Project, disk: o.disk}, site(2))
	if version > 0 {
		mustPublish(t, o, site(version))
		must(t, os.RemoveAll(o.Project+"/.public.lock"))
	}
	return o
}

// everything is what lies below a folder, by path: its kind, and what it holds.
func everything(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	must(t, filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		path, _ := filepath.Rel(dir, name)
		info, err := e.Info()
		all[path] = info.Mode().String()
		if e.Type().IsRegular() {
			text, errRead := os.ReadFile(name)
			all[path] += string(text)
			err = errors.Join(err, errRead)
		}
		if e.Type()&fs.ModeSymlink != 0 {
			all[path], err = os.Readlink(name)
		}
		return err
	}))
	return all
}

func same(t *testing.T, dir string, before map[string]string) {
	t.Helper()
	after := everything(t, dir)
	for path, was := range before {
		if after[path] != was {
			t.Errorf("%s was touched: %q, and before %q", path, after[path], was)
		}
	}
	for path := range after {
		if _, known := before[path]; !known {
			t.Errorf("%s came", path)
		}
	}
}
