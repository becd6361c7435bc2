package build

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"os"

	"bilanz/internal/parallel"
)

// spoilt is how often the test spoils the library: more with -fuzz.
const spoilt = 150

// FuzzProjects spoils small whole projects as people and their programs do, in several
// places at once. Whatever comes of it are pages or messages, never a panic, and never
// an error of the machine.
func FuzzProjects(f *testing.F) {
	for seed := range uint64(spoilt) {
		f.Add(seed)
	}
	sound := map[string]fstest.MapFS{}
	for _, name := range []string{"library", "lakeside", "sites/tiny"} {
		sound[name] = filesOf(f, filepath.Join("testdata", filepath.FromSlash(name)))
	}
	names := []string{"library", "library", "lakeside", "sites/tiny", "dressed", "dressed", "dressed"}
	sound["dressed"] = dressed(f, sound["library"])
	f.Fuzz(func(t *testing.T, seed uint64) {
		s := spoiler{rand.New(rand.NewPCG(seed, 1)), fstest.MapFS{}}
		for name, file := range sound[names[s.IntN(len(names))]] {
			s.files[name] = &fstest.MapFile{Data: bytes.Clone(file.Data)}
		}
		for range 1 + s.IntN(3) {
			s.spoil()
		}
		defer func() {
			if r := recover(); r != nil {
				t.Errorf("%v\n%s", parallel.Caught(r), strings.Join(s.differs(sound), "\n"))
			}
		}()
		_, err := Build(t.Context(), Options{Files: s.files, Into: nowhere{}, NoCards: true, Drawings: pictures,
			Uses: true, Translations: true})
		if err != nil {
			t.Errorf("%v\n%s", err, strings.Join(s.differs(sound), "\n"))
		}
	})
}

