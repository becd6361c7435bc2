//go:build unix

package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// acts are what people, their programs and machines do.
var acts = []struct {
	name string
	do   func(*soak)
}{
	{"edit", (*soak).edit},
	{"spoil", (*soak).spoil},
	{"save in pieces", (*soak).saveInPieces},
	{"kill", (*soak).kill},
	{"signal", (*soak).signal},
	{"full disk", (*soak).fullDisk},
	{"small disk", (*soak).smallDisk},
	{"clock", (*soak).clock},
	{"four builders", (*soak).fourBuilders},
	{"surroundings", (*soak).surroundings},
	{"check", (*soak).check},
}

func (s *soak) command(args ...string) *exec.Cmd { return exec.Command(s.binary, args...) }

// page chooses a page.
func (s *soak) page() string {
	var pages []string
	for name := range s.now {
		if strings.HasSuffix(name, ".md") {
			pages = append(pages, name)
		}
	}
	slices.Sort(pages)
	return pages[s.IntN(len(pages))]
}

// edited gives the project after a change that leaves it sound.
func (s *soak) edited() files {
	all, page := maps.Clone(s.now), s.page()
	words := []string{"People came.", "They stayed for long.", "Nobody was in a hurry.", "Bücher wurden gelesen."}
	all[page] = strings.TrimRight(all[page], "\n") + "\n\n" + words[s.IntN(len(words))] + "\n"
	if len(all[page]) > 60_000 {
		all[page] = s.made[page]
	}
	return all
}

// built builds, and holds what came of it against what was there and is there now.
func (s *soak) built(after string, r result) {
	switch r.code {
	case 0:
		s.published(after, s.now)
		s.leftBehind(after)
	default:
		s.published(after, s.made)
	}
}

func (s *soak) edit() {
	s.write(s.edited())
	r := s.bilanz("build")
	s.built("edit", r)
	if r.code == 0 && len(s.now) == len(s.sound[0]) { // builds of one site are compared
		s.peaks = append(s.peaks, r.peak)
	}
}

// oddities are what people paste, and what their programs leave.
var oddities = []string{
	"```chart\nid: x\n```\n", "```table\n", "~~~", "|a|b|\n|-|\n|c|", "[^1]", "{#", "[](fig:)", "[x](", "![", "<!--",
	"<b>", "\u00ad", "\ufeff", "---\n", "\r\n", "\x00", "\xff", "\t", "• ", "> ", "value: {", "formula: 1/0",
	"figures: []", ": ", "\"", "[", "&a *a", "1e999", "999999999999999999999999", "id,value\n", ";", ",,,",
	"<<<<<<< HEAD\n", "2024-02-30", "~", "null", "TODO",
}

// spoiled gives the project after a change that nobody should publish, or that is none.
func (s *soak) spoiled() files {
	all := maps.Clone(s.now)
	names := slices.Sorted(maps.Keys(all))
	name := names[s.IntN(len(names))]
	text := all[name]
	at, to := s.IntN(len(text)+1), s.IntN(len(text)+1)
	switch s.IntN(6) {
	case 0:
		delete(all, name)
	case 1:
		all[name] = text[:at]
	case 2:
		all[name] = text[:min(at, to)] + text[max(at, to):]
	case 3:
		all[name] = text + text[at:]
	case 4:
		delete(all, name)
		all[path.Dir(name)+"/"+[]string{"x", "X.YML", "y.md", "y.csv", "index.md"}[s.IntN(5)]] = text
	default:
		all[name] = text[:at] + oddities[s.IntN(len(oddities))] + text[at:]
	}
	return all
}

// spoil breaks the project, looks what is said, and builds; then all is as before.
func (s *soak) spoil() {
	before := s.now
	for range 1 + s.IntN(3) {
		s.write(s.spoiled())
	}
	s.placed(s.bilanz("check", "--format", "json"))
	s.built("spoil", s.bilanz("build"))
	s.untouched("spoil")
	s.write(before)
}

func (s *soak) check() {
	before, err := read(s.out)
	s.must(err)
	s.placed(s.bilanz("check", "--strict", "--format", "json"))
	after, err := read(s.out)
	s.must(err)
	if wrong := differ(before, after); len(wrong) > 0 {
		s.find("a check changed the site: %v", wrong)
	}
}

