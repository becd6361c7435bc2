package locale

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"bilanz/internal/diag"

	"golang.org/x/text/language"
)

// File is a catalogue that a project brings: content/locale/uk.json. For a language
// that is built in it says only what it changes: lists and texts replace those
// built in, and what has names (words, relations, scales, parts) goes by the name.
// For any other language it is whole: whatever the English catalogue has.
type File struct {
	Path string
	Text []byte
}

// With adds catalogues to the languages that are built in. One that is wrong is
// reported, each mistake at its place, and its language is left out, or as built in.
func With(brought []File, list *diag.List) *Set {
	set := &Set{langs: maps.Clone(builtIn.langs)}
	for _, file := range brought {
		r := reader{file: file, list: list, code: strings.TrimSuffix(path.Base(file.Path), ".json")}
		if l, ok := r.read(); ok {
			set.langs[r.code] = l
		}
	}
	return set
}

type reader struct {
	file  File
	list  *diag.List
	code  string
	wrong bool
}

func (r *reader) read() (*Lang, bool) {
	top, at, ok := parseObject(r.file.Text)
	if !ok {
		r.add("catalogue-broken", at, at+1, diag.Say("from here on this is no JSON", "ab hier ist das kein JSON"),
			diag.Say("look for a comma, a bracket or a quotation mark that is missing or too many just before this place",
				"suchen Sie kurz vor dieser Stelle ein Komma, eine Klammer oder ein Anführungszeichen, das fehlt oder zu viel ist"))
		return nil, false
	}
	_, known := builtIn.Lookup(r.code)
	if _, err := language.Parse(r.code); err != nil {
		r.add("catalogue-value", 0, 1, diag.Say("%s.json is not named after a language", "%s.json heißt nicht wie eine Sprache", r.code),
			diag.Say("name the file by the language's short name, such as uk.json", "benennen Sie die Datei nach dem Kürzel der Sprache, zum Beispiel uk.json"))
		return nil, false
	}
	var like catalogue // what a catalogue must hold
	below := source("en.json")
	if known {
		below = source(r.code + ".json")
	}
	mustParse(below, &like)
	r.keys(top, like, known)
	var c catalogue
	if known {
		mustParse(below, &c)
	}
	if r.wrong || !r.decode(&c) {
		return nil, false
	}
	r.values(top, &c)
	r.words(top, c.Words)
	if r.wrong {
		return nil, false
	}
	return c.lang(), true
}

func mustParse(text []byte, c *catalogue) {
	if err := json.Unmarshal(text, c); err != nil {
		panic(err)
	}
}

// keys compares the keys with those that there are; a new language needs all.
func (r *reader) keys(top object, like catalogue, partial bool) {
	all := slices.Concat(required, optional)
	r.unknown(top, all)
	words := slices.Sorted(maps.Keys(like.Words))
	relations := make([]string, len(Relations))
	for i, relation := range Relations {
		relations[i] = string(relation)
	}
	inner := func(key string) object { return top.get(key).inside }
	r.unknown(inner("words"), words)
	r.unknown(inner("relations"), relations)
	if partial {
		return
	}
	for _, key := range required {
		if !top.has(key) {
			r.missing(top, key, diag.Say("docs/languages.md says what belongs there", "was dort steht, erklärt docs/languages.md"))
		}
	}
	for _, key := range words {
		if top.has("words") && !inner("words").has(key) {
			english := like.Words[key].other
			r.missing(inner("words"), key, diag.Say("in English it is \"%s\"", "auf Englisch heißt es „%s“", english))
		}
	}
	for _, key := range relations {
		if top.has("relations") && !inner("relations").has(key) {
			r.missing(inner("relations"), key, diag.Say("list the words for it, the customary one first", "nennen Sie die Wörter dafür, das übliche zuerst"))
		}
	}
}

func (r *reader) unknown(in object, known []string) {
	seen := map[string]bool{}
	for _, m := range in.members {
		if seen[m.key] {
			r.add("catalogue-key-twice", m.start, m.end, diag.Say("%s stands here twice", "%s steht hier zweimal", m.key),
				diag.Say("delete one of the two", "löschen Sie eines von beiden"))
		}
		seen[m.key] = true
		if slices.Contains(known, m.key) {
			continue
		}
		var ways []diag.Text
		for _, near := range diag.Nearest(m.key, known) {
			ways = append(ways, diag.Say("write \"%s\"", "schreiben Sie \"%s\"", near))
		}
		if ways == nil {
			ways = []diag.Text{diag.Say("delete it; docs/languages.md lists all keys", "löschen Sie ihn; docs/languages.md nennt alle Schlüssel")}
		}
		r.add("catalogue-key-unknown", m.start, m.end, diag.Say("a catalogue has no key \"%s\"", "in einem Katalog gibt es keinen Schlüssel „%s“", m.key), ways...)
	}
}

