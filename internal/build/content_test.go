package build

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/fstest"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/output"
	"bilanz/internal/parallel"
)

// The tests of this file alone look at the project's own content here. It may say
// anything: what is wrong with it is told by "bilanz check", and never by a test. What
// other tests need to find on a page stands in sites of their own.

// ownProject is the project's root, with its own content.
const ownProject = "../.."

// underTest gives the project's own files, or those of the fact sheet where the content
// has errors, so that there is no site of it to look at.
func underTest(t *testing.T) fstest.MapFS {
	t.Helper()
	own, cannot := ownFiles()
	if cannot != "" {
		t.Logf("%s: the fact sheet is looked at in its place; make check says more", cannot)
		return filesOf(t, factSheet)
	}
	return own
}

var ownFiles = sync.OnceValues(func() (files fstest.MapFS, cannot string) {
	files = fstest.MapFS{}
	for _, folder := range []string{"content", "layouts", "static"} {
		disk := os.DirFS(filepath.Join(ownProject, folder))
		err := fs.WalkDir(disk, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := fs.ReadFile(disk, name)
			files[folder+"/"+name] = &fstest.MapFile{Data: text}
			return err
		})
		if err != nil {
			return files, err.Error()
		}
	}
	result, err := Build(context.Background(), Options{
		Files: files, Into: nowhere{}, NoCards: true, Drawings: pictures,
	})
	if err != nil {
		return files, err.Error()
	}
	if n := diag.Count(result.Diagnostics, diag.Error); n > 0 {
		return files, fmt.Sprintf("the content has %d errors", n)
	}
	return files, ""
})

func TestTheContentIsPublishedWhole(t *testing.T) {
	var site output.Memory
	result, err := Build(t.Context(), Options{
		Files: underTest(t), Into: &site, BaseURL: "https://example.org/", Drawings: pictures,
	})
	if err != nil {
		t.Fatal(err)
	}
	files := inFiles(&site)
	described, _ := undescribed(files)
	for _, problem := range slices.Concat(notWhole(t, result, files), described) {
		t.Error(problem)
	}
}

// A list of what the source says is typed from the source, so it falls behind with each
// number that changes: whoever has typed the new one asks for this with "make proof".
var proof = flag.Bool("proof", false, "hold the project's own content against what its source says")

// slips are what becomes of a number when somebody changes it, rightly or not.
var slips = []struct {
	what string
	make func(n *big.Rat) string
}{
	{"one more", func(n *big.Rat) string { return decimal(new(big.Rat).Add(n, big.NewRat(1, 1))) }},
	{"one less", func(n *big.Rat) string { return decimal(new(big.Rat).Sub(n, big.NewRat(1, 1))) }},
	{"tenfold", func(n *big.Rat) string { return decimal(new(big.Rat).Mul(n, big.NewRat(10, 1))) }},
	{"missing", func(*big.Rat) string { return string(figure.NotAvailable) }},
	{"a bound", func(n *big.Rat) string { return "more than " + decimal(n) }},
	{"nothing", func(*big.Rat) string { return "0" }},
}

// decimal writes a number as figure files do.
func decimal(n *big.Rat) string {
	places, _ := n.FloatPrec()
	return n.FloatString(places)
}

// Each figure of the content is given another value, one at a time. That is told or
// published, and "bilanz fix" writes what follows; what is published then is as whole as
// before, so that no change of a number turns these tests red.
func TestEveryFigureMayChange(t *testing.T) {
	sound := underTest(t)
	result, err := Build(t.Context(), Options{
		Files: sound, Into: nowhere{}, NoCards: true, Retype: true, Drawings: pictures,
	})
	if err != nil {
		t.Fatal(err)
	}
	outcomes := map[string]int{}
	for i, f := range result.Set.All() {
		n := f.Value.Number
		if n == nil {
			n = big.NewRat(7, 1)
		}
		slip := slips[i%len(slips)]
		if e, ok := f.Retype(slip.make(n)); ok {
			outcome, problems := afterChange(t, sound, e)
			outcomes[outcome]++
			for _, problem := range problems {
				t.Errorf("%s, %s (%s): %s", f.ID, slip.what, e.New, problem)
			}
		}
	}
	t.Log(outcomes)
}

// afterChange makes an edit, and then what "bilanz fix" would.
func afterChange(t *testing.T, sound fstest.MapFS, e diag.Edit) (outcome string, problems []string) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			problems = append(problems, fmt.Sprint("panic: ", parallel.Caught(r)))
		}
	}()
	files := fixedBy(sound, []diag.Diagnostic{{Edits: []diag.Edit{e}}})
	result, site := builtAsIs(t, files)
	if len(result.Diagnostics) == 0 && !result.Written {
		return "", []string{"nothing is written, and nobody says why"}
	}
	outcome = "told, then "
	if result.Written {
		outcome = "published, then "
	}
	for range mostFixes {
		if len(result.Edits(false)) == 0 {
			break
		}
		files = fixedBy(files, result.Diagnostics)
		result, site = builtAsIs(t, files)
	}
	if !result.Written {
		return outcome + "asked", nil
	}
	return outcome + "published", notWhole(t, result, inFiles(site.memory))
}

// mostFixes is how often "bilanz fix" is run: what it mends may uncover more.
const mostFixes = 4