// dressed is the library with a file of each kind that a project can have.
func dressed(t testing.TB, library fstest.MapFS) fstest.MapFS {
	files := fstest.MapFS{}
	for name, file := range library {
		files[name] = file
	}
	for _, folder := range [][2]string{{"../../layouts", "layouts/"}, {"testdata/theme/static", "static/"}} {
		for name, file := range filesOf(t, filepath.FromSlash(folder[0])) {
			if path.Ext(name) != ".go" {
				files[folder[1]+name] = file
			}
		}
	}
	add := func(name, text string) { files[name] = &fstest.MapFile{Data: []byte(text)} }
	add("content/logo.svg",
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="60" height="20"/></svg>`)
	add("content/accepted.yaml", "- code: heading-level\n  place: content/de/visits.md#by-place\n  reason: A test.\n"+
		"  role: the web editors\n  until: 2027-01-31\n")
	add("content/translated.yaml", "de/visits.md: \"0123456789abcdef\"\n")
	add("content/site.yaml", string(library["content/site.yaml"].Data)+"look:\n  accent: \"#7a1f5c\"\n"+
		"  logo: {file: logo.svg, alt: {en: An open book, de: Ein Buch}}\n"+
		"  footer: {en: \"By the city.\", de: \"Von der Stadt.\"}\n")
	for _, lang := range []string{"en", "de"} {
		pictures := "\n![A room](room.jpg)\n\n![A door](door.png)\n"
		add("content/"+lang+"/index.md", string(library["content/"+lang+"/index.md"].Data)+pictures)
		files["content/"+lang+"/room.jpg"], files["content/"+lang+"/door.png"] = photographs(t)
	}
	catalogue, err := os.ReadFile("../locale/de.json")
	if err != nil {
		t.Fatal(err)
	}
	add("content/locale/de.json", string(catalogue))
	return files
}

// photographs are a picture that a camera lay on its side for, and one without remarks.
func photographs(t testing.TB) (turned, plain *fstest.MapFile) {
	drawing := image.NewGray(image.Rect(0, 0, 24, 16))
	var photo, door bytes.Buffer
	if err := jpeg.Encode(&photo, drawing, nil); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&door, drawing); err != nil {
		t.Fatal(err)
	}
	remarks := "\xff\xe1\x00\x22Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00" +
		"\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00"
	data := slices.Concat(photo.Bytes()[:2], []byte(remarks), photo.Bytes()[2:])
	return &fstest.MapFile{Data: data}, &fstest.MapFile{Data: door.Bytes()}
}

func filesOf(t testing.TB, dir string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	disk := os.DirFS(dir)
	err := fs.WalkDir(disk, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(disk, name)
		files[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// spoiler makes mistakes in a project.
type spoiler struct {
	*rand.Rand
	files fstest.MapFS
}

// oddities are what people paste, and what their programs leave.
var oddities = []string{
	"```chart\nid: x\n```\n",
	"```table\n", "```figures\nfigures: visits.total\n```\n", "~~~", "|a|b|\n|-|\n|c|", "[^1]", "[^1]: x\n",
	"{#", "{#main}", "[](fig:)", "[1](fig:visits.total?share)", "[x](", "![", "](", "<!--", "-->", "<b>", "&nbsp;",
	"\u00ad", "\ufeff",
	"---\n", "\n---\n", "\r\n", "\x00", "\xff", "\t", "• ", "> ", "- - - ", "value:", "value: {", "parts:",
	"formula: 1/0",
	"formula: visits.total / 0", "figures: []", "title:", ": ", "- ", "''", "\"", "[", "{", "&a *a", "1e999", "-0", "0",
	"999999999999999999999999",
	"{{", "{{end}}", "{{.Title}}", "{{range .Nav}}", "<svg>", "</svg>", "<script>", " onload=\"x\"", "<!doctype",
	"url(x)", "\\u0000", "[]",
	"decimals: 99", "id,value\n", ";", ",", ",,,", "<<<<<<< HEAD\n", "[x]", "2024-02-30", "type: pie",
	"figures: visits", "~", "null", "|\n  a\n",
}

// spoil makes one mistake in one file.
func (s spoiler) spoil() {
	names, kinds := slices.Sorted(maps.Keys(s.files)), map[string][]string{}
	for _, name := range names {
		kinds[path.Ext(name)] = append(kinds[path.Ext(name)], name)
	}
	exts := slices.Sorted(maps.Keys(kinds)) // each kind as often, however many files it has
	kind := kinds[exts[s.IntN(len(exts))]]
	if s.IntN(2) == 0 {
		kind = names
	}
	name := kind[s.IntN(len(kind))]
	file := s.files[name]
	lines := bytes.SplitAfter(file.Data, []byte("\n"))
	at, to := s.IntN(len(lines)), s.IntN(len(lines))
	odd := []byte(oddities[s.IntN(len(oddities))])
	switch s.IntN(14) {
	case 0:
		delete(s.files, name)
	case 1: // it has another name
		delete(s.files, name)
		s.files[path.Dir(name)+"/"+[]string{"x", "X.YML", "y.md", "y.csv", "index.md"}[s.IntN(5)]] = file
	case 2: // it holds what another one holds
		file.Data = bytes.Clone(s.files[names[s.IntN(len(names))]].Data)
	case 3:
		file.Data = bytes.Join(slices.Delete(lines, at, at+1), nil)
	case 4:
		file.Data = bytes.Join(slices.Insert(lines, to, lines[at]), nil)
	case 5:
		lines[at], lines[to] = lines[to], lines[at]
		file.Data = bytes.Join(lines, nil)
	case 6: // it ends early
		file.Data = bytes.Join(lines[:at], nil)
	case 7:
		file.Data = bytes.Join(slices.Insert(lines, at, odd), nil)
	case 8: // its first line is odd, such as a table's header
		lines[0] = s.inside(lines[0], odd)
		file.Data = bytes.Join(lines, nil)
	case 9: // something is cut out
		if n := len(file.Data); n > 0 {
			start := s.IntN(n)
			file.Data = slices.Delete(file.Data, start, min(n, start+1+s.IntN(30)))
		}
	case 10: // a byte is another one
		if n := len(file.Data); n > 0 {
			file.Data[s.IntN(n)] = byte(s.IntN(256))
		}
	case 11: // it is written as another program writes it
		file.Data = ended(string(file.Data), []string{"crlf", "bom", "open"}[s.IntN(3)])
	default:
		lines[at] = s.inside(lines[at], odd)
		file.Data = bytes.Join(lines, nil)
	}
}

// inside puts something odd into a line, in the place of a word or between two letters.
func (s spoiler) inside(line, odd []byte) []byte {
	if len(line) == 0 {
		return odd
	}
	at := s.IntN(len(line))
	end := at
	if s.IntN(2) == 0 {
		for end < len(line) && !bytes.ContainsRune([]byte(" ,;:\n"), rune(line[end])) {
			end++
		}
	}
	return slices.Concat(line[:at], odd, line[end:])
}

// differs shows what the spoilt files hold that no sound site does.
func (s spoiler) differs(sound map[string]fstest.MapFS) []string {
	var all []string
	for name, file := range s.files {
		same := false
		for _, files := range sound {
			same = same || files[name] != nil && bytes.Equal(files[name].Data, file.Data)
		}
		if !same {
			all = append(all, "-- "+name+" --", string(file.Data))
		}
	}
	return all
}