func (r *reader) missing(in object, key string, what diag.Text) {
	r.add("catalogue-key-missing", in.start, in.start+1, diag.Say("\"%s\" is missing here", "hier fehlt „%s“", key),
		diag.Say("add \"%s\": …; %s", "ergänzen Sie \"%s\": …; %s", key, what))
}

// decode reads what has the right keys, and says where a value has another shape.
func (r *reader) decode(c *catalogue) bool {
	err := json.Unmarshal(r.file.Text, c)
	if err == nil {
		return true
	}
	at := 0
	var shape *json.UnmarshalTypeError
	if errors.As(err, &shape) {
		at = max(0, int(shape.Offset)-1)
	}
	r.value(at, at+1, diag.Say("a value of another kind belongs here", "hierher gehört ein Wert anderer Art"),
		diag.Say("compare it with the example in docs/languages.md", "vergleichen Sie ihn mit dem Beispiel in docs/languages.md"))
	return false
}

// values says which values cannot be.
func (r *reader) values(top object, c *catalogue) {
	if c.Code != r.code {
		r.of(top, "code", diag.Say("the file is called %s.json, so its code is %s", "die Datei heißt %s.json, ihr code ist also %s", r.code, r.code))
	}
	for _, text := range []struct{ key, value string }{{"name", c.Name}, {"english", c.English}, {"german", c.German}} {
		if text.value == "" {
			r.of(top, text.key, diag.Say("this is the name of the language, and cannot be empty", "das ist der Name der Sprache; er darf nicht leer sein"))
		}
	}
	if len(c.Months) != 12 {
		r.of(top, "months", diag.Say("a year has 12 months, and here are %d", "ein Jahr hat 12 Monate, hier stehen %d", len(c.Months)))
	}
	if c.MonthsAlone != nil && len(c.MonthsAlone) != 12 {
		r.of(top, "monthsAlone", diag.Say("a year has 12 months, and here are %d", "ein Jahr hat 12 Monate, hier stehen %d", len(c.MonthsAlone)))
	}
	r.holds(top, "date", c.Date, "{day}", "{month}", "{year}")
	if c.MonthYear != "" {
		r.holds(top, "monthYear", c.MonthYear, "{month}", "{year}")
	}
	for _, marks := range []struct {
		key string
		got []string
	}{{"quotes", c.Quotes}, {"innerQuotes", c.InnerQuotes}} {
		if len(marks.got) != 2 {
			r.of(top, marks.key, diag.Say("two marks belong here, one that opens and one that closes", "hierher gehören zwei Zeichen, ein öffnendes und ein schließendes"))
		}
	}
	r.numbers(top, c)
}

// holds says which placeholders a pattern lacks.
func (r *reader) holds(top object, key, pattern string, places ...string) {
	for _, place := range places {
		if !strings.Contains(pattern, place) {
			r.of(top, key, diag.Say("%s must stand in it", "%s muss darin vorkommen", place))
		}
	}
}

// numbers looks at the words for numbers.
func (r *reader) numbers(top object, c *catalogue) {
	for _, relation := range Relations {
		if len(c.Relations[relation]) == 0 {
			r.of(top.get("relations").inside, string(relation), diag.Say("at least one word belongs here, the customary one first", "hierher gehört mindestens ein Wort, das übliche zuerst"))
		}
	}
	for i, forms := range c.Numerals {
		if len(forms) == 0 {
			r.of(top, "numerals", diag.Say("there is no word for %d", "für %d steht kein Wort da", i+1))
		}
	}
	for _, words := range slices.Sorted(maps.Keys(c.Parts)) {
		if _, ok := fraction(c.Parts[words]); !ok {
			r.of(top.get("parts").inside, words, diag.Say("\"%s\" is no part such as 1/3, and no multiple such as 2", "„%s“ ist kein Teil wie 1/3 und kein Vielfaches wie 2", c.Parts[words]))
		}
	}
	for _, words := range slices.Sorted(maps.Keys(c.Scales)) {
		if power := c.Scales[words]; power < 1 || power > 18 {
			r.of(top.get("scales").inside, words, diag.Say("how many zeros belongs here, as 6 for a million", "hierher gehört die Zahl der Nullen, 6 bei einer Million"))
		}
	}
	if c.Group != "" && c.Group == or(c.Decimal, ".") {
		r.of(top, "group", diag.Say("groups and decimals need two different signs", "Gruppen und Nachkommastellen brauchen zwei verschiedene Zeichen"))
	}
}

