package reference

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bilanz/internal/schema"
)

var nameInTable = regexp.MustCompile(`Name: "[a-z_-]+"`)

// A row of a table of keys is what authors may write. Where no code asks for the key, it
// would be taken from them and do nothing. Whoever reads a key names it.
func TestEveryKeyIsRead(t *testing.T) {
	asked := namedInCode(t, "figure", "prose", "site", "accepted", "incoming", "locale")
	var check func(table string, keys schema.Keys)
	check = func(table string, keys schema.Keys) {
		for _, key := range keys {
			if !isLang(key) && !asked[key.Name] {
				t.Errorf("no code asks for %q, of %s", key.Name, table)
			}
			check(table, key.Keys)
		}
	}
	for _, one := range tables() {
		check(one.what, one.keys)
	}
	if asked["motto"] {
		t.Error("some code asks for a key that there is not: this test cannot fail")
	}
}

// namedInCode gives the texts in quotes that stand in the code of packages, tables of
// keys left out.
func namedInCode(t *testing.T, packages ...string) map[string]bool {
	t.Helper()
	asked := map[string]bool{}
	for _, pkg := range packages {
		files, err := filepath.Glob("../" + pkg + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal("no code", err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			code, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range strings.Split(nameInTable.ReplaceAllString(string(code), ""), `"`) {
				asked[text] = true
			}
		}
	}
	return asked
}
