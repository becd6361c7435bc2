package build

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"bilanz/internal/diag"
	"bilanz/internal/output"
)

// inThreeLanguages adds a page in French to the library.
func inThreeLanguages(files fstest.MapFS) fstest.MapFS {
	config := string(files["content/site.yaml"].Data)
	for _, change := range [][2]string{
		{"languages: [en, de]", "languages: [en, de, fr]"},
		{"de: Stadtbibliothek Musterstadt}", "de: Stadtbibliothek Musterstadt, fr: Bibliothèque de Musterstadt}"},
		{"de: Jahresergebnisse 2024}", "de: Jahresergebnisse 2024, fr: Résultats annuels 2024}"},
	} {
		config = strings.Replace(config, change[0], change[1], 1)
	}
	files["content/site.yaml"] = &fstest.MapFile{Data: []byte(config)}
	files["content/fr/index.md"] = &fstest.MapFile{Data: []byte(`---
title: Les bibliothèques en 2024
description: Des visites et des prêts.
nav: {order: 10}
---

La bibliothèque est fictive.

Les bibliothèques ont compté [318 462](fig:visits.total) visites.

Une phrase encore.
`)}
	return files
}

// Somebody corrects a figure. Whatever says the old number is told; once "bilanz fix" has
// written what nobody has to decide, either somebody is still asked, or every sentence says
// what the figure says.
func TestCorrectedFiguresReachEverySentence(t *testing.T) {
	sound := inThreeLanguages(filesOf(t, filepath.FromSlash(library)))
	published, asked := 0, 0
	for seed := *firstSeed; seed < *firstSeed+uint64(*changes)/10; seed++ {
		r := rand.New(rand.NewPCG(seed, 11))
		more := 1 + r.IntN([]int{9, 500, 60_000}[r.IntN(3)])
		if r.IntN(2) == 0 {
			more = -more
		}
		c := corrected{central: 171_905 + more, total: 318_462 + more}
		files := c.in(sound)
		told, _ := builtAsIs(t, files)
		if told.Written {
			t.Errorf("seed %d: %d visits are published, and no sentence is told", seed, c.total)
			continue
		}
		result, site := builtAsIs(t, fixedBy(files, told.Diagnostics))
		if !result.Written {
			asked++
			continue
		}
		published++
		for _, problem := range c.wrongIn(site) {
			t.Errorf("seed %d: %d visits, %d of them in the Central Library: %s", seed, c.total, c.central, problem)
		}
	}
	if t.Logf("%d published, %d asked", published, asked); *changes >= 200 && (published == 0 || asked == 0) {
		t.Errorf("%d were published and %d asked; that proves only one half", published, asked)
	}
}

func builtAsIs(t *testing.T, files fstest.MapFS) (Result, *finished) {
	t.Helper()
	site := &finished{&output.Memory{}}
	result, err := Build(t.Context(), Options{Files: files, Into: site.memory, NoCards: true, Drawings: pictures})
	if err != nil {
		t.Fatal(err)
	}
	return result, site
}

// corrected are the visits by another count.
type corrected struct{ central, total int }

func (c corrected) in(sound fstest.MapFS) fstest.MapFS {
	files := fstest.MapFS{}
	for name, file := range sound {
		files[name] = file
	}
	const name = "content/figures/visits.yaml"
	text := strings.NewReplacer("value: 318462", fmt.Sprint("value: ", c.total),
		"value: 171905", fmt.Sprint("value: ", c.central)).Replace(string(sound[name].Data))
	files[name] = &fstest.MapFile{Data: []byte(text)}
	return files
}

// fixedBy writes what nobody has to decide.
func fixedBy(files fstest.MapFS, found []diag.Diagnostic) fstest.MapFS {
	edits := map[string][]diag.Edit{}
	for _, d := range found {
		for _, e := range d.Edits {
			if !e.Choice && !e.Whole && !slices.Contains(edits[e.Path], e) {
				edits[e.Path] = append(edits[e.Path], e)
			}
		}
	}
	fixed := fstest.MapFS{}
	for name, file := range files {
		text := string(file.Data)
		slices.SortFunc(edits[name], func(a, b diag.Edit) int { return b.Start - a.Start })
		for _, e := range edits[name] {
			text = text[:e.Start] + e.New + text[e.End():]
		}
		fixed[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fixed
}

var (
	inMillions = regexp.MustCompile(`([0-9.,]+) (?:million|Mio\.|Millionen)`)
	around     = regexp.MustCompile(`(?:Around|Rund) ([0-9.,]+)`)
)

// wrongIn says what pages say that is not so.
func (c corrected) wrongIn(site *finished) (problems []string) {
	total, central := fmt.Sprint(c.total), fmt.Sprint(c.central)
	exact := map[string][]string{
		"visits/index.html":    {groupedBy(total, ","), groupedBy(central, ","), c.share() + "%"},
		"de/visits/index.html": {groupedBy(total, "."), groupedBy(central, "."), c.share() + " %"},
		"fr/index.html":        {groupedBy(total, " ")},
	}
	for _, path := range site.memory.Paths() {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		text := asRead(site.file(path))
		for _, old := range []string{"318,462", "318.462", "318 462", "171,905", "171.905"} {
			if strings.Contains(text, old) {
				problems = append(problems, path+" still says "+old)
			}
		}
		for _, now := range exact[path] {
			if !strings.Contains(text, now) {
				problems = append(problems, path+" does not say "+now)
			}
		}
		for _, said := range inMillions.FindAllStringSubmatch(text, -1) {
			if !c.near(said[1], 1_000_000) {
				problems = append(problems, path+" says "+said[0])
			}
		}
		for _, said := range around.FindAllStringSubmatch(text, -1) {
			if said[1] != "400" && !c.near(strings.NewReplacer(",", "", ".", "").Replace(said[1]), 1) {
				problems = append(problems, path+" says "+said[0])
			}
		}
	}
	return problems
}

// share is how much of all visits is that of the Central Library, in percent.
func (c corrected) share() string {
	return big.NewRat(int64(c.central)*100, int64(c.total)).FloatString(0)
}

// near reports whether the visits are so many, half of its last place more or less.
func (c corrected) near(said string, times int64) bool {
	digits := strings.Replace(said, ",", ".", 1)
	n, ok := new(big.Rat).SetString(digits)
	if !ok {
		return false
	}
	whole, decimals, _ := strings.Cut(digits, ".")
	last := big.NewRat(1, 1)
	for range len(decimals) {
		last.Quo(last, big.NewRat(10, 1))
	}
	for decimals == "" && strings.HasSuffix(whole, "0") {
		whole, last = strings.TrimSuffix(whole, "0"), last.Mul(last, big.NewRat(10, 1))
	}
	n.Mul(n, big.NewRat(times, 1)).Sub(n, big.NewRat(int64(c.total), 1))
	return n.Abs(n).Cmp(last.Mul(last, big.NewRat(times, 2))) <= 0
}
