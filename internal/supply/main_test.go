package main

import (
	"slices"
	"testing"
	"testing/fstest"

	"bilanz/internal/licence"
)

func TestALicenceThatIsOnNoListIsToldApart(t *testing.T) {
	var a audit
	a.hold("x", []string{"MIT", "MPL-2.0", ""}, licence.Shipped, "is in the binary")
	a.hold("y", []string{"MPL-2.0", "GPL"}, licence.Fetched, "tests it")
	want := []string{
		"x is in the binary, and its licence MPL-2.0 is not on the list",
		"x is in the binary, and its licence  is not on the list",
		"y tests it, and its licence GPL is not on the list",
	}
	if !slices.Equal(a.problems, want) {
		t.Errorf("%q", a.problems)
	}
}

func TestABundleThatIsAnotherIsFound(t *testing.T) {
	const sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // of "abc"
	for content, want := range map[string][]string{
		"abc": nil, "abd": {"static/third-party/a.js is not what static/third-party/LOCK says: run make " +
			"verify-third-party"},
	} {
		a := audit{root: fstest.MapFS{
			licence.LockFile: {Data: []byte("# x\n\n" + sum + "\tstatic/third-party/a.js\tpublished\na\t1.0\tMIT " +
				"(builds)\tsha512-x\n")},
			"static/third-party/a.js": {Data: []byte(content)}, "static/fonts/embed.go": {},
		}}
		if a.bundles(); !slices.Equal(a.problems, want) {
			t.Errorf("%s: %q", content, a.problems)
		}
	}
	a := audit{root: fstest.MapFS{licence.LockFile: {Data: []byte("a\t1\tGPL-3.0\tx\n")}, "static/third-party/b.js": {},
		"static/fonts/embed.go": {}}}
	if a.bundles(); len(a.problems) != 3 {
		t.Errorf("a licence, a file and a list without files: %q", a.problems)
	}
}

func TestVersionsThatMayChangeAreFound(t *testing.T) {
	for line, moves := range map[string]bool{
		"go run example.org/x@latest": true, "npx x": true, "npm install x": true, "curl x | sh": true, "x@v2": true,
		"npm ci": false, "go run example.org/x@v1.2.3": false, "git show x | head": false, "office@example.org": false,
	} {
		if got := movingVersion.MatchString(line); got != moves {
			t.Errorf("%q: %v", line, got)
		}
	}
}
