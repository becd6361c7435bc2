package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// mutation is a file of the product, changed in one place.
type mutation struct {
	path     string
	line     int
	function string
	was, is  string
	nth      int    // of those of this name in the function, from 1
	text     []byte // the whole file
}

// String names a mutation without its line, so that living.txt outlives edits.
func (m mutation) String() string {
	name := fmt.Sprintf("%s %s: %s → %s", filepath.ToSlash(m.path), m.function, short(m.was), short(m.is))
	if m.nth > 1 {
		name += fmt.Sprintf(" (%d)", m.nth)
	}
	return name
}

// short writes code in one line, the middle left out where it is long.
func short(code string) string {
	r := []rune(strings.Join(strings.Fields(code), " "))
	if len(r) > 120 {
		r = slices.Concat(r[:60], []rune(" … "), r[len(r)-60:])
	}
	return string(r)
}

// turned are the operators and what becomes of each.
var turned = map[token.Token]string{
	token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">", token.EQL: "!=", token.NEQ: "==",
	token.LAND: "||", token.LOR: "&&",
}

// finder collects the mutations of one file.
type finder struct {
	path     string
	files    *token.FileSet
	text     []byte
	function string
	named    map[string]int // so often each name was given
	found    []mutation
}

// mutationsOf finds every mutation of a folder's files, or of one file.
func mutationsOf(name string) ([]mutation, error) {
	paths := []string{name}
	if !strings.HasSuffix(name, ".go") {
		paths, _ = filepath.Glob(filepath.Join(name, "*.go"))
	}
	var all []mutation
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		f := &finder{path: path, files: token.NewFileSet(), text: text, named: map[string]int{}}
		parsed, err := parser.ParseFile(f.files, path, text, 0)
		if err != nil {
			return nil, err
		}
		ast.Inspect(parsed, f.visit)
		all = append(all, f.found...)
	}
	if all == nil {
		return nil, fmt.Errorf("%s holds nothing to mutate", name)
	}
	return all, nil
}

func (f *finder) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncDecl:
		f.function = n.Name.Name
	case *ast.BinaryExpr:
		f.binary(n)
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			f.add(n, n, f.code(n.X))
		}
	case *ast.IfStmt:
		f.add(n.Cond, n.Cond, "!("+f.code(n.Cond)+")")
	case *ast.ReturnStmt:
		for _, result := range n.Results {
			if word, ok := result.(*ast.Ident); ok && (word.Name == "true" || word.Name == "false") {
				f.add(n, word, strconv.FormatBool(word.Name == "false"))
			}
		}
	case *ast.BlockStmt:
		f.statements(n.List)
	case *ast.CaseClause:
		f.statements(n.Body)
	}
	return true
}

func (f *finder) binary(n *ast.BinaryExpr) {
	other, ok := turned[n.Op]
	if !ok {
		return
	}
	f.add(n, n, f.code(n.X)+" "+other+" "+f.code(n.Y))
	for _, side := range []ast.Expr{n.X, n.Y} {
		if number, ok := side.(*ast.BasicLit); ok && number.Kind == token.INT {
			f.add(n, number, "("+number.Value+"+1)")
			f.add(n, number, "("+number.Value+"-1)")
		}
	}
}

// statements drops calls, assignments and jumps, which stay as code that is never
// reached, so that their names are still used.
func (f *finder) statements(list []ast.Stmt) {
	for _, n := range list {
		switch n := n.(type) {
		case *ast.ExprStmt, *ast.IncDecStmt, *ast.BranchStmt:
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				continue
			}
		default:
			continue
		}
		f.add(n, n, "if false { "+f.code(n)+" }")
	}
}

// add notes the mutation that writes with for part; whole is what names it.
func (f *finder) add(whole, part ast.Node, with string) {
	at := func(p token.Pos) int { return f.files.Position(p).Offset }
	start, end := at(part.Pos()), at(part.End())
	m := mutation{
		path: f.path, line: f.files.Position(part.Pos()).Line, function: f.function,
		was:  f.code(whole),
		is:   string(f.text[at(whole.Pos()):start]) + with + string(f.text[end:at(whole.End())]),
		text: slices.Concat(f.text[:start], []byte(with), f.text[end:]),
	}
	f.named[m.String()]++
	m.nth = f.named[m.String()]
	f.found = append(f.found, m)
}

func (f *finder) code(n ast.Node) string {
	return string(f.text[f.files.Position(n.Pos()).Offset:f.files.Position(n.End()).Offset])
}
