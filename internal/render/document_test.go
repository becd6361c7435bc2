package render

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/colour"
	"bilanz/layouts"
	"bilanz/static"
)

const (
	themesDocument = "../../docs/themes.md"
	designDocument = "../../docs/design.md"
)

var place = regexp.MustCompile(`(?s)<!-- (?:tokens|values|contrast|needs|methods|fields: \w+) -->\n.*?<!-- end -->\n`)

// The document of themes says what the views, the tokens and the needs of layouts are; a
// field without a comment is one that nobody could use.
func TestTheDocumentOfThemesSaysWhatThereIs(t *testing.T) {
	filledPlaces(t, themesDocument,
		"tokens", "needs", "methods", "fieldsSite", "fieldsslots", "fieldsHead", "fieldsPage",
		"fieldsFigures", "fieldsFigureEntry", "fieldsSearch", "fieldsChart",
		"fieldsTableBlock", "fieldsTable", "fieldsList", "fieldsHeadline", "fieldsCards", "fieldsNews",
		"fieldsDataPage", "fieldsDataFile", "fieldsDataColumn",
		"fieldsPrint", "fieldsPrintSubject", "fieldsPrintGroup", "fieldsPrintFigure",
		"fieldsChartPage", "fieldsEmbed", "fieldsAlias", "fieldsNotFound")
}

// The document of the design says what every token is, by day and by night, and names every
// file in which a component lies.
func TestTheDocumentOfTheDesignSaysWhatThereIs(t *testing.T) {
	text := filledPlaces(t, designDocument, "values", "contrast")
	for _, files := range []struct {
		in   fs.FS
		form string
	}{{static.FS, "css/*.css"}, {layouts.FS, "*.html"}} {
		names, err := fs.Glob(files.in, files.form)
		if err != nil || len(names) < 10 {
			t.Fatal(err, names)
		}
		for _, name := range names {
			if !strings.Contains(text, "`"+path.Base(name)+"`") {
				t.Errorf("%s does not name `%s`", designDocument, path.Base(name))
			}
		}
	}
}

// filledPlaces fills the places of a document, which must have all of these.
func filledPlaces(t *testing.T, document string, names ...string) string {
	t.Helper()
	text, err := os.ReadFile(document)
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
	for _, name := range names {
		if !said[name] {
			t.Errorf("%s lacks the place of %s", document, name)
		}
	}
	if filled == string(text) {
		return filled
	}
	if update := flag.Lookup("update"); update == nil || update.Value.String() != "true" {
		t.Fatalf("%s has fallen behind; run this test with -update", document)
	}
	if err := os.WriteFile(document, []byte(filled), 0o644); err != nil {
		t.Fatal(err)
	}
	return filled
}

func placeText(t *testing.T, kind, name string) string {
	t.Helper()
	var b strings.Builder
	switch kind {
	case "tokens":
		b.WriteString("| token | colours or sizes | |\n|---|---|---|\n")
		for _, m := range regexp.MustCompile(`(?m)^  --([a-z0-9-]+): .*; /\* (.*) \*/$`).FindAllStringSubmatch(daily(t), -1) {
			in := ""
			if slices.Contains(needed, m[1]) && m[1] != "tint" {
				in = "pictures"
			}
			fmt.Fprintf(&b, "| `--%s` | %s | %s |\n", m[1], m[2], in)
		}
	case "values":
		b.WriteString(valuesTable(t))
	case "contrast":
		b.WriteString(contrastTable(t))
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

// daily is what the file of tokens says before it comes to the night.
func daily(t *testing.T) string {
	t.Helper()
	before, _, _ := strings.Cut(tokensText(t), "@media")
	return before
}

// valuesTable says of every token what it is, by day, and by night where that differs.
func valuesTable(t *testing.T) string {
	t.Helper()
	_, night, _ := strings.Cut(tokensText(t), "@media")
	var b strings.Builder
	b.WriteString("| token | by day | by night | |\n|---|---|---|---|\n")
	aLine := regexp.MustCompile(`(?m)^ +--([a-z0-9-]+): ([^;]*);(?: /\* (.*) \*/)?$`)
	dark := map[string]string{}
	for _, m := range aLine.FindAllStringSubmatch(night, -1) {
		dark[m[1]] = "`" + m[2] + "`"
	}
	for _, m := range aLine.FindAllStringSubmatch(daily(t), -1) {
		fmt.Fprintf(&b, "| `--%s` | `%s` | %s | %s |\n", m[1], m[2], dark[m[1]], m[3])
	}
	return b.String()
}

// contrastTable says how well every colour stands out from the grounds.
func contrastTable(t *testing.T) string {
	t.Helper()
	theme := builtIn(t)
	var b strings.Builder
	b.WriteString("| colour | on paper, by day | on tint | on paper, by night | on tint |\n|---|--:|--:|--:|--:|\n")
	for _, name := range needed {
		if name == "paper" || name == "tint" {
			continue
		}
		fmt.Fprintf(&b, "| `--%s`", name)
		for _, tokens := range []Tokens{theme.light, theme.dark} {
			for _, ground := range tokens.Grounds() {
				fmt.Fprintf(&b, " | %.1f", colour.Contrast(tokens[name], ground))
			}
		}
		b.WriteString(" |\n")
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
