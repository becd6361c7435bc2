// Package internal_test holds the style guide as tests: what each package may
// import, and what to use instead.
package internal_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// order is the packages from the bottom to the top. A package imports only from
// packages before it.
var order = []string{
	"parallel",
	"pattern",
	"sequence",
	"diag",
	"source",
	"leftover",
	"colour",
	"calendar",
	"locale",
	"schema",
	"sheet",
	"form",
	"figure",
	"grid",
	"prose",
	"site",
	"accepted",
	"incoming",
	"typeset",
	"drawn",
	"picture",
	"chart",
	"card",
	"render",
	"audit",
	"data",
	"present",
	"listing",
	"compare",
	"output",
	"build",
	"edit",
	"revise",
	"reference",
	"editors",
	"starter",
	"preview",
}

// home says which package alone may import a module or a part of it, and why. The first
// row that fits an import decides.
var home = []struct{ module, pkg, instead string }{
	{"golang.org/x/text/encoding", "sheet", "old encodings are read by sheet.Decode"},
	{"golang.org/x/text", "locale", "ask locale.Lang for numbers, dates and words"},
	{"go.yaml.in/yaml", "schema", "read YAML with schema.Parse, which knows places"},
	{"github.com/yuin/goldmark", "prose", "read Markdown with prose.Parse or prose.Passage"},
	{"github.com/go-echarts", "chart", "describe a chart as chart.Spec"},
	{"github.com/dop251/goja", "chart", "draw with chart.Studio"},
	{"golang.org/x/image/draw", "picture", "pictures of authors are read and drawn anew by picture"},
	{"golang.org/x/image/webp", "picture", "pictures of authors are read and drawn anew by picture"},
	{"golang.org/x/image", "typeset", "measure and write texts with package typeset"}, // the rest of it
	{"html/template", "render", "make a view and let render fill the layout (template.HTML as a type is fine in present)"},
	{"golang.org/x/net/html", "audit", "check finished HTML with audit.Page"},
	{"golang.org/x/net/idna", "site", "read the address of a site with site.ParseBaseURL"},
	{"github.com/xuri/excelize", "sheet", "read workbooks with sheet.OpenXLSX"},
	{"golang.org/x/sys", "output", "write files with output.Tree"},
	{"github.com/fsnotify/fsnotify", "preview", "what is saved is heard by preview"},
	{"github.com/spf13/cobra", "cmd/bilanz", "flags belong to the command"},
}

// system lists the packages that may touch the operating system.
var system = []string{"source", "output", "edit", "preview", "cmd/bilanz"}

// touching are the standard packages that do.
var touching = []string{"os", "os/exec", "os/signal", "syscall", "net", "net/http", "io/ioutil", "path/filepath"}

// allowed are exceptions, each with its reason.
var allowed = map[string]string{
	"build html/template":   "what render makes of a block is handed on as template.HTML",
	"present html/template": "views hold template.HTML, and present fills them",
	"build path/filepath":   "names of folders that are handed to source and output",
}

// testOnly are packages that hold tests and tools for those who make bilanz, and no part of
// the product.
var testOnly = []string{"browser", "bench", "dist", "licence", "limits", "mutate", "paper", "soak", "supply"}

func TestEachImportIsAtHome(t *testing.T) {
	for _, file := range goFiles(t) {
		for _, path := range imports(t, file.path) {
			if problem := judge(file.pkg, path); problem != "" {
				t.Errorf("%s imports %s: %s", file.path, path, problem)
			}
		}
	}
}

// judge says what is wrong with an import, or nothing.
func judge(pkg, path string) string {
	if reason := allowed[pkg+" "+path]; reason != "" {
		return ""
	}
	for _, h := range home {
		if path != h.module && !strings.HasPrefix(path, h.module+"/") {
			continue
		}
		if pkg != h.pkg {
			return fmt.Sprintf("only %s may; %s", h.pkg, h.instead)
		}
		break // the first row that names it decides
	}
	if slices.Contains(touching, path) && !slices.Contains(system, pkg) {
		return fmt.Sprintf("only %s touch the operating system; take an fs.FS, or let the caller hand it in", strings.Join(system, ", "))
	}
	ours, inside := strings.CutPrefix(path, "bilanz/internal/")
	if !inside || pkg == "cmd/bilanz" {
		return ""
	}
	if slices.Index(order, ours) >= slices.Index(order, pkg) {
		return fmt.Sprintf("%s comes after %s in the order of packages (docs/architecture.md)", ours, pkg)
	}
	return ""
}

// tagged may hold tags in its texts, each with its reason. HTML is written in layouts,
// render and prose; what others know of it shows that it is written in two places.
var tagged = map[string]string{
	"render":    "it makes pages",
	"prose":     "it makes the HTML of Markdown",
	"chart":     "SVG, which is a picture",
	"audit":     "it reads finished pages, and says what to write into a layout",
	"picture":   "it recognises pictures, and writes none",
	"listing":   "the sitemap, which is XML",
	"sheet":     "parts of workbooks, which are XML",
	"preview":   "it adds its own style and script to finished pages",
	"reference": "comments that mark places in Markdown",
	"compare":   "Markdown for GitHub, which folds by a tag",
}

var tag = regexp.MustCompile(`</?[a-zA-Z][a-zA-Z0-9]*[\s>/]|<[a-z]+$`)

