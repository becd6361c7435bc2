package schema

import (
	"slices"
	"strings"

	"bilanz/internal/diag"
)

// Fields is a mapping read by a table of keys.
type Fields struct {
	node   *Node
	taken  []field // a short list is found through faster than a map
	splits map[string][2]int
}

// field is one known key that stands there, misspelt perhaps; its value is nil where it
// was refused.
type field struct {
	name  string
	value *Node
}

func (f Fields) find(key string) (field, bool) {
	for _, t := range f.taken {
		if t.name == key {
			return t, true
		}
	}
	return field{}, false
}

// Names gives the known keys in the order of the file.
func (f Fields) Names() []string {
	names := make([]string, len(f.taken))
	for i, t := range f.taken {
		names[i] = t.name
	}
	return names
}

// Get gives the value of a key. It is nil where the key is absent, and where its
// value has the wrong shape, which was said (see Faulty).
func (f Fields) Get(key string) *Node {
	t, _ := f.find(key)
	return t.value
}

// Has reports whether the key stands there, right or wrong.
func (f Fields) Has(key string) bool {
	_, ok := f.find(key)
	return ok
}

// Faulty reports whether the key stands there with a value that was refused.
func (f Fields) Faulty(key string) bool {
	t, ok := f.find(key)
	return ok && t.value == nil
}

// Text gives the text of a key, or "" where it is absent or refused.
func (f Fields) Text(key string) string {
	if t, _ := f.find(key); t.value != nil {
		return t.value.text
	}
	return ""
}

// KeyPlace is where a key stands, or the mapping itself where it is absent.
func (f Fields) KeyPlace(key string) diag.Place {
	for _, e := range f.node.entries {
		if e.key.text == key {
			return e.key.Place()
		}
	}
	return f.Place()
}

// Place is where the mapping is to be found: at its key, or its first line.
func (f Fields) Place() diag.Place {
	if f.node.keyEnd != 0 && !f.node.item {
		return f.node.KeyPlace()
	}
	if len(f.node.entries) > 0 {
		return f.node.entries[0].key.Place()
	}
	if f.node.start > 0 {
		return f.node.file.At(f.node.start, f.node.start)
	}
	return diag.File(f.node.file.Path)
}

// Fields reads a mapping by a table of keys. It says which keys are unknown,
// which are missing, and which values look different from what their key takes.
// A key that is misspelt is read as the one that is meant, so that nothing else is
// said of it. It reports false where n is no mapping; a key without a value counts
// as an empty one.
func (n *Node) Fields(keys Keys, list *diag.List) (Fields, bool) {
	f := Fields{node: n, taken: make([]field, 0, len(n.entries))}
	if !n.Mapping(list) {
		return f, false
	}
	var strange []entry
	for i := 0; i < len(n.entries); i++ {
		e := n.entries[i]
		key, known := keys.find(e.key.text)
		if known {
			f.take(key, e, list)
			continue
		}
		if pieces := f.takeSplit(keys, i, list); pieces > 0 {
			i += pieces - 1
			continue
		}
		strange = append(strange, e)
	}
	if !f.guess(keys, strange, list) {
		f.missing(keys, list)
	}
	return f, true
}

// guess says which keys are unknown, and reads each as the one that is meant. It reports
// true where several mean nothing here: then they belong elsewhere, as after the line
// above them was deleted, and what is missing here is no mistake of its own.
func (f *Fields) guess(keys Keys, strange []entry, list *diag.List) (astray bool) {
	var foreign []*Node
	for _, e := range strange {
		if f.withoutColon(keys, e, list) {
			continue
		}
		near := diag.Nearest(e.key.text, keys.names())
		if len(near) == 0 {
			foreign = append(foreign, e.key)
			continue
		}
		f.node.unknown(keys, []*Node{e.key}, near, list)
		for _, name := range near {
			if !f.Has(name) {
				key, _ := keys.find(name)
				f.take(key, e, nil)
				break
			}
		}
	}
	if len(foreign) > 0 {
		f.node.unknown(keys, foreign, nil, list)
	}
	return len(foreign) > 1
}

