package accepted

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path"
	"slices"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/schema"
)

// TranslatedPath is where it is recorded which text of the default language each
// translation was last compared with. "bilanz fix --translated" writes it.
const TranslatedPath = "content/translated.yaml"

// Translation is a page in another language than the default one.
type Translation struct {
	File, Source string // content/de/advice.md, content/en/advice.md
	Hash         string // of what the source says now
	Recorded     string // of what it said when the two were last compared; "" for never
}

// Hash is a name for what a page says to readers: title, description and text,
// which begins at a byte. The texts of verified links are left out, since the build
// keeps them right in every language, and so is the rest of the front matter.
func Hash(page []byte, body int) string {
	hash := sha256.New()
	said := false // a title may go on below its key, indented
	for line := range bytes.Lines(page[:body]) {
		goesOn := len(bytes.TrimSpace(line)) == 0 || line[0] == ' ' || line[0] == '\t'
		begins := bytes.HasPrefix(line, []byte("title:")) || bytes.HasPrefix(line, []byte("description:"))
		said = begins || said && goesOn
		if said && len(bytes.TrimSpace(line)) > 0 {
			hash.Write(withoutNumbers(line))
		}
	}
	hash.Write(bytes.TrimSpace(withoutNumbers(page[body:])))
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

// withoutNumbers takes the texts out of links to figures, and the returns out of the
// ends of lines.
func withoutNumbers(text []byte) []byte {
	text = bytes.ReplaceAll(text, []byte("\r"), nil)
	var out []byte
	for {
		link := bytes.Index(text, []byte("](fig:"))
		if link < 0 {
			return append(out, text...)
		}
		open := link
		if i := bytes.LastIndexByte(text[:link], '['); i >= 0 {
			open = i
		}
		out = append(append(out, text[:open]...), "](fig:"...)
		text = text[link+len("](fig:"):]
	}
}

// Outdated reports whether the source says something else than what the
// translation was compared with.
func (t Translation) Outdated() bool { return t.Recorded != "" && t.Recorded != t.Hash }

// Check says where a translation may no longer say what its source does; place is
// the title of the translation.
func (t Translation) Check(place diag.Place, list *diag.List) {
	confirm := diag.Say(`compare the two pages, then run "bilanz fix --translated %s"`,
		"vergleichen Sie die beiden Seiten und führen Sie dann „bilanz fix --translated %s“ aus",
		strings.TrimPrefix(t.File, "content/"))
	switch {
	case t.Recorded == "":
		list.Add(diag.Diagnostic{
			Code: "translation-unrecorded", Severity: diag.Warning, Place: place,
			Text: diag.Say("nobody has recorded yet which text of %s this is a translation of",
				"noch ist nicht festgehalten, welchen Stand von %s diese Seite übersetzt", t.Source),
			Ways: []diag.Text{confirm},
		})
	case t.Outdated():
		list.Add(diag.Diagnostic{
			Code: "translation-outdated", Severity: diag.Warning, Place: place,
			Text: diag.Say("%s has changed since this translation was last compared with it",
				"%s hat sich geändert, seit diese Übersetzung zuletzt damit abgeglichen wurde", t.Source),
			Ways: []diag.Text{confirm},
		})
	}
}

// Record is what content/translated.yaml holds, by file.
type Record map[string]recorded

// recorded is one line of the record.
type recorded struct {
	hash string
	at   diag.Place
}

// ReadRecord reads the record; false where there is none to rely on.
func ReadRecord(file schema.File, list *diag.List) (Record, bool) {
	node, ok := schema.Parse(file, 0, len(file.Text), list)
	if !ok || !node.Mapping(list) {
		return nil, false
	}
	record := Record{}
	for _, e := range node.Entries() {
		if hash, ok := e.Value.Scalar(list); ok {
			record[path.Join("content", e.Key)] = recorded{hash, e.KeyPlace}
		}
	}
	return record, true
}

// Hash gives the hash that is recorded for a translation; "" for none.
func (r Record) Hash(file string) string { return r[file].hash }

// CheckUnused reports lines about files that are no translations.
func (r Record) CheckUnused(isKnown func(file string) bool, list *diag.List) {
	for _, file := range slices.Sorted(maps.Keys(r)) {
		if isKnown(file) {
			continue
		}
		list.Add(diag.Diagnostic{
			Code: "translated-unused", Severity: diag.Warning, Place: r[file].at,
			Text: diag.Say("there is no translation %s", "eine Übersetzung %s gibt es nicht", file),
			Ways: []diag.Text{
				diag.Say("delete this line", "löschen Sie diese Zeile"),
				diag.Say("write the file's new name, if it was renamed",
					"schreiben Sie den neuen Namen der Datei, wenn sie umbenannt wurde"),
			},
		})
	}
}

// RecordOf writes the record anew: the translations that confirm names are as good as
// their sources now, the others stay as they were recorded.
func RecordOf(all []Translation, confirm func(Translation) bool) []byte {
	var out bytes.Buffer
	out.WriteString("# Which text of the default language each translation was last compared with.\n" +
		"# Written by \"bilanz fix --translated\"; a translation whose source changed since says so.\n")
	for _, t := range all {
		hash := t.Recorded
		if confirm(t) {
			hash = t.Hash
		}
		if hash != "" {
			out.WriteString(strings.TrimPrefix(t.File, "content/") + ": \"" + hash + "\"\n")
		}
	}
	return out.Bytes()
}
