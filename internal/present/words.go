package present

import (
	"html"
	"html/template"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bilanz/internal/figure"
	"bilanz/internal/grid"
	"bilanz/internal/locale"
	"bilanz/internal/render"
)

// whole is the share of a total in itself.
var whole = big.NewRat(1, 1)

// The texts that are written about figures, in a language.

// when gives the period of a flow or the date of a stock, and which of the two.
func when(f *figure.Figure, l *locale.Lang) (text string, stock bool) {
	if f.Period != nil {
		return f.Period.Label[l.Code], false
	}
	if f.AsOf == (figure.AsOf{}) {
		return l.Word("date-not-stated"), true
	}
	return l.Word("as-of-date", asOf(f.AsOf, l)), true
}

func asOf(a figure.AsOf, l *locale.Lang) string {
	switch {
	case !a.Day.IsZero():
		return l.Date(a.Day)
	case a.Year != 0:
		return strconv.Itoa(a.Year)
	}
	return l.Word("not-stated")
}

// unit names what a figure counts, in the number that its value asks for. A year counts
// nothing.
func unit(f *figure.Figure, l *locale.Lang) string {
	if f.Unit.Ungrouped && f.Value.Number != nil {
		return ""
	}
	if f.Value.Number == nil {
		return f.Unit.Other[l.Code]
	}
	return f.Unit.Noun(l, f.Value.Number, f.Decimals)
}

// source names where a figure comes from, with the reference date.
func source(f *figure.Figure, l *locale.Lang) string {
	return dated(f.Source, f.Source.Label[l.Code], l)
}

// longestShort is how many letters of a source a row of the figures pages has room for.
const longestShort = 26

// shortSources names sources where there is room for a few words: by their labels, of which
// long ones are cut behind a word. Those that begin alike are named by their ends.
func shortSources(figures []*figure.Figure, l *locale.Lang) map[*figure.Source]string {
	names, begin := map[*figure.Source]string{}, map[string]int{}
	for _, f := range figures {
		if _, met := names[f.Source]; !met {
			names[f.Source] = beginning(f.Source.Brief(l.Code))
			begin[names[f.Source]]++
		}
	}
	for source, name := range names {
		if begin[name] > 1 {
			names[source] = ending(source.Brief(l.Code))
		}
	}
	return names
}

// beginning is as much of a label as a row has room for.
func beginning(label string) string {
	letters := []rune(label)
	if len(letters) <= longestShort {
		return label
	}
	cut := string(letters[:longestShort])
	if i := strings.LastIndexByte(cut, ' '); i > 0 && letters[longestShort] != ' ' {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–-/(") + "…"
}

// ending is as much of the end of a label.
func ending(label string) string {
	letters := []rune(label)
	if len(letters) <= longestShort {
		return label
	}
	from := len(letters) - longestShort
	cut := string(letters[from:])
	if i := strings.IndexByte(cut, ' '); i >= 0 && letters[from-1] != ' ' {
		cut = cut[i:]
	}
	return "…" + strings.TrimLeft(cut, " ,;:–-/)")
}

func dated(s *figure.Source, name string, l *locale.Lang) string {
	if s.AsOf == (figure.AsOf{}) {
		return name
	}
	return l.Word("source-as-of", name, asOf(s.AsOf, l))
}

// sourceIn names it with what we only inferred.
func sourceIn(f *figure.Figure, l *locale.Lang) string {
	return sourceNamed(f, f.Source.Label[l.Code], l)
}

func sourceNamed(f *figure.Figure, name string, l *locale.Lang) string {
	text := dated(f.Source, name, l)
	if f.Inferred {
		text += " (" + l.Word("attribution-inferred") + ")"
	}
	return text
}

// sources lists the sources of what a block shows, each once.
func sources(g *grid.Grid, l *locale.Lang) template.HTML {
	var all []string
	for _, f := range shown(g) {
		text := sourceNamed(f, f.Source.Brief(l.Code), l)
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return render.Whole(strings.Join(all, l.Sign(";")+" "))
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// Plain takes the markup off a text that we made.
func Plain(markup string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(markup, '<')
		if open < 0 {
			break
		}
		b.WriteString(markup[:open])
		length := strings.IndexByte(markup[open:], '>')
		if length < 0 {
			break
		}
		markup = markup[open+length+1:]
	}
	b.WriteString(markup)
	return html.UnescapeString(b.String())
}
