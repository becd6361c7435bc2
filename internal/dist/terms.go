package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"bilanz/internal/licence"
)

// A part is something of other people in a binary, with a text about its terms.
type part struct{ name, text string }

// terms writes down under which licences a binary may be handed on: those of the modules
// that it was linked of, of Go itself, and of what lies in static/.
func (r release) terms(t target, b binary) ([]byte, error) {
	var parts []part
	for _, collect := range []func() ([]part, error){
		ofGo, func() ([]part, error) { return ofModules(t, b) }, ofStatic,
	} {
		more, err := collect()
		if err != nil {
			return nil, err
		}
		parts = append(parts, more...)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "bilanz %s (%s) stands under the licence in the file LICENSE.\n", r.version, t.called)
	fmt.Fprintf(&out, "It holds work of others, under the terms below.\n")
	for _, same := range grouped(parts) {
		fmt.Fprintf(&out, "\n%s\n%s\n\n%s\n", rule, strings.Join(same.names, "\n"), strings.TrimSpace(same.text))
	}
	return []byte(out.String()), nil
}

var rule = strings.Repeat("=", 78)

// A group is parts whose texts are the same.
type group struct {
	names []string
	text  string
}

// grouped brings parts with one text together, where the first of them stands.
func grouped(parts []part) []group {
	var groups []group
	for _, p := range parts {
		text := strings.ReplaceAll(p.text, "\r\n", "\n")
		at := slices.IndexFunc(groups, func(g group) bool { return g.text == text })
		if at < 0 {
			at, groups = len(groups), append(groups, group{text: text})
		}
		groups[at].names = append(groups[at].names, p.name)
	}
	return groups
}

// ofGo is Go's own licence: its library and runtime are in every binary.
func ofGo() ([]part, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env GOROOT: %w", err)
	}
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "LICENSE"))
	return []part{{"The library and runtime of Go", string(text)}}, err
}

// ofModules reads the terms of all modules that Go noted in a binary.
func ofModules(t target, b binary) ([]part, error) {
	modules, err := licence.Modules(t.system, t.arch, "./cmd/bilanz")
	if err != nil {
		return nil, err
	}
	var parts []part
	for _, linked := range b.info.Deps {
		at := slices.IndexFunc(modules, func(m licence.Module) bool { return m.Name == linked.Path+" "+linked.Version })
		if at < 0 {
			return nil, fmt.Errorf("%s %s is linked, but go list does not name it", linked.Path, linked.Version)
		}
		texts, err := modules[at].Texts()
		if err != nil {
			return nil, err
		}
		if len(texts) == 0 {
			return nil, fmt.Errorf("%s says nowhere under which terms it stands", modules[at].Name)
		}
		for _, text := range texts {
			parts = append(parts, part{modules[at].Name + " (" + text.Name + ")", text.Text})
		}
	}
	return parts, nil
}

// ofStatic reads the licences of what LOCK says is embedded: the engine of charts, fonts.
func ofStatic() ([]part, error) {
	root := os.DirFS(".")
	lock, err := licence.ReadLock(root)
	if err != nil {
		return nil, err
	}
	var shipped []string
	for _, p := range lock.Packages {
		if p.Shipped {
			shipped = append(shipped, p.Name+" "+p.Version+": "+p.Licence)
		}
	}
	parts := []part{{"Embedded, and published with sites", strings.Join(shipped, "\n")}}
	for _, f := range lock.Files {
		if !f.IsLicence() {
			continue
		}
		text, err := os.ReadFile(f.Path)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part{f.Path + ": " + f.What, string(text)})
	}
	return parts, nil
}
