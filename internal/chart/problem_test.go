package chart

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bilanz/internal/form"
	"bilanz/internal/typeset"
)

// What cannot be drawn honestly is refused, with the place and the reason. The whole
// text of every refusal stands in testdata/problems.txt.
func TestRefusalsSayWhereAndWhy(t *testing.T) {
	bar := func(change func(*Spec)) Spec {
		s := table("chart", form.GroupedBar, "en", []string{"a", "b"}, "one", 1, 2, "two", 3, 4)
		change(&s)
		return s
	}
	kind := func(f form.Form, change func(*Spec)) Spec {
		return bar(func(s *Spec) { s.Form = f; change(s) })
	}
	long := line("chart", "en", []string{"a"}, []int{1}, []int{2})
	specs := []Spec{
		bar(func(s *Spec) { s.ID = "a b" }),
		kind("donut", func(s *Spec) {}),
		kind(form.Pie, func(s *Spec) {}),
		kind(form.Bar, func(s *Spec) {}),
		bar(func(s *Spec) { s.Series = nil }),
		bar(func(s *Spec) { s.Series = make([]string, 6) }),
		bar(func(s *Spec) { s.Rows = nil }),
		bar(func(s *Spec) { s.Rows = make([]Row, 61) }),
		kind(form.Line, func(s *Spec) { s.Rows = make([]Row, 301) }),
		bar(func(s *Spec) { s.Rows[1].Cells = s.Rows[1].Cells[:1] }),
		bar(func(s *Spec) { s.Breaks = long.Breaks; s.Breaks = []Break{{}} }),
		bar(func(s *Spec) { s.Rows[1].Label = "a __f__alert(1)__f__" }),
		bar(func(s *Spec) { s.Rows[1].Label = "{b}" }),
		bar(func(s *Spec) { s.Rows[1].Label = strings.Repeat("x", 161) }),
		bar(func(s *Spec) { s.Series[1] = "" }),
		bar(func(s *Spec) { s.Rows[1].Label = " " }),
		bar(func(s *Spec) { s.Rows[1].Cells[0].Text = "\u00a0" }),
		bar(func(s *Spec) { s.Rows[1].Cells[0].Text = "NaN" }),
		bar(func(s *Spec) { s.Rows[1].Cells[0].Text = "a\x00b" }),
		bar(func(s *Spec) { s.Rows[1].Cells[0].Tip = "a\nb" }),
		bar(func(s *Spec) { s.Rows[1].Cells[0].Text = "\xff" }),
		bar(func(s *Spec) { s.Series[1] = "a\u202eb" }),
		bar(func(s *Spec) { s.Title = "a\u2028b" }),
		kind(form.StackedBar, func(s *Spec) { s.Rows[1].Cells[0].Value = big.NewRat(-1, 1) }),
		bar(func(s *Spec) {
			s.Rows[1].Cells[0].Value = new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(400), nil))
		}),
		kind(form.StackedBar, func(s *Spec) { s.Rows[1].Cells[0].Value = nil }),
		kind(form.ShareBar, func(s *Spec) { s.Rows[1].Cells[1].Bound = true }),
		kind(form.ShareBar, func(s *Spec) { s.Rows[1].Cells = []Cell{{Value: new(big.Rat)}, {Value: new(big.Rat)}} }),
		kind(form.Line, func(s *Spec) {}),
		kind(form.SmallMultiples, func(s *Spec) { s.Series = s.Series[:1] }),
		kind(form.SmallMultiples, func(s *Spec) { s.Series = make([]string, 13) }),
		kind(form.SmallMultiples, func(s *Spec) { s.Rows[0].Date = long.Rows[0].Date }),
		kind(form.Column, func(s *Spec) { s.Series = s.Series[:1]; s.Rows = make([]Row, 13) }),
		bar(func(s *Spec) { s.Highlight = 1 }),
		func() Spec { s := long; s.Highlight = 1; return s }(),
		highlighted(sample("chart", form.Bar, "en", "a", "one", 1), 2),
		highlighted(sample("chart", form.Bar, "en", "a", "one", 1), -1),
		func() Spec { s := sample("chart", form.Bar, "en", "a", "one", 1); s.Rows[0].Short = "{b}"; return s }(),
		func() Spec { s := long; s.Rows = []Row{s.Rows[1], s.Rows[0]}; return s }(),
		func() Spec {
			s := long
			s.Breaks = []Break{{Date: time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)}}
			return s
		}(),
	}
	var got strings.Builder
	for _, s := range specs {
		_, err := NewStudio(nil, 1, house).Draw(context.Background(), s)
		var problem *Problem
		if !errors.As(err, &problem) {
			t.Errorf("%v is no *Problem", err)
		}
		fmt.Fprintln(&got, err)
	}
	path := filepath.Join("testdata", "problems.txt")
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", &got, want)
	}
}

// A text of any kind is either drawn without harm or refused; nothing in between.
func FuzzLabels(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Add("{v|x}")
	f.Add("a\u0301\u0302 \u200d")
	studio := NewStudio(nil, 1, house)
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range []Spec{
			{ID: "x", Form: form.Bar, Series: []string{text}, Rows: []Row{{Label: text, Cells: []Cell{{Value: big.NewRat(3, 1), Text: text, Tip: text}}}}},
			{ID: "x", Form: form.ShareBar, Series: []string{text, "b"}, Rows: []Row{{Label: text, Cells: []Cell{{Value: big.NewRat(3, 1), Text: text}, {Value: big.NewRat(3, 1), Text: "3"}}}}},
		} {
			p, err := studio.Draw(context.Background(), s)
			var problem *Problem
			if errors.As(err, &problem) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			checkTexts(t, "wide", p.Wide, 1, 0.75)
			checkTexts(t, "narrow", p.Narrow, 1, 1)
			shown := strings.NewReplacer(" ", "", "\u00a0", "", "-", "", string(typeset.SoftHyphen), "")
			_, _, boxes := readBoxes(t, p.Wide, 1, 1)
			all := ""
			for _, b := range boxes {
				all += b.text
			}
			if !strings.Contains(shown.Replace(all), shown.Replace(text)) {
				t.Errorf("%q is not in the picture: %q", text, all)
			}
		}
	})
}
