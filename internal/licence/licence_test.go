package licence

import (
	"os"
	"path/filepath"
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
		if got := strings.Join(Names(text), " "); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

func TestTextsAreThoseOfWhatIsUsed(t *testing.T) {
	top := t.TempDir()
	for _, name := range []string{"LICENSE", "NOTICE.txt", "license.go", "a/LICENCE_X", "a/b/c.go", "d/COPYING"} {
		path := filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("of "+name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	m := Module{Name: "x v1", Dir: top}
	m.use(filepath.Join(top, "a", "b"))
	m.use(top)
	texts, err := m.Texts()
	want := []Text{{"LICENSE", "of LICENSE"}, {"NOTICE.txt", "of NOTICE.txt"}, {"LICENCE_X", "of a/LICENCE_X"}}
	if err != nil || !slices.Equal(texts, want) {
		t.Errorf("%v %q", err, texts)
	}
}

func TestModulesAreThoseOfTheSystem(t *testing.T) {
	const onlyThere = "github.com/inconshreveable/mousetrap "
	for system, want := range map[string]bool{"windows": true, "linux": false} {
		modules, err := Modules(system, "amd64", "bilanz/cmd/bilanz")
		if err != nil {
			t.Fatal(err)
		}
		has := slices.ContainsFunc(modules, func(m Module) bool { return strings.HasPrefix(m.Name, onlyThere) })
		if has != want {
			t.Errorf("%s needs %s: %v", system, onlyThere, has)
		}
	}
}

func TestTheLockTellsPackagesFromFiles(t *testing.T) {
	sum := strings.Repeat("a", 64)
	lock, err := ReadLock(fstest.MapFS{LockFile: {Data: []byte(
		"# x\n\na\t1.0\tMIT (builds, is not shipped)\tsha512-x\n@b/c\t2\tOFL-1.1\tsha512-y\n" +
			sum + "\tstatic/f\tlicence of b, published\n" + sum + "\tstatic/g\tpublished\n")}})
	want := []Package{{"a", "1.0", "MIT", false}, {"@b/c", "2", "OFL-1.1", true}}
	if err != nil || !slices.Equal(lock.Packages, want) {
		t.Errorf("%v %+v", err, lock.Packages)
	}
	if len(lock.Files) != 2 || !lock.Files[0].IsLicence() || lock.Files[1].IsLicence() {
		t.Errorf("%+v", lock.Files)
	}
}
