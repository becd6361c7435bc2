// Command supply looks at everything of other people that bilanz is made of: that each
// licence is on a list, that what was fetched is what was published, and that nothing comes
// in a version that may change.
//
// It needs no network beyond the module cache. What it cannot see: whether a published
// version is itself malicious, whether a licence file tells the truth about every file,
// whether a fault of a module is known somewhere (govulncheck asks that, with a network).
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// shipped are the licences that what is in the binary or on the site may have: each asks
// only that its text goes with it. fetched are those of what only makes or tests it.
var (
	shipped = []string{"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "0BSD", "OFL-1.1"}
	fetched = append(slices.Clone(shipped), "MPL-2.0")
)

func main() {
	a := audit{root: os.DirFS(".")}
	for _, step := range []func(){a.modules, a.sums, a.packages, a.bundles, a.versions} {
		step()
	}
	slices.Sort(a.problems)
	for _, problem := range a.problems {
		fmt.Fprintln(os.Stderr, "audit:", problem)
	}
	if len(a.problems) > 0 {
		os.Exit(1)
	}
}

type audit struct {
	root     fs.FS
	problems []string
}

func (a *audit) say(format string, args ...any) {
	a.problems = append(a.problems, fmt.Sprintf(format, args...))
}

func (a *audit) read(file string) string {
	text, err := fs.ReadFile(a.root, file)
	if err != nil {
		a.say("%v", err)
	}
	return string(text)
}

// systems are those that bilanz is built for: each may need modules that others do not.
var systems = []string{"linux", "darwin", "windows"}

// modules holds the licence of each module against the lists: of those in the binary, and
// of those that only tests and tools have.
func (a *audit) modules() {
	in, all := map[string]string{}, map[string]string{}
	for _, system := range systems {
		a.list(in, system, "./cmd/bilanz")
		a.list(all, system, "-test", "./...", "tool")
	}
	for module, dir := range all {
		allowed, use := fetched, "tests or makes it"
		if _, isShipped := in[module]; isShipped {
			allowed, use = shipped, "is in the binary"
		}
		names, err := licencesIn(dir)
		switch {
		case dir == "" || err != nil:
			a.say("%s is not in the module cache, so its licence was not read: run go mod download", module)
		case len(names) == 0:
			a.say("%s has no licence that is known here", module)
		default:
			a.hold(module, names, allowed, use)
		}
	}
	fmt.Printf("modules: %d in the binary, %d besides that test or make it\n", len(in), len(all)-len(in))
}

// hold says which of some licences are not on a list.
func (a *audit) hold(what string, names, allowed []string, use string) {
	for _, name := range names {
		if !slices.Contains(allowed, name) {
			a.say("%s %s, and its licence %s is not on the list", what, use, name)
		}
	}
}

// list adds the modules that some packages need on a system, with their folders.
func (a *audit) list(modules map[string]string, system string, packages ...string) {
	format := `{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}	{{.Dir}}{{end}}{{end}}`
	cmd := exec.Command("go", append([]string{"list", "-e", "-deps", "-f", format}, packages...)...)
	cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
	out, err := cmd.Output()
	if err != nil {
		a.say("go list for %s: %v", system, err)
	}
	for line := range strings.Lines(string(out)) {
		if module, dir, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok || module != "" {
			modules[strings.TrimSpace(module)] = dir
		}
	}
}

// licencesIn reads the licences in the top folder of a module.
func licencesIn(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		name := strings.ToUpper(entry.Name())
		if !strings.HasPrefix(name, "LICENSE") && !strings.HasPrefix(name, "LICENCE") && !strings.HasPrefix(name,
			"COPYING") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return nil, err
		}
		names = append(names, licences(string(text))...)
	}
	return names, nil
}

// sentences are what only one licence says, or one family.
var sentences = []struct{ licence, sentence string }{
	{"MIT", "permission is hereby granted, free of charge, to any person obtaining a copy of this software and " +
		"associated documentation files"},
	{"Apache-2.0", "apache license version 2.0"},
	{"ISC", "permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is " +
		"hereby granted, provided that"},
	{"MPL-2.0", "mozilla public license version 2.0"},
	{"OFL-1.1", "sil open font license version 1.1"},
	{"GPL", "gnu general public license"},
	{"LGPL", "gnu lesser general public license"},
	{"AGPL", "gnu affero general public license"},
	{"SSPL", "server side public license"},
	{"BSL", "business source license"},
	{"CC", "creative commons"},
}

// licences recognises the licences in a text.
func licences(text string) []string {
	text = strings.Join(strings.Fields(strings.ToLower(text)), " ")
	var names []string
	for _, s := range sentences {
		if strings.Contains(text, s.sentence) {
			names = append(names, s.licence)
		}
	}
	if slices.Contains(names, "MPL-2.0") { // it names the GNU licences that may be taken beside it
		names = []string{"MPL-2.0"}
	}
	if strings.Contains(text, "redistribution and use in source and binary forms, with or without modification, are "+
		"permitted") {
		if strings.Contains(text, "neither the name") {
			return append(names, "BSD-3-Clause")
		}
		return append(names, "BSD-2-Clause")
	}
	return names
}

