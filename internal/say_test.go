package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"testing"
)

// A sentence takes the same arguments in both languages. fmt complains at run
// time, in the middle of a message, when a format leaves one out without naming
// the others by their index.
func TestEverySentenceTakesItsArgumentsInBothLanguages(t *testing.T) {
	said := 0
	for _, file := range goFiles(t) {
		files := token.NewFileSet()
		parsed, err := parser.ParseFile(files, file.path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !isSay(call.Fun) || len(call.Args) < 2 || call.Ellipsis.IsValid() {
				return true
			}
			for _, arg := range call.Args[:2] {
				literal, ok := arg.(*ast.BasicLit)
				if !ok {
					return true
				}
				format, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				said++
				if problem := badFormat(format, len(call.Args)-2); problem != "" {
					t.Errorf("%s: %s: %q", files.Position(call.Pos()), problem, format)
				}
			}
			return true
		})
	}
	if said < 100 {
		t.Errorf("only %d sentences were found", said)
	}
}

// isSay knows diag.Say, and say and Say where they are methods of the command.
func isSay(fun ast.Expr) bool {
	selector, ok := fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	on, _ := selector.X.(*ast.Ident)
	return on != nil && (on.Name == "diag" && selector.Sel.Name == "Say" || on.Name == "c" && selector.Sel.Name == "say")
}

var verb = regexp.MustCompile(`%(\[(\d+)\])?[#+.0-9]*([a-zA-Z%])`)

func badFormat(format string, args int) string {
	plain, indexed := 0, 0
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		switch {
		case m[3] == "%":
		case m[1] == "":
			plain++
		default:
			indexed++
			if i, _ := strconv.Atoi(m[2]); i < 1 || i > args {
				return "an index has no argument"
			}
		}
	}
	switch {
	case indexed == 0 && plain != args:
		return "takes " + strconv.Itoa(plain) + " arguments and gets " + strconv.Itoa(args)
	case indexed > 0 && plain > 0:
		return "names some arguments by index and some not"
	}
	return ""
}
