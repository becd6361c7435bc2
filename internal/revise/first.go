package revise

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/diag"
	"bilanz/internal/edit"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/site"
)

// First are the figures that have a number after a change and had none before. What stands
// beside them, and what pages say of them, was written when nobody knew it.
func First(before, after *figure.Set) []*figure.Figure {
	var all []*figure.Figure
	if after == nil {
		return nil
	}
	for _, f := range before.All() {
		if now, ok := after.Lookup(f.ID); ok && f.Value.Reason != "" && f.Formula == "" && now.Value.Number != nil {
			all = append(all, f)
		}
	}
	return all
}

// Beside is what stands beside figures: the same for all of them.
type Beside struct {
	At      diag.Place // the first of their values
	Figures []string
	Facts   string // unit, time and source
}

// BesideFirst says what stands beside figures that get their first value.
func BesideFirst(first []*figure.Figure, l *locale.Lang) (all []*Beside) {
	by := map[string]*Beside{}
	for _, f := range first {
		when := f.AsOf.In(l)
		if f.Period != nil {
			when = f.Period.Label.In(l.Code)
		}
		facts := diag.Say("unit: %s; time: %s; source: %s", "Einheit: %s; Zeit: %s; Quelle: %s",
			f.Unit.Other.In(l.Code), when, f.Source.Label.In(l.Code)).In(l.Code)
		if by[facts] == nil {
			by[facts] = &Beside{At: f.ValueAt, Facts: facts}
			all = append(all, by[facts])
		}
		name := f.Label.In(l.Code)
		if f.Label[l.Code] != "" {
			name = f.Full(l)
		}
		by[facts].Figures = append(by[facts].Figures, name)
	}
	return all
}

// A Mention is a line of a page in which a figure is named without a link.
type Mention struct {
	Path string `json:"path"`
	Line int    `json:"line"`
	Text string `json:"text"`
}

// Mentions finds the lines of pages that name figures which get their first value: they may
// say that there is none.
func Mentions(dir string, pages []*site.Page, first []*figure.Figure) ([]Mention, error) {
	var all []Mention
	if len(first) == 0 {
		return nil, nil
	}
	for _, page := range pages {
		text, err := edit.Read(dir, page.File)
		if err != nil {
			return nil, err
		}
		for n, line := range strings.Split(string(text), "\n") {
			if slices.ContainsFunc(first, func(f *figure.Figure) bool { return names(page, line, f) }) {
				all = append(all, Mention{page.File, n + 1, strings.TrimSpace(line)})
			}
		}
	}
	return all, nil
}

// names reports whether a line of a page names a figure: with all words of its label that
// have a meaning, or, on a page that shows it, with the last of them.
func names(page *site.Page, line string, f *figure.Figure) bool {
	words := meaningful(f.Label[page.Lang.Code])
	if f.Parent != nil && f.Parent.Value.Reason != "" || len(words) == 0 {
		return false // the whole is named
	}
	lower := strings.ToLower(line)
	if slices.ContainsFunc(page.Seen.Shown, func(s site.Shown) bool { return s.Figure.ID == f.ID }) {
		return !isSetting(line) && slices.Contains(wordsOf(lower), words[len(words)-1])
	}
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(lower, word) })
}

// isSetting recognises the lines of a block that readers do not get.
func isSetting(line string) bool {
	return strings.HasPrefix(line, "id:") || strings.HasPrefix(line, "figures:") || strings.HasPrefix(line, "claim:")
}

// shortest is how many letters a word has that means something.
const shortest = 4

// meaningful are the words of a label without articles and the like.
func meaningful(label string) []string {
	return slices.DeleteFunc(wordsOf(strings.ToLower(label)), func(word string) bool {
		return utf8.RuneCountInString(word) < shortest
	})
}

func wordsOf(text string) []string {
	return strings.FieldsFunc(text,
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' })
}
