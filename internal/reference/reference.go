// Package reference writes what authors may write: the tables in docs/figures.md,
// docs/writing.md and docs/charts.md, and the JSON Schemas of docs/schema, made of the very tables
// of keys and words that the decoder reads by.
//
// A document is written by hand around marked places. [Fill] puts what belongs there
// between the two marks, and a test fails when a document falls behind:
//
//	<!-- keys: figure -->
//	…
//	<!-- end -->
package reference

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"bilanz/internal/accepted"
	"bilanz/internal/figure"
	"bilanz/internal/incoming"
	"bilanz/internal/locale"
	"bilanz/internal/prose"
	"bilanz/internal/schema"
	"bilanz/internal/site"
)

// table is a table of keys that the documents and schemas know by a name.
type table struct {
	name string // "figure": in marks, and of the definition in a schema
	what string // "the keys of a figure": of a link to it
	keys schema.Keys
}

// tables lists them, each after those that it leads to.
var tables = sync.OnceValue(makeTables)

func makeTables() []table {
	file := figure.FileKeys(langs(), nil)
	return []table{
		{"defaults", "what figures inherit", figure.DefaultKeys},
		{"discrepancy", "the keys of a known discrepancy", figure.DiscrepancyKeys},
		{"check", "the keys of a check", figure.CheckKeys},
		{"figure", "the keys of a figure", figure.FigureKeys},
		{"unit", "the keys of a unit", find(file, "units").Keys},
		{"period", "the keys of a period", find(file, "periods").Keys},
		{"source", "the keys of a source", figure.SourceKeys},
		{"footnote", "a text in each language", find(file, "footnotes").Keys},
		{"file", "the keys of a file of figures", file},
		{"column", "the keys of a column", figure.ColumnKeys},
		{"table", "the keys of a table", figure.TableKeys()},
		{"break", "the keys of a break", figure.BreakKeys},
		{"series", "the keys of a series", figure.SeriesKeys()},
		{"site", "the keys of site.yaml", site.ConfigKeys},
		{"page", "the keys of a page", prose.FrontKeys},
		{"chart-block", "the keys of a chart", prose.BlockKeys[prose.Chart]},
		{"table-block", "the keys of a table on a page", prose.BlockKeys[prose.Table]},
		{"figures-block", "the keys of headline figures", prose.BlockKeys[prose.Headline]},
		{"cards-block", "the keys of cards", prose.BlockKeys[prose.Cards]},
		{"accepted", "the keys of an accepted problem", accepted.Keys},
		{"import", "the keys of import.yaml", incoming.Keys},
	}
}

// langs lists the languages that are built in: English first, as the documents are.
func langs() []string {
	return append([]string{"en"}, slices.DeleteFunc(locale.Codes(), func(code string) bool { return code == "en" })...)
}

func find(keys schema.Keys, name string) schema.Key {
	for _, key := range keys {
		if key.Name == name {
			return key
		}
	}
	panic("reference: there is no key " + name)
}

// named finds a table by its keys.
func named(keys schema.Keys) (table, bool) {
	for _, t := range tables() {
		if len(keys) > 0 && &keys[0] == &t.keys[0] {
			return t, true
		}
	}
	return table{}, false
}

var mark = regexp.MustCompile(`(?s)<!-- ([a-z]+)(?:: ([a-z-]+))? -->\n.*?<!-- end -->\n`)

// Fill puts what belongs there between the marks of a document. It gives the names
// of what it filled in, and an error for a mark that names nothing.
func Fill(document string) (filled string, names []string, err error) {
	filled = mark.ReplaceAllStringFunc(document, func(place string) string {
		m := mark.FindStringSubmatch(place)
		text, ok := piece(m[1], m[2])
		if !ok {
			err = fmt.Errorf("nothing is called %s: %s", m[1], m[2])
			return place
		}
		names = append(names, strings.Trim(m[1]+" "+m[2], " "))
		first, _, _ := strings.Cut(place, "\n")
		return first + "\n" + text + "<!-- end -->\n"
	})
	return filled, names, err
}

// Names lists everything that some document must hold.
func Names() []string {
	var names []string
	for _, t := range tables() {
		if t.name != "footnote" { // one text in each language, which needs no table
			names = append(names, "keys "+t.name)
		}
	}
	for _, code := range locale.Codes() {
		names = append(names, "words "+code)
	}
	return append(names, "bounds", "reasons", "options", "waivable", "forms", "interface")
}

func piece(kind, name string) (string, bool) {
	switch kind {
	case "keys":
		for _, t := range tables() {
			if t.name == name {
				return keyTable(t), true
			}
		}
		return "", false
	case "words":
		l, ok := locale.Lookup(name)
		if !ok {
			return "", false
		}
		return words(l), true
	case "bounds":
		bounds := make([]string, len(locale.Relations))
		for i, relation := range locale.Relations {
			bounds[i] = string(relation)
		}
		return codes(bounds) + "\n", true
	case "reasons":
		return codes(figure.Reasons()) + "\n", true
	case "options":
		return options(), true
	case "forms":
		return forms(), true
	case "interface":
		return interfaceWords(), true
	case "waivable":
		return codes(accepted.Waivable) + "\n", true
	}
	return "", false
}

// codes writes words as code, in a row.
func codes(words []string) string { return "`" + strings.Join(words, "`, `") + "`" }
