package build

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bilanz/internal/diag"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected output of the cases")

// TestCases builds the library of testdata/library with the changes of each case
// and compares what is printed. A case is a txtar file: its comment says what is
// wrong, its files say what to change,
//
//	-- edit content/en/visits.md --      replaces text: <<< old === new >>>
//	-- file content/en/new.md --         adds or overwrites a file
//	-- words content/locale/uk.json --   adds a catalogue with all English words but those that it lists
//	-- delete content/de/visits.md --    takes a file away
//	-- only --                           starts from nothing instead of the library
//	-- from lakeside --                  starts from that site, in three languages
//	-- link content/en/visits.md --      puts a symbolic link there, to the path inside
//	-- large content/en/visits.md --     puts a file of a little over eight megabytes there, of this text again and again
//	-- publish --                        builds first, so that the changes are to a published site
//	-- strict --                         takes warnings for errors
//	-- release --                        holds end dates against the date inside
//
// and "messages" and "messages.de" hold what must be printed in English and
// German. Every case runs twice, the second time with each folder read from its
// last file to its first, but once where tests are to be short.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases found", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			runCase(t, file)
		})
	}
}

func runCase(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := project(t, archive)
	o := Options{Dir: dir, Out: filepath.Join(dir, "public"), Strict: has(archive, "strict"), Drawings: pictures}
	for _, f := range archive.Files {
		if f.Name == "release" {
			o.Release = strings.TrimSpace(string(f.Data))
		}
	}
	first := messages(t, o, aside(archive)...)
	if !testing.Short() {
		o.reversed = true
		if second := messages(t, o, aside(archive)...); !maps.Equal(first, second) {
			t.Errorf("with the folders reversed the messages differ:\n%s\nand\n%s", first["en"], second["en"])
		}
	}
	found := map[string]bool{}
	for i, f := range archive.Files {
		lang, ok := messageFile[f.Name]
		if !ok {
			continue
		}
		found[lang] = true
		if string(f.Data) != first[lang] && !*update {
			t.Errorf("%s: got\n%s\nwant\n%s", f.Name, first[lang], f.Data)
		}
		archive.Files[i].Data = []byte(first[lang])
	}
	if *update {
		for _, name := range []string{"messages", "messages.de"} {
			if lang := messageFile[name]; !found[lang] {
				archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(first[lang])})
			}
		}
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if len(found) < len(messageFile) {
		t.Error("the case expects no messages, or not in both languages; run the test with -update and read what it writes")
	}
}

var messageFile = map[string]string{"messages": "en", "messages.de": "de"}

// project lays the library with the changes of a case into a folder.
func project(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	dir := t.TempDir()
	if !has(archive, "only") {
		if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", start(archive)))); err != nil {
			t.Fatal(err)
		}
	}
	if has(archive, "publish") {
		result, err := Build(context.Background(), Options{Dir: dir, Out: filepath.Join(dir, "public"), Write: true,
			Drawings: pictures})
		if err != nil || !result.Written {
			t.Fatal(err, result.Diagnostics)
		}
	}
	for _, f := range archive.Files {
		verb, name, _ := strings.Cut(f.Name, " ")
		path := filepath.Join(dir, filepath.FromSlash(name))
		switch verb {
		case "edit":
			edit(t, path, string(f.Data))
		case "file":
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, unescape(f.Data), 0o644); err != nil {
				t.Fatal(err)
			}
		case "words":
			addWords(t, path, f.Data)
		case "link":
			if err := os.Symlink(strings.TrimSpace(string(f.Data)), path); err != nil {
				t.Fatal(err)
			}
		case "large":
			if err := os.WriteFile(path, bytes.Repeat(f.Data, 8<<20/len(f.Data)+1), 0o644); err != nil {
				t.Fatal(err)
			}
		case "delete":
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		case "only", "from", "publish", "strict", "release", "messages", "messages.de", "lines":
		default:
			t.Fatalf("a case has no %q", f.Name)
		}
	}
	age(t, dir)
	return dir
}

