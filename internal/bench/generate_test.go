package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/build"
)

var small = spec{pages: 12, figures: 200}

// sized gives the shape with fewer pages and figures.
func sized(shape shape, plain bool) spec {
	s := small
	s.shape, s.plain = shape, plain
	return s
}

// Both pages of the row "bare" are as long, cite nothing, and only one has numbers.
func TestLettersStandInPlaceOfDigits(t *testing.T) {
	digits, letters := sized(simple, false), sized(simple, false)
	digits.bare, letters.bare, letters.letters = true, true, true
	number := regexp.MustCompile(`(?: |\| )[0-9]{3}\b`)
	for n := range digits.pages {
		one, other := digits.page(n, asBilanz{}), letters.page(n, asBilanz{})
		if len(one) != len(other) || bytes.Contains(one, []byte("(fig:")) {
			t.Errorf("page %d: %d bytes and %d", n, len(one), len(other))
		}
		if found := len(number.FindAll(one, -1)); found != 10 || number.Match(other) {
			t.Errorf("page %d has %d numbers, and the other %q", n, found, number.Find(other))
		}
	}
}

func TestPagesAreAsTheyAreSaidToBe(t *testing.T) {
	for _, c := range []struct {
		site         spec
		bytes, cited int
	}{
		{sized(simple, false), 4400, 10}, {sized(varied, false), 5300, 10}, {sized(varied, true), 5300, 0},
		{sized(inWords, false), 4200, 0}, {sized(flat, false), 4400, 10},
	} {
		total := 0
		for n := range c.site.pages {
			page := c.site.page(n, asBilanz{})
			total += len(page)
			if cited := bytes.Count(page, []byte("(fig:")); cited != c.cited {
				t.Errorf("%+v: page %d cites %d figures", c.site, n, cited)
			}
			if !bytes.Equal(page, c.site.page(n, asBilanz{})) {
				t.Errorf("%+v: page %d is another the second time", c.site, n)
			}
		}
		if each := total / c.site.pages; each < c.bytes*96/100 || each > c.bytes*104/100 {
			t.Errorf("%+v: a page has %d bytes, not about %d", c.site, each, c.bytes)
		}
	}
}

func TestVariedPagesHaveWhatTheyAreNamedFor(t *testing.T) {
	plainNumber := regexp.MustCompile(`\b\d{1,2} (rooms|days)\b|\| \d{1,2} \|`)
	s := sized(varied, false)
	for n := range s.pages {
		page := s.page(n, asBilanz{})
		if found := len(plainNumber.FindAll(page, -1)); found < 7 {
			t.Errorf("page %d has %d small numbers", n, found)
		}
		for _, part := range []string{"\n- ", "\n1. ", "\n> ", "\n|---|"} {
			if !bytes.Contains(page, []byte(part)) {
				t.Errorf("page %d has no %q", n, part)
			}
		}
	}
	for _, folder := range s.folders() {
		if found := bytes.Count(s.index(folder, asBilanz{}), []byte("](p")); found != s.pages/2 {
			t.Errorf("the index of %s lists %d pages", folder, found)
		}
	}
}

func TestTenNumbersInWordsStandOnAPage(t *testing.T) {
	phrase := regexp.MustCompile(`around \d\.\d million|more than [\d,]+00\b`)
	for n := range small.pages {
		if found := len(phrase.FindAll(sized(inWords, false).page(n, asBilanz{}), -1)); found != 10 {
			t.Errorf("page %d has %d", n, found)
		}
	}
}

func TestFlatIDsHaveOnePart(t *testing.T) {
	if id := sized(flat, false).figureID(7); strings.Contains(id, ".") {
		t.Error(id)
	}
}

