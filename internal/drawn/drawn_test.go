package drawn

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	thirdparty "bilanz/static/third-party"
)

//go:embed drawn.go
var one embed.FS

//go:embed drawn.go drawn_test.go
var withTest embed.FS

func TestAKeyNamesSourcesAndTexts(t *testing.T) {
	keys := map[string]string{}
	for what, key := range map[string]string{
		"no sources": With().Key("a", "b"), "sources": With(one).Key("a", "b"),
		"the same twice":                 With(one, one).Key("a", "b"),
		"other texts":                    With(one).Key("a", "c"),
		"texts that run into each other": With(one).Key("ab", ""), "no texts": With(one).Key(),
	} {
		if before, ok := keys[key]; ok {
			t.Errorf("%s and %s have the same key", what, before)
		}
		keys[key] = what
	}
	first, again := With(one).Key("a"), With(one).Key("a")
	if first != again {
		t.Error("the same drawing has two keys")
	}
	if With(one).Key("a") != With(withTest).Key("a") {
		t.Error("a test changes the key")
	}
}

// LOCK stands for what was taken from npm, so it must say what that is.
func TestLockHoldsTheHashesOfItsFiles(t *testing.T) {
	lines := regexp.MustCompile(`(?m)^([0-9a-f]{64})\t([^\t]+)\t`).FindAllSubmatch(thirdparty.Lock, -1)
	named := map[string]bool{}
	for _, line := range lines {
		path := string(line[2])
		named[path] = true
		data, err := os.ReadFile(filepath.Join("../..", path))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != string(line[1]) {
			t.Errorf("%s is not what static/third-party/LOCK says; make third-party writes both", path)
		}
	}
	for _, pattern := range []string{"static/third-party/*.js", "static/fonts/*.woff*"} {
		files, err := filepath.Glob(filepath.Join("../..", pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("no files: %v", err)
		}
		for _, file := range files {
			if path, _ := filepath.Rel("../..", file); !named[filepath.ToSlash(path)] {
				t.Errorf("static/third-party/LOCK does not name %s", path)
			}
		}
	}
}

// below is a cache that counts who asks.
type below struct {
	kept  map[string][]byte
	asked int
}

func (b *below) Get(key string) ([]byte, bool) {
	b.asked++
	data, ok := b.kept[key]
	return data, ok
}

func (b *below) Put(key string, data []byte) { b.kept[key] = data }

func TestMemoryAsksOnceForEachDrawing(t *testing.T) {
	under := &below{kept: map[string][]byte{"old": []byte("drawn before")}}
	m := &Memory{Under: under}
	if _, ok := m.Get("new"); ok {
		t.Error("it has what nobody drew")
	}
	data := []byte("drawn now")
	m.Put("new", data)
	data[0] = 'D' // who put it in goes on with it
	for range 3 {
		for key, want := range map[string]string{"old": "drawn before", "new": "drawn now"} {
			if got, ok := m.Get(key); !ok || string(got) != want {
				t.Errorf("%s: %q %v", key, got, ok)
			}
		}
	}
	if under.asked != 2 || len(under.kept) != 2 {
		t.Errorf("below it was asked %d times, and holds %d", under.asked, len(under.kept))
	}
	if _, ok := (&Memory{}).Get("old"); ok {
		t.Error("it has what nobody drew")
	}
}

// It forgets all rather than grow, and what is still drawn comes back.
func TestMemoryDoesNotGrow(t *testing.T) {
	m := &Memory{}
	half := make([]byte, mostMemory/2)
	m.Put("a", half)
	m.Put("b", half)
	if _, ok := m.Get("a"); !ok {
		t.Error("at the limit it has forgotten")
	}
	m.Put("b", half) // once more
	m.Put("c", []byte("x"))
	if _, ok := m.Get("a"); ok || m.size != 1 {
		t.Errorf("above the limit it keeps %d bytes", m.size)
	}
	if _, ok := m.Get("c"); !ok {
		t.Error("the last one is lost")
	}
}

type store map[string][]byte

func (s store) Get(key string) ([]byte, bool) { data, ok := s[key]; return data, ok }
func (s store) Put(key string, data []byte)   { s[key] = data }

func TestWhatIsKeptIsMadeOnceUnlessItIsDamaged(t *testing.T) {
	cache, made := store{}, 0
	get := func(from Cache) {
		t.Helper()
		data, err := Kept(from, "key", func() ([]byte, error) { made++; return []byte("workbook"), nil })
		if err != nil || string(data) != "workbook" {
			t.Fatalf("got %q, %v", data, err)
		}
	}
	for want, damage := range []func(){
		func() {}, func() { cache["key"][0] ^= 1 }, func() { cache["key"][len(cache["key"])-1] ^= 1 },
		func() { cache["key"] = cache["key"][:sha256.Size] }, func() { cache["key"] = cache["key"][:sha256.Size-1] },
	} {
		damage()
		get(cache)
		if get(cache); made != want+1 {
			t.Errorf("after damage %d it was made %d times", want, made)
		}
	}
	if get(nil); made != 6 {
		t.Error("without a cache it came from somewhere")
	}
	_, err := Kept(cache, "other", func() ([]byte, error) { return nil, os.ErrInvalid })
	if _, kept := cache["other"]; err != os.ErrInvalid || kept {
		t.Errorf("an error was kept, or lost: %v", err)
	}
}
