package internal_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bilanz/internal/accepted"
)

var update = flag.Bool("update", false, "copy the examples of docs/errors.md and docs/fehler.md from the snapshots")

// document is the description of all codes in one language.
type document struct {
	path    string
	why     string // what begins the reason, in bold
	todo    string // what begins the advice
	mayWait string // how the document says that somebody may sign for a problem
	message *regexp.Regexp
}

var documents = map[string]document{
	"en": {"docs/errors.md", "Why", "What to do", "This may wait",
		regexp.MustCompile(`^(.*?(?:error|warning): .*) \[([a-z]+(?:-[a-z0-9]+)+)\]$`)},
	"de": {"docs/fehler.md", "Warum", "Was zu tun ist", "Das darf warten",
		regexp.MustCompile(`^(.*?(?:Fehler|Warnung): .*) \[([a-z]+(?:-[a-z0-9]+)+)\]$`)},
}

// Every code that the product can print is described in both languages, with an
// example that stands word for word in a snapshot of some test, and nothing is
// described that does not exist.
func TestEveryCodeIsDescribedAndUnderSnapshot(t *testing.T) {
	inCode := codes(t)
	if len(inCode) < 150 {
		t.Errorf("only %d codes were found in the source", len(inCode))
	}
	for lang, doc := range documents {
		documented, shown := doc.sections(t), snapshots(t, lang)
		for _, code := range slices.Sorted(maps.Keys(inCode)) {
			if documented[code] == nil {
				t.Errorf("%s: %s is not described in %s", inCode[code], code, doc.path)
			}
			if len(shown[code]) == 0 {
				t.Errorf("%s: no snapshot holds a message with %s in %s", inCode[code], code, lang)
			}
		}
		for code := range shown {
			if inCode[code] == "" {
				t.Errorf("a snapshot holds %s, which is in no source", code)
			}
		}
		doc.check(t, inCode, documented, shown)
	}
}