// The pages of the bench are correct content. Numbers in words are warnings, ten a page.
func TestPagesBuild(t *testing.T) {
	changed := small
	changed.changed = true
	for _, s := range []spec{
		small, changed, sized(simple, true), sized(varied, false), sized(varied, true), sized(inWords, false), sized(flat, false),
		sized(cube, false),
	} {
		dir := t.TempDir()
		if err := s.writeBilanz(dir); err != nil {
			t.Fatal(err)
		}
		r, err := build.Build(context.Background(), build.Options{Dir: dir, Out: filepath.Join(dir, "public"), Write: true})
		if err != nil {
			t.Fatal(err)
		}
		warned := 0
		for _, d := range r.Diagnostics {
			if s.shape == inWords && d.Code == "number-unlinked" {
				warned++
			} else {
				t.Errorf("%+v: %s: %s [%s]", s, d.Place, d.Text.In("en"), d.Code)
			}
		}
		if s.shape == inWords && warned != 10*s.pages {
			t.Errorf("%d numbers in words were told", warned)
		}
		if found := s.count(filepath.Join(dir, "public")); found != s.pages {
			t.Errorf("%+v: %d pages were written", s, found)
		}
	}
}

func TestOneFigureChanges(t *testing.T) {
	after := small
	after.changed = true
	if bytes.Equal(small.page(0, asBilanz{}), after.page(0, asBilanz{})) {
		t.Error("no page says so")
	}
	if !bytes.Equal(small.page(0, asHugo{}), after.page(0, asHugo{})) {
		t.Error("pages for Hugo say it, but should only look it up")
	}
}

// What figures cost is the difference to pages that say the same.
func TestPlainPagesSayTheSame(t *testing.T) {
	number := regexp.MustCompile(`\[[\d,]+\]\(fig:[^)]*\)|\b\d{3}\b`)
	for _, shape := range []shape{simple, varied} {
		for n := range small.pages {
			want := number.ReplaceAll(sized(shape, false).page(n, asBilanz{}), []byte("#"))
			if got := number.ReplaceAll(sized(shape, true).page(n, asBilanz{}), []byte("#")); !bytes.Equal(got, want) {
				t.Errorf("page %d of shape %d says something else", n, shape)
			}
		}
	}
}

// All charts of a gallery are made in one way, so that a few show that they can be drawn.
func TestChartsDifferAndAreDrawn(t *testing.T) {
	seen := map[string]bool{}
	for _, g := range galleries {
		if _, err := drawCharts(g, 8, t.TempDir()); err != nil {
			t.Fatal(err)
		}
		for n := range chartCount {
			spec, err := json.Marshal(g.spec(n))
			if err != nil {
				t.Fatal(err)
			}
			if seen[string(spec)] {
				t.Errorf("chart %d of %s is another one's", n, g.name)
			}
			seen[string(spec)] = true
		}
	}
}

func TestVisibleText(t *testing.T) {
	const page = `<header>No</header><main><nav>No</nav><h1>A &amp; B</h1><div class="prose"><p>One<a href="x">,</a> two</p><ul><li>three</li></ul></div></main><footer>No`
	if got, want := visible(page), "A & B One, two three"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	const ours = `<h1>A</h1><p class="lead">Lead.</p><div class="prose">Rest.</div>` +
		`<details class="cite">No</details></main>`
	if got, want := visible(ours), "A Lead. Rest."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAnotherBeginsEachTime(t *testing.T) {
	if a, b := turns(0, 2), turns(1, 2); !slices.Equal(a, []int{0, 1}) || !slices.Equal(b, []int{1, 0}) {
		t.Errorf("%v, then %v", a, b)
	}
	if alone := turns(3, 1); !slices.Equal(alone, []int{0}) {
		t.Error(alone)
	}
}

// While the machine had other work, both took three times as long: the pairs know.
func TestRatiosAreOfPairs(t *testing.T) {
	ours := []sample{{1, 10, 4}, {3, 30, 4}, {1, 10, 4}}
	other := []sample{{2, 40, 8}, {6, 120, 8}, {4, 40, 8}}
	if got, want := ratios(ours, other), (ratio{0.5, 0.25, 0.5}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestChoosing(t *testing.T) {
	all, err := choose("")
	if rows := len(courses) + len(galleries); err != nil || !slices.Equal(all[rows:], []string{searchName, serveName}) {
		t.Errorf("%v %v", all, err)
	}
	if some, err := choose("A,charts"); err != nil || !slices.Equal(some, []string{"A", "charts"}) {
		t.Errorf("%v %v", some, err)
	}
	if _, err := choose("A,Z"); err == nil {
		t.Error("Z is a row, it seems")
	}
}
