//go:build linux

package output

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// entries lists the files of a cache, and their size altogether.
func entries(t *testing.T, dir string) (names []string, size int64) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			info, errInfo := e.Info()
			must(t, errInfo)
			names = append(names, name)
			size += info.Size()
		}
		return err
	}))
	return names, size
}

func TestACacheGivesWhatWasPutIn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a/cache")
	c := NewCache(dir, 1<<20)
	if _, ok := c.Get("k"); ok {
		t.Error("an empty cache gave something")
	}
	for key, data := range map[string]string{"k": "v", "": "of the empty key", "empty": "", "../../k": "of a key like a path"} {
		c.Put(key, []byte("older"))
		c.Put(key, []byte(data))
		for _, c := range []*Cache{c, NewCache(dir, 1<<20)} {
			if got, ok := c.Get(key); !ok || string(got) != data {
				t.Errorf("key %q: %q, %v", key, got, ok)
			}
		}
	}
}

func TestADamagedEntryIsNone(t *testing.T) {
	dir := t.TempDir()
	c := NewCache(dir, 1<<20)
	damages := map[string]func(whole []byte) []byte{
		"empty":    func([]byte) []byte { return nil },
		"longer":   func(whole []byte) []byte { return append(whole, 'x') },
		"exchange": func([]byte) []byte { return bytes.Repeat([]byte("x"), 100) },
	}
	for i := range sumSize + 10 {
		damages[fmt.Sprintf("byte %d changed", i)] = func(whole []byte) []byte { whole[i] ^= 1; return whole }
		damages[fmt.Sprintf("only %d bytes", i)] = func(whole []byte) []byte { return whole[:i] }
	}
	for name, damage := range damages {
		c.Put("key", []byte("0123456789"))
		names, _ := entries(t, dir)
		whole, err := os.ReadFile(names[0])
		must(t, err)
		must(t, os.WriteFile(names[0], damage(whole), 0o644))
		if got, ok := c.Get("key"); ok {
			t.Errorf("%s: it gave %q", name, got)
		}
	}
	c.Put("key", []byte("whole"))
	names, _ := entries(t, dir)
	c.Put("other", []byte("of another key"))
	for _, name := range names {
		whole, err := os.ReadFile(name)
		must(t, err)
		must(t, os.WriteFile(c.name("other"), whole, 0o644))
	}
	if got, ok := c.Get("other"); ok {
		t.Errorf("an entry under a wrong name was taken: %q", got)
	}
}

const sumSize = 32

// What others can have put into a cache is never used: a folder of the project's, also by
// another name, one of another user's, and one that others may write to.
func TestACacheOfOthersIsNone(t *testing.T) {
	root := t.TempDir()
	project := root + "/project"
	make := func(path string, mode fs.FileMode) string {
		must(t, os.MkdirAll(path, 0o755))
		must(t, os.Chmod(path, mode))
		return path
	}
	make(project+"/.bilanz/cache", 0o700)
	must(t, os.Symlink("project/.bilanz/cache", root+"/linked"))
	must(t, os.Symlink("project", root+"/alias"))
	must(t, os.WriteFile(root+"/file", nil, 0o600))
	must(t, os.Symlink("nowhere", root+"/dangling"))
	for dir, usable := range map[string]bool{
		project + "/.bilanz/cache":      false,
		project + "/.bilanz/new":        false,
		root + "/alias/.bilanz/cache":   false,
		root + "/linked":                false,
		root + "/dangling":              false,
		root + "/file":                  false,
		root + "/file/below":            true, // nothing can be kept there, and that is no error
		project:                         false,
		make(root+"/group", 0o770):      false,
		make(root+"/others", 0o702):     false,
		make(root+"/readable", 0o755):   true,
		make(root+"/own", 0o700):        true,
		root + "/new/deep":              true,
		make(project+"-2/cache", 0o700): true,
	} {
		if c := OpenCache(dir, project, 1<<20); (c != nil) != usable {
			t.Errorf("%s: used: %v, and should be: %v", dir, c != nil, usable)
		}
	}
	if os.Geteuid() == 0 {
		foreign := make(root+"/foreign", 0o700)
		must(t, os.Chown(foreign, 65534, 65534))
		if OpenCache(foreign, project, 1<<20) != nil {
			t.Error("the folder of another user is used")
		}
	}
}

