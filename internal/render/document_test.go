package render

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const themesDocument = "../../docs/themes.md"

var place = regexp.MustCompile(`(?s)<!-- (?:tokens|needs|methods|fields: \w+) -->\n.*?<!-- end -->\n`)

// The document of themes says what the views, the tokens and the needs of layouts are; a
// field without a comment is one that nobody could use.
func TestTheDocumentOfThemesSaysWhatThereIs(t *testing.T) {
	text, err := os.ReadFile(themesDocument)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	filled := place.ReplaceAllStringFunc(string(text), func(old string) string {
		first, _, _ := strings.Cut(old, "\n")
		kind, name, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(first, "<!-- "), " -->"), ": ")
		said[kind+name] = true
		return first + "\n" + placeText(t, kind, name) + "<!-- end -->\n"
	})
	for _, name := range []string{
		"tokens", "needs", "methods", "fieldsSite", "fieldsslots", "fieldsHead", "fieldsPage", "fieldsFigures", "fieldsFigureEntry", "fieldsChart",
		"fieldsTableBlock", "fieldsTable", "fieldsList", "fieldsHeadline", "fieldsCards", "fieldsNews",
		"fieldsChartPage", "fieldsEmbed", "fieldsAlias", "fieldsNotFound",
	} {
		if !said[name] {
			t.Errorf("%s lacks the place of %s", themesDocument, name)
		}
	}
	if filled == string(text) {
		return
	}
	if update := flag.Lookup("update"); update == nil || update.Value.String() != "true" {
		t.Fatalf("%s has fallen behind; run this test with -update", themesDocument)
	}
	if err := os.WriteFile(themesDocument, []byte(filled), 0o644); err != nil {
		t.Fatal(err)
	}
}

func placeText(t *testing.T, kind, name string) string {
	t.Helper()
	var b strings.Builder
	switch kind {
	case "tokens":
		b.WriteString("| token | colours or sizes | |\n|---|---|---|\n")
		for _, m := range regexp.MustCompile(`(?m)^  --([a-z0-9-]+): .*; /\* (.*) \*/$`).FindAllStringSubmatch(tokensText(t), -1) {
			in := ""
			if slices.Contains(needed, m[1]) && m[1] != "tint" {
				in = "pictures"
			}
			fmt.Fprintf(&b, "| `--%s` | %s | %s |\n", m[1], m[2], in)
		}
	case "needs":
		b.WriteString("| layout | |\n|---|---|\n")
		for _, n := range needs {
			fmt.Fprintf(&b, "| `%s` | `{{%s}}` |\n", n.layout, strings.Join(n.what, "}}`, `{{"))
		}
	case "methods":
		b.WriteString("| | |\n|---|---|\n")
		for _, m := range methods(t) {
			fmt.Fprintf(&b, "| `.%s` | %s |\n", m[0], m[1])
		}
	case "fields":
		b.WriteString("| field | |\n|---|---|\n")
		for _, f := range fields(t, name) {
			fmt.Fprintf(&b, "| `.%s` | %s |\n", f[0], f[1])
		}
	}
	return b.String()
}

func tokensText(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../static/" + tokensFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func sources(t *testing.T) []*ast.File {
	t.Helper()
	var files []*ast.File
	set := token.NewFileSet()
	for _, name := range []string{"view.go", "page.go", "render.go", "look.go", "entry.go"} {
		file, err := parser.ParseFile(set, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// fields gives the fields of a view with what their comments say.
func fields(t *testing.T, name string) [][2]string {
	t.Helper()
	var all [][2]string
	for _, file := range sources(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok || spec.Name.Name != name {
				return true
			}
			for _, field := range spec.Type.(*ast.StructType).Fields.List {
				for _, id := range field.Names {
					all = append(all, [2]string{id.Name, oneLine(field.Comment.Text())})
				}
			}
			return false
		})
	}
	if len(all) == 0 {
		t.Errorf("there is no view %s", name)
	}
	return all
}

// methods gives what layouts may call, with what the comments say.
func methods(t *testing.T) [][2]string {
	t.Helper()
	var all [][2]string
	for _, file := range sources(t) {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || !fn.Name.IsExported() {
				continue
			}
			receiver := fn.Recv.List[0].Type
			if generic, ok := receiver.(*ast.IndexExpr); ok {
				receiver = generic.X
			}
			if id, ok := receiver.(*ast.Ident); !ok || id.Name != "here" && id.Name != "fill" {
				continue
			}
			if fn.Doc == nil {
				t.Errorf("%s has no comment", fn.Name.Name)
			}
			var args []string
			for _, arg := range fn.Type.Params.List {
				for _, id := range arg.Names {
					args = append(args, id.Name)
				}
			}
			all = append(all, [2]string{strings.Join(append([]string{fn.Name.Name}, args...), " "), oneLine(fn.Doc.Text())})
		}
	}
	slices.SortFunc(all, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return all
}

func oneLine(comment string) string {
	text := strings.ReplaceAll(strings.Join(strings.Fields(comment), " "), "|", `\|`)
	return regexp.MustCompile(`\[(\w+)\]`).ReplaceAllString(text, "$1") // links of Go comments
}