// withoutColon says that a key lacks the colon between it and its value, as in
// {value 195182, unit: people}, and keeps the key so that nobody misses it.
func (f *Fields) withoutColon(keys Keys, e entry, list *diag.List) bool {
	name, value, spaced := strings.Cut(e.key.text, " ")
	key, known := keys.find(name)
	if !known || !spaced || f.Has(name) || e.value.text != "" {
		return false
	}
	f.taken = append(f.taken, field{key.Name, nil})
	report(list, diag.Diagnostic{
		Code: "yaml-no-colon", Place: e.key.Place(),
		Text: diag.Say("the colon behind %s is missing", "hinter %s fehlt der Doppelpunkt", name),
		Ways: []diag.Text{diag.Say("write %s", "schreiben Sie %s", name+": "+strings.TrimSpace(value))},
	})
	return true
}

func (keys Keys) find(name string) (*Key, bool) {
	for i := range keys {
		if keys[i].Name == name {
			return &keys[i], true
		}
	}
	return nil, false
}

// take keeps a value whose shape is right.
func (f *Fields) take(key *Key, e entry, list *diag.List) {
	value := e.value
	if !fitsKind(key, value, list) {
		value = nil
	}
	f.taken = append(f.taken, field{key.Name, value})
}

func (f *Fields) refuse(name string) {
	for i := range f.taken {
		if f.taken[i].name == name {
			f.taken[i].value = nil
		}
	}
}

func fitsKind(key *Key, n *Node, list *diag.List) bool {
	switch key.Kind {
	case Text, Line:
		if n.shape != scalar && n.shape != nothing {
			n.misshapen(Text, list)
			return false
		}
		return len(key.Values) == 0 || slices.Contains(key.Values, n.text) || n.notOneOf(key.Values, list)
	case Mapping, Map:
		return n.Mapping(list)
	case Bool:
		_, ok := n.Bool(list)
		return ok
	}
	return true
}

// notOneOf says which values a key may have; it always reports false.
func (n *Node) notOneOf(values []string, list *diag.List) bool {
	d := diag.Diagnostic{
		Code: "value-unknown", Place: n.Place(),
		Text: diag.Say("%s cannot be %s; it is one of: %s",
			"%s kann nicht %s sein; möglich ist: %s", n.key, quoted(n.text), strings.Join(values, ", ")),
	}
	for _, near := range diag.Nearest(n.text, values) {
		d.Ways = append(d.Ways, diag.Say("write %s", "schreiben Sie %s", near))
	}
	report(list, d)
	return false
}

// quoted puts a word that may be empty or odd between quotation marks.
func quoted(word string) diag.Text { return diag.Say("\"%s\"", "„%s“", word) }

func (keys Keys) names() []string {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.Name
	}
	return names
}

// unknown says that there are no such keys, and which may be meant.
func (n *Node) unknown(keys Keys, unknown []*Node, near []string, list *diag.List) {
	var texts []string
	for _, key := range unknown {
		texts = append(texts, key.text)
	}
	known := strings.Join(keys.names(), ", ")
	d := diag.Diagnostic{
		Code: "key-unknown", Place: unknown[0].Place(), About: texts,
		Text: diag.Say("there is no key %s here; there are: %s",
			"den Schlüssel %s gibt es hier nicht; es gibt: %s", texts[0], known),
		Ways: []diag.Text{diag.Say("delete it, or put # before it to keep it as a comment",
			"löschen Sie ihn, oder setzen Sie # davor, um ihn als Kommentar zu behalten")},
	}
	if len(unknown) > 1 {
		d.Text = diag.Say("these keys do not belong here: %s; there are: %s",
			"diese Schlüssel gehören nicht hierher: %s; es gibt: %s", strings.Join(texts, ", "), known)
		d.Ways = []diag.Text{
			diag.Say("if the line above them is missing, such as parts: or the name of a source, write it again",
				"fehlt die Zeile darüber, etwa parts: oder der Name einer Quelle, schreiben Sie sie wieder hin"),
			diag.Say("delete them, or put # before each to keep it as a comment",
				"löschen Sie sie, oder setzen Sie vor jeden ein #, um ihn als Kommentar zu behalten"),
		}
	}
	if len(near) > 0 {
		d.Text = diag.Say("there is no key %s here", "den Schlüssel %s gibt es hier nicht", texts[0])
		d.Ways = nil
	}
	for _, name := range near {
		d.Ways = append(d.Ways, diag.Say("write %s:", "schreiben Sie %s:", name))
	}
	report(list, d)
}