// saveInPieces writes a page byte for byte in its place while a build runs.
func (s *soak) saveInPieces() {
	before, page := maps.Clone(s.now), s.page()
	after := maps.Clone(before)
	after[page] = strings.TrimRight(after[page], "\n") + "\n\nThey all came again.\n"
	r := s.start(nil, "build")
	time.Sleep(time.Duration(s.IntN(60)) * time.Millisecond)
	f, err := os.OpenFile(s.path(page), os.O_WRONLY|os.O_TRUNC, 0o644)
	s.must(err)
	for rest := after[page]; len(rest) > 0; {
		n := min(len(rest), 1+s.IntN(400))
		_, err := f.WriteString(rest[:n])
		s.must(err)
		rest = rest[n:]
		time.Sleep(time.Duration(s.IntN(3)) * time.Millisecond)
	}
	s.must(f.Close())
	s.now = after
	s.finish(r)
	s.published("save in pieces", before, after, s.made)
}

// moment waits for some part of a build.
func (s *soak) moment() { time.Sleep(time.Duration(s.IntN(250_000)) * time.Microsecond) }

func (s *soak) kill() {
	s.write(s.edited())
	r := s.start(nil, "build")
	s.moment()
	r.signal(syscall.SIGKILL)
	s.finish(r)
	s.always("kill")
	s.published("kill", s.made, s.now)
	s.built("kill and build", s.bilanz("build"))
}

func (s *soak) signal() {
	s.write(s.edited())
	r := s.start(nil, "build")
	s.moment()
	r.signal([]syscall.Signal{syscall.SIGINT, syscall.SIGTERM}[s.IntN(2)])
	s.built("signal", s.finish(r))
}

// fullDisk lets no file grow beyond a few blocks.
func (s *soak) fullDisk() {
	s.write(s.edited())
	r := s.finish(s.shell(fmt.Sprintf("ulimit -f %d", 1+s.IntN(60)), nil, "build"))
	s.built("full disk", r)
	s.built("full disk and build", s.bilanz("build"))
}

// smallDisk publishes on a disk that has no room for two sites; where none can be made, it
// does nothing.
func (s *soak) smallDisk() {
	disk := filepath.Join(s.work, "disk")
	s.must(os.MkdirAll(disk, 0o755))
	size := fmt.Sprintf("size=%dk", 200+s.IntN(3000))
	if exec.Command("mount", "-t", "tmpfs", "-o", size, "tmpfs", disk).Run() != nil {
		return
	}
	s.count("small disk, made")
	defer func() { s.must(exec.Command("umount", disk).Run()) }()
	out := filepath.Join(disk, "site")
	for range 3 {
		s.write(s.edited())
		r := s.bilanz("build", "--out", out)
		list, err := os.ReadFile(filepath.Join(out, "files.json"))
		if r.code == 0 && err != nil {
			s.find("small disk: exit code 0, and no site: %v", err)
		}
		if err == nil {
			if wrong := unlike(out, list); wrong != "" {
				s.find("small disk, exit code %d: the site is not whole: %s", r.code, wrong)
			}
		}
	}
}

// clock gives files times of the past and the future, and the build another time zone.
func (s *soak) clock() {
	for name := range s.now {
		day := time.Now().Add(time.Duration(s.IntN(80_000)-40_000) * time.Hour)
		s.must(os.Chtimes(s.path(name), day, day))
	}
	zones := []string{"UTC", "Asia/Kathmandu", "America/St_Johns", "Nowhere/Land", ""}
	env := []string{"TZ=" + zones[s.IntN(len(zones))], fmt.Sprint("SOURCE_DATE_EPOCH=", s.IntN(2_000_000_000))}
	s.built("clock", s.finish(s.start(env, "build")))
}

func (s *soak) fourBuilders() {
	s.write(s.edited())
	var runs []*run
	for range 4 {
		runs = append(runs, s.start(nil, "build", "--wait", "90s"))
		time.Sleep(time.Duration(s.IntN(30)) * time.Millisecond)
	}
	for _, r := range runs {
		if ended := s.finish(r); ended.code != 0 {
			s.find("one of four builders: exit code %d\n%s", ended.code, ended.said)
		}
	}
	s.published("four builders", s.now)
	s.leftBehind("four builders")
}

// surroundings change nothing of what is published.
func (s *soak) surroundings() {
	locales := []string{"C", "de_DE.UTF-8", "tr_TR.UTF-8", "ja_JP.eucJP", ""}
	env := []string{
		"LC_ALL=" + locales[s.IntN(len(locales))],
		fmt.Sprint("GOMAXPROCS=", 1+s.IntN(8)), fmt.Sprint("GOGC=", 10+s.IntN(300)),
	}
	if s.IntN(2) == 0 {
		env = append(env, "HOME=", "XDG_CACHE_HOME=")
	}
	umask := []string{"022", "077", "002", "000"}[s.IntN(4)]
	s.built("surroundings", s.finish(s.shell("umask "+umask, env, "build")))
}
