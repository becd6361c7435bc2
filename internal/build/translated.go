package build

import (
	"bilanz/internal/accepted"
	"bilanz/internal/leftover"
	"bilanz/internal/schema"
	"bilanz/internal/site"
)

// checkTranslated holds the sources of translations against what is recorded. A
// project without a record wants none.
func (b *builder) checkTranslated() {
	record, ok := b.readRecord()
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
		t := accepted.Translation{
			File: p.File, Source: source.File, Hash: hashes[source.Group], Recorded: record.Hash(p.File),
		}
		b.translations = append(b.translations, t)
		if ok {
			var text []byte
			if t.Outdated() {
				text, _ = b.project.Read(source.File, &b.siteProblems)
			}
			t.Check(b.at(p, p.Front.TitleStart, p.Front.TitleEnd), text, source.Front.Start, &b.siteProblems)
			b.outdated[p] = t.Outdated()
		}
	}
	record.CheckUnused(func(file string) bool { return known[file] || b.site.IsDraft(file) }, &b.siteProblems)
}

// readRecord reads what translations were last compared with; false where that is
// not known.
func (b *builder) readRecord() (accepted.Record, bool) {
	if !b.project.Has(accepted.TranslatedPath) {
		return nil, false
	}
	text, ok := b.project.Read(accepted.TranslatedPath, &b.siteProblems)
	if !ok {
		return nil, false
	}
	b.siteProblems.Add(leftover.Unseen(accepted.TranslatedPath, text)...)
	return accepted.ReadRecord(schema.File{Path: accepted.TranslatedPath, Text: text}, &b.siteProblems)
}

// sourceHashes reads the pages of the default language that have a translation.
func (b *builder) sourceHashes() map[*site.Group]string {
	hashes := make([]string, len(b.site.Groups))
	b.each(len(hashes), func(i int) {
		source := b.site.Groups[i].In(b.config.Default.Code)
		if source == nil || source.Broken || len(b.site.Groups[i].Pages) < 2 {
			return
		}
		if text, ok := b.project.Read(source.File, &b.siteProblems); ok && source.Front.Start <= len(text) {
			hashes[i] = accepted.Hash(text, source.Front.Start)
		}
	})
	all := map[*site.Group]string{}
	for i, g := range b.site.Groups {
		all[g] = hashes[i]
	}
	return all
}