// What a cache makes is nobody else's to read or write, whatever the umask.
func TestACacheIsTheUsersAlone(t *testing.T) {
	root := t.TempDir()
	c := OpenCache(root+"/bilanz", root+"/project", 1<<20)
	c.Put("k", []byte("v"))
	must(t, filepath.WalkDir(root+"/bilanz", func(name string, e fs.DirEntry, err error) error {
		if err == nil {
			info, _ := e.Info()
			if info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s has mode %v", name, info.Mode())
			}
		}
		return err
	}))
	if got, ok := OpenCache(root+"/bilanz", root+"/project", 1<<20).Get("k"); !ok || string(got) != "v" {
		t.Errorf("it gave %q, %v", got, ok)
	}
}

// A pipe, a link or a folder in the place of an entry is no entry, and nobody waits for it.
func TestAnEntryThatIsNoFileIsNone(t *testing.T) {
	for what, lay := range map[string]func(name string) error{
		"a pipe":   func(name string) error { return syscall.Mkfifo(name, 0o600) },
		"a folder": func(name string) error { return os.Mkdir(name, 0o700) },
		"a link": func(name string) error {
			return errors.Join(os.Rename(name+"-", name+"-2"), os.Symlink(name+"-2", name))
		},
	} {
		c := NewCache(t.TempDir(), 1<<20)
		c.Put("k", []byte("v"))
		must(t, os.Rename(c.name("k"), c.name("k")+"-"))
		must(t, lay(c.name("k")))
		if got, ok := c.Get("k"); ok {
			t.Errorf("%s gave %q", what, got)
		}
	}
}

func TestACacheKeepsItsSize(t *testing.T) {
	const limit = 100_000
	dir := t.TempDir()
	must(t, os.WriteFile(dir+"/of somebody.txt", bytes.Repeat([]byte("x"), limit), 0o644))
	for round := range 3 {
		c := NewCache(dir, limit)
		for i := range 100 {
			c.Put(fmt.Sprint(round, i), bytes.Repeat([]byte("x"), 3000))
			if _, size := entries(t, dir); size > 2*limit {
				t.Fatalf("it grew to %d bytes", size-limit)
			}
		}
		if _, ok := c.Get(fmt.Sprint(round, 99)); !ok {
			t.Error("the newest entry is gone")
		}
		c.Put("too large", make([]byte, limit))
		if _, ok := c.Get("too large"); ok {
			t.Error("it took in more than its limit")
		}
	}
	if _, err := os.Stat(dir + "/of somebody.txt"); err != nil {
		t.Error("a file that is no entry was removed")
	}
}

func TestACacheForgetsWhatWasNotUsedForLongest(t *testing.T) {
	dir := t.TempDir()
	c := NewCache(dir, 100_000)
	for i := range 9 {
		c.Put(fmt.Sprint(i), make([]byte, 10_000))
		old := time.Now().Add(time.Duration(i-100) * time.Hour)
		must(t, os.Chtimes(c.name(fmt.Sprint(i)), old, old))
	}
	c.Get("0") // used just now
	half := c.name("dead") + ".1.1" + unfinished
	must(t, os.MkdirAll(filepath.Dir(half), 0o755))
	must(t, os.WriteFile(half, nil, 0o644))
	old := time.Now().Add(-48 * time.Hour)
	must(t, os.Chtimes(half, old, old))
	c = NewCache(dir, 100_000)
	c.Put("new", make([]byte, 20_000))
	var kept []string
	for i := range 9 {
		if _, ok := c.Get(fmt.Sprint(i)); ok {
			kept = append(kept, fmt.Sprint(i))
		}
	}
	if got := strings.Join(kept, " "); got != "0 4 5 6 7 8" && got != "0 5 6 7 8" {
		t.Errorf("it kept %s", got)
	}
	if _, err := os.Stat(half); err == nil {
		t.Error("what a dead process left is still there")
	}
}

func TestACacheThatCannotBeWrittenIsNoError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, nil, 0o644))
	c := NewCache(file+"/cache", 1<<20)
	c.Put("k", []byte("v"))
	if _, ok := c.Get("k"); ok {
		t.Error("it gave what it cannot have kept")
	}
}

func TestManyMayUseACacheAtOnce(t *testing.T) {
	dir := t.TempDir()
	var wait sync.WaitGroup
	for range 4 {
		c := NewCache(dir, 50_000)
		for range 2 {
			wait.Go(func() {
				for i := range 200 {
					key := fmt.Sprint(i % 20)
					data := bytes.Repeat([]byte(key), 2000)
					if got, ok := c.Get(key); ok && !bytes.Equal(got, data) {
						t.Errorf("key %s gave %d other bytes", key, len(got))
					}
					c.Put(key, data)
				}
			})
		}
	}
	wait.Wait()
}
