//go:build linux

package output

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
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
