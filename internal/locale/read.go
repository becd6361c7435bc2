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
// For any other language it is whole: whatever the English catalogue has. Only words of
// the pages may lack, since each release has new ones: pages say them in English until
// then.
type File struct {
	Path string
	Text []byte
}

// With adds catalogues to the languages that are built in. Each mistake in one is
// reported at its place; With then reports false, and the set lacks that language, or
// has it as built in.
func With(brought []File, list *diag.List) (set *Set, ok bool) {
	set, ok = &Set{langs: maps.Clone(builtIn.langs)}, true
	for _, file := range brought {
		r := reader{file: file, list: list, lang: strings.TrimSuffix(path.Base(file.Path), ".json")}
		if l, right := r.read(); right {
			set.langs[r.lang] = func() *Lang { return l }
		} else {
			ok = false
		}
	}
	return set, ok
}

type reader struct {
	file  File
	list  *diag.List
	lang  string // the code of the language, by the name of the file
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
	_, known := builtIn.Lookup(r.lang)
	if _, err := language.Parse(r.lang); err != nil {
		r.add("catalogue-value", 0, 1, diag.Say("%s.json is not named after a language",
			"%s.json heißt nicht wie eine Sprache", r.lang),
			diag.Say("name the file by the language's short name, such as uk.json",
				"benennen Sie die Datei nach dem Kürzel der Sprache, zum Beispiel uk.json"))
		return nil, false
	}
	var like catalogue // what a catalogue must hold
	below := source("en.json")
	if known {
		below = source(r.lang + ".json")
	}
	mustParse(below, &like)
	r.keys(top, like, known)
	var c catalogue
	if known {
		mustParse(below, &c)
	}
	if !r.wrong {
		r.shapes(top)
	}
	if r.wrong {
		return nil, false
	}
	mustParse(r.file.Text, &c)
	r.values(top, &c)
	r.words(top, c.Words, like)
	if r.wrong {
		return nil, false
	}
	if !known {
		r.missingWords(top.get("words").inside, &c, like.Words)
	}
	l := c.lang()
	if l.group == l.decimal {
		key := "group"
		if !top.has(key) {
			key = "decimal"
		}
		r.of(top, key, diag.Say("groups of digits and decimals need two different signs",
			"Zifferngruppen und Nachkommastellen brauchen zwei verschiedene Zeichen"))
	}
	return l, !r.wrong
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
			r.missing(top, key, diag.Say("docs/languages.md says what belongs there",
				"was dort steht, erklärt docs/languages.md"))
		}
	}
	for _, key := range relations {
		if top.has("relations") && !inner("relations").has(key) {
			r.missing(inner("relations"), key, diag.Say("list the words for it, the customary one first",
				"nennen Sie die Wörter dafür, das übliche zuerst"))
		}
	}
}

func (r *reader) unknown(in object, known []string) {
	seen := map[string]bool{}
	for _, m := range in.members {
		if seen[m.key] {
			r.add("catalogue-key-twice", m.start, m.end, diag.Say("%s stands here twice",
				"%s steht hier zweimal", m.key),
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
			ways = []diag.Text{diag.Say("delete it; docs/languages.md lists all keys",
				"löschen Sie ihn; docs/languages.md nennt alle Schlüssel")}
		}
		r.add("catalogue-key-unknown", m.start, m.end, diag.Say("a catalogue has no key \"%s\"",
			"in einem Katalog gibt es keinen Schlüssel „%s“", m.key), ways...)
	}
}

// missingWords takes the English words where the catalogue has none, and names them all
// at once: whoever translates them works through a list.
func (r *reader) missingWords(in object, c *catalogue, english map[string]word) {
	words := maps.Clone(english)
	maps.Copy(words, c.Words)
	c.Words = words
	var missing []string
	var ways []diag.Text
	for _, key := range slices.Sorted(maps.Keys(english)) {
		if in.has(key) {
			continue
		}
		missing = append(missing, key)
		if len(ways) < 3 {
			ways = append(ways, diag.Say("add \"%s\": …; in English it is \"%s\"",
				"ergänzen Sie \"%s\": …; auf Englisch heißt es „%s“", key, english[key].other))
		}
	}
	if missing != nil {
		r.list.Add(diag.Diagnostic{
			Code: "catalogue-word-missing", Severity: diag.Warning,
			Place: diag.At(r.file.Path, r.file.Text, in.start, in.start+1),
			Text: diag.Say("words are missing here, and pages say them in English: %s",
				"hier fehlen Wörter; auf den Seiten stehen sie auf Englisch: %s", strings.Join(missing, ", ")),
			Ways: ways,
		})
	}
}

func (r *reader) missing(in object, key string, what diag.Text) {
	r.add("catalogue-key-missing", in.start, in.start+1, diag.Say("\"%s\" is missing here", "hier fehlt „%s“", key),
		diag.Say("add \"%s\": …; %s", "ergänzen Sie \"%s\": …; %s", key, what))
}

// shapes says which values have another shape than those of their keys: a text
// where a list belongs. It tries one value after the other, because the error of
// encoding/json has no place that an author could find.
func (r *reader) shapes(top object) {
	for _, m := range top.members {
		if fits(m.value, m.key) {
			continue
		}
		bad := m
		for _, inner := range m.inside.members {
			if !fits(slices.Concat([]byte(`{"`+inner.key+`":`), inner.value, []byte("}")), m.key) {
				bad = inner
				break
			}
		}
		r.of(object{members: []member{bad}}, bad.key, diag.Say("%s takes a value of another kind",
			"zu %s gehört ein Wert anderer Art", bad.key))
	}
}

// fits reports whether a key of the catalogue can have this value.
func fits(value []byte, key string) bool {
	var c catalogue
	return json.Unmarshal(slices.Concat([]byte(`{"`+key+`":`), value, []byte("}")), &c) == nil
}

// values says which values cannot be.
func (r *reader) values(top object, c *catalogue) {
	if c.Code != r.lang {
		r.of(top, "code", diag.Say("the file is called %s.json, so its code is %s",
			"die Datei heißt %s.json, ihr code ist also %s", r.lang, r.lang))
	}
	for _, text := range []struct{ key, value string }{{"name", c.Name}, {"english", c.English}, {"german", c.German}} {
		if text.value == "" {
			r.of(top, text.key, diag.Say("this is the name of the language, and cannot be empty",
				"das ist der Name der Sprache; er darf nicht leer sein"))
		}
	}
	if len(c.Months) != 12 {
		r.of(top, "months", diag.Say("a year has 12 months, and this list has %d",
			"ein Jahr hat 12 Monate, diese Liste hat %d", len(c.Months)))
	}
	if c.MonthsShort != nil && len(c.MonthsShort) != 12 {
		r.of(top, "monthsShort", diag.Say("a year has 12 months, and this list has %d",
			"ein Jahr hat 12 Monate, diese Liste hat %d", len(c.MonthsShort)))
	}
	if c.MonthsAlone != nil && len(c.MonthsAlone) != 12 {
		r.of(top, "monthsAlone", diag.Say("a year has 12 months, and this list has %d",
			"ein Jahr hat 12 Monate, diese Liste hat %d", len(c.MonthsAlone)))
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
			r.of(top, marks.key, diag.Say("two marks belong here, one that opens and one that closes",
				"hierher gehören zwei Zeichen, ein öffnendes und ein schließendes"))
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
			said := top.get("relations").inside
			r.of(said, string(relation), diag.Say("at least one word belongs here, the customary one first",
				"hierher gehört mindestens ein Wort, das übliche zuerst"))
		}
	}
	for i, forms := range c.Numerals {
		if len(forms) == 0 {
			r.of(top, "numerals", diag.Say("there is no word for %d", "für %d steht kein Wort da", i+1))
		}
	}
	for _, words := range slices.Sorted(maps.Keys(c.Parts)) {
		if _, ok := fraction(c.Parts[words]); !ok {
			r.of(top.get("parts").inside, words, diag.Say("\"%s\" is no part such as 1/3, and no multiple such as 2",
				"„%s“ ist kein Teil wie 1/3 und kein Vielfaches wie 2", c.Parts[words]))
		}
	}
	r.scales(top, "scales", c.Scales)
	r.scales(top, "shortScales", c.ShortScales)
}

