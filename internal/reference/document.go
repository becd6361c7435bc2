package reference

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"bilanz/internal/figure"
	"bilanz/internal/form"
	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// keyTable writes the table of a table of keys in Markdown.
func keyTable(t table) string {
	var b strings.Builder
	b.WriteString("| key | value | |\n|---|---|---|\n")
	keyRows(&b, t, "", t.keys)
	return b.String()
}

// keyRows writes a row for each key. Keys of keys that have no table of their own
// follow with the way to them: `window.from`.
func keyRows(b *strings.Builder, t table, before string, keys schema.Keys) {
	own := ownKeys(t, keys)
	for i := 0; i < len(own); i++ {
		key := own[i]
		name := "`" + before + key.Name + "`"
		doc := key.Doc
		for isLang(key) && i+1 < len(own) && isLang(own[i+1]) { // one row for all languages
			i++
			name += ", `" + before + own[i].Name + "`"
			doc = "In each language of the site."
		}
		if key.Required {
			name += " (required)"
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", name, cell(value(t, key)), cell(doc))
		if _, other := named(key.Keys); len(key.Keys) > 0 && !other {
			keyRows(b, t, before+key.Name+".", key.Keys)
		}
		for _, shape := range key.Either {
			keyRows(b, t, before+key.Name+".", shape.Keys)
		}
	}
	if len(own) < len(keys) {
		b.WriteString("| and | [what figures inherit](#what-figures-inherit) | |\n")
	}
}

// ownKeys leaves out the keys that figures inherit, which have a table of their own.
func ownKeys(t table, keys schema.Keys) schema.Keys {
	own := len(keys) - len(figure.DefaultKeys)
	if t.name == "defaults" || own < 0 {
		return keys
	}
	for i, key := range figure.DefaultKeys {
		if keys[own+i].Name != key.Name {
			return keys
		}
	}
	return keys[:own]
}

func isLang(key schema.Key) bool { return slices.Contains(locale.Codes(), key.Name) }

// cell keeps a text from ending its cell.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

// value says what a key takes.
func value(t table, key schema.Key) string {
	example := ""
	if key.Form != "" && key.Kind != schema.Texts {
		example = ", such as `" + key.Form + "`"
	}
	switch {
	case len(key.Either) > 0:
		shapes := make([]string, len(key.Either))
		for i, one := range key.Either {
			shapes[i] = value(t, one)
		}
		return strings.Join(shapes, ", or ") + example
	case len(key.Values) > 0:
		return oneOf(key.Values)
	case key.Same:
		return "names, each with these keys again"
	case key.Kind == schema.Mapping || key.Kind == schema.Map || key.Kind == schema.List && key.Keys != nil:
		return collection(key) + example
	}
	return map[schema.Kind]string{
		schema.Any: "a text", schema.Text: "a text", schema.Line: "plain text to the end of the line",
		schema.Texts: "a text in each language", schema.Bool: "`true` or `false`",
		schema.List: "one or a list", schema.Whole: "a whole number",
	}[key.Kind] + example
}

// collection says what a mapping, a map or a list of keys holds.
func collection(key schema.Key) string {
	inside := "keys"
	if t, ok := named(key.Keys); ok {
		inside = link(t)
	}
	switch {
	case key.Kind == schema.List && key.Of != nil:
		return "a list of texts, or of " + inside
	case key.Kind == schema.List:
		return "a list of " + inside
	case key.Kind == schema.Mapping:
		return inside
	case key.Of != nil:
		return map[schema.Kind]string{
			schema.Texts: "names, each with a text in each language", schema.Text: "names, each with a text",
			schema.List: "names, each with a list", schema.Map: "names, each with names of its own",
		}[key.Of.Kind]
	}
	return "names, each with " + inside
}

// link leads to a table, whose heading in the document is what it is called.
func link(t table) string {
	if t.name == "footnote" {
		return t.what
	}
	return "[" + t.what + "](#" + strings.ReplaceAll(t.what, " ", "-") + ")"
}

func oneOf(values []string) string {
	last := len(values) - 1
	if last == 0 {
		return "`" + values[0] + "`"
	}
	return codes(values[:last]) + " or `" + values[last] + "`"
}

// options lists what may stand after "?" in a verified link.
func options() string {
	what := map[figure.Field]string{
		figure.PeriodField: "the period of a flow", figure.LabelField: "the name of the figure",
		figure.UnitField: "what it counts", figure.SourceField: "where it comes from", figure.AsOfField: "its date",
		figure.DiscrepancyField: "by how much its parts and its value differ, or in your own words that they do; proven",
		figure.AddsUpField:      "in your own words that its parts add up to its value; proven",
		figure.PartsField:       "how many parts it has: `[three groups](fig:id?parts)`",
		figure.MissingField:     "in your own words that it has no value; proven",
	}
	var b strings.Builder
	b.WriteString("| after `?` | the link says |\n|---|---|\n")
	b.WriteString("| `share` | the part of its whole, in percent: the figure that it is a part of, or the total of its column in a table |\n")
	b.WriteString("| `decimals=1` | the value, or with `share&decimals=1` the share, with so many decimals, from 0 to 6 |\n")
	b.WriteString("| `fall`, `rise` | the amount of a change, without its sign; proves that it fell or rose |\n")
	for _, field := range figure.Fields() {
		if what[field] == "" {
			panic("reference: nothing says what the option " + field.String() + " is")
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", field, what[field])
	}
	return b.String()
}

// forms lists what a chart can be, and for what.
func forms() string {
	var b strings.Builder
	b.WriteString("| you want to show | type |\n|---|---|\n")
	for _, name := range form.Names() {
		fmt.Fprintf(&b, "| %s | `%s` |\n", form.Form(name).Asks().Shows, name)
	}
	return b.String()
}

const dozen = 12

// interfaceWords lists the tool's own words in the languages that are built in.
func interfaceWords() string {
	codes := langs()
	var b strings.Builder
	fmt.Fprintf(&b, "| word | %s |\n|---%s|\n", strings.Join(codes, " | "), strings.Repeat("|---", len(codes)))
	for _, key := range slices.Sorted(maps.Keys(locale.Must("en").Interface())) {
		fmt.Fprintf(&b, "| `%s` |", key)
		for _, code := range codes {
			fmt.Fprintf(&b, " %s |", cell(locale.Must(code).Interface()[key]))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// words lists the words of a language for numbers.
func words(l *locale.Lang) string {
	v := l.Vocabulary()
	var b strings.Builder
	b.WriteString("| words | mean |\n|---|---|\n")
	for _, r := range v.Relations {
		fmt.Fprintf(&b, "| %s | %s |\n", strings.Join(r.Words, ", "), r.Relation)
	}
	for i := 0; i < len(v.Scales); {
		power, same := v.Scales[i].Power, []string{}
		for ; i < len(v.Scales) && v.Scales[i].Power == power; i++ {
			same = append(same, v.Scales[i].Word)
		}
		fmt.Fprintf(&b, "| %s | times 1%s |\n", strings.Join(same, ", "), strings.Repeat(",000", power/3))
	}
	fmt.Fprintf(&b, "| %s | the percent sign |\n", strings.Join(v.Percents, ", "))
	for i, forms := range v.Numerals[:min(len(v.Numerals), dozen)] {
		fmt.Fprintf(&b, "| %s | %d |\n", strings.Join(forms, ", "), i+1)
	}
	if len(v.Numerals) > dozen { // nobody reads a hundred rows
		fmt.Fprintf(&b, "| %s and so on to %s | %d to %d |\n", v.Numerals[dozen][0], v.Numerals[len(v.Numerals)-1][0], dozen+1, len(v.Numerals))
	}
	for _, p := range v.Parts {
		fmt.Fprintf(&b, "| %s | %s |\n", strings.Join(p.Words, ", "), part(p))
	}
	fmt.Fprintf(&b, "| %s | between two numbers: a part, as in \"9 %s 10\" |\n", strings.Join(v.PartOf, ", "), v.PartOf[0])
	return b.String()
}

func part(p locale.PartWords) string {
	if p.Value.IsInt() {
		return p.Value.Num().String() + " times as many"
	}
	return p.Value.String()
}