// words compares the places for arguments with those of the English words: each
// argument once in the form "other", and none that there is not in any.
func (r *reader) words(top object, words map[string]word) {
	var english catalogue
	mustParse(source("en.json"), &english)
	plurals := pluralsOf(language.Make(r.code))
	for _, m := range top.get("words").inside.members {
		w := words[m.key]
		want := places(english.Words[m.key].other)
		if got := places(w.other); !slices.Equal(got, want) {
			r.places(m, want)
			continue
		}
		for _, form := range slices.Sorted(maps.Keys(w.forms)) {
			if !slices.Contains(plurals, form) {
				r.value(m.start, m.end, diag.Say("the language has no plural form \"%s\"; it has: %s", "die Sprache hat keine Mehrzahlform „%s“; sie hat: %s", string(form), listed(plurals)))
			} else if slices.ContainsFunc(places(w.forms[form]), func(p string) bool { return !slices.Contains(want, p) }) {
				r.places(m, want)
			}
		}
	}
}

func (r *reader) places(m member, want []string) {
	text := diag.Say("in this word must stand, each once: %s", "in diesem Wort muss je einmal stehen: %s", strings.Join(want, ", "))
	if len(want) == 0 {
		text = diag.Say("this word has no place for anything: neither %%s nor %%d", "in diesem Wort ist kein Platz für Angaben: weder %%s noch %%d")
	}
	r.add("catalogue-placeholder", m.start, m.end, text,
		diag.Say("the build puts a text or a number there; %%[2]s is the second of them", "dort setzt bilanz Texte oder Zahlen ein; %%[2]s ist die zweite davon"))
}

// places lists which arguments a word takes, in their order: "%[1]s", "%[2]d".
func places(text string) []string {
	var all []string
	next := 0
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		if m[1] != "" {
			next = int(m[1][0]-'0') - 1
		}
		next++
		all = append(all, "%["+string(rune('0'+next))+"]"+m[0][len(m[0])-1:])
	}
	slices.Sort(all)
	return all
}

func listed(plurals []Plural) string {
	names := make([]string, len(plurals))
	for i, p := range plurals {
		names[i] = string(p)
	}
	return strings.Join(names, ", ")
}

func (r *reader) of(in object, key string, text diag.Text) {
	m := in.get(key)
	if m.key == "" { // what is wrong is built in together with what is not
		m.start, m.end = in.start, in.start+1
	}
	r.value(m.start, m.end, text)
}

func (r *reader) value(start, end int, text diag.Text, ways ...diag.Text) {
	if ways == nil {
		ways = []diag.Text{diag.Say("docs/languages.md has an example", "docs/languages.md hat ein Beispiel")}
	}
	r.add("catalogue-value", start, end, text, ways...)
}

func (r *reader) add(code string, start, end int, text diag.Text, ways ...diag.Text) {
	r.wrong = true
	end = min(end, len(r.file.Text))
	r.list.Add(diag.Diagnostic{Code: code, Place: diag.At(r.file.Path, r.file.Text, min(start, end), end), Text: text, Ways: ways})
}

// object is an object of JSON with the bytes where its keys stand; encoding/json
// decodes the values.
type object struct {
	start   int
	members []member
}

type member struct {
	key        string
	start, end int    // of the key, with its quotation marks
	inside     object // where the value is an object
}

func (o object) get(key string) member {
	for _, m := range o.members {
		if m.key == key {
			return m
		}
	}
	return member{}
}

func (o object) has(key string) bool { return o.get(key).key != "" }

// parseObject reads a file that holds one object. Where it is none, at is the byte
// from which on it is broken.
func parseObject(text []byte) (top object, at int, ok bool) {
	var raw json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at = int(syntax.Offset) - 1
		}
		return object{}, min(max(0, at), max(0, len(text)-1)), false
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	token, _ := decoder.Token()
	if token != json.Delim('{') {
		return object{}, 0, false
	}
	return members(decoder, text), 0, true
}

// members reads what is left of an object whose bracket was read. The text is valid
// JSON, so nothing can fail.
func members(decoder *json.Decoder, text []byte) object {
	o := object{start: int(decoder.InputOffset()) - 1}
	for decoder.More() {
		before := int(decoder.InputOffset())
		key, _ := decoder.Token()
		m := member{end: int(decoder.InputOffset())}
		m.key, _ = key.(string)
		m.start = before + bytes.IndexByte(text[before:], '"')
		value := m.end + 1
		for text[value] == ':' || strings.IndexByte(" \t\r\n", text[value]) >= 0 {
			value++
		}
		if text[value] == '{' {
			_, _ = decoder.Token()
			m.inside = members(decoder, text)
		} else {
			var skipped json.RawMessage
			_ = decoder.Decode(&skipped)
		}
		o.members = append(o.members, m)
	}
	_, _ = decoder.Token()
	return o
}