// addWords writes a catalogue in which "words" lists what it lacks of the English ones: a
// case that had them all would change with each new word.
func addWords(t *testing.T, path string, text []byte) {
	t.Helper()
	english, err := os.ReadFile("../locale/en.json")
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Words map[string]json.RawMessage }
	var lacks struct{ Words []string }
	if err := errors.Join(json.Unmarshal(english, &all), json.Unmarshal(text, &lacks)); err != nil {
		t.Fatal(err)
	}
	for _, key := range lacks.Words {
		if all.Words[key] == nil {
			t.Fatalf("there is no English word %s", key)
		}
		delete(all.Words, key)
	}
	words, err := json.Marshal(all.Words)
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := bytes.Cut(text, []byte(`"words":`))
	text = slices.Concat(before, []byte("\"words\": {\n"), words[1:], []byte("\n}\n"))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, text, 0o644)); err != nil {
		t.Fatal(err)
	}
}

// start is the site that a case changes.
func start(archive *txtar.Archive) string {
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, "from "); ok {
			return name
		}
	}
	return "library"
}

func has(archive *txtar.Archive, name string) bool {
	for _, f := range archive.Files {
		if f.Name == name {
			return true
		}
	}
	return false
}

// unescape writes bytes that a text file cannot hold: \x{e4} in a case is one
// byte, \x{0d} a carriage return.
func unescape(text []byte) []byte {
	return escaped.ReplaceAllFunc(text, func(m []byte) []byte {
		var b byte
		fmt.Sscanf(string(m), `\x{%x}`, &b)
		return []byte{b}
	})
}

var escaped = regexp.MustCompile(`\\x\{[0-9a-f]{2}\}`)

func edit(t *testing.T, path, changes string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range strings.Split(changes, "<<<\n")[1:] {
		old, rest, ok := strings.Cut(change, "\n===\n")
		with, _, closed := strings.Cut(rest, "\n>>>\n")
		if strings.HasPrefix(rest, ">>>\n") {
			with, closed = "", true
		}
		if !ok || !closed {
			t.Fatalf("this change is not of the form <<< old === new >>>: %q", change)
		}
		if bytes.Count(text, []byte(old)) != 1 {
			t.Fatalf("%s holds %q %d times, not once", path, old, bytes.Count(text, []byte(old)))
		}
		text = bytes.Replace(text, []byte(old), unescape([]byte(with)), 1)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// age lets nobody wait for what was saved just now.
func age(t *testing.T, dir string) {
	t.Helper()
	before := time.Now().Add(-time.Hour)
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			err = os.Chtimes(path, before, before)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// pictures are drawn once for all cases: an engine takes half a second to start.
var pictures = &memory{kept: map[string][]byte{}}

type memory struct {
	mu   sync.Mutex
	kept map[string][]byte
}

func (m *memory) Get(key string) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.kept[key]
	return data, ok
}

func (m *memory) Put(key string, data []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[key] = bytes.Clone(data)
}

// ofTranslations are the codes that only cases with a record of their own have: others change
// one page of two, and are about something else.
var ofTranslations = []string{"translation-outdated", "translation-unrecorded", "translated-missing",
	"translated-unused"}

func without(ds []diag.Diagnostic, codes []string) []diag.Diagnostic {
	return slices.DeleteFunc(ds, func(d diag.Diagnostic) bool { return slices.Contains(codes, d.Code) })
}

func aside(archive *txtar.Archive) []string {
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, "/translated.yaml") {
			return nil
		}
	}
	return ofTranslations
}

// messages checks a project and gives what is printed, by language, but for some codes.
func messages(t *testing.T, o Options, aside ...string) map[string]string {
	t.Helper()
	result, err := Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	result.Diagnostics = without(result.Diagnostics, aside)
	print := func(lang string) string {
		var out bytes.Buffer
		if err := diag.WriteText(&out, result.Diagnostics, diag.TextOptions{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		if len(result.Diagnostics) > 0 {
			fmt.Fprintln(&out, diag.Closing(result.Diagnostics).In(lang))
		}
		return out.String()
	}
	return map[string]string{"en": print("en"), "de": print("de")}
}
