// Package editors writes what editors complete by: the JSON Schemas of what authors write,
// and snippets for pages, blocks and every figure of the project.
//
// The files lie in .vscode, which Visual Studio Code and the editor of GitHub's website
// read. "bilanz new" writes them, "bilanz fix" keeps those that are there up to date. They
// are made of the tables of keys and of the figures alone, so they need no network and are
// the same bytes each time.
package editors

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/figure"
	"bilanz/internal/locale"
	"bilanz/internal/prose"
	"bilanz/internal/reference"
	"bilanz/internal/schema"
	"bilanz/internal/site"
)

// SnippetsPath is where the snippets lie.
const SnippetsPath = ".vscode/bilanz.code-snippets"

// mostFigures is for how many figures there are snippets: editors read them all whenever
// somebody types. Cells of tables come last.
const mostFigures = 5000

// Files gives the files by their paths, from the project's root.
func Files(set *figure.Set, config *site.Config) map[string][]byte {
	files := map[string][]byte{SnippetsPath: snippets(set, config)}
	for _, name := range reference.Schemas {
		if name == "page" || name == "block" {
			continue // they stand inside of Markdown, where editors know no schemas
		}
		files[".vscode/schemas/"+name+".json"], _ = reference.Schema(name)
	}
	return files
}

// snippet is one completion, in the form of Visual Studio Code.
type snippet struct {
	name string

	Scope       string   `json:"scope"`
	Prefix      []string `json:"prefix"` // any of which somebody may begin to type
	Body        []string `json:"body"`   // lines
	Description string   `json:"description"`
}

// snippets writes a file with a completion on each line.
func snippets(set *figure.Set, config *site.Config) []byte {
	said := config.Messages
	if said == "" {
		said = config.Default.Code
	}
	all := append([]snippet{page(said)}, blocks(said)...)
	all = append(all, newFigure(config, said))
	for _, l := range config.Langs {
		for _, f := range chosen(set) {
			all = append(all, cite(f, l, len(config.Langs) > 1))
		}
	}
	var b bytes.Buffer
	b.WriteString("{\n")
	for i, s := range all {
		comma := ","
		if i == len(all)-1 {
			comma = ""
		}
		fmt.Fprintf(&b, "  %s: %s%s\n", written(s.name), written(s), comma)
	}
	b.WriteString("}\n")
	return b.Bytes()
}

// written is a value as JSON, on one line.
func written(value any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(fmt.Sprintf("editors: %v", err)) // texts of our own
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

// chosen are the figures that have a snippet.
func chosen(set *figure.Set) []*figure.Figure {
	var figures, cells []*figure.Figure
	for _, f := range set.All() {
		if f.Cell != nil {
			cells = append(cells, f)
		} else {
			figures = append(figures, f)
		}
	}
	figures = append(figures, cells...)
	return figures[:min(mostFigures, len(figures))]
}

// cite is a figure in a sentence, as the language writes it.
func cite(f *figure.Figure, l *locale.Lang, several bool) snippet {
	text := figure.Ref{Figure: f, Option: figure.Plain}.Text(l)
	s := snippet{
		name: f.ID, Scope: "markdown,yaml", Prefix: []string{f.Label.In(l.Code), f.ID},
		Body:        []string{literal("[" + text + "](fig:" + f.ID + ")")},
		Description: figure.Ref{Figure: f, Option: figure.Plain}.Name(l, text),
	}
	if several {
		s.name += " " + l.Code
		s.Prefix[1] += " " + l.Code
		s.Description = l.Name + ": " + s.Description
	}
	return s
}

// literal is a text that a snippet writes as it is.
func literal(text string) string {
	return strings.NewReplacer(`\`, `\\`, "$", `\$`, "}", `\}`).Replace(text)
}

// page begins a page.
func page(said string) snippet {
	body := []string{"---"}
	body = append(body, stops(prose.FrontKeys, 1, "description")...)
	return snippet{
		name: "bilanz page", Scope: "markdown", Prefix: []string{diag.Say("page", "Seite").In(said)},
		Body:        append(body, "nav: {order: ${3:50}}", "---", "", "$0"),
		Description: diag.Say("The beginning of a page", "Der Anfang einer Seite").In(said),
	}
}

// blocks are those of [prose.BlockKeys], each with the keys that it must have.
func blocks(said string) []snippet {
	var all []snippet
	for _, b := range []struct {
		kind  prose.Kind
		also  string
		word  diag.Text
		about diag.Text
		below string
	}{
		{prose.Chart, "claim", diag.Say("chart", "Diagramm"), diag.Say("A chart", "Ein Diagramm"), "$0"},
		{prose.Table, "", diag.Say("table", "Tabelle"), diag.Say("A table", "Eine Tabelle"), "$0"},
		{prose.Headline, "", diag.Say("figures", "Kennzahlen"),
			diag.Say("Three to six figures, large", "Drei bis sechs Kennzahlen, groß"), "$0"},
		{prose.Cards, "", diag.Say("cards", "Karten"),
			diag.Say("The way to other pages", "Die Wege zu anderen Seiten"), "- [$2]($3): $0"},
	} {
		body := append([]string{"```" + string(b.kind)}, stops(prose.BlockKeys[b.kind], 1, b.also)...)
		all = append(all, snippet{
			name: "bilanz " + string(b.kind), Scope: "markdown", Prefix: []string{b.word.In(said)},
			Body: append(body, "", b.below, "```"), Description: b.about.In(said),
		})
	}
	return all
}

// stops are lines for the keys that must be there, and for one more, each with a place
// where the cursor stops.
func stops(keys schema.Keys, next int, also string) []string {
	var lines []string
	for _, key := range keys {
		if !key.Required && key.Name != also {
			continue
		}
		stop := fmt.Sprintf("$%d", next)
		if len(key.Values) > 0 {
			stop = fmt.Sprintf("${%d|%s|}", next, strings.Join(key.Values, ","))
		}
		lines, next = append(lines, key.Name+": "+stop), next+1
	}
	return lines
}

// newFigure begins a figure in a file of figures.
func newFigure(config *site.Config, said string) snippet {
	body := []string{"${1:id}:", "  value: $2", "  unit: $3", "  label:"}
	for i, l := range config.Langs {
		body = append(body, fmt.Sprintf("    %s: $%d", l.Code, 4+i))
	}
	return snippet{
		name: "bilanz figure", Scope: "yaml", Prefix: []string{diag.Say("figure", "Kennzahl").In(said)},
		Body: body, Description: diag.Say("A new figure", "Eine neue Kennzahl").In(said),
	}
}