// missing says which keys have to stand here and do not.
func (f *Fields) missing(keys Keys, list *diag.List) {
	var names, forms []string
	for _, key := range keys {
		if !key.Required || f.Has(key.Name) {
			continue
		}
		form := "…"
		if key.Form != "" {
			form = key.Form
		}
		names, forms = append(names, key.Name+":"), append(forms, key.Name+": "+form)
	}
	if len(names) == 0 {
		return
	}
	d := diag.Diagnostic{
		Code: "key-missing", Place: f.Place(),
		Text: diag.Say("%s is missing here", "hier fehlt %s", names[0]),
		Ways: []diag.Text{diag.Say("add %s", "ergänzen Sie %s", forms[0])},
	}
	if len(names) > 1 {
		d.Text = diag.Say("these keys are missing here: %s", "hier fehlen: %s", strings.Join(names, ", "))
		d.Ways = []diag.Text{diag.Say("add a line for each: %s", "ergänzen Sie für jeden eine Zeile: %s",
			strings.Join(forms, ", "))}
	}
	report(list, d)
}

// takeSplit recognises what YAML does to {value: 171,905}: a value 171 and a key
// 905 without a value. It gives the number of such keys from entry i on.
func (f *Fields) takeSplit(keys Keys, i int, list *diag.List) int {
	if i == 0 || !f.node.flow {
		return 0
	}
	before := f.node.entries[i-1]
	key, known := keys.find(before.key.text)
	if !known || before.value.shape != scalar || before.value.style != plainStyle {
		return 0
	}
	pieces, end := 0, 0
	for _, e := range f.node.entries[i:] {
		if _, known := keys.find(e.key.text); known || e.value.shape != nothing {
			break
		}
		pieces, end = pieces+1, e.key.end
	}
	if pieces == 0 {
		return 0
	}
	if f.splits == nil {
		f.splits = map[string][2]int{}
	}
	f.splits[key.Name] = [2]int{before.value.start, end}
	f.refuse(key.Name)
	f.saySplit(key.Name, before.value.start, end, list)
	return pieces
}

func (f *Fields) saySplit(name string, start, end int, list *diag.List) {
	place := f.node.file.At(start, end)
	text := string(f.node.file.Text[start:end])
	words, number := "", text
	space := strings.LastIndexByte(text, ' ')
	if name == "value" && space > 0 && !strings.ContainsAny(text[:space], "0123456789") {
		words, number = text[:space+1], text[space+1:] // of a bound: around 4,000
	}
	digits, grouped := Ungrouped(number, ",")
	if !grouped && strings.Trim(text, "-0123456789., ") != "" {
		report(list, diag.Diagnostic{
			Code: "text-split", Place: place,
			Text: diag.Say("the comma splits this text: inside { } it ends the text",
				"das Komma trennt diesen Text: innerhalb von { } endet der Text dort"),
			Ways: []diag.Text{diag.Say("put it in quotes: %s: \"%s\"",
				"setzen Sie ihn in Anführungszeichen: %s: \"%s\"", name, text)},
		})
		return
	}
	d := diag.Diagnostic{
		Code: "value-split", Place: place,
		Text: diag.Say("the comma splits %s: inside { } it ends the value",
			"das Komma trennt %s: innerhalb von { } endet der Wert dort", text),
	}
	if grouped {
		d.Ways = []diag.Text{diag.Say("run \"bilanz fix\" to write %s", "„bilanz fix“ schreibt %s", words+digits)}
		d.Edits = []diag.Edit{f.node.file.Edit(start, end, words+digits)}
	} else {
		d.Ways = []diag.Text{diag.Say("write %s", "schreiben Sie %s", lastSignPoint(text))}
	}
	report(list, d)
}

// lastSignPoint writes a number whose last sign is the decimal sign with a point.
func lastSignPoint(text string) string {
	last := strings.LastIndexAny(text, ".,")
	plain := strings.NewReplacer(" ", "", ".", "", ",", "")
	return plain.Replace(text[:last]) + "." + plain.Replace(text[last+1:])
}

// Ungrouped takes the signs between groups of three digits out of a number, and
// reports whether the groups leave no doubt.
func Ungrouped(text, sign string) (string, bool) {
	groups := strings.Split(strings.TrimPrefix(text, "-"), sign)
	if len(groups) < 2 || len(groups[0]) == 0 || len(groups[0]) > 3 || groups[0][0] == '0' {
		return "", false
	}
	for i, group := range groups {
		if i > 0 && len(group) != 3 || strings.Trim(group, "0123456789") != "" {
			return "", false
		}
	}
	return strings.ReplaceAll(text, sign, ""), true
}
