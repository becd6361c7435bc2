package build

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bilanz/internal/prose"
	"bilanz/internal/schema"
)

// All pages stand in one document, as on paper, each behind a prefix of its own: no
// id is there twice, and whatever leads within the document finds its place.
func TestSeveralPagesStandInOneDocument(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/library")); err != nil {
		t.Fatal(err)
	}
	b, err := open(context.Background(), Options{Dir: dir, Out: dir + "/public", Drawings: pictures})
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	if !b.outline() {
		t.Fatal(b.siteProblems.Sorted())
	}
	var whole []byte
	for i, p := range b.site.Pages {
		text, _ := b.project.Read(p.File, &b.siteProblems)
		one := &turn{build: b, tongue: b.tongues[p.Lang.Code], page: p}
		one.doc = prose.Parse(one.tongue.context, schema.File{Path: p.File, Text: text}, &one.pageProblems)
		one.follow()
		blocks := one.lay()
		var alone, among, again bytes.Buffer
		one.write(&alone, &alone, blocks, one.setting(p.Path, ""))
		one.write(&among, &among, blocks, one.setting(p.Path, string(rune('a'+i))+"-"))
		one.write(&again, &again, blocks, one.setting(p.Path, ""))
		if !bytes.Equal(alone.Bytes(), again.Bytes()) {
			t.Errorf("%s: written again it differs", p.File)
		}
		whole = append(whole, among.Bytes()...)
	}
	ids := every(whole, ` id="([^"]*)"`)
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			t.Errorf("the id %s is there twice", id)
		}
	}
	inner := append(every(whole, ` href="#([^"]*)"`), every(whole, ` aria-(?:labelledby|describedby)="([^"]*)"`)...)
	for _, to := range inner {
		if !slices.Contains(ids, to) {
			t.Errorf("%s leads nowhere", to)
		}
	}
	for _, want := range []string{
		"a-in-short", "c-by-place", "c-figures-1", "c-footnotes", "c-fn-1", "c-fnref-1", "e-fn-1", "e-not-published-title",
		"d-loans-by-place-data", "e-visits-by-place", "e-visits-by-place-title", "e-visits-by-place-summary",
	} {
		if !slices.Contains(ids, want) {
			t.Errorf("there is no id %s: %v", want, ids)
		}
	}
	if !slices.Contains(inner, "c-fn-1") {
		t.Error("no mark leads to the first footnote")
	}
}

// every lists what an expression finds, between its brackets.
func every(text []byte, expression string) []string {
	var all []string
	for _, found := range regexp.MustCompile(expression).FindAllSubmatch(text, -1) {
		all = append(all, strings.Fields(string(found[1]))...)
	}
	return all
}