// sums proves that every module in the cache is what go.sum says.
func (a *audit) sums() {
	if out, err := exec.Command("go", "mod", "verify").CombinedOutput(); err != nil {
		a.say("go mod verify: %s", strings.TrimSpace(string(out)))
		return
	}
	fmt.Println("go mod verify: all modules are what go.sum says")
}

// packages holds what comes from npm against the list for what only makes or tests: each in
// one version, with the sum of what was published. What is shipped of it stands in LOCK.
func (a *audit) packages() {
	n := 0
	for _, file := range []string{"internal/browser/testdata/package-lock.json",
		"internal/chart/testdata/third-party/package-lock.json"} {
		var lock struct {
			Packages map[string]struct{ Version, License, Integrity string }
		}
		if err := json.Unmarshal([]byte(a.read(file)), &lock); err != nil || len(lock.Packages) < 2 {
			a.say("%s lists no packages: %v", file, err)
		}
		for name, p := range lock.Packages {
			if name == "" {
				continue // the project itself
			}
			n++
			a.hold(name, []string{p.License}, fetched, "tests or makes it")
			if !strings.HasPrefix(p.Integrity, "sha512-") || p.Version == "" {
				a.say("%s: %s has no version with the sum of what was published", file, name)
			}
		}
	}
	fmt.Printf("packages of npm: %d, none of them needed to build\n", n)
}

const lockFile = "static/third-party/LOCK"

// bundles holds what was made of packages of npm, and lies in static/, against LOCK.
func (a *audit) bundles() {
	files, listed := 0, map[string]bool{}
	for line := range strings.Lines(a.read(lockFile)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		switch {
		case strings.HasPrefix(line, "#") || len(cells) < 3:
		case len(cells[0]) == 2*sha256.Size && !strings.ContainsAny(cells[0], "@-"):
			files++
			listed[cells[1]] = true
			if sum := sha256.Sum256([]byte(a.read(cells[1]))); hex.EncodeToString(sum[:]) != cells[0] {
				a.say("%s is not what %s says: run make verify-third-party", cells[1], lockFile)
			}
		default:
			licence, _, _ := strings.Cut(cells[2], " ")
			a.hold(cells[0], []string{licence}, shipped, "is on the site")
		}
	}
	for _, file := range a.unlisted(listed) {
		a.say("%s does not stand in %s", file, lockFile)
	}
	if files == 0 {
		a.say("%s lists no files", lockFile)
	}
	fmt.Printf("bundles: %d files are what LOCK says\n", files)
}

// unlisted are the files beside the bundles that LOCK does not name.
func (a *audit) unlisted(listed map[string]bool) []string {
	var files []string
	for _, folder := range []string{"static/third-party", "static/fonts"} {
		entries, err := fs.ReadDir(a.root, folder)
		if err != nil {
			a.say("%v", err)
		}
		for _, entry := range entries {
			file := folder + "/" + entry.Name()
			if !listed[file] && file != lockFile && filepath.Ext(file) != ".go" {
				files = append(files, file)
			}
		}
	}
	return files
}

var (
	movingVersion = regexp.MustCompile(`@(latest|main|master|HEAD|v?\d+)(\s|$|"|')|` +
		`\bnpx\s|npm (install|i|update)\s|\|\s*(ba)?sh\b`)
	action   = regexp.MustCompile(`uses:\s*(\S+)`)
	byCommit = regexp.MustCompile(`@[0-9a-f]{40}$`)
)

// versions holds that every tool comes in a version that cannot change: those of Go stand
// in go.mod, those of npm in lock files, actions of GitHub are named by their commit.
func (a *audit) versions() {
	files, err := fs.Glob(a.root, ".github/workflows/*.yml")
	if err != nil || len(files) == 0 {
		a.say("no workflows: %v", err)
	}
	for _, file := range append(files, "Makefile", "internal/browser/testdata/browser-ready") {
		for i, line := range strings.Split(a.read(file), "\n") {
			line, _, _ = strings.Cut(line, " #")
			if use := action.FindStringSubmatch(line); use != nil && !byCommit.MatchString(use[1]) ||
				movingVersion.MatchString(line) {
				a.say("%s:%d takes something in a version that may change: %s", file, i+1, strings.TrimSpace(line))
			}
		}
	}
	if err := a.tools(); err != nil {
		a.say("%v", err)
	}
}

// tools says in which versions go.mod has the tools.
func (a *audit) tools() error {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{with .Module}}{{.Version}}{{end}}", "tool").Output()
	if err != nil {
		return fmt.Errorf("go list tool: %w", err)
	}
	for line := range strings.Lines(string(out)) {
		name, version, _ := strings.Cut(strings.TrimSpace(line), " ")
		if version == "" {
			return errors.New(name + " has no version in go.mod")
		}
		fmt.Println("tool:", name, version)
	}
	return nil
}
