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
// keeps them right in every language, and so is the rest of the front matter. Behind it
// stand marks, one of each paragraph, which tell later which of them changed.
func Hash(page []byte, body int) string {
	hash := sha256.New()
	for _, line := range frontLines(page, body) {
		hash.Write(withoutNumbers(page[line.Start:line.End]))
	}
	hash.Write(bytes.TrimSpace(withoutNumbers(page[body:])))
	var marks strings.Builder
	for _, p := range paragraphs(page, body) {
		marks.WriteString(mark(page, p))
	}
	return hex.EncodeToString(hash.Sum(nil)[:8]) + " " + marks.String()
}

// Stretch is some bytes of a page.
type Stretch struct{ Start, End int }

// frontLines are the lines of the front matter that readers get. A title may go on below
// its key, indented.
func frontLines(page []byte, body int) []Stretch {
	var lines []Stretch
	said, at := false, 0
	for line := range bytes.Lines(page[:body]) {
		goesOn := len(bytes.TrimSpace(line)) == 0 || line[0] == ' ' || line[0] == '\t'
		begins := bytes.HasPrefix(line, []byte("title:")) || bytes.HasPrefix(line, []byte("description:"))
		said = begins || said && goesOn
		if said && len(bytes.TrimSpace(line)) > 0 {
			lines = append(lines, Stretch{at, at + len(line)})
		}
		at += len(line)
	}
	return lines
}

// paragraphs are those lines, and what empty lines part in the text.
func paragraphs(page []byte, body int) []Stretch {
	all := frontLines(page, body)
	open := false
	at := body
	for line := range bytes.Lines(page[body:]) {
		switch {
		case len(bytes.TrimSpace(line)) == 0:
			open = false
		case open:
			all[len(all)-1].End = at + len(line)
		default:
			all, open = append(all, Stretch{at, at + len(line)}), true
		}
		at += len(line)
	}
	return all
}

// markLength is how many signs the mark of a paragraph has: it only gives a hint, so one
// in 65,536 may be that of another paragraph.
const markLength = 4

func mark(page []byte, p Stretch) string {
	sum := sha256.Sum256(bytes.TrimSpace(withoutNumbers(page[p.Start:p.End])))
	return hex.EncodeToString(sum[:markLength/2])
}

// Changed gives the paragraphs of a page that were not there when its hash was recorded,
// and how many are gone since. It reports false for a record that holds no marks.
func Changed(recorded string, page []byte, body int) (changed []Stretch, gone int, known bool) {
	_, marks, known := strings.Cut(recorded, " ")
	before := map[string]int{}
	for ; len(marks) >= markLength; marks = marks[markLength:] {
		before[marks[:markLength]]++
		gone++
	}
	for _, p := range paragraphs(page, body) {
		m := mark(page, p)
		if before[m] == 0 {
			changed = append(changed, p)
			continue
		}
		before[m]--
		gone--
	}
	return changed, max(0, gone-len(changed)), known
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
func (t Translation) Outdated() bool {
	before, _, _ := strings.Cut(t.Recorded, " ")
	now, _, _ := strings.Cut(t.Hash, " ")
	return before != "" && before != now
}

// Check says where a translation may no longer say what its source does; place is
// the title of the translation, and text what the source says now.
func (t Translation) Check(place diag.Place, text []byte, body int, list *diag.List) {
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
			Notes: t.changes(text, body), Ways: []diag.Text{confirm, diag.Say("without the command: write in %s: %s",
				"ohne den Befehl: schreiben Sie in %s: %s", TranslatedPath, t.line(t.Hash))},
		})
	}
}

// mostChanges is how many changed paragraphs a message names.
const mostChanges = 5

// changes names the paragraphs of the source that changed.
func (t Translation) changes(text []byte, body int) []diag.Note {
	if body > len(text) {
		return nil // it cannot be read, which was said
	}
	changed, gone, known := Changed(t.Recorded, text, body)
	if !known {
		return nil
	}
	var notes []diag.Note
	for _, p := range changed[:min(len(changed), mostChanges)] {
		notes = append(notes, diag.Note{
			Place: diag.At(t.Source, text, p.Start, p.End),
			Text:  diag.Say("new or changed: %s", "neu oder geändert: %s", opening(text[p.Start:p.End])),
		})
	}
	if more := len(changed) - len(notes); more > 0 {
		notes = append(notes, diag.Note{Place: diag.File(t.Source), Text: diag.Say(
			"%d more paragraphs are new or changed",
			"%d weitere Absätze sind neu oder geändert", more)})
	}
	if gone > 0 {
		notes = append(notes, diag.Note{Place: diag.File(t.Source), Text: diag.Plural(gone,
			diag.Say("1 paragraph is gone", "1 Absatz ist weggefallen"),
			diag.Say("%d paragraphs are gone", "%d Absätze sind weggefallen", gone))})
	}
	return notes
}

// mostWords is how many characters of a paragraph a message shows.
const mostWords = 70

// opening is how a paragraph begins.
func opening(paragraph []byte) string {
	words := []rune(strings.Join(strings.Fields(string(paragraph)), " "))
	if len(words) <= mostWords {
		return string(words)
	}
	return string(words[:mostWords-1]) + "…"
}

// line is what the record says of the translation.
func (t Translation) line(hash string) string {
	return strings.TrimPrefix(t.File, "content/") + ": \"" + hash + "\""
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

// recordedAnew writes into a record that the translation is as good as its source now, and
// touches no other line.
func (t Translation) recordedAnew(record []byte) []byte {
	lines := strings.SplitAfter(string(record), "\n")
	file := strings.TrimPrefix(t.File, "content/")
	for i, line := range lines {
		if name, _, ok := strings.Cut(line, ":"); ok && strings.Trim(name, "\"' ") == file {
			lines[i] = strings.Replace(line, t.Recorded, t.Hash, 1)
		}
	}
	return []byte(strings.Join(lines, ""))
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
			out.WriteString(t.line(hash) + "\n")
		}
	}
	return out.Bytes()
}

// KeepRecord gives a record in which translations stay recorded that were so before something
// was changed in their sources by which nobody has anything to translate: an id that is
// another, a number that is a link now. It says how many they are.
func KeepRecord(record []byte, before, now []Translation) ([]byte, int) {
	compared := map[string]bool{}
	for _, t := range before {
		compared[t.File] = t.Recorded != "" && !t.Outdated()
	}
	n := 0
	for _, t := range now {
		if compared[t.File] && t.Outdated() {
			record, n = t.recordedAnew(record), n+1
		}
	}
	return record, n
}
