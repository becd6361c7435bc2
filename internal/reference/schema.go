package reference

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"bilanz/internal/locale"
	"bilanz/internal/schema"
)

// object is a piece of a JSON Schema. encoding/json writes its keys in order.
type object map[string]any

// Schemas names the schemas that [Schema] writes: of files of figures, of site.yaml,
// of the front matter of pages, of blocks, of accepted.yaml.
var Schemas = []string{"figures", "site", "page", "block", "accepted", "import"}

// Schema writes a JSON Schema (draft 2020-12), for editors that complete keys and
// explain them. It holds less than a check does: what needs other files to be known
// is left to bilanz.
func Schema(name string) ([]byte, bool) {
	s := &writer{defs: object{}}
	var root object
	switch name {
	case "figures":
		// A file with table: or series: describes the CSV file beside it.
		root = object{
			"if": object{"required": []string{"table"}, "type": "object"}, "then": s.ref("table"),
			"else": object{
				"if": object{"required": []string{"series"}, "type": "object"}, "then": s.ref("series"),
				"else": s.ref("file"),
			},
		}
		s.defs["figure"].(object)["oneOf"] = []object{{"required": []string{"value"}}, {"required": []string{"formula"}}}
		s.defs["table"].(object)["anyOf"] = []object{{"required": []string{"rows"}}, {"required": []string{"time"}}}
	case "site", "page":
		root = s.ref(name)
	case "block":
		root = object{"anyOf": []object{
			s.ref("chart-block"), s.ref("table-block"), s.ref("figures-block"), s.ref("cards-block"),
		}}
	case "accepted", "import":
		root = object{"type": []string{"array", "null"}, "items": s.ref(name)}
	default:
		return nil, false
	}
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "bilanz: " + name
	root["$defs"] = s.defs
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(root); err != nil {
		panic(fmt.Sprintf("reference: %v", err)) // maps and texts of our own
	}
	return text.Bytes(), true
}

// writer collects the definitions that a schema needs.
type writer struct{ defs object }

// ref leads to the definition of a table, which it makes when it is first needed.
func (s *writer) ref(name string) object {
	if s.defs[name] == nil {
		s.defs[name] = object{} // a table may lead to itself
		i := slices.IndexFunc(tables(), func(t table) bool { return t.name == name })
		s.defs[name] = s.keys(tables()[i].keys, name)
	}
	return object{"$ref": "#/$defs/" + name}
}

// keys is the schema of a mapping by a table of keys.
func (s *writer) keys(keys schema.Keys, self string) object {
	if t, ok := named(keys); ok && t.name != self {
		return s.ref(t.name)
	}
	properties, required := object{}, []string{}
	for _, key := range keys {
		property := s.value(key, self)
		if key.Doc != "" {
			property["description"] = key.Doc
		}
		properties[key.Name] = property
		if key.Required {
			required = append(required, key.Name)
		}
	}
	o := object{"type": "object", "additionalProperties": false, "properties": properties}
	if i := slices.IndexFunc(keys, isLang); i >= 0 { // a project may bring further languages
		o["patternProperties"] = object{languagePattern: open(keys[i])}
	}
	if len(required) > 0 {
		o["required"] = required
	}
	return o
}

// languagePattern is what the codes of languages look like.
const languagePattern = "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"

// open is what a key takes in a language that nobody knows yet: its words have
// plural forms of their own.
func open(key schema.Key) object {
	if key.Kind == schema.Mapping {
		return object{"type": "object"}
	}
	return text(key)
}

// value is the schema of what a key takes.
func (s *writer) value(key schema.Key, self string) object {
	if len(key.Either) > 0 {
		shapes := make([]object, len(key.Either))
		for i, one := range key.Either {
			shapes[i] = s.value(one, self)
		}
		return object{"anyOf": shapes}
	}
	switch key.Kind {
	case schema.Bool:
		return object{"type": "boolean"}
	case schema.Whole:
		return whole(key)
	case schema.Texts:
		return texts()
	case schema.Mapping:
		return s.keys(key.Keys, self)
	case schema.Map:
		return s.names(key, self)
	case schema.List:
		return s.list(key, self)
	}
	return text(key)
}

func whole(key schema.Key) object {
	if len(key.Values) == 0 {
		return object{"type": "integer"}
	}
	var values []int
	for _, value := range key.Values {
		n, err := strconv.Atoi(value)
		if err != nil {
			panic("reference: " + value + " is no whole number")
		}
		values = append(values, n)
	}
	return object{"enum": values}
}

// text is one scalar. YAML takes some of them for numbers, which is as good; a key
// without a value is an empty text.
func text(key schema.Key) object {
	if len(key.Values) > 0 {
		return object{"enum": key.Values}
	}
	o := object{"type": []string{"string", "number", "null"}}
	if key.Required {
		o["type"] = []string{"string", "number"}
	}
	if key.Pattern != "" {
		o["pattern"] = "^(" + key.Pattern + ")$"
	}
	return o
}

// texts is a text for each language, or one where the site has one language.
func texts() object {
	properties := object{}
	one := object{"type": []string{"string", "number"}}
	for _, code := range locale.Codes() {
		properties[code] = one
	}
	return object{"anyOf": []object{
		{
			"type": "object", "properties": properties, "patternProperties": object{languagePattern: one},
			"additionalProperties": false, "minProperties": 1,
		},
		{"type": []string{"string", "number"}},
	}}
}

// names is a mapping whose keys are the author's choice.
func (s *writer) names(key schema.Key, self string) object {
	o := object{"type": []string{"object", "null"}}
	switch {
	case key.Same:
		o["additionalProperties"] = object{"$ref": "#/$defs/" + self}
	case key.Keys != nil:
		o["additionalProperties"] = s.keys(key.Keys, self)
	case key.Of != nil:
		o["additionalProperties"] = s.value(*key.Of, self)
	}
	if key.Pattern != "" {
		o["propertyNames"] = object{"pattern": "^(" + key.Pattern + ")$"}
	}
	return o
}

// list is a list; one value counts as a list of one.
func (s *writer) list(key schema.Key, self string) object {
	var items []object
	if key.Of != nil {
		items = append(items, s.value(*key.Of, self))
	}
	if key.Keys != nil {
		items = append(items, s.keys(key.Keys, self))
	}
	item := items[0]
	if len(items) > 1 {
		item = object{"anyOf": items}
	}
	return object{"anyOf": []object{item, {"type": []string{"array", "null"}, "items": item}}}
}