// scales says which words scale by what no number is scaled by.
func (r *reader) scales(top object, key string, powers map[string]int) {
	for _, words := range slices.Sorted(maps.Keys(powers)) {
		if power := powers[words]; power < 1 || power > 18 {
			r.of(top.get(key).inside, words, diag.Say("how many zeros belongs here, as 6 for a million",
				"hierher gehört die Zahl der Nullen, 6 bei einer Million"))
		}
	}
}

// words compares the places for arguments with those of the English words: each
// argument once in the form "other", and none that there is not in any.
func (r *reader) words(top object, words map[string]word, like catalogue) {
	plurals := pluralsOf(language.Make(r.lang))
	for _, m := range top.get("words").inside.members {
		w := words[m.key]
		if w.other == "" {
			r.value(m.start, m.end, diag.Say("%s has no text; one with plural forms needs \"other\"",
				"zu %s fehlt der Text; mit Mehrzahlformen gehört „other“ dazu", m.key))
			continue
		}
		like := like.Words[m.key].other
		want := places(like)
		if got := places(w.other); !slices.Equal(got, want) {
			r.places(m, like)
			continue
		}
		for _, form := range slices.Sorted(maps.Keys(w.forms)) {
			if !slices.Contains(plurals, form) {
				r.value(m.start, m.end, diag.Say("the language has no plural form \"%s\"; it has: %s",
					"die Sprache hat keine Mehrzahlform „%s“; sie hat: %s", string(form), listed(plurals)))
			} else if slices.ContainsFunc(places(w.forms[form]), func(p string) bool { return !slices.Contains(want, p) }) {
				r.places(m, like)
			}
		}
	}
}

func (r *reader) places(m member, like string) {
	text := diag.Say("%s must have the same places to fill in as \"%s\", each once",
		"%s muss dieselben Platzhalter haben wie „%s“, jeden einmal", m.key, like)
	if !placeholder.MatchString(like) {
		text = diag.Say("nothing is filled in here, so %s can hold neither %s nor %s",
			"hier wird nichts eingesetzt, also kann in %s weder %s noch %s stehen", m.key, "%s", "%d")
	}
	r.add("catalogue-placeholder", m.start, m.end, text,
		diag.Say("write %s for a text and %s for a number, as it is there; if the order changes, %s is the second",
			"schreiben Sie wie dort %s für einen Text und %s für eine Zahl; ändert sich die Reihenfolge, ist %s der zweite",
			"%s", "%d", "%[2]s"))
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
	place := diag.At(r.file.Path, r.file.Text, min(start, end), end)
	r.list.Add(diag.Diagnostic{Code: code, Place: place, Text: text, Ways: ways})
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
	value      []byte // as it stands
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
		m.value = text[value:decoder.InputOffset()]
		o.members = append(o.members, m)
	}
	_, _ = decoder.Token()
	return o
}
