// Package licence knows the terms under which the work of others goes into bilanz: which
// modules of Go packages need, which licences a text holds, and what LOCK says of what was
// made of packages of npm.
package licence

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Shipped are the licences that what is in the binary or on the site may have: each asks
// only that its text goes with it. Fetched are those of what only makes or tests it.
var (
	Shipped = []string{"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "0BSD", "OFL-1.1"}
	Fetched = append(slices.Clone(Shipped), "MPL-2.0")
)

// A Module is one of Go that packages need.
type Module struct {
	Name    string   // with its version: "golang.org/x/net v0.62.0"
	Dir     string   // in the module cache; "" where it is not there
	folders []string // of the packages that are needed, and all between them and Dir
}

// Modules lists the modules that packages need on a system, by name. Each pattern is one
// that "go list" takes.
func Modules(system, arch string, packages ...string) ([]Module, error) {
	format := `{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}	{{.Dir}}	{{$.Dir}}{{end}}{{end}}`
	cmd := exec.Command("go", append([]string{"list", "-e", "-deps", "-f", format}, packages...)...)
	cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH="+arch, "CGO_ENABLED=0")
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list for %s: %w", system, err)
	}
	var modules []Module
	for line := range strings.Lines(string(out)) {
		cells := strings.Split(strings.Trim(line, "\n"), "\t")
		if len(cells) < 3 {
			continue
		}
		at := slices.IndexFunc(modules, func(m Module) bool { return m.Name == cells[0] })
		if at < 0 {
			at, modules = len(modules), append(modules, Module{Name: cells[0], Dir: cells[1]})
		}
		modules[at].use(cells[2])
	}
	slices.SortFunc(modules, func(a, b Module) int { return strings.Compare(a.Name, b.Name) })
	return modules, nil
}

// use adds a package's folder, and those above it within the module: a licence holds for
// all below it.
func (m *Module) use(folder string) {
	for m.Dir != "" && strings.HasPrefix(folder, m.Dir) && !slices.Contains(m.folders, folder) {
		m.folders = append(m.folders, folder)
		folder = filepath.Dir(folder)
	}
}

// A Text is a file about the terms of a module.
type Text struct{ Name, Text string }

// Texts reads the files that say the terms of what is used of a module, and who has to be
// named; those at its top first.
func (m Module) Texts() ([]Text, error) {
	var texts []Text
	slices.Sort(m.folders)
	for _, folder := range m.folders {
		found, err := textsIn(folder, "LICENSE", "LICENCE", "COPYING", "NOTICE")
		if err != nil {
			return nil, err
		}
		texts = append(texts, found...)
	}
	return texts, nil
}

// Of names the licences in the top folder of a module.
func Of(dir string) ([]string, error) {
	texts, err := textsIn(dir, "LICENSE", "LICENCE", "COPYING")
	var names []string
	for _, text := range texts {
		names = append(names, Names(text.Text)...)
	}
	return names, err
}

// textsIn reads the files of a folder whose names begin with one of some words.
func textsIn(dir string, words ...string) ([]Text, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var texts []Text
	for _, entry := range entries {
		begins := func(word string) bool { return strings.HasPrefix(strings.ToUpper(entry.Name()), word) }
		if entry.IsDir() || strings.HasSuffix(entry.Name(), ".go") || !slices.ContainsFunc(words, begins) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return nil, err
		}
		texts = append(texts, Text{entry.Name(), string(text)})
	}
	return texts, nil
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

// Names recognises the licences in a text.
func Names(text string) []string {
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

// LockFile says what comes from npm, and which files were made of it.
const LockFile = "static/third-party/LOCK"

// A Lock is what LockFile says.
type Lock struct {
	Packages []Package
	Files    []File
}

// A Package is one of npm.
type Package struct {
	Name, Version, Licence string
	Shipped                bool // it is in the binary or on the site, and did not only build what is
}

// A File was made of packages, or came with one.
type File struct{ Sum, Path, What string }

// IsLicence reports whether the file is the text of a licence.
func (f File) IsLicence() bool { return strings.HasPrefix(f.What, "licence") }

// ReadLock reads LockFile of a project.
func ReadLock(root fs.FS) (Lock, error) {
	text, err := fs.ReadFile(root, LockFile)
	var lock Lock
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		switch {
		case strings.HasPrefix(line, "#") || len(cells) < 3:
		case len(cells[0]) == 64 && !strings.ContainsAny(cells[0], "@-"):
			lock.Files = append(lock.Files, File{cells[0], cells[1], cells[2]})
		default:
			name, note, _ := strings.Cut(cells[2], " ")
			lock.Packages = append(lock.Packages, Package{cells[0], cells[1], name,
				!strings.Contains(note, "is not shipped")})
		}
	}
	return lock, err
}
