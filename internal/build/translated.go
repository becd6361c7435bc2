package build

import (
	"bilanz/internal/accepted"
	"bilanz/internal/diag"
	"bilanz/internal/leftover"
	"bilanz/internal/site"
)

// checkTranslated holds pages and their translations against what is recorded of them.
func (b *builder) checkTranslated() {
	record, ok := b.readRecord()
	there := b.project.Has(accepted.TranslatedPath)
	if there && !ok {
		return // which was said
	}
	if b.o.Against != nil {
		record = record.Since(b.o.Against.Translations)
	}
	list := &b.siteProblems
	if !there {
		list = nil
	}
	pairs := b.pairs()
	all := make([]accepted.Translation, len(pairs))
	b.each(len(pairs), func(i int) {
		all[i] = record.Compare(b.pageOf(pairs[i][0]), b.pageOf(pairs[i][1]), list)
	})
	for i, pair := range pairs {
		for older := range pair {
			if there && all[i].Outdated(older) {
				b.newer[pair[older]] = pair[1-older]
			}
		}
	}
	if there {
		b.record = record
		translations := b.translationFiles()
		known := func(file string) bool { return translations[file] || b.site.IsDraft(file) }
		record.CheckLines(all, known, &b.siteProblems)
	} else if complete := b.config.Complete; len(complete) > 1 && len(all) >= manyPairs {
		b.siteProblems.Add(accepted.Missing(all))
	}
	if b.o.Translations || b.o.State {
		b.translations = all
	}
}

// manyPairs is how many pages and their translations nobody compares at a glance any more: a site
// that never had a record is asked for one from then on.
const manyPairs = 5

// pairs are the pages of the default language, each with one of its translations, in the order
// of these.
func (b *builder) pairs() (all [][2]*site.Page) {
	for _, p := range b.site.Pages {
		source := p.Group.In(b.config.Default.Code)
		if source != nil && p != source && !source.Broken && !p.Broken {
			all = append(all, [2]*site.Page{source, p})
		}
	}
	return all
}

// translationFiles are the pages that translate one of the default language, those that cannot be
// read too.
func (b *builder) translationFiles() map[string]bool {
	all := map[string]bool{}
	for _, p := range b.site.Pages {
		source := p.Group.In(b.config.Default.Code)
		all[p.File] = source != nil && p != source
	}
	return all
}

// pageOf reads a page for a comparison.
func (b *builder) pageOf(p *site.Page) accepted.Page {
	text, _ := b.project.Read(p.File, &b.siteProblems)
	return accepted.Page{
		File: p.File, Text: text, Body: min(p.Front.Start, len(text)),
		Title: diag.At(p.File, text, p.Front.TitleStart, p.Front.TitleEnd),
	}
}

// readRecord reads what was recorded when pages were last compared; false where that is not
// known.
func (b *builder) readRecord() (*accepted.Record, bool) {
	if !b.project.Has(accepted.TranslatedPath) {
		return new(accepted.Record), false
	}
	text, ok := b.project.Read(accepted.TranslatedPath, &b.siteProblems)
	if !ok {
		return nil, false
	}
	b.siteProblems.Add(leftover.Unseen(accepted.TranslatedPath, text)...)
	return accepted.ReadRecord(text, &b.siteProblems)
}
