package main

import (
	"bytes"
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bilanz/internal/build"
)

var small = spec{pages: 12, figures: 200}

func TestPagesAreAsTheyAreSaidToBe(t *testing.T) {
	for n := range small.pages {
		page := string(small.page(n, asBilanz{}))
		if words := len(strings.Fields(page)); words < 550 || words > 650 {
			t.Errorf("page %d has %d words", n, words)
		}
		if cited := strings.Count(page, "(fig:"); cited != 10 {
			t.Errorf("page %d cites %d figures", n, cited)
		}
		if !bytes.Equal([]byte(page), small.page(n, asBilanz{})) {
			t.Errorf("page %d is another the second time", n)
		}
	}
}

// The pages of the bench are correct content.
func TestPagesBuild(t *testing.T) {
	for _, as := range []struct{ plain, changed bool }{{}, {changed: true}, {plain: true}} {
		s := small
		s.plain, s.changed = as.plain, as.changed
		dir := t.TempDir()
		if err := s.writeBilanz(dir); err != nil {
			t.Fatal(err)
		}
		r, err := build.Build(context.Background(), build.Options{Dir: dir, Out: filepath.Join(dir, "public")})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range r.Diagnostics {
			t.Errorf("%s: %s [%s]", d.Place, d.Text.In("en"), d.Code)
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
	plain := small
	plain.plain = true
	number := regexp.MustCompile(`\[[\d,]+\]\(fig:[^)]*\)|\b\d{3}\b`)
	for n := range small.pages {
		want := number.ReplaceAll(small.page(n, asBilanz{}), []byte("#"))
		if got := number.ReplaceAll(plain.page(n, asBilanz{}), []byte("#")); !bytes.Equal(got, want) {
			t.Errorf("page %d says something else", n)
		}
	}
}

func TestChartsDifferAndAreDrawn(t *testing.T) {
	pictures, err := drawCharts(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for n, p := range pictures {
		if seen[string(p.Live)] {
			t.Errorf("chart %d is another one's", n)
		}
		seen[string(p.Live)] = true
	}
}

func TestVisibleText(t *testing.T) {
	const page = `<header>No</header><main><nav>No</nav><h1>A &amp; B</h1><div class="prose"><p>One<a href="x">,</a> two</p><ul><li>three</li></ul></div></main><footer>No`
	if got, want := visible(page), "A & B One, two three"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
