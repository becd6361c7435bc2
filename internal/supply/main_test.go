package main

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestLicencesAreRecognisedByWhatOnlyTheySay(t *testing.T) {
	const mit = "Permission is hereby granted, free of charge, to any person obtaining a copy\nof this software and " +
		"associated documentation files (the \"Software\")"
	const bsd = "Redistribution and use in source and binary forms, with or without\nmodification, are permitted " +
		"provided that"
	for text, want := range map[string]string{
		mit: "MIT", bsd: "BSD-2-Clause", bsd + "\n * Neither the name of": "BSD-3-Clause",
		mit + bsd: "MIT BSD-2-Clause",
		"Apache License\n  Version 2.0, January 2004": "Apache-2.0", "GNU GENERAL PUBLIC LICENSE\nVersion 3": "GPL",
		"Mozilla Public License Version 2.0 ... GNU General Public License": "MPL-2.0", "All rights reserved.": "",
		"GNU AFFERO GENERAL PUBLIC LICENSE": "AGPL",
	} {
		if got := strings.Join(licences(text), " "); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

func TestALicenceThatIsOnNoListIsToldApart(t *testing.T) {
	var a audit
	a.hold("x", []string{"MIT", "MPL-2.0", ""}, shipped, "is in the binary")
	a.hold("y", []string{"MPL-2.0", "GPL"}, fetched, "tests it")
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
			lockFile: {Data: []byte("# x\n\n" + sum + "\tstatic/third-party/a.js\tpublished\na\t1.0\tMIT " +
				"(builds)\tsha512-x\n")},
			"static/third-party/a.js": {Data: []byte(content)}, "static/fonts/embed.go": {},
		}}
		if a.bundles(); !slices.Equal(a.problems, want) {
			t.Errorf("%s: %q", content, a.problems)
		}
	}
	a := audit{root: fstest.MapFS{lockFile: {Data: []byte("a\t1\tGPL-3.0\tx\n")}, "static/third-party/b.js": {},
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
