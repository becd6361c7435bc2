package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"path"
	"strings"

	"bilanz/internal/diag"
	"bilanz/internal/render"
	"bilanz/internal/schema"
	"bilanz/internal/site"
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

// Translations gives every translation of the site, by file.
func (r Result) Translations() []Translation { return r.translations }

// saysHash is a name for what a page says to readers: title, description and text,
// which begins at a byte. The texts of verified links are left out, since the build
// keeps them right in every language, and so is the rest of the front matter.
func saysHash(page []byte, body int) string {
	hash := sha256.New()
	for line := range bytes.Lines(page[:body]) {
		if bytes.HasPrefix(line, []byte("title:")) || bytes.HasPrefix(line, []byte("description:")) {
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

// checkTranslated holds the sources of translations against what is recorded. A
// project without a record wants none.
func (b *builder) checkTranslated() {
	record, ok := b.readTranslated()
	if !ok && !b.o.Translations {
		return
	}
	hashes := b.sourceHashes()
	known := map[string]bool{}
	for _, p := range b.site.Pages {
		source := p.Group.In(b.config.Default.Code)
		known[p.File] = source != nil && p != source
		if !known[p.File] || hashes[source.Group] == "" {
			continue
		}
		t := Translation{File: p.File, Source: source.File, Hash: hashes[source.Group], Recorded: record[p.File].hash}
		b.translations = append(b.translations, t)
		if ok {
			b.judgeTranslation(p, t)
		}
	}
	for _, file := range sortedKeys(record) {
		if known[file] || b.site.IsDraft(file) {
			continue
		}
		b.list.Add(diag.Diagnostic{
			Code: "translated-unused", Severity: diag.Warning, Place: record[file].at,
			Text: diag.Say("there is no translation %s", "eine Übersetzung %s gibt es nicht", file),
			Ways: []diag.Text{
				diag.Say("delete this line", "löschen Sie diese Zeile"),
				diag.Say("write the file's new name, if it was renamed", "schreiben Sie den neuen Namen der Datei, wenn sie umbenannt wurde"),
			},
		})
	}
}

// sourceHashes reads the pages of the default language that have a translation.
func (b *builder) sourceHashes() map[*site.Group]string {
	hashes := make([]string, len(b.site.Groups))
	b.each(len(hashes), func(i int) {
		source := b.site.Groups[i].In(b.config.Default.Code)
		if source == nil || source.Broken || len(b.site.Groups[i].Pages) < 2 {
			return
		}
		if text, ok := b.project.Read(source.File, &b.list); ok && source.Front.Start <= len(text) {
			hashes[i] = saysHash(text, source.Front.Start)
		}
	})
	all := map[*site.Group]string{}
	for i, g := range b.site.Groups {
		all[g] = hashes[i]
	}
	return all
}

// judgeTranslation says where a translation may no longer say what its source does.
func (b *builder) judgeTranslation(p *site.Page, t Translation) {
	place := b.at(p, p.Front.TitleStart, p.Front.TitleEnd)
	confirm := diag.Say(`compare the two pages, then run "bilanz fix --translated %s"`,
		"vergleichen Sie die beiden Seiten und führen Sie dann „bilanz fix --translated %s“ aus", strings.TrimPrefix(t.File, "content/"))
	switch t.Recorded {
	case t.Hash:
	case "":
		b.list.Add(diag.Diagnostic{
			Code: "translation-unrecorded", Severity: diag.Warning, Place: place,
			Text: diag.Say("nobody has recorded yet which text of %s this is a translation of", "noch ist nicht festgehalten, welchen Stand von %s diese Seite übersetzt", t.Source),
			Ways: []diag.Text{confirm},
		})
	default:
		b.outdated[p] = true
		b.list.Add(diag.Diagnostic{
			Code: "translation-outdated", Severity: diag.Warning, Place: place,
			Text: diag.Say("%s has changed since this translation was last compared with it", "%s hat sich geändert, seit diese Übersetzung zuletzt damit abgeglichen wurde", t.Source),
			Ways: []diag.Text{confirm},
		})
	}
}

// recorded is one line of the record.
type recorded struct {
	hash string
	at   diag.Place
}

// readTranslated reads the record; false where there is none, or none to rely on.
func (b *builder) readTranslated() (map[string]recorded, bool) {
	if !b.project.Has(TranslatedPath) {
		return nil, false
	}
	text, ok := b.project.Read(TranslatedPath, &b.list)
	if !ok {
		return nil, false
	}
	node, ok := schema.Parse(schema.File{Path: TranslatedPath, Text: text}, 0, len(text), &b.list)
	if !ok || !node.Mapping(&b.list) {
		return nil, false
	}
	record := map[string]recorded{}
	for _, e := range node.Entries() {
		if hash, ok := e.Value.Scalar(&b.list); ok {
			record[path.Join("content", e.Key)] = recorded{hash, e.KeyPlace}
		}
	}
	return record, true
}

// notices are the lines above the text of a page.
func (t *turn) notices() []template.HTML {
	if !t.outdated[t.page] {
		return nil
	}
	source := t.page.Group.In(t.config.Default.Code)
	link := `<a href="` + render.Rel(t.page.Path, source.Path) + `" lang="` + source.Lang.Code + `" hreflang="` + source.Lang.Code + `">` +
		string(render.Text(source.Lang.Name)) + "</a>"
	return []template.HTML{template.HTML(t.lang.Word("translation-older", link))}
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