func (doc document) check(t *testing.T, inCode map[string]string, documented map[string]*section, shown map[string][]string) {
	t.Helper()
	text := read(t, "../"+doc.path)
	for _, code := range accepted.Waivable {
		if opening, _, _ := strings.Cut(text, "\n## "); !strings.Contains(opening, "`"+code+"`") {
			t.Errorf("%s: the opening does not say that %s may wait", doc.path, code)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(documented)) {
		s := documented[code]
		if inCode[code] == "" {
			t.Errorf("%s describes %s, which does not exist", doc.path, code)
		}
		if waits := slices.Contains(accepted.Waivable, code); waits != strings.Contains(s.rest, doc.mayWait) {
			t.Errorf("%s: %s: whether it may wait is %v, and the text says otherwise", doc.path, code, waits)
		}
		if len(shown[code]) > 0 && !slices.Contains(shown[code], s.example) {
			if !*update {
				t.Errorf("%s: the example of %s stands in no snapshot; run the test with -update", doc.path, code)
			}
			text = strings.Replace(text, s.whole, s.with(shown[code][0]), 1)
		}
	}
	if *update {
		if err := os.WriteFile("../"+doc.path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Both documents have the same codes in the same order, under as many headings.
func TestTheDescriptionsOfCodesAgree(t *testing.T) {
	heading := regexp.MustCompile(`(?m)^(## |### [a-z0-9-]+$)`)
	en := heading.FindAllString(read(t, "../docs/errors.md"), -1)
	de := heading.FindAllString(read(t, "../docs/fehler.md"), -1)
	if !slices.Equal(en, de) {
		t.Errorf("docs/errors.md has\n%s\nand docs/fehler.md has\n%s", en, de)
	}
}

// section is what a document says about one code: one sentence, an example, why,
// and what to do.
type section struct{ code, whole, example, rest string }

func (s *section) with(example string) string {
	end := ""
	if s.example == "" {
		end = "\n" // there is no line yet
	}
	return strings.Replace(s.whole, "```text\n"+s.example, "```text\n"+example+end, 1)
}

func (doc document) sections(t *testing.T) map[string]*section {
	t.Helper()
	form := regexp.MustCompile(`(?s)^([a-z0-9-]+)\n\n[^\n]+[^.\n]\n\n` + "```text\n(.*?)\n?```" +
		`\n\n(\*\*` + doc.why + `\.\*\* [^\n]+\n\n\*\*` + doc.todo + `\.\*\* [^\n]+)\n$`)
	all := map[string]*section{}
	for _, group := range strings.Split("\n"+read(t, "../"+doc.path), "\n## ")[1:] {
		last := ""
		for _, part := range strings.Split("\n"+group, "\n### ")[1:] {
			part = strings.TrimRight(part, "\n") + "\n"
			m := form.FindStringSubmatch(part)
			if m == nil {
				t.Errorf("%s: this is not a code, a sentence, an example, why and what to do:\n%s", doc.path, part)
				continue
			}
			s := &section{code: m[1], whole: part, example: m[2], rest: m[3]}
			if all[s.code] != nil || s.code < last {
				t.Errorf("%s: %s stands twice or not in order", doc.path, s.code)
			}
			all[s.code], last = s, s.code
		}
	}
	return all
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var messageMore = regexp.MustCompile(`^(?:      \|| +\d+ \||   |$)`)

// snapshots collects the messages in a language that tests expect, whole, by code.
func snapshots(t *testing.T, lang string) map[string][]string {
	t.Helper()
	all, far := map[string][]string{}, map[string]int{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git" || entry.Name() == ".bilanz" || entry.Name() == "diag"):
			return fs.SkipDir
		case entry.IsDir() || !strings.Contains(path, "testdata") || !(strings.HasSuffix(path, ".txtar") || strings.HasSuffix(path, ".txt")):
			return nil
		}
		lines := strings.Split(read(t, path), "\n")
		for i, line := range lines {
			m := documents[lang].message.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			end := i + 1
			for end < len(lines) && messageMore.MatchString(lines[end]) {
				end++
			}
			message := strings.TrimRight(strings.Join(lines[i:end], "\n"), "\n")
			far[message] = farFromGood(message, path, lang)
			all[m[2]] = append(all[m[2]], message)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for code, messages := range all {
		slices.SortStableFunc(messages, func(a, b string) int { return far[a] - far[b] })
		all[code] = slices.Compact(messages)
	}
	return all
}

// farFromGood puts first the example that shows most without being long: of a
// whole site before a made-up file, and of a page in the language of the message.
func farFromGood(message, path, lang string) int {
	const good = 8 // lines: the sentence, the excerpt, a note and two ways out
	far := max(good-strings.Count(message, "\n"), 3*(strings.Count(message, "\n")-good)) + len(message)/400
	if !strings.HasPrefix(path, filepath.FromSlash("../build/")) {
		far += good / 2
	}
	switch {
	case strings.HasPrefix(message, "claim:"): // not a file
		far += good
	case lang != "en" && strings.HasPrefix(message, "content/en/"):
		far += good / 2
	}
	return far
}

// codes finds every code in the source, with a place that makes it. It follows a
// code from the field Code (or code) of a struct back to where it is written: to
// the arguments of the calls of the function, or to what a function returns.
func codes(t *testing.T) map[string]string {
	t.Helper()
	byPackage := map[string]*codeFinder{}
	for _, file := range goFiles(t) {
		f := byPackage[file.pkg]
		if f == nil {
			f = &codeFinder{files: token.NewFileSet(), found: map[string]string{}, done: map[string]bool{}}
			byPackage[file.pkg] = f
		}
		parsed, err := parser.ParseFile(f.files, file.path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		f.parsed = append(f.parsed, parsed)
	}
	all := map[string]string{}
	for _, f := range byPackage {
		f.find()
		maps.Copy(all, f.found)
	}
	return all
}

type codeFinder struct {
	files  *token.FileSet
	parsed []*ast.File
	found  map[string]string
	done   map[string]bool
}

func (f *codeFinder) find() {
	f.each(func(n ast.Node, within *ast.FuncType, body ast.Node) {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && (key.Name == "Code" || key.Name == "code") {
				f.take(n.Value, within, body, "")
			}
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				if sel, ok := left.(*ast.SelectorExpr); ok && (sel.Sel.Name == "code" || sel.Sel.Name == "Code") && i < len(n.Rhs) {
					f.take(n.Rhs[i], within, body, "")
				}
			}
		}
	})
}

// each walks all functions of the package.
func (f *codeFinder) each(do func(n ast.Node, within *ast.FuncType, body ast.Node)) {
	for _, file := range f.parsed {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			var walk func(n ast.Node, within *ast.FuncType, body ast.Node)
			walk = func(n ast.Node, within *ast.FuncType, body ast.Node) {
				ast.Inspect(n, func(n ast.Node) bool {
					if inner, ok := n.(*ast.FuncLit); ok && n != body {
						walk(inner.Body, merged(within, inner.Type), body)
						return false
					}
					if n != nil {
						do(n, within, body)
					}
					return true
				})
			}
			walk(fn.Body, fn.Type, fn)
		}
	}
}

// merged lets a function inside another see the parameters of both.
func merged(outer, inner *ast.FuncType) *ast.FuncType {
	return &ast.FuncType{Params: &ast.FieldList{List: append(slices.Clone(inner.Params.List), outer.Params.List...)}}
}

var codeForm = regexp.MustCompile(`^[a-z]+(-[a-z0-9]+)+$`)

// take follows an expression that gives a code, or its beginning before suffix.
func (f *codeFinder) take(e ast.Expr, within *ast.FuncType, body ast.Node, suffix string) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if code, err := strconv.Unquote(e.Value); err == nil && codeForm.MatchString(code+suffix) {
			f.found[code+suffix] = f.files.Position(e.Pos()).String()
		}
	case *ast.BinaryExpr:
		if end, ok := e.Y.(*ast.BasicLit); ok && e.Op == token.ADD {
			text, _ := strconv.Unquote(end.Value)
			f.take(e.X, within, body, text+suffix)
		}
	case *ast.Ident:
		f.variable(e.Name, within, body, suffix)
	case *ast.CallExpr:
		f.returned(callee(e), suffix)
		for _, arg := range e.Args { // a function that hands its argument on
			f.take(arg, within, body, suffix)
		}
	}
}

// variable follows a parameter to the calls of its function, and another variable
// to what is assigned to it.
func (f *codeFinder) variable(name string, within *ast.FuncType, body ast.Node, suffix string) {
	fn, _ := body.(*ast.FuncDecl)
	key := fmt.Sprint(fn.Name.Name, fn.Pos(), name, suffix)
	if f.done[key] {
		return
	}
	f.done[key] = true
	if i := parameter(fn.Type, name); i >= 0 {
		f.each(func(n ast.Node, within *ast.FuncType, body ast.Node) {
			if call, ok := n.(*ast.CallExpr); ok && callee(call) == fn.Name.Name && i < len(call.Args) {
				f.take(call.Args[i], within, body, suffix)
			}
		})
		return
	}
	ast.Inspect(fn, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if ok {
			for i, left := range assign.Lhs {
				if id, ok := left.(*ast.Ident); !ok || id.Name != name {
					continue
				}
				if call, ok := assign.Rhs[0].(*ast.CallExpr); ok && len(assign.Rhs) == 1 {
					f.returned(callee(call), suffix)
				} else if i < len(assign.Rhs) {
					f.take(assign.Rhs[i], within, body, suffix)
				}
			}
		}
		call, ok := n.(*ast.CallExpr) // of a function that is a variable: bad("value-words", …)
		if ok {
			if lit := literal(fn, callee(call)); lit != nil {
				if i := parameter(lit.Type, name); i >= 0 && i < len(call.Args) {
					f.take(call.Args[i], within, body, suffix)
				}
			}
		}
		return true
	})
}

// returned takes the first result of a function.
func (f *codeFinder) returned(name, suffix string) {
	f.each(func(n ast.Node, within *ast.FuncType, body ast.Node) {
		ret, ok := n.(*ast.ReturnStmt)
		if ok && body.(*ast.FuncDecl).Name.Name == name && len(ret.Results) > 0 {
			if _, isCall := ret.Results[0].(*ast.CallExpr); !isCall {
				f.take(ret.Results[0], within, body, suffix)
			}
		}
	})
}

func callee(call *ast.CallExpr) string {
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// literal finds the function that is assigned to a variable.
func literal(fn *ast.FuncDecl, name string) (found *ast.FuncLit) {
	ast.Inspect(fn, func(n ast.Node) bool {
		if assign, ok := n.(*ast.AssignStmt); ok && len(assign.Lhs) == 1 {
			id, isName := assign.Lhs[0].(*ast.Ident)
			if lit, isFunc := assign.Rhs[0].(*ast.FuncLit); isName && isFunc && id.Name == name {
				found = lit
			}
		}
		return true
	})
	return found
}

func parameter(fn *ast.FuncType, name string) int {
	i := 0
	for _, field := range fn.Params.List {
		for _, id := range field.Names {
			if id.Name == name {
				return i
			}
			i++
		}
	}
	return -1
}

// A finder that finds nothing would pass; these are one of each way.
func TestTheFinderFollowsACodeToWhereItIsWritten(t *testing.T) {
	var missing bytes.Buffer
	found := codes(t)
	for _, code := range []string{"citation-missing", "figure-twice", "claim-fails", "disk-full", "value-words", "html-id-twice", "yaml-tab", "output-in-git", "period-unknown"} {
		if found[code] == "" {
			fmt.Fprintln(&missing, code)
		}
	}
	if missing.Len() > 0 {
		t.Errorf("not found:\n%s", missing.String())
	}
}
