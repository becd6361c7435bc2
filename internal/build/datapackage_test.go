package build

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"bilanz/internal/data"
)

// packaged is what a test reads of a descriptor.
type packaged struct {
	Name      string
	Title     string
	Resources []struct {
		Name, Type, Path, Hash string
		Bytes                  int
		Dialect                struct{ Delimiter string }
		Schema                 struct {
			PrimaryKey []string
			Fields     []packagedField
		}
	}
}

type packagedField struct {
	Name, Type, DecimalChar string
	Constraints             struct {
		Required, Unique bool
		Enum             []string
	}
}

// The data package is one by version 2.0 of the standard, and what it says of the other files
// is so: their sizes, checksums, columns, types and codes.
func checkPackage(t *testing.T, schema *jsonschema.Schema, result Result, files map[string]string) {
	t.Helper()
	text := files["data/datapackage.json"]
	content, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(content); err != nil {
		t.Error(err)
	}
	var p packaged
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range p.Resources {
		names = append(names, r.Name)
		file := files["data/"+r.Path]
		sum := sha256.Sum256([]byte(file))
		if len(file) != r.Bytes || r.Hash != "sha256:"+hex.EncodeToString(sum[:]) {
			t.Errorf("%s has %d bytes, not %d, or another checksum", r.Path, len(file), r.Bytes)
		}
		if r.Type == "table" {
			checkFields(t, r.Path, file, rune(r.Dialect.Delimiter[0]), r.Schema.PrimaryKey, r.Schema.Fields)
		}
	}
	checkNames(t, "the package", names, nil)
	if want := len(result.Site.Config.Langs) + 3; len(p.Resources) < want {
		t.Errorf("%d resources, want %d at least", len(p.Resources), want)
	}
	checkArchive(t, files, p.Name, result.Figures <= data.MostInWorkbook)
}

func compiled(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// checkFields holds a table against what is said of its columns.
func checkFields(t *testing.T, file, text string, comma rune, key []string, fields []packagedField) {
	t.Helper()
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	reader.Comma = comma
	lines, err := reader.ReadAll()
	if err != nil || !utf8.ValidString(text) {
		t.Fatalf("%s: %v", file, err)
	}
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
	}
	checkNames(t, file, names, key)
	if !slices.Equal(lines[0], names) {
		t.Fatalf("%s has the columns %q, the package says %q", file, lines[0], names)
	}
	for i, f := range fields {
		met := map[string]bool{}
		for _, line := range lines[1:] {
			cell := line[i]
			once := f.Constraints.Unique || slices.Contains(key, f.Name)
			if f.Constraints.Required && cell == "" || once && met[cell] {
				t.Errorf("%s: %q stands twice in %s, or nothing does", file, cell, f.Name)
			}
			met[cell] = true
			if cell != "" && !f.allows(cell) {
				t.Errorf("%s: %q is no %s for %s", file, cell, f.Type, f.Name)
			}
		}
	}
}

// checkNames sees that each name is that of one thing, and each key a name.
func checkNames(t *testing.T, where string, names, keys []string) {
	t.Helper()
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			t.Errorf("%s has two of the name %s", where, name)
		}
	}
	for _, key := range keys {
		if !slices.Contains(names, key) {
			t.Errorf("%s has nothing of the name %s", where, key)
		}
	}
}

func (f packagedField) allows(cell string) bool {
	if enum := f.Constraints.Enum; enum != nil && !slices.Contains(enum, cell) {
		return false
	}
	if f.DecimalChar != "" {
		if strings.Contains(cell, ".") {
			return false
		}
		cell = strings.Replace(cell, f.DecimalChar, ".", 1)
	}
	switch f.Type {
	case "number":
		return isDecimal(cell)
	case "integer":
		return isWhole(cell)
	case "date":
		return isDay(cell)
	case "boolean":
		return cell == "true"
	}
	return f.Type == "string"
}

// checkArchive sees that the one file holds all the others, and a text in each language.
func checkArchive(t *testing.T, files map[string]string, name string, there bool) {
	t.Helper()
	text, ok := files["data/"+name+".zip"]
	if ok != there {
		t.Fatalf("the archive %s is there: %t", name, ok)
	}
	if !ok {
		return
	}
	packed, err := zip.NewReader(strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	readmes, others := 0, 0
	for _, f := range packed.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		base, inside := strings.CutPrefix(f.Name, name+"/")
		switch {
		case !inside:
			t.Errorf("%s stands beside the folder", f.Name)
		case strings.HasPrefix(base, "README-"):
			readmes++
		case string(content) == files["data/"+base]:
			others++
		default:
			t.Errorf("%s is not the file beside the archive", f.Name)
		}
	}
	if readmes == 0 || others != 2*readmes+4 {
		t.Errorf("the archive has %d texts and %d files", readmes, others)
	}
}

// Programs of others read every file without an option but what the data package says, find one
// type in each column, and in the workbooks what the tables say. Node is there wherever all
// tests run; where there is Python a dozen lines of it read the tables too.
func TestProgramsOfOthersReadTheFiles(t *testing.T) {
	_, out := built(t, "testdata/library", Options{})
	tables, figures := "", 0
	for _, name := range []string{"figures-en.csv", "figures-de.csv", "figures.csv", "codebook.csv"} {
		text, err := os.ReadFile(filepath.Join(out, "data", name))
		if err != nil {
			t.Fatal(err)
		}
		reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff")))
		if name == "figures-de.csv" {
			reader.Comma = ';'
		}
		lines, err := reader.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		tables += fmt.Sprintln(name, len(lines)-1, len(lines[0]), "true")
		if name == "figures.csv" {
			figures = len(lines) - 1
		}
	}
	rest := fmt.Sprintf("figures-en.xlsx %[1]d true\nfigures-de.xlsx %[1]d true\nfigures.json %[1]d\n", figures)
	for _, c := range []struct{ program, script, want string }{
		{"node", "read.mjs", tables + rest}, {"python3", "read.py", tables},
	} {
		t.Run(c.program, func(t *testing.T) {
			program, err := exec.LookPath(c.program)
			if err != nil && c.program == "node" && os.Getenv("CI") != "" {
				t.Fatal(err) // the other one reads less, and need not be there
			} else if err != nil {
				t.Skip(err)
			}
			script, files := filepath.Join("testdata", c.script), filepath.Join(out, "data")
			said, err := exec.Command(program, script, files).CombinedOutput()
			if err != nil || string(said) != c.want {
				t.Errorf("got %v\n%s\nwant\n%s", err, said, c.want)
			}
		})
	}
}
