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

	"bilanz/internal/licence"
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
		allowed, use := licence.Fetched, "tests or makes it"
		if _, isShipped := in[module]; isShipped {
			allowed, use = licence.Shipped, "is in the binary"
		}
		names, err := licence.Of(dir)
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
	found, err := licence.Modules(system, "amd64", packages...)
	if err != nil {
		a.say("%v", err)
	}
	for _, m := range found {
		modules[m.Name] = m.Dir
	}
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
			a.hold(name, []string{p.License}, licence.Fetched, "tests or makes it")
			if !strings.HasPrefix(p.Integrity, "sha512-") || p.Version == "" {
				a.say("%s: %s has no version with the sum of what was published", file, name)
			}
		}
	}
	fmt.Printf("packages of npm: %d, none of them needed to build\n", n)
}

// bundles holds what was made of packages of npm, and lies in static/, against LOCK.
func (a *audit) bundles() {
	lock, err := licence.ReadLock(a.root)
	if err != nil || len(lock.Files) == 0 {
		a.say("%s lists no files", licence.LockFile)
	}
	listed := map[string]bool{}
	for _, file := range lock.Files {
		listed[file.Path] = true
		if sum := sha256.Sum256([]byte(a.read(file.Path))); hex.EncodeToString(sum[:]) != file.Sum {
			a.say("%s is not what %s says: run make verify-third-party", file.Path, licence.LockFile)
		}
	}
	for _, p := range lock.Packages {
		a.hold(p.Name, []string{p.Licence}, licence.Shipped, "is on the site")
	}
	for _, file := range a.unlisted(listed) {
		a.say("%s does not stand in %s", file, licence.LockFile)
	}
	fmt.Printf("bundles: %d files are what LOCK says\n", len(lock.Files))
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
			if !listed[file] && file != licence.LockFile && filepath.Ext(file) != ".go" {
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