func TestHTMLIsWrittenInLayoutsRenderAndProseOnly(t *testing.T) {
	for _, file := range goFiles(t) {
		if tagged[file.pkg] != "" {
			continue
		}
		for _, text := range literals(t, file.path) {
			if tag.MatchString(text) {
				t.Errorf("%s holds the tag %q: let package render write it", file.path, text)
			}
		}
	}
	for _, text := range []string{`<a href="`, "<p>", "</li>", "<br/>", `x <data class="fig" value="`, "<iframe"} {
		if !tag.MatchString(text) {
			t.Errorf("%q would pass for no tag", text)
		}
	}
	for _, text := range []string{"a < b", "<=", "<U+%04X>", "<<< old", "1<2"} {
		if tag.MatchString(text) {
			t.Errorf("%q passes for a tag", text)
		}
	}
}

// literals lists the texts in a file of Go.
func literals(t *testing.T, path string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil {
				texts = append(texts, text)
			}
		}
		return true
	})
	return texts
}

func TestJudgeRefusesWhatItMust(t *testing.T) {
	for _, c := range [][2]string{
		{"figure", "go.yaml.in/yaml/v4"}, {"chart", "os"}, {"prose", "bilanz/internal/site"},
		{"render", "bilanz/internal/build"}, {"site", "github.com/yuin/goldmark/ast"}, {"prose", "html/template"},
		{"typeset", "golang.org/x/image/draw"}, {"picture", "golang.org/x/image/font"},
	} {
		if judge(c[0], c[1]) == "" {
			t.Errorf("%s may import %s, it seems", c[0], c[1])
		}
	}
}

func TestEveryPackageIsInTheOrderAndTellsItsPurpose(t *testing.T) {
	told := map[string]bool{}
	for _, file := range goFiles(t) {
		text, err := os.ReadFile(file.path)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(order, file.pkg) && file.pkg != "cmd/bilanz" {
			t.Errorf("%s: the package %s is not in the order of packages", file.path, file.pkg)
		}
		name := file.pkg[strings.LastIndexByte(file.pkg, '/')+1:]
		if strings.Contains(string(text), "// Package "+name+" ") || strings.Contains(string(text), "// Command "+name+" ") {
			told[file.pkg] = true
		}
	}
	for _, pkg := range append(slices.Clone(order), "cmd/bilanz") {
		if !told[pkg] {
			t.Errorf("package %s has no comment that tells its purpose", pkg)
		}
	}
}

func TestTheTableOfPackagesIsTheirOrder(t *testing.T) {
	text, err := os.ReadFile("../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for line := range strings.Lines(string(text)) {
		name, isRow := strings.CutPrefix(line, "| `")
		if name, _, ok := strings.Cut(name, "` |"); isRow && ok && !strings.ContainsAny(name, "/ ") {
			told = append(told, name)
		}
	}
	if !slices.Equal(told, order) {
		t.Errorf("docs/architecture.md lists the packages\n%q\nbut their order is\n%q", told, order)
	}
}

type goFile struct{ path, pkg string }

// goFiles lists the files of the product, without tests.
func goFiles(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	for _, root := range []string{".", "../cmd"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() && (entry.Name() == "testdata" || slices.Contains(testOnly, path)) {
				return fs.SkipDir
			}
			if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
				pkg := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../")
				files = append(files, goFile{path, pkg})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func imports(t *testing.T, path string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range parsed.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// harmless are packages that a drawing does not change with, each with its reason.
var harmless = map[string]string{
	"diag":  "it words what cannot be drawn",
	"drawn": "it makes the keys",
}

// A drawing is kept under a key of all that it is made from. Packages that draw name the
// sources of each package that they draw with, or an old picture would come back.
func TestDrawingsAreKeptUnderAllThatTheyAreMadeFrom(t *testing.T) {
	used, texts := map[string][]string{}, map[string]string{}
	for _, file := range goFiles(t) {
		text, err := os.ReadFile(file.path)
		if err != nil {
			t.Fatal(err)
		}
		texts[file.pkg] += string(text)
		for _, path := range imports(t, file.path) {
			if ours, ok := strings.CutPrefix(path, "bilanz/internal/"); ok {
				used[file.pkg] = append(used[file.pkg], ours)
			}
		}
	}
	for _, pkg := range []string{"chart", "card", "picture"} {
		if !strings.Contains(texts[pkg], "drawn.With(sources") {
			t.Errorf("%s does not name its own sources to drawn.With", pkg)
		}
		seen := map[string]bool{}
		for rest := used[pkg]; len(rest) > 0; rest = rest[1:] {
			other := rest[0]
			if seen[other] || harmless[other] != "" {
				continue
			}
			seen[other] = true
			rest = append(rest, used[other]...)
			if !strings.Contains(texts[pkg], other+".Sources") {
				t.Errorf("%s draws with %s, so drawn.With needs %s.Sources", pkg, other, other)
			}
		}
	}
}

// A goroutine outside parallel that panics would end the program without a word.
func TestGoroutinesAreStartedByParallelAlone(t *testing.T) {
	alone := map[string]bool{"parallel": true, "cmd/bilanz": true} // the command waits for signals, which cannot panic
	for _, file := range goFiles(t) {
		if alone[file.pkg] {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file.path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s starts a goroutine: use parallel.Group", file.path)
			case *ast.SelectorExpr:
				if pkg, ok := n.X.(*ast.Ident); ok && pkg.Name == "sync" && n.Sel.Name == "WaitGroup" {
					t.Errorf("%s has a sync.WaitGroup: use parallel.Group", file.path)
				}
			}
			return true
		})
	}
}
